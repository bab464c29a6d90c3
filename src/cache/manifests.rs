//! What was written into each output folder: a manifest, announced before the folder is touched.
//!
//! A manifest is large. A build that writes a few files anew and leaves all others alone adds **errata**: records to be read in the
//! place of those in the manifest that they name, and of no other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cache, name};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Known, Manifest, Written};
use crate::model::path::OutPath;

/// Records of files that were written anew since the manifest was.
#[derive(Serialize, Deserialize)]
struct Errata {
    /// Stands for the manifest with these records in it, so that errata of another one are not believed.
    print: Fingerprint,
    changed: BTreeMap<OutPath, Written>,
}

/// What a stored manifest begins with.
#[derive(Serialize, Deserialize)]
struct Seal {
    /// Stands for the manifest.
    print: Fingerprint,
    /// The fingerprint of the bytes that follow: a manifest that was damaged is noticed.
    content: Fingerprint,
}

impl Cache {
    /// What is known of an output folder. If the last build was cut off while it wrote there, everything that it may have touched
    /// is known to be Masthead's own, and nothing else is known of that.
    pub fn manifest(&self, out: &str) -> Known {
        let (mut manifest, mut print) = self.stored_manifest("manifest", out).unwrap_or_default();
        let belong = |errata: &Errata| manifest.print_with(print, &errata.changed) == errata.print;
        if let Some(errata) = self.errata(out).filter(belong) {
            let records = errata.changed.into_iter().map(|(path, written)| (path, Some(written)));
            manifest.files.extend(records);
            print = errata.print;
        }
        let mut prints = vec![print];
        let Some((unfinished, print)) = self.stored_manifest("unfinished", out) else {
            return Known { manifest, prints, is_cut_off: false };
        };
        prints.push(print);
        for (path, known) in &mut manifest.files {
            if unfinished.files.get(path) != Some(known) {
                *known = None;
            }
        }
        for path in unfinished.files.into_keys() {
            manifest.files.entry(path).or_insert(None);
        }
        Known { manifest, prints, is_cut_off: true }
    }

    /// A manifest with its fingerprint; nothing if it was damaged.
    fn stored_manifest(&self, what: &str, out: &str) -> Option<(Manifest, Fingerprint)> {
        let bytes = fs::read_if_exists(&self.folder.join(name(what, out))).ok().flatten()?;
        let (Seal { print, content }, manifest) = postcard::take_from_bytes(&bytes).ok()?;
        let is_whole = Fingerprint::of_bytes(manifest) == content;
        is_whole.then(|| postcard::from_bytes(manifest).ok()).flatten().zip(Some(print))
    }

    fn errata(&self, out: &str) -> Option<Errata> {
        self.load(&name("manifest-errata", out))
    }

    /// Says what is about to be written, before it is.
    pub fn announce(&self, out: &str, manifest: &Manifest) -> Result<()> {
        let bytes = super::encoded(manifest);
        let seal = Seal { print: manifest.print(), content: Fingerprint::of_bytes(&bytes) };
        let parts = [&super::encoded(&seal)[..], &bytes];
        fs::write_parts_atomically(&self.folder.join(name("unfinished", out)), parts)
    }

    /// Says that what was announced has been written.
    pub fn conclude(&self, out: &str) -> Result<()> {
        // Until the rename the manifest is wrong without its errata, but then what was announced says so too.
        self.forget(&name("manifest-errata", out))?;
        fs::rename(&self.folder.join(name("unfinished", out)), &self.folder.join(name("manifest", out)))
    }

    /// Keeps the records of some files that were written anew. `before` stands for the manifest until now, `after` for the manifest with
    /// them in it.
    pub fn amend_manifest(
        &self,
        out: &str,
        (before, after): (Fingerprint, Fingerprint),
        records: BTreeMap<OutPath, Written>,
    ) -> Result<()> {
        let known = self.errata(out).filter(|errata| errata.print == before);
        let mut changed = known.map(|errata| errata.changed).unwrap_or_default();
        changed.extend(records);
        self.save(&name("manifest-errata", out), &Errata { print: after, changed })
    }
}
