//! Atom, RFC 4287.

use std::borrow::Cow;

use super::xml::Xml;
use crate::model::plan::FeedFormat;
use crate::model::view::{FeedEntryView, FeedSourceView, FeedView};

/// Appends a feed; `texts` are those of its entries.
pub(super) fn feed(feed: &FeedView, texts: &[Cow<'_, str>], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    let namespace = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang.as_str())];
    xml.parent("feed", &namespace, |xml| {
        head(feed, xml);
        for (each, text) in feed.entries.iter().zip(texts) {
            entry(each, text, feed, xml);
        }
    });
    xml.finish();
}

fn head(feed: &FeedView, xml: &mut Xml<'_>) {
    let (program, version) = feed.generator.rsplit_once(' ').unwrap_or((&feed.generator, ""));
    xml.text("title", &feed.title);
    xml.text("subtitle", &feed.subtitle);
    xml.text("id", &feed.url);
    xml.empty("link", &[("rel", "self"), ("type", FeedFormat::Atom.media_type()), ("href", &feed.url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page)]);
    xml.text("updated", required(&feed.updated));
    xml.parent("author", &[], |xml| xml.text("name", &feed.author));
    xml.text_with("generator", &[("version", version)], program);
}

fn entry(entry: &FeedEntryView, text: &str, feed: &FeedView, xml: &mut Xml<'_>) {
    let lang = if entry.lang == feed.lang { "" } else { entry.lang.as_str() };
    xml.parent("entry", &[("xml:lang", lang)], |xml| {
        // An entry must have a title element, even an empty one (RFC 4287, 4.1.2).
        xml.text("title", if entry.title.is_empty() { &entry.url } else { &entry.title });
        xml.text("id", &entry.id);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
        if let Some(source) = &entry.source {
            via(source, xml);
        }
        xml.text("published", &entry.published);
        xml.text("updated", required(&entry.updated));
        for author in &entry.authors {
            xml.parent("author", &[], |xml| xml.text("name", author));
        }
        for translator in &entry.translators {
            xml.parent("contributor", &[], |xml| xml.text("name", translator));
        }
        for tag in entry.tags.iter().filter(|tag| !tag.is_empty()) {
            xml.empty("category", &[("term", tag)]);
        }
        xml.text_with("summary", &[("type", "text")], &entry.summary);
        xml.text_with("content", &[("type", "html")], text);
        if let Some(source) = &entry.source {
            origin(source, entry, xml);
        }
    });
}

/// Where the original stands (RFC 4287, 4.2.7.2).
fn via(source: &FeedSourceView, xml: &mut Xml<'_>) {
    if !source.url.is_empty() {
        let attributes = [("rel", "via"), ("href", source.url.as_str()), ("title", source.title.as_str())];
        xml.empty("link", &attributes);
    }
}

/// The outlet that an entry comes from (RFC 4287, 4.2.11). Its id must be an address, so an outlet of which
/// none is known is not named here.
fn origin(source: &FeedSourceView, entry: &FeedEntryView, xml: &mut Xml<'_>) {
    if source.home.is_empty() || source.outlet.is_empty() {
        return;
    }
    xml.parent("source", &[], |xml| {
        xml.text("id", &source.home);
        xml.text("title", &source.outlet);
        xml.empty("link", &[("rel", "alternate"), ("href", &source.home)]);
        xml.text("updated", required(&entry.updated));
    });
}

/// A time where Atom requires one (RFC 4287, 4.1.1 and 4.1.2). Where none is known it is one that does not change: the
/// time of the build would be another one each time.
fn required(time: &str) -> &str {
    if time.is_empty() { "1970-01-01T00:00:00Z" } else { time }
}
