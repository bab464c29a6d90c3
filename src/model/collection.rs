//! All articles of a site and how they are related. Everything here is small: the texts are elsewhere.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::article::{Meta, Provenance};
use super::outline::Line;
use super::path::{ContentPath, UrlPath};
use super::profile::{ByKind, Profile, TermKind};
use crate::base::date::{Date, Moment};
use crate::base::language::Language;
use crate::config::IndexPolicy;

/// An article's place in the order of dates. It is valid for one build only; what is stored is the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(pub u32);

impl ArticleId {
    /// The place in [`Collection::articles`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A term's place among the terms of its kind, in the order of their slugs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermId(pub u32);

impl TermId {
    /// The place among the terms of its kind.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A published article and its relations. Ids ascend with the date.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was parsed.
    pub meta: Arc<Meta>,
    /// What lists, overviews and the sitemap need of it.
    pub line: Line,
    /// Its terms of each kind, in the order in which the article has them.
    pub terms: ByKind<Vec<TermId>>,
    /// Where its links lead, in the order of [`Meta::links`].
    pub links: Vec<Href>,
    /// Related articles, best first.
    pub related: Vec<ArticleId>,
    /// The same story from other outlets, oldest first.
    pub elsewhere: Vec<ArticleId>,
}

impl Entry {
    /// The original, if the article has no page and lists link straight to the original.
    pub fn outside(&self) -> Option<&Provenance> {
        outside(&self.meta, self.line.policy)
    }
}

/// The original of an article that has no page under this policy.
pub fn outside(meta: &Meta, policy: IndexPolicy) -> Option<&Provenance> {
    // The policy comes first: it is near, and what was parsed is not.
    let sources = if policy == IndexPolicy::LinkOnly { meta.sources.as_slice() } else { &[] };
    sources.first().filter(|source| source.url.is_some())
}

/// A standing page with its links resolved.
#[derive(Debug, Clone)]
pub struct PageEntry {
    /// What was parsed.
    pub meta: Arc<Meta>,
    /// Its address.
    pub url: UrlPath,
    /// Where its links lead.
    pub links: Vec<Href>,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Href {
    /// A page or file of the site.
    Local {
        /// Its address.
        url: UrlPath,
        /// `heading` of `#heading`.
        fragment: Option<String>,
        /// For a wiki link, the title of the article or page.
        title: Option<String>,
        /// The size of a picture.
        size: Option<(u32, u32)>,
    },
    /// An absolute path that is no page of the collection. `plan` checks whether the site has such an
    /// address.
    Path(String),
    /// The original of an article that has no page here.
    Outside {
        /// The original.
        source: Box<Provenance>,
        /// For a wiki link, the article's title.
        title: Option<String>,
    },
    /// An address elsewhere on the web, or one that could not be resolved, as it was written.
    AsWritten(String),
    /// A document that is not published, or a list that exists only with such documents. Of a wiki link it
    /// has the words, and of no link an address, so that none can reach a page.
    Hidden(String),
}

/// Whether the address of a picture leads to no file of the site.
pub fn is_elsewhere(address: &str) -> bool {
    address.contains("://") || address.starts_with("//") || address.starts_with("data:")
}

/// A tag, source, author or series with its articles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Term {
    /// Which kind.
    pub kind: TermKind,
    /// The name as it is shown.
    pub name: String,
    /// The last segment of its address.
    pub slug: String,
    /// Its address.
    pub url: UrlPath,
    /// What is known of it beyond the name.
    pub profile: Option<Profile>,
    /// The links of the profile's text, resolved.
    pub links: Vec<Href>,
    /// The wider tag.
    pub parent: Option<TermId>,
    /// The narrower tags.
    pub children: Vec<TermId>,
    /// Its articles, oldest first; those of a series in the order of their parts.
    pub articles: Vec<ArticleId>,
    /// For a source: the range in `articles` of each year.
    pub years: Vec<(u16, Range<usize>)>,
}

impl Term {
    /// For a source: the most words of one of its texts that may be shown.
    pub fn max_words(&self) -> Option<u32> {
        self.profile.as_ref().and_then(|profile| profile.max_words)
    }

    /// For a source: the language of its name.
    pub fn lang(&self) -> Option<&Language> {
        self.profile.as_ref().and_then(|profile| profile.language.as_ref())
    }

