//! A build after an edit of a few texts, which nobody but their own pages shows.
//!
//! Such an edit is the most frequent of all, and a build that looks at every article because of one would cost the more the larger
//! the collection is. Here only the documents are read that the touched pages show. It is a short cut and no other way: what an edit
//! touches is decided by `index` and `plan`, pages are made by the same press and written by the same stage. And nothing is taken on trust: from
//! what was read, the keys of the touched pages are computed as they were before the edit, and all of them must be those of the last
//! build. Whatever is out of the ordinary (another number of files, a diagnostic, a template that fails) is left to the full build.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::cache::{Bodies, BodyRef, CachedDocument, Place};
use crate::config::ListOrder;
use crate::index;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection};
use crate::model::manifest::Manifest;
use crate::model::path::OutPath;
use crate::model::plan::{Plan, Route};
use crate::plan::{self, Pantry};

use super::amendment::Amendment;
use super::books::Books;
use super::catch_up::Start;
use super::documents::{Reader, Texts};
use super::load;
use super::pages;
use super::plates::Plates;
use super::renewal::{Fresh, Renewal};
use super::report::Stopwatch;
use super::reprint::Reprint;
use super::sparse::Sparse;
use super::target::Last;
use super::{Counts, Progress};

/// A few documents that have changed since the last build.
pub(super) struct Edit<'a> {
    pub(super) start: Start<'a>,
    pub(super) last: &'a Last,
    /// The documents, by their places among the inputs.
    pub(super) places: &'a [u32],
    /// What stood for each of all documents in the last build.
    pub(super) stamps: &'a [Fingerprint],
}

/// The documents that have changed, read again.
struct Reread {
    documents: Vec<(u32, CachedDocument)>,
    amendment: Amendment,
    parsed: u64,
}

/// A collection with an edit in it, and what has to be made anew.
struct Amended {
    collection: Collection,
    touched: Plan,
    texts: HashMap<Fingerprint, BodyRef>,
    plates: Plates,
}

