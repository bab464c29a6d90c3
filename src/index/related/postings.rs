//! The inverted index of the terms of all texts: which articles have a term, and with what weight.
//!
//! Numbers in flat tables, because there are twenty terms an article. A term of one article only leads nowhere and is left
//! out. What is asked of a posting from many articles, how rare its term is there, is worked out once. It knows hashes of terms and no
//! term.

use super::{TERM_WINDOW, rarity, window};
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

/// The postings of terms.
#[derive(Debug)]
pub(super) struct Postings {
    /// One term behind the other; within a term in the order of articles.
    all: Vec<Posting>,
    /// How rare the term of each is, as of its article.
    rarities: Vec<u8>,
    /// Where the windows of each article are.
    of_article: Vec<[Place; TERMS]>,
}

/// Where the posting of an article is among all, and how many postings of the same term lie in the window before and behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    posting: u32,
    before: u8,
    behind: u8,
}

/// What lies around an article in the list of one of its terms.
pub(super) struct Window<'a> {
    pub(super) own: Posting,
    /// How rare the term is at the article.
    pub(super) rarity: u32,
    /// The articles before it.
    pub(super) before: &'a [Posting],
    /// Those behind it.
    pub(super) behind: &'a [Posting],
    /// How rare the term is at each of these.
    pub(super) rarities: &'a [u8],
}

/// The articles of each term that several have, from all occurrences in order.
pub(super) fn lists(occurrences: &[Occurrence]) -> impl Iterator<Item = &[Occurrence]> {
    occurrences.chunk_by(|one, other| one.term() == other.term()).filter(|list| list.len() > 1)
}

impl Postings {
    /// The postings of some terms; there are so many articles.
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
