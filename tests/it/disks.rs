//! What the output folder lies on: another disk than the site, a disk that is full, a folder that gives its
//! files a group.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use masthead::build::{Request, Silent, run};
use tempfile::TempDir;

use crate::support::{AT, TestSite, article, assert_same, tree};

fn site() -> TestSite {
    let site = TestSite::new("");
    site.write("content/articles/a.md", &article("First", "2025-01-01", "tags: [sea]\n"));
    site.write("content/articles/b.md", &article("Second", "2025-02-01", "tags: [sea]\n"));
    site
}

/// A folder on another disk than the sites of tests, where these lie in memory.
fn elsewhere() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

#[test]
fn an_output_folder_can_be_on_another_disk() {
    let elsewhere = elsewhere();
    fs::create_dir(elsewhere.path().join("empty")).unwrap();
    for name in ["empty", "not/there"] {
        let (site, out) = (site(), elsewhere.path().join(name));
        let build = || assert!(site.build_into(&out).diagnostics.is_empty());
        build();
        site.edit("content/articles/a.md", "The text", "Another text");
        build();
        site.write("content/articles/new.md", &article("New", "2025-03-01", "tags: [sky]\n"));
        build();
        site.remove("content/articles/b.md");
        build();
        fs::remove_file(out.join("index.html")).unwrap();
        build();
        let before = tree(&out);
        site.edit("content/articles/a.md", "2025-01-01", "2025-02-30");
        assert!(!run(&Request { out: Some(out.clone()), ..site.request() }, &Silent).unwrap().ok);
        assert_same(&tree(&out), &before);
        assert!(!out.join(".masthead-staging").exists());
    }
}

/// Builds a site while no file may have more than 200 to 400 KB, which depends on the shell. Like a disk
/// without room, that is an error in the middle of writing.
#[cfg(unix)]
fn build_without_room(site: &TestSite, out: &Path) -> Output {
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" build --at \"$1\" --root \"$2\" --out \"$3\"";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin!("masthead")).arg(AT);
    command.arg(site.root()).arg(out).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_build_on_a_full_disk_keeps_the_old_site_and_no_unfinished_files() {
    let elsewhere = elsewhere();
    for near in [true, false] {
        let site = site();
        let folder = if near { site.root() } else { elsewhere.path() };
        let leaves_nothing = |out: &Path| {
            let built = build_without_room(&site, out);
            let told = String::from_utf8_lossy(&built.stderr).into_owned();
            assert_eq!(built.status.code(), Some(2), "{told}");
            assert!(told.contains("static/large.bin"), "{told}");
            let all = [tree(&site.root().join(".masthead")), tree(folder)];
            let is_half = |name: &&String| name.contains("staging") || name.ends_with(".new");
            assert_eq!(all.iter().flat_map(|all| all.keys()).find(is_half), None);
            assert!(!out.join(".masthead-staging").exists());
        };
        let out = folder.join("out");
        site.build_into(&out);
        let before = tree(&out);
        site.write("static/large.bin", &"x".repeat(1_000_000));
        site.edit("content/articles/a.md", "First", "Changed");
        leaves_nothing(&out);
        assert_same(&tree(&out), &before);
        let new = folder.join("new");
        leaves_nothing(&new);
        assert!(!new.exists());
        site.build_into(&out);
        site.build_into(&new);
    }
}

/// Runs a command in a folder in which no file may have more than half a KB or one, which depends on the shell.
#[cfg(unix)]
fn without_room(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]);
    command.arg(assert_cmd::cargo::cargo_bin!("masthead")).args(arguments).current_dir(folder);
    command.output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_on_a_full_disk_leaves_nothing_that_it_created() {
    let long = "x".repeat(1100);
    for arguments in [
        &["init", "new/sub"][..],
        &["new", "A title", "--source", &long, "--bundle"],
        &["theme", "eject"],
        &["theme", "new", "mine"],
    ] {
        let site = site();
        let before = fs::read_dir(site.root()).unwrap().count();
        let files = tree(site.root());
        let failed = without_room(site.root(), arguments);
        assert_eq!(
            failed.status.code(),
            Some(2),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&failed.stderr)
        );
        assert_same(&tree(site.root()), &files);
        assert_eq!(fs::read_dir(site.root()).unwrap().count(), before, "{arguments:?} leaves a folder");
        let articles = fs::read_dir(site.root().join("content/articles")).unwrap().count();
        assert_eq!(articles, 2, "{arguments:?} leaves a folder");
    }
}

