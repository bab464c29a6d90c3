//! Bytes as the file of an article.

use masthead::base::labels::OwnLabels;
use masthead::base::language::Language;
use masthead::base::slug::{SlugStyle, is_segment};
use masthead::config::{Markdown, RawHtml};
use masthead::model::article::{Body, Document, Fill, LinkRef, Meta, Parsed};
use masthead::model::input::DocumentKind;
use masthead::model::path::{ContentPath, UrlPath};
use masthead::parse::{Options, parse};

use super::Lines;
use super::markup::harmless;

/// Checks bytes as front matter: YAML if the first byte is even, else TOML.
pub fn front_matter(bytes: &[u8]) {
    let Some((first, front)) = bytes.split_first() else { return };
    let fence: &[u8] = if first % 2 == 0 { b"---\n" } else { b"+++\n" };
    let text = [fence, front, b"\n", fence, b"Some text.\n"].concat();
    article(&text, RawHtml::Allow);
}

/// Checks bytes as the body of an article, with every policy for raw HTML.
pub fn markdown(bytes: &[u8]) {
    // A second block of front matter would be an error.
    let head =
        if bytes.starts_with(b"---") { &b""[..] } else { b"---\ntitle: A title\ndate: 2022-01-11\n---\n" };
    let text = [head, bytes].concat();
    article(&text, RawHtml::Allow);
    for policy in [RawHtml::Sanitize, RawHtml::Escape] {
        if let Some(Document::Article(_, body)) = article(&text, policy).document {
            harmless(&body.html);
        }
    }
}

/// Parses a text as an article, and checks everything that came out.
fn article(text: &[u8], raw_html: RawHtml) -> Parsed {
    let path = ContentPath::new("articles/2022-01-11-a.md");
    // Highlighting is slow when instrumented, and the same whatever becomes of raw HTML.
    let highlight = raw_html == RawHtml::Allow;
    let markdown = Markdown { raw_html, sourced_raw_html: raw_html, highlight, ..Markdown::default() };
    let options = Options {
        markdown,
        zone_name: "Europe/Lisbon",
        language: Language::default(),
        slugs: SlugStyle::Unicode,
        home: "https://t.example/news".to_owned(),
        labels: OwnLabels::new(),
    };
    let parsed = parse(DocumentKind::Article, &path, text, &options);
    let Ok(text) = std::str::from_utf8(text) else {
        assert!(parsed.document.is_none() && !parsed.diagnostics.is_empty());
        return parsed;
    };
    let lines = Lines::of(text);
    lines.hold_all(&parsed.diagnostics);
    match &parsed.document {
        Some(Document::Article(meta, found)) => {
            head(meta, &lines);
            body(found, &meta.links);
        }
        Some(Document::Profile(_)) => panic!("an article became a profile"),
        None => assert!(!parsed.diagnostics.is_empty(), "neither a document nor a reason"),
    }
    parsed
}

fn head(meta: &Meta, lines: &Lines<'_>) {
    assert!(is_segment(&meta.slug), "slug {:?}", meta.slug);
    for alias in &meta.aliases {
        assert_eq!(UrlPath::parse(alias.as_str()).as_ref(), Some(alias));
    }
    for link in &meta.links {
        lines.hold(link.place, &link.target);
    }
}

fn body(body: &Body, links: &[LinkRef]) {
    let mut last = 0;
    for slot in &body.slots {
        let at = slot.at as usize;
        assert!(body.html.is_char_boundary(at), "the slot at {at} is inside a character or beyond the end");
        assert!(at >= last, "the slot at {at} comes after that at {last}");
        let needs_none = matches!(slot.fill, Fill::Date(_));
        assert!(needs_none || (slot.link as usize) < links.len(), "the slot at {at} has no link");
        last = at;
    }
    for heading in &body.toc {
        assert!((1..=6).contains(&heading.level) && !heading.id.is_empty(), "{heading:?}");
    }
}
