//! How a language writes dates: the names of months and days, and the order of the parts of a date.
//!
//! All of it comes from Unicode CLDR, once for a site, and as patterns of `strftime`, in which people write a
//! pattern of their own. The owner of the crates `icu_calendar` and `icu_datetime`.

use std::array;

use chrono::format::{Fixed, Item, Numeric, StrftimeItems};
use icu_calendar::week::WeekInformation;
use icu_calendar::{Date as CalendarDate, Gregorian};
use icu_datetime::fieldsets::enums::{CalendarPeriodFieldSet, CompositeDateTimeFieldSet, DateFieldSet};
use icu_datetime::fieldsets::{MD, Y, YM, YMD};
use icu_datetime::input::{DateTime, Time};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_locale_core::Locale;
use writeable::TryWriteable;

use super::language::{ENGLISH, Language};

/// How a language writes dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateLocale {
    /// The usual pattern of a date to the day: `%-d %B %Y`.
    pub day: String,
    /// The pattern of a day within its year: `%-d %b`.
    pub day_of_year: String,
    /// The day with which weeks begin, from 0 for Monday.
    pub week_start: u8,
    /// The pattern of each month of a year, with its name: `March %Y`.
    pub(super) months: [String; 12],
    /// The pattern of a year.
    pub(super) year: String,
    /// Names as they stand beside a day: `6 августа`.
    beside: Names,
    /// Names as they stand for themselves: `август`.
    alone: Names,
}

/// Names, in full and short. A week begins on Sunday, as it does for chrono.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Names {
    months: [[String; 12]; 2],
    weekdays: [[String; 7]; 2],
}

impl DateLocale {
    /// What CLDR knows of a language. One that it does not know has English names.
    pub fn of(language: &Language) -> Self {
        let locale = language.locale();
        let known =
            Cldr(locale.clone()).dates().filter(|dates| !dates.alone.months[0][0].starts_with(UNNAMED));
        let dates = known.or_else(|| Cldr(ENGLISH).dates()).unwrap_or_default();
        let week = WeekInformation::try_new((&locale).into());
        // For CLDR, Monday is day 1.
        Self { week_start: week.map_or(0, |week| week.first_weekday as u8 - 1), ..dates }
    }

    /// A `strftime` pattern as its items, with the names of a month and of a day of the week as they are
    /// written in the language: in the form that goes with a day of the month if the pattern has one.
    pub(super) fn items<'p>(
        &'p self,
        pattern: &'p str,
        month: usize,
        weekday: usize,
    ) -> impl Iterator<Item = Item<'p>> + Clone {
        let items = StrftimeItems::new(pattern);
        let has_day = items.clone().any(|item| matches!(item, Item::Numeric(Numeric::Day, _)));
        let Names { months, weekdays } = if has_day { &self.beside } else { &self.alone };
        items.map(move |item| match item {
            Item::Fixed(Fixed::LongMonthName) => Item::Literal(&months[0][month]),
            Item::Fixed(Fixed::ShortMonthName) => Item::Literal(&months[1][month]),
            Item::Fixed(Fixed::LongWeekdayName) => Item::Literal(&weekdays[0][weekday]),
            Item::Fixed(Fixed::ShortWeekdayName) => Item::Literal(&weekdays[1][weekday]),
            item => item,
        })
    }
}

/// How the names of months begin in CLDR's root, which stands for all languages that CLDR does not know.
const UNNAMED: &str = "M0";

/// The data of CLDR for a locale. What it makes is `None` only for a pattern that is wrong in itself.
struct Cldr(Locale);

impl Cldr {
    fn dates(&self) -> Option<DateLocale> {
        let day = self.pattern(CompositeDateTimeFieldSet::Date(DateFieldSet::YMD(YMD::long())))?;
        let day_of_year = self.pattern(CompositeDateTimeFieldSet::Date(DateFieldSet::MD(MD::medium())))?;
        let month =
            self.pattern(CompositeDateTimeFieldSet::CalendarPeriod(CalendarPeriodFieldSet::YM(YM::long())))?;
        let year =
            self.pattern(CompositeDateTimeFieldSet::CalendarPeriod(CalendarPeriodFieldSet::Y(Y::long())))?;
        let named = |field: &str| match field {
            "MMMM" | "LLLL" => "%B".to_owned(),
            "MMM" | "LLL" => "%b".to_owned(),
            field => self.word(field, 1, 1),
        };
        Some(DateLocale {
            day: strftime(&day, named),
            day_of_year: strftime(&day_of_year, named),
            months: array::from_fn(|at| {
                strftime(&month, |field| self.word(field, at as u8 + 1, 1).replace('%', "%%"))
            }),
            year: strftime(&year, named),
            week_start: 0,
            beside: self.names(["MMMM", "MMM"], ["EEEE", "EEE"]),
            alone: self.names(["LLLL", "LLL"], ["cccc", "ccc"]),
        })
    }

