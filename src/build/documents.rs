//! All documents of a site, parsed or remembered.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Bodies, BodyRef, Cache, CachedDocument, CachedParse};
use crate::index;
use crate::model::article::{Body, Document};
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::parse;

use super::load::Site;
use super::{PIECE, Progress, Request};

/// The documents of a site and their texts.
pub(super) struct Library {
    pub(super) documents: Shelf,
    pub(super) bodies: Texts,
    /// How many files were parsed.
    pub(super) parsed: u64,
    /// What stands for the file of the cache that has them, in the order of the inputs.
    pub(super) print: Option<Fingerprint>,
}

/// What is known of the documents without their texts.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) parsed: index::Documents,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The texts, by the fingerprints under which pages ask for them.
#[derive(Clone)]
pub(super) struct Texts {
    pub(super) store: Arc<Bodies>,
    pub(super) places: Arc<HashMap<Fingerprint, BodyRef>>,
}

/// Documents with all that is remembered of their files.
pub(super) struct Known {
    pub(super) documents: Vec<CachedDocument>,
    pub(super) store: Bodies,
    /// How many files were parsed.
    pub(super) parsed: u64,
    /// What stands for the file of the cache that has them now.
    pub(super) print: Option<Fingerprint>,
}

/// What stands for everything that the form of parsed documents depends on.
pub(super) fn options_print(site: &Site) -> Fingerprint {
    Fingerprint::of(&(env!("CARGO_PKG_VERSION"), parse::Options::of(&site.config)))
}

impl Library {
    /// Parses what is new or has changed, and remembers the rest.
    pub(super) fn read(
        request: &Request,
        site: &Site,
        inputs: &Inputs,
        cache: Option<&Cache>,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let Known { documents, store, parsed, print } = Known::read(request, site, inputs, cache, progress)?;
        let mut places = HashMap::with_capacity(documents.len());
        let mut shelf = Shelf::default();
        documents.into_iter().for_each(|document| shelf.add(document, &mut places));
        let bodies = Texts { store: Arc::new(store), places: Arc::new(places) };
        Ok(Self { documents: shelf, bodies, parsed, print })
    }
}

impl Texts {
    /// The text with a fingerprint; nothing if the store was damaged.
    pub(super) fn get(&self, print: Fingerprint) -> Option<Body> {
        self.places.get(&print).and_then(|place| self.store.get(*place))
    }
}

impl Known {
    /// Reads all documents.
    pub(super) fn read(
        request: &Request,
        site: &Site,
        inputs: &Inputs,
        cache: Option<&Cache>,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let options_print = options_print(site);
        let mut known = cache.map(|cache| cache.documents(options_print)).unwrap_or_default();
        if !request.cache {
            known = known.emptied();
        }
        let (before, mut print, is_spliced) = (known.len(), known.print(), known.is_spliced());
        let store = match cache {
            Some(cache) => cache.bodies(&known)?,
            None => Bodies::in_memory(),
        };
        let reader = Reader::new(request, site, &store, progress);
        let work: Vec<_> =
            inputs.documents.iter().map(|(kind, file)| (*kind, file, known.take(&file.path))).collect();
        let documents: Vec<CachedDocument> = work
            .into_par_iter()
            .with_max_len(PIECE)
            .map(|(kind, file, known)| reader.document(kind, file, known))
            .collect::<Result<_>>()?;
        let (parsed, read) = (reader.parsed(), reader.read.into_inner());
        if let Some(cache) = cache.filter(|_| read > 0 || before != documents.len() || is_spliced) {
            print = cache.save_documents(options_print, &store, &documents)?;
        }
        Ok(Self { documents, store, parsed, print })
    }
}

impl Shelf {
    /// Adds what is known of a document that stays where it is, without its diagnostics.
    pub(super) fn lend(&mut self, document: &CachedDocument) {
        match &document.document {
            Some(CachedParse::Article(meta, _)) => match document.kind {
                DocumentKind::Page => self.parsed.pages.push(Arc::clone(meta)),
                _ => self.parsed.articles.push(Arc::clone(meta)),
            },
            Some(CachedParse::Profile(profile)) => self.parsed.profiles.push((**profile).clone()),
            None => {}
        }
    }

    fn add(&mut self, document: CachedDocument, places: &mut HashMap<Fingerprint, BodyRef>) {
        self.diagnostics.extend(document.diagnostics);
        match document.document {
            Some(CachedParse::Article(meta, body)) => {
                places.insert(meta.body_print, body);
                match document.kind {
                    DocumentKind::Page => self.parsed.pages.push(meta),
                    _ => self.parsed.articles.push(meta),
                }
            }
            Some(CachedParse::Profile(profile)) => self.parsed.profiles.push(*profile),
            None => {}
        }
    }
}

/// Reads one document after the other.
pub(super) struct Reader<'a> {
    request: &'a Request,
    options: parse::Options,
    store: &'a Bodies,
    parsed: AtomicU64,
    read: AtomicU64,
    progress: &'a dyn Progress,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        request: &'a Request,
        site: &Site,
        store: &'a Bodies,
        progress: &'a dyn Progress,
    ) -> Self {
        let options = parse::Options::of(&site.config);
        let (parsed, read) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { request, options, store, parsed, read, progress }
    }

    /// How many files it has parsed.
    pub(super) fn parsed(&self) -> u64 {
        self.parsed.load(Ordering::Relaxed)
    }

    /// A file whose stamp is known is not even read; one whose bytes are known is not parsed.
    pub(super) fn document(
        &self,
        kind: DocumentKind,
        file: &InputFile,
        known: Option<CachedDocument>,
    ) -> Result<CachedDocument> {
        self.progress.step();
        let known = known.filter(|known| known.kind == kind);
        let known = match known {
            Some(known) if known.stamp == file.stamp => return Ok(known),
            known => known,
        };
        let bytes = fs::read_sized(&self.request.root.join(file.path.as_str()), file.stamp.size)?;
        self.read.fetch_add(1, Ordering::Relaxed);
        let content = Fingerprint::of_bytes(&bytes);
        match known.filter(|known| known.content == content) {
            Some(known) => Ok(CachedDocument { stamp: file.stamp, ..known }),
            None => self.parse(kind, file, &bytes, content),
        }
    }

    fn parse(
        &self,
        kind: DocumentKind,
        file: &InputFile,
        bytes: &[u8],
        content: Fingerprint,
    ) -> Result<CachedDocument> {
        self.parsed.fetch_add(1, Ordering::Relaxed);
        let parsed = parse::parse(kind, &file.path, bytes, &self.options);
        let document = match parsed.document {
            Some(Document::Article(meta, body)) => {
                Some(CachedParse::Article(meta.into(), self.store.put(&body)?))
            }
            Some(Document::Profile(profile)) => Some(CachedParse::Profile(profile)),
            None => None,
        };
        let diagnostics = parsed.diagnostics;
        Ok(CachedDocument {
            path: file.path.clone(),
            kind,
            stamp: file.stamp,
            content,
            document,
            diagnostics,
        })
    }
}