    /// Adds an article to a term that is not a series.
    pub fn enter(&mut self, id: ArticleId, date: Option<Date>) {
        let Err(place) = self.articles.binary_search(&id) else { return };
        self.articles.insert(place, id);
        if self.kind != TermKind::Source {
            return;
        }
        // Articles without a date come first.
        let year = date.map_or(0, |date| date.year);
        let at = self.years.partition_point(|(other, _)| *other < year);
        match self.years.get_mut(at) {
            Some((other, range)) if *other == year => range.end += 1,
            _ if date.is_some() => self.years.insert(at, (year, place..place + 1)),
            _ => {}
        }
        let later = if date.is_some() { at + 1 } else { 0 };
        for (_, range) in self.years.iter_mut().skip(later) {
            *range = range.start + 1..range.end + 1;
        }
    }
}

/// The articles in the order in which they came into the collection.
#[derive(Debug)]
pub struct Arrivals {
    /// All articles.
    pub all: Vec<ArticleId>,
    /// The same for each term, by its [`TermId`]; empty for series, which are read in the order of their
    /// parts.
    pub terms: ByKind<Vec<Vec<ArticleId>>>,
}

/// A year, month or day with its articles, which are a range of the timeline.
#[derive(Debug, Clone)]
pub struct Period {
    /// The year.
    pub year: u16,
    /// The month, or 0 for a year.
    pub month: u8,
    /// The day, or 0 for a year or month.
    pub day: u8,
    /// Its address.
    pub url: UrlPath,
    /// Its range on the timeline.
    pub articles: Range<u32>,
    /// For a day: the index of the same day in the nearest earlier year that has articles on it.
    pub earlier: Option<u32>,
}

/// What is left of a withdrawn article or page.
#[derive(Debug, Clone)]
pub struct Tombstone {
    /// The file of the article or page.
    pub path: ContentPath,
    /// Its address, then its old ones.
    pub urls: Vec<UrlPath>,
    /// Since when it is withdrawn.
    pub date: Option<Date>,
    /// The reason; may be empty.
    pub reason: String,
    /// The language of the article or page, if it is not the site's.
    pub lang: Option<Language>,
}

/// How much of everything a collection has, as far as it counts for all pages.
#[derive(Debug, Clone)]
pub struct Extent {
    /// The number of articles.
    pub articles: usize,
    /// Whether there is any term of each kind.
    pub has_terms: ByKind<bool>,
    /// See [`Collection::unlisted`].
    pub unlisted: Arc<Vec<String>>,
}

impl Extent {
    /// The extent of a collection with these terms.
    pub fn of(articles: usize, terms: &ByKind<Vec<Term>>, unlisted: &Arc<Vec<String>>) -> Self {
        let has_terms = ByKind::of(|kind| !terms[kind].is_empty());
        Self { articles, has_terms, unlisted: Arc::clone(unlisted) }
    }
}

/// All published articles, pages and terms. A copy shares everything with the original.
#[derive(Debug, Default, Clone)]
pub struct Collection {
    /// Every article; an [`ArticleId`] is a place here.
    pub articles: Vec<Arc<Entry>>,
    /// The ids `0..n`, so that a part of the timeline is a slice, like any other list.
    pub timeline: Arc<Vec<ArticleId>>,
    /// The standing pages, by address.
    pub pages: Vec<Arc<PageEntry>>,
    /// The terms of each kind.
    pub terms: Arc<ByKind<Vec<Term>>>,
    /// Years, months and days, oldest first; a year comes before its months and a month before its days.
    pub periods: Arc<Vec<Period>>,
    /// Files beside articles that are published with them: address and file.
    pub files: Arc<BTreeMap<UrlPath, ContentPath>>,
    /// The articles in the order in which they came; `None` if lists are in the order of dates.
    pub arrivals: Option<Arc<Arrivals>>,
    /// The articles that are pinned to the front page, each with the time when it comes down.
    pub pins: Arc<Vec<(ArticleId, Option<Moment>)>>,
    /// What is left of withdrawn articles and pages.
    pub tombstones: Arc<Vec<Tombstone>>,
    /// The addresses in `site.toml` that lead to nothing as long as no more documents are published, as they
    /// are written there.
    pub unlisted: Arc<Vec<String>>,
}

impl Collection {
    /// The article with an id.
    pub fn article(&self, id: ArticleId) -> &Entry {
        &self.articles[id.index()]
    }

    /// The terms of a kind.
    pub fn terms(&self, kind: TermKind) -> &[Term] {
        &self.terms[kind]
    }

    /// The terms of a kind that an article has.
    pub fn terms_of(&self, id: ArticleId, kind: TermKind) -> impl Iterator<Item = &Term> {
        self.article(id).terms[kind].iter().map(move |term| &self.terms(kind)[term.index()])
    }

    /// How much of everything there is.
    pub fn extent(&self) -> Extent {
        Extent::of(self.articles.len(), &self.terms, &self.unlisted)
    }

    /// The articles of a period.
    pub fn in_period(&self, period: &Period) -> &[ArticleId] {
        &self.timeline[period.articles.start as usize..period.articles.end as usize]
    }
}
