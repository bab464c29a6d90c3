//! An inverted index of the terms of all texts: which articles have a term, and with what weight.
//!
//! It consists of numbers in flat tables, because there are twenty terms an article. A term of a single
//! article relates nothing and is left out. The rarity of a term at each article is asked for many times, so
//! it is computed once. The index knows only hashes of terms.

use super::{TERM_WINDOW, rarity, window};
use crate::model::collection::ArticleId;
use crate::model::signature::{Occurrence, TERMS};

/// An article that has a term, in 28 bits, and the term's weight in it, in 4 bits.
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
#[derive(Debug)]
pub(super) struct Postings {
    /// The postings, term after term; those of a term are in the order of articles.
    all: Vec<Posting>,
    /// For each posting, the rarity of its term, counted up to its article.
    rarities: Vec<u8>,
    /// For each article, where the windows of its terms are.
    of_article: Vec<[Place; TERMS]>,
}

/// The index of an article's posting, and how many postings of the same term are in the window before and
/// after it.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    posting: u32,
    before: u8,
    behind: u8,
}

/// The neighbours of an article in the list of one of its terms.
pub(super) struct Window<'a> {
    pub(super) own: Posting,
    /// The rarity of the term at the article.
    pub(super) rarity: u32,
    /// The articles before it.
    pub(super) before: &'a [Posting],
    /// The articles after it.
    pub(super) behind: &'a [Posting],
    /// The rarity of the term at each of the articles after it.
    pub(super) rarities: &'a [u8],
}

/// For each term that several articles have, its occurrences. `occurrences` are sorted.
pub(super) fn lists(occurrences: &[Occurrence]) -> impl Iterator<Item = &[Occurrence]> {
    occurrences.chunk_by(|one, other| one.term() == other.term()).filter(|list| list.len() > 1)
}

impl Postings {
    /// The postings of the terms with these lists, in a collection of `articles`.
    pub(super) fn new<'a>(lists: impl Iterator<Item = &'a [Occurrence]>, articles: usize) -> Self {
        let mut postings = Self {
            all: Vec::new(),
            rarities: Vec::new(),
            of_article: vec![[Place::default(); TERMS]; articles.min(Occurrence::MOST)],
        };
        for run in lists {
            for (place, one) in run.iter().enumerate() {
                let window = window(place, run.len(), TERM_WINDOW);
                let (before, behind) = ((place - window.start) as u8, (window.end - place - 1) as u8);
                let own = Place { posting: postings.all.len() as u32, before, behind };
                postings.of_article[one.article().index()][one.slot()] = own;
                postings.all.push(Posting(one.article().0 << 4 | one.weight()));
                postings.rarities.push(rarity(place, one.article()) as u8);
            }
        }
        postings
    }

    /// The windows around an article in the lists of its terms.
    pub(super) fn around(&self, id: ArticleId) -> impl Iterator<Item = Window<'_>> {
        let places = self.of_article.get(id.index()).into_iter().flatten();
        places.filter(|place| place.before + place.behind > 0).map(|place| {
            let (own, behind) = (place.posting as usize, place.posting as usize + 1);
            let end = behind + usize::from(place.behind);
            Window {
                own: self.all[own],
                rarity: self.rarities[own].into(),
                before: &self.all[own - usize::from(place.before)..own],
                behind: &self.all[behind..end],
                rarities: &self.rarities[behind..end],
            }
        })
    }
}
