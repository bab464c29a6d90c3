//! `site.toml` and `theme.toml`: how a site wants to be built.
//!
//! A file becomes a configuration in two steps: first a raw mirror of the file (`raw`), from which the JSON
//! Schema for editors is derived too, then the checked value ([`SiteConfig`]). All mistakes of a file are
//! found in one run, each with its place. Nothing here reads the disk.

mod document;
mod front;
mod kinds;
mod raw;
mod shape;
mod site;
mod syntax;
mod theme;
mod values;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::date::Zone;
use crate::base::date_locale::DateLocale;
use crate::base::diag::{Level, Place, Rule};
use crate::base::language::Language;
use crate::base::slug::SlugStyle;

pub use document::places;
pub use front::{Condition, Each, Field, Front, Order, Pin, Slot};
pub use kinds::{ByKind, TermKind};
pub use raw::schema_of;
pub use site::{site, site_schema};
pub use theme::{OptionKind, ThemeManifest, ThemeOption, check_options, theme, theme_schema};
pub use values::{Checked, FOLDERS_OF_THEMES, Fault, base_url};
pub use words::words;

/// The name of a site's configuration.
pub const FILE: &str = "site.toml";

/// A checked `site.toml`.
#[derive(Debug, Clone)]
pub struct SiteConfig {
    /// The site's name.
    pub title: String,
    /// Where the site will stand: scheme and host, without a slash at the end.
    pub origin: String,
    /// The path of the site on its host, percent-encoded, without a slash at the end: empty, or `/sub/path`.
    pub base_path: String,
    /// The address of the site in the file, without a slash at the end, whatever address it is built for.
    pub home: String,
    /// One sentence about the site.
    pub description: String,
    /// Its language.
    pub language: Language,
    /// The zone of dates that have none.
    pub zone: Zone,
    /// How its language writes dates.
    pub locale: DateLocale,
    /// How dates are written (`strftime`).
    pub date_format: String,
    /// Who is behind the site.
    pub publisher: Publisher,
    /// The folders, relative to the root or absolute, with forward slashes and no slash at the end; `.` is
    /// the root.
    pub folders: Folders,
    /// How addresses are made.
    pub urls: Urls,
    /// Articles on a page of a list.
    pub page_size: u32,
    /// Which articles are the newest of the lists of all articles and of those of terms.
    pub list_order: ListOrder,
    /// Related articles on an article's page.
    pub related: u32,
    /// What stands on the front page.
    pub front: Front,
    /// What makes articles related.
    pub likeness: Likeness,
    /// What goes into feeds.
    pub feeds: Feeds,
    /// What is built.
    pub outputs: Outputs,
    /// What search engines are told of articles, by role.
    pub index: IndexDefaults,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// The theme's name.
    pub theme: String,
    /// The options for the theme, as written; checked when the theme is loaded.
    pub theme_options: BTreeMap<String, serde_json::Value>,
    /// The main navigation: title, and an address of the site or of the web.
    pub menu: Vec<(String, String)>,
    /// The addresses of this site that the file names, in the menu and elsewhere, with their places. Only
    /// their form has been checked.
    pub addresses: Vec<(String, Option<Place>)>,
    /// The level of each rule that is not at its default.
    pub lint: BTreeMap<Rule, Level>,
    /// The free map for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Who is behind the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The name; the site's title if nothing else is said.
    pub name: String,
    /// The address of a logo within the site or on the web; may be empty.
    pub logo: String,
    /// Pages elsewhere that are about it too.
    pub same_as: Vec<String>,
    /// Addresses of its policies, by their names in schema.org's `NewsMediaOrganization`.
    pub policies: Vec<(&'static str, String)>,
}

/// Where things lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Articles.
    pub articles: String,
    /// Standing pages.
    pub pages: String,
    /// Profiles.
    pub profiles: ByKind<String>,
    /// Files that are copied as they are.
    pub assets: String,
    /// Data for templates.
    pub data: String,
    /// The output, unless the command line says otherwise.
    pub output: String,
}

/// How addresses are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    /// The pattern of an article's address, from `{year}`, `{month}`, `{day}`, `{slug}`, `{source}`,
    /// `{section}`.
    pub article: Vec<UrlPart>,
    /// The first segment of the addresses of each kind of term.
    pub terms: ByKind<String>,
    /// The first segment of the archive's address.
    pub archive: String,
    /// The first segment of the address of all corrections.
    pub corrections: String,
    /// How slugs are made from names.
    pub slugs: SlugStyle,
}

/// A piece of an address pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPart {
    /// Text that stands as it is.
    Text(String),
    /// `{year}`: four digits.
    Year,
    /// `{month}`: two digits; with its slash nothing if the date has no month.
    Month,
    /// `{day}`: two digits; with its slash nothing if the date has no day.
    Day,
    /// `{slug}`
    Slug,
    /// `{source}`: the slug of the main outlet; with its slash nothing if there is none.
    Source,
    /// `{section}`: the folders of the article's file below the articles' folder; with its slash nothing if
    /// there are none.
    Section,
}

/// What goes into feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feeds {
    /// How many entries.
    pub entries: u32,
    /// Which articles are the newest.
    pub order: ListOrder,
    /// What the feeds of the whole site carry.
    pub content: FeedContent,
    /// What the feeds of terms carry.
    pub term_content: FeedContent,
}

/// The order of a list or feed, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ListOrder {
    /// By date.
    #[default]
    Date,
    /// By the date on which they were added to the collection.
    Added,
}

/// What an entry of a feed contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FeedContent {
    /// The full text.
    #[default]
    Full,
    /// The summary.
    Summary,
}

