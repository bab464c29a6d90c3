//! Escaping of text for HTML, and the characters that it may have.

use super::bytes;

/// Appends `text` with the five characters escaped that mean something in HTML text or in a quoted attribute.
pub fn escape_into(out: &mut String, text: &str) {
    replace_into(out, text, *b"&<>\"'");
}

/// Appends `text` with the three characters escaped that mean something between tags. Quotes stay, so that
/// running text is short and reads well; never use it for an attribute.
pub fn escape_text_into(out: &mut String, text: &str) {
    replace_into(out, text, *b"&<>");
}

/// Bytes are enough to look at, because the characters that are replaced are all ASCII.
fn replace_into<const N: usize>(out: &mut String, text: &str, replaced: [u8; N]) {
    let mut rest = text;
    while let Some(at) = bytes::find(rest.as_bytes(), |byte| bytes::is_one_of(byte, replaced)) {
        out.push_str(&rest[..at]);
        out.push_str(reference(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The character reference for one of the five characters.
pub fn reference(special: u8) -> &'static str {
    match special {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    }
}

/// The character whose [`reference()`] a text begins with, and what stands behind that.
pub fn referenced(text: &str) -> Option<(char, &str)> {
    let special = |byte: &u8| Some((char::from(*byte), text.strip_prefix(reference(*byte))?));
    b"&<>\"'".iter().find_map(special)
}

/// [`escape_into`] a new string.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// A text with the five characters back that [`escape_into`] replaces; any other reference stays.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, behind) = referenced(&rest[at..]).unwrap_or(('&', &rest[at + 1..]));
        out.push(c);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Whether pages and feeds may have a character: no control characters but tabs and line ends, and no noncharacters.
///
/// HTML calls the others parse errors (<https://html.spec.whatwg.org/multipage/parsing.html#parse-errors>), and XML
/// 1.0 has no place for most of them (<https://www.w3.org/TR/xml/#charsets>).
pub fn is_allowed(c: char) -> bool {
    let is_control = c.is_ascii() && bytes::is_control(c as u8);
    !is_control && !matches!(u32::from(c), 0xfdd0..=0xfdef) && u32::from(c) & 0xfffe != 0xfffe
}

/// The place of the first character that they may not have.
pub fn first_forbidden(text: &str) -> Option<usize> {
    // Of characters that are no control characters, noncharacters begin with one of the highest bytes.
    let is_suspect = |byte: u8| bytes::is_control(byte) | byte.ge(&0xef);
    let mut from = 0;
    loop {
        let at = from + bytes::find(&text.as_bytes()[from..], is_suspect)?;
        let c = text[at..].chars().next()?;
        if !is_allowed(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn escaping_is_reversible() {
        for text in ["a < b & \"c\" > 'd' é", "&amp;lt;", "&&", ""] {
            assert_eq!(unescape(&escape(text)), text);
        }
    }

    #[test]
    fn the_five_special_characters_are_escaped() {
        assert_eq!(escape(r#"a < b & "c" > 'd' é"#), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39; é");
    }
}
