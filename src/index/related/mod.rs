//! Related articles: the terms of their texts and their tags weighed by rarity, the same outlet, and nearness in time. Beside them, the
//! same story as other outlets have it.
//!
//! Lists must be stable: an article that is added at the end of the timeline may enter the lists of others but changes
//! nothing else about them. So the rarity of a tag or term in a pair of articles is counted up to the later of the two: its place in
//! the list of articles is how many there were, and its id how many articles there were at all. And because candidates
//! are taken from a window around the article in each list, a new one at the end pushes nobody out. All arithmetic is in
//! whole numbers, so that every machine sorts alike.
//!
//! The windows also bound the cost: it grows with the number of articles, however many of them share a tag or term. No text is read
//! here, only what `parse` has kept of it.

mod elsewhere;
mod postings;
mod unsettled;

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::Date;
use crate::config::Likeness;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Term, TermId};
use crate::model::profile::TermKind;
use crate::model::signature::Occurrence;

use super::terms::Named;
use elsewhere::Copies;
pub(super) use elsewhere::is_copied_as_before;
use postings::Postings;
pub(super) use unsettled::{Arrival, unsettled};

/// How many neighbours on each side of an article are looked at in the list of each of its tags and outlets.
const WINDOW: usize = 24;
/// The same in the list of each term of its text, of which there are more, and rarer.
const TERM_WINDOW: usize = 16;

/// What one halving of a tag's frequency is worth.
const RARITY: u32 = 16;
/// What the same outlet is worth.
const SAME_OUTLET: u32 = 12;
/// What lying on the same day is worth; it fades out over [`NEAR_DAYS`].
const NEARNESS: u32 = 15;
/// After how many days nearness counts nothing.
const NEAR_DAYS: i64 = 720;
/// A shared term is worth the weights it has in both texts times the quarters of halvings of its frequency, divided by this.
const TEXT: u32 = 10;

/// What the author of an article wants to see or not to see below it.
#[derive(Debug, Default, Clone)]
pub(super) struct Wishes {
    pub(super) wanted: Vec<ArticleId>,
    pub(super) unwanted: Vec<ArticleId>,
}

/// What stands below an article.
#[derive(Debug, Default, Clone)]
pub(super) struct Kin {
    /// Related articles, best first.
    pub(super) related: Vec<ArticleId>,
    /// The same story from other outlets, oldest first.
    pub(super) elsewhere: Vec<ArticleId>,
}

/// The related articles of each article, at most `most`, and the same story elsewhere. `wishes` stand in the order of the articles.
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
    let outlet = |place: usize| named.of_article[place][TermKind::Source as usize].first().copied();
    let wordings = articles.iter().enumerate().map(|(place, meta)| (outlet(place), meta.signature.sketch));
    let needs_terms = likeness.text > 0 || likeness.elsewhere_days > 0;
    let occurrences = if needs_terms { occurrences(articles) } else { Vec::new() };
    let relations = Relations {
        named: &named.terms,
        terms: Postings::new(&occurrences, if needs_terms { articles.len() } else { 0 }),
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

/// The terms of all texts, in order.
pub(super) fn occurrences(articles: &[Arc<Meta>]) -> Vec<Occurrence> {
    let articles = articles.par_iter().enumerate();
    let mut occurrences: Vec<Occurrence> = articles
        .flat_map_iter(|(place, meta)| Occurrence::of(&meta.signature, ArticleId(place as u32)))
        .collect();
    occurrences.par_sort_unstable();
    occurrences
}

/// What articles have in common.
struct Relations<'a> {
    named: &'a [Vec<Term>; 4],
    terms: Postings,
    days: Vec<i64>,
    copies: Copies,
    likeness: Likeness,
    most: usize,
}

impl Relations<'_> {
    /// What stands below an article, which has its own terms of each kind.
    fn kin(&self, id: ArticleId, own: &[Vec<TermId>; 4], wishes: &Wishes, scores: &mut Scores) -> Kin {
        scores.collect(id, own, self);
        let elsewhere = self.copies.of(id, &scores.candidates, &self.days, &wishes.unwanted);
        let related = choose(id, scores, wishes, &elsewhere, self.most);
        scores.clear();
        Kin { related, elsewhere }
    }
}

/// The points of the candidates for one article, in hundredths. The room for all articles is made once for each thread, so that
/// adding up needs neither sorting nor hashing.
struct Scores {
    /// 0 for who is no candidate, else one more than the points.
    points: Vec<u32>,
    candidates: Vec<ArticleId>,
}

