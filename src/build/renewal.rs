//! A build after a few articles have come or were revised, and nothing else has changed.
//!
//! Of all that was there before only an outline is read (`Sparse`), and in full only what the pages show
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
use crate::cache::{BodyRef, CachedDocument, CachedParse, Entries, Kept, Ledger, Place, State};
use crate::index::{self, Circumstances, Renewed};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection};
use crate::model::manifest::Manifest;
use crate::model::path::{ContentPath, OutPath};
use crate::model::plan::{Page, Plan, Route};
use crate::plan::{self, Pantry};

use super::books::Books;
use super::catch_up::Start;
use super::documents::Texts;
use super::load;
use super::pages;
use super::plates::Plates;
use super::report::Stopwatch;
use super::reprint::Reprint;
use super::sparse::Sparse;
use super::target::Last;
use super::{Counts, Progress};

/// A build with a few articles that are fresh.
#[derive(Clone, Copy)]
pub(super) struct Renewal<'a> {
    pub(super) start: Start<'a>,
    pub(super) last: &'a Last,
    /// What stood for each of all documents in the last build.
    pub(super) stamps: &'a [Fingerprint],
}

/// The documents of articles that have come or were revised, by their places among all.
#[derive(Default)]
pub(super) struct Fresh {
    /// Those that have come.
    pub(super) new: Vec<(u32, CachedDocument)>,
    /// Those that have changed, some of them by no more than their stamps.
    pub(super) reread: Vec<(u32, CachedDocument)>,
    /// What was known of each that was revised, and what is.
    pub(super) changes: Vec<(Arc<Meta>, Arc<Meta>)>,
    /// How many files were parsed.
    pub(super) parsed: u64,
}

/// A collection with the articles in it, and what has to be made anew.
struct Grown {
    renewed: Renewed,
    collection: Collection,
    plan: Plan,
    /// The routes whose pages change, by their places in the plan.
    touched: Vec<usize>,
    texts: HashMap<Fingerprint, BodyRef>,
    plates: Plates,
}

/// More pages are made in a full build.
const MOST: usize = 4_096;

