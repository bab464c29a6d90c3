//! A build after a few articles have come, and nothing else has changed.
//!
//! That is what a site grows by. Of all that was there before only an outline is read (`Sparse`), and in full only what the pages show
//! that change. As with an edited text this is a short cut and no other way: `index` puts the articles in by the functions that index all,
//! `plan` says which pages may show them, and the keys of those pages, from the ingredients that every build gives them, say which do. Of
//! each of these the key is computed as it was before, and must be that of the last build. Whatever is out of the ordinary (a name that
//! nobody has had, an address that is taken, a diagnostic) is left to the full build.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use crate::base::diag::{Level, Rule};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::cache::{Archive, Bodies, BodyRef, CachedDocument, CachedParse, Kept, Ledger, State};
use crate::index::{self, Circumstances, Inserted};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection};
use crate::model::input::DocumentKind;
use crate::model::manifest::Manifest;
use crate::model::path::{ContentPath, OutPath};
use crate::model::plan::{Page, Plan, Route};
use crate::plan::{self, Pantry};

use super::catch_up::Start;
use super::documents::{Reader, Texts};
use super::load;
use super::pages;
use super::plates::Plates;
use super::report::Stopwatch;
use super::reprint::Reprint;
use super::sparse::Sparse;
use super::target::Last;
use super::{Counts, Progress};

/// A few articles that have come since the last build.
pub(super) struct Addition<'a> {
    pub(super) start: Start<'a>,
    pub(super) last: &'a Last,
    /// The articles, by their places among the documents.
    pub(super) places: &'a [u32],
    /// What stood for each of all documents in the last build.
    pub(super) stamps: &'a [Fingerprint],
}

/// A collection with the articles in it, and what has to be made anew.
struct Grown {
    inserted: Inserted,
    collection: Collection,
    plan: Plan,
    /// The routes whose pages change, by their places in the plan.
    touched: Vec<usize>,
    texts: HashMap<Fingerprint, BodyRef>,
    plates: Plates,
}

/// More pages are made in a full build.
const MOST: usize = 4_096;

