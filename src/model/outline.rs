//! A collection in outline: of each article only what other pages show of it, and what related articles
//! depend on.
//!
//! When one article is added or revised, this is all that a build needs of the other hundred thousand. The
//! page of an article cannot be made from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::article::Meta;
use super::collection::{ArticleId, TermId, outside};
use super::order::Order;
use super::path::UrlPath;
use super::profile::{ByKind, TermKind};
use super::signature::{Occurrence, Signature, Sketch};
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::config::IndexPolicy;

/// What lists, overviews and the sitemap need of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its address.
    pub url: UrlPath,
    /// When it was published.
    pub date: Option<Date>,
    /// When it was added to the collection, if that is known apart from the date.
    pub added: Option<Date>,
    /// When it was last changed or added, whichever is later.
    pub modified: Option<Date>,
    /// What search engines are told of it.
    pub policy: IndexPolicy,
    /// Whether lists link straight to the original.
    pub is_outside: bool,
    /// Whether it has corrections.
    pub is_corrected: bool,
    /// Its main outlet.
    pub outlet: Option<TermId>,
    /// The fingerprint of its card, which is what a list shows of it: title, address, date, source, summary,
    /// picture.
    pub card_print: Fingerprint,
}

impl Line {
    /// When it was added to the collection.
    pub fn added(&self) -> Option<Date> {
        self.added.or(self.date)
    }

    /// The outline of an article with this address, policy and terms. Its card has no fingerprint yet.
    pub fn of(meta: &Meta, url: UrlPath, policy: IndexPolicy, terms: &ByKind<Vec<TermId>>) -> Self {
        Self {
            url,
            date: meta.date,
            added: meta.added,
            modified: meta.modified(),
            policy,
            is_outside: outside(meta, policy).is_some(),
            is_corrected: !meta.corrections.is_empty(),
            outlet: terms[TermKind::Source].first().copied(),
            card_print: Fingerprint::default(),
        }
    }
}

/// The outlines of all articles, by their places on the timeline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// A line for each article.
    pub lines: Vec<Line>,
    /// The sketch of each article's wording.
    pub sketches: Vec<Sketch>,
    /// The terms of all texts, sorted.
    pub occurrences: Vec<Occurrence>,
}

impl Outline {
    /// Adds new articles. `order` has their places; the articles of this outline are its first items.
    #[must_use]
    pub fn with(self, order: &Order, more: Vec<(Line, Signature)>) -> Self {
        if more.is_empty() {
            return self;
        }
        let ids = order.later().iter().copied().map(ArticleId);
        let mut new: Vec<Occurrence> =
            ids.zip(&more).flat_map(|(id, (_, signature))| Occurrence::of(signature, id)).collect();
        new.sort_unstable();
        let mut occurrences = self.occurrences;
        let known = self.lines.len() as u32;
        if order.first_later().is_some_and(|first| first < known) {
            // There are twenty terms an article, so the new places of all articles are looked up only once.
            let places: Vec<ArticleId> = (0..known).map(|id| ArticleId(order.place(id))).collect();
            for one in &mut occurrences {
                *one = one.moved(places.get(one.article().index()).copied().unwrap_or(one.article()));
            }
        }
        merge(&mut occurrences, &new);
        let (lines, signatures): (Vec<Line>, Vec<Signature>) = more.into_iter().unzip();
        Self {
            lines: in_order(order, self.lines, lines),
            sketches: in_order(order, self.sketches, signatures.iter().map(|one| one.sketch).collect()),
            occurrences,
        }
    }

    /// Replaces the terms of some articles' texts.
    #[must_use]
    pub fn retold(mut self, signatures: &BTreeMap<ArticleId, Signature>) -> Self {
        if signatures.is_empty() {
            return self;
        }
        let mut new: Vec<Occurrence> =
            signatures.iter().flat_map(|(id, signature)| Occurrence::of(signature, *id)).collect();
        new.sort_unstable();
        // There are twenty terms an article, so a table tells for each of them whether it is replaced.
        let mut is_retold = vec![false; self.lines.len()];
        for id in signatures.keys() {
            is_retold.get_mut(id.index()).into_iter().for_each(|is_it| *is_it = true);
        }
        self.occurrences.retain(|one| is_retold.get(one.article().index()) != Some(&true));
        merge(&mut self.occurrences, &new);
        self
    }
}

/// Inserts new values between the known ones, each at its place in the order.
fn in_order<T>(order: &Order, known: Vec<T>, new: Vec<T>) -> Vec<T> {
    let (mut all, mut known) = (Vec::with_capacity(known.len() + new.len()), known.into_iter());
    let mut new: Vec<(u32, T)> = order.later().iter().copied().zip(new).collect();
    new.sort_by_key(|(place, _)| *place);
    for (place, value) in new {
        let missing = (place as usize).saturating_sub(all.len());
        all.extend(known.by_ref().take(missing));
        all.push(value);
    }
    all.extend(known);
    all
}

/// Inserts a few new occurrences into many known ones; both are sorted. It starts at the end, so that each
/// known one is moved at most once.
fn merge(known: &mut Vec<Occurrence>, new: &[Occurrence]) {
    let mut end = known.len();
    known.resize(end + new.len(), Occurrence(0));
    for (earlier, one) in new.iter().enumerate().rev() {
        let start = known[..end].partition_point(|other| other <= one);
        known.copy_within(start..end, start + earlier + 1);
        known[start + earlier] = *one;
        end = start;
    }
}
