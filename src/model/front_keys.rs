//! The keys that front matter can have, and which of them mean the same.
//!
//! Serde is asked for them, so that they are written down only once: as fields and aliases in [`super::front_matter`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::de::value::MapDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use super::front_matter::{
    CorrectionRef, FrontMatter, ImageMap, ProfileMatter, SeriesMap, SourceMap, WithdrawnMap,
};

/// Every key that a type reads a field from, synonyms included.
pub fn known<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(Asker) {
        Err(Answer::Fields(keys)) => keys,
        _ => &[],
    }
}

/// A map that a key of front matter can have as its value.
pub struct Map {
    /// The key.
    key: &'static str,
    /// The name of the map's type in a JSON Schema.
    pub type_name: Cow<'static, str>,
    /// The keys of the map, synonyms included.
    pub keys: &'static [&'static str],
    synonyms: Vec<Vec<&'static str>>,
}

/// All maps with keys of ours.
pub static MAPS: LazyLock<[Map; 5]> = LazyLock::new(|| {
    [
        map::<SourceMap>("source"),
        map::<ImageMap>("image"),
        map::<SeriesMap>("series"),
        map::<CorrectionRef>("corrections"),
        map::<WithdrawnMap>("withdrawn"),
    ]
});

fn map<T: DeserializeOwned + JsonSchema>(key: &'static str) -> Map {
    Map { key, type_name: T::schema_name(), keys: known::<T>(), synonyms: synonyms::<T>() }
}

/// The keys of the map that a key can have as its value.
pub fn within(key: &str) -> &'static [&'static str] {
    MAPS.iter().find(|map| are_same(map.key, key)).map_or(&[], |map| map.keys)
}

/// Whether two keys of a document mean the same.
pub fn are_same(one: &str, other: &str) -> bool {
    one == other || same_as(one, true).flatten().any(|key| *key == other)
}

/// The keys that mean the same as one of them, this one included, of a document (`is_outer`) or of a map in one: one list
/// for each kind of it, the shortest first. `redirect_from` is `aliases` in an article, and not in a profile.
pub fn same_as(key: &str, is_outer: bool) -> impl Iterator<Item = &'static [&'static str]> {
    static OUTER: LazyLock<Vec<Vec<&str>>> =
        LazyLock::new(|| sorted([synonyms::<FrontMatter>(), synonyms::<ProfileMatter>()].concat()));
    static INNER: LazyLock<Vec<Vec<&str>>> =
        LazyLock::new(|| sorted(MAPS.iter().flat_map(|map| map.synonyms.clone()).collect()));
    let all: &'static [Vec<&str>] = if is_outer { &OUTER } else { &INNER };
    all.iter().filter(move |keys| keys.contains(&key)).map(Vec::as_slice)
}

/// The shortest lists first.
fn sorted(mut lists: Vec<Vec<&'static str>>) -> Vec<Vec<&'static str>> {
    lists.sort_by_key(Vec::len);
    lists
}

/// The keys of each field of a type that has several.
fn synonyms<T: DeserializeOwned>() -> Vec<Vec<&'static str>> {
    let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &key in known::<T>() {
        fields.entry(field::<T>(key).unwrap_or(key)).or_default().push(key);
    }
    fields.into_values().filter(|keys| keys.len() > 1).collect()
}

/// The name of the field that a key is read into: serde complains of it if the key is there twice.
fn field<T: DeserializeOwned>(key: &'static str) -> Option<&'static str> {
    match T::deserialize(MapDeserializer::new([(key, ()), (key, ())].into_iter())) {
        Err(Answer::Twice(field)) => Some(field),
        _ => None,
    }
}

/// Offers nothing, and so fails with the fields that it is asked for.
struct Asker;

/// What a type says of itself as it fails to be read.
#[derive(Debug)]
enum Answer {
    Fields(&'static [&'static str]),
    Twice(&'static str),
    Other,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is nothing to read")
    }
}

impl std::error::Error for Answer {}

impl de::Error for Answer {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Other
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::Twice(field)
    }
}

impl<'de> Deserializer<'de> for Asker {
    type Error = Answer;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Answer> {
        Err(Answer::Other)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Answer> {
        Err(Answer::Fields(fields))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_are_those_that_serde_reads() {
        assert!(known::<FrontMatter>().contains(&"title"));
        assert!(known::<FrontMatter>().contains(&"redirect_from"));
        let check = |key: &str, is_outer: bool, expected: &[&str]| {
            let mut same: Vec<_> = same_as(key, is_outer).flatten().copied().collect();
            same.sort_unstable();
            assert_eq!(same, expected, "{key}");
        };
        check("updated", true, &["lastmod", "modified", "updated"]);
        check("lastmod", true, &["lastmod", "modified", "updated"]);
        check("retracted", true, &["retracted", "withdrawn"]);
        check("outlet", false, &["name", "outlet"]);
        check("src", true, &[]);
        check("src", false, &["image", "path", "src", "url"]);
        check("date", true, &[]);
        check("nothing", true, &[]);
    }

    #[test]
    fn keys_of_maps_are_known_by_each_synonym() {
        for (key, inner) in [
            ("source", "outlet"),
            ("sources", "url"),
            ("image", "alt"),
            ("cover", "licence"),
            ("logo", "src"),
            ("series", "part"),
            ("corrections", "text"),
            ("withdrawn", "reason"),
            ("retracted", "date"),
        ] {
            assert!(within(key).contains(&inner), "{key}");
        }
        assert!(within("extra").is_empty() && within("title").is_empty());
    }
}
