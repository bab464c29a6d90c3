//! What the server knows at one moment. A state never changes; the next one replaces it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::fingerprint::Fingerprint;
use crate::build::Preview;
use crate::model::path::ContentPath;

use super::desk::Desk;
use super::problems::Problems;

/// What the server knows.
#[derive(Debug, Default, Clone)]
pub(super) struct State {
    /// Whether there is an edition, or is known why there is none.
    pub(super) is_ready: bool,
    /// Single pages, until there is an edition.
    pub(super) preview: Option<Arc<Preview>>,
    /// The pages of the newest edition, if there is one.
    pub(super) newest: Option<Desk>,
    /// Whether those can be made at all.
    pub(super) has_pages: bool,
    /// The pages of the last edition without errors, if the newest has errors.
    pub(super) good: Option<Desk>,
    /// The path of the site on its host, percent-encoded, without a slash at the end.
    pub(super) base_path: String,
    /// The errors of the whole site.
    pub(super) problems: Arc<Problems>,
    /// The files with errors.
    pub(super) faulty: Arc<BTreeSet<String>>,
    /// The copied files by their addresses, each with the fingerprint of its content.
    pub(super) files: Arc<BTreeMap<String, Fingerprint>>,
    /// The fingerprint of all of them.
    pub(super) stock: String,
}

impl State {
    /// Whether the newest edition may lack the outputs of a document because of an error in it, or those of a file
    /// because of one in a document beside it. Everything else that it lacks is gone.
    pub(super) fn misses(&self, of: Option<&ContentPath>) -> bool {
        let Some(of) = of else { return false };
        let is_beside = |faulty: &String| ContentPath::new(faulty.as_str()).folder() == of.folder();
        self.faulty.contains(of.as_str()) || !of.is_document() && self.faulty.iter().any(is_beside)
    }
}
