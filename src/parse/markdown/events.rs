//! The events of pulldown-cmark with their places, and its link definitions.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::stars::Hidden;
use super::unclosed::{self, Unclosed};
use super::{Settings, breaks, masks, quotes};
use crate::base::bytes;
use crate::base::html::is_allowed;
use crate::config::{self, RawHtml};
use crate::parse::text::is_forbidden;

/// An event and the bytes of the body that it comes from.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// All events of a body.
pub(super) struct Collected<'a> {
    events: Vec<Spanned<'a>>,
    /// The tags that became text because their elements are not closed.
    pub(super) unclosed: Vec<Unclosed>,
    /// The exhausted parser, which still has the definitions.
    parser: OffsetIter<'a>,
}

impl<'a> Collected<'a> {
    pub(super) fn events(&self) -> &[Spanned<'a>] {
        &self.events
    }

    /// The place of the definition that a reference link uses.
    pub(super) fn definition(&self, id: &str) -> Option<Range<usize>> {
        self.parser.reference_definitions().get(id).map(|definition| definition.span.clone())
    }
}

/// Parses a body. Its straight quotes become those of its language. `is_masked` says whether characters are
/// hidden from the parser; `beside_stars` has those that are hidden from nobody else.
pub(super) fn collect<'a>(
    text: &'a str,
    beside_stars: Option<&'a Hidden>,
    is_masked: bool,
    settings: &Settings<'_>,
) -> Collected<'a> {
    let markdown = settings.markdown;
    let parsed = beside_stars.map_or(text, |hidden| &hidden.text);
    let mut parser = Parser::new_ext(parsed, options(markdown)).into_offset_iter();
    // Running text has about one event for thirty bytes.
    let mut events = Vec::with_capacity(text.len() / 30 + 16);
    events.extend(parser.by_ref());
    if let Some(hidden) = beside_stars {
        hidden.show(&mut events);
    }
    // A reference such as `&#27;` may mean a character that HTML does not allow.
    if bytes::contains(text, "&#") {
        events.iter_mut().for_each(|event| replace_controls(event, text));
    }
    let may_hide = unclosed::may_be_in(text);
    if may_hide {
        events = with_raw(&events, text);
    }
    if bytes::contains(text, "\\|") {
        unescape_pipes(&mut events);
    }
    if markdown.smart_punctuation {
        quotes::set(&mut events, text, settings.quotes);
    }
    breaks::join(&mut events, text);
    if bytes::any(text.as_bytes(), |byte| bytes::is_one_of(byte, *b"^~")) {
        events = split_at_marks(events, text);
        raise(&mut events);
    }
    if is_masked {
        masks::unmask(&mut events);
    }
    // Raw HTML that is shown hides nothing.
    let (events, unclosed) = if may_hide && settings.raw_html != RawHtml::Escape {
        unclosed::show(events)
    } else {
        (events, Vec::new())
    };
    Collected { events, unclosed, parser }
}

fn replace_controls((event, range): &mut Spanned<'_>, source: &str) {
    match event {
        Event::Text(text) if range.len() > 1 && is_forbidden(text) => *text = "\u{fffd}".into(),
        Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
            for value in [dest_url, title] {
                // What the source has as it is hides a character.
                let is_replaced = |c: char| !is_allowed(c) && !source.contains(c);
                if value.contains(is_replaced) {
                    *value = value.replace(is_replaced, "\u{fffd}").into();
                }
            }
        }
        _ => {}
    }
}

/// Elements whose content is no text of the page.
const RAW_ELEMENTS: [&str; 4] = ["script", "style", "template", "iframe"];

/// Whether a text begins with the name of an element.
pub(super) fn begins_with_name(text: &str, name: &str) -> bool {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && text[name.len()..].chars().next().is_none_or(is_end)
}

/// Makes one piece of raw HTML of each such element within a paragraph: what stands in it is neither Markdown nor
/// counted.
fn with_raw<'a>(events: &[Spanned<'a>], source: &'a str) -> Vec<Spanned<'a>> {
    let mut joined = Vec::with_capacity(events.len());
    // Up to where each element is known to have no end.
    let mut endless = [0; RAW_ELEMENTS.len()];
    let mut index = 0;
    while index < events.len() {
        let element = raw_tag(&events[index].0).and_then(|tag| {
            RAW_ELEMENTS
                .iter()
                .position(|name| begins_with_name(tag, name))
                .filter(|&at| endless[at] <= index)
        });
        let end = element.map(|at| (at, raw_end(events, index, RAW_ELEMENTS[at])));
        if let Some((_, Ok(end))) = end {
            let range = events[index].1.start..events[end].1.end;
            joined.push((Event::InlineHtml(written(&events[index..=end], source).into()), range));
            index = end + 1;
            continue;
        }
        if let Some((at, Err(last))) = end {
            endless[at] = last;
        }
        joined.push(events[index].clone());
        index += 1;
    }
    joined
}

fn raw_tag<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    if let Event::InlineHtml(tag) = event { tag.strip_prefix('<') } else { None }
}

