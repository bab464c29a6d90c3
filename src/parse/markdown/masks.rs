//! Characters that are hidden from the Markdown parser behind others, and come back in its events.
//!
//! What hides them is one byte, as they are, so that all places stay right. It occurs in no text, because control
//! characters are removed before.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::events::Spanned;
use crate::base::bytes;

/// Hides a dollar sign that opens no formula. Of all control characters, only this one may stand in the address of
/// a link.
pub(super) const DOLLAR: char = '\u{7f}';

/// Hides a colon that begins no definition.
pub(super) const COLON: char = '\u{1b}';

/// All characters that are hidden, each with its mask.
const MASKS: [(char, char); 9] = [
    ('$', DOLLAR),
    (':', COLON),
    ('*', '\u{1}'),
    ('_', '\u{2}'),
    ('~', '\u{3}'),
    ('^', '\u{4}'),
    ('[', '\u{5}'),
    (']', '\u{6}'),
    ('{', '\u{7}'),
];

/// The mask of a character; one that is never hidden is its own.
pub(super) fn of(c: char) -> char {
    MASKS.iter().find(|(hidden, _)| *hidden == c).map_or(c, |(_, mask)| *mask)
}

fn behind(c: char) -> char {
    MASKS.iter().find(|(_, mask)| *mask == c).map_or(c, |(hidden, _)| *hidden)
}

/// Brings hidden characters back. The names of link definitions keep their masks, as they are only compared.
pub(super) fn unmask(events: &mut [Spanned<'_>]) {
    for_each_text(events, |text: &mut CowStr<'_>| {
        if bytes::any(text.as_bytes(), bytes::is_control) {
            *text = text.chars().map(behind).collect::<String>().into();
        }
    });
}

/// Changes every text of some events: what is read, addresses, and what tags are given.
pub(super) fn for_each_text(events: &mut [Spanned<'_>], change: impl Fn(&mut CowStr<'_>)) {
    for (event, _) in events {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text)
            | Event::Start(Tag::FootnoteDefinition(text) | Tag::CodeBlock(CodeBlockKind::Fenced(text))) => {
                change(text);
            }
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                change(dest_url);
                change(title);
            }
            Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                let values = attrs.iter_mut().flat_map(|(name, value)| [Some(name), value.as_mut()]);
                id.iter_mut().chain(classes).chain(values.flatten()).for_each(&change);
            }
            _ => {}
        }
    }
}
