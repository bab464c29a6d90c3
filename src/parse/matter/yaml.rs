//! Reads YAML, and explains in plain words what is wrong with it. The owner of the crate `serde_yaml`, which
//! reads texts that are not [everyday](everyday).
//!
//! Texts that would take too much time or memory are refused before they are read: aliases that multiply, and
//! deeply nested brackets.

use std::ops::Range;

use serde::de::{DeserializeOwned, DeserializeSeed as _};
use serde_json::{Map, Value};
use serde_yaml::Deserializer;

use super::budget::Budget;
use super::{everyday, path_of};
use crate::base::bytes;

/// Why a text is no YAML.
pub(super) struct BadYaml {
    /// The place, in bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
    /// The field that occurs twice, if that is the only fault: a repeated key, or two synonyms.
    pub(super) repeated: Option<String>,
}

/// The most values that aliases (`*name`) may expand to: a hundred times what a person writes, and still
/// quick.
const MOST_VALUES: usize = 20_000;

/// How deep brackets may be nested. The reader's time grows with the square of the depth.
const DEEPEST: usize = 100;

/// Refuses texts that would take too much time or memory.
pub(super) fn guard(text: &str) -> Result<(), BadYaml> {
    if let Some(at) = too_deep(text) {
        return Err(BadYaml::new(at..at + 1, "the brackets are nested too deeply"));
    }
    // Without an anchor and an alias nothing can multiply.
    let find = |sign| bytes::find(text.as_bytes(), |byte| byte == sign);
    let (Some(_), Some(alias)) = (find(b'&'), find(b'*')) else { return Ok(()) };
    let mut left = MOST_VALUES;
    match Budget(&mut left).deserialize(Deserializer::from_str(text)) {
        Err(error) if left == 0 || error.to_string().contains("repetition limit") => Err(BadYaml::new(
            alias..alias + 1,
            "the aliases (`*name`) make more values than front matter may have",
        )),
        // Any other mistake is found again, and explained better, when the text is read.
        _ => Ok(()),
    }
}

/// The place where brackets are nested too deeply, if they are. Brackets in texts count too, so front matter
/// with a hundred of them that are never closed is refused by mistake.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    let is_bracket = |byte| bytes::is_one_of(byte, *b"[]{}");
    while let Some(next) = bytes::find(&text.as_bytes()[at..], is_bracket) {
        at += next;
        let opens = bytes::is_one_of(text.as_bytes()[at], *b"[{");
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
        if depth > DEEPEST {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Reads a text straight into a type.
pub(super) fn parse<T: DeserializeOwned + Default>(text: &str) -> Result<Straight<T>, BadYaml> {
    // A wrong value is found again, and explained better, by libyaml.
    if let Some(read) = everyday::read(text).and_then(|node| straight(node).ok()) {
        return Ok(read);
    }
    straight(Deserializer::from_str(text)).map_err(|error| explain(text, &error))
}

/// What was read straight into a type, and the paths of the keys that the type does not know.
pub(super) type Straight<T> = (T, Vec<Vec<String>>);

fn straight<'a, T: DeserializeOwned + Default, D: serde::Deserializer<'a>>(
    reader: D,
) -> Result<Straight<T>, D::Error> {
    let mut unknown = Vec::new();
    let read: Option<T> = serde_ignored::deserialize(reader, |path| unknown.push(path_of(&path)))?;
    Ok((read.unwrap_or_default(), unknown))
}

/// Reads a text into a tree of values.
pub(super) fn parse_map(text: &str) -> Result<Map<String, Value>, BadYaml> {
    serde_yaml::from_str::<Option<Map<String, Value>>>(text)
        .map(Option::unwrap_or_default)
        .map_err(|error| explain(text, &error))
}

impl BadYaml {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), hint: None, repeated: None }
    }
}

