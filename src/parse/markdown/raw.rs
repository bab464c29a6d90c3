//! Raw HTML in Markdown: kept, with gaps for addresses of the site, or shown as text.
//!
//! It is not sanitised here but at the end, in the whole body: an element may begin in one piece of raw HTML
//! and end in another.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use super::events::Spanned;
use super::writer::Writer;
use crate::base::diag::Rule;
use crate::base::tags::{Attribute, Part, Tag, parts};
use crate::config::RawHtml;
use crate::model::article::{Fill, LinkKind, LinkRef};
use crate::parse::address::{self, Address};
use crate::parse::entities;
use crate::parse::home;

/// A piece of raw HTML. In a quote or list, its lines are not contiguous in the file.
struct Piece<'a> {
    text: Cow<'a, str>,
    /// The starts of its lines, in the piece and in the body.
    lines: Vec<(usize, usize)>,
}

impl<'a> Piece<'a> {
    fn of(events: &[Spanned<'a>], source: &'a str) -> Self {
        let mut lines: Vec<(usize, usize)> = Vec::new();
        let mut end = None;
        let mut length = 0;
        for (event, range) in events {
            let (Event::Html(line) | Event::InlineHtml(line) | Event::Text(line)) = event else { continue };
            if end != Some(range.start) {
                lines.push((length, range.start));
            }
            length += line.len();
            // A line that is longer or shorter than what is written says nothing of places behind it.
            end = Some(range.end).filter(|_| line.len() == range.len());
        }
        let whole = match (lines.as_slice(), end) {
            (&[(_, start)], Some(end)) => source.get(start..end).filter(|text| text.len() == length),
            _ => None,
        };
        let text = whole.map_or_else(|| Cow::Owned(joined(events)), Cow::Borrowed);
        Self { text, lines }
    }

    /// The place in the body of some of its bytes.
    fn in_body(&self, range: Range<usize>) -> Range<usize> {
        let line = self.lines.iter().rev().find(|(at, _)| *at <= range.start);
        let moved = |at: usize| line.map_or(at, |&(line, body)| body + at - line);
        moved(range.start)..moved(range.end)
    }
}

fn joined(events: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        if let Event::Html(line) | Event::InlineHtml(line) | Event::Text(line) = event {
            text.push_str(line);
        }
    }
    text
}

