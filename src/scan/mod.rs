//! VERB 1: root → [`Inputs`]. It reads names and stamps, the first bytes of pictures, and the theme, but no
//! article.
//!
//! Files are found in the order of their names, whatever their order on the disk. Hidden files are left out
//! of the content, but not of the static files: `.well-known` is one.

mod embedded;
mod pictures;
mod stylesheet;
mod theme;

pub use embedded::embedded_themes;
pub use theme::{AvailableTheme, theme, themes, translations};

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::error::{Error, Result};
use crate::base::fs::{self, Stamp};
use crate::config::{self, FOLDERS_OF_THEMES, SiteConfig};
use crate::model::input::{DocumentKind, InputFile, Inputs, Picture};
use crate::model::path::ContentPath;
use crate::model::profile::TermKind;
use crate::model::spellings::Spellings;

/// Finds everything that a site is made from. `known` are the pictures that earlier builds have read.
pub fn scan(
    root: &Path,
    config: &SiteConfig,
    known: &BTreeMap<ContentPath, Picture>,
) -> Result<Warned<Inputs>> {
    let mut inputs = Inputs::default();
    let mut diagnostics = Vec::new();
    let folders = &config.folders;
    if !fs::is_dir(&root.join(&folders.articles)) {
        let message = format!("the folder of the articles, `{}`, does not exist", folders.articles);
        let hint = "create it, or name another one as `articles` under `[content]`";
        let diagnostic = Diagnostic::new(Rule::Config, message).in_file(config::FILE);
        diagnostics.push(diagnostic.about(&["content", "articles"], &folders.articles).hint(hint));
    }
    for (key, folder) in folders.renamed().filter(|(key, _)| *key != "articles") {
        if !fs::is_dir(&root.join(folder)) {
            let (above, name) = folder.rsplit_once('/').unwrap_or((".", folder));
            let message = format!("there is no folder `{folder}`, which `{key}` under `[content]` names");
            let diagnostic = Diagnostic::new(Rule::Config, message).in_file(config::FILE);
            let diagnostic = diagnostic.about(&["content", key], folder).hint("create it, or remove the key");
            let siblings = fs::subfolders(&root.join(above))?;
            diagnostics.push(diagnostic.did_you_mean(name, siblings.iter().map(String::as_str)));
        }
    }
    let mut documents =
        vec![(folders.articles.as_str(), DocumentKind::Article), (&folders.pages, DocumentKind::Page)];
    for kind in TermKind::ALL {
        documents.push((&folders.profiles[kind], DocumentKind::Profile(kind)));
    }
    let others = other_folders(root, config);
    for (folder, kind) in documents {
        let walk = Walk { root, folder, skip: &others, hidden: false };
        for file in walk.files(&mut inputs.nameless, &mut inputs.links)? {
            if file.path.is_document() {
                inputs.documents.push((kind, file));
            } else {
                inputs.beside.push(file);
            }
        }
    }
    let rooted =
        |folder: &str, path: &ContentPath| path.as_str()[folder.len()..].trim_start_matches('/').to_owned();
    let walk = Walk { root, folder: &folders.assets, skip: &[], hidden: true };
    for file in walk.files(&mut inputs.nameless, &mut inputs.links)? {
        inputs.assets.push((format!("/{}", rooted(&folders.assets, &file.path)), file));
    }
    let walk = Walk { root, folder: &folders.data, skip: &[], hidden: false };
    for file in walk.files(&mut inputs.nameless, &mut inputs.links)? {
        inputs.data.push((rooted(&folders.data, &file.path), file));
    }
    inputs.nameless.sort();
    inputs.nameless.dedup();
    inputs.spellings = Spellings::of(inputs.names());
    inputs.pictures = pictures::look_at(root, inputs.files(), known)?;
    Ok(Warned { value: inputs, diagnostics })
}

/// A folder whose files are to be found.
struct Walk<'a> {
    root: &'a Path,
    folder: &'a str,
    /// Folders below it that belong to something else.
    skip: &'a [PathBuf],
    /// Whether hidden files are found.
    hidden: bool,
}