/// The messages of libyaml, with words that an author understands.
const WORDS: &[(&str, &str, Option<&str>)] = &[
    ("mapping values are not allowed", "a second `: ` in one line", Some("put the value between quotes")),
    (
        "did not find expected key",
        "this is not `key: value`",
        Some("indent it like the lines around it, and put values with special characters between quotes"),
    ),
    (
        "could not find expected ':'",
        "this is not `key: value`",
        Some("put a `:` after the key, and indent texts of several lines"),
    ),
    (
        "did not find expected ',' or ']'",
        "the list is not closed",
        Some("end it with `]`, and put a comma between its items"),
    ),
    (
        "did not find expected ',' or '}'",
        "the map is not closed",
        Some("end it with `}`, and put a comma between its entries"),
    ),
    ("found unexpected end of stream", "the quote is not closed", None),
    (
        "found character that cannot start",
        "a value cannot begin with this character",
        Some("put the value between quotes"),
    ),
    (
        "did not find expected node content",
        "there is no value where one is expected",
        Some("put values with special characters, such as `#`, between quotes"),
    ),
    (
        "expected a string key",
        "`{` begins a map here",
        Some("put a value that begins with `{` between quotes"),
    ),
    (
        "did not find expected hexadecimal number",
        "between double quotes, `\\` must be doubled",
        Some("use single quotes"),
    ),
    (
        "found unknown escape character",
        "between double quotes, `\\` must be doubled",
        Some("use single quotes"),
    ),
    (
        "unknown anchor",
        "`*` refers to an anchor that does not exist",
        Some("put a value that begins with `*` between quotes"),
    ),
    (
        "did not find expected alphabetic",
        "a value cannot begin with this character",
        Some("put the value between quotes"),
    ),
    ("recursion limit", "the values are nested too deeply", None),
    ("repetition limit", "the aliases (`*name`) make more values than front matter may have", None),
    (
        "more than one document",
        "there is more than one document in the front matter",
        Some("remove the lines that are only `---` or `...`"),
    ),
    ("expected a map", "the front matter is not made of `key: value` lines", None),
];

fn explain(text: &str, error: &serde_yaml::Error) -> BadYaml {
    let said = error.to_string();
    let place = error.location().map(|location| (location.line(), location.column()));
    // An open quote is noticed at the end of the text but must be reported where it opens.
    let context = said.contains("unexpected end of stream").then(|| last_place(&said)).flatten();
    let range = context.or(place).map_or(0..0, |(line, column)| range_at(text, line, column));
    if let Some(tab) = tab_near(text, &range) {
        let bad = BadYaml::new(tab..tab + 1, "a tab where YAML wants spaces");
        return BadYaml { hint: Some("indent with spaces"), ..bad };
    }
    if let Some(at) = no_break(text, &range) {
        let bad = BadYaml::new(at + 1..at + 3, "a no-break space where YAML wants a blank");
        return BadYaml { hint: Some("replace it by a blank"), ..bad };
    }
    if let Some(line) = over_indented(text, &said, &range) {
        let bad = BadYaml::new(line, "the line is indented unlike the lines around it");
        return BadYaml { hint: Some("begin it in the same column"), ..bad };
    }
    let (message, hint) = match WORDS.iter().find(|(yaml, ..)| said.contains(yaml)) {
        Some(&(_, message, hint)) => (message.to_owned(), hint),
        None => (format!("this is not YAML: {}", said.split(" at line ").next().unwrap_or(&said)), None),
    };
    BadYaml { range, message, hint, repeated: repeated_field(&said) }
}

/// `source.url` of "source: duplicate field `url` at line 3".
fn repeated_field(said: &str) -> Option<String> {
    let (path, rest) = said.split_once("duplicate field `")?;
    let field = rest.split('`').next()?;
    Some(match path.trim_end_matches(": ") {
        "" => field.to_owned(),
        path => format!("{path}.{field}"),
    })
}

