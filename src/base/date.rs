//! Dates as articles have them: to the second with a zone, to the day, to the month, or just a year.
//!
//! A [`Date`] is what somebody wrote down and never moves; a [`Moment`] is a point in time. The first orders
//! archives and stands on pages, the second answers "is it time yet?". Only `cli/` asks the clock.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};
use serde::{Deserialize, Serialize};

use super::date_forms::MONTHS;
use super::date_locale::DateLocale;

/// A calendar date of any precision. Unknown parts are zero, so that an imprecise date sorts before the
/// precise ones that it covers, and the dates of one year or month stay together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// The year of the Gregorian calendar, 1 to 9999.
    pub year: u16,
    /// 1 to 12, or 0 if only the year is known.
    pub month: u8,
    /// 1 to 31, or 0 if only the month is known.
    pub day: u8,
    /// The time of that day, where given.
    pub time: Option<Time>,
}

/// A time of day, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time {
    /// Seconds since midnight.
    pub seconds: u32,
    /// Seconds east of Greenwich; `None` means the site's time zone.
    pub offset: Option<i32>,
}

/// A point in time: seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// A time zone of the IANA database, such as `Europe/Lisbon`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

impl Date {
    /// A date to the day.
    pub fn day(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day, time: None }
    }

    /// The sort key of a date on a timeline: first its calendar day, whatever the zones are, then its moment.
    /// What has no date comes first.
    pub fn place(date: Option<Self>, zone: Zone) -> Option<(Self, Moment)> {
        date.map(|date| (Self { time: None, ..date }, date.moment(zone)))
    }

    /// The first moment of the date in the given zone.
    pub fn moment(self, zone: Zone) -> Moment {
        let time = self.time.unwrap_or(Time { seconds: 0, offset: None });
        let local = self.naive(time.seconds);
        let seconds = match time.offset {
            Some(offset) => local.and_utc().timestamp() - i64::from(offset),
            None => match zone.0.from_local_datetime(&local).earliest() {
                Some(moment) => moment.timestamp(),
                // The hour that is skipped when summer time begins is read as if the clocks had not been
                // changed yet.
                None => {
                    let before = local - chrono::TimeDelta::hours(1);
                    zone.0
                        .from_local_datetime(&before)
                        .earliest()
                        .map_or(before.and_utc().timestamp(), |m| m.timestamp())
                        + 3600
                }
            },
        };
        Moment(seconds)
    }

    /// The first moment after the date in the given zone, and at least a second after its own.
    pub fn end(self, zone: Zone) -> Moment {
        let next = match self {
            Self { time: Some(_), .. } => return Moment(self.moment(zone).0 + 1),
            Self { month: 0, .. } => Self { year: self.year + 1, ..self },
            Self { month: 12, day: 0, .. } => Self { year: self.year + 1, month: 1, ..self },
            Self { day: 0, .. } => Self { month: self.month + 1, ..self },
            _ => return self.moment(zone).next_day(zone),
        };
        next.moment(zone)
    }

    /// `2022-01-11`, `1968-05` or `1923`; with a time, the full form of RFC 3339.
    pub fn iso(self, zone: Zone) -> String {
        if self.time.is_some() { self.rfc3339(zone) } else { self.to_string() }
    }

    /// RFC 3339 with the offset of the date, or of the zone where the date has none.
    pub fn rfc3339(self, zone: Zone) -> String {
        let offset = self.time.and_then(|time| time.offset);
        let moment = self.moment(zone);
        match offset.and_then(FixedOffset::east_opt) {
            Some(offset) => moment.at_offset(offset).unwrap_or_else(|| moment.rfc3339()),
            None => zone
                .0
                .timestamp_opt(moment.0, 0)
                .single()
                .map_or_else(|| moment.rfc3339(), |time| written(&time)),
        }
    }

    /// The date in words: `pattern` (chrono's `strftime`) if it is precise to the day, else `May 1968` or
    /// `1923`.
    pub fn words(self, pattern: &str, locale: &DateLocale) -> String {
        let date = self.naive(self.time.map_or(0, |time| time.seconds));
        let pattern = match self {
            Self { month: 0, .. } => &locale.year,
            Self { day: 0, .. } => &locale.months[date.month0() as usize],
            _ => pattern,
        };
        let weekday = date.weekday().num_days_from_sunday() as usize;
        let items = locale.items(pattern, date.month0() as usize, weekday);
        let mut words = String::new();
        // The pattern was checked when the configuration was read, so this cannot fail; if it did, the ISO
        // form would be right too.
        if write!(words, "{}", date.and_utc().format_with_items(items)).is_err() {
            return self.to_string();
        }
        words
    }

    /// The day of the week, from 0 for Monday; of a month or year, that of its first day.
    pub fn weekday(self) -> u8 {
        self.naive(0).weekday().num_days_from_monday() as u8
    }

    /// How many days the date's month has.
    pub fn days_of_month(self) -> u8 {
        self.naive(0).num_days_in_month()
    }

    fn naive(self, seconds: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(self.year.into(), self.month.max(1).into(), self.day.max(1).into());
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
        day.unwrap_or_default().and_time(time.unwrap_or_default())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// What is wrong with a date, as a clause for a message.
#[derive(Debug, PartialEq, Eq)]
pub struct BadDate(pub String);

impl FromStr for Date {
    type Err = BadDate;

    /// Reads `2022-01-11`, with time (`T` or a space, seconds optional) and zone (`Z`, `+01:00`, `+0100`),
    /// `1923`, `1968-05`, and `11.01.2022`.
    fn from_str(text: &str) -> Result<Self, BadDate> {
        let text = text.trim();
        let unreadable = || BadDate(format!("`{text}` is not a date"));
        let (day, time) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], Some(text[at + 1..].trim())),
            None => (text, None),
        };
        let mut date = calendar(day).ok_or_else(unreadable)?;
        date.check()?;
        if let Some(time) = time {
            if date.day == 0 {
                return Err(unreadable());
            }
            date.time = Some(time_of_day(time).ok_or_else(unreadable)?);
        }
        Ok(date)
    }
}

