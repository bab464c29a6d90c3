//! Related articles: shared tags weighed by their rarity, the same outlet, and nearness in time.
//!
//! Lists must be stable: an article that is added at the end of the timeline may enter the lists of others but changes
//! nothing else about them. So the rarity of a tag in a pair of articles is counted up to the later of the two: its place in
//! the tag's list of articles is how many there were, and its id how many articles there were at all. And because candidates
//! are taken from a window around the article in each tag's list, a new one at the end pushes nobody out. All arithmetic is in
//! whole numbers, so that every machine sorts alike.
//!
//! The window also bounds the cost: it grows with the number of articles, however many of them share a tag.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::article::Meta;
use crate::model::collection::ArticleId;
use crate::model::profile::TermKind;

use super::terms::Named;

/// How many neighbours on each side of an article are looked at in the list of each of its tags and outlets.
const WINDOW: usize = 24;

/// What one halving of a tag's frequency is worth.
const RARITY: u32 = 16;
/// What the same outlet is worth.
const SAME_OUTLET: u32 = 12;
/// What lying on the same day is worth; it fades out over [`NEAR_DAYS`].
const NEARNESS: u32 = 15;
/// After how many days nearness counts nothing.
const NEAR_DAYS: i64 = 720;

/// What the author of an article wants to see or not to see below it.
#[derive(Debug, Default, Clone)]
pub(super) struct Wishes {
    pub(super) wanted: Vec<ArticleId>,
    pub(super) unwanted: Vec<ArticleId>,
}

/// The related articles of each article, best first, at most `most`. `wishes` stand in the order of the articles.
pub(super) fn related(
    articles: &[Arc<Meta>],
    named: &Named,
    wishes: &[Wishes],
    most: usize,
) -> Vec<Vec<ArticleId>> {
    if most == 0 {
        return vec![Vec::new(); articles.len()];
    }
    let days: Vec<i64> = articles.iter().map(|meta| days(meta)).collect();
    (0..articles.len())
        .into_par_iter()
        .with_min_len(512)
        .map_init(
            || Scores::new(articles.len()),
            |scores, place| {
                let id = ArticleId(place as u32);
                scores.collect(id, named, &days);
                let chosen = choose(id, scores, &wishes[place], most);
                scores.clear();
                chosen
            },
        )
        .collect()
}

/// The points of the candidates for one article. The room for all articles is made once for each thread, so that adding up
/// needs neither sorting nor hashing.
struct Scores {
    points: Vec<u32>,
    candidates: Vec<ArticleId>,
}

impl Scores {
    fn new(articles: usize) -> Self {
        Self { points: vec![0; articles], candidates: Vec::new() }
    }

    fn collect(&mut self, id: ArticleId, named: &Named, days: &[i64]) {
        for kind in [TermKind::Tag, TermKind::Source] {
            for term in &named.of_article[id.index()][kind as usize] {
                let postings = &named.terms[kind as usize][term.index()].articles;
                let Ok(own) = postings.binary_search(&id) else { continue };
                let window = own.saturating_sub(WINDOW)..(own + WINDOW + 1).min(postings.len());
                for place in window.filter(|&place| place != own) {
                    let points = match kind {
                        TermKind::Tag => rarity(place.max(own), postings[place.max(own)]),
                        _ => SAME_OUTLET,
                    };
                    self.add(postings[place], points);
                }
            }
        }
        for candidate in &self.candidates {
            self.points[candidate.index()] += nearness(days[id.index()], days[candidate.index()]);
        }
    }

    fn add(&mut self, candidate: ArticleId, points: u32) {
        let sum = &mut self.points[candidate.index()];
        if *sum == 0 {
            self.candidates.push(candidate);
        }
        *sum += points;
    }

    fn clear(&mut self) {
        for candidate in self.candidates.drain(..) {
            self.points[candidate.index()] = 0;
        }
    }
}

/// The worth of a tag that `place + 1` of the first `latest + 1` articles have: [`RARITY`] for each halving.
fn rarity(place: usize, latest: ArticleId) -> u32 {
    let (having, all) = (place as u64 + 1, u64::from(latest.0) + 1);
    // The logarithm in quarters, by raising the ratio to the fourth power: exact, and the same on every machine.
    let ratio = (all * 8 / having).min(1 << 15);
    RARITY + (ratio.pow(4).ilog2() - 12).min(64) * RARITY / 4
}

fn nearness(a: i64, b: i64) -> u32 {
    let apart = a.abs_diff(b).min(NEAR_DAYS as u64) as u32;
    NEARNESS * (NEAR_DAYS as u32 - apart) / NEAR_DAYS as u32
}

/// Days on a calendar of equal months: good enough for "near".
fn days(meta: &Meta) -> i64 {
    meta.date.map_or(0, |date| i64::from(date.year) * 372 + i64::from(date.month) * 31 + i64::from(date.day))
}

/// The wanted articles, then the best that are not unwanted; among equals the newer.
fn choose(id: ArticleId, scores: &Scores, wishes: &Wishes, most: usize) -> Vec<ArticleId> {
    let mut chosen: Vec<ArticleId> =
        wishes.wanted.iter().copied().filter(|&wanted| wanted != id).take(most).collect();
    let missing = most - chosen.len();
    let mut best: Vec<(u32, ArticleId)> = Vec::with_capacity(missing + 1);
    for &candidate in &scores.candidates {
        let ranked = (scores.points[candidate.index()], candidate);
        let is_too_low = best.len() == missing && best.last().is_none_or(|lowest| ranked < *lowest);
        if is_too_low || chosen.contains(&candidate) || wishes.unwanted.contains(&candidate) {
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
        let everything = rarity(99, ArticleId(99));
        let half = rarity(49, ArticleId(99));
        let rare = rarity(0, ArticleId(99));
        assert_eq!(everything, RARITY);
        assert_eq!(half, 2 * RARITY);
        assert!(rare > 6 * RARITY);
        assert!(rarity(0, ArticleId(u32::MAX)) > rare);
    }

    #[test]
    fn nearness_fades() {
        assert_eq!(nearness(1000, 1000), NEARNESS);
        assert!(nearness(1000, 1100) < NEARNESS);
        assert_eq!(nearness(0, 1_000_000), 0);
    }
}
