//! Which files in the output folder are Masthead's own.
//!
//! The list lies in the output folder, because it must outlive the cache: without it a build could not tell
//! yesterday's pages from files of somebody else. Beside it lies the **mark**: the fingerprint of the
//! manifest that describes the folder. A cache that remembers another build, because the folder was exchanged
//! or restored, has no such manifest and is not believed. A folder that is being changed has no mark.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Manifest, OutputRecord};
use crate::model::path::OutPath;

/// The name of the list in the output folder.
pub const OWN_FILES: &str = ".masthead-files";

/// The name of the mark.
pub const MARK: &str = ".masthead-mark";

const HEAD: &str = "# Files that Masthead wrote here. It overwrites and removes these and no others.\n";

/// The prefix of a file name that would otherwise look like a comment of the list.
const HERE: &str = "./";

/// The files in the output folder that are Masthead's own, with what is known of them. They are those of the
/// list, which a build writes before it changes anything else. If the mark is that of another manifest, the
/// records are dropped.
pub fn owned(out: &Path, known: OutputRecord) -> Result<Manifest> {
    let list = read(out)?;
    let listed = || list.lines().filter(|line| !line.starts_with('#'));
    let files = || listed().map(|line| line.strip_prefix(HERE).unwrap_or(line));
    let mark = fs::read_if_exists(&out.join(MARK))?;
    let OutputRecord { mut manifest, prints, .. } = known;
    if !prints.iter().any(|print| mark == Some(marked(*print))) {
        manifest.files.values_mut().for_each(|written| *written = None);
    }
    if files().eq(manifest.files.keys().map(OutPath::as_str)) {
        return Ok(manifest);
    }
    let listed: BTreeSet<OutPath> = files().filter_map(OutPath::parse).collect();
    manifest.files.retain(|path, _| listed.contains(path));
    for path in listed {
        manifest.files.entry(path).or_insert(None);
    }
    Ok(manifest)
}

/// Whether the last build of a folder did not come to its end.
pub fn is_cut_off(out: &Path) -> bool {
    fs::look(&out.join(OWN_FILES)).is_some() && fs::look(&out.join(MARK)).is_none()
}

/// The text of the list; empty if there is none.
fn read(out: &Path) -> Result<String> {
    let list = fs::read_if_exists(&out.join(OWN_FILES))?.unwrap_or_default();
    Ok(String::from_utf8(list).unwrap_or_else(|list| String::from_utf8_lossy(list.as_bytes()).into_owned()))
}

/// The line of a file.
fn line(path: &OutPath) -> Cow<'_, str> {
    let path = path.as_str();
    if path.starts_with('#') { Cow::Owned([HERE, path].concat()) } else { Cow::Borrowed(path) }
}

/// The content of the mark of a manifest.
fn marked(print: Fingerprint) -> Vec<u8> {
    format!("{print}\n").into_bytes()
}

/// Marks a folder as the one that a manifest describes.
pub(super) fn mark(out: &Path, print: Fingerprint) -> Result<()> {
    fs::write_atomically(&out.join(MARK), &marked(print))
}

/// Removes the mark of a folder and adds new files to the list. The list is replaced and never changed in
/// place: a copy of the folder that is made of hard links may share the old one.
pub(super) fn unmark<'b>(out: &Path, new: impl Iterator<Item = &'b OutPath>) -> Result<()> {
    fs::remove_file(&out.join(MARK))?;
    let new: Vec<_> = new.map(line).collect();
    if new.is_empty() {
        return Ok(());
    }
    let list = read(out)?;
    let files = list.split_once('\n').map_or("", |(_, files)| files);
    let files = with(files, new.iter().map(AsRef::as_ref).collect());
    fs::write_atomically(&out.join(OWN_FILES), [HEAD, &files].concat().as_bytes())
}

/// The lines of a list with new files added, still sorted.
fn with(files: &str, new: Vec<&str>) -> String {
    let mut all: Vec<&str> = files.lines().collect();
    for file in new {
        all.insert(all.partition_point(|other| *other < file), file);
    }
    all.iter().flat_map(|file| [file, "\n"]).collect()
}

/// Writes the list of everything that a build may leave behind, before it starts: the old files and the new.
pub(super) fn announce(out: &Path, before: &Manifest, after: &Manifest) -> Result<()> {
    fs::remove_file(&out.join(MARK))?;
    let all = before.files.keys().chain(after.files.keys()).map(|path| (path.clone(), None));
    write(out, &Manifest { files: all.collect() })
}

/// Writes the list for a build that was given up: those of the files of `before` that are still there, and those that
/// were `placed`.
pub(super) fn settle(out: &Path, before: &Manifest, placed: &[&OutPath]) -> Result<()> {
    let old = before.files.keys().filter(|path| fs::look(&out.join(path.as_str())).is_some());
    let all = old.chain(placed.iter().copied()).map(|path| (path.clone(), None));
    write(out, &Manifest { files: all.collect() })
}

/// Writes the list of the files that are there now, and marks the folder.
pub(super) fn save(out: &Path, manifest: &Manifest) -> Result<()> {
    write(out, manifest)?;
    mark(out, manifest.print())
}

/// Writes the list, unless it is the same already.
fn write(out: &Path, manifest: &Manifest) -> Result<()> {
    let mut list = String::from(HEAD);
    for path in manifest.files.keys() {
        list.push_str(&line(path));
        list.push('\n');
    }
    let file = out.join(OWN_FILES);
    if fs::read_if_exists(&file)?.as_deref() == Some(list.as_bytes()) {
        return Ok(());
    }
    fs::write_atomically(&file, list.as_bytes())
}
