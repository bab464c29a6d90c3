//! One site, planned again and again: what is read once is kept, and a change costs what has changed.
//!
//! The steps are those of a build up to its plan, in the same order and by the same functions; only where the
//! documents come from differs. If the keeper is told which files changed, and all of them existed before and
//! still do, it reads only these. Any other change makes it look at all files. It never guesses: a file that
//! it was told of is read, whatever its stamp says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::check;
use crate::config::{self, FOLDERS_OF_THEMES};
use crate::index;
use crate::model::plan::Plan;
use crate::plan::{self, Pantry};

use super::amendment::Amendment;
use super::compiled_theme::CompiledTheme;
use super::copies;
use super::documents::documents_for_index;
use super::edition::{Edition, Routes};
use super::load;
use super::loaded_site::{Indexed, LoadedSite, Meaning, Unsaved};
use super::preview::Preview;
use super::report::Stopwatch;
use super::trial;
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

/// The result of a change.
#[derive(Debug)]
pub struct Issue {
    /// The diagnostics and timings.
    pub report: Report,
    /// The new edition, or `None` if the configuration is too broken to make one.
    pub edition: Option<Edition>,
    /// The next moment at which something appears or goes although no file changes.
    pub until: Option<Moment>,
}

/// Receives the [`Preview`] of a site.
pub type Early = Box<dyn FnOnce(Preview) + Send>;

/// Keeps a site in memory and makes an [`Edition`] of it after each change.
pub struct Keeper {
    request: Request,
    /// The root as an absolute path.
    root: PathBuf,
    loaded: Option<LoadedSite>,
    /// Whether the last attempt failed half-way, so that what is in memory may be out of date.
    is_stale: bool,
    /// Who gets the preview.
    early: Option<Early>,
}

impl Keeper {
    /// A keeper that has not looked at the site yet.
    pub fn new(request: Request) -> Self {
        let root = std::path::absolute(&request.root).unwrap_or_else(|_| request.root.clone());
        Self { request, root, loaded: None, is_stale: true, early: None }
    }

    /// Has `early` called when all files are found and none of them is read yet.
    #[must_use]
    pub fn with_preview(self, early: Early) -> Self {
        Self { early: Some(early), ..self }
    }

    /// The folders to watch, as absolute paths, each with whether folders below it count too.
    pub fn watched(&self) -> Vec<(PathBuf, bool)> {
        let mut watched = vec![(self.root.clone(), false)];
        let own = FOLDERS_OF_THEMES.map(|folder| self.root.join(folder));
        watched.extend(own.map(|folder| (folder, true)));
        if let Some(loaded) = &self.loaded {
            let named = loaded.site.config.folders.inputs();
            let named: Vec<PathBuf> = named.map(|folder| self.root.join(folder)).collect();
            watched.extend(named.iter().flat_map(|folder| ways(folder)));
            watched.extend(named.into_iter().map(|folder| (folder, true)));
            let links = &loaded.inputs.links;
            watched.extend(links.iter().filter_map(|link| goal_of(link)));
            watched.extend(links.iter().flat_map(|link| ways(link)));
        }
        let site_toml = self.root.join(config::FILE);
        let is_link = fs::look(&site_toml).is_some_and(|there| there.is_symlink());
        watched.extend(is_link.then(|| goal_of(&site_toml)).flatten());
        watched.extend(ways(&site_toml));
        // A folder of the site is watched by one name, even if the site itself is reached through a symbolic link.
        let real = fs::resolved(&self.root);
        let named =
            |path: PathBuf| path.strip_prefix(&real).map(|below| self.root.join(below)).unwrap_or(path);
        watched.into_iter().map(|(folder, all)| (named(folder), all)).collect()
    }

    /// What was read and is not in the cache yet. It is returned once; the caller saves it when there is
    /// time.
    pub fn unsaved(&mut self) -> Option<Unsaved> {
        self.loaded.as_mut()?.unsaved.take()
    }

    /// Why there is no cache, if that is so. It is returned once.
    pub fn trouble(&mut self) -> Option<Error> {
        self.loaded.as_mut()?.trouble.take()
    }

