//! Removes from a body what could harm its readers: scripts, styles, frames, forms. The owner of the crate
//! `ammonia`.
//!
//! The whole body is sanitised, so everything that our own writer makes must be on the list of what is
//! allowed. Gaps, sealed pieces (formulas, boxes) and the ends of components are replaced by marks first and
//! restored afterwards. A mark contains the fingerprint of the body, so no author can forge one.

use std::borrow::Cow;
use std::sync::OnceLock;

use ammonia::Builder;

use super::html::{Html, Mark};
use crate::base::fingerprint::Fingerprint;
use crate::base::tags::{Part, parts};
use crate::model::article::{End, Fill, Slot};
use crate::parse::address::{self, Address};
use crate::parse::text;

/// Makes a body harmless. Of the `ends` of its blocks, those that are still outside of all elements get their new
/// places, and the others go.
pub(super) fn clean(html: &Html, ends: &mut Vec<End>) -> Html {
    let secret = format!("slot-{}-", Fingerprint::of_bytes(html.markup.as_bytes()));
    let marked = mark(html, ends, &secret);
    // What references mean is written as it is.
    let cleaned = text::clean(cleaner().clean(&marked).to_string());
    let (cleaned, mut kept) = unmark(&cleaned, (html, ends), &secret);
    keep_outermost(&mut kept, &cleaned.markup);
    *ends = kept;
    cleaned
}

/// Keeps the ends at which no element is open, and that have as many words as those before them.
fn keep_outermost(ends: &mut Vec<End>, markup: &str) {
    let tags = parts(markup).filter_map(|part| if let Part::Tag(tag) = part { Some(tag) } else { None });
    let mut tags = tags.filter(|tag| !OPEN_ENDED.iter().any(|name| tag.is(name))).peekable();
    let (mut depth, mut words) = (0_usize, 0);
    ends.retain(|end| {
        while let Some(tag) = tags.next_if(|tag| tag.start < end.at as usize) {
            depth = if tag.is_end { depth.saturating_sub(1) } else { depth + 1 };
        }
        let is_behind = end.words >= words;
        words = words.max(end.words);
        depth == 0 && is_behind
    });
}

/// How deep elements may be nested; browsers stop at 512. For each start tag, the sanitiser's parser looks at
/// all open elements, so its time grows with the square of the depth.
const DEEPEST: usize = 500;

/// Elements without an end tag, or that the next one of their kind ends.
const OPEN_ENDED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "source", "td", "th", "tr", "track", "wbr",
];

