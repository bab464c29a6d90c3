//! A site in memory, as a [`Keeper`](super::Keeper) holds it: configuration, theme, documents, and the last
//! index made of them.

mod edits;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::build::amendment::Amendment;
use crate::build::compiled_theme::CompiledTheme;
use crate::build::copies::Copies;
use crate::build::documents::{LoadedDocuments, Reader, Texts, options_print};
use crate::build::edition::Routes;
use crate::build::keeper::Early;
use crate::build::load::Site;
use crate::build::preview::Preview;
use crate::build::report::Stopwatch;
use crate::build::{Progress, Report, Request};
use crate::cache::{self, Bodies, Cache, CachedDocument};
use crate::config::{self, FOLDERS_OF_THEMES, Folders};
use crate::index::Before;
use crate::model::collection::Collection;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::model::path::ContentPath;
use crate::scan;

/// A site in memory.
pub(in crate::build) struct LoadedSite {
    pub(in crate::build) site: Arc<Site>,
    pub(in crate::build) site_report: Report,
    pub(in crate::build) inputs: Arc<Inputs>,
    pub(in crate::build) scan_diagnostics: Vec<Diagnostic>,
    pub(in crate::build) documents: Vec<CachedDocument>,
    /// The index of each document in `documents`.
    places: HashMap<ContentPath, usize>,
    /// The fingerprint of the options that the documents were parsed with, and the folders they were looked
    /// for in.
    options: Option<(Fingerprint, Folders)>,
    pub(in crate::build) texts: Texts,
    pub(in crate::build) copies: Arc<Copies>,
    /// The last index and plan made of all that.
    pub(in crate::build) indexed: Option<Indexed>,
    /// The same in outline, once an edit has needed it.
    pub(in crate::build) before: Option<Before>,
    /// The faults of templates that a trial has found.
    pub(in crate::build) trial: Vec<Diagnostic>,
    /// The fingerprint of all files except documents.
    print: Fingerprint,
    /// What the cache does not have yet.
    pub(in crate::build) unsaved: Option<Unsaved>,
    /// Why there is no cache.
    pub(in crate::build) trouble: Option<Error>,
}

/// What was read at the start and is to be saved in the cache, so that the next start is faster. Until then
/// the cache is locked.
#[derive(Debug)]
pub struct Unsaved {
    known: LoadedDocuments,
    cache: Cache,
}

impl Unsaved {
    /// Saves it. That takes a while for a large site.
    pub fn save(self) -> Result<()> {
        let unsaved =
            |error| Error::refused(format!("what was read cannot be saved for the next start: {error}"));
        self.known.keep(Some(&self.cache)).map(drop).map_err(unsaved)
    }
}

/// The index and plan of a site.
pub(in crate::build) struct Indexed {
    pub(in crate::build) collection: Collection,
    pub(in crate::build) routes: Arc<Routes>,
    pub(in crate::build) compiled: Arc<CompiledTheme>,
    /// What is wrong with the site.
    pub(in crate::build) found: Vec<Diagnostic>,
    /// The next moment at which something appears or goes.
    pub(in crate::build) next_change: Option<Moment>,
}

/// What a change of a path means for the site.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::build) enum Meaning {
    /// Nothing: the path is no part of the site.
    Nothing,
    /// A document that existed before and still does, by its index.
    Document(usize),
    /// The configuration or the theme has to be loaded again.
    Site,
    /// A file came, went or moved, so all files have to be found again.
    Everything,
}

impl LoadedSite {
    /// Takes over a new configuration and theme.
    pub(in crate::build) fn take_site(loaded: &mut Option<Self>, site: Site, report: Report) {
        let site = Arc::new(site);
        match loaded {
            Some(loaded) => (loaded.site, loaded.site_report) = (site, report),
            None => *loaded = Some(Self::new(site, report)),
        }
    }

    fn new(site: Arc<Site>, site_report: Report) -> Self {
        Self {
            site,
            site_report,
            inputs: Arc::default(),
            scan_diagnostics: Vec::new(),
            documents: Vec::new(),
            places: HashMap::new(),
            options: None,
            texts: Texts { store: Arc::new(Bodies::in_memory()), places: Arc::default() },
            copies: Arc::default(),
            indexed: None,
            trial: Vec::new(),
            before: None,
            print: Fingerprint::default(),
            unsaved: None,
            trouble: None,
        }
    }

