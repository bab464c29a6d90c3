//! The inverted index of the terms of all texts: which articles have a term, and with what weight.
//!
//! Numbers in three flat tables, because there are twenty terms an article. A term of one article only leads nowhere and is left
//! out. It knows hashes of terms and no term.

use crate::model::collection::ArticleId;
use crate::model::signature::{Occurrence, TERMS};

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

impl Postings {
    /// The postings of so many articles; what they have stands in order.
    pub(super) fn new(occurrences: &[Occurrence], articles: usize) -> Self {
        let mut postings = Self {
            all: Vec::with_capacity(occurrences.len()),
            starts: Vec::new(),
            of_article: vec![[(0, 0); TERMS]; articles.min(Occurrence::MOST)],
        };
        let runs = occurrences.chunk_by(|one, other| one.term() == other.term());
        for run in runs.filter(|run| run.len() > 1) {
            postings.starts.push(postings.all.len() as u32);
            for one in run {
                let place = (postings.starts.len() as u32, postings.all.len() as u32);
                postings.of_article[one.article().index()][one.slot()] = place;
                postings.all.push(Posting(one.article().0 << 4 | one.weight()));
            }
        }
        postings.starts.push(postings.all.len() as u32);
        postings
    }

    /// The lists of all terms.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[Posting]> {
        self.starts.windows(2).map(|ends| &self.all[ends[0] as usize..ends[1] as usize])
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
