//! The made-up collection of the benches: the same seed gives the same bytes, and Masthead has nothing to say
//! against it.

use masthead::build::{Request, Silent, run};

use crate::support::{TestSite, temporary_folder, tree};

#[path = "../../benches/corpus/mod.rs"]
mod made_up;

const ARTICLES: usize = 150;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folder = temporary_folder();
    let made = |name: &str, seed| {
        let folder = folder.path().join(name);
        made_up::write(seed, ARTICLES, &folder).unwrap();
        tree(&folder)
    };
    let first = made("first", 1);
    assert_eq!(first.keys().filter(|path| path.ends_with(".md")).count(), ARTICLES);
    assert!(first == made("again", 1));
    assert!(first != made("other", 2));
}

#[test]
fn it_builds_without_a_warning() {
    let folder = temporary_folder();
    let root = folder.path().join("site");
    made_up::write(1, ARTICLES, &root).unwrap();
    let report = run(&Request { root, ..TestSite::new("").request() }, &Silent).unwrap();
    assert!(report.ok && report.diagnostics.is_empty(), "{:#?}", report.diagnostics);
    assert_eq!(report.counts.articles, ARTICLES as u64);
}
