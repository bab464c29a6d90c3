//! An edit of a text costs what it touches, in a collection of any size; and what counts as such an edit.
//!
//! [`TestSite::build`] compares each result with a clean build. Here it is told apart which way a build went:
//! one that looked at a few documents never gathered the index.

use std::fs;
use std::path::PathBuf;

use masthead::base::diag::Rule;
use masthead::build::{Silent, Way, run};

use crate::support::quick::{
    SENTENCE, add, amended, full, is_quick, newcomer, path, renewed, site, words_of,
};
use crate::support::{SITE_TOML, TestSite, article, assert_same, temporary_folder, tree};

#[test]
fn an_edited_text_renders_its_page() {
    let mut site = site("");
    let first = site.build_fine();
    add(&site, &path(7), SENTENCE);
    let report = site.build_fine();
    assert_eq!(report.way, Way::Amended);
    let (mut expected, all) = (first.counts, first.counts.written);
    (expected.parsed, expected.rendered, expected.written, expected.kept) = (1, 1, 1, all - 1);
    assert_eq!(report.counts, expected);
    assert_eq!(report.written[0].as_str(), "2024/02/a07/index.html");
    let third = site.build_fine();
    assert_eq!((third.counts.parsed, third.counts.kept), (0, all));
    assert_eq!(third.way, Way::Nothing);
}

#[test]
fn a_few_edits_at_once_render_their_pages() {
    let mut site = site("");
    site.build_fine();
    [3, 7, 12].into_iter().for_each(|number| add(&site, &path(number), SENTENCE));
    assert_eq!(amended(&mut site).len(), 3);
}

/// What was edited is kept beside the documents until there is too much of it; then a full build puts it
/// where it belongs.
#[test]
fn edited_documents_are_kept_apart_until_a_full_build_merges_them() {
    let mut site = site("");
    let file = |number: usize| format!("content/articles/more/b{number:03}.md");
    for number in 0..258 {
        let more = "tags: [many]\nsummary: What it says.\n";
        let text = article(&format!("More {number:03}"), &format!("2023-01-{:02}", number % 28 + 1), more);
        site.write(&file(number), &format!("{text}\n{}\n", words_of(number + 40)));
    }
    site.build_fine();
    for number in 0..256 {
        add(&site, &file(number), SENTENCE);
        if number % 16 == 15 {
            let report = run(&site.request(), &Silent).unwrap();
            assert!(report.ok && is_quick(&report), "{number}: {:?}", report.timings);
        }
    }
    add(&site, &file(256), SENTENCE);
    full(&mut site, "too much has changed since the last full build");
    add(&site, &file(257), SENTENCE);
    amended(&mut site);
}

#[test]
fn too_many_edits_need_a_full_build() {
    let mut site = site("");
    site.build_fine();
    (0..17).for_each(|number| add(&site, &path(number), SENTENCE));
    assert_eq!(full(&mut site, "more than sixteen documents have changed").counts.written, 17);
}

#[test]
fn twins_are_rendered_too() {
    let mut site = site("[outputs]\narticle_json = true\narticle_markdown = true\n");
    site.build_fine();
    add(&site, &path(7), SENTENCE);
    let twins = ["index.html", "index.json", "index.md"].map(|file| format!("2024/02/a07/{file}"));
    assert_eq!(amended(&mut site), twins);
}

#[test]
fn feeds_with_the_full_text_are_rendered_too() {
    let mut site = site("");
    site.build_fine();
    add(&site, &path(39), SENTENCE);
    let written = amended(&mut site);
    for feed in ["feed.xml", "feed.json", "tags/sea/feed.xml", "sources/sky-review/feed.json"] {
        assert!(written.contains(&feed.to_owned()), "{feed} is not in {written:?}");
    }
    // It has another tag, and another outlet.
    assert!(!written.iter().any(|path| path.contains("tags/sky") || path.contains("harbour")), "{written:?}");
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site), ["2024/02/a07/index.html"]);
}

#[test]
fn a_part_of_a_series_keeps_its_neighbours() {
    let mut site = site("[lists]\nrelated = 0\n[outputs]\nterm_feeds = false\n");
    for number in [2, 7, 9, 12, 17, 22, 30, 31] {
        site.edit(&path(number), "tags:", "series: Lamps\ntags:");
    }
    site.build_fine();
    add(&site, &path(9), SENTENCE);
    let written = amended(&mut site);
    assert!(written.contains(&"2024/03/a09/index.html".to_owned()), "{written:?}");
}

#[test]
fn a_draft_renders_nothing() {
    let mut site = site("");
    site.edit(&path(7), "tags:", "draft: true\ntags:");
    site.edit("content/pages/about.md", "See [one](../articles/a07.md).", "Nothing.");
    site.build_fine();
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site), Vec::<String>::new());
    site.drafts = true;
    assert!(site.build_fine().written.iter().any(|path| path.as_str() == "2024/02/a07/index.html"));
    site.edit(&path(7), "draft: true\n", "");
    full(&mut site, "an article is seen elsewhere, or at another time");
}

