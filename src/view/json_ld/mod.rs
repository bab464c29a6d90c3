//! Structured data (schema.org, JSON-LD), ready to stand in a script element.
//!
//! It says what the page says and no more: it is made from the finished view, so the two cannot differ.

mod build;
mod schema;

use serde::Serialize;

use crate::base::bytes;

pub(super) use build::{about, article, breadcrumbs, front, list, web_page};
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
    // Neither a string nor a number can fail to be written to memory; nothing at all would be the honest
    // answer.
    let mut json = Vec::with_capacity(2048);
    let written = serde_json::to_writer(&mut json, &graph).ok().and_then(|()| String::from_utf8(json).ok());
    let json = written.unwrap_or_default();
    // Outside of strings JSON has none of these characters, and few strings have one.
    if bytes::any(json.as_bytes(), |byte| matches!(byte, b'<' | FIRST_OF_SEPARATORS)) {
        escaped(&json)
    } else {
        json
    }
}

/// The first byte of the two line ends that only Unicode knows.
const FIRST_OF_SEPARATORS: u8 = 0xe2;

fn escaped(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_end_the_script_element() {
        let name = "</script><!-- \u{2028} \"q\" \\ é";
        let page = schema::Organization { name: name.into(), url: None, logo: None };
        let json = script(vec![Node::Publisher(page)]);
        assert!(!json.contains('<') && !json.contains('\u{2028}'), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["@graph"][0]["name"], name);
    }
}
