//! The text of an article, in which components are still to be drawn.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::model::component::Table;

/// A heading of a text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TocEntry {
    /// Its level, from 1.
    pub level: u8,
    /// Its id: link to `#id`.
    pub id: String,
    /// Its plain text.
    pub title: String,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// HTML, and the components that belong into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RichText {
    /// The HTML without its components.
    pub html: String,
    /// The components, in their order.
    pub components: Vec<ComponentView>,
}

impl RichText {
    /// The text between two pieces of HTML.
    #[must_use]
    pub fn between(mut self, first: &str, last: &str) -> Self {
        self.html.insert_str(0, first);
        self.html.push_str(last);
        self.components.iter_mut().for_each(|component| component.at += first.len());
        self
    }
}

/// A component of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentView {
    /// Before which byte of the HTML it stands.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// What no other component of the text is called.
    pub id: String,
    /// What it is given.
    pub arguments: Vec<ArgumentView>,
    /// The data that lie in it.
    pub table: Option<Table>,
    /// What lies in it.
    pub content: RichText,
}

/// What a component is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentView {
    /// Its name.
    pub name: String,
    /// Its value, an address ready to be written; nothing for a name alone.
    pub value: Option<String>,
    /// Width and height, where it is a picture of the site.
    pub size: Option<(u32, u32)>,
}

impl RichText {
    /// A text without components.
    pub fn plain(html: impl Into<String>) -> Self {
        Self { html: html.into(), components: Vec::new() }
    }
}

impl Serialize for RichText {
    /// As its HTML: `render` puts the whole text in its place where there are components.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.html)
    }
}

impl JsonSchema for RichText {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}
