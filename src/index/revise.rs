//! What an article is that was revised, where all others are known in outline.
//!
//! It keeps its place in time, its address and its terms, and what it asks of others. What is free to change is what pages show of it, and
//! what its text tells of. That is decided field by field, so that a new field of [`Meta`] does not compile until somebody has decided; in
//! doubt it declines.

use std::sync::Arc;

use super::amend::are_used_alike;
use super::asked::{is_asked_for, is_called};
use super::renew::Circumstances;
use super::{alone, card_print, pins};
use crate::base::fingerprint::Fingerprint;
use crate::model::article::{LinkRef, Meta};
use crate::model::collection::{Entry, Href, Term};
use crate::model::declined::{Declined, require};

/// The article with what was parsed of it now, above the texts that stood below it; if others can't ask for it, nor it for others, in
/// another way than before.
pub(super) fn revised(
    before: &Entry,
    meta: &Arc<Meta>,
    (asked, terms): (&[Fingerprint], &[Vec<Term>; 4]),
    circumstances: Circumstances<'_>,
) -> Result<Entry, Declined> {
    keeps_its_place(&before.meta, meta)?;
    let links = links_of(before, meta, circumstances)?;
    let mut after = Entry { meta: Arc::clone(meta), links, ..before.clone() };
    after.card_print = card_print(&after, terms);
    let is_renamed = before.meta.title != meta.title;
    let is_called = is_called(&before.meta, asked) || is_called(meta, asked);
    require(!is_renamed || !is_called, "a document asks for the old or the new title")?;
    let keeps_pins = pins::are_the_same(&before.meta, meta, circumstances.config);
    require(!is_renamed || keeps_pins, "a pin names the old or the new title")?;
    // Who leads to a heading is told if there is none.
    let leads_elsewhere = before.meta.anchors != meta.anchors && is_asked_for(&after, asked);
    require(!leads_elsewhere, "other headings in an article that a document asks for")?;
    Ok(after)
}

/// Whether all is the same that other articles, terms, dates and addresses hang on. Names and headings count only where somebody asks for
/// them.
fn keeps_its_place(before: &Meta, after: &Meta) -> Result<(), Declined> {
    let Meta {
        path,
        title: _,
        slug,
        date,
        updated: _,
        added,
        publish,
        expires,
        withdrawn,
        draft,
        lang: _,
        sources,
        tags,
        authors,
        series,
        image: _,
        summary: _,
        summary_is_taken: _,
        aliases,
        template: _,
        index,
        related,
        unrelated,
        corrections,
        comments: _,
        extra: _,
        words: _,
        anchors: _,
        links: _,
        components,
        has_code: _,
        signature: _,
        print: _,
        body_print: _,
    } = before;
    let is_found_as_before = (path, slug, aliases) == (&after.path, &after.slug, &after.aliases);
    require(is_found_as_before, "another address")?;
    require((date, added) == (&after.date, &after.added), "another date")?;
    let is_seen_as_before = (publish, expires, withdrawn)
        == (&after.publish, &after.expires, &after.withdrawn)
        && (draft, index) == (&after.draft, &after.index);
    require(is_seen_as_before, "an article is seen elsewhere, or at another time")?;
    let has_its_terms = (sources, tags, authors) == (&after.sources, &after.tags, &after.authors);
    require(has_its_terms, "other tags, authors or sources")?;
    // The other parts of a series show this one.
    require((series, &after.series) == (&None, &None), "a part of a series")?;
    require((related, unrelated) == (&after.related, &after.unrelated), "other wishes for related articles")?;
    // The page of all corrections shows whose they are.
    require(corrections.is_empty() && after.corrections.is_empty(), "corrections")?;
    require(are_used_alike(components, &after.components), "other components")
}

/// Where its links lead, if those to other documents are the same, and if the files are the same that it brings.
fn links_of(before: &Entry, meta: &Meta, circumstances: Circumstances<'_>) -> Result<Vec<Href>, Declined> {
    let written = |link: &LinkRef| (link.target.clone(), link.kind);
    let known = &before.meta.links;
    if before.meta.anchors == meta.anchors && known.iter().map(written).eq(meta.links.iter().map(written)) {
        return Ok(before.links.clone());
    }
    let leads_out = |link: &&LinkRef| !alone::is_alone(link);
    let are_the_same =
        known.iter().filter(leads_out).map(written).eq(meta.links.iter().filter(leads_out).map(written));
    let [was, is] = [&before.meta, meta].map(|meta| alone::resolve(meta, &before.url, circumstances));
    let (mut was, mut is) = (was?, is?);
    [&mut was, &mut is].into_iter().for_each(|resolved| resolved.files.sort());
    require(are_the_same && before.links.len() == known.len(), "other links to documents")?;
    require(was.files == is.files, "other files beside an article")?;
    let mut others = known.iter().zip(&before.links).filter(|(link, _)| leads_out(link));
    let mut own = is.links.into_iter();
    let mut of_others = || others.next().map(|(_, href)| href.clone());
    let leads_to = |link: &LinkRef| if alone::is_alone(link) { own.next() } else { of_others() };
    meta.links.iter().map(leads_to).collect::<Option<_>>().ok_or(Declined("other links to documents"))
}
