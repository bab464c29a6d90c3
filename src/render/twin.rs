//! The twins of an article's page: JSON, and Markdown with front matter.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::markdown::markdown;
use crate::model::plan::TwinFormat;
use crate::model::view::{TwinHead, TwinView};

/// Appends a twin; `text` is its content with all components drawn.
pub(super) fn twin(twin: &TwinView, text: &str, out: &mut Vec<u8>) {
    let written = match twin.format {
        TwinFormat::Json => json(&twin.about, text),
        TwinFormat::Markdown => format!("---\n{}---\n\n{}", yaml(&twin.about), markdown(text)),
    };
    out.extend_from_slice(written.as_bytes());
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: &'a TwinHead,
    #[serde(skip_serializing_if = "str::is_empty")]
    content_html: &'a str,
}

fn json(about: &TwinHead, content_html: &str) -> String {
    // Strings and numbers cannot fail to be written to memory.
    serde_json::to_string_pretty(&Document { about, content_html }).unwrap_or_default() + "\n"
}

/// The front matter as YAML: each value as JSON, which YAML 1.2 contains.
fn yaml(about: &TwinHead) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(about) else { return String::new() };
    let mut yaml = String::new();
    for (key, value) in fields {
        // Writing to a string cannot fail.
        let _never_fails = writeln!(yaml, "{key}: {value}");
    }
    yaml
}
