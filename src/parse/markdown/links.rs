//! Links: those that leave the site are written as they are, those into it as a gap, and those that could run
//! code not at all.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::writer::Writer;
use crate::base::diag::Rule;
use crate::model::article::{Fill, LinkKind, LinkRef};
use crate::parse::address::{self, Address};
use crate::parse::home;

impl Writer<'_, '_> {
    /// Starts the link between the events `start` and `end`. Returns the event to go on with.
    pub(super) fn start_link(
        &mut self,
        (start, end): (usize, usize),
        link_type: LinkType,
        address: &CowStr<'_>,
        title: &CowStr<'_>,
        id: &CowStr<'_>,
    ) -> usize {
        let place = self.destination(link_type, address, id, start, end);
        if let LinkType::WikiLink { has_pothole } = link_type
            && !address::is_web(address)
        {
            return self.start_wiki_link(address, &place, has_pothole, (start, end));
        }
        let address = match link_type {
            LinkType::Email => Cow::Owned(format!("mailto:{address}")),
            _ => home::local(address, self.settings().home),
        };
        let is_written = match address::of_link(&address) {
            Address::Site => self.open_gap(&address, LinkKind::Link, &place),
            Address::Web => self.open_straight(&address),
            Address::Empty => {
                self.say(&place, Rule::BadAddress, "the link has no address");
                false
            }
            Address::Forbidden(scheme) => {
                self.forbidden(&place, &scheme);
                false
            }
        };
        if is_written {
            if !title.is_empty() {
                self.out.attribute("title", title);
            }
            self.out.raw(">");
        }
        self.open_links.push(is_written);
        start + 1
    }

    pub(super) fn open_straight(&mut self, address: &str) -> bool {
        self.out.raw("<a href=\"");
        address::write(&mut self.out.markup, address);
        self.out.raw("\"");
        true
    }

    pub(super) fn open_gap(&mut self, target: &str, kind: LinkKind, place: &Range<usize>) -> bool {
        let place = self.place(place);
        let link = self.add_link(LinkRef { target: target.trim().to_owned(), kind, place });
        self.out.raw("<a href=\"");
        self.out.slot(link, Fill::Address);
        self.out.raw("\"");
        true
    }

    fn start_wiki_link(
        &mut self,
        target: &str,
        place: &Range<usize>,
        has_text: bool,
        (start, end): (usize, usize),
    ) -> usize {
        self.open_gap(target, LinkKind::Wiki, place);
        self.out.raw(">");
        self.open_links.push(true);
        if has_text {
            return start + 1;
        }
        // The title of the target is not known here, so the words of the link are counted instead.
        self.words.add(target);
        let link = self.links.len() as u32 - 1;
        self.out.slot(link, Fill::Title);
        end
    }

    /// Ends the innermost link.
    pub(super) fn end_link(&mut self) {
        if self.open_links.pop() == Some(true) {
            self.out.raw("</a>");
        }
    }

    /// Reports `](a b.md)`, which would be a link if its address had no blank.
    pub(super) fn check_stray_link(&mut self, text: &str, range: &Range<usize>) {
        if text != "]" || self.source()[..range.start].ends_with('\\') {
            return;
        }
        let Some(address) = self.source().get(range.end..).and_then(stray_address) else { return };
        let place = range.end + 1..range.end + 1 + address.len();
        let message = "this looks like a link but is text, because its address contains a space";
        let diagnostic = self.diagnostic(&place, Rule::StrayLink, message);
        self.found(diagnostic.hint(way_out(address.trim())));
    }

    /// Reports an address with a scheme that is not allowed.
    pub(super) fn forbidden(&mut self, place: &Range<usize>, scheme: &str) {
        let message = format!("an address cannot begin with `{scheme}:`");
        let diagnostic = self.diagnostic(place, Rule::BadAddress, &message);
        self.found(diagnostic.hint("use `https:`, `http:`, `mailto:`, `tel:`, or a path of this site"));
    }

