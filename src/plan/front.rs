//! The front page: which article leads, which stands in which slot, and none of them twice.
//!
//! It is arranged from the whole collection each time, so that a slot is right whatever has changed. The
//! newest articles that are in neither the lead nor a slot come last: none may be missing, because they are
//! on no numbered page yet.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Materials;
use crate::base::date::{Date, Moment};
use crate::base::diag::{Diagnostic, Rule};
use crate::base::fold::fold;
use crate::base::language::Language;
use crate::config::{self, Condition, Each, Field, Order, Slot};
use crate::model::collection::{ArticleId, Collection, Entry, Term, TermId};
use crate::model::profile::TermKind;

/// What stands on the front page.
pub(super) struct Arranged {
    /// The articles at the top.
    pub(super) lead: Vec<ArticleId>,
    /// The articles of each slot, with its index in the configuration; empty slots are left out.
    pub(super) slots: Vec<(usize, Vec<ArticleId>)>,
    /// The newest articles that are not above.
    pub(super) rest: Vec<ArticleId>,
}

/// Arranges the front page. `newest` are the articles of the front of the list, the newest first.
pub(super) fn arrange(newest: &[ArticleId], materials: Materials<'_>) -> Arranged {
    let Materials { collection, config, at, .. } = materials;
    let mut used = BTreeSet::new();
    let pinned = collection.pins.iter().filter(|(_, until)| until.is_none_or(|until| at < until));
    let mut lead: Vec<ArticleId> = pinned.map(|(id, _)| *id).filter(|id| used.insert(*id)).collect();
    let left = (config.front.lead as usize).saturating_sub(lead.len());
    lead.extend(newest.iter().copied().filter(|id| !used.contains(id)).take(left));
    used.extend(&lead);
    let mut slots = Vec::new();
    for (place, slot) in config.front.slots.iter().enumerate() {
        let articles = articles_of(slot, collection, materials, &used);
        used.extend(&articles);
        if !articles.is_empty() {
            slots.push((place, articles));
        }
    }
    let rest = newest.iter().copied().filter(|id| !used.contains(id)).collect();
    Arranged { lead, slots, rest }
}

/// The next moment at which a pin comes down or, if a slot shows anniversaries, a new day begins.
pub(super) fn next_change(materials: Materials<'_>) -> Option<Moment> {
    let Materials { collection, config, at, .. } = materials;
    let mut conditions = config.front.slots.iter().flat_map(|slot| &slot.conditions);
    let goes_by_day = conditions.any(|condition| condition.field == Field::Day);
    let ends = collection.pins.iter().filter_map(|(_, until)| *until);
    ends.filter(|&until| until > at).chain(goes_by_day.then(|| at.next_day(config.zone))).min()
}

/// The term that gives a slot its name: that of its first condition, if it names one.
pub(super) fn term_of<'a>(slot: &Slot, collection: &'a Collection) -> Option<&'a Term> {
    let first = slot.conditions.first().filter(|condition| !condition.is_negated)?;
    let kind = kind_of(first.field)?;
    find(kind, &first.value, collection).map(|id| &collection.terms(kind)[id.index()])
}

/// Reports every condition that names a term which no article has.
pub(super) fn unknown_terms(materials: Materials<'_>) -> Vec<Diagnostic> {
    let Materials { collection, config, .. } = materials;
    let slots = config.front.slots.iter().enumerate();
    let conditions = slots.flat_map(|(slot, of)| of.conditions.iter().map(move |one| (slot, one)));
    let unknown = conditions.filter_map(|(slot, condition)| {
        let kind = kind_of(condition.field)?;
        if find(kind, &condition.value, collection).is_some() {
            return None;
        }
        let message = format!("no article has the {} `{}`", kind.singular(), condition.value);
        let names = collection.terms(kind).iter().map(|term| term.name.as_str());
        let (key, written) = &condition.written;
        let diagnostic = Diagnostic::new(Rule::UnknownTerm, message)
            .in_file(config::FILE)
            .about(&["front", "slots", &slot.to_string(), key], written);
        Some(diagnostic.did_you_mean(&condition.value, names))
    });
    unknown.collect()
}

fn kind_of(field: Field) -> Option<TermKind> {
    match field {
        Field::Tag => Some(TermKind::Tag),
        Field::Source => Some(TermKind::Source),
        Field::Author => Some(TermKind::Author),
        Field::Series => Some(TermKind::Series),
        Field::Lang | Field::Year | Field::Day | Field::Title => None,
    }
}

