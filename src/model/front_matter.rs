//! Front matter as it is written: the raw mirror of the keys that an article, page or profile may have.
//!
//! Only the shapes of values are checked here; `parse` makes the checked form. The doc comments are the
//! reference: `masthead schema` prints them for editors, and the manual is tested against them.

use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as DeserializeDerive, Serialize};

use crate::config::{IndexPolicy, RawHtml};

/// The front matter of an article or standing page.
#[derive(Debug, Default, DeserializeDerive, JsonSchema)]
#[serde(default)]
#[schemars(title = "Front matter of a Masthead article")]
pub struct FrontMatter {
    /// The headline. Default: the first heading, with a warning.
    pub title: Option<Text>,
    /// When the article was first published: `2022-01-11` (also with time and offset), `11.01.2022`, or less precisely `1968-05` or `1923`. Default: the `YYYY-MM-DD-` of the file name.
    pub date: Option<Text>,
    /// When it was last changed substantially.
    #[serde(alias = "modified", alias = "lastmod")]
    pub updated: Option<Text>,
    /// When it was added to the collection, if `date` is that of an older original.
    #[serde(alias = "date_added", alias = "clipped")]
    pub added: Option<Text>,
    /// Embargo: before this time, the article does not appear anywhere.
    #[serde(alias = "publishDate", alias = "embargo")]
    pub publish: Option<Text>,
    /// From this time on, the article no longer appears anywhere.
    #[serde(alias = "expiryDate")]
    pub expires: Option<Text>,
    /// From this date on, a notice at the article's address says that it was withdrawn, and the article does not appear anywhere else. A date, or a map with the reason.
    #[serde(alias = "retracted")]
    pub withdrawn: Option<WithdrawnRef>,
    /// Where it comes from: an outlet by name, slug or address, a map, or a list of these.
    #[serde(alias = "sources")]
    pub source: Option<OneOrMany<SourceRef>>,
    /// The address of the original, if you know nothing else about the source: its domain identifies the outlet. It is also the address of a `source` that has none.
    #[serde(alias = "original_url", alias = "external_url")]
    pub source_url: Option<Text>,
    /// The tags of the article.
    #[serde(alias = "tag", alias = "keywords")]
    pub tags: Option<OneOrMany<Text>>,
    /// The authors, by name or slug.
    #[serde(alias = "author", alias = "byline")]
    pub authors: Option<OneOrMany<Text>>,
    /// The series it belongs to, by name, or `{name, part}`.
    pub series: Option<SeriesRef>,
    /// The picture: its address, or a map.
    #[serde(alias = "picture", alias = "cover")]
    pub image: Option<ImageRef>,
    /// One or two sentences for lists, feeds and search engines. Default: the text above `<!-- more -->`, or the first paragraph.
    pub summary: Option<Text>,
    /// Used as the summary if there is no `summary`.
    pub description: Option<Text>,
    /// Used as the summary if there is neither `summary` nor `description`.
    pub excerpt: Option<Text>,
    /// The last segment of the address. Default: the name of the file or bundle, without its date.
    pub slug: Option<Text>,
    /// Old addresses that redirect to the article.
    #[serde(alias = "redirect_from", alias = "redirects")]
    pub aliases: Option<OneOrMany<Text>>,
    /// The language of the text (BCP 47). Default: the `lang` of a source that is republished or excerpted, or else the site's, with a warning if the outlet has another.
    #[serde(alias = "language", alias = "locale")]
    pub lang: Option<Text>,
    /// A draft is built only with `--drafts`. Default: `true` in a folder `_drafts`, as Jekyll has it.
    pub draft: Option<bool>,
    /// The template to use instead of `article.html` or `page.html`.
    pub template: Option<Text>,
    /// How search engines should index it: `self`, `canonical` (the original) or `noindex`; or `link-only`: lists link directly to the original, and the article has no page of its own.
    pub index: Option<IndexPolicy>,
    /// Articles to list first among the related ones, by file, slug or title.
    pub related: Option<OneOrMany<Text>>,
    /// Articles that are never listed as related.
    pub unrelated: Option<OneOrMany<Text>>,
    /// Corrections made after publication, newest last.
    pub corrections: Option<OneOrMany<CorrectionRef>>,
    /// Whether readers can comment: `open`, `closed` or `off`.
    pub comments: Option<CommentPolicy>,
    /// How raw HTML in the text is handled: `allow`, `sanitize` or `escape`. Default: as set under `[markdown]` in `site.toml`.
    pub raw_html: Option<RawHtml>,
    /// Your own values for templates.
    pub extra: Option<serde_json::Map<String, serde_json::Value>>,
}