impl Renewal<'_> {
    /// Builds the site. Says how much was done, and which files were written; nothing if it could not, and then nothing has happened.
    pub(super) fn build(
        self,
        fresh: Fresh,
        mut books: Books,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let stage = if fresh.new.is_empty() { "revise" } else { "enter" };
        let grown = watch.time(stage, 0, || self.grow(&fresh, &books))?;
        let Some(grown) = grown else { return Ok(None) };
        let Fresh { new, reread, parsed, .. } = fresh;
        let numbers = books.archive.order().len() as u32..;
        let numbers: HashMap<_, u32> =
            new.iter().map(|(_, document)| document.path.clone()).zip(numbers).collect();
        if !books.archive.amend(reread) || !books.archive.add(new) {
            return Ok(None);
        }
        let Books { ledger, .. } = books;
        let Some(ledger) = entered(ledger, &grown, &numbers) else { return Ok(None) };
        let printed = self.print(grown, Books { ledger, ..books }, watch, progress)?;
        Ok(printed.map(|(counts, written)| (Counts { parsed, ..counts }, written)))
    }

    /// Whether nothing was told that may be another thing to tell now, if articles bring other names and headings, and no address may be
    /// claimed twice.
    pub(super) fn is_ordinary(&self, brings_names: bool) -> bool {
        let hangs_on_names =
            |rule: Rule| matches!(rule, Rule::DeadLink | Rule::DeadAnchor | Rule::AmbiguousLink);
        let hangs_on_others = |rule: Rule| {
            matches!(rule, Rule::UnknownArticle | Rule::AddressClash) || brings_names && hangs_on_names(rule)
        };
        let clash = self.start.site.config.lint.get(&Rule::AddressClash);
        clash.is_none_or(|level| *level == Level::Error)
            && !self.last.state.diagnostics.iter().any(|one| hangs_on_others(one.rule))
    }

    fn grow(&self, fresh: &Fresh, books: &Books) -> Result<Option<Grown>> {
        let Start { request, site, inputs, .. } = self.start;
        let Some(mut sparse) = Sparse::new(&books.archive, &books.ledger, self.stamps) else {
            return Ok(None);
        };
        let Some(before) = sparse.outline(&site.config) else { return Ok(None) };
        let Some(revised) = revised(fresh, &mut sparse) else { return Ok(None) };
        let news = index::News { new: metas(&fresh.new), revised };
        let circumstances = Circumstances { inputs, config: &site.config, visibility: request.visibility() };
        let Some(renewed) = index::renewed(before, &news, circumstances, |id| sparse.entry(id)) else {
            return Ok(None);
        };
        let Some(news) = news_of(&renewed, &books.ledger, &sparse.collection) else { return Ok(None) };
        let data = load::data(request, inputs, &mut Vec::new())?;
        let plates = Plates::make(site, &sparse.collection, &data, None);
        let is_fine = plates.renderer.is_some();
        let found =
            Some(()).filter(|()| is_fine).and_then(|()| self.find(&renewed, &news, &plates, &mut sparse));
        let Some((collection, plan, touched)) = found else { return Ok(None) };
        let mut texts = sparse.texts;
        texts.extend(fresh.new.iter().chain(&fresh.reread).filter_map(|(_, document)| document.text()));
        Ok(Some(Grown { renewed, collection, plan, touched, texts, plates }))
    }

    /// Finds the pages that change, and fills in what they show.
    fn find(
        &self,
        renewed: &Renewed,
        news: &plan::News,
        plates: &Plates,
        sparse: &mut Sparse<'_>,
    ) -> Option<(Collection, Plan, Vec<usize>)> {
        let collection = renewed.collection(&sparse.collection);
        let plan = plan::addresses(self.start.materials(&collection));
        let materials = self.start.materials(&collection);
        let touched = plan::renewed(news, &plan, materials)?;
        if touched.len() > MOST {
            return None;
        }
        let own = touched.iter().filter_map(|route| match route.page {
            Page::Article(id) | Page::Twin(id, _) => Some(id),
            _ => None,
        });
        own.collect::<BTreeSet<_>>().into_iter().try_for_each(|id| fill(id, renewed, sparse))?;

        let collection = renewed.collection(&sparse.collection);
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
        shown.into_iter().try_for_each(|id| fill(id, renewed, sparse))?;
        let is_known = |route: &Route| self.is_known(route, &collection, renewed, plates, sparse);
        if !have_room(&changed, &self.last.manifest) || !changed.iter().all(is_known) {
            return None;
        }
        let urls: BTreeSet<_> = changed.iter().map(|route| &route.url).collect();
        let places = plan.routes.iter().enumerate().filter(|(_, route)| urls.contains(&route.url));
        let places = places.map(|(place, _)| place).collect();
        Some((renewed.collection(&sparse.collection), plan, places))
    }

    /// Whether a page had the key that the last build gave it, or is new.
    fn is_known(
        &self,
        route: &Route,
        after: &Collection,
        renewed: &Renewed,
        plates: &Plates,
        sparse: &Sparse<'_>,
    ) -> bool {
        let before = self.start.materials(&sparse.collection);
        let page = plan::as_before(&route.page, after, before, |id| was(id, renewed));
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
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Self { start, last, .. } = *self;
        let Grown { renewed, collection, plan, touched, texts, plates } = grown;
        let Books { archive, ledger, store, kept } = books;
        let texts = Texts { store, places: Arc::new(texts) };
        let routes: Vec<&Route> = touched.iter().map(|&place| &plan.routes[place]).collect();
        let files = last.state.files + new_files(&routes, last);
        let articles = last.state.articles + renewed.order.later().len() as u64;
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

/// The articles that were revised, by their places, with what was parsed of them; nothing if one of them is no article that is to be seen.
fn revised(fresh: &Fresh, sparse: &mut Sparse<'_>) -> Option<BTreeMap<ArticleId, Arc<Meta>>> {
    let revised = fresh.changes.iter().map(|(before, after)| {
        let (place, _) = fresh.reread.iter().find(|(_, document)| document.path == before.path)?;
        match sparse.take(*place, before)? {
            Place::Article(id) => Some((id, Arc::clone(after))),
            Place::Page(_) | Place::Nowhere => None,
        }
    });
    revised.collect()
}

/// What is new, for who asks which pages show it.
fn news_of(renewed: &Renewed, ledger: &Ledger, before: &Collection) -> Option<plan::News> {
    let mut news = plan::News {
        new: renewed.order.later().iter().copied().map(ArticleId).collect(),
        above: renewed.changed.keys().copied().collect(),
        ..plan::News::default()
    };
    let mut recast = Vec::new();
    for (id, entry) in &renewed.fresh {
        let Some(was) = was(*id, renewed) else { continue };
        news.revised.insert(*id);
        let known = before.article(was);
        if known.card_print != entry.card_print {
            news.recast.insert(*id);
            recast.push(was);
        }
        if known.meta.modified() != entry.meta.modified() {
            news.redated.insert(*id);
        }
    }
    let above = if recast.is_empty() { Vec::new() } else { ledger.above(&recast)? };
    news.above.extend(above.into_iter().map(|id| ArticleId(renewed.order.place(id.0))));
    Some(news)
}

fn metas(documents: &[(u32, CachedDocument)]) -> Vec<Arc<Meta>> {
    let meta = |document: &CachedDocument| match &document.document {
        Some(CachedParse::Article(meta, _)) => Some(Arc::clone(meta)),
        _ => None,
    };
    documents.iter().filter_map(|(_, document)| meta(document)).collect()
}

/// The place that an article had; nothing if it is new.
fn was(id: ArticleId, renewed: &Renewed) -> Option<ArticleId> {
    (!renewed.order.is_later(id.0)).then(|| ArticleId(renewed.order.number(id.0)))
}

fn fill(id: ArticleId, renewed: &Renewed, sparse: &mut Sparse<'_>) -> Option<()> {
    was(id, renewed).map_or(Some(()), |id| sparse.fill(id))
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

/// The ledger with the articles that have come or were revised and those below which they stand now. `numbers` are those of the documents
/// that have come.
fn entered(ledger: Ledger, grown: &Grown, numbers: &HashMap<ContentPath, u32>) -> Option<Ledger> {
    let Grown { renewed, collection, .. } = grown;
    let ids = renewed.fresh.keys().chain(renewed.changed.keys());
    let articles = ids.map(|id| (*id, Arc::clone(&collection.articles[id.index()]))).collect();
    let later = renewed.order.later().iter();
    let documents = later.map(|id| numbers.get(&renewed.fresh.get(&ArticleId(*id))?.meta.path).copied());
    let documents = documents.collect::<Option<_>>()?;
    ledger.enter(Entries { order: &renewed.order, documents, articles, retold: renewed.retold.clone() })
}
