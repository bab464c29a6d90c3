//! Counts the words of a text, and samples the runs of three.
//!
//! Every word of every article comes through here, so it does little: it hashes, and looks into a small table. What a word means is
//! no matter of it; whether words are cut at an apostrophe neither, as long as they always are.

use crate::model::signature::{BINS, Sketch};

/// So many words of a text are read: the beginning tells what it is about, and is what an excerpt has. What comes behind may be edited
/// without any other page taking notice.
const READ: u32 = 500;
/// The most different words, those of an endless title included.
pub(super) const MOST_WORDS: usize = 512;
/// The longest word, in bytes.
const LONGEST: usize = 64;
/// So many words at the beginning are what an article comes to at once: their first mention counts twice.
const LEAD: u32 = 60;
/// As many mentions a word in the title is worth.
const IN_TITLE: u16 = 2;

/// A word of a text.
#[derive(Debug)]
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
    /// All different words in lower case, one behind the other.
    letters: Vec<u8>,
    words: Vec<Word>,
    /// Places of words by their hashes, counted from 1; 0 is free. At most half of it is full.
    table: Vec<u16>,
    /// The text at hand in lower case, and a word that is being put together.
    lower: String,
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
        let words = (bytes / 6).clamp(64, MOST_WORDS).next_power_of_two();
        Self {
            letters: Vec::with_capacity(words * 4),
            words: Vec::with_capacity(words / 2),
            table: vec![0; words * 2],
            lower: String::new(),
            bins: [u32::MAX; BINS],
            before: [0; 2],
            running: 0,
        }
    }

    /// Counts the words of a piece of the text.
    pub(in crate::parse) fn add(&mut self, text: &str) {
        if self.running >= READ {
            return;
        }
        self.each_word(text, |census, key, word| {
            if census.running == READ {
                return;
            }
            census.sample(key);
            let is_early = census.running < LEAD;
            census.running += 1;
            census.enter(key, word, 1, is_early);
        });
    }

    pub(super) fn add_title(&mut self, title: &str) {
        self.each_word(title, |census, key, word| census.enter(key, word, IN_TITLE, false));
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

    fn each_word(&mut self, text: &str, mut each: impl FnMut(&mut Self, u64, &[u8])) {
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        lower.push_str(text);
        lower.make_ascii_lowercase();
        // Eight bytes can be read from wherever a word begins.
        lower.push_str("\0\0\0\0\0\0\0\0");
        let bytes = lower.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            let mut all = GAP;
            for &byte in &bytes[start..] {
                let class = CLASSES[usize::from(byte)];
                if class == GAP {
                    break;
                }
                all |= class;
                at += 1;
            }
            if all == BEYOND {
                split(&lower[start..at], |word| each(self, hash(word), word));
            } else if (2..=LONGEST).contains(&(at - start)) {
                each(self, hash_at(bytes, start, at), &bytes[start..at]);
            }
            at += 1;
        }
        self.lower = lower;
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

    fn enter(&mut self, key: u64, word: &[u8], worth: u16, is_early: bool) {
        let mask = self.table.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            match self.table[slot] {
                0 => break,
                place => {
                    let known = &mut self.words[usize::from(place) - 1];
                    if known.key == key {
                        known.count = known.count.saturating_add(worth);
                        return;
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
        if self.words.len() * 2 >= self.table.len() {
            return;
        }
        let at = self.letters.len() as u32;
        self.letters.extend_from_slice(word);
        let (length, letters) = (word.len() as u8, letters(word));
        self.words.push(Word { key, at, length, letters, count: worth + u16::from(is_early) });
        self.table[slot] = self.words.len() as u16;
    }
}

const GAP: u8 = 0;
const WITHIN: u8 = 1;
/// Whatever is beyond ASCII may belong to a word; with [`WITHIN`], so that a word with any of it has this sum.
const BEYOND: u8 = 3;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = if (byte as u8).is_ascii_alphanumeric() { WITHIN } else { GAP };
        byte += 1;
    }
    classes
};

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
    let mut bytes = word.to_vec();
    bytes.extend([0; 8]);
    hash_at(&bytes, 0, word.len())
}

/// The hash of the word from `start` to `end`, behind which at least seven more bytes stand.
#[inline]
fn hash_at(bytes: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = (end - start) as u64;
    let mut at = start;
    while at < end {
        let eight = bytes[at..].first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
        let foreign = 8_usize.saturating_sub(end - at) as u32 * 8;
        hash = mixed(hash.rotate_left(32) ^ (eight & (u64::MAX >> foreign)));
        at += 8;
    }
    hash
}

/// The last steps of `SplitMix64` (Steele, Lea and Flood, 2014), one round less.
#[inline]
fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
