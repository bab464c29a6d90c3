//! The text of an article with today's addresses in its gaps.

use std::fmt::Write as _;
use std::ops::Range;

use super::Site;
use super::address::Form;
use super::robust::Versions;
use crate::base::html::escape_into;
use crate::model::article::{Body, Fill, Heading, Provenance};
use crate::model::collection::Href;
use crate::model::component::{Block, Written};
use crate::model::path::UrlPath;
use crate::model::view::{ArgumentView, ComponentView, RichText, TocEntry};

/// Space to reserve for each gap: the length of an ordinary address.
const ROOM: usize = 72;

/// The text for a page of the site, with the sources of its article. A gap whose link does not exist stays
/// empty.
pub(super) fn fill(body: &Body, links: &[Href], sources: &[Provenance], site: &Site<'_>) -> RichText {
    filled(body, links, sources, None, site)
}

/// The same for use outside of the site: every address is whole, even that of a footnote.
pub(super) fn fill_whole(
    body: &Body,
    links: &[Href],
    sources: &[Provenance],
    page: &UrlPath,
    site: &Site<'_>,
) -> RichText {
    filled(body, links, sources, Some(site.whole(page)), site)
}

fn filled(
    body: &Body,
    links: &[Href],
    sources: &[Provenance],
    page: Option<String>,
    site: &Site<'_>,
) -> RichText {
    let form = if page.is_some() { Form::Whole } else { Form::Local };
    let versions = Versions::of(sources, links, site);
    Composer { body, links, form, site, page, versions, slot: 0, block: 0, hides: Hides::default() }.whole()
}

/// Goes through a body once, from gap to gap and into each component.
struct Composer<'c> {
    body: &'c Body,
    links: &'c [Href],
    form: Form,
    site: &'c Site<'c>,
    /// The address of the page, for links to its own places.
    page: Option<String>,
    /// The archived copies of what links may lead to.
    versions: Versions,
    /// The next gap and the next component.
    slot: usize,
    block: usize,
    hides: Hides,
}

/// What is left out of elements whose address leads to something hidden.
#[derive(Default)]
struct Hides {
    /// Where the body is shown again.
    until: usize,
    /// Where a link began whose end tag is still to be left out.
    link: Option<usize>,
}

