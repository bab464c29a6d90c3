//! The first words of a body, for articles without a summary.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::directives::Directives;
use super::events::{Spanned, end_of, plain};
use super::outline::is_more;
use super::raw::paragraph;
use crate::parse::plain::cut;

/// The approximate length of a long summary, in characters.
const LONGEST: usize = 280;

/// The text above `<!-- more -->`; without one, the first paragraph that has text.
pub(super) fn of(events: &[Spanned<'_>], directives: &Directives) -> String {
    let mut text = String::new();
    match events.iter().position(|(event, _)| is_more(event)) {
        Some(more) => paragraphs(&events[..more], &mut text),
        None => first_paragraph(events, directives, &mut text),
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&line, LONGEST)
}

/// All paragraphs, until there is enough; headings, code and tables are no sentences.
fn paragraphs(events: &[Spanned<'_>], text: &mut String) {
    for (index, (event, _)) in events.iter().enumerate() {
        if matches!(event, Event::Start(Tag::Paragraph)) && text.len() < LONGEST * 4 {
            let end = events[index..].iter().position(|(event, _)| *event == Event::End(TagEnd::Paragraph));
            plain(&events[index..end.map_or(events.len(), |end| index + end)], text, false);
            text.push(' ');
        }
    }
}

/// The first paragraph. One outside of quotes, lists, footnotes and components is preferred.
fn first_paragraph(events: &[Spanned<'_>], directives: &Directives, text: &mut String) {
    first_paragraph_of(events, text, |tag, at| !is_container(tag) && !directives.covers(at));
    if text.trim().is_empty() {
        first_paragraph_of(events, text, |_, _| true);
    }
}

fn first_paragraph_of(
    events: &[Spanned<'_>],
    text: &mut String,
    may_begin: impl Fn(&Tag<'_>, usize) -> bool,
) {
    let mut index = 0;
    while index < events.len() {
        let (event, range) = &events[index];
        match event {
            Event::Start(tag) if !may_begin(tag, range.start) => index = end_of(events, index),
            Event::Start(Tag::Paragraph) => {
                let end = end_of(events, index);
                plain(&events[index..end], text, false);
                if !text.trim().is_empty() {
                    return;
                }
                index = end;
            }
            Event::Start(Tag::HtmlBlock) => {
                let end = end_of(events, index);
                text.push_str(&paragraph(&events[index..end]));
                if !text.trim().is_empty() {
                    return;
                }
                index = end;
            }
            _ => {}
        }
        index += 1;
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::List(_) | Tag::DefinitionList)
}
