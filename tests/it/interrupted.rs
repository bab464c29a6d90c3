//! A build that is killed leaves the old site or the new one, or what the next build mends; two builds at
//! once do not meet.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use masthead::build::{Progress, Request, run};
use masthead::cache::Cache;

use crate::support::{SITE_TOML, TestSite, article, assert_same, tree};

fn site() -> TestSite {
    let mut site = TestSite::plain(SITE_TOML);
    for number in 0..120 {
        let date = format!("2024-{:02}-{:02}", number % 12 + 1, number / 12 + 1);
        let more = format!("tags: [t{}]\nsource: Outlet {}\n", number % 7, number % 3);
        site.write(
            &format!("content/articles/a{number:03}.md"),
            &article(&format!("Article {number:03}"), &date, &more),
        );
    }
    site.build_fine();
    site
}

fn command(site: &TestSite) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("masthead"));
    command.args(["build", "--quiet", "--at", crate::support::AT, "--root"]).arg(site.root());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn sixty_killed_builds_are_repaired() {
    let mut site = site();
    let start = Instant::now();
    site.edit("site.toml", "title = \"Test\"", "title = \"Round 0\"");
    assert!(command(&site).status().unwrap().success());
    let whole = start.elapsed();
    for round in 1..=60_u32 {
        // Every page changes in every round, so that there is much to be cut off.
        site.edit("site.toml", &format!("Round {}", round - 1), &format!("Round {round}"));
        site.write(
            &format!("content/articles/new{round}.md"),
            &article(&format!("New {round}"), "2025-03-01", ""),
        );
        if round % 7 == 0 {
            std::fs::remove_dir_all(site.root().join("public")).unwrap();
        }
        if round % 14 == 0 {
            std::fs::create_dir(site.root().join("public")).unwrap();
        }
        kill_a_build(&mut site, round, whole);
    }
}

#[test]
fn sixty_killed_builds_of_an_edit_are_repaired() {
    let mut site = site();
    site.edit("content/articles/a007.md", "The text of", "And so it was. The text of");
    let start = Instant::now();
    assert!(command(&site).status().unwrap().success());
    let whole = start.elapsed();
    for round in 1..=60_u32 {
        let path = format!("content/articles/a{:03}.md", round * 7 % 120);
        site.edit(&path, "The text of", "And so it was. The text of");
        kill_a_build(&mut site, round, whole);
    }
}

#[test]
fn sixty_killed_builds_of_an_addition_are_repaired() {
    let mut site = site();
    let write = |site: &TestSite, round: u32| {
        let (name, date) = (format!("new{round}"), format!("2024-{:02}-20", round % 12 + 1));
        let text = article(&format!("New {round}"), &date, "tags: [t1]\nsource: Outlet 2\n");
        site.write(&format!("content/articles/{name}.md"), &text);
    };
    write(&site, 0);
    let start = Instant::now();
    assert!(command(&site).status().unwrap().success());
    let whole = start.elapsed();
    for round in 1..=60_u32 {
        write(&site, round);
        if round % 9 == 0 {
            site.remove(&format!("content/articles/new{}.md", round - 1));
        }
        kill_a_build(&mut site, round, whole);
    }
}

/// Kills a build at a moment of its own in each round, looks at what it left, and builds.
fn kill_a_build(site: &mut TestSite, round: u32, whole: Duration) {
    let mut build = command(site).spawn().unwrap();
    sleep(whole * (round * 37 % 60) / 50);
    let _ = build.kill();
    let _ = build.wait();
    every_page_is_whole(site, round);
    site.build_fine();
}

/// Even before the next build, no page is half-written: each is of this round or of an earlier one.
fn every_page_is_whole(site: &TestSite, round: u32) {
    for (path, bytes) in tree(&site.root().join("public")) {
        if path.ends_with(".html") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.trim_end().ends_with("</html>"), "round {round}: `{path}` is cut off");
        }
    }
}

#[test]
fn two_concurrent_builds_give_a_correct_site() {
    let mut site = site();
    site.edit("site.toml", "title = \"Test\"", "title = \"Twice\"");
    let builds: Vec<_> = (0..4).map(|_| command(&site).spawn().unwrap()).collect();
    for mut build in builds {
        assert!(build.wait().unwrap().success());
    }
    assert_same(&site.output(), &site.clean_output());
    site.build_fine();
}

/// Has no time to wait.
struct Hurried;

impl Progress for Hurried {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self) {}
    fn waits(&self) {
        panic!("it waits");
    }
}

#[test]
fn a_check_does_not_wait_for_a_build_and_writes_nothing() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("First", "2025-01-01", ""));
    site.build_fine();
    site.write("content/articles/b.md", &article("Second", "2025-01-02", ""));
    let before = tree(site.root());
    // What a build holds while it runs.
    let _running = Cache::open(site.root(), || ()).unwrap();
    let report = run(&Request { write: false, ..site.request() }, &Hurried).unwrap();
    assert!(report.ok);
    assert_eq!(tree(site.root()), before);
}
