//! One site, planned again and again: what is read once is kept, and a change costs what has changed.
//!
//! The steps are those of a build up to its plan, in the same order and by the same functions; only where the documents come from
//! differs. The keeper may be told which files changed. Then it looks at no other, as long as all of them were there before and
//! still are; anything else makes it look at everything. It never guesses: a file that it was told of is read, whatever its stamp
//! says.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::error::{Error, Result};
use crate::index;
use crate::model::plan::Plan;
use crate::plan::{self, Pantry};

use super::amendment::Amendment;
use super::compiled_theme::CompiledTheme;
use super::copies;
use super::documents::shelf;
use super::edition::{Edition, Routes};
use super::held::{Held, Indexed, Meaning};
use super::load;
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

impl Keeper {
    /// A keeper of a site, who knows nothing yet.
    pub fn new(request: Request) -> Self {
        let root = std::path::absolute(&request.root).unwrap_or_else(|_| request.root.clone());
        Self { request, root, held: None, is_stale: true }
    }

    /// The folders that the site is made from, as far as they are known: absolute, and whether all below them counts.
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

    /// Forgets everything: what was kept turned out to be damaged.
    pub fn forget(&mut self) {
        self.held = None;
        self.is_stale = true;
        self.request.cache = false;
    }

    /// The next edition; nothing if the change is none.
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

    /// `is_due`: whether there must be an edition, even if nothing has changed since the last one.
    fn attempt(&mut self, change: &Change, is_due: bool, progress: &dyn Progress) -> Result<Option<Issue>> {
        let mut watch = Stopwatch::new(progress);
        let (request, root) = (&self.request, &self.root);
        let meanings: BTreeSet<Meaning> = match (change, &self.held) {
            (Change::Time, Some(_)) => BTreeSet::new(),
            (Change::Files(paths), Some(held)) => paths.iter().map(|path| held.meaning(path, root)).collect(),
            _ => BTreeSet::from([Meaning::Site, Meaning::Everything]),
        };
        let before = self.held.as_ref().map(|held| held.site.print);
        if meanings.contains(&Meaning::Site) {
            let mut report = Report::default();
            let Some(site) = watch.time("load", 0, || load::load(request, &mut report))? else {
                let report = report.judged(&request.root);
                return Ok(Some(Issue { report, edition: None, until: None }));
            };
            Held::take_site(&mut self.held, site, report);
        }
        let Some(held) = &mut self.held else { return Ok(None) };
        let is_new_site = before != Some(held.site.print);
        let amendment = watch.time("parse", 0, || held.read_again(&meanings, request, progress))?;
        let is_moved = is_new_site && held.is_elsewhere();
        let is_all_new = (is_moved || meanings.contains(&Meaning::Everything))
            && held.look_at_everything(request, &mut watch, progress)?;
        if is_due || is_new_site || is_all_new || *change == Change::Time {
            return self.edition(None, watch).map(Some);
        }
        match amendment {
            Amendment::Nothing => Ok(None),
            amendment => self.edition(Some(&amendment), watch).map(Some),
        }
    }

    /// Indexes and plans what is kept; of an amendment only what it touches, if that can be.
    fn edition(&mut self, amendment: Option<&Amendment>, mut watch: Stopwatch<'_>) -> Result<Issue> {
        let Some(held) = &mut self.held else { return Err(Error::DamagedCache) };
        let request = &self.request;
        let mut report = held.site_report.again();
        report.diagnostics.extend_from_slice(&held.scan_diagnostics);
        for document in &held.documents {
            report.diagnostics.extend_from_slice(&document.diagnostics);
        }
        let amended = amendment.and_then(|amendment| held.amended(amendment, request));
        let indexed = match amended {
            Some(amended) => amended,
            None => indexed(held, request, &mut watch)?,
        };
        report.diagnostics.extend_from_slice(&indexed.found);
        report.counts.articles = indexed.collection.articles.len() as u64;
        let edition = Edition {
            root: request.root.clone(),
            site: Arc::clone(&held.site),
            inputs: Arc::clone(&held.inputs),
            collection: indexed.collection.clone(),
            routes: Arc::clone(&indexed.routes),
            texts: held.texts.clone(),
            compiled: Arc::clone(&indexed.compiled),
            copies: Arc::clone(&held.copies),
            at: request.at,
        };
        let pages_change = Pantry::new(edition.materials(), &edition.routes.plan).next_change();
        let until = [indexed.next_change, pages_change].into_iter().flatten().min();
        held.indexed = Some(indexed);
        report.timings = watch.finish();
        Ok(Issue { report: report.judged(&request.root), edition: Some(edition), until })
    }
}

/// Indexes and plans everything.
fn indexed(held: &mut Held, request: &Request, watch: &mut Stopwatch<'_>) -> Result<Indexed> {
    held.before = None;
    let site = &held.site;
    let mut found = Vec::new();
    let documents = watch.time("gather", 0, || shelf(&held.documents));
    let data = load::data(request, &held.inputs, &mut found)?;
    let visibility = request.visibility();
    let next_change = index::next_change(&documents, &site.config, visibility);
    let indexed = watch.time("index", 0, || index::index(documents, &held.inputs, &site.config, visibility));
    let collection = indexed.take(&mut found);
    held.copies = Arc::new(copies::copies(&request.root, &collection, &held.inputs, &held.copies)?);
    let before = held.indexed.as_ref().map(|indexed| &*indexed.compiled);
    let compiled = watch.time("templates", 0, || CompiledTheme::make(site, &collection, &data, before));
    found.extend_from_slice(&compiled.faults);
    found.extend(compiled.check(&collection, &data));
    let materials = plan::Materials {
        collection: &collection,
        config: &site.config,
        inputs: &held.inputs,
        theme: &site.theme,
        at: request.at,
    };
    let plan: Plan = watch.time("plan", 0, || plan::plan(materials)).take(&mut found);
    found.retain(|one| is_wanted(one, held, request));
    let routes = watch.time("addresses", 0, || Arc::new(Routes::new(plan, &held.copies)));
    Ok(Indexed { collection, routes, compiled: Arc::new(compiled), found, next_change })
}

/// Whether a diagnostic is to be told. With a limit, links to articles beyond it are no mistake.
fn is_wanted(one: &Diagnostic, held: &Held, request: &Request) -> bool {
    let is_unsure = matches!(one.rule, Rule::DeadLink | Rule::DeadAnchor | Rule::UnknownArticle);
    !(is_unsure && request.limit.is_some()) && held.site_report.level(one.rule) != Level::Off
}
