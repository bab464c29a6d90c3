//! Every address of a site, and what is there.

use std::collections::BTreeMap;

use serde::Serialize;

use super::collection::{ArticleId, TermId};
use super::path::{ContentPath, UrlPath};
use super::profile::TermKind;

/// All routes of a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// The routes, in the order in which they are built.
    pub routes: Vec<Route>,
    /// Addresses that redirect, with their goals.
    pub redirects: BTreeMap<UrlPath, Goal>,
    /// The number of sitemap parts; 0 if there is no sitemap.
    pub sitemap_parts: u32,
}

/// An address and what is there.
#[derive(Debug, Clone)]
pub struct Route {
    /// The address.
    pub url: UrlPath,
    /// What is there.
    pub page: Page,
}

/// What is at an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Page {
    /// An article.
    Article(ArticleId),
    /// The twin of an article: the same article in a form for programs.
    Twin(ArticleId, TwinFormat),
    /// A standing page, by its index in the collection.
    Standing(u32),
    /// A page of a list: the front, or a numbered page.
    List(List, Option<u32>),
    /// The overview of all terms of a kind.
    Terms(TermKind, TermOrder),
    /// The overview of all years and months.
    Archive,
    /// All corrections.
    Corrections,
    /// A feed.
    Feed(List, FeedFormat),
    /// A part of the sitemap, or its index.
    Sitemap(Option<u32>),
    /// The articles of the last two days, for news search engines.
    NewsSitemap,
    /// `robots.txt`.
    Robots,
    /// `404.html`.
    NotFound,
    /// What is left of a withdrawn article, by its index among the tombstones.
    Tombstone(u32),
    /// An old address, and where it leads.
    Redirect(Goal),
    /// The redirects in the form that a kind of host reads.
    RedirectsFile(HostFile),
    /// A file that is copied.
    Copy(ContentPath),
    /// An asset of the theme, by name.
    ThemeAsset(String),
}

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Goal {
    /// To a page of the site.
    Here(UrlPath),
    /// To the original of an article that has no page.
    Outside(String),
}

/// A list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum List {
    /// All articles.
    All,
    /// The articles of a term.
    Term(TermKind, TermId),
    /// The articles of an outlet in one year, by its index among the outlet's years.
    SourceYear(TermId, u32),
    /// The articles of a year, month or day, by its index among the periods.
    Period(u32),
}

/// The orders in which an overview lists its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum TermOrder {
    /// By name.
    Name,
    /// Those with the most articles first.
    Count,
    /// Those with the newest article first.
    Newest,
}

impl TermOrder {
    /// All orders, the usual one first.
    pub const ALL: [Self; 3] = [Self::Name, Self::Count, Self::Newest];

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Count => "count",
            Self::Newest => "newest",
        }
    }

    /// The last segment of its address, below that of the overview.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Count => "by-count",
            Self::Newest => "by-newest",
        }
    }
}

/// The forms of articles for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum TwinFormat {
    /// JSON.
    Json,
    /// Markdown with front matter.
    Markdown,
}

impl TwinFormat {
    /// All forms.
    pub const ALL: [Self; 2] = [Self::Json, Self::Markdown];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Markdown => "text/markdown",
        }
    }

    /// The address of a page's twin: `index.json` in the page's folder, or `slug.json` beside `slug.html`.
    pub fn beside(self, page: &UrlPath) -> Option<UrlPath> {
        let extension = match self {
            Self::Json => "json",
            Self::Markdown => "md",
        };
        let out = page.out_path();
        let stem = out.as_str().strip_suffix(".html").unwrap_or(out.as_str());
        UrlPath::parse(&format!("/{stem}.{extension}"))
    }
}

/// The files in which hosts expect redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum HostFile {
    /// `_redirects`: Netlify, Cloudflare Pages, GitLab Pages.
    Redirects,
    /// `.htaccess`: Apache.
    Htaccess,
    /// `redirects.nginx.conf`: nginx, to be included in a `server` block.
    Nginx,
}

impl HostFile {
    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Redirects => "_redirects",
            Self::Htaccess => ".htaccess",
            Self::Nginx => "redirects.nginx.conf",
        }
    }
}

/// The formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum FeedFormat {
    /// Atom, RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}
