//! Bytes to text, and text to front matter and body.
//!
//! A byte-order mark is dropped; line ends stay as they are, unless all of them are carriage returns. The front matter is only found here, not read.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::bytes;
use crate::base::diag::{Diagnostic, Place, Rule};

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

/// Whether HTML allows a character: no control characters but tabs and line ends, and no noncharacters.
pub(super) fn is_allowed(c: char) -> bool {
    let is_control = c.is_ascii() && bytes::is_control(c as u8);
    !is_control && !matches!(u32::from(c), 0xfdd0..=0xfdef) && u32::from(c) & 0xfffe != 0xfffe
}

/// The place of the first character that HTML does not allow.
fn first_forbidden(text: &str) -> Option<usize> {
    // Of characters that are no control characters, noncharacters begin with one of the highest bytes.
    let is_suspect = |byte: u8| bytes::is_control(byte) | byte.ge(&0xef);
    let mut from = 0;
    loop {
        let at = from + bytes::find(&text.as_bytes()[from..], is_suspect)?;
        let c = text[at..].chars().next()?;
        if !is_allowed(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
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

/// Splits front matter and body. The first line of the file must be a fence; the next fence ends the front
/// matter.
pub(super) fn split(text: &str) -> Result<Parts, Diagnostic> {
    let first = line_at(text, 0);
    let (format, fence) = match text[..first.end].trim_end() {
        "---" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        _ => {
            let fault = misplaced(text).or_else(|| foreign(text));
            return fault.map_or(Ok(Parts { front: None, body: 0 }), Err);
        }
    };
    let mut at = first.end;
    while at < text.len() {
        let line = line_at(text, at);
        let content = text[line.clone()].trim_end();
        if content == fence || (format == Format::Yaml && content == "...") {
            return Ok(Parts { front: Some((format, first.end..line.start)), body: line.end });
        }
        at = line.end;
    }
    Err(Diagnostic::new(Rule::FrontMatter, "the front matter is not closed")
        .at(Place { line: 1, column: 1, width: 3 })
        .hint(format!("end it with a line of `{fence}`")))
}

/// Reports what was meant as front matter but is none, because something stands before it or its fence is
/// wrong. It must not be published as text, least of all that of a draft.
fn misplaced(text: &str) -> Option<Diagnostic> {
    let is_note = |line: &str| line.is_empty() || line.starts_with(['#', '/', '<']);
    let mut lines = text.lines().zip(1..).skip_while(|(line, _)| is_note(line.trim()));
    let (fence, number) = lines.next()?;
    let signs = fence.trim();
    let is_fence = ["---", "+++"].iter().any(|start| signs.starts_with(start))
        && signs.bytes().all(|byte| byte == signs.as_bytes()[0]);
    let (key, _) = lines.next()?.0.split_once([':', '='])?;
    let place = Place { line: number, column: 1, width: fence.chars().count() as u32 };
    (is_fence && is_key(key.trim_end())).then(|| {
        Diagnostic::new(Rule::FrontMatter, "this looks like front matter but is not").at(place).hint(format!(
            "it begins with `{}` on the first line of the file, with nothing before it",
            &signs[..3]
        ))
    })
}

/// Reports the front matter of other generators: a JSON object (Hugo), or lines such as `Title: …` without
/// fences (Pelican).
fn foreign(text: &str) -> Option<Diagnostic> {
    let told =
        |message: &str, hint: &str| Diagnostic::new(Rule::FrontMatter, message).at(Place::line(1)).hint(hint);
    if let Some(object) = text.strip_prefix('{') {
        let (key, behind) = object.trim_start().strip_prefix('"')?.split_once('"')?;
        return (is_key(key) && behind.trim_start().starts_with(':')).then(|| {
            told(
                "the front matter is JSON, which is not read without fences",
                "put a line of `---` before it and one after it: JSON is YAML, too",
            )
        });
    }
    let mut has_title = false;
    for (number, line) in text.lines().take_while(|line| !line.trim().is_empty()).enumerate() {
        // A value may continue on indented lines.
        if number > 0 && line.starts_with([' ', '\t']) {
            continue;
        }
        let (key, _) = line.split_once(':').filter(|(key, _)| is_key(key))?;
        has_title |= key.eq_ignore_ascii_case("title");
    }
    has_title.then(|| {
        told(
            "this looks like front matter but is not, because there are no fences around it",
            "put a line of `---` before it and one after it; between these it is read as YAML, between lines of `+++` as TOML",
        )
    })
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
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
        check("", None, "");
    }

    #[test]
    fn an_open_fence_is_an_error() {
        for text in ["---", "---\n", "---\na: 1\n+++\n", "+++\na = 1\n---\n", "---\na: 1\n ---\n"] {
            assert!(split(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn misplaced_front_matter_is_reported() {
        for text in [
            "\n---\na: 1\n---\n",
            "# Note\n\n---\na: 1\n---\n",
            " ---\na: 1\n---",
            "----\na_b: 1\n----\n",
            "<!-- x -->\n+++\na = 1\n+++\n",
        ] {
            let told = split(text).unwrap_err();
            let line = text.lines().position(|line| line.contains("---") || line.contains("+++")).unwrap();
            assert_eq!(told.place.unwrap().line as usize, line + 1, "{text:?}");
        }
        for text in [
            "# Title\n\n---\n\nText: more\n",
            "Text\n\n---\na: 1\n---\n",
            "\n---\nWhat it says: more\n",
            "\n--- x\na: 1\n",
            "\n---\n",
            "",
        ] {
            assert!(split(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn front_matter_of_other_generators_is_reported() {
        for text in [
            "Title: A\nDate: 2010-12-03 10:20\nTags: a, b\n\nText.\n",
            "title: A\n\nText.\n",
            "Date: 2010-12-03\nTitle: A title that\n  goes on\n",
            "{\n  \"title\": \"A\",\n  \"date\": \"2022-01-11\"\n}\nText.\n",
            "{\"title\" : \"A\"}",
        ] {
            assert!(split(text).is_err(), "{text:?}");
        }
        for text in [
            "Date: 5 May 1923\nTo: the keeper\n\nDear keeper,\n",
            "Title: A\nand so the text begins\n",
            "Note: all of it is text.\n",
            "{% raw %}\n",
            "{\"a\", \"b\"}",
            "{: .lead}\nText\n",
            "    Title: code\n",
            "\nTitle: A\n",
        ] {
            assert!(split(text).is_ok(), "{text:?}");
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
