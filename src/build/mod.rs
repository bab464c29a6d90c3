//! The sentence: scan, parse, index, plan, view, render, write. The only place that knows the order of the stages.
//!
//! A build with errors goes on to the end, so that one run tells all of them, and writes nothing.

mod documents;
mod edition;
mod held;
mod keeper;
mod load;
mod pages;
mod plates;
mod proof;
mod report;

pub use crate::scan::{Known, embedded_themes, themes};
pub use edition::{Digest, Edition, Found, Kiosk};
pub use keeper::{Change, Issue, Keeper};
pub use pages::Output;
pub use proof::{Proof, prove};
pub use report::{Counts, Progress, Report, Silent};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Cache, State};
use crate::index::{self, Visibility};
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;
use crate::plan::{self, Materials, Pantry};
use crate::{scan, write};

use documents::Library;
use load::Site;
use plates::Plates;
use report::Stopwatch;

/// What is to be built, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's root: the folder of `site.toml`.
    pub root: PathBuf,
    /// The output folder, if it is not the configured one.
    pub out: Option<PathBuf>,
    /// Where the site will stand, if not where the configuration says.
    pub base_url: Option<String>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether articles are built whose time has not come.
    pub future: bool,
    /// The most articles that are built, the newest.
    pub limit: Option<u32>,
    /// The time of the build.
    pub at: Moment,
    /// Whether what earlier builds found out may be used.
    pub cache: bool,
    /// Whether anything is written at all.
    pub write: bool,
}

/// Builds a site, or only checks it.
pub fn run(request: &Request, progress: &dyn Progress) -> Result<Report> {
    match attempt(request, progress) {
        Err(Error::DamagedCache) => attempt(&Request { cache: false, ..request.clone() }, progress),
        done => done,
    }
}

fn attempt(request: &Request, progress: &dyn Progress) -> Result<Report> {
    let mut watch = Stopwatch::new(progress);
    let mut report = Report::default();
    let Some(site) = watch.time("load", 0, || load::load(request, &mut report))? else {
        return Ok(report.judged(&request.root));
    };
    let cache = if request.write { Some(Cache::open(&request.root, || progress.waits())?) } else { None };
    let known =
        cache.as_ref().filter(|_| request.cache).and_then(|cache| cache.load("pictures")).unwrap_or_default();
    let scanned = watch.time("scan", 0, || scan::scan(&request.root, &site.config, &known))?;
    let inputs = scanned.take(&mut report.diagnostics);
    let target = Target::new(request, &site)?;
    let print = Fingerprint::of(&(
        &inputs.documents,
        &inputs.beside,
        &inputs.assets,
        &inputs.data,
        site.print,
        request.flags(),
    ));
    let usable = cache.as_ref().filter(|_| request.cache && report.diagnostics.is_empty());
    let unchanged =
        usable.map(|cache| watch.time("compare", 0, || target.unchanged(cache, print, request.at)));
    if let Some(state) = unchanged.transpose()?.flatten() {
        report.counts.articles = state.articles;
        report.counts.kept = state.files;
        report.diagnostics = state.diagnostics;
        report.timings = watch.finish();
        return Ok(report.judged(&request.root));
    }

    let count = inputs.documents.len() as u64;
    let library =
        watch.time("parse", count, || Library::read(request, &site, &inputs, cache.as_ref(), progress))?;
    let Library { documents, bodies, parsed } = library;
    report.counts.parsed = parsed;
    report.diagnostics.extend(documents.diagnostics);
    let data = load::data(request, &inputs, &mut report.diagnostics)?;

    let visibility = request.visibility();
    let next_change = index::next_change(&documents.parsed, &site.config, visibility);
    let indexed =
        watch.time("index", 0, || index::index(documents.parsed, &inputs, &site.config, visibility));
    let collection = indexed.take(&mut report.diagnostics);
    report.counts.articles = collection.articles.len() as u64;

    let materials = Materials {
        collection: &collection,
        config: &site.config,
        inputs: &inputs,
        theme: &site.theme,
        at: request.at,
    };
    let planned = watch.time("plan", 0, || plan::plan(materials));
    let plan = planned.take(&mut report.diagnostics);
    let pantry = Pantry::new(materials, &plan);

    let plates = Plates::make(&site, &collection, &data, None);
    report.diagnostics.extend_from_slice(&plates.faults);
    report.diagnostics.extend(plates.check(&collection, &data));
    let known =
        cache.as_ref().filter(|_| request.cache).and_then(|cache| cache.load("copies")).unwrap_or_default();
    let copies = plates::copies(&request.root, &collection, &inputs, &known)?;
    if let Some(cache) = &cache {
        cache.save("copies", &copies.iter().collect::<BTreeMap<_, _>>())?;
    }
    let press = pages::Press::new(&request.root, &site, &collection, &bodies, &plates, &copies);
    let before = target.manifest(request, cache.as_ref())?;
    let staging = cache.as_ref().map(|cache| target.staging(cache)).transpose()?;
    let stage = staging.map(|staging| write::Stage::new(&target.out, staging, &before));
    let writes = stage.as_ref().filter(|_| !report.has_errors());
    let count = plan.routes.len() as u64;
    let printed = watch.time("render", count, || press.print(&pantry, writes, progress))?;
    report.add(printed);

    if let (Some(cache), Some(stage), false) = (&cache, stage, report.has_errors()) {
        cache.forget_state(&target.label)?;
        let conclude = || cache.conclude(&target.label);
        let committed = watch.time("write", 0, || {
            write::commit(stage, |after| cache.announce(&target.label, after), conclude)
        })?;
        report.diagnostics.extend(committed.diagnostics);
        report.written = committed.written;
        report.removed = committed.removed;
        if !report.has_errors() {
            let until = [next_change, pantry.next_change()].into_iter().flatten().min();
            report.settle(&request.root);
            let diagnostics = report.diagnostics.clone();
            let (articles, files) = (report.counts.articles, report.counts.files());
            cache.save_state(
                &target.label,
                &State { inputs: print, at: request.at, until, diagnostics, articles, files },
            )?;
            cache.save("pictures", &inputs.pictures)?;
        }
    }
    if let Some(cache) = &cache {
        target.clean_up(cache)?;
    }
    // Taking a large site apart piece by piece takes a while, and nobody has to wait for it.
    rayon::spawn(move || drop((collection, plan, plates)));
    report.timings = watch.finish();
    Ok(report.judged(&request.root))
}

