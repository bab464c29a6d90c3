//! Adds up the points of the candidates for one article.

use crate::model::collection::ArticleId;

/// The candidates and their points. Each thread makes a table for all articles once, so that adding up needs
/// neither sorting nor hashing. The candidates are read back once, in one go, because the entries of
/// different articles lie far apart in memory.
pub(super) struct Scores {
    /// 0 for an article that is no candidate, otherwise its points plus one.
    points: Vec<u32>,
    /// The first `count` are the candidates. The room behind them takes an id that is written before it is
    /// known whether it is new.
    candidates: Vec<ArticleId>,
    count: usize,
}

impl Scores {
    pub(super) fn new(articles: usize) -> Self {
        Self { points: vec![0; articles], candidates: vec![ArticleId(0); articles + 1], count: 0 }
    }

    /// Adds points to a candidate. No processor could predict whether it is a new one, so this has no branch.
    #[inline]
    pub(super) fn add(&mut self, id: ArticleId, points: u32) {
        let sum = &mut self.points[id.index()];
        let is_new = *sum == 0;
        *sum += points + u32::from(is_new);
        self.candidates[self.count] = id;
        self.count += usize::from(is_new);
    }

    /// Takes out all candidates with their points.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (ArticleId, u32)> {
        let count = std::mem::take(&mut self.count);
        let points = &mut self.points;
        self.candidates[..count].iter().map(|&id| (id, std::mem::take(&mut points[id.index()]) - 1))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn points_add_up_and_are_reset(added in prop::collection::vec((0..9_u32, 0..4_u32), 0..40)) {
            let mut scores = Scores::new(9);
            for _ in 0..2 {
                let mut expected = BTreeMap::new();
                for &(id, points) in &added {
                    scores.add(ArticleId(id), points);
                    *expected.entry(ArticleId(id)).or_insert(0) += points;
                }
                prop_assert_eq!(scores.take().collect::<BTreeMap<_, _>>(), expected);
            }
        }
    }
}
