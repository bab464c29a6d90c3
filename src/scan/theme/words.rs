//! The words of a theme's interface, from all layers.

use std::collections::BTreeMap;

use super::layer::Layer;
use crate::base::diag::Diagnostic;
use crate::config::words;
use crate::model::theme::{Theme, WordFile};

/// The words in a language. Missing ones come from the language without its region, then from English.
pub(super) fn interface_words(
    layers: &[Layer],
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let general = language.split('-').next().unwrap_or(language);
    let mut languages = vec!["en", general, language];
    languages.dedup();
    let mut all = BTreeMap::new();
    for language in languages {
        for layer in layers.iter().rev() {
            let path = format!("i18n/{language}.toml");
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
type Words = (String, BTreeMap<String, String>);

/// The words of each file of a theme in every language that it has, the weakest file first, and the faults of all.
pub fn translations(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<Words>> {
    let mut all = BTreeMap::new();
    for (language, files) in &theme.translations {
        let read = |file: &WordFile| (file.path.clone(), words(&file.text, &file.path).take(diagnostics));
        all.insert(language.clone(), files.iter().map(read).collect());
    }
    all
}
