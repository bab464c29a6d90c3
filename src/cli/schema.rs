//! `masthead schema`: the keys and values of a site's files as JSON Schema, which editors understand.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::args::SchemaOf;
use crate::config;
use crate::model::front_keys::{MAPS, known};
use crate::model::front_matter::{FrontMatter, ProfileMatter};

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
fn front_matter<T: JsonSchema + DeserializeOwned>() -> Value {
    let mut schema = config::schema_of::<T>(false);
    close(&mut schema, known::<T>());
    for map in MAPS.iter() {
        if let Some(definition) = schema["definitions"].get_mut(&*map.type_name) {
            close(definition, map.keys);
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
            assert!(schema["title"].is_string(), "{of:?}");
            let definitions = schema["definitions"].as_object().into_iter().flatten();
            for (name, object) in
                definitions.map(|(name, definition)| (&**name, definition)).chain([("", &schema)])
            {
                let is_open =
                    object["properties"].is_object() && object["additionalProperties"] != json!(false);
                assert!(!is_open, "{of:?} {name}");
            }
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
    }
}
