//! RSS 2.0, <https://www.rssboard.org/rss-specification>.

use roxmltree::{Document, Node};

use super::{Any, AtMostOne, Faults, One, Times, elements, is_iri, is_media_type, named, text};
use crate::support::dates::is_rfc5322;

const CHANNEL: &[(&str, Times)] = &[
    ("title", One),
    ("link", One),
    ("description", One),
    ("language", AtMostOne),
    ("copyright", AtMostOne),
    ("managingEditor", AtMostOne),
    ("webMaster", AtMostOne),
    ("pubDate", AtMostOne),
    ("lastBuildDate", AtMostOne),
    ("category", Any),
    ("generator", AtMostOne),
    ("docs", AtMostOne),
    ("ttl", AtMostOne),
    ("image", AtMostOne),
    ("item", Any),
];

const ITEM: &[(&str, Times)] = &[
    ("title", AtMostOne),
    ("link", AtMostOne),
    ("description", AtMostOne),
    ("author", AtMostOne),
    ("category", Any),
    ("comments", AtMostOne),
    ("enclosure", AtMostOne),
    ("guid", AtMostOne),
    ("pubDate", AtMostOne),
    ("source", AtMostOne),
];

/// The elements of other namespaces that readers know.
const MODULES: &[(&str, &str)] = &[
    ("http://www.w3.org/2005/Atom", "link"),
    ("http://purl.org/rss/1.0/modules/content/", "encoded"),
    ("http://purl.org/dc/elements/1.1/", "creator"),
    ("http://purl.org/dc/elements/1.1/", "contributor"),
];

/// What is wrong with a feed.
pub(crate) fn rss(xml: &str) -> String {
    let mut faults = Faults::default();
    match Document::parse(xml) {
        Ok(document) => faults.root(document.root_element()),
        Err(error) => faults.say("", &format!("is no XML: {error}")),
    }
    faults.told
}

impl Faults {
    fn root(&mut self, rss: Node<'_, '_>) {
        let is_rss = rss.has_tag_name("rss") && rss.attribute("version") == Some("2.0");
        self.ask(is_rss, "rss", "is not of version 2.0");
        self.children(rss, "", &[("channel", One)], "rss");
        named(rss, "", "channel").for_each(|channel| self.channel(channel));
    }

    fn channel(&mut self, channel: Node<'_, '_>) {
        self.children(channel, "", CHANNEL, "channel");
        self.parts(channel, "channel");
        for item in named(channel, "", "item") {
            self.children(item, "", ITEM, "item");
            self.parts(item, "item");
            let says = |name| named(item, "", name).next().is_some();
            self.ask(says("title") || says("description"), "item", "has neither title nor description");
        }
    }

    fn parts(&mut self, node: Node<'_, '_>, at: &str) {
        for child in elements(node).filter(|child| !child.has_tag_name("item")) {
            let name = child.tag_name().name();
            let at = format!("{at}/{name}");
            match child.tag_name().namespace() {
                None => self.part(child, name, &at),
                Some(space) => {
                    self.ask(MODULES.contains(&(space, name)), &at, "is of no module that is known");
                }
            }
        }
    }

    fn part(&mut self, part: Node<'_, '_>, name: &str, at: &str) {
        let value = text(part);
        self.ask(name == "enclosure" || !value.trim().is_empty(), at, "is empty");
        match name {
            "link" | "comments" | "docs" => self.ask(is_iri(&value), at, "is no whole address"),
            "pubDate" | "lastBuildDate" => self.ask(is_rfc5322(&value), at, "is no date of RFC 5322"),
            "author" | "managingEditor" | "webMaster" => {
                self.ask(value.contains('@'), at, "is no mail address");
            }
            "source" => self.ask(part.attribute("url").is_some_and(is_iri), at, "has no address"),
            "guid" => {
                let is_link = part.attribute("isPermaLink").unwrap_or("true");
                self.ask(matches!(is_link, "true" | "false"), at, "is neither a link nor none");
                self.ask(is_link == "false" || is_iri(&value), at, "is no whole address");
                self.id(&value, at);
            }
            "enclosure" => {
                let attribute = |name| part.attribute(name).unwrap_or_default();
                self.ask(is_iri(attribute("url")), at, "has no address");
                self.ask(attribute("length").parse::<u64>().is_ok(), at, "has no length");
                self.ask(is_media_type(attribute("type")), at, "has no type");
            }
            _ => {}
        }
    }
}