impl Addition<'_> {
    /// Builds the site. Says how much was done, and which files were written; nothing if it could not, and then nothing has happened.
    pub(super) fn build(
        &self,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Start { cache, target, .. } = self.start;
        let Some(kept) = self.last.state.kept.filter(|_| self.is_ordinary()) else { return Ok(None) };
        let Some(mut archive) = cache.archive(kept.documents) else { return Ok(None) };
        let Some(ledger) = cache.ledger(&target.label, kept) else { return Ok(None) };
        let store = cache.bodies_of(&archive)?;
        let Some(documents) = self.read(&store, progress)? else { return Ok(None) };
        let grown = watch.time("enter", 0, || self.grow(&documents, &archive, &ledger))?;
        let Some(grown) = grown else { return Ok(None) };
        let numbers = archive.order().len() as u32..;
        let numbers: HashMap<_, u32> =
            documents.iter().map(|(_, document)| document.path.clone()).zip(numbers).collect();
        let parsed = documents.len() as u64;
        if !archive.add(documents) {
            return Ok(None);
        }
        let Some(ledger) = entered(ledger, &grown, &numbers) else { return Ok(None) };
        let books = Books { archive, ledger, kept };
        let printed = self.print(grown, books, Arc::new(store), watch, progress)?;
        Ok(printed.map(|(counts, written)| (Counts { parsed, ..counts }, written)))
    }

    /// Whether nothing was told that may be another thing to tell now, and no address may be claimed twice.
    fn is_ordinary(&self) -> bool {
        let hangs_on_others = |rule: Rule| {
            matches!(rule, Rule::DeadLink | Rule::UnknownArticle | Rule::AmbiguousLink | Rule::AddressClash)
        };
        let clash = self.start.site.config.lint.get(&Rule::AddressClash);
        clash.is_none_or(|level| *level == Level::Error)
            && !self.last.state.diagnostics.iter().any(|one| hangs_on_others(one.rule))
    }

    /// Reads the articles, each with its place; nothing if there is anything to be said of them.
    fn read(&self, store: &Bodies, progress: &dyn Progress) -> Result<Option<Vec<(u32, CachedDocument)>>> {
        let reader = Reader::new(self.start.request, self.start.site, store, progress);
        let mut documents = Vec::new();
        for &place in self.places {
            let (kind, file) = &self.start.inputs.documents[place as usize];
            let document = reader.document(*kind, file, None)?;
            if *kind != DocumentKind::Article || !document.diagnostics.is_empty() {
                return Ok(None);
            }
            documents.push((place, document));
        }
        Ok(Some(documents))
    }

    fn grow(
        &self,
        documents: &[(u32, CachedDocument)],
        archive: &Archive,
        ledger: &Ledger,
    ) -> Result<Option<Grown>> {
        let Start { request, site, inputs, .. } = self.start;
        let Some(mut sparse) = Sparse::new(archive, ledger, self.stamps) else { return Ok(None) };
        let Some(before) = sparse.outline(&site.config) else { return Ok(None) };
        let circumstances = Circumstances { inputs, config: &site.config, visibility: request.visibility() };
        let Some(inserted) = index::inserted(before, &metas(documents), circumstances, |id| sparse.entry(id))
        else {
            return Ok(None);
        };
        let data = load::data(request, inputs, &mut Vec::new())?;
        let plates = Plates::make(site, &sparse.collection, &data, None);
        let is_fine = plates.renderer.is_some();
        let found = Some(()).filter(|()| is_fine).and_then(|()| self.find(&inserted, &plates, &mut sparse));
        let Some((collection, plan, touched)) = found else { return Ok(None) };
        let mut texts = sparse.texts;
        texts.extend(documents.iter().filter_map(|(_, document)| document.text()));
        Ok(Some(Grown { inserted, collection, plan, touched, texts, plates }))
    }

    /// Finds the pages that change, and fills in what they show.
    fn find(
        &self,
        inserted: &Inserted,
        plates: &Plates,
        sparse: &mut Sparse<'_>,
    ) -> Option<(Collection, Plan, Vec<usize>)> {
        let collection = inserted.collection(&sparse.collection);
        let (new, changed) = (inserted.new.keys().copied().collect(), inserted.changed.keys().copied());
        let plan = plan::addresses(self.start.materials(&collection));
        let materials = self.start.materials(&collection);
        let touched = plan::entered(&new, &changed.collect(), &plan, materials)?;
        if touched.len() > MOST {
            return None;
        }
        let own = touched.iter().filter_map(|route| match route.page {
            Page::Article(id) | Page::Twin(id, _) => Some(id),
            _ => None,
        });
        own.collect::<BTreeSet<_>>().into_iter().try_for_each(|id| fill(id, inserted, sparse))?;

        let collection = inserted.collection(&sparse.collection);
        let pantry = Pantry::new(self.start.materials(&collection), &plan);
        let mut shown = BTreeSet::new();
        let mut changed = Vec::new();
        for route in touched {
            let ingredients = pantry.ingredients(route, |_| Fingerprint::default());
            let key = pages::key(plates, route, &ingredients);
            if written(&self.last.manifest, route).is_none_or(|known| known != key) {
                shown.extend(ingredients.shown().into_iter().map(ArticleId));
                changed.push(route.clone());
            }
        }
        shown.into_iter().try_for_each(|id| fill(id, inserted, sparse))?;
        let is_known = |route: &Route| self.is_known(route, &collection, inserted, plates, sparse);
        if !have_room(&changed, &self.last.manifest) || !changed.iter().all(is_known) {
            return None;
        }
        let urls: BTreeSet<_> = changed.iter().map(|route| &route.url).collect();
        let places = plan.routes.iter().enumerate().filter(|(_, route)| urls.contains(&route.url));
        let places = places.map(|(place, _)| place).collect();
        Some((inserted.collection(&sparse.collection), plan, places))
    }

    /// Whether a page had the key that the last build gave it, or is new.
    fn is_known(
        &self,
        route: &Route,
        after: &Collection,
        inserted: &Inserted,
        plates: &Plates,
        sparse: &Sparse<'_>,
    ) -> bool {
        let before = self.start.materials(&sparse.collection);
        let page = plan::as_before(&route.page, after, before, |id| was(id, inserted));
        match (page, written(&self.last.manifest, route)) {
            (Some(page), Some(key)) => {
                let (no_plan, route) = (Plan::default(), Route { page, ..route.clone() });
                let pantry = Pantry::new(before, &no_plan);
                pages::key(plates, &route, &pantry.ingredients(&route, |_| Fingerprint::default())) == key
            }
            // Of the address map nobody knows what it was; what it is made of is sealed.
            (None, Some(_)) => matches!(route.page, Page::Sitemap(_)),
            (page, None) => page.is_none(),
        }
    }

    /// Makes the pages that change and puts them into place; nothing if one of them can't be made.
    fn print(
        &self,
        grown: Grown,
        books: Books,
        store: Arc<Bodies>,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Self { start, last, .. } = *self;
        let Grown { inserted, collection, plan, touched, texts, plates } = grown;
        let Books { archive, ledger, kept } = books;
        let texts = Texts { store, places: Arc::new(texts) };
        let routes: Vec<&Route> = touched.iter().map(|&place| &plan.routes[place]).collect();
        let files = last.state.files + new_files(&routes, last);
        let articles = last.state.articles + inserted.new.len() as u64;
        let settle = |pantry: &Pantry<'_>| {
            let until = [last.state.until, pantry.next_change()].into_iter().flatten().min();
            let errata = Some(start.cache.amend_ledger(&start.target.label, &ledger)?);
            Ok(State { until, articles, files, kept: Some(Kept { errata, ..kept }), ..last.state.clone() })
        };
        let reprint = Reprint { start, last, collection: &collection, plan: &plan, plates: &plates };
        let printed = reprint.print(routes, (archive, &texts), settle, watch, progress)?;
        // Taking the collection apart piece by piece takes a while, and nobody has to wait for it.
        rayon::spawn(move || drop((collection, plan, plates)));
        Ok(printed)
    }
}

