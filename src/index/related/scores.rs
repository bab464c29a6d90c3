//! Adds up the points of the candidates for one article.

use crate::model::collection::ArticleId;

/// The candidates and their points. The room for all articles is made once for each thread, so that adding up needs neither sorting
/// nor hashing. They are read back once, in one go, because what is known of one of many articles lies far from what is known of
/// another.
pub(super) struct Scores {
    /// 0 for who is no candidate, else one more than the points.
    points: Vec<u32>,
    /// The candidates, and room behind them for what is written before it is known whether it is a new one.
    candidates: Vec<ArticleId>,
    count: usize,
}

impl Scores {
    pub(super) fn new(articles: usize) -> Self {
        Self { points: vec![0; articles], candidates: vec![ArticleId(0); articles + 1], count: 0 }
    }

    /// Gives a candidate some more points. Whether it is a new one no processor can guess, so there is no branch for it.
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
        fn points_add_up_and_are_forgotten(added in prop::collection::vec((0..9_u32, 0..4_u32), 0..40)) {
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