impl Composer<'_> {
    fn whole(mut self) -> RichText {
        let room = self.body.html.len() + self.body.slots.len() * ROOM;
        self.text(0..self.body.html.len(), 0, room)
    }

    /// A range of the body's HTML, which lies in `depth` components.
    fn text(&mut self, Range { start, end }: Range<usize>, depth: u32, room: usize) -> RichText {
        let mut text = RichText { html: String::with_capacity(room), components: Vec::new() };
        let mut done = start;
        let is_within = |block: &&Block| block.start as usize <= end && block.depth >= depth;
        while let Some(block) = self.body.blocks.get(self.block).filter(is_within) {
            self.block += 1;
            let start = (block.start as usize).max(done);
            self.fill_up_to(&mut text.html, done, start);
            done = (block.end as usize).clamp(start, end);
            let id = format!("{}:{}", block.name, self.block);
            let content = self.text(start..done, block.depth + 1, 0);
            let at = text.html.len();
            text.components.push(self.component(block, id, at, content));
        }
        self.fill_up_to(&mut text.html, done, end);
        self.make_whole(&mut text.html, &mut text.components);
        self.versions.mark(&mut text);
        text
    }

    fn fill_up_to(&mut self, html: &mut String, mut done: usize, end: usize) {
        while let Some(slot) = self.body.slots.get(self.slot).filter(|slot| slot.at as usize <= end) {
            self.slot += 1;
            let at = slot.at as usize;
            self.write(html, done..at);
            done = at;
            match (slot.fill, self.links.get(slot.link as usize)) {
                _ if at < self.hides.until => {}
                (Fill::Address, Some(Href::Hidden(_))) => self.hide(html, at),
                (Fill::Date(date), _) => escape_into(html, &self.site.date(date).text),
                (fill, Some(href)) => fill_one(html, fill, href, self.form, self.site),
                (_, None) => {}
            }
        }
        self.write(html, done..end);
    }

    /// Takes back the beginning of a link or picture whose address would come next, at this place in the body.
    /// Of a link the words remain. A picture goes with its figure: nobody needs a caption alone. The address of
    /// any other element stays empty.
    fn hide(&mut self, html: &mut String, at: usize) {
        let Some(tag) = html.rfind('<') else { return };
        let is_element = |name: &str| {
            let (own, rest) = html[tag + 1..].split_at_checked(name.len()).unwrap_or_default();
            own.eq_ignore_ascii_case(name) && rest.starts_with(|c: char| c.is_ascii_whitespace())
        };
        let rest = self.body.html.get(at..).unwrap_or_default();
        let (start, end) = if is_element("a") {
            self.hides.link = Some(tag);
            (tag, rest_of_tag(rest))
        } else if is_element("img") {
            let figure = figure_before(&html[..tag])
                .and_then(|figure| Some((figure, rest.find(FIGURE_END)? + FIGURE_END.len())));
            figure.map_or_else(|| (tag, rest_of_tag(rest)), |(figure, end)| (figure, Some(end)))
        } else {
            return;
        };
        // With a figure goes the link within it.
        self.hides.link = self.hides.link.filter(|link| *link <= start);
        html.truncate(start);
        self.hides.until = end.map_or(self.body.html.len(), |end| at + end);
    }

    fn write(&mut self, html: &mut String, part: Range<usize>) {
        let shown = part.start.max(self.hides.until)..part.end;
        let mut part = self.body.html.get(shown).unwrap_or_default();
        if self.hides.link.is_some() {
            let end = ["</a>", "</A>"].into_iter().filter_map(|tag| part.find(tag)).min();
            if let Some(end) = end {
                html.push_str(&part[..end]);
                part = &part[end + "</a>".len()..];
                self.hides.link = None;
            }
        }
        html.push_str(part);
    }

    fn component(&self, block: &Block, id: String, at: usize, content: RichText) -> ComponentView {
        let arguments = block.arguments.iter().map(|(name, value)| {
            let href = match value {
                Written::Link(link) => {
                    self.links.get(*link as usize).filter(|href| !matches!(href, Href::Hidden(_)))
                }
                Written::Nothing | Written::Text(_) => None,
            };
            let value = match value {
                Written::Nothing => None,
                Written::Text(text) => Some(text.clone()),
                Written::Link(_) => href.map(|href| self.site.address(href, self.form)),
            };
            let size = match href {
                Some(Href::Local { size, .. }) => *size,
                _ => None,
            };
            ArgumentView { name: name.clone(), value, size }
        });
        let arguments = arguments.collect();
        ComponentView { at, name: block.name.clone(), id, arguments, table: block.table.clone(), content }
    }

    fn make_whole(&self, html: &mut String, components: &mut [ComponentView]) {
        const OWN: &str = " href=\"#";
        let Some(page) = self.page.as_ref().filter(|_| html.contains(OWN)) else { return };
        let longer = page.len();
        for component in components {
            let before = html.get(..component.at).unwrap_or_default();
            component.at += before.matches(OWN).count() * longer;
        }
        *html = html.replace(OWN, &format!(" href=\"{page}#"));
    }
}

fn fill_one(html: &mut String, fill: Fill, href: &Href, form: Form, site: &Site<'_>) {
    match (fill, href) {
        (Fill::Address, href) => escape_into(html, &site.address(href, form)),
        (Fill::Size, Href::Local { size: Some((width, height)), .. }) => {
            // Writing to a string cannot fail.
            let _never_fails = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        (Fill::Size | Fill::Date(_), _) => {}
        (Fill::Title, Href::Local { title: Some(title), .. } | Href::Outside { title: Some(title), .. }) => {
            escape_into(html, title);
        }
        (Fill::Title, Href::Local { url, .. }) => escape_into(html, url.as_str()),
        (Fill::Title, Href::Outside { source, .. }) => escape_into(html, source.address()),
        (Fill::Title, Href::Path(text) | Href::AsWritten(text) | Href::Hidden(text)) => {
            escape_into(html, text);
        }
    }
}

const FIGURE_END: &str = "</figure>";

/// Where the figure begins whose first thing comes next, apart from a link around that.
fn figure_before(html: &str) -> Option<usize> {
    const FIGURE: &str = "<figure>";
    let link = html.rfind('<').filter(|at| html[*at..].starts_with("<a ") && html.ends_with('>'));
    let before = link.map_or(html, |at| &html[..at]);
    before.strip_suffix(FIGURE).map(str::len)
}

/// The length of the rest of a tag, from inside an attribute on whose value ends with the first byte.
fn rest_of_tag(rest: &str) -> Option<usize> {
    let mut within = None;
    let ends = |byte: u8| match (byte, within) {
        (b'"' | b'\'', None) => {
            within = Some(byte);
            false
        }
        (_, Some(quote)) if byte == quote => {
            within = None;
            false
        }
        (byte, within) => byte == b'>' && within.is_none(),
    };
    rest.bytes().skip(1).position(ends).map(|at| at + 2)
}

/// How many letters are compared.
const BEGINNING: usize = 60;

/// Whether an HTML text begins with some words. Only letters and digits count, as markup and typography
/// differ.
pub(super) fn begins_with(html: &str, words: &str) -> bool {
    let mut expected = words.chars().filter(|c| c.is_alphanumeric()).take(BEGINNING);
    let mut in_tag = false;
    let mut in_entity = false;
    let mut text = html.chars().filter(|&c| {
        let inside = in_tag || in_entity;
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '&' if !in_tag => in_entity = true,
            ';' => in_entity = false,
            _ => {}
        }
        !inside && c.is_alphanumeric()
    });
    expected.all(|c| text.next() == Some(c))
}

