//! All documents of a site, parsed or remembered, and their texts.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Bodies, BodyRef, Cache, CachedDocument, CachedParse, Documents};
use crate::index;
use crate::model::article::{Body, Document};
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::parse;

use super::load::Site;
use super::{PIECE, Progress, Request};

/// The texts of all documents, by their fingerprints.
#[derive(Clone)]
pub(super) struct Texts {
    pub(super) store: Arc<Bodies>,
    pub(super) places: Arc<HashMap<Fingerprint, BodyRef>>,
}

/// All documents of a site, parsed now or taken from the cache.
#[derive(Debug)]
pub(super) struct LoadedDocuments {
    pub(super) documents: Vec<CachedDocument>,
    pub(super) store: Bodies,
    /// How many files were parsed.
    pub(super) parsed: u64,
    /// The fingerprint of the options that they were parsed with.
    options: Fingerprint,
    /// The fingerprint of the cache file that they came from.
    print: Option<Fingerprint>,
    /// Whether that file is out of date.
    pub(super) is_news: bool,
}

/// The fingerprint of everything besides its file that a parsed document depends on.
pub(super) fn options_print(site: &Site) -> Fingerprint {
    Fingerprint::of(&(env!("CARGO_PKG_VERSION"), parse::Options::of(&site.config, &site.theme.labels)))
}

impl Texts {
    /// The text with this fingerprint, or `None` if the store is damaged.
    pub(super) fn get(&self, print: Fingerprint) -> Option<Body> {
        self.places.get(&print).and_then(|place| self.store.get(*place))
    }
}

impl LoadedDocuments {
    /// Reads all documents.
    pub(super) fn read(
        request: &Request,
        site: &Site,
        inputs: &Inputs,
        cache: Option<&Cache>,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let options = options_print(site);
        let mut known = cache.map(|cache| cache.documents(options)).unwrap_or_default();
        if !request.cache {
            known = known.emptied();
        }
        let (before, print, is_spliced) = (known.len(), known.print(), known.is_spliced());
        let store = match cache {
            Some(cache) => cache.bodies(&known)?,
            None => Bodies::in_memory(),
        };
        let reader = Reader::new(request, site, &store, progress);
        let documents = reader.documents(inputs, known)?;
        let (parsed, read) = (reader.parsed(), reader.read.into_inner());
        let is_news = read > 0 || before != documents.len() || is_spliced;
        Ok(Self { documents, store, parsed, options, print, is_news })
    }

    /// Saves the documents if the cache is out of date. Returns the fingerprint of the cache file that has
    /// them.
    pub(super) fn keep(&self, cache: Option<&Cache>) -> Result<Option<Fingerprint>> {
        match cache.filter(|_| self.is_news) {
            Some(cache) => cache.save_documents(self.options, &self.store, &self.documents),
            None => Ok(self.print),
        }
    }

    /// Drops all but the texts.
    pub(super) fn into_texts(self) -> Texts {
        let places = self.documents.iter().filter_map(CachedDocument::text).collect();
        Texts { store: Arc::new(self.store), places: Arc::new(places) }
    }
}

/// Sorts the documents by kind, as `index` takes them.
pub(super) fn documents_for_index<'d>(
    documents: impl IntoIterator<Item = &'d CachedDocument>,
) -> index::Documents {
    let mut sorted = index::Documents::default();
    for CachedDocument { document, kind, .. } in documents {
        match document {
            Some(CachedParse::Article(meta, _)) => match kind {
                DocumentKind::Page => sorted.pages.push(Arc::clone(meta)),
                _ => sorted.articles.push(Arc::clone(meta)),
            },
            Some(CachedParse::Profile(profile)) => sorted.profiles.push((**profile).clone()),
            None => {}
        }
    }
    sorted
}

/// Reads documents, on any number of threads.
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
        let options = parse::Options::of(&site.config, &site.theme.labels);
        let (parsed, read) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { request, options, store, parsed, read, progress }
    }

    /// How many files it has parsed.
    pub(super) fn parsed(&self) -> u64 {
        self.parsed.load(Ordering::Relaxed)
    }

    /// All documents of a site, of which some are known.
    pub(super) fn documents(&self, inputs: &Inputs, mut known: Documents) -> Result<Vec<CachedDocument>> {
        let work: Vec<_> =
            inputs.documents.iter().map(|(kind, file)| (*kind, file, known.take(&file.path))).collect();
        let read = work.into_par_iter().with_max_len(PIECE);
        read.map(|(kind, file, known)| self.document(kind, file, known)).collect()
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
