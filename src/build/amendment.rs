//! What an edit has made of documents that were there before: the little that an index can be amended with, or more than that.

use std::sync::Arc;

use crate::cache::{CachedDocument, CachedParse};
use crate::model::article::Meta;
use crate::model::declined::Declined;

/// What was known of a document, and what is.
pub(super) type Edit = (Arc<Meta>, Arc<Meta>);

/// What has changed in some documents.
pub(super) enum Amendment {
    /// Nothing.
    Nothing,
    /// Nothing but articles and pages: what was known of each, and what is.
    Documents(Vec<Edit>),
    /// More than that.
    More,
}

impl Amendment {
    /// The articles and pages that have changed, if nothing else has.
    pub(super) fn changes(&self) -> Result<&[Edit], Declined> {
        match self {
            Self::Nothing => Ok(&[]),
            Self::Documents(changes) => Ok(changes),
            Self::More => Err(Declined("a profile has changed")),
        }
    }

    /// Adds what has changed in one document.
    pub(super) fn add(&mut self, before: CachedDocument, after: &CachedDocument) {
        if before.content == after.content {
            return;
        }
        let (Some(CachedParse::Article(old, _)), Some(CachedParse::Article(new, _))) =
            (before.document, &after.document)
        else {
            *self = Self::More;
            return;
        };
        match self {
            Self::Nothing => *self = Self::Documents(vec![(old, Arc::clone(new))]),
            Self::Documents(changes) => changes.push((old, Arc::clone(new))),
            Self::More => {}
        }
    }
}