/// One source of an article.
#[derive(Debug, Default, Clone, DeserializeDerive, JsonSchema)]
#[serde(default)]
pub struct SourceMap {
    /// The outlet, by name or slug. Default: the outlet with the domain of `url`.
    #[serde(alias = "name")]
    pub outlet: Option<Text>,
    /// The address of the original.
    #[serde(alias = "link")]
    pub url: Option<Text>,
    /// The headline of the original, if it differs.
    pub title: Option<Text>,
    /// The author of the original, if it differs. It is named as the author of a translation, and of what is republished or excerpted without `authors`.
    pub author: Option<Text>,
    /// When the original was published.
    pub published: Option<Text>,
    /// The language of the original (BCP 47). Default: that of the outlet's profile.
    #[serde(alias = "language")]
    pub lang: Option<Text>,
    /// When the text was retrieved.
    pub retrieved: Option<Text>,
    /// How the article uses the source.
    pub role: Option<SourceRole>,
    /// The address of an archived copy.
    pub archive: Option<Text>,
    /// The licence under which it is used.
    #[serde(alias = "licence")]
    pub license: Option<Text>,
}

/// How an article uses a source.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, DeserializeDerive, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceRole {
    /// The full text, unchanged.
    #[default]
    Republished,
    /// A part of the text.
    Excerpt,
    /// A summary of it.
    Summary,
    /// A translation of it.
    Translation,
    /// Original work based on it.
    BasedOn,
    /// Where the story was found.
    Via,
}

impl SourceRole {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::Republished, Self::Excerpt, Self::Summary, Self::Translation, Self::BasedOn, Self::Via];

    /// Whether the article's text is the source's: all of it, a part, or in another language.
    pub fn holds_text(self) -> bool {
        self.is_unchanged() || self == Self::Translation
    }

    /// Whether the article's text is the source's in its own words: all of it, or a part.
    pub fn is_unchanged(self) -> bool {
        matches!(self, Self::Republished | Self::Excerpt)
    }

    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Republished => "republished",
            Self::Excerpt => "excerpt",
            Self::Summary => "summary",
            Self::Translation => "translation",
            Self::BasedOn => "based-on",
            Self::Via => "via",
        }
    }
}

/// Whether readers can comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, DeserializeDerive, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CommentPolicy {
    /// Readers can comment.
    #[default]
    Open,
    /// Existing comments are shown, but no new ones are accepted.
    Closed,
    /// No comments at all.
    Off,
}

impl CommentPolicy {
    /// How it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Off => "off",
        }
    }
}

/// A correction.
#[derive(Debug, Default, Clone, DeserializeDerive, JsonSchema)]
#[serde(default)]
pub struct CorrectionRef {
    /// When it was made.
    pub date: Option<Text>,
    /// What was wrong, in a sentence or two.
    pub text: Option<Text>,
}

/// The withdrawal of an article, as a map.
#[derive(Debug, Default, Clone, DeserializeDerive, JsonSchema)]
#[serde(default)]
pub struct WithdrawnMap {
    /// When the withdrawal takes effect. Default: at once.
    pub date: Option<Text>,
    /// The reason, in a sentence for readers.
    pub reason: Option<Text>,
}

/// The picture of an article, as a map.
#[derive(Debug, Default, Clone, DeserializeDerive, JsonSchema)]
#[serde(default)]
pub struct ImageMap {
    /// Its address: a file beside the article, a path on the site, or a web address.
    #[serde(alias = "url", alias = "path", alias = "image")]
    pub src: Option<Text>,
    /// What the picture shows, for readers who cannot see it.
    pub alt: Option<Text>,
    /// The text below it.
    pub caption: Option<Text>,
    /// The photographer, artist or agency.
    pub credit: Option<Text>,
    /// The licence under which it is used.
    #[serde(alias = "licence")]
    pub license: Option<Text>,
    /// The point to keep visible when the picture is cropped: `"50% 20%"`.
    pub focus: Option<Text>,
}

/// The place of an article in a series, as a map.
#[derive(Debug, Default, Clone, DeserializeDerive, JsonSchema)]
#[serde(default)]
pub struct SeriesMap {
    /// The series, by name or slug.
    pub name: Option<Text>,
    /// The number of the part, from 1.
    pub part: Option<u32>,
}

