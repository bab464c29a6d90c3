//! What pages show of other pages: cards, links to terms, pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Site;
use super::address::Form;
use super::credit::writers_and_translators;
use crate::base::language::Language;
use crate::base::percent::as_uri;
use crate::model::article::{Image, Meta};
use crate::model::collection::{Href, is_elsewhere};
use crate::model::ingredients::{CardRef, TermRef, Whereabouts};
use crate::model::view::{Card, ImageView, SharedCard, TermLink};

impl Site<'_> {
    /// What a page shows of another article.
    pub(super) fn card(&self, card: &CardRef<'_>) -> SharedCard {
        let make = || Arc::new(self.fresh_card(card));
        SharedCard { number: card.number, card: self.cards.get(card.number as usize, make) }
    }

    fn fresh_card(&self, card: &CardRef<'_>) -> Card {
        let meta = card.meta;
        let lang = self.lang(meta);
        let authors: Vec<String> = card.authors.iter().map(|author| author.name.to_owned()).collect();
        let original = meta.original_author().map(str::to_owned);
        let (writers, translators) = writers_and_translators(original, authors.clone(), |name| name);
        Card {
            title: meta.title.clone(),
            url: self.article_at(card.place, Form::Local),
            date: meta.date.map(|date| self.date(date)),
            added: meta.added.map(|date| self.date(date)),
            summary: meta.summary_within(card.max_words, card.links).into_owned(),
            lang: lang.to_string(),
            dir: self.direction(lang),
            source: card.source.as_ref().map(|term| self.term(term)),
            authors,
            writers,
            translators,
            tags: card.tags.iter().map(|tag| self.term(&tag)).collect(),
            image: self.picture(meta, card.links, Form::Local),
            minutes: match card.place {
                Whereabouts::Here(_) => meta.minutes(),
                Whereabouts::Outside(_) => 0,
            },
            version: self.version_at(card.place),
            drawn: BTreeMap::new(),
        }
    }

    /// A link to a term.
    pub(super) fn term(&self, term: &TermRef<'_>) -> TermLink {
        TermLink {
            name: term.name.to_owned(),
            url: self.term_url(term),
            lang: term.lang.map(Language::to_string).unwrap_or_default(),
            dir: term.lang.map(|lang| self.direction(lang)).unwrap_or_default(),
        }
    }

    /// The address of a term; empty if it has no page.
    pub(super) fn term_url(&self, term: &TermRef<'_>) -> String {
        term.url.map(|url| self.local(url)).unwrap_or_default()
    }

    /// A picture of front matter, if it can be shown. Where the site has no such file, which the author may have
    /// been told or not, a page is as without a picture, and not with a broken one on every card.
    pub(super) fn image(&self, image: Option<&Image>, href: Option<&Href>, form: Form) -> Option<ImageView> {
        let (image, href) = (image?, href.filter(|href| is_there(href))?);
        let (width, height) = match href {
            Href::Local { size: Some(size), .. } => *size,
            _ => (0, 0),
        };
        Some(ImageView {
            src: match href {
                Href::AsWritten(address) => as_uri(address),
                href => self.address(href, form),
            },
            alt: image.alt.clone(),
            caption: image.caption.clone().unwrap_or_default(),
            credit: image.credit.clone().unwrap_or_default(),
            license: image.license.clone().unwrap_or_default(),
            width,
            height,
            focus: image.focus.clone().unwrap_or_default(),
        })
    }

    /// The picture of an article or page, from among its links.
    pub(super) fn picture(&self, meta: &Meta, links: &[Href], form: Form) -> Option<ImageView> {
        let href = meta.image.as_ref().and_then(|image| links.get(image.link as usize));
        self.image(meta.image.as_ref(), href, form)
    }

    /// The language of an article: its own or the site's.
    pub(super) fn lang<'b>(&'b self, meta: &'b Meta) -> &'b Language {
        meta.lang.as_ref().unwrap_or(&self.config.language)
    }

    /// The direction of a language: `ltr` or `rtl`.
    pub(super) fn direction(&self, language: &Language) -> String {
        let is_own = *language == self.config.language;
        if is_own { self.direction } else { language.direction() }.to_owned()
    }
}

/// Whether there is a picture at the end of a reference, as far as is known.
fn is_there(href: &Href) -> bool {
    match href {
        Href::Local { .. } => true,
        Href::AsWritten(address) => is_elsewhere(address),
        // A file of the site would be a `Local`.
        Href::Path(_) | Href::Outside { .. } | Href::Hidden(_) => false,
    }
}
