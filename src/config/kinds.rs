//! The kinds of term, each of which has a folder, an address and outputs of its own.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use super::Outputs;

/// The four kinds of term that articles are collected under.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TermKind {
    /// What an article is about.
    Tag,
    /// The outlet that it comes from.
    Source,
    /// Who wrote it.
    Author,
    /// A run of articles that belong together, in order.
    Series,
}

impl TermKind {
    /// All kinds, in the order in which they are stored.
    pub const ALL: [Self; 4] = [Self::Tag, Self::Source, Self::Author, Self::Series];

    /// The plural, which names folder and address: `tags`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Source => "sources",
            Self::Author => "authors",
            Self::Series => "series",
        }
    }

    /// Whether terms of this kind have pages.
    pub fn has_pages(self, outputs: &Outputs) -> bool {
        match self {
            Self::Tag => outputs.tag_pages,
            Self::Source => outputs.source_pages,
            Self::Author => outputs.author_pages,
            Self::Series => outputs.series_pages,
        }
    }

    /// The singular: `tag`.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Source => "source",
            Self::Author => "author",
            Self::Series => "series",
        }
    }
}

/// One value for each kind of term, stored in the order of [`TermKind::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByKind<T>([T; 4]);

impl<T> ByKind<T> {
    /// From the values in the order of [`TermKind::ALL`].
    pub const fn new(values: [T; 4]) -> Self {
        Self(values)
    }

    /// Makes the value of each kind.
    pub fn of(value: impl FnMut(TermKind) -> T) -> Self {
        Self(TermKind::ALL.map(value))
    }

    /// The values, in the order of [`TermKind::ALL`].
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }
}

impl<T> Index<TermKind> for ByKind<T> {
    type Output = T;

    fn index(&self, kind: TermKind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> IndexMut<TermKind> for ByKind<T> {
    fn index_mut(&mut self, kind: TermKind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

impl<'a, T> IntoIterator for &'a ByKind<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut ByKind<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
