//! The program as people call it: commands, exit codes, formats.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::{OWN, TestSite, article, assert_same, tree};

fn masthead(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masthead"));
    command.args(arguments);
    command
}

fn in_site(site: &TestSite, arguments: &[&str]) -> Command {
    let mut command = masthead(arguments);
    command.current_dir(site.root());
    command
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn site() -> TestSite {
    let site = TestSite::new("");
    site.write("content/articles/a.md", &article("First", "2025-01-01", "tags: [sea]\n"));
    site
}

#[test]
fn a_new_site_builds_at_once_and_without_a_warning() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("my site");
    masthead(&["init"]).arg(&root).assert().code(0);
    let built = masthead(&["build", "--format", "json"]).current_dir(&root).assert().code(0);
    assert_eq!(String::from_utf8_lossy(&built.get_output().stdout), "");
    assert!(root.join("public/index.html").exists());
    let again = masthead(&["init"]).arg(&root).assert().code(2);
    assert!(String::from_utf8_lossy(&again.get_output().stderr).contains("not empty"));
}

#[test]
fn a_new_site_has_the_title_that_was_given() {
    let folder = TempDir::new().unwrap();
    let name = "Sand & \"Salt\": <été>";
    masthead(&["init", name]).current_dir(folder.path()).assert().code(0);
    let root = folder.path().join(name);
    masthead(&["build"]).current_dir(&root).assert().code(0);
    let page = fs::read_to_string(root.join("public/index.html")).unwrap();
    assert!(page.contains("<title>Sand &amp; &quot;Salt&quot;: &lt;été&gt; "), "{page}");
}

#[test]
fn a_new_article_is_made_and_never_overwrites() {
    let site = site();
    let new = [
        "new",
        "The \"second\": a #title",
        "--source",
        "Harbour Gazette",
        "--url",
        "https://h.example/1",
        "--tag",
        "sea",
        "--tag",
        "light",
        "--date",
        "2025-02-03",
    ];
    let path = stdout(&mut in_site(&site, &new));
    let text = fs::read_to_string(site.root().join(path.trim())).unwrap();
    assert!(text.contains("Harbour Gazette") && text.contains("https://h.example/1"), "{text}");
    in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(0);
    assert!(site.page("index.html").contains("a #title"));
    in_site(&site, &new).assert().code(2);
}

#[test]
fn exit_codes_distinguish_content_from_environment() {
    let site = site();
    in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(0);
    site.write("content/articles/bad.md", "no title\n");
    in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(1);
    in_site(&site, &["check", "--at", "2026-01-01"]).assert().code(1);
    masthead(&["build", "--root", "/no/such/folder"]).assert().code(2);
    masthead(&["build", "--no-such-option"]).assert().code(2);
    in_site(&site, &["build", "--at", "yesterday"]).assert().code(2);
}

#[test]
fn a_value_that_cannot_be_read_gets_a_hint() {
    let site = site();
    for (arguments, hint) in [
        (["build", "--base-url", "foo"].as_slice(), "write it like `https://example.org/`"),
        (&["build", "--base-url", "ftp://e.example/"], "write it like `https://example.org/news/`"),
        (&["check", "--at", "yesterday"], "write it like `2026-01-31`, `2026-01-31T09:30` or"),
        (&["digest", "--since", "yesterday"], "write it like `24h`, `7d`, `2w` or `2026-01-31`"),
        (&["new", "A walk", "--date", "May"], "write it like `2026-01-31`, `1968-05` or `1923`"),
    ] {
        let refused = in_site(&site, arguments).assert().code(2);
        let told = String::from_utf8_lossy(&refused.get_output().stderr);
        assert!(told.lines().any(|line| line.starts_with("hint: ") && line.contains(hint)), "{told}");
    }
}

#[test]
fn json_is_one_object_per_line_and_nothing_else() {
    let site = site();
    site.write("content/articles/bad.md", "---\ntitle: Bad\ndate: 2025-02-30\nsumary: x\n---\n");
    fs::write(
        site.root().join("content/articles/latin.md"),
        b"---\ntitle: L\ndate: 2025-01-01\n---\n\nCaf\xe9\n",
    )
    .unwrap();
    let text = stdout(&mut in_site(&site, &["build", "--format", "json", "--at", "2026-01-01"]));
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    for line in &lines {
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["severity", "code", "message", "file", "line", "column", "hint"]);
    }
    let find = |code: &str| lines.iter().find(|line| line["code"] == code).unwrap();
    assert_eq!(find("bad-date")["line"], 3);
    assert_eq!(find("unknown-key")["severity"], "warning");
    assert_eq!(find("not-utf8")["line"], 6);
}

