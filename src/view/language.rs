//! What follows from a language: the direction of its script, the order of day and month.

/// Languages that are written from right to left in their usual script.
const RIGHT_TO_LEFT: [&str; 16] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Scripts that run from right to left (ISO 15924), for tags that name one: `az-Arab`.
const SCRIPTS: [&str; 6] = ["arab", "hebr", "thaa", "syrc", "nkoo", "aran"];

/// `ltr` or `rtl`, from a language tag (BCP 47).
pub(super) fn direction(tag: &str) -> &'static str {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let right_to_left = match script {
        Some(script) => is(&SCRIPTS, script),
        None => is(&RIGHT_TO_LEFT, language),
    };
    if right_to_left { "rtl" } else { "ltr" }
}

/// The pattern of a day within its year.
pub(super) fn day_and_month(tag: &str) -> &'static str {
    match tag.split(['-', '_']).next().unwrap_or_default() {
        "ja" | "zh" => "%-m月%-d日",
        "ko" => "%-m월 %-d일",
        "de" | "cs" | "da" | "et" | "fi" | "hr" | "lv" | "nb" | "nn" | "no" | "sk" | "sl" => "%-d. %b",
        "hu" => "%b %-d.",
        "en" if tag.eq_ignore_ascii_case("en-US") => "%b %-d",
        _ => "%-d %b",
    }
}

/// The day with which weeks begin, from 0 for Monday (Unicode CLDR, "week data", for the language's largest
/// country).
pub(super) fn week_start(tag: &str) -> u8 {
    const MONDAY: u8 = 0;
    const SATURDAY: u8 = 5;
    const SUNDAY: u8 = 6;
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let country = parts.next_back().unwrap_or_default().to_ascii_uppercase();
    match (language.as_str(), country.as_str()) {
        (_, "US" | "CA" | "BR" | "MX" | "IN" | "IL" | "JP" | "KR" | "TW" | "HK" | "ZA") => SUNDAY,
        ("ar" | "fa" | "ps", _) => SATURDAY,
        ("he" | "hi" | "bn" | "ja" | "ko" | "th", _) => SUNDAY,
        ("pt", "") => SUNDAY,
        _ => MONDAY,
    }
}

#[cfg(test)]
mod tests {
    use super::{day_and_month, direction, week_start};

    #[test]
    fn the_first_day_of_the_week_depends_on_the_language() {
        let tags = ["en", "en-US", "de-AT", "ar", "ja", "he-IL", "pt-PT", "zh-Hant-TW"];
        assert_eq!(tags.map(week_start), [0, 6, 0, 5, 6, 6, 0, 6]);
    }

    #[test]
    fn the_order_of_day_and_month_depends_on_the_language() {
        assert_eq!(
            ["en-GB", "en-US", "de-AT", "ja"].map(day_and_month),
            ["%-d %b", "%b %-d", "%-d. %b", "%-m月%-d日"]
        );
    }

    #[test]
    fn scripts_have_directions() {
        for tag in ["ar", "he-IL", "fa", "ur_PK", "yi", "az-Arab-IR", "AR"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["en", "de-AT", "zh-Hant-TW", "ar-Latn", "", "arn"] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
