//! Pictures, in a line or alone in their paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::{Spanned, end_of, plain};
use super::writer::Writer;
use crate::base::diag::Rule;
use crate::model::article::{Fill, LinkKind, LinkRef};
use crate::parse::address::{self, Address};
use crate::parse::home;

/// A picture as the parser has it.
#[derive(Clone, Copy)]
struct Picture<'e> {
    link_type: LinkType,
    address: &'e str,
    title: &'e str,
    id: &'e str,
    /// The event that begins it, and the one that ends it.
    start: usize,
    end: usize,
}

impl<'e> Picture<'e> {
    fn at(events: &'e [Spanned<'_>], start: usize) -> Option<Self> {
        let Some((Event::Start(Tag::Image { link_type, dest_url, title, id }), _)) = events.get(start) else {
            return None;
        };
        let end = end_of(events, start);
        Some(Self { link_type: *link_type, address: dest_url, title, id, start, end })
    }
}

impl<'w> Writer<'_, 'w> {
    /// Writes the paragraph that the event `start` begins, if a picture, linked or not, is all that it has.
    /// Returns the event after it.
    pub(super) fn figure(&mut self, start: usize) -> Option<usize> {
        let count = self.pictures_in(start);
        if count > 1 {
            return Some(self.figures(start, count));
        }
        let events = self.events();
        let is_linked = matches!(events.get(start + 1), Some((Event::Start(Tag::Link { .. }), _)));
        let picture = Picture::at(events, start + 1 + usize::from(is_linked))?;
        let last = picture.end + usize::from(is_linked);
        let link_ends = !is_linked || matches!(events.get(last), Some((Event::End(TagEnd::Link), _)));
        if !link_ends || !matches!(events.get(last + 1), Some((Event::End(TagEnd::Paragraph), _))) {
            return None;
        }
        self.out.raw("<figure>");
        if is_linked {
            self.event(start + 1);
        }
        self.picture(picture, false);
        if is_linked {
            self.event(last);
        }
        self.end_figure(picture);
        Some(last + 2)
    }

    /// Pictures on lines of their own in a component, such as a gallery, are figures of their own.
    fn figures(&mut self, start: usize, count: usize) -> usize {
        let mut next = start + 1;
        for _ in 0..count {
            let Some(picture) = Picture::at(self.events(), next) else { break };
            self.out.raw("<figure>");
            self.picture(picture, false);
            self.end_figure(picture);
            next = picture.end + 2;
        }
        next
    }

    fn end_figure(&mut self, picture: Picture<'w>) {
        if !picture.title.is_empty() {
            self.out.raw("<figcaption>");
            self.out.text(picture.title);
            self.out.raw("</figcaption>");
            self.words.gap();
            self.words.add(picture.title);
            self.words.gap();
        }
        self.out.raw("</figure>\n");
    }

    /// Writes the picture that the event `start` begins. Returns the event after it.
    pub(super) fn inline_picture(&mut self, start: usize) -> usize {
        match Picture::at(self.events(), start) {
            Some(picture) => {
                self.picture(picture, true);
                picture.end + 1
            }
            None => start + 1,
        }
    }

    fn picture(&mut self, picture: Picture<'w>, with_title: bool) {
        let alt = self.alt(picture);
        let place =
            self.destination(picture.link_type, picture.address, picture.id, picture.start, picture.end);
        let address = home::local(picture.address, self.settings().home);
        let kind = match picture.link_type {
            // An embedded file of a wiki may have a name with a colon.
            LinkType::WikiLink { .. } if !address::is_web(picture.address) => Address::Site,
            _ => address::of_picture(&address),
        };
        match kind {
            Address::Site => {
                let link = self.picture_link(&address, &place);
                self.img(
                    |writer| writer.out.slot(link, Fill::Address),
                    &alt,
                    Some(link),
                    picture,
                    with_title,
                );
            }
            Address::Web => {
                self.img(
                    |writer| address::write(&mut writer.out.markup, &address),
                    &alt,
                    None,
                    picture,
                    with_title,
                );
            }
            Address::Empty => {
                self.say(&place, Rule::BadAddress, "the picture has no address");
                self.out.text(&alt);
            }
            Address::Forbidden(scheme) => {
                self.forbidden(&place, &scheme);
                self.out.text(&alt);
            }
        }
    }

    fn picture_link(&mut self, target: &str, place: &Range<usize>) -> u32 {
        let place = self.place(place);
        self.add_link(LinkRef { target: target.to_owned(), kind: LinkKind::Picture, place })
    }

    fn img(
        &mut self,
        src: impl FnOnce(&mut Self),
        alt: &str,
        link: Option<u32>,
        picture: Picture<'_>,
        with_title: bool,
    ) {
        self.out.raw("<img src=\"");
        src(self);
        self.out.raw("\"");
        self.out.attribute("alt", alt);
        if with_title && !picture.title.is_empty() {
            self.out.attribute("title", picture.title);
        }
        if let Some(link) = link {
            self.out.slot(link, Fill::Size);
        }
        self.out.raw(" loading=\"lazy\" decoding=\"async\">");
    }

    /// The description. The name of a file, which is all that `![[name]]` has, describes nothing, nor does the size
    /// that Obsidian has at the end of `![[name|Description|300x200]]`.
    fn alt(&self, picture: Picture<'_>) -> String {
        let mut alt = String::new();
        if picture.link_type == (LinkType::WikiLink { has_pothole: false }) {
            return alt;
        }
        plain(&self.events()[picture.start..picture.end], &mut alt, true);
        if picture.link_type == (LinkType::WikiLink { has_pothole: true }) {
            let (text, last) = alt.rsplit_once('|').unwrap_or(("", &alt));
            if is_size(last) {
                alt.truncate(text.len());
            }
        }
        alt
    }
}

/// Whether a text is a size in pixels: `300` or `300x200`.
fn is_size(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (width, height) = text.split_once('x').unwrap_or((text, "0"));
    is_number(width) && is_number(height)
}
