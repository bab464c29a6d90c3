//! What kind of address a text is, and how it is written into HTML.
//!
//! Only schemes that open a page, a mail or a call are allowed, whatever tricks the text plays. Whether the
//! address exists is not checked here.

use crate::base::html::escape_into;
use crate::base::percent;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Into the site: relative to the file, an absolute path, or `#heading`.
    Site,
    /// Out of it, with a scheme that is allowed.
    Web,
    /// Nowhere: it is empty.
    Empty,
    /// It has this scheme, which is not allowed.
    Forbidden(String),
}

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "ftp", "sms", "geo", "magnet", "xmpp"];

/// The kind of a link's address.
pub(super) fn of_link(address: &str) -> Address {
    let address = address.trim_matches(is_dropped);
    if address.is_empty() {
        return Address::Empty;
    }
    if address.starts_with("//") {
        return Address::Web;
    }
    match scheme(address) {
        None => Address::Site,
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Address::Web,
        Some(scheme) => Address::Forbidden(scheme),
    }
}

/// The kind of a picture's address. Unlike that of a link it may be `data:image/…`, which cannot run code in
/// an `<img>`.
pub(super) fn of_picture(address: &str) -> Address {
    match of_link(address) {
        Address::Forbidden(scheme) if scheme == "data" && address.trim().starts_with("data:image/") => {
            Address::Web
        }
        other => other,
    }
}

/// Whether an address is `http` or `https` with a host.
pub(super) fn is_web(address: &str) -> bool {
    let rest = strip_scheme(address, "https://").or_else(|| strip_scheme(address, "http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !address.contains(char::is_whitespace)
    })
}

fn strip_scheme<'a>(address: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = address.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// The scheme as a browser reads it: in lower case, without the characters that it drops (`java\nscript:`).
fn scheme(address: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in address.chars() {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_ascii_control() => {}
            c if c.is_ascii_alphabetic() => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// Browsers drop blanks and control characters around an address, and tabs and line ends anywhere in it. To
/// drop all control characters everywhere is stricter and does no harm.
fn is_dropped(c: char) -> bool {
    c.is_ascii_control() || c == ' '
}

/// Appends an address for the value of an attribute. Characters that are not allowed are percent-encoded;
/// letters of all scripts stay, as HTML allows.
pub(super) fn write(out: &mut String, address: &str) {
    let address = address.trim_matches(is_dropped);
    // The brackets of an IPv6 host must stay.
    let path_at = address.find("://").map_or(0, |at| at + 3);
    let path_at = address[path_at..].find(['/', '?', '#']).map_or(address.len(), |at| path_at + at);
    let needs_encoding = |c: char| {
        c.is_ascii_control()
            || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '%' | '[' | ']')
    };
    if !address.contains(needs_encoding) {
        return escape_into(out, address);
    }
    let mut encoded = String::with_capacity(address.len() + 16);
    for (at, c) in address.char_indices() {
        let stays = match c {
            '%' => percent::is_encoded(&address[at..]),
            '[' | ']' => at < path_at,
            c => !needs_encoding(c),
        };
        if stays {
            encoded.push(c);
        } else {
            // Only ASCII needs it.
            encoded.push_str(percent::byte(c as u8));
        }
    }
    escape_into(out, &encoded);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_are_allowed() {
        for good in ["https://example.org", "HTTP://x", "mailto:a@b.c", "tel:+1", "//example.org/x"] {
            assert_eq!(of_link(good), Address::Web, "{good}");
        }
        for inside in ["a.md", "../b/", "/x/", "#top", "?q=1", "a b: c.md", "1:2", "ü:x", "über.md#a:b"] {
            assert_eq!(of_link(inside), Address::Site, "{inside}");
        }
        for bad in [
            "javascript:x",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "file:///x",
            "C:/x",
        ] {
            assert!(matches!(of_link(bad), Address::Forbidden(_)), "{bad:?}");
        }
        assert_eq!(of_link(" \n"), Address::Empty);
        assert_eq!(of_picture("data:image/png;base64,x"), Address::Web);
        assert!(matches!(of_picture("data:text/html,x"), Address::Forbidden(_)));
    }

    #[test]
    fn web_addresses_have_a_host() {
        for good in ["https://example.org", "HTTPS://example.org/x?y", "http://[::1]/", "https://例え.jp/"]
        {
            assert!(is_web(good), "{good}");
        }
        for bad in [
            "https://",
            "http:///x",
            "example.org",
            "ftp://x",
            "https:x",
            "https://a b",
            "javascript:alert(1)//https://x",
        ] {
            assert!(!is_web(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_are_escaped_for_html() {
        let check = |address: &str, expected: &str| {
            let mut out = String::new();
            write(&mut out, address);
            assert_eq!(out, expected);
        };
        check("https://example.org/a?b=c&d='e'", "https://example.org/a?b=c&amp;d=&#39;e&#39;");
        check("https://[::1]/a[1] b|c", "https://[::1]/a%5B1%5D%20b%7Cc");
        check("https://x.org/100%/%C3%A9/é", "https://x.org/100%25/%C3%A9/é");
        check("https://x.org/\"><script>", "https://x.org/%22%3E%3Cscript%3E");
    }
}
