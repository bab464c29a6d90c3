//! Atom, RFC 4287; the numbers are its sections.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{Any, AtMostOne, Faults, One, Times, elements, is_iri, is_media_type, named, text};
use crate::support::dates::is_rfc3339;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// 4.1.1. An author must be there if an entry has none of its own; this is asked of the entries.
const FEED: &[(&str, Times)] = &[
    ("author", Any),
    ("category", Any),
    ("contributor", Any),
    ("entry", Any),
    ("generator", AtMostOne),
    ("icon", AtMostOne),
    ("id", One),
    ("link", Any),
    ("logo", AtMostOne),
    ("rights", AtMostOne),
    ("subtitle", AtMostOne),
    ("title", One),
    ("updated", One),
];

/// 4.1.2
const ENTRY: &[(&str, Times)] = &[
    ("author", Any),
    ("category", Any),
    ("content", AtMostOne),
    ("contributor", Any),
    ("id", One),
    ("link", Any),
    ("published", AtMostOne),
    ("rights", AtMostOne),
    ("source", AtMostOne),
    ("summary", AtMostOne),
    ("title", One),
    ("updated", One),
];

/// 4.2.11: what a feed has, but no entries; the id, title and change are those that the feed should have had.
const SOURCE: &[(&str, Times)] = &[
    ("author", Any),
    ("category", Any),
    ("contributor", Any),
    ("generator", AtMostOne),
    ("icon", AtMostOne),
    ("id", One),
    ("link", Any),
    ("logo", AtMostOne),
    ("rights", AtMostOne),
    ("subtitle", AtMostOne),
    ("title", One),
    ("updated", One),
];

/// 3.2
const PERSON: &[(&str, Times)] = &[("name", One), ("uri", AtMostOne), ("email", AtMostOne)];

/// What is wrong with a feed.
pub(crate) fn atom(xml: &str) -> String {
    let mut faults = Faults::default();
    match Document::parse(xml) {
        Ok(document) => faults.feed(document.root_element()),
        Err(error) => faults.say("", &format!("is no XML: {error}")),
    }
    faults.told
}

impl Faults {
    fn feed(&mut self, feed: Node<'_, '_>) {
        self.ask(feed.has_tag_name((ATOM, "feed")), "feed", "is not the root");
        self.container(feed, FEED, "feed");
        let is_own = |link: &Node<'_, '_>| link.attribute("rel") == Some("self");
        self.ask(
            named(feed, ATOM, "link").any(|link| is_own(&link)),
            "feed/link",
            "to the feed itself is missing",
        );
        for entry in named(feed, ATOM, "entry") {
            self.entry(entry, feed);
        }
    }

    fn entry(&mut self, entry: Node<'_, '_>, feed: Node<'_, '_>) {
        self.container(entry, ENTRY, "entry");
        named(entry, ATOM, "id").for_each(|id| self.id(&text(id), "entry/id"));
        let source = named(entry, ATOM, "source").next();
        let has_author = [Some(entry), source, Some(feed)]
            .into_iter()
            .flatten()
            .any(|node| named(node, ATOM, "author").next().is_some());
        self.ask(has_author, "entry/author", "is neither here nor in the source or the feed");
        let has_alternate = named(entry, ATOM, "link").any(|link| relation(link) == "alternate");
        match named(entry, ATOM, "content").next() {
            Some(content) => self.content(content, named(entry, ATOM, "summary").next().is_some()),
            None => self.ask(has_alternate, "entry/link", "to the text is missing, and there is no content"),
        }
        if let Some(source) = source {
            self.container(source, SOURCE, "source");
        }
    }

    /// What feeds, entries and sources have in common.
    fn container(&mut self, node: Node<'_, '_>, allowed: &[(&str, Times)], at: &str) {
        self.children(node, ATOM, allowed, at);
        let mut alternates = BTreeSet::new();
        for child in elements(node).filter(|child| child.tag_name().namespace() == Some(ATOM)) {
            let name = child.tag_name().name();
            let at = format!("{at}/{name}");
            match name {
                "id" | "icon" | "logo" => self.ask(is_iri(&text(child)), &at, "is no whole address"),
                "updated" | "published" => {
                    self.ask(is_rfc3339(&text(child)), &at, "is no moment of RFC 3339");
                }
                "title" | "subtitle" | "summary" | "rights" => self.text_construct(child, &at),
                "author" | "contributor" => self.person(child, &at),
                "category" => {
                    let has_term = child.attribute("term").is_some_and(|term| !term.is_empty());
                    self.ask(has_term, &at, "has no term");
                }
                "link" => {
                    self.link(child, &at);
                    let form = (child.attribute("type"), child.attribute("hreflang"));
                    let is_new = relation(child) != "alternate" || alternates.insert(form);
                    self.ask(is_new, &at, "is the second alternate of one type and language");
                }
                "generator" => self.ask(!text(child).is_empty(), &at, "is empty"),
                _ => {}
            }
        }
    }

    /// 3.1. A title of nothing says nothing.
    fn text_construct(&mut self, node: Node<'_, '_>, at: &str) {
        let kind = node.attribute("type").unwrap_or("text");
        self.ask(matches!(kind, "text" | "html" | "xhtml"), at, "is of a type that no text has");
        let is_flat = elements(node).next().is_none();
        self.ask(is_flat || kind == "xhtml", at, "has elements in it");
        self.ask(!text(node).trim().is_empty(), at, "is empty");
    }

    fn person(&mut self, person: Node<'_, '_>, at: &str) {
        self.children(person, ATOM, PERSON, at);
        for name in named(person, ATOM, "name") {
            self.ask(!text(name).trim().is_empty(), at, "has an empty name");
        }
        for uri in named(person, ATOM, "uri") {
            self.ask(is_iri(&text(uri)), at, "has an address that is not whole");
        }
    }

    /// 4.2.7
    fn link(&mut self, link: Node<'_, '_>, at: &str) {
        self.ask(link.attribute("href").is_some_and(is_iri), at, "leads to no whole address");
        self.ask(link.attribute("type").is_none_or(is_media_type), at, "has a type that is none");
        self.ask(!relation(link).is_empty(), at, "has an empty relation");
    }

    /// 4.1.3
    fn content(&mut self, content: Node<'_, '_>, has_summary: bool) {
        let at = "entry/content";
        let kind = content.attribute("type").unwrap_or("text");
        let is_flat = elements(content).next().is_none();
        match content.attribute("src") {
            Some(source) => {
                self.ask(is_iri(source), at, "stands at no whole address");
                self.ask(is_flat && text(content).is_empty(), at, "stands elsewhere and here");
                self.ask(has_summary, at, "stands elsewhere, and there is no summary");
            }
            None if matches!(kind, "text" | "html") => self.ask(is_flat, at, "has elements in it"),
            None => self.ask(kind == "xhtml" || is_media_type(kind), at, "is of a type that is none"),
        }
    }
}

fn relation<'a>(link: Node<'a, '_>) -> &'a str {
    link.attribute("rel").unwrap_or("alternate")
}
