//! Related articles, found by shared terms of their texts, shared tags, the same outlet and near dates; and
//! the same story as other outlets tell it.
//!
//! Lists must be stable: an article that is added at the end of the timeline may enter the lists of others,
//! but must change nothing else about them. So the rarity of a tag or term in a pair of articles is counted
//! up to the later of the two: its place in the list of the term says how many articles had the term, and its
//! id how many articles there were. And the candidates come from a window around the article in each list, so
//! that a new article at the end pushes nobody out. All arithmetic is in whole numbers, so that every machine
//! sorts alike.
//!
//! The windows also bound the cost: it grows with the number of articles, however many of them share a tag or
//! term. No text is read here, only what `parse` has kept of it.

mod elsewhere;
mod postings;
mod scores;
mod unsettled;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::Date;
use crate::config::Likeness;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Term, TermId};
use crate::model::profile::{ByKind, TermKind};
use crate::model::signature::Occurrence;

use super::terms::Named;
use elsewhere::Copies;
pub(super) use elsewhere::is_copied_as_before;
use postings::{Posting, Postings, Window, lists};
use scores::Scores;
pub(super) use unsettled::{Unrest, unsettled};

/// How many neighbours on each side of an article are candidates, in the list of each of its tags and
/// outlets.
const WINDOW: usize = 24;
/// The same in the list of each term of its text. There are more of these lists, and they are shorter.
const TERM_WINDOW: usize = 16;

/// The points for each halving of a tag's frequency.
const RARITY: u32 = 16;
/// The points for the same outlet.
const SAME_OUTLET: u32 = 12;
/// The points for the same day. They fall to none over [`NEAR_DAYS`].
const NEARNESS: u32 = 15;
/// The number of days from which on nearness counts nothing.
const NEAR_DAYS: u32 = 720;
/// The points for a shared term are its weights in both texts times its [`rarity`], divided by this.
const TEXT: u32 = 10;

/// Which articles the author of an article wants to be listed below it, and which not.
#[derive(Debug, Default, Clone)]
pub(super) struct Wishes {
    pub(super) wanted: Vec<ArticleId>,
    pub(super) unwanted: Vec<ArticleId>,
}

/// The articles that are listed below an article.
#[derive(Debug, Default, Clone)]
pub(super) struct Kin {
    /// Related articles, best first.
    pub(super) related: Vec<ArticleId>,
    /// The same story from other outlets, oldest first.
    pub(super) elsewhere: Vec<ArticleId>,
}

/// The related articles of each article, at most `most`, and the same story elsewhere. `wishes` are in the
/// order of the articles.
pub(super) fn related(
    articles: &[Arc<Meta>],
    named: &Named,
    wishes: &[Wishes],
    most: usize,
    likeness: Likeness,
) -> Vec<Kin> {
    if most == 0 && likeness.elsewhere_days == 0 {
        return vec![Kin::default(); articles.len()];
    }
    let outlet = |place: usize| named.of_article[place][TermKind::Source].first().copied();
    let wordings = articles.iter().enumerate().map(|(place, meta)| (outlet(place), meta.signature.sketch));
    let needs_terms = likeness.text > 0 || likeness.elsewhere_days > 0;
    let occurrences = if needs_terms { occurrences(articles) } else { Vec::new() };
    let relations = Relations {
        named: &named.terms,
        terms: Postings::new(lists(&occurrences), if needs_terms { articles.len() } else { 0 }),
        days: articles.iter().map(|meta| days(meta.date)).collect(),
        copies: Copies::new(wordings, likeness.elsewhere_days),
        likeness,
        most,
    };
    drop(occurrences);
    (0..articles.len())
        .into_par_iter()
        .with_min_len(512)
        .map_init(
            || Scores::new(articles.len()),
            |scores, place| {
                relations.kin(ArticleId(place as u32), &named.of_article[place], &wishes[place], scores)
            },
        )
        .collect()
}

/// The terms of all texts, sorted.
pub(super) fn occurrences(articles: &[Arc<Meta>]) -> Vec<Occurrence> {
    let articles = articles.par_iter().enumerate();
    let mut occurrences: Vec<Occurrence> = articles
        .flat_map_iter(|(place, meta)| Occurrence::of(&meta.signature, ArticleId(place as u32)))
        .collect();
    occurrences.par_sort_unstable();
    occurrences
}

/// What the points of all pairs of articles are computed from.
struct Relations<'a> {
    named: &'a ByKind<Vec<Term>>,
    terms: Postings,
    days: Vec<i32>,
    copies: Copies,
    likeness: Likeness,
    most: usize,
}

