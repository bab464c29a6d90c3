//! How much of a text is shown: an outlet may limit the number of words of its articles.
//!
//! The text is cut behind the last block that fits within the limit. If not even the first one fits, nothing
//! is shown.

use std::borrow::Cow;

use super::Site;
use crate::base::html::escape;
use crate::model::article::{Body, End, Meta};
use crate::model::ingredients::OutletParts;

/// The part of a text that may be shown, and its number of words.
pub(super) struct Shown<'b> {
    pub(super) body: Cow<'b, Body>,
    pub(super) words: u32,
    /// Whether something was cut off.
    pub(super) is_cut: bool,
}

/// The most words of a text that its outlets allow to be shown, if they have a limit.
pub(super) fn max_words(meta: &Meta, outlets: &[OutletParts<'_>]) -> Option<u32> {
    let profiles = outlets.iter().map(|outlet| outlet.profile.as_ref());
    meta.max_words(profiles.map(|profile| profile.and_then(|profile| profile.value.max_words)))
}

/// A line with a link to the rest of a text that was cut, for outputs without a template.
pub(super) fn read_on(shown: Option<&Shown<'_>>, meta: &Meta, site: &Site<'_>) -> String {
    let source = shown.filter(|shown| shown.is_cut).and_then(|_| meta.text_source());
    let original = source.and_then(|at| meta.sources[at].url.as_deref());
    let link =
        |url| format!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(site.word("read_original")));
    original.map(link).unwrap_or_default()
}

/// Cuts the text of an article if its outlets have a limit.
pub(super) fn shown<'b>(body: &'b Body, meta: &Meta, outlets: &[OutletParts<'_>]) -> Shown<'b> {
    match max_words(meta, outlets) {
        Some(limit) if meta.is_cut(Some(limit)) => {
            let end = body.ends.iter().rev().find(|end| end.words <= limit);
            let end = end.copied().unwrap_or(End { at: 0, words: 0 });
            Shown { body: Cow::Owned(until(body, end.at)), words: end.words, is_cut: true }
        }
        _ => Shown { body: Cow::Borrowed(body), words: meta.words, is_cut: false },
    }
}

fn until(body: &Body, at: u32) -> Body {
    let html = body.html.get(..at as usize).unwrap_or_default().to_owned();
    let is_there = |id: &str| html.contains(&format!(" id=\"{id}\""));
    Body {
        slots: body.slots.iter().copied().filter(|slot| slot.at < at).collect(),
        toc: body.toc.iter().filter(|heading| is_there(&heading.id)).cloned().collect(),
        blocks: body.blocks.iter().filter(|block| block.start < at && block.end <= at).cloned().collect(),
        ends: Vec::new(),
        html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_with_a_whole_block() {
        let html = "<p>One two.</p>\n<h2 id=\"a\">Three</h2>\n<p>Four five six.</p>\n";
        let ends = [(16, 2), (39, 3), (60, 6)].map(|(at, words)| End { at, words }).to_vec();
        let toc = vec![crate::model::article::Heading { level: 2, id: "a".into(), title: "Three".into() }];
        let body = Body { html: html.to_owned(), toc, ends, ..Body::default() };
        assert_eq!(until(&body, 16).html, "<p>One two.</p>\n");
        assert!(until(&body, 16).toc.is_empty());
        assert_eq!(until(&body, 39).toc.len(), 1);
        assert_eq!(until(&body, 0).html, "");
    }
}