    fn preferences(&self) -> DateTimeFormatterPreferences {
        (&self.0).into()
    }

    /// The pattern of a date with some fields (UTS 35, "date format patterns").
    fn pattern(&self, fields: CompositeDateTimeFieldSet) -> Option<String> {
        let formatter =
            FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(self.preferences(), fields).ok()?;
        Some(formatter.format(&date(1, 1)?).pattern().to_string())
    }

    /// A field of such a pattern, in words.
    fn word(&self, field: &str, month: u8, day: u8) -> String {
        self.field(field, month, day).unwrap_or_default()
    }

    fn field(&self, field: &str, month: u8, day: u8) -> Option<String> {
        let pattern: DateTimePattern = field.parse().ok()?;
        let mut names = FixedCalendarDateTimeNames::<Gregorian>::try_new(self.preferences()).ok()?;
        let formatter = names.include_for_pattern(&pattern).ok()?;
        Some(formatter.format(&date(month, day)?).try_write_to_string().ok()?.into_owned())
    }

    fn names(&self, months: [&str; 2], weekdays: [&str; 2]) -> Names {
        Names {
            months: months.map(|field| array::from_fn(|at| self.word(field, at as u8 + 1, 1))),
            weekdays: weekdays.map(|field| array::from_fn(|at| self.word(field, 1, at as u8 + 1))),
        }
    }
}

/// A day of the year 2012, which began on a Sunday.
fn date(month: u8, day: u8) -> Option<DateTime<Gregorian>> {
    let date = CalendarDate::try_new_gregorian(2012, month, day).ok()?;
    Some(DateTime { date, time: Time::start_of_day() })
}

/// A pattern of CLDR as one of `strftime`. `other` writes fields that are not numbers.
fn strftime(pattern: &str, other: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let pieces: Vec<&str> = pattern.split('\'').collect();
    for (place, piece) in pieces.iter().enumerate() {
        // Two quotes in a row are one; otherwise every second piece stands between quotes.
        if piece.is_empty() && place > 0 && place + 1 < pieces.len() {
            out.push('\'');
        } else if place % 2 == 1 {
            out.push_str(&piece.replace('%', "%%"));
        } else {
            let letters: Vec<char> = piece.chars().collect();
            let fields = letters.chunk_by(|one, next| one == next && one.is_ascii_alphabetic());
            out.extend(fields.map(|field| strftime_field(&String::from_iter(field), &other)));
        }
    }
    out
}

