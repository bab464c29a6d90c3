//! The neighbours of years, months and days, and what happened on the same day of other years.

use std::iter::successors;

use crate::base::date::Date;
use crate::model::collection::{ArticleId, Collection, Period};

/// How many articles of the same day in other years are shown.
const MOST: usize = 6;
/// How many years it looks back for them.
const YEARS: u16 = 200;

/// The nearest periods of the same length before and after the one at `place`, by their indices.
pub(super) fn beside(place: usize, periods: &[Period]) -> [Option<usize>; 2] {
    let length = |period: &Period| (period.month > 0, period.day > 0);
    let is_like = |period: &Period| length(period) == length(&periods[place]);
    let after = periods[place + 1..].iter().position(is_like);
    [periods[..place].iter().rposition(is_like), after.map(|steps| place + 1 + steps)]
}

/// Articles of the same day in earlier years, the newest first. Later years are left out, so that a page of
/// the past does not change with every anniversary.
pub(super) fn anniversaries(place: usize, collection: &Collection) -> Vec<ArticleId> {
    let periods = &collection.periods;
    let earlier = |day: &&Period| day.earlier.and_then(|place| periods.get(place as usize));
    let first = periods[place].year.saturating_sub(YEARS);
    let days = successors(earlier(&&periods[place]), earlier).take_while(|day| day.year >= first);
    let articles = days.flat_map(|day| collection.in_period(day).iter().rev());
    articles.copied().take(MOST).collect()
}

/// The indices of the same day in later years that may show the articles of this one.
pub(super) fn same_day_after(date: Date, periods: &[Period]) -> impl Iterator<Item = usize> {
    let last = periods.last().map_or(0, |period| period.year.min(date.year.saturating_add(YEARS)));
    let years = if date.day > 0 { date.year + 1..last + 1 } else { 0..0 };
    years.filter_map(move |year| find((year, date.month, date.day), periods))
}

fn find(day: (u16, u8, u8), periods: &[Period]) -> Option<usize> {
    periods.binary_search_by_key(&day, |period| (period.year, period.month, period.day)).ok()
}
