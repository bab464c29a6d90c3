//! Names that can stand in an address.
//!
//! A slug is one path segment. Slugs keep the script of the name they come from, because a reader of Japanese
//! can read `/tags/東京/` and cannot read a transliteration made for somebody else; only Latin letters lose
//! their accents.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::fingerprint::Fingerprint;

/// How letters outside ASCII are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SlugStyle {
    /// Letters of every script are kept; only Latin letters lose their accents.
    #[default]
    Unicode,
    /// Everything is transliterated to ASCII.
    Ascii,
}

/// The longest slug that is made from a name, in characters.
const LONGEST: usize = 120;

/// The same in bytes; file systems stop at 255.
const MOST_BYTES: usize = 200;

/// Makes a slug from a name. It is never empty: a name without a letter or digit gets a fingerprint.
pub fn slugify(name: &str, style: SlugStyle) -> String {
    // Letters of ASCII are composed as they are, and to find that out for each of them takes longer than all
    // the rest.
    let slug = if name.is_ascii() { joined(name.chars(), style) } else { joined(name.nfc(), style) };
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        format!("x-{}", Fingerprint::of_bytes(name.as_bytes()).short())
    } else {
        slug.to_owned()
    }
}

/// The letters of a name with hyphens for all else.
fn joined(name: impl Iterator<Item = char>, style: SlugStyle) -> String {
    let mut slug = String::with_capacity(LONGEST);
    let mut gap = false;
    // Whether the name goes on without a gap, so that a sign belongs to it: `C++`, but not `a + b`.
    let mut within = false;
    for c in name {
        match c {
            '\'' | '’' | '‘' => {}
            // Joiners only tell how letters are set.
            '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => {}
            '+' | '#' if within => {
                slug.push_str(if c == '+' { "-plus" } else { "-sharp" });
                gap = true;
            }
            c if c.is_alphanumeric() || (is_combining_mark(c) && !gap) => {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                (gap, within) = (false, true);
                push_letter(&mut slug, c, style);
            }
            _ => (gap, within) = (true, false),
        }
        if slug.len() > MOST_BYTES {
            break;
        }
    }
    slug.truncate(end_of_words(&slug));
    slug
}

/// Where the last word ends that fits into a slug; if it is half of the slug, where its last letter ends.
fn end_of_words(slug: &str) -> usize {
    let fits = |(_, (at, c)): &(usize, (usize, char))| *at + c.len_utf8() <= MOST_BYTES;
    let mut ends = slug.char_indices().enumerate().take(LONGEST).take_while(fits);
    let end = ends.by_ref().last().map_or(0, |(_, (at, c))| at + c.len_utf8());
    if end == slug.len() || slug[end..].starts_with('-') {
        return end;
    }
    let last_gap = slug[..end].rfind('-').filter(|&at| at > end / 2);
    let is_whole = |at: &usize| !slug[*at..].starts_with(is_behind) && !slug[..*at].ends_with(is_before);
    let places = slug[..end].char_indices().rev().map(|(at, _)| at);
    last_gap.or_else(|| [end].into_iter().chain(places).find(is_whole)).unwrap_or(end)
}

/// Whether a letter belongs to the one before it: a mark, or a vowel of Thai and Lao.
fn is_behind(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{eb0}' | '\u{eb2}' | '\u{eb3}')
}

/// Whether a letter belongs to the one behind it: a vowel of Thai and Lao.
fn is_before(c: char) -> bool {
    matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}')
}

fn push_letter(slug: &mut String, c: char, style: SlugStyle) {
    if c.is_ascii() {
        slug.push(c.to_ascii_lowercase());
    } else if style == SlugStyle::Ascii || is_latin(c) {
        slug.extend(ascii_of(c));
    } else {
        slug.extend(c.to_lowercase());
    }
}

/// The id of a heading: its text in small letters, with a hyphen for each blank and without punctuation.
///
/// That is the rule of GitHub, which Jekyll (<https://github.com/kramdown/parser-gfm>) and Hugo share, so that links
/// to headings of an archive that was made for one of these lead there still. It takes hyphens as they come: `Q & A`
/// is `q--a`. A heading without a letter or digit gets the id that [`slugify`] makes.
pub fn anchor(text: &str, style: SlugStyle) -> String {
    let mut id = String::with_capacity(text.len());
    for c in composed(text.trim()).chars() {
        match c {
            ' ' | '-' => id.push('-'),
            c if !is_word(c) => {}
            c if style == SlugStyle::Ascii && !c.is_ascii() => id.extend(ascii_of(c)),
            c => id.extend(c.to_lowercase()),
        }
    }
    if id.is_empty() { slugify(text, style) } else { id }
}

/// Whether a character is one of a word (UTS #18, `\p{Word}`): a letter, a mark, a digit or a sign that joins words.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '_' | '\u{203f}' | '\u{2040}' | '\u{2054}')
}

