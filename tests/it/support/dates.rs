//! Whether dates are written as standards want them. It asks chrono, and is stricter where that is generous.

use chrono::{DateTime, NaiveDate};

/// A day, a month or a year of ISO 8601: `2024-02-29`, `1968-05`, `1923`.
pub(crate) fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.len() == 10 && NaiveDate::parse_from_str(&whole, "%Y-%m-%d").is_ok()
}

/// RFC 3339 with an upper-case `T` and `Z`, as RFC 4287 asks for (3.3).
pub(crate) fn is_rfc3339(text: &str) -> bool {
    let is_zoned = text.ends_with('Z') || text.get(19..).is_some_and(|zone| zone.contains(['+', '-']));
    text.as_bytes().get(10) == Some(&b'T') && is_zoned && DateTime::parse_from_rfc3339(text).is_ok()
}

/// RFC 5322, 3.3, with its day of the week and a year of four digits, which is 1900 or later.
pub(crate) fn is_rfc5322(text: &str) -> bool {
    let year = text.split_whitespace().nth(3).filter(|year| year.len() == 4);
    let year: Option<u32> = year.and_then(|year| year.parse().ok());
    year.is_some_and(|year| year >= 1900) && DateTime::parse_from_rfc2822(text).is_ok()
}

#[test]
fn dates_are_read_strictly() {
    let check = |is: fn(&str) -> bool, good: &[&str], bad: &[&str]| {
        good.iter().for_each(|text| assert!(is(text), "{text}"));
        bad.iter().for_each(|text| assert!(!is(text), "{text}"));
    };
    check(
        is_date,
        &["2024-02-29", "1968-05", "1923", "0999-01-01"],
        &["", "2023-02-29", "1968-13", "68", "1.2.2024", "2024-2-1", "2024-02-29T10:00:00Z", "20240229"],
    );
    check(
        is_rfc3339,
        &["2024-02-29T10:00:00Z", "1868-07-04T00:00:00-00:37", "2024-02-29T10:00:00.5+01:00"],
        &[
            "2024-02-29",
            "2024-02-29t10:00:00z",
            "2024-02-29 10:00:00Z",
            "2024-02-29T10:00:00",
            "2023-02-29T10:00:00Z",
        ],
    );
    check(
        is_rfc5322,
        &["Thu, 29 Feb 2024 10:00:00 +0000", "Mon, 1 Jan 1900 00:00:00 -0037"],
        &[
            "Fri, 29 Feb 2024 10:00:00 +0000",
            "Sun, 31 Dec 1899 00:00:00 +0000",
            "Thu, 29 Feb 24 10:00:00 +0000",
            "2024-02-29",
        ],
    );
}
