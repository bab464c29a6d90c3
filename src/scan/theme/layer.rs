//! A layer of a theme: the files that have a meaning in the site's own folder, in a theme of the site, or in one
//! of the program.
//!
//! Whatever else lies in the folder of a theme is not read: what tools install there may be larger than the site.

use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path};

use walkdir::DirEntry;

use crate::base::diag::{Diagnostic, Rule};
use crate::base::error::Result;
use crate::base::fs;
use crate::scan::embedded::embedded_themes;
use crate::scan::{files, has_name, is_name_passed_over, refused};

/// The folders of a layer.
const FOLDERS: [&str; 3] = ["templates", "assets", "i18n"];

/// The manifest of a theme.
pub(super) const MANIFEST: &str = "theme.toml";

/// One layer of files, by their paths in it.
pub(in crate::scan) struct Layer {
    /// Empty for the site's own overrides, else `themes/<name>/`.
    pub(in crate::scan) place: String,
    pub(in crate::scan) files: BTreeMap<String, Vec<u8>>,
}

impl Layer {
    /// What the site has in the place of its theme's files.
    pub(super) fn of_site(root: &Path, nameless: &mut Vec<String>) -> Result<Self> {
        Self::read(root, String::new(), nameless)
    }

    /// The theme `name`, of the site or of the program. `None` if neither has it.
    pub(super) fn of_theme(root: &Path, name: &str, nameless: &mut Vec<String>) -> Result<Option<Self>> {
        let place = format!("themes/{name}/");
        if fs::is_dir(&root.join(&place)) {
            let mut layer = Self::read(root, place, nameless)?;
            let manifest = fs::read_if_exists(&root.join(&layer.place).join(MANIFEST))?;
            layer.files.extend(manifest.map(|bytes| (MANIFEST.to_owned(), bytes)));
            return Ok(Some(layer));
        }
        let below = |(path, bytes): (String, &'static [u8])| {
            Some((path.strip_prefix(name)?.strip_prefix('/')?.to_owned(), bytes.to_vec()))
        };
        let files: BTreeMap<_, _> = embedded_themes().into_iter().filter_map(below).collect();
        Ok((!files.is_empty()).then_some(Self { place, files }))
    }

    fn read(root: &Path, place: String, nameless: &mut Vec<String>) -> Result<Self> {
        let mut layer = Self { place, files: BTreeMap::new() };
        for folder in FOLDERS {
            layer.read_folder(root, folder, nameless)?;
        }
        Ok(layer)
    }

    fn read_folder(&mut self, root: &Path, label: &str, nameless: &mut Vec<String>) -> Result<()> {
        let folder = &root.join(&self.place).join(label);
        if !fs::is_dir(folder) {
            return Ok(());
        }
        let wants =
            |entry: &DirEntry| !is_name_passed_over(entry.file_name()) && has_name(entry, root, nameless);
        for entry in files(folder, wants) {
            let entry = entry.map_err(|error| refused(&error))?;
            if let Some(below) = entry.path().strip_prefix(folder).ok().and_then(Path::to_str) {
                let path = format!("{label}/{}", below.replace(MAIN_SEPARATOR, "/"));
                self.files.insert(path, fs::read(entry.path())?);
            }
        }
        Ok(())
    }

    /// The whole path of a file.
    pub(in crate::scan) fn path(&self, file: &str) -> String {
        format!("{}{file}", self.place)
    }

    /// A file as text, without the mark (BOM) that some editors put before it.
    pub(in crate::scan) fn text(&self, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<&str> {
        let bytes = self.files.get(file)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(_) => {
                let fault = Diagnostic::new(Rule::NotUtf8, "the file is not UTF-8");
                diagnostics.push(fault.in_file(self.path(file)));
                None
            }
        }
    }

    /// The names of the files below one of its folders.
    pub(in crate::scan) fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(move |path| path.strip_prefix(folder))
    }
}

/// The text of the manifest of a theme.
pub(super) fn manifest(root: &Path, name: &str) -> Result<Option<String>> {
    let folder = root.join("themes").join(name);
    let bytes = if fs::is_dir(&folder) {
        fs::read_if_exists(&folder.join(MANIFEST))?
    } else {
        let path = format!("{name}/{MANIFEST}");
        embedded_themes().into_iter().find(|(known, _)| *known == path).map(|(_, bytes)| bytes.to_vec())
    };
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
}