/// The small letters and digits of ASCII that stand for a letter.
pub(super) fn ascii_of(c: char) -> impl Iterator<Item = char> {
    let ascii = any_ascii::any_ascii_char(c).chars();
    ascii.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase())
}

/// Whether a letter beyond ASCII is a Latin one that loses its accent.
pub(super) fn is_latin(c: char) -> bool {
    matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// A name with its letters composed (NFC): two that look the same are the same.
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

/// Checks that a hand-written slug is one path segment that every file system can hold.
pub fn is_segment(slug: &str) -> bool {
    !slug.is_empty()
        && slug.len() <= 200
        && !slug.starts_with('.')
        && slug.trim() == slug
        && !slug.contains(|c: char| {
            c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, unicode: &str, ascii: &str) {
        assert_eq!(slugify(name, SlugStyle::Unicode), unicode, "{name}");
        assert_eq!(slugify(name, SlugStyle::Ascii), ascii, "{name}");
    }

    #[test]
    fn slugs_are_readable_in_any_script() {
        check("The keeper's second  Notebook!", "the-keepers-second-notebook", "the-keepers-second-notebook");
        check("Überraschung in Łódź", "uberraschung-in-lodz", "uberraschung-in-lodz");
        check("Вестник маяка", "вестник-маяка", "vestnik-mayaka");
        check("東京", "東京", "dongjing");
        check("हिन्दी", "हिन्दी", "hindi");
        check("C++", "c-plus-plus", "c-plus-plus");
        check("C#", "c-sharp", "c-sharp");
        check("C++11 + C#", "c-plus-plus-11-c-sharp", "c-plus-plus-11-c-sharp");
        check("The Review, Issue #5", "the-review-issue-5", "the-review-issue-5");
        check("a + b", "a-b", "a-b");
        check("Surplus + x ++", "surplus-x", "surplus-x");
        check("## A", "a", "a");
        check("R&D / 2.0", "r-d-2-0", "r-d-2-0");
        check("--a--", "a", "a");
    }

    #[test]
    fn joiners_are_no_gaps() {
        check("র\u{200d}্যাব", "র্যাব", "ryab");
        check("می\u{200c}شود", "میشود", "myshwd");
        check("Schiff\u{ad}fahrt", "schifffahrt", "schifffahrt");
    }

    #[test]
    fn long_slugs_end_with_a_word() {
        let slug = |name: &str| slugify(name, SlugStyle::Unicode);
        assert_eq!(slug(&"abc ".repeat(100)), ["abc"; 30].join("-"));
        assert_eq!(slug(&"a".repeat(300)), "a".repeat(120));
        assert_eq!(slug(&"हिन्दी ".repeat(30)), ["हिन्दी"; 10].join("-"));
        assert_eq!(slug(&"में".repeat(60)), "में".repeat(22));
        assert_eq!(slug(&"ไทย".repeat(60)), "ไทย".repeat(22));
        assert_eq!(slug(&"aกา".repeat(60)), "aกา".repeat(28) + "a");
        assert_eq!(slug(&"aแก".repeat(60)), "aแก".repeat(28) + "a");
        assert_eq!(slug(&"東京 ".repeat(60)), ["東京"; 28].join("-"));
    }

    #[test]
    fn a_name_without_letters_still_gets_a_slug() {
        assert_eq!(slugify("!!!", SlugStyle::Unicode), slugify("!!!", SlugStyle::Ascii));
        assert!(slugify("…", SlugStyle::Unicode).starts_with("x-"));
        assert!(slugify("", SlugStyle::Unicode).starts_with("x-"));
    }

    #[test]
    fn ids_of_headings_are_those_of_github() {
        for (text, unicode, ascii) in [
            ("Q & A", "q--a", "q--a"),
            ("What's new in v1.2?", "whats-new-in-v12", "whats-new-in-v12"),
            ("C++ and C#", "c-and-c", "c-and-c"),
            ("snake_case, and a - b", "snake_case-and-a---b", "snake_case-and-a---b"),
            (" Über uns ", "über-uns", "uber-uns"),
            ("u\u{308}ber", "über", "uber"),
            ("Маяк № 5", "маяк--5", "mayak--5"),
            ("हिन्दी", "हिन्दी", "hindi"),
        ] {
            assert_eq!(anchor(text, SlugStyle::Unicode), unicode, "{text}");
            assert_eq!(anchor(text, SlugStyle::Ascii), ascii, "{text}");
        }
        assert!(anchor("…", SlugStyle::Unicode).starts_with("x-"));
    }

    #[test]
    fn segments_cannot_leave_their_folder() {
        for bad in ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a\0", " a"] {
            assert!(!is_segment(bad), "{bad:?}");
        }
        assert!(is_segment("a.b"));
        assert!(is_segment("東京"));
    }
}
