//! The twins of an article's page: the article as JSON and as Markdown, for programs.
//!
//! They have the content of the page with whole addresses, but nothing that changes when another article
//! does: no neighbours and no related articles. Nor do they have `extra`, of which a page shows only what the
//! site's own templates show; the rest may be notes of the desk.

use super::Site;
use super::address::Form;
use super::article::sources;
use super::body;
use super::credit::writers_and_translators;
use super::excerpt;
use crate::base::date::Date;
use crate::model::article::Body;
use crate::model::ingredients::{ArticleParts, TermRef};
use crate::model::plan::TwinFormat;
use crate::model::view::{
    SourceView, TwinCorrection, TwinHead, TwinPicture, TwinSeries, TwinSource, TwinView, View,
};

pub(super) fn view(
    format: TwinFormat,
    parts: &ArticleParts<'_>,
    body: Option<&Body>,
    site: &Site<'_>,
) -> View {
    let shown = body.map(|body| excerpt::shown(body, parts.meta.value, &parts.sources));
    let words = shown.as_ref().map_or(parts.meta.value.words, |shown| shown.words);
    let own = &parts.meta.value.sources;
    let read_on = excerpt::read_on(shown.as_ref(), parts.meta.value, site);
    let text = shown.map(|shown| body::fill_whole(&shown.body, parts.links, own, parts.url, site));
    let content = text.unwrap_or_default().between("", &read_on);
    View::Twin(Box::new(TwinView { format, about: head(parts, words, site), content }))
}

fn head(parts: &ArticleParts<'_>, words: u32, site: &Site<'_>) -> TwinHead {
    let meta = parts.meta.value;
    let iso = |date: Option<Date>| date.map(|date| date.iso(site.config.zone));
    let names = |terms: &[TermRef<'_>]| terms.iter().map(|term| term.name.to_owned()).collect::<Vec<_>>();
    let original = meta.original_author().map(str::to_owned);
    let (authors, translators) = writers_and_translators(original, names(&parts.authors), |name| name);
    let series = parts.series.as_ref();
    let picture = site.picture(meta, parts.links, Form::Whole);
    TwinHead {
        title: meta.title.clone(),
        url: site.whole(parts.url),
        date: iso(meta.date),
        updated: iso(meta.updated),
        added: iso(meta.added),
        lang: site.lang(meta).to_string(),
        summary: meta.summary_within(excerpt::max_words(meta, &parts.sources), parts.links).into_owned(),
        authors,
        translators,
        tags: names(&parts.tags),
        series: series.map(|series| TwinSeries { name: series.term.name.to_owned(), part: series.part }),
        sources: sources(meta, &parts.sources, site).map(source).collect(),
        image: picture.map(|picture| TwinPicture {
            src: picture.src,
            alt: picture.alt,
            caption: picture.caption,
            credit: picture.credit,
            license: picture.license,
        }),
        corrections: meta
            .corrections
            .iter()
            .map(|correction| TwinCorrection { date: iso(correction.date), text: correction.text.clone() })
            .collect(),
        words,
    }
}

fn source(source: SourceView) -> TwinSource {
    TwinSource {
        role: source.role,
        outlet: source.outlet.name,
        url: source.url,
        title: source.title,
        author: source.author,
        lang: source.lang,
        published: source.published.map(|date| date.iso),
        retrieved: source.retrieved.map(|date| date.iso),
        archive: source.archive,
        license: source.license,
    }
}
