//! Counts the words of a text, and samples the runs of three.
//!
//! Every word of every article comes through here, so it does little: it hashes, and looks into a small table. What a word means is
//! no matter of it; whether words are cut at an apostrophe neither, as long as they always are.

use std::ops::Range;

use crate::base::bytes::{BITS, bits};
use crate::model::signature::{BINS, Sketch};

/// So many words of a text are read: the beginning tells what it is about, and is what an excerpt has. What comes behind may be edited
/// without any other page taking notice.
const READ: u32 = 500;
/// The most different words, those of an endless title included.
pub(super) const MOST_WORDS: usize = 512;
/// Twice as many, so that a free slot is never far.
const SLOTS: usize = MOST_WORDS * 2;
/// The longest word, in bytes.
const LONGEST: usize = 64;
/// So many words at the beginning are what an article comes to at once: their first mention counts twice.
const LEAD: u32 = 60;
/// As many mentions a word in the title is worth.
const IN_TITLE: u16 = 2;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its hash.
    pub(super) key: u64,
    /// Where it stands among the letters.
    at: u32,
    length: u8,
    /// How many letters it counts as having. Where a sign is more than a letter, a word has more than signs; a number has none.
    pub(super) letters: u8,
    /// How often it stands in the text; the title and the beginning count more.
    pub(super) count: u16,
}

/// The words of a text.
#[derive(Debug)]
pub(in crate::parse) struct Census {
    /// What was read, in lower case.
    letters: Vec<u8>,
    /// Room for the words of the piece at hand.
    found: Vec<Word>,
    /// The different words.
    words: Vec<Word>,
    /// As many of them there may be.
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
            found: Vec::with_capacity(64),
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

    /// Counts the words of a piece of the text.
    pub(in crate::parse) fn add(&mut self, text: &str) {
        let found = self.find(text, (READ - self.running) as usize);
        for word in &found {
            self.sample(word.key);
            let is_early = self.running < LEAD;
            self.running += 1;
            self.enter(word, 1, is_early);
        }
        self.found = found;
    }

