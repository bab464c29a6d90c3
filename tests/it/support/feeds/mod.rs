//! Checks feeds and address maps against their specifications. Each form has its own file; what is wrong is
//! told a line each: where and what.

mod atom;
mod json_feed;
mod rss;
mod sitemap;

pub(crate) use atom::atom;
pub(crate) use json_feed::json_feed;
pub(crate) use rss::rss;
pub(crate) use sitemap::sitemap;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use roxmltree::Node;
use url::Url;

/// How often an element may stand in another.
#[derive(Clone, Copy, PartialEq)]
enum Times {
    One,
    AtMostOne,
    Any,
}

use Times::{Any, AtMostOne, One};

#[derive(Default)]
struct Faults {
    told: String,
    ids: BTreeSet<String>,
}

impl Faults {
    fn say(&mut self, at: &str, what: &str) {
        writeln!(self.told, "{at} {what}").unwrap();
    }

    fn ask(&mut self, is_right: bool, at: &str, what: &str) {
        if !is_right {
            self.say(at, what);
        }
    }

    /// Tells of an id that another entry has.
    fn id(&mut self, id: &str, at: &str) {
        let is_new = self.ids.insert(id.to_owned());
        self.ask(is_new, at, "is that of another entry too");
    }

    /// The elements of one namespace in another element are those that may stand there, and as often as they
    /// may.
    fn children(&mut self, parent: Node<'_, '_>, namespace: &str, allowed: &[(&str, Times)], at: &str) {
        for child in elements(parent).filter(|child| in_namespace(*child, namespace)) {
            let name = child.tag_name().name();
            let is_known = allowed.iter().any(|(known, _)| *known == name);
            self.ask(is_known, &format!("{at}/{name}"), "may not stand here");
        }
        for (name, times) in allowed {
            let count = named(parent, namespace, name).count();
            let at = format!("{at}/{name}");
            match times {
                One => self.ask(count == 1, &at, &format!("is there {count} times, not once")),
                AtMostOne => self.ask(count <= 1, &at, &format!("is there {count} times, not at most once")),
                Any => {}
            }
        }
    }
}

fn elements<'a, 'input>(parent: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    parent.children().filter(Node::is_element)
}

fn in_namespace(node: Node<'_, '_>, namespace: &str) -> bool {
    node.tag_name().namespace().unwrap_or_default() == namespace
}

fn named<'a, 'input>(
    parent: Node<'a, 'input>,
    namespace: &str,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    elements(parent).filter(move |child| in_namespace(*child, namespace) && child.tag_name().name() == name)
}

/// The whole text of an element.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Whether an address has a scheme; one of the web also has a host. Letters of all scripts may stand in it,
/// blanks may not.
fn is_iri(address: &str) -> bool {
    !address.contains(char::is_whitespace)
        && Url::parse(address).is_ok_and(|url| !matches!(url.scheme(), "http" | "https") || url.has_host())
}

/// `type/subtype`, as far as RFC 4288 (4.2) lets one look at it.
fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&.+-^_".contains(c))
    };
    let essence = text.split(';').next().unwrap_or_default();
    essence.split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}
