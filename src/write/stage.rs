//! Outputs on their way to the disk: each is compared with the file in place, and staged if it differs.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;

use super::ground::Ground;

/// What became of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new or has changed, and was staged.
    Changed,
    /// The file in place is the same to the byte.
    Same,
}

/// Outputs that wait to be put into place. Many threads may stage at once.
#[derive(Debug)]
pub struct Stage<'a> {
    pub(super) out: &'a Path,
    pub(super) folder: &'a Path,
    pub(super) before: &'a Manifest,
    /// Whether the output folder is empty. Then outputs are staged in their final folders, and whole folders
    /// are moved at the end.
    pub(super) fresh: bool,
    /// Whether it stages nothing.
    is_closed: bool,
    /// Whether the last build was cut off.
    is_doubtful: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    after: Vec<(OutPath, Written)>,
    changed: Vec<(OutPath, String)>,
    doubted: Vec<OutPath>,
    folders: HashSet<String>,
}

/// What a stage has gathered.
pub(super) struct Finished {
    /// All outputs.
    pub(super) manifest: Manifest,
    /// The changed outputs, and the name of each in the staging folder.
    pub(super) changed: Vec<(OutPath, String)>,
    /// Outputs that are in place and may have been put there by a build that was cut off.
    pub(super) doubted: Vec<OutPath>,
}

impl<'a> Stage<'a> {
    /// Prepares to write into `out`, of which `before` is known. Outputs are staged in the empty folder
    /// `folder`, which may lie in `out`.
    pub fn new(out: &'a Path, folder: &'a Path, before: &'a Manifest) -> Self {
        let is_link = fs::look(out).is_some_and(|there| there.is_symlink());
        let fresh = fs::is_empty_dir(out, folder) && !is_link;
        Self { out, folder, before, fresh, is_closed: false, is_doubtful: false, state: Mutex::default() }
    }

    /// Closes the stage for a build that must write nothing. Outputs in place were made without errors, so
    /// they need not be made again to find some.
    #[must_use]
    pub fn closed(self) -> Self {
        Self { is_closed: true, ..self }
    }

    /// Tells it whether the last build was cut off, so that nobody knows which files it has written.
    #[must_use]
    pub fn after_cut_off(self, is_doubtful: bool) -> Self {
        Self { is_doubtful, ..self }
    }

    /// Returns `true`, and keeps the file, if the output with this key is still in place and need not be made
    /// again.
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
        if self.is_same(path, written, |there| there == bytes) {
            self.state().after.push((path.clone(), written));
            return Ok(Outcome::Same);
        }
        let name = self.admit(path, written)?;
        fs::write(&self.folder.join(name), bytes)?;
        Ok(Outcome::Changed)
    }

    /// Takes a copy of a file whose fingerprint and length are known.
    pub fn copy(&self, path: &OutPath, written: Written, from: &Path) -> Result<Outcome> {
        if self.is_closed {
            return Ok(Outcome::Same);
        }
        if self.is_same(path, written, |there| Fingerprint::of_bytes(there) == written.content) {
            self.state().after.push((path.clone(), written));
            return Ok(Outcome::Same);
        }
        let name = self.admit(path, written)?;
        fs::copy(from, &self.folder.join(name))?;
        Ok(Outcome::Changed)
    }

    /// Whether nothing is in the way of the staged outputs but own files in their places.
    pub fn has_room(&self) -> bool {
        let mut ground = Ground::new(self.out, self.before);
        self.state().changed.iter().all(|(path, _)| ground.has_room(path))
    }

    /// Whether an output is in place already. If nothing is known of the file there, it is read and `is_it` decides.
    fn is_same(&self, path: &OutPath, written: Written, is_it: impl FnOnce(&[u8]) -> bool) -> bool {
        match self.before.files.get(path) {
            None => false,
            Some(Some(record)) => record.content == written.content && self.has(path, written.size),
            Some(None) => {
                let is_same = self.has(path, written.size)
                    && fs::read(&self.out.join(path.as_str())).is_ok_and(|there| is_it(&there));
                if is_same && self.is_doubtful {
                    self.state().doubted.push(path.clone());
                }
                is_same
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

    /// Records an output and returns the name under which it is to be staged.
    fn admit(&self, path: &OutPath, written: Written) -> Result<String> {
        let mut state = self.state();
        let name = if self.fresh { path.as_str().to_owned() } else { state.changed.len().to_string() };
        state.after.push((path.clone(), written));
        state.changed.push((path.clone(), name.clone()));
        let is_new = self.fresh && !path.folder().is_empty() && !state.folders.contains(path.folder());
        // Other threads need not wait while a folder is made. If two threads make the same folder, that does
        // no harm.
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

    pub(super) fn finish(self) -> Finished {
        let State { after, changed, doubted, .. } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = after.into_iter().map(|(path, written)| (path, Some(written))).collect();
        Finished { manifest: Manifest { files }, changed, doubted }
    }
}
