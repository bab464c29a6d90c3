//! `masthead serve`: what it serves is what `build` writes, changes show, mistakes are told, and nobody else
//! is answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use masthead::base::date::Moment;
use masthead::base::diag::Diagnostic;
use masthead::base::error::Error;
use masthead::build::{Change, Edition, Found, Keeper, Output, Progress, Silent};
use masthead::model::path::OutPath;
use masthead::serve::{self, Bulletin, Options, Teller};

use crate::support::http::{PATIENCE, Server};
use crate::support::{OWN, TestSite, article, copy_tree, moment, quick, tree};

fn demo() -> TestSite {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = TestSite::new("");
    for part in ["content", "static"] {
        copy_tree(&root.join(part), &site.root().join(part));
    }
    fs::copy(root.join("site.toml"), site.root().join("site.toml")).unwrap();
    site
}

/// A site with a theme of its own that shows little.
fn site() -> TestSite {
    let site = TestSite::plain("title = \"Test\"\nbase_url = \"https://test.example/\"\n");
    site.write("content/articles/a.md", &article("First", "2025-01-01", "tags: [sea]\n"));
    site.write("content/articles/b.md", &article("Second", "2025-02-01", "tags: [sky]\n"));
    site
}

fn encoded(path: &str) -> String {
    OutPath::parse(path).unwrap();
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(one).collect()
}

#[test]
fn every_output_of_the_demo_site_is_served_as_build_writes_it() {
    let site = demo();
    let server = Server::start(site.root(), &[]);
    let built = site.clean_output();
    assert!(built.len() > 300);
    let mut pages = 0;
    for (path, bytes) in built.iter().filter(|(path, _)| !OWN.contains(&path.as_str())) {
        let address = format!("/{}", encoded(path));
        let folder = address.strip_suffix("index.html");
        for address in [Some(address.as_str()), folder].into_iter().flatten() {
            let served = server.get(address);
            assert_eq!(served.status, 200, "{address}");
            assert!(served.as_built() == *bytes, "`{address}` is served in another form than it is built");
            assert_eq!(served.header("content-length"), served.body.len().to_string());
            let is_page = path.ends_with(".html");
            assert_eq!(
                served.body != *bytes,
                is_page,
                "{address}: the script stands in pages and nowhere else"
            );
            pages += u32::from(is_page);
        }
    }
    assert!(pages > 300);
    assert!(!site.root().join("public").exists(), "serve writes nothing into the output folder");
}

#[test]
fn requests_are_answered_as_the_rfc_says() {
    let site = site();
    site.write("static/words.txt", "0123456789");
    site.write("static/.well-known/security.txt", "Contact: mailto:x@test.example");
    let server = Server::start(site.root(), &[]);
    let check = |path: &str, headers: &[&str], status: u16, body: &str| {
        let response = server.get_with(path, headers);
        assert_eq!((response.status, response.text().as_str()), (status, body), "{path} {headers:?}");
        response
    };
    let whole = check("/words.txt", &[], 200, "0123456789");
    assert_eq!(whole.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let tag = format!("If-None-Match: \"x\", W/{}", whole.header("etag"));
    check("/words.txt", &[&tag], 304, "");
    check("/words.txt", &["If-None-Match: \"x\""], 200, "0123456789");
    assert_eq!(
        check("/words.txt", &["Range: bytes=2-4"], 206, "234").header("content-range"),
        "bytes 2-4/10"
    );
    check("/words.txt", &["Range: bytes=-3"], 206, "789");
    check("/words.txt", &["Range: bytes=0-1,3-4"], 200, "0123456789");
    let (host, range) = (format!("Host: 127.0.0.1:{}", server.port), "Range: bytes=0-3");
    assert_eq!(server.ask("HEAD /words.txt", &[&host, range]).status, 200, "only GET knows ranges");
    assert_eq!(check("/words.txt", &["Range: bytes=10-"], 416, "").header("content-range"), "bytes */10");
    check("/words.txt", &["Range: bytes=2-4", "If-Range: \"x\""], 200, "0123456789");
    check("/words.txt", &["Range: bytes=2-4", &format!("If-Range: {}", whole.header("etag"))], 206, "234");
    check("/.well-known/security.txt", &[], 200, "Contact: mailto:x@test.example");

    let page = server.get("/2025/01/a/");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let part = server.get_with("/2025/01/a/", &["Range: bytes=0-14"]);
    assert_eq!((part.status, part.body.as_slice()), (206, &page.body[..15]));
    let head = server.ask("HEAD /2025/01/a/", &[&host]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), page.body.len().to_string());
    assert_eq!(head.header("etag"), page.header("etag"));
    let post = server.ask("POST /2025/01/a/", &[&host]);
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
    for (path, media_type) in [
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
    ] {
        assert_eq!(server.get(path).header("content-type"), media_type, "{path}");
    }
}