    /// Forgets everything, because the cache turned out to be damaged.
    pub fn forget(&mut self) {
        self.loaded = None;
        self.is_stale = true;
        self.request.cache = false;
    }

    /// Makes the next edition. Returns `None` if nothing has changed after all.
    pub fn next(&mut self, at: Moment, change: &Change, progress: &dyn Progress) -> Result<Option<Issue>> {
        self.request.at = at;
        let was_stale = std::mem::replace(&mut self.is_stale, true);
        let change = if was_stale { &Change::Everything } else { change };
        let issue = match self.attempt(change, was_stale, progress) {
            Err(Error::DamagedCache) => {
                self.forget();
                self.attempt(&Change::Everything, true, progress)?
            }
            issue => issue?,
        };
        self.is_stale = issue.as_ref().is_some_and(|issue| issue.edition.is_none());
        Ok(issue)
    }

    /// With `is_due` there is an edition even if nothing has changed since the last one.
    fn attempt(&mut self, change: &Change, is_due: bool, progress: &dyn Progress) -> Result<Option<Issue>> {
        let mut watch = Stopwatch::new(progress);
        let (request, root) = (&self.request, &self.root);
        let is_below = |paths: &BTreeSet<PathBuf>| paths.iter().all(|path| path.starts_with(root));
        let meanings: BTreeSet<Meaning> = match (change, &self.loaded) {
            (Change::Time, Some(_)) => BTreeSet::new(),
            // Files elsewhere are those to which symbolic links lead.
            (Change::Files(paths), Some(loaded)) if is_below(paths) => {
                paths.iter().map(|path| loaded.meaning(path, root)).collect()
            }
            _ => BTreeSet::from([Meaning::Site, Meaning::Everything]),
        };
        // What is wrong with a manifest or the folder of a theme is not in the fingerprint.
        let state = |loaded: &LoadedSite| (loaded.site.print, loaded.site_report.diagnostics.clone());
        let before = self.loaded.as_ref().map(state);
        if meanings.contains(&Meaning::Site) {
            let mut report = Report::default();
            let Some(site) = watch.time("load", 0, || load::load(request, &mut report))? else {
                let report = report.judged(&request.root);
                return Ok(Some(Issue { report, edition: None, until: None }));
            };
            // Only with their places it shows that faults have moved.
            report.settle(&request.root);
            LoadedSite::take_site(&mut self.loaded, site, report);
        }
        let Some(loaded) = &mut self.loaded else { return Ok(None) };
        let is_new_site = before != Some(state(loaded));
        let amendment = watch.time("parse", 0, || loaded.read_again(&meanings, request, progress))?;
        let is_moved = is_new_site && loaded.is_elsewhere();
        let is_all_new = (is_moved || meanings.contains(&Meaning::Everything))
            && loaded.look_at_everything(request, &mut self.early, &mut watch, progress)?;
        if is_due || is_new_site || is_all_new || *change == Change::Time {
            return self.edition(None, watch).map(Some);
        }
        match amendment {
            Amendment::Nothing => Ok(None),
            amendment => self.edition(Some(&amendment), watch).map(Some),
        }
    }

