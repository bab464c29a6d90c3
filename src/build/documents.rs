//! All documents of a site, parsed or remembered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Bodies, BodyRef, Cache, CachedDocument, CachedParse};
use crate::index;
use crate::model::article::Document;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::parse;

use super::load::Site;
use super::{Progress, Request};

/// The documents of a site and their texts.
pub(super) struct Library {
    pub(super) documents: Shelf,
    pub(super) bodies: Texts,
    /// How many files were parsed.
    pub(super) parsed: u64,
}

/// What is known of the documents without their texts.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) parsed: index::Documents,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The texts, by the fingerprints under which pages ask for them.
pub(super) struct Texts {
    pub(super) store: Bodies,
    pub(super) places: HashMap<Fingerprint, BodyRef>,
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
        let options = parse::Options::of(&site.config);
        let options_print = Fingerprint::of(&(env!("CARGO_PKG_VERSION"), &options));
        let mut known = cache.map(|cache| cache.documents(options_print)).unwrap_or_default();
        if !request.cache {
            known = known.emptied();
        }
        let before = known.len();
        let store = match cache {
            Some(cache) => cache.bodies(&known)?,
            None => Bodies::in_memory(),
        };
        let reader = Reader {
            request,
            options,
            store: &store,
            parsed: AtomicU64::new(0),
            read: AtomicU64::new(0),
            progress,
        };
        let work: Vec<_> =
            inputs.documents.iter().map(|(kind, file)| (*kind, file, known.take(&file.path))).collect();
        let documents: Vec<CachedDocument> = work
            .into_par_iter()
            .map(|(kind, file, known)| reader.document(kind, file, known))
            .collect::<Result<_>>()?;
        let (parsed, read) = (reader.parsed.into_inner(), reader.read.into_inner());
        if let Some(cache) = cache.filter(|_| read > 0 || before != documents.len()) {
            cache.save_documents(options_print, &store, &documents)?;
        }
        let mut places = HashMap::with_capacity(documents.len());
        let mut shelf = Shelf::default();
        documents.into_iter().for_each(|document| shelf.add(document, &mut places));
        Ok(Self { documents: shelf, bodies: Texts { store, places }, parsed })
    }
}

impl Shelf {
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

struct Reader<'a> {
    request: &'a Request,
    options: parse::Options,
    store: &'a Bodies,
    parsed: AtomicU64,
    read: AtomicU64,
    progress: &'a dyn Progress,
}

impl Reader<'_> {
    /// A file whose stamp is known is not even read; one whose bytes are known is not parsed.
    fn document(
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
        let bytes = fs::read(&self.request.root.join(file.path.as_str()))?;
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
            Some(Document::Article(meta, body)) => Some(CachedParse::Article(meta.into(), self.store.put(&body)?)),
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
