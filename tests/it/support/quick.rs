//! Sites that are built again and again, and which way each build went.
//!
//! [`TestSite::build`] compares each result with a clean build. Here it is told apart how much a build looked
//! at.

use std::collections::BTreeSet;
use std::fs;

use masthead::build::{Report, Way};
use masthead::model::path::OutPath;

use super::{OWN, SITE_TOML, TestSite, article};

/// A sentence without a word that could tell what a text is about.
pub(crate) const SENTENCE: &str = "\nAnd so it was.\n";

/// Terms that articles of [`site`] have.
pub(crate) const TERMS: &str = "source: Sky Review\ntags: [sea, light]\n";

/// Forty articles, one a week, each with a summary and words of its own; and a page. Most articles are in no
/// feed.
pub(crate) fn site(site_toml: &str) -> TestSite {
    let feeds = "[feeds]\nentries = 3\nterm_content = \"full\"\n";
    let site = TestSite::plain(&format!("{SITE_TOML}{feeds}{site_toml}"));
    for number in 0..40 {
        let date = format!("2024-{:02}-{:02}", number / 4 + 1, number % 4 * 7 + 1);
        let more = format!(
            "source: {}\ntags: [{}]\nsummary: What it says.\n",
            ["Harbour Gazette", "Sky Review"][number % 2],
            ["sea", "sky", "light"][number % 3],
        );
        let text = article(&format!("Article {number:02}"), &date, &more);
        site.write(&path(number), &format!("{text}\n{}\n", words_of(number)));
    }
    site.write("content/pages/about.md", "---\ntitle: About\n---\nSee [one](../articles/a07.md).\n");
    site
}

/// Thirty words that no other article has.
pub(crate) fn words_of(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let own = format!("{}{}", letter(number), letter(number / 26));
    (0..30).map(|place| format!("{own}lamp{} ", letter(place).to_string().repeat(3))).collect()
}

/// An article with terms that others have, and words that are its own.
pub(crate) fn newcomer(name: &str, date: &str, more: &str) -> String {
    let text = article(name, date, &format!("{more}summary: What it says.\n"));
    let own: usize = name.bytes().map(usize::from).sum();
    format!("{text}\n{}\n", words_of(own))
}

pub(crate) fn path(number: usize) -> String {
    format!("content/articles/a{number:02}.md")
}

pub(crate) fn add(site: &TestSite, path: &str, text: &str) {
    let before = fs::read_to_string(site.root().join(path)).unwrap();
    site.write(path, &format!("{before}{text}"));
}

/// Whether a build looked at nothing but a few documents.
pub(crate) fn is_quick(report: &Report) -> bool {
    matches!(report.way, Way::Amended | Way::Renewed)
}

/// Builds after an edit that no other pages show. Gives what was written.
#[track_caller]
pub(crate) fn amended(site: &mut TestSite) -> Vec<String> {
    let report = site.build_fine();
    assert_eq!(report.way, Way::Amended);
    assert_eq!(report.counts.written + report.counts.kept, files(site));
    written(&report)
}

/// Builds after articles came or were revised, which must write what differs and nothing else. Gives that.
#[track_caller]
pub(crate) fn renewed(site: &mut TestSite) -> Vec<String> {
    let before = site.output();
    let report = site.build_fine();
    assert_eq!(report.way, Way::Renewed);
    let after = site.output();
    let differs = |path: &&String| before.get(*path) != after.get(*path) && !OWN.contains(&path.as_str());
    let expected: Vec<String> = after.keys().filter(differs).cloned().collect();
    let written: BTreeSet<String> = written(&report).into_iter().collect();
    assert_eq!(written.into_iter().collect::<Vec<_>>(), expected);
    assert_eq!(report.counts.written + report.counts.kept, files(site));
    expected
}

/// Builds, which must be done in full because of something.
#[track_caller]
pub(crate) fn full(site: &mut TestSite, why: &str) -> Report {
    let report = site.build();
    assert!(report.ok, "{:?}", report.diagnostics);
    let Way::Full(declined) = report.way else { panic!("{:?} in place of: {why}", report.way) };
    assert_eq!(declined.0, why);
    report
}

fn written(report: &Report) -> Vec<String> {
    assert_eq!((report.counts.written, report.counts.removed), (report.written.len() as u64, 0));
    report.written.iter().map(|path| OutPath::as_str(path).to_owned()).collect()
}

/// How many outputs there are; the list of them and its mark are none.
fn files(site: &TestSite) -> u64 {
    site.output().len() as u64 - 2
}