/// The headings as a tree. A heading that skips a level hangs below the nearest higher one.
pub(super) fn toc(headings: &[Heading]) -> Vec<TocEntry> {
    let mut entries = Vec::new();
    let mut rest = headings;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|heading| heading.level > first.level).count();
        entries.push(TocEntry {
            level: first.level,
            id: first.id.clone(),
            title: first.title.clone(),
            children: toc(&after[..below]),
        });
        rest = &after[below..];
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::Slot;
    use crate::view::fixture;

    /// `‹a0›`, `‹s0›` and `‹t0›` are gaps for address, size and title of the link with that number.
    fn body(text: &str) -> Body {
        let mut body = Body::default();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('‹') {
            body.html.push_str(before);
            let (gap, after) = after.split_once('›').unwrap();
            let fill = match &gap[..1] {
                "a" => Fill::Address,
                "s" => Fill::Size,
                _ => Fill::Title,
            };
            body.slots.push(Slot { at: body.html.len() as u32, link: gap[1..].parse().unwrap(), fill });
            rest = after;
        }
        body.html.push_str(rest);
        body
    }

    #[test]
    fn slots_are_filled() {
        let world = fixture::World::new();
        let site = world.site();
        let links = [
            Href::Local {
                url: UrlPath::parse("/2022/a&b'/").unwrap(),
                fragment: Some("x".into()),
                title: Some("Q & \"A\" </a>".into()),
                size: None,
            },
            Href::Local {
                url: UrlPath::parse("/p.jpg").unwrap(),
                fragment: None,
                title: None,
                size: Some((3, 2)),
            },
            Href::Path("/x?a=1&b=\"".into()),
            Href::AsWritten("https://e.example/".into()),
        ];
        let page = UrlPath::parse("/2022/01/here/").unwrap();
        let check = |text: &str, local: &str, whole: &str| {
            assert_eq!(fill(&body(text), &links, &[], &site).html, local, "{text}");
            assert_eq!(fill_whole(&body(text), &links, &[], &page, &site).html, whole, "{text}");
        };
        check("plain", "plain", "plain");
        check("", "", "");
        check(
            "<a href=\"‹a0›\">‹t0›</a>",
            "<a href=\"/sub/2022/a&amp;b&#39;/#x\">Q &amp; &quot;A&quot; &lt;/a&gt;</a>",
            "<a href=\"https://meridian.example/sub/2022/a&amp;b&#39;/#x\">Q &amp; &quot;A&quot; &lt;/a&gt;</a>",
        );
        check(
            "<img src=\"‹a1›\"‹s1›><img‹s3›>",
            "<img src=\"/sub/p.jpg\" width=\"3\" height=\"2\"><img>",
            "<img src=\"https://meridian.example/sub/p.jpg\" width=\"3\" height=\"2\"><img>",
        );
        check(
            "‹a2› ‹t2› ‹t3›",
            "/sub/x?a=1&amp;b=&quot; /x?a=1&amp;b=&quot; https://e.example/",
            "https://meridian.example/sub/x?a=1&amp;b=&quot; /x?a=1&amp;b=&quot; https://e.example/",
        );
        check("a‹a9›b", "ab", "ab");
        check(
            "<a href=\"#fn1\">1</a>",
            "<a href=\"#fn1\">1</a>",
            "<a href=\"https://meridian.example/sub/2022/01/here/#fn1\">1</a>",
        );
    }

    #[test]
    fn links_to_what_is_hidden_are_written_as_plain_text() {
        let world = fixture::World::new();
        let site = world.site();
        let links = [Href::Hidden("Q & A".into()), Href::AsWritten("/x/".into())];
        let page = UrlPath::parse("/2022/01/here/").unwrap();
        let check = |text: &str, expected: &str| {
            assert_eq!(fill(&body(text), &links, &[], &site).html, expected, "{text}");
            assert_eq!(
                fill_whole(&body(text), &links, &[], &page, &site).html.matches("<a").count(),
                expected.matches("<a").count()
            );
        };
        check("a <a href=\"‹a0›\">b <em>c</em></a> d", "a b <em>c</em> d");
        check("<a href=\"‹a0›\" title=\"x &gt; 'y' > z\">b</a><a href=\"‹a0›\">‹t0›</a>", "bQ &amp; A");
        check("<a href=\"‹a0›\">b</a> <a href=\"‹a1›\">c</a>", "b <a href=\"/x/\">c</a>");
        check("<A\nID=a HREF='‹a0›' DATA-A=\"'\">b</A> c", "b c");
        check("<a href=\"‹a0›\"><img src=\"‹a1›\"></a>", "<img src=\"/x/\">");
        check("<area href=\"‹a0›\"> c</a>", "<area href=\"\"> c</a>");
        check("<a href=\"‹a0›\">b", "b");
        check("<a href=\"‹a0›", "");
        check("<p>b <img src=\"‹a0›\" alt=\"c\"‹s0›> d</p>", "<p>b  d</p>");
        check("<a href=\"‹a0›\"><img src=\"‹a0›\"> b</a> c", " b c");
        check("<figure><img src=\"‹a0›\"‹s0›><figcaption>b</figcaption></figure>c", "c");
        check("<figure><a href=\"‹a1›\"><img src=\"‹a0›\"‹s0›></a></figure>c", "c");
        check(
            "<figure><a href=\"‹a0›\"><img src=\"‹a0›\"></a></figure><a href=\"‹a1›\">c</a>",
            "<a href=\"/x/\">c</a>",
        );
        check("<a href=\"‹a0›\"><figure><img src=\"‹a0›\"></figure></a>b", "b");
        check("<figure><b></b><img src=\"‹a0›\"></figure>", "<figure><b></b></figure>");
        check("<figure><img src=\"‹a0›\">b", "<figure>b");
        check("<video src=\"‹a0›\"></video>", "<video src=\"\"></video>");
    }

    #[test]
    fn a_broken_slot_does_not_panic() {
        let world = fixture::World::new();
        let slots = [9, 1, 2].map(|at| Slot { at, link: 0, fill: Fill::Address }).to_vec();
        let body = Body { html: "é".into(), slots, ..Body::default() };
        fill(&body, &[], &[], &world.site());
    }

    #[test]
    fn beginnings_are_compared_by_letters_only() {
        let check = |html: &str, words: &str, expected: bool| {
            assert_eq!(begins_with(html, words), expected, "{html} / {words}");
        };
        check("<p>The <em class=\"x\">book</em> lay &amp; slept.</p>", "The book lay — & slept", true);
        check("<p>The book</p>", "The book lay", false);
        check("<p>Another</p>", "The book", false);
        check("<p>Anything</p>", "", true);
        check("", "x", false);
    }

    #[test]
    fn headings_become_a_tree() {
        let heading = |(level, id): &(u8, &str)| Heading {
            level: *level,
            id: (*id).to_owned(),
            title: id.to_uppercase(),
        };
        let tree = |levels: &[(u8, &str)]| {
            fn show(entries: &[TocEntry]) -> String {
                let shown: Vec<_> =
                    entries.iter().map(|entry| format!("{}({})", entry.id, show(&entry.children))).collect();
                shown.concat()
            }
            show(&toc(&levels.iter().map(heading).collect::<Vec<_>>()))
        };
        assert_eq!(tree(&[(2, "a"), (3, "b"), (3, "c"), (2, "d")]), "a(b()c())d()");
        assert_eq!(tree(&[(3, "a"), (2, "b"), (4, "c")]), "a()b(c())");
        assert_eq!(tree(&[]), "");
    }
}
