//! Three kinds of path that must never be mixed up: of input files, of addresses, of output files.
//!
//! Each path is stored in many places, so clones share the text.

use std::borrow::Borrow;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use crate::base::bytes;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::percent;

/// Where an input file lies: relative to the site's root, with forward slashes; where the configuration
/// points outside the root, the configured folder and the way from there.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContentPath(#[serde(deserialize_with = "shared")] Arc<str>);

impl ContentPath {
    /// A path as `scan` found it.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text, as messages show it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the file lies in, without a slash at the end; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.as_str(), |(_, name)| name)
    }

    /// The file's name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The last extension; empty if there is none.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether it is the path of a document.
    pub fn is_document(&self) -> bool {
        matches!(self.extension().to_ascii_lowercase().as_str(), "md" | "markdown")
    }

    /// What is told of a file that can't be published because of its name.
    pub fn left_out(&self) -> Diagnostic {
        let is_control = self.0.contains(char::is_control);
        let what = if is_control { "a control character" } else { "a `\\`" };
        let shown: String = self.0.chars().flat_map(visible).collect();
        let message = format!("`{shown}` is left out, because {what} cannot stand in an address");
        Diagnostic::new(Rule::FileName, message).in_file(shown).hint("give it another name")
    }

    /// Whether the file is an article of a folder of its own: `some-slug/index.md`.
    pub fn is_bundle(&self) -> bool {
        self.stem() == "index" && !self.folder().is_empty()
    }

    /// The name of the file, or of the folder if it is a bundle: first the date that it may begin with, as it is
    /// written, and then the rest.
    pub fn dated_name(&self) -> (Option<&str>, &str) {
        let folder = self.folder();
        let folder = folder.rsplit('/').next().unwrap_or(folder);
        let whole = if self.is_bundle() { folder } else { self.stem() };
        let dated = leading_date(whole).and_then(|date| {
            let rest = whole[date.len()..].strip_prefix(['-', '_', ' '])?;
            (!rest.is_empty()).then_some((date, rest))
        });
        dated.map_or((None, whole), |(date, rest)| (Some(date), rest))
    }

    /// The path that `relative` leads to from this file's folder. Further up than the root it leads out of
    /// it.
    #[must_use]
    pub fn resolve(&self, relative: &str) -> Self {
        let mut parts: Vec<&str> = self.folder().split('/').collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|&last| last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        if parts.first() == Some(&"") && !self.0.starts_with('/') {
            parts.remove(0);
        }
        Self(parts.join("/").into())
    }
}

/// The `2022-01-11` that a name begins with, or `2022-1-11`.
fn leading_date(name: &str) -> Option<&str> {
    let (year, rest) = name.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let day = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
    let is_number = |text: &str, digits: RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2);
    is_date.then(|| &name[..year.len() + month.len() + day.len() + 2])
}

impl fmt::Display for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for ContentPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Reads a path from bytes that have it as it is. Through a `String`, which serde would take, it would be copied
/// twice.
fn shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    <&str>::deserialize(deserializer).map(Arc::from)
}

/// An address within the site: starts with a slash, is not percent-encoded, has no base path, and no segment
/// of it is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UrlPath(#[serde(deserialize_with = "shared")] Arc<str>);

/// What is told of a file that is left out because its name is not UTF-8, by its path as far as it can be shown.
pub fn not_utf8(path: &str) -> Diagnostic {
    let shown: String = path.chars().flat_map(visible).collect();
    let message = format!("`{shown}` is left out, because its name is not UTF-8");
    Diagnostic::new(Rule::FileName, message).in_file(shown).hint("give it another name")
}

/// A character as a message shows it: control characters would do something to a terminal.
fn visible(c: char) -> impl Iterator<Item = char> {
    let (plain, escaped) = if c.is_control() { (None, Some(c.escape_default())) } else { (Some(c), None) };
    plain.into_iter().chain(escaped.into_iter().flatten())
}

/// Whether a character can't stand in an address at all: browsers take `\` for `/` and leave line breaks out.
/// <https://url.spec.whatwg.org/#url-parsing>
pub fn is_unaddressable(c: char) -> bool {
    c.is_control() || c == '\\'
}

impl UrlPath {
    /// The front page.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// Checks an address such as `/2022/01/some-slug/` or `/feed.xml`. What has a meaning of its own in a
    /// link, as `#` and `?` have, may stand in it, because it gets into links encoded.
    pub fn parse(path: &str) -> Option<Self> {
        let inner = path.strip_prefix('/')?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let fine = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(is_unaddressable);
        (path == "/" || inner.split('/').all(fine)).then(|| Self(path.into()))
    }

    /// Checks an address that people wrote: the slash in front may be missing, and it may be percent-encoded.
    /// A query or a fragment is no part of an address.
    pub fn of_written(path: &str) -> Option<Self> {
        let path = Some(path.trim()).filter(|path| !path.contains(['?', '#']))?;
        let path = percent::decoded_if_sound(path)?;
        Self::parse(&format!("/{}", path.strip_prefix('/').unwrap_or(&path)))
    }

