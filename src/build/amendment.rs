//! What edits have changed in known documents: only articles and pages, which an index can take over, or more
//! than that.

use std::sync::Arc;

use crate::cache::{CachedDocument, CachedParse};
use crate::model::article::Meta;
use crate::model::declined::Declined;

/// A document before and after an edit.
pub(super) type Edit = (Arc<Meta>, Arc<Meta>);

/// What has changed in some documents.
pub(super) enum Amendment {
    /// Nothing.
    Nothing,
    /// Only articles and standing pages.
    Documents(Vec<Edit>),
    /// A profile too, the template of an article, or a file that is no longer a document.
    More,
}

impl Amendment {
    /// The edits, if only articles and standing pages have changed.
    pub(super) fn changes(&self) -> Result<&[Edit], Declined> {
        match self {
            Self::Nothing => Ok(&[]),
            Self::Documents(changes) => Ok(changes),
            Self::More => Err(Declined("a profile has changed, or the template of an article")),
        }
    }

    /// Adds the change of one document, if its content differs.
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
        // Templates that nothing asks for are told of.
        if old.template != new.template {
            *self = Self::More;
            return;
        }
        match self {
            Self::Nothing => *self = Self::Documents(vec![(old, Arc::clone(new))]),
            Self::Documents(changes) => changes.push((old, Arc::clone(new))),
            Self::More => {}
        }
    }
}
