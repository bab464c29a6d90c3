//! One site, planned again and again: what is read once is kept, and a change costs what has changed.
//!
//! The steps are those of a build up to its plan, in the same order and by the same functions; only where the documents come from
//! differs. The keeper may be told which files changed. Then it looks at no other, as long as all of them were there before and
//! still are; anything else makes it look at everything. It never guesses: a file that it was told of is read, whatever its stamp
//! says.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::cache::{Bodies, BodyRef, Cache, CachedDocument, CachedParse};
use crate::index;
use crate::model::input::Inputs;
use crate::model::path::ContentPath;
use crate::plan::{self, Pantry};
use crate::scan;

use super::documents::{Known, Reader, Shelf, Texts, options_print};
use super::edition::Edition;
use super::load::{self, Site};
use super::plates::{self, Copies, Plates};
use super::report::Stopwatch;
use super::{Progress, Report, Request};

/// What may have changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These files and folders, by absolute paths.
    Files(BTreeSet<PathBuf>),
    /// Nothing but the time.
    Time,
    /// Anything.
    Everything,
}

/// What came of a change.
#[derive(Debug)]
pub struct Issue {
    /// What was found.
    pub report: Report,
    /// The new edition; none if the configuration is too broken to make one.
    pub edition: Option<Edition>,
    /// When something will appear or go without any change of a file.
    pub until: Option<Moment>,
}

/// Keeps a site in memory.
#[derive(Debug)]
pub struct Keeper {
    request: Request,
    /// The root as an absolute path.
    root: PathBuf,
    held: Option<Held>,
    /// Whether the last attempt did not come to its end, so that nothing can be taken for granted.
    is_stale: bool,
}

/// What is kept.
struct Held {
    site: Arc<Site>,
    site_report: Report,
    inputs: Arc<Inputs>,
    scan_diagnostics: Vec<Diagnostic>,
    documents: Vec<CachedDocument>,
    /// Where each document stands.
    places: HashMap<ContentPath, usize>,
    options: Fingerprint,
    texts: Texts,
    plates: Option<Arc<Plates>>,
    copies: Arc<Copies>,
    /// Stands for the configuration, the theme and every file but the documents.
    print: Fingerprint,
}

/// What a changed path means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// It is no part of the site.
    Nothing,
    /// A document that was there before and still is.
    Document(usize),
    /// The configuration or the theme.
    Site,
    /// Something came, went or moved.
    Everything,
}

impl Keeper {
    /// A keeper of a site, who knows nothing yet.
    pub fn new(request: Request) -> Self {
        let root = std::path::absolute(&request.root).unwrap_or_else(|_| request.root.clone());
        Self { request, root, held: None, is_stale: true }
    }

    /// The folders and files that the site is made from, as far as they are known: absolute, and whether all below them counts.
    pub fn watched(&self) -> Vec<(PathBuf, bool)> {
        let mut watched = vec![(self.root.clone(), false)];
        let own = ["themes", "templates", "assets"].map(|folder| self.root.join(folder));
        watched.extend(own.map(|folder| (folder, true)));
        if let Some(held) = &self.held {
            let folders = &held.site.config.folders;
            let named = [&folders.articles, &folders.pages, &folders.assets, &folders.data];
            let named = named.into_iter().chain(&folders.profiles);
            watched.extend(named.map(|folder| (self.root.join(folder), true)));
        }
        watched
    }

    /// The next edition; nothing if the change is none.
    pub fn next(&mut self, at: Moment, change: &Change, progress: &dyn Progress) -> Result<Option<Issue>> {
        self.request.at = at;
        let was_stale = std::mem::replace(&mut self.is_stale, true);
        let change = if was_stale { &Change::Everything } else { change };
        let issue = match self.attempt(change, was_stale, progress) {
            Err(Error::DamagedCache) => {
                self.held = None;
                self.request.cache = false;
                self.attempt(&Change::Everything, true, progress)?
            }
            issue => issue?,
        };
        self.is_stale = issue.as_ref().is_some_and(|issue| issue.edition.is_none());
        Ok(issue)
    }

