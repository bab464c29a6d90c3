//! What was written into each output folder: a manifest, which is announced before the folder is touched.
//!
//! A manifest is large. A build that writes only a few files adds **errata**: records that replace or follow
//! those of the one manifest that they name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cache, name};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Manifest, OutputRecord, Written};
use crate::model::path::OutPath;

/// Records of files that were written since the manifest was.
#[derive(Serialize, Deserialize)]
struct Errata {
    /// The fingerprint of the manifest with these records in it, by which errata of another manifest are
    /// noticed.
    print: Fingerprint,
    changed: BTreeMap<OutPath, Written>,
}

impl Cache {
    /// What is known of an output folder. If the last build was killed while it wrote there, the files that
    /// it may have touched are there without records.
    pub fn manifest(&self, out: &str) -> OutputRecord {
        let (mut manifest, mut print) = self.stored_manifest("manifest", out).unwrap_or_default();
        let belong = |errata: &Errata| manifest.print_with(print, &errata.changed) == errata.print;
        if let Some(errata) = self.errata(out).filter(belong) {
            let records = errata.changed.into_iter().map(|(path, written)| (path, Some(written)));
            manifest.files.extend(records);
            print = errata.print;
        }
        let mut prints = vec![print];
        let Some((unfinished, print)) = self.stored_manifest("unfinished", out) else {
            return OutputRecord { manifest, prints, is_cut_off: false };
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
        OutputRecord { manifest, prints, is_cut_off: true }
    }

    /// A manifest with its fingerprint; `None` if it is missing or damaged.
    fn stored_manifest(&self, what: &str, out: &str) -> Option<(Manifest, Fingerprint)> {
        self.load(&name(what, out))
    }

    fn errata(&self, out: &str) -> Option<Errata> {
        self.load(&name("manifest-errata", out))
    }

    /// Announces what is about to be written.
    pub fn announce(&self, out: &str, manifest: &Manifest) -> Result<()> {
        self.save(&name("unfinished", out), &(manifest, manifest.print()))
    }

    /// Turns the announcement into the manifest, when everything has been written.
    pub fn conclude(&self, out: &str) -> Result<()> {
        // Until the rename the manifest lacks its errata and is wrong, but the announcement still tells that
        // a build was killed.
        self.forget(&name("manifest-errata", out))?;
        fs::rename(&self.folder.join(name("unfinished", out)), &self.folder.join(name("manifest", out)))
    }

    /// Saves the records of some files that were written again. `before` is the fingerprint of the manifest
    /// so far, `after` the one with these records in it.
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
