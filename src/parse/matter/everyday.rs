//! A fast reader for the YAML of nearly all front matter: keys with texts, numbers, booleans, and lists and
//! maps of these, in blocks or in brackets that end on their line. It takes a sixth of the time of libyaml.
//!
//! What it reads, it reads exactly as libyaml does. If anything in the text is not everyday (an escape, an
//! anchor, a tag, a text of several lines, a mistake), it gives up, and libyaml reads the text.

use std::iter::Peekable;
use std::str::Lines;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::base::bytes;

/// A value, whose texts are borrowed from the file.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Text(&'a str),
    Number(u64, &'a str),
    Truth(bool, &'a str),
    List(Vec<Self>),
    Map(Vec<(&'a str, Self)>),
}

/// How deep values may be nested.
const DEEPEST: usize = 8;

/// The longest everyday key. libyaml refuses keys of more than a thousand letters.
const LONGEST_KEY: usize = 100;

/// Reads a text, if it is a map and everyday.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    let is_odd =
        |c| matches!(c, '\u{80}'..'\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if bytes::any(text.as_bytes(), is_control) || !text.is_ascii() && text.contains(is_odd) {
        return None;
    }
    let mut blocks = Blocks { lines: text.lines().peekable(), depth: 0 };
    let (column, first) = blocks.peek()?;
    let map = blocks.map(column, first)?;
    blocks.peek().is_none().then_some(map)
}

/// The line after a value.
enum Next<'a> {
    /// It is in the same column.
    Beside(&'a str),
    /// It is farther left, or there is none.
    Outside,
}

/// A reader of block style, where the columns tell what belongs together.
struct Blocks<'a> {
    lines: Peekable<Lines<'a>>,
    depth: usize,
}

impl<'a> Blocks<'a> {
    /// The next line that is not blank: its column, and its text from there on.
    fn peek(&mut self) -> Option<(usize, &'a str)> {
        loop {
            let line = *self.lines.peek()?;
            let said = line.trim_matches(' ');
            if !said.is_empty() && !said.starts_with('#') {
                return Some((line.len() - line.trim_start_matches(' ').len(), said));
            }
            self.lines.next();
        }
    }

    /// The line after the current one. It must not be farther right, because it would continue a value that
    /// has been read.
    fn next_in(&mut self, column: usize) -> Option<Next<'a>> {
        match self.peek() {
            Some((next, _)) if next > column => None,
            Some((next, line)) if next == column => Some(Next::Beside(line)),
            _ => Some(Next::Outside),
        }
    }

    /// A map whose keys are in a column. The current line has the first one.
    fn map(&mut self, column: usize, first: &'a str) -> Option<Node<'a>> {
        let mut entries = Vec::new();
        let mut line = first;
        loop {
            let (key, rest) = entry(line)?;
            self.lines.next();
            entries.push((key, self.value(column, rest)?));
            match self.next_in(column)? {
                Next::Beside(next) => line = next,
                Next::Outside => return Some(Node::Map(entries)),
            }
        }
    }

    /// The value of a key in a column: the rest of its line, or the lines below.
    fn value(&mut self, column: usize, rest: &'a str) -> Option<Node<'a>> {
        if !rest.is_empty() {
            return inline(rest);
        }
        let (below, line) = self.peek()?;
        // A list may be in the same column as its key.
        let is_list = item(line).is_some();
        if below < column || below == column && !is_list || self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let node = if is_list { self.list(below) } else { self.map(below, line) };
        self.depth -= 1;
        node
    }

    fn list(&mut self, column: usize) -> Option<Node<'a>> {
        let mut items = Vec::new();
        while let Next::Beside(line) = self.next_in(column)? {
            let Some((indent, rest)) = item(line) else { break };
            if entry(rest).is_some() {
                items.push(self.map(column + indent, rest)?);
            } else {
                self.lines.next();
                items.push(inline(rest)?);
            }
        }
        Some(Node::List(items))
    }
}

/// The content of a list item, and how much farther right it begins.
fn item(line: &str) -> Option<(usize, &str)> {
    let rest = line.strip_prefix("- ")?.trim_start_matches(' ');
    Some((line.len() - rest.len(), rest))
}

/// A key, and the text behind it.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.len() <= LONGEST_KEY
        && key.bytes().all(is_letter);
    let is_apart = rest.is_empty() || rest.starts_with(' ');
    (is_key && is_apart).then(|| (key, rest.trim_start_matches(' ')))
}

/// A value that fills the rest of a line.
fn inline(text: &str) -> Option<Node<'_>> {
    match text.as_bytes().first()? {
        b'"' | b'\'' | b'[' | b'{' => {
            let mut brackets = Brackets { rest: text, depth: 0 };
            let node = brackets.value()?;
            brackets.rest.is_empty().then_some(node)
        }
        _ if text.contains(": ") || text.ends_with(':') || text.contains(" #") => None,
        _ => plain(text),
    }
}

