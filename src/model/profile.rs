//! What is known of an outlet, tag, author or series beyond its name: `content/<kind>/<slug>.md`.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use super::article::{Body, Image, LinkRef};
use super::component::Usage;
use super::path::ContentPath;
use crate::base::fingerprint::Fingerprint;
use crate::base::language::Language;
use crate::config::{IndexPolicy, Outputs};

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

/// A checked profile. Fields that a kind does not have are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Profile {
    /// The file it was read from; its name without the extension is the term's slug.
    pub path: ContentPath,
    /// Which kind of term.
    pub kind: TermKind,
    /// The slug, and so the address.
    pub slug: String,
    /// The name as it is shown.
    pub name: String,
    /// Other spellings that mean the same term.
    pub aliases: Vec<String>,
    /// Tags: the wider tag, by name.
    pub parent: Option<String>,
    /// One sentence; authors call it `bio`.
    pub description: Option<String>,
    /// Sources: the homepage.
    pub url: Option<String>,
    /// Sources: what kind of outlet it is, in a word or two.
    pub outlet_kind: Option<String>,
    /// Sources: two-letter country code (ISO 3166-1).
    pub country: Option<String>,
    /// Sources: language tag (BCP 47).
    pub language: Option<Language>,
    /// Sources: the licence its articles are under, unless they say otherwise.
    pub license: Option<String>,
    /// Sources: what search engines are told of its articles, unless they say otherwise.
    pub index: Option<IndexPolicy>,
    /// Sources: how many words of one of its articles are shown at most.
    pub max_words: Option<u32>,
    /// Authors: pages elsewhere.
    pub links: Vec<String>,
    /// A portrait or logo.
    pub picture: Option<Image>,
    /// The text below the front matter.
    pub body: Body,
    /// The links in it and in the picture.
    pub links_in_body: Vec<LinkRef>,
    /// The components that it uses, in order.
    pub components: Vec<Usage>,
    /// The fingerprint of all fields above.
    pub print: Fingerprint,
}
