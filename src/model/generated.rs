//! The addresses of the pages and files that no document has: overviews, lists and what machines read.

use super::path::UrlPath;
use super::plan::TermOrder;
use super::profile::TermKind;
use crate::config::Urls;

/// The overview of all terms of a kind, in their usual order.
pub fn overview(kind: TermKind, urls: &Urls) -> UrlPath {
    folder(&urls.terms[kind])
}

/// The overview of all terms of a kind in some order.
pub fn overview_in(order: TermOrder, kind: TermKind, urls: &Urls) -> UrlPath {
    let overview = overview(kind, urls);
    match order {
        TermOrder::Name => overview,
        order => overview.join(&format!("{}/", order.segment())),
    }
}

/// The list of a term's articles.
pub fn term(kind: TermKind, slug: &str, urls: &Urls) -> UrlPath {
    overview(kind, urls).join(&format!("{slug}/"))
}

/// The list of an outlet's articles of one year, below the list of all its articles.
pub fn year_below(outlet: &UrlPath, year: u16) -> UrlPath {
    outlet.join(&format!("{year:04}/"))
}

/// The list of the articles of a year, month or day. For a year, month and day are 0; for a month, the day is.
pub fn period(year: u16, month: u8, day: u8) -> UrlPath {
    let parts = [month, day].into_iter().filter(|&part| part > 0);
    parts.fold(folder(&format!("{year:04}")), |url, part| url.join(&format!("{part:02}/")))
}

/// A page of a list: one with a number, or the front itself.
pub fn page(front: &UrlPath, number: Option<u32>) -> UrlPath {
    match number {
        Some(number) => front.join(&format!("page/{number}/")),
        None => front.clone(),
    }
}

/// The overview of years and months.
pub fn archive(urls: &Urls) -> UrlPath {
    folder(&urls.archive)
}

/// The page of all corrections.
pub fn corrections(urls: &Urls) -> UrlPath {
    folder(&urls.corrections)
}

/// The sitemap, or its index if it has several parts.
pub fn sitemap() -> UrlPath {
    UrlPath::root().join("sitemap.xml")
}

/// One of several parts of the sitemap.
pub fn sitemap_part(number: u32) -> UrlPath {
    UrlPath::root().join(&format!("sitemap-{number}.xml"))
}

/// The sitemap of what is news.
pub fn news_sitemap() -> UrlPath {
    UrlPath::root().join("news-sitemap.xml")
}

/// What hosts show for an address that does not exist.
pub fn not_found() -> UrlPath {
    UrlPath::root().join("404.html")
}

fn folder(segment: &str) -> UrlPath {
    UrlPath::root().join(&format!("{segment}/"))
}
