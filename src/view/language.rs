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

#[cfg(test)]
mod tests {
    use super::{day_and_month, direction};

    #[test]
    fn days_stand_where_the_language_has_them() {
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