#[test]
fn github_gets_annotations() {
    let site = site();
    site.write("content/articles/bad.md", "---\ntitle: Bad\ndate: 2025-02-30\n---\n");
    let text = stdout(&mut in_site(&site, &["build", "--format", "github", "--at", "2026-01-01"]));
    assert!(
        text.starts_with(
            "::error file=content/articles/bad.md,line=3,col=7,title=bad-date::there is no 30 February"
        ),
        "{text}"
    );
}

#[test]
fn a_quiet_build_prints_nothing() {
    let site = site();
    let output = in_site(&site, &["build", "--quiet", "--at", "2026-01-01"]).output().unwrap();
    assert_eq!((output.stdout.len(), output.stderr.len()), (0, 0));
}

#[test]
fn the_base_address_can_be_overridden() {
    let site = site();
    in_site(&site, &["build", "--base-url", "https://else.example/sub/path", "--at", "2026-01-01"])
        .assert()
        .code(0);
    let page = site.page("index.html");
    assert!(
        page.contains("href=\"/sub/path/2025/01/a/\"") && page.contains("https://else.example/sub/path/"),
        "{page}"
    );
    in_site(&site, &["build", "--base-url", "else.example"]).assert().code(2);
}

#[test]
fn an_ejected_theme_belongs_to_the_site() {
    let site = site();
    in_site(&site, &["theme", "eject", "broadsheet"]).assert().code(0);
    let theme = site.root().join("themes/broadsheet");
    assert_eq!(tree(&theme), tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/broadsheet")));
    in_site(&site, &["theme", "eject", "broadsheet"]).assert().code(2);
    site.write("themes/broadsheet/templates/404.html", "<!doctype html><title>Mine</title>");
    in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(0);
    assert!(site.page("404.html").contains("Mine"));
}

#[test]
fn completions_manual_and_schemas_are_written() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&mut masthead(&["completions", shell])).contains("masthead"));
    }
    assert!(stdout(&mut masthead(&["man"])).contains(".TH masthead"));
    for schema in ["site", "article", "profile", "theme"] {
        let text = stdout(&mut masthead(&["schema", schema]));
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(schema["properties"].is_object(), "{text}");
    }
}

