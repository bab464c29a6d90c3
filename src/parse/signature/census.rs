//! Counts the words of a text, and samples its runs of three words.
//!
//! Every word of every article comes through here, so little is done for each: it is hashed and looked up in a small
//! table. It does not matter what a word means, or whether it is cut at an apostrophe, as long as that is always done
//! in the same way.

use crate::base::bytes::{BITS, bits};
use crate::model::signature::{BINS, Sketch};

/// How many words of a text are read. The beginning tells what the text is about, and an excerpt shows no more. So the
/// rest can be edited without changing any other page.
const READ: u32 = 500;
/// The most different words, those of an endless title included.
pub(super) const MOST_WORDS: usize = 512;
/// Twice as many, so that a free slot is never far.
const SLOTS: usize = MOST_WORDS * 2;
/// The longest word, in bytes.
const LONGEST: u32 = 64;
/// How many words at the beginning are taken for the most telling ones: the first mention of each counts twice.
const LEAD: u32 = 60;
/// How many mentions in the text a word in the title is worth.
const IN_TITLE: u16 = 2;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its hash.
    pub(super) key: u64,
    /// Where it stands among the letters.
    at: u32,
    length: u8,
    /// How many letters it counts as having. Where a sign is more than a letter, a word has more than signs;
    /// a number has none.
    pub(super) letters: u8,
    /// How often it stands in the text; the title and the beginning count more.
    pub(super) count: u16,
}

/// The words of a text.
#[derive(Debug)]
pub(in crate::parse) struct Census {
    /// What was read, in lower case.
    letters: Vec<u8>,
    /// Where the words of the piece at hand stand.
    runs: Vec<Run>,
    /// Their hashes.
    keys: Vec<u64>,
    /// Whether the piece has letters of ASCII alone.
    is_ascii: bool,
    /// The different words.
    words: Vec<Word>,
    /// How many of them there may be.
    most: usize,
    /// Places of words by their hashes, counted from 1; 0 is free. At most half of it is full.
    table: Box<[u16; SLOTS]>,
    /// The least hash of each bin.
    bins: [u32; BINS],
    /// The two words before.
    before: [u64; 2],
    /// How many words there were.
    running: u32,
}

impl Census {
    /// For a text of about so many bytes.
    pub(in crate::parse) fn new(bytes: usize) -> Self {
        let most = (bytes / 6).clamp(64, MOST_WORDS).next_power_of_two();
        Self {
            letters: Vec::with_capacity(most * 8),
            runs: Vec::with_capacity(64),
            keys: Vec::with_capacity(64),
            is_ascii: true,
            words: Vec::with_capacity(most),
            most,
            table: Box::new([0; SLOTS]),
            bins: [u32::MAX; BINS],
            before: [0; 2],
            running: 0,
        }
    }

    /// Whether no more words of the text are read.
    pub(in crate::parse) fn is_full(&self) -> bool {
        self.running >= READ
    }

    /// Counts the words of a piece of the text. All of them are found before any is hashed, and hashed before
    /// any is counted, because small loops are fast.
    pub(in crate::parse) fn add(&mut self, text: &str) {
        self.find(text);
        self.runs.truncate((READ - self.running) as usize);
        self.hash();
        self.sample();
        let early = LEAD.saturating_sub(self.running) as usize;
        self.running += self.runs.len() as u32;
        self.count(1, early);
    }

