//! RSS 2.0, <https://www.rssboard.org/rss-specification>, with the elements of three modules that readers
//! know: the feed's own address (Atom), authors by name (Dublin Core) and whole texts (Content).

use std::borrow::Cow;

use super::xml::Xml;
use crate::base::date::rfc5322;
use crate::base::html::escape_text_into;
use crate::model::plan::FeedFormat;
use crate::model::view::{FeedEntryView, FeedSourceView, FeedView};

/// Appends a feed; `texts` are those of its entries.
pub(super) fn feed(feed: &FeedView, texts: &[Cow<'_, str>], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    let attributes = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.parent("rss", &attributes, |xml| {
        xml.parent("channel", &[], |xml| {
            head(feed, xml);
            feed.entries.iter().zip(texts).for_each(|(each, text)| item(each, text, xml));
        });
    });
    xml.finish();
}

fn head(feed: &FeedView, xml: &mut Xml<'_>) {
    let own = [("rel", "self"), ("type", FeedFormat::Rss.media_type()), ("href", feed.url.as_str())];
    xml.text("title", &feed.title);
    xml.text("link", &feed.page);
    // A channel must have a description. Only that of an item is HTML
    // (<https://www.rssboard.org/rss-profile#data-types-characterdata>).
    let description = if feed.subtitle.is_empty() { &feed.title } else { &feed.subtitle };
    xml.text("description", description);
    xml.text("language", &feed.lang);
    xml.text("lastBuildDate", &rfc5322(&feed.updated).unwrap_or_default());
    xml.text("generator", &feed.generator);
    xml.empty("atom:link", &own);
}

fn item(entry: &FeedEntryView, text: &str, xml: &mut Xml<'_>) {
    xml.parent("item", &[], |xml| {
        xml.text("title", if entry.title.is_empty() { &entry.url } else { &entry.title });
        xml.text("link", &entry.url);
        let is_link = if entry.id == entry.url { "true" } else { "false" };
        xml.text_with("guid", &[("isPermaLink", is_link)], &entry.id);
        xml.text("pubDate", &rfc5322(&entry.published).unwrap_or_default());
        entry.authors.iter().for_each(|author| xml.text("dc:creator", author));
        entry.translators.iter().for_each(|translator| xml.text("dc:contributor", translator));
        entry.tags.iter().for_each(|tag| xml.text("category", tag));
        xml.text("description", &as_html(&entry.summary));
        xml.text("content:encoded", text);
        if let Some(source) = &entry.source {
            origin(source, xml);
        }
    });
}

/// A text as a description has it, which readers take for HTML.
fn as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_text_into(&mut html, text);
    html
}

/// The outlet that an item comes from. The address is required; it is that of the outlet, as its feeds are
/// not known.
fn origin(source: &FeedSourceView, xml: &mut Xml<'_>) {
    if !source.home.is_empty() {
        xml.text_with("source", &[("url", &source.home)], &source.outlet);
    }
}
