//! JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::view::{FeedEntryView, FeedView};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    image: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    date_published: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    language: &'a str,
}

/// Appends a feed; `texts` are those of its entries.
pub(super) fn feed(feed: &FeedView, texts: &[Cow<'_, str>], out: &mut Vec<u8>) {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.url,
        description: &feed.subtitle,
        language: &feed.lang,
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().zip(texts).map(|(entry, text)| item(entry, text)).collect(),
    };
    // Strings cannot fail to be written to memory.
    let _never_fails = serde_json::to_writer_pretty(&mut *out, &document);
    out.push(b'\n');
}

fn item<'a>(entry: &'a FeedEntryView, text: &'a str) -> Item<'a> {
    let original = entry.source.as_ref().map(|source| source.url.as_str());
    let plain = if entry.summary.is_empty() { &entry.title } else { &entry.summary };
    Item {
        id: &entry.id,
        url: &entry.url,
        external_url: original.filter(|url| !url.is_empty()),
        title: &entry.title,
        content_html: text,
        // An item must have a content, as HTML or as text.
        content_text: text.is_empty().then_some(plain),
        summary: &entry.summary,
        image: &entry.image,
        date_published: &entry.published,
        date_modified: &entry.updated,
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        tags: &entry.tags,
        language: &entry.lang,
    }
}
