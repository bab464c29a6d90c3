//! Prices and names are no formulas.
//!
//! "between $11K-$38K" has the form of a formula, `$11K-$`, and so has "A$AP and Ke$ha". Pandoc's rule is that a dollar
//! sign before a digit never closes a formula. Here it does not close one before a letter either, except in `$n$th`,
//! and it does not open one behind a letter or digit. The parser knows no such rule. So a dollar sign that would open a
//! false formula is replaced by another character of one byte before the text is parsed, and put back afterwards.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::events::options;
use super::masks;
use crate::base::bytes;
use crate::config;

/// How often a text is parsed in search of false formulas, at most. Each round hides all that it finds. Another round
/// is needed only for those that stood inside of them.
const ROUNDS: usize = 8;

/// The text with such dollar signs masked, if it has any.
pub(super) fn mask(source: &str, markdown: config::Markdown) -> Option<String> {
    let has_any = bytes::any(source.as_bytes(), |byte| byte == b'$');
    if !markdown.math || !has_any || !may_be_false(source) {
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

/// Whether a text may have a false formula. It needs two dollar signs, of which the second stands before a letter or
/// digit, or the first behind one and before what can begin a formula.
fn may_be_false(source: &str) -> bool {
    let opens = |c: char| !c.is_whitespace() && !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '$');
    let mut signs = source.match_indices('$').map(|(at, _)| around(source, at..at + 1)).peekable();
    let mut is_first = true;
    while let Some((before, after)) = signs.next() {
        let closes_none = !is_first && is_word(after);
        let opens_none = signs.peek().is_some() && is_word(before) && after.is_some_and(opens);
        if closes_none || opens_none {
            return true;
        }
        is_first = false;
    }
    false
}

fn false_formulas(text: &str, markdown: config::Markdown) -> Vec<usize> {
    Parser::new_ext(text, options(markdown))
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::InlineMath(_)))
        .filter(|(_, range)| {
            let (before, after) = around(text, range.clone());
            // `CO$_2$` and `5$^\circ$` are written so.
            let is_joined = text[range.start + 1..].starts_with(['_', '^', '\\']);
            !is_joined && (is_word(before) || is_word(after) && !is_ending(&text[range.end..]))
        })
        .map(|(_, range)| range.start)
        .collect()
}

/// The characters before and behind some bytes.
fn around(text: &str, range: Range<usize>) -> (Option<char>, Option<char>) {
    (text[..range.start].chars().next_back(), text[range.end..].chars().next())
}

/// Whether a text begins with an ending that formulas can have: the `$n$th`, the `$x$s`.
fn is_ending(text: &str) -> bool {
    let rest = ["th", "st", "nd", "rd", "s"].iter().find_map(|ending| text.strip_prefix(ending));
    rest.is_some_and(|rest| !is_word(rest.chars().next()))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_false_formulas_are_masked() {
        for (text, expected) in [
            ("She earned $5m with A$AP Rocky and Ke$ha.", "She earned ?5m with A?AP Rocky and Ke$ha."),
            ("$HOME/bin:$PATH", "?HOME/bin:$PATH"),
            ("($AAPL)-($TSLA)", "(?AAPL)-($TSLA)"),
            ("g$h$i", "g?h$i"),
            ("$5–$10, A$7, **$5** and **$6**", "?5–?10, A?7, **?5** and **$6**"),
            ("($A), ($B), ($C), ($D), ($E), ($F)", "(?A), (?B), (?C), (?D), (?E), ($F)"),
            ("$x$, ($y$) and $z$-axis", "$x$, ($y$) and $z$-axis"),
            ("the $n$th and $k$thing", "the $n$th and ?k$thing"),
            ("the $x$s of CO$_2$, 10$\\mu$m, 5$^\\circ$C", "the $x$s of CO$_2$, 10$\\mu$m, 5$^\\circ$C"),
            ("5 $ and $6", "5 $ and $6"),
        ] {
            let masked = mask(text, config::Markdown::default()).unwrap_or_else(|| text.to_owned());
            assert_eq!(masked.replace(masks::DOLLAR, "?"), expected);
        }
    }
}
