//! Whatever the bytes are, something comes out, and its parts fit together.

use proptest::prelude::*;

use super::{options, parse};
use crate::base::diag::Place;
use crate::config::RawHtml;
use crate::model::article::{Body, Document, Fill, LinkRef, Parsed};
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;
use crate::model::profile::TermKind;

/// Parses in every way, and checks what must always hold.
fn check(bytes: &[u8]) {
    let path = ContentPath::new("articles/2022-01-11-a/index.md");
    for raw_html in [RawHtml::Allow, RawHtml::Sanitize, RawHtml::Escape] {
        let mut options = options();
        options.markdown.raw_html = raw_html;
        for kind in [DocumentKind::Article, DocumentKind::Profile(TermKind::Author)] {
            check_parsed(&parse(kind, &path, bytes, &options), bytes);
        }
    }
}

fn check_parsed(parsed: &Parsed, bytes: &[u8]) {
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let lines = bytes.split(|&byte| byte == end).count() as u32;
    for place in parsed.diagnostics.iter().map(|diagnostic| diagnostic.place.unwrap()) {
        check_place(place, lines);
    }
    match &parsed.document {
        Some(Document::Article(meta, body)) => check_body(body, &meta.links, lines),
        Some(Document::Profile(profile)) => check_body(&profile.body, &profile.links_in_body, lines),
        None => assert!(!parsed.diagnostics.is_empty()),
    }
}

fn check_place(place: Place, lines: u32) {
    assert!(
        place.line >= 1 && place.line <= lines && place.column >= 1 && place.width >= 1,
        "{place:?} of {lines}"
    );
}

fn check_body(body: &Body, links: &[LinkRef], lines: u32) {
    for link in links {
        check_place(link.place, lines);
    }
    assert!(body.slots.is_sorted_by_key(|slot| slot.at));
    for slot in &body.slots {
        assert!(body.html.is_char_boundary(slot.at as usize));
        assert!(matches!(slot.fill, Fill::Date(_)) || (slot.link as usize) < links.len());
    }
    for block in &body.blocks {
        let (start, end) = (block.start as usize, block.end as usize);
        assert!(start <= end && body.html.is_char_boundary(start) && body.html.is_char_boundary(end));
    }
    let mut ids: Vec<_> = body.toc.iter().map(|heading| &heading.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), body.toc.len(), "{:?}", body.toc);
}

/// Pieces that mean something, so that random texts come close to what people write.
fn pieces(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,3}", 1 => "[a-z]{1,3}"];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const MARKDOWN: &[&str] = &[
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "\r\n",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "* * *\n",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "^",
    "`",
    "```",
    "```rust\n",
    "$",
    "$$",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[[",
    "]]",
    "|",
    "|-|-|\n",
    "[^a]",
    "[^a]: ",
    "[a]: b\n",
    ": ",
    "{#id}",
    "{.c a=b}",
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    "<a href=",
    "<a href='x'>",
    "<img src=x>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!-- more -->",
    "<div>\n",
    "</div>",
    "\"",
    "'",
    "--",
    "...",
    "http://",
    "www.a.b",
    "https://a.b/c",
    "javascript:",
    "&amp;",
    "&",
    "\\",
    "a",
    "b c",
    "é",
    "東京",
    "\u{1a}",
    "\0",
    "[!NOTE]\n",
    "\\frac{1}{2}",
    "\n::: a {b=\"c\" src=d.jpg}\n",
    "\n:::: a\n",
    "\n:::\n",
    "\n::::\n",
    "\n```csv\na,b\n1,2\n```\n",
    "slot-",
    "{{ x }}",
    "1",
    "$1",
    "srcset='a 1x, b'",
    "=\"",
];

const YAML: &[&str] = &[
    "\n",
    "\n",
    ": ",
    ":\n",
    "- ",
    "  ",
    "title",
    "date",
    "tags",
    "source",
    "url",
    "image",
    "src",
    "series",
    "part",
    "slug",
    "aliases",
    "extra",
    "corrections",
    "draft",
    "lang",
    "publish",
    "links",
    "name",
    "country",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "true",
    "null",
    "~",
    "2022-01-11",
    "1.5",
    "-3",
    "0x1",
    "\t",
    "é",
    "%",
    "@",
    "`",
    "\\",
    "<<: ",
    "...\n",
    "---\n",
    "javascript:x",
    "https://a.b",
    "../",
    "\r\n",
];

const TOML: &[&str] = &[
    "\n",
    "\n",
    " = ",
    "[",
    "]",
    "[[",
    "]]",
    "title",
    "date",
    "tags",
    "source",
    "extra",
    "a.b",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "{",
    "}",
    ", ",
    "2022-01-11",
    "10:00:00",
    "T",
    "1.5",
    "0x1f",
    "inf",
    "true",
    "#",
    "\\",
    "é",
    "1e9",
    "-",
    "+",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn random_markdown_does_not_panic(text in pieces(MARKDOWN)) {
        check(text.as_bytes());
        check(format!("\u{feff}---\r\ntitle: T\r\n---\r\n{text}").as_bytes());
    }

    #[test]
    fn random_yaml_does_not_panic(text in pieces(YAML)) {
        check(format!("---\n{text}\n---\n").as_bytes());
        check(format!("---\nsource:\n  {text}\n---\n").as_bytes());
    }

    #[test]
    fn random_toml_does_not_panic(text in pieces(TOML)) {
        check(format!("+++\n{text}\n+++\n").as_bytes());
    }
}
