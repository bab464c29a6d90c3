//! Keys as other generators have them, brought into the shape of ours: capitals (`Title` in Pelican), a table of
//! taxonomies (Zola), the address of a page (`permalink` in Jekyll, `url` in Hugo), maps with the names of authors.
//!
//! Only where a key is unknown or a value cannot be read they are looked for, so that the usual file costs nothing.

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

/// What has become of a document.
pub(super) struct Reshaped {
    pub(super) map: Map<String, Value>,
    /// What of the taxonomies, and of maps with names, is unknown.
    pub(super) unknown: Vec<Path>,
    /// Whether there were maps with names.
    pub(super) had_names: bool,
}

/// Brings the keys of a document into the shape of ours.
pub(super) fn reshape(map: Map<String, Value>, known: &[&str]) -> Reshaped {
    let is_article = known == known_keys::<FrontMatter>();
    let (mut ours, mut unknown, mut had_names) = (Map::new(), Vec::new(), false);
    let (mut capitals, mut tables, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
    for (key, mut value) in map {
        let meant = meant(&key, known);
        if is_article && meant.is_some_and(|name| LISTS_OF_NAMES.iter().any(|list| are_same(list, name))) {
            had_names |= take_names(&key, &mut value, &mut unknown);
        }
        match (meant, value) {
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
    Reshaped { map: ours, unknown, had_names }
}

/// What to write instead of an unknown key that means something elsewhere. `known` are the keys beside it.
pub(super) fn hint(path: &[String], known: &[&str]) -> Option<String> {
    match path {
        [key] => hint_at_top(key, known),
        [table, key] if is_taxonomies(table) && is_category(key) => Some(CATEGORIES.to_owned()),
        [outer, .., _] => {
            let kind = LISTS_OF_NAMES.into_iter().find(|name| are_same(name, &outer.to_ascii_lowercase()))?;
            Some(format!(
                "only the `name` is read here; the rest belongs in a profile, under `content/{kind}/`"
            ))
        }
        [] => None,
    }
}

fn hint_at_top(key: &str, known: &[&str]) -> Option<String> {
    if key.replace(['_', '-'], "").eq_ignore_ascii_case("redirectto") && known.contains(&"source_url") {
        let hint = "write the address as `source_url`, and `index: link-only`: lists then link there, and the article has no page of its own";
        return Some(hint.to_owned());
    }
    if is_category(key) && known.contains(&"tags") {
        return Some(CATEGORIES.to_owned());
    }
    let (outer, inner) = key.split_once(['_', '-'])?;
    let is_inner = known.contains(&outer) && within(outer).contains(&inner);
    is_inner.then(|| format!("write it as `{inner}` in the map of `{outer}`"))
}

const CATEGORIES: &str = "there are no categories here: write them among the `tags`, or put the articles of each into a folder, which `{section}` stands for in addresses";

fn is_category(key: &str) -> bool {
    ["category", "categories"].iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// The keys of lists whose items are names.
const LISTS_OF_NAMES: [&str; 2] = ["authors", "tags"];

/// Puts the names in the place of maps that have one, as in `authors: [{name: Ann}]`. The other keys of the maps
/// become `unknown`. Returns whether there was such a map.
fn take_names(key: &str, value: &mut Value, unknown: &mut Vec<Path>) -> bool {
    let mut take = |value: &mut Value, path: Path| {
        let Some(map) = value.as_object_mut().filter(|map| map.get("name").is_some_and(Value::is_string))
        else {
            return false;
        };
        let name = map.remove("name").unwrap_or_default();
        unknown.extend(map.keys().map(|inner| [&path[..], std::slice::from_ref(inner)].concat()));
        *value = name;
        true
    };
    match value {
        Value::Array(items) => {
            let items = items.iter_mut().enumerate();
            let taken = items.map(|(index, item)| take(item, vec![key.to_owned(), index.to_string()]));
            taken.fold(false, |any, one| any | one)
        }
        one => take(one, vec![key.to_owned()]),
    }
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
