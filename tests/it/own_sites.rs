//! The demo site and the manual, which this repository builds with its own tool.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use masthead::build::{Report, Request, Silent, run};
use masthead::model::path::OutPath;

use crate::support::{TestSite, moment};

type Tree = BTreeMap<String, Vec<u8>>;

/// The demo site is built once for all who look at it.
static DEMO: LazyLock<(Report, Tree)> = LazyLock::new(|| build(""));

/// What becomes of the demo site.
pub(crate) fn demo() -> &'static Tree {
    &DEMO.1
}

fn build(folder: &str) -> (Report, Tree) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let site = TestSite::new("");
    for part in ["content", "static", "data", "templates", "assets", "themes"] {
        crate::support::copy_tree(&root.join(part), &site.root().join(part));
    }
    std::fs::copy(root.join("site.toml"), site.root().join("site.toml")).unwrap();
    let request = Request { at: moment("2026-11-30T00:00:00Z"), ..site.request() };
    let report = run(&request, &Silent).unwrap();
    assert!(report.diagnostics.is_empty(), "{}", crate::support::told(&report.diagnostics));
    (report, site.output())
}

/// The addresses of the demo site that the manual's page about sources and the desk sends its readers to: the
/// code in the last cells of its tables that begins with a slash.
fn addresses_in_the_manual() -> Vec<String> {
    let page = include_str!("../../docs/content/pages/desk.md");
    let rows = page.lines().filter_map(|line| line.strip_suffix(" |"));
    let cells = rows.filter_map(|row| row.rsplit(" | ").next());
    let codes = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let addresses: Vec<String> = codes.filter(|code| code.starts_with('/')).map(str::to_owned).collect();
    assert!(addresses.len() > 30, "`desk.md` has no table of addresses");
    addresses
}

#[test]
fn the_demo_site_has_no_errors_and_the_expected_pages() {
    let (report, output) = &*DEMO;
    assert!(report.counts.articles >= 60);
    let count = |folder: &str| {
        let pages = report.written.iter().map(OutPath::as_str);
        pages
            .filter(|path| {
                path.strip_prefix(folder)
                    .is_some_and(|rest| rest.split('/').count() == 2 && rest.ends_with("index.html"))
            })
            .count()
    };
    assert!(
        count("sources/") >= 8 && count("tags/") >= 25 && count("authors/") >= 6 && count("series/") >= 2
    );
    let page = |path: &str| std::str::from_utf8(&output[path]).unwrap();
    assert!(output.contains_key("1923/index.html"), "no imprecise date");
    let grave = page("2024/06/soup-by-the-fathom/index.html");
    assert!(grave.contains("another paper") && !grave.contains("Soup by"), "no tombstone");
    assert!(page("corrections/index.html").contains("<time"), "no corrections");
    let all: String = output.keys().filter(|path| path.ends_with(".html")).map(|path| page(path)).collect();
    for sign in [
        "<math",
        "<table",
        "<blockquote",
        "hl-k",
        "footnote",
        "<figcaption",
        "lang=\"ru\"",
        "lang=\"de\"",
        "<dl>",
        "checkbox",
    ] {
        assert!(all.contains(sign), "the demo site shows no `{sign}`");
    }
    for address in addresses_in_the_manual() {
        let file = match address.strip_suffix('/') {
            Some(folder) => format!("{folder}/index.html"),
            None => address.clone(),
        };
        assert!(output.contains_key(&file[1..]), "`desk.md` names `{address}`, and nothing is there");
    }
}

#[test]
fn the_manual_has_no_errors() {
    let (report, _) = build("docs");
    assert!(report.counts.written > 12);
}
