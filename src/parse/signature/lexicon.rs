//! What must be known of a language to tell which words are the same and which tell nothing.
//!
//! The rules of stems are those of the Snowball project (Porter, 2001), in the crate `rust-stemmers`. A
//! language without rules keeps its words as they are.

use std::cell::RefCell;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::census::hash;
use super::stop_words::STOP_WORDS;
use crate::base::language::Language;

/// The words of a language.
pub(super) struct Lexicon {
    /// Tells its words from those of other languages.
    salt: u64,
    stemmer: Option<Stemmer>,
    stops: Option<&'static Stops>,
}

/// How many stems each thread remembers. To find one takes thousands of instructions, and articles share most
/// of their words.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    /// Hashes of words, salted with the language, and of their stems; each word has one slot, which the last
    /// one takes.
    static STEMS: RefCell<Vec<(u64, u64)>> = const { RefCell::new(Vec::new()) };
}

impl Lexicon {
    /// Those of a language, whatever its region.
    pub(super) fn of(language: &Language) -> Self {
        let language = language.primary();
        let stemmer = algorithm(language).map(Stemmer::create);
        Self { salt: hash(language.as_bytes()), stemmer, stops: stops(language) }
    }

    /// Whether the word of a hash tells nothing.
    pub(super) fn is_stop_word(&self, key: u64) -> bool {
        self.stops.is_some_and(|stops| stops.contains(key))
    }

    /// The hash of a word's stem. `key` is that of the word, in lower case.
    pub(super) fn stem_hash<'w>(&self, key: u64, word: impl FnOnce() -> &'w str) -> u64 {
        let Some(stemmer) = &self.stemmer else { return key };
        let salted = key ^ self.salt;
        STEMS.with_borrow_mut(|stems| {
            stems.resize(REMEMBERED, (0, 0));
            let slot = &mut stems[salted as usize % REMEMBERED];
            if slot.0 != salted {
                *slot = (salted, hash(stemmer.stem(word()).as_bytes()));
            }
            slot.1
        })
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Words by their hashes, each in the first free slot from where its hash points to. Of a text about every
/// other word is one of them, which no processor can guess, so to search among sorted hashes would be slow.
struct Stops {
    slots: Vec<u64>,
}

impl Stops {
    fn new(words: &str) -> Self {
        let count = words.split_ascii_whitespace().count();
        let mut stops = Self { slots: vec![0; (count * 4).next_power_of_two()] };
        for word in words.split_ascii_whitespace() {
            let key = hash(word.as_bytes());
            let slot = stops.slot(key);
            stops.slots[slot] = key;
        }
        stops
    }

    fn contains(&self, key: u64) -> bool {
        self.slots[self.slot(key)] == key
    }

    /// The slot that has a hash, or that it would have.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot] != 0 && self.slots[slot] != key {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

fn stops(language: &str) -> Option<&'static Stops> {
    static TABLES: [OnceLock<Stops>; STOP_WORDS.len()] = [const { OnceLock::new() }; STOP_WORDS.len()];
    let place = STOP_WORDS.iter().position(|(tag, _)| *tag == language)?;
    Some(TABLES[place].get_or_init(|| Stops::new(STOP_WORDS[place].1)))
}