    pub(super) fn add_title(&mut self, title: &str) {
        self.find(title);
        self.hash();
        self.count(IN_TITLE, 0);
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    pub(super) fn text(&self, word: &Word) -> &str {
        let bytes = &self.letters[word.at as usize..word.at as usize + usize::from(word.length)];
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    pub(super) fn sketch(&self) -> Sketch {
        let of_bin = |least: u32| if least == u32::MAX { 0 } else { (least as u8).max(1) };
        Sketch(self.bins.map(of_bin))
    }

    /// Finds the words of a text.
    fn find(&mut self, text: &str) {
        let start = self.letters.len();
        self.letters.extend_from_slice(text.as_bytes());
        // Whole blocks, behind the last word of which something stands.
        self.letters.extend_from_slice(&[0; BITS]);
        self.letters.truncate(start + (text.len() / BITS + 1) * BITS);
        let (blocks, _) = self.letters[start..].as_chunks_mut();
        blocks.as_flattened_mut().make_ascii_lowercase();
        self.runs.clear();
        find_runs(blocks, start as u32, &mut self.runs);
        self.is_ascii = blocks.as_flattened().is_ascii();
        if self.is_ascii {
            self.runs.retain(|&run| has_length(run));
        } else {
            self.take_apart(text, start);
        }
    }

    /// Finds the words in the runs of a text, which begins at `start`. Those with other letters than those of
    /// ASCII do not stand there as they are, and are put behind it.
    fn take_apart(&mut self, text: &str, start: usize) {
        let room = Vec::with_capacity(self.runs.len());
        for run in std::mem::replace(&mut self.runs, room) {
            let [from, to] = run.map(|at| at as usize - start);
            if text.as_bytes()[from..to].is_ascii() {
                self.runs.extend(Some(run).filter(|&run| has_length(run)));
                continue;
            }
            split(&text[from..to], |word| {
                let at = self.letters.len() as u32;
                self.letters.extend_from_slice(word);
                self.runs.push([at, at + word.len() as u32]);
            });
        }
    }

    fn hash(&mut self) {
        self.letters.extend_from_slice(&[0; PADDING]);
        self.keys.clear();
        self.keys.extend(self.runs.iter().map(|&run| hash_at(&self.letters, run)));
    }

    /// Takes the runs of three words that end with these into the sample.
    fn sample(&mut self) {
        let [mut first, mut second] = self.before;
        let lone = 2_usize.saturating_sub(self.running as usize).min(self.keys.len());
        let (lone, others) = self.keys.split_at(lone);
        for &key in lone {
            (first, second) = (second, key);
        }
        for &key in others {
            let run = mixed(first.rotate_left(21) ^ second.rotate_left(42) ^ key);
            let bin = &mut self.bins[(run >> 60) as usize % BINS];
            *bin = (*bin).min((run >> 16) as u32);
            (first, second) = (second, key);
        }
        self.before = [first, second];
    }

    /// Counts the words; the first mention of each of the `early` first ones counts twice.
    fn count(&mut self, worth: u16, early: usize) {
        for (place, (&key, &run)) in self.keys.iter().zip(&self.runs).enumerate() {
            let mut slot = key as usize % SLOTS;
            let known = loop {
                let Some(known) = usize::from(self.table[slot]).checked_sub(1) else { break None };
                if self.words[known].key == key {
                    break Some(known);
                }
                slot = (slot + 1) % SLOTS;
            };
            if let Some(known) = known {
                let count = &mut self.words[known].count;
                *count = count.saturating_add(worth);
            } else if self.words.len() < self.most {
                let ([at, to], count) = (run, worth + u16::from(place < early));
                let word = &self.letters[at as usize..to as usize];
                let letters = if self.is_ascii { ascii_letters(word) } else { letters(word) };
                self.words.push(Word { key, at, length: word.len() as u8, letters, count });
                self.table[slot] = self.words.len() as u16;
            }
        }
    }
}

/// From where to where a word goes among the letters.
type Run = [u32; 2];

fn has_length([from, to]: Run) -> bool {
    (2..=LONGEST).contains(&(to - from))
}

/// Behind all words: eight bytes can be read from wherever one begins.
const PADDING: usize = 8;

/// Finds the runs of bytes that belong to words. Sixty-four bytes are looked at together and without a branch
/// for each, because no processor can guess where words end. The last byte must belong to none.
fn find_runs(blocks: &[[u8; BITS]], start: u32, runs: &mut Vec<Run>) {
    // 1 if a run goes on behind the block, otherwise 0.
    let (mut from, mut open) = (0, 0);
    for (block, start) in blocks.iter().zip((start..).step_by(BITS)) {
        let within = bits(block, is_within);
        let before = within << 1 | open;
        let (mut starts, mut ends) = (within & !before, before & !within);
        // If none begins here any more, nobody asks where.
        let mut next_start = || {
            let next = start + starts.trailing_zeros();
            starts &= starts.wrapping_sub(1);
            next
        };
        if open == 0 {
            from = next_start();
        }
        while ends != 0 {
            runs.push([from, start + ends.trailing_zeros()]);
            ends &= ends - 1;
            from = next_start();
        }
        open = within >> 63;
    }
}

/// Whether a byte of a text in lower case belongs to a word; whatever is beyond ASCII may.
fn is_within(byte: u8) -> bool {
    byte.is_ascii_lowercase() | byte.is_ascii_digit() | !byte.is_ascii()
}

/// The words of a text without blanks that has other letters than those of ASCII. Where words have no spaces
/// between them, each pair of signs is one.
fn split(run: &str, mut each: impl FnMut(&[u8])) {
    let mut word = String::with_capacity(run.len() + 4);
    let mut before = None;
    for c in run.chars() {
        if has_no_spaces(c) {
            flush(&mut word, &mut each);
            if let Some(before) = before.replace(c).filter(|before| !(is_kana(*before) && is_kana(c))) {
                word.extend([before, c]);
                flush(&mut word, &mut each);
            }
            continue;
        }
        before = None;
        if c.is_alphanumeric() || is_mark(c) {
            word.extend(c.to_lowercase());
        } else {
            flush(&mut word, &mut each);
        }
    }
    flush(&mut word, &mut each);
}

fn flush(word: &mut String, each: &mut impl FnMut(&[u8])) {
    if (2..=LONGEST as usize).contains(&word.len()) {
        each(word.as_bytes());
    }
    word.clear();
}

/// How many letters a word in lower case counts as having.
fn letters(word: &[u8]) -> u8 {
    if word.is_ascii() {
        return ascii_letters(word);
    }
    let text = std::str::from_utf8(word).unwrap_or_default();
    let signs = text.chars().count() as u8;
    if text.chars().any(has_no_spaces) { signs * 3 } else { signs }
}

fn ascii_letters(word: &[u8]) -> u8 {
    if word.first().is_some_and(u8::is_ascii_digit) { 0 } else { word.len() as u8 }
}

/// Whether a letter belongs to a script that puts no spaces between words: Chinese, Japanese, Thai, Lao,
/// Burmese, Khmer.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' | '\u{3041}'..='\u{30fa}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Hiragana: endings and small words, which tell nothing.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

/// Signs within words that are no letters: accents, Arabic vowels, what binds or silences Indian letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{900}'..='\u{963}' | '\u{980}'..='\u{d7f}')
}

/// A hash that is the same on every machine. It takes in eight bytes at a time, and most words have no more.
pub(super) fn hash(word: &[u8]) -> u64 {
    let (eights, rest) = word.as_chunks();
    let hash = eights.iter().fold(word.len() as u64, |hash, eight| step(hash, u64::from_le_bytes(*eight)));
    if rest.is_empty() {
        return hash;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    step(hash, u64::from_le_bytes(last))
}

/// [`hash`] of a word that is not empty and behind which at least seven more bytes stand.
#[inline]
fn hash_at(letters: &[u8], [mut at, to]: Run) -> u64 {
    let mut hash = u64::from(to - at);
    while to - at > 8 {
        hash = step(hash, eight_at(letters, at));
        at += 8;
    }
    step(hash, eight_at(letters, at) & (u64::MAX >> ((8 - (to - at)) * 8)))
}

/// Eight bytes, the first of which is at a place.
#[inline]
fn eight_at(bytes: &[u8], at: u32) -> u64 {
    let eight = bytes.get(at as usize..at as usize + 8).and_then(|eight| eight.first_chunk());
    eight.map_or(0, |eight| u64::from_le_bytes(*eight))
}

#[inline]
fn step(hash: u64, eight: u64) -> u64 {
    mixed(hash.rotate_left(32) ^ eight)
}

/// The last steps of `SplitMix64` (Steele, Lea and Flood, 2014), one round less.
#[inline]
fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_counted_like_one_by_one(text in "[ a-dA-D0-3'’éÜİ東の—]{0,1500}") {
            let mut census = Census::new(1 << 20);
            census.add(&text);
            let counted: Vec<_> =
                census.words().iter().map(|word| (census.text(word).to_owned(), word.count)).collect();
            prop_assert_eq!(counted, one_by_one(&text));
        }
    }