/// A folder in which even the superuser can create nothing.
#[cfg(unix)]
fn protected() -> &'static Path {
    ["/sys", "/System"].map(Path::new).into_iter().find(|path| path.is_dir()).unwrap()
}

#[cfg(unix)]
#[test]
fn a_site_that_must_not_be_written_is_built_elsewhere() {
    let (site, elsewhere) = (site(), elsewhere());
    let [out, with_cache] = ["out", "with-cache"].map(|name| elsewhere.path().join(name));
    site.build_into(&with_cache);
    let cache = site.root().join(".masthead");
    fs::remove_dir_all(&cache).unwrap();
    std::os::unix::fs::symlink(protected(), &cache).unwrap();
    let request = Request { out: Some(out.clone()), cache: false, ..site.request() };
    let build = || run(&request, &Silent).unwrap();
    assert!(build().ok);
    assert_same(&tree(&out), &tree(&with_cache));
    let again = build();
    assert_eq!((again.written.len(), again.removed.len()), (0, 0));
    site.remove("content/articles/b.md");
    assert!(!build().removed.is_empty());
    site.edit("content/articles/a.md", "2025-01-01", "2025-02-30");
    let before = tree(&out);
    assert!(!build().ok);
    assert_same(&tree(&out), &before);
    assert!(!out.join(".masthead-staging").exists());
    let told = run(&Request { cache: true, ..request.clone() }, &Silent).unwrap_err().told();
    assert!(told.contains("cannot create") && told.contains("hint: add `--no-cache`"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_cache_that_missed_a_build_is_not_believed() {
    let (site, elsewhere) = (site(), elsewhere());
    let out = elsewhere.path().join("out");
    site.build_into(&out);
    let [cache, aside] = [".masthead", ".aside"].map(|name| site.root().join(name));
    fs::rename(&cache, &aside).unwrap();
    std::os::unix::fs::symlink(protected(), &cache).unwrap();
    site.edit("content/articles/a.md", "The text", "Another text");
    assert!(run(&Request { out: Some(out.clone()), cache: false, ..site.request() }, &Silent).unwrap().ok);
    fs::remove_file(&cache).unwrap();
    fs::rename(&aside, &cache).unwrap();
    site.edit("content/articles/a.md", "Another text", "The text");
    site.build_into(&out);
}

/// Asserts that everything below a folder has its group, and that folders hand it on.
#[cfg(unix)]
fn all_have_its_group(folder: &Path) {
    use std::os::unix::fs::MetadataExt as _;
    let group = fs::metadata(folder).unwrap().gid();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let there = fs::metadata(&path).unwrap();
        assert_eq!(there.gid(), group, "{}", path.display());
        if there.is_dir() {
            assert_ne!(there.mode() & 0o2000, 0, "{}", path.display());
            all_have_its_group(&path);
        }
    }
}

#[cfg(unix)]
#[test]
fn files_inherit_the_group_of_their_folder() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    for is_there in [true, false] {
        let mut site = site();
        let public = site.root().join("public");
        let giving = if is_there { public.clone() } else { site.root().to_owned() };
        // The cache is older than the wish for a group.
        fs::create_dir(site.root().join(".masthead")).unwrap();
        fs::create_dir_all(&giving).unwrap();
        // Only the superuser may choose any group. For others, that folders hand their group on shows the
        // same.
        let _ = chown(&giving, None, Some(1));
        fs::set_permissions(&giving, fs::Permissions::from_mode(0o2775)).unwrap();
        site.build_fine();
        all_have_its_group(&public);
        site.write("content/articles/new.md", &article("New", "2024-03-01", "tags: [sky]\n"));
        site.build_fine();
        site.edit("content/articles/a.md", "The text", "Another text");
        site.build_fine();
        all_have_its_group(&public);
    }
}
