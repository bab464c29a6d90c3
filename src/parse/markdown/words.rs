//! Counts words.

/// A count that goes on over the pieces of a text: `don`, `’`, `t` are one word.
#[derive(Debug, Default)]
pub(super) struct Words {
    count: u32,
    in_word: bool,
}

impl Words {
    /// Counts the words of the next piece of text.
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                self.count += u32::from(!self.in_word);
                self.in_word = true;
            } else if c.is_whitespace() {
                self.in_word = false;
            } else if !c.is_ascii() {
                self.add_letter(c);
            }
        }
    }

    /// Ends the word, if one is open.
    pub(super) fn gap(&mut self) {
        self.in_word = false;
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    fn add_letter(&mut self, c: char) {
        if has_no_spaces(c) {
            self.count += 1;
            self.in_word = false;
        } else if c.is_alphanumeric() {
            self.count += u32::from(!self.in_word);
            self.in_word = true;
        } else if matches!(c, '–' | '—' | '…') {
            self.in_word = false;
        }
    }
}

/// Whether a letter belongs to a script that puts no spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0e30}' | '\u{0e81}'..='\u{0eb0}' | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn check(pieces: &[&str], expected: u32) {
        let mut words = Words::default();
        pieces.iter().for_each(|piece| words.add(piece));
        assert_eq!(words.count(), expected, "{pieces:?}");
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
    }
}
