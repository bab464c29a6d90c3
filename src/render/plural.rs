//! The filter `counted`: a number with the word that goes with it, in the forms that a language has. The
//! owner of the crate `icu_plurals`.

use std::collections::BTreeMap;

use icu_plurals::{PluralCategory, PluralRules};
use tera::{Error, Kwargs, State, Tera, TeraResult};

use crate::model::view::SiteView;

/// Adds the filter to an engine: `{{ list.total | counted(word="articles") }}`.
///
/// Its forms are words of the theme: `articles.one`, `articles.few`, `articles.many`, `articles.other` and so
/// on (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>). In each, `#`
/// stands for the number; one without it says the number itself.
pub(super) fn register(tera: &mut Tera, site: &SiteView) {
    let language = site.language.clone();
    let words: BTreeMap<String, String> = site
        .words
        .iter()
        .filter(|(key, _)| key.contains('.'))
        .map(|(key, word)| (key.clone(), word.clone()))
        .collect();
    let known: Vec<&str> = (0..OFTEN).map(|count| form(&language, count)).collect();
    tera.register_filter("counted", move |number: i64, given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let word: &str = given.must_get("word")?;
        let count = number.unsigned_abs();
        let form = known.get(count as usize).copied().unwrap_or_else(|| form(&language, count));
        let found = words.get(&format!("{word}.{form}")).or_else(|| words.get(&format!("{word}.other")));
        let found = found.ok_or_else(|| Error::message(format!("there is no word `{word}.other`")))?;
        Ok(found.replace('#', &number.to_string()))
    });
}

/// Smaller numbers are frequent, such as minutes, so their forms are looked up in advance.
const OFTEN: u64 = 64;

/// The plural form of a number. The rules cannot be shared between threads, so they are looked up each time.
fn form(language: &str, count: u64) -> &'static str {
    rules(language).map_or("other", |rules| name(rules.category_for(count)))
}

fn rules(language: &str) -> Option<PluralRules> {
    let locale: icu_locale_core::Locale = language.parse().ok()?;
    PluralRules::try_new(locale.into(), icu_plurals::PluralRulesOptions::default()).ok()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_forms_depend_on_the_language() {
        assert_eq!([1, 2, 5, 21].map(|count| form("ru", count)), ["one", "few", "many", "one"]);
        assert_eq!(
            [0, 1, 2, 5, 11, 100].map(|count| form("ar", count)),
            ["zero", "one", "two", "few", "many", "other"]
        );
        assert_eq!([1, 2].map(|count| form("ja", count)), ["other", "other"]);
        assert_eq!([0, 1, 2].map(|count| form("fr-CA", count)), ["one", "one", "other"]);
    }
}
