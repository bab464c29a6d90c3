//! Counts words, and cuts a text after so many of them.

use super::bytes::{BITS, bits};

/// A count that goes on over the pieces of a text: `don`, `’`, `t` are one word.
#[derive(Debug, Default)]
pub struct Words {
    count: u32,
    /// 1 within a word, otherwise 0.
    in_word: u32,
}

impl Words {
    /// Counts the words of the next piece of text.
    pub fn add(&mut self, text: &str) {
        if text.is_ascii() {
            let (blocks, rest) = text.as_bytes().as_chunks::<BITS>();
            blocks.iter().for_each(|block| self.add_block(block));
            if !rest.is_empty() {
                // What neither begins nor ends a word changes nothing.
                let mut block = [0; BITS];
                block[..rest.len()].copy_from_slice(rest);
                self.add_block(&block);
            }
        } else {
            for c in text.chars() {
                self.add_kind(kind_of(c));
            }
        }
    }

    /// Without a branch, because no processor can guess where words end, and every character of every article
    /// comes here.
    ///
    /// "Within a word" is computed like the carry of an addition: a letter generates it, a gap stops it, and
    /// any other sign passes it on.
    fn add_block(&mut self, block: &[u8; BITS]) {
        let letters = bits(block, |byte| byte.is_ascii_alphanumeric());
        let hand_on = !bits(block, |byte| byte.is_ascii_whitespace());
        let (sum, first) = hand_on.overflowing_add(letters);
        let (sum, second) = sum.overflowing_add(u64::from(self.in_word));
        let within = sum ^ hand_on ^ letters;
        self.count += (letters & !within).count_ones();
        self.in_word = u32::from(first | second);
    }

    fn add_kind(&mut self, kind: Kind) {
        let (begins, ends) = (u32::from(kind.begins), u32::from(kind.ends));
        self.count += begins & ((self.in_word ^ 1) | ends);
        self.in_word = (self.in_word | begins) & (ends ^ 1);
    }

    /// Ends the word, if one is open.
    pub fn gap(&mut self) {
        self.in_word = 0;
    }

    /// How many words there are so far.
    pub fn count(&self) -> u32 {
        self.count
    }
}

/// The first `most` words of a text with an ellipsis, or `None` if it has no more than these.
pub fn first(text: &str, most: u32) -> Option<String> {
    let mut words = Words::default();
    let mut letter = [0; 4];
    let begins_too_late = |(_, c): &(usize, char)| {
        words.add(c.encode_utf8(&mut letter));
        words.count() > most
    };
    let (end, _) = text.char_indices().find(begins_too_late)?;
    let kept = text[..end].trim_end();
    if most == 0 || ends_sentence(kept) {
        return Some(kept.to_owned());
    }
    let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric());
    Some(format!("{kept}…"))
}

/// Whether a text ends where a sentence does, so that nothing is missing from what is left of it.
pub fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '“', '’', '»', '«', ')', ']', '」', '』', '）'];
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔'])
}

/// What a character means for the words around it. One that does neither is within a word if it comes behind
/// a letter: `don't`, `3.14`.
#[derive(Clone, Copy)]
struct Kind {
    /// A word begins with it, unless it is in one.
    begins: bool,
    /// A word ends with it.
    ends: bool,
}

const LETTER: Kind = Kind { begins: true, ends: false };
const GAP: Kind = Kind { begins: false, ends: true };
const SIGN: Kind = Kind { begins: false, ends: false };

fn kind_of(c: char) -> Kind {
    match c {
        c if c.is_ascii_alphanumeric() => LETTER,
        c if c.is_ascii_whitespace() => GAP,
        c if c.is_ascii() => SIGN,
        '–' | '—' | '…' => GAP,
        c if c.is_whitespace() => GAP,
        c => Kind { begins: c.is_alphanumeric(), ends: has_no_spaces(c) },
    }
}

/// Whether a letter belongs to a script that puts no spaces between words: Chinese, Japanese, Thai, Lao,
/// Burmese, Khmer.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0e30}' | '\u{0e81}'..='\u{0eb0}' | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::{Words, first};

    fn check(pieces: &[&str], expected: u32) {
        let mut words = Words::default();
        for piece in pieces {
            words.add(piece);
        }
        assert_eq!(words.count(), expected, "{pieces:?}");
    }

    #[test]
    fn texts_are_cut_after_a_number_of_words() {
        let check = |text: &str, most: u32, expected: Option<&str>| {
            assert_eq!(first(text, most).as_deref(), expected, "{text} / {most}");
        };
        check("One two, (three).", 3, None);
        check("One two, (three).", 2, Some("One two…"));
        check("Don't stop – now", 1, Some("Don't…"));
        check("Don't stop", 0, Some(""));
        check("One two. Three four", 2, Some("One two."));
        check("“One two.” Three four", 2, Some("“One two.”"));
        check("東京タワー", 2, Some("東京…"));
        check("", 0, None);
    }

    #[test]
    fn words_are_counted() {
        check(&["one two  three"], 3);
        check(&["don", "’", "t stop"], 2);
        check(&["a – b — c, d..."], 4);
        check(&["well-known 3.14 x/y"], 3);
        check(&["東京タワー is tall"], 7);
        check(&["Überraschung über Łódź"], 3);
        check(&["…", " – "], 0);
        // Longer than what is counted at once, and in pieces that end within words.
        let text = "it's 3.14 o'clock, and—no: and – no; ".repeat(9);
        check(&[&text], 63);
        let text = text.replace(['—', '–'], " ");
        for at in 0..text.len() {
            if let Some((before, after)) = text.split_at_checked(at) {
                check(&[before, after], 63);
            }
        }
    }
}
