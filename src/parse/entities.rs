//! Character references in HTML to characters.

use std::borrow::Cow;

use crate::base::html::is_allowed;

/// Decodes the references that addresses and short texts have: by number, and the few names that people
/// write. Any other name stays as it is.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = reference(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The longest name or number that is looked at.
const LONGEST: usize = 10;

fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((c, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // As in Markdown, what no page can hold becomes U+FFFD.
    char::from_u32(code).map(|c| if is_allowed(c) { c } else { '\u{fffd}' })
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "Tab" => '\t',
        "NewLine" => '\n',
        "sol" => '/',
        "num" => '#',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("a.md?x=1&amp;y=2&z"), "a.md?x=1&y=2&z");
        assert_eq!(decode("&#x6a;ava&#115;cript&colon;x"), "javascript:x");
        assert_eq!(decode("&&amp;&; &unknown; &#x110000; &"), "&&&; &unknown; &#x110000; &");
        assert_eq!(decode("&#27;&#0;&#9;&#xFFFF;"), "\u{fffd}\u{fffd}\t\u{fffd}");
    }
}
