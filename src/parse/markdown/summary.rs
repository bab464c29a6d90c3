//! The first words of a body, for articles without a summary.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

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

/// A summary that somebody wrote, without the marks of links: of `[words](address)` the words stay, and of a picture
/// nothing. Elsewhere summaries may be Markdown; of that, links are what nobody can read.
pub(in crate::parse) fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("](") && !text.contains("<http") {
        return Cow::Borrowed(text);
    }
    let is_read = |link: LinkType| matches!(link, LinkType::Inline | LinkType::Autolink);
    let (mut kept, mut done) = (String::with_capacity(text.len()), 0);
    let mut keep = |until: usize, from: usize| {
        kept.push_str(text.get(done..until).unwrap_or_default());
        done = done.max(from);
    };
    // Where the words of a link end that is open.
    let mut words = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, .. }) if is_read(link_type) => {
                keep(range.start, range.start + 1);
                words = Some(range.start + 1);
            }
            Event::End(TagEnd::Link) => {
                if let Some(end) = words.take() {
                    keep(end, range.end);
                }
            }
            Event::Start(Tag::Image { link_type: LinkType::Inline, .. }) => {
                keep(range.start, range.end);
                words = words.map(|_| range.end);
            }
            _ => words = words.map(|end| end.max(range.end)),
        }
    }
    keep(text.len(), text.len());
    Cow::Owned(kept)
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

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn of_links_in_a_summary_the_words_stay() {
        for (text, expected) in [
            ("See [the *log*](https://e.example/a_(b)) and [more](b.md \"B\").", "See the *log* and more."),
            ("From <https://e.example/> on.", "From https://e.example/ on."),
            ("![A lamp](a.png) It [![burns](b.png) still](c.md)![](d.png).", " It  still."),
            ("A [list][1], `[x](y)` and an [a](b c).", "A [list][1], `[x](y)` and an [a](b c)."),
            ("1 < 2, [a] (b) and <b>x</b> [](c)", "1 < 2, [a] (b) and <b>x</b> "),
            ("No link.", "No link."),
        ] {
            assert_eq!(without_links(text), expected);
        }
    }
}