    /// The place in the body where the address of a link or picture is written.
    pub(super) fn destination(
        &self,
        link_type: LinkType,
        address: &str,
        id: &str,
        start: usize,
        end: usize,
    ) -> Range<usize> {
        let whole = self.events()[start].1.clone();
        let found = match link_type {
            LinkType::Inline => self.inline_destination(address, start, end),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.defined_destination(address, id)
            }
            LinkType::WikiLink { .. } | LinkType::Autolink | LinkType::Email => {
                self.first_in(&whole, address)
            }
            _ => None,
        };
        found.unwrap_or(whole)
    }

    fn first_in(&self, whole: &Range<usize>, address: &str) -> Option<Range<usize>> {
        let at = whole.start + self.source().get(whole.clone())?.find(address)?;
        Some(at..at + address.len())
    }

    /// The address of an inline link: it follows `](` behind the link's text.
    fn inline_destination(&self, address: &str, start: usize, end: usize) -> Option<Range<usize>> {
        let whole = self.events()[start].1.clone();
        let text_end = if end > start + 1 { self.events()[end - 1].1.end } else { whole.start + 1 };
        let behind = self.source().get(text_end..whole.end)?;
        let open = text_end + behind.find("](")? + 2;
        Some(self.word_at(open, whole.end, address))
    }

    /// The address of a reference link: `[id]: address`.
    fn defined_destination(&self, address: &str, id: &str) -> Option<Range<usize>> {
        let span = self.definition(id)?;
        let text = self.source().get(span.clone())?;
        let colon = text.match_indices("]:").find(|(at, _)| !text[..*at].ends_with('\\'))?.0;
        Some(self.word_at(span.start + colon + 2, span.end, address))
    }

    /// The address behind `at`. If it is written with escapes, so that it looks different, it goes up to the
    /// next blank.
    fn word_at(&self, at: usize, end: usize, address: &str) -> Range<usize> {
        let text = self.source().get(at..end).unwrap_or("");
        let start = text.find(|c: char| !c.is_whitespace() && c != '<' && c != '>').unwrap_or(0);
        let text = &text[start..];
        let length = if text.starts_with(address) {
            address.len()
        } else {
            text.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>')).unwrap_or(text.len())
        };
        at + start..at + start + length
    }
}

/// The longest address that is looked for.
const LONGEST_ADDRESS: usize = 300;

/// How an address with blanks is written.
fn way_out(address: &str) -> String {
    if let Some((name, _)) = split_size(address) {
        return format!("write `{name}`; the size is known");
    }
    // Within such brackets, others have a backslash.
    format!("write `<{}>`", address.replace('<', "\\<").replace('>', "\\>"))
}

/// The address and the size of `a.png =100x20`, which some programs have.
fn split_size(address: &str) -> Option<(&str, &str)> {
    let (name, size) = address.rsplit_once(" =")?;
    let is_size = size.contains('x') && size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    is_size.then_some((name, size))
}

/// The content of parentheses at the start of a text, without a title, if it would be an address but for its
/// blanks.
fn stray_address(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?;
    let end = inner.bytes().take(LONGEST_ADDRESS).position(|byte| matches!(byte, b')' | b'\n'))?;
    let inner = inner.get(..end).filter(|_| inner.as_bytes()[end] == b')')?;
    let address = inner.split([' ', '\t']).scan(0, |length, word| {
        let start = *length;
        *length += word.len() + 1;
        Some((start, word))
    });
    let title = address.skip(1).find(|(_, word)| word.starts_with(['"', '\'']));
    let address = inner[..title.map_or(inner.len(), |(start, _)| start)].trim_end();
    let bare = address.trim_start();
    let begins = ["/", "./", "../", "http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|start| bare.starts_with(start));
    let is_extension =
        |part: &str| matches!(part.len(), 2..=5) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = bare.split('#').next().unwrap_or_default();
    let name = split_size(name).map_or(name, |(name, _)| name);
    let is_file = name
        .rsplit_once('.')
        .is_some_and(|(stem, extension)| is_extension(extension) && stem.ends_with(char::is_alphanumeric));
    // Of a tag of another generator, `foreign` tells.
    (bare.contains(char::is_whitespace) && !bare.starts_with(['<', '{']) && (begins || is_file))
        .then_some(address)
}

#[cfg(test)]
mod tests {
    use super::stray_address;

    #[test]
    fn an_address_with_spaces_is_distinguished_from_text() {
        for (text, expected) in [
            ("(a b.md) c", Some("a b.md")),
            ("(a b.md \"Title\")", Some("a b.md")),
            ("(/some page/)", Some("/some page/")),
            ("(https://e.example/a b)", Some("https://e.example/a b")),
            ("(a b.md#the part)", Some("a b.md#the part")),
            ("(a.png =100x20)", Some("a.png =100x20")),
            ("(about 1.25 = 5/4)", None),
            ("(tel:+49 30 1234)", Some("tel:+49 30 1234")),
            ("({% link _posts/a.md %})", None),
            ("(a.md)", None),
            ("(see page 5)", None),
            ("(Smith et al. 1923)", None),
            ("(<a b.md>)", None),
            ("(a b.md", None),
            ("(a\nb.md)", None),
            (" (a b.md)", None),
            ("(née b.md)", Some("née b.md")),
        ] {
            assert_eq!(stray_address(text), expected, "{text}");
        }
    }
}
