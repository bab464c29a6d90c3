//! Years, months and days, as ranges of the timeline.

use std::collections::BTreeMap;

use crate::base::date::Date;
use crate::model::collection::Period;
use crate::model::generated;

/// The periods of articles with these dates, which must be in order.
pub fn periods(dates: impl IntoIterator<Item = Option<Date>>) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    // The indices of the year, month and day of the last article.
    let mut open: [Option<usize>; 3] = [None; 3];
    // For each day of the year, the index of its last period.
    let mut same_day = BTreeMap::new();
    for (place, date) in dates.into_iter().enumerate() {
        let Some(date) = date else { continue };
        let steps = [(0, 0, true), (date.month, 0, date.month > 0), (date.month, date.day, date.day > 0)];
        for (depth, (month, day, known)) in steps.into_iter().enumerate() {
            if !known {
                break;
            }
            let key = (date.year, month, day);
            let same =
                open[depth].filter(|&at| (periods[at].year, periods[at].month, periods[at].day) == key);
            let at = same.unwrap_or_else(|| {
                let own = periods.len();
                let earlier = (day > 0).then(|| same_day.insert((month, day), own as u32)).flatten();
                periods.push(Period { earlier, ..period(key, place as u32) });
                own
            });
            open[depth] = Some(at);
            periods[at].articles.end = place as u32 + 1;
        }
    }
    periods
}

fn period((year, month, day): (u16, u8, u8), start: u32) -> Period {
    let url = generated::period(year, month, day);
    Period { year, month, day, url, articles: start..start, earlier: None }
}
