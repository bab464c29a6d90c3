//! In which bundle a file lies: in that of the nearest `index.md` around it. Whether that is published, and
//! what follows from it, others decide.

use std::collections::HashMap;

use crate::model::path::ContentPath;

/// Something for each bundle, by its folder.
pub(super) struct Bundles<'a, T>(HashMap<&'a str, T>);

impl<'a, T> Bundles<'a, T> {
    /// From documents, of which only bundles count. Of two in one folder the later one counts.
    pub(super) fn of(documents: impl Iterator<Item = (&'a ContentPath, T)>) -> Self {
        let bundles = documents.filter(|(path, _)| path.is_bundle());
        Self(bundles.map(|(path, value)| (path.folder(), value)).collect())
    }

    /// No bundles.
    pub(super) fn none() -> Self {
        Self(HashMap::new())
    }

    /// What there is for the bundle of a file, and the file's path below the folder of the bundle.
    pub(super) fn around<'f>(&self, file: &'f ContentPath) -> Option<(&T, &'f str)> {
        folders(file.folder())
            .find_map(|folder| Some((self.0.get(folder)?, &file.as_str()[folder.len() + 1..])))
    }
}

/// A folder, and those around it from the inside out.
pub(super) fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| Some(folder.rsplit_once('/')?.0))
}
