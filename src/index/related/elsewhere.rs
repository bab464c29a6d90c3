//! The same story elsewhere: articles from different outlets, a few days apart, with nearly the same words.
//!
//! Whether two articles tell the same story depends on these two alone. So it holds in both directions, and
//! no third article can change it. There are no groups: of three versions, the first and the last may differ
//! too much.

use std::collections::BTreeMap;

use super::Candidate;
use crate::model::collection::{ArticleId, TermId};
use crate::model::signature::Sketch;

/// How many are listed at most, the oldest.
const MOST: usize = 12;

/// What is needed to recognise copies, side by side for all articles.
pub(super) struct Copies {
    known: Vec<(Option<TermId>, Sketch)>,
    /// How many days may lie between two versions of a story.
    within: u32,
}

impl Copies {
    /// `known` gives the outlet and the sketch of each article.
    pub(super) fn new(known: impl Iterator<Item = (Option<TermId>, Sketch)>, within: u32) -> Self {
        if within == 0 {
            return Self { known: Vec::new(), within: 0 };
        }
        Self { known: known.collect(), within }
    }

    /// The candidates that tell the same story as an article, oldest first.
    pub(super) fn of(
        &self,
        id: ArticleId,
        candidates: &[Candidate],
        unwanted: &[ArticleId],
    ) -> Vec<ArticleId> {
        let Some((outlet, sketch)) = self.known.get(id.index()) else { return Vec::new() };
        let is_copy = |other: &ArticleId| {
            let (elsewhere, copy) = &self.known[other.index()];
            elsewhere != outlet && sketch.is_copy_of(copy)
        };
        let near = candidates.iter().filter(|other| other.apart <= self.within).map(|other| other.id);
        let mut copies: Vec<ArticleId> =
            near.filter(is_copy).filter(|other| !unwanted.contains(other)).collect();
        copies.sort_unstable();
        copies.truncate(MOST);
        copies
    }
}

/// The articles that become or cease to be a copy of a reworded article, and the reworded ones that this
/// happens to. `wordings` are the outlets and sketches of all articles, `before` the former sketches of the
/// reworded ones.
pub(super) fn recopied(
    wordings: &[(Option<TermId>, Sketch)],
    before: &BTreeMap<ArticleId, Sketch>,
) -> Vec<ArticleId> {
    let mut recopied = Vec::new();
    for (one, was) in before {
        let is = wordings[one.index()].1;
        for ((_, other_is), other) in wordings.iter().zip(0..).map(|(wording, id)| (wording, ArticleId(id))) {
            let other_was = before.get(&other).unwrap_or(other_is);
            if other != *one && was.is_copy_of(other_was) != is.is_copy_of(other_is) {
                recopied.extend([*one, other]);
            }
        }
    }
    recopied
}

/// Whether the new sketch of an article is a copy of the same sketches among `all` as the old one, whatever
/// the outlets.
pub(in crate::index) fn is_copied_as_before(before: &Sketch, after: &Sketch, all: &[Sketch]) -> bool {
    all.iter().all(|other| before.is_copy_of(other) == after.is_copy_of(other))
}
