//! Structured data (schema.org, JSON-LD), ready to stand in a script element.
//!
//! It says what the page says and no more: it is made from the finished view, so the two cannot differ.

mod build;
mod schema;

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

pub(super) use build::{about, article, breadcrumbs, collection, front, web_page};
pub(super) use schema::{Node, Organization};

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

/// The JSON of some things. A string in it cannot end the script element: `<` is written as its number.
pub(super) fn script(graph: Vec<Node<'_>>) -> String {
    let graph = Graph { context: "https://schema.org", graph };
    let mut json = Vec::with_capacity(2048);
    let written = graph.serialize(&mut serde_json::Serializer::with_formatter(&mut json, ScriptSafe));
    // Neither a string nor a number can fail to be written to memory; nothing at all would be the honest answer.
    written.ok().and_then(|()| String::from_utf8(json).ok()).unwrap_or_default()
}

/// What must not stand in a script element as it is: the beginning of a tag, and line ends that only Unicode knows.
const UNSAFE: [char; 3] = ['<', '\u{2028}', '\u{2029}'];

/// Writes `<` and the two line ends that only Unicode knows as escapes.
struct ScriptSafe;

impl Formatter for ScriptSafe {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        // To look for one character is much faster than to look for any of three, and hardly a string has one.
        if UNSAFE.iter().all(|&c| !fragment.contains(c)) {
            return to.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(UNSAFE) {
            let (before, from) = rest.split_at(at);
            to.write_all(before.as_bytes())?;
            let mut chars = from.chars();
            if let Some(c) = chars.next() {
                write!(to, "\\u{:04x}", u32::from(c))?;
            }
            rest = chars.as_str();
        }
        to.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_string_ends_the_script() {
        let name = "</script><!-- \u{2028} \"q\" \\ é";
        let page = schema::Organization { name: name.into(), url: None, logo: None };
        let json = script(vec![Node::Publisher(page)]);
        assert!(!json.contains('<') && !json.contains('\u{2028}'), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["@graph"][0]["name"], name);
    }
}
