//! What programs read: feeds and address maps. Templates never see these.

use super::RichText;
use crate::model::plan::FeedFormat;

/// A feed; all addresses are whole.
#[derive(Debug)]
pub struct FeedView {
    /// The format.
    pub format: FeedFormat,
    /// What it is a feed of.
    pub title: String,
    /// One sentence; may be empty.
    pub subtitle: String,
    /// The page it belongs to.
    pub page: String,
    /// Its own address, which is also its id.
    pub url: String,
    /// The language (BCP 47).
    pub lang: String,
    /// When its newest entry was last changed (RFC 3339).
    pub updated: String,
    /// Who is behind the site.
    pub author: String,
    /// The name and version of Masthead.
    pub generator: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntryView>,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct FeedEntryView {
    /// What stays the same when the address changes its look: the whole address.
    pub id: String,
    /// The headline.
    pub title: String,
    /// Its page.
    pub url: String,
    /// When it was published (RFC 3339); empty if that is unknown.
    pub published: String,
    /// When it was last changed (RFC 3339); empty if no date is known.
    pub updated: String,
    /// Plain text; may be empty.
    pub summary: String,
    /// The text as HTML with whole addresses; empty if the feed carries summaries only.
    pub content: RichText,
    /// The language (BCP 47).
    pub lang: String,
    /// Authors' names.
    pub authors: Vec<String>,
    /// The names of those who have translated it.
    pub translators: Vec<String>,
    /// Tags' names.
    pub tags: Vec<String>,
    /// The picture's whole address; may be empty.
    pub image: String,
    /// Where the original stands; parts may be empty.
    pub source: Option<FeedSourceView>,
}

/// Where an entry of a feed comes from.
#[derive(Debug)]
pub struct FeedSourceView {
    /// The outlet.
    pub outlet: String,
    /// Its homepage, or else the root of the original's address; may be empty.
    pub home: String,
    /// The original; may be empty.
    pub url: String,
    /// The original's headline; empty if it is not known to differ.
    pub title: String,
}

/// An address in the address map.
#[derive(Debug)]
pub struct SitemapEntry {
    /// The whole address.
    pub loc: String,
    /// When it was last changed (W3C date and time); may be empty.
    pub lastmod: String,
}

/// The news sitemap.
#[derive(Debug)]
pub struct NewsSitemapView {
    /// The name of the publication.
    pub publication: String,
    /// Its language.
    pub language: String,
    /// Address, date and headline of each article.
    pub entries: Vec<(String, String, String)>,
}
