//! Escaping of text for HTML.

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

/// The character whose [`reference`] a text begins with, and what stands behind that.
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
