//! What the cache has kept of the last build: for a build that has little to do.

use std::sync::Arc;

use crate::base::error::Result;
use crate::cache::{Archive, Bodies, Kept, Ledger};

use super::catch_up::Start;
use super::target::Last;

/// Documents, texts and collection of the last build.
pub(super) struct Books {
    pub(super) archive: Archive,
    pub(super) ledger: Ledger,
    pub(super) store: Arc<Bodies>,
    pub(super) kept: Kept,
}

impl Books {
    /// Opens what is there; nothing if it is not all that was kept.
    pub(super) fn open(start: Start<'_>, last: &Last) -> Result<Option<Self>> {
        let Start { cache, target, .. } = start;
        let Some(kept) = last.state.kept else { return Ok(None) };
        let Some(archive) = cache.archive(kept.documents) else { return Ok(None) };
        let Some(ledger) = cache.ledger(&target.label, kept) else { return Ok(None) };
        let store = Arc::new(cache.bodies_of(&archive)?);
        Ok(Some(Self { archive, ledger, store, kept }))
    }
}
