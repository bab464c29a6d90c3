//! What Masthead has written into an output folder, so that the next build knows what is its own and what is still good.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::path::OutPath;
use crate::base::fingerprint::Fingerprint;

/// Every file that Masthead wrote into one output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The files. One without a record is Masthead's own, but nothing is known of its content.
    #[serde(with = "in_order")]
    pub files: BTreeMap<OutPath, Option<Written>>,
}

impl Manifest {
    /// The key of the page that was written to a file.
    pub fn key(&self, path: &OutPath) -> Option<Fingerprint> {
        self.files.get(path).copied().flatten().map(|written| written.key)
    }

    /// Stands for the whole manifest: put together from what stands for each file, so that a change of one costs one.
    pub fn print(&self) -> Fingerprint {
        let prints = self.files.par_iter().map(|(path, written)| print(path, *written));
        prints.reduce(Fingerprint::default, Fingerprint::with)
    }

    /// What will stand for the manifest when some of its files have other records.
    pub fn print_with(&self, whole: Fingerprint, records: &BTreeMap<OutPath, Written>) -> Fingerprint {
        records.iter().fold(whole, |whole, (path, written)| {
            let before =
                self.files.get(path).map_or_else(Fingerprint::default, |before| print(path, *before));
            whole.without(before).with(print(path, Some(*written)))
        })
    }
}

/// A map as a list: one that is put together from a list in order takes no searching.
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

/// What the cache knows of an output folder.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The files, those of a build that was cut off included.
    pub manifest: Manifest,
    /// The fingerprints of the manifests that it was put together from.
    pub prints: Vec<Fingerprint>,
    /// Whether the last build was cut off while it wrote.
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
