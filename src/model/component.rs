//! Components: blocks of a text that the theme draws, `::: note {kind="tip"}` … `:::`.
//!
//! A text has only the name and the arguments, as they are written ([`Block`], and [`Usage`] for the check).
//! The theme says which components exist and which parameters they have ([`Component`]). Nothing here draws
//! one.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::article::LinkKind;
use crate::base::diag::Place;

/// A component where an article uses it, with the places that a check needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Its name, as it is written: `data-table`.
    pub name: String,
    /// Where the name stands.
    pub place: Place,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// Whether anything lies in it.
    pub has_text: bool,
}

/// An argument of a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Written,
    /// Where the name stands.
    pub place: Place,
    /// Where the value stands, or the name if there is no value.
    pub value_place: Place,
}

/// The value of an argument, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// No value: `{controls}` means `{controls="true"}`.
    Nothing,
    /// A text.
    Text(String),
    /// An address of the site, as an index into the article's links.
    Link(u32),
}

/// A component in a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name, as it is written.
    pub name: String,
    /// Its arguments, by name.
    pub arguments: Vec<(String, Written)>,
    /// The offset in the body's HTML at which its content begins.
    pub start: u32,
    /// The offset at which its content ends.
    pub end: u32,
    /// The number of components around it. For one without content, the offsets would not tell.
    pub depth: u32,
    /// The first fence of CSV that lies directly in it.
    pub table: Option<Table>,
}

/// Rows of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
    /// Whether a column holds nothing but numbers.
    pub numeric: Vec<bool>,
}

impl Table {
    /// Makes a table and finds its numeric columns.
    pub fn new(head: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let cells =
            |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
        let numeric = |column| {
            cells(column).all(|cell| cell.is_empty() || is_number(cell)) && cells(column).any(is_number)
        };
        Self { numeric: (0..head.len()).map(numeric).collect(), head, rows }
    }

    /// A list of maps with the same keys, which is what a CSV file under `data/` becomes, as a table.
    pub fn of(data: &Value) -> Option<Self> {
        let rows: Vec<_> = data.as_array()?.iter().map(Value::as_object).collect::<Option<_>>()?;
        let head: Vec<String> = rows.first()?.keys().cloned().collect();
        let cell = |value: Option<&Value>| match value {
            None | Some(Value::Null) => Some(String::new()),
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Array(_) | Value::Object(_)) => None,
            Some(value) => Some(value.to_string()),
        };
        let row = |row: &&serde_json::Map<_, _>| head.iter().map(|key| cell(row.get(key))).collect();
        let rows = rows.iter().map(row).collect::<Option<_>>()?;
        Some(Self::new(head, rows))
    }
}

/// Whether a cell is a number in one of the usual spellings: `1,024.5`, `−3 %`, `12 000`, `€ 5`.
fn is_number(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
        && cell.chars().all(|c| {
            c.is_ascii_digit()
                || c.is_whitespace()
                || matches!(c, '.' | ',' | '+' | '-' | '−' | '–' | '%' | '\'' | '’' | '€' | '$' | '£' | '¥')
        })
}

/// A component that a theme has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its name in texts.
    pub name: String,
    /// One sentence; may be empty.
    pub description: String,
    /// Its parameters, sorted by name.
    pub parameters: Vec<Parameter>,
    /// Whether it shows what lies in it.
    pub shows_text: bool,
}

/// A parameter of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub kind: ParameterKind,
    /// The only texts that are allowed; empty if any text is.
    pub choices: Vec<String>,
    /// Whether it must be given.
    pub is_required: bool,
    /// Its default, as templates write it.
    pub default: String,
    /// One sentence; may be empty.
    pub description: String,
}

/// The type of a parameter's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
}

impl Parameter {
    /// The value that is meant by a written text, or else a clause that says which values are allowed.
    pub fn value(&self, text: Option<&str>) -> Result<Value, String> {
        match (self.kind, text) {
            (ParameterKind::Bool, None | Some("true" | "yes")) => Ok(Value::Bool(true)),
            (ParameterKind::Bool, Some("false" | "no")) => Ok(Value::Bool(false)),
            (ParameterKind::Bool, _) => Err("`true` or `false`".to_owned()),
            (ParameterKind::Integer, text) => text
                .and_then(|text| text.trim().parse::<i64>().ok())
                .map(Value::from)
                .ok_or_else(|| "a whole number".to_owned()),
            (ParameterKind::Number, text) => text
                .and_then(|text| text.trim().parse::<f64>().ok())
                .filter(|number| number.is_finite())
                .map(Value::from)
                .ok_or_else(|| "a number".to_owned()),
            (ParameterKind::Text, None) => Err("a text: write `name=\"…\"`".replace("name", &self.name)),
            (ParameterKind::Text, Some(text)) => {
                if self.choices.is_empty() || self.choices.iter().any(|choice| choice == text) {
                    return Ok(Value::from(text));
                }
                let choices: Vec<_> = self.choices.iter().map(|choice| format!("`{choice}`")).collect();
                Err(choices.join(" or "))
            }
        }
    }
}

/// Whether an argument is an address, and of which kind. The name alone decides, in every component, because
/// parsing does not know the theme.
pub fn leads_to(argument: &str) -> Option<LinkKind> {
    match argument {
        "src" | "poster" => Some(LinkKind::Picture),
        "href" => Some(LinkKind::Link),
        _ if argument.ends_with("_src") => Some(LinkKind::Picture),
        _ if argument.ends_with("_href") => Some(LinkKind::Link),
        _ => None,
    }
}

/// The argument that names a file under `data/`, in every component.
pub const DATA: &str = "data";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_numbers_are_recognised() {
        let rows = |rows: &[&[&str]]| {
            let rows: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
            let head = vec![String::new(); rows[0].len()];
            Table::new(head, rows).numeric
        };
        assert_eq!(rows(&[&["1,024.5", "a", ""], &["−3 %", "2", ""]]), [true, false, false]);
        assert_eq!(rows(&[&["12 000", "2024-03"], &["", "x"]]), [true, false]);
    }

    #[test]
    fn arguments_become_typed_values() {
        let parameter = |kind, choices: &[&str]| Parameter {
            name: "p".to_owned(),
            kind,
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            is_required: false,
            default: String::new(),
            description: String::new(),
        };
        let number = parameter(ParameterKind::Integer, &[]);
        assert_eq!(number.value(Some("3")), Ok(Value::from(3)));
        assert_eq!(number.value(Some("three")), Err("a whole number".to_owned()));
        assert_eq!(parameter(ParameterKind::Number, &[]).value(Some("inf")), Err("a number".to_owned()));
        assert_eq!(parameter(ParameterKind::Bool, &[]).value(None), Ok(Value::Bool(true)));
        let choice = parameter(ParameterKind::Text, &["a", "b"]);
        assert_eq!(choice.value(Some("b")), Ok(Value::from("b")));
        assert_eq!(choice.value(Some("c")), Err("`a` or `b`".to_owned()));
    }
}
