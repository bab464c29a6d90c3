//! What shows articles that have come or were revised, and what shows those below which others stand since: for a build in which nothing
//! else has changed.
//!
//! It decides nothing about what a page shows; that is the business of the pantry. A page that is named without need has the key that
//! it had; so in doubt a page is named.

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
    /// The articles that have come.
    pub new: BTreeSet<ArticleId>,
    /// The articles that were revised: their own pages and feeds show something else.
    pub revised: BTreeSet<ArticleId>,
    /// Those of the revised that have another card: whoever shows it shows something else.
    pub recast: BTreeSet<ArticleId>,
    /// Those of the revised that have another date of change.
    pub redated: BTreeSet<ArticleId>,
    /// The articles below whose texts others stand now, or one that has another card.
    pub above: BTreeSet<ArticleId>,
    /// The addresses of the files that have come.
    pub files: BTreeSet<UrlPath>,
}

/// The routes of a plan that may show something else since some articles have come or were revised; if the front page asks no more of
/// articles than an outline tells.
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
    let parts = parts(news, plan);
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
        // How many articles there are, and when they appeared, is the same after a revision.
        Page::Terms(kind, _) => has_terms(*kind),
        Page::Archive => !new.is_empty(),
        Page::Sitemap(part) => {
            part.map_or(!new.is_empty(), |part| part >= parts.first || parts.single.contains(&part))
        }
        Page::NewsSitemap => true,
        // Whoever comes with one of these, or is revised and has one, is left to the full build.
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

/// A list that has articles that have come or were revised.
struct Renewed {
    /// The place on the pages of the first that has come.
    first: Option<usize>,
    /// How many articles there were before.
    before: usize,
    /// How many there are.
    total: usize,
    /// The places on the pages of those that have another card.
    recast: Vec<usize>,
    /// Whether its feeds may have one of them.
    is_fed: bool,
}

impl Renewed {
    /// Whether a page of the list may have changed: those with another card; and if one has come the front, those from it on, and the
    /// one that was the newest and now has a newer one.
    fn shows(&self, list: List, number: Option<u32>, materials: Materials<'_>) -> bool {
        let Materials { collection, config, .. } = materials;
        let is_after = |first: usize| {
            number.is_none_or(|number| {
                number >= lists::numbered_pages(self.before, config)
                    || number as usize * config.page_size as usize > first
            })
        };
        let own = lists::stretch(self.total, number, config);
        // What is pinned stands on the front page wherever else it does.
        let has_pins = || list == List::All && number.is_none() && !collection.pins.is_empty();
        self.first.is_some_and(is_after)
            || self.recast.iter().any(|place| own.contains(place))
            || !self.recast.is_empty() && has_pins()
    }
}

fn lists_with(news: &News, materials: Materials<'_>) -> BTreeMap<List, Renewed> {
    let Materials { collection, config, .. } = materials;
    let mut lists = BTreeMap::new();
    for list in routes::lists_of(collection, config) {
        // A series stands in the order of its parts, and nobody comes to one or is revised in one.
        if lists::reads_forward(list) {
            continue;
        }
        let (articles, on_pages) = (lists::articles(list, collection), lists::on_pages(list, collection));
        // Whoever comes mostly comes to the end.
        let place = |id: &ArticleId| on_pages.iter().rposition(|other| other == id);
        let among = |ids: &BTreeSet<ArticleId>| -> Vec<(usize, ArticleId)> {
            ids.iter().filter_map(|id| Some((articles.binary_search(id).ok()?, *id))).collect()
        };
        let (new, revised) = (among(&news.new), among(&news.revised));
        if new.is_empty() && revised.is_empty() {
            continue;
        }
        // By when they came, any of them may be among the newest.
        let is_newest = |(by_date, _): &(usize, ArticleId)| {
            config.feeds.order == ListOrder::Added
                || by_date + config.feeds.entries as usize >= articles.len()
        };
        let renewed = Renewed {
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

/// The stretches of time whose fronts lead to one that there was not before, and the days that show what was on the same day.
fn near(news: &News, lists: &BTreeMap<List, Renewed>, collection: &Collection) -> BTreeSet<List> {
    let is_born = |list: &List, renewed: &Renewed| match list {
        List::Period(place) if renewed.before == 0 => Some(*place as usize),
        _ => None,
    };
    let born = lists.iter().filter_map(|(list, renewed)| is_born(list, renewed));
    let beside = born.flat_map(|place| calendar::beside(place, &collection.periods));
    let fresh = news.new.union(&news.recast);
    let dates = fresh.filter_map(|id| collection.article(*id).meta.date);
    let later = dates.flat_map(|date| calendar::same_day_after(date, &collection.periods));
    beside.flatten().chain(later).map(|place| List::Period(place as u32)).collect()
}

/// Parts of the address map.
struct Parts {
    /// The first of those that may have others in them.
    first: u32,
    /// Those that may tell another date.
    single: BTreeSet<u32>,
}

/// The parts of the address map that may have changed.
fn parts(news: &News, plan: &Plan) -> Parts {
    let listed = || plan.routes.iter().map(|route| &route.page).filter(|page| sitemap::is_listed(page));
    let is_new = |page: &Page| matches!(page, Page::Article(id) if news.new.contains(id));
    // What has no page of its own may still bring pages of lists, which come after all articles.
    let first = || listed().position(|page| !matches!(page, Page::Article(_)) || is_new(page)).unwrap_or(0);
    let first = if news.new.is_empty() { u32::MAX } else { sitemap::part_of(first()) };
    let is_redated = |page: &Page| matches!(page, Page::Article(id) if news.redated.contains(id));
    let single = listed().enumerate().filter(|(_, page)| is_redated(page));
    Parts { first, single: single.map(|(place, _)| sitemap::part_of(place)).collect() }
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
        // A file that was there is not made anew.
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
