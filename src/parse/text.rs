//! Bytes to text, and text to front matter and body.
//!
//! A byte-order mark is dropped; line ends stay as they are, unless all of them are carriage returns. The front matter is only found here, not read.

use std::borrow::Cow;
use std::ops::Range;

use super::matter::lost;
use crate::base::bytes;
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::html::{first_forbidden, is_allowed};

/// The language that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

/// The parts of a file, as byte ranges of its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// The front matter without its fences.
    pub(super) front: Option<(Format, Range<usize>)>,
    /// Where the body begins.
    pub(super) body: usize,
}

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))
}

fn not_utf8(bytes: &[u8], at: usize) -> Diagnostic {
    let (before, bad) = bytes.split_at(at);
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = before.split(|&byte| byte == b'\n').count();
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    let message = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16, not UTF-8".to_owned(),
        _ => format!("the file is not UTF-8: byte {} is 0x{:02X}", at + 1, bad.first().copied().unwrap_or(0)),
    };
    Diagnostic::new(Rule::NotUtf8, message)
        .at(Place { line: line as u32, column: column as u32, width: 1 })
        .hint("save it with the encoding UTF-8")
}

/// The text with line ends that all who read it know: a file of an old Mac has nothing but carriage returns.
pub(super) fn with_lines(text: &str) -> Cow<'_, str> {
    let has = |sign| bytes::any(text.as_bytes(), |byte| byte == sign);
    if has(b'\n') || !has(b'\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\r', "\n"))
}

/// The text without characters that HTML does not allow, and a diagnostic about them. A NUL becomes U+FFFD
/// (as in Markdown), a form feed or vertical tab a space.
pub(super) fn without_controls(text: &str) -> (Cow<'_, str>, Option<Diagnostic>) {
    let Some(first) = first_forbidden(text) else {
        return (Cow::Borrowed(text), None);
    };
    let instead = |c: char| match c {
        '\0' => Some('\u{fffd}'),
        '\u{b}' | '\u{c}' => Some(' '),
        c => Some(c).filter(|&c| is_allowed(c)),
    };
    let more = text[first..].chars().filter(|&c| !is_allowed(c)).count() - 1;
    let more = if more == 0 { String::new() } else { format!(", and {more} more in this file") };
    let c = text[first..].chars().next().unwrap_or_default();
    let (kind, code) = (if c.is_ascii() { "control character" } else { "noncharacter" }, u32::from(c));
    let diagnostic = Diagnostic::new(
        Rule::ControlCharacter,
        format!("there is a {kind} here, U+{code:04X}, which HTML does not allow{more}"),
    );
    let diagnostic = diagnostic.at(Place::of(text, first, first + c.len_utf8())).hint("take it out");
    (Cow::Owned(text.chars().filter_map(instead).collect()), Some(diagnostic))
}

/// Removes control characters from a value that may have contained them as escapes.
pub(super) fn clean(text: String) -> String {
    if first_forbidden(&text).is_some() { without_controls(&text).0.into_owned() } else { text }
}

/// Whether a reference means a character that HTML does not allow.
pub(super) fn is_forbidden(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| !is_allowed(c)) && chars.next().is_none()
}

/// Splits front matter and body. A fence must be the first line of the file, or the first that is not blank if what
/// follows is certainly front matter and no text; the next fence ends it.
pub(super) fn split(text: &str) -> Result<Parts, Diagnostic> {
    let first = line_at(text, blank_lines(text));
    let (format, fence) = match text[first.clone()].trim_end() {
        "---" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        _ => return lost::find(text).map_or(Ok(Parts { front: None, body: 0 }), Err),
    };
    // Below a blank line, `---` may be a rule.
    if first.start > 0 && lost::find(text).is_none() {
        return Ok(Parts { front: None, body: 0 });
    }
    let mut at = first.end;
    while at < text.len() {
        let line = line_at(text, at);
        let content = text[line.clone()].trim_end();
        if content == fence || (format == Format::Yaml && content == "...") {
            let front = first.end..line.start;
            let second = lost::find_second(text, &front, line.end);
            return second.map_or(Ok(Parts { front: Some((format, front)), body: line.end }), Err);
        }
        at = line.end;
    }
    Err(Diagnostic::new(Rule::FrontMatter, "the front matter is not closed")
        .at(Place::of(text, first.start, first.start + fence.len()))
        .hint(format!("end it with a line of `{fence}`")))
}

