//! What shows articles that have come, and what shows those whose related lists they have entered: for a build in which nothing else has
//! changed.
//!
//! It decides nothing about what a page shows; that is the business of the pantry. A page that is named without need has the key that
//! it had; so in doubt a page is named.

use std::collections::{BTreeMap, BTreeSet};

use super::{Materials, calendar, lists, routes, sitemap};
use crate::config::SiteConfig;
use crate::model::collection::{ArticleId, Collection};
use crate::model::plan::{List, Page, Plan, Route};
use crate::model::profile::TermKind;

/// All addresses of documents, lists and machine files, whether they clash or not, without redirects.
pub fn addresses(materials: Materials<'_>) -> Plan {
    routes::all(materials)
}

/// The routes of a plan that may show something else since some articles have come; `changed` are those below whose texts other articles
/// stand now. Nothing if the front page asks more of articles than an outline tells.
pub fn entered<'a>(
    new: &BTreeSet<ArticleId>,
    changed: &BTreeSet<ArticleId>,
    plan: &'a Plan,
    materials: Materials<'_>,
) -> Option<Vec<&'a Route>> {
    if !materials.config.front.slots.is_empty() {
        return None;
    }
    let collection = materials.collection;
    let beside = |id: &ArticleId| [id.0.checked_sub(1), id.0.checked_add(1)].into_iter().flatten();
    let neighbours: BTreeSet<ArticleId> = new.iter().flat_map(beside).map(ArticleId).collect();
    let lists = lists_with(new, materials);
    let near = near(new, &lists, collection);
    let first_part = first_part(new, plan);
    let is_own = |id: &ArticleId| new.contains(id) || changed.contains(id);
    let has_terms =
        |kind: TermKind| new.iter().any(|id| !collection.article(*id).terms[kind as usize].is_empty());
    let is_touched = |page: &Page| match page {
        Page::Article(id) => is_own(id) || neighbours.contains(id),
        Page::Twin(id, _) => is_own(id),
        Page::List(list, number) => {
            lists.get(list).is_some_and(|grown| grown.shows(*number, materials.config))
                || number.is_none() && near.contains(list)
        }
        Page::Feed(list, _) => lists.contains_key(list),
        Page::Terms(kind, _) => has_terms(*kind),
        Page::Sitemap(part) => part.is_none_or(|part| part >= first_part),
        Page::Archive | Page::NewsSitemap => true,
        // Whoever comes with one of these is left to the full build.
        Page::Corrections
        | Page::Standing(_)
        | Page::Robots
        | Page::NotFound
        | Page::Tombstone(_)
        | Page::Redirect(_)
        | Page::RedirectsFile(_)
        | Page::Copy(_)
        | Page::ThemeAsset(_) => false,
    };
    Some(plan.routes.iter().filter(|route| is_touched(&route.page)).collect())
}

/// A list that articles have entered.
struct Grown {
    /// The place of the first of them on the pages.
    first: usize,
    /// How many articles there were before.
    before: usize,
}

impl Grown {
    /// Whether a page of the list may have changed: the front, those from the first newcomer on, and the one that was the newest and now has
    /// a newer one.
    fn shows(&self, number: Option<u32>, config: &SiteConfig) -> bool {
        number.is_none_or(|number| {
            number >= lists::numbered_pages(self.before, config)
                || number as usize * config.page_size as usize > self.first
        })
    }
}

fn lists_with(new: &BTreeSet<ArticleId>, materials: Materials<'_>) -> BTreeMap<List, Grown> {
    let mut lists = BTreeMap::new();
    for list in routes::lists_of(materials.collection, materials.config) {
        // A series stands in the order of its parts, and nobody comes to one.
        if lists::reads_forward(list) {
            continue;
        }
        let articles = lists::articles(list, materials.collection);
        let own: Vec<ArticleId> =
            new.iter().copied().filter(|id| articles.binary_search(id).is_ok()).collect();
        let on_pages = lists::on_pages(list, materials.collection);
        // Whoever comes mostly comes to the end.
        let places = own.iter().filter_map(|id| on_pages.iter().rposition(|other| other == id));
        if let Some(first) = places.min() {
            lists.insert(list, Grown { first, before: articles.len() - own.len() });
        }
    }
    lists
}

/// The stretches of time whose fronts lead to one that there was not before, and the days that show what was on the same day.
fn near(new: &BTreeSet<ArticleId>, lists: &BTreeMap<List, Grown>, collection: &Collection) -> BTreeSet<List> {
    let is_born = |list: &List, grown: &Grown| match list {
        List::Period(place) if grown.before == 0 => Some(*place as usize),
        _ => None,
    };
    let born = lists.iter().filter_map(|(list, grown)| is_born(list, grown));
    let beside = born.flat_map(|place| calendar::beside(place, &collection.periods));
    let dates = new.iter().filter_map(|id| collection.article(*id).meta.date);
    let later = dates.flat_map(|date| calendar::same_day_after(date, &collection.periods));
    beside.flatten().chain(later).map(|place| List::Period(place as u32)).collect()
}

/// The first part of the address map that may have changed.
fn first_part(new: &BTreeSet<ArticleId>, plan: &Plan) -> u32 {
    let is_new = |page: &Page| matches!(page, Page::Article(id) if new.contains(id));
    let listed = plan.routes.iter().filter(|route| sitemap::is_listed(&route.page));
    // What has no page of its own may still bring pages of lists, which come after all articles.
    let first =
        listed.clone().position(|route| !matches!(route.page, Page::Article(_)) || is_new(&route.page));
    sitemap::part_of(first.unwrap_or(0))
}

/// The same page of the collection as it was before; nothing if there was none, or if it can't be told without knowing all addresses.
/// `place` gives the place that an article had.
pub fn as_before(
    page: &Page,
    after: &Collection,
    before: Materials<'_>,
    place: impl Fn(ArticleId) -> Option<ArticleId>,
) -> Option<Page> {
    let Materials { collection: before, config, .. } = before;
    Some(match page {
        Page::Article(id) => Page::Article(place(*id)?),
        Page::Twin(id, format) => Page::Twin(place(*id)?, *format),
        Page::List(list, number) => {
            let list = list_before(*list, after, before)?;
            let pages = lists::numbered_pages(lists::articles(list, before).len(), config);
            if number.is_some_and(|number| number > pages) {
                return None;
            }
            Page::List(list, *number)
        }
        Page::Feed(list, format) => Page::Feed(list_before(*list, after, before)?, *format),
        Page::Sitemap(_) => return None,
        same => same.clone(),
    })
}

fn list_before(list: List, after: &Collection, before: &Collection) -> Option<List> {
    match list {
        List::All | List::Term(..) => Some(list),
        List::SourceYear(id, year) => {
            let of =
                |collection: &'_ Collection| collection.terms(TermKind::Source)[id.index()].years.clone();
            let wanted = of(after)[year as usize].0;
            let place = of(before).iter().position(|(year, _)| *year == wanted)?;
            Some(List::SourceYear(id, place as u32))
        }
        List::Period(place) => {
            let url = &after.periods[place as usize].url;
            let place = before.periods.iter().position(|period| period.url == *url)?;
            Some(List::Period(place as u32))
        }
    }
}