    /// Tells what a change of `path` means for the site.
    pub(in crate::build) fn meaning(&self, path: &Path, root: &Path) -> Meaning {
        let below = path.strip_prefix(root).unwrap_or(path);
        let Some(label) = below.to_str().map(|label| label.replace(std::path::MAIN_SEPARATOR, "/")) else {
            return Meaning::Everything;
        };
        let folders = &self.site.config.folders;
        let is_below = |folder: &str| is_in(&label, folder);
        if is_below(&folders.output) || is_below(cache::FOLDER) {
            return Meaning::Nothing;
        }
        if let Some(place) = self.places.get(label.as_str()) {
            return if fs::stamp(path).is_some() { Meaning::Document(*place) } else { Meaning::Everything };
        }
        let is_theme =
            FOLDERS_OF_THEMES.into_iter().any(|folder| is_below(folder) && folders.assets != folder);
        let is_hidden = |part: &str| part != ".." && scan::is_passed_over(Path::new(part));
        if label.split('/').any(is_hidden) && !is_below(&folders.assets) {
            return Meaning::Nothing;
        }
        if label == config::FILE || is_theme {
            return Meaning::Site;
        }
        // A file that came and is gone again, such as the temporary file of an editor, means nothing. A folder of the site
        // counts even if nothing was in it.
        let is_named = || folders.inputs().any(|folder| is_in(folder, &label));
        let is_in_use = || is_named() || self.knows(&label);
        if fs::look(path).is_some() || is_in_use() { Meaning::Everything } else { Meaning::Nothing }
    }

    /// Whether the site had a file at this path or below it.
    fn knows(&self, label: &str) -> bool {
        let is_below = |path: &ContentPath| is_in(path.as_str(), label);
        let inputs = &self.inputs;
        let named = inputs.assets.iter().chain(&inputs.data).map(|(_, file)| file);
        self.places.keys().any(is_below) || inputs.beside.iter().chain(named).any(|file| is_below(&file.path))
    }

    /// Whether a new configuration looks for documents in other folders, or parses them with other options.
    pub(in crate::build) fn is_elsewhere(&self) -> bool {
        self.options.as_ref() != Some(&self.options_now())
    }

    fn options_now(&self) -> (Fingerprint, Folders) {
        (options_print(&self.site), self.site.config.folders.clone())
    }

