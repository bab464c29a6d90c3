//! Edits that change nothing in the collection but the entries of the edited documents.
//!
//! Most edits change a text and nothing on which other articles, terms or dates depend. What counts as such
//! an edit is decided field by field: a new field of [`Meta`] does not compile until somebody has decided. In
//! doubt it declines.

use std::sync::Arc;

use crate::model::article::{LinkRef, Meta};
use crate::model::collection::{Collection, Entry, Term};
use crate::model::component::Usage;
use crate::model::declined::{Declined, require};
use crate::model::profile::ByKind;
use crate::model::signature::Sketch;

use crate::index::edited;
use crate::index::excerpt::Excerpt;
use crate::index::originals;
use crate::index::related::is_copied_as_before;

/// The collection with the new metadata of edited documents, if nothing else in it changes. The diagnostics
/// of the index stay the same too, except for their places in these documents.
///
/// Of the collection only the entries of these documents need to be right. `sketches` gives the former
/// wordings of all articles; it is called only if they are needed.
pub fn amended(
    collection: &Collection,
    changes: &[(Arc<Meta>, Arc<Meta>)],
    sketches: impl FnOnce() -> Option<Vec<Sketch>>,
) -> Result<Collection, Declined> {
    let is_private = changes.iter().all(|(before, after)| is_private(before, after));
    require(is_private, "other pages show what was edited")?;
    require(are_copied_as_before(changes, sketches), "a text is a copy of another, or no copy any more")?;
    let mut collection = collection.clone();
    for (before, after) in changes {
        let article = collection.articles.iter_mut().find(|entry| Arc::ptr_eq(&entry.meta, before));
        let page = collection.pages.iter_mut().find(|page| Arc::ptr_eq(&page.meta, before));
        // A document that is neither is not published, before and after.
        if let Some(entry) = article {
            require(shows_as_before(entry, after, &collection.terms), "another part of a text is shown")?;
            *entry = Arc::new(edited(entry, after, entry.links.clone(), &collection.terms));
        } else if let Some(page) = page {
            let mut new = (**page).clone();
            new.meta = Arc::clone(after);
            *page = Arc::new(new);
        }
    }
    Ok(collection)
}

/// Whether the edited articles are copies of the same articles as before. An edit often changes the sketch of
/// a wording, and seldom what it resembles. Two edited articles could now resemble each other, so each is
/// compared with the others too.
fn are_copied_as_before(
    changes: &[(Arc<Meta>, Arc<Meta>)],
    sketches: impl FnOnce() -> Option<Vec<Sketch>>,
) -> bool {
    let wording = |meta: &Arc<Meta>| meta.signature.sketch;
    let wordings = changes.iter().map(|(before, after)| (wording(before), wording(after)));
    let reworded: Vec<(Sketch, Sketch)> = wordings.filter(|(before, after)| before != after).collect();
    if reworded.is_empty() {
        return true;
    }
    let Some(sketches) = sketches() else { return false };
    let among_all = reworded.iter().all(|(before, after)| is_copied_as_before(before, after, &sketches));
    let among_them = |(place, one): (usize, &(Sketch, Sketch))| {
        let mut later = reworded[place + 1..].iter();
        later.all(|other| one.0.is_copy_of(&other.0) == one.1.is_copy_of(&other.1))
    };
    among_all && reworded.iter().enumerate().all(among_them)
}

/// Whether an edited article shows the same of its links as before, and so needs the same files.
fn shows_as_before(entry: &Entry, after: &Meta, terms: &ByKind<Vec<Term>>) -> bool {
    let before = &entry.meta;
    let [was, is] = [before, after].map(|meta| Excerpt::of_entry(entry, meta, terms));
    let are_the_same = || (0..before.links.len()).all(|link| was.has(link, before) == is.has(link, after));
    was == is && (was == Excerpt::Whole || are_the_same())
}

/// Whether two versions of a document use the same components with the same arguments, wherever these stand.
fn are_used_alike(before: &[Usage], after: &[Usage]) -> bool {
    let usage = |usage: &Usage| {
        let arguments = usage.arguments.iter().map(|each| (each.name.clone(), each.value.clone()));
        (usage.name.clone(), arguments.collect::<Vec<_>>())
    };
    before.iter().map(usage).eq(after.iter().map(usage))
}

/// Whether the index and the plan make the same of two versions of a document.
fn is_private(before: &Meta, after: &Meta) -> bool {
    let Meta {
        path,
        title,
        slug,
        date,
        updated: _,
        added,
        publish,
        expires,
        withdrawn,
        draft,
        lang,
        says_lang,
        sources,
        tags,
        authors,
        series,
        image,
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
        anchors,
        links,
        link_words: _,
        components,
        has_code: _,
        signature,
        print: _,
        body_print: _,
    } = before;
    let target = |link: &LinkRef| (link.target.clone(), link.kind);
    (path, title, slug, date) == (&after.path, &after.title, &after.slug, &after.date)
        && added == &after.added
        && (publish, expires, withdrawn) == (&after.publish, &after.expires, &after.withdrawn)
        && (draft, index) == (&after.draft, &after.index)
        && (sources, tags, authors) == (&after.sources, &after.tags, &after.authors)
        && (series, image, aliases) == (&after.series, &after.image, &after.aliases)
        // Parts of a series and copies of an original are told of only if their languages are the same.
        && (lang == &after.lang || series.is_none() && originals::of(before).is_none())
        // A text that was taken over may be told to be in another language.
        && (says_lang == &after.says_lang || before.unchanged_source().is_none())
        && signature.sorted_terms() == after.signature.sorted_terms()
        && (related, unrelated, anchors) == (&after.related, &after.unrelated, &after.anchors)
        && are_used_alike(components, &after.components)
        // The page of corrections exists only if there are any.
        && corrections.is_empty() == after.corrections.is_empty()
        && links.iter().map(target).eq(after.links.iter().map(target))
}