#[test]
fn addresses_are_found_as_on_a_static_host() {
    let site = site();
    site.write("static/Report #3.txt", "the third");
    site.write("static/old/site/index.html", "<p>Old.</p>");
    let server = Server::start(site.root(), &[]);
    assert_eq!(server.get("/Report%20%233.txt").text(), "the third");
    let moved = server.get("/2025/01/a?x=1");
    assert_eq!((moved.status, moved.header("location")), (302, "/2025/01/a/?x=1"));
    assert_eq!(server.get("/2025/01/a/index.html").status, 200);
    assert_eq!(server.get("/old/site/").text(), "<p>Old.</p>");
    assert_eq!(server.get("/old/site").header("location"), "/old/site/");
    assert_eq!(server.get("/old/").status, 404);
    let missing = server.get("/nowhere/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.as_built(), server.get("/404.html").as_built(), "the site's own page tells it");

    site.edit("site.toml", "https://test.example/", "https://test.example/sub/p%C3%A4th/");
    server.comes_to("/sub/p%C3%A4th/", 200);
    for (path, to) in [
        ("/", "/sub/p%C3%A4th/"),
        ("/sub/p%C3%A4th", "/sub/p%C3%A4th/"),
        ("/sub/p%C3%A4th/2025/01/a", "/sub/p%C3%A4th/2025/01/a/"),
    ] {
        let moved = server.get(path);
        assert_eq!((moved.status, moved.header("location")), (302, to), "{path}");
    }
    assert_eq!(server.get("/2025/01/a/").status, 404);
    assert_eq!(server.get("/sub/p%C3%A4thology/").status, 404);
}

#[test]
fn nothing_but_the_site_is_served() {
    let site = site();
    site.write("secret.txt", "secret");
    site.write("static/words.txt", "0123456789");
    let server = Server::start(site.root(), &[]);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/x/../secret.txt",
        "/static/words.txt",
        "/secret.txt",
        "/site.toml",
        "/content/articles/a.md",
        "/.masthead/v1/documents",
        "/.masthead-files",
        "/.masthead-mark",
        "//etc/passwd",
        "/etc/passwd",
        "/words.txt%00",
        "/words.txt/",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let away = server.get("//evil.example/..");
    assert!(!away.header("location").starts_with("//"), "{away:?}");
}

#[test]
fn requests_for_other_hosts_are_refused() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let port = server.port;
    let status = |request: &str, headers: &[&str]| server.ask(request, headers).status;
    for host in [
        format!("Host: localhost:{port}"),
        format!("Host: 127.0.0.1:{port}"),
        format!("Host: [::1]:{port}"),
        // A port that somebody has forwarded.
        "Host: localhost:8000".to_owned(),
        "Host: localhost".to_owned(),
    ] {
        assert_eq!(status("GET /", &[&host]), 200, "{host}");
    }
    for host in [
        format!("Host: evil.example:{port}"),
        "Host: evil.example".to_owned(),
        format!("Host: localhost.evil.example:{port}"),
    ] {
        for path in ["/", "/.masthead/events?page=/&print=", "/.masthead/live.js"] {
            let response = server.ask(&format!("GET {path}"), &[&host]);
            assert_eq!(response.status, 403, "{host}");
            assert!(!response.text().contains("Test"));
        }
    }
    let (own, foreign) = (format!("Host: localhost:{port}"), "Host: evil.example");
    for hosts in [&[own.as_str(), foreign][..], &[foreign, &own], &[&own, &own], &[]] {
        assert_eq!(status("GET /", hosts), 400, "{hosts:?}");
    }
    assert_eq!(
        status(&format!("GET http://evil.example:{port}/"), &[&format!("Host: localhost:{port}")]),
        403
    );
}

