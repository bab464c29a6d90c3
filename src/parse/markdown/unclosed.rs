//! Start tags without an end tag, of elements that hide all that follows them: who writes of a `<script>` in a
//! sentence means the word, and a browser would take the rest of the page for a script. They become text.
//!
//! Only raw HTML is looked at. An element that is closed stays: one that begins within a paragraph must end there,
//! or what is written about a tag in one paragraph would be closed by what is written about it in the next.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::events::{Spanned, begins_with_name};
use crate::base::bytes;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::tags::{Part, Tag, parts};
use crate::parse::report::Report;

/// The elements: those that GFM does not allow, and `template`, whose content no reader sees.
/// <https://github.github.com/gfm/#disallowed-raw-html-extension->
pub(super) const HIDING: [&str; 10] =
    ["script", "style", "iframe", "textarea", "title", "xmp", "noembed", "noframes", TEMPLATE, PLAINTEXT];

/// The one in which elements are elements, and may be nested.
const TEMPLATE: &str = "template";

/// The one that no end tag ends.
const PLAINTEXT: &str = "plaintext";

/// A start tag that became text.
pub(super) struct Unclosed {
    /// Its place in the body.
    place: Range<usize>,
    element: &'static str,
}

impl Unclosed {
    /// What is told of it. `base` is where the body begins in the file.
    pub(super) fn told(&self, base: usize, report: &Report<'_>) -> Diagnostic {
        let name = self.element;
        let range = base + self.place.start..base + self.place.end;
        let (message, hint) = if name == PLAINTEXT {
            ("hides all text after it", "put it between backticks".to_owned())
        } else {
            (
                "is not closed and would hide the text after it",
                format!("put it between backticks, or close it with `</{name}>`"),
            )
        };
        let message = format!("`<{name}>` {message}, so it is shown as text");
        report.at(&range, Rule::UnclosedElement, message).hint(hint)
    }
}

/// Makes text of all such tags.
pub(super) fn show(events: Vec<Spanned<'_>>) -> (Vec<Spanned<'_>>, Vec<Unclosed>) {
    let pieces = pieces(&events);
    let mut found = find(&pieces);
    if found.is_empty() {
        return (events, Vec::new());
    }
    found.sort_unstable_by_key(|found| (found.event, found.at));
    let mut found = found.into_iter().peekable();
    let (mut shown, mut unclosed) = (Vec::with_capacity(events.len() + 8), Vec::new());
    for (index, spanned) in events.into_iter().enumerate() {
        let tags: Vec<_> = std::iter::from_fn(|| found.next_if(|tag| tag.event == index)).collect();
        let places = tags.iter().map(|tag| {
            let start = spanned.1.start + tag.at;
            Unclosed { place: start..start + tag.length, element: tag.element }
        });
        unclosed.extend(places);
        cut(&mut shown, spanned, &tags);
    }
    (shown, unclosed)
}

/// Writes an event so that the `<` of some tags in it is one to readers.
fn cut<'a>(shown: &mut Vec<Spanned<'a>>, (event, range): Spanned<'a>, tags: &[Found]) {
    let (text, make): (_, fn(String) -> Event<'a>) = match event {
        Event::InlineHtml(tag) if matches!(tags, [only] if only.at == 0 && only.length == tag.len()) => {
            shown.push((Event::Text(tag), range));
            return;
        }
        Event::InlineHtml(text) if !tags.is_empty() => (text, |text| Event::InlineHtml(text.into())),
        Event::Html(text) | Event::Text(text) if !tags.is_empty() => (text, |text| Event::Html(text.into())),
        other => {
            shown.push((other, range));
            return;
        }
    };
    let mut done = 0;
    for tag in tags {
        let sign = range.start + tag.at;
        if tag.at > done {
            shown.push((make(text[done..tag.at].to_owned()), range.start + done..sign));
        }
        shown.push((make("&lt;".to_owned()), sign..sign + 1));
        done = tag.at + 1;
    }
    shown.push((make(text[done..].to_owned()), range.start + done..range.end));
}

/// Raw HTML that the writer takes for one: a block, or what stands within a line.
#[derive(Default)]
struct Piece {
    text: String,
    /// Where each of its events begins in the text, with the number of the event.
    starts: Vec<(usize, usize)>,
    /// The number of the paragraph, heading or cell that it stands in; nothing for a block.
    paragraph: Option<usize>,
}

impl Piece {
    fn add(&mut self, text: &str, event: usize) {
        self.starts.push((self.text.len(), event));
        self.text.push_str(text);
    }
}

