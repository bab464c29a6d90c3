//! What templates see of lists and overviews.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Crumb, DateView, ImageView, RichText, SharedCard, TermLink};

/// `list`: one page of a list of articles.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ListView {
    /// What it is a list of: the term's name, "2022", "January 2022"; the site's title on the front page.
    pub title: String,
    /// Its articles.
    pub cards: Vec<SharedCard>,
    /// Of a series, which part each of them is; empty on other lists.
    pub part_numbers: Vec<u32>,
    /// How they are ordered: by `date` or by `added` (by `date`, where an article has no such day), the newest first; or by `part`, as a series
    /// is. What stands as a heading between them goes by the same.
    pub order: String,
    /// The number of this page, from the oldest; 0 for the front of the list.
    pub number: u32,
    /// The front of the list.
    pub front: String,
    /// The page with newer articles; empty if there is none.
    pub newer: String,
    /// The page with older articles; empty if there is none.
    pub older: String,
    /// How many articles the list has; only on its front, 0 elsewhere.
    pub total: u32,
    /// What is known of the term; only on the front of its list.
    pub profile: Option<ProfileView>,
    /// The wider tag.
    pub parent: Option<TermLink>,
    /// The narrower tags.
    pub children: Vec<TermLink>,
    /// The years of a term, the months of a year, the days of a month; only on the front. Years and months between them are there
    /// too, with a count of 0, so that they can be drawn as a chart; in more than sixty years, one `…` stands for several.
    pub parts: Vec<PeriodLink>,
    /// The outlets of the articles on this page, the most frequent first; only on the front.
    pub outlets: Vec<Facet>,
    /// The tags of the articles on this page, the most frequent first; only on the front.
    pub tags: Vec<Facet>,
    /// What the articles of a term have in common; only on the front of its list.
    pub company: Option<CompanyView>,
    /// The days of a month as a calendar; only on the front, and only if a day is known of one of its articles.
    pub calendar: Option<CalendarView>,
    /// The nearest year, month or day with articles before this one; only on the front.
    pub before: Option<Crumb>,
    /// The nearest year, month or day with articles after this one; only on the front.
    pub after: Option<Crumb>,
    /// Articles of the same day in years before, the newest first; only on the front of a day.
    pub anniversaries: Vec<SharedCard>,
    /// How the front page is arranged; nothing on other lists. Its articles are those of `cards` and, if `site.toml` asks for them, others.
    pub front_page: Option<FrontView>,
}

/// What the articles of a term have in common. The terms are those that most of its articles have besides, the most frequent first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompanyView {
    /// The date of its first article.
    pub first: Option<DateView>,
    /// The date of its last article.
    pub last: Option<DateView>,
    /// Tags; of a tag, those that stand beside it.
    pub tags: Vec<Facet>,
    /// Outlets.
    pub sources: Vec<Facet>,
    /// Authors; of an author, those who wrote with them.
    pub authors: Vec<Facet>,
}

/// A month as a calendar.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CalendarView {
    /// The seven days of the week, from the day with which weeks begin in the site's language.
    pub weekdays: Vec<WeekdayView>,
    /// The weeks, each of seven days; a day of another month has no title.
    pub weeks: Vec<Vec<PeriodLink>>,
}

/// A day of the week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WeekdayView {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: String,
}

/// A term of articles on a page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Facet {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// How many of the articles have it.
    pub count: u32,
}

/// The front page: every article stands in it once.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FrontView {
    /// Whether `[front]` in `site.toml` has pins or slots. If not, a theme may as well show `cards` as they are.
    pub arranged: bool,
    /// The articles at the top: the pinned ones, then the newest.
    pub lead: Vec<SharedCard>,
    /// What stands below them: the slots of `site.toml`, otherwise groups by tag; the last one, which may have no title, has what is in no other.
    pub slots: Vec<SlotView>,
}

/// A part of the front page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SlotView {
    /// What stands above it; empty for what is left over.
    pub title: String,
    /// Where the title leads; may be empty.
    pub url: String,
    /// Its articles.
    pub cards: Vec<SharedCard>,
}

/// What is known of a term.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProfileView {
    /// One sentence; may be empty.
    pub description: String,
    /// The text, as HTML; may be empty.
    pub content: RichText,
    /// The homepage; may be empty.
    pub url: String,
    /// What kind of outlet it is; may be empty.
    pub kind: String,
    /// Two-letter country code; may be empty.
    pub country: String,
    /// Language (BCP 47); may be empty.
    pub language: String,
    /// The licence; may be empty.
    pub license: String,
    /// Pages elsewhere.
    pub links: Vec<String>,
    /// A portrait or logo.
    pub picture: Option<ImageView>,
}

/// A link to a stretch of time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PeriodLink {
    /// "2022", "January" or "11".
    pub title: String,
    /// The same where there is little room: `2022`, `Jan` or `11`.
    pub short: String,
    /// Its page; empty if such pages are switched off.
    pub url: String,
    /// How many articles.
    pub count: u32,
    /// The same in percent of the busiest stretch beside it, rounded up.
    pub share: u32,
}

impl PeriodLink {
    /// One without articles.
    pub fn empty(title: String, short: String) -> Self {
        Self { title, short, url: String::new(), count: 0, share: 0 }
    }
}

/// `terms`: the overview of all tags, sources, authors or series.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermsView {
    /// `tags`, `sources`, `authors` or `series`.
    pub kind: String,
    /// How they are ordered here: `name`, `count` or `newest`.
    pub order: String,
    /// All orders, each on a page of its own; empty if there is one term.
    pub orders: Vec<OrderLink>,
    /// Sources: the countries that occur, as two-letter codes, in the order of their names in the words of the theme (`country-GB`).
    pub countries: Vec<String>,
    /// Sources: the languages that occur, without regions (ISO 639), in the same way (`language-en`).
    pub languages: Vec<String>,
    /// Sources: the countries and languages that one source has together.
    pub pairs: Vec<CodePair>,
    /// The terms in this order.
    pub terms: Vec<TermEntry>,
}

/// A country and a language that a source has both.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CodePair {
    /// Two-letter country code.
    pub country: String,
    /// Language, without a region (ISO 639).
    pub language: String,
}

/// An order of the overview, and where it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrderLink {
    /// `name`, `count` or `newest`.
    pub name: String,
    /// The overview in this order.
    pub url: String,
}

/// A term in the overview.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermEntry {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// How many articles.
    pub count: u32,
    /// One sentence; may be empty.
    pub description: String,
    /// Sources: two-letter country code; may be empty.
    pub country: String,
    /// Sources: language, without a region (ISO 639); may be empty.
    pub language: String,
    /// Tags: the wider tag's name; may be empty.
    pub parent: String,
    /// When its newest article was published.
    pub newest: Option<DateView>,
}

/// `archive`: the overview of years and months.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArchiveView {
    /// The years, newest first.
    pub years: Vec<YearView>,
    /// The short names of the twelve months.
    pub month_names: Vec<String>,
    /// How many articles there are.
    pub total: u32,
}

/// A year in the archive.
#[derive(Debug, Serialize, JsonSchema)]
pub struct YearView {
    /// The year.
    pub title: String,
    /// Its page.
    pub url: String,
    /// How many articles.
    pub count: u32,
    /// The same in percent of the busiest year, rounded up.
    pub share: u32,
    /// Its twelve months, their shares in percent of the busiest of all months; one without articles has no address and a count of 0.
    pub months: Vec<PeriodLink>,
}
