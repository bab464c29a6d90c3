//! What goes into one page, and nothing else.
//!
//! `view` receives [`Ingredients`] and never the collection, so the parameter list is the dependency list:
//! the key of a page is the fingerprint of its serialised ingredients, and what is not in them can't be on
//! the page. Heavy parts are [`Printed`]: they go into the key as their fingerprint.

use std::borrow::Cow;

use serde::Serialize;

use super::article::{Correction, Meta, Provenance};
use super::collection::{Href, Term, TermId};
use super::path::{ContentPath, UrlPath};
use super::plan::{FeedFormat, Goal, HostFile, TermOrder, TwinFormat};
use super::profile::{Profile, TermKind};
use crate::base::date::{Date, Moment};
use crate::base::fingerprint::{Fingerprint, Printed};
use crate::base::language::Language;
use crate::config::IndexPolicy;

/// The ingredients of one page.
#[derive(Debug, Serialize)]
pub enum Ingredients<'a> {
    /// Of an article's page.
    Article(Box<ArticleParts<'a>>),
    /// Of an article in a form for programs, without its neighbours and related articles.
    Twin(TwinFormat, Box<ArticleParts<'a>>),
    /// Of a standing page.
    Standing(StandingParts<'a>),
    /// Of a page of a list.
    List(Box<ListParts<'a>>),
    /// Of the overview of a kind's terms.
    Terms(TermsParts<'a>),
    /// Of the overview of years and months.
    Archive(ArchiveParts<'a>),
    /// Of the page of all corrections, newest first.
    Corrections(Vec<CorrectionParts<'a>>),
    /// Of a feed.
    Feed(FeedParts<'a>),
    /// Of a part of the address map.
    Sitemap(Vec<SitemapUrl>),
    /// Of the index of the address map's parts: their addresses.
    SitemapIndex(Vec<UrlPath>),
    /// Of the news sitemap.
    NewsSitemap(Vec<CardRef<'a>>),
    /// Of `robots.txt`: the addresses of the sitemaps.
    Robots(Vec<UrlPath>),
    /// Of the page for addresses that lead nowhere.
    NotFound,
    /// Of the page in the place of a withdrawn article.
    Tombstone(TombstoneParts<'a>),
    /// Of a redirecting page: where it leads.
    Redirect(&'a Goal),
    /// Of a list of redirects for a host.
    RedirectsFile(HostFile, RedirectsParts<'a>),
    /// Of a copied file: its path and the fingerprint of its content.
    Copy(&'a ContentPath, Fingerprint),
    /// Of an asset of the theme: its name. (The theme's own fingerprint covers its content.)
    ThemeAsset(&'a str),
}

impl Ingredients<'_> {
    /// The fingerprints of the texts that `view` needs beside the ingredients, in the order in which it
    /// expects them.
    pub fn bodies(&self) -> Vec<Fingerprint> {
        match self {
            Self::Article(parts) | Self::Twin(_, parts) => vec![parts.body],
            Self::Standing(parts) => vec![parts.body],
            Self::Feed(parts) => parts.entries.iter().filter_map(|entry| entry.body).collect(),
            _ => Vec::new(),
        }
    }
}

/// Where an article can be read.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Whereabouts<'a> {
    /// On a page of its own.
    Here(&'a UrlPath),
    /// Only at the original, which lists link to.
    Outside(&'a Provenance),
}

/// What a page may show of another article.
#[derive(Debug, Clone, Copy)]
pub struct CardRef<'a> {
    /// The article's number within this build, which no page shows.
    pub number: u32,
    /// The article.
    pub meta: &'a Meta,
    /// Where it can be read.
    pub place: Whereabouts<'a>,
    /// Where its links lead, and its picture.
    pub links: &'a [Href],
    /// Its main outlet.
    pub source: Option<TermRef<'a>>,
    /// How many words of its text that outlet allows to be shown.
    pub max_words: Option<u32>,
    /// Its authors.
    pub authors: TermRefs<'a>,
    /// Its tags.
    pub tags: TermRefs<'a>,
    /// The fingerprint of all that is shown, which alone counts in the key of a page.
    pub print: Fingerprint,
}

impl Serialize for CardRef<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.print.serialize(serializer)
    }
}

/// The terms of one kind on a card. There are very many cards, so the terms are looked up only when they are
/// read.
#[derive(Debug, Clone, Copy)]
pub struct TermRefs<'a> {
    /// The terms of the article.
    pub ids: &'a [TermId],
    /// All terms of the kind.
    pub all: &'a [Term],
    /// Whether such terms have pages.
    pub have_pages: bool,
}

impl<'a> TermRefs<'a> {
    /// The terms, looked up.
    pub fn iter(self) -> impl Iterator<Item = TermRef<'a>> {
        let terms = self.ids.iter().filter_map(move |id| self.all.get(id.index()));
        terms.map(move |term| TermRef {
            kind: term.kind,
            name: &term.name,
            url: self.have_pages.then_some(&term.url),
            lang: term.lang(),
        })
    }
}

/// What a page shows of a term: its name and its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TermRef<'a> {
    /// Which kind.
    pub kind: TermKind,
    /// The name as it is shown.
    pub name: &'a str,
    /// The address, unless pages of this kind are switched off.
    pub url: Option<&'a UrlPath>,
    /// The language of the name, where it is known.
    pub lang: Option<&'a Language>,
}

/// The ingredients of an article's page.
#[derive(Debug, Serialize)]
pub struct ArticleParts<'a> {
    /// The article itself.
    pub meta: Printed<'a, Meta>,
    /// Its text, which is handed to `view` beside the ingredients.
    pub body: Fingerprint,
    /// Its address.
    pub url: &'a UrlPath,
    /// What search engines are told about it.
    pub policy: IndexPolicy,
    /// Where its links lead.
    pub links: &'a [Href],
    /// Its tags.
    pub tags: Vec<TermRef<'a>>,
    /// Its outlets, in the order of its sources.
    pub sources: Vec<OutletParts<'a>>,
    /// Its authors.
    pub authors: Vec<TermRef<'a>>,
    /// Its series.
    pub series: Option<SeriesParts<'a>>,
    /// The article before it in time.
    pub previous: Option<CardRef<'a>>,
    /// The article after it in time.
    pub next: Option<CardRef<'a>>,
    /// Related articles, best first.
    pub related: Vec<CardRef<'a>>,
    /// The same story from other outlets, oldest first.
    pub elsewhere: Vec<CardRef<'a>>,
}

/// An outlet that an article comes from.
#[derive(Debug, Serialize)]
pub struct OutletParts<'a> {
    /// The outlet.
    pub term: TermRef<'a>,
    /// What is known of it.
    pub profile: Option<Printed<'a, Profile>>,
    /// Where its profile's picture leads.
    pub logo: Option<&'a Href>,
}

/// The place of an article in its series.
#[derive(Debug, Serialize)]
pub struct SeriesParts<'a> {
    /// The series.
    pub term: TermRef<'a>,
    /// The number of this part, as written or else counted.
    pub part: u32,
    /// The number of parts, as far as it is known.
    pub total: u32,
    /// The part before.
    pub previous: Option<CardRef<'a>>,
    /// The part after.
    pub next: Option<CardRef<'a>>,
}

/// The ingredients of a standing page.
#[derive(Debug, Serialize)]
pub struct StandingParts<'a> {
    /// The page itself.
    pub meta: Printed<'a, Meta>,
    /// Its text, which is handed to `view` beside the ingredients.
    pub body: Fingerprint,
    /// Its address.
    pub url: &'a UrlPath,
    /// Where its links lead.
    pub links: &'a [Href],
}

/// What a list is a list of.
#[derive(Debug, Serialize)]
pub enum ListSubject<'a> {
    /// All articles: the front page.
    All,
    /// A term, with its profile and the links in the profile's text.
    Term(TermRef<'a>, Option<Printed<'a, Profile>>, &'a [Href]),
    /// An outlet in one year.
    SourceYear(TermRef<'a>, u16),
    /// A year, month or day; month and day are 0 where not meant.
    Period(u16, u8, u8),
}

/// The ingredients of one page of a list.
#[derive(Debug, Serialize)]
pub struct ListParts<'a> {
    /// What it is a list of.
    pub subject: ListSubject<'a>,
    /// The address of the list's front.
    pub front: Cow<'a, UrlPath>,
    /// The number of the page, counted from the oldest; `None` for the front.
    pub number: Option<u32>,
    /// The articles, newest first; of a series, in the order of its parts.
    pub cards: Vec<CardRef<'a>>,
    /// For a series, the part number of each article, which cards do not have.
    pub part_numbers: Vec<u32>,
    /// The page with newer articles.
    pub newer: Option<UrlPath>,
    /// The page with older articles.
    pub older: Option<UrlPath>,
    /// How the front page is arranged; `None` on other lists.
    pub front_page: Option<FrontParts<'a>>,
    /// What only the front of the list shows, because it changes with every new article; `None` on numbered
    /// pages.
    pub overview: Option<ListOverview<'a>>,
}

/// How the front page is arranged. No article stands in it twice.
#[derive(Debug, Serialize)]
pub struct FrontParts<'a> {
    /// Whether `site.toml` says how.
    pub arranged: bool,
    /// The articles at the top.
    pub lead: Vec<CardRef<'a>>,
    /// What stands below them, as `site.toml` asks for it.
    pub slots: Vec<SlotParts<'a>>,
    /// The newest articles that stand nowhere above.
    pub rest: Vec<CardRef<'a>>,
}

/// A part of the front page.
#[derive(Debug, Serialize)]
pub struct SlotParts<'a> {
    /// The title; if it is empty, the term's name.
    pub title: &'a str,
    /// The link of the title, as written; if it is empty, the term's page.
    pub url: &'a str,
    /// The term whose articles it shows.
    pub term: Option<TermRef<'a>>,
    /// Its articles.
    pub cards: Vec<CardRef<'a>>,
}

/// What the front of a list shows besides its newest articles.
#[derive(Debug, Serialize)]
pub struct ListOverview<'a> {
    /// How many articles the whole list has.
    pub total: u32,
    /// The wider tag.
    pub parent: Option<TermRef<'a>>,
    /// The narrower tags.
    pub children: Vec<TermRef<'a>>,
    /// The years of a term, the months of a year, or the days of a month, each with its count.
    pub parts: Vec<PeriodRef<'a>>,
    /// Whether the list has feeds, and of which formats.
    pub feeds: &'a [FeedFormat],
    /// What a term's articles have in common.
    pub company: Option<CompanyParts<'a>>,
    /// The nearest periods of the same length that have articles: the one before, the one after.
    pub neighbours: [Option<NearPeriod<'a>>; 2],
    /// Articles of the same day in years before, the newest first.
    pub anniversaries: Vec<CardRef<'a>>,
}

/// What the articles of a term have in common.
#[derive(Debug, Default, Serialize)]
pub struct CompanyParts<'a> {
    /// The dates of its first and last article.
    pub span: Option<(Date, Date)>,
    /// The tags, sources and authors that its articles have most often, each with the number of those
    /// articles.
    pub frequent: [Vec<(TermRef<'a>, u32)>; 3],
}

/// A link to a period with the number of its articles.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodRef<'a> {
    /// The year.
    pub year: u16,
    /// The month, or 0.
    pub month: u8,
    /// The day, or 0.
    pub day: u8,
    /// The address, unless pages of this kind are switched off.
    pub url: Option<Cow<'a, UrlPath>>,
    /// How many articles.
    pub count: u32,
}

/// A neighbouring period. The number of its articles is not shown.
#[derive(Debug, Serialize)]
pub struct NearPeriod<'a> {
    /// The year.
    pub year: u16,
    /// The month, or 0.
    pub month: u8,
    /// The day, or 0.
    pub day: u8,
    /// The address.
    pub url: &'a UrlPath,
}

