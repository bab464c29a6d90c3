//! Dates in forms that are not read, but can be guessed at.

/// The English names of the months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    MONTHS.iter().position(|name| word.len() >= 3 && begins(name)).map(|at| at + 1)
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