    fn one_by_one(text: &str) -> Vec<(String, u16)> {
        let mut words: Vec<(String, u16)> = Vec::new();
        let mut found = Vec::new();
        for run in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            split(run, |word| found.push(String::from_utf8_lossy(word).into_owned()));
        }
        for (word, place) in found.into_iter().zip(0..READ) {
            match words.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => words.push((word, if place < LEAD { 2 } else { 1 })),
            }
        }
        words
    }

    #[test]
    fn a_word_has_the_same_hash_everywhere() {
        let text = "abcdefghijklmnopqrstuvwxyz0123456789";
        for start in 0..10 {
            for end in start + 1..text.len() - PADDING {
                let word = &text.as_bytes()[start..end];
                assert_eq!(
                    hash_at(text.as_bytes(), [start as u32, end as u32]),
                    hash(word),
                    "{start}..{end}"
                );
            }
        }
    }

    #[test]
    fn words_are_found_across_pieces() {
        let text = "It's 3 x well-known; café 東京タワー, and ".repeat(5);
        for at in 0..text.len() {
            let Some((before, after)) = text.split_at_checked(at).filter(|(before, _)| before.ends_with(' '))
            else {
                continue;
            };
            let (mut whole, mut pieces) = (Census::new(0), Census::new(0));
            whole.add(&text);
            [before, after].iter().for_each(|piece| pieces.add(piece));
            let counts = |census: &Census| {
                let words = census.words().iter();
                words.map(|word| (census.text(word).to_owned(), word.count)).collect::<Vec<_>>()
            };
            assert_eq!(counts(&whole), counts(&pieces));
            assert_eq!(whole.sketch(), pieces.sketch());
        }
    }
}
