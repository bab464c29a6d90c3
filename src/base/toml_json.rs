//! TOML as the values of JSON, which templates and front matter have.

use serde_json::{Map, Number, Value};
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

/// A value. Dates become text, and so does a number that JSON or 64 bits cannot hold.
pub fn value(toml: &DeValue<'_>) -> Value {
    match toml {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            integer(number).map_or_else(|| Value::String(number.to_string()), Value::from)
        }
        DeValue::Float(number) => {
            float(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
        DeValue::Table(entries) => Value::Object(table(entries)),
    }
}

/// A table.
pub fn table(toml: &DeTable<'_>) -> Map<String, Value> {
    toml.iter().map(|(key, inner)| (key.get_ref().to_string(), value(inner.get_ref()))).collect()
}

/// An integer, if it fits into 64 bits.
pub fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn float(number: &DeFloat<'_>) -> Option<Number> {
    number.as_str().parse().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_form_in_json() {
        for (toml, json) in [
            ("'a'", r#""a""#),
            ("0x1F", "31"),
            ("99999999999999999999", r#""99999999999999999999""#),
            ("1.50", "1.5"),
            ("nan", r#""nan""#),
            ("-inf", r#""-inf""#),
            ("true", "true"),
            ("2024-01-01", r#""2024-01-01""#),
            ("[1, {a = 2}]", r#"[1,{"a":2}]"#),
        ] {
            let text = format!("a = {toml}");
            let read = DeTable::parse(&text).unwrap();
            assert_eq!(Value::Object(table(read.get_ref())).to_string(), format!("{{\"a\":{json}}}"));
        }
    }
}
