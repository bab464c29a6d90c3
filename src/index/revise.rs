//! What an article is that was revised, where all others are known in outline.
//!
//! It keeps its place in time, its address and its terms, and what it asks of others. What is free to change is what pages show of it, and
//! what its text tells of. That is decided field by field, so that a new field of [`Meta`] does not compile until somebody has decided; in
//! doubt there is nothing.

use std::sync::Arc;

use super::amend::are_used_alike;
use super::asked::{is_asked_for, is_called};
use super::renew::Circumstances;
use super::{alone, card_print, pins};
use crate::base::fingerprint::Fingerprint;
use crate::model::article::{LinkRef, Meta};
use crate::model::collection::{Entry, Href, Term};

/// The article with what was parsed of it now, above the texts that stood below it; nothing if others may ask for it, or it for others, in
/// another way than before.
pub(super) fn revised(
    before: &Entry,
    meta: &Arc<Meta>,
    (asked, terms): (&[Fingerprint], &[Vec<Term>; 4]),
    circumstances: Circumstances<'_>,
) -> Option<Entry> {
    if !keeps_its_place(&before.meta, meta) {
        return None;
    }
    let links = links_of(before, meta, circumstances)?;
    let mut after = Entry { meta: Arc::clone(meta), links, ..before.clone() };
    after.card_print = card_print(&after, terms);
    let is_renamed = before.meta.title != meta.title;
    let is_meant_again = is_renamed
        && (is_called(&before.meta, asked)
            || is_called(meta, asked)
            || !pins::are_the_same(&before.meta, meta, circumstances.config));
    // Who leads to a heading is told if there is none.
    let leads_elsewhere = before.meta.anchors != meta.anchors && is_asked_for(&after, asked);
    (!is_meant_again && !leads_elsewhere).then_some(after)
}

/// Whether all is the same that other articles, terms, dates and addresses hang on. Names and headings count only where somebody asks for
/// them.
fn keeps_its_place(before: &Meta, after: &Meta) -> bool {
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
    (path, slug, date, added) == (&after.path, &after.slug, &after.date, &after.added)
        && (publish, expires, withdrawn) == (&after.publish, &after.expires, &after.withdrawn)
        && (draft, index, aliases) == (&after.draft, &after.index, &after.aliases)
        && (sources, tags, authors) == (&after.sources, &after.tags, &after.authors)
        // The other parts of a series show this one.
        && (series, &after.series) == (&None, &None)
        && (related, unrelated) == (&after.related, &after.unrelated)
        // The page of all corrections shows whose they are.
        && corrections.is_empty() && after.corrections.is_empty()
        && are_used_alike(components, &after.components)
}

/// Where its links lead, if those to other documents are the same, and if the files are the same that it brings.
fn links_of(before: &Entry, meta: &Meta, circumstances: Circumstances<'_>) -> Option<Vec<Href>> {
    let written = |link: &LinkRef| (link.target.clone(), link.kind);
    let known = &before.meta.links;
    if before.meta.anchors == meta.anchors && known.iter().map(written).eq(meta.links.iter().map(written)) {
        return Some(before.links.clone());
    }
    let leads_out = |link: &&LinkRef| !alone::is_alone(link);
    let are_the_same =
        known.iter().filter(leads_out).map(written).eq(meta.links.iter().filter(leads_out).map(written));
    let [was, is] = [&before.meta, meta].map(|meta| alone::resolve(meta, &before.url, circumstances));
    let (mut was, mut is) = (was?, is?);
    [&mut was, &mut is].into_iter().for_each(|resolved| resolved.files.sort());
    if !are_the_same || was.files != is.files || before.links.len() != known.len() {
        return None;
    }
    let mut others = known.iter().zip(&before.links).filter(|(link, _)| leads_out(link));
    let mut own = is.links.into_iter();
    let mut of_others = || others.next().map(|(_, href)| href.clone());
    let leads_to = |link: &LinkRef| if alone::is_alone(link) { own.next() } else { of_others() };
    meta.links.iter().map(leads_to).collect()
}
