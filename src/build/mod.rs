//! The sentence, a whole build: scan, parse, index, plan, view, render, write. Only this module knows the
//! order of the stages.
//!
//! A build with errors runs through all stages, so that one run reports every error, but it writes nothing.
//! Work that no stage waits for runs beside a stage that leaves a core idle: documents are stored in the
//! cache while they are indexed, templates are compiled while pages are planned, and the ledger is saved
//! while pages are rendered.

mod amendment;
mod catch_up;
mod causes;
mod clipping;
mod compiled_theme;
mod copies;
mod documents;
mod edition;
mod keeper;
mod load;
mod loaded_site;
mod pages;
mod preview;
mod prints;
mod report;
mod target;
mod theme_check;
mod trial;

pub use crate::index::Clipping;
pub use crate::scan::{AvailableTheme, embedded_themes, themes};
pub use clipping::clipping;
pub use edition::{Digest, Edition, Found, OpenEdition};
pub use keeper::{Change, Early, Issue, Keeper};
pub use load::site_toml;
pub use loaded_site::Unsaved;
pub use pages::Output;
pub use preview::Preview;
pub use report::{Counts, Progress, Report, Silent, Way, settle_places};
pub use theme_check::{ThemeReport, check_theme};

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Cache, Contents, Kept, State};
use crate::index::{self, Visibility};
use crate::model::article::Meta;
use crate::model::collection::Collection;
use crate::model::declined::Declined;
use crate::model::input::{DocumentKind, Inputs};
use crate::model::manifest::Manifest;
use crate::plan::{self, Materials, Pantry};
use crate::{check, scan, write};

use catch_up::{Done, Start};
use compiled_theme::CompiledTheme;
use documents::documents_for_index;
use prints::Prints;
use report::Stopwatch;
use target::Target;

/// What to build, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's root: the folder of `site.toml`.
    pub root: PathBuf,
    /// The output folder, if it is not the one in the configuration.
    pub out: Option<PathBuf>,
    /// The address at which the site will be published, if it is not the one in the configuration.
    pub base_url: Option<String>,
    /// Whether to build drafts.
    pub drafts: bool,
    /// Whether to build articles whose time of publication has not come.
    pub future: bool,
    /// How many articles to build at most, the newest.
    pub limit: Option<u32>,
    /// The time of the build.
    pub at: Moment,
    /// Whether to use what earlier builds have stored in the cache.
    pub cache: bool,
    /// Whether to write anything at all.
    pub write: bool,
}

/// How many documents or pages a thread takes at once. A piece is not divided again, so with large pieces the
/// other threads would be idle at the end.
const PIECE: usize = 64;

