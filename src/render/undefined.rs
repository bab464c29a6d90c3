//! Better messages for a value that is not defined. Tera does not say which value was asked for the field, and does not
//! list the keys of a map.

use crate::base::diag::{Diagnostic, closest};
use crate::base::template::QUOTES;
use crate::model::theme::Theme;

/// Their names.
const MAPS: [&str; 3] = ["site.words", "site.options", "site.assets"];

/// The maps whose keys a theme knows.
pub(super) struct Maps(Vec<(&'static str, Vec<String>)>);

impl Maps {
    pub(super) fn of(theme: &Theme) -> Self {
        let keys: [Vec<String>; 3] = [
            theme.words.all.keys().cloned().collect(),
            theme.options.keys().cloned().collect(),
            theme.assets.keys().cloned().collect(),
        ];
        Self(MAPS.into_iter().zip(keys).collect())
    }

    /// Adds a hint to a fault about an unknown key. The file of the fault is known by its whole path.
    pub(super) fn advise(&self, mut fault: Diagnostic) -> Diagnostic {
        let mut words = fault.message.split('`').skip(1).step_by(2);
        if let (None, Some(map), Some(key)) = (&fault.hint, words.next(), words.next())
            && let Some((_, keys)) = self.0.iter().find(|(name, _)| *name == map)
        {
            fault.hint = match closest(key, keys.iter().map(String::as_str)) {
                Some(like) => Some(format!("did you mean `{like}`?")),
                None if map == "site.words" => {
                    let file = fault.file.as_deref().unwrap_or_default();
                    let layer = file.split_once("templates/").map_or("", |(layer, _)| layer);
                    Some(format!("add `{key} = \"…\"` to `{layer}i18n/en.toml`"))
                }
                None => Some(format!("there is: {}", keys.join(", "))).filter(|_| !keys.is_empty()),
            };
        }
        fault
    }
}

/// A fault with more to it, if it is about a value that is not there. `report` is Tera's text, with the line.
pub(super) fn explained(fault: Diagnostic, report: &str) -> Diagnostic {
    let line = report.lines().nth(3).and_then(|line| line.split_once(" | ")).map_or("", |(_, line)| line);
    let Some(place) = fault.place else { return fault };
    let start = line.char_indices().nth(place.column as usize - 1).map_or(line.len(), |(at, _)| at);
    let (before, rest) = line.split_at(start);
    let meant: String = rest.chars().take(place.width as usize).collect();
    if let (None, Some((map, key))) = (&fault.hint, subscript(&meant)) {
        return Diagnostic { message: format!("`{map}` has no `{key}`"), ..fault };
    }
    if let Some((path, message)) = undefined(&fault.message, before, rest) {
        let hint = path.rsplit_once('.').and_then(|(parent, key)| ask_first(parent, key));
        return Diagnostic { message, hint, ..fault };
    }
    let Some(key) = fault.message.strip_prefix("field `").and_then(|rest| rest.split('`').next()) else {
        return fault;
    };
    let key = key.to_owned();
    match before.strip_suffix('.').map(path_at_end) {
        Some(parent) if !parent.is_empty() => missing(fault, parent, &key),
        // Tera means the list and the place in it, but not the bracket that ends it.
        None if meant.contains('[') => {
            let end = meant.len() + usize::from(rest[meant.len()..].starts_with(']'));
            missing(fault, &rest[..end], &key)
        }
        _ => fault,
    }
}

/// That `parent` has no field `key`, and what can be done about it.
fn missing(fault: Diagnostic, parent: &str, key: &str) -> Diagnostic {
    let is_likened = fault.hint.as_ref().is_some_and(|hint| hint.starts_with("did you mean"));
    let told = |message: String, hint: Option<String>| {
        let hint = if is_likened { fault.hint.clone() } else { hint };
        Diagnostic { message, hint, ..fault.clone() }
    };
    let last = parent.rsplit('.').next().unwrap_or_default();
    if MAPS.contains(&parent) {
        return told(format!("`{parent}` has no `{key}`"), None);
    }
    if last == "drawn" {
        let folder = if parent == "site.drawn" { "site" } else { "cards" };
        let hint = format!("it would be drawn by a template `{folder}/{key}.html` of the theme");
        return told(format!("`{parent}` has no `{key}`"), Some(hint));
    }
    if let Some(hint) = ask_first(parent, key) {
        return told(format!("`{parent}` has no `{key}` here"), Some(hint));
    }
    if fault.hint.is_some() {
        return fault;
    }
    let message = format!("{}: `{parent}` is none here, or a single value", fault.message);
    let hint = format!("what may be none is asked for first: `{{% if {parent} %}}` … `{{% endif %}}`");
    told(message, Some(hint))
}

/// What to do about a key of a map that anybody may fill.
fn ask_first(parent: &str, key: &str) -> Option<String> {
    let is_free = parent.starts_with("site.data") || parent.split('.').any(|part| part == "extra");
    is_free.then(|| {
        format!(
            "what may be missing is asked for first: `{{% if {parent}.{key} %}}` … `{{% endif %}}`, or has another value \
             in its place: `{parent}.{key} | default(value=\"…\")`"
        )
    })
}

/// The value that is not defined and a message that says so, if a message is about using one as if it were. `before` and
/// `rest` are the line before and from the place.
fn undefined<'t>(message: &str, before: &'t str, rest: &'t str) -> Option<(&'t str, String)> {
    let is_used = message.ends_with(" `undefined`")
        && (message.starts_with("iteration") || message.starts_with("invalid type"))
        || message.starts_with("key/value iteration is not possible on type `undefined`")
        || matches!(message, "cannot index into an undefined value" | "cannot slice an undefined value");
    let is_counted = message == "value of type undefined has no length";
    let path = if is_counted {
        path_at_end(before.trim_end().strip_suffix('|')?.trim_end())
    } else {
        path_at_start(rest)
    };
    // Tera does not say which of several brackets it means; the last one is right even then.
    let path = if message.starts_with("cannot ") {
        path.rsplit_once('[').map_or(path, |(list, _)| list)
    } else {
        path
    };
    if path.is_empty() || !(is_used || is_counted) {
        return None;
    }
    // Tera says the same of an argument of a filter.
    let tag = rest.split(['}', '%']).next().unwrap_or_default();
    let or_argument = message.starts_with("invalid type") && tag.contains('(');
    let beside = if or_argument { ", or an argument beside it," } else { "" };
    Some((path, format!("`{path}`{beside} is not defined")))
}

/// The map and the key in `site.words["key"`; Tera leaves the last bracket out.
fn subscript(text: &str) -> Option<(&str, &str)> {
    let (map, key) = text.trim_end_matches(']').split_once('[')?;
    let quote = key.chars().next().filter(|c| QUOTES.contains(c))?;
    let key = key.strip_prefix(quote)?.strip_suffix(quote)?;
    (path_at_end(map) == map && !key.contains(quote)).then_some((map, key))
}

/// The path of fields that ends a text.
fn path_at_end(text: &str) -> &str {
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
    start.map_or(text, |at| &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..])
}

/// The path that begins a text, with what stands in brackets.
fn path_at_start(text: &str) -> &str {
    let mut depth = 0_u32;
    let end = text.find(|c: char| {
        match c {
            '[' => depth += 1,
            ']' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0 && !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '?'))
    });
    &text[..end.unwrap_or(text.len())]
}