impl Edit<'_> {
    /// Builds the site. Says how much was done, and which files were written; nothing if it could not, and then nothing has happened.
    pub(super) fn build(
        &self,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let (mut books, mut amended) = (None, None);
        let reread = watch.time("amend", 0, || -> Result<Option<Reread>> {
            books = Books::open(self.start, self.last)?;
            let Some(Books { archive, ledger, store, .. }) = &books else { return Ok(None) };
            let Some(mut sparse) = Sparse::new(archive, ledger, self.stamps) else { return Ok(None) };
            let config = &self.start.site.config;
            // Only an outline tells when each article came.
            if config.feeds.order == ListOrder::Added && sparse.outline(config).is_none() {
                return Ok(None);
            }
            let Some(reread) = self.read_again(&sparse, store, progress)? else { return Ok(None) };
            amended = self.amend(&reread, sparse)?;
            Ok(Some(reread))
        })?;
        let (Some(mut books), Some(reread)) = (books, reread) else { return Ok(None) };
        let Some(amended) = amended else { return self.revise(reread, books, watch, progress) };
        let Reread { documents, parsed, .. } = reread;
        if !books.archive.amend(documents) {
            return Ok(None);
        }
        let printed = self.print(amended, books, watch, progress)?;
        Ok(printed.map(|(counts, written)| (Counts { parsed, ..counts }, written)))
    }

    /// Builds the site after an edit that others show too.
    fn revise(
        &self,
        reread: Reread,
        books: Books,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Self { start, last, stamps, .. } = *self;
        let renewal = Renewal { start, last, stamps };
        let Reread { documents: reread, amendment: Amendment::Documents(changes), parsed } = reread else {
            return Ok(None);
        };
        let is_renamed = |(before, after): &(Arc<Meta>, Arc<Meta>)| {
            (&before.title, &before.anchors) != (&after.title, &after.anchors)
        };
        if !renewal.is_ordinary(changes.iter().any(is_renamed)) {
            return Ok(None);
        }
        let fresh = Fresh { new: Vec::new(), reread, changes, parsed };
        renewal.build(fresh, books, watch, progress)
    }

    /// Reads the documents that have changed; nothing if there is anything to be said of them.
    fn read_again(
        &self,
        sparse: &Sparse<'_>,
        store: &Bodies,
        progress: &dyn Progress,
    ) -> Result<Option<Reread>> {
        let reader = Reader::new(self.start.request, self.start.site, store, progress);
        let mut reread = Reread { documents: Vec::new(), amendment: Amendment::Nothing, parsed: 0 };
        for &place in self.places {
            let (kind, file) = &self.start.inputs.documents[place as usize];
            let is_same = |before: &CachedDocument| (before.kind, &before.path) == (*kind, &file.path);
            let Some(before) = sparse.document(place).filter(is_same) else { return Ok(None) };
            let after = reader.document(*kind, file, Some(before.clone()))?;
            if self.is_told_of(&before) || self.is_told_of(&after) {
                return Ok(None);
            }
            reread.amendment.add(before, &after);
            reread.documents.push((place, after));
        }
        reread.parsed = reader.parsed();
        Ok(Some(reread))
    }

    fn is_told_of(&self, document: &CachedDocument) -> bool {
        let file = Some(document.path.as_str());
        let found = &self.last.state.diagnostics;
        !document.diagnostics.is_empty() || found.iter().any(|one| one.file.as_deref() == file)
    }

    /// Puts the edit into the collection of the last build; nothing if it shows anywhere but on pages that can be told.
    fn amend(&self, reread: &Reread, mut sparse: Sparse<'_>) -> Result<Option<Amended>> {
        let changes = match &reread.amendment {
            Amendment::Nothing => &Vec::new(),
            Amendment::Documents(changes) => changes,
            Amendment::More => return Ok(None),
        };
        let Some((articles, standing)) = take(changes, &reread.documents, &mut sparse) else {
            return Ok(None);
        };
        let touched = plan::touched(&articles, &standing, self.start.materials(&sparse.collection));
        let shown: Vec<ArticleId> = (touched.routes.iter())
            .flat_map(|route| plan::shown(&route.page, self.start.materials(&sparse.collection)))
            .collect();
        if shown.into_iter().any(|id| sparse.fill(id).is_none()) {
            return Ok(None);
        }
        let Some(after) = index::amended(&sparse.collection, changes, || sparse.sketches()) else {
            return Ok(None);
        };
        let before = &sparse.collection;
        let looks_the_same =
            articles.iter().all(|&id| plan::looks_the_same(before.article(id), after.article(id)))
                && (standing.iter().map(|&page| page as usize))
                    .all(|page| plan::page_looks_the_same(&before.pages[page], &after.pages[page]));
        if !looks_the_same {
            return Ok(None);
        }
        let data = load::data(self.start.request, self.start.inputs, &mut Vec::new())?;
        let plates = Plates::make(self.start.site, before, &data, None);
        let pantry = Pantry::new(self.start.materials(before), &touched);
        let is_known =
            touched.routes.iter().all(|route| is_known(route, &pantry, &plates, &self.last.manifest));
        let is_fine = is_known && plates.renderer.is_some();
        Ok(is_fine.then(|| Amended { collection: after, touched, texts: sparse.texts, plates }))
    }

    /// Makes the touched pages and puts them into place; nothing if one of them can't be made.
    fn print(
        &self,
        amended: Amended,
        books: Books,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Self { start, last, .. } = *self;
        let Amended { collection, touched, texts, plates } = amended;
        let Books { archive, store, .. } = books;
        let texts = Texts { store, places: Arc::new(texts) };
        let reprint = Reprint { start, last, collection: &collection, plan: &touched, plates: &plates };
        let routes = touched.routes.iter().collect();
        // All that is true of the site stays true.
        let settle = |_: &Pantry<'_>| Ok(last.state.clone());
        reprint.print(routes, (archive, &texts), settle, watch, progress)
    }
}

/// Takes the documents that have changed into a collection, as they were, and says which articles and standing pages they are.
fn take(
    changes: &[(Arc<Meta>, Arc<Meta>)],
    documents: &[(u32, CachedDocument)],
    sparse: &mut Sparse<'_>,
) -> Option<(Vec<ArticleId>, Vec<u32>)> {
    let (mut articles, mut pages) = (Vec::new(), Vec::new());
    sparse.texts.extend(documents.iter().filter_map(|(_, document)| document.text()));
    for (before, _) in changes {
        let (place, _) = documents.iter().find(|(_, document)| document.path == before.path)?;
        match sparse.take(*place, before)? {
            Place::Article(id) => articles.push(id),
            Place::Page(page) => pages.push(page),
            Place::Nowhere => {}
        }
    }
    Some((articles, pages))
}

/// Whether a page would have the key that the last build gave it.
fn is_known(route: &Route, pantry: &Pantry<'_>, plates: &Plates, manifest: &Manifest) -> bool {
    let ingredients = pantry.ingredients(route, |_| Fingerprint::default());
    let written = manifest.files.get(&route.url.out_path()).copied().flatten();
    written.is_some_and(|written| written.key == pages::key(plates, route, &ingredients))
}