#[test]
fn a_standing_page_renders_only_itself() {
    let mut site = site("");
    site.write("content/pages/terms.md", "---\ntitle: Terms\n---\nNone.\n");
    site.build_fine();
    add(&site, "content/pages/terms.md", SENTENCE);
    assert_eq!(amended(&mut site), ["terms/index.html"]);
    add(&site, "content/pages/about.md", SENTENCE);
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site), ["2024/02/a07/index.html", "about/index.html"]);
}

#[test]
fn a_touched_file_beside_an_edited_one_renders_nothing() {
    let mut site = site("");
    site.build_fine();
    let text = fs::read_to_string(site.root().join(path(8))).unwrap();
    site.remove(&path(8));
    site.write(&path(8), &text);
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site).len(), 1);
    site.remove(&path(8));
    site.write(&path(8), &text);
    assert_eq!(amended(&mut site).len(), 0);
}

#[test]
fn added_and_removed_documents_need_a_full_build() {
    let mut site = site("");
    site.build_fine();
    add(&site, &path(7), SENTENCE);
    site.remove(&path(20));
    full(&mut site, "a document went");
    // As many files as before, at other paths.
    add(&site, &path(9), SENTENCE);
    site.rename(&path(21), "content/articles/a21b.md");
    full(&mut site, "a document went");
    add(&site, &path(9), SENTENCE);
    site.write("content/sources/sky-review.md", "---\nname: Sky Review\n---\nText.\n");
    full(&mut site, "a page or profile has come");
    site.edit("content/sources/sky-review.md", "Text.", "Another text.");
    full(&mut site, "a profile has changed, or the template of an article");
    add(&site, &path(9), SENTENCE);
    amended(&mut site);
}

#[test]
fn errata_grow_until_a_full_build_merges_them() {
    let mut site = site("");
    site.build_fine();
    let errata = |site: &TestSite| {
        let names = fs::read_dir(site.cache()).unwrap().map(|file| file.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains("errata")).count()
    };
    for number in [7, 8, 7, 9, 7] {
        add(&site, &path(number), SENTENCE);
        assert_eq!(amended(&mut site).len(), 1);
    }
    assert_eq!(errata(&site), 2);
    site.edit(&path(8), "tags: [", "tags: [cities, ");
    assert_eq!(full(&mut site, "other tags, authors or sources").counts.parsed, 1);
    assert_eq!(errata(&site), 0);
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site).len(), 1);
    // And back to what was there before.
    let text = fs::read_to_string(site.root().join(path(7))).unwrap();
    site.write(&path(7), text.strip_suffix(SENTENCE).unwrap());
    assert_eq!(amended(&mut site).len(), 1);
}

#[test]
fn copies_of_a_story_are_still_recognised() {
    let mut site = site("[related]\nelsewhere_days = 200\n");
    let story = "\nThe lamp was lit for the first time since the storm, and the keeper said that no ship had missed it, \
                 because all of them had stayed in the harbour and waited for better weather.\n";
    for (number, outlet) in [(7, "Sky Review"), (8, "Harbour Gazette")] {
        let more = format!("source: {outlet}\nsummary: What it says.\n");
        site.write(
            &path(number),
            &article("The lamp", "2024-02-22", &more).replace("The text of The lamp.", story),
        );
    }
    site.build_fine();
    let is_known = |site: &TestSite| site.page("2024/02/a07/index.html").contains("elsewhere: ");
    assert!(is_known(&site));
    add(&site, &path(7), SENTENCE);
    assert_eq!(amended(&mut site).len(), 1);
    assert!(is_known(&site));
    // The same words in another order are no copy.
    let mut words: Vec<&str> = story.split_whitespace().collect();
    words.sort_unstable();
    site.edit(&path(7), story, &format!("\n{}\n", words.join(" ")));
    renewed(&mut site);
    assert!(!is_known(&site));
}

#[test]
fn diagnostics_of_other_documents_are_kept() {
    let mut site = site("[lint]\n\"dead-link\" = \"warning\"\n");
    add(&site, &path(7), "\nA [link](/nowhere/).\n");
    let told = site.build().diagnostics;
    assert!(told.iter().any(|one| one.rule == Rule::DeadLink));
    add(&site, &path(8), SENTENCE);
    let report = site.build();
    assert!(is_quick(&report));
    assert_eq!(report.diagnostics, told);
    // The link moves down a line.
    site.edit(&path(7), "\nThe text", "\nAnd.\n\nThe text");
    let moved = full(&mut site, "there is something to be told of a document").diagnostics;
    assert_eq!(moved[0].place.unwrap().line, told[0].place.unwrap().line + 2);
}

