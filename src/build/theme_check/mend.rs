//! Mending a template: the tag that failed is put out of action where it stands, so that all other places
//! stay where they are.

use crate::base::diag::{Diagnostic, Place};
use crate::model::theme::Theme;

/// Puts the tag that a fault is about out of action. Returns whether that was possible.
pub(super) fn mend(theme: &mut Theme, fault: &Diagnostic) -> bool {
    let (Some(file), Some(place)) = (&fault.file, fault.place) else { return false };
    let Some(text) = theme.templates.get_mut(file) else { return false };
    let Some(at) = offset(text, place) else { return false };
    let Some((start, end)) = tag_around(text, at) else { return false };
    let Some(mended) = harmless(&text[start..end]) else { return false };
    text.replace_range(start..end, &mended);
    true
}

/// Whether a fault is about a variable that is empty only because the tag that sets it was mended.
pub(super) fn follows(theme: &Theme, fault: &Diagnostic) -> bool {
    let Some(text) = fault.file.as_ref().and_then(|file| theme.templates.get(file)) else { return false };
    let word = fault.message.split('`').nth(1).unwrap_or_default();
    !word.is_empty() && text.contains(&format!("{{% set {word} = \"\" %}}"))
}

/// Where a place is in a text; columns count characters.
fn offset(text: &str, place: Place) -> Option<usize> {
    let line_start = match place.line {
        0 => return None,
        1 => 0,
        line => text.match_indices('\n').nth(line as usize - 2)?.0 + 1,
    };
    let line = text[line_start..].split('\n').next()?;
    let column = place.column.saturating_sub(1) as usize;
    Some(line_start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at))
}

/// The tag that a byte lies in: `{{ … }}` or `{% … %}`.
pub(super) fn tag_around(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(start) = text[from..].find(['{']).map(|found| from + found) {
        let end_sign = match text.get(start..start + 2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                from = start + 1;
                continue;
            }
        };
        let end = start + text[start..].find(end_sign)? + 2;
        if start <= at && at < end {
            return (end_sign != "#}").then_some((start, end));
        }
        if start > at {
            return None;
        }
        from = end;
    }
    None
}

/// A tag of the same length, or nearly, that does nothing.
fn harmless(tag: &str) -> Option<String> {
    if tag.starts_with("{{") {
        return Some(blank(tag));
    }
    let inner = tag.trim_start_matches("{%").trim_start_matches('-');
    let open = &tag[..tag.len() - inner.len()];
    let inner = inner.trim_end_matches("%}").trim_end_matches('-');
    let close = &tag[open.len() + inner.len()..];
    let word = inner.trim_start().split([' ', '\n', '(']).next()?;
    let (head, rest) = match word {
        "if" | "elif" => (format!(" {word} 0 "), inner),
        "for" => (format!("{} in [] ", inner.split(" in ").next()?), inner),
        "set" | "set_global" => return Some(format!("{{% {} = \"\" %}}", inner.split('=').next()?.trim())),
        _ => return None,
    };
    let padding = blank(rest.get(head.len()..).unwrap_or_default());
    Some(format!("{open}{head}{padding}{close}"))
}

/// As many blanks as there are characters; line ends stay.
fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

/// The place of the first `safe` behind a value that is no HTML.
pub(super) fn unsafe_place(theme: &Theme) -> Option<(String, Place)> {
    const FINE: [&str; 5] = ["content", "json_ld", "drawn", "body", "svg"];
    for (file, text) in &theme.templates {
        for (at, _) in text.match_indices("| safe") {
            let Some((start, end)) = tag_around(text, at) else { continue };
            if !FINE.iter().any(|word| text[start..end].contains(word)) {
                return Some((file.clone(), Place::of(text, start, end)));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_disabled_in_place() {
        let check = |tag: &str, expected: &str| assert_eq!(harmless(tag).as_deref(), Some(expected));
        check("{{ a.b }}", "         ");
        check("{%- if article.x -%}", "{%- if 0         -%}");
        check("{% for x in a.b.c %}", "{% for x in []    %}");
        check("{% set x = a.b %}", "{% set x = \"\" %}");
        assert_eq!(harmless("{% include \"x\" %}"), None);
    }

    #[test]
    fn tags_are_found_around_a_byte() {
        let text = "a {{ b }} {# {{ c }} #} {% if d %}";
        let at =
            |word: &str| tag_around(text, text.find(word).unwrap()).map(|(start, end)| &text[start..end]);
        assert_eq!(at("b "), Some("{{ b }}"));
        assert_eq!(at("d "), Some("{% if d %}"));
        assert_eq!(at("a"), None);
        assert_eq!(at("c "), None);
    }
}
