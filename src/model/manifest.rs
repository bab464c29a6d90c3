//! What Masthead has written into an output folder, so that the next build knows what is its own and what is still good.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::path::OutPath;
use crate::base::fingerprint::Fingerprint;

/// Every file that Masthead wrote into one output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The files. One without a record is Masthead's own, but nothing is known of its content.
    pub files: BTreeMap<OutPath, Option<Written>>,
}

/// What is known of a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The key of the page: the fingerprint of everything that it is made of.
    pub key: Fingerprint,
    /// The fingerprint of its bytes.
    pub content: Fingerprint,
    /// Its length in bytes.
    pub size: u64,
}
