//! The first words of a body, for articles without a summary.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

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
    /// Where it has a wiki link without a text of its own, and what that names.
    pub(in crate::parse) mentions: Vec<(Range<usize>, String)>,
}

/// The text above `<!-- more -->`; without one, or if there is none, the first paragraph that has text.
pub(super) fn of(events: &[Spanned<'_>], directives: &Directives) -> Summary {
    let mut draft = Draft::default();
    let more = events.iter().position(|(event, _)| is_more(event));
    let above = more.and_then(|more| paragraphs(&events[..more], &mut draft));
    let first = above.or_else(|| first_paragraph(events, directives, &mut draft));
    let line = one_line(&draft.text);
    let text = cut(&line, LONGEST);
    let is_kept = |end: usize| text.get(..end).is_some_and(|kept| line.starts_with(kept));
    // They ascend, so the first one that is cut off ends them.
    let mentions = draft.mentions.iter().map(|(range, name)| (draft.in_line(range), name));
    let mentions = mentions.take_while(|(range, _)| is_kept(range.end));
    let mentions = mentions.map(|(range, name)| (range, name.clone())).collect();
    Summary { text, start: words_of(&events[..first.unwrap_or(0)]), mentions }
}

/// A text with one blank for each gap.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A summary while it is gathered.
#[derive(Default)]
struct Draft {
    text: String,
    /// The wiki links in it that have no text of their own: where they stand, and what they name.
    mentions: Vec<(Range<usize>, String)>,
}

impl Draft {
    /// Adds the text of a paragraph.
    fn add(&mut self, events: &[Spanned<'_>]) {
        let (mut done, mut pictures) = (0, 0);
        for (index, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Image { .. }) => pictures += 1,
                Event::End(TagEnd::Image) => pictures -= 1,
                Event::Start(Tag::Link { link_type, dest_url, .. })
                    if pictures == 0 && *link_type == (LinkType::WikiLink { has_pothole: false }) =>
                {
                    plain(&events[done..index], &mut self.text, false);
                    done = end_of(events, index);
                    let start = self.text.len();
                    plain(&events[index..done], &mut self.text, false);
                    self.mentions.push((start..self.text.len(), dest_url.trim().to_owned()));
                }
                _ => {}
            }
        }
        plain(&events[done..], &mut self.text, false);
    }

    /// Where a range is when the text is one line.
    fn in_line(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let before = one_line(&self.text[..at]);
            let is_apart = self.text[..at].ends_with(char::is_whitespace) && !before.is_empty();
            before.len() + usize::from(is_apart)
        };
        place(range.start)..place(range.end)
    }

    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// All paragraphs, until there is enough; headings, code and tables are no sentences. Returns where the first
/// one begins.
fn paragraphs(events: &[Spanned<'_>], draft: &mut Draft) -> Option<usize> {
    let mut first = None;
    for (index, (event, _)) in events.iter().enumerate() {
        if draft.text.len() >= LONGEST * 4 {
            break;
        }
        // The block of raw HTML that has the mark goes on behind it.
        let rest = &events[index..];
        let until = |last: TagEnd| {
            rest.iter().position(|(event, _)| *event == Event::End(last)).unwrap_or(rest.len())
        };
        match event {
            Event::Start(Tag::Paragraph) => draft.add(&rest[..until(TagEnd::Paragraph)]),
            Event::Start(Tag::HtmlBlock) => {
                draft.text.push_str(&paragraph(&rest[..until(TagEnd::HtmlBlock)]));
            }
            _ => continue,
        }
        if !draft.is_empty() {
            draft.text.push(' ');
            first = first.or(Some(index));
        }
    }
    first
}

/// The first paragraph, and where it begins. One outside of quotes, lists, footnotes and components is
/// preferred.
fn first_paragraph(events: &[Spanned<'_>], directives: &Directives, draft: &mut Draft) -> Option<usize> {
    let outside = |tag: &Tag<'_>, at| !is_container(tag) && !directives.covers(at);
    first_paragraph_of(events, draft, outside).or_else(|| first_paragraph_of(events, draft, |_, _| true))
}

fn first_paragraph_of(
    events: &[Spanned<'_>],
    draft: &mut Draft,
    may_begin: impl Fn(&Tag<'_>, usize) -> bool,
) -> Option<usize> {
    let mut index = 0;
    while index < events.len() {
        let (event, range) = &events[index];
        match event {
            Event::Start(tag) if !may_begin(tag, range.start) => index = end_of(events, index),
            Event::Start(Tag::Paragraph) => {
                let end = end_of(events, index);
                draft.add(&events[index..end]);
                if !draft.is_empty() {
                    return Some(index);
                }
                index = end;
            }
            Event::Start(Tag::HtmlBlock) => {
                let end = end_of(events, index);
                draft.text.push_str(&paragraph(&events[index..end]));
                if !draft.is_empty() {
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