#[test]
fn changes_are_served_and_open_pages_are_notified() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let (reader, other) = (server.open("/2025/01/a/"), server.open("/tags/sky/"));
    site.edit("content/articles/a.md", "The text of First.", "Another text.");
    reader.hears("page");
    server.shows("/2025/01/a/", "Another text.");

    // As editors write that want no half file to be seen.
    site.write(
        "content/articles/a.md.tmp",
        &article("First", "2025-01-01", "tags: [sea]\n").replace("The text", "A third text"),
    );
    site.rename("content/articles/a.md.tmp", "content/articles/a.md");
    reader.hears("page");
    server.shows("/2025/01/a/", "A third text");

    site.rename("content/articles/a.md", "content/articles/renamed.md");
    reader.hears("page");
    server.comes_to("/2025/01/a/", 404);
    server.comes_to("/2025/01/renamed/", 200);

    site.remove("content/articles/renamed.md");
    server.comes_to("/2025/01/renamed/", 404);
    assert_eq!(other.heard(), Vec::<String>::new(), "a page that no change touched is left alone");

    site.edit("content/articles/b.md", "Second", "Second to none");
    other.hears("page");
    server.shows("/tags/sky/", "Second to none");
}

#[test]
fn changes_to_templates_configuration_data_and_files_are_served() {
    let site = site();
    site.write("static/own.css", "p { color: red }");
    site.write("data/staff.toml", "name = \"Ines\"");
    let base = fs::read_to_string(site.root().join("themes/plain/templates/base.html")).unwrap();
    assert!(base.contains("</body>"));
    site.write("templates/base.html", &base.replace("</body>", "{{ site.data.staff.name }} Mark one</body>"));
    let server = Server::start(site.root(), &[]);
    server.shows("/", "Ines Mark one");
    let reader = server.open("/");

    site.edit("templates/base.html", "Mark one", "Mark two");
    reader.hears("page");
    server.shows("/", "Ines Mark two");
    site.edit("data/staff.toml", "Ines", "Tobin");
    server.shows("/", "Tobin Mark two");
    site.remove("templates/base.html");
    server.until_not("/", "Mark two");
    site.edit("site.toml", "title = \"Test\"", "title = \"Another name\"");
    server.shows("/", "Another name");

    site.edit("static/own.css", "red", "blue");
    assert_eq!(reader.hears("files"), "[\"/own.css\"]");
    assert_eq!(server.get("/own.css").text(), "p { color: blue }");
    site.write("static/deep/new.css", "x");
    server.comes_to("/deep/new.css", 200);
    site.write("themes/plain/assets/added.txt", "an asset");
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nText.\n");
    server.comes_to("/about/", 200);
}

#[test]
fn a_burst_of_changes_makes_one_edition() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    for number in 0..500 {
        let path = format!("content/articles/{:03}/burst-{number}.md", number / 50);
        site.write(&path, &article(&format!("Burst {number}"), "2025-03-01", ""));
    }
    for number in [0, 250, 499] {
        server.comes_to(&format!("/2025/03/burst-{number}/"), 200);
    }
    for number in 0..500 {
        site.edit(
            &format!("content/articles/{:03}/burst-{number}.md", number / 50),
            "The text",
            "The new text",
        );
    }
    for number in [499, 0, 250] {
        server.shows(&format!("/2025/03/burst-{number}/"), "The new text");
    }
    fs::remove_dir_all(site.root().join("content/articles/009")).unwrap();
    server.comes_to("/2025/03/burst-499/", 404);
    fs::rename(site.root().join("content/articles/000"), site.root().join("content/articles/moved")).unwrap();
    site.edit("content/articles/moved/burst-0.md", "The new text", "The moved text");
    server.shows("/2025/03/burst-0/", "The moved text");
}

#[test]
fn errors_are_shown_over_the_last_good_page_until_they_are_fixed() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let good = fs::read_to_string(site.root().join("content/articles/a.md")).unwrap();
    let reader = server.open("/2025/01/a/");
    site.write("content/articles/a.md", &good.replace("tags: [sea]", "tags: [sea\nx: ]["));
    let told = reader.hears("problems");
    assert!(
        told.contains("content/articles/a.md")
            && told.contains("\"lines\":[[")
            && told.contains("front-matter"),
        "{told}"
    );
    server.says("error[front-matter]");
    let page = server.get("/2025/01/a/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("The text of First."));
    // Something else still shows.
    site.edit("content/articles/b.md", "The text of Second.", "What was written meanwhile.");
    server.shows("/2025/02/b/", "What was written meanwhile.");
    assert!(!server.said().contains("error[front-matter]"), "it is told once");

    site.write("content/articles/a.md", &good.replace("The text of", "The mended text of"));
    assert_eq!(reader.hears("problems"), "{\"problems\":[],\"more\":0}");
    server.shows("/2025/01/a/", "The mended text of First.");
    server.says("all errors are fixed");
}