    /// Forgets everything: what was kept turned out to be damaged.
    pub fn forget(&mut self) {
        self.held = None;
        self.is_stale = true;
        self.request.cache = false;
    }

    /// `is_due`: whether there must be an edition, even if nothing has changed since the last one.
    fn attempt(
        &mut self,
        change: &Change,
        is_due: bool,
        progress: &dyn Progress,
    ) -> Result<Option<Issue>> {
        let mut watch = Stopwatch::new(progress);
        let meanings: BTreeSet<Meaning> = match change {
            Change::Everything => BTreeSet::from([Meaning::Site, Meaning::Everything]),
            Change::Time => BTreeSet::new(),
            Change::Files(paths) => paths.iter().map(|path| self.meaning(path)).collect(),
        };
        let before = self.held.as_ref().map(|held| held.site.print);
        if before.is_none() || meanings.contains(&Meaning::Site) {
            let mut report = Report::default();
            let Some(site) = watch.time("load", 0, || load::load(&self.request, &mut report))? else {
                let report = report.judged(&self.request.root);
                return Ok(Some(Issue { report, edition: None, until: None }));
            };
            self.take_site(site, report);
        }
        let is_new_site = self.held.as_ref().map(|held| held.site.print) != before;
        let mut has_changed = is_due || is_new_site || *change == Change::Time;
        if is_new_site || meanings.contains(&Meaning::Everything) {
            has_changed |= self.look_at_everything(&mut watch, progress)?;
        }
        let named = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Document(place) => Some(*place),
            _ => None,
        });
        has_changed |= watch.time("parse", 0, || self.read_again(named.collect(), progress))?;
        if !has_changed {
            return Ok(None);
        }
        self.edition(watch).map(Some)
    }

    fn take_site(&mut self, site: Site, report: Report) {
        let site = Arc::new(site);
        match &mut self.held {
            Some(held) => (held.site, held.site_report) = (site, report),
            None => self.held = Some(Held::new(site, report)),
        }
    }

    /// What a changed path means for the site.
    fn meaning(&self, path: &Path) -> Meaning {
        let Some(held) = &self.held else { return Meaning::Everything };
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let Some(label) = below.to_str().map(|label| label.replace(std::path::MAIN_SEPARATOR, "/")) else {
            return Meaning::Everything;
        };
        let folders = &held.site.config.folders;
        let is_in = |folder: &str| {
            label.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if is_in(&folders.output) || label.starts_with(crate::cache::FOLDER) {
            return Meaning::Nothing;
        }
        if let Some(place) = held.places.get(label.as_str()) {
            return if fs::stamp(path).is_some() { Meaning::Document(*place) } else { Meaning::Everything };
        }
        if label == "site.toml" || ["themes", "templates"].into_iter().any(is_in) {
            return Meaning::Site;
        }
        if is_in("assets") && folders.assets != "assets" {
            return Meaning::Site;
        }
        let is_hidden = |part: &str| part != ".." && scan::is_passed_over(Path::new(part));
        if label.split('/').any(is_hidden) && !is_in(&folders.assets) {
            return Meaning::Nothing;
        }
        // What came and is gone again, like the files that editors write first, is no news.
        if fs::look(path).is_some() || held.knows_below(&label) { Meaning::Everything } else { Meaning::Nothing }
    }

    /// Finds all files anew and reads those that are new or have changed. Says whether there are any.
    fn look_at_everything(&mut self, watch: &mut Stopwatch<'_>, progress: &dyn Progress) -> Result<bool> {
        let Some(held) = &mut self.held else { return Ok(false) };
        let request = &self.request;
        let scanned = watch.time("scan", 0, || {
            scan::scan(&request.root, &held.site.config, &held.inputs.pictures)
        })?;
        held.scan_diagnostics.clear();
        held.inputs = Arc::new(scanned.take(&mut held.scan_diagnostics));
        let count = held.inputs.documents.len() as u64;
        let is_changed = watch.time("parse", count, || held.read_all(request, progress))?;
        let print = Fingerprint::of(&(&held.inputs.beside, &held.inputs.assets, &held.inputs.data, held.site.print));
        Ok(std::mem::replace(&mut held.print, print) != print || is_changed)
    }

    /// Reads some documents whatever their stamps say, and says whether any has changed.
    fn read_again(&mut self, places: Vec<usize>, progress: &dyn Progress) -> Result<bool> {
        let Some(held) = &mut self.held else { return Ok(false) };
        let before = &held.documents;
        let reader = Reader::new(&self.request, &held.site, &held.texts.store, progress);
        let read = |place: &usize| {
            let known = &before[*place];
            let file = crate::model::input::InputFile {
                path: known.path.clone(),
                stamp: fs::stamp(&self.request.root.join(known.path.as_str())).unwrap_or_default(),
            };
            let unsure = CachedDocument { stamp: Stamp::default(), ..known.clone() };
            Ok((*place, reader.document(known.kind, &file, Some(unsure))?))
        };
        let read: Vec<(usize, CachedDocument)> = places.par_iter().map(read).collect::<Result<_>>()?;
        let mut has_changed = false;
        for (place, document) in read {
            has_changed |= document.content != held.documents[place].content;
            held.texts.learn(&document);
            held.documents[place] = document;
        }
        Ok(has_changed)
    }

    /// Indexes and plans what is kept.
    fn edition(&mut self, mut watch: Stopwatch<'_>) -> Result<Issue> {
        let Some(held) = &mut self.held else {
            return Err(Error::Refused("there is no site".to_owned()));
        };
        let request = &self.request;
        let site = &held.site;
        let mut report = held.site_report.again();
        report.diagnostics.extend_from_slice(&held.scan_diagnostics);
        let mut shelf = Shelf::default();
        watch.time("gather", 0, || held.documents.iter().for_each(|document| shelf.lend(document)));
        report.diagnostics.extend(shelf.diagnostics);
        let data = load::data(request, &held.inputs, &mut report.diagnostics)?;
        let next_change = index::next_change(&shelf.parsed, &site.config, request.at);

        let mut found = Vec::new();
        let indexed = watch.time("index", 0, || {
            index::index(shelf.parsed, &held.inputs, &site.config, request.visibility())
        });
        let collection = indexed.take(&mut found);
        let copies = plates::copies(&request.root, &collection, &held.inputs, &held.copies)?;
        held.copies = Arc::new(copies);
        let plates = watch.time("templates", 0, || Plates::make(site, &collection, data, held.plates.as_deref()));
        let plates = Arc::new(plates);
        held.plates = Some(Arc::clone(&plates));
        report.diagnostics.extend_from_slice(&plates.faults);
        report.counts.articles = collection.articles.len() as u64;
        let mut edition = Edition {
            root: request.root.clone(),
            site: Arc::clone(site),
            inputs: Arc::clone(&held.inputs),
            collection,
            plan: crate::model::plan::Plan::default(),
            texts: held.texts.clone(),
            plates,
            copies: Arc::clone(&held.copies),
            at: request.at,
        };
        let planned = watch.time("plan", 0, || plan::plan(edition.materials()));
        edition.plan = planned.take(&mut found);
        if request.limit.is_some() {
            // Links to articles beyond the limit are no mistake.
            let is_sure = |rule| !matches!(rule, Rule::DeadLink | Rule::DeadAnchor | Rule::UnknownArticle);
            found.retain(|diagnostic: &Diagnostic| is_sure(diagnostic.rule));
        }
        report.diagnostics.extend(found);
        let news_ends = Pantry::new(edition.materials(), &edition.plan).news_ends();
        let until = [next_change, news_ends].into_iter().flatten().min();
        report.timings = watch.finish();
        Ok(Issue { report: report.judged(&request.root), edition: Some(edition), until })
    }
}

