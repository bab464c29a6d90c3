//! Finds the articles whose related articles may change when others are added or revised, and computes these
//! anew.
//!
//! The points that a shared term gives to a pair of articles follow from their places in the list of that
//! term: whether one is within the window of the other, and how rare the term is at the later of the two. So
//! the lists of all terms are gone through, and at each place the rarity is compared with the former one.
//! Where it differs, the article there and the earlier ones in its window are marked. Articles with a new one
//! in the window of a term are marked, too. A new article that drives a pair apart is between the two, and so
//! in the windows of both.
//!
//! If a revised text loses, gains or reweighs a term, the list of that term is compared with the former one.
//! An article is marked if what has changed is in its window now or was there before, and so is any pair that
//! is brought together. All other articles keep their candidates and the points of these.

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

/// All articles after some were added or revised.
pub(in crate::index) struct Unrest<'a> {
    /// Tells which of them are new: the later items of the order.
    pub(in crate::index) order: &'a Order,
    /// All terms, with the new articles in their lists.
    pub(in crate::index) terms: &'a ByKind<Vec<Term>>,
    /// The terms of all texts, sorted.
    pub(in crate::index) occurrences: &'a [Occurrence],
    /// The former lists of the terms that texts have lost, gained or weigh differently, each with its term.
    pub(in crate::index) retold: &'a [(u32, Vec<Occurrence>)],
    /// The former sketches of the articles that were reworded.
    pub(in crate::index) reworded: &'a BTreeMap<ArticleId, Sketch>,
    /// The dates of all articles.
    pub(in crate::index) dates: &'a [Option<Date>],
    /// The outlet and the sketch of each article.
    pub(in crate::index) wordings: &'a [(Option<TermId>, Sketch)],
    pub(in crate::index) most: usize,
    pub(in crate::index) likeness: Likeness,
}

/// The most articles that are scored again here. If more are marked, everything is indexed anew.
const MOST: usize = 8_192;

/// The articles to list below each new article, and below each other one for which they may have changed.
/// `own` gives the terms of an article and the wishes of its author.
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

/// The articles that must be scored again.
struct Marks<'a> {
    order: &'a Order,
    marked: Vec<bool>,
}

impl Marks<'_> {
    /// Marks the new articles, and those that they affect through the list of any term.
    fn go_through_all(&mut self, terms: &ByKind<Vec<Term>>, occurrences: &[Occurrence]) {
        self.order.later().iter().for_each(|&id| self.marked[id as usize] = true);
        for tag in &terms[TermKind::Tag] {
            let worth = |place: usize, id: ArticleId| tag_worth(place, id);
            self.go_through(tag.articles.len(), |place| tag.articles[place], WINDOW, worth);
        }
        for outlet in &terms[TermKind::Source] {
            // The same outlet gives the same points everywhere.
            self.go_through(outlet.articles.len(), |place| outlet.articles[place], WINDOW, |_, _| RARITY);
        }
        for list in lists(occurrences) {
            self.go_through(list.len(), |place| list[place].article(), TERM_WINDOW, rarity);
        }
    }

    /// Goes through the list of a term. Marks the articles with a new one in their window, and the pairs
    /// whose later article is at a place where the term is no longer worth the same.
    fn go_through(
        &mut self,
        length: usize,
        article: impl Fn(usize) -> ArticleId,
        width: usize,
        worth: impl Fn(usize, ArticleId) -> u32,
    ) {
        let Some(first) = self.order.first_later() else { return };
        let is_before = |place: usize| article(place).0 < first;
        // Most lists are short, and most new articles are at the end.
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

    /// Marks the articles that are affected by the terms that texts have lost, gained or weigh differently.
    fn go_through_retold(&mut self, unrest: &Unrest<'_>) {
        for (term, before) in unrest.retold {
            self.compare(before, Occurrence::of_term(*term, unrest.occurrences));
        }
    }

    /// Compares the list of a term with the former one. An article that is in only one of them, or has
    /// another weight in each, is marked together with its window. If a pair is brought together or driven
    /// apart, such an article is between the two and in the windows of both. For other pairs only the rarity
    /// at the later article can change.
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

    /// The signature of a text: some of a few terms, each with a weight, and one of a few wordings.
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
        fn articles_whose_related_lists_change_are_scored_again(
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
