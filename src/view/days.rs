//! Dates for readers. The text for each day is made only once: a site has many more dates than days.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Site;
use crate::base::date::{Date, Time};
use crate::config::SiteConfig;
use crate::model::view::DateView;

/// The texts of the days that pages have shown so far, and of months.
#[derive(Debug)]
pub(super) struct Days {
    known: Mutex<HashMap<(u16, u8, u8), Arc<Day>>>,
    /// Whether the site's dates show the time of day, so that one text is not enough for a day.
    show_time: bool,
    /// Their names, in full and short.
    months: [Vec<String>; 2],
}

#[derive(Debug)]
struct Day {
    text: String,
    short: String,
    number: String,
    weekday: String,
}

impl Days {
    pub(super) fn new(config: &SiteConfig) -> Self {
        let at = |seconds| Date { time: Some(Time { seconds, offset: None }), ..Date::day(2001, 1, 1) };
        let words = |date: Date| date.words(&config.date_format, &config.locale);
        Self {
            known: Mutex::default(),
            // Two times that differ in every part.
            show_time: words(at(3_661)) != words(at(86_399 - 3_661)),
            months: ["%B", "%b"]
                .map(|pattern| (1..=12).map(|month| name_of_month(month, pattern, config)).collect()),
        }
    }
}

impl Days {
    fn month(&self, form: usize, month: u8) -> &str {
        self.months[form].get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
    }
}

fn name_of_month(month: u8, pattern: &str, config: &SiteConfig) -> String {
    // The year does not show; it only has to have a first day of the month.
    Date::day(2000, month, 1).words(pattern, &config.locale)
}

impl Site<'_> {
    /// A date for machines and for readers.
    pub(super) fn date(&self, date: Date) -> DateView {
        let day = self.day(date);
        DateView {
            iso: date.iso(self.config.zone),
            text: if self.days.show_time { self.words(date) } else { day.text.clone() },
            short: day.short.clone(),
            number: day.number.clone(),
            time: date.time.map(|Time { seconds, .. }| clock(seconds)).unwrap_or_default(),
            weekday: day.weekday.clone(),
            year: date.year,
        }
    }

    fn day(&self, date: Date) -> Arc<Day> {
        let mut known = self.days.known.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(self.fresh_day(Date { time: None, ..date }));
        Arc::clone(known.entry((date.year, date.month, date.day)).or_insert_with(make))
    }

    fn fresh_day(&self, date: Date) -> Day {
        Day {
            text: self.words(date),
            short: match (date.month, date.day) {
                (0, _) => date.year.to_string(),
                (month, 0) => self.month_name(month).to_owned(),
                _ => date.words(&self.config.locale.day_of_year, &self.config.locale),
            },
            number: date.to_string(),
            weekday: if date.day > 0 { date.words("%A", &self.config.locale) } else { String::new() },
        }
    }

    fn words(&self, date: Date) -> String {
        date.words(&self.config.date_format, &self.config.locale)
    }

    /// The name of a month in the site's language.
    pub(super) fn month_name(&self, month: u8) -> &str {
        self.days.month(0, month)
    }

    /// The short name of a month.
    pub(super) fn short_month_name(&self, month: u8) -> &str {
        self.days.month(1, month)
    }
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::World;

    #[test]
    fn the_time_of_day_matters_only_if_dates_show_it() {
        let mut world = World::new();
        let texts = |world: &World| {
            let site = world.site();
            ["2024-03-05", "2024-03-05T07:30:00Z", "2024-03-05T19:05:00Z"].map(|date| {
                let date = site.date(date.parse().unwrap());
                format!("{} {} {}", date.text, date.short, date.time)
            })
        };
        assert_eq!(
            texts(&world),
            ["5 March 2024 5 Mar ", "5 March 2024 5 Mar 07:30", "5 March 2024 5 Mar 19:05"]
        );
        world.config.date_format = "%-d %B, %H h".to_owned();
        assert_eq!(
            texts(&world),
            ["5 March, 00 h 5 Mar ", "5 March, 07 h 5 Mar 07:30", "5 March, 19 h 5 Mar 19:05"]
        );
    }
}
