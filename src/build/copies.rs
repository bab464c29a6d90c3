//! The files that are copied as they are, each with a fingerprint of its content.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::model::collection::Collection;
use crate::model::input::{InputFile, Inputs};
use crate::model::path::ContentPath;

/// A file to be copied, as it was when it was last read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copied {
    pub(super) stamp: Stamp,
    pub(super) content: Fingerprint,
}

/// All of them, by their paths below the site's root.
pub(super) type Copies = HashMap<ContentPath, Copied>;

/// Fingerprints every file of the collection that is copied. A file with a known stamp is not read again.
pub(super) fn copies(
    root: &Path,
    collection: &Collection,
    inputs: &Inputs,
    known: &Copies,
) -> Result<Copies> {
    let wanted: BTreeSet<&ContentPath> = collection.files.values().collect();
    let beside = inputs.beside.iter().filter(|file| wanted.contains(&file.path));
    let files = inputs.assets.iter().map(|(_, file)| file).chain(beside);
    copies_of(root, &files.collect::<Vec<_>>(), known)
}

/// The same for only some files.
pub(super) fn copies_of(root: &Path, files: &[&InputFile], known: &Copies) -> Result<Copies> {
    let look = |file: &&InputFile| {
        let copied = match known.get(&file.path).filter(|copied| copied.stamp == file.stamp) {
            Some(copied) => *copied,
            None => {
                let bytes = fs::read(&root.join(file.path.as_str()))?;
                Copied { stamp: file.stamp, content: Fingerprint::of_bytes(&bytes) }
            }
        };
        Ok((file.path.clone(), copied))
    };
    files.par_iter().map(look).collect()
}
