//! Languages, by the tags that name them (BCP 47).
//!
//! A tag is written in one way only, so that two languages are the same if their tags are. What must be known
//! of all languages of the world comes from Unicode CLDR; here is the door to it, for the other modules of the
//! floor that use its data. The owner of the crates `icu_locale` and `icu_locale_core`.

use std::fmt;
use std::str::FromStr;

use icu_locale::{LocaleCanonicalizer, LocaleDirectionality};
use icu_locale_core::extensions::unicode::{key, value};
use icu_locale_core::{LanguageIdentifier, Locale, langid, locale};
use serde::{Deserialize, Serialize};

/// A language tag in its canonical form (RFC 5646, section 2.1.1): `en`, `pt-BR`, `zh-Hant-TW`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(String);

/// A text is not a language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoLanguage;

impl FromStr for Language {
    type Err = NoLanguage;

    /// Reads a tag in any case. Only its form is looked at: registries grow, and a language that nobody has
    /// heard of is a language. Names of five letters and more are allowed for, but there are none.
    fn from_str(tag: &str) -> Result<Self, NoLanguage> {
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        let is_fine = matches!(first.len(), 2 | 3)
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts
                .all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        is_fine.then(|| Self(canonical(tag))).ok_or(NoLanguage)
    }
}

/// Regions are written in capitals, scripts begin with one, all else is small; and all is small behind a
/// subtag of one letter.
fn canonical(tag: &str) -> String {
    let mut out = tag.to_ascii_lowercase();
    let main = main_length(&out);
    let mut at = out.find('-').unwrap_or(main);
    while at < main {
        let end = out[at + 1..main].find('-').map_or(main, |length| at + 1 + length);
        match end - at - 1 {
            2 => out[at + 1..end].make_ascii_uppercase(),
            4 => out[at + 1..at + 2].make_ascii_uppercase(),
            _ => {}
        }
        at = end;
    }
    out
}

/// The length of a tag without its extensions and private part.
fn main_length(tag: &str) -> usize {
    let is_single = |at: &usize| matches!(tag.as_bytes()[at + 1..], [_] | [_, b'-', ..]);
    tag.match_indices('-').map(|(at, _)| at).find(is_single).unwrap_or(tag.len())
}

/// The languages with a code of two letters (ISO 639-1).
const USUAL: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie \
    ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv \
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm \
    rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts \
    tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// Whether a text is certainly meant as a tag: a language of two letters, perhaps with a script or region.
    pub fn is_usual(text: &str) -> bool {
        let (main, rest) = text.split_once(['-', '_']).unwrap_or((text, ""));
        let is_known = main.len() == 2 && USUAL.split(' ').any(|usual| usual == main);
        is_known && matches!(rest.len(), 0 | 2 | 4) && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without script, region and all else: `zh` of `zh-Hant-TW`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The script, if the tag names one (ISO 15924): `Hant`.
    pub fn script(&self) -> Option<&str> {
        self.subtags().find(|part| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// The region, if the tag names one (ISO 3166-1 or UN M.49): `TW`, `419`.
    pub fn region(&self) -> Option<&str> {
        let is_number = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        self.subtags().find(|part| part.len() == 2 || is_number(part))
    }

    /// The subtags behind the first.
    fn subtags(&self) -> impl Iterator<Item = &str> {
        self.0[..main_length(&self.0)].split('-').skip(1)
    }

    /// The language that was meant by a code which is that of a country and of no language: `ja` for `jp`.
    pub fn meant(&self) -> Option<&'static str> {
        OF_COUNTRIES.iter().find(|(country, _)| *country == self.primary()).map(|(_, language)| *language)
    }

    /// The tags that something in this language may be found under, the best first (RFC 4647, section 3.4):
    /// `zh-Hant-TW`, `zh-Hant`, `zh`.
    pub fn lookup(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |tag| {
            let rest = &tag[..tag.rfind('-')?];
            // A subtag of one letter says nothing without those behind it.
            let single = rest.rfind('-').filter(|at| at + 2 == rest.len());
            Some(&rest[..single.unwrap_or(rest.len())])
        })
    }

    /// `ltr` or `rtl`, as HTML names the direction of the language's usual script.
    pub fn direction(&self) -> &'static str {
        let is_right_to_left = LocaleDirectionality::new_extended().is_right_to_left(&self.locale().id);
        if is_right_to_left { "rtl" } else { "ltr" }
    }

    /// The locale under which CLDR has the language's data. Its digits are European ones, because templates
    /// write numbers too.
    pub(super) fn locale(&self) -> Locale {
        let mut locale = self.lookup().find_map(|tag| tag.parse().ok()).unwrap_or(Locale::UNKNOWN);
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        if locale.id == ENGLISH_OF_NOWHERE {
            locale.id = ENGLISH.id;
        }
        locale.extensions.unicode.keywords.set(key!("nu"), value!("latn"));
        locale
    }
}

