//! Braces at the end of a heading that are text.
//!
//! The parser takes whatever stands in them for attributes, and so `## Sets {1, 2, 3}` would lose its numbers. Only
//! `{#id .class key=value}` has attributes; the braces of all else are hidden from the parser.

use super::masks;
use crate::base::bytes;

/// The text with such braces masked, if it has any.
pub(super) fn mask(source: &str) -> Option<String> {
    if !bytes::contains(source, "{") {
        return None;
    }
    let mut masked: Option<String> = None;
    let mut start = 0;
    let mut lines = source.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(at) = brace(line)
            && (is_heading(line) || lines.peek().is_some_and(|next| is_underline(next)))
        {
            let mask = masks::of('{');
            let masked = masked.get_or_insert_with(|| source.to_owned());
            masked.replace_range(start + at..=start + at, mask.encode_utf8(&mut [0; 4]));
        }
        start += line.len();
    }
    masked
}

/// Where the braces begin that end a line, unless they hold attributes.
fn brace(line: &str) -> Option<usize> {
    let inside = line.trim_end().strip_suffix('}')?;
    let at = inside.rfind('{')?;
    // With a backslash, the parser takes them for text, too.
    if inside[..at].ends_with('\\') || inside.ends_with('\\') {
        return None;
    }
    let mut words = inside[at + 1..].split_whitespace().peekable();
    let is_block = words.peek().is_some() && words.all(is_attribute);
    (!is_block).then_some(at)
}

fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte))
    };
    // Pandoc's `{-}` leaves out a number, which there is none here.
    let is_mark = word == "-" || (word.len() > 1 && word.starts_with(['#', '.']));
    is_mark || word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

fn is_heading(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '>', '-', '*', '+']).starts_with('#')
}

/// Whether a line makes a heading of the one above.
fn is_underline(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '>', '\r', '\n']);
    !line.is_empty() && ["=", "-"].iter().any(|sign| line.trim_start_matches(sign).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_braces_without_attributes_are_masked() {
        for (text, expected) in [
            ("## Sets {1, 2, 3}\n", "## Sets ?1, 2, 3}\n"),
            ("# f{x}", "# f?x}"),
            ("> ## `a` {b}  \r\n", "> ## `a` ?b}  \r\n"),
            ("f{}\n---\n", "f?}\n---\n"),
            ("- # {a} {#b c}\n", "- # {a} ?#b c}\n"),
            ("# a {: .b}", "# a ?: .b}"),
        ] {
            let masked = mask(text).unwrap_or_else(|| text.to_owned());
            assert_eq!(masked.replace(masks::of('{'), "?"), expected, "{text}");
        }
        for kept in [
            "# a {#b}\n",
            "# a {.b #c d=e lang=\"de\"}\n",
            "a\n==\n# b {title=\"c\"} \n",
            "# a {-}\n",
            "# a \\{1, 2\\}\n",
            "{a}\n",
            "fn f() {}\n}\n",
        ] {
            assert_eq!(mask(kept), None, "{kept}");
        }
    }
}
