//! The site's own address, and what a whole address below it means.
//!
//! Content from other programs names its own site by whole addresses. To write these as they are would hide
//! dead links and give away what is not published, so they are read as paths of the site. It is the address in
//! `site.toml` that counts: a build for another one, such as a preview, must not lead away from itself.

use std::borrow::Cow;

use crate::base::domain::domain;
use crate::base::percent::decoded;

/// An address without the origin and the path of the site, if it leads to `home` or below it.
///
/// `http` and `https` are one, and so are a host with `www.` and one without. An address without a scheme
/// (`//example.org/shop/`) is left alone: so the author says that another program answers there.
pub(super) fn local<'a>(address: &'a str, home: &str) -> Cow<'a, str> {
    below(address, home).unwrap_or(Cow::Borrowed(address))
}

/// Whether a whole address leads to `home` or below it.
pub(super) fn is_own(address: &str, home: &str) -> bool {
    below(address, home).is_some()
}

fn below<'a>(address: &'a str, home: &str) -> Option<Cow<'a, str>> {
    let address = address.trim();
    let (host, rest) = split(address)?;
    let (own_host, own_path) = split(home)?;
    let is_there = port(host) == port(own_host) && !host.contains('@') && domain(address) == domain(home);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let mut slashes = rest[..end].match_indices('/').map(|(at, _)| at);
    let path_end = slashes.nth(own_path.matches('/').count()).unwrap_or(end);
    if !is_there || decoded(&rest[..path_end]) != decoded(own_path) {
        return None;
    }
    let below = &rest[path_end..];
    // A browser would take what follows two slashes for a host.
    let is_host = below.strip_prefix('/').is_some_and(|rest| rest.starts_with(['/', '\\']));
    let is_path = below.starts_with('/');
    (!is_host).then(|| if is_path { Cow::Borrowed(below) } else { Cow::Owned(format!("/{below}")) })
}

/// The host of a web address as it is written, with its port, and what follows it.
fn split(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    is_web.then(|| rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())))
}

/// The port of a host, unless it is a usual one.
fn port(host: &str) -> Option<&str> {
    let (before, port) = host.rsplit_once(':')?;
    let is_usual = before.contains('[') && !before.contains(']') || matches!(port, "" | "80" | "443");
    (!is_usual).then_some(port)
}

#[cfg(test)]
mod tests {
    use super::{is_own, local};

    #[test]
    fn whole_addresses_of_the_site_are_its_paths() {
        for (home, address, path) in [
            ("https://t.example", "https://t.example/a/?b=/c#d", "/a/?b=/c#d"),
            ("https://t.example", " HTTP://WWW.T.example:80/a ", "/a"),
            ("https://t.example", "https://t.example", "/"),
            ("https://t.example", "https://t.example#a/b", "/#a/b"),
            ("https://t.example", "https://t.example?p=1", "/?p=1"),
            ("https://t.example/news", "https://t.example/news", "/"),
            ("https://t.example/news", "https://t.example/news/a", "/a"),
            ("https://t.example/news", "https://t.example/news?a", "/?a"),
            ("https://t.example/%C3%BC%20b", "https://t.example/ü%20b/c%20d", "/c%20d"),
            ("https://xn--bcher-kva.example", "https://bücher.example/a", "/a"),
            ("http://localhost:8080", "http://localhost:8080/a", "/a"),
            ("http://[::1]", "http://[::1]/a", "/a"),
        ] {
            assert_eq!(local(address, home), path, "{address}");
        }
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        for (home, address) in [
            ("https://t.example", "https://u.example/a"),
            ("https://t.example", "https://t.example.evil.example/a"),
            ("https://t.example", "https://t.example@evil.example/a"),
            ("https://t.example", "https://me@t.example/a"),
            ("https://t.example", "https://t.example:8443/a"),
            ("https://t.example", "https://t.example//evil.example/a"),
            ("https://t.example", "https://t.example/\\evil.example/a"),
            ("https://t.example", "//t.example/shop/"),
            ("https://t.example", "ftp://t.example/a"),
            ("https://t.example", "/a/https://t.example/"),
            ("https://t.example/news", "https://t.example/"),
            ("https://t.example/news", "https://t.example/newsroom/a"),
            ("https://t.example/news", "https://t.example/a/news/"),
            ("http://localhost:8080", "http://localhost:3000/a"),
            ("", "https://t.example/a"),
            ("https://t.example", ""),
        ] {
            assert!(!is_own(address, home) && local(address, home) == address, "{address}");
        }
    }
}
