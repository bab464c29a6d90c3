//! Which changes of an article are taken over while all other articles are known only in outline.
//!
//! The article must keep its place in time, its address and its terms. Its title, its summary, its links and
//! the words of its text may change. That is decided field by field: a new field of [`Meta`] does not compile
//! until somebody has decided. In doubt it declines.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::asked::Asked;
use super::files;
use super::renew::Earlier;
use super::single::{self, Others};
use crate::index::excerpt::Excerpt;
use crate::index::{edited, languages, originals, pins, unread};
use crate::model::article::{LinkRef, Meta};
use crate::model::collection::{Entry, Href};
use crate::model::declined::{Declined, require};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::TermKind;

/// The article as it is now parsed, with the related articles that it had before. Declines if other documents
/// may now mean it, or one of its headings, where they did not before.
pub(super) fn revised(
    before: &Entry,
    meta: &Arc<Meta>,
    asked: Asked<'_>,
    others: &mut Others<'_, impl Earlier>,
) -> Result<Entry, Declined> {
    keeps_its_place(&before.meta, meta)?;
    let inputs = others.circumstances.inputs;
    let [was, is] = [&before.meta, meta].map(|meta| unread::decided_by(meta, inputs));
    require(was == is, "an article leads to other texts that are no Markdown")?;
    let outlets = &others.terms[TermKind::Source];
    let language = &others.circumstances.config.language;
    let is_foreign = |meta: &Meta| languages::tell(meta, &before.terms, outlets, language).is_some();
    let are_foreign = is_foreign(&before.meta) || is_foreign(meta);
    require(!are_foreign, "a text from an outlet of another language")?;
    let shown = [&before.meta, meta].map(|meta| Excerpt::of_entry(before, meta, others.terms));
    let is_cut = shown.iter().any(|shown| matches!(shown, Excerpt::Until(_)));
    require(!is_cut, "an article of which only a part is shown")?;
    let links = links_of(before, meta, others)?;
    let after = edited(before, meta, links, others.terms);
    let is_renamed = before.meta.title != meta.title;
    let is_called = asked.has_name_of(&before.meta) || asked.has_name_of(meta);
    require(!is_renamed || !is_called, "a document asks for the old or the new title")?;
    let keeps_pins = pins::are_the_same(&before.meta, meta, others.circumstances.config);
    require(!is_renamed || keeps_pins, "a pin names the old or the new title")?;
    // A link to a heading that does not exist is reported.
    let leads_elsewhere = before.meta.anchors != meta.anchors && asked.has_heading_of(&after);
    require(!leads_elsewhere, "other headings in an article of which one is asked for")?;
    Ok(after)
}

/// Declines if anything has changed on which other articles, terms, dates or addresses depend. Titles and
/// headings are not checked here: they matter only if a document asks for them.
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
        says_lang: _,
        sources,
        tags,
        authors,
        series,
        image: _,
        summary: _,
        summary_start: _,
        mentions: _,
        aliases,
        template: _,
        index,
        related,
        unrelated,
        corrections,
        comments: _,
        extra: _,
        words: _,
        signs: _,
        anchors: _,
        links: _,
        link_words: _,
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
    let has_its_original = originals::of(before) == originals::of(after);
    require(has_its_original, "another language of a text that is taken over")?;
    // The other parts of a series show this one.
    require((series, &after.series) == (&None, &None), "a part of a series")?;
    require((related, unrelated) == (&after.related, &after.unrelated), "other wishes for related articles")?;
    // The page of all corrections shows whose they are.
    require(corrections.is_empty() && after.corrections.is_empty(), "corrections")
}

/// Where the links of the revised article lead. Those that it had before are not resolved again.
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
    // Links to the article's own headings are resolved again: its headings may be others now.
    let is_open = |link: &&LinkRef| single::is_alone(link) || !kept.contains(&written(link));
    let [was, is] =
        [&before.meta, meta].map(|meta| meta.links.iter().filter(is_open).cloned().collect::<Vec<LinkRef>>());
    let resolved = others.resolve(meta, &before.line.url, &is)?;
    let is_plain = before.outside().is_none() || resolved.files.is_empty();
    require(is_plain, "an article without a page leads to files")?;
    publish_files(meta, &before.line.url, (&was, resolved.files), others)?;
    let mut new = resolved.links.into_iter();
    let mut leads_to = |link: &LinkRef| {
        if is_open(&link) { new.next() } else { known.get(&written(link)).map(|href| (*href).clone()) }
    };
    meta.links.iter().map(&mut leads_to).collect::<Option<_>>().ok_or(Declined::LOST)
}

/// Publishes the files that the article's new links refer to. Declines if a file is no longer referred to:
/// the links `was` have gone, and somebody would have to know whether another document still needs it.
fn publish_files(
    meta: &Meta,
    url: &UrlPath,
    (was, files): (&[LinkRef], Vec<(UrlPath, ContentPath)>),
    others: &mut Others<'_, impl Earlier>,
) -> Result<(), Declined> {
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
    let [all, was_there] = single::files_beside((&meta.path, url), [&meta.links, was], inputs);
    require(have_room(&all), files::TWO_FILES)?;
    let [is_there, was_there] = [referred_to(files)?, referred_to(was_there)?];
    require(was_there.is_subset(&is_there), "an article leads to a file no more")?;
    others.publish(is_there.difference(&was_there).cloned())
}

/// Whether each of some files has an address of its own. Of files above a document only the names count in an
/// address.
fn have_room(files: &[(UrlPath, ContentPath)]) -> bool {
    let by_address: BTreeMap<_, _> = files.iter().map(|(url, file)| (url, file)).collect();
    files.iter().all(|(url, file)| by_address[url] == file)
}