/// Which pages and files are built. By default, all that are useful to any kind of site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Outputs {
    /// Pages of tags.
    pub tag_pages: bool,
    /// Pages of sources.
    pub source_pages: bool,
    /// Pages of sources by year: `/sources/<slug>/2022/`.
    pub source_years: bool,
    /// Pages of authors.
    pub author_pages: bool,
    /// Pages of series.
    pub series_pages: bool,
    /// The archive and the pages of years.
    pub year_archives: bool,
    /// Pages of months.
    pub month_archives: bool,
    /// Pages of days.
    pub day_archives: bool,
    /// The page of all corrections, if there are any.
    pub corrections_page: bool,
    /// Atom feeds.
    pub atom_feed: bool,
    /// RSS 2.0 feeds. Off by default, because programs that read RSS also read Atom.
    pub rss_feed: bool,
    /// JSON feeds.
    pub json_feed: bool,
    /// A feed for each tag, source, author and series, not only for the whole site.
    pub term_feeds: bool,
    /// `sitemap.xml`.
    pub sitemap: bool,
    /// `news-sitemap.xml`.
    pub news_sitemap: bool,
    /// `robots.txt`.
    pub robots: bool,
    /// `_redirects`, for Netlify, Cloudflare Pages and others.
    pub redirects_file: bool,
    /// "Cite this" on articles.
    pub citations: bool,
    /// A JSON version of each article, beside its page.
    pub article_json: bool,
    /// A Markdown version of each article, beside its page.
    pub article_markdown: bool,
    /// `.htaccess` with the redirects, for Apache.
    pub htaccess: bool,
    /// `redirects.nginx.conf` with the redirects, to include in the configuration of nginx.
    pub nginx_redirects: bool,
}

impl Outputs {
    /// Whether years, months or days have pages. For a year, month and day are 0; for a month, the day is.
    pub fn has_periods(self, month: u8, day: u8) -> bool {
        match (month, day) {
            (0, _) => self.year_archives,
            (_, 0) => self.month_archives,
            _ => self.day_archives,
        }
    }
}

impl Default for Outputs {
    fn default() -> Self {
        Self {
            tag_pages: true,
            source_pages: true,
            source_years: true,
            author_pages: true,
            series_pages: true,
            year_archives: true,
            month_archives: true,
            day_archives: true,
            corrections_page: true,
            atom_feed: true,
            rss_feed: false,
            json_feed: true,
            term_feeds: true,
            sitemap: true,
            news_sitemap: true,
            robots: true,
            redirects_file: true,
            citations: true,
            article_json: false,
            article_markdown: false,
            htaccess: false,
            nginx_redirects: false,
        }
    }
}

/// `[index]`: how search engines should index articles, by the role of their main source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IndexDefaults {
    /// Republished articles. Google asks syndication partners to use `noindex`.
    pub republished: IndexPolicy,
    /// Excerpts.
    pub excerpt: IndexPolicy,
    /// Summaries.
    pub summary: IndexPolicy,
    /// Translations.
    pub translation: IndexPolicy,
    /// Original work based on the source.
    #[serde(rename = "based-on")]
    pub based_on: IndexPolicy,
    /// Articles found through the source.
    pub via: IndexPolicy,
}

impl Default for IndexDefaults {
    fn default() -> Self {
        let own = IndexPolicy::Own;
        Self {
            republished: IndexPolicy::Noindex,
            excerpt: own,
            summary: own,
            translation: own,
            based_on: own,
            via: own,
        }
    }
}

/// How search engines should index an article, and whether it has a page at all.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum IndexPolicy {
    /// Search engines should index this page.
    #[serde(rename = "self")]
    Own,
    /// Search engines should index the original.
    Canonical,
    /// Search engines should not index this page.
    Noindex,
    /// The article has no page: lists link directly to the original.
    #[serde(rename = "link-only")]
    LinkOnly,
}

/// How related articles are found: each weight is a percentage of the default weight, 0 to ignore the criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Likeness {
    /// The weight of shared words in title and text.
    #[schemars(range(min = 0, max = 1_000))]
    pub text: u32,
    /// The weight of shared tags.
    #[schemars(range(min = 0, max = 1_000))]
    pub tags: u32,
    /// The weight of a shared source.
    #[schemars(range(min = 0, max = 1_000))]
    pub source: u32,
    /// The weight of close dates.
    #[schemars(range(min = 0, max = 1_000))]
    pub date: u32,
    /// The maximum number of days between an article and the same story from another source, which is shown below it; 0 to show none.
    #[schemars(range(min = 0, max = 366))]
    pub elsewhere_days: u32,
}

impl Default for Likeness {
    fn default() -> Self {
        Self { text: 100, tags: 100, source: 100, date: 100, elsewhere_days: 14 }
    }
}

/// Options for Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {
    /// How raw HTML is handled in articles without a source.
    pub raw_html: RawHtml,
    /// How raw HTML is handled in articles that have a source.
    pub sourced_raw_html: RawHtml,
    /// Whether plain quotes, dashes and dots become typographic ones.
    pub smart_punctuation: bool,
    /// Whether bare web addresses become links.
    pub autolinks: bool,
    /// Whether `$…$` and `$$…$$` are formulas.
    pub math: bool,
    /// Whether fenced code is highlighted.
    pub highlight: bool,
}

impl Default for Markdown {
    fn default() -> Self {
        Self {
            raw_html: RawHtml::Allow,
            sourced_raw_html: RawHtml::Sanitize,
            smart_punctuation: true,
            autolinks: true,
            math: true,
            highlight: true,
        }
    }
}

/// How raw HTML in Markdown is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It is kept as it is.
    #[default]
    Allow,
    /// Scripts, styles, frames and forms are removed.
    Sanitize,
    /// It is shown as text.
    Escape,
}

#[cfg(test)]
mod tests;