#[test]
fn a_broken_configuration_or_template_keeps_the_last_good_pages() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let reader = server.open("/2025/01/a/");
    let config = fs::read_to_string(site.root().join("site.toml")).unwrap();
    site.write("site.toml", &config.replace("title = \"Test\"", "titel = \"Test\""));
    assert!(reader.hears("problems").contains("site.toml"));
    server.shows("/2025/01/a/", "The text of First.");
    // Meanwhile an article changes; it shows as soon as the configuration is fine again.
    site.edit("content/articles/a.md", "The text of First.", "The next text.");
    site.write("site.toml", &config);
    assert_eq!(reader.hears("problems"), "{\"problems\":[],\"more\":0}");
    server.shows("/2025/01/a/", "The next text.");

    let template = "themes/plain/templates/article.html";
    let fine = fs::read_to_string(site.root().join(template)).unwrap();
    site.write(template, "{% if %}");
    assert!(reader.hears("problems").contains(template));
    assert!(server.get("/2025/01/a/").text().contains("The next text."));
    assert!(
        server.get("/2025/02/b/").text().contains("The text of Second."),
        "a page that nobody has seen before"
    );
    site.write(template, &fine);
    assert_eq!(reader.hears("problems"), "{\"problems\":[],\"more\":0}");

    // A fault that only shows when a page is made. One of each kind is tried.
    site.write(template, &format!("{fine}{{{{ article.nothing.there }}}}"));
    let told = reader.hears("problems");
    assert!(told.contains(template) && told.contains("\"line\":"), "{told}");
    assert_eq!(told.matches("\"message\"").count(), 1, "{told}");
    server.says("error[template]");
    assert!(server.get("/2025/01/a/").text().contains("The next text."));
    site.edit("content/articles/b.md", "The text of Second.", "What was written meanwhile.");
    assert!(server.get("/2025/02/b/").text().contains("The text of Second."));
    // It is told as long as it is there, and no longer.
    site.write(template, "{% broken");
    let mut told = reader.hears("problems");
    // The former fault may be told again, without its line, which is no longer there.
    while told.contains("nothing") {
        told = reader.hears("problems");
    }
    assert!(told.contains(template), "{told}");
    site.write(template, &format!("{fine}{{{{ article.other.there }}}}"));
    let told = reader.hears("problems");
    assert!(told.contains("other") && !told.contains("nothing"), "{told}");
    server.says("article.other");
    let said = server.says_all("pages stay as they are");
    assert!(!said.contains("all errors"), "{said}");
    site.write(template, &fine);
    assert_eq!(reader.hears("problems"), "{\"problems\":[],\"more\":0}");
    server.says("all errors are fixed");
    server.shows("/2025/02/b/", "What was written meanwhile.");
}

#[test]
fn faults_around_a_theme_are_told_until_they_are_fixed() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let reader = server.open("/2025/01/a/");
    let manifest = "themes/plain/theme.toml";
    let fine = fs::read_to_string(site.root().join(manifest)).unwrap();
    for (more, told) in [
        ("[options.one]\ntype = \"color\"\ndefault = \"#000\"\ncontrast = 45\n", "45"),
        ("[options.one]\ntype = \"colour\"\ndefault = \"#000\"\n", "colour"),
    ] {
        site.write(manifest, &format!("{fine}{more}"));
        let heard = reader.hears("problems");
        assert!(heard.contains(manifest) && heard.contains(told), "{heard}");
    }
    site.write(manifest, &fine);
    assert_eq!(reader.hears("problems"), "{\"problems\":[],\"more\":0}");
    server.says("all errors are fixed");
    // What is no error is told too.
    site.write(manifest, &format!("extendz = \"base\"\n{fine}"));
    server.says("extendz");
    site.write(manifest, &fine);
    site.write("template/home.html", "Home");
    server.says("the folder `template` has no meaning");
}

