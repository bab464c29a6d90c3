//! Lists of articles and how they are cut into pages.
//!
//! Pages are numbered from the oldest article: with a page size of 20, page 1 holds the oldest 20 for ever,
//! and the front holds the newest 20 to 39, so that it is never short and no article shows twice. A new
//! article changes only the front, unless a new numbered page begins. A new day, month or year also changes
//! the fronts of its neighbours, which link to it.

use std::ops::Range;

use crate::base::date::Date;
use crate::config::{ListOrder, SiteConfig};
use crate::model::collection::{ArticleId, Collection};
use crate::model::generated;
use crate::model::path::UrlPath;
use crate::model::plan::List;
use crate::model::profile::TermKind;

use super::Materials;

/// The articles of a list, oldest first; those of a series in the order of its parts.
pub(super) fn articles(list: List, collection: &Collection) -> &[ArticleId] {
    match list {
        List::All => &collection.timeline,
        List::Term(kind, id) => &collection.terms(kind)[id.index()].articles,
        List::SourceYear(id, year) => {
            let source = &collection.terms(TermKind::Source)[id.index()];
            &source.articles[source.years[year as usize].1.clone()]
        }
        List::Period(place) => collection.in_period(&collection.periods[place as usize]),
    }
}

/// The articles of a list in the order of its numbered pages, so that those of page 1 come first. Lists may
/// be in the order of arrival, but periods are always in the order of dates.
pub(super) fn on_pages(list: List, collection: &Collection) -> &[ArticleId] {
    match (list, &collection.arrivals) {
        (List::All, Some(arrivals)) => &arrivals.all,
        (List::Term(kind, id), Some(arrivals)) if !reads_forward(list) => &arrivals.terms[kind][id.index()],
        _ => articles(list, collection),
    }
}

/// The articles in the feeds of a list, the newest first.
pub(super) fn newest(list: List, materials: Materials<'_>) -> Vec<ArticleId> {
    let Materials { collection, config, .. } = materials;
    let mut newest = articles(list, collection).to_vec();
    match config.feeds.order {
        ListOrder::Added => newest
            .sort_by_cached_key(|&id| (Date::place(collection.article(id).line.added(), config.zone), id)),
        ListOrder::Date if reads_forward(list) => newest.sort_unstable(),
        ListOrder::Date => {}
    }
    newest.into_iter().rev().take(config.feeds.entries as usize).collect()
}

/// The address of a list's front.
pub(super) fn front(list: List, collection: &Collection) -> UrlPath {
    match list {
        List::All => UrlPath::root(),
        List::Term(kind, id) => collection.terms(kind)[id.index()].url.clone(),
        List::SourceYear(id, year) => {
            let source = &collection.terms(TermKind::Source)[id.index()];
            generated::year_below(&source.url, source.years[year as usize].0)
        }
        List::Period(place) => collection.periods[place as usize].url.clone(),
    }
}

/// How many numbered pages a list of `total` articles has.
pub(super) fn numbered_pages(total: usize, config: &SiteConfig) -> u32 {
    let size = config.page_size as usize;
    if total < 2 * size { 0 } else { ((total - size) / size) as u32 }
}

/// The range of articles on a page of a list of `total`.
pub(super) fn stretch(total: usize, number: Option<u32>, config: &SiteConfig) -> Range<usize> {
    let size = config.page_size as usize;
    match number {
        Some(number) => (number as usize - 1) * size..number as usize * size,
        None => numbered_pages(total, config) as usize * size..total,
    }
}

/// Whether a list is read from its start. That is so for a series, which has all its parts in order on one
/// page.
pub(super) fn reads_forward(list: List) -> bool {
    matches!(list, List::Term(TermKind::Series, _))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> SiteConfig {
        crate::config::site("title = \"T\"\nbase_url = \"https://t.example/\"\n", "site.toml").value.unwrap()
    }

    fn check(total: usize, pages: u32, front: Range<usize>) {
        let config = config();
        assert_eq!(config.page_size, 20);
        assert_eq!(numbered_pages(total, &config), pages, "{total}");
        assert_eq!(stretch(total, None, &config), front, "{total}");
    }

    #[test]
    fn the_front_holds_the_newest_20_to_39() {
        check(0, 0, 0..0);
        check(19, 0, 0..19);
        check(39, 0, 0..39);
        check(40, 1, 20..40);
        check(59, 1, 20..59);
        check(60, 2, 40..60);
        let config = config();
        assert_eq!(stretch(60, Some(1), &config), 0..20);
        assert_eq!(stretch(60, Some(2), &config), 20..40);
    }
}