/// What the cache keeps of documents and collection.
struct Books {
    archive: Archive,
    ledger: Ledger,
    kept: Kept,
}

fn metas(documents: &[(u32, CachedDocument)]) -> Vec<Arc<Meta>> {
    let meta = |document: &CachedDocument| match &document.document {
        Some(CachedParse::Article(meta, _)) => Some(Arc::clone(meta)),
        _ => None,
    };
    documents.iter().filter_map(|(_, document)| meta(document)).collect()
}

/// The place that an article had; nothing if it is new.
fn was(id: ArticleId, inserted: &Inserted) -> Option<ArticleId> {
    (!inserted.new.contains_key(&id)).then(|| ArticleId(inserted.order.number(id.0)))
}

fn fill(id: ArticleId, inserted: &Inserted, sparse: &mut Sparse<'_>) -> Option<()> {
    was(id, inserted).map_or(Some(()), |id| sparse.fill(id))
}

/// The key of the page that the last build wrote at a route's address.
fn written(manifest: &Manifest, route: &Route) -> Option<Fingerprint> {
    manifest.files.get(&route.url.out_path()).copied().flatten().map(|written| written.key)
}

/// Whether the new ones among some files are in nobody's way: no file is there, none where one of them needs a folder, none below.
fn have_room(routes: &[Route], manifest: &Manifest) -> bool {
    let files = routes.iter().map(|route| route.url.out_path());
    let new: Vec<OutPath> = files.filter(|path| !manifest.files.contains_key(path)).collect();
    let taken: BTreeSet<&str> = new.iter().map(OutPath::as_str).collect();
    let is_taken = |path: &str| taken.contains(path) || manifest.files.contains_key(path);
    let has_room = |path: &OutPath| {
        let mut folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        let below = format!("{path}/");
        let mut after = manifest.files.range::<str, _>((Bound::Excluded(&*below), Bound::Unbounded));
        !folders.any(is_taken) && !after.next().is_some_and(|(other, _)| other.as_str().starts_with(&below))
    };
    taken.len() == new.len() && new.iter().all(has_room)
}

fn new_files(routes: &[&Route], last: &Last) -> u64 {
    let is_new = |route: &&&Route| !last.manifest.files.contains_key(&route.url.out_path());
    routes.iter().filter(is_new).count() as u64
}

/// The ledger with the articles that have come and those below which they now stand. `numbers` are those of the documents.
fn entered(ledger: Ledger, grown: &Grown, numbers: &HashMap<ContentPath, u32>) -> Option<Ledger> {
    let Grown { inserted, collection, .. } = grown;
    let ids = inserted.new.keys().chain(inserted.changed.keys());
    let entries: BTreeMap<_, _> = ids.map(|id| (*id, Arc::clone(&collection.articles[id.index()]))).collect();
    let later = inserted.order.later().iter();
    let documents: Option<Vec<u32>> =
        later.map(|id| numbers.get(&inserted.new.get(&ArticleId(*id))?.meta.path).copied()).collect();
    ledger.enter(&inserted.order, &documents?, &entries)
}