/// The ingredients of the overview of a kind's terms.
#[derive(Debug, Serialize)]
pub struct TermsParts<'a> {
    /// Which kind.
    pub kind: TermKind,
    /// Their order.
    pub order: TermOrder,
    /// All orders of the overview with their addresses; empty if there is only one.
    pub orders: Vec<(TermOrder, UrlPath)>,
    /// The terms in this order.
    pub terms: Vec<TermEntryParts<'a>>,
}

/// What the overview shows of a term.
#[derive(Debug, Serialize)]
pub struct TermEntryParts<'a> {
    /// The term.
    pub term: TermRef<'a>,
    /// What is known of it.
    pub profile: Option<Printed<'a, Profile>>,
    /// How many articles it has.
    pub count: u32,
    /// The date of its newest article.
    pub newest: Option<Date>,
    /// The name of the wider tag.
    pub parent: Option<&'a str>,
}

/// The ingredients of the overview of years and months.
#[derive(Debug, Serialize)]
pub struct ArchiveParts<'a> {
    /// Years and months, oldest first; a year comes before its months.
    pub periods: Vec<PeriodRef<'a>>,
    /// How many articles there are.
    pub total: u32,
}

/// What goes into a digest.
#[derive(Debug)]
pub struct DigestParts<'a> {
    /// The articles that appeared after this.
    pub since: Moment,
    /// The time at which it is made.
    pub at: Moment,
    /// The articles by term, those without one last.
    pub groups: Vec<(Option<TermRef<'a>>, Vec<CardRef<'a>>)>,
}

