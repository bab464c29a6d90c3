//! What only machines read: sitemaps, `robots.txt`.

use super::Site;
use super::address::Form;
use crate::base::language::Language;
use crate::model::ingredients::{CardRef, SitemapUrl};
use crate::model::path::UrlPath;
use crate::model::view::{NewsSitemapView, SitemapEntry, View};

/// A part of the sitemap (<https://www.sitemaps.org/protocol.html>).
pub(super) fn sitemap(urls: &[SitemapUrl], site: &Site<'_>) -> View {
    let entry = |each: &SitemapUrl| SitemapEntry {
        loc: site.whole(&each.url),
        // The schema knows no months and years.
        lastmod: each
            .modified
            .filter(|date| date.day > 0)
            .map_or_else(String::new, |date| date.iso(site.config.zone)),
    };
    View::Sitemap(urls.iter().map(entry).collect())
}

/// The index of the sitemap's parts.
pub(super) fn sitemap_index(urls: &[UrlPath], site: &Site<'_>) -> View {
    View::SitemapIndex(urls.iter().map(|url| site.whole(url)).collect())
}

/// The newest articles, for search engines for news.
pub(super) fn news_sitemap(cards: &[CardRef<'_>], site: &Site<'_>) -> View {
    let entry = |card: &CardRef<'_>| {
        let date = card.meta.date.map(|date| date.iso(site.config.zone)).unwrap_or_default();
        (site.article_at(card.place, Form::Whole), date, card.meta.title.clone())
    };
    View::NewsSitemap(NewsSitemapView {
        publication: site.config.title.clone(),
        language: news_language(&site.config.language),
        entries: cards.iter().map(entry).collect(),
    })
}

/// The two letters that Google News wants (ISO 639); only Chinese keeps its script.
fn news_language(language: &Language) -> String {
    match (language.primary(), language.script(), language.region()) {
        ("zh", Some("Hant"), _) | ("zh", None, Some("TW" | "HK" | "MO")) => "zh-tw".to_owned(),
        ("zh", ..) => "zh-cn".to_owned(),
        (language, ..) => language.to_owned(),
    }
}

/// `robots.txt` (RFC 9309): everything may be read. No other file names the news sitemap.
pub(super) fn robots(sitemaps: &[UrlPath], site: &Site<'_>) -> View {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    for (place, url) in sitemaps.iter().enumerate() {
        text.extend([if place == 0 { "\n" } else { "" }, "Sitemap: ", &site.whole(url), "\n"]);
    }
    View::Text(text)
}

#[cfg(test)]
mod tests {
    use super::news_language;

    #[test]
    fn languages_for_news() {
        for (tag, expected) in [
            ("en-GB", "en"),
            ("de", "de"),
            ("zh-Hant-TW", "zh-tw"),
            ("zh-HK", "zh-tw"),
            ("zh-Hans-HK", "zh-cn"),
            ("zh", "zh-cn"),
        ] {
            assert_eq!(news_language(&tag.parse().unwrap()), expected);
        }
    }
}
