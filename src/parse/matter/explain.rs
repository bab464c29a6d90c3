//! Explains serde's errors about wrong values in words for the author.

use super::value::Culprit;
use crate::base::diag::{Diagnostic, closest};
use crate::model::front_keys::are_same;

/// Fills in the message and, if possible, a hint.
pub(super) fn value(diagnostic: Diagnostic, name: &str, culprit: &Culprit) -> Diagnostic {
    let said = culprit.message.as_str();
    let (what, rest) = said.split_once(": ").or_else(|| said.split_once(" variant ")).unwrap_or((said, ""));
    let (got, wanted) = rest.split_once(", expected ").unwrap_or((rest, ""));
    match what {
        "invalid type" => {
            let or_list = if culprit.list_is_fine && !wanted.contains("list") { " or a list" } else { "" };
            let (wanted, got) = (plain_type(wanted), plain_type(got));
            let message = format!("`{name}` must be {wanted}{or_list}, not {got}");
            Diagnostic { message, hint: example(name), ..diagnostic }
        }
        "unknown" => {
            let hint = choice(got, wanted);
            Diagnostic { message: format!("`{name}` cannot be {got}"), hint: Some(hint), ..diagnostic }
        }
        "invalid value" => {
            Diagnostic { message: format!("`{name}` cannot be {}", plain_type(got)), ..diagnostic }
        }
        _ => Diagnostic { message: format!("`{name}` has an invalid value: {said}"), ..diagnostic },
    }
}

/// An example of a key that people often give a value of another kind.
fn example(name: &str) -> Option<String> {
    match name {
        "comments" => Some("write `open`, `closed` or `off`".to_owned()),
        _ if are_same("authors", name) || are_same("tags", name) => {
            Some(format!("write the names alone: `{name}: [One, Another]`"))
        }
        _ => are_same("withdrawn", name).then(|| withdrawn(name)),
    }
}

/// How to write since when, or why, an article is withdrawn.
pub(in crate::parse) fn withdrawn(name: &str) -> String {
    format!(
        "write since when, `{name}: 2022-01-11`, or why: `{name}: {{reason: \"The photographs were not ours\"}}`"
    )
}

/// The choices that serde lists, and the one that is most like `got`.
fn choice(got: &str, wanted: &str) -> String {
    let choices = wanted.split('`').skip(1).step_by(2);
    match closest(got.trim_matches('`'), choices) {
        Some(best) => format!("did you mean `{best}`?"),
        None => format!("it is {wanted}"),
    }
}

fn plain_type(serde: &str) -> String {
    match serde {
        "sequence" => "a list".to_owned(),
        "map" => "a map".to_owned(),
        "null" | "unit value" => "empty".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        "u32" => "a whole number".to_owned(),
        "text" | "a string" | "string or map" => "text".to_owned(),
        other if other.starts_with("struct ") => "a map".to_owned(),
        other => match other.split_once(' ') {
            Some(("string", value)) => format!("the text {}", value.replace('"', "`")),
            Some(("boolean" | "integer", value)) => value.to_owned(),
            Some(("floating", value)) => value.trim_start_matches("point ").to_owned(),
            _ => other.to_owned(),
        },
    }
}
