//! Address maps: <https://www.sitemaps.org/protocol.html> and Google's extension for news.

use super::xml::Xml;
use crate::model::view::{NewsSitemapView, SitemapEntry};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// Appends a part of the address map.
pub(super) fn urls(entries: &[SitemapEntry], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.parent("urlset", &[("xmlns", SITEMAP)], |xml| {
        for entry in entries {
            xml.parent("url", &[], |xml| {
                xml.text("loc", &entry.loc);
                xml.text("lastmod", &entry.lastmod);
            });
        }
    });
    xml.finish();
}

/// Appends the index of the parts.
pub(super) fn index(parts: &[String], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.parent("sitemapindex", &[("xmlns", SITEMAP)], |xml| {
        for part in parts {
            xml.parent("sitemap", &[], |xml| xml.text("loc", part));
        }
    });
    xml.finish();
}

/// Appends the news sitemap.
pub(super) fn news(news: &NewsSitemapView, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.parent("urlset", &[("xmlns", SITEMAP), ("xmlns:news", NEWS)], |xml| {
        for (loc, date, title) in &news.entries {
            xml.parent("url", &[], |xml| {
                xml.text("loc", loc);
                xml.parent("news:news", &[], |xml| {
                    xml.parent("news:publication", &[], |xml| {
                        xml.text("news:name", &news.publication);
                        xml.text("news:language", &news.language);
                    });
                    xml.text("news:publication_date", date);
                    xml.text("news:title", title);
                });
            });
        }
    });
    xml.finish();
}
