//! The sitemap: every page that search engines may index, in parts of at most 50,000.
//!
//! Articles come first, oldest first, so that a new one changes only the last of their parts.

use crate::config::IndexPolicy;
use crate::model::collection::Collection;
use crate::model::ingredients::SitemapUrl;
use crate::model::plan::{Page, Plan, Route, TermOrder};

use super::Materials;

/// The most addresses that one file may have (sitemaps.org).
const PART: usize = 50_000;

/// Whether a page is in the sitemap: search engines should keep it, and under this address.
pub(super) fn is_listed(page: &Page, collection: &Collection) -> bool {
    match page {
        Page::Article(id) => collection.article(*id).line.policy == IndexPolicy::Own,
        Page::Standing(place) => collection.pages[*place as usize].meta.index != Some(IndexPolicy::Noindex),
        Page::List(_, None) | Page::Terms(_, TermOrder::Name) | Page::Archive | Page::Corrections => true,
        _ => false,
    }
}

/// The number of parts.
pub(super) fn parts(plan: &Plan, materials: Materials<'_>) -> u32 {
    if materials.config.outputs.sitemap { count(plan, materials.collection, PART) } else { 0 }
}

/// The number of the part that has the address at a place.
pub(super) fn part_of(place: usize) -> u32 {
    number_of(place, PART)
}

/// The addresses of one part.
pub(super) fn part(number: u32, plan: &Plan, materials: Materials<'_>) -> Vec<SitemapUrl> {
    let collection = materials.collection;
    routes(number, plan, collection, PART).map(|route| entry(route, collection)).collect()
}

/// How many parts of at most `size` addresses there are.
fn count(plan: &Plan, collection: &Collection, size: usize) -> u32 {
    listed(plan, collection).count().div_ceil(size).max(1) as u32
}

fn number_of(place: usize, size: usize) -> u32 {
    (place / size) as u32 + 1
}

fn routes<'a>(
    number: u32,
    plan: &'a Plan,
    collection: &'a Collection,
    size: usize,
) -> impl Iterator<Item = &'a Route> {
    listed(plan, collection).skip((number as usize - 1) * size).take(size)
}

fn listed<'a>(plan: &'a Plan, collection: &'a Collection) -> impl Iterator<Item = &'a Route> {
    plan.routes.iter().filter(|route| is_listed(&route.page, collection))
}

fn entry(route: &Route, collection: &Collection) -> SitemapUrl {
    let modified = match &route.page {
        Page::Article(id) => collection.article(*id).line.modified,
        Page::Standing(place) => collection.pages[*place as usize].meta.modified(),
        _ => None,
    };
    SitemapUrl { url: route.url.clone(), modified }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::article::Meta;
    use crate::model::collection::PageEntry;
    use crate::model::path::UrlPath;

    #[test]
    fn each_address_is_in_one_part() {
        let hidden = Meta { index: Some(IndexPolicy::Noindex), ..Meta::default() };
        let page = PageEntry { meta: Arc::new(hidden), url: UrlPath::root(), links: Vec::new() };
        let collection = Collection { pages: vec![Arc::new(page)], ..Collection::default() };
        for (total, parts) in [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)] {
            let mut plan = Plan::default();
            for number in 0..total {
                let pages = [("a", Page::Archive), ("b", Page::Robots), ("c", Page::Standing(0))];
                let route =
                    |(name, page)| Route { url: UrlPath::root().join(&format!("{name}{number}/")), page };
                plan.routes.extend(pages.map(route));
            }
            assert_eq!(count(&plan, &collection, 3), parts, "{total}");
            let in_part = |part| routes(part, &plan, &collection, 3).map(move |route| (part, &route.url));
            let in_parts = (1..=parts).flat_map(in_part);
            let all =
                (0..).zip(listed(&plan, &collection)).map(|(place, route)| (number_of(place, 3), &route.url));
            assert!(in_parts.eq(all), "{total}");
        }
    }
}