/// A term by name, slug or alias.
fn find(kind: TermKind, name: &str, collection: &Collection) -> Option<TermId> {
    let folded = fold(name);
    let is_it = |term: &Term| {
        let aliases = term.profile.iter().flat_map(|profile| &profile.aliases);
        term.slug == name
            || fold(&term.name) == folded
            || aliases.into_iter().any(|alias| fold(alias) == folded)
    };
    let terms = collection.terms(kind);
    // Two of which each has a profile may differ only in accents.
    let exact = terms.iter().position(|term| term.name == name);
    exact.or_else(|| terms.iter().position(is_it)).map(|place| TermId(place as u32))
}

fn articles_of(
    slot: &Slot,
    collection: &Collection,
    materials: Materials<'_>,
    used: &BTreeSet<ArticleId>,
) -> Vec<ArticleId> {
    let tests: Vec<Test<'_>> = slot.conditions.iter().map(|one| Test::new(one, materials)).collect();
    // If a condition names a term, only the articles of that have to be searched.
    let narrow = tests.iter().filter(|test| !test.is_negated).find_map(|test| match test.wanted {
        Wanted::Term(kind, Some(id)) => Some(&*collection.terms(kind)[id.index()].articles),
        Wanted::Term(_, None) => Some(&[][..]),
        _ => None,
    });
    let mut ids: Vec<ArticleId> = narrow.unwrap_or(&collection.timeline).to_vec();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let place = |date: Option<Date>| Date::place(date, materials.config.zone);
    match slot.order {
        Order::Date => {}
        Order::Added => {
            ids.sort_by_cached_key(|&id| Reverse((place(collection.article(id).line.added()), id)));
        }
        Order::Updated => {
            ids.retain(|&id| has_changed(collection.article(id)));
            ids.sort_by_cached_key(|&id| Reverse((place(collection.article(id).meta.changed()), id)));
        }
    }
    let mut seen = BTreeSet::new();
    let mut is_first = |id: ArticleId| match slot.each {
        None => true,
        Some(each) => first_term(each, collection.article(id)).is_some_and(|term| seen.insert(term)),
    };
    ids.into_iter()
        .filter(|id| !used.contains(id) && tests.iter().all(|test| test.holds(collection.article(*id))))
        .filter(|&id| is_first(id))
        .take(slot.count as usize)
        .collect()
}

fn has_changed(entry: &Entry) -> bool {
    entry.meta.last_change().is_some()
}

fn first_term(each: Each, entry: &Entry) -> Option<TermId> {
    let kind = match each {
        Each::Tag => TermKind::Tag,
        Each::Source => TermKind::Source,
        Each::Author => TermKind::Author,
        Each::Series => TermKind::Series,
    };
    entry.terms[kind].first().copied()
}

/// A condition with its name looked up.
struct Test<'a> {
    wanted: Wanted<'a>,
    is_negated: bool,
}

enum Wanted<'a> {
    Term(TermKind, Option<TermId>),
    /// The language that is wanted, and that of articles that name none.
    Lang(Option<Language>, &'a Language),
    Year(Option<u16>),
    /// The day and month of this date, in a year before it.
    Anniversary(Date),
    Title(String),
}

impl<'a> Test<'a> {
    fn new(condition: &'a Condition, materials: Materials<'a>) -> Self {
        let value = condition.value.as_str();
        let wanted = match (kind_of(condition.field), condition.field) {
            (Some(kind), _) => Wanted::Term(kind, find(kind, value, materials.collection)),
            (None, Field::Lang) => Wanted::Lang(value.parse().ok(), &materials.config.language),
            (None, Field::Year) => Wanted::Year(value.parse().ok()),
            (None, Field::Day) => Wanted::Anniversary(materials.at.date(materials.config.zone)),
            (None, _) => Wanted::Title(fold(value)),
        };
        Self { wanted, is_negated: condition.is_negated }
    }

    fn holds(&self, entry: &Entry) -> bool {
        let is_so = match &self.wanted {
            Wanted::Term(kind, id) => id.is_some_and(|id| entry.terms[*kind].contains(&id)),
            Wanted::Lang(lang, usual) => lang.as_ref() == Some(entry.meta.lang.as_ref().unwrap_or(usual)),
            Wanted::Year(year) => entry.line.date.map(|date| date.year) == *year,
            Wanted::Anniversary(today) => entry.line.date.is_some_and(|date| {
                (date.month, date.day) == (today.month, today.day) && date.year < today.year
            }),
            Wanted::Title(words) => fold(&entry.meta.title).contains(words.as_str()),
        };
        is_so != self.is_negated
    }
}
