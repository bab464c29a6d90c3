//! Keys as other generators have them, brought into the shape of ours: capitals (`Title` in Pelican), a table of
//! taxonomies (Zola), the address of a page (`permalink` in Jekyll, `url` in Hugo).
//!
//! Only where a key is unknown they are looked for, so that the usual file costs nothing.

use serde_json::{Map, Value};

use super::value::Path;
use crate::model::front_keys::{are_same, known as known_keys, within};
use crate::model::front_matter::FrontMatter;
use crate::model::path::UrlPath;

/// Whether a key is the table in which Zola has tags and the like.
pub(super) fn is_taxonomies(key: &str) -> bool {
    key.eq_ignore_ascii_case("taxonomies")
}

/// The keys in which Jekyll and Hugo have the address of a page.
pub(super) const ADDRESSES: [&str; 2] = ["permalink", "url"];

fn is_address(key: &str) -> bool {
    ADDRESSES.iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// The known key that differs from this one in case, at most.
pub(super) fn meant<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let is_it = |name: &&&str| name.eq_ignore_ascii_case(key);
    known.iter().find(|name| **name == key).or_else(|| known.iter().find(is_it)).copied()
}

/// Whether an unknown key may be one that is brought into shape.
pub(super) fn may_be(key: &str, known: &[&str]) -> bool {
    is_taxonomies(key) || is_address(key) || meant(key, known).is_some()
}

/// Brings the keys of a document into the shape of ours. Returns also what of the taxonomies is unknown.
pub(super) fn reshape(map: Map<String, Value>, known: &[&str]) -> (Map<String, Value>, Vec<Path>) {
    let is_article = known == known_keys::<FrontMatter>();
    let (mut ours, mut unknown) = (Map::new(), Vec::new());
    let (mut capitals, mut tables, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
    for (key, value) in map {
        match (meant(&key, known), value) {
            (Some(name), value) if name != key => capitals.push((name, value)),
            (None, Value::Object(table)) if is_article && is_taxonomies(&key) => tables.push((key, table)),
            (None, value) if is_article && is_address(&key) && is_old_address(&value) => {
                addresses.push(value);
            }
            (_, value) => _ = ours.insert(key, value),
        }
    }
    // One that is written as here comes before one with capitals.
    for (name, value) in capitals {
        ours.entry(name).or_insert(value);
    }
    for (table, terms) in tables {
        for (key, value) in terms {
            match meant(&key, known) {
                Some(name) if are_same("series", name) => _ = ours.entry(name).or_insert(only(value)),
                Some(name) if are_same("tags", name) || are_same("authors", name) => {
                    join(&mut ours, name, value);
                }
                _ => unknown.push(vec![table.clone(), key]),
            }
        }
    }
    addresses.into_iter().for_each(|address| join(&mut ours, "aliases", address));
    (ours, unknown)
}

/// What to write instead of an unknown key whose name is much like one that means something else.
pub(super) fn hint(key: &str, known: &[&str]) -> Option<String> {
    if key.replace(['_', '-'], "").eq_ignore_ascii_case("redirectto") && known.contains(&"source_url") {
        let hint = "write the address as `source_url`, and `index: link-only`: lists then link there, and the article has no page of its own";
        return Some(hint.to_owned());
    }
    let (outer, inner) = key.split_once(['_', '-'])?;
    let is_inner = known.contains(&outer) && within(outer).contains(&inner);
    is_inner.then(|| format!("write it as `{inner}` in the map of `{outer}`"))
}

/// Whether a value is the path of one page, and not a pattern of many or an address elsewhere.
fn is_old_address(value: &Value) -> bool {
    let Some(path) = value.as_str().map(str::trim) else { return false };
    let is_pattern =
        path.contains('{') || path.split(':').skip(1).any(|name| name.starts_with(char::is_alphabetic));
    let is_plain = path.starts_with('/') && path != "/" && !is_pattern;
    is_plain && UrlPath::of_written(path).is_some()
}

/// Adds to the list of a key.
fn join(map: &mut Map<String, Value>, key: &str, value: Value) {
    let list = map.entry(key).or_insert(Value::Null);
    let both = [list.take(), value].into_iter().flat_map(|value| match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        one => vec![one],
    });
    *list = both.collect();
}

/// The only item of a list: an article is in one series.
fn only(value: Value) -> Value {
    match value {
        Value::Array(mut items) if items.len() == 1 => items.swap_remove(0),
        other => other,
    }
}
