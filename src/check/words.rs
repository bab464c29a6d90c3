//! Checks the words of a theme's interface: which does a language lack, and which does only one language have?

use std::collections::{BTreeMap, BTreeSet};

use super::overrides;
use crate::base::diag::{Diagnostic, Rule, closest, first_of};
use crate::config;
use crate::model::theme::{Theme, Words};

/// The words of a theme, by language: its files with their whole paths, the weakest first, and the words of each by
/// key.
pub type Languages = BTreeMap<String, Vec<(String, BTreeMap<String, String>)>>;

/// Tells which words the theme lacks in the site's language, so that pages have English ones.
pub fn missing_words(theme: &Theme) -> Option<Diagnostic> {
    if !theme.is_loaded {
        return None;
    }
    let Words { language, all, english } = &theme.words;
    let file = format!("i18n/{}.toml", language.primary());
    let (message, hint) = if english.len() == all.len() {
        let message = format!("there are no words in `{language}`, so that pages have English ones");
        (message, format!("write `{file}`"))
    } else {
        let some = first_of(english.iter().map(String::as_str));
        let message = format!("{} of {} words are missing in `{language}`: {some}", english.len(), all.len());
        (message, format!("add them to `{file}`"))
    };
    let diagnostic = Diagnostic::new(Rule::Theme, message).in_file(config::FILE);
    (!english.is_empty()).then(|| diagnostic.about(&["language"], language.as_str()).hint(hint))
}

/// All words of the languages that `of` lets through.
pub(super) fn keys(languages: &Languages, of: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let files = languages.iter().filter(|(language, _)| of(language)).flat_map(|(_, files)| files);
    files.flat_map(|(_, words)| words.keys()).map(String::as_str).collect()
}

/// Reports words that are not in every language of the theme. Languages that it only inherits are not its affair.
pub(super) fn untranslated(theme: &Theme, languages: &Languages) -> Vec<Diagnostic> {
    let place = format!("themes/{}/", theme.name);
    if !languages.contains_key("en") {
        let message = "there is no `i18n/en.toml`, which has the words that other languages lack";
        return vec![Diagnostic::new(Rule::Theme, message).in_file(format!("{place}theme.toml"))];
    }
    let english = keys(languages, |language| language == "en");
    let mut found = Vec::new();
    for (language, files) in languages {
        let own = files.iter().find(|(path, _)| path.starts_with(&place));
        if let Some((path, words)) = own.filter(|_| language != "en") {
            found.extend(
                words.keys().filter(|key| !is_plural(key)).filter_map(|key| foreign(key, &english, path)),
            );
            // The words of a region are only those that differ from its language.
            if !language.contains('-') {
                found.extend(lacks(&keys(languages, |other| other == language), &english, path));
            }
        }
    }
    found
}

/// The words that Masthead itself takes from a theme, wherever it has them.
pub(super) const USED: [&str; 12] = [
    "archive",
    "authors",
    "corrections",
    "home",
    "not_found",
    "page",
    "republished_by",
    "series",
    "sources",
    "tags",
    "translated_by",
    "withdrawn",
];

/// Tells which of these no language has, so that pages show their keys.
pub(super) fn of_masthead(words: &BTreeSet<&str>) -> Option<Diagnostic> {
    let missing: Vec<&str> = USED.into_iter().filter(|key| !words.contains(key)).collect();
    let message = format!(
        "no language has the words {}, which titles and citations need",
        first_of(missing.iter().copied())
    );
    let hint = "write them into `i18n/en.toml`, or take them from another theme with `extends = \"base\"`";
    (!missing.is_empty()).then(|| Diagnostic::new(Rule::Theme, message).hint(hint))
}

/// Reports places of words and forms of plurals that are misspelt in the theme's own files.
pub(super) fn misfits(theme: &Theme, languages: &Languages) -> Vec<Diagnostic> {
    let own = format!("themes/{}/", theme.name);
    let files =
        || languages.iter().flat_map(|(language, files)| files.iter().map(move |file| (language, file)));
    // What the word is like elsewhere: in a theme that this one extends, or else in its own English.
    let places = |key: &str, language: &str| -> BTreeSet<String> {
        let of = |is_meant: &dyn Fn(&str, &str) -> bool| -> BTreeSet<String> {
            let meant = files().filter(|(language, (path, _))| is_meant(language, path));
            let words = meant.filter_map(|(_, (_, words))| words.get(key));
            words.flat_map(|word| overrides::places_in(word)).map(str::to_owned).collect()
        };
        let inherited = of(&|_, path| !path.starts_with(&own));
        if inherited.is_empty() && language != "en" { of(&|language, _| language == "en") } else { inherited }
    };
    let mut found = Vec::new();
    for (language, (path, words)) in files().filter(|(_, (path, _))| path.starts_with(&own)) {
        for (key, word) in words {
            let fault = overrides::unfilled(key, word, &places(key, language));
            found.extend(fault.or_else(|| no_form(key, words)).map(|one| one.in_file(path)));
        }
    }
    found
}

