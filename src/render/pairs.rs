//! Tags that come in pairs, such as `if` and `endif`: which one lacks the other? Tera notices it only at the next tag that does
//! not fit, or at the end, and says no more than that.

use super::idioms;
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::template::{self, Tag, tags};

/// The tags that an `end…` closes.
const PAIRED: [&str; 8] = ["if", "for", "block", "filter", "component", "set", "set_global", "raw"];

/// All other tags.
const SINGLE: [&str; 6] = ["elif", "else", "include", "extends", "break", "continue"];

/// The longest piece of a tag that a message shows, in characters.
const LONGEST: usize = 60;

/// A better fault, if one of Tera's is about a tag that does not fit.
pub(super) fn explained(fault: Diagnostic, text: &str) -> Diagnostic {
    let is_about_tags = ["unknown tag", "unexpected end of input"].contains(&fault.message.as_str())
        || fault.message.ends_with("but was expecting `elif`, `else` or `endif`");
    match misfit(text).filter(|_| is_about_tags) {
        Some(found) => Diagnostic { file: fault.file, ..found },
        None => fault,
    }
}

/// The first tag that does not fit.
fn misfit(text: &str) -> Option<Diagnostic> {
    let mut open: Vec<(&str, Tag<'_>)> = Vec::new();
    let mut end = 0;
    for tag in tags(text) {
        end = tag.range.end;
        let word = tag.keyword();
        let closed = word.strip_prefix("end").filter(|word| PAIRED.contains(word));
        match closed {
            Some(closed) => {
                match open.iter().rposition(|(word, _)| word.trim_end_matches("_global") == closed) {
                    Some(at) if at + 1 == open.len() => drop(open.pop()),
                    Some(_) => return Some(unclosed(text, open.pop()?, Some(&tag))),
                    None => return Some(stray(text, &tag, open.pop())),
                }
            }
            None if opens(&tag) => open.push((word, tag)),
            None if word.is_empty() || PAIRED.contains(&word) || SINGLE.contains(&word) => {}
            None => return Some(unknown(text, &tag, word)),
        }
    }
    let open = open.pop();
    // What stands in a raw block is no tag.
    let endless = endless(text, end).filter(|_| open.as_ref().is_none_or(|(word, _)| *word != "raw"));
    endless.or_else(|| open.map(|open| unclosed(text, open, None)))
}

/// A tag without an end, behind all that have one.
fn endless(text: &str, from: usize) -> Option<Diagnostic> {
    let mut at = from;
    loop {
        at += text[at..].find('{')?;
        let rest = &text[at..];
        at += match template::length(rest) {
            _ if !template::is_tag(rest) => 1,
            Some(length) => length,
            None => break,
        };
    }
    let (start, end) = match text.as_bytes()[at + 1] {
        b'{' => ("{{", "}}"),
        b'%' => ("{%", "%}"),
        _ => ("{#", "#}"),
    };
    let fault = Diagnostic::new(Rule::Template, format!("`{start}` is not closed"));
    Some(fault.at(Place::of(text, at, at + 2)).hint(format!("write `{end}` where it ends")))
}

fn opens(tag: &Tag<'_>) -> bool {
    let word = tag.keyword();
    let rest = tag.inner[word.len()..].trim_start();
    let value = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').trim_start();
    // `set` has an end only without a value.
    PAIRED.contains(&word) && !(word.starts_with("set") && value.starts_with('='))
}

fn unclosed(text: &str, (word, tag): (&str, Tag<'_>), before: Option<&Tag<'_>>) -> Diagnostic {
    let end = format!("`{{% end{} %}}`", word.trim_end_matches("_global"));
    let hint = match before {
        Some(other) => format!("write {end} before {} on line {}", shown(text, other), line(text, other)),
        None => format!("write {end} where it ends"),
    };
    told(text, &tag, format!("{} is not closed", shown(text, &tag))).hint(hint)
}

/// An end without a beginning. `open` is the tag that it ends instead.
fn stray(text: &str, tag: &Tag<'_>, open: Option<(&str, Tag<'_>)>) -> Diagnostic {
    let fault = told(text, tag, format!("{} closes nothing", shown(text, tag)));
    let Some((word, open)) = open else { return fault };
    let end = word.trim_end_matches("_global");
    fault.hint(format!("{} on line {} ends with `{{% end{end} %}}`", shown(text, &open), line(text, &open)))
}

fn unknown(text: &str, tag: &Tag<'_>, word: &str) -> Diagnostic {
    let fault = told(text, tag, format!("there is no tag `{word}`"));
    match word {
        "macro" | "endmacro" | "import" | "from" | "call" => fault
            .hint("Tera 2 has no macros; write a component: `{% component name() %}` … `{% endcomponent %}`"),
        _ => match idioms::tag(word) {
            Some(hint) => fault.hint(hint),
            None => {
                let ends: Vec<String> = PAIRED.iter().map(|word| format!("end{word}")).collect();
                let known = PAIRED.into_iter().chain(SINGLE).chain(ends.iter().map(String::as_str));
                fault.did_you_mean(word, known)
            }
        },
    }
}

fn told(text: &str, tag: &Tag<'_>, message: String) -> Diagnostic {
    Diagnostic::new(Rule::Template, message).at(Place::of(text, tag.range.start, tag.range.end))
}

fn line(text: &str, tag: &Tag<'_>) -> u32 {
    Place::of(text, tag.range.start, tag.range.end).line
}

/// A tag as a message shows it: in one line, and not too long.
fn shown(text: &str, tag: &Tag<'_>) -> String {
    let written = text[tag.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    if written.chars().count() <= LONGEST {
        return format!("`{written}`");
    }
    format!("`{{% {} … %}}`", tag.keyword())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        misfit(text).map_or_else(String::new, |one| {
            let (place, hint) = (one.place.unwrap(), one.hint.unwrap_or_default());
            format!("{}:{} {}; {hint}", place.line, place.column, one.message)
        })
    }

    #[test]
    fn the_tag_that_is_not_closed_is_found() {
        for (text, expected) in [
            (
                "{% block main %}\n<p>{% if a.b %}\n{% endblock main %}",
                "2:4 `{% if a.b %}` is not closed; write `{% endif %}` before `{% endblock main %}` on line 3",
            ),
            ("a\n{%- if x -%}", "2:1 `{%- if x -%}` is not closed; write `{% endif %}` where it ends"),
            (
                "{% for x in y %}\n{% endif %}{% endfor %}",
                "2:1 `{% endif %}` closes nothing; `{% for x in y %}` on line 1 ends with `{% endfor %}`",
            ),
            ("{% endif %}", "1:1 `{% endif %}` closes nothing; "),
            ("{% if a %}{# {{ #}{{ x", "1:19 `{{` is not closed; write `}}` where it ends"),
            ("{% set x %}y", "1:1 `{% set x %}` is not closed; write `{% endset %}` where it ends"),
            ("{% if a %}{% elseif b %}{% endif %}", "1:11 there is no tag `elseif`; it is `elif`"),
            ("{% if a %}{% endfi %}", "1:11 there is no tag `endfi`; did you mean `endif`?"),
            (
                "{% import 'x' as x %}",
                "1:1 there is no tag `import`; Tera 2 has no macros; write a component: `{% component name() %}` … `{% endcomponent %}`",
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_fits_is_left_alone() {
        for text in [
            "{% if a %}{% elif b %}{% else %}{% endif %}{% for x in y %}{% else %}{% break %}{% endfor %}",
            "{% set x = 1 %}{% set_global x = 1 %}{% set x | replace(from=\"a\") %}{% endset %}",
            "{% raw %}{% if %}{% endfor %}{% endraw %}{# {% if %} #}{{ x }}",
            "{% component x() %}{% <note a=\"b\"> %}{% </note> %}{% endcomponent %}{% filter upper %}{% endfilter %}",
            "{{ x }} {# {{ #} }}",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
    }
}
