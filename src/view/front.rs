//! The front page by subjects: which of its articles stand together.
//!
//! It sees the cards of the page and the theme's option `sections`, if it has one, and nothing else of the collection.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::view::{SectionView, SharedCard, TermLink};

/// How many of the newest articles stand above the sections.
const ABOVE: usize = 6;
/// The most articles of a section, the fewest of one that nobody asked for, and the most sections of that kind.
const MOST: usize = 4;
const FEWEST: usize = 3;
const SECTIONS: usize = 4;

/// Groups the cards below the newest by tag. The theme's option `sections` names the tags; without it those are taken that have
/// the most articles here. What is left over makes a last section without a name.
pub(super) fn sections(cards: &[SharedCard], options: &BTreeMap<String, Value>) -> Vec<SectionView> {
    let tags: Vec<&[TermLink]> = cards.iter().map(|card| card.tags.as_slice()).collect();
    let mut sections = group(&tags, &wanted(options));
    // A section opens with pictures, if it has any.
    for section in sections.iter_mut().filter(|section| !section.name.is_empty()) {
        section.places.sort_by_key(|&place| cards[place as usize].image.is_none());
    }
    sections
}

fn wanted(options: &BTreeMap<String, Value>) -> Vec<&str> {
    let names = options.get("sections").and_then(Value::as_array);
    names.map(|names| names.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn group(tags: &[&[TermLink]], wanted: &[&str]) -> Vec<SectionView> {
    let mut free: Vec<usize> = (ABOVE..tags.len()).collect();
    let mut sections = Vec::new();
    for name in wanted {
        sections.extend(section(tags, &mut free, |tag| tag.name.eq_ignore_ascii_case(name)));
    }
    while wanted.is_empty() && sections.len() < SECTIONS {
        let Some(best) = most_frequent(tags, &free) else { break };
        sections.extend(section(tags, &mut free, |tag| tag.name == best));
    }
    if !free.is_empty() {
        let places = free.iter().map(|&place| place as u32).collect();
        sections.push(SectionView { name: String::new(), url: String::new(), places });
    }
    sections
}

/// Takes the newest free articles with a tag.
fn section(
    tags: &[&[TermLink]],
    free: &mut Vec<usize>,
    is_it: impl Fn(&TermLink) -> bool,
) -> Option<SectionView> {
    let tag_of = |place: usize| tags[place].iter().find(|tag| is_it(tag));
    let taken: Vec<usize> =
        free.iter().copied().filter(|&place| tag_of(place).is_some()).take(MOST).collect();
    let tag = tag_of(*taken.first()?)?;
    free.retain(|place| !taken.contains(place));
    let places = taken.iter().map(|&place| place as u32).collect();
    Some(SectionView { name: tag.name.clone(), url: tag.url.clone(), places })
}

/// The tag that most of the free articles have, if there are enough of them; among equals the first.
fn most_frequent<'a>(tags: &[&'a [TermLink]], free: &[usize]) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for tag in free.iter().flat_map(|&place| tags[place]) {
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
        let link = |name: &str| TermLink { name: name.to_owned(), url: String::new() };
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
    fn articles_stand_with_their_like() {
        let tags = ["", "", "", "", "", "sea", "sea sky", "sea", "moon", "sky", "sea", "sky", "sea", "sea"];
        check(&tags, &[], &["sea [6, 7, 10, 12]", " [8, 9, 11, 13]"]);
        check(&tags, &["Sky", "moon", "fog"], &["sky [6, 9, 11]", "moon [8]", " [7, 10, 12, 13]"]);
        check(&tags[..6], &[], &[]);
    }
}
