//! What an edit has made of documents that were there before: the little that an index can be amended with, or more than that.

use std::sync::Arc;

use crate::cache::{CachedDocument, CachedParse};
use crate::model::article::Meta;

/// What has changed in some documents.
pub(super) enum Amendment {
    /// Nothing.
    Nothing,
    /// Nothing but articles and pages: what was known of each, and what is.
    Documents(Vec<(Arc<Meta>, Arc<Meta>)>),
    /// More than that.
    More,
}

impl Amendment {
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
