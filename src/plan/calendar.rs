//! How stretches of time lie to each other: what comes before and after one, and what else was on the same day.

use std::ops::RangeInclusive;

use crate::model::collection::{ArticleId, Collection, Period};

/// How many articles of the same day in other years are shown.
const MOST: usize = 6;
/// How many years are looked back for them.
const YEARS: u16 = 200;

/// The nearest periods of the same length with articles: before the one at `place`, after it.
pub(super) fn neighbours(place: usize, periods: &[Period]) -> [Option<&Period>; 2] {
    let length = |period: &Period| (period.month > 0, period.day > 0);
    let is_like = |period: &&Period| length(period) == length(&periods[place]);
    [periods[..place].iter().rfind(is_like), periods[place + 1..].iter().find(is_like)]
}

/// Articles of the same day in earlier years, the newest first. Later years are left out, so that a page of the past does not
/// change with every anniversary.
pub(super) fn anniversaries(place: usize, collection: &Collection) -> Vec<ArticleId> {
    let periods = &collection.periods;
    let day = &periods[place];
    if day.day == 0 {
        return Vec::new();
    }
    let first = periods[0].year.max(day.year.saturating_sub(YEARS));
    let on_this_day = |year: u16| {
        let key = (year, day.month, day.day);
        let found = periods.binary_search_by_key(&key, |period| (period.year, period.month, period.day));
        found.ok().map(|place| &periods[place])
    };
    let years: RangeInclusive<u16> = first..=day.year.saturating_sub(1);
    years
        .rev()
        .filter_map(on_this_day)
        .flat_map(|day| collection.in_period(day).iter().rev())
        .copied()
        .take(MOST)
        .collect()
}
