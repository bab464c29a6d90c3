//! Files that a site is made from, as `scan` finds them: names and stamps, not contents.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::path::ContentPath;
use super::spellings::Spellings;
use crate::base::fs::Stamp;

/// One file on disk. (It is never called a source: a source is the outlet that an article comes from.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path.
    pub path: ContentPath,
    /// The stamp by which a change is noticed.
    pub stamp: Stamp,
}

/// The kinds of Markdown file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A dated article.
    Article,
    /// A standing page, such as "About".
    Page,
    /// The profile of an outlet, tag, author or series.
    Profile(super::profile::TermKind),
}

/// All files that a build reads, each list in the order of the paths.
#[derive(Debug, Default, Clone)]
pub struct Inputs {
    /// Markdown: articles, standing pages, profiles.
    pub documents: Vec<(DocumentKind, InputFile)>,
    /// Files that lie beside articles and pages: pictures, downloads.
    pub beside: Vec<InputFile>,
    /// Files to be copied as they are, each with its address.
    pub assets: Vec<(String, InputFile)>,
    /// Files under the data folder, each with its path there.
    pub data: Vec<(String, InputFile)>,
    /// How the documents and the files that may be copied are named, and the addresses of the latter.
    pub spellings: Spellings,
    /// Files and folders that are left out because their names are not UTF-8, as a message shows them.
    pub nameless: Vec<String>,
    /// Files and folders that are symbolic links, as paths of the disk.
    pub links: Vec<PathBuf>,
    /// What is known of each picture among `beside` and `assets`.
    pub pictures: BTreeMap<ContentPath, Picture>,
}

impl Inputs {
    /// All files that may be copied: `beside` and `assets`.
    pub fn files(&self) -> impl Iterator<Item = &InputFile> {
        self.beside.iter().chain(self.assets.iter().map(|(_, file)| file))
    }

    /// The names that [`spellings`](Self::spellings) is made of.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let documents = self.documents.iter().map(|(_, file)| file);
        let files = documents.chain(&self.beside).map(|file| file.path.as_str());
        files.chain(self.assets.iter().map(|(url, _)| url.as_str()))
    }

    /// The file that a path means, which may be spelled otherwise.
    pub fn meant(&self, path: ContentPath) -> ContentPath {
        match self.spellings.meant(path.as_str()) {
            name if name == path.as_str() => path,
            name => ContentPath::new(name.into_owned()),
        }
    }
}

/// A picture file, with what its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The stamp by which a change is noticed.
    pub stamp: Stamp,
    /// Its size, unless its format is unknown or has none.
    pub size: Option<PictureSize>,
}

/// The size of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PictureSize {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}
