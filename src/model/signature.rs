//! What a text is about, in ninety-six bytes, so that articles can be compared without their texts in memory.

use serde::{Deserialize, Serialize};

use super::collection::ArticleId;

/// How many terms of a text are kept.
pub const TERMS: usize = 20;
/// How many bins a sketch has.
pub const BINS: usize = 16;

/// The most telling terms of a text, and a sketch of its wording.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The terms in descending order of their weights; the rest is empty if the text has fewer.
    pub terms: [Weighed; TERMS],
    /// The wording.
    pub sketch: Sketch,
}

impl Signature {
    /// The terms in an order that does not depend on their weights, to compare two signatures whose order may
    /// differ.
    pub fn sorted_terms(&self) -> [Weighed; TERMS] {
        let mut terms = self.terms;
        terms.sort_unstable_by_key(|term| (term.hash(), term.weight()));
        terms
    }
}

/// A term by its hash, with its weight in the text: 28 bits and 4 bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed(u32);

impl Weighed {
    /// From a hash, of which 28 bits are kept, and a weight, which is brought into the range from 1 to 15.
    pub fn new(hash: u64, weight: u32) -> Self {
        Self((hash >> 32) as u32 & !0xf | weight.clamp(1, 15))
    }

    /// The hash of the term.
    pub fn hash(self) -> u32 {
        self.0 >> 4
    }

    /// From 1 to 15; 0 if there is no term.
    pub fn weight(self) -> u32 {
        self.0 & 0xf
    }
}

/// An occurrence of a term in an article, as one number: the term, the article, the term's place among those
/// of the article, and its weight. Sorted, the occurrences of a term stand together in the order of the
/// articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence(pub u64);

impl Occurrence {
    /// The number of articles that fits into 27 bits. Articles beyond it have no terms.
    pub const MOST: usize = 1 << 27;

    /// The terms of an article.
    pub fn of(signature: &Signature, id: ArticleId) -> impl Iterator<Item = Self> {
        let is_known = id.index() < Self::MOST;
        let terms = signature.terms.iter().enumerate().filter(move |(_, term)| is_known && term.weight() > 0);
        terms.map(move |(slot, term)| {
            let (hash, weight) = (u64::from(term.hash()), u64::from(term.weight()));
            Self(hash << 36 | u64::from(id.0) << 9 | (slot as u64) << 4 | weight)
        })
    }

    /// Finds the occurrences of a term among sorted ones.
    pub fn of_term(term: u32, all: &[Self]) -> &[Self] {
        let start = all.partition_point(|one| one.term() < term);
        let end = start + all[start..].partition_point(|one| one.term() == term);
        &all[start..end]
    }

    /// The hash of the term.
    pub fn term(self) -> u32 {
        (self.0 >> 36) as u32
    }

    /// The article.
    pub fn article(self) -> ArticleId {
        ArticleId((self.0 >> 9) as u32 % Self::MOST as u32)
    }

    /// The term's place among those of the article.
    pub fn slot(self) -> usize {
        (self.0 >> 4) as usize % 32
    }

    /// The term's weight in the text.
    pub fn weight(self) -> u32 {
        self.0 as u32 & 0xf
    }

    /// The same occurrence after the article has got another number.
    #[must_use]
    pub fn moved(self, id: ArticleId) -> Self {
        Self(self.0 & !((Self::MOST as u64 - 1) << 9) | u64::from(id.0) << 9)
    }
}

/// A sample of the runs of three words of a text: one minimal hash for each of sixteen bins, 0 for a bin
/// without any. Two texts agree in about as many of their bins as they share of their runs ("one permutation
/// hashing": Li, Owen and Zhang, 2012, after Broder's resemblance of documents, 1997). Eight bits of a hash
/// are enough, because one bin agrees by chance, but not six (Li and König, 2010).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch(pub [u8; BINS]);

impl Sketch {
    /// Whether two texts share so much of their wording that one must be a copy of the other: three eighths
    /// of all their runs, by the sample, which is what is left when about one word in six is another.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let (mut equal, mut filled) = (0, 0);
        for (&one, &other) in self.0.iter().zip(&other.0) {
            equal += u32::from(one == other && one != 0);
            filled += u32::from((one | other) != 0);
        }
        equal >= LEAST && equal * 8 >= filled * 3
    }
}

/// If two texts agree in fewer bins, that may be chance.
const LEAST: u32 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_keeps_its_hash_and_weight() {
        let term = Weighed::new(0xabcd_ef01_2345_6789, 7);
        assert_eq!((term.hash(), term.weight()), (0x0abc_def0, 7));
        assert_eq!(Weighed::new(1, 99).weight(), 15);
        assert_eq!(Weighed::new(1, 0).weight(), 1);
        assert_eq!(Weighed::default().weight(), 0);
        assert!(size_of::<Signature>() <= 96);
    }

    #[test]
    fn an_occurrence_is_one_number() {
        let mut signature = Signature::default();
        signature.terms[1] = Weighed::new(0xabcd_ef01_2345_6789, 7);
        let found: Vec<Occurrence> = Occurrence::of(&signature, ArticleId(77)).collect();
        let parts = |one: Occurrence| (one.term(), one.article(), one.slot(), one.weight());
        assert_eq!(found.len(), 1);
        assert_eq!(parts(found[0]), (0x0abc_def0, ArticleId(77), 1, 7));
        assert_eq!(parts(found[0].moved(ArticleId(5))), (0x0abc_def0, ArticleId(5), 1, 7));
        assert_eq!(Occurrence::of(&signature, ArticleId(1 << 27)).count(), 0);
    }

    #[test]
    fn copies_agree_in_most_of_their_bins() {
        let text = Sketch(std::array::from_fn(|bin| bin as u8 + 1));
        let with = |different: usize| {
            Sketch(std::array::from_fn(|bin| bin as u8 + if bin < different { 100 } else { 1 }))
        };
        assert!(text.is_copy_of(&text));
        assert!(text.is_copy_of(&with(10)));
        assert!(!text.is_copy_of(&with(11)));
        // A text of three runs is no copy even of itself, and an empty one is like nothing.
        let short = Sketch(std::array::from_fn(|bin| u8::from(bin < 3)));
        assert!(!short.is_copy_of(&short));
        assert!(!Sketch::default().is_copy_of(&Sketch::default()));
    }
}
