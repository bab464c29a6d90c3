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

/// The English names of the days of a week.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What a date was probably meant to be, if it has a year of four digits, and perhaps a month, a day and a time, in
/// another form: `1968-05` for `May 1968` and for `05.1968`, `2017-02-01 23:30` for `2017-02-01 11:30 PM`.
pub fn likely(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().flat_map(apart).collect();
    let Some(clock) = words.iter().position(|word| word.contains(':')) else { return likely_day(text) };
    let (mut half, mut zone) = (half_of_day(words[clock]), None);
    let mut day = words[..clock].join(" ");
    for word in &words[clock + 1..] {
        if let Some(found) = half_of_day(word).filter(|_| half.is_none()) {
            half = Some(found);
        } else if zone.is_none() && (matches!(*word, "Z" | "UTC" | "GMT") || word.starts_with(['+', '-'])) {
            zone = Some(*word);
        } else {
            // Unix has the year at the end.
            day = format!("{day} {word}");
        }
    }
    let clock = clock_of(words[clock], half)?;
    let zone = zone.map(|zone| format!(" {zone}")).unwrap_or_default();
    let likely = format!("{} {clock}{zone}", likely_day(&day)?);
    likely.parse::<super::date::Date>().is_ok().then_some(likely)
}

/// The date and the time of `2017-02-01T11:30`.
fn apart(word: &str) -> impl Iterator<Item = &str> {
    let is_day = |(day, time): &(&str, &str)| day.contains('-') && time.contains(':');
    let (day, time) =
        word.split_once('T').filter(is_day).map_or((word, None), |(day, time)| (day, Some(time)));
    [Some(day), time].into_iter().flatten()
}

/// Whether a word ends with `pm`, if it ends with that or `am`.
fn half_of_day(word: &str) -> Option<bool> {
    let word = word.replace('.', "").to_ascii_lowercase();
    let is_alone = |rest: &str| rest.is_empty() || rest.ends_with(|c: char| c.is_ascii_digit());
    let half = |name| word.strip_suffix(name).is_some_and(is_alone);
    if half("pm") { Some(true) } else { half("am").then_some(false) }
}

/// A time in 24 hours. `is_late` is nothing where it is one already.
fn clock_of(word: &str, is_late: Option<bool>) -> Option<String> {
    let (hour, rest) =
        word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | ',')).split_once(':')?;
    let hour: u8 = hour.parse().ok()?;
    let hour = match is_late {
        None => hour,
        Some(is_late) if (1..=12).contains(&hour) => hour % 12 + if is_late { 12 } else { 0 },
        Some(_) => return None,
    };
    Some(format!("{hour:02}:{rest}"))
}

/// The same without a time.
fn likely_day(text: &str) -> Option<String> {
    let (mut year, mut month, mut small) = (None, None, Vec::new());
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.filter(|word| named(&WEEKDAYS, word).is_none()) {
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
        // No country has the day before the month if the year comes first.
        (None, [month, day]) if begins_with_year(text) => {
            format!("{year}-{month:02}-{day:02}")
        }
        _ => return None,
    };
    likely.parse::<super::date::Date>().is_ok().then_some(likely)
}

fn begins_with_year(text: &str) -> bool {
    text.trim_start().chars().take_while(char::is_ascii_digit).count() == 4
}

/// The number of a month from its English name, which may be shortened.
fn month_named(word: &str) -> Option<usize> {
    named(&MONTHS, word).map(|at| at + 1)
}

/// Which of some names a word is, or begins.
fn named(names: &[&str], word: &str) -> Option<usize> {
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    names.iter().position(|name| word.len() >= 3 && begins(name))
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
            ("Wed, 01 Feb 2017 23:30:00 -0500", Some("2017-02-01 23:30:00 -0500")),
            ("Wed Feb  1 23:30:00 UTC 2017", Some("2017-02-01 23:30:00 UTC")),
            ("Wed, 01 Feb 2017 23:30:00 EST", None),
            ("2017-02-01 11:30 PM", Some("2017-02-01 23:30")),
            ("2017-02-01T11:30:05pm +01:00", Some("2017-02-01 23:30:05 +01:00")),
            ("1 February 2017, 12:05 a.m.", Some("2017-02-01 00:05")),
            ("2017-02-01 13:30 PM", None),
            ("2017-02-01 25:00", None),
            ("2017, 2, 1", Some("2017-02-01")),
            ("Sunday", None),
        ] {
            assert_eq!(likely(text).as_deref(), expected, "{text}");
        }
    }
}
