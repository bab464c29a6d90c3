//! Numbers as a language writes them, and the forms of the words that go with them. The owner of the crates
//! `icu_decimal` and `icu_plurals`.

use std::array;

use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use super::language::Language;

/// The numbers of a language.
#[derive(Debug)]
pub struct Numbers {
    language: Language,
    /// The plural forms of small numbers. They are frequent, and the rules cannot be shared between threads.
    known: [&'static str; 64],
}

impl Numbers {
    /// The numbers of a language.
    pub fn of(language: &Language) -> Self {
        let rules = rules(language);
        let known = array::from_fn(|count| name(rules.as_ref(), count));
        Self { language: language.clone(), known }
    }

    /// A number with its thousands apart (Unicode CLDR, "number patterns"): `12,500` in English and `12.500`
    /// in German.
    pub fn written(&self, number: i64) -> String {
        let options = DecimalFormatterOptions::default();
        let formatter = || DecimalFormatter::try_new((&self.language.locale()).into(), options).ok();
        match (number.unsigned_abs() >= 1000).then(formatter).flatten() {
            Some(formatter) => formatter.format(&number.into()).to_string(),
            None => number.to_string(),
        }
    }

    /// A word with its number. Of its forms `zero`, `one`, `two`, `few`, `many` and `other`
    /// (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>) some may be
    /// missing, for which `other` stands. In each, `#` stands for the number; one without it says the number
    /// itself.
    pub fn counted<'w>(&self, number: i64, form: impl Fn(&str) -> Option<&'w str>) -> Option<String> {
        let word = form(self.form(number.unsigned_abs())).or_else(|| form("other"))?;
        Some(word.replace('#', &self.written(number)))
    }

    fn form(&self, count: u64) -> &'static str {
        let known = usize::try_from(count).ok().and_then(|count| self.known.get(count));
        known.copied().unwrap_or_else(|| name(rules(&self.language).as_ref(), count as usize))
    }
}

fn rules(language: &Language) -> Option<PluralRules> {
    PluralRules::try_new((&language.locale()).into(), PluralRulesOptions::default()).ok()
}

fn name(rules: Option<&PluralRules>, count: usize) -> &'static str {
    match rules.map(|rules| rules.category_for(count)) {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(tag: &str) -> Numbers {
        Numbers::of(&tag.parse().unwrap())
    }

    #[test]
    fn plural_forms_depend_on_the_language() {
        for (tag, forms) in [
            ("ru", "one few many one many"),
            ("ar", "one two few many few"),
            ("ja", "other other other other other"),
            ("fr-CA", "one other other other other"),
            ("pl", "one few many many many"),
            ("tlh", "other other other other other"),
        ] {
            let numbers = numbers(tag);
            assert_eq!([1, 2, 5, 21, 1005].map(|count| numbers.form(count)).join(" "), forms, "{tag}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (tag, expected) in [
            ("en", "999 1,234 12,500 1,250,000"),
            ("de", "999 1.234 12.500 1.250.000"),
            ("de-CH", "999 1'234 12'500 1'250'000"),
            ("fr", "999 1\u{202f}234 12\u{202f}500 1\u{202f}250\u{202f}000"),
            ("es", "999 1234 12.500 1.250.000"),
            ("pl", "999 1234 12\u{a0}500 1\u{a0}250\u{a0}000"),
            ("hi", "999 1,234 12,500 12,50,000"),
            ("ar-EG", "999 1,234 12,500 1,250,000"),
        ] {
            let numbers = numbers(tag);
            let seen = [999, 1234, 12_500, 1_250_000].map(|number| numbers.written(number)).join(" ");
            assert_eq!(seen, expected, "{tag}");
        }
        assert_eq!(numbers("en").written(-1234), "-1,234");
    }

    #[test]
    fn words_are_counted() {
        let forms = |form: &str| match form {
            "one" => Some("# Artikel"),
            "other" => Some("# Artikel insgesamt"),
            _ => None,
        };
        assert_eq!(numbers("de").counted(1, forms).unwrap(), "1 Artikel");
        assert_eq!(numbers("de").counted(12_500, forms).unwrap(), "12.500 Artikel insgesamt");
        assert_eq!(numbers("ru").counted(3, forms).unwrap(), "3 Artikel insgesamt");
        assert_eq!(numbers("de").counted(1, |_| None), None);
    }
}
