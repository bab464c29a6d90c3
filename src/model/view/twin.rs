//! The twins of an article's page, for programs. Templates never see these.

use serde::Serialize;

use super::RichText;
use crate::model::plan::TwinFormat;

/// An article as JSON or Markdown; all addresses are whole.
#[derive(Debug)]
pub struct TwinView {
    /// The format.
    pub format: TwinFormat,
    /// All but the text.
    pub about: TwinHead,
    /// The text as HTML; empty if the article's text is not shown.
    pub content: RichText,
}

/// What a twin says of its article. Dates are as precise as they are known (ISO 8601).
#[derive(Debug, Serialize)]
pub struct TwinHead {
    /// The headline.
    pub title: String,
    /// The article's page.
    pub url: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// When it came into the collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<String>,
    /// The language (BCP 47).
    pub lang: String,
    /// Plain text; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Authors' names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Translators' names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub translators: Vec<String>,
    /// Tags' names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The series, and which part of it this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<TwinSeries>,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<TwinSource>,
    /// Its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<TwinPicture>,
    /// What was wrong in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<TwinCorrection>,
    /// How many words of the text are shown.
    pub words: u32,
}

/// The place of an article in a series.
#[derive(Debug, Serialize)]
pub struct TwinSeries {
    /// The series.
    pub name: String,
    /// The number of the part.
    pub part: u32,
}

/// A source; each part may be empty.
#[derive(Debug, Serialize)]
pub struct TwinSource {
    /// How the article uses it.
    pub role: String,
    /// The outlet.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outlet: String,
    /// The original.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The original's headline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The original's author.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// The original's language (BCP 47).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lang: String,
    /// When the original was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When the text was retrieved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// An archived copy.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub archive: String,
    /// The licence under which it is used.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub license: String,
}

/// The picture of an article; each part but the address may be empty.
#[derive(Debug, Serialize)]
pub struct TwinPicture {
    /// Its address.
    pub src: String,
    /// What is to be seen on it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The text below it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Who made it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// The licence under which it is used.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub license: String,
}

/// A correction.
#[derive(Debug, Serialize)]
pub struct TwinCorrection {
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What was wrong.
    pub text: String,
}
