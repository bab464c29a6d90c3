//! The raw mirror of `site.toml`: every key with its shape, its default and the sentence that the manual and
//! editors show.
//!
//! Only shapes are checked here; [`site`](super::site) makes the checked value. The file is first checked
//! against the JSON Schema that is derived from these types, so that no list of keys is kept twice.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::front::RawFront;
use super::{FeedContent, IndexDefaults, Likeness, ListOrder, Markdown, Outputs};
use crate::base::diag::{Level, Rule};
use crate::base::slug::SlugStyle;

/// The configuration of a Masthead site.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "site.toml of a Masthead site", extend("required" = ["title", "base_url"]))]
pub(super) struct RawSite {
    /// The site's name. Required.
    #[schemars(length(min = 1), example = &"The Harbour Review")]
    pub(super) title: String,
    /// The public address of the site, with its path if it has one. Required.
    #[schemars(length(min = 1), example = &"https://example.org/", example = &"https://example.org/news/")]
    pub(super) base_url: String,
    /// One sentence about the site, for search engines, feeds and the front page.
    pub(super) description: String,
    /// The language of the site (BCP 47). It is also the language of the interface and of month names.
    #[schemars(example = &"en", example = &"de-AT")]
    pub(super) language: String,
    /// The time zone of dates without an offset, by its name in the IANA database.
    #[schemars(example = &"Europe/Lisbon")]
    pub(super) timezone: String,
    /// The format of dates, as in `strftime`: `%-d %B %Y` gives `5 March 2022`. If empty, the usual format of the language.
    #[schemars(example = &"%-d %B %Y", example = &"%B %-d, %Y", example = &"%-d. %B %Y")]
    pub(super) date_format: String,
    /// The name of the theme, or a table with its `name` and options.
    pub(super) theme: RawTheme,
    /// Who publishes the site, for feeds and structured data.
    pub(super) publisher: RawPublisher,
    /// The folders, relative to `site.toml`.
    pub(super) content: RawContent,
    /// How addresses are formed.
    pub(super) urls: RawUrls,
    /// The order and length of lists of articles.
    pub(super) lists: RawLists,
    /// What the front page shows.
    pub(super) front: RawFront,
    /// How related articles are found.
    pub(super) related: Likeness,
    /// What feeds contain.
    pub(super) feeds: RawFeeds,
    /// Which pages and files are built. By default, all that are useful to any kind of site.
    pub(super) outputs: Outputs,
    /// How search engines should index an article, by the role of its main source, unless the article or its outlet sets it.
    pub(super) index: IndexDefaults,
    /// Options for Markdown.
    pub(super) markdown: Markdown,
    /// The main navigation, one table per entry: `[[menu]]`.
    pub(super) menu: Vec<RawMenuItem>,
    /// The level of each rule: `error` fails the build, `warning` only reports the problem, `off` ignores it.
    #[schemars(schema_with = "lint_schema")]
    pub(super) lint: BTreeMap<Rule, Level>,
    /// Your own values, available to templates as `site.extra`.
    pub(super) extra: Map<String, Value>,
}

impl Default for RawSite {
    fn default() -> Self {
        Self {
            title: String::new(),
            base_url: String::new(),
            description: String::new(),
            language: "en".to_owned(),
            timezone: "UTC".to_owned(),
            date_format: String::new(),
            theme: RawTheme::Name(DEFAULT_THEME.to_owned()),
            publisher: RawPublisher::default(),
            content: RawContent::default(),
            urls: RawUrls::default(),
            lists: RawLists::default(),
            front: RawFront::default(),
            related: Likeness::default(),
            feeds: RawFeeds::default(),
            outputs: Outputs::default(),
            index: IndexDefaults::default(),
            markdown: Markdown::default(),
            menu: Vec::new(),
            lint: BTreeMap::new(),
            extra: Map::new(),
        }
    }
}

/// The theme of a site that names none.
const DEFAULT_THEME: &str = "broadsheet";

/// `theme`: a name, or a table.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawTheme {
    /// The name of the theme: a built-in one, or a folder under `themes/`.
    Name(String),
    /// The name and the options of the theme.
    Table(RawThemeTable),
}

/// `[theme]`: a name and options.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct RawThemeTable {
    /// The name of the theme: a built-in one, or a folder under `themes/`.
    #[serde(default = "default_theme")]
    pub(super) name: String,
    /// The options of the theme, as listed in its `theme.toml`.
    #[serde(flatten)]
    pub(super) options: BTreeMap<String, Value>,
}

