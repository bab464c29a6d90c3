//! Small whole sites with what they must become: `tests/golden/<name>/site` and either
//! `tests/golden/<name>/public`, every byte of it, or `tests/golden/<name>/parts`, what is told of sources,
//! which no theme changes.
//!
//! `UPDATE_GOLDEN=1 cargo test golden` accepts what comes out; read the difference before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{OWN, TestSite, assert_same, extract, tree};

/// The folder of a golden site.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[test]
fn golden_sites_match_byte_for_byte() {
    let mut names: Vec<_> = fs::read_dir(folder("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 2);
    for golden in names {
        let mut site = TestSite::copy_of(&golden.join("site"));
        site.build_fine();
        let mut output = site.output();
        // The list of own files is that of the others, and the mark is of one version.
        output.retain(|path, _| !OWN.contains(&path.as_str()));
        if golden.join("parts").exists() {
            compare(&output.into_iter().filter_map(told_of_sources).collect(), &golden.join("parts"));
        } else {
            compare(&output, &golden.join("public"));
        }
    }
}

/// Feeds and address maps as they are, of pages what they tell of sources; nothing of what tells nothing.
fn told_of_sources((path, bytes): (String, Vec<u8>)) -> Option<(String, Vec<u8>)> {
    let is_page = path.ends_with("index.html") && path.starts_with(|c: char| c.is_ascii_digit());
    if is_page || path == "index.html" {
        let name = path.trim_end_matches("index.html").trim_end_matches('/');
        let name = name.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("front");
        return Some((format!("{name}.txt"), extract::parts(std::str::from_utf8(&bytes).unwrap()).into()));
    }
    let is_whole = ["feed.xml", "rss.xml", "feed.json", "sitemap.xml", "news-sitemap.xml", "_redirects"];
    is_whole.contains(&path.as_str()).then_some((path, bytes))
}

fn compare(seen: &BTreeMap<String, Vec<u8>>, expected: &Path) {
    // Accepting is a decision of the person who runs the tests.
    if update_wanted() {
        let _ = fs::remove_dir_all(expected);
        for (path, bytes) in seen {
            let target = expected.join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
    }
    assert_same(seen, &tree(expected));
}

#[expect(clippy::disallowed_methods, reason = "a switch for people, not an input of a build")]
fn update_wanted() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok()
}
