//! The persistent memo: what earlier builds found out, in `.masthead/`. It knows no stage.
//!
//! Everything in here may be deleted at any time; the next build only takes longer. What can't be read counts as not there.
//! The format's number is in the path, so that a new version never reads an old one's files. Nothing in here is ever needed to
//! know what is Masthead's own in the output folder: that list lies in the output folder itself.

mod bodies;
mod documents;
mod ledger;
mod manifests;
mod records;
mod states;

pub use bodies::{Bodies, BodyRef};
pub use documents::{Archive, CachedDocument, CachedParse, Documents};
pub use ledger::{Contents, Entries, Ledger, Place};
pub use states::{Kept, Stamps, State};

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;

/// The folder's name in the site's root.
pub const FOLDER: &str = ".masthead";

/// The number of the format. It goes up when what is stored, or what is computed from an input, changes its form.
const FORMAT: &str = "v13";

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
    ) -> Result<Option<Fingerprint>> {
        documents::save(&self.folder, options, bodies, documents)
    }

    /// The same documents to be read one by one, as long as they are those that a fingerprint stands for.
    pub fn archive(&self, print: Fingerprint) -> Option<Archive> {
        Archive::open(&self.folder, print)
    }

    /// The store of bodies that belongs to an archive.
    pub fn bodies_of(&self, archive: &Archive) -> Result<Bodies> {
        archive.bodies(&self.folder)
    }

    /// Keeps the changes of an archive.
    pub fn amend_documents(&self, archive: Archive, bodies: &Bodies) -> Result<()> {
        archive.save(&self.folder, bodies)
    }

    /// Keeps the collection of the last build of an output folder, and returns what stands for the file.
    pub fn save_ledger(&self, out: &str, contents: &Contents<'_>) -> Result<Fingerprint> {
        let print = ledger::save(&self.folder.join(name("ledger", out)), contents)?;
        self.forget(&name("ledger-errata", out))?;
        Ok(print)
    }

    /// The collection of the last build of an output folder, as long as it is the one that was kept.
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

    /// Keeps the articles that were entered into a ledger, and returns what stands for them.
    pub fn amend_ledger(&self, out: &str, ledger: &Ledger) -> Result<Fingerprint> {
        let bytes = ledger.errata();
        fs::write_atomically(&self.folder.join(name("ledger-errata", out)), &bytes)?;
        Ok(Fingerprint::of_bytes(&bytes))
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
