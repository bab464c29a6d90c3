//! The metadata of parsed documents: one file, read at once and decoded on all cores.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bodies::{self, Bodies, BodyRef};
use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::model::article::Meta;
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;
use crate::model::profile::Profile;

/// What is remembered of one parsed file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CachedDocument {
    /// The file.
    pub path: ContentPath,
    /// What it was read as.
    pub kind: DocumentKind,
    /// What tells, without reading it, whether it is still the same.
    pub stamp: Stamp,
    /// The fingerprint of its bytes, which tells for certain.
    pub content: Fingerprint,
    /// What was made of it.
    pub document: Option<CachedParse>,
    /// What was wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A parsed document without its body.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum CachedParse {
    /// An article or standing page, and where its body lies.
    Article(Arc<Meta>, BodyRef),
    /// A profile, which is small.
    Profile(Box<Profile>),
}

/// The documents that earlier builds parsed.
#[derive(Debug, Default)]
pub struct Documents {
    by_path: HashMap<ContentPath, CachedDocument>,
    head: Head,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// Stands for the options that the documents were parsed with.
    options: Fingerprint,
    /// Which file the bodies are in.
    generation: u64,
    /// How many bytes of it are in use.
    bodies_end: u64,
}

/// Documents that are decoded together.
const CHUNK: usize = 512;

const FILE: &str = "documents";

/// What the file begins with; the chunks follow, one behind the other.
#[derive(Serialize, Deserialize)]
struct Stored {
    head: Head,
    /// The length of each chunk.
    lengths: Vec<usize>,
}

impl Documents {
    pub(super) fn load(folder: &Path, options: Fingerprint) -> Self {
        let bytes = fs::read_if_exists(&folder.join(FILE)).ok().flatten().unwrap_or_default();
        let Ok((Stored { head, lengths }, rest)) = postcard::take_from_bytes(&bytes) else {
            return Self::default();
        };
        match decoded(&lengths, rest).filter(|_| head.options == options) {
            Some(chunks) => {
                let by_path =
                    chunks.into_iter().flatten().map(|document| (document.path.clone(), document)).collect();
                Self { by_path, head }
            }
            // The bodies of other options are of no use: start a new file.
            None => {
                Self { head: Head { generation: head.generation + 1, ..Head::default() }, ..Self::default() }
            }
        }
    }

    /// Forgets every document but not where the bodies may be put.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self {
            by_path: HashMap::new(),
            head: Head { generation: self.head.generation + 1, bodies_end: 0, ..self.head },
        }
    }

    /// Takes out what is known of a file.
    pub fn take(&mut self, path: &ContentPath) -> Option<CachedDocument> {
        self.by_path.remove(path)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    pub(super) fn generation(&self) -> u64 {
        self.head.generation
    }

    pub(super) fn bodies_end(&self) -> u64 {
        self.head.bodies_end
    }
}

/// The documents in chunks of some lengths.
fn decoded(lengths: &[usize], mut rest: &[u8]) -> Option<Vec<Vec<CachedDocument>>> {
    let mut chunks = Vec::with_capacity(lengths.len());
    for &length in lengths {
        let (chunk, after) = rest.split_at_checked(length)?;
        chunks.push(chunk);
        rest = after;
    }
    chunks.into_par_iter().map(|chunk| postcard::from_bytes(chunk).ok()).collect()
}

/// Writes the documents of a build. When more than half of the store of bodies belongs to texts that are gone, the next build
/// starts a new one.
pub(super) fn save(
    folder: &Path,
    options: Fingerprint,
    bodies: &Bodies,
    documents: &[CachedDocument],
) -> Result<()> {
    let used: u64 = documents.iter().map(CachedDocument::body_length).sum();
    if bodies.end() > 2 * used + (1 << 20) {
        fs::remove_file(&folder.join(FILE))?;
        return bodies::remove(folder, bodies.generation());
    }
    let chunks: Vec<Vec<u8>> = documents.par_chunks(CHUNK).map(|chunk| super::encoded(&chunk)).collect();
    let head = Head { options, generation: bodies.generation(), bodies_end: bodies.end() };
    let mut bytes = super::encoded(&Stored { head, lengths: chunks.iter().map(Vec::len).collect() });
    chunks.iter().for_each(|chunk| bytes.extend_from_slice(chunk));
    fs::write_atomically(&folder.join(FILE), &bytes)?;
    if let Some(before) = bodies.generation().checked_sub(1) {
        bodies::remove(folder, before)?;
    }
    Ok(())
}

impl CachedDocument {
    fn body_length(&self) -> u64 {
        match &self.document {
            Some(CachedParse::Article(_, body)) => body.length(),
            _ => 0,
        }
    }
}
