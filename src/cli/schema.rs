//! `masthead schema`: the keys and values of a site's files as JSON Schema, which editors understand.

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde_json::{Value, json};

use super::args::SchemaOf;
use crate::config;
use crate::model::front_matter::{CorrectionRef, FrontMatter, ImageMap, ProfileMatter, SeriesMap, SourceMap};

/// The JSON Schema, printed.
pub(super) fn text(of: SchemaOf) -> String {
    let schema = match of {
        SchemaOf::Site => config::site_schema(),
        SchemaOf::Theme => config::theme_schema(),
        SchemaOf::Article => front_matter::<FrontMatter>(),
        SchemaOf::Profile => front_matter::<ProfileMatter>(),
    };
    format!("{schema:#}\n")
}

/// The schema of a kind of front matter. Unlike tables of the configuration, front matter is read with
/// synonyms, which the derived schema does not know: they are allowed, but only the main names are listed, so
/// that editors propose those.
fn front_matter<T: schemars::JsonSchema + for<'de> Deserialize<'de>>() -> Value {
    let mut schema = config::schema_of::<T>(false);
    close(&mut schema, known_keys::<T>());
    let maps: [(&str, &[&str]); 4] = [
        ("SourceMap", known_keys::<SourceMap>()),
        ("ImageMap", known_keys::<ImageMap>()),
        ("SeriesMap", known_keys::<SeriesMap>()),
        ("CorrectionRef", known_keys::<CorrectionRef>()),
    ];
    for (name, keys) in maps {
        if let Some(map) = schema["definitions"].get_mut(name) {
            close(map, keys);
        }
    }
    schema
}

fn close(schema: &mut Value, keys: &[&str]) {
    let synonyms: Vec<_> =
        keys.iter().filter(|key| schema["properties"].get(**key).is_none()).copied().collect();
    if !synonyms.is_empty() {
        schema["patternProperties"] = json!({ format!("^({})$", synonyms.join("|")): true });
    }
    schema["additionalProperties"] = json!(false);
}

/// Every name that a struct reads a field from, synonyms included, as `serde` knows them.
fn known_keys<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
    let mut keys: &[&str] = &[];
    // `Fields` only records the names that it is asked for, so the result is always an error.
    drop(T::deserialize(Fields(&mut keys)));
    keys
}

struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(de::Error::custom("only asked"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("only asked"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(of: SchemaOf) -> Value {
        serde_json::from_str(&text(of)).unwrap()
    }

    #[test]
    fn every_schema_describes_its_keys_and_refuses_others() {
        for of in [SchemaOf::Site, SchemaOf::Article, SchemaOf::Profile, SchemaOf::Theme] {
            let schema = schema(of);
            assert_eq!(schema["additionalProperties"], json!(false), "{of:?}");
            assert!(schema["title"].is_string(), "{of:?}");
            for (key, property) in schema["properties"].as_object().unwrap() {
                assert!(property["description"].is_string(), "{of:?} {key}");
            }
        }
    }

    #[test]
    fn synonyms_are_allowed_and_not_proposed() {
        let schema = schema(SchemaOf::Article);
        assert!(schema["properties"].get("keywords").is_none());
        let patterns = schema["patternProperties"].as_object().unwrap();
        assert!(patterns.keys().any(|pattern| pattern.contains("|keywords|")), "{patterns:?}");
        assert_eq!(schema["definitions"]["SourceMap"]["additionalProperties"], json!(false));
    }
}
