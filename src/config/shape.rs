//! Checks a TOML file against a JSON Schema: unknown keys, missing keys, wrong types.
//!
//! It supports only the part of JSON Schema that `schemars` writes for our own types with everything inlined.
//! It keeps what has the right shape and drops the rest, so that the later checks can go on.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use crate::base::diag::Diagnostic;
use crate::base::toml_json;

/// The parts of the file that fit `schema`, as JSON. Everything else is reported. Missing keys are reported
/// only if the file is `whole`; otherwise they may be in a part that is not valid TOML.
pub(super) fn conform(
    document: &Document<'_>,
    schema: &Value,
    whole: bool,
    found: &mut Vec<Diagnostic>,
) -> Value {
    let mut walk = Walk { document, schema, whole, found, path: Vec::new() };
    walk.table(&document.table, schema, None)
}

struct Walk<'a, 't> {
    document: &'a Document<'t>,
    schema: &'a Value,
    whole: bool,
    found: &'a mut Vec<Diagnostic>,
    path: Vec<String>,
}

impl<'a> Walk<'a, '_> {
    /// One value; `None` if it does not fit.
    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &'a Value) -> Option<Value> {
        let alternatives = schema["anyOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
        let Some(schema) = alternatives.iter().find(|schema| admits(schema, value.get_ref())) else {
            let wanted: Vec<_> = alternatives.iter().map(wanted).collect();
            let (name, wanted, kind) = (self.name(), wanted.join(" or "), kind(value.get_ref()));
            let in_list = self.path.last().is_some_and(|last| last.parse::<usize>().is_ok());
            let each = if in_list { "every entry of " } else { "" };
            let message = format!("{each}`{name}` must be {wanted}, not {kind}");
            let is_heading = value.get_ref().is_table() && alternatives[0]["items"]["type"] == "object";
            let hint = is_heading.then(|| format!("write `[[{name}]]` above each entry"));
            let diagnostic = self.document.error(value.span(), message);
            self.found.push(Diagnostic { hint, ..diagnostic });
            return None;
        };
        match value.get_ref() {
            DeValue::Table(table) => Some(self.table(table, schema, Some(value))),
            DeValue::Array(items) if schema["items"].is_object() => {
                Some(self.items(items.iter(), &schema["items"]))
            }
            DeValue::String(text) => self.text(value, text, schema),
            DeValue::Integer(_) => self.integer(value, schema),
            other => Some(toml_json::value(other)),
        }
    }

    fn items<'v, 'i: 'v>(
        &mut self,
        items: impl Iterator<Item = &'v Spanned<DeValue<'i>>>,
        schema: &'a Value,
    ) -> Value {
        let mut kept = Vec::new();
        for (index, item) in items.enumerate() {
            self.path.push(index.to_string());
            kept.extend(self.value(item, schema));
            self.path.pop();
        }
        Value::Array(kept)
    }

    fn table(
        &mut self,
        table: &DeTable<'_>,
        schema: &'a Value,
        whole: Option<&Spanned<DeValue<'_>>>,
    ) -> Value {
        let mut kept = Map::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let property = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
            self.path.push(name.to_owned());
            match property {
                Some(Value::Bool(false)) => {
                    let diagnostic = self.unknown_key(key, value.get_ref(), schema);
                    self.found.push(diagnostic);
                }
                None | Some(Value::Bool(true)) => {
                    drop(kept.insert(name.to_owned(), toml_json::value(value.get_ref())));
                }
                Some(property) => {
                    let value = self.value(value, property);
                    kept.extend(value.map(|value| (name.to_owned(), value)));
                }
            }
            self.path.pop();
        }
        self.missing_keys(table, schema, whole);
        Value::Object(kept)
    }

    fn missing_keys(&mut self, table: &DeTable<'_>, schema: &Value, whole: Option<&Spanned<DeValue<'_>>>) {
        if !self.whole {
            return;
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|&key| !table.contains_key(key)) {
            self.path.push(key.to_owned());
            let message = format!("`{}` is missing", self.name());
            self.path.pop();
            self.found.push(match whole {
                Some(whole) => self.document.error(whole.span(), message),
                None => {
                    self.document.error_without_place(message).hint(example(key, &schema["properties"][key]))
                }
            });
        }
    }

    /// The key as messages show it, without the indices of lists: the reported place shows which entry is
    /// meant.
    fn name(&self) -> String {
        let names = self.path.iter().map(String::as_str).filter(|part| part.parse::<usize>().is_err());
        names.collect::<Vec<_>>().join(".")
    }

    fn text(&mut self, value: &Spanned<DeValue<'_>>, text: &str, schema: &Value) -> Option<Value> {
        if text.trim().is_empty() && schema["minLength"].as_u64().is_some() {
            return self.refuse(value, format!("`{}` is empty", self.name()));
        }
        let choices = choices(schema);
        if choices.is_empty() || choices.contains(&text) {
            return Some(Value::String(text.to_owned()));
        }
        let message = format!("`{}` must be {}, not `{text}`", self.name(), listed(&choices, "or"));
        let diagnostic = self.document.error(value.span(), message).did_you_mean(text, choices);
        self.found.push(diagnostic);
        None
    }

    fn integer(&mut self, value: &Spanned<DeValue<'_>>, schema: &Value) -> Option<Value> {
        let integer = value.get_ref().as_integer().and_then(toml_json::integer);
        let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
        let most = schema["maximum"].as_i64().unwrap_or(i64::MAX);
        match integer {
            Some(integer) if (least..=most).contains(&integer) => Some(Value::from(integer)),
            Some(integer) if integer < least => {
                self.refuse(value, format!("`{}` must be at least {least}", self.name()))
            }
            _ => self.refuse(value, format!("`{}` must be at most {most}", self.name())),
        }
    }

    fn refuse(&mut self, value: &Spanned<DeValue<'_>>, message: String) -> Option<Value> {
        self.found.push(self.document.error(value.span(), message));
        None
    }

    fn unknown_key(
        &self,
        key: &Spanned<toml::de::DeString<'_>>,
        value: &DeValue<'_>,
        schema: &Value,
    ) -> Diagnostic {
        let name = key.get_ref().as_ref();
        let message = match &self.path[..] {
            [section, _] if section == "lint" => format!("unknown rule `{name}`"),
            _ => format!("unknown key `{}`", self.name()),
        };
        let diagnostic = self.document.error(key.span(), message);
        let elsewhere = self.elsewhere(name).filter(|_| !value.is_table());
        let known = keys(schema);
        match elsewhere {
            Some(hint) => diagnostic.hint(hint),
            None if self.path.len() == 1 && known.contains(&"extra") => {
                diagnostic.hint("keys of your own belong under `[extra]`").did_you_mean(name, known)
            }
            None if known.len() < 10 => {
                let hint = format!("known here: {}", listed(&known, "and"));
                diagnostic.hint(hint).did_you_mean(name, known)
            }
            None => diagnostic.did_you_mean(name, known),
        }
    }

    /// Another table in which an unknown key would be known.
    fn elsewhere(&self, name: &str) -> Option<String> {
        let [.., section, _] = self.path.as_slice() else {
            let sections = self.schema["properties"].as_object()?.iter();
            let sections = sections.filter(|(_, section)| section["properties"].get(name).is_some());
            let sections: Vec<_> = sections.map(|(section, _)| format!("`[{section}]`")).collect();
            return (!sections.is_empty())
                .then(|| format!("`{name}` belongs under {}", sections.join(" or ")));
        };
        let top = self.path.len() == 2 && self.schema["properties"].get(name).is_some();
        top.then(|| format!("`{name}` belongs at the top of the file; here it is a key of `[{section}]`"))
    }
}

