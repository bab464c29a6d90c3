//! Which lists may be others when articles have come or tell of something else, and what they are then.
//!
//! What a pair of articles is worth to each other by one shared term follows from their places in the list of those that have it: whether
//! one lies in the window of the other, and how rare the term is at the later of the two. So the lists of all terms are gone through, and
//! at each place the rarity is compared with what it was before; and whoever has a newcomer in the window of a term is asked again. A pair that
//! is driven apart has the newcomer between it, and so in both windows. The list of a term that a text has lost, gained or weighs otherwise is
//! held against what it was: whoever had in the window what is gone is asked too, and so is any pair that comes together. All others
//! have the candidates and the points that they had.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::elsewhere::{Copies, recopied};
use super::postings::{Postings, lists};
use super::{Kin, RARITY, Relations, Scores, TERM_WINDOW, WINDOW, Wishes, days, rarity, tag_worth, window};
use crate::base::date::Date;
use crate::config::Likeness;
use crate::model::collection::{ArticleId, Term, TermId};
use crate::model::declined::{Declined, require};
use crate::model::order::Order;
use crate::model::profile::{ByKind, TermKind};
use crate::model::signature::{Occurrence, Sketch};

/// All articles as they are when some have come or tell of something else.
pub(in crate::index) struct Unrest<'a> {
    /// Which of them have come: those that are numbered later.
    pub(in crate::index) order: &'a Order,
    /// All terms, with the articles that have come.
    pub(in crate::index) terms: &'a ByKind<Vec<Term>>,
    /// The terms of all texts, in order.
    pub(in crate::index) occurrences: &'a [Occurrence],
    /// The lists as they were of the terms that texts have lost, gained or weigh otherwise.
    pub(in crate::index) retold: &'a [(u32, Vec<Occurrence>)],
    /// The wordings that were others.
    pub(in crate::index) reworded: &'a BTreeMap<ArticleId, Sketch>,
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
/// gives the terms of an article and what its author wishes below it.
pub(in crate::index) fn unsettled(
    unrest: &Unrest<'_>,
    mut own: impl FnMut(ArticleId) -> Result<(ByKind<Vec<TermId>>, Wishes), Declined>,
) -> Result<Vec<(ArticleId, Kin)>, Declined> {
    let Unrest { order, terms, occurrences, dates, wordings, most, likeness, .. } = *unrest;
    let articles = order.len();
    if most == 0 && likeness.elsewhere_days == 0 {
        let new = order.later().iter().map(|&id| (ArticleId(id), Kin::default()));
        return Ok(new.collect());
    }
    let needs_terms = likeness.text > 0 || likeness.elsewhere_days > 0;
    let mut marks = Marks { order, marked: vec![false; articles] };
    if needs_terms {
        marks.go_through_retold(unrest);
    }
    if likeness.elsewhere_days > 0 {
        let recopied = recopied(wordings, unrest.reworded);
        recopied.into_iter().for_each(|id| marks.marked[id.index()] = true);
    }
    if order.later().is_empty() && !marks.marked.contains(&true) {
        return Ok(Vec::new());
    }
    let occurrences = if needs_terms { occurrences } else { &[] };
    if !order.later().is_empty() {
        marks.go_through_all(terms, occurrences);
    }
    let marked = marks.marked;
    let asked = marked.iter().zip(0..).filter(|(marked, _)| **marked).map(|(_, id)| ArticleId(id));
    let asked: Vec<ArticleId> = asked.collect();
    require(asked.len() <= MOST, "what is related to too many articles may change")?;
    let is_asked = |one: &Occurrence| marked[one.article().index()];
    let relations = Relations {
        named: terms,
        terms: Postings::new(lists(occurrences).filter(|list| list.iter().any(is_asked)), articles),
        days: dates.iter().map(|date| days(*date)).collect(),
        copies: Copies::new(wordings.iter().copied(), likeness.elsewhere_days),
        likeness,
        most,
    };
    let asked: Result<Vec<_>, Declined> = asked.into_iter().map(|id| Ok((id, own(id)?))).collect();
    let kin = asked?.into_par_iter().with_min_len(64).map_init(
        || Scores::new(articles),
        |scores, (id, (own, wishes))| (id, relations.kin(id, &own, &wishes, scores)),
    );
    Ok(kin.collect())
}

