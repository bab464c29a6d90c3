//! A file under the data folder → a value for templates.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::matter;
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::model::path::ContentPath;

/// Reads JSON, YAML, TOML or CSV, by the file's extension. A CSV file becomes a list of maps, with the keys
/// from its first line.
pub fn data(path: &ContentPath, bytes: &[u8]) -> Result<Value, Box<Diagnostic>> {
    let told = |fault: Fault| {
        let told = Diagnostic::new(Rule::BadData, fault.message).in_file(path.as_str()).at(fault.place);
        Box::new(Diagnostic { hint: fault.hint.map(str::to_owned), ..told })
    };
    let text = std::str::from_utf8(bytes).map_err(|_| told(Fault::new("the file is not UTF-8")))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = match path.extension().to_ascii_lowercase().as_str() {
        "json" => json(text),
        "yaml" | "yml" => yaml(text),
        "toml" => toml(text),
        "csv" => csv(text),
        "" => Err(Fault::new("the file has no extension; it may be `.json`, `.yaml`, `.toml` or `.csv`")),
        other => Err(Fault::new(format!("`.{other}` is none of `.json`, `.yaml`, `.toml` and `.csv`"))),
    };
    read.map_err(told)
}

struct Fault {
    message: String,
    place: Option<Place>,
    hint: Option<&'static str>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), place: None, hint: None }
    }

    fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    fn at(self, line: u64, column: u64) -> Self {
        let place = Place { line: line as u32, column: column.max(1) as u32, width: 1 };
        Self { place: Some(place).filter(|place| place.line > 0), ..self }
    }
}

fn json(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line() as u64, error.column() as u64);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Fault::new(format!("this is not JSON: {message}")).at(line, column)
    })
}

fn yaml(text: &str) -> Result<Value, Fault> {
    serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((0, 0), |at| (at.line() as u64, at.column() as u64));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Fault::new(format!("this is not YAML: {message}")).at(line, column)
    })
}

fn toml(text: &str) -> Result<Value, Fault> {
    matter::toml(text).map(Value::Object).map_err(|bad| Fault {
        message: format!("this is not TOML: {}", bad.message),
        place: Some(Place::of(text, bad.range.start, bad.range.end)),
        hint: None,
    })
}

fn csv(text: &str) -> Result<Value, Fault> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fault = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        Fault::new("this is not CSV: the line has more or fewer fields than the first").at(line, 1)
    };
    let keys = reader.headers().map_err(fault)?.clone();
    if let Some(sign) = other_separator(&keys) {
        let fault = Fault::new(format!("the fields are separated by {sign} and not by commas")).at(1, 1);
        return Err(fault.hint("save it with commas: the program that made it calls that `CSV (comma delimited)` or asks for the separator"));
    }
    // Tables that were drawn up by hand often end in columns without a name, in which nothing is.
    let mut known = HashSet::new();
    if let Some(again) = keys.iter().find(|key| !key.is_empty() && !known.insert(*key)) {
        return Err(Fault::new(format!("two columns are called `{again}`")).at(1, 1));
    }
    let row = |record: csv::StringRecord| {
        let fields = keys.iter().zip(&record).map(|(key, field)| (key.to_owned(), Value::from(field)));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    reader.records().map(|record| record.map(row).map_err(fault)).collect()
}

/// What separates the fields of a first line that has no comma.
fn other_separator(head: &csv::StringRecord) -> Option<&'static str> {
    let mut fields = head.iter();
    let (Some(only), None) = (fields.next(), fields.next()) else { return None };
    [(';', "semicolons"), ('\t', "tabs")]
        .into_iter()
        .find(|(sign, _)| only.contains(*sign))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &str) {
        let seen = match data(&ContentPath::new(name), text.as_bytes()) {
            Ok(value) => value.to_string(),
            Err(fault) => format!("{}: {}", fault.place.map_or(0, |place| place.line), fault.message),
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn four_formats_are_read() {
        check("a.json", "{\"a\": [1, 2]}", r#"{"a":[1,2]}"#);
        check("a.yaml", "a: [1, 2]", r#"{"a":[1,2]}"#);
        check("a.toml", "a = [1, 2]", r#"{"a":[1,2]}"#);
        check(
            "a.toml",
            "[day]\na = 2024-01-01\nb = 2024-01-01T10:00:00Z",
            r#"{"day":{"a":"2024-01-01","b":"2024-01-01T10:00:00Z"}}"#,
        );
        check("a.csv", "name,age\nIda,7\n", r#"[{"name":"Ida","age":"7"}]"#);
    }

    #[test]
    fn errors_have_a_line() {
        check("a.json", "{\n \"a\": }", "2: this is not JSON: expected value");
        check(
            "a.csv",
            "a,b\n1,2\n3\n",
            "3: this is not CSV: the line has more or fewer fields than the first",
        );
        check("a.csv", "a,b,,a,\n1,2,,3,\n", "1: two columns are called `a`");
        check("a.csv", "a;b\n1;2\n", "1: the fields are separated by semicolons and not by commas");
        check("a.csv", "a\tb\n1\t2\n", "1: the fields are separated by tabs and not by commas");
        check("a.csv", "a\n1;2\n", r#"[{"a":"1;2"}]"#);
        check("a.csv", "a,,\n1,,\n", r#"[{"a":"1","":""}]"#);
        check("staff", "", "0: the file has no extension; it may be `.json`, `.yaml`, `.toml` or `.csv`");
        check("a.txt", "", "0: `.txt` is none of `.json`, `.yaml`, `.toml` and `.csv`");
    }
}
