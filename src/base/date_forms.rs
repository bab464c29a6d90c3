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

/// What a date was probably meant to be, if it has a year of four digits, and perhaps a month and a day, in another
/// form: `1968-05` for `May 1968` and for `05.1968`.
pub fn likely(text: &str) -> Option<String> {
    let (mut year, mut month, mut small) = (None, None, Vec::new());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word.parse::<u16>() {
            Ok(number) if word.len() == 4 && year.is_none() => year = Some(number),
            Ok(number) if word.len() <= 2 => small.push(number),
            Err(_) if month.is_none() => month = Some(month_named(word)?),
            _ => return None,
        }
    }
    let year = year?;
    let likely = match (month, small.as_slice()) {
        (Some(month), []) => format!("{year}-{month:02}"),
        (Some(month), [day]) => format!("{year}-{month:02}-{day:02}"),
        (None, [month]) => format!("{year}-{month:02}"),
        _ => return None,
    };
    likely.parse::<super::date::Date>().is_ok().then_some(likely)
}

/// The number of a month from its English name, which may be shortened.
fn month_named(word: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let word = Some(word).filter(|word| word.len() >= 3)?;
    NAMES.iter().position(|name| name.starts_with(&word)).map(|at| at + 1)
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

#[cfg(test)]
mod tests {
    use super::likely;

    #[test]
    fn other_forms_of_dates_are_understood() {
        for (text, expected) in [
            ("May 1968", Some("1968-05")),
            ("Sept. 1968", Some("1968-09")),
            ("02.2024", Some("2024-02")),
            ("2/2024", Some("2024-02")),
            ("March 3, 2024", Some("2024-03-03")),
            ("3 Mar 2024", Some("2024-03-03")),
            ("13.2024", None),
            ("30 February 2024", None),
            ("03/04/2024", None),
            ("spring 1968", None),
            ("soon", None),
        ] {
            assert_eq!(likely(text).as_deref(), expected, "{text}");
        }
    }
}