impl Scores {
    fn new(articles: usize) -> Self {
        Self { points: vec![0; articles], candidates: Vec::new() }
    }

    fn collect(&mut self, id: ArticleId, own: &[Vec<TermId>; 4], relations: &Relations<'_>) {
        self.collect_named(id, own, relations);
        self.collect_terms(id, relations);
        for candidate in &self.candidates {
            let points = &mut self.points[candidate.index()];
            if *points > 1 {
                let near = nearness(relations.days[id.index()], relations.days[candidate.index()]);
                *points += near * relations.likeness.date;
            }
        }
    }

    fn collect_named(&mut self, id: ArticleId, own: &[Vec<TermId>; 4], relations: &Relations<'_>) {
        let Relations { named, likeness, .. } = *relations;
        for (kind, percent) in [(TermKind::Tag, likeness.tags), (TermKind::Source, likeness.source)] {
            for term in &own[kind as usize] {
                let postings = &named[kind as usize][term.index()].articles;
                let Some(own) = postings.binary_search(&id).ok().filter(|_| percent > 0) else { continue };
                for place in window(own, postings.len(), WINDOW).filter(|&place| place != own) {
                    let points = match kind {
                        TermKind::Tag => tag_worth(place.max(own), postings[place.max(own)]),
                        _ => SAME_OUTLET,
                    };
                    self.add(postings[place], points * percent);
                }
            }
        }
    }

    fn collect_terms(&mut self, id: ArticleId, relations: &Relations<'_>) {
        let percent = relations.likeness.text;
        for (postings, own) in relations.terms.of(id) {
            let weight = postings[own].weight();
            for place in window(own, postings.len(), TERM_WINDOW).filter(|&place| place != own) {
                let other = postings[place];
                let rarity = rarity(place.max(own), postings[place.max(own)].article());
                self.add(other.article(), weight * other.weight() * rarity / TEXT * percent);
            }
        }
    }

    fn add(&mut self, candidate: ArticleId, points: u32) {
        let sum = &mut self.points[candidate.index()];
        if *sum == 0 {
            self.candidates.push(candidate);
            *sum = 1;
        }
        *sum += points;
    }

    fn clear(&mut self) {
        for candidate in self.candidates.drain(..) {
            self.points[candidate.index()] = 0;
        }
    }
}

fn window(own: usize, length: usize, width: usize) -> std::ops::Range<usize> {
    own.saturating_sub(width)..(own + width + 1).min(length)
}

/// The worth of a tag that `place + 1` of the first `latest + 1` articles have: even one on all of them counts.
fn tag_worth(place: usize, latest: ArticleId) -> u32 {
    RARITY + rarity(place, latest) * RARITY / 4
}

/// How rare it is what `place + 1` of the first `latest + 1` articles have: the binary logarithm in quarters, at most 64. This is
/// the inverse document frequency of Spärck Jones (1972).
fn rarity(place: usize, latest: ArticleId) -> u32 {
    let (having, all) = (place as u64 + 1, u64::from(latest.0) + 1);
    // Quarters by raising the ratio to the fourth power: exact, and the same on every machine.
    let ratio = (all * 8 / having).min(1 << 15);
    (ratio.pow(4).ilog2() - 12).min(64)
}

fn nearness(a: i64, b: i64) -> u32 {
    let apart = a.abs_diff(b).min(NEAR_DAYS as u64) as u32;
    NEARNESS * (NEAR_DAYS as u32 - apart) / NEAR_DAYS as u32
}

/// Days on a calendar of equal months: good enough for "near".
fn days(date: Option<Date>) -> i64 {
    date.map_or(0, |date| i64::from(date.year) * 372 + i64::from(date.month) * 31 + i64::from(date.day))
}

/// The wanted articles, then the best that are neither unwanted nor the same story; among equals the newer.
fn choose(
    id: ArticleId,
    scores: &Scores,
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
    for &candidate in &scores.candidates {
        let ranked = (scores.points[candidate.index()], candidate);
        let is_too_low = best.len() == missing && best.last().is_none_or(|lowest| ranked < *lowest);
        if ranked.0 <= 1 || is_too_low || is_out(candidate, &chosen) {
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
    fn nearness_fades() {
        assert_eq!(nearness(1000, 1000), NEARNESS);
        assert!(nearness(1000, 1100) < NEARNESS);
        assert_eq!(nearness(0, 1_000_000), 0);
    }
}
