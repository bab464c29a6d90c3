//! What straight quotes become in a language.
//!
//! The source is the delimiters of CLDR 42, but for these: Swiss German and Italian have the guillemets that Swiss papers
//! print; French has the spaces and the inner quotes of the Imprimerie nationale; Arabic has guillemets, and Dutch
//! double quotes. In a language that is missing here they are English.

use crate::base::language::Language;

/// The quotation marks of a language, before and after what they quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotes {
    /// For `"`.
    pub(super) outer: [&'static str; 2],
    /// For `'`.
    pub(super) inner: [&'static str; 2],
    /// Whether words stand side by side without blanks, so that a `'` between two letters is no apostrophe.
    pub(super) between_letters: bool,
}

/// Those of English, which the Markdown parser makes, too.
pub(super) const ENGLISH: Quotes =
    Quotes { outer: ["“", "”"], inner: ["‘", "’"], between_letters: false };

/// The quotation marks of a language.
pub(super) fn of(language: &Language) -> Quotes {
    let (primary, region) = (language.primary(), language.region().unwrap_or(""));
    let is_traditional = match (primary, language.script()) {
        ("yue", _) | (_, Some("Hant")) => true,
        (_, Some(_)) => false,
        _ => matches!(region, "TW" | "HK" | "MO"),
    };
    let between_letters = matches!(primary, "ja" | "zh" | "yue" | "th" | "lo" | "km" | "my");
    let [outer, inner] = match (primary, region) {
        ("de" | "it" | "fr", "CH") | ("de", "LI") | ("ar" | "fa", _) => [["«", "»"], ["‹", "›"]],
        ("fr", _) => [["«\u{202f}", "\u{202f}»"], ["“", "”"]],
        ("de" | "cs" | "sk" | "sl" | "is" | "hr" | "mk" | "et", _) => [["„", "“"], ["‚", "‘"]],
        ("bg" | "lt", _) => [["„", "“"], ["„", "“"]],
        ("es", "" | "ES" | "US") | ("it" | "el" | "ca" | "eu" | "sq", _) => [["«", "»"], ["“", "”"]],
        ("pt", region) if !matches!(region, "" | "BR") => [["«", "»"], ["“", "”"]],
        ("pl" | "ro", _) => [["„", "”"], ["«", "»"]],
        ("hu", _) => [["„", "”"], ["»", "«"]],
        ("sv" | "fi" | "he", _) => [["”", "”"], ["’", "’"]],
        ("nb" | "nn" | "no", _) => [["«", "»"], ["‘", "’"]],
        ("uk" | "ru" | "be", _) => [["«", "»"], ["„", "“"]],
        ("hy", _) => [["«", "»"], ["«", "»"]],
        ("sr", _) => [["„", "“"], ["‘", "‘"]],
        ("ja", _) => [["「", "」"], ["『", "』"]],
        ("zh" | "yue", _) if is_traditional => [["「", "」"], ["『", "』"]],
        _ => [ENGLISH.outer, ENGLISH.inner],
    };
    Quotes { outer, inner, between_letters }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_region_can_have_its_own_quotes() {
        for (language, expected) in [
            ("en-GB", "“ ” ‘ ’"),
            ("de", "„ “ ‚ ‘"),
            ("de-AT", "„ “ ‚ ‘"),
            ("de-ch", "« » ‹ ›"),
            ("de-Latn-CH", "« » ‹ ›"),
            ("fr", "«\u{202f} \u{202f}» “ ”"),
            ("fr-CH", "« » ‹ ›"),
            ("es", "« » “ ”"),
            ("es-419", "“ ” ‘ ’"),
            ("pt", "“ ” ‘ ’"),
            ("PT-pt", "« » “ ”"),
            ("sv", "” ” ’ ’"),
            ("no", "« » ‘ ’"),
            ("da", "“ ” ‘ ’"),
            ("tlh", "“ ” ‘ ’"),
            ("sr-Latn", "„ “ ‘ ‘"),
            ("ja", "「 」 『 』"),
            ("zh", "“ ” ‘ ’"),
            ("zh-CN", "“ ” ‘ ’"),
            ("zh-Hans-HK", "“ ” ‘ ’"),
            ("zh-TW", "「 」 『 』"),
            ("zh-HK", "「 」 『 』"),
            ("zh-Hant", "「 」 『 』"),
            ("yue", "「 」 『 』"),
        ] {
            let quotes = of(&language.parse().unwrap());
            assert_eq!([quotes.outer.join(" "), quotes.inner.join(" ")].join(" "), expected, "{language}");
        }
    }
}