/// Codes of countries that people take for those of their languages. Others, such as `se`, are those of another one.
const OF_COUNTRIES: [(&str, &str); 15] = [
    ("by", "be"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gb", "en"),
    ("gr", "el"),
    ("il", "he"),
    ("ir", "fa"),
    ("jp", "ja"),
    ("mx", "es"),
    ("pk", "ur"),
    ("rs", "sr"),
    ("ua", "uk"),
    ("us", "en-US"),
    ("vn", "vi"),
];

/// English as the world writes it. CLDR takes English without a region for that of America.
pub(super) const ENGLISH: Locale = locale!("en-001");

const ENGLISH_OF_NOWHERE: LanguageIdentifier = langid!("en");

/// English.
impl Default for Language {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NoLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a language tag")
    }
}

impl TryFrom<String> for Language {
    type Error = NoLanguage;

    fn try_from(tag: String) -> Result<Self, NoLanguage> {
        tag.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        tag.parse().unwrap_or_else(|_| panic!("{tag}"))
    }

    #[test]
    fn tags_have_one_spelling() {
        for (written, tag) in [
            ("EN", "en"),
            ("pt-br", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("sl-Rozaj-1994", "sl-rozaj-1994"),
            ("de-ch-1996", "de-CH-1996"),
            ("EN-ca-X-CA-latn", "en-CA-x-ca-latn"),
            ("ar-eg-U-NU-LATN", "ar-EG-u-nu-latn"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(language(written).as_str(), tag);
        }
        for wrong in
            ["", "e", "en_GB", "en-", "engl", "x-klingon", "en--GB", "de-Österreich", "e1", "English"]
        {
            assert_eq!(wrong.parse::<Language>(), Err(NoLanguage), "{wrong}");
        }
    }

    #[test]
    fn tags_have_parts() {
        for (tag, primary, script, region) in [
            ("en", "en", None, None),
            ("pt-BR", "pt", None, Some("BR")),
            ("es-419", "es", None, Some("419")),
            ("zh-Hant-TW", "zh", Some("Hant"), Some("TW")),
            ("sl-rozaj-1994", "sl", None, None),
            ("en-x-latn-us", "en", None, None),
        ] {
            let language = language(tag);
            assert_eq!((language.primary(), language.script(), language.region()), (primary, script, region));
        }
    }

    #[test]
    fn countries_are_no_languages() {
        for (tag, meant) in
            [("jp", Some("ja")), ("CZ", Some("cs")), ("us", Some("en-US")), ("se", None), ("en-GB", None)]
        {
            assert_eq!(language(tag).meant(), meant, "{tag}");
        }
    }

    #[test]
    fn something_more_general_may_do() {
        let check = |tag: &str, expected: &[&str]| {
            assert_eq!(language(tag).lookup().collect::<Vec<_>>(), expected);
        };
        check("de", &["de"]);
        check("zh-Hant-TW", &["zh-Hant-TW", "zh-Hant", "zh"]);
        check("en-CA-x-ca", &["en-CA-x-ca", "en-CA", "en"]);
    }

    #[test]
    fn scripts_have_directions() {
        for tag in ["ar", "he-IL", "iw", "fa", "ur-PK", "yi", "az-Arab-IR", "ckb"] {
            assert_eq!(language(tag).direction(), "rtl", "{tag}");
        }
        for tag in ["en", "de-AT", "zh-Hant-TW", "ar-Latn", "arn", "zh-yue", "tlh"] {
            assert_eq!(language(tag).direction(), "ltr", "{tag}");
        }
    }
}