/// The front matter of a profile: `content/<kind>/<slug>.md`.
#[derive(Debug, Default, DeserializeDerive, JsonSchema)]
#[serde(default)]
#[schemars(title = "Front matter of a Masthead profile")]
pub struct ProfileMatter {
    /// The name to show. Default: derived from the file name.
    #[serde(alias = "title")]
    pub name: Option<Text>,
    /// Other spellings of the name.
    #[serde(alias = "synonyms")]
    pub aliases: Option<OneOrMany<Text>>,
    /// Old addresses that redirect to the page of the term.
    #[serde(alias = "redirects")]
    pub redirect_from: Option<OneOrMany<Text>>,
    /// Tags: the broader tag.
    pub parent: Option<Text>,
    /// One sentence about it.
    #[serde(alias = "bio", alias = "summary")]
    pub description: Option<Text>,
    /// Sources: the homepage.
    #[serde(alias = "homepage")]
    pub url: Option<Text>,
    /// Sources: the kind of outlet, in a word or two: `newspaper`, `news agency`, `blog`.
    pub kind: Option<Text>,
    /// Sources: two-letter country code (ISO 3166-1).
    pub country: Option<Text>,
    /// Sources: language (BCP 47).
    #[serde(alias = "lang")]
    pub language: Option<Text>,
    /// Sources: the licence of its articles.
    #[serde(alias = "licence")]
    pub license: Option<Text>,
    /// Sources: how search engines should index its articles.
    pub index: Option<IndexPolicy>,
    /// Sources: the maximum number of words shown of each of its articles. The text ends after the last paragraph that fits, with a link to the original.
    pub max_words: Option<u32>,
    /// Authors: addresses of their pages elsewhere.
    pub links: Option<OneOrMany<Text>>,
    /// A portrait or logo.
    #[serde(alias = "image", alias = "logo")]
    pub picture: Option<ImageRef>,
}

/// A piece of text; a number or truth value is taken as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub String);

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "number"] })
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyScalar;

        impl Visitor<'_> for AnyScalar {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }

            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Text, E> {
                Ok(Text(truth.to_string()))
            }
        }

        // Not `deserialize_any`: if text is asked for, the YAML reader returns a scalar as it is written, so
        // that `3.10` stays `3.10`.
        deserializer.deserialize_str(AnyScalar)
    }
}

/// A value that is written alone or as a list.
#[derive(Debug, Clone, Default)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(OneOrMany(Vec::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element::<Option<T>>()? {
                    items.extend(item);
                }
                Ok(OneOrMany(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                one(de::value::MapAccessDeserializer::new(map))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                one(de::value::StrDeserializer::new(text))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                one(de::value::U64Deserializer::new(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
                one(de::value::I64Deserializer::new(number))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
                one(de::value::F64Deserializer::new(number))
            }

            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
                one(de::value::BoolDeserializer::new(truth))
            }
        }

        fn one<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<OneOrMany<T>, D::Error> {
            T::deserialize(value).map(|one| OneOrMany(vec![one]))
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// Defines a type that is written as a plain text or as a map.
macro_rules! text_or_map {
    ($(#[doc = $doc:literal])+ $name:ident($map:ty, $field:ident)) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default)]
        pub struct $name(pub $map);

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let map = generator.subschema_for::<$map>();
                schemars::json_schema!({ "anyOf": [{ "type": "string" }, map] })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Either;

                impl<'de> Visitor<'de> for Either {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("text or a map")
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name(<$map>::from_text(text)))
                    }

                    fn visit_u64<E: de::Error>(self, number: u64) -> Result<$name, E> {
                        Ok($name(<$map>::from_text(&number.to_string())))
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        <$map>::deserialize(de::value::MapAccessDeserializer::new(map)).map($name)
                    }
                }

                deserializer.deserialize_any(Either)
            }
        }

        impl $map {
            fn from_text(text: &str) -> Self {
                Self { $field: Some(Text(text.to_owned())), ..Self::default() }
            }
        }
    };
}

text_or_map! {
    /// A source: the outlet's name, or a map.
    SourceRef(SourceMap, outlet)
}
text_or_map! {
    /// A picture: its address, or a map.
    ImageRef(ImageMap, src)
}
text_or_map! {
    /// A withdrawal: its date, or a map.
    WithdrawnRef(WithdrawnMap, date)
}
text_or_map! {
    /// A series: its name, or a map.
    SeriesRef(SeriesMap, name)
}
