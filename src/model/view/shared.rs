//! What many pages show alike.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::Card;

/// How many cards are kept at most for other pages: with what templates draw of them, some 300 MB. Pages are made in the order of
/// what they show, so that more would hardly be asked for again.
pub const MOST_CARDS: usize = 32_000;

/// A card that many pages share: it is made once, and drawn once.
#[derive(Debug, Clone)]
pub struct SharedCard {
    /// The article's number within this build.
    pub number: u32,
    /// What it shows.
    pub card: Arc<Card>,
}

impl Deref for SharedCard {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

impl Serialize for SharedCard {
    /// As nothing: `render` puts the finished card in its place, so that it is not serialised again for each page.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl JsonSchema for SharedCard {
    fn schema_name() -> Cow<'static, str> {
        Card::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Card::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Card::json_schema(generator)
    }
}
