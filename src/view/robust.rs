//! Robust Links (<https://robustlinks.mementoweb.org/spec/>): a link to an original that has an archived copy says where that is, for the day on
//! which the original is gone.
//!
//! Only links in a text are marked here, and only those whose address is that of one of the article's sources; templates do the others. A text
//! without such a source is not even looked at.

use super::Site;
use crate::base::html::{escape, unescape};
use crate::model::article::Provenance;
use crate::model::path::decoded;
use crate::model::view::ComponentView;

/// The sources of an article that have an archived copy: the decoded address of each, and what links to it get.
#[derive(Debug, Default)]
pub(super) struct Versions(Vec<(String, String)>);

impl Versions {
    pub(super) fn of(sources: &[Provenance], site: &Site<'_>) -> Self {
        let archived = sources.iter().filter_map(|source| {
            let (url, archive) = (source.url.as_ref()?, source.archive.as_ref()?);
            let date = source.retrieved.map(|date| date.iso(site.config.zone));
            let date = date.map(|date| format!(" data-versiondate=\"{date}\"")).unwrap_or_default();
            Some((decoded(url), format!(" data-versionurl=\"{}\"{date}", escape(archive))))
        });
        Self(archived.collect())
    }

    /// Marks the links in a text. Components in it keep their places.
    pub(super) fn mark(&self, html: &mut String, components: &mut [ComponentView]) {
        if self.0.is_empty() {
            return;
        }
        let marks = self.marks(html);
        for component in components {
            let before = marks.iter().take_while(|(at, _)| *at <= component.at);
            component.at += before.map(|(_, mark)| mark.len()).sum::<usize>();
        }
        for (at, mark) in marks.into_iter().rev() {
            html.insert_str(at, mark);
        }
    }

    /// Where something is to be put into a text, and what.
    fn marks(&self, html: &str) -> Vec<(usize, &str)> {
        const HREF: &str = " href=\"";
        let mark = |(at, _): (usize, &str)| {
            let (tag, address) = (html.get(html[..at].rfind(['<', '>'])?..)?, html.get(at + HREF.len()..)?);
            let (address, _) = address.split_once('"')?;
            let is_free = tag.starts_with("<a ") && !tag.split('>').next()?.contains(" data-version");
            let own = decoded(&unescape(address));
            let (_, mark) = self.0.iter().find(|(url, _)| is_free && *url == own)?;
            Some((at + HREF.len() + address.len() + 1, mark.as_str()))
        };
        html.match_indices(HREF).filter_map(mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::World;

    #[test]
    fn only_links_to_an_archived_original_are_marked() {
        let world = World::new();
        let source = |url: &str, archive: Option<&str>| Provenance {
            archive: archive.map(str::to_owned),
            retrieved: "2024-03-02".parse().ok().filter(|_| url.contains('?')),
            ..Provenance::at(url.to_owned())
        };
        let sources = [
            source("https://e.example/?a=1&b=é", Some("https://a.example/\"1\"")),
            source("https://e.example/plain", Some("https://a.example/2")),
            source("https://e.example/alone", None),
        ];
        let versions = Versions::of(&sources, &world.site());
        let check = |html: &str, expected: &str| {
            let mut marked = html.to_owned();
            versions.mark(&mut marked, &mut []);
            assert_eq!(marked, expected);
        };
        let first = " data-versionurl=\"https://a.example/&quot;1&quot;\" data-versiondate=\"2024-03-02\"";
        check(
            "<p><a href=\"https://e.example/?a=1&amp;b=%C3%A9\" title=\"x\">x</a> <a class=\"y\" href=\"https://e.example/?a=1&amp;b=é\">y</a>",
            &format!(
                "<p><a href=\"https://e.example/?a=1&amp;b=%C3%A9\"{first} title=\"x\">x</a> \
                 <a class=\"y\" href=\"https://e.example/?a=1&amp;b=é\"{first}>y</a>"
            ),
        );
        check(
            "<a href=\"https://e.example/plain\">é</a>",
            "<a href=\"https://e.example/plain\" data-versionurl=\"https://a.example/2\">é</a>",
        );
        for same in [
            "",
            "<a href=\"https://e.example/plain/\">x</a>",
            "<a href=\"https://e.example/alone\">x</a>",
            "<code>&lt;a href=\"https://e.example/plain\"&gt;</code>",
            "<area href=\"https://e.example/plain\">",
            "<a href=\"https://e.example/plain\" data-versionurl=\"https://other.example/\">x</a>",
            "<a href=\"https://e.example/plain",
        ] {
            check(same, same);
        }
    }
}
