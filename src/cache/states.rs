//! What the last build of each output folder was made from, and what it reported.
//!
//! The stamps of the inputs are many and have a file of their own, which is not read if nothing has changed.

use serde::{Deserialize, Serialize};

use super::{Cache, name};
use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::model::left_out::LeftOut;

/// What the last build of an output folder was made from, and what it reported. If `inputs` is the same,
/// there is nothing to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    /// The fingerprint of all inputs, by their stamps, and of the flags of the request.
    pub inputs: Fingerprint,
    /// The same without the documents and the files that are copied.
    pub rest: Fingerprint,
    /// The time of that build.
    pub at: Moment,
    /// The next moment at which something appears or goes although no input changes.
    pub until: Option<Moment>,
    /// Its diagnostics, which were no errors.
    pub diagnostics: Vec<Diagnostic>,
    /// How many articles there were.
    pub articles: u64,
    /// How many were left out.
    pub left_out: LeftOut,
    /// How many files it left in the output folder.
    pub files: u64,
    /// The fingerprints of the files with its documents and its collection.
    pub kept: Option<Kept>,
}

/// The fingerprints of single inputs, in the order in which `scan` found them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stamps {
    /// The documents.
    pub documents: Vec<Fingerprint>,
    /// The files that are copied: those beside documents, then the others.
    pub files: Vec<Fingerprint>,
}

/// The fingerprints of the files in which a build has kept its documents and its collection.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Kept {
    /// The archive.
    pub documents: Fingerprint,
    /// The ledger.
    pub ledger: Fingerprint,
    /// The errata of the ledger, if it has any.
    pub errata: Option<Fingerprint>,
}

impl Cache {
    /// The state that the last build of an output folder left.
    pub fn state(&self, out: &str) -> Option<State> {
        self.load(&name("state", out))
    }

    /// The fingerprints of its single inputs, or those of another build if the last one was killed in
    /// between.
    pub fn stamps(&self, out: &str) -> Option<Stamps> {
        self.load(&name("stamps", out))
    }

    /// Saves the state of this build.
    pub fn save_state(&self, out: &str, state: &State, stamps: &Stamps) -> Result<()> {
        self.save(&name("stamps", out), stamps)?;
        self.save(&name("state", out), state)
    }

    /// Removes the state, before the outputs change.
    pub fn forget_state(&self, out: &str) -> Result<()> {
        self.forget(&name("state", out))
    }
}
