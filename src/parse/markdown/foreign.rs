//! Finds shortcodes and tags that another generator would have replaced, in running text. They stay text.
//!
//! In code they are meant as they are, and what raw HTML has is its own affair.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Spanned;
use crate::base::bytes;
use crate::base::diag::floor_char;

/// How tags of Hugo, Liquid, Jinja, Nunjucks and kramdown begin and end.
const TAGS: [(&str, &str); 5] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{:", "}")];

/// The shortcodes of `WordPress` (<https://codex.wordpress.org/Shortcode>) and of its best known extensions.
const SHORTCODES: [&str; 8] =
    ["audio", "caption", "code", "embed", "gallery", "playlist", "video", "youtube"];

/// The most bytes of a tag.
const LONGEST: usize = 500;

/// The places of such tags in a body.
pub(super) fn find(source: &str, events: &[Spanned<'_>]) -> Vec<Range<usize>> {
    let tags = candidates(source);
    if tags.is_empty() {
        return tags;
    }
    let texts = texts(events);
    let is_text = |tag: &Range<usize>| {
        let next = texts.partition_point(|text| text.end <= tag.start);
        texts.get(next).is_some_and(|text| text.start <= tag.start)
    };
    tags.into_iter().filter(is_text).collect()
}

/// A tag as a message shows it: its sign and its first word.
pub(super) fn shown(tag: &str) -> String {
    let sign = TAGS.iter().map(|(start, _)| *start).find(|start| tag.starts_with(start)).unwrap_or("[");
    let inner = tag[sign.len()..].trim_start_matches('-').trim_start();
    let word =
        inner.find(|c: char| c.is_whitespace() || matches!(c, '}' | '%' | '>' | '|' | ']' | '(' | '='));
    let word = &inner[..word.unwrap_or(inner.len())];
    if sign == "[" { format!("[{word}]") } else { format!("{sign} {word}") }
}

fn candidates(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(place) = bytes::find(&source.as_bytes()[at..], |byte| byte == b'{' || byte == b'[') {
        at += place;
        let length = length(&source[at..]);
        found.extend(length.map(|length| at..at + length));
        at += length.unwrap_or(1);
    }
    found
}

/// The length of the tag that begins here.
fn length(text: &str) -> Option<usize> {
    // No end is looked for beyond that: a text may have thousands of beginnings.
    let text = &text[..floor_char(text, LONGEST)];
    if let Some(inner) = text.strip_prefix('[') {
        let is_end = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name = SHORTCODES.into_iter().find(|name| inner.starts_with(name))?;
        let (arguments, _) = inner[name.len()..].split_once(']')?;
        let is_tag = is_end && arguments.is_empty() || arguments.starts_with(' ') && arguments.contains('=');
        return is_tag.then_some(usize::from(is_end) + name.len() + arguments.len() + 2);
    }
    let (start, end) = TAGS.into_iter().find(|(start, _)| text.starts_with(start))?;
    let length = text.find(end)? + end.len();
    // `{:)` is a face.
    let is_tag = start != "{:" || text[2..].starts_with([' ', '.', '#', 't']);
    (is_tag && !text[start.len()..length].contains('{')).then_some(length)
}

/// The places of running text, in their order.
fn texts(events: &[Spanned<'_>]) -> Vec<Range<usize>> {
    let mut is_code = false;
    let mut texts = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) if !is_code => texts.push(range.clone()),
            _ => {}
        }
    }
    texts.sort_by_key(|text| text.start);
    texts
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn events_of(text: &str) -> Vec<Spanned<'_>> {
        Parser::new_ext(text, Options::ENABLE_MATH).into_offset_iter().collect()
    }

    #[test]
    fn tags_of_other_generators_are_found_in_running_text() {
        for (text, expected) in [
            ("{{< figure src=\"a.png\" >}}", &["{{< figure"][..]),
            ("a {{% note %}} b {{% /note %}}", &["{{% note", "{{% /note"]),
            ("{% highlight bash %}\nls\n{% endhighlight %}", &["{% highlight", "{% endhighlight"]),
            ("[a]({{ site.url }}/b c) and {{page.title}}", &["{{ site.url", "{{ page.title"]),
            ("A paragraph.\n{: .lead}", &["{: .lead"]),
            ("[caption id=\"a\" width=\"3\"]![b](c.png) d[/caption]", &["[caption]", "[/caption]"]),
            ("[gallery ids=\"1,2\"]", &["[gallery]"]),
        ] {
            let events = events_of(text);
            let found: Vec<_> = find(text, &events).into_iter().map(|at| shown(&text[at])).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in [
            "`{{ x }}` and\n\n    {% x %}\n\n```\n{{< x >}}\n```",
            "<p data-x=\"{{ x }}\">a</p>",
            "{{ without an end, {% too",
            "{:)} {a} [gallery] [video](a.mp4) [code]: x [audio tour]",
            "$a_{{x}}$",
        ] {
            let events = events_of(text);
            assert!(find(text, &events).is_empty(), "{text}");
        }
    }
}
