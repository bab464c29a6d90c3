//! Robust Links (<https://robustlinks.mementoweb.org/spec/>): a link to an original with an archived copy
//! also names the copy, in case the original disappears.
//!
//! Only links in texts are marked here: those to one of the article's sources, and those to an article that
//! has no page. Templates mark all others. A text without such links is not searched.

use super::Site;
use crate::base::html::{escape, unescape};
use crate::base::percent::in_ascii;
use crate::model::article::Provenance;
use crate::model::collection::Href;
use crate::model::ingredients::Whereabouts;
use crate::model::view::{RichText, VersionView};

impl Site<'_> {
    /// The archived copy of a source.
    pub(super) fn version(&self, source: &Provenance) -> Option<VersionView> {
        let day = source.retrieved.filter(|date| date.day > 0);
        Some(VersionView { url: source.archive.clone()?, date: day.map(|day| self.date(day)) })
    }

    /// The archived copy of what a link to an article leads to.
    pub(super) fn version_at(&self, place: Whereabouts<'_>) -> Option<VersionView> {
        match place {
            Whereabouts::Here(_) => None,
            Whereabouts::Outside(source) => self.version(source),
        }
    }
}

/// The originals that have an archived copy: the address of each, and what links to it get.
#[derive(Debug, Default)]
pub(super) struct Versions(Vec<(String, String)>);

impl Versions {
    /// Of those that a text may lead to: the sources of its article, and where links go on to.
    pub(super) fn of(sources: &[Provenance], links: &[Href], site: &Site<'_>) -> Self {
        let goes_on = links.iter().filter_map(|link| match link {
            Href::Outside { source, .. } => Some(&**source),
            _ => None,
        });
        let archived = sources.iter().chain(goes_on).filter_map(|source| {
            let (url, version) = (source.url.as_ref()?, site.version(source)?);
            let date = version.date.map(|date| format!(" data-versiondate=\"{}\"", date.iso));
            let mark = format!(" data-versionurl=\"{}\"{}", escape(&version.url), date.unwrap_or_default());
            Some((in_ascii(url), mark))
        });
        Self(archived.collect())
    }

    /// Marks the links in a text. Components in it keep their places.
    pub(super) fn mark(&self, text: &mut RichText) {
        let marks = if self.0.is_empty() { Vec::new() } else { self.marks(&text.html) };
        if marks.is_empty() {
            return;
        }
        let longer: usize = marks.iter().map(|(_, mark)| mark.len()).sum();
        let mut html = String::with_capacity(text.html.len() + longer);
        let mut components = text.components.iter_mut().peekable();
        let mut done = 0;
        for (at, mark) in marks {
            while let Some(component) = components.next_if(|component| component.at < at) {
                component.at += html.len() - done;
            }
            html.extend([&text.html[done..at], mark]);
            done = at;
        }
        components.for_each(|component| component.at += html.len() - done);
        html.push_str(&text.html[done..]);
        text.html = html;
    }

    /// Where something is to be put into a text, and what.
    fn marks(&self, html: &str) -> Vec<(usize, &str)> {
        const HREF: &str = " href=\"";
        let mark = |(start, _): (usize, &str)| {
            let rest = &html[start..];
            let tag = &rest[..=rest[1..].find(['<', '>'])?];
            let address = tag.find(HREF)? + HREF.len();
            let end = address + tag[address..].find('"')?;
            let own = in_ascii(&unescape(&tag[address..end]));
            let (_, mark) = self.0.iter().find(|(url, _)| *url == own)?;
            (!tag.contains(" data-versionurl=\"")).then_some((start + end + 1, mark.as_str()))
        };
        html.match_indices("<a ").filter_map(mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::view::ComponentView;
    use crate::view::fixture::World;

    #[test]
    fn only_links_to_an_archived_original_are_marked() {
        let world = World::new();
        let source = |url: &str, archive: Option<&str>| Provenance {
            archive: archive.map(str::to_owned),
            retrieved: if url.contains('?') { "2024-03-02" } else { "2024" }.parse().ok(),
            ..Provenance::at(url.to_owned())
        };
        let sources = [
            source("https://e.example/?a=1&b=é", Some("https://a.example/\"1\"")),
            source("https://e.example/plain", Some("https://a.example/2")),
            source("https://e.example/alone", None),
        ];
        let versions = Versions::of(&sources, &[], &world.site());
        let check = |html: &str, expected: &str| {
            let mut marked = RichText { html: html.to_owned(), components: Vec::new() };
            versions.mark(&mut marked);
            assert_eq!(marked.html, expected);
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
            "<a href=\"https://e.example/?a%3D1&amp;b=é\">x</a>",
            "<a href=\"https://e.example/?a=1%26b=é\">x</a>",
            "<a href=\"https://e.example/alone\">x</a>",
            "<code>&lt;a href=\"https://e.example/plain\"&gt;</code>",
            "<area href=\"https://e.example/plain\">",
            "<a href=\"https://e.example/plain\" data-versionurl=\"https://other.example/\">x</a>",
            "<a href=\"https://e.example/plain",
        ] {
            check(same, same);
        }
    }

    #[test]
    fn component_positions_are_kept() {
        let world = World::new();
        let archive = Some("https://a.example/".to_owned());
        let source = Provenance { archive, ..Provenance::at("https://e.example/".to_owned()) };
        let link = "<a href=\"https://e.example/\">x</a>";
        let component = |at: usize| ComponentView {
            at,
            name: "note".to_owned(),
            id: String::new(),
            arguments: Vec::new(),
            table: None,
            content: RichText::default(),
        };
        let html = format!("{link}{link}<p>y</p>{link}");
        let components = [0, link.len(), 2 * link.len(), html.len()].map(component).into();
        let mut text = RichText { html, components };
        Versions::of(&[source], &[], &world.site()).mark(&mut text);
        let marked = link.replace(">x", " data-versionurl=\"https://a.example/\">x");
        assert_eq!(text.html, format!("{marked}{marked}<p>y</p>{marked}"));
        let places: Vec<usize> = text.components.iter().map(|component| component.at).collect();
        assert_eq!(places, [0, marked.len(), 2 * marked.len(), text.html.len()]);
    }
}