/// Why no short cut is taken if loading or scanning has found something: a short cut reports only the
/// diagnostics of the last build.
const TOLD_OF: Declined = Declined("there is something to be told of `site.toml`, the theme or the folders");

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
    let (cache, _lock) = open_cache(request, progress)?;
    let known =
        cache.as_ref().filter(|_| request.cache).and_then(|cache| cache.load("pictures")).unwrap_or_default();
    let target = Target::new(request, &site)?;
    let scan = || scan::scan(&request.root, &site.config, &known);
    let (scanned, owned) =
        watch.time("scan", 0, || rayon::join(scan, || target.owned(request, cache.as_ref())));
    let (inputs, owned) = (scanned?.take(&mut report.diagnostics), owned?);
    target.refuse_links(&inputs.links)?;
    let prints = Prints::of(&inputs, &site, request);
    let (target, prints) = (&target, &prints);
    let start = |cache| Start { request, site: &site, inputs: &inputs, prints, cache, target, owned: &owned };
    if let Some(cache) = cache.as_ref().filter(|_| request.cache) {
        let is_told_of = !report.diagnostics.is_empty();
        let done = if is_told_of { Ok(Err(TOLD_OF)) } else { start(cache).catch_up(&mut watch, progress) };
        match done? {
            Ok(Done { way, counts, written, diagnostics }) => {
                let timings = watch.finish();
                let report = Report { diagnostics, way, counts, timings, written, ..report };
                leave((inputs, owned));
                return Ok(report.judged(&request.root));
            }
            Err(why) => report.way = Way::Full(why),
        }
    }

    let count = inputs.documents.len() as u64;
    let read = || documents::LoadedDocuments::read(request, &site, &inputs, cache.as_ref(), progress);
    let loaded = watch.time("parse", count, read)?;
    report.counts.parsed = loaded.parsed;
    for document in &loaded.documents {
        report.diagnostics.extend_from_slice(&document.diagnostics);
    }
    let data = load::data(request, &inputs, &mut report.diagnostics)?;

    let visibility = request.visibility();
    let documents = documents_for_index(&loaded.documents);
    report.diagnostics.extend(check::missing_words(&site.theme));
    report.diagnostics.extend(check::overrides(&site.theme, &documents.templates()));
    let next_change = index::next_change(&documents, &site.config, visibility);
    let articles = documents.articles.iter().map(|meta| &**meta);
    report.counts.left_out = index::left_out(articles, &site.config, visibility);
    let index = || index::index(documents, &inputs, &site.config, visibility);
    let save = || loaded.keep(cache.as_ref()).map(|kept| (kept, loaded.into_texts()));
    let (indexed, saved) = watch.time("index", 0, || rayon::join(index, save));
    let (archived, texts) = saved?;
    let collection = indexed.take(&mut report.diagnostics);
    report.counts.articles = collection.articles.len() as u64;

    let materials = Materials {
        collection: &collection,
        config: &site.config,
        inputs: &inputs,
        theme: &site.theme,
        at: request.at,
    };
    let compile = || CompiledTheme::read_through(&site, &collection.extent(), &data, None);
    let (planned, compiled) = watch.time("plan", 0, || rayon::join(|| plan::plan(materials), compile));
    let plan = planned.take(&mut report.diagnostics);
    let pantry = Pantry::new(materials, &plan);
    report.diagnostics.extend_from_slice(&compiled.faults);
    report.diagnostics.extend(compiled.check(&collection, &data));
    let known =
        cache.as_ref().filter(|_| request.cache).and_then(|cache| cache.load("copies")).unwrap_or_default();
    let copies = copies::copies(&request.root, &collection, &inputs, &known)?;
    if let Some(cache) = &cache {
        cache.save("copies", &copies.iter().collect::<BTreeMap<_, _>>())?;
    }
    let builder = pages::PageBuilder::new(&request.root, &site, &collection, &texts, &compiled, &copies);
    let staging = request.write.then(|| target.staging(cache.as_ref())).transpose()?;
    let writes = !report.has_errors();
    let stage =
        staging.as_ref().map(|staging| write::Stage::new(&target.out, &staging.folder, &owned.manifest));
    let stage = stage.map(|stage| stage.after_cut_off(write::is_cut_off(&target.out)));
    let stage = stage.map(|stage| if writes { stage } else { stage.closed() });
    let count = plan.routes.len() as u64;
    let build = || builder.build_all(pantry.routes(), &pantry, stage.as_ref(), progress);
    // If this build fails, the state of the last one stays, but the ledger that it names is gone. So the next
    // build is a full one.
    let keep = || match cache.as_ref().filter(|_| writes) {
        Some(cache) => keep_collection(cache, target, &collection, &inputs, archived),
        None => Ok(None),
    };
    let (built, kept) = watch.time("render", count, || rayon::join(build, keep));
    let (built, kept) = (built?, kept?);
    report.add(built);

    if let (Some(stage), false) = (stage, report.has_errors()) {
        let until = [next_change, pantry.next_change()].into_iter().flatten().min();
        match &cache {
            Some(cache) => conclude(start(cache), stage, (until, kept), &mut report, &mut watch)?,
            None => commit(stage, |_| Ok(()), || Ok(()), &mut report, &mut watch)?,
        }
    }
    drop(staging);
    let cards = builder.into_cards();
    leave((inputs, owned, collection, plan, compiled, cards));
    report.timings = watch.finish();
    Ok(report.judged(&request.root))
}

