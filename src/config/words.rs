//! The words of a theme's interface in one language: `i18n/<language>.toml`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::Document;
use super::syntax::clean;
use crate::base::diag::{Diagnostic, Warned};
use crate::base::toml_json;

/// Reads the words of a file; `file` is its name in diagnostics. A table makes keys with dots: `roles.via`.
pub fn words(text: &str, file: &str) -> Warned<BTreeMap<String, String>> {
    let mut found = Vec::new();
    let text = clean(text, file, &mut found);
    let document = Document::parse(&text, file);
    let mut words = BTreeMap::new();
    collect(
        &document,
        &Value::Object(toml_json::table(&document.table)),
        &mut Vec::new(),
        &mut words,
        &mut found,
    );
    Warned { value: words, diagnostics: found }
}

fn collect(
    document: &Document<'_>,
    value: &Value,
    path: &mut Vec<String>,
    words: &mut BTreeMap<String, String>,
    found: &mut Vec<Diagnostic>,
) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                path.push(key.clone());
                collect(document, value, path, words, found);
                path.pop();
            }
        }
        Value::String(word) => drop(words.insert(path.join("."), word.clone())),
        _ => {
            let keys: Vec<&str> = path.iter().map(String::as_str).collect();
            found.push(document.error_in(&keys, None, format!("`{}` must be text", path.join("."))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_other_values_are_reported() {
        let read = words("home = \"Home\"\nn = 3\n[roles]\nvia = \"Found at\"\n", "i18n/en.toml");
        assert_eq!(read.value["roles.via"], "Found at");
        assert_eq!(read.diagnostics[0].message, "`n` must be text");
        assert_eq!(read.diagnostics[0].place.unwrap().line, 2);
    }
}