/// A text without quotes.
fn plain(text: &str) -> Option<Node<'_>> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        return plain_with_digit(text);
    }
    if first.is_ascii() && !first.is_ascii_alphabetic() {
        return None;
    }
    // Other spellings of these are left to libyaml.
    let special = ["true", "false", "null", "inf", "infinity", "nan"];
    match text {
        "true" => Some(Node::Truth(true, text)),
        "false" => Some(Node::Truth(false, text)),
        _ if special.iter().any(|word| word.eq_ignore_ascii_case(text)) => None,
        _ => Some(Node::Text(text)),
    }
}

/// A number, or what is certainly none: a date, or several words.
fn plain_with_digit(text: &str) -> Option<Node<'_>> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_usual = text.len() == 1 || !text.starts_with('0');
        return Some(Node::Number(text.parse().ok().filter(|_| is_usual)?, text));
    }
    let is_date =
        text.len() > 5 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit) && text.as_bytes()[4] == b'-';
    (is_date || text.contains(' ')).then_some(Node::Text(text))
}

/// A reader of flow style: brackets and quotes.
struct Brackets<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Brackets<'a> {
    fn value(&mut self) -> Option<Node<'a>> {
        match self.rest.as_bytes().first()? {
            b'"' | b'\'' => self.quoted().map(Node::Text),
            b'[' => self.within(Self::list),
            b'{' => self.within(Self::map),
            _ => plain(self.word()?),
        }
    }

    fn within(&mut self, read: impl Fn(&mut Self) -> Option<Node<'a>>) -> Option<Node<'a>> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        self.rest = &self.rest[1..];
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn list(&mut self) -> Option<Node<'a>> {
        let mut items = Vec::new();
        if self.takes(b']') {
            return Some(Node::List(items));
        }
        loop {
            self.skip_blanks();
            items.push(self.value()?);
            if self.takes(b']') {
                return Some(Node::List(items));
            }
            self.takes(b',').then_some(())?;
        }
    }

    fn map(&mut self) -> Option<Node<'a>> {
        let mut entries = Vec::new();
        if self.takes(b'}') {
            return Some(Node::Map(entries));
        }
        loop {
            self.skip_blanks();
            let key = match self.rest.as_bytes().first()? {
                b'"' | b'\'' => {
                    let key = self.quoted()?;
                    self.rest = self.rest.strip_prefix(": ")?;
                    key
                }
                _ => {
                    let (key, rest) = entry(self.rest)?;
                    self.rest = rest;
                    key
                }
            };
            self.skip_blanks();
            entries.push((key, self.value()?));
            if self.takes(b'}') {
                return Some(Node::Map(entries));
            }
            self.takes(b',').then_some(())?;
        }
    }

    /// A quoted text without escapes.
    fn quoted(&mut self) -> Option<&'a str> {
        let quote = self.rest.as_bytes()[0];
        let inner = &self.rest[1..];
        let end = bytes::find(inner.as_bytes(), |byte| bytes::is_one_of(byte, [quote, b'\\']))?;
        let (text, rest) = inner.split_at(end);
        self.rest = &rest[1..];
        // A doubled quote is an escaped one.
        let is_whole = rest.as_bytes()[0] == quote && self.rest.as_bytes().first() != Some(&quote);
        is_whole.then_some(text)
    }

    /// A text without quotes between brackets.
    fn word(&mut self) -> Option<&'a str> {
        let end = self.rest.find([
            ',', ']', '}', '[', '{', ':', '#', '?', '"', '\'', '&', '*', '!', '|', '>', '%', '@', '`',
        ])?;
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        rest.starts_with([',', ']', '}']).then(|| word.trim_end_matches(' '))
    }

    /// Takes the next byte, if it is `sign`, and returns whether it was.
    fn takes(&mut self, sign: u8) -> bool {
        self.skip_blanks();
        let comes = self.rest.as_bytes().first() == Some(&sign);
        if comes {
            self.rest = &self.rest[1..];
        }
        comes
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }
}

impl<'de> IntoDeserializer<'de, Error> for Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Number(number, _) => visitor.visit_u64(number),
            Self::Truth(truth, _) => visitor.visit_bool(truth),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    /// Where a text is expected, numbers and booleans are given as they are written.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) | Self::Number(_, text) | Self::Truth(_, text) => {
                visitor.visit_borrowed_str(text)
            }
            Self::List(_) | Self::Map(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => StrDeserializer::new(text).deserialize_enum(name, variants, visitor),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}