#[test]
fn diagnostics_of_the_whole_site_need_a_full_build() {
    let mut site = TestSite::new("");
    site.write("site.toml", &format!("{SITE_TOML}[theme]\naccent = \"#ffff99\"\n"));
    site.write(&path(7), &article("Article", "2024-01-01", "summary: What it says.\n"));
    assert!(site.build().diagnostics.iter().any(|one| one.rule == Rule::Theme));
    add(&site, &path(7), SENTENCE);
    full(&mut site, "there is something to be told of `site.toml`, the theme or the folders");
}

#[test]
fn a_template_error_is_reported_and_nothing_is_written() {
    let mut site = site("");
    let template = "{% extends \"base.html\" %}{% block main %}{{ article.extra.size + 1 }}{% endblock %}";
    site.write("templates/sized.html", template);
    site.edit(&path(7), "tags:", "template: sized.html\nextra: {size: 1}\ntags:");
    site.build_fine();
    let before = tree(&site.root().join("public"));
    site.edit(&path(7), "size: 1", "size: [x]");
    let report = site.build();
    assert!(!report.ok && report.diagnostics.iter().all(|one| one.rule == Rule::Template));
    assert_same(&tree(&site.root().join("public")), &before);
    site.edit(&path(7), "size: [x]", "size: 2");
    full(&mut site, "what the last build kept is gone, damaged or of another build");
    site.edit(&path(7), "size: 2", "size: 3");
    assert_eq!(amended(&mut site), ["2024/02/a07/index.html"]);
}

#[test]
fn output_folders_with_other_states_are_kept_apart() {
    let mut site = site("");
    site.build_fine();
    let other = temporary_folder();
    let out = other.path().join("out");
    let elsewhere = |site: &TestSite| site.build_into(&out);
    elsewhere(&site);
    add(&site, &path(7), SENTENCE);
    assert!(is_quick(&elsewhere(&site)));
    // What was parsed is newer than what this folder was made from.
    assert_eq!(
        full(&mut site, "what the last build kept is gone, damaged or of another build").counts.written,
        1
    );
    add(&site, &path(8), SENTENCE);
    site.build_fine();
    assert_eq!(elsewhere(&site).counts.written, 1);
}

#[test]
fn a_deleted_output_is_written_again_with_an_edit() {
    let mut site = site("");
    site.build_fine();
    site.remove("public/tags/index.html");
    add(&site, &path(7), SENTENCE);
    assert_eq!(
        full(&mut site, "a file is missing in the output folder, or is not what was written").counts.written,
        2
    );
}

#[test]
fn a_wrong_record_of_a_neighbour_is_not_trusted() {
    let mut site = site("");
    site.build_fine();
    let ledger = file_of_the_cache(&site, "ledger-");
    let mut bytes = fs::read(&ledger).unwrap();
    let own = b"/2024/02/a07/";
    let at = bytes.windows(own.len()).position(|window| window == own).unwrap();
    // The record of the article before ends before the start of this one, with what stands for its card:
    // sixteen bytes.
    let before = b"/2024/02/a06/";
    let start = bytes.windows(before.len()).position(|window| window == before).unwrap();
    assert!(start < at);
    // Two dates of six bytes, a policy, two answers and an outlet stand between the address and the length of
    // that.
    bytes[start + before.len() + 12 + 1 + 2 + 2 + 1] ^= 1;
    fs::write(&ledger, bytes).unwrap();
    add(&site, &path(7), SENTENCE);
    full(&mut site, "what the last build kept is gone, damaged or of another build");
}

#[test]
fn nothing_from_an_interrupted_build_is_trusted() {
    let mut site = site("");
    add(&site, &path(7), SENTENCE);
    site.build_fine();
    // The page is put into place, but what was written can't be remembered.
    let manifest = file_of_the_cache(&site, "manifest-").to_str().unwrap().to_owned();
    let in_the_way = manifest.replace("manifest-", "manifest-errata-");
    fs::create_dir_all(format!("{in_the_way}/folder")).unwrap();
    site.edit(&path(7), "And so it was.", "And it was so.");
    assert!(run(&site.request(), &Silent).is_err());
    assert!(site.page("2024/02/a07/index.html").contains("And it was so."));
    fs::remove_dir_all(in_the_way).unwrap();
    // The page that is there is as long as the one that should be.
    site.edit(&path(7), "And it was so.", "And so it was.");
    site.build_fine();
}

/// The file of the cache whose name begins like this.
pub(crate) fn file_of_the_cache(site: &TestSite, start: &str) -> PathBuf {
    let files = fs::read_dir(site.cache()).unwrap().map(|file| file.unwrap().path());
    files.into_iter().find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start)).unwrap()
}

