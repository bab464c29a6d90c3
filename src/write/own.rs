//! Which files in the output folder are Masthead's own.
//!
//! The list lies in the output folder, because it must outlive the cache: without it a build could not tell yesterday's pages
//! from somebody's files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::error::Result;
use crate::base::fs;
use crate::model::manifest::Manifest;
use crate::model::path::OutPath;

/// The name of the list in the output folder.
pub const OWN_FILES: &str = ".masthead-files";

const HEAD: &str = "# Files that Masthead wrote here. It overwrites and removes these and no others.\n";

/// What is known of the files that are Masthead's own: those of the list in the output folder, and, if the last build was cut
/// off, those that it may have written before it could bring the list up to date.
pub fn owned(out: &Path, known: Manifest, cut_off: bool) -> Result<Manifest> {
    let list = fs::read_if_exists(&out.join(OWN_FILES))?;
    let list = list.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let listed: BTreeSet<OutPath> = list.lines().filter(|line| !line.starts_with('#')).filter_map(OutPath::parse).collect();
    let mut manifest = known;
    if !cut_off {
        manifest.files.retain(|path, _| listed.contains(path));
    }
    for path in listed {
        manifest.files.entry(path).or_insert(None);
    }
    Ok(manifest)
}

/// Writes the list, unless it is the same already.
pub(super) fn save(out: &Path, manifest: &Manifest) -> Result<()> {
    let mut list = String::from(HEAD);
    for path in manifest.files.keys() {
        list.push_str(path.as_str());
        list.push('\n');
    }
    let file = out.join(OWN_FILES);
    if fs::read_if_exists(&file)?.as_deref() == Some(list.as_bytes()) {
        return Ok(());
    }
    fs::write_atomically(&file, list.as_bytes())
}
