//! The tags of HTML as they may be written: in capitals, with a `>` in a value, without quotes.

use crate::base::html::unescape;

/// The length of the tag or comment at the start of a text.
pub(super) fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            // A quote begins a value; elsewhere it is a sign like others.
            (b'"' | b'\'', None) if html[..at].trim_end().ends_with('=') => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// HTML with each tag on one line: a blank line in a value would end a block of HTML in the midst of the tag, and what
/// follows would be HTML of its own.
pub(super) fn flat(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + tag_length(&rest[at..]);
        out.push_str(&rest[..at]);
        out.push_str(&rest[at..end].replace(['\n', '\r'], " "));
        rest = &rest[end..];
    }
    out + rest
}

/// The name of a tag in small letters, with the slash of an end tag.
pub(super) fn name(tag: &str) -> String {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let (slash, inner) = if inner.starts_with('/') { inner.split_at(1) } else { ("", inner) };
    let name =
        inner.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).next().unwrap_or_default();
    format!("{slash}{}", name.to_ascii_lowercase())
}

/// Elements whose content has no tags.
const RAW: [&str; 4] = ["script", "style", "iframe", "textarea"];

/// The content of an element, if its start tag stands before the text, and what stands behind its end tag.
pub(super) fn split_element<'h>(name: &str, after: &'h str) -> (&'h str, &'h str) {
    let is_raw = RAW.contains(&name);
    let mut depth = 1;
    let mut at = 0;
    while let Some(start) = after[at..].find('<') {
        let tag_at = at + start;
        at = tag_at + if is_raw { 1 } else { tag_length(&after[tag_at..]) };
        let tag = self::name(if is_raw { &after[tag_at..] } else { &after[tag_at..at] });
        match tag.strip_prefix('/') {
            Some(end) if end == name => depth -= 1,
            None if tag == name && !is_raw => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return (&after[..tag_at], &after[tag_at + tag_length(&after[tag_at..])..]);
        }
    }
    (after, "")
}

/// The value of an attribute in a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    written(tag, name).map(unescape)
}

/// The value of an attribute as HTML.
pub(super) fn written<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let inner = tag.strip_prefix('<')?.trim_end_matches('>');
    let mut rest = inner.find(|c: char| c.is_whitespace() || c == '/').map_or("", |at| &inner[at..]);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '/');
        let end = rest.char_indices().skip(1).find(|&(_, c)| is_end(c)).map_or(rest.len(), |(at, _)| at);
        let (found, behind) = rest.split_at(end);
        let value;
        (value, rest) = match behind.trim_start().strip_prefix('=') {
            Some(behind) => split_value(behind.trim_start()),
            None => ("", behind),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
    }
}

/// The value at the start of a text, and what stands behind it.
fn split_value(text: &str) -> (&str, &str) {
    match text.chars().next().filter(|sign| matches!(sign, '"' | '\'')) {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_browsers_do() {
        for (html, tag, href) in [
            ("<a title=\"a > b\" href=\"/x\">y", "<a title=\"a > b\" href=\"/x\">", Some("/x")),
            ("<A HREF='/x'>", "<A HREF='/x'>", Some("/x")),
            ("<a href=/x/ id=b>", "<a href=/x/ id=b>", Some("/x/")),
            (
                "<a data-href=\"/y\" href = \"/x&amp;z\" >",
                "<a data-href=\"/y\" href = \"/x&amp;z\" >",
                Some("/x&z"),
            ),
            ("<a title='href=\"/y\"'>", "<a title='href=\"/y\"'>", None),
            ("<a href>", "<a href>", Some("")),
            ("<a it's>b", "<a it's>", None),
            ("<!-- a > b -->c", "<!-- a > b -->", None),
            ("<a é=\"b\" href=\"c", "<a é=\"b\" href=\"c", Some("c")),
        ] {
            assert_eq!(&html[..tag_length(html)], tag, "{html}");
            assert_eq!(attribute(tag, "href").as_deref(), href, "{html}");
        }
        for (tag, expected) in [("<BR/>", "br"), ("</Td >", "/td"), ("<h2\nid=a>", "h2"), ("<", "")] {
            assert_eq!(name(tag), expected);
        }
        assert_eq!(split_element("table", "<table>a</TABLE>b</table >c"), ("<table>a</TABLE>b", "c"));
        assert_eq!(split_element("sup", "a"), ("a", ""));
        let script = "for (i=0;i<n;i++) w('<script x=\"');";
        assert_eq!(split_element("script", &format!("{script}</SCRIPT>b")), (script, "b"));
    }
}
