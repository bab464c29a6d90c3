//! What an article is that was revised, where all others are known in outline.
//!
//! It keeps its place in time, its address and its terms. What is free to change is what pages show of it, where its text leads, and what
//! that tells of. That is decided field by field, so that a new field of [`Meta`] does not compile until somebody has decided; in
//! doubt it declines.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::asked::{are_headings_asked_for, is_called};
use super::files;
use super::renew::Earlier;
use super::single::{self, Others};
use crate::base::fingerprint::Fingerprint;
use crate::index::{card_print, pins};
use crate::model::article::{LinkRef, Meta};
use crate::model::collection::{Entry, Href};
use crate::model::declined::{Declined, require};
use crate::model::path::{ContentPath, UrlPath};

/// The article with what was parsed of it now, above the texts that stood below it; if others can't ask for it in another way than before.
pub(super) fn revised(
    before: &Entry,
    meta: &Arc<Meta>,
    asked: &[Fingerprint],
    others: &mut Others<'_, impl Earlier>,
) -> Result<Entry, Declined> {
    keeps_its_place(&before.meta, meta)?;
    let links = links_of(before, meta, others)?;
    let mut after = Entry { meta: Arc::clone(meta), links, ..before.clone() };
    after.card_print = card_print(&after, others.terms);
    let is_renamed = before.meta.title != meta.title;
    let is_called = is_called(&before.meta, asked) || is_called(meta, asked);
    require(!is_renamed || !is_called, "a document asks for the old or the new title")?;
    let keeps_pins = pins::are_the_same(&before.meta, meta, others.circumstances.config);
    require(!is_renamed || keeps_pins, "a pin names the old or the new title")?;
    // Who leads to a heading is told if there is none.
    let leads_elsewhere = before.meta.anchors != meta.anchors && are_headings_asked_for(&after, asked);
    require(!leads_elsewhere, "other headings in an article of which one is asked for")?;
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
        components: _,
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
    require(corrections.is_empty() && after.corrections.is_empty(), "corrections")
}

/// Where its links lead, if it brings all files that it has brought. What it has led to before is no question.
fn links_of(
    before: &Entry,
    meta: &Meta,
    others: &mut Others<'_, impl Earlier>,
) -> Result<Vec<Href>, Declined> {
    require(before.links.len() == before.meta.links.len(), Declined::LOST.0)?;
    let written = |link: &LinkRef| (link.target.clone(), link.kind);
    let are_the_same = before.meta.links.iter().map(written).eq(meta.links.iter().map(written));
    if are_the_same && before.meta.anchors == meta.anchors {
        return Ok(before.links.clone());
    }
    let known: HashMap<_, &Href> = before.meta.links.iter().map(written).zip(&before.links).collect();
    let kept: HashSet<_> = meta.links.iter().map(written).filter(|link| known.contains_key(link)).collect();
    // What leads to its own headings is looked at again: there may be others now.
    let is_open = |link: &&LinkRef| single::is_alone(link) || !kept.contains(&written(link));
    let [was, is] =
        [&before.meta, meta].map(|meta| meta.links.iter().filter(is_open).cloned().collect::<Vec<LinkRef>>());
    let resolved = others.resolve(meta, &before.url, &is)?;
    let inputs = others.circumstances.inputs;
    // What lies in its own bundle is published whether it refers to it or not.
    let is_referred_to = |(_, file): &(UrlPath, ContentPath)| {
        let bundle = files::bundle_of(file, inputs)?;
        Ok(bundle.is_none_or(|(_, bundle)| *bundle != meta.path))
    };
    let referred_to = |files: Vec<(UrlPath, ContentPath)>| -> Result<BTreeSet<_>, Declined> {
        let files = files.into_iter().map(|file| Ok(is_referred_to(&file)?.then_some(file)));
        files.filter_map(Result::transpose).collect()
    };
    let [all, was_there] = single::files_beside((&meta.path, &before.url), [&meta.links, &was], inputs);
    require(have_room(&all), files::TWO_FILES)?;
    let [is_there, was_there] = [referred_to(resolved.files)?, referred_to(was_there)?];
    require(was_there.is_subset(&is_there), "an article leads to a file no more")?;
    others.publish(is_there.difference(&was_there).cloned())?;
    let mut new = resolved.links.into_iter();
    let mut leads_to = |link: &LinkRef| {
        if is_open(&link) { new.next() } else { known.get(&written(link)).map(|href| (*href).clone()) }
    };
    meta.links.iter().map(&mut leads_to).collect::<Option<_>>().ok_or(Declined::LOST)
}

/// Whether each of some files has an address of its own. Of those above a document only the names count.
fn have_room(files: &[(UrlPath, ContentPath)]) -> bool {
    let by_address: BTreeMap<_, _> = files.iter().map(|(url, file)| (url, file)).collect();
    files.iter().all(|(url, file)| by_address[url] == file)
}