impl Date {
    fn check(self) -> Result<(), BadDate> {
        if self.year == 0 {
            return Err(BadDate("there is no year 0".to_owned()));
        }
        if self.month > 12 {
            return Err(BadDate(format!("there is no month {}", self.month)));
        }
        let exists =
            NaiveDate::from_ymd_opt(self.year.into(), self.month.max(1).into(), self.day.max(1).into());
        if exists.is_none() {
            let month = MONTHS[usize::from(self.month.max(1)) - 1];
            return Err(BadDate(format!("there is no {} {month} {}", self.day, self.year)));
        }
        Ok(())
    }
}

fn calendar(text: &str) -> Option<Date> {
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let (year, month, day) = if text.contains('.') {
        let mut parts = text.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        (number(year, 4..=4)?, Some(number(month, 1..=2)?), Some(number(day, 1..=2)?))
    } else {
        let mut parts = text.split(['-', '/']);
        let year = number(parts.next()?, 4..=4)?;
        let month = parts.next().map(|text| number(text, 1..=2)).map_or(Some(None), |n| n.map(Some))?;
        let day = parts.next().map(|text| number(text, 1..=2)).map_or(Some(None), |n| n.map(Some))?;
        if parts.next().is_some() {
            return None;
        }
        (year, month, day)
    };
    // A month or day that is written down as zero is a mistake, not an imprecise date.
    if month == Some(0) || day == Some(0) {
        return None;
    }
    Some(Date { year, month: month.unwrap_or(0) as u8, day: day.unwrap_or(0) as u8, time: None })
}

fn time_of_day(text: &str) -> Option<Time> {
    let zone_at = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, zone) = (&text[..zone_at], text[zone_at..].trim());
    let clock = clock.split(['.', ',']).next()?;
    // YAML's own timestamps may have one digit in the hour and in the zone (`9:15:00 -5`), so old blogs do.
    let parts: Vec<u32> = clock
        .split(':')
        .enumerate()
        .map(|(n, part)| {
            (part.len() == 2 || (n == 0 && part.len() == 1)).then(|| part.parse().ok()).flatten()
        })
        .collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let offset = match zone {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(0),
        zone => Some(offset(zone)?),
    };
    // A leap second counts as the second before, which is what Unix time does with it.
    Some(Time { seconds: hours * 3600 + minutes * 60 + seconds.min(59), offset })
}