/// Whether a body is nested too deeply to be sanitised.
pub(super) fn is_too_deep(markup: &str) -> bool {
    let mut depth = 0_usize;
    parts(markup).any(|part| {
        if let Part::Tag(tag) = part
            && !OPEN_ENDED.iter().any(|name| tag.is(name))
        {
            depth = if tag.is_end { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > DEEPEST
    })
}

/// The mark of a gap for the size of a picture, which is between attributes and so must be an attribute.
const CARRIER: &str = " data-slot=\"";

enum Cut<'h> {
    Slot(usize, &'h Slot),
    Sealed(usize, (usize, usize)),
    Mark(usize, &'h Mark),
    End(usize, &'h End),
}

impl Cut<'_> {
    fn number(&self) -> String {
        let (Self::Slot(number, _) | Self::Sealed(number, _) | Self::Mark(number, _) | Self::End(number, _)) =
            self;
        number.to_string()
    }

    fn at(&self) -> usize {
        match self {
            Self::Slot(_, slot) => slot.at as usize,
            Self::Sealed(_, (start, _)) => *start,
            Self::Mark(_, mark) => mark.at as usize,
            Self::End(_, end) => end.at as usize,
        }
    }
}

fn mark(html: &Html, ends: &[End], secret: &str) -> String {
    let slots = html.slots.iter().enumerate().map(|(index, slot)| Cut::Slot(index, slot));
    let sealed = html.sealed.iter().enumerate().map(|(index, &bytes)| Cut::Sealed(index, bytes));
    let marks = html.marks.iter().enumerate().map(|(index, mark)| Cut::Mark(index, mark));
    let ends = ends.iter().enumerate().map(|(index, end)| Cut::End(index, end));
    let mut cuts: Vec<Cut<'_>> = slots.chain(sealed).chain(marks).chain(ends).collect();
    cuts.sort_by_key(Cut::at);
    let mut marked = String::with_capacity(html.markup.len() + cuts.len() * 64);
    let mut done = 0;
    for cut in cuts {
        marked.push_str(&html.markup[done..cut.at()]);
        done = cut.at();
        let number = cut.number();
        match cut {
            Cut::Slot(_, Slot { fill: Fill::Size, .. }) => {
                marked.extend([CARRIER, secret, "s", &number, ".\""]);
            }
            Cut::Slot(..) => marked.extend([secret, "s", &number, "."]),
            Cut::Mark(..) => marked.extend([secret, "m", &number, "."]),
            Cut::End(..) => marked.extend([secret, "e", &number, "."]),
            Cut::Sealed(_, (_, end)) => {
                marked.extend([secret, "f", &number, "."]);
                done = end;
            }
        }
    }
    marked.push_str(&html.markup[done..]);
    marked
}

fn unmark(cleaned: &str, (before, ends): (&Html, &[End]), secret: &str) -> (Html, Vec<End>) {
    let mut after = Html::with_capacity(cleaned.len());
    let mut kept = Vec::with_capacity(ends.len());
    let mut rest = cleaned;
    while let Some(at) = rest.find(secret) {
        let (text, mark) = (&rest[..at], &rest[at + secret.len()..]);
        let Some((kind, index, mut behind)) = read(mark) else { break };
        let carried = text.strip_suffix(CARRIER);
        if carried.is_some() {
            behind = behind.strip_prefix('"').unwrap_or(behind);
        }
        after.raw(carried.unwrap_or(text));
        match kind {
            b'm' => {
                if let Some(mark) = before.marks.get(index) {
                    after.mark(mark.block, mark.is_start);
                }
            }
            b'e' => kept.extend(ends.get(index).map(|end| End { at: after.markup.len() as u32, ..*end })),
            b's' => before.slots.get(index).into_iter().for_each(|slot| after.slot(slot.link, slot.fill)),
            _ => before
                .sealed
                .get(index)
                .into_iter()
                .for_each(|&(start, end)| after.seal(&before.markup[start..end])),
        }
        rest = behind;
    }
    after.raw(rest);
    (after, kept)
}

/// The kind and number of a mark, and the text behind it.
fn read(mark: &str) -> Option<(u8, usize, &str)> {
    let (number, behind) = mark.get(1..)?.split_once('.')?;
    Some((mark.as_bytes()[0], number.parse().ok()?, behind))
}

fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut cleaner = Builder::default();
        cleaner
            .add_tags([
                "label", "section", "picture", "source", "audio", "video", "track", "tfoot", "dl", "s",
            ])
            .add_generic_attributes([
                "class",
                "id",
                "dir",
                "role",
                "tabindex",
                "aria-label",
                "aria-hidden",
                "data-slot",
            ])
            // What old pages have instead of an `id`. Unlike that of a form, it hides no property of the page.
            .add_tag_attributes("a", ["name"])
            .add_tag_attributes("area", ["href", "alt", "coords", "shape"])
            .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes"])
            .add_tag_attributes("source", ["src", "srcset", "sizes", "type", "media"])
            .add_tag_attributes("audio", ["src", "controls"])
            .add_tag_attributes("video", ["src", "controls", "poster", "width", "height"])
            .add_tag_attributes("track", ["src", "kind", "srclang", "label"])
            .add_tag_attributes("th", ["scope"])
            .add_tag_attributes("li", ["value"])
            .add_tag_attributes("ol", ["reversed", "type"])
            .add_tag_attributes("details", ["open"])
            .add_tag_attributes("time", ["datetime"])
            .add_url_schemes(["data"])
            .attribute_filter(filter)
            .link_rel(None);
        cleaner
    })
}

/// Checks addresses by [`address`], which allows fewer schemes than ammonia, but `data:` pictures in `<img>`.
fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_address = matches!(attribute, "href" | "src" | "poster" | "cite");
    let kind = if element == "img" { address::of_picture(value) } else { address::of_link(value) };
    let is_fine = !is_address || !matches!(kind, Address::Forbidden(_));
    is_fine.then_some(Cow::Borrowed(value))
}
