//! What templates of Zola, Hugo, Jekyll and Eleventy say, and how it is said here.
//!
//! It knows names and a few signs of their languages. What is unknown in Tera alone is the affair of [`super::plain`].

use crate::base::diag::Diagnostic;

/// Filters that go by another name here.
pub(super) const OTHER_NAMES: [(&str, &str); 14] = [
    ("upcase", "upper"),
    ("downcase", "lower"),
    ("size", "length"),
    ("count", "length"),
    ("raw", "safe"),
    ("html_safe", "safe"),
    ("safeHTML", "safe"),
    ("linebreaksbr", "newlines_to_br"),
    ("strip", "trim"),
    ("uniq", "unique"),
    ("json_encode", "json"),
    ("jsonify", "json"),
    ("urlencode_strict", "urlencode"),
    ("url_encode", "urlencode"),
];

/// Filters that are said in another way.
const FILTERS: [(&[&str], &str); 8] = [
    (
        &["date", "date_to_string", "date_format", "slugify", "striptags", "strip_html", "plainify"],
        "Tera 2 has it no more; what views hold is ready to be written, dates and addresses too",
    ),
    (&["slice", "limit"], "write the places in brackets: `list.cards[:5]`"),
    (&["concat"], "join lists with `[...a, ...b]`, and texts with `~`"),
    (&["append", "prepend"], "join texts with `~`: `a ~ b`"),
    (
        &["filter", "where", "map", "reject"],
        "choose with `if` in a `for`: a view comes with everything ready",
    ),
    (&["markdown", "markdownify"], "what Markdown makes of a text comes ready, as `content`"),
    (&["relative_url", "relURL", "url"], "addresses in views are ready; for others there is `address`"),
    (&["absolute_url", "absURL"], "addresses in views are ready; for others there is `whole`"),
];

/// Functions that are said in another way.
const FUNCTIONS: [(&[&str], &str); 7] = [
    (
        &["get_url", "url_for", "relURL"],
        "addresses in views are ready; write others as `{{ \"/about/\" | address }}`, and assets as `site.assets[\"style.css\"]`",
    ),
    (
        &["resize_image", "get_image_metadata"],
        "pictures are published as they are; `width` and `height` are in their views",
    ),
    (&["load_data"], "files under `data/` are there as `site.data`"),
    (&["now", "get_env"], "the same site is always built the same, so there is no clock and no environment"),
    (&["trans"], "the words of the interface are there as `site.words.home`"),
    (
        &["get_page", "get_section", "get_taxonomy", "get_taxonomy_url", "get_hash"],
        "a template can look nothing up; what it may need is in its view",
    ),
    (&["get_random"], "the same site is always built the same, so nothing is random"),
];

/// Tags that are said in another way.
const TAGS: [(&[&str], &str); 6] = [
    (&["elseif", "elsif"], "it is `elif`"),
    (&["assign", "capture", "endcapture"], "it is `set`: `{% set x = 1 %}`, `{% set x %}` … `{% endset %}`"),
    (&["unless", "endunless"], "write `{% if not … %}`"),
    (&["case", "when", "switch"], "write `{% if … %}` and `{% elif … %}`"),
    (&["comment", "endcomment"], "a comment is written `{# … #}`"),
    (&["render", "layout"], "it is `include`, or `extends` for the frame of a page"),
];

fn of(name: &str, table: &[(&'static [&'static str], &'static str)]) -> Option<&'static str> {
    table.iter().find(|(names, _)| names.contains(&name)).map(|(_, hint)| *hint)
}

/// What to write in the place of a filter of another language.
pub(super) fn filter(name: &str) -> Option<String> {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    let said = || of(name, &FILTERS).map(str::to_owned);
    other.map(|(_, known)| format!("did you mean `{known}`?")).or_else(said)
}

/// What to write in the place of a function of another language.
pub(super) fn function(name: &str) -> Option<&'static str> {
    of(name, &FUNCTIONS)
}

/// What to write in the place of a tag of another language.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    of(name, &TAGS)
}

/// A fault of syntax with what was probably meant. `text` is the template.
pub(super) fn explained(fault: Diagnostic, text: &str) -> Diagnostic {
    let line = fault.place.and_then(|place| {
        let line = text.lines().nth(place.line as usize - 1)?;
        let at = line.char_indices().nth(place.column as usize - 1).map_or(line.len(), |(at, _)| at);
        Some(line.split_at(at))
    });
    let (Some((before, rest)), None) = (line, &fault.hint) else { return fault };
    let is_of_go = fault.message.starts_with("found `.`") && before.trim_end().ends_with(['{', '-', '%']);
    let is_filter = before.contains('|') && rest.trim_start().starts_with(':');
    let is_included = before.rsplit("{%").next().is_some_and(|tag| tag.trim_start().starts_with("include"));
    if is_of_go {
        return fault.hint(
            "that is how Hugo's templates begin; here a value has a name before the dot: `page.title`",
        );
    }
    if is_filter {
        return fault.hint("what a filter takes stands in parentheses: `replace(from=\"a\", to=\"b\")`");
    }
    if is_included && rest.starts_with("with") {
        return fault.hint(
            "what is included sees all that is there: write `{% set … %}` before it, or make it a component",
        );
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::{Place, Rule};

    #[test]
    fn what_others_say_gets_a_hint() {
        assert_eq!(filter("jsonify").as_deref(), Some("did you mean `json`?"));
        assert_eq!(filter("slice").as_deref(), Some("write the places in brackets: `list.cards[:5]`"));
        assert_eq!(filter("nothing"), None);
        assert!(function("get_url").is_some() && function("range").is_none());
        assert!(tag("assign").is_some() && tag("if").is_none());
    }

    #[test]
    fn signs_of_other_languages_get_a_hint() {
        for (message, text, column, expected) in [
            ("found `.` but expected", "{{ .Title }}", 4, "that is how Hugo's"),
            ("found `:` but expected", "{{ a | append: \"x\" }}", 14, "what a filter takes"),
            ("found identifier but expected %}", "{% include \"a.html\" with x %}", 21, "what is included"),
            ("found `.` but expected", "{{ a[.b] }}", 6, ""),
        ] {
            let place = Place { line: 1, column, width: 1 };
            let told = explained(Diagnostic::new(Rule::Template, message).at(place), text);
            assert!(
                told.hint.as_deref().unwrap_or_default().starts_with(expected),
                "{text}: {:?}",
                told.hint
            );
            assert_eq!(told.hint.is_none(), expected.is_empty(), "{text}");
        }
    }
}
