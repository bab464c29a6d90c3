//! Straight quotes become those of a language.
//!
//! The parser pairs them and gives English ones. It takes a `"` that closes nothing for one that opens, which is wrong
//! behind a word: `7" single`, or the end of a speech that began a paragraph before. As cmark has it, such a one closes.
//! In `rock 'n' roll` it quotes a letter, though the signs are apostrophes.

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::events::Spanned;
use crate::base::bytes;
use crate::parse::quotes::{ENGLISH, Quotes};

/// Sets the quotes in the events of a text. Marks that the author wrote stay.
pub(super) fn set(events: &mut [Spanned<'_>], source: &str, quotes: Quotes) {
    let is_left_alone = quotes.inner == ENGLISH.inner && !quotes.between_letters;
    let signs = if is_left_alone { *b"\"\"" } else { *b"\"'" };
    let has_any = |signs| bytes::any(source.as_bytes(), |byte| bytes::is_one_of(byte, signs));
    let may_be_elided = || has_any(*b"''") && (bytes::contains(source, AND) || has_year(source));
    if !has_any(signs) && !may_be_elided() {
        return;
    }
    let (mut outer, mut inner) = (false, None);
    for (event, range) in events {
        match event {
            Event::Text(text) if text.len() == ENGLISH.outer[0].len() => {
                let before = source[..range.start].chars().next_back().unwrap_or(' ');
                let after = source[range.end..].chars().next().unwrap_or(' ');
                let set = match source.as_bytes().get(range.start) {
                    Some(b'"') => double(text, outer, before, after).map(|opens| {
                        outer = opens;
                        quotes.outer[usize::from(!opens)]
                    }),
                    Some(b'\'') if is_elided(source, range.start) => Some(APOSTROPHE),
                    Some(b'\'') => single(text, inner.is_some(), (before, after), quotes).map(|opens| {
                        let pair = inner.unwrap_or_else(|| for_single(quotes, outer));
                        inner = opens.then_some(pair);
                        pair[usize::from(!opens)]
                    }),
                    _ => None,
                };
                if let Some(quote) = set {
                    *text = CowStr::Borrowed(quote);
                }
            }
            Event::End(TagEnd::Paragraph) => (outer, inner) = (false, None),
            _ => {}
        }
    }
}

/// A short "and".
const AND: &str = "'n'";

const APOSTROPHE: &str = "’";

/// The words before a short "and". Elsewhere, `'n'` quotes a letter.
const BEFORE_AND: [&str; 6] = ["rock", "drum", "fish", "guns", "mac", "salt"];

/// Whether the sign at a place is one of a short "and", or stands for the century of a year.
fn is_elided(source: &str, at: usize) -> bool {
    if is_year(source, at) {
        return true;
    }
    let first = if source[at..].starts_with(AND) { at } else { (at + 1).saturating_sub(AND.len()) };
    let is_and = source.get(first..).is_some_and(|rest| rest.starts_with(AND));
    let before = source.get(..first).unwrap_or_default().trim_end_matches([' ', '-']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_and && BEFORE_AND.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a sign stands before two digits of a year: `'68`, `the '90s`. In `'42'` it quotes a number.
fn is_year(source: &str, at: usize) -> bool {
    let before = source[..at].chars().next_back();
    let mut behind = source[at + 1..].bytes();
    let has_two = behind.by_ref().take(2).filter(u8::is_ascii_digit).count() == 2;
    let is_over = behind.next().is_none_or(|next| !next.is_ascii_digit() && next != b'\'');
    has_two && is_over && !before.is_some_and(char::is_alphanumeric)
}

fn has_year(source: &str) -> bool {
    source.match_indices('\'').any(|(at, _)| is_year(source, at))
}

/// Whether a `"` opens, if the parser made a quote of it.
fn double(text: &str, is_open: bool, before: char, after: char) -> Option<bool> {
    let opens = match ENGLISH.outer.iter().position(|quote| *quote == text)? {
        0 if before.is_whitespace() => true,
        0 if is_caseless(before) => !is_open,
        0 => !before.is_alphanumeric() && !after.is_whitespace(),
        _ => false,
    };
    Some(opens)
}

/// Whether a `'` opens. One that neither opens nor closes is an apostrophe.
fn single(text: &str, is_open: bool, (before, after): (char, char), quotes: Quotes) -> Option<bool> {
    let closes = is_open && !before.is_whitespace() && !after.is_alphanumeric();
    match ENGLISH.inner.iter().position(|quote| *quote == text)? {
        0 => Some(true),
        _ if quotes.between_letters && (is_caseless(before) || is_caseless(after)) => Some(!is_open),
        _ => closes.then_some(false),
    }
}

/// Whether a letter belongs to a script without capitals. In many of these, no blanks stand between words.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// What becomes of a pair of `'`. Corner brackets are hollow only within others.
fn for_single(quotes: Quotes, is_within: bool) -> [&'static str; 2] {
    if quotes.outer[0] == "「" && !is_within { quotes.outer } else { quotes.inner }
}
