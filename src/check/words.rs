//! Checks the words of a theme's interface: which does a language lack, and which does only one language have?

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diag::{Diagnostic, Rule, first_of};
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
