//! What the output folder lies on: another disk than the site, a disk that is full.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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

/// Builds a site while no file may have more than 200 to 400 KB, which depends on the shell. Like a disk without room, that is an error
/// in the middle of writing.
#[cfg(unix)]
fn build_without_room(site: &TestSite, out: &Path) -> Output {
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" build --at \"$1\" --root \"$2\" --out \"$3\"";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin!("masthead")).arg(AT);
    command.arg(site.root()).arg(out).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_build_without_room_leaves_the_old_site_and_nothing_half_done() {
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