    /// Indexes and plans the site: after an amendment only what that touches, if possible.
    fn edition(&mut self, amendment: Option<&Amendment>, mut watch: Stopwatch<'_>) -> Result<Issue> {
        let Some(loaded) = &mut self.loaded else { return Err(Error::DamagedCache) };
        let request = &self.request;
        let was_compiled = loaded.indexed.as_ref().map(|indexed| indexed.compiled.print);
        let mut report = loaded.site_report.again();
        report.diagnostics.extend_from_slice(&loaded.scan_diagnostics);
        for document in &loaded.documents {
            report.diagnostics.extend_from_slice(&document.diagnostics);
        }
        let amended = amendment.and_then(|amendment| loaded.amended(amendment, request));
        let indexed = match amended {
            Some(amended) => amended,
            None => indexed(loaded, request, &mut watch)?,
        };
        report.diagnostics.extend_from_slice(&indexed.found);
        report.counts.articles = indexed.collection.articles.len() as u64;
        let edition = Edition {
            root: request.root.clone(),
            site: Arc::clone(&loaded.site),
            inputs: Arc::clone(&loaded.inputs),
            collection: indexed.collection.clone(),
            routes: Arc::clone(&indexed.routes),
            texts: loaded.texts.clone(),
            compiled: Arc::clone(&indexed.compiled),
            copies: Arc::clone(&loaded.copies),
            at: request.at,
        };
        let pages_change = Pantry::new(edition.materials(), &edition.routes.plan).next_change();
        let until = [indexed.next_change, pages_change].into_iter().flatten().min();
        if was_compiled != Some(indexed.compiled.print) || !loaded.trial.is_empty() {
            loaded.trial = watch.time("try", 0, || trial::faults(&edition))?;
        }
        report.diagnostics.extend_from_slice(&loaded.trial);
        loaded.indexed = Some(indexed);
        report.timings = watch.finish();
        Ok(Issue { report: report.judged(&request.root), edition: Some(edition), until })
    }
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper")
            .field("root", &self.root)
            .field("loaded", &self.loaded)
            .finish_non_exhaustive()
    }
}

/// What must be watched to notice that a symbolic link on the way to what is at a path leads elsewhere.
fn ways(path: &Path) -> impl Iterator<Item = (PathBuf, bool)> {
    fs::folders_of_links(path).into_iter().map(|folder| (folder, false))
}

/// What must be watched to notice changes of what a symbolic link leads to: the folder, with all below it, or
/// else the folder of the file. It is `None` if the link leads nowhere.
fn goal_of(link: &Path) -> Option<(PathBuf, bool)> {
    let goal = fs::resolved(link);
    if fs::is_dir(&goal) {
        return Some((goal, true));
    }
    fs::stamp(&goal).and(goal.parent()).map(|folder| (folder.to_owned(), false))
}

/// Indexes and plans everything.
fn indexed(loaded: &mut LoadedSite, request: &Request, watch: &mut Stopwatch<'_>) -> Result<Indexed> {
    loaded.before = None;
    let site = &loaded.site;
    let mut found = Vec::new();
    let documents = watch.time("gather", 0, || documents_for_index(&loaded.documents));
    found.extend(check::missing_words(&site.theme));
    found.extend(check::overrides(&site.theme, &documents.templates()));
    let data = load::data(request, &loaded.inputs, &mut found)?;
    let visibility = request.visibility();
    let next_change = index::next_change(&documents, &site.config, visibility);
    let indexed =
        watch.time("index", 0, || index::index(documents, &loaded.inputs, &site.config, visibility));
    let collection = indexed.take(&mut found);
    loaded.copies = Arc::new(copies::copies(&request.root, &collection, &loaded.inputs, &loaded.copies)?);
    let before = loaded.indexed.as_ref().map(|indexed| &*indexed.compiled);
    let compiled =
        watch.time("templates", 0, || CompiledTheme::read_through(site, &collection.extent(), &data, before));
    found.extend_from_slice(&compiled.faults);
    found.extend(compiled.check(&collection, &data));
    let materials = plan::Materials {
        collection: &collection,
        config: &site.config,
        inputs: &loaded.inputs,
        theme: &site.theme,
        at: request.at,
    };
    let plan: Plan = watch.time("plan", 0, || plan::plan(materials)).take(&mut found);
    found.retain(|one| is_wanted(one, loaded, request));
    let routes = watch.time("addresses", 0, || Arc::new(Routes::new(plan, &loaded.copies)));
    Ok(Indexed { collection, routes, compiled: Arc::new(compiled), found, next_change })
}

/// Whether a diagnostic is to be told. With a limit, links to articles beyond it are no mistake.
fn is_wanted(one: &Diagnostic, loaded: &LoadedSite, request: &Request) -> bool {
    let is_unsure =
        matches!(one.rule, Rule::DeadLink | Rule::HiddenLink | Rule::DeadAnchor | Rule::UnknownArticle);
    !(is_unsure && request.limit.is_some()) && loaded.site_report.level(one.rule) != Level::Off
}
