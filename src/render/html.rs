//! Escaping for HTML in templates and in pages without templates.

use std::io::{self, Write};

use crate::base::bytes;
use crate::base::html::reference;

/// Escapes a text for HTML and leaves out what HTML does not allow: control characters are errors even as
/// references
/// (<https://html.spec.whatwg.org/multipage/parsing.html#parse-error-control-character-reference>).
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    pieces(text, |piece| out.write_all(piece.as_bytes()))
}

/// Appends an escaped text to a string.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let Ok(()) = pieces(text, |piece| {
        out.push_str(piece);
        Ok::<(), std::convert::Infallible>(())
    });
}

/// The attributes that tell the language and direction of an element.
pub(super) fn language(lang: &str, dir: &str) -> String {
    let mut html = String::from(" lang=\"");
    escape_into(&mut html, lang);
    html.push_str("\" dir=\"");
    escape_into(&mut html, dir);
    html.push('"');
    html
}

/// Calls back with the pieces of the escaped text. It is enough to look at bytes, because all escaped
/// characters are ASCII.
fn pieces<E>(text: &str, mut each: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut done = 0;
    bytes::each(text.as_bytes(), is_special, |at| {
        each(&text[done..at])?;
        done = at + 1;
        each(replacement(text.as_bytes()[at]))
    })?;
    each(&text[done..])
}

fn is_special(byte: u8) -> bool {
    bytes::is_control(byte) | bytes::is_one_of(byte, *b"&<>\"'")
}

fn replacement(special: u8) -> &'static str {
    if bytes::is_control(special) { "" } else { reference(special) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_characters_are_removed() {
        let mut out = Vec::new();
        super::escape("a\u{1}\u{b} <b>\u{7f}\té", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a &lt;b&gt;\té");
    }
}
