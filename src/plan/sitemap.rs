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
    count(plan, PART)
}

/// The number of the part that has the address at a place.
pub(super) fn part_of(place: usize) -> u32 {
    number_of(place, PART)
}

/// The addresses of one part.
pub(super) fn part(number: u32, plan: &Plan, materials: Materials<'_>) -> Vec<SitemapUrl> {
    routes(number, plan, PART).filter_map(|route| entry(route, materials.collection)).collect()
}

/// How many parts of at most `size` addresses there are.
fn count(plan: &Plan, size: usize) -> u32 {
    listed(plan).count().div_ceil(size).max(1) as u32
}

fn number_of(place: usize, size: usize) -> u32 {
    (place / size) as u32 + 1
}

fn routes(number: u32, plan: &Plan, size: usize) -> impl Iterator<Item = &Route> {
    listed(plan).skip((number as usize - 1) * size).take(size)
}

fn listed(plan: &Plan) -> impl Iterator<Item = &Route> {
    plan.routes.iter().filter(|route| is_listed(&route.page))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::UrlPath;

    #[test]
    fn each_address_is_in_one_part() {
        for (total, parts) in [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)] {
            let mut plan = Plan::default();
            for number in 0..total {
                let pages = [("a", Page::Archive), ("b", Page::Robots)];
                let route =
                    |(name, page)| Route { url: UrlPath::root().join(&format!("{name}{number}/")), page };
                plan.routes.extend(pages.map(route));
            }
            assert_eq!(count(&plan, 3), parts, "{total}");
            let in_parts =
                (1..=parts).flat_map(|part| routes(part, &plan, 3).map(move |route| (part, &route.url)));
            let all = (0..).zip(listed(&plan)).map(|(place, route)| (number_of(place, 3), &route.url));
            assert!(in_parts.eq(all), "{total}");
        }
    }
}
