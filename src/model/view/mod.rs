//! What a template sees: the template API.
//!
//! A template gets `site` (the same for every page), `page` (what every page has) and one value that is named after what the page
//! shows: `article`, `standing`, `list`, `terms` or `archive`. There is nothing else, and nothing can be looked up. The doc
//! comments here are the reference; the manual is tested against them. Whoever changes a field changes
//! [`TEMPLATE_API`](super::theme::TEMPLATE_API).
//!
//! Addresses are ready to be written into an attribute: percent-encoded, with the base path of the site.

mod digest;
mod lists;
mod machine;
mod shared;
mod text;
mod twin;

use std::collections::BTreeMap;

pub use digest::{DigestEntry, DigestGroup, DigestView};
pub use lists::{
    ArchiveView, CalendarView, CodePair, CompanyView, Facet, FrontView, ListView, OrderLink, PeriodLink,
    ProfileView, SlotView, TermEntry, TermsView, WeekdayView, YearView,
};
pub use machine::{FeedEntryView, FeedSourceView, FeedView, NewsSitemapView, SitemapEntry};
pub use shared::{MOST_CARDS, SharedCard};
pub use text::{ArgumentView, ComponentView, RichText, TocEntry};
pub use twin::{TwinCorrection, TwinHead, TwinPicture, TwinSeries, TwinSource, TwinView};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// One output, ready to be rendered.
#[derive(Debug)]
pub enum View {
    /// A page that a template renders.
    Html(Box<HtmlView>),
    /// A feed.
    Feed(Box<FeedView>),
    /// An article for programs.
    Twin(Box<TwinView>),
    /// A part of the address map.
    Sitemap(Vec<SitemapEntry>),
    /// The index of the address map's parts.
    SitemapIndex(Vec<String>),
    /// The news sitemap.
    NewsSitemap(NewsSitemapView),
    /// Plain text: `robots.txt`, `_redirects`.
    Text(String),
    /// A page that sends the reader elsewhere.
    Redirect {
        /// Where to, as links of the site have it.
        to: String,
        /// The whole address.
        whole: String,
    },
}

/// A page that a template renders.
#[derive(Debug)]
pub struct HtmlView {
    /// The template, such as `article.html`.
    pub template: String,
    /// What every page has.
    pub page: PageView,
    /// What this kind of page has.
    pub content: Content,
}

/// What this kind of page has; the name of the variant is the name in the template.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// `article.html`
    Article(Box<ArticleView>),
    /// `page.html`
    Standing(Box<StandingView>),
    /// `home.html` and `list.html`
    List(Box<ListView>),
    /// `terms.html`
    Terms(TermsView),
    /// `archive.html`
    Archive(ArchiveView),
    /// `corrections.html`
    Corrections(CorrectionsView),
    /// `withdrawn.html`
    Withdrawn(WithdrawnView),
    /// `404.html`
    #[serde(rename = "not_found")]
    NotFound(NotFoundView),
}

/// `site`: the same for every page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The language of the site (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`: the direction of that language.
    pub dir: String,
    /// The whole address of the front page.
    pub base_url: String,
    /// The address of the front page within the host: `/`, or `/sub/path/`.
    pub home: String,
    /// The main navigation.
    pub menu: Vec<MenuItem>,
    /// The overviews that the site has: tags, sources, authors, series, archive.
    pub indexes: Vec<MenuItem>,
    /// The feeds of the whole site.
    pub feeds: Vec<FeedLink>,
    /// The address of each asset of the theme, by its name: `site.assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
    /// The words of the interface, by key.
    pub words: BTreeMap<String, String>,
    /// The options of the theme.
    pub options: BTreeMap<String, Value>,
    /// The files under `data/`, by path without extension: `site.data.staff`.
    pub data: BTreeMap<String, Value>,
    /// `[extra]` of `site.toml`.
    pub extra: Map<String, Value>,
    /// What each template under `site/` of the theme makes of the rest, by the template's name without `.html`: `site.drawn.footer`.
    pub drawn: BTreeMap<String, String>,
    /// The name and version of Masthead.
    pub generator: String,
}

/// An entry of a navigation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MenuItem {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// What kind of index it leads to (`tags`, `archive`, …); empty for other entries.
    pub kind: String,
}

/// A feed that belongs to a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FeedLink {
    /// What it is a feed of.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: String,
}

