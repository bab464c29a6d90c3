//! The names by which style sheets refer to other files.

use crate::base::percent::decoded;
use crate::model::path::UrlPath;

/// The asset that an address in the sheet `from` means, by its name below `assets/`. `None` if it leads
/// elsewhere: to another host, out of the assets, or to a part of the page.
pub(super) fn resolved(from: &str, address: &str) -> Option<String> {
    let path = &address[..address.len() - suffix(address).len()];
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || path.starts_with('/') || path.contains('\\') || has_scheme {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<String> =
        folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(decoded(part)),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What follows the path of an address: the name of a part, as in `icons.svg#bell`, or a question.
pub(super) fn suffix(address: &str) -> &str {
    address.find(['?', '#']).map_or("", |at| &address[at..])
}

/// The way from the sheet `from` to another asset.
pub(super) fn way(from: &str, to: &str) -> String {
    let to = UrlPath::parse(&format!("/{to}")).map(|to| to.encoded()).unwrap_or_default();
    "../".repeat(from.matches('/').count()) + to.trim_start_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_to_their_sheet() {
        let check = |from: &str, address: &str, expected: Option<&str>| {
            assert_eq!(resolved(from, address).as_deref(), expected, "{address}");
        };
        check("style.css", "fonts/h.woff2", Some("fonts/h.woff2"));
        check("style.css", "./fonts/h.eot?#iefix", Some("fonts/h.eot"));
        check("css/a.css", "../fonts/my%20font.woff2", Some("fonts/my font.woff2"));
        check("css/a.css", "b.css", Some("css/b.css"));
        for elsewhere in [
            "../p.png",
            "/p.png",
            "#part",
            "data:image/png;base64,A",
            "http://e.example/a",
            "//e.example/a",
            "",
        ] {
            check("style.css", elsewhere, None);
        }
        assert_eq!(way("style.css", "fonts/h.1.woff2"), "fonts/h.1.woff2");
        assert_eq!(way("style.css", "a \"b\".1.png"), "a%20%22b%22.1.png");
        assert_eq!(way("a/b/c.css", "h.1.woff2"), "../../h.1.woff2");
    }
}
