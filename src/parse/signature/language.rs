//! What must be known of a language to tell which words are the same and which tell nothing.
//!
//! The rules of stems are those of the Snowball project (Porter, 2001), in the crate `rust-stemmers`. A language without rules keeps
//! its words as they are.

use std::cell::RefCell;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::census::hash;
use super::stop_words::STOP_WORDS;

/// A language.
pub(super) struct Language {
    /// Tells its words from those of other languages.
    salt: u64,
    stemmer: Option<Stemmer>,
    stops: Option<&'static Stops>,
}

/// The language of a tag such as `de-AT`.
pub(super) fn of(tag: &str) -> Language {
    let short = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let stemmer = algorithm(&short).map(Stemmer::create);
    Language { salt: hash(short.as_bytes()), stemmer, stops: stops(&short) }
}

/// How many stems each thread remembers. To find one takes thousands of instructions, and articles share most of their words.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    /// Hashes of words, salted with the language, and of their stems; each word has one slot, which the last one takes.
    static STEMS: RefCell<Vec<(u64, u64)>> = const { RefCell::new(Vec::new()) };
}

impl Language {
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

/// Words by their hashes. Most words are none of them, so a few bits of the hash are looked at first.
struct Stops {
    bits: [u64; 64],
    keys: Vec<u64>,
}

impl Stops {
    fn new(words: &str) -> Self {
        let mut keys: Vec<u64> = words.split_ascii_whitespace().map(|word| hash(word.as_bytes())).collect();
        keys.sort_unstable();
        let mut bits = [0; 64];
        keys.iter().for_each(|key| bits[word_of(*key)] |= bit_of(*key));
        Self { bits, keys }
    }

    fn contains(&self, key: u64) -> bool {
        self.bits[word_of(key)] & bit_of(key) != 0 && self.keys.binary_search(&key).is_ok()
    }
}

fn word_of(key: u64) -> usize {
    (key >> 6) as usize % 64
}

fn bit_of(key: u64) -> u64 {
    1 << (key % 64)
}

fn stops(language: &str) -> Option<&'static Stops> {
    static TABLES: [OnceLock<Stops>; STOP_WORDS.len()] = [const { OnceLock::new() }; STOP_WORDS.len()];
    let place = STOP_WORDS.iter().position(|(tag, _)| *tag == language)?;
    Some(TABLES[place].get_or_init(|| Stops::new(STOP_WORDS[place].1)))
}
