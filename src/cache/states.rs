//! What the last build of each output folder started from and what it said.
//!
//! The stamps of the inputs are many and lie in a file of their own: whoever finds that nothing has changed needs none of them.

use serde::{Deserialize, Serialize};

use super::{Cache, name};
use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;

/// What the last build of an output folder started from and what it said. If nothing of it changed, there is nothing to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    /// Stands for all inputs, by their stamps, and for everything that was asked for.
    pub inputs: Fingerprint,
    /// The same without the documents and the files that are copied.
    pub rest: Fingerprint,
    /// The time of that build.
    pub at: Moment,
    /// When something will appear or go without any change of an input.
    pub until: Option<Moment>,
    /// What was wrong, none of it an error.
    pub diagnostics: Vec<Diagnostic>,
    /// How many articles there were.
    pub articles: u64,
    /// How many files it left in the output folder.
    pub files: u64,
    /// What stands for the files in which its documents and its collection are kept.
    pub kept: Option<Kept>,
}

/// What stands for each of the inputs that are many, in the order in which `scan` found them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stamps {
    /// The documents.
    pub documents: Vec<Fingerprint>,
    /// The files that are copied: those beside documents, then the others.
    pub files: Vec<Fingerprint>,
}

/// The files in which the documents and the collection of a build are kept.
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
    /// What the last build of an output folder started from.
    pub fn state(&self, out: &str) -> Option<State> {
        self.load(&name("state", out))
    }

    /// What stands for each of the inputs that it started from; of another build if that one was cut off.
    pub fn stamps(&self, out: &str) -> Option<Stamps> {
        self.load(&name("stamps", out))
    }

    /// Keeps what this build started from.
    pub fn save_state(&self, out: &str, state: &State, stamps: &Stamps) -> Result<()> {
        self.save(&name("stamps", out), stamps)?;
        self.save(&name("state", out), state)
    }

    /// Forgets what the last build started from: its outputs are about to change.
    pub fn forget_state(&self, out: &str) -> Result<()> {
        self.forget(&name("state", out))
    }
}