/// The end tag of the raw element whose start tag is the event `start`, or where the paragraph ends without one.
fn raw_end(events: &[Spanned<'_>], start: usize, name: &str) -> Result<usize, usize> {
    let mut depth = 0;
    for (index, (event, _)) in events.iter().enumerate().skip(start + 1) {
        let is_end = || {
            raw_tag(event)
                .and_then(|tag| tag.strip_prefix('/'))
                .is_some_and(|tag| begins_with_name(tag, name))
        };
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return Err(index),
            Event::End(_) => depth -= 1,
            _ if depth == 0 && is_end() => return Ok(index),
            _ => {}
        }
    }
    Err(events.len())
}

/// What some events are written as, without the marks of quotes and lists at the beginnings of their lines.
fn written(events: &[Spanned<'_>], source: &str) -> String {
    let mut text = String::new();
    let mut last = events[0].1.start;
    for (event, range) in events {
        if range.start >= last {
            text.push_str(
                source[last..range.start]
                    .rsplit('\n')
                    .next()
                    .filter(|_| !text.ends_with('\n'))
                    .unwrap_or_default(),
            );
            let is_break = matches!(event, Event::SoftBreak | Event::HardBreak);
            text.push_str(if is_break { "\n" } else { &source[range.clone()] });
            last = range.end;
        }
    }
    text
}

/// Takes the backslash from the `|` of wiki links and addresses in tables, where it only keeps a cell whole.
fn unescape_pipes(events: &mut [Spanned<'_>]) {
    let (mut in_table, mut in_address) = (false, false);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. })
                if in_table =>
            {
                match link_type {
                    LinkType::WikiLink { has_pothole: true } => {
                        if let Some(target) = dest_url.strip_suffix('\\') {
                            *dest_url = target.to_owned().into();
                        }
                    }
                    LinkType::Autolink => {
                        in_address = true;
                        *dest_url = dest_url.replace("\\|", "|").into();
                    }
                    _ => {}
                }
            }
            Event::End(TagEnd::Link) => in_address = false,
            Event::Text(text) if in_address => *text = text.replace("\\|", "|").into(),
            _ => {}
        }
    }
}

/// Splits texts so that each `^` and `~` is a text of its own.
fn split_at_marks<'a>(events: Vec<Spanned<'a>>, source: &'a str) -> Vec<Spanned<'a>> {
    let mut split = Vec::with_capacity(events.len() + 16);
    for (event, range) in events {
        let written = source.get(range.clone());
        let has_marks = matches!(&event, Event::Text(text) if text.len() > 1 && text.contains(['^', '~']) && written == Some(text));
        let Some(written) = written.filter(|_| has_marks) else {
            split.push((event, range));
            continue;
        };
        let mut at = range.start;
        for piece in written.split_inclusive(['^', '~']) {
            let text = piece.trim_end_matches(['^', '~']);
            for part in [text, &piece[text.len()..]].into_iter().filter(|part| !part.is_empty()) {
                split.push((Event::Text(part.into()), at..at + part.len()));
                at += part.len();
            }
        }
    }
    split
}

/// Makes sub- and superscripts of `H~2~O` and `x^2^`: to the parser, a mark behind a letter begins nothing.
fn raise(events: &mut [Spanned<'_>]) {
    for open in 1..events.len() {
        let Some(close) = closing_mark(events, open) else { continue };
        let (start, end) = match &events[open].0 {
            Event::Text(mark) if mark.as_ref() == "^" => (Tag::Superscript, TagEnd::Superscript),
            _ => (Tag::Subscript, TagEnd::Subscript),
        };
        let range = events[open].1.start..events[close].1.end;
        events[open] = (Event::Start(start), range.clone());
        events[close] = (Event::End(end), range);
    }
}

/// The most pieces of text between two marks.
const MOST_PIECES: usize = 8;

/// Finds the mark that closes `open`: it stands behind a letter, with no blank between the two.
fn closing_mark(events: &[Spanned<'_>], open: usize) -> Option<usize> {
    let text = |index: usize| match events.get(index) {
        Some((Event::Text(text), range)) => Some((text.as_ref(), range)),
        _ => None,
    };
    let (mark, mut last) = text(open).filter(|(mark, _)| matches!(*mark, "^" | "~"))?;
    let (before, range) = text(open - 1)?;
    if range.end != last.start || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']')) {
        return None;
    }
    for index in open + 1..=open + MOST_PIECES {
        let (piece, range) = text(index)?;
        if range.start != last.end || piece.contains(char::is_whitespace) {
            return None;
        }
        if piece == mark {
            return (index > open + 1).then_some(index);
        }
        last = range;
    }
    None
}

/// The extensions of Markdown.
pub(super) fn options(markdown: config::Markdown) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, markdown.smart_punctuation);
    options.set(Options::ENABLE_MATH, markdown.math);
    options
}

/// The index of the event that ends the element begun at `start`.
pub(super) fn end_of(events: &[Spanned<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len().saturating_sub(1)
}

/// Appends the plain text of some events, with or without the descriptions of pictures.
pub(super) fn plain(events: &[Spanned<'_>], out: &mut String, with_pictures: bool) {
    let mut pictures = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            _ if pictures > 0 && !with_pictures => {}
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::InlineHtml(tag) if tag.starts_with("<br") => out.push(' '),
            _ => {}
        }
    }
}
