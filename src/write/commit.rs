//! Putting staged outputs into place.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;

use super::ground::Ground;
use super::own;
use super::stage::{Finished, Stage};

/// What a commit has done.
#[derive(Debug, Default)]
pub struct Committed {
    /// Files that were written, or may have been by a build that was cut off before, in the order of their paths.
    pub written: Vec<OutPath>,
    /// Files that the site no longer has, in the order of their paths.
    pub removed: Vec<OutPath>,
    /// Foreign files in the way. If there are any, nothing was done.
    pub diagnostics: Vec<Diagnostic>,
}

/// Puts all staged outputs into place and removes those that the site no longer has. `announce` is called
/// with the new manifest before the first change of the output folder, `conclude` after the last.
pub fn commit(
    stage: Stage<'_>,
    announce: impl FnOnce(&Manifest) -> Result<()>,
    conclude: impl FnOnce() -> Result<()>,
) -> Result<Committed> {
    let (out, folder, before) = (stage.out, stage.folder, stage.before);
    // While pages were rendered, somebody may have put a file into the folder.
    let fresh = stage.fresh && fs::is_empty_dir(out, folder);
    let Finished { manifest: after, mut changed, doubted } = stage.finish();
    changed.sort();
    let mut ground = Ground::new(out, before);
    // In an empty folder nothing stands in the way.
    let paths = changed.iter().map(|(path, _)| path).filter(|_| !fresh);
    let foreign = ground.foreign(paths, &after);
    if !foreign.is_empty() {
        return Ok(Committed { diagnostics: foreign, ..Committed::default() });
    }
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    let removed: Vec<OutPath> = gone.cloned().collect();
    let here: Vec<&OutPath> = removed.iter().filter(|path| ground.has(path)).collect();
    announce(&after)?;
    if fresh && fs::look(out).is_none() {
        own::save(folder, &after)?;
        swap_in(folder, out)?;
    } else {
        own::announce(out, before, &after)?;
        or_told(out, before, |placed| {
            here.iter().try_for_each(|path| fs::remove_file(&out.join(path.as_str())))?;
            remove_empty_folders(out, &here);
            let put = if fresh { move_in } else { put_in_place };
            put(folder, out, &changed, placed)
        })?;
        own::save(out, &after)?;
    }
    conclude()?;
    let mut written: Vec<OutPath> = changed.into_iter().map(|(path, _)| path).chain(doubted).collect();
    written.sort();
    Ok(Committed { written, removed, diagnostics: Vec::new() })
}

/// Puts all staged outputs into place and leaves all other files alone. No file may be in the way (see
/// [`Stage::has_room`]).
///
/// `print` is the fingerprint of the manifest so far. `conclude` is called after the last change of the
/// output folder, with the fingerprint of the new manifest and the records that have changed in it.
pub fn amend(
    stage: Stage<'_>,
    print: Fingerprint,
    conclude: impl FnOnce(Fingerprint, BTreeMap<OutPath, Written>) -> Result<()>,
) -> Result<Vec<OutPath>> {
    let (out, folder, before) = (stage.out, stage.folder, stage.before);
    let Finished { manifest: staged, mut changed, .. } = stage.finish();
    changed.sort();
    let records = staged.files.into_iter().filter_map(|(path, written)| Some((path, written?))).collect();
    let after = before.print_with(print, &records);
    let new = changed.iter().map(|(path, _)| path).filter(|path| !before.files.contains_key(*path));
    own::unmark(out, new)?;
    or_told(out, before, |placed| put_in_place(folder, out, &changed, placed))?;
    conclude(after, records)?;
    own::mark(out, after)?;
    Ok(changed.into_iter().map(|(path, _)| path).collect())
}

/// Makes a whole site appear by one rename, where there is no output folder yet.
fn swap_in(folder: &Path, out: &Path) -> Result<()> {
    if let Some(above) = out.parent().filter(|above| !above.as_os_str().is_empty()) {
        fs::create_dir_all(above)?;
    }
    fs::rename(folder, out)
}

/// Makes a whole site appear in an empty output folder by a few renames. The folder itself is not replaced by
/// the staging folder: somebody chose its owner, group and mode, it may be the only place where we can write,
/// and it may be a mount point.
fn move_in<'a>(
    folder: &Path,
    out: &Path,
    changed: &'a [(OutPath, String)],
    placed: &mut Vec<&'a OutPath>,
) -> Result<()> {
    let entry = |name: &'a str| name.split('/').next().unwrap_or(name);
    let entries: BTreeSet<&str> = changed.iter().map(|(_, name)| entry(name)).collect();
    for moved in entries {
        fs::rename(&folder.join(moved), &out.join(moved))?;
        placed.extend(changed.iter().filter(|(_, name)| entry(name) == moved).map(|(path, _)| path));
    }
    Ok(())
}

fn put_in_place<'a>(
    folder: &Path,
    out: &Path,
    changed: &'a [(OutPath, String)],
    placed: &mut Vec<&'a OutPath>,
) -> Result<()> {
    let mut known = HashSet::new();
    for (path, name) in changed {
        make_folders(out, path.folder(), &mut known)?;
        let (from, to) = (folder.join(name), out.join(path.as_str()));
        // An empty folder may be in the way.
        fs::rename(&from, &to)
            .or_else(|error| if fs::remove_empty_dir(&to) { fs::rename(&from, &to) } else { Err(error) })?;
        placed.push(path);
    }
    Ok(())
}

/// Changes the output folder. If that fails midway, the list of own files says what is there: a file that was
/// announced but not written may be somebody else's the next time.
fn or_told<'a>(
    out: &Path,
    before: &Manifest,
    change: impl FnOnce(&mut Vec<&'a OutPath>) -> Result<()>,
) -> Result<()> {
    let mut placed = Vec::new();
    let done = change(&mut placed);
    if done.is_err() {
        // The first failure is the one to tell. If the list cannot be written, it names too many files.
        drop(own::settle(out, before, &placed));
    }
    done
}

/// Makes the folders of an output. A symbolic link among them could lead out of the output folder and is
/// refused.
fn make_folders(out: &Path, folder: &str, known: &mut HashSet<PathBuf>) -> Result<()> {
    let mut path = out.to_owned();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        if !known.insert(path.clone()) {
            continue;
        }
        match fs::look(&path) {
            Some(there) if there.is_dir() => {}
            Some(_) => {
                let message = format!("cannot write below `{}`: it is not a folder", path.display());
                return Err(Error::refused(message));
            }
            None => fs::create_dir_all(&path)?,
        }
    }
    Ok(())
}

/// Removes the folders that became empty, from the innermost out.
fn remove_empty_folders(out: &Path, removed: &[&OutPath]) {
    for path in removed {
        let mut folder = path.folder();
        while !folder.is_empty() && fs::remove_empty_dir(&out.join(folder)) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
}