/// Who must be asked again.
struct Marks<'a> {
    order: &'a Order,
    marked: Vec<bool>,
}

impl Marks<'_> {
    /// Marks the articles that have come, and whoever they concern in the lists of all terms.
    fn go_through_all(&mut self, terms: &ByKind<Vec<Term>>, occurrences: &[Occurrence]) {
        self.order.later().iter().for_each(|&id| self.marked[id as usize] = true);
        for tag in &terms[TermKind::Tag] {
            let worth = |place: usize, id: ArticleId| tag_worth(place, id);
            self.go_through(tag.articles.len(), |place| tag.articles[place], WINDOW, worth);
        }
        for outlet in &terms[TermKind::Source] {
            // The same outlet is worth the same everywhere.
            self.go_through(outlet.articles.len(), |place| outlet.articles[place], WINDOW, |_, _| RARITY);
        }
        for list in lists(occurrences) {
            self.go_through(list.len(), |place| list[place].article(), TERM_WINDOW, rarity);
        }
    }

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

    /// The same for the lists of terms that texts have lost, gained or weigh otherwise.
    fn go_through_retold(&mut self, unrest: &Unrest<'_>) {
        for (term, before) in unrest.retold {
            self.compare(before, Occurrence::of_term(*term, unrest.occurrences));
        }
    }

    /// Holds the list of a term against what it was. Whoever is only in one of them, or in each with another weight, is marked with all in the
    /// window. A pair that comes together or is driven apart has one of these between it, in the windows of both; of any other, only the
    /// rarity at the later one may be another.
    fn compare(&mut self, before: &[Occurrence], after: &[Occurrence]) {
        let (mut was, mut is) = (0, 0);
        while was < before.len() || is < after.len() {
            let order = match (before.get(was), after.get(is)) {
                (Some(one), Some(other)) => one.article().cmp(&other.article()),
                (_, None) => Ordering::Less,
                (None, _) => Ordering::Greater,
            };
            let is_same = order.is_eq() && before[was].weight() == after[is].weight();
            if is_same {
                let id = after[is].article();
                if rarity(was, ArticleId(self.order.number(id.0))) != rarity(is, id) {
                    self.mark(&after[is.saturating_sub(TERM_WINDOW)..=is]);
                }
            }
            if order.is_le() {
                if !is_same {
                    self.mark(&before[window(was, before.len(), TERM_WINDOW)]);
                }
                was += 1;
            }
            if order.is_ge() {
                if !is_same {
                    self.mark(&after[window(is, after.len(), TERM_WINDOW)]);
                }
                is += 1;
            }
        }
    }

    fn mark(&mut self, occurrences: &[Occurrence]) {
        occurrences.iter().for_each(|one| self.marked[one.article().index()] = true);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::{Kin, related};
    use super::*;
    use crate::index::terms::Named;
    use crate::model::article::Meta;
    use crate::model::path::UrlPath;
    use crate::model::signature::{BINS, Signature, Weighed};

    /// What a text tells of: some of a few terms, each with a weight, and one of a few wordings.
    fn signature() -> impl Strategy<Value = Signature> {
        (prop::collection::btree_map(0..5_u64, 1..4_u32, 0..4), 0..4_u8).prop_map(|(terms, wording)| {
            let mut signature = Signature::default();
            for (slot, (term, weight)) in terms.into_iter().enumerate() {
                signature.terms[slot] = Weighed::new(term << 40, weight);
            }
            signature.sketch = Sketch(std::array::from_fn(|bin| {
                if wording > 0 && bin < BINS / 2 { bin as u8 + 1 } else { wording * 20 + bin as u8 }
            }));
            signature
        })
    }

    fn article(day: usize, signature: Signature) -> Arc<Meta> {
        let date = format!("2024-{:02}-{:02}", day / 28 % 12 + 1, day % 28 + 1).parse().ok();
        Arc::new(Meta { date, signature, ..Meta::default() })
    }

    fn outlets(count: usize, of: &[u8]) -> Named {
        let mut named = Named { terms: ByKind::default(), of_article: vec![ByKind::default(); count] };
        for outlet in 0..3 {
            let articles: Vec<_> = (0..count).filter(|place| of[*place] == outlet).collect();
            for place in &articles {
                named.of_article[*place][TermKind::Source].push(TermId(outlet.into()));
            }
            named.terms[TermKind::Source].push(Term {
                kind: TermKind::Source,
                name: String::new(),
                slug: String::new(),
                url: UrlPath::root(),
                profile: None,
                links: Vec::new(),
                parent: None,
                children: Vec::new(),
                articles: articles.into_iter().map(|place| ArticleId(place as u32)).collect(),
                years: Vec::new(),
            });
        }
        named
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn whoever_has_another_list_after_a_revision_is_asked_again(
            before in prop::collection::vec((signature(), 0..3_u8), 1..160),
            revised in prop::collection::btree_map(0..160_usize, signature(), 1..4),
            text in prop::sample::select(vec![0_u32, 100]),
        ) {
            let count = before.len();
            let likeness = Likeness { tags: 100, source: 0, date: 0, text, elsewhere_days: 60 };
            let of: Vec<u8> = before.iter().map(|(_, outlet)| *outlet).collect();
            let named = outlets(count, &of);
            let metas: Vec<_> = before.iter().enumerate().map(|(day, (one, _))| article(day, *one)).collect();
            let mut after = metas.clone();
            for (place, signature) in revised {
                after[place % count] = article(place % count, signature);
            }
            let wishes = vec![Wishes::default(); count];
            let all = |metas: &[Arc<Meta>]| related(metas, &named, &wishes, 4, likeness);
            let (was, is) = (all(&metas), all(&after));

            let (old, new) = (super::super::occurrences(&metas), super::super::occurrences(&after));
            let mut terms: Vec<u32> = old.iter().chain(&new).map(|one| one.term()).collect();
            terms.sort_unstable();
            terms.dedup();
            let list = |term: u32| (term, Occurrence::of_term(term, &old).to_vec());
            let reworded = (0..count).map(|place| (ArticleId(place as u32), metas[place].signature.sketch));
            let unrest = Unrest {
                order: &Order::new(count, &[]).unwrap_or_default(),
                terms: &named.terms,
                occurrences: &new,
                retold: &terms.into_iter().map(list).collect::<Vec<_>>(),
                reworded: &reworded.filter(|(id, sketch)| after[id.index()].signature.sketch != *sketch).collect(),
                dates: &after.iter().map(|meta| meta.date).collect::<Vec<_>>(),
                wordings: &(0..count).map(|place| (
                    named.of_article[place][TermKind::Source].first().copied(),
                    after[place].signature.sketch,
                )).collect::<Vec<_>>(),
                most: 4,
                likeness,
            };
            let asked = unsettled(&unrest, |id| Ok((named.of_article[id.index()].clone(), Wishes::default()))).unwrap_or_default();
            let same = |one: &Kin, other: &Kin| (&one.related, &one.elsewhere) == (&other.related, &other.elsewhere);
            let asked: BTreeMap<ArticleId, Kin> = asked.into_iter().collect();
            for (place, (was, is)) in was.iter().zip(&is).enumerate() {
                let now = asked.get(&ArticleId(place as u32)).unwrap_or(was);
                prop_assert!(same(now, is), "{}: {:?} is {:?}, not {:?}", place, was, now, is);
            }
        }
    }
}