#[test]
fn a_page_that_somebody_removes_goes_although_something_else_is_wrong() {
    let site = site();
    let config = fs::read_to_string(site.root().join("site.toml")).unwrap();
    site.write("site.toml", &(config + "[outputs]\narticle_markdown = true\n"));
    site.write(
        "content/articles/c/index.md",
        &(article("Third", "2025-03-01", "tags: [hush]\n") + "![](p.png)\n"),
    );
    site.write("content/articles/c/p.png", "a picture");
    let server = Server::start(site.root(), &[]);
    let reader = server.open("/2025/01/a/");
    let good = fs::read_to_string(site.root().join("content/articles/a.md")).unwrap();
    // Without a date it has another address.
    site.write("content/articles/a.md", &good.replace("date:", "dat:"));
    reader.hears("problems");
    server.shows("/2025/01/a/", "The text of First.");
    site.remove("content/articles/b.md");
    server.comes_to("/2025/02/b/", 404);
    for address in ["/2025/03/c/", "/2025/03/c/index.md", "/2025/03/c/p.png", "/tags/hush/"] {
        assert_eq!(server.get(address).status, 200, "{address}");
    }
    site.edit("content/articles/c/index.md", "---\ntitle", "---\ndraft: true\ntitle");
    for address in ["/2025/03/c/", "/2025/03/c/index.md", "/2025/03/c/p.png", "/tags/hush/", "/2025/03/"] {
        server.comes_to(address, 404);
    }
    server.shows("/2025/01/a/", "The text of First.");
    server.shows("/2025/01/a/index.md", "The text of First.");
}

#[cfg(unix)]
#[test]
fn what_symbolic_links_lead_to_is_watched() {
    use std::os::unix::fs::symlink;
    let site = site();
    let elsewhere = TestSite::plain("title = \"Elsewhere\"\nbase_url = \"https://test.example/\"\n");
    let there = |path: &str| elsewhere.root().join(path);
    elsewhere.write("linked.md", &article("Linked", "2025-05-01", ""));
    elsewhere.write("folder/inside.md", &article("Inside", "2025-06-01", ""));
    fs::remove_file(site.root().join("site.toml")).unwrap();
    symlink(there("site.toml"), site.root().join("site.toml")).unwrap();
    symlink(there("linked.md"), site.root().join("content/articles/linked.md")).unwrap();
    let server = Server::start(site.root(), &[]);
    elsewhere.edit("linked.md", "The text of Linked", "The new text of Linked");
    server.shows("/2025/05/linked/", "The new text of Linked");
    symlink(there("folder"), site.root().join("content/articles/folder")).unwrap();
    server.shows("/2025/06/inside/", "The text of Inside");
    elsewhere.edit("folder/inside.md", "The text of Inside", "The new text of Inside");
    server.shows("/2025/06/inside/", "The new text of Inside");
    elsewhere.write("folder/deep/more.md", &article("More", "2025-07-01", ""));
    server.shows("/2025/07/more/", "The text of More");
    elsewhere.edit("site.toml", "Elsewhere", "Somewhere else");
    server.shows("/", "Somewhere else");
}

