//! Says of words of the interface that they are English, where the theme has none in the site's language.
//!
//! Only words in the text of an element can be marked; those in attributes, titles and choices stay as they are. What
//! is put together from words and other texts, as in `slot.title or site.words.more`, may be in any language, and
//! is left alone.

use crate::base::template::Tag;
use crate::model::theme::Words;

/// The content of a tag that writes an English word, and a blank if one follows it.
pub(super) fn written<'t>(tag: &Tag<'t>, words: &Words) -> Option<(&'t str, &'static str)> {
    if !tag.is_plain() || !is_english(tag.inner, words) {
        return None;
    }
    // The blank of `spaced` belongs to what follows, where words run to the left.
    let spaced = tag.inner.strip_suffix("| spaced").map(|word| (word.trim_end(), " "));
    Some(spaced.unwrap_or((tag.inner, "")))
}

fn is_english(value: &str, words: &Words) -> bool {
    if let Some(key) = value.strip_prefix("site.words.") {
        let length = key.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let (key, rest) = key.split_at(length);
        // A comma is in no language.
        let has_letters = words.all.get(key).is_some_and(|word| word.contains(char::is_alphabetic));
        let is_alone = rest.is_empty() || rest.trim_start().starts_with('|');
        return is_alone && has_letters && words.english.contains(key);
    }
    if value.starts_with("site.words[") {
        return words.english.len() == words.all.len();
    }
    let counted = value.split_once("counted(word=\"").and_then(|(_, word)| word.split_once('"'));
    counted.is_some_and(|(word, _)| words.language_of(word) != words.language)
}

/// Elements that hold nothing but text.
const TEXT_ONLY: [&str; 5] = ["option", "title", "textarea", "style", "script"];

/// For each tag of a template, whether it stands in the text of an element. A template without elements may be meant
/// for an attribute.
pub(super) fn in_text(template: &str, tags: &[Tag<'_>]) -> Vec<bool> {
    let mut at = At::Text;
    let mut within = None;
    let mut done = 0;
    let has_elements = template.contains('<');
    let read = |tag: &Tag<'_>| {
        for text in without_comments(&template[done..tag.range.start]) {
            follow(text, &mut at, &mut within);
        }
        done = tag.range.end;
        has_elements && at == At::Text && within.is_none()
    };
    tags.iter().map(read).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between the tags of elements.
    Text,
    /// In the tag of an element.
    Element,
    /// In the value of an attribute, up to this sign.
    Value(char),
}

/// Reads on in HTML. `within` is the element around that holds only text.
fn follow(html: &str, at: &mut At, within: &mut Option<&'static str>) {
    for (place, c) in html.char_indices() {
        match (*at, c) {
            (At::Text, '<') => {
                let rest = &html[place + 1..];
                let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
                let named = |name: &&str| {
                    let behind = rest.strip_prefix(*name);
                    behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
                };
                let name = TEXT_ONLY.into_iter().find(named);
                match *within {
                    Some(open) if !is_end || name != Some(open) => continue,
                    Some(_) => *within = None,
                    None => *within = name.filter(|_| !is_end),
                }
                *at = At::Element;
            }
            (At::Element, '>') => *at = At::Text,
            (At::Element, '"' | '\'') => *at = At::Value(c),
            (At::Value(quote), _) if c == quote => *at = At::Element,
            _ => {}
        }
    }
}

/// The pieces of a text between comments of templates.
fn without_comments(text: &str) -> impl Iterator<Item = &str> {
    let (first, rest) = text.split_once("{#").unwrap_or((text, ""));
    let others = rest.split("{#").map(|piece| piece.split_once("#}").map_or("", |(_, behind)| behind));
    std::iter::once(first).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::template::tags;

    fn words() -> Words {
        let all = ["by", "comma", "home", "n_articles.other"].map(|key| (key.to_owned(), key.to_owned()));
        let english = ["by", "comma", "n_articles.other"].map(str::to_owned).into();
        let mut words = Words { language: "he".parse().unwrap(), all: all.into(), english };
        words.all.insert("comma".to_owned(), ",".to_owned());
        words
    }

    #[test]
    fn english_words_are_known() {
        let check = |template: &str, expected: Option<(&str, &str)>| {
            let tag = tags(template).next().unwrap();
            assert_eq!(written(&tag, &words()), expected, "{template}");
        };
        check("{{ site.words.by }}", Some(("site.words.by", "")));
        check("{{ site.words.by | spaced }}", Some(("site.words.by", " ")));
        check("{{ site.words.by | filled(part=part) }}", Some(("site.words.by | filled(part=part)", "")));
        let counted = "list.total | counted(word=\"n_articles\")";
        check(&format!("{{{{ {counted} }}}}"), Some((counted, "")));
        for other in [
            "{{ site.words.home }}",
            "{{ site.words.comma }}",
            "{{ site.words.by or title }}",
            "{{ title or site.words.by }}",
            "{{- site.words.by }}",
            "{{ n | counted(word=\"n_minutes\") }}",
            "{{ site.words[kind] }}",
            "{% if site.words.by %}",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn words_with_any_key_are_english_if_all_are() {
        let mut words = words();
        words.english.insert("home".to_owned());
        let tag = tags("{{ site.words[kind] }}").next().unwrap();
        assert_eq!(written(&tag, &words), Some(("site.words[kind]", "")));
    }

    #[test]
    fn places_in_text_are_known() {
        let check = |template: &str, expected: &[bool]| {
            let tags: Vec<_> = tags(template).collect();
            assert_eq!(in_text(template, &tags), expected, "{template}");
        };
        check("{{ a }}", &[false]);
        check("<p>{{ a }}</p>{{ b }}", &[true, true]);
        check("<p title=\"{{ a }} >\" class='{{ b }}' {{ c }}>{{ d }}", &[false, false, false, true]);
        check("<h{{ a }} id=b>{{ c }}</h{{ d }}>", &[false, true, false]);
        check("<option>{{ a }}</option><options>{{ b }}", &[false, true]);
        check("<script>if (a < b) {{ a }}</script>{{ b }}", &[false, true]);
        check("{# a <p #}<p>{{ a }}{# it's <b #}{{ b }}", &[true, true]);
    }
}