/// Opens the cache, if the build writes. A build without it (`--no-cache`) renews it all the same, for the next one;
/// but where the site's folder must not be written, it does with a lock on that folder. The output folder then has
/// no manifest in a cache, and its new mark says so to every other build.
fn open_cache(request: &Request, progress: &dyn Progress) -> Result<(Option<Cache>, Option<fs::Lock>)> {
    if !request.write {
        return Ok((None, None));
    }
    match Cache::open(&request.root, || progress.waits()) {
        Err(error) if error.is_write_protection() && request.cache => {
            let hint = "add `--no-cache`, and name a folder that can be written with `--out`";
            Err(Error::refused(error.to_string()).hint(hint))
        }
        Err(error) if error.is_write_protection() => {
            Ok((None, Some(fs::lock_folder(&request.root, || progress.waits())?)))
        }
        opened => Ok((Some(opened?), None)),
    }
}

/// Drops large values in the background. To free a large site piece by piece takes a while, and nobody has to
/// wait for it.
fn leave(things: impl Send + 'static) {
    rayon::spawn(move || drop(things));
}

/// Moves the staged files into place and saves what the next build starts from. `until` is the next moment at
/// which something changes by itself.
fn conclude(
    start: Start<'_>,
    stage: write::Stage<'_>,
    (until, kept): (Option<Moment>, Option<Kept>),
    report: &mut Report,
    watch: &mut Stopwatch<'_>,
) -> Result<()> {
    let Start { request, inputs, prints, cache, target, .. } = start;
    cache.forget_state(&target.label)?;
    let (label, conclude) = (&target.label, || cache.conclude(&target.label));
    commit(stage, |after| cache.announce(label, after), conclude, report, watch)?;
    if report.has_errors() {
        return Ok(());
    }
    report.settle(&request.root);
    let diagnostics = report.diagnostics.clone();
    let (Counts { articles, left_out, .. }, files) = (report.counts, report.counts.files());
    let (at, all, rest) = (request.at, prints.all, prints.rest);
    let state = State { inputs: all, rest, at, until, diagnostics, articles, left_out, files, kept };
    cache.save_state(&target.label, &state, &prints.stamps)?;
    cache.save("pictures", &inputs.pictures)
}

/// Moves the staged files into place.
fn commit(
    stage: write::Stage<'_>,
    announce: impl FnOnce(&Manifest) -> Result<()>,
    conclude: impl FnOnce() -> Result<()>,
    report: &mut Report,
    watch: &mut Stopwatch<'_>,
) -> Result<()> {
    let committed = watch.time("write", 0, || write::commit(stage, announce, conclude))?;
    report.diagnostics.extend(committed.diagnostics);
    report.written = committed.written;
    report.removed = committed.removed;
    Ok(())
}

/// Saves the ledger, for a build in which only a few documents have changed. `archived` is the fingerprint of
/// the file with the documents.
fn keep_collection(
    cache: &Cache,
    target: &Target,
    collection: &Collection,
    inputs: &Inputs,
    archived: Option<Fingerprint>,
) -> Result<Option<Kept>> {
    let documents = &inputs.documents;
    let place = |kind: DocumentKind, meta: &Meta| {
        let place = documents.binary_search_by(|(other, file)| (*other, &file.path).cmp(&(kind, &meta.path)));
        place.ok().map(|place| place as u32)
    };
    let articles = collection.articles.iter().map(|entry| place(DocumentKind::Article, &entry.meta));
    let pages = collection.pages.iter().map(|page| place(DocumentKind::Page, &page.meta));
    let places: Option<Vec<u32>> = articles.chain(pages).collect();
    let (Some(archived), Some(places)) = (archived, places) else { return Ok(None) };
    let (occurrences, asked) = rayon::join(|| index::occurrences(collection), || index::asked(collection));
    let contents = Contents {
        collection,
        places: &places,
        documents: documents.len(),
        occurrences: &occurrences,
        asked: &asked,
    };
    let ledger = cache.save_ledger(&target.label, &contents)?;
    Ok(Some(Kept { documents: archived, ledger, errata: None }))
}

impl Request {
    /// The parts of the request that change the site.
    fn flags(&self) -> (bool, bool, Option<u32>) {
        (self.drafts, self.future, self.limit)
    }

    fn visibility(&self) -> Visibility {
        Visibility { at: self.at, drafts: self.drafts, future: self.future, limit: self.limit }
    }
}
