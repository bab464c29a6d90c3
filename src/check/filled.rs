//! Checks what `filled` gives to words: a value for each place, and for no other.

use std::collections::BTreeSet;

use super::overrides::places_in;
use super::words::Languages;
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::template::{QUOTES, tags};

const WORDS: &str = "site.words.";

/// Reports values that no place of a word takes, and places that get no value.
pub(super) fn misfilled(text: &str, languages: &Languages) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for tag in tags(text).filter(|tag| tag.inner.contains("filled")) {
        for (at, _) in tag.inner.match_indices(WORDS) {
            let rest = &tag.inner[at + WORDS.len()..];
            let key =
                &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())];
            let Some(places) = places_of(key, languages) else { continue };
            let Some(given) = rest[key.len()..].trim_start().strip_prefix('|').and_then(arguments) else {
                continue;
            };
            let start = tag.start + at + WORDS.len();
            let told = |message: String| {
                Diagnostic::new(Rule::Template, message).at(Place::of(text, start, start + key.len()))
            };
            let unknown = given.iter().find(|name| !places.contains(*name));
            let missing = places.iter().find(|place| !given.contains(*place));
            found.extend(match (unknown, missing) {
                (Some(name), _) => {
                    let all: Vec<String> = places.iter().map(|place| format!("`{{{place}}}`")).collect();
                    let fault = told(format!("the word `{key}` has no place `{{{name}}}`"));
                    Some(
                        fault
                            .hint(format!("it has {}", all.join(", ")))
                            .did_you_mean(name, places.iter().copied()),
                    )
                }
                (None, Some(place)) => Some(
                    told(format!("`{{{place}}}` in the word `{key}` gets no value"))
                        .hint(format!("write `filled(…, {place}=…)`")),
                ),
                (None, None) => None,
            });
        }
    }
    found
}

/// The places of a word in English, if it has any.
fn places_of<'l>(key: &str, languages: &'l Languages) -> Option<BTreeSet<&'l str>> {
    let word = languages.get("en")?.iter().rev().find_map(|(_, words)| words.get(key))?;
    let places: BTreeSet<&str> = places_in(word).collect();
    (!places.is_empty()).then_some(places)
}

/// The names of what `filled(…)` is given at the start of a text. Nothing if it is another filter.
fn arguments(text: &str) -> Option<BTreeSet<&str>> {
    let inner = text.trim_start().strip_prefix("filled")?.trim_start().strip_prefix('(')?;
    let (mut names, mut depth, mut quote, mut start) = (BTreeSet::new(), 0_u32, None, 0);
    for (at, c) in inner.char_indices() {
        match c {
            _ if quote.is_some() => quote = quote.filter(|open| *open != c),
            _ if QUOTES.contains(&c) => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => return Some(names),
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => start = at + 1,
            '=' if depth == 0 && start <= at => {
                names.insert(inner[start..at].trim());
                start = inner.len();
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_place_of_a_word_gets_a_value() {
        let words = [("part_of", "Part {part} of {total}"), ("home", "Home")];
        let words: BTreeMap<String, String> =
            words.into_iter().map(|(key, word)| (key.to_owned(), word.to_owned())).collect();
        let languages = Languages::from([("en".to_owned(), vec![("i18n/en.toml".to_owned(), words)])]);
        for (text, expected) in [
            (
                "{{ site.words.part_of | filled(prat=2, total=3) }}",
                "15 the word `part_of` has no place `{prat}`; did you mean `part`?",
            ),
            (
                "{{ site.words.part_of | filled(part=f(x=1, y=\")\")) | upper }}",
                "15 `{total}` in the word `part_of` gets no value; write `filled(…, total=…)`",
            ),
            (
                "{% if a %}{{ site.words.part_of | filled(number=2, part=1, total=3) }}{% endif %}",
                "25 the word `part_of` has no place `{number}`; it has `{part}`, `{total}`",
            ),
            ("{{ site.words.part_of | filled(part=2, total=a == b) }}", ""),
            (
                "{{ site.words.part_of }} {{ site.words.home | filled(x=1) }} {{ site.words.nope | filled(x=1) }}",
                "",
            ),
            ("{{ site.words.part_of | replace(from=\"{part}\", to=\"filled\") }}", ""),
        ] {
            let line = |one: Diagnostic| {
                format!("{} {}; {}", one.place.unwrap().column, one.message, one.hint.unwrap())
            };
            let told: Vec<_> = misfilled(text, &languages).into_iter().map(line).collect();
            assert_eq!(told.join("\n"), expected, "{text}");
        }
    }
}
