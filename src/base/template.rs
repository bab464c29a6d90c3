//! Finds the tags of a template, as Tera's lexer does.
//!
//! It does not know what they mean; Tera does.

use std::ops::Range;

/// `{% … %}` or `{{ … }}` in a template.
#[derive(Debug)]
pub struct Tag<'t> {
    /// All of it, from `{` to `}`.
    pub range: Range<usize>,
    /// Its content, without the signs that trim white space.
    pub inner: &'t str,
    /// Where its content begins.
    pub start: usize,
    /// Whether it writes a value.
    pub is_value: bool,
    /// Whether it trims the white space before it.
    pub trims_before: bool,
    /// Whether it trims the white space after it.
    pub trims_after: bool,
}

impl<'t> Tag<'t> {
    /// The tag that has this place in a template.
    fn at(text: &'t str, range: Range<usize>) -> Self {
        let written = &text[range.start + 2..range.end - 2];
        let (trims_before, trims_after) = (written.starts_with('-'), written.ends_with('-'));
        let inner = written.strip_prefix('-').unwrap_or(written);
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim_end();
        let start = range.start + 2 + usize::from(trims_before) + inner.len() - inner.trim_start().len();
        let is_value = text[range.start..].starts_with("{{");
        Self { range, inner: inner.trim_start(), start, is_value, trims_before, trims_after }
    }

    /// Whether it writes a value and trims nothing.
    pub fn is_plain(&self) -> bool {
        self.is_value && !self.trims_before && !self.trims_after
    }

    /// The keyword of a `{% … %}`; nothing for values and calls of components.
    pub fn keyword(&self) -> &'t str {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = self.inner.find(|c| !is_name(c)).unwrap_or(self.inner.len());
        &self.inner[..if self.is_value { 0 } else { length }]
    }

    /// The template that it includes or extends, as `keyword` says.
    pub fn template(&self, keyword: &str) -> Option<&'t str> {
        let named = self.inner.strip_prefix(keyword).filter(|_| self.keyword() == keyword)?.trim();
        let quote = named.chars().next().filter(|first| QUOTES.contains(first))?;
        let name = named[1..].strip_suffix(quote)?;
        (!name.contains([quote, '\\'])).then_some(name)
    }
}

/// The signs around a string.
pub const QUOTES: [char; 3] = ['"', '\'', '`'];

/// The tags of a template, up to one without an end. What stands in a comment or in a raw block is none.
pub fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let (mut at, mut is_raw) = (0, false);
    std::iter::from_fn(move || {
        loop {
            at += text[at..].find('{')?;
            let rest = &text[at..];
            if !is_tag(rest) || is_raw && !ends_raw(rest) {
                at += 1;
                continue;
            }
            let range = at..at + length(rest)?;
            at = range.end;
            if rest.starts_with("{#") {
                continue;
            }
            let tag = Tag::at(text, range);
            is_raw = tag.keyword() == "raw";
            return Some(tag);
        }
    })
}

/// Whether a tag or a comment begins here.
pub fn is_tag(text: &str) -> bool {
    ["{{", "{%", "{#"].into_iter().any(|start| text.starts_with(start))
}

/// The length of the tag or comment that begins here, if it has an end. The end of a tag is not in a string.
pub fn length(text: &str) -> Option<usize> {
    let end = match text.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut quote = None;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(end) => return Some(at + end.len()),
            None => quote = Some(c).filter(|c| QUOTES.contains(c)),
        }
    }
    None
}

/// Whether this is the end of a raw block.
fn ends_raw(text: &str) -> bool {
    let inner = text.strip_prefix("{%").map(|inner| inner.strip_prefix('-').unwrap_or(inner));
    inner.is_some_and(|inner| inner.trim_start().starts_with("endraw"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_as_tera_finds_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = tags(text).map(|tag| &text[tag.range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("a {{ b }} { c } {%- if d -%}", &["{{ b }}", "{%- if d -%}"]);
        check("{{ '}}' }}{% if \"%}\" %}{{ `\"}}` }}", &["{{ '}}' }}", "{% if \"%}\" %}", "{{ `\"}}` }}"]);
        check("{# {{ a }} ' #}{{ b }}", &["{{ b }}"]);
        check("{% raw %}{{ it's }}{% if %}{%- endraw %}{{ b }}", &["{% raw %}", "{%- endraw %}", "{{ b }}"]);
        check("{{ a }} {{ b", &["{{ a }}"]);
        check("{{ a }} {", &["{{ a }}"]);
        check("{{ 'ü}}", &[]);
    }

    #[test]
    fn a_tag_is_taken_apart() {
        let parts = |text: &'static str| {
            let tag = tags(text).next().unwrap();
            assert!(text[tag.start..].starts_with(tag.inner), "{text}");
            (tag.keyword(), tag.inner, tag.is_value, tag.trims_before, tag.trims_after)
        };
        assert_eq!(parts("{{ a.b }}"), ("", "a.b", true, false, false));
        assert_eq!(parts("{%- set x=1 %}"), ("set", "set x=1", false, true, false));
        assert_eq!(parts("{%if a-%}"), ("if", "if a", false, false, true));
        assert_eq!(parts("{% <note a=\"b\"> %}"), ("", "<note a=\"b\">", false, false, false));
        assert_eq!(parts("{{-1-}}"), ("", "1", true, true, true));
        assert_eq!(parts("{{-}}"), ("", "", true, true, true));
    }

    #[test]
    fn a_tag_names_a_template() {
        let named = |text: &'static str| tags(text).next().unwrap().template("include");
        assert_eq!(named("{% include \"a.html\" %}"), Some("a.html"));
        assert_eq!(named("{%- include 'a.html' -%}"), Some("a.html"));
        assert_eq!(named("{% extends \"a.html\" %}"), None);
        assert_eq!(named("{{ include \"a.html\" }}"), None);
        assert_eq!(named("{% include \"a\" ~ \"b\" %}"), None);
        assert_eq!(named("{% include name %}"), None);
    }
}
