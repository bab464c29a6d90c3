//! Which pages may show new or revised articles, or articles with other related ones: for a build in which
//! nothing else has changed.
//!
//! What a page shows is still decided by the pantry alone. A page that is listed without need turns out to
//! have its old key, so in doubt a page is listed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Materials, calendar, lists, routes, sitemap};
use crate::config::ListOrder;
use crate::model::collection::{ArticleId, Collection};
use crate::model::declined::{Declined, require};
use crate::model::path::UrlPath;
use crate::model::plan::{List, Page, Plan, Route};
use crate::model::profile::TermKind;

/// All addresses of documents, lists and machine files, whether they clash or not, without redirects.
pub fn addresses(materials: Materials<'_>) -> Plan {
    routes::all(materials)
}

/// What is new in a collection.
#[derive(Debug, Default)]
pub struct News {
    /// The new articles.
    pub new: BTreeSet<ArticleId>,
    /// The revised articles: their own pages and feeds may have changed.
    pub revised: BTreeSet<ArticleId>,
    /// The revised articles whose card has changed: every page that shows it changes.
    pub recast: BTreeSet<ArticleId>,
    /// The revised articles whose date of change is another one.
    pub redated: BTreeSet<ArticleId>,
    /// The articles whose related ones are others now, or have another card.
    pub above: BTreeSet<ArticleId>,
    /// The addresses of the new files.
    pub files: BTreeSet<UrlPath>,
}

/// The routes of a plan that may have changed since some articles were added or revised. Declines if the
/// front page needs more of articles than their outlines.
pub fn renewed<'a>(
    news: &News,
    plan: &'a Plan,
    materials: Materials<'_>,
) -> Result<Vec<&'a Route>, Declined> {
    require(materials.config.front.slots.is_empty(), "a front page with slots")?;
    let collection = materials.collection;
    let News { new, revised, recast, above, .. } = news;
    let beside = |id: &ArticleId| [id.0.checked_sub(1), id.0.checked_add(1)].into_iter().flatten();
    let neighbours: BTreeSet<ArticleId> = new.union(recast).flat_map(beside).map(ArticleId).collect();
    let lists = lists_with(news, materials);
    let near = near(news, &lists, collection);
    let parts = parts(news, plan, collection);
    let is_own = |id: &ArticleId| new.contains(id) || revised.contains(id);
    let has_terms = |kind: TermKind| new.iter().any(|id| !collection.article(*id).terms[kind].is_empty());
    let is_touched = |route: &Route| match &route.page {
        Page::Article(id) => is_own(id) || above.contains(id) || neighbours.contains(id),
        Page::Twin(id, _) => is_own(id) || above.contains(id),
        Page::List(list, number) => {
            lists.get(list).is_some_and(|renewed| renewed.shows(*list, *number, materials))
                || number.is_none() && near.contains(list)
        }
        Page::Feed(list, _) => lists.get(list).is_some_and(|renewed| renewed.is_fed),
        // A revision changes neither the number of articles nor their dates.
        Page::Terms(kind, _) => has_terms(*kind),
        Page::Archive => !new.is_empty(),
        Page::Sitemap(part) => {
            part.map_or(!new.is_empty(), |part| part >= parts.first || parts.single.contains(&part))
        }
        Page::NewsSitemap => true,
        // A new or revised article that has one of these is left to a full build.
        Page::Corrections
        | Page::Standing(_)
        | Page::Robots
        | Page::NotFound
        | Page::Tombstone(_)
        | Page::Redirect(_)
        | Page::RedirectsFile(_)
        | Page::ThemeAsset(_) => false,
        Page::Copy(_) => news.files.contains(&route.url),
    };
    Ok(plan.routes.iter().filter(|route| is_touched(route)).collect())
}

/// What has changed in a list that has new or revised articles.
struct ListChange {
    /// The place on the pages of the first new article.
    first: Option<usize>,
    /// How many articles there were before.
    before: usize,
    /// How many there are.
    total: usize,
    /// The places on the pages of articles with another card.
    recast: Vec<usize>,
    /// Whether its feeds may show one of these articles.
    is_fed: bool,
}

