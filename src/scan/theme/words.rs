//! The words of a theme's interface, from all layers.

use std::collections::{BTreeMap, BTreeSet};

use super::layer::Layer;
use crate::base::diag::Diagnostic;
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
    }
    Words { language: language.clone(), all, english }
}

const ENGLISH: &str = "en";

/// The words in the files of one tag, from all layers.
fn words_in(tag: &str, layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let path = format!("i18n/{tag}.toml");
    let mut all = BTreeMap::new();
    for layer in layers.iter().rev() {
        if let Some(text) = layer.text(&path, diagnostics) {
            all.extend(words(text, &layer.path(&path)).take(diagnostics));
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
            let Some(language) = name.strip_suffix(".toml") else { continue };
            let path = format!("i18n/{name}");
            if let Some(text) = layer.text(&path, diagnostics) {
                let file = WordFile { path: layer.path(&path), text: text.to_owned() };
                all.entry(language.to_owned()).or_default().push(file);
            }
        }
    }
    all
}

/// The faults of the site's own words. It has few, so all languages are looked at in each build; those of a theme
/// are looked at if the site's language needs them, and by the check of a theme.
pub(super) fn faults_of_own(own: &Layer, diagnostics: &mut Vec<Diagnostic>) {
    for language in own.below("i18n/").filter_map(|name| name.strip_suffix(".toml")) {
        let path = format!("i18n/{language}.toml");
        if let Some(text) = own.text(&path, &mut Vec::new()) {
            diagnostics.extend(words(text, &path).diagnostics);
        }
    }
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