    pub(super) fn add_title(&mut self, title: &str) {
        let found = self.find(title, usize::MAX);
        found.iter().for_each(|word| self.enter(word, IN_TITLE, false));
        self.found = found;
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

    /// The first words of a text. To find them all before any is counted keeps both loops small, which makes them fast.
    fn find(&mut self, text: &str, most: usize) -> Vec<Word> {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        if most == 0 {
            return found;
        }
        let start = self.letters.len();
        self.letters.extend_from_slice(text.as_bytes());
        self.letters[start..].make_ascii_lowercase();
        self.letters.extend_from_slice(&[0; PADDING]);
        let is_ascii = text.is_ascii();
        let mut runs = Runs::new(start, self.letters.len());
        while let Some(run) = runs.next(&self.letters).filter(|_| found.len() < most) {
            if !is_ascii && !self.letters[run.clone()].is_ascii() {
                split(&text[run.start - start..run.end - start], |word| found.push(self.keep(word)));
            } else if (2..=LONGEST).contains(&run.len()) {
                found.push(Word::ascii(&self.letters, run));
            }
        }
        found.truncate(most);
        found
    }

    /// A word that does not stand among the letters as it is.
    fn keep(&mut self, word: &[u8]) -> Word {
        let (at, length) = (self.letters.len() as u32, word.len() as u8);
        self.letters.extend_from_slice(word);
        Word { key: hash(word), at, length, letters: letters(word), count: 0 }
    }

    /// Takes the run of three words that ends with this one into the sample.
    fn sample(&mut self, key: u64) {
        let [first, second] = self.before;
        self.before = [second, key];
        if self.running < 2 {
            return;
        }
        let run = mixed(first.rotate_left(21) ^ second.rotate_left(42) ^ key);
        let bin = &mut self.bins[(run >> 60) as usize % BINS];
        *bin = (*bin).min((run >> 16) as u32);
    }

    #[inline]
    fn enter(&mut self, word: &Word, worth: u16, is_early: bool) {
        let mut slot = word.key as usize % SLOTS;
        while self.table[slot] != 0 {
            let known = &mut self.words[usize::from(self.table[slot]) - 1];
            if known.key == word.key {
                known.count = known.count.saturating_add(worth);
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
        if self.words.len() < self.most {
            self.words.push(Word { count: worth + u16::from(is_early), ..*word });
            self.table[slot] = self.words.len() as u16;
        }
    }
}

impl Word {
    /// One of ASCII alone, which has not been counted yet.
    #[inline]
    fn ascii(letters: &[u8], at: Range<usize>) -> Self {
        let length = at.len() as u8;
        let is_number = letters[at.start] < b'a';
        let key = hash_at(letters, at.start, at.end);
        Self { key, at: at.start as u32, length, letters: if is_number { 0 } else { length }, count: 0 }
    }
}

/// Behind a text: its last word has an end, and eight bytes can be read from wherever a word begins.
const PADDING: usize = 8;

/// The runs of bytes that belong to words. They are found sixty-four bytes at a time and without a branch for each byte, because no
/// processor can guess where words end.
struct Runs {
    /// Where the bytes begin that were not looked at yet, and where they end.
    rest: Range<usize>,
    /// Where in the last sixty-four a run begins or ends.
    edges: u64,
    /// 1 if a run goes on behind them, otherwise 0.
    open: u64,
}

impl Runs {
    /// The runs from `start` to `end`, which is behind the last of them.
    fn new(start: usize, end: usize) -> Self {
        Self { rest: start..end, edges: 0, open: 0 }
    }

    #[inline]
    fn next(&mut self, letters: &[u8]) -> Option<Range<usize>> {
        Some(self.edge(letters)?..self.edge(letters)?)
    }

    #[inline]
    fn edge(&mut self, letters: &[u8]) -> Option<usize> {
        while self.edges == 0 {
            self.look_on(letters)?;
        }
        let at = self.edges.trailing_zeros() as usize;
        self.edges &= self.edges - 1;
        Some(self.rest.start - BITS + at)
    }

    /// Kept apart, so that what is done for each word stays small enough to be put where it is wanted.
    #[inline(never)]
    fn look_on(&mut self, letters: &[u8]) -> Option<()> {
        let rest = letters.get(self.rest.clone()).filter(|rest| !rest.is_empty())?;
        let within = match rest.first_chunk() {
            Some(block) => bits(block, is_within),
            None => {
                let mut block = [0; BITS];
                block[..rest.len()].copy_from_slice(rest);
                bits(&block, is_within)
            }
        };
        self.edges = within ^ (within << 1 | self.open);
        self.open = within >> 63;
        self.rest.start += BITS;
        Some(())
    }
}

/// Whether a byte of a text in lower case belongs to a word; whatever is beyond ASCII may.
fn is_within(byte: u8) -> bool {
    byte.is_ascii_lowercase() | byte.is_ascii_digit() | !byte.is_ascii()
}

/// The words of a text without blanks that has other letters than those of ASCII. Where words have no spaces between them, each
/// pair of signs is one.
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
    if (2..=LONGEST).contains(&word.len()) {
        each(word.as_bytes());
    }
    word.clear();
}

/// How many letters a word in lower case counts as having.
fn letters(word: &[u8]) -> u8 {
    if word.is_ascii() {
        return if word.first().is_some_and(u8::is_ascii_digit) { 0 } else { word.len() as u8 };
    }
    let text = std::str::from_utf8(word).unwrap_or_default();
    let signs = text.chars().count() as u8;
    if text.chars().any(has_no_spaces) { signs * 3 } else { signs }
}

/// Whether a letter belongs to a script that puts no spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
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

/// [`hash`] of the word from `start` to `end`, behind which at least seven more bytes stand.
#[inline]
fn hash_at(bytes: &[u8], start: usize, end: usize) -> u64 {
    let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    let (mut hash, mut at) = ((end - start) as u64, start);
    while at + 8 < end {
        hash = step(hash, eight(at));
        at += 8;
    }
    if at == end {
        return hash;
    }
    let foreign = 8 - (end - at) as u32;
    step(hash, eight(at) & (u64::MAX >> (foreign * 8)))
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
    use super::*;

    #[test]
    fn a_word_has_one_hash_wherever_it_stands() {
        let text = "abcdefghijklmnopqrstuvwxyz0123456789";
        for start in 0..10 {
            for end in start..text.len() - PADDING {
                let word = &text.as_bytes()[start..end];
                assert_eq!(hash_at(text.as_bytes(), start, end), hash(word), "{start}..{end}");
            }
        }
    }

    #[test]
    fn words_are_found_in_any_piece() {
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
