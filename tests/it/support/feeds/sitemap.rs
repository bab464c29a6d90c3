//! Address maps, <https://www.sitemaps.org/protocol.html>, and Google's extension for news,
//! <https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>.

use roxmltree::{Document, Node};

use super::{Any, AtMostOne, Faults, One, elements, is_iri, named, text};
use crate::support::dates::{is_date, is_rfc3339};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// What is wrong with an address map.
pub(crate) fn sitemap(xml: &str) -> String {
    let mut faults = Faults::default();
    match Document::parse(xml) {
        Ok(document) => faults.map(document.root_element()),
        Err(error) => faults.say("", &format!("is no XML: {error}")),
    }
    faults.told
}

impl Faults {
    fn map(&mut self, map: Node<'_, '_>) {
        self.ask(map.has_tag_name((SITEMAP, "urlset")), "urlset", "is not the root");
        self.children(map, SITEMAP, &[("url", Any)], "urlset");
        for url in elements(map) {
            self.children(url, SITEMAP, &[("loc", One), ("lastmod", AtMostOne)], "url");
            self.children(url, NEWS, &[("news", AtMostOne)], "url");
            for place in named(url, SITEMAP, "loc").map(text) {
                self.ask(is_iri(&place), "url/loc", "is no whole address");
                self.id(&place, "url/loc");
            }
            for moment in named(url, SITEMAP, "lastmod").map(text) {
                self.ask(is_w3c_date(&moment), "url/lastmod", "is no date");
            }
            named(url, NEWS, "news").for_each(|news| self.news(news));
        }
    }

    fn news(&mut self, news: Node<'_, '_>) {
        self.children(news, NEWS, &[("publication", One), ("publication_date", One), ("title", One)], "news");
        for publication in named(news, NEWS, "publication") {
            self.children(publication, NEWS, &[("name", One), ("language", One)], "publication");
        }
        for date in named(news, NEWS, "publication_date").map(text) {
            self.ask(is_w3c_date(&date), "news/publication_date", "is no date");
        }
        let is_said = named(news, NEWS, "title").all(|title| !text(title).trim().is_empty());
        self.ask(is_said, "news/title", "is empty");
    }
}

/// The forms of ISO 8601 that <https://www.w3.org/TR/NOTE-datetime> has.
fn is_w3c_date(text: &str) -> bool {
    is_date(text) || is_rfc3339(text)
}
