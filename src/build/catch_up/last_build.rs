//! What the cache has kept of the last build.

use std::sync::Arc;

use super::{Attempt, Start};
use crate::build::target::Last;
use crate::cache::{Archive, Bodies, Kept, Ledger};
use crate::model::declined::Declined;

/// The documents, the collection and the texts of the last build.
pub(super) struct LastBuild {
    pub(super) archive: Archive,
    pub(super) ledger: Ledger,
    pub(super) store: Arc<Bodies>,
    pub(super) kept: Kept,
}

impl LastBuild {
    /// Opens the files that the last build kept. Declines if one of them is missing or of another build.
    pub(super) fn open(start: Start<'_>, last: &Last<'_>) -> Attempt<Self> {
        let Start { cache, target, .. } = start;
        let kept = last.state.kept.ok_or(Declined::LOST)?;
        let archive = cache.archive(kept.documents).ok_or(Declined::LOST)?;
        let ledger = cache.ledger(&target.label, kept).ok_or(Declined::LOST)?;
        let store = Arc::new(cache.bodies_of(&archive)?);
        Ok(Self { archive, ledger, store, kept })
    }
}
