//! How the languages that Masthead ships write dates, where a site does not say it otherwise.

use chrono::Locale;

/// The pattern (`strftime`) of a date to the day, from a language tag (BCP 47).
pub fn usual_pattern(language: &str) -> &'static str {
    let (short, region) = language.split_once('-').unwrap_or((language, ""));
    match (short, region) {
        ("en", "US") => "%B %-d, %Y",
        ("de" | "da" | "nb" | "nn" | "no" | "fi" | "is" | "et", _) => "%-d. %B %Y",
        ("cs" | "sk" | "hr" | "sl" | "sr", _) => "%-d. %B %Y",
        ("es" | "pt" | "gl", _) => "%-d de %B de %Y",
        ("ja" | "zh", _) => "%Y年%-m月%-d日",
        ("ko", _) => "%Y년 %-m월 %-d일",
        ("hu", _) => "%Y. %B %-d.",
        ("lt", _) => "%Y m. %B %-d d.",
        ("ru" | "bg", _) => "%-d %B %Y г.",
        ("uk", _) => "%-d %B %Y р.",
        _ => "%-d %B %Y",
    }
}

/// The pattern of a month of a year.
pub(super) fn month_pattern(locale: Locale) -> &'static str {
    match locale {
        Locale::ja_JP | Locale::zh_CN | Locale::zh_HK | Locale::zh_SG | Locale::zh_TW => "%Y年%-m月",
        Locale::ko_KR => "%Y년 %-m월",
        Locale::es_ES | Locale::es_MX | Locale::es_AR | Locale::pt_PT | Locale::pt_BR => "%B de %Y",
        Locale::hu_HU => "%Y. %B",
        _ => "%B %Y",
    }
}

/// The pattern of a year.
pub(super) fn year_pattern(locale: Locale) -> &'static str {
    match locale {
        Locale::ja_JP | Locale::zh_CN | Locale::zh_HK | Locale::zh_SG | Locale::zh_TW => "%Y年",
        Locale::ko_KR => "%Y년",
        _ => "%Y",
    }
}

/// The name of a month that stands for itself, in languages where it has another form beside a day: "август
/// 2026", but "6 августа". Chrono has the second form only.
pub(super) fn month_alone(locale: Locale, month: u8) -> Option<&'static str> {
    const RUSSIAN: [&str; 12] = [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ];
    const UKRAINIAN: [&str; 12] = [
        "січень",
        "лютий",
        "березень",
        "квітень",
        "травень",
        "червень",
        "липень",
        "серпень",
        "вересень",
        "жовтень",
        "листопад",
        "грудень",
    ];
    let names = match locale {
        Locale::ru_RU => RUSSIAN,
        Locale::uk_UA => UKRAINIAN,
        _ => return None,
    };
    names.get(usize::from(month.checked_sub(1)?)).copied()
}
