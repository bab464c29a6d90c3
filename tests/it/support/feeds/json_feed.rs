//! JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>.

use serde_json::{Map, Value};

use super::{Faults, is_iri, is_media_type};
use crate::support::dates::is_rfc3339;

/// What the value of a key is.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Address,
    Moment,
    MediaType,
    Number,
    Truth,
    Texts,
    Authors,
    Attachments,
    Items,
}

use Kind::{Address, Attachments, Authors, Items, MediaType, Moment, Number, Text, Texts, Truth};

/// The keys of an object, what they are, and whether they must be there.
type Keys = &'static [(&'static str, Kind, bool)];

const FEED: Keys = &[
    ("version", Address, true),
    ("title", Text, true),
    ("items", Items, true),
    ("home_page_url", Address, false),
    ("feed_url", Address, false),
    ("description", Text, false),
    ("user_comment", Text, false),
    ("next_url", Address, false),
    ("icon", Address, false),
    ("favicon", Address, false),
    ("authors", Authors, false),
    ("language", Text, false),
    ("expired", Truth, false),
];

const ITEM: Keys = &[
    ("id", Text, true),
    ("url", Address, false),
    ("external_url", Address, false),
    ("title", Text, false),
    ("content_html", Text, false),
    ("content_text", Text, false),
    ("summary", Text, false),
    ("image", Address, false),
    ("banner_image", Address, false),
    ("date_published", Moment, false),
    ("date_modified", Moment, false),
    ("authors", Authors, false),
    ("tags", Texts, false),
    ("language", Text, false),
    ("attachments", Attachments, false),
];

const AUTHOR: Keys = &[("name", Text, false), ("url", Address, false), ("avatar", Address, false)];

const ATTACHMENT: Keys = &[
    ("url", Address, true),
    ("mime_type", MediaType, true),
    ("title", Text, false),
    ("size_in_bytes", Number, false),
    ("duration_in_seconds", Number, false),
];

/// What is wrong with a feed.
pub(crate) fn json_feed(json: &str) -> String {
    let mut faults = Faults::default();
    match serde_json::from_str(json) {
        Ok(Value::Object(feed)) => {
            let version = feed.get("version").and_then(Value::as_str);
            let is_known = version == Some("https://jsonfeed.org/version/1.1");
            faults.ask(is_known, "feed.version", "is not 1.1");
            faults.object(&feed, FEED, "feed");
        }
        Ok(_) => faults.say("feed", "is no object"),
        Err(error) => faults.say("feed", &format!("is no JSON: {error}")),
    }
    faults.told
}

impl Faults {
    fn object(&mut self, object: &Map<String, Value>, keys: Keys, at: &str) {
        for (key, _, _) in keys.iter().filter(|(key, _, required)| *required && !object.contains_key(*key)) {
            self.say(&format!("{at}.{key}"), "is missing");
        }
        for (key, value) in object {
            let at = format!("{at}.{key}");
            match keys.iter().find(|(known, ..)| known == key) {
                Some((_, kind, _)) => self.value(value, *kind, &at),
                // Extensions begin with an underscore.
                None => self.ask(key.starts_with('_'), &at, "is no key"),
            }
        }
    }

    fn value(&mut self, value: &Value, kind: Kind, at: &str) {
        let text = value.as_str().filter(|text| !text.is_empty());
        match kind {
            Text => self.ask(text.is_some(), at, "is no text"),
            Address => self.ask(text.is_some_and(is_iri), at, "is no whole address"),
            Moment => self.ask(text.is_some_and(is_rfc3339), at, "is no moment of RFC 3339"),
            MediaType => self.ask(text.is_some_and(is_media_type), at, "is no media type"),
            Number => self.ask(value.is_number(), at, "is no number"),
            Truth => self.ask(value.is_boolean(), at, "is neither true nor false"),
            Texts => {
                let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
                let are_texts = value.as_array().is_some_and(|values| values.iter().all(is_text));
                self.ask(are_texts, at, "is no list of texts");
            }
            Authors => self.list(value, at, |faults, author| {
                faults.ask(!author.is_empty(), at, "has one of whom nothing is said");
                faults.object(author, AUTHOR, at);
            }),
            Attachments => self.list(value, at, |faults, file| faults.object(file, ATTACHMENT, at)),
            Items => self.list(value, at, Self::item),
        }
    }

    fn list(&mut self, value: &Value, at: &str, mut each: impl FnMut(&mut Self, &Map<String, Value>)) {
        let Some(values) = value.as_array() else { return self.say(at, "is no list") };
        for value in values {
            match value.as_object() {
                Some(object) => each(self, object),
                None => self.say(at, "has something that is no object"),
            }
        }
    }

    fn item(&mut self, item: &Map<String, Value>) {
        self.object(item, ITEM, "item");
        let has_content = ["content_html", "content_text"].iter().any(|key| item.contains_key(*key));
        self.ask(has_content, "item", "has no content");
        if let Some(id) = item.get("id").and_then(Value::as_str) {
            self.id(id, "item.id");
        }
    }
}
