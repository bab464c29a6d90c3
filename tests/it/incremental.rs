//! A rebuild costs what changed, and equals a clean build ([`TestSite::build`] compares them each time).

use std::fs;
use std::time::SystemTime;

use masthead::base::diag::Rule;
use masthead::build::{Counts, Report};
use masthead::model::path::OutPath;

use crate::support::{SITE_TOML, TestSite, article};

/// Fifty articles of two outlets and three tags, one a week.
fn site() -> TestSite {
    let site = TestSite::new("");
    for number in 0..50 {
        let (month, day) = (number / 4 % 12 + 1, number % 4 * 7 + 1);
        let date = format!("{}-{month:02}-{day:02}", 2024 + number / 48);
        let more = format!(
            "source: {}\ntags: [{}, all]\nauthors: [Ines Calloway]\n",
            ["Harbour Gazette", "Sky Review"][number % 2],
            ["sea", "sky"][number % 2],
        );
        site.write(
            &format!("content/articles/a{number:02}.md"),
            &article(&format!("Article {number:02}"), &date, &more),
        );
    }
    site
}

fn written(report: &Report) -> Vec<&str> {
    report.written.iter().map(OutPath::as_str).collect()
}

#[test]
fn an_unchanged_site_needs_no_work() {
    let mut site = site();
    let first = site.build_fine();
    assert_eq!(first.counts.parsed, 50);
    assert_eq!(first.counts.rendered, first.counts.written);
    let stamp =
        |site: &TestSite| fs::metadata(site.root().join("public/index.html")).unwrap().modified().unwrap();
    let before: SystemTime = stamp(&site);
    let second = site.build_fine();
    let kept = first.counts.written;
    assert_eq!(second.counts, Counts { articles: 50, kept, ..Counts::default() });
    assert!(
        second.timings.iter().all(|(stage, _)| !matches!(*stage, "parse" | "index" | "render" | "write"))
    );
    assert_eq!(stamp(&site), before);
}

#[test]
fn without_a_cache_equal_outputs_are_left_alone() {
    let mut site = site();
    site.write("static/film.mp4", "a film");
    site.write("static/other.mp4", "a play");
    let kept = site.build_fine().counts.written;
    fs::remove_dir_all(site.cache()).unwrap();
    let report = site.build_fine();
    assert_eq!((report.counts.written, report.counts.kept), (0, kept));
    // Of the same length.
    fs::remove_dir_all(site.cache()).unwrap();
    site.write("static/other.mp4", "a poem");
    assert_eq!(written(&site.build_fine()), ["other.mp4"]);
}

#[test]
fn touched_files_are_read_but_not_parsed() {
    let mut site = site();
    site.build_fine();
    let text = fs::read_to_string(site.root().join("content/articles/a07.md")).unwrap();
    site.remove("content/articles/a07.md");
    site.write("content/articles/a07.md", &text);
    let report = site.build_fine();
    assert_eq!((report.counts.parsed, report.counts.rendered), (0, 0));
}

#[test]
fn a_changed_body_changes_its_page_and_the_feed_that_carries_it() {
    let mut site = site();
    site.build_fine();
    site.edit("content/articles/a07.md", "The text of", "The text, the whole text of");
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 1);
    // An article without a summary is summed up by its first paragraph, so give it one before looking at the
    // body alone.
    site.edit("content/articles/a07.md", "tags:", "summary: The same.\ntags:");
    site.build_fine();
    site.edit("content/articles/a07.md", "the whole text", "and nothing but the text");
    let report = site.build_fine();
    assert_eq!(written(&report), ["2024/02/a07/index.html"]);
    assert_eq!(report.counts.rendered, 1);
}

#[test]
fn a_changed_title_changes_the_pages_that_show_it() {
    let mut site = site();
    site.build_fine();
    site.edit("content/articles/a30.md", "title: Article 30", "title: Article thirty");
    let report = site.build_fine();
    let written = written(&report);
    assert_eq!(report.counts.parsed, 1);
    for page in [
        "2024/08/a30/index.html",
        "2024/08/a29/index.html",
        "2024/08/a31/index.html",
        "2024/08/index.html",
        "tags/sea/index.html",
    ] {
        assert!(written.contains(&page), "{page} is not in {written:#?}");
    }
    for page in [
        "2024/02/a05/index.html",
        "tags/index.html",
        "tags/sky/index.html",
        "archive/index.html",
        "page/1/index.html",
    ] {
        assert!(!written.contains(&page), "{page} is in {written:#?}");
    }
    assert!(written.len() < 30, "{written:#?}");
}

