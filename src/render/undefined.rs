//! Better messages for a value that is not defined. Tera does not say which value was asked for the field, and does not
//! list the keys of a map.

use crate::base::diag::{Diagnostic, closest};
use crate::model::theme::Theme;

/// The maps whose keys a theme knows.
pub(super) struct Maps(Vec<(&'static str, Vec<String>)>);

impl Maps {
    pub(super) fn of(theme: &Theme) -> Self {
        Self(vec![
            ("site.words", theme.words.all.keys().cloned().collect()),
            ("site.options", theme.options.keys().cloned().collect()),
            ("site.assets", theme.assets.keys().cloned().collect()),
        ])
    }

    /// Adds a hint to a fault about an unknown key.
    pub(super) fn advise(&self, mut fault: Diagnostic) -> Diagnostic {
        let mut words = fault.message.split('`').skip(1).step_by(2);
        if let (None, Some(map), Some(key)) = (&fault.hint, words.next(), words.next())
            && let Some((_, keys)) = self.0.iter().find(|(name, _)| *name == map)
            && let Some(like) = closest(key, keys.iter().map(String::as_str))
        {
            fault.hint = Some(format!("did you mean `{like}`?"));
        }
        fault
    }
}

/// A fault with more to it, if it is about a value that is not there. `report` is Tera's text, with the line.
pub(super) fn explained(fault: Diagnostic, report: &str) -> Diagnostic {
    let line = report.lines().nth(3).and_then(|line| line.split_once(" | ")).map_or("", |(_, line)| line);
    let Some(place) = fault.place.filter(|_| fault.hint.is_none()) else { return fault };
    let start = place.column as usize - 1;
    let before: String = line.chars().take(start).collect();
    let meant: String = line.chars().skip(start).take(place.width as usize).collect();
    if let Some((map, key)) = subscript(&meant) {
        return Diagnostic { message: format!("`{map}` has no `{key}`"), ..fault };
    }
    match before.strip_suffix('.').map(path_at_end) {
        Some(parent) if !parent.is_empty() && fault.message.starts_with("field `") => {
            let message = format!("{}: `{parent}` is none here, or a single value", fault.message);
            Diagnostic { message, ..fault }
                .hint(format!("what may be none is asked for first: `{{% if {parent} %}}` … `{{% endif %}}`"))
        }
        _ => fault,
    }
}

/// The map and the key in `site.words["key"`; Tera leaves the last bracket out.
fn subscript(text: &str) -> Option<(&str, &str)> {
    let (map, key) = text.trim_end_matches(']').split_once('[')?;
    let quote = key.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let key = key.strip_prefix(quote)?.strip_suffix(quote)?;
    (path_at_end(map) == map && !key.contains(quote)).then_some((map, key))
}

/// The path of fields that ends a text.
fn path_at_end(text: &str) -> &str {
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
    start.map_or(text, |at| &text[at + text[at..].chars().next().map_or(0, char::len_utf8)..])
}