fn default_theme() -> String {
    DEFAULT_THEME.to_owned()
}

/// `[publisher]`: who publishes the site.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawPublisher {
    /// The name of the person or organisation. Default: the site's title.
    pub(super) name: String,
    /// The address of the logo: a path on the site, such as `/logo.svg`, or a web address.
    pub(super) logo: String,
    /// Addresses of pages elsewhere about the publisher, such as an encyclopaedia entry or a social network profile.
    pub(super) same_as: Vec<String>,
    /// The address of its ethics policy: a path on the site or a web address. If this or one of the following pages is set, structured data calls the publisher a news organisation.
    pub(super) ethics_policy: String,
    /// The address of its corrections policy.
    pub(super) corrections_policy: String,
    /// The address of the page that lists its staff (the masthead).
    pub(super) masthead: String,
    /// The address of the page on its ownership and funding.
    pub(super) ownership_funding: String,
    /// The address of its fact-checking policy.
    pub(super) fact_checking_policy: String,
    /// The address of its policy on unnamed sources.
    pub(super) unnamed_sources_policy: String,
    /// The address of its policy on articles without a byline.
    pub(super) no_bylines_policy: String,
    /// The address of its mission and coverage priorities.
    pub(super) mission_policy: String,
    /// The address of its policy on feedback from readers.
    pub(super) feedback_policy: String,
    /// The address of its diversity policy.
    pub(super) diversity_policy: String,
    /// The address of its report on the diversity of its staff.
    pub(super) diversity_staffing_report: String,
    /// The address of its publishing principles.
    pub(super) publishing_principles: String,
}

impl RawPublisher {
    /// Each policy with its key and its name in schema.org.
    pub(super) fn policies(&self) -> [(&'static str, &'static str, &String); 12] {
        [
            ("ethics_policy", "ethicsPolicy", &self.ethics_policy),
            ("corrections_policy", "correctionsPolicy", &self.corrections_policy),
            ("masthead", "masthead", &self.masthead),
            ("ownership_funding", "ownershipFundingInfo", &self.ownership_funding),
            ("fact_checking_policy", "verificationFactCheckingPolicy", &self.fact_checking_policy),
            ("unnamed_sources_policy", "unnamedSourcesPolicy", &self.unnamed_sources_policy),
            ("no_bylines_policy", "noBylinesPolicy", &self.no_bylines_policy),
            ("mission_policy", "missionCoveragePrioritiesPolicy", &self.mission_policy),
            ("feedback_policy", "actionableFeedbackPolicy", &self.feedback_policy),
            ("diversity_policy", "diversityPolicy", &self.diversity_policy),
            ("diversity_staffing_report", "diversityStaffingReport", &self.diversity_staffing_report),
            ("publishing_principles", "publishingPrinciples", &self.publishing_principles),
        ]
    }
}

/// `[content]`: the folders. All but the output folder may be outside the site's folder (`../articles`).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawContent {
    /// The folder of articles.
    pub(super) articles: String,
    /// The folder of standing pages, such as "About".
    pub(super) pages: String,
    /// The folder of profiles of tags.
    pub(super) tags: String,
    /// The folder of profiles of outlets.
    pub(super) sources: String,
    /// The folder of profiles of authors.
    pub(super) authors: String,
    /// The folder of profiles of series.
    pub(super) series: String,
    /// The folder of files that are copied as they are.
    #[serde(rename = "static")]
    pub(super) assets: String,
    /// The folder of TOML, YAML, JSON and CSV files for templates.
    pub(super) data: String,
    /// The output folder, unless `--out` is given.
    pub(super) output: String,
}

impl Default for RawContent {
    fn default() -> Self {
        Self {
            articles: "content/articles".to_owned(),
            pages: "content/pages".to_owned(),
            tags: "content/tags".to_owned(),
            sources: "content/sources".to_owned(),
            authors: "content/authors".to_owned(),
            series: "content/series".to_owned(),
            assets: "static".to_owned(),
            data: "data".to_owned(),
            output: "public".to_owned(),
        }
    }
}

