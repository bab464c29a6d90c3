//! Which files in the output folder are Masthead's own.
//!
//! The list lies in the output folder, because it must outlive the cache: without it a build could not tell
//! yesterday's pages from files of somebody else. It also bears a **mark**: the fingerprint of the manifest
//! that describes the folder. A cache that remembers another build, because the folder was exchanged or
//! restored, has no such manifest and is not believed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Known, Manifest};
use crate::model::path::OutPath;

/// The name of the list in the output folder.
pub const OWN_FILES: &str = ".masthead-files";

const HEAD: &str = "# Files that Masthead wrote here. It overwrites and removes these and no others.\n";

/// The prefix of a file name that would otherwise look like a comment of the list.
const HERE: &str = "./";

/// The start of the line with the mark.
const STATE: &str = "# state ";

/// The files in the output folder that are Masthead's own, with what is known of them. They are those of the
/// list and, if the last build was killed, those that it may have written before it could update the list. If
/// the mark is that of another manifest, the records are dropped.
pub fn owned(out: &Path, known: Known) -> Result<Manifest> {
    let list = read(out)?;
    let listed = || list.lines().filter(|line| !line.starts_with('#'));
    let files = || listed().map(|line| line.strip_prefix(HERE).unwrap_or(line));
    let state = list.lines().find_map(|line| line.strip_prefix(STATE));
    let Known { mut manifest, prints, is_cut_off } = known;
    if !prints.iter().any(|print| state == Some(print.to_string().as_str())) {
        manifest.files.values_mut().for_each(|written| *written = None);
    }
    if files().eq(manifest.files.keys().map(OutPath::as_str)) {
        return Ok(manifest);
    }
    let listed: BTreeSet<OutPath> = files().filter_map(OutPath::parse).collect();
    if !is_cut_off {
        manifest.files.retain(|path, _| listed.contains(path));
    }
    for path in listed {
        manifest.files.entry(path).or_insert(None);
    }
    Ok(manifest)
}

/// The text of the list; empty if there is none.
fn read(out: &Path) -> Result<String> {
    let list = fs::read_if_exists(&out.join(OWN_FILES))?.unwrap_or_default();
    Ok(String::from_utf8(list).unwrap_or_else(|list| String::from_utf8_lossy(list.as_bytes()).into_owned()))
}

/// The list of a folder to which files are about to be written, without its mark. As long as the mark is
/// missing, no manifest is believed to describe the folder.
pub(super) struct Unmarked<'a> {
    out: &'a Path,
    files: String,
}

/// The line of a file.
fn line(path: &OutPath) -> Cow<'_, str> {
    let path = path.as_str();
    if path.starts_with('#') { Cow::Owned([HERE, path].concat()) } else { Cow::Borrowed(path) }
}

/// Takes the mark off a folder's list and adds new files to it.
pub(super) fn unmark<'a, 'b>(out: &'a Path, new: impl Iterator<Item = &'b OutPath>) -> Result<Unmarked<'a>> {
    let list = read(out)?;
    let start = list.find('\n').map_or(0, |end| end + 1);
    let rest = &list[start..];
    let files =
        if rest.starts_with(STATE) { rest.split_once('\n').map_or("", |(_, files)| files) } else { rest };
    let new: Vec<_> = new.map(line).collect();
    let unmarked = Unmarked { out, files: with(files, new.iter().map(AsRef::as_ref).collect()) };
    unmarked.write("")?;
    Ok(unmarked)
}

/// The lines of a list with new files added, still sorted.
fn with(files: &str, new: Vec<&str>) -> String {
    if new.is_empty() {
        return files.to_owned();
    }
    let mut all: Vec<&str> = files.lines().collect();
    for file in new {
        all.insert(all.partition_point(|other| *other < file), file);
    }
    all.iter().flat_map(|file| [file, "\n"]).collect()
}

impl Unmarked<'_> {
    /// Puts the mark of a manifest onto the list.
    pub(super) fn mark(self, print: Fingerprint) -> Result<()> {
        self.write(&format!("{STATE}{print}\n"))
    }

    /// Writes a new file and never into the old one: that may be shared with a backup made of hard links, and
    /// if the power fails, disks keep the order of renames, but not that of a rename and a write into the
    /// middle of a file.
    fn write(&self, mark: &str) -> Result<()> {
        fs::write_atomically(&self.out.join(OWN_FILES), [HEAD, mark, &self.files].concat().as_bytes())
    }
}

/// Writes the list of everything that a build may leave behind, before it starts: the old files and the new.
pub(super) fn announce(out: &Path, before: &Manifest, after: &Manifest) -> Result<()> {
    let all = before.files.keys().chain(after.files.keys()).map(|path| (path.clone(), None));
    write(out, &Manifest { files: all.collect() }, None)
}

/// Writes the list of the files that are there now.
pub(super) fn save(out: &Path, manifest: &Manifest) -> Result<()> {
    write(out, manifest, Some(manifest.print()))
}

/// Writes the list, unless it is the same already.
fn write(out: &Path, manifest: &Manifest, print: Option<Fingerprint>) -> Result<()> {
    let mut list = String::from(HEAD);
    if let Some(print) = print {
        list.extend([STATE, &print.to_string(), "\n"]);
    }
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
