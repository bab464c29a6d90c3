//! A month as a calendar: weeks below each other, from the day with which they begin in the site's language.

use super::Site;
use super::periods::share;
use crate::base::date::Date;
use crate::model::ingredients::{ListSubject, PeriodRef};
use crate::model::view::{CalendarView, PeriodLink, WeekdayView};

const DAYS: u8 = 7;

/// The calendar of a month with these days. `None` if the list is no month, or no day is known.
pub(super) fn month(
    subject: &ListSubject<'_>,
    days: &[PeriodRef<'_>],
    site: &Site<'_>,
) -> Option<CalendarView> {
    let ListSubject::Period(year, month @ 1.., 0) = *subject else { return None };
    let most = days.iter().map(|day| day.count).max()?;
    let start = site.config.locale.week_start;
    let of_week = |date: Date| (date.weekday() + DAYS - start) % DAYS;
    let lead = of_week(Date::day(year, month, 1));
    let blank = || PeriodLink::empty(String::new(), String::new());
    let cell = |day: u8| {
        let known = days.iter().find(|known| known.day == day).map(|known| site.period_link(known));
        let link = known.unwrap_or_else(|| PeriodLink::empty(day.to_string(), day.to_string()));
        PeriodLink { share: share(link.count, most), ..link }
    };
    let mut cells: Vec<PeriodLink> = (0..lead).map(|_| blank()).collect();
    cells.extend((1..=Date::day(year, month, 1).days_of_month()).map(cell));
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(DAYS.into()));
        cells.resize_with(DAYS.into(), blank);
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    // 1 January 2001 was a Monday.
    let weekdays = (0..DAYS).map(|place| site.weekday(Date::day(2001, 1, 1 + (start + place) % DAYS)));
    Some(CalendarView { weekdays: weekdays.collect(), weeks })
}

impl Site<'_> {
    fn weekday(&self, day: Date) -> WeekdayView {
        let words = |pattern| day.words(pattern, &self.config.locale);
        WeekdayView { name: words("%A"), short: words("%a") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date_locale::DateLocale;
    use crate::view::fixture::World;

    fn check(language: &str, (year, month): (u16, u8), days: &[u8], expected: &[&str]) {
        let mut world = World::new();
        world.config.locale = DateLocale::of(&language.parse().unwrap());
        let day = |&day| PeriodRef { year, month, day, url: None, count: day.into() };
        let days: Vec<PeriodRef<'_>> = days.iter().map(day).collect();
        let calendar = month_of(&world, &ListSubject::Period(year, month, 0), &days);
        let cell = |cell: &PeriodLink| match cell.count {
            0 if cell.title.is_empty() => "_".to_owned(),
            0 => cell.title.clone(),
            _ => format!("{}!{}", cell.title, cell.share),
        };
        let row = |week: &Vec<PeriodLink>| week.iter().map(cell).collect::<Vec<_>>().join(" ");
        let found: Vec<String> =
            calendar.iter().flat_map(|calendar| calendar.weeks.iter().map(row)).collect();
        assert_eq!(found, expected);
    }

    fn month_of(world: &World, subject: &ListSubject<'_>, days: &[PeriodRef<'_>]) -> Option<CalendarView> {
        month(subject, days, &world.site())
    }

    #[test]
    fn weeks_begin_on_the_first_day_of_the_language() {
        let days = [12, 24];
        let from_monday = [
            "_ _ _ _ _ 1 2",
            "3 4 5 6 7 8 9",
            "10 11 12!50 13 14 15 16",
            "17 18 19 20 21 22 23",
            "24!100 25 26 27 28 29 30",
        ];
        check("en", (2024, 6), &days, &from_monday);
        let from_sunday = [
            "_ _ _ _ _ _ 1",
            "2 3 4 5 6 7 8",
            "9 10 11 12!50 13 14 15",
            "16 17 18 19 20 21 22",
            "23 24!100 25 26 27 28 29",
            "30 _ _ _ _ _ _",
        ];
        check("en-US", (2024, 6), &days, &from_sunday);
        check(
            "en",
            (2021, 2),
            &[1],
            &["1!100 2 3 4 5 6 7", "8 9 10 11 12 13 14", "15 16 17 18 19 20 21", "22 23 24 25 26 27 28"],
        );
        check("en", (2024, 6), &[], &[]);
    }

    #[test]
    fn only_months_have_a_calendar() {
        let world = World::new();
        let day = PeriodRef { year: 2024, month: 6, day: 1, url: None, count: 1 };
        for subject in [ListSubject::All, ListSubject::Period(2024, 0, 0), ListSubject::Period(2024, 6, 1)] {
            assert!(month_of(&world, &subject, std::slice::from_ref(&day)).is_none());
        }
        let calendar = month_of(&world, &ListSubject::Period(2024, 6, 0), &[day]).unwrap();
        assert_eq!(calendar.weekdays[0].name, "Monday");
        assert_eq!(calendar.weekdays[6].short, "Sun");
    }
}
