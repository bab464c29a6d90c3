//! The keys that a type of front matter knows, with their synonyms, as serde has them.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use crate::model::front_matter::{CorrectionRef, ImageMap, SeriesMap, SourceMap, WithdrawnMap};

/// The keys of a type.
pub(super) fn of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // This always fails, because there is nothing to deserialise; only the names are wanted.
    drop(T::deserialize(Asker(&mut names)));
    names
}

/// The keys of the map that a key of the front matter may have.
pub(super) fn within(key: &str) -> &'static [&'static str] {
    match key {
        "source" | "sources" => of::<SourceMap>(),
        "image" | "picture" | "cover" | "logo" => of::<ImageMap>(),
        "series" => of::<SeriesMap>(),
        "corrections" => of::<CorrectionRef>(),
        "withdrawn" | "retracted" => of::<WithdrawnMap>(),
        _ => &[],
    }
}

/// A deserialiser that only records which fields are asked for.
struct Asker<'a>(&'a mut &'static [&'static str]);

#[derive(Debug)]
struct Nothing;

impl fmt::Display for Nothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing to deserialise")
    }
}

impl std::error::Error for Nothing {}

impl de::Error for Nothing {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Asker<'_> {
    type Error = Nothing;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Nothing> {
        Err(Nothing)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Nothing> {
        *self.0 = fields;
        Err(Nothing)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::SYNONYMS;
    use super::*;
    use crate::model::front_matter::{FrontMatter, ProfileMatter};

    #[test]
    fn synonyms_of_keys_are_accepted() {
        assert!(of::<FrontMatter>().contains(&"title"));
        assert!(of::<FrontMatter>().contains(&"redirect_from"));
        assert!(within("source").contains(&"outlet"));
    }

    /// Whether two keys are one field of `T`.
    fn same<T: DeserializeOwned>(a: &str, b: &str) -> bool {
        let text = format!("{{\"{a}\": null, \"{b}\": null}}");
        serde_json::from_str::<T>(&text).is_err_and(|error| error.to_string().contains("duplicate field"))
    }

    fn check<T: DeserializeOwned>() {
        for a in of::<T>() {
            for b in of::<T>().iter().filter(|b| *b != a && same::<T>(a, b)) {
                assert!(SYNONYMS.iter().any(|group| group.contains(a) && group.contains(b)), "{a} is {b}");
            }
        }
    }

    #[test]
    fn the_table_of_synonyms_is_complete() {
        check::<FrontMatter>();
        check::<ProfileMatter>();
        check::<SourceMap>();
        check::<ImageMap>();
        check::<SeriesMap>();
        check::<CorrectionRef>();
    }
}
