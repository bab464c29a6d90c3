//! Style sheets of a theme: imported ones are joined to one file, and comments are removed.
//!
//! A line `@import "base.css";` at the start of a sheet, which names another asset, is replaced by that
//! asset. So themes can share rules, and browsers load one file. Needless white space and semicolons go too.
//! It is no minifier: no rule is rewritten, and what it does not understand is left alone.

use std::collections::BTreeMap;

/// How deep imports may be nested. Deeper ones must be a circle.
const DEEPEST: usize = 8;

/// The sheet `name` with its imports inlined, compact. `sheets` are all assets of the theme.
pub(super) fn bundled(name: &str, sheets: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    match sheets.get(name).map(|bytes| std::str::from_utf8(bytes)) {
        Some(Ok(text)) => compact(&joined(text, sheets, DEEPEST)).into_bytes(),
        _ => sheets.get(name).cloned().unwrap_or_default(),
    }
}

fn joined(text: &str, sheets: &BTreeMap<String, Vec<u8>>, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let import = imported(line).and_then(|name| sheets.get(name));
        match import.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
            Some(inner) if depth > 0 => out.push_str(&joined(inner, sheets, depth - 1)),
            _ => out.push_str(line),
        }
    }
    out
}

fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

/// Removes comments and needless white space.
fn compact(text: &str) -> String {
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
fn quoted(text: &str, quote: char) -> usize {
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

    fn check(sheets: &[(&str, &str)], expected: &str) {
        let sheets: BTreeMap<String, Vec<u8>> =
            sheets.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        assert_eq!(String::from_utf8(bundled("style.css", &sheets)).unwrap(), expected);
    }

    #[test]
    fn imported_style_sheets_are_joined() {
        let base = ("base.css", "p { margin: 0 }\n");
        check(&[base, ("style.css", "@import \"base.css\";\na { color: red; }")], "p{margin:0}a{color:red}");
        check(&[("style.css", "@import \"lost.css\";")], "@import \"lost.css\";");
        check(&[("style.css", "@import \"style.css\";")], "@import \"style.css\";");
    }

    #[test]
    fn only_comments_and_needless_spaces_are_removed() {
        check(
            &[("style.css", "a  :hover ,\n b > c /* d */ e { x : calc(1px + 2px) }")],
            "a :hover,b > c e{x :calc(1px + 2px)}",
        );
        check(
            &[("style.css", "a::before { content: \"/*  \\\"*/ '\"; }/* open")],
            "a::before{content:\"/*  \\\"*/ '\"}",
        );
        check(&[("style.css", "a{}/**//* */ b{}")], "a{}b{}");
    }
}
