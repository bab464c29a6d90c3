//! Line breaks in Chinese and Japanese, which mean nothing there.
//!
//! Elsewhere a line break within a paragraph is a blank. A browser would show one here too, in the midst of a
//! sentence without any.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Spanned;
use crate::base::bytes;
use crate::base::scripts::runs_on;

/// Takes out the line breaks between two characters that are written without blanks. `text` is what the events come
/// from.
pub(super) fn join(events: &mut Vec<Spanned<'_>>, text: &str) {
    // All but a few radicals begin with such a byte, and in most languages no letter does.
    if !bytes::any(text.as_bytes(), |byte| byte >= 0xe3) {
        return;
    }
    let mut is_needless = vec![false; events.len()];
    // The last break, as long as no text has come behind it.
    let (mut open, mut does_run_on) = (None, false);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::SoftBreak => open = Some(index).filter(|_| does_run_on),
            Event::Text(text) | Event::Code(text) if !text.is_empty() => {
                if let Some(at) = open.take() {
                    is_needless[at] = text.starts_with(runs_on);
                }
                does_run_on = text.ends_with(runs_on);
            }
            Event::Start(tag) if is_inline(tag) => {}
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            _ => (open, does_run_on) = (None, false),
        }
    }
    let mut needless = is_needless.into_iter();
    events.retain(|_| needless.next() == Some(false));
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}