fn offset(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let mut digits: String = text[1..].chars().filter(|&c| c != ':').collect();
    if digits.len() == 1 {
        digits.insert(0, '0');
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |text| text.parse().ok())?;
    (hours <= 14 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

impl Moment {
    /// RFC 3339 in UTC.
    pub fn rfc3339(self) -> String {
        FixedOffset::east_opt(0).and_then(|utc| self.at_offset(utc)).unwrap_or_else(|| self.0.to_string())
    }

    /// The calendar date and time of the moment in a zone.
    pub fn date(self, zone: Zone) -> Date {
        let time = zone.0.timestamp_opt(self.0, 0).earliest().unwrap_or_else(|| zone.0.timestamp_nanos(0));
        let offset =
            written(&time).parse::<Date>().ok().and_then(|date| date.time).and_then(|time| time.offset);
        Date {
            year: u16::try_from(time.year().clamp(1, 9999)).unwrap_or(1),
            month: time.month() as u8,
            day: time.day() as u8,
            time: Some(Time { seconds: time.num_seconds_from_midnight(), offset }),
        }
    }

    /// The moment at which the next day begins in a zone.
    #[must_use]
    pub fn next_day(self, zone: Zone) -> Moment {
        let today = self.date(zone);
        let next = today.naive(0).date().succ_opt().unwrap_or_default();
        let year = u16::try_from(next.year()).unwrap_or(today.year);
        Date::day(year, next.month() as u8, next.day() as u8).moment(zone)
    }

    fn at_offset(self, offset: FixedOffset) -> Option<String> {
        offset.timestamp_opt(self.0, 0).single().map(|time| written(&time))
    }
}

fn written<Z: TimeZone<Offset: fmt::Display>>(time: &chrono::DateTime<Z>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// An RFC 3339 moment as RSS writes it. `None` before 1900: mail has no earlier dates (RFC 5322, section
/// 3.3).
pub fn rfc5322(moment: &str) -> Option<String> {
    let moment = DateTime::parse_from_rfc3339(moment).ok()?;
    (moment.year() >= 1900).then(|| moment.to_rfc2822())
}

impl FromStr for Zone {
    type Err = BadDate;

    fn from_str(name: &str) -> Result<Self, BadDate> {
        name.parse()
            .map(Self)
            .map_err(|_| BadDate(format!("`{name}` is not a time zone of the IANA database")))
    }
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// The names of all zones.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The name in the IANA database.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Checks a `strftime` pattern.
pub fn is_pattern(pattern: &str) -> bool {
    chrono::format::StrftimeItems::new(pattern).all(|item| item != chrono::format::Item::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let seen = match text.parse::<Date>() {
            Ok(date) => date.iso("Europe/Lisbon".parse().unwrap()),
            Err(BadDate(message)) => message,
        };
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn dates_of_every_precision_are_read() {
        check("2022-01-11", "2022-01-11");
        check("1923", "1923");
        check("1968-05", "1968-05");
        check("11.01.2022", "2022-01-11");
        check("1.2.2022", "2022-02-01");
        check("2022-01-11T10:20:30Z", "2022-01-11T10:20:30Z");
        check("2014-07-16T11:01:00-04:00", "2014-07-16T11:01:00-04:00");
        check("2022-07-11 10:20", "2022-07-11T10:20:00+01:00");
        check("2022-01-11 10:20:30 +0530", "2022-01-11T10:20:30+05:30");
        check("2015-12-17 9:00:00 -5", "2015-12-17T09:00:00-05:00");
    }

    #[test]
    fn impossible_dates_are_named() {
        check("2022-02-30", "there is no 30 February 2022");
        check("2022-13-01", "there is no month 13");
        check("0000", "there is no year 0");
        check("yesterday", "`yesterday` is not a date");
        check("2022-00-10", "`2022-00-10` is not a date");
        check("2022-01-11T25:00", "`2022-01-11T25:00` is not a date");
        check("1968-05T10:00", "`1968-05T10:00` is not a date");
    }

    #[test]
    fn imprecise_dates_come_first() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(date("1923") < date("1923-01"));
        assert!(date("1923-01") < date("1923-01-01"));
        assert!(date("1923-12-31") < date("1924"));
    }

    #[test]
    fn times_skipped_by_summer_time_are_accepted() {
        let zone = "Europe/Vienna".parse().unwrap();
        let skipped = "2024-03-31 02:30".parse::<Date>().unwrap().moment(zone);
        assert_eq!(skipped.rfc3339(), "2024-03-31T01:30:00Z");
    }

    #[test]
    fn days_begin_at_midnight_of_their_zone() {
        let next = |at: &str, zone: &str| {
            let at = at.parse::<Date>().unwrap().moment("UTC".parse().unwrap());
            at.next_day(zone.parse().unwrap()).rfc3339()
        };
        assert_eq!(next("2026-11-28T23:30:00Z", "Europe/Lisbon"), "2026-11-29T00:00:00Z");
        assert_eq!(next("2026-11-28T23:30:00Z", "Asia/Tokyo"), "2026-11-29T15:00:00Z");
        // The day on which clocks go forward at midnight.
        assert_eq!(next("2024-03-30T12:00:00Z", "Asia/Beirut"), "2024-03-30T22:00:00Z");
        assert_eq!(next("2024-12-31T12:00:00Z", "UTC"), "2025-01-01T00:00:00Z");
    }
}
