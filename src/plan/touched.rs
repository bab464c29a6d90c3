//! Which pages show a document itself and not only its card: for a build in which only a few texts have
//! changed.
//!
//! What a page shows is still decided by the pantry alone. This only says which pages and articles to look
//! at. If it named one article too few, the key of a page would come out wrong, and the comparison of keys
//! would notice.

use std::collections::BTreeSet;

use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry};
use crate::model::plan::{List, Page, Plan, Route};
use crate::model::profile::TermKind;

use super::{Materials, lists, routes};

/// Whether two versions of an article look the same everywhere but on the routes of [`touched`]: other pages
/// show the card, the page of corrections the corrections, and the sitemap and the front page the date of
/// change.
pub fn looks_the_same(before: &Entry, after: &Entry) -> bool {
    before.line.card_print == after.line.card_print && is_dated_the_same(&before.meta, &after.meta)
}

/// The same for a standing page, which has no card.
pub fn page_looks_the_same(before: &PageEntry, after: &PageEntry) -> bool {
    is_dated_the_same(&before.meta, &after.meta)
}

fn is_dated_the_same(before: &Meta, after: &Meta) -> bool {
    (before.updated, &before.corrections, &before.lang) == (after.updated, &after.corrections, &after.lang)
}

/// The routes that show more of some articles and standing pages than their cards.
pub fn touched(articles: &[ArticleId], pages: &[u32], materials: Materials<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut add = |url, page| plan.routes.push(Route { url, page });
    for id in articles {
        routes::of_article(*id, materials, &mut add);
    }
    for place in pages {
        add(materials.collection.pages[*place as usize].url.clone(), Page::Standing(*place));
    }
    for list in articles.iter().flat_map(|id| lists_of(*id, materials)).collect::<BTreeSet<List>>() {
        let fed = lists::newest(list, materials);
        if articles.iter().any(|id| fed.contains(id)) {
            routes::feeds(list, materials, &mut add);
        }
    }
    plan
}

/// The lists with feeds that an article is in.
fn lists_of(id: ArticleId, materials: Materials<'_>) -> Vec<List> {
    let entry = materials.collection.article(id);
    let kinds = TermKind::ALL.into_iter().filter(|&kind| routes::has_pages(kind, materials.config));
    let terms = kinds.flat_map(|kind| entry.terms[kind].iter().map(move |term| List::Term(kind, *term)));
    let lists = terms.chain([List::All]);
    lists.filter(|&list| !routes::feeds_of(list, materials.config).is_empty()).collect()
}

/// The articles that such a route shows. The collection must already have the entry of the page's own
/// article.
pub fn shown(page: &Page, materials: Materials<'_>) -> Vec<ArticleId> {
    match page {
        Page::Article(id) | Page::Twin(id, _) => beside(*id, materials.collection),
        Page::Feed(list, _) => lists::newest(*list, materials),
        // A standing page shows no article; the others are never touched.
        Page::Standing(_)
        | Page::List(..)
        | Page::Terms(..)
        | Page::Archive
        | Page::Corrections
        | Page::Sitemap(_)
        | Page::NewsSitemap
        | Page::Robots
        | Page::NotFound
        | Page::Tombstone(_)
        | Page::Redirect(_)
        | Page::RedirectsFile(_)
        | Page::Copy(_)
        | Page::ThemeAsset(_) => Vec::new(),
    }
}

/// An article's neighbours in time, all parts of its series, and those that stand below it.
fn beside(id: ArticleId, collection: &Collection) -> Vec<ArticleId> {
    let entry = collection.article(id);
    let place = collection.timeline.iter().position(|&other| other == id);
    let around = place.map(|place| place.saturating_sub(1)..collection.timeline.len().min(place + 2));
    let mut beside = around.map_or(Vec::new(), |around| collection.timeline[around].to_vec());
    // The numbers of all parts decide which one comes before and after it.
    for series in collection.terms_of(id, TermKind::Series) {
        beside.extend(&series.articles);
    }
    beside.extend(entry.related.iter().chain(&entry.elsewhere));
    beside
}