/// The last `line 3 column 5` in a message.
fn last_place(said: &str) -> Option<(usize, usize)> {
    let (line, column) = said.rsplit_once("line ")?.1.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// The word at a line and column, both counted from 1.
fn range_at(text: &str, line: usize, column: usize) -> Range<usize> {
    let line_start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let rest = text[line_start..].lines().next().unwrap_or("");
    let start = line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
    let width = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
    start..start + width.max(1).min(text.len() - start)
}

/// A no-break space behind a key in the line of a fault, or in the one above.
fn no_break(text: &str, range: &Range<usize>) -> Option<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let above = text[..start.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let mut at = above;
    for line in text[above..end].split_inclusive('\n') {
        if let Some(colon) = line.find(':').filter(|&colon| line[colon + 1..].starts_with('\u{a0}')) {
            return Some(at + colon);
        }
        at += line.len();
    }
    None
}

/// The blanks before a line that is indented more than the line above, though that has a value, or more than the
/// one below, which libyaml takes for another document.
fn over_indented(text: &str, said: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    if said.contains("more than one document") {
        let is_alone = !text.lines().any(|line| matches!(line.trim_end(), "---" | "..."));
        let first = indent(text.lines().next()?);
        return (is_alone && first > 0).then_some(0..first);
    }
    if !said.contains("mapping values are not allowed") {
        return None;
    }
    let start = text[..range.start].rfind('\n')? + 1;
    let above = text[..start].lines().next_back()?;
    let has_value = above.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    let more = indent(&text[start..]);
    (has_value && more > indent(above)).then_some(start..start + more)
}

/// A tab in the indentation of the line that holds the range, or at the range.
fn tab_near(text: &str, range: &Range<usize>) -> Option<usize> {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[line_start..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let tab = indent.enumerate().find(|&(_, byte)| byte == b'\t').map(|(at, _)| line_start + at);
    tab.or_else(|| text[range.start..].starts_with('\t').then_some(range.start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::everyday;

    /// Returns whether a text is everyday. If it is, both readers must give the same result.
    fn is_everyday(text: &str) -> bool {
        let Some(node) = everyday::read(text) else { return false };
        let read: Value = serde::Deserialize::deserialize(node).unwrap();
        let expected: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text}\n{error}"));
        assert_eq!(read, expected, "{text}");
        true
    }

    #[test]
    fn everyday_yaml_is_read_without_libyaml() {
        for text in [
            "title: Keepers of the light",
            "# A comment\ntitle: \"A: b # c\"\n\ndate: 2022-01-11\nnumber: 12\ndraft: false\n",
            "tags: [harbour, \"a, b\", 'c: d', 3]\nempty: []\nnone: {}",
            "image: {\"src\": \"/a.jpg\", alt: A boat, size: [1, 2]}",
            "tags:\n- a\n- https://a.example/b\nnext: \"ü\"",
            "tags:\n  - a b\n  - true\nsource:\n  outlet: Post\n  url: https://a.example/#b",
            "source:\n  - outlet: Post\n    # His.\n    role: via\n  -   outlet: Gazette\n      author: Ann Bo\nlast: 3 ways",
            "extra:\n  a:\n    b:\n      - c: d",
        ] {
            assert!(is_everyday(text), "{text}");
        }
    }

    #[test]
    fn the_rest_is_left_to_libyaml() {
        for text in [
            "",
            "title",
            "title:",
            "title: ~",
            "title: True",
            "title: a: b",
            "title: a #b",
            "title: a\n  b",
            "a: \"b\\n\"",
            "a: 'it''s'",
            "a: |\n  b",
            "a: &b c",
            "a: [b,\n c]",
            "a: [b, ]",
            "a: 1.5",
            "a: 0x1f",
            "a: 007",
            "a: .inf",
            "a:\tb",
            "\"a\": b",
            "? a",
            "a: b\n c: d",
            "a: !x b",
            "a: b\n---\nc: d",
            "a:\n- b\n c: d",
            "a:\n  - b\n  c: d",
            "a: \u{85}",
            "- a",
            "a: \"b\" c",
            "a: {b}",
            "a: [b: c]",
            "a: \"b",
            "a: - b",
            "a:\r\nb: c",
        ] {
            assert!(!is_everyday(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn both_read_the_same(parts in prop::collection::vec(prop::sample::select(vec![
            "a", "b: ", "c:", "d: e", "\n", "\n", "\n  ", "\n- ", "\n  - ", "  ", " ", "- ", ":", ",", ", ", "[", "]", "{", "}", "\"", "\"",
            "'", "'", "#", " #", "1", "0", "2022-01-11", "1e3", "true", "null", "~", "é", "&", "*", "!", "|", ">", "%", "@", "?", "\\", "_",
        ]), 0..12)) {
            is_everyday(&format!("k: {}", parts.concat()));
            is_everyday(&format!("k:{}", parts.concat()));
            is_everyday(&format!("k: [{}]", parts.concat()));
        }
    }
}
