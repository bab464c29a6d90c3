//! What the server knows at one moment. A state is never changed; the next one takes its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::fingerprint::Fingerprint;

use super::desk::Desk;
use super::problems::Problems;

/// What the server knows.
#[derive(Debug, Default, Clone)]
pub(super) struct State {
    /// Where the pages of the newest edition are; none as long as there is none.
    pub(super) newest: Option<Desk>,
    /// Where the pages of the last edition without errors are, if the newest has some.
    pub(super) good: Option<Desk>,
    /// The path of the site on its host, percent-encoded, without a slash at the end.
    pub(super) base_path: String,
    /// The errors of the whole site.
    pub(super) problems: Arc<Problems>,
    /// The files that are copied, by their addresses, with what stands for their content.
    pub(super) files: Arc<BTreeMap<String, Fingerprint>>,
}