impl Walk<'_> {
    /// The files below the folder, sorted by path. A folder that does not exist is empty. Files and folders whose
    /// names are not UTF-8 are left out and become `nameless`. Those that are symbolic links are among `links`.
    fn files(&self, nameless: &mut Vec<String>, links: &mut Vec<PathBuf>) -> Result<Vec<InputFile>> {
        let top = self.root.join(self.folder);
        if !fs::is_dir(&top) {
            return Ok(Vec::new());
        }
        let mut wants = |entry: &DirEntry| {
            let is_wanted = self.wants(entry) && has_name(entry, self.root, nameless);
            links.extend((is_wanted && entry.path_is_symlink()).then(|| entry.path().to_owned()));
            is_wanted
        };
        let entries: Vec<walkdir::Result<DirEntry>> = files(&top, &mut wants).collect();
        let look = |entry: walkdir::Result<DirEntry>| {
            let entry = entry.map_err(|error| refused(&error))?;
            let stamp = Stamp::of(&entry.metadata().map_err(|error| refused(&error))?);
            Ok(InputFile { path: self.label(&entry, &top), stamp })
        };
        let mut files = entries.into_par_iter().map(look).collect::<Result<Vec<_>>>()?;
        files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn wants(&self, entry: &DirEntry) -> bool {
        let name = entry.file_name();
        let hidden = is_name_passed_over(name);
        let ours = name.to_str().is_some_and(|name| name.starts_with(".masthead"));
        let other = entry.file_type().is_dir() && self.skip.iter().any(|skip| skip == entry.path());
        (self.hidden || !hidden) && !other && !ours
    }

    fn label(&self, entry: &DirEntry, top: &Path) -> ContentPath {
        let [path, top] = [entry.path(), top].map(|path| path.as_os_str().as_encoded_bytes());
        // Other names were left out by `has_name`.
        let below = path.strip_prefix(top).and_then(|below| str::from_utf8(below).ok()).unwrap_or_default();
        let below = below.trim_start_matches(MAIN_SEPARATOR);
        let mut label = match self.folder.trim_end_matches('/') {
            "" | "." => below.to_owned(),
            folder => [folder, "/", below].concat(),
        };
        if MAIN_SEPARATOR != '/' {
            label = label.replace(MAIN_SEPARATOR, "/");
        }
        ContentPath::new(label)
    }
}

/// Whether the name of a file is UTF-8. If not, it becomes one of the `nameless`.
fn has_name(entry: &DirEntry, root: &Path, nameless: &mut Vec<String>) -> bool {
    let has_one = entry.file_name().to_str().is_some();
    if !has_one {
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        nameless.push(path.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
    }
    has_one
}

/// The files below a folder that are wanted, in no order. The lock of an editor is often a symbolic link that leads
/// nowhere; that is no fault.
fn files(
    top: &Path,
    mut wants: impl FnMut(&DirEntry) -> bool,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let walk = WalkDir::new(top).follow_links(true).into_iter();
    walk.filter_entry(move |entry| entry.depth() == 0 || wants(entry)).filter(|entry| match entry {
        Ok(entry) => entry.file_type().is_file(),
        Err(error) => !error.path().is_some_and(is_passed_over),
    })
}

/// Whether a file is left out: it is hidden, or the lock or backup that an editor keeps of a file.
pub fn is_passed_over(path: &Path) -> bool {
    path.file_name().is_some_and(is_name_passed_over)
}

fn is_name_passed_over(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~")
}

fn refused(error: &walkdir::Error) -> Error {
    match (error.path(), error.io_error()) {
        (Some(path), Some(cause))
            if cause.kind() == ErrorKind::NotFound
                && fs::look(path).is_some_and(|found| found.is_symlink()) =>
        {
            let message = format!("`{}` is a symbolic link that leads nowhere", path.display());
            Error::refused(message).hint("mend or remove it")
        }
        (Some(path), Some(cause)) => Error::io("read", path)(io::Error::new(cause.kind(), cause.to_string())),
        _ => Error::refused(format!("cannot read the site: {error}")),
    }
}

/// The folders that keep their own meaning when they lie inside another folder of content.
fn other_folders(root: &Path, config: &SiteConfig) -> Vec<PathBuf> {
    let folders = &config.folders;
    let named = folders.inputs().chain([folders.output.as_str()]);
    named.chain(FOLDERS_OF_THEMES).map(|folder| root.join(folder)).collect()
}
