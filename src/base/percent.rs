//! Percent-encoding of addresses (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, percent_encode_byte, utf8_percent_encode,
};

/// Text of an address with its percent-encoding undone; what is no UTF-8 then is replaced.
pub fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Text of an address with its percent-encoding undone, if it is UTF-8 then.
pub fn decoded_if_sound(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

/// Whether a text begins with an encoded byte.
pub fn is_encoded(text: &str) -> bool {
    matches!(text.as_bytes(), [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// A text as one value of an address, such as that of a query: only what RFC 3986 calls unreserved (section 2.3) stays.
pub fn as_value(text: &str) -> String {
    const SPECIAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, SPECIAL).to_string()
}

/// One byte, encoded.
pub fn byte(byte: u8) -> &'static str {
    percent_encode_byte(byte)
}

/// An address as it is sent: letters beyond ASCII percent-encoded, and what is encoded left as it is.
pub fn in_ascii(address: &str) -> String {
    utf8_percent_encode(address, CONTROLS).to_string()
}

/// What no address may have (RFC 3986), though people write it. What is encoded stays so.
const FOREIGN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address that somebody wrote, as a URI (RFC 3986).
pub fn as_uri(address: &str) -> String {
    utf8_percent_encode(address, FOREIGN).to_string()
}

/// An address as one word of a host's configuration: to Apache and nginx, `$` is the beginning of a variable.
pub fn as_word(address: &str) -> String {
    const SPECIAL: &AsciiSet = &FOREIGN.add(b'$');
    utf8_percent_encode(address, SPECIAL).to_string()
}

/// An address as a hint shows it, so that it can be put into a link: as it is, unless a link would end in the
/// midst of it.
pub fn in_link(path: &str) -> String {
    const SPECIAL: &AsciiSet = &AsciiSet::EMPTY.add(b'#').add(b'?').add(b'%').add(b' ').add(b'(').add(b')');
    ascii_of(path, SPECIAL)
}

/// A text in which only ASCII is encoded.
fn ascii_of(text: &str, special: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_ascii()) {
        let (letters, last) = piece.split_at(piece.trim_end_matches(|c: char| c.is_ascii()).len());
        out.push_str(letters);
        out.extend(utf8_percent_encode(last, special));
    }
    out
}

/// Appends a path. What RFC 3986 lets stand in a segment stays; the rest is encoded.
pub fn path_into(out: &mut String, path: &str) {
    const SPECIAL: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    out.extend(utf8_percent_encode(path, SPECIAL));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_for_where_they_stand() {
        assert_eq!(in_link("Über (uns) #1.md"), "Über%20%28uns%29%20%231.md");
        assert_eq!(
            as_uri("https://e.example/ü a\"{b}|c%20?d=$1#e"),
            "https://e.example/%C3%BC%20a%22%7Bb%7D%7Cc%20?d=$1#e"
        );
    }
}
