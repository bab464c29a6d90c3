//! A second opinion on HTML that was made from what strangers wrote.
//!
//! It reads tags as a browser does, but knows nothing of what stands between them: no comments, no scripts.

/// What a text from elsewhere must never bring along.
const NAMES: &[&str] =
    &["script", "style", "iframe", "frame", "frameset", "object", "embed", "form", "base", "meta", "link"];

/// Checks that HTML has no tag or attribute that can run code.
pub fn harmless(html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let after = rest.strip_prefix('/').unwrap_or(rest);
        if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(after, html);
        }
    }
}

/// Checks the tag that a text begins with, and gives back what comes after it.
fn tag<'h>(text: &'h str, html: &str) -> &'h str {
    let (name, mut rest) = until(text, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    assert!(!NAMES.contains(&name.to_ascii_lowercase().as_str()), "<{name}> in {html:?}");
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return rest;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        // An equals sign in front of a name belongs to it.
        let equals = usize::from(rest.starts_with('='));
        let (key, after) =
            until(&rest[equals..], |c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
        let key = key.to_ascii_lowercase();
        assert!(!key.starts_with("on"), "{key}= in {html:?}");
        rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if let Some(after) = rest.strip_prefix('=') {
            let (value, after) = value(after.trim_start_matches(|c: char| c.is_ascii_whitespace()));
            assert!(
                !(matches!(key.as_str(), "href" | "src" | "action" | "formaction") && runs(value)),
                "{value} in {html:?}"
            );
            rest = after;
        }
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    until(text, |c| c.is_ascii_whitespace() || c == '>')
}

/// Whether an address runs code. Browsers pass over white space and control characters in a scheme.
fn runs(address: &str) -> bool {
    let plain: String = address.chars().filter(|&c| c > ' ').collect::<String>().to_ascii_lowercase();
    plain.starts_with("javascript:") || plain.starts_with("vbscript:") || plain.starts_with("data:text/html")
}

fn until(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}
