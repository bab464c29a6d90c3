//! Prices are no formulas.
//!
//! "between $11K-$38K" has the form of a formula, `$11K-$`. As Pandoc has it, a dollar sign before a digit
//! never closes one. The parser has no such rule, so the dollar signs that would open a false formula are
//! hidden from it behind another character of one byte, which the events then lose again.

use pulldown_cmark::{Event, Parser};

use super::events::options;
use super::masks;
use crate::base::bytes;
use crate::config;

/// As often a text is parsed in search of false formulas. Each round hides all that are there, and only what
/// they had hidden themselves needs another one.
const ROUNDS: usize = 4;

/// The text with such dollar signs masked, if it has any.
pub(super) fn mask(source: &str, markdown: config::Markdown) -> Option<String> {
    let is_price = |(at, _)| source.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    // A false formula needs two dollar signs, and a digit behind one that is not the first.
    let has_any = bytes::any(source.as_bytes(), |byte| byte == b'$');
    if !markdown.math || !has_any || !source.match_indices('$').skip(1).any(is_price) {
        return None;
    }
    let mut masked = source.to_owned();
    for _ in 0..ROUNDS {
        let false_ones = false_formulas(&masked, markdown);
        if false_ones.is_empty() {
            break;
        }
        for at in false_ones {
            masked.replace_range(at..=at, masks::DOLLAR.encode_utf8(&mut [0; 4]));
        }
    }
    (masked != source).then_some(masked)
}

fn false_formulas(text: &str, markdown: config::Markdown) -> Vec<usize> {
    let followed_by_digit = |end: usize| text.as_bytes().get(end).is_some_and(u8::is_ascii_digit);
    Parser::new_ext(text, options(markdown))
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::InlineMath(_) if followed_by_digit(range.end) => Some(range.start),
            _ => None,
        })
        .collect()
}
