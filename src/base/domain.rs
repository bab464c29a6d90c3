//! The domain of a web address, in one form for all its spellings.

use std::borrow::Cow;

use super::percent::decoded_if_sound;

/// The domain as readers know it: in lower case and in the letters of its language, without user, `www.`,
/// port and the dot of the root.
///
/// `None` if the address has no host. Percent-encoding is decoded, and so are international domains, by UTS
/// 46 (<https://www.unicode.org/reports/tr46/>).
pub fn domain(address: &str) -> Option<Cow<'_, str>> {
    let host = host(address)?;
    match decoded(host) {
        Some(host) => of_host(&host).map(|domain| Cow::Owned(domain.into_owned())),
        None => of_host(host),
    }
}

/// A host without percent-encoding, if it has any.
fn decoded(host: &str) -> Option<String> {
    let is_forbidden = |c: char| c.is_control() || c.is_whitespace() || FORBIDDEN.contains(&c);
    decoded_if_sound(host).filter(|plain| plain != host && !plain.contains(is_forbidden))
}

/// What makes a host stay encoded, beside blanks and control characters: the forbidden domain code points of
/// <https://url.spec.whatwg.org/>, and quotes.
const FORBIDDEN: [char; 15] = ['#', '%', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '|', '`', '"'];

fn of_host(host: &str) -> Option<Cow<'_, str>> {
    let host = host.trim_end_matches('.');
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'[' | b']' | b':');
    let domain = if host.bytes().all(is_plain) && !host.contains("xn--") {
        Cow::Borrowed(host)
    } else {
        match idna::domain_to_unicode(host) {
            (domain, Ok(())) => Cow::Owned(domain),
            // No valid domain, but its spelling still tells it from others.
            (_, Err(_)) => Cow::Owned(host.to_lowercase()),
        }
    };
    let bare = match domain {
        Cow::Borrowed(domain) => Cow::Borrowed(without_www(domain)),
        Cow::Owned(domain) => Cow::Owned(without_www(&domain).to_owned()),
    };
    (!bare.is_empty()).then_some(bare)
}

/// A name right below the root stays whole: `www.example`.
fn without_www(domain: &str) -> &str {
    domain.strip_prefix("www.").filter(|bare| bare.contains('.')).unwrap_or(domain)
}

/// What stands behind the domain: the path without percent-encoding and the slash at its end.
pub fn path(address: &str) -> Cow<'_, str> {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let path = rest.find('/').map_or("", |at| &rest[at..]).trim_end_matches('/');
    let plain = path.contains('%').then(|| decoded_if_sound(path)).flatten();
    plain.map_or(Cow::Borrowed(path), Cow::Owned)
}

/// The root of the place that an address leads to: `https://gazette.example/`. Empty if it has no host.
pub fn root(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() { String::new() } else { format!("{scheme}://{authority}/") }
}

/// The host as it is written; an IPv6 address keeps its brackets.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.find(']') {
        Some(end) => host.get(..=end),
        None => host.split(':').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::{domain, path};

    #[test]
    fn spellings_of_a_domain_are_equal() {
        for (expected, spellings) in [
            (
                "harbour.example",
                &[
                    "https://harbour.example",
                    "http://harbour.example/2024/a?b=c#d",
                    "https://www.harbour.example/",
                    "HTTPS://WWW.Harbour.Example:8443/a",
                    "https://harbour.example./a",
                    "http://user:secret@harbour.example:80?x",
                ][..],
            ),
            (
                "bücher.example",
                &[
                    "https://bücher.example/",
                    "https://xn--bcher-kva.example/",
                    "https://WWW.XN--BCHER-KVA.EXAMPLE./",
                    "https://BÜCHER.example/",
                    "https://bu\u{308}cher.example:80/",
                    "https://b%C3%BCcher.example/",
                ],
            ),
            ("bucher.example", &["https://bucher.example"]),
            ("news.harbour.example", &["https://news.harbour.example/"]),
            ("wwwharbour.example", &["https://wwwharbour.example/"]),
            ("[::1]", &["http://[::1]:8080/a", "http://[::1]"]),
            ("www.example", &["https://www.example/"]),
            ("a_b.example", &["https://A_b.example/"]),
            ("a%zz.example", &["https://a%zz.example/"]),
            ("known.example%2f.evil.example", &["https://known.example%2F.evil.example/"]),
            ("a%00%0a.example", &["https://a%00%0A.example/"]),
        ] {
            for spelling in spellings {
                assert_eq!(domain(spelling).as_deref(), Some(expected), "{spelling}");
            }
        }
        for none in ["", "harbour.example", "https://", "https:///a", "https://./"] {
            assert_eq!(domain(none), None, "{none}");
        }
    }

    #[test]
    fn paths_have_no_trailing_slash_query_or_fragment() {
        for (address, expected) in [
            ("https://a.example", ""),
            ("https://a.example/", ""),
            ("https://a.example/b/c/?d=/e#/f", "/b/c"),
            ("https://a.example?d=/e", ""),
            ("https://a.example/%40b/%C3%BC", "/@b/ü"),
            ("https://a.example/%+1/%zz/%", "/%+1/%zz/%"),
            ("a/b", ""),
        ] {
            assert_eq!(path(address), expected, "{address}");
        }
    }
}
