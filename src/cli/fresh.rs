//! Files that a command creates: all of them or none.
//!
//! It overwrites nothing. If a file cannot be written, for instance because the disk is full, those before it
//! are removed again, with the folders that were made for them.

use std::path::{Path, PathBuf};

use crate::base::error::Result;
use crate::base::fs;

/// Creates files with their contents, and the folders that they need.
pub(super) fn create_all<'a>(files: impl IntoIterator<Item = (PathBuf, &'a [u8])>) -> Result<()> {
    let mut made = Vec::new();
    let done = files.into_iter().try_for_each(|(path, bytes)| create(&path, bytes, &mut made));
    if done.is_err() {
        made.iter().rev().for_each(|path| remove(path));
    }
    done
}

/// Creates a file, and enters it into `made` after the folders that were made for it.
fn create(path: &Path, bytes: &[u8], made: &mut Vec<PathBuf>) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    let is_missing = |above: &&Path| !above.as_os_str().is_empty() && fs::look(above).is_none();
    let missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
    made.extend(missing.into_iter().rev().map(Path::to_owned));
    fs::create_dir_all(folder)?;
    fs::write_new(path, bytes)?;
    made.push(path.to_owned());
    Ok(())
}

/// Removes a file or an empty folder. The failure that led here is the one to tell of.
fn remove(path: &Path) {
    if !fs::remove_empty_dir(path) {
        drop(fs::remove_file(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_created_goes_if_a_file_is_in_the_way() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::write(&path("mine"), b"mine").unwrap();
        let files = ["new/deep/a", "new/b", "mine/c"];
        assert!(create_all(files.map(|name| (path(name), &b"x"[..]))).is_err());
        assert_eq!(fs::files_below(root.path()), ["mine"]);
        assert!(fs::look(&path("new")).is_none());
        create_all(files[..2].iter().map(|name| (path(name), &b"x"[..]))).unwrap();
        assert_eq!(fs::read(&path("new/deep/a")).unwrap(), b"x");
        assert!(create_all([(path("new/c"), &b"x"[..]), (path("new/b"), b"y")]).is_err());
        assert_eq!(
            (fs::read(&path("new/b")).unwrap(), fs::look(&path("new/c")).is_none()),
            (b"x".to_vec(), true)
        );
    }
}