impl Request {
    /// What of the request changes the site.
    fn flags(&self) -> (bool, bool, Option<u32>) {
        (self.drafts, self.future, self.limit)
    }

    fn visibility(&self) -> Visibility {
        Visibility { at: self.at, drafts: self.drafts, future: self.future, limit: self.limit }
    }
}

/// The folder for unfinished outputs in an output folder on another disk than the cache.
const STAGING: &str = ".masthead-staging";

/// Refuses to build into, or around, a folder that the site is made from: outputs would become inputs.
fn refuse_inputs(out: &Path, request: &Request, site: &Site) -> Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (out, root) = (absolute(out), absolute(&request.root));
    let folders = &site.config.folders;
    let inputs = [&folders.articles, &folders.pages, &folders.assets, &folders.data]
        .into_iter()
        .chain(&folders.profiles);
    let inputs = inputs.map(String::as_str).chain(["themes", "templates", "assets", crate::cache::FOLDER]);
    let is_output = |folder: &str| folder == folders.output;
    let mut inputs = inputs
        .filter(|folder| !matches!(*folder, "" | ".") && !is_output(folder))
        .map(|folder| root.join(folder));
    match inputs.find(|input| out.starts_with(input) || input.starts_with(&out)) {
        Some(input) => {
            let (out, input) = (out.display(), input.display());
            Err(Error::Refused(format!("cannot build into `{out}`: the site is made from `{input}`")))
        }
        None => Ok(()),
    }
}

/// The output folder.
struct Target {
    out: PathBuf,
    /// What the cache calls it: the path as it was given, so that a site can be moved with its cache.
    label: String,
    /// Whether it lies on the disk of the cache.
    is_near: bool,
}

impl Target {
    fn new(request: &Request, site: &Site) -> Result<Self> {
        let configured = Path::new(&site.config.folders.output);
        let (out, label) = match &request.out {
            Some(out) => (out.clone(), out.as_path()),
            None => (request.root.join(configured), configured),
        };
        refuse_inputs(&out, request, site)?;
        let is_near = fs::is_same_disk(
            &request.root,
            if fs::is_dir(&out) { &out } else { out.parent().unwrap_or(&out) },
        );
        Ok(Self { label: label.to_string_lossy().into_owned(), out, is_near })
    }

    /// Removes what is left of unfinished outputs.
    fn clean_up(&self, cache: &Cache) -> Result<()> {
        if !self.is_near {
            fs::remove_dir_all(&self.out.join(STAGING))?;
            if fs::is_empty_dir(&self.out) {
                fs::remove_empty_dir(&self.out);
            }
        }
        cache.staging().map(drop)
    }

    /// The folder for unfinished outputs. It must lie on the disk of the output folder, because renaming works on one disk only.
    fn staging(&self, cache: &Cache) -> Result<PathBuf> {
        if self.is_near {
            return cache.staging();
        }
        let staging = self.out.join(STAGING);
        fs::remove_dir_all(&staging)?;
        fs::create_dir_all(&staging)?;
        Ok(staging)
    }

    fn manifest(&self, request: &Request, cache: Option<&Cache>) -> Result<Manifest> {
        let mut known = cache.map(|cache| cache.manifest(&self.label)).unwrap_or_default();
        if !request.cache {
            known.prints.clear();
        }
        write::owned(&self.out, known)
    }

    /// What the last build said, if nothing has changed since and everything it wrote is still there.
    fn unchanged(&self, cache: &Cache, inputs: Fingerprint, at: Moment) -> Result<Option<State>> {
        let is_current = |state: &State| {
            state.inputs == inputs && state.at <= at && state.until.is_none_or(|until| at < until)
        };
        let Some(state) = cache.state(&self.label).filter(is_current) else { return Ok(None) };
        let manifest = write::owned(&self.out, cache.manifest(&self.label))?;
        let is_there = |(path, written): (&OutPath, &Option<Written>)| {
            let there = fs::look(&self.out.join(path.as_str()));
            there.zip(*written).is_some_and(|(there, written)| there.is_file() && there.len() == written.size)
        };
        let complete = manifest.files.len() as u64 == state.files && manifest.files.par_iter().all(is_there);
        Ok(complete.then_some(state))
    }
}
