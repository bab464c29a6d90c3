//! What is known of an outlet, tag, author or series beyond its name: `content/<kind>/<slug>.md`.

use serde::{Deserialize, Serialize};

use super::article::{Body, Image, LinkRef};
use super::component::Usage;
use super::path::{ContentPath, UrlPath};
use crate::base::fingerprint::Fingerprint;
use crate::base::language::Language;
use crate::config::IndexPolicy;

pub use crate::config::{ByKind, TermKind};

/// A checked profile. Fields that a kind does not have are empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Profile {
    /// The file it was read from; its name without the extension is the term's slug.
    pub path: ContentPath,
    /// Which kind of term.
    pub kind: TermKind,
    /// The slug, and so the address.
    pub slug: String,
    /// The name as it is shown.
    pub name: String,
    /// Other spellings that mean the same term.
    pub aliases: Vec<String>,
    /// Old addresses, which redirect to the term.
    pub redirect_from: Vec<UrlPath>,
    /// Tags: the wider tag, by name.
    pub parent: Option<String>,
    /// One sentence; authors call it `bio`.
    pub description: Option<String>,
    /// Sources: the homepage.
    pub url: Option<String>,
    /// Sources: what kind of outlet it is, in a word or two.
    pub outlet_kind: Option<String>,
    /// Sources: two-letter country code (ISO 3166-1).
    pub country: Option<String>,
    /// Sources: language tag (BCP 47).
    pub language: Option<Language>,
    /// Sources: the licence its articles are under, unless they say otherwise.
    pub license: Option<String>,
    /// Sources: what search engines are told of its articles, unless they say otherwise.
    pub index: Option<IndexPolicy>,
    /// Sources: how many words of one of its articles are shown at most.
    pub max_words: Option<u32>,
    /// Authors: pages elsewhere.
    pub links: Vec<String>,
    /// A portrait or logo.
    pub picture: Option<Image>,
    /// The text below the front matter.
    pub body: Body,
    /// The links in it and in the picture.
    pub links_in_body: Vec<LinkRef>,
    /// The components that it uses, in order.
    pub components: Vec<Usage>,
    /// The fingerprint of all fields above.
    pub print: Fingerprint,
}
