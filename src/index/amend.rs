//! Documents that have changed in a way that nobody but themselves can see in the index.
//!
//! Most edits change a text and nothing that other articles, terms or dates hang on. Then the collection is the same but for the
//! documents themselves. What counts as such an edit is decided field by field, so that a new field of [`Meta`] does not compile
//! until somebody has decided; in doubt there is nothing to amend, and everything is indexed anew.

use std::sync::Arc;

use crate::model::article::{LinkRef, Meta};
use crate::model::collection::Collection;
use crate::model::component::Usage;

use super::card_print;
use super::related::is_copied_as_before;

/// The collection with new metadata in the place of old; nothing if more than that would change. The diagnostics of the index stay
/// the same, but for the places of those that are about these documents.
pub fn amended(collection: &Collection, changes: &[(Arc<Meta>, Arc<Meta>)]) -> Option<Collection> {
    if !changes.iter().all(|(before, after)| is_private(before, after))
        || !are_copied_as_before(collection, changes)
    {
        return None;
    }
    let mut collection = collection.clone();
    for (before, after) in changes {
        let article = collection.articles.iter_mut().find(|entry| Arc::ptr_eq(&entry.meta, before));
        let page = collection.pages.iter_mut().find(|page| Arc::ptr_eq(&page.meta, before));
        // One that is neither is not to be seen, and stays so.
        if let Some(entry) = article {
            let mut new = (**entry).clone();
            new.meta = Arc::clone(after);
            new.card_print = card_print(&new, &collection.terms);
            *entry = Arc::new(new);
        } else if let Some(page) = page {
            let mut new = (**page).clone();
            new.meta = Arc::clone(after);
            *page = Arc::new(new);
        }
    }
    Some(collection)
}

/// Whether new wordings make nothing a copy of another article, or no copy any more. An edit often changes the sketch of a wording,
/// and seldom what it is like. Two new wordings could meet, so only one is looked at.
fn are_copied_as_before(collection: &Collection, changes: &[(Arc<Meta>, Arc<Meta>)]) -> bool {
    let mut reworded = changes.iter().filter(|(before, after)| before.signature != after.signature);
    match (reworded.next(), reworded.next()) {
        (None, _) => true,
        (Some((before, after)), None) => is_copied_as_before(before, after, &collection.articles),
        _ => false,
    }
}

/// Whether everything that the index and the plan make of two versions of a document is the same.
fn is_private(before: &Meta, after: &Meta) -> bool {
    let Meta {
        path,
        title,
        slug,
        date,
        updated: _,
        publish,
        expires,
        withdrawn,
        draft,
        lang: _,
        sources,
        tags,
        authors,
        series,
        image,
        summary: _,
        aliases,
        template: _,
        index,
        related,
        unrelated,
        corrections,
        comments: _,
        extra: _,
        words: _,
        anchors,
        links,
        components,
        has_code: _,
        signature,
        print: _,
        body_print: _,
    } = before;
    let usage = |usage: &Usage| {
        let arguments = usage.arguments.iter().map(|each| (each.name.clone(), each.value.clone()));
        (usage.name.clone(), arguments.collect::<Vec<_>>())
    };
    let target = |link: &LinkRef| (link.target.clone(), link.kind);
    (path, title, slug, date) == (&after.path, &after.title, &after.slug, &after.date)
        && (publish, expires, withdrawn) == (&after.publish, &after.expires, &after.withdrawn)
        && (draft, index) == (&after.draft, &after.index)
        && (sources, tags, authors) == (&after.sources, &after.tags, &after.authors)
        && (series, image, aliases) == (&after.series, &after.image, &after.aliases)
        && signature.terms == after.signature.terms
        && (related, unrelated, anchors) == (&after.related, &after.unrelated, &after.anchors)
        && components.iter().map(usage).eq(after.components.iter().map(usage))
        // Whether there is a page of corrections depends on there being any.
        && corrections.is_empty() == after.corrections.is_empty()
        && links.iter().map(target).eq(after.links.iter().map(target))
}