#[test]
fn a_site_that_is_broken_at_the_start_is_served_once_it_is_fixed() {
    let site = site();
    let config = fs::read_to_string(site.root().join("site.toml")).unwrap();
    site.write("site.toml", "title = ");
    let server = Server::start(site.root(), &[]);
    let waiting = server.get("/2025/01/a/");
    assert_eq!(waiting.status, 500);
    assert!(waiting.text().contains("/.masthead/live.js"));
    // It is as dark as the reader likes it.
    assert!(waiting.text().contains("<meta name=\"color-scheme\" content=\"light dark\">"));
    let reader = server.open("/2025/01/a/");
    site.write("site.toml", &config);
    reader.hears("page");
    server.shows("/2025/01/a/", "The text of First.");
    // As long as what was read is not saved, other builds wait for the cache.
    let documents = site.cache().join("documents");
    for _ in 0..PATIENCE.as_millis() / 10 {
        if documents.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("nothing was saved");
}

#[test]
fn folders_can_be_added_and_removed() {
    let site = TestSite::plain(
        "title = \"Test\"\nbase_url = \"https://test.example/\"\n[content]\narticles = \"texts/deep\"\n",
    );
    let server = Server::start(site.root(), &[]);
    site.write("texts/deep/a.md", &article("First", "2025-01-01", ""));
    server.comes_to("/2025/01/a/", 200);
    let reader = server.open("/2025/01/a/");
    fs::remove_dir_all(site.root().join("texts")).unwrap();
    assert!(reader.hears("problems").contains("texts/deep"), "a site without its articles is a mistake");
    site.write("texts/deep/b.md", &article("Second", "2025-01-01", ""));
    server.comes_to("/2025/01/b/", 200);
    server.comes_to("/2025/01/a/", 404);
    site.edit("texts/deep/b.md", "The text", "The new text");
    server.shows("/2025/01/b/", "The new text");
    // A folder that is empty by then is missed, too.
    let reader = server.open("/2025/01/b/");
    site.remove("texts/deep/b.md");
    server.comes_to("/2025/01/b/", 404);
    fs::remove_dir_all(site.root().join("texts")).unwrap();
    while !reader.hears("problems").contains("texts/deep") {}
}

#[test]
fn the_number_of_articles_can_be_limited() {
    let site = site();
    site.write("content/articles/c.md", &article("Third", "2025-03-01", "draft: true\n"));
    site.write(
        "content/articles/d.md",
        &article("Fourth", "2024-03-01", "").replace("The text", "See [the first](a.md): the text"),
    );
    site.write(
        "content/articles/e.md",
        &article("Fifth", "2025-04-01", "").replace("The text", "See [the first](a.md): the text"),
    );
    let server = Server::start(site.root(), &["--limit", "2", "--drafts"]);
    for (path, status) in
        [("/2025/04/e/", 200), ("/2025/03/c/", 200), ("/2025/02/b/", 404), ("/2024/03/d/", 404)]
    {
        assert_eq!(server.get(path).status, status, "{path}");
    }
}

#[test]
fn a_requested_port_must_be_free() {
    let site = site();
    let server = Server::start(site.root(), &[]);
    let port = server.port.to_string();
    let serve = |more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.args(["serve", "--root"]).arg(site.root()).args(more).output().unwrap()
    };
    let taken = serve(&["--port", &port]);
    assert_eq!(taken.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&taken.stderr).contains(&format!("port {port} is taken")), "{taken:?}");
    let nowhere = serve(&["--port", "0", "--root", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn it_ends_when_interrupted_even_with_open_pages() {
    let site = site();
    let mut server = Server::start(site.root(), &[]);
    let reader = server.open("/");
    assert!(server.interrupt());
    assert!(reader.is_alone());
}

/// Holds up the first edition until it is released.
struct Hold {
    listens: Sender<String>,
    is_released: Mutex<bool>,
    released: Condvar,
}

impl Hold {
    fn release(&self) {
        *self.is_released.lock().unwrap() = true;
        self.released.notify_all();
    }
}

/// Releases it in any case: all tests of this process share the threads that it holds up.
struct Release<'a>(&'a Hold);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Progress for Hold {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self) {
        let is_held = self.is_released.lock().unwrap();
        drop(self.released.wait_while(is_held, |is_released| !*is_released).unwrap());
    }
    fn waits(&self) {}
}

