//! The address map: every page that search engines may index, in parts of at most 50,000.
//!
//! Articles come first, oldest first, so that a new one changes the last part of them and no other.

use crate::config::SiteConfig;
use crate::model::article::Meta;
use crate::model::collection::Collection;
use crate::model::front_matter::IndexPolicy;
use crate::model::ingredients::SitemapUrl;
use crate::model::plan::{Page, Plan, Route};
use crate::model::profile::TermKind;

use super::Materials;

/// The most addresses that one file may have (sitemaps.org).
const PART: usize = 50_000;

/// Whether a page is listed at all; what is listed is decided without looking at the article.
fn is_listed(page: &Page) -> bool {
    matches!(
        page,
        Page::Article(_)
            | Page::Standing(_)
            | Page::List(_, None)
            | Page::Terms(_)
            | Page::Archive
            | Page::Corrections
    )
}

/// How many parts the map has.
pub(super) fn parts(plan: &Plan, config: &SiteConfig) -> u32 {
    if !config.outputs.sitemap {
        return 0;
    }
    let listed = plan.routes.iter().filter(|route| is_listed(&route.page)).count();
    listed.div_ceil(PART).max(1) as u32
}

/// The addresses of one part.
pub(super) fn part(number: u32, plan: &Plan, materials: Materials<'_>) -> Vec<SitemapUrl> {
    let listed = plan.routes.iter().filter(|route| is_listed(&route.page));
    let own = listed.skip((number as usize - 1) * PART).take(PART);
    own.filter_map(|route| entry(route, materials.collection)).collect()
}

fn entry(route: &Route, collection: &Collection) -> Option<SitemapUrl> {
    let meta = match &route.page {
        Page::Article(id) => {
            let meta = &collection.article(*id).meta;
            let outlet = collection.terms_of(*id, TermKind::Source).next();
            let profile = outlet.and_then(|term| term.profile.as_ref());
            if !is_own(meta, profile.and_then(|profile| profile.index)) {
                return None;
            }
            Some(meta)
        }
        Page::Standing(place) => {
            let meta = &collection.pages[*place as usize].meta;
            if !is_own(meta, None) {
                return None;
            }
            Some(meta)
        }
        _ => None,
    };
    Some(SitemapUrl { url: route.url.clone(), modified: meta.and_then(|meta| meta.changed()) })
}

/// Whether a page is the one that search engines should index. Without the address of an original there is no other.
pub(super) fn is_own(meta: &Meta, outlet: Option<IndexPolicy>) -> bool {
    match meta.index.or(outlet) {
        None | Some(IndexPolicy::Own) => true,
        Some(IndexPolicy::Canonical) => meta.sources.first().is_none_or(|source| source.url.is_none()),
        Some(IndexPolicy::Noindex) => false,
    }
}
