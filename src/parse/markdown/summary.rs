//! The first words of a body, for articles without a summary.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::directives::Directives;
use super::events::{Spanned, end_of, plain};
use super::outline::is_more;
use super::raw::paragraph;
use crate::base::words::Words;
use crate::parse::plain::cut;

/// The approximate length of a long summary, in characters.
const LONGEST: usize = 280;

/// What stands for a summary.
#[derive(Default)]
pub(in crate::parse) struct Summary {
    pub(in crate::parse) text: String,
    /// How many words of the body come before it.
    pub(in crate::parse) start: u32,
}

/// The text above `<!-- more -->`; without one, or if there is none, the first paragraph that has text.
pub(super) fn of(events: &[Spanned<'_>], directives: &Directives) -> Summary {
    let mut text = String::new();
    let more = events.iter().position(|(event, _)| is_more(event));
    let above = more.and_then(|more| paragraphs(&events[..more], &mut text));
    let first = above.or_else(|| first_paragraph(events, directives, &mut text));
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Summary { text: cut(&line, LONGEST), start: words_of(&events[..first.unwrap_or(0)]) }
}

/// All paragraphs, until there is enough; headings, code and tables are no sentences. Returns where the first
/// one begins.
fn paragraphs(events: &[Spanned<'_>], text: &mut String) -> Option<usize> {
    let mut first = None;
    for (index, (event, _)) in events.iter().enumerate() {
        if text.len() >= LONGEST * 4 {
            break;
        }
        // The block of raw HTML that has the mark goes on behind it.
        let rest = &events[index..];
        let until = |last: TagEnd| {
            rest.iter().position(|(event, _)| *event == Event::End(last)).unwrap_or(rest.len())
        };
        match event {
            Event::Start(Tag::Paragraph) => plain(&rest[..until(TagEnd::Paragraph)], text, false),
            Event::Start(Tag::HtmlBlock) => text.push_str(&paragraph(&rest[..until(TagEnd::HtmlBlock)])),
            _ => continue,
        }
        if !text.trim().is_empty() {
            text.push(' ');
            first = first.or(Some(index));
        }
    }
    first
}

/// The first paragraph, and where it begins. One outside of quotes, lists, footnotes and components is
/// preferred.
fn first_paragraph(events: &[Spanned<'_>], directives: &Directives, text: &mut String) -> Option<usize> {
    let outside = |tag: &Tag<'_>, at| !is_container(tag) && !directives.covers(at);
    first_paragraph_of(events, text, outside).or_else(|| first_paragraph_of(events, text, |_, _| true))
}

fn first_paragraph_of(
    events: &[Spanned<'_>],
    text: &mut String,
    may_begin: impl Fn(&Tag<'_>, usize) -> bool,
) -> Option<usize> {
    let mut index = 0;
    while index < events.len() {
        let (event, range) = &events[index];
        match event {
            Event::Start(tag) if !may_begin(tag, range.start) => index = end_of(events, index),
            Event::Start(Tag::Paragraph) => {
                let end = end_of(events, index);
                plain(&events[index..end], text, false);
                if !text.trim().is_empty() {
                    return Some(index);
                }
                index = end;
            }
            Event::Start(Tag::HtmlBlock) => {
                let end = end_of(events, index);
                text.push_str(&paragraph(&events[index..end]));
                if !text.trim().is_empty() {
                    return Some(index);
                }
                index = end;
            }
            _ => {}
        }
        index += 1;
    }
    None
}

/// How many words some events have, without those of pictures. Raw HTML counts with its tags: rather too many
/// than too few, because a limit counts on it.
fn words_of(events: &[Spanned<'_>]) -> u32 {
    let (mut words, mut pictures) = (Words::default(), 0);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)
                if pictures == 0 =>
            {
                words.add(text);
            }
            _ => words.gap(),
        }
    }
    words.count()
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::List(_) | Tag::DefinitionList)
}