impl Teller for Hold {
    fn now(&self) -> Moment {
        moment(crate::support::AT)
    }
    fn listens(&self, address: &str) {
        self.listens.send(address.to_owned()).unwrap();
    }
    fn edition(&self, _: &Bulletin<'_>) {}
    fn faults(&self, _: &[Diagnostic]) {}
    fn trouble(&self, error: &Error) {
        panic!("{error}");
    }
}

#[test]
fn until_all_articles_are_read_an_article_is_served_alone() {
    let (site, alone) = (TestSite::new(""), TestSite::new(""));
    let profile = "---\nname: Gazette\nurl: https://gazette.example/\n---\nA paper.\n";
    for site in [&site, &alone] {
        site.write("content/sources/gazette.md", profile);
        site.write("content/articles/2025-02-01-b.md", &article("Second", "2025-02-01", "source: Gazette\n"));
        site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
    }
    site.write("content/articles/a.md", &article("First", "2025-01-01", "tags: [sea]\n"));
    site.write("content/articles/c.md", &article("Third", "2025-03-01", "slug: else\n"));
    let (whole, alone) = (site.clean_output(), alone.clean_output());
    let (listens, listening) = channel();
    let hold = Arc::new(Hold { listens, is_released: Mutex::default(), released: Condvar::new() });
    let _release = Release(&hold);
    let teller: Arc<dyn Teller> = hold.clone();
    let options = Options { request: site.request(), host: None, port: Some(0), preview_from: 5 };
    std::thread::spawn(move || serve::run(options, &teller));
    let address = listening.recv_timeout(PATIENCE).unwrap();
    let server = Server::at(&address);

    let early = server.get("/2025/02/b/");
    assert_eq!(early.status, 200);
    assert!(early.as_built() == alone["2025/02/b/index.html"]);
    assert!(early.as_built() != whole["2025/02/b/index.html"]);
    assert!(server.get("/2025/02/b/index.html").body == early.body);
    assert!(server.get("/about/").text().contains("Us."));
    let asset = whole.keys().find(|path| path.starts_with("assets/")).unwrap();
    assert!(server.get(&format!("/{asset}")).body == whole[asset]);

    // What cannot be shown alone waits, and an open page is told when there is more to see.
    let reader = server.open_early("/2025/02/b/");
    let waiting = ["/", "/2025/03/else/", "/tags/sea/", "/nowhere/"];
    std::thread::scope(|scope| {
        let waiting = waiting.map(|path| scope.spawn(|| Server::at(&address).get(path)));
        hold.release();
        let came = waiting.map(|answer| answer.join().unwrap());
        assert_eq!(came.each_ref().map(|answer| answer.status), [200, 200, 200, 404]);
        assert!(came[0].as_built() == whole["index.html"]);
    });
    reader.hears("page");
    assert!(server.get("/2025/02/b/").as_built() == whole["2025/02/b/index.html"]);
}

/// Everything that an edition hands out.
fn everything(edition: &Edition, paths: impl IntoIterator<Item = String>) -> BTreeMap<String, Vec<u8>> {
    edition.open(|edition| {
        let one = |path: String| match edition.find(&format!("/{path}")).unwrap() {
            Found::Output { output: Output::Bytes(bytes), .. } => (path, bytes),
            Found::Output { output: Output::File { path: file, .. }, .. } => (path, fs::read(file).unwrap()),
            other => panic!("`{path}`: {other:?}"),
        };
        paths.into_iter().map(one).collect()
    })
}

/// A keeper who is told of changes, and compared with builds.
pub(crate) struct Kept {
    keeper: Keeper,
    before: BTreeMap<String, Vec<u8>>,
    at: &'static str,
}

impl Kept {
    pub(crate) fn new(site: &TestSite) -> Self {
        Self { keeper: Keeper::new(site.request()), before: BTreeMap::new(), at: site.at }
    }

