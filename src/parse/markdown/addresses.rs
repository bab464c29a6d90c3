//! Bare addresses are kept whole.
//!
//! In `https://e.example/_foo_/x` the parser sees emphasis. As on GitHub, what becomes a link is no Markdown, so
//! the signs in it are hidden from the parser. Addresses that Markdown or HTML has a form for are left alone:
//! `[a](https://…)`, `<https://…>`, `[a]: https://…` and `href="https://…"`.

use std::ops::Range;

use super::autolink::{Signs, addresses};
use super::masks;
use crate::base::bytes;
use crate::base::diag::floor_char;

/// The text with the signs in its bare addresses masked, if there are any. `signs` are those of the text.
pub(super) fn mask(source: &str, signs: Signs) -> Option<String> {
    if !signs.has_addresses() {
        return None;
    }
    let mut found = Vec::new();
    let mut done = 0;
    while let Some(at) = next(source, done, signs) {
        let start = source[done..at].rfind(char::is_whitespace).map_or(done, |space| done + space);
        let end = source[at..].find(char::is_whitespace).map_or(source.len(), |length| at + length);
        done = end;
        // Signs in front of the scheme are in no address.
        if source[at..end].contains(is_sign) {
            for (address, _) in addresses(&source[start..end]) {
                found.extend(signs_in(source, start, start + address.start..start + address.end));
            }
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut masked = source.to_owned();
    for at in found {
        let mask = masks::of(char::from(source.as_bytes()[at]));
        masked.replace_range(at..=at, mask.encode_utf8(&mut [0; 4]));
    }
    Some(masked)
}

/// The next place that has the beginning of an address.
fn next(source: &str, mut from: usize, signs: Signs) -> Option<usize> {
    let first = if signs.hosts { *b":w" } else { *b"::" };
    loop {
        let is_first = |byte| bytes::is_one_of(byte, first);
        let at = from + bytes::find(&source.as_bytes()[from..], is_first)?;
        if source[at..].starts_with("://") || source[at..].starts_with("www.") {
            return Some(at);
        }
        from = at + 1;
    }
}

fn is_sign(c: char) -> bool {
    is_delimiter(c) || matches!(c, '[' | ']')
}

fn is_delimiter(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '^' | '$')
}

/// The places of the signs in an address, unless it stands where it is never parsed. `token` is where the text
/// without blanks begins that it stands in.
fn signs_in(source: &str, token: usize, address: Range<usize>) -> Vec<usize> {
    let (before, text) = (&source[..address.start], &source[address.clone()]);
    if has_form(&source[..token], &source[token..address.start]) {
        return Vec::new();
    }
    // `*https://e.example/*` is emphasised, and behind an address there may be a footnote.
    let around = before.chars().next_back().filter(|&c| is_delimiter(c));
    let end = around.and_then(|sign| text.find(sign)).unwrap_or(text.len());
    let text = &text[..text.find("[^").map_or(end, |note| note.min(end))];
    let text = text.trim_end_matches(is_delimiter);
    let is_plain = |&(at, _): &(usize, &str)| !text[..at].ends_with('\\');
    text.match_indices(is_sign).filter(is_plain).map(|(at, _)| address.start + at).collect()
}

/// How far before an address the beginning of a form is looked for.
const LONGEST_FORM: usize = 1000;

/// Whether an address is, or is in, the destination of a link or the value of an attribute. The text before it ends
/// with the `beginning` of its own token.
fn has_form(before: &str, beginning: &str) -> bool {
    let beginning = tail(beginning);
    let is_open =
        |open: &str, close: char| beginning.rfind(open).is_some_and(|at| !beginning[at..].contains(close));
    let is_attribute = ["=\"", "='"].iter().any(|open| beginning.contains(open)) || beginning.ends_with('=');
    if is_attribute || is_open("](", ')') || is_open("<", '>') {
        return true;
    }
    // A definition goes on in the next line, which may be one of a quote.
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let Some(label) = before.strip_suffix("]:") else { return before.ends_with("](") };
    let label = tail(label);
    label.rfind('[').is_some_and(|start| !label[start..].starts_with("[^"))
}

fn tail(text: &str) -> &str {
    &text[floor_char(text, text.len().saturating_sub(LONGEST_FORM))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_signs_in_bare_addresses_are_masked() {
        let check = |text: &str, expected: &str| {
            let masked = mask(text, Signs::of(text, true)).unwrap_or_else(|| text.to_owned());
            let shown = masked.replace(|c: char| c.is_control() && c != '\n', "?");
            assert_eq!(shown, expected, "{text}");
        };
        check("see https://e.example/_foo_/x _y_", "see https://e.example/?foo?/x _y_");
        check("https://e.example/M_(x)_y, *z*", "https://e.example/M?(x)?y, *z*");
        check("www.e.example/~u~/*a*/b^c^d/$e$f", "www.e.example/?u?/?a?/b?c?d/?e?f");
        check("https://e.example/[[y]] [z]", "https://e.example/??y?? [z]");
        check(
            "*https://e.example/_a_* **https://e.example/**",
            "*https://e.example/?a_* **https://e.example/**",
        );
        check("_https://e.example/a_b_", "_https://e.example/a_b_");
        check("https://e.example/a_b[^1] and _c_", "https://e.example/a?b[^1] and _c_");
        check(r"https://e.example/a\_b_c", r"https://e.example/a\_b?c");
        check("[^1]: https://e.example/_a_/", "[^1]: https://e.example/?a?/");
        let long = "字".repeat(2000);
        check(&format!("{long}https://e.example/_a_。"), &format!("{long}https://e.example/?a_。"));
        for kept in [
            "[a](https://e.example/_a_/)",
            "![a]( https://e.example/_a_/ 'b')",
            "[a](<https://e.example/_a_/>)",
            "<https://e.example/_a_/>",
            "[a_b]: https://e.example/_a_/",
            "[a]:\n  <https://e.example/_a_/>",
            "> [a]:\n> https://e.example/a_b",
            "[a]: /web/2020/https://e.example/a_b",
            "[a](/web/2020/https://e.example/a_b)",
            "[a](//web.example/2020/https://e.example/a_b \"t\")",
            "![a](/2020im_/https://e.example/a_b.jpg)",
            "<a href=\"/2020/https://e.example/_a_/\">",
            "<a href=\"https://e.example/_a_/\">",
            "<a href=https://e.example/_a_/>",
            "_a_: b",
            "_a_://",
        ] {
            check(kept, kept);
        }
    }
}
