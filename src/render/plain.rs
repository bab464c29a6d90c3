//! Tera's messages in plain words: they name types of Rust, and do not say what else an unknown name may mean.

use super::idioms;
use crate::base::diag::Diagnostic;

/// The filters that a template can use: Tera's own, and those of [`super::filters`].
const FILTERS: [&str; 45] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "address",
    "whole",
    "counted",
    "filled",
    "listed",
    "marks",
    "spaced",
    "urlencode",
    "json",
];

/// The tests of Tera.
const TESTS: [&str; 17] = [
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// Adds what an unknown filter, test or function may mean.
pub(super) fn advised(fault: Diagnostic) -> Diagnostic {
    let message = fault.message.clone();
    let unknown = |kind: &str| message.strip_prefix(kind)?.strip_prefix(" `")?.strip_suffix('`');
    if let Some(name) = unknown("unknown test") {
        return fault.did_you_mean(name, TESTS);
    }
    if let Some(hint) = unknown("unknown function").and_then(idioms::function) {
        return fault.hint(hint);
    }
    let Some(name) = unknown("unknown filter") else { return fault };
    match idioms::filter(name) {
        Some(hint) => fault.hint(hint),
        None => fault.did_you_mean(name, FILTERS),
    }
}

/// A message about values of wrong types.
pub(super) fn worded(message: String) -> String {
    // These name what somebody has written, which may be called like a type.
    let is_of_names = ["field ", "variable ", "unknown "].iter().any(|start| message.starts_with(start));
    if is_of_names || message.ends_with(" is not defined") {
        return message;
    }
    let kinds: Vec<&str> = message.split('`').skip(1).step_by(2).filter_map(kind).collect();
    match (kinds.as_slice(), message.split(['`', ' ']).next().unwrap_or_default()) {
        ([expected, got], "invalid") => format!("expected {expected}, but this is {got}"),
        ([one], "iteration") => format!("`for` cannot go through {one}"),
        ([one], "key/value") => format!("`for` cannot take keys and values from {one}, only from a map"),
        ([one], _) if message.starts_with("`in` cannot be used on a container") => {
            format!("`in` cannot look into {one}, only into a list, a text or a map")
        }
        _ => {
            match message.strip_prefix("value of type ").and_then(|rest| rest.strip_suffix(" has no length"))
            {
                Some(one) => format!("{} has no length", kind(one).unwrap_or(one)),
                None => substituted(&message),
            }
        }
    }
}

/// A message with words in the place of the types in it.
fn substituted(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    for (number, part) in message.split('`').enumerate() {
        match kind(part) {
            Some(kind) if number % 2 == 1 => text.push_str(kind),
            _ if number % 2 == 1 => text.extend(["`", part, "`"]),
            _ => text.push_str(part),
        }
    }
    text
}

/// A type of Rust, or a kind of value of Tera, in words.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "undefined" => "what is not defined",
        "none" => "none",
        "bool" => "true or false",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            "a whole number"
        }
        "f32" | "f64" | "Number" => "a number",
        "array" | "&[Value]" | "Vec<Value>" => "a list",
        "string" | "&str" | "String" => "a text",
        "map/struct" | "Map" => "a map",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use tera::Tera;

    use super::*;
    use crate::base::diag::Rule;

    #[test]
    fn types_are_told_in_words() {
        for (message, expected) in [
            (
                "invalid type for the value, expected `&[Value]` but got `string`",
                "expected a list, but this is a text",
            ),
            ("iteration not possible on type `i64`", "`for` cannot go through a whole number"),
            (
                "key/value iteration is not possible on type `array`, only on maps",
                "`for` cannot take keys and values from a list, only from a map",
            ),
            ("value of type u64 has no length", "a whole number has no length"),
            ("cannot compare `string` with `f64`", "cannot compare a text with a number"),
            (
                "`+` requires both operands to be numbers, found `string` and `i64`",
                "`+` requires both operands to be numbers, found a text and a whole number",
            ),
            (
                "`in` cannot be used on a container of type `i64`. It can only be used on arrays, strings and map/structs",
                "`in` cannot look into a whole number, only into a list, a text or a map",
            ),
            ("field `string` is not defined", "field `string` is not defined"),
        ] {
            assert_eq!(worded(message.to_owned()), expected);
        }
    }

    #[test]
    fn the_known_filters_and_tests_are_those_of_tera() {
        let mut tera = Tera::new();
        let ours = FILTERS.iter().filter(|name| {
            let text = format!("{{{{ 'x' | {name} }}}}");
            Tera::new().add_raw_template("x", &text).is_err()
        });
        assert_eq!(
            ours.copied().collect::<Vec<_>>(),
            ["address", "whole", "counted", "filled", "listed", "marks", "spaced", "urlencode", "json"]
        );
        for test in TESTS {
            tera.add_raw_template("x", &format!("{{{{ 3 is {test} }}}}")).unwrap();
        }
        for (name, known) in idioms::OTHER_NAMES {
            assert!(!FILTERS.contains(&name) && FILTERS.contains(&known), "{name}");
        }
    }

    #[test]
    fn an_unknown_filter_or_test_gets_a_hint() {
        for (message, hint) in [
            ("unknown filter `sfae`", "did you mean `safe`?"),
            ("unknown filter `upcase`", "did you mean `upper`?"),
            (
                "unknown filter `date`",
                "Tera 2 has it no more; what views hold is ready to be written, dates and addresses too",
            ),
            ("unknown filter `concat`", "join lists with `[...a, ...b]`, and texts with `~`"),
            ("unknown function `load_data`", "files under `data/` are there as `site.data`"),
            ("unknown test `definded`", "did you mean `defined`?"),
        ] {
            assert_eq!(advised(Diagnostic::new(Rule::Template, message)).hint.as_deref(), Some(hint));
        }
    }
}
