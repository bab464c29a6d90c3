//! Reads TOML into the same tree of values that YAML gives.

use std::ops::Range;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::keys::{Node, Step};
use crate::base::toml_json;

/// Why a text is no TOML: the place in bytes, and the message.
pub(in crate::parse) struct BadToml {
    pub(in crate::parse) range: Range<usize>,
    pub(in crate::parse) message: String,
}

/// Reads a text.
pub(in crate::parse) fn parse(text: &str) -> Result<Map<String, Value>, BadToml> {
    match DeTable::parse(text) {
        Ok(table) => Ok(toml_json::table(table.get_ref())),
        Err(error) => Err(BadToml {
            range: error.span().unwrap_or(0..0),
            message: error.message().lines().collect::<Vec<_>>().join("; "),
        }),
    }
}

/// The places of all keys and items of a text.
pub(super) fn nodes(text: &str, start: usize) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        add_table(&mut nodes, text, start, None, table.get_ref());
    }
    nodes
}

fn add_table<'a>(
    nodes: &mut Vec<Node<'a>>,
    text: &'a str,
    start: usize,
    parent: Option<usize>,
    table: &DeTable<'_>,
) {
    for (key, inner) in table {
        let name = key.span();
        let written = text.get(name.clone()).unwrap_or("").trim_matches(['"', '\'']);
        add(nodes, text, start, parent, Step::Key(written), &name, inner.span(), inner.get_ref());
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one node, handed on in a recursion")]
fn add<'a>(
    nodes: &mut Vec<Node<'a>>,
    text: &'a str,
    start: usize,
    parent: Option<usize>,
    step: Step<'a>,
    name: &Range<usize>,
    value: Range<usize>,
    inner: &DeValue<'_>,
) {
    let moved = |range: &Range<usize>| range.start + start..range.end + start;
    nodes.push(Node { parent, step, name: moved(name), value: moved(&value) });
    let this = Some(nodes.len() - 1);
    match inner {
        DeValue::Table(table) => add_table(nodes, text, start, this, table),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add(nodes, text, start, this, Step::Item(index), &item.span(), item.span(), item.get_ref());
            }
        }
        _ => {}
    }
}
