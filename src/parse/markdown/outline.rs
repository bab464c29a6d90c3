//! What must be known before a body is written: where it begins, and which ids are taken.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::Settings;
use super::events::{Spanned, end_of, plain};
use crate::base::slug::slugify;

/// The outline of a body.
pub(super) struct Outline {
    /// The first event that is written.
    pub(super) start: usize,
    /// The first heading, if it became the title, and its bytes.
    pub(super) title: Option<(String, Range<usize>)>,
    /// The ids that headings set themselves.
    pub(super) ids: Vec<String>,
}

impl Outline {
    /// The events that are written.
    pub(super) fn body<'e, 'a>(&self, events: &'e [Spanned<'a>]) -> &'e [Spanned<'a>] {
        &events[self.start..]
    }
}

/// Looks over the events of a body.
pub(super) fn of(events: &[Spanned<'_>], settings: &Settings<'_>) -> Outline {
    let mut outline = Outline { start: 0, title: None, ids: Vec::new() };
    let mut is_first = true;
    for (index, (event, range)) in events.iter().enumerate() {
        let Event::Start(Tag::Heading { level, id, .. }) = event else { continue };
        let end = end_of(events, index);
        if std::mem::take(&mut is_first)
            && outline.takes_title(&events[index..end], range, index == 0, *level, settings)
        {
            outline.start = end + 1;
            continue;
        }
        outline.ids.extend(id.as_deref().map(str::to_owned));
    }
    outline
}

impl Outline {
    /// Whether the first heading is left out, because it becomes the title or repeats it.
    fn takes_title(
        &mut self,
        heading: &[Spanned<'_>],
        range: &Range<usize>,
        is_first_block: bool,
        level: HeadingLevel,
        settings: &Settings<'_>,
    ) -> bool {
        let mut text = String::new();
        plain(heading, &mut text, false);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return false;
        }
        match settings.title {
            Some(title) => {
                is_first_block
                    && level == HeadingLevel::H1
                    && slugify(title, settings.slugs) == slugify(&text, settings.slugs)
            }
            None if settings.lends_title => {
                self.title = Some((text, range.clone()));
                is_first_block
            }
            None => false,
        }
    }
}

/// Whether an event is `<!-- more -->`.
pub(super) fn is_more(event: &Event<'_>) -> bool {
    let (Event::Html(html) | Event::InlineHtml(html)) = event else { return false };
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim().eq_ignore_ascii_case("more"))
}