    /// What the keeper makes of what has changed since the last time must be the output folder, byte for
    /// byte. Says whether it has looked at no more than what was edited.
    pub(crate) fn check(&mut self, site: &TestSite) -> bool {
        let after: BTreeMap<String, Vec<u8>> = tree(site.root())
            .into_iter()
            .filter(|(path, _)| !path.starts_with("public/") && !path.starts_with(".masthead"))
            .collect();
        let before = std::mem::replace(&mut self.before, after);
        let all: BTreeSet<&String> = before.keys().chain(self.before.keys()).collect();
        let changed = all.into_iter().filter(|path| before.get(*path) != self.before.get(*path));
        let root = std::path::absolute(site.root()).unwrap();
        let change = Change::Files(changed.map(|path| root.join(path)).collect());
        let Some(issue) = self.keeper.next(moment(self.at), &change, &Silent).unwrap() else {
            assert_eq!(before, self.before, "a change was passed over");
            return true;
        };
        let is_quick = issue.report.timings.iter().all(|(stage, _)| *stage != "index");
        let mut built = site.output();
        built.retain(|path, _| !OWN.contains(&path.as_str()));
        let edition = issue.edition.unwrap();
        crate::support::assert_same(&everything(&edition, built.keys().cloned()), &built);
        is_quick
    }
}

#[test]
fn pages_that_show_an_edited_article_are_updated() {
    let mut site = quick::site("[related]\nelsewhere_days = 200\n[lint]\n\"dead-anchor\" = \"off\"\n");
    quick::add(&site, &quick::path(8), "\n## Lamps\n");
    quick::add(&site, &quick::path(9), quick::SENTENCE);
    site.build_fine();
    let mut kept = Kept::new(&site);
    kept.check(&site);
    let words = [quick::words_of(9), quick::words_of(10)];
    let edits = [
        (9, "title: Article 09", "title: Another"),
        (9, "And so it was.", "And so it was.\n\n## A heading\n"),
        (9, "And so it was.", "[So](a08.md#lamps) it [was](/2024/06/a20/)."),
        (9, &words[0], &words[1]),
        (8, "\n## Lamps", "\nAnd.\n\n## Lamps"),
        (9, "summary: What it says.", "summary: What it said."),
        (9, &words[1], "Nothing."),
    ];
    for (number, from, to) in edits {
        site.edit(&quick::path(number), from, to);
        site.build_fine();
        assert!(kept.check(&site), "{to}");
    }
    // One of its headings is asked for.
    site.edit(&quick::path(8), "## Lamps", "## Lights");
    site.build_fine();
    assert!(!kept.check(&site));
}

#[test]
fn time_passes_while_a_site_is_served() {
    let site = site();
    site.write("content/articles/c.md", &article("Third", "2025-03-01", "publish: 2026-02-01T12:00:00Z\n"));
    let mut keeper = Keeper::new(site.request());
    let first = keeper.next(moment("2026-01-01T12:00:00Z"), &Change::Everything, &Silent).unwrap().unwrap();
    assert_eq!((first.report.counts.articles, first.until), (2, Some(moment("2026-02-01T12:00:00Z"))));
    let then = keeper.next(moment("2026-02-01T12:00:00Z"), &Change::Time, &Silent).unwrap().unwrap();
    assert_eq!((then.report.counts.articles, then.until), (3, None));
    assert_eq!(
        keeper.next(moment("2026-02-01T12:00:00Z"), &Change::Everything, &Silent).unwrap().map(drop),
        None
    );
}

#[test]
fn temporary_files_of_editors_are_ignored() {
    let site = site();
    let mut keeper = Keeper::new(site.request());
    let at = moment(site.at);
    keeper.next(at, &Change::Everything, &Silent).unwrap().unwrap();
    site.write("content/articles/.a.md.swp", "x");
    site.write("content/articles/a.md~", "x");
    site.write("public/index.html", "x");
    let root = std::path::absolute(site.root()).unwrap();
    let files = [
        "content/articles/.a.md.swp",
        "content/articles/a.md~",
        "content/articles/4913",
        "content/articles/a.md",
        "public/index.html",
        ".masthead/lock",
    ];
    let change = Change::Files(files.iter().map(|file| root.join(file)).collect());
    assert_eq!(keeper.next(at, &change, &Silent).unwrap().map(drop), None);
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let site = site();
    let mut keeper = Keeper::new(site.request());
    let at = moment(site.at);
    keeper.next(at, &Change::Everything, &Silent).unwrap().unwrap();
    let path = site.root().join("content/articles/a.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    site.edit("content/articles/a.md", "The text", "New text");
    fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    let change = Change::Files(BTreeSet::from([std::path::absolute(&path).unwrap()]));
    let issue = keeper.next(at, &change, &Silent).unwrap().unwrap();
    let page = everything(&issue.edition.unwrap(), ["2025/01/a/index.html".to_owned()]);
    assert!(String::from_utf8_lossy(&page["2025/01/a/index.html"]).contains("New text of First"));
}

#[test]
fn an_edit_that_only_its_own_page_and_lists_show_is_not_indexed_again() {
    let site = site();
    let config = fs::read_to_string(site.root().join("site.toml")).unwrap();
    let lint = "[lint]\n\"dead-link\" = \"warning\"\n\"missing-picture\" = \"off\"\n";
    site.write("site.toml", &format!("{config}{lint}"));
    let text = article("First", "2025-01-01", "tags: [sea]\n");
    site.write("content/articles/a.md", &format!("{text}\n[Nowhere](nowhere.md) ![](no.png)\n"));
    let mut keeper = Keeper::new(site.request());
    let at = moment(site.at);
    keeper.next(at, &Change::Everything, &Silent).unwrap().unwrap();
    let mut check = |from: &str, to: &str, is_indexed: bool, line: u32| {
        site.edit("content/articles/a.md", from, to);
        let path = std::path::absolute(site.root().join("content/articles/a.md")).unwrap();
        let issue = keeper.next(at, &Change::Files(BTreeSet::from([path])), &Silent).unwrap().unwrap();
        let indexed = issue.report.timings.iter().any(|(stage, _)| *stage == "index");
        assert_eq!(indexed, is_indexed, "{from} -> {to}");
        let lines: Vec<_> = issue.report.diagnostics.iter().map(|one| one.place.unwrap().line).collect();
        assert_eq!(lines, [line], "the place of the dead link");
    };
    check("The text", "A text", false, 9);
    check("A text", "A longer text,\nof two lines", true, 10);
    check("tags: [sea]", "summary: Short\ntags: [sea]", true, 11);
    check("summary: Short", "summary: Shorter", false, 11);
    check("title: First", "title: The first", true, 11);
    check("tags: [sea]", "tags: [sea, sky]", true, 11);
}
