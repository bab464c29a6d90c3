//! A date in the first line, a pattern for dates in the rest.

use masthead::base::date::{Date, Zone, is_pattern};
use masthead::base::date_locale::DateLocale;

/// Whole minutes between all zones and Greenwich since then; RFC 3339 has no seconds in an offset.
const WHOLE_MINUTES_SINCE: u16 = 1973;

/// Checks a date and a pattern for it.
pub fn dates(text: &str) {
    let (date, pattern) = text.split_once('\n').unwrap_or((text, "%-d %B %Y"));
    let zones = ["Europe/Lisbon", "America/St_Johns", "Pacific/Apia", "UTC"];
    let zones = zones.map(|name| name.parse::<Zone>().unwrap());
    let Ok(date) = date.parse::<Date>() else { return };
    if date.time.is_none() {
        assert_eq!(date.to_string().parse(), Ok(date));
    }
    for zone in zones {
        check(date, zone);
    }
    let languages = ["en", "de-AT", "ar", "ja", "xx"];
    for language in languages.into_iter().filter(|_| is_pattern(pattern)) {
        date.words(pattern, &DateLocale::of(&language.parse().unwrap()));
    }
}

fn check(date: Date, zone: Zone) {
    let moment = date.moment(zone);
    assert!(!date.iso(zone).is_empty() && !moment.rfc3339().is_empty());
    let has_offset = date.time.is_some_and(|time| time.offset.is_some());
    if has_offset || (WHOLE_MINUTES_SINCE..9999).contains(&date.year) {
        let again: Date = date.rfc3339(zone).parse().unwrap();
        assert_eq!(again.moment(zone), moment, "{date:?} in {}", zone.name());
    }
    if (WHOLE_MINUTES_SINCE..9999).contains(&date.year) {
        assert_eq!(moment.date(zone).moment(zone), moment, "{date:?} in {}", zone.name());
    }
}
