//! What stands in the output folder where files are to be written and removed. It looks, and changes nothing.
//!
//! Only files on the list of own ones may go. Behind a symbolic link among the folders is another place, where nothing
//! is ours, whatever the list says.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::base::diag::{Diagnostic, Rule};
use crate::base::fs;
use crate::model::manifest::Manifest;
use crate::model::path::OutPath;

/// The output folder as it is before it is changed.
pub(super) struct Ground<'a> {
    out: &'a Path,
    before: &'a Manifest,
    /// Each folder is looked at once.
    folders: HashMap<String, Standing>,
}

/// What stands at a path where a folder is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Nothing,
    Folder,
    /// A file, or a symbolic link to whatever.
    Else,
}

impl<'a> Ground<'a> {
    pub(super) fn new(out: &'a Path, before: &'a Manifest) -> Self {
        Self { out, before, folders: HashMap::new() }
    }

    /// The outermost of the folders of a file that is none.
    fn barrier<'p>(&mut self, path: &'p OutPath) -> Option<&'p str> {
        let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        for folder in folders {
            match self.standing(folder) {
                Standing::Folder => {}
                Standing::Nothing => return None,
                Standing::Else => return Some(folder),
            }
        }
        None
    }

    fn standing(&mut self, folder: &str) -> Standing {
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        let standing = match fs::look(&self.out.join(folder)) {
            None => Standing::Nothing,
            Some(there) if there.is_dir() => Standing::Folder,
            Some(_) => Standing::Else,
        };
        self.folders.insert(folder.to_owned(), standing);
        standing
    }

    /// Whether an own file is there to be removed. What somebody has put into its place or into that of one of its
    /// folders is left alone.
    pub(super) fn has(&mut self, path: &OutPath) -> bool {
        self.barrier(path).is_none()
            && fs::look(&self.out.join(path.as_str())).is_some_and(|there| !there.is_dir())
    }

    /// Whether a file can be written without removing anything but an own file in its place.
    pub(super) fn has_room(&mut self, path: &OutPath) -> bool {
        self.barrier(path).is_none()
            && fs::look(&self.out.join(path.as_str()))
                .is_none_or(|there| there.is_file() && self.before.files.contains_key(path))
    }

    /// What is in the way of files and not Masthead's own, if those go that are not in `after`.
    pub(super) fn foreign<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p OutPath>,
        after: &Manifest,
    ) -> Vec<Diagnostic> {
        let foreign: BTreeSet<&str> = paths.filter_map(|path| self.foreign_at(path, after)).collect();
        foreign
            .into_iter()
            .map(|path| {
                let message =
                    format!("`{path}` in the output folder was not written by Masthead and is in the way");
                Diagnostic::new(Rule::ForeignFile, message)
                    .hint("move it away (files to publish belong in the static folder), or build into another folder with `--out`")
                    .grouped("foreign")
            })
            .collect()
    }

    fn foreign_at<'p>(&mut self, path: &'p OutPath, after: &Manifest) -> Option<&'p str> {
        let before = self.before;
        let goes = |file: &str| before.files.contains_key(file) && !after.files.contains_key(file);
        if let Some(barrier) = self.barrier(path) {
            return Some(barrier).filter(|barrier| !goes(barrier));
        }
        let there = self.out.join(path.as_str());
        let is_foreign = match fs::look(&there) {
            None => false,
            // A folder is not in the way if it is empty or everything in it is about to be removed.
            Some(found) if found.is_dir() => {
                let below = fs::files_below(&there);
                let is_bare = below.is_empty() && !fs::is_empty_dir(&there, &there);
                is_bare || !below.iter().all(|below| goes(&format!("{path}/{below}")))
            }
            Some(_) => !before.files.contains_key(path),
        };
        is_foreign.then_some(path.as_str())
    }
}
