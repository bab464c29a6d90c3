//! The inverted index of the terms of all texts: which articles have a term, and with what weight.
//!
//! Numbers in three flat tables, because there are twenty terms an article. A term of one article only leads nowhere and is left
//! out. It knows hashes of terms and no term.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::article::Meta;
use crate::model::collection::ArticleId;
use crate::model::signature::TERMS;

/// An article that has a term, and the term's weight in it: 28 bits and 4 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) fn article(self) -> ArticleId {
        ArticleId(self.0 >> 4)
    }

    pub(super) fn weight(self) -> u32 {
        self.0 & 0xf
    }
}

/// The postings of all terms.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// One term behind the other; within a term in the order of articles.
    all: Vec<Posting>,
    /// Where each term begins, and where the last one ends.
    starts: Vec<u32>,
    /// For each of the terms of each article: which term it is, from 1, and where its posting is among all.
    of_article: Vec<[(u32, u32); TERMS]>,
}

/// As many articles have a number of 27 bits; those beyond have no terms.
const MOST: usize = 1 << 27;

impl Postings {
    /// Articles stand in the order of their dates.
    pub(super) fn new(articles: &[Arc<Meta>]) -> Self {
        let articles = &articles[..articles.len().min(MOST)];
        let mut keys: Vec<u64> = articles.par_iter().enumerate().flat_map_iter(keys).collect();
        keys.par_sort_unstable();
        let mut postings = Self {
            all: Vec::with_capacity(keys.len()),
            starts: Vec::new(),
            of_article: vec![[(0, 0); TERMS]; articles.len()],
        };
        for run in keys.chunk_by(|one, other| one >> 36 == other >> 36).filter(|run| run.len() > 1) {
            postings.starts.push(postings.all.len() as u32);
            for &key in run {
                let (article, slot, weight) =
                    ((key >> 9) as usize % MOST, (key >> 4) as usize % 32, key as u32 & 0xf);
                postings.of_article[article][slot] =
                    (postings.starts.len() as u32, postings.all.len() as u32);
                postings.all.push(Posting((article as u32) << 4 | weight));
            }
        }
        postings.starts.push(postings.all.len() as u32);
        postings
    }

    /// The lists of an article's terms, each with the article's own place in it.
    pub(super) fn of(&self, id: ArticleId) -> impl Iterator<Item = (&[Posting], usize)> {
        let places = self.of_article.get(id.index()).into_iter().flatten().filter(|(term, _)| *term > 0);
        places.map(|&(term, place)| {
            let start = self.starts[term as usize - 1] as usize;
            (&self.all[start..self.starts[term as usize] as usize], place as usize - start)
        })
    }
}

/// The terms of an article as numbers: hash, article, place among its terms, weight. Sorted, equal terms stand together, in the order
/// of articles.
fn keys((place, meta): (usize, &Arc<Meta>)) -> impl Iterator<Item = u64> {
    let terms = meta.signature.terms.iter().enumerate().filter(|(_, term)| term.weight() > 0);
    terms.map(move |(slot, term)| {
        let (hash, weight) = (u64::from(term.hash()), u64::from(term.weight()));
        hash << 36 | (place as u64) << 9 | (slot as u64) << 4 | weight
    })
}