#[test]
fn a_new_article_changes_its_neighbour_the_fronts_of_its_lists_and_the_lists_it_enters() {
    let mut site = site();
    site.build_fine();
    let more = "source: Harbour Gazette\ntags: [sea]\n";
    site.write("content/articles/a50.md", &article("Article 50", "2025-02-20", more));
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 1);
    let numbered: Vec<_> = written(&report).into_iter().filter(|path| path.contains("/page/")).collect();
    assert_eq!(numbered, Vec::<&str>::new());
    let articles: Vec<_> =
        written(&report).into_iter().filter(|path| path.starts_with("20") && path.contains("/a")).collect();
    // Its own page, the one before it, and those that now have it among their related articles.
    assert!(articles.contains(&"2025/02/a50/index.html") && articles.contains(&"2025/01/a49/index.html"));
    for page in articles {
        assert!(
            site.page(page).contains("Article 50"),
            "{page} was written but does not show the new article"
        );
    }
}

#[test]
fn with_an_error_only_changed_pages_are_rendered() {
    let mut site = site();
    site.build_fine();
    let all = site.output();
    let path = "content/articles/broken.md";
    site.write(path, &article("Broken", "2025-01-01", "tags: [sea]\n"));
    site.edit(path, "2025-01-01", "never");
    let report = site.build();
    assert!(!report.ok && report.counts.rendered * 5 < all.len() as u64, "{:?}", report.counts);
    // A fault of a template is told beside it, although all pages were there.
    site.write("templates/article.html", "{{ article.nothing.at.all }}");
    let report = site.build();
    let rules: Vec<Rule> = report.diagnostics.iter().map(|one| one.rule).collect();
    assert!(rules.contains(&Rule::Template) && rules.len() > 1, "{rules:?}");
    assert_eq!(site.output(), all);
}

#[test]
fn a_renamed_tag_moves_its_pages_and_marks_its_articles() {
    let mut site = site();
    site.build_fine();
    for number in (0..50).step_by(2) {
        site.edit(&format!("content/articles/a{number:02}.md"), "[sea, all]", "[ocean, all]");
    }
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 25);
    let removed: Vec<_> = report.removed.iter().map(OutPath::as_str).collect();
    assert!(removed.contains(&"tags/sea/index.html") && removed.contains(&"tags/sea/feed.xml"));
    assert!(!site.root().join("public/tags/sea").exists());
    assert!(written(&report).iter().all(|path| !path.contains("tags/sky")));
}

#[test]
fn a_deleted_article_leaves_no_trace() {
    let mut site = site();
    site.build_fine();
    site.remove("content/articles/a20.md");
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    let removed: Vec<_> = report.removed.iter().map(OutPath::as_str).collect();
    assert!(removed.contains(&"2024/06/a20/index.html"));
    for (path, bytes) in site.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("Article 20"), "{path}");
    }
}

#[test]
fn a_changed_template_renders_all_its_pages_and_parses_nothing() {
    let mut site = site();
    site.write("templates/404.html", "<!doctype html><title>Gone</title>");
    site.build_fine();
    site.write("templates/404.html", "<!doctype html><title>Gone for good</title>");
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    assert_eq!(written(&report), ["404.html"]);
}

#[test]
fn a_changed_configuration_writes_only_what_looks_different() {
    let mut site = site();
    site.build_fine();
    site.write("site.toml", "title = \"Test\"\nbase_url = \"https://test.example/\"\n# A comment.\n");
    let report = site.build_fine();
    assert_eq!((report.counts.parsed, report.counts.written), (0, 0));
    site.write("site.toml", "title = \"Another\"\nbase_url = \"https://test.example/\"\n");
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    assert!(report.counts.written > 50);
}