/// A correction and its article.
#[derive(Debug, Serialize)]
pub struct CorrectionParts<'a> {
    /// The correction.
    pub correction: &'a Correction,
    /// The article's headline.
    pub title: &'a str,
    /// Where it can be read.
    pub place: Whereabouts<'a>,
    /// Its language, if it is not the site's.
    pub lang: Option<&'a Language>,
}

/// The ingredients of a feed.
#[derive(Debug, Serialize)]
pub struct FeedParts<'a> {
    /// The format.
    pub format: FeedFormat,
    /// What it is a feed of.
    pub subject: ListSubject<'a>,
    /// The address of the page it belongs to.
    pub page: Cow<'a, UrlPath>,
    /// The address of the feed.
    pub url: UrlPath,
    /// The entries, newest first.
    pub entries: Vec<FeedEntryParts<'a>>,
}

/// The ingredients of one entry of a feed.
#[derive(Debug, Serialize)]
pub struct FeedEntryParts<'a> {
    /// The article's number within this build, which no page shows.
    #[serde(skip)]
    pub number: u32,
    /// The article.
    pub meta: Printed<'a, Meta>,
    /// Its text, where the feed carries it; handed to `view` beside the ingredients, in this order.
    pub body: Option<Fingerprint>,
    /// Its address.
    pub url: &'a UrlPath,
    /// The address of the original, if the article has no page.
    pub outside: Option<&'a str>,
    /// Where its links lead.
    pub links: &'a [Href],
    /// Its tags.
    pub tags: Vec<TermRef<'a>>,
    /// Its outlets, in the order of its sources.
    pub sources: Vec<OutletParts<'a>>,
    /// Its authors.
    pub authors: Vec<TermRef<'a>>,
}

/// The ingredients of the page in the place of a withdrawn article.
#[derive(Debug, Serialize)]
pub struct TombstoneParts<'a> {
    /// Its address.
    pub url: &'a UrlPath,
    /// Since when the article is withdrawn.
    pub date: Option<Date>,
    /// The reason; may be empty.
    pub reason: &'a str,
    /// The language of the article, if it is not the site's.
    pub lang: Option<&'a Language>,
}

/// The ingredients of a list of redirects.
#[derive(Debug, Serialize)]
pub struct RedirectsParts<'a> {
    /// Old addresses and their goals.
    pub moved: Vec<(&'a UrlPath, &'a Goal)>,
    /// The addresses of withdrawn articles.
    pub gone: Vec<&'a UrlPath>,
}

/// An address in the address map.
#[derive(Debug, Serialize)]
pub struct SitemapUrl {
    /// The address.
    pub url: UrlPath,
    /// When the page was last changed.
    pub modified: Option<Date>,
}
