//! What must hold for whatever comes out of Masthead, whatever went in.
//!
//! Each function panics where its promise is broken, which is what the fuzzer waits for.

pub mod markup;

use masthead::base::diag::{Diagnostic, Place};
use masthead::base::language::Language;
use masthead::base::slug::{SlugStyle, is_segment};
use masthead::config::{Markdown, RawHtml};
use masthead::model::article::{Body, Document, Fill, LinkRef, Meta, Parsed};
use masthead::model::input::DocumentKind;
use masthead::model::path::{ContentPath, UrlPath};
use masthead::parse::{Options, parse};

/// Parses a text as an article, and checks everything that came out.
pub fn article(text: &[u8], raw_html: RawHtml) -> Parsed {
    let path = ContentPath::new("articles/2022-01-11-a.md");
    // Highlighting is slow when instrumented, and the same whatever becomes of raw HTML.
    let highlight = raw_html == RawHtml::Allow;
    let markdown = Markdown { raw_html, sourced_raw_html: raw_html, highlight, ..Markdown::default() };
    let options = Options {
        markdown,
        zone_name: "Europe/Lisbon",
        language: Language::default(),
        slugs: SlugStyle::Unicode,
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

/// The lines of a text, as long as they are in characters.
pub struct Lines<'t> {
    text: &'t str,
    lengths: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Lines end as old Macs ended them if nothing else ends one.
    pub fn of(text: &'t str) -> Self {
        let end = if text.contains('\n') { '\n' } else { '\r' };
        Self { text, lengths: text.split(end).map(|line| line.chars().count()).collect() }
    }

    /// Checks that each diagnostic has a message, and lies within the text where it has a place.
    pub fn hold_all(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
            if let Some(place) = diagnostic.place {
                self.hold(place, &diagnostic.message);
            }
        }
    }

    /// Checks that a place lies within the text. The end of a line counts as one more character of it.
    pub fn hold(&self, place: Place, what: &str) {
        let Place { line, column, width } = place;
        assert!(line > 0 && column > 0 && width > 0, "{what}: {place:?}");
        let length = self.lengths.get(line as usize - 1);
        let length = length.unwrap_or_else(|| panic!("{what}: {place:?} of {:?}", self.text));
        let end = column as usize - 1 + width as usize;
        assert!(end <= *length || (width == 1 && end == length + 1), "{what}: {place:?} of {:?}", self.text);
    }
}