impl Held {
    fn new(site: Arc<Site>, site_report: Report) -> Self {
        Self {
            site,
            site_report,
            inputs: Arc::default(),
            scan_diagnostics: Vec::new(),
            documents: Vec::new(),
            places: HashMap::new(),
            options: Fingerprint::default(),
            texts: Texts { store: Arc::new(Bodies::in_memory()), places: Arc::default() },
            plates: None,
            copies: Arc::default(),
            print: Fingerprint::default(),
        }
    }

    /// Whether a file or folder with this label had anything to do with the site.
    fn knows_below(&self, label: &str) -> bool {
        let is_below = |path: &ContentPath| {
            path.as_str().strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let inputs = &self.inputs;
        let named = inputs.assets.iter().chain(&inputs.data).map(|(_, file)| file);
        self.places.keys().any(is_below) || inputs.beside.iter().chain(named).any(|file| is_below(&file.path))
    }

    /// Reads all documents: the first time with the help of the cache, later with what is kept. Says whether any has changed.
    fn read_all(&mut self, request: &Request, progress: &dyn Progress) -> Result<bool> {
        let options = options_print(&self.site);
        let is_first = self.options == Fingerprint::default();
        let is_same = |documents: &[CachedDocument], before: &[CachedDocument]| {
            let same = |(a, b): (&CachedDocument, &CachedDocument)| {
                (&a.path, a.kind, a.content) == (&b.path, b.kind, b.content)
            };
            documents.len() == before.len() && documents.par_iter().zip(before).all(same)
        };
        let (documents, has_changed) = if is_first {
            // Without a place for the cache everything is kept in memory.
            let cache = request.cache.then(|| Cache::open(&request.root, || progress.waits()).ok()).flatten();
            let known = Known::read(request, &self.site, &self.inputs, cache.as_ref(), progress)?;
            self.texts = Texts { store: Arc::new(known.store.sealed()), places: Arc::default() };
            (known.documents, true)
        } else {
            let usable = |_: &&CachedDocument| options == self.options;
            let known: HashMap<&ContentPath, &CachedDocument> =
                self.documents.iter().filter(usable).map(|document| (&document.path, document)).collect();
            let reader = Reader::new(request, &self.site, &self.texts.store, progress);
            let read = |(kind, file): &(_, crate::model::input::InputFile)| {
                reader.document(*kind, file, known.get(&file.path).map(|&document| document.clone()))
            };
            let documents: Vec<_> = self.inputs.documents.par_iter().map(read).collect::<Result<_>>()?;
            let has_changed = options != self.options || !is_same(&documents, &self.documents);
            (documents, has_changed)
        };
        self.documents = documents;
        self.options = options;
        self.texts.learn_all(&self.documents);
        let place = |(place, document): (usize, &CachedDocument)| (document.path.clone(), place);
        self.places = self.documents.iter().enumerate().map(place).collect();
        Ok(has_changed)
    }
}

impl Texts {
    /// Remembers where the text of a document is.
    fn learn(&mut self, document: &CachedDocument) {
        if let Some((print, place)) = text_of(document) {
            Arc::make_mut(&mut self.places).insert(print, place);
        }
    }

    /// Remembers where the texts of these documents are, and forgets all others.
    fn learn_all(&mut self, documents: &[CachedDocument]) {
        self.places = Arc::new(documents.iter().filter_map(text_of).collect());
    }
}

fn text_of(document: &CachedDocument) -> Option<(Fingerprint, BodyRef)> {
    match &document.document {
        Some(CachedParse::Article(meta, body)) => Some((meta.body_print, *body)),
        _ => None,
    }
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held").field("documents", &self.documents.len()).finish_non_exhaustive()
    }
}