fn pieces(events: &[Spanned<'_>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut block = Piece::default();
    let (mut paragraph, mut is_new) = (0, false);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::InlineHtml(tag) => {
                paragraph += usize::from(std::mem::take(&mut is_new));
                let mut piece = Piece { paragraph: Some(paragraph), ..Piece::default() };
                piece.add(tag, index);
                pieces.push(piece);
            }
            Event::Html(line) => block.add(line, index),
            // A line of a block may be one of text.
            Event::Text(line) if !block.text.is_empty() => block.add(line, index),
            Event::End(TagEnd::HtmlBlock) => pieces.push(std::mem::take(&mut block)),
            Event::Start(tag) => is_new |= !is_inline(tag.to_end()),
            Event::End(tag) => is_new |= !is_inline(*tag),
            _ => {}
        }
    }
    pieces
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// A start tag in an event.
struct Found {
    event: usize,
    at: usize,
    /// The length of the tag, as far as it is in the first line.
    length: usize,
    element: &'static str,
}

impl Found {
    fn of(piece: &Piece, tag: &Tag<'_>, element: &'static str) -> Self {
        let behind = piece.starts.partition_point(|&(start, _)| start <= tag.start);
        let (start, event) = piece.starts[behind.saturating_sub(1)];
        let length = tag.source.lines().next().unwrap_or_default().len();
        Self { event, at: tag.start - start, length, element }
    }
}

/// Goes through raw HTML as a browser does: what an element hides holds no tags.
fn find(pieces: &[Piece]) -> Vec<Found> {
    let ends = Ends::of(pieces);
    let mut found = Vec::new();
    // The templates that are open, each with its paragraph.
    let mut templates: Vec<(Found, Option<usize>)> = Vec::new();
    let mut within = None;
    for (number, piece) in pieces.iter().enumerate() {
        let is_over = |(_, paragraph): &(Found, Option<usize>)| {
            paragraph.is_some_and(|paragraph| piece.paragraph != Some(paragraph))
        };
        while templates.last().is_some_and(is_over) {
            found.extend(templates.pop().map(|(tag, _)| tag));
        }
        let mut at = 0;
        while let Some(start) = behind(within, &piece.text, at) {
            within = None;
            at = piece.text.len();
            for part in parts(&piece.text).from(start) {
                let Part::Tag(tag) = part else { continue };
                let Some(element) = HIDING.into_iter().find(|name| tag.is(name)) else { continue };
                match element {
                    TEMPLATE if tag.is_end => drop(templates.pop()),
                    _ if tag.is_end => {}
                    TEMPLATE => templates.push((Found::of(piece, &tag, element), piece.paragraph)),
                    PLAINTEXT => found.push(Found::of(piece, &tag, element)),
                    _ => {
                        at = tag.start + tag.source.len();
                        if ends.last(piece, element) >= Some((number, at)) {
                            within = Some(element);
                        } else {
                            found.push(Found::of(piece, &tag, element));
                        }
                        break;
                    }
                }
            }
        }
    }
    found.extend(templates.into_iter().map(|(tag, _)| tag));
    found
}

/// Where markup goes on in a text from `at`, if anything is left of it: at the end tag of the open element.
fn behind(within: Option<&str>, text: &str, at: usize) -> Option<usize> {
    let start = match within {
        Some(element) => at + end_tags(&text[at..]).find(|(_, ends)| *ends == element)?.0,
        None => at,
    };
    (start < text.len()).then_some(start)
}

/// Where the last end tag of each element is, the piece and the place in it: in the whole text, and in each of its
/// paragraphs.
struct Ends {
    whole: Places,
    paragraphs: Vec<Places>,
}

type Places = BTreeMap<&'static str, (usize, usize)>;

impl Ends {
    fn of(pieces: &[Piece]) -> Self {
        let count = pieces.iter().filter_map(|piece| piece.paragraph).max().map_or(0, |last| last + 1);
        let mut ends = Self { whole: Places::new(), paragraphs: vec![Places::new(); count] };
        for (number, piece) in pieces.iter().enumerate() {
            for (at, element) in end_tags(&piece.text) {
                ends.whole.insert(element, (number, at));
                if let Some(paragraph) = piece.paragraph {
                    ends.paragraphs[paragraph].insert(element, (number, at));
                }
            }
        }
        ends
    }

    /// Where the last one is that may end an element of a piece.
    fn last(&self, piece: &Piece, element: &str) -> Option<(usize, usize)> {
        let places = piece.paragraph.map_or(&self.whole, |paragraph| &self.paragraphs[paragraph]);
        places.get(element).copied()
    }
}

/// The end tags in a text, also those in comments and scripts: the place and the element of each.
fn end_tags(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.match_indices("</").filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let element = HIDING.into_iter().find(|name| begins_with_name(rest, name))?;
        (rest.len() > element.len()).then_some((at, element))
    })
}

/// Whether a text has the start tag of such an element.
pub(super) fn may_be_in(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = bytes::find(rest.as_bytes(), |byte| byte == b'<') {
        rest = &rest[at + 1..];
        if HIDING.iter().any(|name| begins_with_name(rest, name)) {
            return true;
        }
    }
    false
}
