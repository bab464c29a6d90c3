//! The cases in `tests/cases/parse`: one Markdown file each, and beside it what must become of it.

mod dump;
mod hostile;
mod random;
mod scripts;

use std::path::Path;

use super::{Options, parse};
use crate::base::labels::OwnLabels;
use crate::base::language::Language;
use crate::base::slug::SlugStyle;
use crate::config::Markdown;
use crate::model::article::Parsed;
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;
use crate::model::profile::TermKind;

fn options() -> Options {
    Options {
        markdown: Markdown::default(),
        zone_name: "Europe/Lisbon",
        language: Language::default(),
        slugs: SlugStyle::Unicode,
        home: "https://t.example/news".to_owned(),
        labels: OwnLabels::new(),
    }
}

fn article(text: &str) -> Parsed {
    parse(DocumentKind::Article, &ContentPath::new("articles/2022-01-11-a.md"), text.as_bytes(), &options())
}

/// The kind of document that a case's name asks for.
fn kind_of(name: &str) -> DocumentKind {
    match name.split('-').next() {
        Some("page") => DocumentKind::Page,
        Some("source") => DocumentKind::Profile(TermKind::Source),
        Some("author") => DocumentKind::Profile(TermKind::Author),
        _ => DocumentKind::Article,
    }
}

#[test]
fn every_case_becomes_what_stands_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/parse");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in cases {
        let name = case.file_stem().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&case).unwrap();
        let path = ContentPath::new(format!("articles/{name}.md"));
        let parsed = parse(kind_of(name), &path, &bytes, &options());
        settings.bind(|| insta::assert_snapshot!(name, dump::of(&parsed)));
    }
}