/// `page`: what every page has.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// `home`, `article`, `standing`, `tag`, `source`, `author`, `series`, `source-year`, `year`, `month`, `day`, `tags`, `sources`, `authors`, `all-series`, `archive`, `corrections`, `withdrawn` or `not-found`.
    pub kind: String,
    /// The title, without the site's name; on a numbered page with the number.
    pub title: String,
    /// One or two sentences for search engines.
    pub description: String,
    /// The language of the content (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its address within the host.
    pub url: String,
    /// The whole address that search engines should keep: its own, or that of the original.
    pub canonical: String,
    /// The content of the robots meta element; empty if it needs none.
    pub robots: String,
    /// `article` or `website`, for `OpenGraph`.
    pub og_type: String,
    /// The whole address of the picture for previews; empty if there is none.
    pub image: String,
    /// What is to be seen on it.
    pub image_alt: String,
    /// The structured data (schema.org, JSON-LD), ready to stand in a script element.
    pub json_ld: String,
    /// The way from the front page to this one.
    pub breadcrumbs: Vec<Crumb>,
    /// The feeds of this page's list, beside those of the whole site.
    pub feeds: Vec<FeedLink>,
    /// The same page in other forms: JSON, Markdown.
    pub alternates: Vec<FeedLink>,
    /// Whether it has highlighted code.
    pub has_code: bool,
    /// Whether an entry of the navigation may lead to it.
    pub in_menu: bool,
}

/// A step on the way to a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Crumb {
    /// What it is called.
    pub title: String,
    /// Where it leads; empty for the page itself.
    pub url: String,
}

/// `article`: an article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleView {
    /// The headline.
    pub title: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it was last changed in substance.
    pub updated: Option<DateView>,
    /// When it was last changed at all: `updated`, or the day of its last correction if that is later.
    pub modified: Option<DateView>,
    /// When it came into the collection, where that is told apart from the date.
    pub added: Option<DateView>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The summary, unless the text begins with the same words; may be empty.
    pub standfirst: String,
    /// The text, as HTML.
    pub content: RichText,
    /// The source at which the text goes on, because its outlet allows no more of it to be shown; nothing if all of it is here.
    pub cut_from: Option<SourceView>,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Words in the text. Each sign of Chinese and Japanese counts as one, and so do three letters of Thai, Lao and Khmer and two of Burmese.
    pub words: u32,
    /// Minutes to read it, at 220 words or 500 signs of Chinese or Japanese a minute; 0 if there is none.
    pub minutes: u32,
    /// The language of the text (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Where it comes from, the main source first.
    pub sources: Vec<SourceView>,
    /// Its authors. Who is to be named as what, `writers` and `translators` say.
    pub authors: Vec<TermLink>,
    /// Who is named as having written it: its authors; of a translation, and of a text of an outlet for which nobody else is named, the author of the original, who has no page.
    pub writers: Vec<TermLink>,
    /// Who is named as having translated it.
    pub translators: Vec<TermLink>,
    /// What it is about.
    pub tags: Vec<TermLink>,
    /// Its place in a series.
    pub series: Option<SeriesView>,
    /// The picture.
    pub image: Option<ImageView>,
    /// Whether the text shows the picture itself and `image` says no more about it, so that it need not stand above the text.
    pub image_in_text: bool,
    /// What was put right.
    pub corrections: Vec<CorrectionView>,
    /// The page of all corrections; empty if there is none or nothing was put right here.
    pub corrections_page: String,
    /// How to cite it; nothing if citations are switched off.
    pub cite: Option<CiteView>,
    /// The article before it in time.
    pub previous: Option<SharedCard>,
    /// The article after it in time.
    pub next: Option<SharedCard>,
    /// Related articles, best first.
    pub related: Vec<SharedCard>,
    /// The same story from other outlets, oldest first.
    pub elsewhere: Vec<SharedCard>,
    /// `open`, `closed` or `off`.
    pub comments: String,
    /// The free map of the front matter.
    pub extra: Map<String, Value>,
}

/// A date, for machines and for readers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DateView {
    /// For `datetime` attributes: `2022-01-11`, `2022-01-11T10:00:00Z`, `1968-05` or `1923`.
    pub iso: String,
    /// In words, in the site's language.
    pub text: String,
    /// Day and month, for lists that tell the year already: `11 Jan`; `January` or `1923` where no more is known.
    pub short: String,
    /// In numbers: `2022-01-11`, `1968-05` or `1923`.
    pub number: String,
    /// The time of day: `10:00`; empty if it is unknown.
    pub time: String,
    /// The day of the week in words; empty if the day is unknown.
    pub weekday: String,
    /// The year.
    pub year: u16,
}

