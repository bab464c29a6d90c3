//! Outputs on their way: each is compared with what is there, and staged if it differs.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;

/// What became of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new or has changed, and will be written.
    Changed,
    /// What is there is the same to the byte.
    Same,
}

/// Outputs that wait to be put into place. Many threads may stage at once.
#[derive(Debug)]
pub struct Stage<'a> {
    pub(super) out: &'a Path,
    pub(super) folder: &'a Path,
    pub(super) before: &'a Manifest,
    /// Whether the output folder is empty, so that outputs are staged as they will lie in it and move there by the folder.
    pub(super) fresh: bool,
    /// Whether it takes nothing.
    is_closed: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    after: Vec<(OutPath, Written)>,
    /// The changed outputs, and the name of each in the staging folder.
    pub(super) changed: Vec<(OutPath, String)>,
    folders: HashSet<String>,
}

impl<'a> Stage<'a> {
    /// Prepares to write into `out`, of which `before` is known, by way of the empty folder `folder`, which may lie in it.
    pub fn new(out: &'a Path, folder: &'a Path, before: &'a Manifest) -> Self {
        let is_link = fs::look(out).is_some_and(|there| there.is_symlink());
        let fresh = fs::is_empty_dir(out, folder) && !is_link;
        Self { out, folder, before, fresh, is_closed: false, state: Mutex::default() }
    }

    /// The same for a build that writes nothing. What is in place was made without a fault, and needs not be made to find one.
    #[must_use]
    pub fn closed(self) -> Self {
        Self { is_closed: true, ..self }
    }

    /// Whether the output with this key is still in place, so that it needs not be made again. Then it is kept.
    pub fn keeps(&self, path: &OutPath, key: Fingerprint) -> bool {
        let Some(written) = self.record(path).filter(|written| written.key == key) else { return false };
        if !self.has(path, written.size) {
            return false;
        }
        self.state().after.push((path.clone(), written));
        true
    }

    /// Takes an output. It is staged unless the same bytes are in place already.
    pub fn put(&self, path: &OutPath, key: Fingerprint, bytes: &[u8]) -> Result<Outcome> {
        if self.is_closed {
            return Ok(Outcome::Same);
        }
        let written = Written { key, content: Fingerprint::of_bytes(bytes), size: bytes.len() as u64 };
        if self.is_same(path, written, bytes) {
            self.state().after.push((path.clone(), written));
            return Ok(Outcome::Same);
        }
        let name = self.admit(path, written)?;
        fs::write(&self.folder.join(name), bytes)?;
        Ok(Outcome::Changed)
    }

    /// Takes a copy of a file of which fingerprint and length are known.
    pub fn copy(&self, path: &OutPath, written: Written, from: &Path) -> Result<Outcome> {
        if self.is_closed {
            return Ok(Outcome::Same);
        }
        let same = self.record(path).is_some_and(|record| record.content == written.content);
        if same && self.has(path, written.size) {
            self.state().after.push((path.clone(), written));
            return Ok(Outcome::Same);
        }
        let name = self.admit(path, written)?;
        fs::copy(from, &self.folder.join(name))?;
        Ok(Outcome::Changed)
    }

    /// Whether nothing stands in the way of what is staged: neither a file of somebody else nor a folder.
    pub fn has_room(&self) -> bool {
        let is_free = |path: &OutPath| match fs::look(&self.out.join(path.as_str())) {
            None => true,
            Some(there) => there.is_file() && self.before.files.contains_key(path),
        };
        self.state().changed.iter().all(|(path, _)| is_free(path))
    }

    fn is_same(&self, path: &OutPath, written: Written, bytes: &[u8]) -> bool {
        match self.before.files.get(path) {
            None => false,
            Some(Some(record)) => record.content == written.content && self.has(path, written.size),
            Some(None) => {
                self.has(path, written.size)
                    && fs::read(&self.out.join(path.as_str())).is_ok_and(|there| there == bytes)
            }
        }
    }

    fn record(&self, path: &OutPath) -> Option<Written> {
        self.before.files.get(path).copied().flatten()
    }

    fn has(&self, path: &OutPath, size: u64) -> bool {
        !self.fresh
            && fs::look(&self.out.join(path.as_str()))
                .is_some_and(|there| there.is_file() && there.len() == size)
    }

    /// Enters an output and says under which name it is to be staged.
    fn admit(&self, path: &OutPath, written: Written) -> Result<String> {
        let mut state = self.state();
        let name = if self.fresh { path.as_str().to_owned() } else { state.changed.len().to_string() };
        state.after.push((path.clone(), written));
        state.changed.push((path.clone(), name.clone()));
        let is_new = self.fresh && !path.folder().is_empty() && !state.folders.contains(path.folder());
        // Nobody else must wait while a folder is made. Two threads may make one folder, which does no harm.
        drop(state);
        if is_new {
            fs::create_dir_all(&self.folder.join(path.folder()))?;
            self.state().folders.insert(path.folder().to_owned());
        }
        Ok(name)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn finish(self) -> (Manifest, Vec<(OutPath, String)>) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = state.after.into_iter().map(|(path, written)| (path, Some(written))).collect();
        (Manifest { files }, state.changed)
    }
}
