//! What all articles of a corpus have in common: its words, outlets, authors and tags.

use std::collections::BTreeSet;

use super::random::{Random, Zipf};

/// How many different words the texts are made of; English news of this size has more, but the tail hardly
/// shows.
const WORDS: usize = 6_000;
const OUTLETS: usize = 60;
const AUTHORS: usize = 200;
const TAGS: usize = 400;

/// Small words hold sentences together. Every second word of a text is one.
const SMALL: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "that", "with", "for", "it", "was", "on", "is", "as", "by", "at",
    "from", "they", "had", "this", "but", "not", "which", "one", "all", "were", "when", "there", "we",
    "their", "been", "after", "before", "under", "over", "between", "into", "than", "only", "still", "about",
    "where", "because", "while", "two", "three", "many", "no", "could", "would", "did", "said", "so",
    "until", "without", "every",
];

const STARTS: &[&str] = &[
    "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl", "qu", "r",
    "s", "sk", "st", "t", "th", "tr", "v", "w", "",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ea", "oa", "ou", "ei"];
const ENDS: &[&str] = &["", "", "n", "r", "l", "s", "m", "nd", "lm", "rth", "st", "ng", "rn"];

const KINDS_OF_OUTLET: &[&str] =
    &["Gazette", "Herald", "Courier", "Review", "Observer", "Register", "Almanac", "Monitor", "Letter"];

/// What all articles of a corpus have in common.
pub(crate) struct World {
    words: Vec<String>,
    word_ranks: Zipf,
    outlets: Vec<String>,
    outlet_ranks: Zipf,
    authors: Vec<String>,
    author_ranks: Zipf,
    tags: Vec<String>,
    tag_ranks: Zipf,
}

impl World {
    /// The world of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let random = &mut Random::new(&[seed]);
        let mut words = distinct(WORDS, || word(random));
        // Words that are used much are short.
        words.sort_by_key(String::len);
        let outlets =
            distinct(OUTLETS, || format!("{} {}", name(random, &words), random.pick(KINDS_OF_OUTLET)));
        let authors = distinct(AUTHORS, || format!("{} {}", name(random, &words), name(random, &words)));
        let tags = distinct(TAGS, || {
            let words = [random.pick::<String>(&words), random.pick::<String>(&words)];
            if random.chance(40) { format!("{} {}", words[0], words[1]) } else { words[0].clone() }
        });
        Self {
            words,
            word_ranks: Zipf::new(WORDS, 8),
            outlets,
            outlet_ranks: Zipf::new(OUTLETS, 3),
            authors,
            author_ranks: Zipf::new(AUTHORS, 10),
            tags,
            tag_ranks: Zipf::new(TAGS, 5),
        }
    }

    /// A word as it comes in a text.
    pub(crate) fn word(&self, random: &mut Random) -> &str {
        if random.chance(50) { random.pick::<&str>(SMALL) } else { self.long_word(random) }
    }

    /// A word that carries meaning.
    pub(crate) fn long_word(&self, random: &mut Random) -> &str {
        &self.words[self.word_ranks.rank(random)]
    }

    /// An outlet.
    pub(crate) fn outlet(&self, random: &mut Random) -> &str {
        &self.outlets[self.outlet_ranks.rank(random)]
    }

    /// So many different authors.
    pub(crate) fn authors(&self, count: usize, random: &mut Random) -> Vec<&str> {
        several(count, &self.authors, &self.author_ranks, random)
    }

    /// So many different tags.
    pub(crate) fn tags(&self, count: usize, random: &mut Random) -> Vec<&str> {
        several(count, &self.tags, &self.tag_ranks, random)
    }
}

fn several<'a>(count: usize, of: &'a [String], ranks: &Zipf, random: &mut Random) -> Vec<&'a str> {
    let mut chosen = Vec::new();
    while chosen.len() < count {
        let rank = ranks.rank(random);
        if !chosen.contains(&rank) {
            chosen.push(rank);
        }
    }
    chosen.into_iter().map(|rank| of[rank].as_str()).collect()
}

/// So many different texts, in the order in which they first came.
fn distinct(count: usize, mut make: impl FnMut() -> String) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut texts = Vec::with_capacity(count);
    while texts.len() < count {
        let text = make();
        if known.insert(text.clone()) {
            texts.push(text);
        }
    }
    texts
}

/// A word that sounds possible and is none of the small ones.
fn word(random: &mut Random) -> String {
    loop {
        let syllables = *random.pick(&[1, 2, 2, 2, 3, 3, 4]);
        let syllable = |_| [*random.pick(STARTS), *random.pick(VOWELS), *random.pick(ENDS)].concat();
        let word: String = (0..syllables).map(syllable).collect();
        if (4..=13).contains(&word.len()) && !SMALL.contains(&word.as_str()) {
            return word;
        }
    }
}

fn name(random: &mut Random, words: &[String]) -> String {
    capitalized(random.pick::<String>(words))
}

/// The text with its first letter in upper case.
pub(crate) fn capitalized(text: &str) -> String {
    text[..1].to_ascii_uppercase() + &text[1..]
}