/// Where an article comes from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceView {
    /// The outlet.
    pub outlet: TermLink,
    /// The original's address; empty if unknown.
    pub url: String,
    /// Its headline there; empty if it is the same.
    pub title: String,
    /// Who wrote it there; empty if unknown.
    pub author: String,
    /// When it was published there.
    pub published: Option<DateView>,
    /// The language of the original (BCP 47); empty if unknown.
    pub lang: String,
    /// Its direction, `ltr` or `rtl`; empty if unknown.
    pub dir: String,
    /// When it was taken from there.
    pub retrieved: Option<DateView>,
    /// `republished`, `excerpt`, `summary`, `translation`, `based-on` or `via`.
    pub role: String,
    /// Whether the article's text is its own: republished, an excerpt or a translation.
    pub is_text: bool,
    /// The address of an archived copy; empty if there is none.
    pub archive: String,
    /// The same, for links to the original.
    pub version: Option<VersionView>,
    /// The licence it is used under; empty if unknown.
    pub license: String,
    /// The outlet's homepage; empty if unknown.
    pub homepage: String,
    /// The first letters of the outlet's name, three at most.
    pub initials: String,
    /// The outlet's logo: the picture of its profile.
    pub logo: Option<ImageView>,
}

/// A link to a term.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct TermLink {
    /// Its name.
    pub name: String,
    /// Its page; empty if such pages are switched off.
    pub url: String,
    /// The language of its name (BCP 47): of an outlet, that of its profile; empty if unknown.
    pub lang: String,
    /// Its direction, `ltr` or `rtl`; empty if unknown.
    pub dir: String,
}

/// The place of an article in a series.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SeriesView {
    /// The series.
    pub name: String,
    /// Its page; empty if such pages are switched off.
    pub url: String,
    /// Which part this is, from 1.
    pub part: u32,
    /// How many parts there are, as far as is known.
    pub total: u32,
    /// The part before.
    pub previous: Option<SharedCard>,
    /// The part after.
    pub next: Option<SharedCard>,
}

/// A picture.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// What is to be seen; empty if it only decorates.
    pub alt: String,
    /// The line below it; may be empty.
    pub caption: String,
    /// Who made it; may be empty.
    pub credit: String,
    /// The licence it is used under; may be empty.
    pub license: String,
    /// Width in pixels; 0 if unknown.
    pub width: u32,
    /// Height in pixels; 0 if unknown.
    pub height: u32,
    /// The value of `object-position`; may be empty.
    pub focus: String,
}

/// Something that was put right.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CorrectionView {
    /// When.
    pub date: Option<DateView>,
    /// What.
    pub text: String,
}

/// `corrections`: the page of all corrections.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CorrectionsView {
    /// The corrections, newest first.
    pub entries: Vec<CorrectionEntry>,
}

/// A correction on the page of all corrections.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CorrectionEntry {
    /// When.
    pub date: Option<DateView>,
    /// What.
    pub text: String,
    /// The headline of the article.
    pub title: String,
    /// The article's address.
    pub url: String,
    /// The archived copy of the original that the address is of.
    pub version: Option<VersionView>,
    /// The language of the article (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
}

/// How to cite an article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CiteView {
    /// In words.
    pub text: String,
    /// As BibTeX.
    pub bibtex: String,
    /// As CSL-JSON.
    pub csl: String,
}

/// What a page shows of an article that is not its own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Card {
    /// The headline.
    pub title: String,
    /// Its address.
    pub url: String,
    /// When it was published.
    pub date: Option<DateView>,
    /// When it came into the collection, where that is told apart from the date.
    pub added: Option<DateView>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The language of the text (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its main outlet.
    pub source: Option<TermLink>,
    /// Its authors' names, as their profiles have them. Who is to be named as what, `writers` and `translators` say.
    pub authors: Vec<String>,
    /// Who is named as having written it, as `writers` of the article.
    pub writers: Vec<String>,
    /// Who is named as having translated it.
    pub translators: Vec<String>,
    /// What it is about.
    pub tags: Vec<TermLink>,
    /// The picture.
    pub image: Option<ImageView>,
    /// Minutes to read it; 0 if it has no text, or if `url` leads straight to the original.
    pub minutes: u32,
    /// Where `url` leads straight to the original: an archived copy of it, if there is one.
    pub version: Option<VersionView>,
    /// What each template under `cards/` of the theme makes of it, by the template's name without `.html`: `card.drawn.row`.
    pub drawn: BTreeMap<String, String>,
}

/// An archived copy of an original.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VersionView {
    /// Its address.
    pub url: String,
    /// The day on which the original was taken, if it is known.
    pub date: Option<DateView>,
}

/// `standing`: a standing page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandingView {
    /// The title.
    pub title: String,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// The text, as HTML.
    pub content: RichText,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// The picture.
    pub image: Option<ImageView>,
    /// The free map of the front matter.
    pub extra: Map<String, Value>,
}

/// `withdrawn`: the page in the place of a withdrawn article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WithdrawnView {
    /// Since when it is withdrawn.
    pub date: Option<DateView>,
    /// Why; may be empty.
    pub reason: String,
    /// The language of the reason: that of the article.
    pub lang: String,
    /// Its direction, `ltr` or `rtl`.
    pub dir: String,
}

/// `not_found`: the page for addresses that lead nowhere.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotFoundView {}
