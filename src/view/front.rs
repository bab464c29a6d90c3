//! The front page: the lead, and the slots or sections below.
//!
//! The slots of `[front]` in `site.toml` were filled by `plan`. Without slots, the articles below the lead
//! are grouped here into sections by their tags: by those that the theme's option `sections` names, or else
//! by the most frequent ones.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Site;
use crate::model::ingredients::{CardRef, FrontParts, SlotParts};
use crate::model::view::{FrontView, SharedCard, SlotView, TermLink};

/// The most articles of a section, the fewest of one that nobody asked for, and the most sections of that
/// kind.
const MOST: usize = 4;
const FEWEST: usize = 3;
const SECTIONS: usize = 4;

/// The front page as it is arranged.
pub(super) fn view(parts: &FrontParts<'_>, site: &Site<'_>) -> FrontView {
    let cards = |cards: &[CardRef<'_>]| cards.iter().map(|card| site.card(card)).collect::<Vec<_>>();
    let rest = cards(&parts.rest);
    let slots = if parts.slots.is_empty() {
        sections(&rest, &site.theme.options)
    } else {
        let more = SlotView { title: String::new(), url: String::new(), cards: rest };
        let slots = parts.slots.iter().map(|slot| slot_view(slot, cards(&slot.cards), site));
        slots.chain(Some(more).filter(|slot| !slot.cards.is_empty())).collect()
    };
    FrontView { arranged: parts.arranged, lead: cards(&parts.lead), slots }
}

fn slot_view(slot: &SlotParts<'_>, cards: Vec<SharedCard>, site: &Site<'_>) -> SlotView {
    let term = slot.term.as_ref().map(|term| site.term(term));
    let own = |written: &str, of_term: fn(&TermLink) -> &String| match written {
        "" => term.as_ref().map(|term| of_term(term).clone()).unwrap_or_default(),
        written => written.to_owned(),
    };
    let url = match slot.url {
        "" => own("", |term| &term.url),
        url => site.written(url, super::address::Form::Local),
    };
    SlotView { title: own(slot.title, |term| &term.name), url, cards }
}

/// Groups articles by tag. The remaining ones make a last section without a name.
fn sections(cards: &[SharedCard], options: &BTreeMap<String, Value>) -> Vec<SlotView> {
    let tags: Vec<&[TermLink]> = cards.iter().map(|card| card.tags.as_slice()).collect();
    let mut sections = group(&tags, &wanted(options));
    // Articles with pictures come first in a section.
    for section in sections.iter_mut().filter(|section| !section.name.is_empty()) {
        section.places.sort_by_key(|&place| cards[place].image.is_none());
    }
    let slot = |section: Section| SlotView {
        title: section.name,
        url: section.url,
        cards: section.places.iter().map(|&place| cards[place].clone()).collect(),
    };
    sections.into_iter().map(slot).collect()
}

/// Articles with one tag, by their indices.
struct Section {
    name: String,
    url: String,
    places: Vec<usize>,
}

fn wanted(options: &BTreeMap<String, Value>) -> Vec<&str> {
    let names = options.get("sections").and_then(Value::as_array);
    names.map(|names| names.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn group(tags: &[&[TermLink]], wanted: &[&str]) -> Vec<Section> {
    let mut free: Vec<usize> = (0..tags.len()).collect();
    let mut sections = Vec::new();
    for name in wanted {
        sections.extend(section(tags, &mut free, |tag| tag.name.eq_ignore_ascii_case(name)));
    }
    while wanted.is_empty() && sections.len() < SECTIONS {
        let Some(best) = most_frequent(tags, &free, &sections) else { break };
        sections.extend(section(tags, &mut free, |tag| tag.name == best));
    }
    if !free.is_empty() {
        sections.push(Section { name: String::new(), url: String::new(), places: free });
    }
    sections
}

/// Takes the newest free articles with a tag.
fn section(
    tags: &[&[TermLink]],
    free: &mut Vec<usize>,
    is_it: impl Fn(&TermLink) -> bool,
) -> Option<Section> {
    let tag_of = |place: usize| tags[place].iter().find(|tag| is_it(tag));
    let taken: Vec<usize> =
        free.iter().copied().filter(|&place| tag_of(place).is_some()).take(MOST).collect();
    let tag = tag_of(*taken.first()?)?;
    free.retain(|place| !taken.contains(place));
    Some(Section { name: tag.name.clone(), url: tag.url.clone(), places: taken })
}

/// The tag that most of the free articles have and no section yet, if there are enough of them; among equals
/// the first.
fn most_frequent<'a>(tags: &[&'a [TermLink]], free: &[usize], sections: &[Section]) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let has_none = |tag: &&TermLink| sections.iter().all(|section| section.name != tag.name);
    for tag in free.iter().flat_map(|&place| tags[place]).filter(has_none) {
        match counts.iter_mut().find(|(name, _)| *name == tag.name) {
            Some((_, count)) => *count += 1,
            None => counts.push((&tag.name, 1)),
        }
    }
    let (name, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (count >= FEWEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tags: &[&str], wanted: &[&str], expected: &[&str]) {
        let link = |name: &str| TermLink { name: name.to_owned(), ..TermLink::default() };
        let tags: Vec<Vec<TermLink>> =
            tags.iter().map(|tags| tags.split_whitespace().map(link).collect()).collect();
        let tags: Vec<&[TermLink]> = tags.iter().map(Vec::as_slice).collect();
        let found: Vec<String> = group(&tags, wanted)
            .iter()
            .map(|section| format!("{} {:?}", section.name, section.places))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn articles_are_grouped_by_tag() {
        let tags = ["sea sky", "sea", "moon", "sky", "sea", "sky", "sea", "sea"];
        check(&tags, &[], &["sea [0, 1, 4, 6]", " [2, 3, 5, 7]"]);
        check(&tags, &["Sky", "moon", "fog"], &["sky [0, 3, 5]", "moon [2]", " [1, 4, 6, 7]"]);
        check(&[], &[], &[]);
    }

    #[test]
    fn no_tag_has_two_sections() {
        check(&["sea"; 9], &[], &["sea [0, 1, 2, 3]", " [4, 5, 6, 7, 8]"]);
    }
}
