//! The persistent memo: the results of earlier builds, in `.masthead/`. It knows no stage.
//!
//! Everything in it may be deleted at any time; the next build only takes longer. A file that cannot be read
//! counts as missing. The number of the format is in the path, so that a new version never reads the files of
//! an old one. The list of Masthead's own files is not in the cache but in the output folder, so that it
//! outlives the cache.

mod bodies;
mod documents;
mod ledger;
mod manifests;
mod records;
mod seal;
mod states;

pub use bodies::{Bodies, BodyRef};
pub use documents::{Archive, CachedDocument, CachedParse, Documents};
pub use ledger::{Contents, Entries, Ledger, Place};
pub use states::{Kept, Stamps, State};

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use seal::{sealed, unsealed};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;

/// The folder's name in the site's root.
pub const FOLDER: &str = ".masthead";

/// The number of the format. It is raised when the form of what is stored changes, or what is computed from
/// the same input.
const FORMAT: &str = "v22";

/// An open cache, locked against other builds.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    top: PathBuf,
    _lock: fs::Lock,
}

impl Cache {
    /// Opens the cache of a site, creating it if needed. If another build holds it, this calls `wait` and
    /// then waits.
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

    /// An empty folder for outputs that are not in place yet.
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

    /// Saves the documents of this build.
    pub fn save_documents(
        &self,
        options: Fingerprint,
        bodies: &Bodies,
        documents: &[CachedDocument],
    ) -> Result<Option<Fingerprint>> {
        documents::save(&self.folder, options, bodies, documents)
    }

    /// The documents to be read one by one, if they are still those with this fingerprint.
    pub fn archive(&self, print: Fingerprint) -> Option<Archive> {
        Archive::open(&self.folder, print)
    }

    /// The store of bodies that belongs to an archive.
    pub fn bodies_of(&self, archive: &Archive) -> Result<Bodies> {
        archive.bodies(&self.folder)
    }

    /// Saves the changes of an archive.
    pub fn amend_documents(&self, archive: Archive, bodies: &Bodies) -> Result<()> {
        archive.save(&self.folder, bodies)
    }

    /// Saves the collection of a build of an output folder. Returns the fingerprint of the file.
    pub fn save_ledger(&self, out: &str, contents: &Contents<'_>) -> Result<Fingerprint> {
        let print = ledger::save(&self.folder.join(name("ledger", out)), contents)?;
        self.forget(&name("ledger-errata", out))?;
        Ok(print)
    }

    /// The collection of the last build of an output folder, if it is still the one that `kept` names.
    pub fn ledger(&self, out: &str, kept: Kept) -> Option<Ledger> {
        let errata = match kept.errata {
            Some(print) => {
                let bytes = fs::read_if_exists(&self.folder.join(name("ledger-errata", out))).ok()??;
                Some(bytes).filter(|bytes| Fingerprint::of_bytes(bytes) == print)
            }
            None => Some(Vec::new()),
        };
        Ledger::open(self.folder.join(name("ledger", out)), kept.ledger, &errata?)
    }

    /// Saves the articles that were entered into a ledger. Returns their fingerprint.
    pub fn amend_ledger(&self, out: &str, ledger: &Ledger) -> Result<Fingerprint> {
        let bytes = ledger.errata();
        fs::write_atomically(&self.folder.join(name("ledger-errata", out)), &bytes)?;
        Ok(Fingerprint::of_bytes(&bytes))
    }

    /// The value that was saved under a name; `None` if there is none or it cannot be read.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        decoded(&fs::read_if_exists(&self.folder.join(name)).ok().flatten()?)
    }

    /// Saves a value under a name.
    pub fn save<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        fs::write_atomically(&self.folder.join(name), &sealed(encoded(value)))
    }

    /// Removes the value under a name.
    pub fn forget(&self, name: &str) -> Result<()> {
        fs::remove_file(&self.folder.join(name))
    }
}

/// The name of a file of the cache that belongs to one output folder.
fn name(what: &str, out: &str) -> String {
    format!("{what}-{}", Fingerprint::of_bytes(out.as_bytes()).short())
}

/// The value in sealed bytes; `None` if it is damaged.
fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(unsealed(bytes)?).ok()
}

fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    // Serialising into memory fails only for types that postcard does not support, and every type here has a
    // test. An empty file would count as missing.
    postcard::to_stdvec(value).unwrap_or_default()
}
