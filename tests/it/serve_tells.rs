//! `masthead serve`: what is told while somebody writes, and what happens if there is no cache.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use masthead::build::{Change, Keeper, Request, Silent};

use crate::support::http::{PATIENCE, Server};
use crate::support::{AT, TestSite, article, moment};

const TEMPLATE: &str = "themes/plain/templates/article.html";

/// A site with three articles, of which the last makes a template fail.
fn faulty_page() -> TestSite {
    let site = site();
    site.edit(
        TEMPLATE,
        "{{ article.content",
        "{% if article.title == \"Third\" %}{{ article.nothing.there }}{% endif %}{{ article.content",
    );
    site
}

fn site() -> TestSite {
    let site = TestSite::plain("title = \"Test\"\nbase_url = \"https://test.example/\"\n");
    for (name, title, month) in [("a", "First", 1), ("b", "Second", 2), ("c", "Third", 3)] {
        site.write(
            &format!("content/articles/{name}.md"),
            &article(title, &format!("2025-0{month}-01"), "tags: [sea]\n"),
        );
    }
    site
}

#[test]
fn a_fault_of_a_page_is_told_once_until_it_is_mended() {
    let site = faulty_page();
    let server = Server::start(site.root(), &[]);
    server.get("/2025/03/c/");
    let told = server.says_all("1 error");
    assert!(told.contains("error[template]") && told.contains(TEMPLATE), "{told}");
    for text in ["meanwhile", "later"] {
        site.write("content/articles/b.md", &article("Second", "2025-02-01", "").replace("The text", text));
        let told = server.says_all("Reloaded");
        assert!(!told.contains("error") && !told.contains("fixed"), "{told}");
        server.get("/2025/03/c/");
    }
    // While no page can be made, nothing is known of this one.
    let faulty = fs::read_to_string(site.root().join(TEMPLATE)).unwrap();
    site.write(TEMPLATE, "{% if %}");
    server.says_all("stay as they are");
    server.get("/2025/03/c/");
    site.write(TEMPLATE, &faulty);
    let told = server.says_all("Reloaded");
    assert!(!told.contains("error[") && !told.contains("fixed"), "{told}");

    site.edit(TEMPLATE, "article.nothing.there", "article.title");
    let told = server.says_all("Reloaded");
    assert!(told.contains("; all errors are fixed") && !told.contains("error["), "{told}");
    server.shows("/2025/03/c/", "The text of Third");
    site.edit(TEMPLATE, "== \"Third\" %}{{ article.title", "== \"Third\" %}{{ article.nothing.there");
    // It is told at once if it comes back, or when the page is asked for.
    server.says_all("Reloaded");
    server.get("/2025/03/c/");
    site.edit("content/articles/b.md", "later", "last");
    assert!(!server.says_all("Reloaded").contains("fixed"));
}

#[test]
fn a_fault_that_changes_is_told_with_the_change() {
    let site = faulty_page();
    let server = Server::start(site.root(), &[]);
    server.get("/2025/03/c/");
    server.says_all("1 error");
    site.edit(TEMPLATE, "article.nothing", "article.another");
    let told = server.says_all("Reloaded");
    assert!(told.contains("another") && told.contains("1 error"), "{told}");
    site.remove("content/articles/c.md");
    assert!(server.says_all("Reloaded").contains("; all errors are fixed"));
}

#[test]
fn a_configuration_that_cannot_be_used_is_not_called_reloaded() {
    let site = site();
    site.edit("content/articles/a.md", "tags:", "tagz: x\ntags:");
    let config = fs::read_to_string(site.root().join("site.toml")).unwrap();
    site.write("site.toml", "title = ");
    let server = Server::start(site.root(), &[]);
    site.write("site.toml", &config);
    // The first of them may have come before it listened.
    let told = server.says_all("3 articles in");
    assert!(told.contains("tagz") && told.contains("; all errors are fixed"), "{told}");
    site.write("site.toml", &config.replace("title", "titel"));
    let told = server.says_all("stay as they are");
    assert!(told.contains("titel") && !told.contains("Reloaded"), "{told}");
    assert!(told.ends_with("pages stay as they are until the errors are fixed"), "{told}");
    site.edit("content/articles/b.md", "The text", "Another text");
    let told = server.says_all("stay as they are");
    assert!(!told.contains("titel"), "it is told once: {told}");
    site.write("site.toml", &config);
    let told = server.says_all("Reloaded");
    assert!(told.contains("; all errors are fixed"), "{told}");
    assert!(!told.contains("tagz"), "it was told before: {told}");

    site.write("themes/plain/theme.toml", "name = ");
    let told = server.says_all("stay as they are");
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    server.shows("/2025/02/b/", "Another text");
}

#[test]
fn nothing_is_said_to_be_loaded_at_the_start_if_it_is_broken() {
    let site = site();
    site.write("site.toml", "title = ");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(["serve", "--port", "0", "--root"]).arg(site.root());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let lines = std::io::BufReader::new(child.stderr.take().unwrap());
    let lines: Vec<String> = std::io::BufRead::lines(lines)
        .map_while(Result::ok)
        .take_while(|line| !line.starts_with("Serving at"))
        .collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(lines.last().unwrap(), "No page can be shown until the errors are fixed");
}

