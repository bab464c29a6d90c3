//! Which lists may be others when articles have come, and what they are then.
//!
//! What a pair of articles is worth to each other by one shared term follows from their places in the list of those that have it: whether
//! one lies in the window of the other, and how rare the term is at the later of the two. So the lists of all terms are gone through, and
//! at each place the rarity is compared with what it was before; and whoever has a newcomer in the window of a term is asked again. A pair that
//! is driven apart has the newcomer between it, and so in both windows. All others have the candidates and the points that they had.

use rayon::prelude::*;

use super::elsewhere::Copies;
use super::postings::Postings;
use super::{Kin, RARITY, Relations, Scores, TERM_WINDOW, WINDOW, Wishes, days, rarity, tag_worth, window};
use crate::base::date::Date;
use crate::config::Likeness;
use crate::model::collection::{ArticleId, Term, TermId};
use crate::model::order::Order;
use crate::model::profile::TermKind;
use crate::model::signature::{Occurrence, Sketch};

/// All articles as they are when some have come.
pub(in crate::index) struct Arrival<'a> {
    /// Which of them have come: those that are numbered later.
    pub(in crate::index) order: &'a Order,
    /// All terms, with the articles that have come.
    pub(in crate::index) terms: &'a [Vec<Term>; 4],
    /// The terms of all texts, in order.
    pub(in crate::index) occurrences: &'a [Occurrence],
    /// The dates of all articles.
    pub(in crate::index) dates: &'a [Option<Date>],
    /// Where each article comes from, and its wording.
    pub(in crate::index) wordings: &'a [(Option<TermId>, Sketch)],
    pub(in crate::index) most: usize,
    pub(in crate::index) likeness: Likeness,
}

/// So many lists are made anew one by one; whatever unsettles more has all of them made.
const MOST: usize = 8_192;

/// What now stands below the articles that have come and below all of those for which that may be something else than before. `own`
/// gives the terms of an article; nothing if that is not enough to tell.
pub(in crate::index) fn unsettled(
    arrival: &Arrival<'_>,
    mut own: impl FnMut(ArticleId) -> Option<[Vec<TermId>; 4]>,
) -> Option<Vec<(ArticleId, Kin)>> {
    let Arrival { order, terms, occurrences, dates, wordings, most, likeness } = *arrival;
    let articles = order.len();
    if most == 0 && likeness.elsewhere_days == 0 {
        let new = order.later().iter().map(|&id| (ArticleId(id), Kin::default()));
        return Some(new.collect());
    }
    let needs_terms = likeness.text > 0 || likeness.elsewhere_days > 0;
    let relations = Relations {
        named: terms,
        terms: if needs_terms { Postings::new(occurrences, articles) } else { Postings::default() },
        days: dates.iter().map(|date| days(*date)).collect(),
        copies: Copies::new(wordings.iter().copied(), likeness.elsewhere_days),
        likeness,
        most,
    };
    let asked = asked_again(&relations, order);
    if asked.len() > MOST {
        return None;
    }
    let asked: Option<Vec<_>> = asked.into_iter().map(|id| Some((id, own(id)?))).collect();
    let nothing_wished = Wishes::default();
    let kin = asked?.into_par_iter().with_min_len(64).map_init(
        || Scores::new(articles),
        |scores, (id, own)| (id, relations.kin(id, &own, &nothing_wished, scores)),
    );
    Some(kin.collect())
}

/// Who must be asked again, in order.
fn asked_again(relations: &Relations<'_>, order: &Order) -> Vec<ArticleId> {
    let mut marks = Marks { order, marked: vec![false; order.len()] };
    order.later().iter().for_each(|&id| marks.marked[id as usize] = true);
    for tag in &relations.named[TermKind::Tag as usize] {
        let worth = |place: usize, id: ArticleId| tag_worth(place, id);
        marks.go_through(tag.articles.len(), |place| tag.articles[place], WINDOW, worth);
    }
    for outlet in &relations.named[TermKind::Source as usize] {
        // The same outlet is worth the same everywhere.
        marks.go_through(outlet.articles.len(), |place| outlet.articles[place], WINDOW, |_, _| RARITY);
    }
    for list in relations.terms.lists() {
        marks.go_through(list.len(), |place| list[place].article(), TERM_WINDOW, rarity);
    }
    let marked = marks.marked.iter().zip(0..).filter(|(marked, _)| **marked);
    marked.map(|(_, id)| ArticleId(id)).collect()
}

struct Marks<'a> {
    order: &'a Order,
    marked: Vec<bool>,
}

impl Marks<'_> {
    /// Goes through the list of a term and marks whoever has a newcomer in the window, and the pairs whose later article is at a place
    /// where the term is not worth what it was.
    fn go_through(
        &mut self,
        length: usize,
        article: impl Fn(usize) -> ArticleId,
        width: usize,
        worth: impl Fn(usize, ArticleId) -> u32,
    ) {
        let Some(first) = self.order.first_later() else { return };
        let is_before = |place: usize| article(place).0 < first;
        // Most lists are short, and most newcomers come at the end.
        if length == 0 || is_before(length - 1) {
            return;
        }
        let from = (0..length).rev().take_while(|&place| !is_before(place)).last().unwrap_or(length);
        let mut newcomers = 0;
        for place in from..length {
            let id = article(place);
            let around = if self.order.is_later(id.0) {
                newcomers += 1;
                window(place, length, width)
            } else if worth(place, id) == worth(place - newcomers, ArticleId(self.order.number(id.0))) {
                continue;
            } else {
                place.saturating_sub(width)..place + 1
            };
            around.for_each(|place| self.marked[article(place).index()] = true);
        }
    }
}