/// A form of a plural that is misspelt, such as `n_articles.ohter`.
fn no_form(key: &str, words: &BTreeMap<String, String>) -> Option<Diagnostic> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let (word, form) = key.rsplit_once('.')?;
    let has_others = FORMS.iter().any(|form| words.contains_key(&format!("{word}.{form}")));
    let meant = closest(form, FORMS).filter(|_| has_others && !FORMS.contains(&form))?;
    let keys: Vec<&str> = key.split('.').collect();
    let message = format!("`{form}` is no form of a word with a number");
    Some(Diagnostic::new(Rule::Theme, message).about(&keys, "").hint(format!("did you mean `{meant}`?")))
}

/// How many words of English a language lacks.
fn lacks(words: &BTreeSet<&str>, english: &BTreeSet<&str>, path: &str) -> Option<Diagnostic> {
    let missing: Vec<_> = english.difference(words).filter(|key| !is_plural(key)).collect();
    let some = first_of(missing.iter().map(|key| **key));
    let message = format!("{} of {} words are missing: {some}", missing.len(), english.len());
    (!missing.is_empty()).then(|| Diagnostic::new(Rule::Theme, message).in_file(path))
}

/// A word that English lacks.
fn foreign(key: &str, english: &BTreeSet<&str>, path: &str) -> Option<Diagnostic> {
    let message = format!("`i18n/en.toml` has no word `{key}`, so that most languages have none");
    let keys: Vec<&str> = key.split('.').collect();
    let fault = Diagnostic::new(Rule::Theme, message).in_file(path).about(&keys, "");
    let hint = format!("add `{key}` to `i18n/en.toml`, or remove it here");
    (!english.contains(key)).then(|| fault.hint(hint).did_you_mean(key, english.iter().copied()))
}

/// Whether a key is a plural form. Languages differ in which forms they have.
pub(super) fn is_plural(key: &str) -> bool {
    key.rsplit_once('.').is_some_and(|(_, form)| matches!(form, "zero" | "one" | "two" | "few" | "many"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_places_and_forms_are_told() {
        let file = |path: &str, words: &[(&str, &str)]| {
            let words = words.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect();
            (path.to_owned(), words)
        };
        let base = file("themes/base/i18n/en.toml", &[("part_of", "{part} of {total}")]);
        let en = [
            ("part_of", "{prat} of {total}"),
            ("own", "A {b}"),
            ("n.ohter", "#"),
            ("n.one", "#"),
            ("roles.vai", "x"),
        ];
        let languages = Languages::from([
            ("en".to_owned(), vec![base, file("themes/t/i18n/en.toml", &en)]),
            (
                "de".to_owned(),
                vec![file("themes/t/i18n/de.toml", &[("own", "Ein {bb}"), ("part_of", "{part}")])],
            ),
        ]);
        let theme = Theme { name: "t".to_owned(), ..Theme::default() };
        let line = |one: Diagnostic| format!("{} {}; {}", one.file.unwrap(), one.message, one.hint.unwrap());
        assert_eq!(
            misfits(&theme, &languages).into_iter().map(line).collect::<Vec<_>>(),
            [
                "themes/t/i18n/de.toml nothing fills `{bb}` in the word `own`; did you mean `{b}`?",
                "themes/t/i18n/en.toml `ohter` is no form of a word with a number; did you mean `other`?",
                "themes/t/i18n/en.toml nothing fills `{prat}` in the word `part_of`; did you mean `{part}`?",
            ]
        );
    }

    #[test]
    fn words_that_masthead_needs_are_told() {
        let words: BTreeSet<&str> = USED.into_iter().filter(|key| *key != "home").collect();
        assert!(of_masthead(&words).unwrap().message.contains("`home`"));
        assert_eq!(of_masthead(&USED.into_iter().collect()), None);
    }

    #[test]
    fn words_are_compared_with_english() {
        let file = |place: &str, language: &str, keys: &[&str]| {
            let words = keys.iter().map(|key| ((*key).to_owned(), String::new())).collect();
            (format!("{place}i18n/{language}.toml"), words)
        };
        let (base, own) = ("themes/base/", "themes/t/");
        let en = vec![file(base, "en", &["home", "n.one", "n.other"]), file(own, "en", &["motto"])];
        let de = vec![file(base, "de", &["home", "n.few", "n.other"]), file(own, "de", &["moto"])];
        let languages = Languages::from([
            ("en".to_owned(), en),
            ("de".to_owned(), de),
            ("de-AT".to_owned(), vec![file(own, "de-AT", &["home"])]),
            ("fr".to_owned(), vec![file(base, "fr", &["home"])]),
        ]);
        let theme = Theme { name: "t".to_owned(), ..Theme::default() };
        let line = |one: Diagnostic| format!("{} {} {:?}", one.file.unwrap(), one.message, one.hint);
        assert_eq!(
            untranslated(&theme, &languages).into_iter().map(line).collect::<Vec<_>>(),
            [
                "themes/t/i18n/de.toml `i18n/en.toml` has no word `moto`, so that most languages have none \
                 Some(\"did you mean `motto`?\")",
                "themes/t/i18n/de.toml 1 of 4 words are missing: `motto` None",
            ]
        );
    }
}
