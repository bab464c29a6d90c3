//! The sitemap: every page that search engines may index, in parts of at most 50,000.
//!
//! Articles come first, oldest first, so that a new one changes only the last of their parts.

use crate::config::{IndexPolicy, SiteConfig};
use crate::model::collection::Collection;
use crate::model::ingredients::SitemapUrl;
use crate::model::plan::{Page, Plan, Route, TermOrder};

use super::Materials;

/// The most addresses that one file may have (sitemaps.org).
const PART: usize = 50_000;

/// Whether a page of this kind is in the sitemap. No article has to be looked at for that.
pub(super) fn is_listed(page: &Page) -> bool {
    matches!(
        page,
        Page::Article(_)
            | Page::Standing(_)
            | Page::List(_, None)
            | Page::Terms(_, TermOrder::Name)
            | Page::Archive
            | Page::Corrections
    )
}

/// The number of parts.
pub(super) fn parts(plan: &Plan, config: &SiteConfig) -> u32 {
    if !config.outputs.sitemap {
        return 0;
    }
    let listed = plan.routes.iter().filter(|route| is_listed(&route.page)).count();
    listed.div_ceil(PART).max(1) as u32
}

/// The number of the part that has the address at a place.
pub(super) fn part_of(place: usize) -> u32 {
    (place / PART) as u32 + 1
}

/// The addresses of one part.
pub(super) fn part(number: u32, plan: &Plan, materials: Materials<'_>) -> Vec<SitemapUrl> {
    let listed = plan.routes.iter().filter(|route| is_listed(&route.page));
    let own = listed.skip((number as usize - 1) * PART).take(PART);
    own.filter_map(|route| entry(route, materials.collection)).collect()
}

fn entry(route: &Route, collection: &Collection) -> Option<SitemapUrl> {
    let modified = match &route.page {
        Page::Article(id) => {
            let line = &collection.article(*id).line;
            if line.policy != IndexPolicy::Own {
                return None;
            }
            line.modified
        }
        Page::Standing(place) => {
            let meta = &collection.pages[*place as usize].meta;
            if meta.index == Some(IndexPolicy::Noindex) {
                return None;
            }
            meta.modified()
        }
        _ => None,
    };
    Some(SitemapUrl { url: route.url.clone(), modified })
}