    /// The address with a slash at its end, unless it names a file with an extension. A host has no type for a
    /// file without one, and sends a folder's address without the slash to the one with it.
    #[must_use]
    pub fn as_page(self) -> Self {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        if name.is_empty() || name.contains('.') { self } else { Self(format!("{}/", self.0).into()) }
    }

    /// The address of something below this one, which must end in a slash.
    #[must_use]
    pub fn join(&self, below: &str) -> Self {
        debug_assert!(self.0.ends_with('/') && !below.starts_with('/'), "{self} + {below}");
        Self(format!("{}{below}", self.0).into())
    }

    /// The address as text, not encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it stands in a link, percent-encoded as RFC 3986 wants it.
    pub fn encoded(&self) -> String {
        let mut encoded = String::with_capacity(self.0.len());
        self.encode_into(&mut encoded);
        encoded
    }

    /// Appends the address as it stands in a link.
    pub fn encode_into(&self, out: &mut String) {
        // Nearly all are made of these.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() | bytes::is_one_of(byte, *b"/-._");
        if bytes::any(self.0.as_bytes(), |byte| !is_plain(byte)) {
            percent::path_into(out, &self.0);
        } else {
            out.push_str(&self.0);
        }
    }

    /// The file that a static host serves at this address.
    pub fn out_path(&self) -> OutPath {
        let inner = &self.0[1..];
        OutPath(if self.0.ends_with('/') { [inner, "index.html"].concat().into() } else { inner.into() })
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for UrlPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Where an output file lies, relative to the output folder. It comes from a [`UrlPath`] and so can't leave
/// that folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutPath(#[serde(deserialize_with = "shared")] Arc<str>);

impl OutPath {
    /// The path as text, with forward slashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the file; empty for the output folder itself.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether a disk that does not tell upper from lower case, as on macOS and Windows, may have it under another
    /// path.
    pub fn has_capitals(&self) -> bool {
        self.0.chars().any(char::is_uppercase)
    }

    /// The path without capitals. Two that are the same without them are one file on such a disk.
    pub fn without_capitals(&self) -> String {
        self.0.to_lowercase()
    }

    /// Reads back a path that was stored; anything that could leave the output folder is refused.
    pub fn parse(path: &str) -> Option<Self> {
        UrlPath::parse(&format!("/{path}"))
            .filter(|_| !path.is_empty() && !path.ends_with('/'))
            .map(|_| Self(path.into()))
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for OutPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_resolved() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(ContentPath::new(from).resolve(to).as_str(), expected);
        };
        check("content/articles/a.md", "b.md", "content/articles/b.md");
        check("content/articles/a.md", "../pages/./about.md", "content/pages/about.md");
        check("content/articles/a.md", "../../../../x", "../../x");
        check("a.md", "b.md", "b.md");
        check("../else/a.md", "b.md", "../else/b.md");
        check("/abs/a.md", "b.md", "/abs/b.md");
    }

    #[test]
    fn addresses_cannot_leave_the_site() {
        for bad in ["", "a", "//", "/a//b", "/../a", "/a/../b/", "/a\\b", "/a\nb", "/./"] {
            assert_eq!(UrlPath::parse(bad), None, "{bad:?}");
        }
        for good in ["/", "/a/", "/a.html", "/東京/", "/a?b", "/#1"] {
            assert!(UrlPath::parse(good).is_some(), "{good:?}");
        }
    }

    #[test]
    fn written_addresses_are_read() {
        let check = |written: &str, expected: Option<&str>| {
            assert_eq!(UrlPath::of_written(written).as_ref().map(UrlPath::as_str), expected, "{written}");
        };
        check("old/one", Some("/old/one"));
        check(" /caf%C3%A9/ ", Some("/café/"));
        check("/%2e%2e/x", None);
        check("../x", None);
        check("/%ff", None);
        check("https://example.org/x", None);
        check("/old/?p=1", None);
        check("/old#x", None);
        check("/old%231", Some("/old#1"));
    }

    #[test]
    fn addresses_become_links_and_files() {
        let url = UrlPath::root().join("tags/東 京/");
        assert_eq!(url.encoded(), "/tags/%E6%9D%B1%20%E4%BA%AC/");
        assert_eq!(url.out_path().as_str(), "tags/東 京/index.html");
        let report = UrlPath::parse("/Report #3?.pdf").unwrap();
        assert_eq!(report.encoded(), "/Report%20%233%3F.pdf");
        assert_eq!(report.out_path().as_str(), "Report #3?.pdf");
        assert_eq!(UrlPath::root().out_path().as_str(), "index.html");
        assert_eq!(UrlPath::parse("/feed.xml").unwrap().out_path().as_str(), "feed.xml");
    }
}
