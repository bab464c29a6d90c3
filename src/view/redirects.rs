//! Redirects and withdrawn addresses in the forms that hosts read.
//!
//! | form | moved | gone |
//! | --- | --- | --- |
//! | `_redirects` (<https://docs.netlify.com/manage/routing/redirects/overview/>) | `/from /to 301` | `/from /page 410!` |
//! | `.htaccess` (Apache's `mod_alias`) | `RedirectMatch 301 "^/from$" /to` | `RedirectMatch 410 "^/from$"`, `ErrorDocument 410 /page` |
//! | nginx | `location = /from { return 301 /to; }` | `location = /from { error_page 410 /page; return 410; }` |
//!
//! Apache and nginx show the page only for addresses of folders; others have a page of the host.
//!
//! `RedirectMatch` percent-encodes the path that it leads to, even what is encoded already; `Redirect` does not,
//! but takes all addresses that begin like the one it is for, unless it stands in an `<If>`.
//!
//! The `!` makes Netlify answer with 410 though there is a page at the address; that page is what it shows. A
//! host that does not know the number passes the line over and shows the page.

use super::Site;
use super::address::Form;
use crate::base::percent;
use crate::model::ingredients::RedirectsParts;
use crate::model::path::UrlPath;
use crate::model::plan::HostFile;
use crate::model::view::View;

/// The redirects in one of the forms.
pub(super) fn file(form: HostFile, parts: &RedirectsParts<'_>, site: &Site<'_>) -> View {
    let moved = parts
        .moved
        .iter()
        .map(|(from, to)| moved(form, &site.local(from), &percent::as_word(&site.goal(to, Form::Local))));
    let gone = parts.gone.iter().map(|url| gone(form, url, site));
    View::Text(moved.chain(gone).collect())
}

fn moved(form: HostFile, from: &str, to: &str) -> String {
    match form {
        HostFile::Redirects => format!("{} {to} 301\n", literally(from)),
        HostFile::Htaccess if to.contains('%') => format!(
            "<If \"%{{REQUEST_URI}} =~ m#{}#\">\nRedirect 301 {} \"{to}\"\n</If>\n",
            pattern(from),
            decoded(from)
        ),
        HostFile::Htaccess => format!("RedirectMatch 301 \"{}\" {to}\n", pattern(from)),
        HostFile::Nginx => format!("location = {} {{ return 301 \"{to}\"; }}\n", decoded(from)),
    }
}

fn gone(form: HostFile, url: &UrlPath, site: &Site<'_>) -> String {
    let from = site.local(url);
    let page = UrlPath::parse(&format!("/{}", url.out_path().as_str()));
    let page = page.map_or_else(|| from.clone(), |page| site.local(&page));
    let [plain, notice] = [&from, &page].map(|address| percent::decoded(address));
    // Other signs can mean something, and a notice at the very address would be gone, too.
    let is_fine = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let is_plain = plain != notice && notice.chars().all(is_fine);
    match form {
        HostFile::Redirects => format!("{} {page} 410!\n", literally(&from)),
        HostFile::Htaccess if is_plain => format!(
            "RedirectMatch 410 \"{}\"\n<If \"%{{REQUEST_URI}} == '{plain}'\">\nErrorDocument 410 {page}\n</If>\n",
            pattern(&from)
        ),
        HostFile::Htaccess => format!("RedirectMatch 410 \"{}\"\n", pattern(&from)),
        HostFile::Nginx if is_plain => {
            format!("location = {} {{ error_page 410 \"{notice}\"; return 410; }}\n", decoded(&from))
        }
        HostFile::Nginx => format!("location = {} {{ return 410; }}\n", decoded(&from)),
    }
}

/// An address without the signs that begin a placeholder or stand for anything.
fn literally(address: &str) -> String {
    address.replace(':', "%3A").replace('*', "%2A")
}

/// A pattern that matches nothing but an address. Apache compares with the address after its percent-encoding
/// is undone.
fn pattern(address: &str) -> String {
    let mut pattern = String::from("^");
    for c in percent::decoded(address).chars() {
        if !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_' | ' ') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern + "$"
}

/// An address as hosts compare it: without percent-encoding, in quotes.
fn decoded(address: &str) -> String {
    let plain = percent::decoded(address);
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::plan::Goal;
    use crate::view::fixture::{World, url};

    #[test]
    fn every_host_has_its_form() {
        let world = World::new();
        let (from, to, gone) = (url("/old/a b:*.html"), Goal::Here(url("/2024/new/")), url("/2024/gone/"));
        let (outside, original) =
            (url("/old/b/"), Goal::Outside("https://there.example/é $1;\"x\"?a=1#b".into()));
        let moved = || vec![(&from, &to), (&outside, &original)];
        let parts = || RedirectsParts { moved: moved(), gone: vec![&gone] };
        let there = "https://there.example/%C3%A9%20%241;%22x%22?a=1#b";
        let text = |form: HostFile| match file(form, &parts(), &world.site()) {
            View::Text(text) => text,
            _ => String::new(),
        };
        assert_eq!(
            text(HostFile::Redirects),
            format!(
                "/sub/old/a%20b%3A%2A.html /sub/2024/new/ 301\n/sub/old/b/ {there} 301\n/sub/2024/gone/ /sub/2024/gone/index.html 410!\n"
            )
        );
        assert_eq!(
            text(HostFile::Htaccess),
            format!(
                "RedirectMatch 301 \"^/sub/old/a b\\:\\*\\.html$\" /sub/2024/new/\n<If \"%{{REQUEST_URI}} =~ m#^/sub/old/b/$#\">\nRedirect 301 \"/sub/old/b/\" \"{there}\"\n</If>\nRedirectMatch 410 \"^/sub/2024/gone/$\"\n<If \"%{{REQUEST_URI}} == '/sub/2024/gone/'\">\nErrorDocument 410 /sub/2024/gone/index.html\n</If>\n"
            )
        );
        assert_eq!(
            text(HostFile::Nginx),
            format!(
                "location = \"/sub/old/a b:*.html\" {{ return 301 \"/sub/2024/new/\"; }}\nlocation = \"/sub/old/b/\" {{ return 301 \"{there}\"; }}\nlocation = \"/sub/2024/gone/\" {{ error_page 410 \"/sub/2024/gone/index.html\"; return 410; }}\n"
            )
        );
    }
}
