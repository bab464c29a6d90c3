//! What Masthead has written into an output folder. From it the next build knows which files are its own and
//! which are up to date.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::path::OutPath;
use crate::base::fingerprint::Fingerprint;

/// Every file that Masthead wrote into one output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The files. If one has no record, it is Masthead's own, but its content is unknown.
    #[serde(with = "in_order")]
    pub files: BTreeMap<OutPath, Option<Written>>,
}

impl Manifest {
    /// The key of the page in a file.
    pub fn key(&self, path: &OutPath) -> Option<Fingerprint> {
        self.files.get(path).copied().flatten().map(|written| written.key)
    }

    /// The fingerprint of the whole manifest. It is a sum over the files, so that it can be updated for one
    /// file alone.
    pub fn print(&self) -> Fingerprint {
        let prints = self.files.par_iter().map(|(path, written)| print(path, *written));
        prints.reduce(Fingerprint::default, Fingerprint::with)
    }

    /// The fingerprint of the manifest with other `records`, computed from its fingerprint `whole`.
    pub fn print_with(&self, whole: Fingerprint, records: &BTreeMap<OutPath, Written>) -> Fingerprint {
        records.iter().fold(whole, |whole, (path, written)| {
            let before =
                self.files.get(path).map_or_else(Fingerprint::default, |before| print(path, *before));
            whole.without(before).with(print(path, Some(*written)))
        })
    }
}

/// Serialises a map as a sorted list, from which it can be built again without searching.
mod in_order {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K, V, S>(map: &BTreeMap<K, V>, to: S) -> Result<S::Ok, S::Error>
    where
        K: Serialize,
        V: Serialize,
        S: Serializer,
    {
        to.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Vec::deserialize(from).map(BTreeMap::from_iter)
    }
}

fn print(path: &OutPath, written: Option<Written>) -> Fingerprint {
    Fingerprint::of(&(path, written))
}

/// What the cache has recorded about an output folder.
#[derive(Debug, Clone, Default)]
pub struct OutputRecord {
    /// The files, including those of a build that was killed.
    pub manifest: Manifest,
    /// The fingerprints of the manifests from which `manifest` was put together.
    pub prints: Vec<Fingerprint>,
    /// Whether the last build was killed while it wrote.
    pub is_cut_off: bool,
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
