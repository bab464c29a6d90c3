//! Text that Markdown must not take for more than text.
//!
//! Signs that mean something anywhere are escaped everywhere, those of blocks only where a block could begin.

use crate::base::html::referenced;
use crate::base::tags::Tag;

/// Appends the text of some HTML without tags, with single spaces. The current line begins at the byte `line` of
/// `out`, behind its prefix.
pub(super) fn text_into(out: &mut String, line: usize, html: &str) {
    let mut was_space = out.ends_with(char::is_whitespace) || out.is_empty();
    let mut rest = html;
    while let Some((c, is_reference, behind)) = next(rest) {
        if c.is_ascii_whitespace() {
            if !was_space {
                out.push(' ');
            }
        } else {
            let is_sign = if c == '&' { is_reference && is_name(behind) } else { is_sign(c) };
            if is_sign || begins_block(c, &out[line..], behind) || (c == '^' && out.ends_with('[')) {
                out.push('\\');
            }
            out.push(c);
        }
        was_space = c.is_ascii_whitespace();
        rest = behind;
    }
}

/// The first character, whether it is written as one of the references that we write, and what stands behind it.
/// Other references mean the same in Markdown.
fn next(html: &str) -> Option<(char, bool, &str)> {
    let reference = referenced(html).map(|(c, behind)| (c, true, behind));
    reference.or_else(|| html.chars().next().map(|c| (c, false, &html[c.len_utf8()..])))
}

/// The characters of an attribute's value, each with whether it is a `&` that would begin a reference if it stood there
/// as it is.
pub(super) fn characters(html: &str) -> impl Iterator<Item = (char, bool)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let (c, is_reference, behind) = next(rest)?;
        rest = behind;
        Some((c, c == '&' && is_reference && is_name(behind)))
    })
}

fn is_sign(c: char) -> bool {
    matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~')
}

/// Whether a text would be a reference behind a `&`.
fn is_name(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| end > 0 && text[end..].starts_with(';'))
}

/// Appends the text of an element that stays HTML within a line, where Markdown still reads it.
pub(super) fn inline_text_into(out: &mut String, html: &str) {
    for c in html.chars() {
        if is_sign(c) {
            out.extend(["&#", &u32::from(c).to_string(), ";"]);
        } else {
            out.push(c);
        }
    }
}

/// Appends the text of an element that stays HTML as a block. A `<` in it begins no tag.
pub(super) fn block_text_into(out: &mut String, html: &str) {
    out.push_str(&html.replace('<', "&lt;"));
}

/// Appends a tag that stays HTML, in the form in which Markdown takes it for one (`CommonMark`, section 6.6): on one
/// line, with values in quotes. What has no such form is left out.
pub(super) fn tag_into(out: &mut String, tag: &Tag<'_>) {
    let is_name = |name: &str, more: &[u8]| {
        let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
        name.bytes().all(is_fine) && !name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'))
    };
    if !is_name(tag.name, b"-") {
        return;
    }
    out.extend([if tag.is_end { "</" } else { "<" }, tag.name]);
    let attributes = tag.attributes.iter().filter(|_| !tag.is_end);
    for attribute in attributes.filter(|attribute| is_name(attribute.name, b"_:.-")) {
        out.extend([" ", attribute.name]);
        let value = tag.text_of(attribute).replace(['\n', '\r'], " ");
        if !value.is_empty() {
            out.extend(["=\"", &value.replace('"', "&quot;"), "\""]);
        }
    }
    // Within pictures and formulas, it is an end tag as well.
    out.push_str(if tag.source.ends_with("/>") { "/>" } else { ">" });
}

/// The most digits that the number of a list has.
const MOST_DIGITS: usize = 9;

/// Whether a character, with what stands before it in its line and what may be all of the rest, could begin a
/// block: a list, heading, quote, table or rule.
fn begins_block(c: char, before: &str, rest: &str) -> bool {
    let is_apart = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_whitespace());
    match c {
        '.' | ')' => {
            matches!(before.len(), 1..=MOST_DIGITS)
                && before.bytes().all(|byte| byte.is_ascii_digit())
                && is_apart(rest)
        }
        _ if !before.is_empty() => false,
        '>' | '=' | '|' => true,
        '+' => is_apart(rest),
        '-' | ':' => is_apart(rest) || rest.starts_with(['-', ':']),
        '#' => is_apart(rest.trim_start_matches('#')),
        _ => false,
    }
}

/// A run of code between as many backticks as it needs.
pub(super) fn code(code: &str) -> String {
    let code = code.replace('\n', " ");
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let is_blank = code.trim_matches(' ').is_empty();
    let is_odd =
        code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    let space = if is_odd && !is_blank { " " } else { "" };
    format!("{ticks}{space}{code}{space}{ticks}")
}
