//! Escaping of what templates write.

use std::io::{self, Write};

use crate::base::bytes;

/// Escapes a text for HTML and leaves out what HTML cannot hold: control characters are errors even as references
/// (<https://html.spec.whatwg.org/multipage/parsing.html#parse-error-control-character-reference>).
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let control = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | b'\x0c') || b == b'\x7f';
    if bytes::any(text.as_bytes(), control) {
        let clean: String = text.chars().filter(|&c| !(c.is_ascii() && control(c as u8))).collect();
        tera::escape_html(&clean, out)
    } else {
        tera::escape_html(text, out)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn controls_are_left_out() {
        let mut out = Vec::new();
        super::escape("a\u{1}\u{b} <b>\u{7f}\té", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a &lt;b&gt;\té");
    }
}