#[test]
fn a_restored_cache_works_with_new_file_times() {
    let mut site = site();
    site.build_fine();
    for number in 0..50 {
        let path = site.root().join(format!("content/articles/a{number:02}.md"));
        fs::File::options().append(true).open(path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    let report = site.build_fine();
    assert_eq!((report.counts.parsed, report.counts.rendered, report.counts.written), (0, 0, 0));
}

#[test]
fn everything_that_an_article_can_have_survives_the_cache() {
    let mut site = site();
    let more = "updated: 2024-05-01\npublish: 2024-01-01T08:00:00Z\nsource:\n  - {outlet: A, url: 'https://a.example/', role: via, \
                published: 2023, retrieved: 2024-01-01, archive: 'https://archive.example/', license: CC0}\n  - B\n\
                series: {name: S, part: 3}\nimage: {src: a.png, alt: x, focus: '50% 20%'}\naliases: [/old/]\nindex: canonical\n\
                related: [a01]\ncorrections: [{date: 2024-02-01, text: y}]\nextra: {a: [1, {b: 2.5}], c: null}\nlang: de\n";
    site.write("content/articles/a.png", "not a picture");
    site.write("content/articles/full.md", &article("Full", "2024-01-05", more));
    site.write("content/sources/a.md", "---\nname: A\nurl: https://a.example/\naliases: [AA]\npicture: a.png\n---\n[x](../articles/a01.md)\n");
    site.write("content/sources/a.png", "not a picture");
    site.build();
    site.edit("content/articles/a07.md", "The text", "Another text");
    assert_eq!(site.build().counts.parsed, 1);
}

#[test]
fn the_cache_may_be_deleted_at_any_time() {
    let mut site = site();
    site.build_fine();
    fs::remove_dir_all(site.root().join(".masthead")).unwrap();
    site.edit("content/articles/a07.md", "title: Article 07", "title: Article seven");
    site.remove("content/articles/a08.md");
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 49);
    assert!(report.removed.iter().any(|path| path.as_str() == "2024/03/a08/index.html"));
}

#[test]
fn a_damaged_cache_is_rebuilt() {
    let mut site = site();
    site.build_fine();
    let cache = site.cache();
    for entry in fs::read_dir(&cache).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes.truncate(middle);
        bytes.extend(b"garbage in the middle of the file");
        fs::write(&path, bytes).unwrap();
    }
    site.edit("content/articles/a07.md", "The text of", "More text of");
    site.build_fine();
}

/// What a disk garbles without a word: one bit in a file of the same length and age. All articles are shown again
/// from what is stored.
#[test]
fn a_garbled_bit_in_the_cache_shows_nowhere() {
    const PLACES: usize = 9;
    let mut site = TestSite::new("");
    site.write(
        "content/articles/p.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"/>",
    );
    for number in 0..4 {
        let source = format!("source: {{outlet: Gazette, url: 'https://g.example/a{number}'}}\n");
        let more = format!("{source}tags: [sea]\nsummary: What it says\n");
        let text = article(&format!("Article {number}"), "2025-03-04", &more);
        site.write(&format!("content/articles/a{number}.md"), &format!("{text}[next](a1.md) ![](p.svg)\n"));
    }
    site.build_fine();
    let files: Vec<_> = fs::read_dir(site.cache()).unwrap().map(|entry| entry.unwrap().path()).collect();
    for (number, file) in files.iter().enumerate() {
        for place in 0..PLACES {
            let Ok(time) = fs::metadata(file).and_then(|file| file.modified()) else { continue };
            let mut bytes = fs::read(file).unwrap();
            let Some(last) = bytes.len().checked_sub(1) else { continue };
            bytes[last * place / (PLACES - 1)] ^= 1;
            fs::write(file, bytes).unwrap();
            fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
            site.write("site.toml", &format!("{SITE_TOML}[extra]\nnumber = {}\n", number * PLACES + place));
            site.build_fine();
        }
    }
}

#[test]
fn a_deleted_output_is_written_again() {
    let mut site = site();
    site.build_fine();
    fs::remove_file(site.root().join("public/tags/index.html")).unwrap();
    let report = site.build_fine();
    assert_eq!(written(&report), ["tags/index.html"]);
}

#[test]
fn an_embargo_ends_without_any_change_of_a_file() {
    let mut site = site();
    site.write(
        "content/articles/secret.md",
        &article("The secret", "2025-01-05", "publish: 2026-01-02T08:00:00Z\n"),
    );
    site.build_fine();
    assert!(!site.root().join("public/2025/01/secret").exists());
    site.at = "2026-01-02T07:59:59Z";
    assert_eq!(site.build_fine().counts.rendered, 0);
    site.at = "2026-01-02T08:00:00Z";
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    assert!(site.page("index.html").contains("The secret"));
}