/// A field, or a letter that is none.
fn strftime_field(field: &str, other: impl Fn(&str) -> String) -> String {
    match field {
        "y" => "%Y".to_owned(),
        "M" | "L" => "%-m".to_owned(),
        "MM" | "LL" => "%m".to_owned(),
        "d" => "%-d".to_owned(),
        "dd" => "%d".to_owned(),
        field if field.starts_with(|c: char| c.is_ascii_alphabetic()) => other(field),
        letter => letter.replace('%', "%%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Date;

    fn locale(tag: &str) -> DateLocale {
        DateLocale::of(&tag.parse().unwrap())
    }

    /// A date to the day, of a month, of a year; a day within its year, a month that stands alone, a weekday.
    fn check(tag: &str, expected: [&str; 6]) {
        let locale = locale(tag);
        let date = |text: &str| text.parse::<Date>().unwrap();
        let day = date("2022-08-05");
        let seen = [
            day.words(&locale.day, &locale),
            date("2022-08").words(&locale.day, &locale),
            date("2022").words(&locale.day, &locale),
            day.words(&locale.day_of_year, &locale),
            day.words("%B", &locale),
            day.words("%A", &locale),
        ];
        assert_eq!(seen, expected, "{tag}");
    }

    #[test]
    fn every_language_has_its_own_dates() {
        check("en", ["5 August 2022", "August 2022", "2022", "5 Aug", "August", "Friday"]);
        check("en-US", ["August 5, 2022", "August 2022", "2022", "Aug 5", "August", "Friday"]);
        check("de-AT", ["5. August 2022", "August 2022", "2022", "5. Aug.", "August", "Freitag"]);
        check("fr", ["5 août 2022", "août 2022", "2022", "5 août", "août", "vendredi"]);
        check("es", ["5 de agosto de 2022", "agosto de 2022", "2022", "5 ago", "agosto", "viernes"]);
        check("it", ["5 agosto 2022", "agosto 2022", "2022", "5 ago", "agosto", "venerdì"]);
        check("nl", ["5 augustus 2022", "augustus 2022", "2022", "5 aug", "augustus", "vrijdag"]);
        check("sv", ["5 augusti 2022", "augusti 2022", "2022", "5 aug.", "augusti", "fredag"]);
        check("ja", ["2022年8月5日", "2022年8月", "2022年", "8月5日", "8月", "金曜日"]);
        check("zh-TW", ["2022年8月5日", "2022年8月", "2022年", "8月5日", "8月", "星期五"]);
        check("ko", ["2022년 8월 5일", "2022년 8월", "2022년", "8월 5일", "8월", "금요일"]);
        check("hu", ["2022. augusztus 5.", "2022. augusztus", "2022.", "aug. 5.", "augusztus", "péntek"]);
        check("tr", ["5 Ağustos 2022", "Ağustos 2022", "2022", "5 Ağu", "Ağustos", "Cuma"]);
        check("ar", ["5 أغسطس 2022", "أغسطس 2022", "2022", "5 أغسطس", "أغسطس", "الجمعة"]);
        check("th", ["5 สิงหาคม ค.ศ. 2022", "สิงหาคม ค.ศ. 2022", "ค.ศ. 2022", "5 ส.ค.", "สิงหาคม", "วันศุกร์"]);
    }

    #[test]
    fn a_month_has_another_form_beside_a_day() {
        check(
            "ru",
            ["5 августа 2022\u{202f}г.", "август 2022\u{202f}г.", "2022", "5 авг.", "август", "пятница"],
        );
        check(
            "uk",
            ["5 серпня 2022\u{202f}р.", "серпень 2022\u{202f}р.", "2022", "5 серп.", "серпень", "пʼятниця"],
        );
        check("pl", ["5 sierpnia 2022", "sierpień 2022", "2022", "5 sie", "sierpień", "piątek"]);
        check("cs", ["5. srpna 2022", "srpen 2022", "2022", "5. 8.", "srpen", "pátek"]);
        check("sk", ["5. augusta 2022", "august 2022", "2022", "5. 8.", "august", "piatok"]);
        check("fi", ["5. elokuuta 2022", "elokuu 2022", "2022", "5.8.", "elokuu", "perjantai"]);
        check("el", ["5 Αυγούστου 2022", "Αύγουστος 2022", "2022", "5 Αυγ", "Αύγουστος", "Παρασκευή"]);
        check("he", ["5 באוגוסט 2022", "אוגוסט 2022", "2022", "5 באוג׳", "אוגוסט", "יום שישי"]);
        check(
            "eu",
            ["2022(e)ko abuztuaren 5(a)", "2022(e)ko abuztua", "2022", "abu. 5(a)", "abuztua", "ostirala"],
        );
    }

    #[test]
    fn languages_without_data_have_english_names() {
        assert_eq!(locale("tlh"), locale("en"));
        for (old, new) in [("iw", "he"), ("tl", "fil"), ("in", "id"), ("no", "nb"), ("zh-yue", "zh")] {
            assert_eq!(locale(old).alone, locale(new).alone, "{old}");
        }
    }

    #[test]
    fn weeks_begin_where_people_say_they_do() {
        const MONDAY: u8 = 0;
        const SATURDAY: u8 = 5;
        const SUNDAY: u8 = 6;
        for (start, tags) in [
            (MONDAY, "en en-GB de-AT fr pl es ru zh tr ar-MA ar-TN ar-LB ar-AE"),
            (SATURDAY, "ar ar-EG fa"),
            (SUNDAY, "en-US en-PH en-PK en-SG ar-SA pt pt-BR pt-PT zh-Hant zh-TW ja ko he hi ur ta id fil"),
            (SUNDAY, "es-CO es-MX af mt"),
        ] {
            for tag in tags.split(' ') {
                assert_eq!(locale(tag).week_start, start, "{tag}");
            }
        }
    }

    #[test]
    fn patterns_of_cldr_become_patterns_of_strftime() {
        for (pattern, expected) in [
            ("d. MMMM y", "%-d. [MMMM] %Y"),
            ("y'(e)ko' d 'de' M", "%Y(e)ko %-d de %-m"),
            ("d ''y", "%-d '%Y"),
            ("'o''clock' dd.MM.", "o'clock %d.%m."),
            ("y年M月d日 '%' %", "%Y年%-m月%-d日 %% %%"),
        ] {
            assert_eq!(strftime(pattern, |field| format!("[{field}]")), expected);
        }
    }
}
