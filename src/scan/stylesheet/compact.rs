//! Style sheets without comments and needless white space and semicolons.

use super::pieces::{bare_url, is_of_name};

/// Removes comments and needless white space.
pub(super) fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                space(&mut out, rest);
                continue;
            }
            '"' | '\'' => quoted(rest, first),
            'u' | 'U' if !out.ends_with(is_of_name) => bare_url(rest).unwrap_or(1),
            _ if first.is_ascii_whitespace() => {
                rest = rest.trim_ascii_start();
                space(&mut out, rest);
                continue;
            }
            _ => first.len_utf8(),
        };
        if first == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Writes a space, unless the characters around it need none.
fn space(out: &mut String, rest: &str) {
    let needless = |c: char| matches!(c, '{' | '}' | ';' | ',');
    let after = out.chars().next_back().is_none_or(|c| needless(c) || c == ':' || c == ' ');
    let before = rest.chars().next().is_none_or(needless);
    if !after && !before {
        out.push(' ');
    }
}

/// The length of a quoted string. One without an end goes to the end of the sheet.
pub(super) fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_and_needless_spaces_are_removed() {
        let check = |text: &str, expected: &str| assert_eq!(compact(text), expected);
        check(
            "a  :hover ,\n b > c /* d */ e { x : calc(1px + 2px) }",
            "a :hover,b > c e{x :calc(1px + 2px)}",
        );
        check("a::before { content: \"/*  \\\"*/ '\"; }/* open", "a::before{content:\"/*  \\\"*/ '\"}");
        check("a{}/**//* */ b{}", "a{}b{}");
        check("a{b:url(https://e.example/*/x.png)}/* c */\nd{}", "a{b:url(https://e.example/*/x.png)}d{}");
        check("a{b:URL(  'x' /* y */)}", "a{b:URL( 'x' )}");
    }
}
