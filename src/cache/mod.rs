//! The persistent memo: what earlier builds found out, in `.masthead/`. It knows no stage.
//!
//! Everything in here may be deleted at any time; the next build only takes longer. What can't be read counts as not there.
//! The format's number is in the path, so that a new version never reads an old one's files. Nothing in here is ever needed to
//! know what is Masthead's own in the output folder: that list lies in the output folder itself.

mod bodies;
mod documents;

pub use bodies::{Bodies, BodyRef};
pub use documents::{CachedDocument, CachedParse, Documents};

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::model::manifest::{Known, Manifest};

/// The folder's name in the site's root.
pub const FOLDER: &str = ".masthead";

/// The number of the format. It goes up when what is stored, or what is computed from an input, changes its form.
const FORMAT: &str = "v3";

/// What the last build of an output folder started from and what it said. If nothing of it changed, there is nothing to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    /// Stands for all inputs, by their stamps, and for everything that was asked for.
    pub inputs: Fingerprint,
    /// The time of that build.
    pub at: Moment,
    /// When something will appear or go without any change of an input.
    pub until: Option<Moment>,
    /// What was wrong, none of it an error.
    pub diagnostics: Vec<Diagnostic>,
    /// How many articles there were.
    pub articles: u64,
    /// How many files it left in the output folder.
    pub files: u64,
}

/// An open cache, locked against other builds.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    top: PathBuf,
    _lock: fs::Lock,
}

impl Cache {
    /// Opens the cache of a site, creating it if needed. While another build has it, this one waits, and calls `wait` first.
    pub fn open(root: &Path, wait: impl FnOnce()) -> Result<Self> {
        let top = root.join(FOLDER);
        let folder = top.join(FORMAT);
        fs::create_dir_all(&folder)?;
        let lock = fs::lock(&top.join("lock"), wait)?;
        if fs::look(&top.join("CACHEDIR.TAG")).is_none() {
            // https://bford.info/cachedir/
            let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Masthead's cache. It may be deleted at any time.\n";
            fs::write(&top.join("CACHEDIR.TAG"), tag.as_bytes())?;
            fs::write(&top.join(".gitignore"), b"*\n")?;
        }
        Ok(Self { folder, top, _lock: lock })
    }

    /// A folder for outputs that are not finished, emptied.
    pub fn staging(&self) -> Result<PathBuf> {
        let staging = self.top.join("staging");
        fs::remove_dir_all(&staging)?;
        fs::create_dir_all(&staging)?;
        Ok(staging)
    }

    /// The documents that earlier builds parsed with the same options.
    pub fn documents(&self, options: Fingerprint) -> Documents {
        Documents::load(&self.folder, options)
    }

    /// The store of bodies that belongs to those documents.
    pub fn bodies(&self, documents: &Documents) -> Result<Bodies> {
        Bodies::open(&self.folder, documents.generation(), documents.bodies_end())
    }

    /// Keeps the documents of this build.
    pub fn save_documents(
        &self,
        options: Fingerprint,
        bodies: &Bodies,
        documents: &[CachedDocument],
    ) -> Result<()> {
        documents::save(&self.folder, options, bodies, documents)
    }

    /// The value that was kept under a name; nothing if there is none or it can't be read.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = fs::read_if_exists(&self.folder.join(name)).ok().flatten()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Keeps a value under a name.
    pub fn save<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        fs::write_atomically(&self.folder.join(name), &encoded(value))
    }

    /// Forgets the value under a name.
    pub fn forget(&self, name: &str) -> Result<()> {
        fs::remove_file(&self.folder.join(name))
    }

    /// What is known of an output folder. If the last build was cut off while it wrote there, everything that it may have touched
    /// is known to be Masthead's own, and nothing else is known of that.
    pub fn manifest(&self, out: &str) -> Known {
        let (mut manifest, print) = self.stored_manifest("manifest", out).unwrap_or_default();
        let mut prints = vec![print];
        let Some((unfinished, print)) = self.stored_manifest("unfinished", out) else {
            return Known { manifest, prints, is_cut_off: false };
        };
        prints.push(print);
        for (path, known) in &mut manifest.files {
            if unfinished.files.get(path) != Some(known) {
                *known = None;
            }
        }
        for path in unfinished.files.into_keys() {
            manifest.files.entry(path).or_insert(None);
        }
        Known { manifest, prints, is_cut_off: true }
    }

    /// A manifest with its fingerprint, which is that of the bytes that it is stored as.
    fn stored_manifest(&self, what: &str, out: &str) -> Option<(Manifest, Fingerprint)> {
        let bytes = fs::read_if_exists(&self.folder.join(name(what, out))).ok().flatten()?;
        Some((postcard::from_bytes(&bytes).ok()?, Fingerprint::of_bytes(&bytes)))
    }

    /// Says what is about to be written, before it is.
    pub fn announce(&self, out: &str, manifest: &Manifest) -> Result<()> {
        self.save(&name("unfinished", out), manifest)
    }

    /// Says that what was announced has been written.
    pub fn conclude(&self, out: &str) -> Result<()> {
        fs::rename(&self.folder.join(name("unfinished", out)), &self.folder.join(name("manifest", out)))
    }

    /// What the last build of an output folder started from.
    pub fn state(&self, out: &str) -> Option<State> {
        self.load(&name("state", out))
    }

    /// Keeps what this build started from.
    pub fn save_state(&self, out: &str, state: &State) -> Result<()> {
        self.save(&name("state", out), state)
    }

    /// Forgets what the last build started from: its outputs are about to change.
    pub fn forget_state(&self, out: &str) -> Result<()> {
        self.forget(&name("state", out))
    }
}

/// The name of a file of the cache that belongs to one output folder.
fn name(what: &str, out: &str) -> String {
    format!("{what}-{}", Fingerprint::of_bytes(out.as_bytes()).short())
}

fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    // Serialising into memory only fails for types that postcard can't hold, which a test of each would show; an empty file is
    // read as nothing.
    postcard::to_stdvec(value).unwrap_or_default()
}