#[test]
fn an_edit_is_right_whatever_cache_file_is_damaged() {
    let mut site = site("");
    site.build_fine();
    add(&site, &path(7), SENTENCE);
    amended(&mut site);
    let cache = site.cache();
    let mut files: Vec<_> = fs::read_dir(&cache).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        // Two edits, so that there is something new beside the large files again.
        for _ in 0..2 {
            add(&site, &path(9), SENTENCE);
            site.build_fine();
        }
        let mut bytes = fs::read(&file).unwrap();
        bytes.truncate(bytes.len() / 2);
        bytes.extend(b"garbage in the middle of the file");
        fs::write(&file, bytes).unwrap();
        add(&site, &path(10), SENTENCE);
        site.build_fine();
    }
}

#[test]
fn feeds_in_order_of_arrival_have_the_edited_text() {
    let mut site = site("order = \"added\"\n");
    // It is old, and the last that came.
    site.edit(&path(2), "date: ", "added: 2025-01-01\ndate: ");
    site.build_fine();
    add(&site, &path(2), SENTENCE);
    assert!(is_quick(&site.build_fine()));
    assert!(site.page("feed.xml").contains(SENTENCE.trim()), "{}", site.page("feed.xml"));
    // So has a feed whose article has another title.
    site.edit(&path(2), "title: Article 02", "title: Another");
    assert!(is_quick(&site.build_fine()));
    assert!(site.page("feed.xml").contains("<title>Another</title>"), "{}", site.page("feed.xml"));
}

/// A date that has yet to come is told of as long as it has, by whatever way a build goes.
#[test]
fn what_has_yet_to_come_is_told_until_it_comes() {
    let mut site = site("");
    site.build_fine();
    site.edit(&path(7), "summary:", "updated: 2026-03-02\nsummary:");
    assert_eq!(site.build().diagnostics.len(), 1);
    add(&site, &path(8), SENTENCE);
    assert_eq!(site.build().diagnostics.len(), 1);
    site.at = "2026-02-28T12:00:00Z";
    assert_eq!(site.build().diagnostics.len(), 1);
    site.at = "2026-03-01T12:00:00Z";
    site.build_fine();
    site.edit(&path(7), "2026-03-02", "2026-03-05");
    assert_eq!(site.build().diagnostics.len(), 1);
    site.edit(&path(7), "2026-03-05", "2026-03-01");
    site.build_fine();
}

/// Which of two parts, or of two copies of one text, is told of hangs on their languages.
#[test]
fn another_language_needs_a_look_at_others() {
    let mut site = site("");
    let copied = "source: {outlet: Sky Review, url: 'https://sky.example/1'}\nsummary:";
    site.edit(&path(7), "source: Sky Review\n", "");
    site.edit(&path(7), "summary:", copied);
    site.edit(&path(9), "source: Sky Review\n", "");
    site.edit(&path(9), "summary:", &format!("lang: fr\n{copied}"));
    site.edit(&path(11), "summary:", "series: {name: Lamps, part: 1}\nsummary:");
    site.edit(&path(13), "summary:", "lang: fr\nseries: {name: Lamps, part: 1}\nsummary:");
    site.build_fine();
    site.edit(&path(9), "lang: fr\n", "");
    site.edit(&path(13), "lang: fr\n", "");
    assert_eq!(site.build().diagnostics.len(), 2);
    site.edit(&path(7), "summary:", "lang: fr\nsummary:");
    assert_eq!(site.build().diagnostics.len(), 1);
}

/// A text from an outlet of another language is told of as long as it does not say that it is in the site's.
#[test]
fn a_text_that_does_not_say_its_language_is_told_of() {
    let mut site = site("");
    site.write("content/sources/sky-review.md", "---\nname: Sky Review\n---\n");
    for number in (1..40).step_by(2) {
        site.edit(&path(number), "summary:", "lang: en\nsummary:");
    }
    site.build_fine();
    site.edit("content/sources/sky-review.md", "name:", "language: fr\nname:");
    site.build_fine();
    site.edit(&path(9), "lang: en\n", "");
    assert_eq!(site.build().diagnostics.len(), 1);
    site.edit(&path(9), "title: Article 09", "title: Another");
    assert_eq!(site.build().diagnostics.len(), 1);
    site.edit(&path(9), "summary:", "lang: en\nsummary:");
    site.build_fine();
    add(&site, &path(9), SENTENCE);
    amended(&mut site);
    // A text of the other outlet may stay silent.
    site.edit(&path(8), "summary:", "lang: en\nsummary:");
    site.build_fine();
    site.write("content/articles/new.md", &newcomer("New", "2024-05-20", "source: Sky Review\nlang: en\n"));
    renewed(&mut site);
    site.write("content/articles/newer.md", &newcomer("Newer", "2024-05-21", "source: Sky Review\n"));
    assert_eq!(site.build().diagnostics.len(), 1);
}