#[test]
fn a_page_without_an_end_tag_is_kept_up_to_date_too() {
    let site = site();
    site.write(TEMPLATE, "<h1>{{ article.title }}</h1>{{ article.content | safe }}\n");
    site.write("static/whole.html", "<!DOCTYPE html>\n<title>Whole</title>\n<p>Whole.\n");
    site.write("static/piece.html", "<p>A piece.</p>\n");
    let server = Server::start(site.root(), &[]);
    let built = site.clean_output();
    for (address, path) in [("/2025/01/a/", "2025/01/a/index.html"), ("/whole.html", "whole.html")] {
        let served = server.get(address);
        assert!(served.text().ends_with("\"></script>"), "{}", served.text());
        assert!(served.as_built() == built[path], "{address}");
    }
    assert_eq!(server.get("/piece.html").text(), "<p>A piece.</p>\n");
    let reader = server.open("/2025/01/a/");
    site.edit("content/articles/a.md", "The text", "Another text");
    reader.hears("page");
}

/// Waits until the stored bodies have a text, and returns the file and the place.
fn stored(site: &TestSite, text: &str) -> (PathBuf, usize) {
    let is_store = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("bodies-");
    let place = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap_or_default();
        let at = bytes.windows(text.len()).position(|window| window == text.as_bytes())?;
        site.cache().join("documents").exists().then_some((path, at))
    };
    for _ in 0..PATIENCE.as_millis() / 10 {
        let files = fs::read_dir(site.cache()).unwrap().map(|file| file.unwrap().path());
        if let Some(found) = files.filter(is_store).find_map(place) {
            return found;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("`{text}` is never stored");
}

#[test]
fn a_page_whose_text_the_disk_has_garbled_is_made_anew() {
    let site = site();
    let filling = Server::start(site.root(), &[]);
    stored(&site, "The text of First");
    drop(filling);
    for title in ["First", "Second", "Third"] {
        let server = Server::start(site.root(), &[]);
        let (store, at) = stored(&site, &format!("The text of {title}"));
        let mut bytes = fs::read(&store).unwrap();
        bytes[at] ^= 1;
        fs::write(&store, bytes).unwrap();
        for (name, other, month) in [("a", "First", 1), ("b", "Second", 2), ("c", "Third", 3)] {
            let page = server.get(&format!("/2025/0{month}/{name}/"));
            assert_eq!(page.status, 200, "{title} {other}");
            assert!(page.text().contains(&format!("The text of {other}")));
        }
        let said = server.said();
        assert!(!said.contains("error"), "{said}");
        // The next start finds it whole.
        stored(&site, &format!("The text of {title}"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_room_for_a_cache_the_site_is_served_all_the_same() {
    use std::os::unix::fs::symlink;
    for is_full in [false, true] {
        let site = site();
        if is_full {
            // A disk on which there is room for a name, and for nothing else.
            let filling = Server::start(site.root(), &[]);
            stored(&site, "The text of First");
            drop(filling);
            let cache = site.cache();
            fs::remove_dir_all(&cache).unwrap();
            fs::create_dir(&cache).unwrap();
            symlink("/dev/full", cache.join("bodies-0")).unwrap();
        } else {
            // A folder in which even the superuser can create nothing.
            symlink("/sys", site.root().join(".masthead")).unwrap();
        }
        let server = Server::start(site.root(), &[]);
        let told = "the cache cannot be used, so everything is kept in memory: cannot ";
        assert_eq!(server.at_start.matches(told).count(), 1, "{}", server.at_start);
        server.shows("/2025/01/a/", "The text of First");
        for text in ["Another text", "A third text"] {
            let first = article("First", "2025-01-01", "");
            site.write("content/articles/a.md", &first.replace("The text", text));
            server.shows("/2025/01/a/", text);
        }
        let said = server.said();
        assert!(!said.contains("cache"), "it is told once: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_the_site_is_watched_by_one_name() {
    use std::os::unix::fs::symlink;
    let (site, elsewhere) = (site(), TestSite::new(""));
    symlink("a.md", site.root().join("content/articles/again.md")).unwrap();
    let root = elsewhere.root().join("alias");
    symlink(site.root(), &root).unwrap();
    let mut keeper = Keeper::new(Request { root: root.clone(), ..site.request() });
    keeper.next(moment(AT), &Change::Everything, &Silent).unwrap();
    let watched = keeper.watched();
    assert!(watched.contains(&(root.join("content/articles"), true)));
    let real = site.root().canonicalize().unwrap();
    assert_eq!(watched.iter().find(|(folder, _)| folder.starts_with(&real)), None);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_through_others_is_followed_when_any_of_them_moves() {
    use std::os::unix::fs::symlink;
    let (site, elsewhere) = (site(), TestSite::new(""));
    let there = |path: &str| elsewhere.root().join(path);
    for number in ["1", "2", "3"] {
        let text = article("Linked", "2025-05-01", "").replace("The text", &format!("Release {number}"));
        elsewhere.write(&format!("releases/{number}/linked.md"), &text);
        elsewhere
            .write(&format!("releases/{number}/about.md"), &format!("---\ntitle: Us\n---\nWe {number}\n"));
    }
    symlink("releases/1", there("current")).unwrap();
    symlink("current/linked.md", there("newest")).unwrap();
    symlink(there("newest"), site.root().join("content/articles/linked.md")).unwrap();
    symlink(there("current"), site.root().join("content/pages")).unwrap();
    let server = Server::start(site.root(), &[]);
    server.shows("/2025/05/linked/", "Release 1");
    server.shows("/about/", "We 1");
    for number in ["2", "3"] {
        symlink(format!("releases/{number}"), there("next")).unwrap();
        fs::rename(there("next"), there("current")).unwrap();
        server.shows("/2025/05/linked/", &format!("Release {number}"));
        server.shows("/about/", &format!("We {number}"));
    }
}
