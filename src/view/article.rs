//! The page of an article.

use std::borrow::Cow;

use super::address::Form;
use super::body;
use super::cite;
use super::credit::writers_and_translators;
use super::excerpt::{self, Shown};
use super::head::{Head, here};
use super::json_ld;
use super::{Site, html};
use crate::base::domain::domain;
use crate::base::html::escape;
use crate::base::language::Language;
use crate::config::IndexPolicy;
use crate::model::article::{Body, Correction, Meta, Provenance};
use crate::model::generated;
use crate::model::ingredients::{ArticleParts, OutletParts, SeriesParts, TermRef};
use crate::model::plan::TwinFormat;
use crate::model::profile::Profile;
use crate::model::view::{
    ArticleView, Content, CorrectionView, FeedLink, ImageView, PageView, RichText, SeriesView, SourceView,
    TermLink, View,
};

pub(super) fn view(parts: &ArticleParts<'_>, body: Option<&Body>, site: &Site<'_>) -> View {
    let meta = parts.meta.value;
    let mut article = article(parts, body, site);
    let own = site.whole(parts.url);
    article.cite = site.config.outputs.citations.then(|| cite::cite(meta, &article, (parts.url, &own), site));
    let mut page = head(parts, &article, site);
    page.json_ld = json_ld::script(vec![
        json_ld::article(&article, &page, &own, site),
        json_ld::breadcrumbs(&page, &own, site),
    ]);
    html(meta.template.as_deref().unwrap_or("article.html"), page, Content::Article(Box::new(article)))
}

fn article(parts: &ArticleParts<'_>, body: Option<&Body>, site: &Site<'_>) -> ArticleView {
    let meta = parts.meta.value;
    let lang = site.lang(meta);
    let sources: Vec<_> = sources(meta, &parts.sources, site).collect();
    let shown = body.map(|body| excerpt::shown(body, meta, &parts.sources));
    let text = shown.as_ref().map(|shown| &*shown.body);
    let summary = meta.summary_within(excerpt::max_words(meta, &parts.sources), parts.links).into_owned();
    let card = |card: &Option<_>| card.as_ref().map(|card| site.card(card));
    let terms = |terms: &[TermRef<'_>]| terms.iter().map(|term| site.term(term)).collect::<Vec<_>>();
    let original =
        meta.original_author().map(|name| TermLink { name: name.to_owned(), ..TermLink::default() });
    let authors = terms(&parts.authors);
    let (writers, translators) = writers_and_translators(original, authors.clone(), |term| &term.name);
    let content = text.map(|body| body::fill(body, parts.links, &meta.sources, site)).unwrap_or_default();
    let image = site.picture(meta, parts.links, Form::Local);
    ArticleView {
        title: meta.title.clone(),
        date: meta.date.map(|date| site.date(date)),
        updated: meta.updated.map(|date| site.date(date)),
        modified: meta.last_change().map(|date| site.date(date)),
        added: meta.added.map(|date| site.date(date)),
        standfirst: standfirst(&summary, meta, shown.as_ref()),
        summary,
        cut_from: shown
            .as_ref()
            .filter(|shown| shown.is_cut)
            .and_then(|_| sources.get(meta.text_source()?).cloned()),
        toc: text.map(|body| body::toc(&body.toc)).unwrap_or_default(),
        words: shown.as_ref().map_or(meta.words, |shown| shown.words),
        minutes: meta.minutes(),
        lang: lang.to_string(),
        dir: site.direction(lang),
        sources,
        authors,
        writers,
        translators,
        tags: terms(&parts.tags),
        series: parts.series.as_ref().map(|series| series_view(series, site)),
        image_in_text: image.as_ref().is_some_and(|image| is_in_text(image, &content)),
        image,
        content,
        corrections_page: corrections_page(meta, site),
        cite: None,
        corrections: meta.corrections.iter().map(|each| correction(each, site)).collect(),
        previous: card(&parts.previous),
        next: card(&parts.next),
        related: parts.related.iter().map(|card| site.card(card)).collect(),
        elsewhere: parts.elsewhere.iter().map(|card| site.card(card)).collect(),
        comments: meta.comments.name().to_owned(),
        extra: meta.extra.clone(),
    }
}

/// Whether a text shows the article's picture itself, of which nothing is to be said beside it.
pub(super) fn is_in_text(image: &ImageView, content: &RichText) -> bool {
    let says_more = [&image.caption, &image.credit, &image.license].into_iter().any(|text| !text.is_empty());
    !says_more && content.html.contains(&format!("<img src=\"{}\"", escape(&image.src)))
}

fn corrections_page(meta: &Meta, site: &Site<'_>) -> String {
    let has_page = !meta.corrections.is_empty()
        && site.config.outputs.corrections_page
        && site.theme.has_template("corrections.html");
    if has_page { site.local(&generated::corrections(&site.config.urls)) } else { String::new() }
}

/// The summary above the text, unless it repeats the beginning of the text. One that was taken from further
/// below must not show what a limit has cut off.
fn standfirst(summary: &str, meta: &Meta, shown: Option<&Shown<'_>>) -> String {
    let says_more = |shown: &Shown<'_>| {
        let is_beyond = meta.summary_start.is_some() && shown.is_cut && shown.words > 0;
        !is_beyond && !body::begins_with(&shown.body.html, summary)
    };
    if shown.is_none_or(says_more) { summary.to_owned() } else { String::new() }
}