#[test]
fn a_closed_pipe_does_not_panic() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("masthead"))
        .args(["completions", "bash"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn a_new_article_knows_the_archive() {
    let site = site();
    let profile = "---\nname: Harbour Gazette\nurl: https://gazette.example/\n---\n";
    site.write("content/sources/harbour-gazette.md", profile);
    let french = "---\nname: Le Phare\nurl: https://phare.example/\nlanguage: fr\n---\n";
    site.write("content/sources/le-phare.md", french);
    let of = |url: &str, more: &str| {
        let source = format!("source: {{url: '{url}'}}\n{more}");
        article("Taken", "2025-01-02", &source)
    };
    site.write("content/articles/taken.md", &of("https://gazette.example/tides?id=1", ""));
    site.write("content/articles/draft.md", &of("https://gazette.example/fog", "draft: true\n"));
    site.write("content/articles/gone.md", &of("https://gazette.example/gone", "withdrawn: 2025-02-01\n"));
    let via = "source: {url: 'https://gazette.example/bells', role: via}\n";
    site.write("content/articles/via.md", &article("Via", "2025-01-03", via));
    let new = |url: &str, more: &[&str]| {
        let arguments = ["new", "A text", "--date", "2025-03-04", "--url", url];
        in_site(&site, &[&arguments[..], more].concat())
    };
    let path = site.root().join("content/articles/2025/2025-03-04-a-text.md");
    // With and without a cache.
    for _ in 0..2 {
        for (url, file) in [
            ("http://www.gazette.example/tides/?id=1#top", "taken"),
            ("https://gazette.example/fog", "draft"),
            ("https://gazette.example/gone", "gone"),
        ] {
            let refused = new(url, &[]).assert().code(2);
            let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
            assert!(told.contains(&format!("`content/articles/{file}.md` already")), "{told}");
            assert!(told.contains("hint: open that one"), "{told}");
            assert!(!path.exists());
        }
        in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(0);
    }
    for (url, more, outlet, lang) in [
        ("https://gazette.example/bells", &[][..], "  outlet: Harbour Gazette\n", ""),
        ("https://gazette.example/tides?id=2", &["--source", "Another"], "  outlet: Another\n", ""),
        ("https://gazette.example/", &[], "  outlet: Harbour Gazette\n", ""),
        ("https://review.example/tides?id=1", &[], "", ""),
        ("https://phare.example/", &[], "  outlet: Le Phare\n", "lang: fr\n"),
        ("https://phare.example/", &["--source", "le phare"], "  outlet: le phare\n", "lang: fr\n"),
        ("https://phare.example/", &["--source", "Another"], "  outlet: Another\n", ""),
    ] {
        new(url, more).assert().code(0);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(&format!("source:\n{outlet}  url: \"{url}\"\n{lang}---\n")), "{text}");
        fs::remove_file(&path).unwrap();
    }
    // What the search has read is no news to a build.
    let built = in_site(&site, &["build", "--at", "2026-01-01"]).assert().code(0);
    let told = String::from_utf8_lossy(&built.get_output().stderr).into_owned();
    assert!(told.contains("0 parsed, 0 rendered"), "{told}");
}

#[test]
fn the_commands_of_the_readme_work_as_written() {
    let folder = TempDir::new().unwrap();
    let readme = readme();
    let line = readme.lines().find(|line| line.starts_with("masthead new ")).unwrap();
    let title = line.split('"').nth(1).unwrap();
    masthead(&["init"]).arg(folder.path()).assert().code(0);
    masthead(&["build"]).current_dir(folder.path()).assert().code(0);
    masthead(&["new", title, "--source", "Harbour Gazette", "--url", "https://h.example/", "--tag", "sea"])
        .current_dir(folder.path())
        .assert()
        .code(0);
    let built = masthead(&["build", "--format", "json"]).current_dir(folder.path()).assert().code(0);
    assert_eq!(String::from_utf8_lossy(&built.get_output().stdout), "");
}

#[test]
fn the_sample_article_of_the_readme_can_be_copied_into_a_new_site() {
    let folder = TempDir::new().unwrap();
    masthead(&["init"]).arg(folder.path()).assert().code(0);
    let readme = readme();
    let (_, rest) = readme.split_once("```markdown\n").unwrap();
    let (sample, _) = rest.split_once("```\n").unwrap();
    fs::write(folder.path().join("content/articles/notebook.md"), sample).unwrap();
    let built = masthead(&["build", "--format", "json"]).current_dir(folder.path()).assert().code(0);
    assert_eq!(String::from_utf8_lossy(&built.get_output().stdout), "");
    let page = fs::read_to_string(folder.path().join("public/2024/03/notebook/index.html")).unwrap();
    assert!(page.contains("lighthouse.svg") && page.contains("/a-letter-about-the-fog/"), "{page}");
}

/// What the lists of `--changed` say, done to a copy of the site; the copy is what it should be if the lists
/// tell all.
fn follow(list: &str, site: &TestSite, copy: &mut BTreeMap<String, Vec<u8>>) {
    for line in list.lines() {
        match line.split_once(' ').unwrap() {
            ("written", path) => {
                copy.insert(path.to_owned(), fs::read(site.root().join("public").join(path)).unwrap());
            }
            ("removed", path) => assert!(copy.remove(path).is_some(), "{path}"),
            _ => panic!("{line}"),
        }
    }
}

#[test]
fn a_copy_that_follows_the_lists_of_changes_is_the_site() {
    let site = site();
    site.write("static/plain.txt", "plain");
    site.write("content/articles/b.md", &article("Second", "2025-02-01", "tags: [sea, light]\n"));
    let mut copy = BTreeMap::new();
    let mut build = || {
        in_site(&site, &["build", "--at", "2026-01-01", "--changed", "changed.txt"]).assert().code(0);
        let list = fs::read_to_string(site.root().join("changed.txt")).unwrap();
        follow(&list, &site, &mut copy);
        let mut seen = site.output();
        seen.retain(|path, _| !OWN.contains(&path.as_str()));
        assert_same(&copy, &seen);
        list
    };
    assert!(build().lines().all(|line| line.starts_with("written ")));
    assert_eq!(build(), "");
    site.edit("content/articles/b.md", "The text of Second", "Another text");
    assert!(build().contains("written 2025/02/b/index.html\n"));
    site.remove("content/articles/b.md");
    let list = build();
    assert!(
        list.contains("removed 2025/02/b/index.html\n") && list.contains("removed tags/light/"),
        "{list}"
    );
    let verbs: Vec<&str> = list.lines().map(|line| &line[..7]).collect();
    assert!(verbs.is_sorted_by(|a, b| a >= b), "what was written comes first: {list}");
}

#[test]
fn a_build_with_errors_leaves_the_list_of_changes_as_it_was() {
    let site = site();
    site.write("content/articles/bad.md", "no title\n");
    site.write("changed.txt", "of the last build");
    in_site(&site, &["build", "--at", "2026-01-01", "--changed", "changed.txt"]).assert().code(1);
    assert_eq!(fs::read_to_string(site.root().join("changed.txt")).unwrap(), "of the last build");
}

#[test]
fn the_list_of_changes_goes_to_standard_output_alone() {
    let site = site();
    let list = stdout(&mut in_site(&site, &["build", "--at", "2026-01-01", "--changed", "-"]));
    assert!(list.contains("written index.html\n"), "{list}");
    in_site(&site, &["build", "--changed", "-", "--format", "json"]).assert().code(2);
}