/// `[urls]`: how addresses are formed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawUrls {
    /// The pattern for addresses of articles, made of `{year}`, `{month}`, `{day}`, `{slug}`, `{source}` and `{section}` (the folders below the folder of articles). A part that has no value for an article is left out with its slash.
    #[schemars(example = &"/{year}/{month}/{day}/{slug}/", example = &"/{section}/{slug}/")]
    pub(super) article: String,
    /// The first part of the addresses of tags: `/tags/…`.
    pub(super) tags: String,
    /// The first part of the addresses of outlets.
    pub(super) sources: String,
    /// The first part of the addresses of authors.
    pub(super) authors: String,
    /// The first part of the addresses of series.
    pub(super) series: String,
    /// The address of the archive.
    pub(super) archive: String,
    /// The address of the page of all corrections.
    pub(super) corrections: String,
    /// How names become slugs: `unicode` keeps the letters of every script, `ascii` transliterates.
    pub(super) slugs: SlugStyle,
}

impl Default for RawUrls {
    fn default() -> Self {
        Self {
            article: "/{year}/{month}/{slug}/".to_owned(),
            tags: "tags".to_owned(),
            sources: "sources".to_owned(),
            authors: "authors".to_owned(),
            series: "series".to_owned(),
            archive: "archive".to_owned(),
            corrections: "corrections".to_owned(),
            slugs: SlugStyle::Unicode,
        }
    }
}

/// `[lists]`: the order and length of lists of articles.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawLists {
    /// The number of articles on each page of a list. The first page has up to twice as many, less one.
    #[schemars(range(min = 1, max = 10_000))]
    pub(super) page_size: u32,
    /// The order of lists of all articles and of those of a tag, source or author: by `date`, or by the date on which articles were `added`, newest first.
    pub(super) order: ListOrder,
    /// The number of related articles on an article's page; 0 for none.
    #[schemars(range(min = 0, max = 100))]
    pub(super) related: u32,
}

impl Default for RawLists {
    fn default() -> Self {
        Self { page_size: 20, order: ListOrder::Date, related: 5 }
    }
}

/// `[feeds]`: what feeds contain.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawFeeds {
    /// The number of articles in a feed.
    #[schemars(range(min = 1, max = 10_000))]
    pub(super) entries: u32,
    /// The order of feeds: by `date`, or by the date on which articles were `added`, newest first.
    pub(super) order: ListOrder,
    /// What the feeds of the whole site contain: the `full` text or the `summary`.
    pub(super) content: FeedContent,
    /// What the feeds of tags, sources, authors and series contain.
    pub(super) term_content: FeedContent,
}

impl Default for RawFeeds {
    fn default() -> Self {
        Self {
            entries: 20,
            order: ListOrder::Date,
            content: FeedContent::Full,
            term_content: FeedContent::Summary,
        }
    }
}

/// `[[menu]]`: an entry of the main navigation.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title", "url"]))]
pub(super) struct RawMenuItem {
    /// The text of the link.
    #[schemars(length(min = 1))]
    pub(super) title: String,
    /// The address: a path on the site, such as `/about/`, or a web address.
    #[schemars(length(min = 1))]
    pub(super) url: String,
}

/// Each rule by its name, with what it finds and its usual level.
fn lint_schema(_: &mut SchemaGenerator) -> Schema {
    let mut rules = Map::new();
    for rule in Rule::ALL {
        let levels: &[Level] =
            if *rule == Rule::Config { &[Level::Error] } else { &[Level::Error, Level::Warning, Level::Off] };
        rules.insert(
            rule.name().to_owned(),
            json!({
                "description": rule.description(),
                "type": "string",
                "enum": levels.iter().map(|level| level.name()).collect::<Vec<_>>(),
                "default": rule.default_level().name(),
            }),
        );
    }
    schemars::json_schema!({ "type": "object", "properties": rules, "additionalProperties": false })
}

/// The JSON Schema of a type in the dialect that editors know best (draft 7).
pub fn schema_of<T: JsonSchema>(inline: bool) -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = inline);
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

/// Removes what only makes a schema longer: defaults of whole tables, which repeat those of their keys, and
/// defaults of required keys.
fn tidy(schema: &mut Value) {
    if let Value::Array(items) = schema {
        items.iter_mut().for_each(tidy);
    }
    let Value::Object(schema) = schema else { return };
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties {
            let Value::Object(property) = property else { continue };
            let default = property.get("default");
            let needless = |value: &Value| value.is_null() || value.is_object() || value.is_array();
            if default.is_some_and(needless) || required.iter().any(|key| key == name) {
                property.shift_remove("default");
            }
        }
    }
    schema.values_mut().for_each(tidy);
}
