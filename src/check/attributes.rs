//! Finds attributes whose value is an expression without quotes around it.
//!
//! It follows a template only as far as it must to know whether it is within a tag of HTML. Branches are read one
//! after the other.

use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::template;

/// Where in HTML a text is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    /// Within a tag, in a value with this quote.
    Tag(Option<char>),
    /// In an element without HTML, up to this end.
    Raw(&'static str),
}

/// Reports attributes such as `href={{ x }}`.
pub(super) fn unquoted(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (mut at, mut state, mut after_tag) = (0, State::Text, State::Text);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if state == State::Tag(None) && rest.starts_with("={{") {
            found.push(fault(text, at));
        }
        if let Some(length) = skipped(rest, state) {
            at += length;
            continue;
        }
        state = match (state, first) {
            (State::Text, '<') if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                after_tag = content(rest);
                State::Tag(None)
            }
            (State::Tag(None), '>') => after_tag,
            (State::Tag(None), '"' | '\'') => State::Tag(Some(first)),
            (State::Tag(Some(quote)), _) if quote == first => State::Tag(None),
            (State::Raw(end), '<') if rest.starts_with(end) => State::Text,
            (state, _) => state,
        };
        at += first.len_utf8();
    }
    found
}

fn fault(text: &str, at: usize) -> Diagnostic {
    Diagnostic::new(Rule::Template, "the value of an attribute has no quotes")
        .at(Place::of(text, at + 1, at + 3))
        .hint("write `=\"{{ … }}\"`, or a space in the value ends it")
}

/// The length of a tag or comment of the template, or of a comment of HTML, at the start of a text.
fn skipped(text: &str, state: State) -> Option<usize> {
    if template::is_tag(text) {
        return Some(template::length(text).unwrap_or(text.len()));
    }
    let is_comment = state == State::Text && text.starts_with("<!--");
    is_comment.then(|| text.find("-->").map_or(text.len(), |at| at + 3))
}

/// What the element that begins here has inside.
fn content(text: &str) -> State {
    let is = |name: &str| text[1..].starts_with(name);
    match text {
        _ if is("script") => State::Raw("</script"),
        _ if is("style") => State::Raw("</style"),
        _ => State::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_of_attributes_need_quotes() {
        let columns =
            |text: &str| -> Vec<u32> { unquoted(text).iter().map(|one| one.place.unwrap().column).collect() };
        for (text, expected) in [
            ("<a href={{ x }} title={{ y }}>{{ z }}</a>", &[9, 23][..]),
            ("<p{% if a == \">\" %} lang={{ x }}{% endif %}>", &[26]),
            ("<a title='>' href={{ x }}>", &[19]),
            ("<a class=\"{{ '}}\"' }}\" href={{ x }}>", &[29]),
        ] {
            assert_eq!(columns(text), expected, "{text}");
        }
        for fine in [
            "<a href=\"{{ x }}\">",
            "<a href=\"https://e.example/?url={{ page.canonical }}&amp;t={{ page.title }}\">",
            "<a href='/?q={{ x }}'>",
            "{# <a href={{ x }}> #}",
            "<!-- <a href={{ x }}> -->",
            "<script>if (a < b) total={{ 3 }};</script>",
            "<script type=\"module\">if (a<b) total={{ 3 }};</script>",
            "<style>a{b:c={{ 3 }}}</style>",
            "a={{ b }}",
            "a < b={{ c }}",
            "<p>a={{ b }}</p>",
            "<p class=\"{% if x == \"y\" %}z{% endif %}\">a={{ b }}",
        ] {
            assert_eq!(columns(fine), [0; 0], "{fine}");
        }
    }
}