/// The text of the first `<p>` in a block of raw HTML that has any.
pub(super) fn paragraph(events: &[Spanned<'_>]) -> String {
    let (mut text, mut is_inside) = (String::new(), false);
    for part in parts(&joined(events)) {
        match part {
            Part::Tag(tag) if tag.is("p") => {
                if !text.trim().is_empty() {
                    break;
                }
                text.clear();
                is_inside = !tag.is_end;
            }
            Part::Tag(tag) if tag.is("br") => text.push(' '),
            Part::Text(piece) if is_inside => text.push_str(&entities::decode(piece)),
            _ => {}
        }
    }
    text
}

/// The kind of an attribute's value.
enum Holds {
    Address(LinkKind),
    /// Several addresses with sizes: `a.jpg 1x, b.jpg 2x`.
    Addresses,
    Id,
    Nothing,
}

/// Elements that the sanitiser removes, so that their addresses need not exist.
const TAKEN_OUT: &[&str] = &["script", "iframe", "frame", "object", "embed", "link", "applet"];

fn holds(tag: &Tag<'_>, attribute: &Attribute<'_>, raw_html: RawHtml) -> Holds {
    let name = attribute.name.to_ascii_lowercase();
    match (name.as_str(), tag.name.to_ascii_lowercase().as_str()) {
        (_, element) if raw_html == RawHtml::Sanitize && TAKEN_OUT.contains(&element) => Holds::Nothing,
        ("id", _) | ("name", "a") => Holds::Id,
        // A frame shows a page.
        ("href", "a" | "area") | ("src", "iframe" | "frame") => Holds::Address(LinkKind::Link),
        ("href", "link" | "image") | ("xlink:href", "image") | ("src" | "poster", _) | ("data", "object") => {
            Holds::Address(LinkKind::Picture)
        }
        ("srcset", _) => Holds::Addresses,
        _ => Holds::Nothing,
    }
}

impl Writer<'_, '_> {
    /// Writes the raw HTML of some events, on its own (`is_block`) or within a line.
    pub(super) fn raw_html(&mut self, events: &[Spanned<'_>], is_block: bool) {
        let piece = Piece::of(events, self.source());
        match self.settings().raw_html {
            RawHtml::Escape => self.shown_html(&piece, is_block),
            RawHtml::Allow | RawHtml::Sanitize => {
                for part in parts(&piece.text) {
                    self.raw_part(&part, &piece);
                }
            }
        }
    }

    /// Writes raw HTML as visible text, without its comments.
    fn shown_html(&mut self, piece: &Piece<'_>, is_block: bool) {
        let mut shown = String::new();
        for part in parts(&piece.text) {
            match part {
                Part::Text(text) | Part::Hidden(text) => shown.push_str(text),
                Part::Tag(tag) => shown.push_str(tag.source),
                Part::Comment => {}
                Part::OpenComment(sign) => self.open_comment(&piece.in_body(sign)),
            }
        }
        let (open, close) = if is_block { ("<p>", "</p>\n") } else { ("", "") };
        let shown = if is_block { shown.trim() } else { &shown };
        if !shown.is_empty() {
            self.out.raw(open);
            self.out.text(shown);
            self.out.raw(close);
            self.words.add(shown);
        }
    }

    fn raw_part(&mut self, part: &Part<'_>, piece: &Piece<'_>) {
        match part {
            Part::Text(text) => {
                // A tag without an end is text here, but a browser would find a `>` further down the page;
                // and without its comment, `<<!-- -->b>` is a tag.
                self.has_raw_html |= text.contains('<');
                self.words.add(text);
                // A `<` that begins no tag, or a tag without an end, which would swallow what comes behind.
                let rest = text.strip_prefix('<');
                self.out.raw(if rest.is_some() { "&lt;" } else { "" });
                self.out.raw(rest.unwrap_or(text));
            }
            Part::Hidden(text) => self.out.raw(text),
            Part::Comment => {}
            Part::OpenComment(sign) => self.open_comment(&piece.in_body(sign.clone())),
            Part::Tag(tag) => self.raw_tag(tag, piece),
        }
    }

    fn open_comment(&mut self, sign: &Range<usize>) {
        let message = "the comment is not closed and hides the text after it";
        let diagnostic = self.diagnostic(sign, Rule::UnclosedComment, message);
        self.found(diagnostic.hint("end it with `-->`"));
    }

    fn raw_tag(&mut self, tag: &Tag<'_>, piece: &Piece<'_>) {
        self.words.gap();
        if tag.is("a") {
            // Between `<a>` and `</a>` an address must not become another link.
            self.raw_links = if tag.is_end { self.raw_links.saturating_sub(1) } else { self.raw_links + 1 };
        }
        self.has_raw_html = true;
        let mut done = tag.start;
        for attribute in &tag.attributes {
            match holds(tag, attribute, self.settings().raw_html) {
                Holds::Address(kind) => self.raw_address(kind, attribute, piece, &mut done),
                Holds::Addresses => self.raw_addresses(attribute, piece, &mut done),
                Holds::Id => self.ids.note(&entities::decode(&piece.text[attribute.value.clone()])),
                Holds::Nothing => {}
            }
        }
        self.out.raw(&piece.text[done..tag.start + tag.source.len()]);
    }

    /// Leaves a gap for the value of an attribute, if that is an address of the site, and writes what
    /// precedes it.
    fn raw_address(
        &mut self,
        kind: LinkKind,
        attribute: &Attribute<'_>,
        piece: &Piece<'_>,
        done: &mut usize,
    ) {
        let quote = if attribute.is_quoted { "" } else { "\"" };
        self.raw_gap(kind, attribute.value.clone(), quote, piece, done);
    }

    fn raw_addresses(&mut self, attribute: &Attribute<'_>, piece: &Piece<'_>, done: &mut usize) {
        let value = &piece.text[attribute.value.clone()];
        // A `data:` address contains commas itself.
        if !attribute.is_quoted || value.contains("data:") {
            return;
        }
        let mut at = attribute.value.start;
        for candidate in value.split_inclusive(',') {
            let start = at + candidate.len() - candidate.trim_start().len();
            let length = candidate.trim_start().find(|c: char| c.is_whitespace() || c == ',');
            let end = length.map_or(at + candidate.len(), |length| start + length);
            self.raw_gap(LinkKind::Picture, start..end.max(start), "", piece, done);
            at += candidate.len();
        }
    }

    fn raw_gap(
        &mut self,
        kind: LinkKind,
        value: Range<usize>,
        quote: &str,
        piece: &Piece<'_>,
        done: &mut usize,
    ) {
        let target = entities::decode(&piece.text[value.clone()]);
        let target = home::local(target.trim(), self.settings().home);
        if address::of_link(&target) != Address::Site
            || (kind == LinkKind::Picture && target.starts_with('#'))
        {
            return;
        }
        self.out.raw(&piece.text[*done..value.start]);
        self.out.raw(quote);
        let place = self.place(&piece.in_body(value.clone()));
        let link = self.add_link(LinkRef { target: target.into_owned(), kind, place });
        self.out.slot(link, Fill::Address);
        self.out.raw(quote);
        *done = value.end;
    }
}

#[cfg(test)]
mod tests {
    use crate::base::labels::OwnLabels;
    use crate::base::language::Language;
    use crate::base::slug::SlugStyle;
    use crate::config::{Markdown, RawHtml};
    use crate::model::article::Document;
    use crate::model::input::DocumentKind;
    use crate::model::path::ContentPath;
    use crate::parse::{Options, parse};

    fn sanitized(text: &str) -> String {
        let markdown = Markdown { raw_html: RawHtml::Sanitize, ..Markdown::default() };
        let options = Options {
            markdown,
            zone_name: "UTC",
            language: Language::default(),
            slugs: SlugStyle::Unicode,
            home: String::new(),
            labels: OwnLabels::new(),
        };
        let path = ContentPath::new("articles/2022-01-11-a.md");
        match parse(DocumentKind::Article, &path, text.as_bytes(), &options).document {
            Some(Document::Article(_, body)) => body.html,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn old_anchors_stay() {
        assert_eq!(sanitized("<a name=\"fn1\">1</a>").trim(), "<p><a name=\"fn1\">1</a></p>");
    }

    #[test]
    fn tags_that_only_browsers_recognise_are_sanitized() {
        for text in ["<div onclick=\"y()\" title=\"", "<!-- x --><<!-- -->img src=x onerror=y()>"] {
            // What is left of it is text.
            let html = sanitized(text);
            assert!(!html.contains("<div") && !html.contains("<img"), "{html}");
        }
    }
}
