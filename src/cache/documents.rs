//! The metadata of parsed documents: one file, which most builds read as a whole, while others read only a
//! few records.
//!
//! The file is large, so a build that changes or adds a few documents does not write it again. It writes
//! **errata**: a small file with the records that replace others, and with documents that were added later.
//! Errata name the file that they belong to; beside any other file they are ignored.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bodies::{self, Bodies, BodyRef};
use super::records::{self, Chunk, Records};
use super::seal::sealed;
use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::model::article::Meta;
use crate::model::input::DocumentKind;
use crate::model::order::Order;
use crate::model::path::ContentPath;
use crate::model::profile::Profile;

/// The result of parsing one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CachedDocument {
    /// The file.
    pub path: ContentPath,
    /// The kind of document.
    pub kind: DocumentKind,
    /// The stamp that tells, without reading the file, that it is unchanged.
    pub stamp: Stamp,
    /// The fingerprint of its bytes.
    pub content: Fingerprint,
    /// The document, if there is one.
    pub document: Option<CachedParse>,
    /// The problems in the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl CachedDocument {
    /// The template that it asks for.
    pub fn template(&self) -> Option<&str> {
        match &self.document {
            Some(CachedParse::Article(meta, _)) => meta.template.as_deref(),
            _ => None,
        }
    }
}

/// A parsed document without its body.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum CachedParse {
    /// An article or standing page, and where its body lies.
    Article(Arc<Meta>, BodyRef),
    /// A profile, which is small and stored as a whole.
    Profile(Box<Profile>),
}

/// The documents that earlier builds parsed.
#[derive(Debug, Default)]
pub struct Documents {
    by_path: HashMap<ContentPath, CachedDocument>,
    head: Head,
    print: Option<Fingerprint>,
    is_spliced: bool,
}

/// The documents of the last build, read one by one, in the order in which `scan` found them.
#[derive(Debug)]
pub struct Archive {
    records: Records<Head>,
    errata: Errata,
    /// Which document is at which place. Those of the file are the first items.
    order: Order,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The fingerprint of the options that the documents were parsed with.
    options: Fingerprint,
    /// The number of the store that has the bodies.
    generation: u64,
    /// How many bytes of the store are in use.
    bodies_end: u64,
}

/// The records that replace or follow those of the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Errata {
    /// The fingerprint of the file that they belong to.
    base: Fingerprint,
    /// How many bytes of the store of bodies are in use.
    bodies_end: u64,
    /// The replaced and the added documents, by their numbers.
    changed: BTreeMap<u32, CachedDocument>,
    /// The places of the added documents.
    later: Vec<u32>,
}

/// How many documents are encoded together.
const CHUNK: usize = 512;

const FILE: &str = "documents";
const ERRATA: &str = "documents-errata";

/// The most errata: they are read and written as a whole.
const MOST_ERRATA: usize = 256;

impl Documents {
    pub(super) fn load(folder: &Path, options: Fingerprint) -> Self {
        let Some(records) = Records::<Head>::open(folder.join(FILE)) else { return Self::default() };
        let (Errata { bodies_end, changed, .. }, order) = Errata::of(folder, &records);
        let head = Head { bodies_end, ..records.head };
        match records.all::<CachedDocument>().filter(|_| head.options == options) {
            Some(mut documents) => {
                for (number, document) in changed {
                    match documents.get_mut(number as usize) {
                        Some(before) => *before = document,
                        None => documents.push(document),
                    }
                }
                let is_spliced = !order.later().is_empty();
                let by_path =
                    documents.into_iter().map(|document| (document.path.clone(), document)).collect();
                Self { by_path, head, print: Some(records.print), is_spliced }
            }
            // Bodies that were parsed with other options are of no use, so a new store is started.
            None => {
                Self { head: Head { generation: head.generation + 1, ..Head::default() }, ..Self::default() }
            }
        }
    }

    /// Forgets every document, but not which store the bodies go into.
    #[must_use]
    pub fn emptied(self) -> Self {
        let head = Head { generation: self.head.generation + 1, bodies_end: 0, ..self.head };
        Self { head, ..Self::default() }
    }

    /// Takes out the document of a file.
    pub fn take(&mut self, path: &ContentPath) -> Option<CachedDocument> {
        self.by_path.remove(path)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// The fingerprint of the file that they were read from, without errata.
    pub fn print(&self) -> Option<Fingerprint> {
        self.print
    }

    /// Whether some of them were added later and are not in that file.
    pub fn is_spliced(&self) -> bool {
        self.is_spliced
    }

    pub(super) fn generation(&self) -> u64 {
        self.head.generation
    }

    pub(super) fn bodies_end(&self) -> u64 {
        self.head.bodies_end
    }
}

impl Archive {
    /// Opens the file with this fingerprint; `None` if another one has replaced it.
    pub(super) fn open(folder: &Path, print: Fingerprint) -> Option<Self> {
        let records = Records::<Head>::open(folder.join(FILE)).filter(|records| records.print == print)?;
        let (errata, order) = Errata::of(folder, &records);
        Some(Self { records, errata, order })
    }

