//! The words of a theme's interface, from all layers.

use std::collections::{BTreeMap, BTreeSet};

use super::layer::Layer;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::labels::{self, OwnLabels};
use crate::base::language::Language;
use crate::config::words;
use crate::model::theme::{Theme, WordFile, Words};

/// The words in a language. Missing ones come from the language without its region, then from English.
pub(super) fn interface_words(
    layers: &[Layer],
    language: &Language,
    diagnostics: &mut Vec<Diagnostic>,
) -> Words {
    let mut tags: Vec<&str> = language.lookup().collect();
    tags.reverse();
    let mut all: BTreeMap<String, String> =
        tags.into_iter().flat_map(|tag| words_in(tag, layers, diagnostics)).collect();
    let mut english = BTreeSet::new();
    if language.primary() != ENGLISH {
        let has_forms = |key: &str| {
            key.rsplit_once('.').is_some_and(|(word, form)| {
                let is_form = matches!(form, "zero" | "one" | "two" | "few" | "many");
                is_form && all.contains_key(&format!("{word}.other"))
            })
        };
        let mut missing = words_in(ENGLISH, layers, diagnostics);
        missing.retain(|key, _| !all.contains_key(key) && !has_forms(key));
        english.extend(missing.keys().cloned());
        all.extend(missing);
        for (key, word) in labels::missing(language) {
            if !all.contains_key(key) {
                all.insert(key.to_owned(), word.to_owned());
                english.insert(key.to_owned());
            }
        }
    }
    Words { language: language.clone(), all, english }
}

const ENGLISH: &str = "en";

/// The language that a file of words is named after, in any spelling of its tag: `pt-BR.toml`, `pt_br.toml`.
fn language_of(name: &str) -> Option<Language> {
    name.strip_suffix(".toml")?.replace('_', "-").parse().ok()
}

/// The words in the files of one tag, from all layers.
fn words_in(tag: &str, layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for layer in layers.iter().rev() {
        for name in layer.below("i18n/").filter(|name| language_of(name).is_some_and(|of| of.as_str() == tag))
        {
            let path = format!("i18n/{name}");
            if let Some(text) = layer.text(&path, diagnostics) {
                all.extend(words(text, &layer.path(&path)).take(diagnostics));
            }
        }
    }
    all
}

/// The word files of each language, the weakest first.
pub(super) fn files_of_words(
    layers: &[Layer],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<WordFile>> {
    let mut all: BTreeMap<String, Vec<WordFile>> = BTreeMap::new();
    for layer in layers.iter().rev() {
        for name in layer.below("i18n/") {
            let Some(language) = language_of(name) else { continue };
            let path = format!("i18n/{name}");
            if let Some(text) = layer.text(&path, diagnostics) {
                let file = WordFile { path: layer.path(&path), text: text.to_owned() };
                all.entry(language.to_string()).or_default().push(file);
            }
        }
    }
    all
}

/// The words of a theme for what Masthead adds to a text. The files of Masthead's own themes have none, so that they need
/// not be read for that; a site's own may change a single one.
pub(super) fn labels(translations: &BTreeMap<String, Vec<WordFile>>) -> OwnLabels {
    let has_any = |file: &&WordFile| {
        file.path.starts_with("i18n/")
            || labels::KEYS.iter().any(|key| *key != "table" && file.text.contains(key))
    };
    let labels = |file: &WordFile| {
        let mut words = words(&file.text, "").value;
        words.retain(|key, word| labels::KEYS.contains(&key.as_str()) && !word.is_empty());
        words
    };
    let of_language = |files: &Vec<WordFile>| -> BTreeMap<String, String> {
        files.iter().filter(has_any).flat_map(labels).collect()
    };
    let all = translations.iter().map(|(language, files)| (language.clone(), of_language(files)));
    all.filter(|(_, labels)| !labels.is_empty()).collect()
}

/// The faults of the site's own words. It has few, so all languages are looked at in each build; those of a theme
/// are looked at if the site's language needs them, and by the check of a theme.
pub(super) fn faults_of_own(own: &Layer, diagnostics: &mut Vec<Diagnostic>) {
    for name in own.below("i18n/").filter(|name| name.strip_suffix(".toml").is_some()) {
        let path = format!("i18n/{name}");
        if let Some(text) = own.text(&path, &mut Vec::new()) {
            diagnostics.extend(words(text, &path).diagnostics);
        }
    }
}

/// Files of words that are not used, because of their names.
pub(super) fn misnamed(layer: &Layer, diagnostics: &mut Vec<Diagnostic>) {
    let faults = layer.below("i18n/").filter_map(|name| {
        let fault =
            if name.strip_suffix(".toml").is_some() { of_no_language(name) } else { of_another_format(name) };
        Some(fault?.in_file(layer.path(&format!("i18n/{name}"))))
    });
    diagnostics.extend(faults);
}

/// That words are in a format that is not read.
fn of_another_format(name: &str) -> Option<Diagnostic> {
    let (stem, ending) = name.rsplit_once('.')?;
    if !["yaml", "yml", "json", "po", "ftl", "properties"].contains(&ending) {
        return None;
    }
    let fault =
        Diagnostic::new(Rule::Theme, "words are read from TOML, so that those in this file are not used");
    Some(fault.hint(format!("write them into `i18n/{stem}.toml`, as `key = \"word\"`")))
}

/// That a file of words has the name of no language.
fn of_no_language(name: &str) -> Option<Diagnostic> {
    let language = language_of(name);
    let meant = language.as_ref().and_then(Language::meant);
    if language.is_some() && meant.is_none() {
        return None;
    }
    let hint = match meant {
        Some(meant) => format!("did you mean `i18n/{meant}.toml`?"),
        None => "name it after the tag of its language, such as `i18n/pt-BR.toml`".to_owned(),
    };
    let fault =
        Diagnostic::new(Rule::Theme, "the file is named after no language, so that its words are not used");
    Some(fault.hint(hint))
}

/// A file of words: its whole path, and the words by key.
type OfFile = (String, BTreeMap<String, String>);

/// The words of each file of a theme in every language that it has, the weakest file first, and the faults of all.
pub fn translations(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<OfFile>> {
    let mut all = BTreeMap::new();
    for (language, files) in &theme.translations {
        let read = |file: &WordFile| (file.path.clone(), words(&file.text, &file.path).take(diagnostics));
        all.insert(language.clone(), files.iter().map(read).collect());
    }
    all
}
