//! JSON values inside formats that do not describe themselves: they are stored as their text.
//!
//! For `#[serde(with = "json_text")]`. A format such as postcard can't tell a reader what comes next, which
//! is what reading a free value needs.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// Writes a map as its text.
pub fn serialize<S: Serializer>(map: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
    let text = if map.is_empty() {
        String::new()
    } else {
        serde_json::to_string(map).map_err(serde::ser::Error::custom)?
    };
    text.serialize(serializer)
}

/// Reads a map from its text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(Map::new()) } else { serde_json::from_str(&text).map_err(D::Error::custom) }
}
