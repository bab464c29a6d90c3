//! Where in the front matter of a file something stands that was found wrong after the file was read.
//!
//! It judges nothing. The file is looked through again, which happens only where something is told.

use super::matter::{Keys, Step};
use super::text;
use crate::base::diag::{Meant, Place};

/// The place of a value, or of a word in it; of the nearest key above, if it is not there.
pub fn place(text: &str, meant: &Meant) -> Option<Place> {
    let text = text::decode(text.as_bytes()).ok()?;
    let (format, range) = text::split(text).ok()?.front?;
    let keys = Keys::new(format, text.get(range.clone())?, range.start);
    let path: Vec<Step<'_>> =
        meant.keys.iter().map(|key| key.parse().map_or(Step::Key(key), Step::Item)).collect();
    let found = keys.find_word(&path, &meant.word);
    Some(Place::of(text, found.start, found.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, keys: &[&str], word: &str, expected: (u32, u32, u32)) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let found = place(text, &Meant { keys, word: word.to_owned() }).unwrap();
        assert_eq!((found.line, found.column, found.width), expected, "{word} in {text}");
    }

    #[test]
    fn a_word_is_found_in_its_own_key() {
        let text = "---\ntitle: The sea, sky\ntags: [sea life, sea]\naliases:\n  - /sky/\n  - sea\n\
            source:\n- outlet: A\n  title: B\n- outlet: B\n---\n";
        check(text, &["tags"], "sea", (3, 18, 3));
        check(text, &["tags"], "life", (3, 12, 4));
        check(text, &["aliases"], "/sea/", (6, 5, 3));
        check(text, &["aliases"], "/sky/", (5, 5, 5));
        check(text, &["aliases"], "/elsewhere/", (4, 1, 7));
        check(text, &["source", "1", "outlet"], "B", (10, 11, 1));
        check(text, &["index"], "", (1, 1, 3));
        check("+++\ntitle = 'x'\ntags = ['y', 'x']\n+++\n", &["tags"], "x", (3, 15, 1));
    }
}
