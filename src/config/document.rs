//! A TOML file with the place of every key and value.
//!
//! It knows the places of keys, but not which keys are allowed; that is checked by [`shape`](super::shape).

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::diag::{Diagnostic, Meant, Place, Rule, find_word};

/// A parsed file.
pub(super) struct Document<'t> {
    text: &'t str,
    file: &'t str,
    /// The tables and values.
    pub(super) table: DeTable<'t>,
}

impl<'t> Document<'t> {
    /// Parses a text that [`clean`](super::syntax::clean) has prepared. What is still no TOML is skipped.
    pub(super) fn parse(text: &'t str, file: &'t str) -> Self {
        Self { text, file, table: DeTable::parse_recoverable(text).0.into_inner() }
    }

    /// A mistake at some bytes of the file.
    pub(super) fn error(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.error_without_place(message).at(Place::of(self.text, span.start, span.end))
    }

    /// A mistake of the file as a whole.
    pub(super) fn error_without_place(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Rule::Config, message).in_file(self.file)
    }

    /// A mistake in the value at a path of keys, or in `part` of it, if that can be found in the text.
    pub(super) fn error_in(
        &self,
        path: &[&str],
        part: Option<&str>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let Some(span) = self.span(path) else { return self.error_without_place(message) };
        let part = part.and_then(|part| {
            let at = self.text.get(span.clone())?.find(part)?;
            Some(span.start + at..span.start + at + part.len())
        });
        self.error(part.unwrap_or(span), message)
    }

    /// A mistake in the key that ends a path of keys through tables.
    pub(super) fn error_at_key(&self, path: &[&str], message: impl Into<String>) -> Diagnostic {
        match self.key(path) {
            Some(span) => self.error(span, message),
            None => self.error_without_place(message),
        }
    }

    /// The bytes of the key that ends a path of keys through tables.
    fn key(&self, path: &[&str]) -> Option<Range<usize>> {
        let (key, tables) = path.split_last()?;
        let table =
            tables.iter().try_fold(&self.table, |table, key| table.get(*key)?.get_ref().as_table())?;
        table.get_key_value(*key).map(|(key, _)| key.span())
    }

    /// The bytes of the value that a path of keys and indices leads to.
    fn span(&self, path: &[&str]) -> Option<Range<usize>> {
        self.value(path).map(Spanned::span)
    }

    fn value(&self, path: &[&str]) -> Option<&Spanned<DeValue<'t>>> {
        let (first, rest) = path.split_first()?;
        let start = self.table.get(*first)?;
        rest.iter().try_fold(start, |value, key| match value.get_ref() {
            DeValue::Table(table) => table.get(*key),
            DeValue::Array(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        })
    }

    fn is_plain(&self, path: &[&str]) -> bool {
        self.value(path)
            .is_some_and(|value| !matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_)))
    }

    /// The bytes of a word in the value at a path. If the value does not have the word, those of the whole
    /// value; if the word is empty, those of the last key. If the path leads into a table but the file has a
    /// single value there, that value is meant: it is the short form of the table.
    pub(super) fn find(&self, path: &[&str], word: &str) -> Option<Range<usize>> {
        if word.is_empty() {
            return self.key(path);
        }
        let above = path.split_last().map(|(_, above)| above).filter(|above| self.is_plain(above));
        let span = self.span(path).or_else(|| self.span(above?))?;
        let text = self.text.get(span.clone())?;
        let found = find_word(text, word).or_else(|| find_word(text, &word.replace('"', "\\\"")));
        Some(found.map_or(span.clone(), |at| span.start + at.start..span.start + at.end))
    }

    /// The place of the value that a path of keys and indices leads to.
    pub(super) fn place(&self, path: &[&str]) -> Option<Place> {
        self.span(path).map(|span| Place::of(self.text, span.start, span.end))
    }

    /// Whether the file says anything for a path of keys.
    pub(super) fn has(&self, path: &[&str]) -> bool {
        self.span(path).is_some()
    }
}

/// Finds the places of values in a `site.toml` or `theme.toml`.
pub fn places(text: &str, all: &[Meant]) -> Vec<Option<Place>> {
    let document = Document::parse(text, "");
    let place = |meant: &Meant| {
        let keys: Vec<&str> = meant.keys.iter().map(String::as_str).collect();
        let span = document.find(&keys, &meant.word)?;
        Some(Place::of(text, span.start, span.end))
    };
    all.iter().map(place).collect()
}