/// Where the first line begins that is not blank.
fn blank_lines(text: &str) -> usize {
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    blank.map(str::len).sum()
}

/// The line that begins at an offset, with its end.
fn line_at(text: &str, start: usize) -> Range<usize> {
    start..text[start..].find('\n').map_or(text.len(), |at| start + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, front: Option<&str>, body: &str) {
        let parts = split(text).unwrap();
        assert_eq!(parts.front.map(|(_, range)| &text[range]), front, "{text:?}");
        assert_eq!(&text[parts.body..], body, "{text:?}");
    }

    #[test]
    fn front_matter_is_separated_from_the_body() {
        check("---\na: 1\n---\nText", Some("a: 1\n"), "Text");
        check("---\r\na: 1\r\n---\r\nText", Some("a: 1\r\n"), "Text");
        check("--- \na: 1\n...\n---\n", Some("a: 1\n"), "---\n");
        check("+++\na = 1\n+++", Some("a = 1\n"), "");
        check("---\n---\n", Some(""), "");
        check("Text\n---\n", None, "Text\n---\n");
        check("\n \t\r\n---\na: 1\n---\nText", Some("a: 1\n"), "Text");
        check("\n\n+++\na = 1\n+++\nText", Some("a = 1\n"), "Text");
        check("\n---\n\ntitle: x\n---\n", Some("\ntitle: x\n"), "");
        check("\n---\nText\n---\n", None, "\n---\nText\n---\n");
        check("\n---\n", None, "\n---\n");
        check("\n", None, "\n");
        check("", None, "");
    }

    #[test]
    fn an_open_fence_is_an_error() {
        for text in [
            "---",
            "---\n",
            "---\na: 1\n+++\n",
            "+++\na = 1\n---\n",
            "---\na: 1\n ---\n",
            "\n---\ntitle: x\n----\n",
        ] {
            assert!(split(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn control_characters_are_removed_and_the_first_is_reported() {
        let (text, told) = without_controls("a\n\u{fc}b\u{1b}[1mc\0d\u{c}e\tf\r\n\u{7f}");
        assert_eq!(text, "a\n\u{fc}b[1mc\u{fffd}d e\tf\r\n");
        let told = told.unwrap();
        assert_eq!(told.place, Some(Place { line: 2, column: 3, width: 1 }));
        assert!(told.message.contains("U+001B") && told.message.contains("3 more"), "{}", told.message);
        assert_eq!(without_controls("\u{fc}\t\r\n"), (Cow::Borrowed("\u{fc}\t\r\n"), None));
    }

    #[test]
    fn noncharacters_are_removed() {
        let (text, told) = without_controls("\u{fffd}\u{ff0c}\u{1f600}\u{ffff}a\u{1fffe}\u{fdd0}\u{fdcf}");
        assert_eq!(text, "\u{fffd}\u{ff0c}\u{1f600}a\u{fdcf}");
        let told = told.unwrap();
        assert_eq!(told.place, Some(Place { line: 1, column: 4, width: 1 }));
        assert!(told.message.contains("noncharacter here, U+FFFF"), "{}", told.message);
    }

    #[test]
    fn lines_of_old_macs_are_lines() {
        assert_eq!(with_lines("---\ra: 1\r---\rb"), "---\na: 1\n---\nb");
        for text in ["a\r\nb", "a\nb\rc", "a", ""] {
            assert_eq!(with_lines(text), text);
        }
    }

    #[test]
    fn invalid_utf8_is_located() {
        assert_eq!(decode(b"\xef\xbb\xbfa").unwrap(), "a");
        let place = |bytes: &[u8]| decode(bytes).unwrap_err().place.unwrap();
        assert_eq!(place(b"a\n\xc3\xbcb\xe9"), Place { line: 2, column: 3, width: 1 });
        assert!(decode(b"\xff\xfea\0").unwrap_err().message.contains("UTF-16"));
    }
}
