//! The names in the tags of a template: what is asked of each, and which tags give names to something.
//!
//! It does not know what a name means.

use std::ops::Range;

use crate::base::template::{QUOTES, Tag};

/// A tag that gives names to something.
pub(super) struct Binding<'t> {
    pub(super) names: Vec<&'t str>,
    /// What they are given to, if it is no more than a path.
    pub(super) value: Option<Path<'t>>,
    pub(super) is_loop: bool,
}

impl<'t> Binding<'t> {
    /// What a tag gives names to, if it does.
    pub(super) fn of(text: &'t str, tag: &Tag<'t>) -> Option<Self> {
        let keyword = tag.keyword();
        let (sign, is_loop) = match keyword {
            "for" => (" in ", true),
            "set" | "set_global" => ("=", false),
            _ => return None,
        };
        let (start, end) = (tag.start + keyword.len(), tag.start + tag.inner.len());
        let (names, value) = match text[start..end].find(sign) {
            Some(at) => (start..start + at, start + at + sign.len()..end),
            // What stands up to `endset`.
            None => (start..end, end..end),
        };
        let whole = |path: &Path<'_>| path.end == value.end;
        let path = Path::find(text, value.clone()).filter(whole);
        // Another sign may stand before it, as in `not article.image`.
        let path = path.filter(|path| text[value.start..path.start].trim().is_empty());
        let names = text[names].split(',').map(str::trim).collect();
        Some(Self { names, value: path, is_loop })
    }
}

/// A name with what is asked of it: `article.sources[0].outlet`.
pub(super) struct Path<'t> {
    pub(super) name: &'t str,
    pub(super) start: usize,
    pub(super) steps: Vec<Step>,
    pub(super) end: usize,
}

/// What is asked of a value.
pub(super) enum Step {
    Field(Range<usize>),
    Item,
    Slice,
}

impl<'t> Path<'t> {
    /// The first path within a part of a text. What stands in quotes is none.
    pub(super) fn find(text: &'t str, within: Range<usize>) -> Option<Self> {
        let mut at = within.start;
        while at < within.end {
            let rest = &text[at..within.end];
            let first = rest.chars().next()?;
            if QUOTES.contains(&first) {
                at += 2 + rest[1..].find(first)?;
            } else if is_of_name(first) {
                let length = length_of_name(rest);
                if !first.is_ascii_digit() && !text[..at].ends_with(['.', '?']) {
                    return Some(Self::at(text, at..at + length, within.end));
                }
                at += length;
            } else {
                at += first.len_utf8();
            }
        }
        None
    }

    fn at(text: &'t str, name: Range<usize>, end: usize) -> Self {
        let mut path =
            Self { name: &text[name.clone()], start: name.start, steps: Vec::new(), end: name.end };
        loop {
            let asked = text[path.end..end].strip_prefix('?').map_or(path.end, |_| path.end + 1);
            let rest = &text[asked..end];
            if let Some(field) = rest.strip_prefix('.').filter(|field| field.starts_with(is_of_name)) {
                path.end = asked + 1 + length_of_name(field);
                path.steps.push(Step::Field(asked + 1..path.end));
            } else if let Some((step, length)) = rest.strip_prefix('[').and_then(subscript) {
                path.steps.push(match step {
                    Step::Field(key) => Step::Field(asked + 1 + key.start..asked + 1 + key.end),
                    step => step,
                });
                path.end = asked + 1 + length;
            } else {
                return path;
            }
        }
    }
}

/// What a subscript asks for, and its length with the bracket that ends it.
fn subscript(text: &str) -> Option<(Step, usize)> {
    let (inner, _) = text.split_once(']')?;
    let quoted = inner.chars().next().filter(|first| QUOTES.contains(first));
    let key = quoted.and_then(|quote| inner[1..].strip_suffix(quote));
    let step = match key {
        Some(key) if key.chars().all(is_of_name) => Step::Field(1..1 + key.len()),
        _ if inner.contains(':') => Step::Slice,
        _ => Step::Item,
    };
    Some((step, inner.len() + 1))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn length_of_name(text: &str) -> usize {
    text.find(|c| !is_of_name(c)).unwrap_or(text.len())
}
