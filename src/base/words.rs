//! Counts words, and cuts a text after so many of them.

use unicode_normalization::char::is_combining_mark;

use super::bytes::{BITS, bits};
use super::scripts::letters_a_word;

/// A count that goes on over the pieces of a text: `don`, `’`, `t` are one word.
#[derive(Debug, Default)]
pub struct Words {
    count: u32,
    /// 1 within a word, otherwise 0.
    in_word: u32,
    /// How many letters the word has, if its script does not show where it ends.
    run: u32,
    /// How many of the words are single signs of Chinese or Japanese.
    signs: u32,
}

impl Words {
    /// Counts the words of the next piece of text.
    pub fn add(&mut self, text: &str) {
        if text.is_ascii() && self.run == 0 {
            let (blocks, rest) = text.as_bytes().as_chunks::<BITS>();
            blocks.iter().for_each(|block| self.add_block(block));
            if !rest.is_empty() {
                // What neither begins nor ends a word changes nothing.
                let mut block = [0; BITS];
                block[..rest.len()].copy_from_slice(rest);
                self.add_block(&block);
            }
        } else {
            text.chars().for_each(|c| self.add_char(c));
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

    fn add_char(&mut self, c: char) {
        match kind_of(c) {
            Kind::Sign => {}
            Kind::Gap => self.gap(),
            Kind::Letter => {
                self.count += u32::from(self.in_word == 0 || self.run > 0);
                (self.in_word, self.run) = (1, 0);
            }
            Kind::LetterOf(word) if (1..word).contains(&self.run) => self.run += 1,
            Kind::LetterOf(word) => {
                self.count += 1;
                self.signs += u32::from(word == 1);
                (self.in_word, self.run) = (1, 1);
            }
        }
    }

    /// Ends the word, if one is open.
    pub fn gap(&mut self) {
        (self.in_word, self.run) = (0, 0);
    }

    /// How many words there are so far.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// How many of them are single signs of Chinese or Japanese.
    pub fn signs(&self) -> u32 {
        self.signs
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
    let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    Some(format!("{kept}…"))
}

/// Whether a text ends where a sentence does, so that nothing is missing from what is left of it.
pub fn ends_sentence(text: &str) -> bool {
    let closing =
        ['"', '\'', '”', '“', '’', '»', '«', '›', '‹', ')', ']', '」', '』', '）', '】', '》', '〉', '］'];
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', '。', '｡', '！', '？', '．', '؟', '۔', '।', '॥', '։', '።', '။', '។'])
}

/// What a character means for the words around it.
enum Kind {
    /// A word begins with it, unless it is in one.
    Letter,
    /// The same in a script that does not show where words end; so many of its letters count as one.
    LetterOf(u32),
    /// No word goes on behind it.
    Gap,
    /// It is within a word if it comes behind a letter: `don't`, `3.14`.
    Sign,
}

fn kind_of(c: char) -> Kind {
    match c {
        c if c.is_ascii_alphanumeric() => Kind::Letter,
        c if c.is_ascii_whitespace() => Kind::Gap,
        c if c.is_ascii() => Kind::Sign,
        '–' | '—' | '…' => Kind::Gap,
        c if c.is_whitespace() => Kind::Gap,
        c => match letters_a_word(c) {
            Some(_) if is_combining_mark(c) => Kind::Sign,
            Some(letters) if c.is_alphabetic() => Kind::LetterOf(letters),
            _ if c.is_alphanumeric() => Kind::Letter,
            _ => Kind::Sign,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, ends_sentence, first};

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
        check("ที่นี่ที่นี่", 1, Some("ที่นี่ที่…"));
        check("हिन्दी है। बात", 2, Some("हिन्दी है।"));
        check("", 0, None);
    }

    #[test]
    fn sentences_end_in_every_script() {
        for text in
            ["A.", "“A!”", "東。", "「東。」", "《東！》", "है।", "है॥", "է։", "ነው።", "سؤال؟", "ہے۔", "2024 г."]
        {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["A", "A,", "東、", "「東」", "है", ""] {
            assert!(!ends_sentence(text), "{text}");
        }
    }

    #[test]
    fn signs_are_told_from_words() {
        let mut words = Words::default();
        words.add("東京タワー is ตึก");
        assert_eq!((words.count(), words.signs()), (7, 5));
    }

    #[test]
    fn words_are_counted() {
        check(&["one two  three"], 3);
        check(&["don", "’", "t stop"], 2);
        check(&["a – b — c, d..."], 4);
        check(&["well-known 3.14 x/y"], 3);
        check(&["東京タワー is tall"], 7);
        check(&["東京Tower東京"], 5);
        check(&["東", "京", "Tower", " 2"], 4);
        check(&["ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน"], 12);
        check(&["ประเทศไทย ๒๕๖๗"], 4);
        check(&["ဆောင်းပါးသစ်"], 3);
        check(&["हिन्दी की बात"], 3);
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