/// Whether a schema allows a value of this type at all.
fn admits(schema: &Value, value: &DeValue<'_>) -> bool {
    let Some(wanted) = schema_type(schema) else { return true };
    match value {
        DeValue::String(_) => wanted == "string",
        DeValue::Integer(_) => matches!(wanted, "integer" | "number"),
        DeValue::Float(_) => wanted == "number",
        DeValue::Boolean(_) => wanted == "boolean",
        DeValue::Datetime(_) => false,
        DeValue::Array(_) => wanted == "array",
        DeValue::Table(_) => wanted == "object",
    }
}

fn schema_type(schema: &Value) -> Option<&str> {
    schema["type"].as_str().or_else(|| (!choices(schema).is_empty()).then_some("string"))
}

/// The allowed words of a schema for an enumeration; otherwise empty.
fn choices(schema: &Value) -> Vec<&str> {
    let plain = schema["enum"].as_array().into_iter().flatten();
    let described = schema["oneOf"].as_array().into_iter().flatten();
    let described = described.flat_map(|one| {
        let several = one["enum"].as_array().into_iter().flatten();
        several.chain(one.get("const"))
    });
    plain.chain(described).filter_map(Value::as_str).collect()
}

fn wanted(schema: &Value) -> String {
    let choices = choices(schema);
    if !choices.is_empty() {
        return listed(&choices, "or");
    }
    match schema_type(schema) {
        Some("string") => "text in quotes",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "`true` or `false`",
        Some("array") => "a list",
        _ => "a table",
    }
    .to_owned()
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(true) => "`true`",
        DeValue::Boolean(false) => "`false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn keys(schema: &Value) -> Vec<&str> {
    schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

/// `a`, `b` or `c`, with any conjunction.
pub(super) fn listed(words: &[&str], conjunction: &str) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {conjunction} {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// An example for a required key.
fn example(key: &str, property: &Value) -> String {
    format!("add `{key} = {}`", property["examples"].get(0).unwrap_or(&Value::from("…")))
}
