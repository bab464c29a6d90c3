//! Finds the place in front matter of a value that a later stage has found to be wrong.
//!
//! The file is read again for that, which happens only if there is something to report.

use super::matter::{Keys, Step};
use super::report::Places;
use super::text;
use crate::base::diag::{Meant, Place};

/// The places of values, or of words in them. For a value that is not there, it is the place of the nearest
/// key above.
pub fn places(text: &str, all: &[Meant]) -> Vec<Option<Place>> {
    let Some((text, keys)) = front(text) else { return vec![None; all.len()] };
    let places = Places::new(text);
    let place = |meant: &Meant| {
        let path: Vec<Step<'_>> =
            meant.keys.iter().map(|key| key.parse().map_or(Step::Key(key), Step::Item)).collect();
        let found = keys.find_word(&path, &meant.word);
        Some(places.of(found.start, found.end))
    };
    all.iter().map(place).collect()
}

/// The text without a byte-order mark, and the keys of its front matter.
fn front(text: &str) -> Option<(&str, Keys<'_>)> {
    let text = text::decode(text.as_bytes()).ok()?;
    let (format, range) = text::split(text).ok()?.front?;
    let before = text.get(..range.start)?;
    let fence = before.len() - before.trim_start().len();
    Some((text, Keys::new(format, text.get(range.clone())?, range.start).below(fence)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, keys: &[&str], word: &str, expected: (u32, u32, u32)) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let found = places(text, &[Meant { keys, word: word.to_owned() }])[0].unwrap();
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
        check("\n\n---\ntags: [sea]\n---\n", &["tags"], "sea", (4, 8, 3));
        check("\n\n---\ntags: [sea]\n---\n", &["index"], "", (3, 1, 3));
        check("+++\n[taxonomies]\ntags = ['sea']\n+++\n", &["tags"], "sea", (3, 10, 3));
        check("---\npermalink: /a/\n---\n", &["aliases"], "/a/", (2, 12, 3));
        check("+++\ntitle = 'x'\ntags = ['y', 'x']\n+++\n", &["tags"], "x", (3, 15, 1));
    }
}