impl Relations<'_> {
    /// The articles to list below an article. `own` are its tags, outlets and other terms.
    fn kin(&self, id: ArticleId, own: &ByKind<Vec<TermId>>, wishes: &Wishes, scores: &mut Scores) -> Kin {
        self.named_points(id, own, scores);
        self.text_points(id, scores);
        let day = self.days[id.index()];
        let candidate = |(id, points): (ArticleId, u32)| {
            let apart = self.days[id.index()].abs_diff(day);
            let near = if points > 0 { nearness(apart) * self.likeness.date } else { 0 };
            Candidate { id, points: points + near, apart }
        };
        let candidates: Vec<Candidate> = scores.take().map(candidate).collect();
        let elsewhere = self.copies.of(id, &candidates, &wishes.unwanted);
        let related = choose(id, &candidates, wishes, &elsewhere, self.most);
        Kin { related, elsewhere }
    }

    fn named_points(&self, id: ArticleId, own: &ByKind<Vec<TermId>>, scores: &mut Scores) {
        let Self { named, likeness, .. } = *self;
        for (kind, percent) in [(TermKind::Tag, likeness.tags), (TermKind::Source, likeness.source)] {
            for term in &own[kind] {
                let postings = &named[kind][term.index()].articles;
                let Some(own) = postings.binary_search(&id).ok().filter(|_| percent > 0) else { continue };
                let worth = |place: usize, latest: ArticleId| match kind {
                    TermKind::Tag => tag_worth(place, latest) * percent,
                    _ => SAME_OUTLET * percent,
                };
                let Range { start, end } = window(own, postings.len(), WINDOW);
                let here = worth(own, id);
                postings[start..own].iter().for_each(|&before| scores.add(before, here));
                for (&behind, place) in postings[..end].iter().zip(0..).skip(own + 1) {
                    scores.add(behind, worth(place, behind));
                }
            }
        }
    }

    fn text_points(&self, id: ArticleId, scores: &mut Scores) {
        let percent = self.likeness.text;
        for Window { own, rarity, before, behind, rarities } in self.terms.around(id) {
            let mut add = |other: &Posting, rarity: u32| {
                let points = own.weight() * other.weight() * rarity / TEXT * percent;
                scores.add(other.article(), points);
            };
            before.iter().for_each(|other| add(other, rarity));
            behind.iter().zip(rarities).for_each(|(other, &rarity)| add(other, rarity.into()));
        }
    }
}

/// An article that may be related to another one.
struct Candidate {
    id: ArticleId,
    /// The points, in hundredths.
    points: u32,
    /// How many days the two are apart.
    apart: u32,
}

fn window(own: usize, length: usize, width: usize) -> Range<usize> {
    own.saturating_sub(width)..(own + width + 1).min(length)
}

/// The points for a tag that `place + 1` of the first `latest + 1` articles have. Even a tag on all of them
/// counts.
fn tag_worth(place: usize, latest: ArticleId) -> u32 {
    RARITY + rarity(place, latest) * RARITY / 4
}

/// The rarity of a term that `place + 1` of the first `latest + 1` articles have: the binary logarithm, in
/// quarters, of how many articles there are for each that has it; at most 64. This is the inverse document
/// frequency of Spärck Jones (1972).
fn rarity(place: usize, latest: ArticleId) -> u32 {
    let (having, all) = (place as u64 + 1, u64::from(latest.0) + 1);
    // The fourth power of the ratio gives quarters of its logarithm: exact, and the same on every machine.
    let ratio = (all * 8 / having).min(1 << 15);
    (ratio.pow(4).ilog2() - 12).min(64)
}

fn nearness(apart: u32) -> u32 {
    NEARNESS * NEAR_DAYS.saturating_sub(apart) / NEAR_DAYS
}

/// The number of a day in a calendar in which all months are equally long. That is good enough for nearness.
fn days(date: Option<Date>) -> i32 {
    date.map_or(0, |date| i32::from(date.year) * 372 + i32::from(date.month) * 31 + i32::from(date.day))
}

/// The wanted articles first, then the best of the others, without unwanted ones and the same story
/// elsewhere. Of equals the newer one is better.
fn choose(
    id: ArticleId,
    candidates: &[Candidate],
    wishes: &Wishes,
    elsewhere: &[ArticleId],
    most: usize,
) -> Vec<ArticleId> {
    let mut chosen: Vec<ArticleId> =
        wishes.wanted.iter().copied().filter(|&wanted| wanted != id).take(most).collect();
    let missing = most - chosen.len();
    let is_out = |candidate: ArticleId, chosen: &[ArticleId]| {
        [chosen, &wishes.unwanted, elsewhere].iter().any(|ids| ids.contains(&candidate))
    };
    let mut best: Vec<(u32, ArticleId)> = Vec::with_capacity(missing + 1);
    for candidate in candidates {
        let ranked = (candidate.points, candidate.id);
        let is_too_low = best.len() == missing && best.last().is_none_or(|lowest| ranked < *lowest);
        if ranked.0 == 0 || is_too_low || is_out(candidate.id, &chosen) {
            continue;
        }
        best.insert(best.partition_point(|better| *better > ranked), ranked);
        best.truncate(missing);
    }
    chosen.extend(best.into_iter().map(|(_, candidate)| candidate));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_tags_weigh_more_and_a_tag_on_everything_still_counts() {
        let everything = tag_worth(99, ArticleId(99));
        let half = tag_worth(49, ArticleId(99));
        let rare = tag_worth(0, ArticleId(99));
        assert_eq!(everything, RARITY);
        assert_eq!(half, 2 * RARITY);
        assert!(rare > 6 * RARITY);
        assert!(tag_worth(0, ArticleId(u32::MAX)) > rare);
        assert_eq!((rarity(99, ArticleId(99)), rarity(49, ArticleId(99))), (0, 4));
    }

    #[test]
    fn close_dates_count_more() {
        assert_eq!(nearness(0), NEARNESS);
        assert!(nearness(100) < NEARNESS);
        assert_eq!(nearness(1_000_000), 0);
    }
}