impl ListChange {
    /// Whether a page of the list may have changed: if it shows a changed card or, after an addition, if it
    /// is the front, at or behind the place of the first new article, or the page that was the newest and now
    /// has a newer one.
    fn shows(&self, list: List, number: Option<u32>, materials: Materials<'_>) -> bool {
        let Materials { collection, config, .. } = materials;
        let is_after = |first: usize| {
            number.is_none_or(|number| {
                number >= lists::numbered_pages(self.before, config)
                    || number as usize * config.page_size as usize > first
            })
        };
        let own = lists::stretch(self.total, number, config);
        // A pinned article is on the front page, wherever else it is.
        let has_pins = || list == List::All && number.is_none() && !collection.pins.is_empty();
        self.first.is_some_and(is_after)
            || self.recast.iter().any(|place| own.contains(place))
            || !self.recast.is_empty() && has_pins()
    }
}

fn lists_with(news: &News, materials: Materials<'_>) -> BTreeMap<List, ListChange> {
    let Materials { collection, config, .. } = materials;
    let mut lists = BTreeMap::new();
    for list in routes::lists_of(collection, config) {
        // Series are in the order of their parts, and articles of series are left to a full build.
        if lists::reads_forward(list) {
            continue;
        }
        let (articles, on_pages) = (lists::articles(list, collection), lists::on_pages(list, collection));
        // Most new articles are at the end.
        let place = |id: &ArticleId| on_pages.iter().rposition(|other| other == id);
        let among = |ids: &BTreeSet<ArticleId>| -> Vec<(usize, ArticleId)> {
            ids.iter().filter_map(|id| Some((articles.binary_search(id).ok()?, *id))).collect()
        };
        let (new, revised) = (among(&news.new), among(&news.revised));
        if new.is_empty() && revised.is_empty() {
            continue;
        }
        // In the order of arrival, any of them may be among the newest.
        let is_newest = |(by_date, _): &(usize, ArticleId)| {
            config.feeds.order == ListOrder::Added
                || by_date + config.feeds.entries as usize >= articles.len()
        };
        let renewed = ListChange {
            first: new.iter().filter_map(|(_, id)| place(id)).min(),
            before: articles.len() - new.len(),
            total: articles.len(),
            is_fed: !new.is_empty()
                || config.feeds.order == ListOrder::Added && !revised.is_empty()
                || revised.iter().any(is_newest),
            recast: among(&news.recast).iter().filter_map(|(_, id)| place(id)).collect(),
        };
        lists.insert(list, renewed);
    }
    lists
}

/// The periods whose fronts link to a new neighbour, and the days that show anniversaries of new articles.
fn near(news: &News, lists: &BTreeMap<List, ListChange>, collection: &Collection) -> BTreeSet<List> {
    let is_born = |list: &List, renewed: &ListChange| match list {
        List::Period(place) if renewed.before == 0 => Some(*place as usize),
        _ => None,
    };
    let born = lists.iter().filter_map(|(list, renewed)| is_born(list, renewed));
    let beside = born.flat_map(|place| calendar::beside(place, &collection.periods));
    let fresh = news.new.union(&news.recast);
    let dates = fresh.filter_map(|id| collection.article(*id).line.date);
    let later = dates.flat_map(|date| calendar::same_day_after(date, &collection.periods));
    beside.flatten().chain(later).map(|place| List::Period(place as u32)).collect()
}

/// Parts of the sitemap that may have changed.
struct Parts {
    /// The first part that may list other addresses; so may all behind it.
    first: u32,
    /// The parts that may have another date in them.
    single: BTreeSet<u32>,
}

/// Finds the parts of the sitemap that may have changed.
fn parts(news: &News, plan: &Plan, collection: &Collection) -> Parts {
    let pages = || plan.routes.iter().map(|route| &route.page);
    let listed = || pages().filter(|page| sitemap::is_listed(page, collection));
    let is_new = |page: &Page| matches!(page, Page::Article(id) if news.new.contains(id));
    // A new article that is not listed may still bring pages of lists, which come after all articles.
    let first = || listed().position(|page| !matches!(page, Page::Article(_)) || is_new(page)).unwrap_or(0);
    let first = if news.new.is_empty() { u32::MAX } else { sitemap::part_of(first()) };
    let is_redated = |page: &Page| matches!(page, Page::Article(id) if news.redated.contains(id));
    let single = listed().enumerate().filter(|(_, page)| is_redated(page));
    Parts { first, single: single.map(|(place, _)| sitemap::part_of(place)).collect() }
}

/// The same page in the collection as it was before. `None` if there was none, or if that cannot be known
/// without all addresses. `place` gives the former place of an article.
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
        // A file that existed is not built again.
        Page::Sitemap(_) | Page::Copy(_) => return None,
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
