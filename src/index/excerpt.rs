//! How much of an article its page shows, which decides about its files: what no reader sees of another's
//! text is not published either.

use std::sync::Arc;

use crate::model::article::Meta;
use crate::model::collection::{Entry, Href, Term, TermId};
use crate::model::profile::{ByKind, TermKind};

use super::links::Resolved;

/// The most words of an article that its outlets allow to be shown, if they have a limit.
pub(super) fn max_words(meta: &Meta, own: &[TermId], outlets: &[Term]) -> Option<u32> {
    meta.max_words(own.iter().map(|id| outlets[id.index()].max_words()))
}

/// How much of an article is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excerpt {
    Whole,
    /// The blocks within the number of words that its outlet allows.
    Until(u32),
    /// Only its card, which leads to the original.
    Card,
}

impl Excerpt {
    /// For an article with the terms `own`, which may have no page.
    pub(super) fn of(
        meta: &Meta,
        has_page: bool,
        own: &ByKind<Vec<TermId>>,
        terms: &ByKind<Vec<Term>>,
    ) -> Self {
        match max_words(meta, &own[TermKind::Source], &terms[TermKind::Source]) {
            _ if !has_page => Self::Card,
            Some(limit) if meta.is_cut(Some(limit)) => Self::Until(limit),
            _ => Self::Whole,
        }
    }

    /// For an article of the collection.
    pub(super) fn of_entry(entry: &Entry, meta: &Meta, terms: &ByKind<Vec<Term>>) -> Self {
        Self::of(meta, !entry.line.is_outside, &entry.terms, terms)
    }

    /// For all articles, of which some have no page.
    pub(super) fn of_all(
        articles: &[Arc<Meta>],
        have_pages: impl Iterator<Item = bool>,
        own: &[ByKind<Vec<TermId>>],
        terms: &ByKind<Vec<Term>>,
    ) -> Vec<Self> {
        let all = articles.iter().zip(have_pages).zip(own);
        all.map(|((meta, has_page), own)| Self::of(meta, has_page, own, terms)).collect()
    }

    /// Whether the link with a number is shown, or the picture that it leads to.
    pub(super) fn has(self, link: usize, meta: &Meta) -> bool {
        match self {
            Self::Whole => true,
            Self::Until(limit) => meta.link_words.get(link).is_some_and(|words| *words <= limit),
            Self::Card => meta.image.as_ref().is_some_and(|image| image.link as usize == link),
        }
    }

    /// Leaves only the files to which a shown link leads.
    pub(super) fn keep_files(self, resolved: &mut Resolved, meta: &Meta) {
        if self == Self::Whole {
            return;
        }
        let shown = resolved.links.iter().enumerate().filter(|(link, _)| self.has(*link, meta));
        let urls: Vec<_> = shown
            .filter_map(|(_, href)| match href {
                Href::Local { url, .. } => Some(url.clone()),
                _ => None,
            })
            .collect();
        let files = std::mem::take(&mut resolved.files).into_iter().zip(std::mem::take(&mut resolved.places));
        (resolved.files, resolved.places) = files.filter(|((url, _), _)| urls.contains(url)).unzip();
    }
}