    /// Which document is at which place. As long as the file is the same, so are the numbers of its
    /// documents.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The document at a place.
    pub fn get(&self, place: u32) -> Option<CachedDocument> {
        let number = self.order.number(place);
        self.errata.changed.get(&number).cloned().or_else(|| self.records.get(number as usize))
    }

    /// The documents that were changed or added since the file was written, by their places.
    pub fn errata(&self) -> impl Iterator<Item = (u32, &CachedDocument)> {
        self.errata.changed.iter().map(|(number, document)| (self.order.place(*number), document))
    }

    /// The fingerprint of the options that the documents were parsed with.
    pub fn options(&self) -> Fingerprint {
        self.records.head.options
    }

    /// Replaces some documents. Returns `false` if that would be too many errata.
    pub fn amend(&mut self, documents: impl IntoIterator<Item = (u32, CachedDocument)>) -> bool {
        let documents = documents.into_iter().map(|(place, document)| (self.order.number(place), document));
        self.errata.changed.extend(documents);
        self.errata.changed.len() <= MOST_ERRATA
    }

    /// Inserts documents, with the places that they have when all are in. Returns `false` if that would be
    /// too many errata.
    pub fn add(&mut self, documents: Vec<(u32, CachedDocument)>) -> bool {
        let (places, documents): (Vec<u32>, Vec<CachedDocument>) = documents.into_iter().unzip();
        let Some(order) = self.order.with(&places) else { return false };
        self.errata.changed.extend((self.order.len() as u32..).zip(documents));
        self.errata.later = order.later().to_vec();
        self.order = order;
        self.errata.changed.len() <= MOST_ERRATA
    }

    pub(super) fn bodies(&self, folder: &Path) -> Result<Bodies> {
        Bodies::open(folder, self.records.head.generation, self.errata.bodies_end)
    }

    pub(super) fn save(mut self, folder: &Path, bodies: &Bodies) -> Result<()> {
        bodies.settle()?;
        self.errata.bodies_end = bodies.end();
        fs::write_atomically(&folder.join(ERRATA), &sealed(super::encoded(&self.errata)))
    }
}

impl Errata {
    /// The errata of a file, and the order of the documents with them. Errata of another file count as none.
    fn of(folder: &Path, records: &Records<Head>) -> (Self, Order) {
        let bytes = fs::read_if_exists(&folder.join(ERRATA)).ok().flatten();
        let errata = bytes.and_then(|bytes| super::decoded::<Self>(&bytes));
        let first = records.len();
        let fitting = errata.filter(|errata| errata.base == records.print).and_then(|errata| {
            let order = Order::new(first, &errata.later)?;
            let are_there = (first..order.len()).all(|number| errata.changed.contains_key(&(number as u32)));
            let end = errata.changed.last_key_value().map_or(0, |(number, _)| *number as usize + 1);
            (are_there && end <= order.len()).then_some((errata, order))
        });
        fitting.unwrap_or_else(|| {
            let none = Self {
                base: records.print,
                bodies_end: records.head.bodies_end,
                changed: BTreeMap::new(),
                later: Vec::new(),
            };
            (none, Order::new(first, &[]).unwrap_or_default())
        })
    }
}

/// Writes the documents of a build and returns the fingerprint of the file. If more than half of the store of
/// bodies is no longer used, it writes none, and the next build starts a new store.
pub(super) fn save(
    folder: &Path,
    options: Fingerprint,
    bodies: &Bodies,
    documents: &[CachedDocument],
) -> Result<Option<Fingerprint>> {
    let used: u64 = documents.iter().map(CachedDocument::body_length).sum();
    if bodies.end() > 2 * used + (1 << 20) {
        fs::remove_file(&folder.join(FILE))?;
        bodies::remove(folder, bodies.generation())?;
        return Ok(None);
    }
    bodies.settle()?;
    let chunk = |documents: &[CachedDocument]| Chunk::of(documents.iter().map(super::encoded));
    let chunks: Vec<Chunk> = documents.par_chunks(CHUNK).map(chunk).collect();
    let head = Head { options, generation: bodies.generation(), bodies_end: bodies.end() };
    let print = records::save(&folder.join(FILE), head, &chunks)?;
    fs::remove_file(&folder.join(ERRATA))?;
    if let Some(before) = bodies.generation().checked_sub(1) {
        bodies::remove(folder, before)?;
    }
    Ok(Some(print))
}

impl CachedDocument {
    /// The text of a document: its fingerprint, and where it is stored.
    pub fn text(&self) -> Option<(Fingerprint, BodyRef)> {
        match &self.document {
            Some(CachedParse::Article(meta, body)) => Some((meta.body_print, *body)),
            _ => None,
        }
    }

    fn body_length(&self) -> u64 {
        self.text().map_or(0, |(_, body)| body.length())
    }
}