fn head(parts: &ArticleParts<'_>, article: &ArticleView, site: &Site<'_>) -> PageView {
    let meta = parts.meta.value;
    let mut trail = meta.date.map(|date| site.periods(date)).unwrap_or_default();
    trail.push(here(meta.title.as_str()));
    let mut page = site.head(Head {
        kind: "article",
        title: meta.title.clone(),
        description: &article.summary,
        url: parts.url,
        trail,
    });
    page.lang.clone_from(&article.lang);
    page.dir.clone_from(&article.dir);
    "article".clone_into(&mut page.og_type);
    page.has_code = meta.has_code;
    page.alternates = twins(parts, site);
    index(&mut page, parts);
    page.with_image(article.image.as_ref(), site)
}

/// The links to the article's twins, as far as they are built.
fn twins(parts: &ArticleParts<'_>, site: &Site<'_>) -> Vec<FeedLink> {
    let outputs = &site.config.outputs;
    let forms = [(outputs.article_json, TwinFormat::Json), (outputs.article_markdown, TwinFormat::Markdown)];
    let link = |(_, format): (bool, TwinFormat)| {
        Some(FeedLink {
            title: parts.meta.value.title.clone(),
            url: site.local(&format.beside(parts.url)?),
            media_type: format.media_type().to_owned(),
        })
    };
    forms.into_iter().filter(|(wanted, _)| *wanted).filter_map(link).collect()
}

/// What search engines are told.
fn index(page: &mut PageView, parts: &ArticleParts<'_>) {
    match (parts.policy, parts.meta.value.original()) {
        (IndexPolicy::Noindex, _) => "noindex".clone_into(&mut page.robots),
        (IndexPolicy::Canonical, Some(original)) => original.clone_into(&mut page.canonical),
        // Without this, search engines show only thumbnails of pictures.
        _ => "max-image-preview:large".clone_into(&mut page.robots),
    }
}

/// The sources with what their outlets' profiles know, in the article's order.
pub(super) fn sources(
    meta: &Meta,
    outlets: &[OutletParts<'_>],
    site: &Site<'_>,
) -> impl Iterator<Item = SourceView> {
    let sources = meta.sources.iter().enumerate();
    sources.map(|(at, source)| source_view(meta, source, outlets.get(at), site))
}

fn source_view(
    meta: &Meta,
    source: &Provenance,
    parts: Option<&OutletParts<'_>>,
    site: &Site<'_>,
) -> SourceView {
    let profile = parts.and_then(|parts| parts.profile.as_ref()).map(|profile| profile.value);
    let logo = profile.and_then(|profile| profile.picture.as_ref());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let license = source.license.as_ref().or_else(|| profile.and_then(|profile| profile.license.as_ref()));
    let outlet = parts.map_or_else(|| nameless(source), |parts| site.term(&parts.term));
    let initials = initials(&outlet.name);
    let lang = lang_of(source, profile);
    SourceView {
        outlet,
        url: text(&source.url),
        title: source.title.clone().filter(|title| *title != meta.title).unwrap_or_default(),
        author: text(&source.author),
        published: source.published.map(|date| site.date(date)),
        dir: lang.map(|lang| site.direction(lang)).unwrap_or_default(),
        lang: lang.map(Language::to_string).unwrap_or_default(),
        retrieved: source.retrieved.map(|date| site.date(date)),
        role: source.role.name().to_owned(),
        is_text: source.role.holds_text(),
        archive: text(&source.archive),
        version: site.version(source),
        license: license.cloned().unwrap_or_default(),
        homepage: profile.and_then(|profile| profile.url.clone()).unwrap_or_default(),
        initials,
        logo: site.image(logo, parts.and_then(|parts| parts.logo), Form::Local),
    }
}

/// The language of the original, or else of its outlet.
fn lang_of<'a>(source: &'a Provenance, profile: Option<&'a Profile>) -> Option<&'a Language> {
    source.lang.as_ref().or_else(|| profile.and_then(|profile| profile.language.as_ref()))
}

/// The first letters of a name, without its article: `FNW` for "The Field Notes Weekly".
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let article = usize::from(words.len() > 2 && words[0] == "The");
    words[article..]
        .iter()
        .take(3)
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase)
        .collect()
}

/// A source that is no term of the site: its name as it is written, or else the host of the original.
fn nameless(source: &Provenance) -> TermLink {
    let name = match source.outlet.as_str() {
        "" => domain(source.url.as_deref().unwrap_or_default()).unwrap_or_default(),
        outlet => Cow::Borrowed(outlet),
    };
    TermLink { name: name.into_owned(), ..TermLink::default() }
}

fn series_view(series: &SeriesParts<'_>, site: &Site<'_>) -> SeriesView {
    SeriesView {
        name: series.term.name.to_owned(),
        url: site.term_url(&series.term),
        part: series.part,
        total: series.total,
        previous: series.previous.as_ref().map(|card| site.card(card)),
        next: series.next.as_ref().map(|card| site.card(card)),
    }
}

fn correction(correction: &Correction, site: &Site<'_>) -> CorrectionView {
    CorrectionView { date: correction.date.map(|date| site.date(date)), text: correction.text.clone() }
}
