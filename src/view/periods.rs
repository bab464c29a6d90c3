//! Periods with the numbers of their articles, for charts and calendars.

use super::Site;
use crate::model::ingredients::PeriodRef;
use crate::model::view::PeriodLink;

/// The longest chart of years in which every year without articles is shown; a longer one would be mostly empty.
const LONGEST: usize = 60;

impl Site<'_> {
    /// The years of a term, months of a year or days of a month, with those that lie between them, and with
    /// their shares.
    pub(super) fn periods_of(&self, parts: &[PeriodRef<'_>]) -> Vec<PeriodLink> {
        let mut links = Vec::with_capacity(parts.len());
        let [first, .., last] = parts else {
            return with_shares(parts.iter().map(|part| self.period_link(part)).collect());
        };
        let between = match (first.month, first.day) {
            (0, _) if usize::from(last.year - first.year) < LONGEST => first.year..=last.year,
            (0, _) => return with_shares(self.with_gaps(parts)),
            (_, 0) => 1..=12,
            _ => return with_shares(parts.iter().map(|part| self.period_link(part)).collect()),
        };
        let number = |part: &PeriodRef<'_>| if first.month == 0 { part.year } else { part.month.into() };
        for at in between {
            let known = parts.iter().find(|part| number(part) == at);
            links.push(known.map_or_else(|| self.empty(first, at), |part| self.period_link(part)));
        }
        with_shares(links)
    }

    /// Years, and one period without articles for all that lie between two of them.
    fn with_gaps(&self, years: &[PeriodRef<'_>]) -> Vec<PeriodLink> {
        let mut links = Vec::with_capacity(years.len() * 2);
        let mut next = years[0].year;
        for year in years {
            if year.year > next {
                links.push(PeriodLink::empty("…".to_owned(), "…".to_owned()));
            }
            links.push(self.period_link(year));
            next = year.year + 1;
        }
        links
    }

    /// A link to a period, titled as within the next longer one.
    pub(super) fn period_link(&self, part: &PeriodRef<'_>) -> PeriodLink {
        let title = self.period(part.year, part.month, part.day).title;
        let is_month = part.month > 0 && part.day == 0;
        PeriodLink {
            short: if is_month { self.short_month_name(part.month).to_owned() } else { title.clone() },
            title,
            url: part.url.as_ref().map(|url| self.local(url)).unwrap_or_default(),
            count: part.count,
            share: 0,
        }
    }

    /// A month without articles.
    pub(super) fn empty_month(&self, month: u8) -> PeriodLink {
        PeriodLink::empty(self.month_name(month).to_owned(), self.short_month_name(month).to_owned())
    }

    fn empty(&self, like: &PeriodRef<'_>, at: u16) -> PeriodLink {
        match like.month {
            0 => PeriodLink::empty(at.to_string(), at.to_string()),
            _ => self.empty_month(at as u8),
        }
    }
}

/// How much `count` is of `most`, in percent, rounded up so that nothing but 0 becomes 0.
pub(super) fn share(count: u32, most: u32) -> u32 {
    (u64::from(count) * 100).div_ceil(u64::from(most.max(1))) as u32
}

fn with_shares(mut links: Vec<PeriodLink>) -> Vec<PeriodLink> {
    let most = links.iter().map(|link| link.count).max().unwrap_or(0);
    links.iter_mut().for_each(|link| link.share = share(link.count, most));
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::World;

    fn check(parts: &[(u16, u8, u8, u32)], expected: &str) {
        let world = World::new();
        let parts: Vec<PeriodRef<'_>> = parts
            .iter()
            .map(|&(year, month, day, count)| PeriodRef { year, month, day, url: None, count })
            .collect();
        let found = world.site().periods_of(&parts);
        let found: Vec<_> =
            found.iter().map(|link| format!("{} {} {}", link.title, link.count, link.share)).collect();
        assert_eq!(found.join(", "), expected);
    }

    #[test]
    fn empty_years_are_shown_unless_there_are_many() {
        check(&[], "");
        check(&[(2020, 0, 0, 3)], "2020 3 100");
        check(&[(2020, 0, 0, 1), (2022, 0, 0, 3)], "2020 1 34, 2021 0 0, 2022 3 100");
        check(&[(1890, 0, 0, 1), (2022, 0, 0, 4)], "1890 1 25, … 0 0, 2022 4 100");
        check(
            &[(1890, 0, 0, 1), (1891, 0, 0, 1), (2022, 0, 0, 1)],
            "1890 1 100, 1891 1 100, … 0 0, 2022 1 100",
        );
        check(&[(2020, 3, 4, 1), (2020, 3, 9, 2)], "4 1 50, 9 2 100");
        let world = World::new();
        let months = [1, 3].map(|month| PeriodRef { year: 2024, month, day: 0, url: None, count: 1 });
        let months = world.site().periods_of(&months);
        assert_eq!(months.len(), 12);
        let of = |at: usize| (months[at].title.as_str(), months[at].short.as_str());
        assert_eq!([of(0), of(8)], [("January", "Jan"), ("September", "Sept")]);
    }
}
