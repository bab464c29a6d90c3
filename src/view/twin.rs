//! The twins of an article's page: the article as JSON and as Markdown, for programs.
//!
//! They have the content of the page with whole addresses, but nothing that changes when another article
//! does: no neighbours and no related articles.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Site;
use super::address::Form;
use super::article::sources;
use super::body;
use super::excerpt;
use super::markdown::markdown;
use crate::base::date::Date;
use crate::model::article::Body;
use crate::model::ingredients::{ArticleParts, TermRef};
use crate::model::plan::TwinFormat;
use crate::model::view::{SourceView, View};

pub(super) fn view(
    format: TwinFormat,
    parts: &ArticleParts<'_>,
    body: Option<&Body>,
    site: &Site<'_>,
) -> View {
    let shown = body.map(|body| excerpt::shown(body, parts.meta.value.words, &parts.sources));
    let words = shown.as_ref().map_or(parts.meta.value.words, |shown| shown.words);
    let own = &parts.meta.value.sources;
    let text = shown.map(|shown| body::fill_whole(&shown.body, parts.links, own, parts.url, site));
    let content = text.unwrap_or_default().undrawn();
    let sources: Vec<_> = sources(parts.meta.value, &parts.sources, site).collect();
    View::Text(match format {
        TwinFormat::Json => json(&twin(parts, &sources, words, content, site)),
        TwinFormat::Markdown => {
            let text = markdown(&content);
            let mut twin = twin(parts, &sources, words, String::new(), site);
            twin.extra = None;
            format!("---\n{}---\n\n{text}", yaml(&twin))
        }
    })
}

#[derive(Serialize)]
struct Twin<'a> {
    title: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<String>,
    lang: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Part<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Origin<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction<'a>>,
    words: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    content_html: String,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    part: u32,
}

#[derive(Serialize)]
struct Origin<'a> {
    role: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    outlet: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    archive: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'a str,
}

#[derive(Serialize)]
struct Picture {
    src: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    alt: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    caption: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    credit: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    license: String,
}

#[derive(Serialize)]
struct Correction<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    text: &'a str,
}

fn twin<'a>(
    parts: &'a ArticleParts<'_>,
    sources: &'a [SourceView],
    words: u32,
    content_html: String,
    site: &'a Site<'_>,
) -> Twin<'a> {
    let meta = parts.meta.value;
    let iso = |date: Option<Date>| date.map(|date| date.iso(site.config.zone));
    let names = |terms: &'a [TermRef<'_>]| terms.iter().map(|term| term.name).collect();
    let picture = site.picture(meta, parts.links, Form::Whole);
    Twin {
        title: &meta.title,
        url: site.whole(parts.url),
        date: iso(meta.date),
        updated: iso(meta.updated),
        added: iso(meta.added),
        lang: site.lang(meta),
        summary: meta.summary_within(excerpt::max_words(&parts.sources)).into_owned(),
        authors: names(&parts.authors),
        tags: names(&parts.tags),
        series: parts.series.as_ref().map(|series| Part { name: series.term.name, part: series.part }),
        sources: sources.iter().map(origin).collect(),
        image: picture.map(|picture| Picture {
            src: picture.src,
            alt: picture.alt,
            caption: picture.caption,
            credit: picture.credit,
            license: picture.license,
        }),
        corrections: meta
            .corrections
            .iter()
            .map(|correction| Correction { date: iso(correction.date), text: &correction.text })
            .collect(),
        words,
        extra: Some(&meta.extra).filter(|extra| !extra.is_empty()),
        content_html,
    }
}

fn origin(source: &SourceView) -> Origin<'_> {
    Origin {
        role: &source.role,
        outlet: &source.outlet.name,
        url: &source.url,
        title: &source.title,
        author: &source.author,
        published: source.published.as_ref().map(|date| date.iso.as_str()),
        retrieved: source.retrieved.as_ref().map(|date| date.iso.as_str()),
        archive: &source.archive,
        license: &source.license,
    }
}

fn json(twin: &Twin<'_>) -> String {
    // Strings and numbers cannot fail to be written to memory.
    serde_json::to_string_pretty(twin).unwrap_or_default() + "\n"
}

/// A twin as YAML: each value as JSON, which YAML 1.2 contains.
fn yaml(twin: &Twin<'_>) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(twin) else { return String::new() };
    let mut yaml = String::new();
    for (key, value) in fields {
        // Writing to a string cannot fail.
        let _never_fails = writeln!(yaml, "{key}: {value}");
    }
    yaml
}