    /// Finds all files again and reads those that are new or have changed. Returns whether anything has
    /// changed. In between, `early` gets the preview.
    pub(in crate::build) fn look_at_everything(
        &mut self,
        request: &Request,
        early: &mut Option<Early>,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<bool> {
        let pictures = &self.inputs.pictures;
        let scanned = watch.time("scan", 0, || scan::scan(&request.root, &self.site.config, pictures))?;
        self.scan_diagnostics.clear();
        self.inputs = Arc::new(scanned.take(&mut self.scan_diagnostics));
        if let Some(early) = early.take() {
            early(Preview::new(request, &self.site, &self.inputs));
        }
        let count = self.inputs.documents.len() as u64;
        let has_changed = watch.time("parse", count, || self.read_all(request, progress))?;
        let inputs = &self.inputs;
        let others = (&inputs.data, &inputs.nameless, self.scan_diagnostics.len());
        let print = Fingerprint::of(&(&inputs.beside, &inputs.assets, others));
        Ok(std::mem::replace(&mut self.print, print) != print || has_changed)
    }

    /// Reads all documents: the first time through the cache, later from memory where the stamp is known.
    /// Returns whether any has changed.
    fn read_all(&mut self, request: &Request, progress: &dyn Progress) -> Result<bool> {
        let options = self.options_now();
        let (documents, has_changed) = if self.options.is_none() {
            let (documents, store) = self.read_first(request, progress)?;
            self.texts = Texts { store: Arc::new(store), places: Arc::default() };
            (documents, true)
        } else {
            let documents = self.read_known(request, &options.0, progress)?;
            let has_changed = !is_same(&documents, &self.documents);
            (documents, has_changed)
        };
        self.documents = documents;
        self.options = Some(options);
        self.texts.places = Arc::new(self.documents.iter().filter_map(CachedDocument::text).collect());
        let place = |(place, document): (usize, &CachedDocument)| (document.path.clone(), place);
        self.places = self.documents.iter().enumerate().map(place).collect();
        Ok(has_changed)
    }

    /// Reads all documents through the cache, which is filled if it is empty or damaged. If it cannot be used, because it
    /// must not be written or the disk is full, everything is kept in memory.
    fn read_first(
        &mut self,
        request: &Request,
        progress: &dyn Progress,
    ) -> Result<(Vec<CachedDocument>, Bodies)> {
        let cached = Cache::open(&request.root, || progress.waits())
            .and_then(|cache| self.read_cached(request, cache, progress));
        match cached {
            Err(error) if error.is_below(&request.root.join(cache::FOLDER)) => {
                let message = format!("the cache cannot be used, so everything is kept in memory: {error}");
                self.trouble = Some(Error::refused(message));
                let known = LoadedDocuments::read(request, &self.site, &self.inputs, None, progress)?;
                Ok((known.documents, known.store))
            }
            cached => cached,
        }
    }

    fn read_cached(
        &mut self,
        request: &Request,
        cache: Cache,
        progress: &dyn Progress,
    ) -> Result<(Vec<CachedDocument>, Bodies)> {
        let known = LoadedDocuments::read(request, &self.site, &self.inputs, Some(&cache), progress)?;
        let store = known.store.sealed()?;
        if !known.is_news {
            return Ok((known.documents, store));
        }
        let documents = known.documents.clone();
        self.unsaved = Some(Unsaved { known, cache });
        Ok((documents, store))
    }

    fn read_known(
        &self,
        request: &Request,
        options: &Fingerprint,
        progress: &dyn Progress,
    ) -> Result<Vec<CachedDocument>> {
        let is_usable = self.options.as_ref().is_some_and(|(known, _)| known == options);
        let known: HashMap<&ContentPath, &CachedDocument> =
            self.documents.iter().filter(|_| is_usable).map(|document| (&document.path, document)).collect();
        let reader = Reader::new(request, &self.site, &self.texts.store, progress);
        let read = |(kind, file): &(DocumentKind, InputFile)| {
            reader.document(*kind, file, known.get(&file.path).map(|&document| document.clone()))
        };
        self.inputs.documents.par_iter().map(read).collect()
    }

    /// Reads the documents that were reported as changed, whatever their stamps say.
    pub(in crate::build) fn read_again(
        &mut self,
        meanings: &BTreeSet<Meaning>,
        request: &Request,
        progress: &dyn Progress,
    ) -> Result<Amendment> {
        let reader = Reader::new(request, &self.site, &self.texts.store, progress);
        let read = |meaning: &Meaning| {
            let Meaning::Document(place) = *meaning else { return Ok(None) };
            let known = &self.documents[place];
            let stamp = fs::stamp(&request.root.join(known.path.as_str())).unwrap_or_default();
            let file = InputFile { path: known.path.clone(), stamp };
            let unsure = CachedDocument { stamp: Stamp::default(), ..known.clone() };
            Ok(Some((place, reader.document(known.kind, &file, Some(unsure))?)))
        };
        let meanings: Vec<&Meaning> = meanings.iter().collect();
        let read: Vec<Option<(usize, CachedDocument)>> =
            meanings.into_par_iter().map(read).collect::<Result<_>>()?;
        let mut amendment = Amendment::Nothing;
        for (place, document) in read.into_iter().flatten() {
            if let Some((print, text)) = document.text() {
                Arc::make_mut(&mut self.texts.places).insert(print, text);
            }
            let before = std::mem::replace(&mut self.documents[place], document);
            amendment.add(before, &self.documents[place]);
        }
        Ok(amendment)
    }
}

fn is_same(documents: &[CachedDocument], before: &[CachedDocument]) -> bool {
    let same = |(a, b): (&CachedDocument, &CachedDocument)| {
        (&a.path, a.kind, a.content) == (&b.path, b.kind, b.content)
    };
    documents.len() == before.len() && documents.par_iter().zip(before).all(same)
}

/// Whether `label` is the folder itself or lies below it.
fn is_in(label: &str, folder: &str) -> bool {
    label.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl std::fmt::Debug for LoadedSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadedSite").field("documents", &self.documents.len()).finish_non_exhaustive()
    }
}
