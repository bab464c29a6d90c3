//! A collection of which only some entries are right, for pages that show only some.
//!
//! All other places hold a stand-in, which would be a lie, if it were believed: whoever makes pages from such a collection first computes
//! the keys of the pages as they were, and finds that they are those of the last build.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::fingerprint::Fingerprint;
use crate::cache::{Archive, BodyRef, CachedDocument, CachedParse, Ledger, Place};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry};
use crate::model::signature::Sketch;

use super::prints;

/// Gathers what is asked for from what the last build has kept.
pub(super) struct Sparse<'a> {
    archive: &'a Archive,
    ledger: &'a Ledger,
    places: Vec<Place>,
    /// What stood for each document in the last build.
    stamps: &'a [Fingerprint],
    metas: HashMap<u32, Arc<Meta>>,
    filled: BTreeSet<ArticleId>,
    pub(super) collection: Collection,
    /// Where the texts of all documents are that were looked at.
    pub(super) texts: HashMap<Fingerprint, BodyRef>,
}

impl<'a> Sparse<'a> {
    pub(super) fn new(archive: &'a Archive, ledger: &'a Ledger, stamps: &'a [Fingerprint]) -> Option<Self> {
        let timeline = (0..ledger.articles() as u32).map(ArticleId).collect();
        let collection =
            Collection { timeline: Arc::new(timeline), terms: ledger.terms(), ..Collection::default() };
        let places = ledger.places().filter(|places| places.len() == stamps.len())?;
        let (metas, texts) = (HashMap::new(), HashMap::new());
        Some(Self { archive, ledger, places, stamps, metas, filled: BTreeSet::new(), collection, texts })
    }

    /// A document as it was in the last build.
    pub(super) fn document(&self, place: u32) -> Option<CachedDocument> {
        self.archive.get(place).filter(|document| is_of(document, place, self.stamps))
    }

    /// Takes in what was parsed of a document, and says what became of it.
    pub(super) fn take(&mut self, place: u32, meta: &Arc<Meta>) -> Option<Place> {
        self.metas.insert(place, Arc::clone(meta));
        let became = *self.places.get(place as usize)?;
        match became {
            Place::Article(id) => self.fill(id)?,
            Place::Page(page) => self.fill_page(page)?,
            Place::Nowhere => {}
        }
        Some(became)
    }

    /// Puts an article into its place.
    pub(super) fn fill(&mut self, id: ArticleId) -> Option<()> {
        if !self.filled.insert(id) {
            return Some(());
        }
        let ledger = self.ledger;
        let entry = Arc::new(ledger.article(id, |place| self.meta(place))?);
        let articles = &mut self.collection.articles;
        if articles.is_empty() {
            let other = Arc::new(Entry { meta: stand_in(&entry.meta), ..(*entry).clone() });
            *articles = vec![other; ledger.articles()];
        }
        *articles.get_mut(id.index())? = entry;
        Some(())
    }

    fn fill_page(&mut self, place: u32) -> Option<()> {
        let ledger = self.ledger;
        let page = Arc::new(ledger.page(place, |document| self.meta(document))?);
        let pages = &mut self.collection.pages;
        if pages.len() <= place as usize {
            let other = PageEntry { meta: stand_in(&page.meta), ..(*page).clone() };
            pages.resize(place as usize + 1, Arc::new(other));
        }
        pages[place as usize] = page;
        Some(())
    }

    fn meta(&mut self, place: u32) -> Option<Arc<Meta>> {
        if let Some(meta) = self.metas.get(&place) {
            return Some(Arc::clone(meta));
        }
        let document = self.document(place)?;
        self.texts.extend(document.text());
        match document.document? {
            CachedParse::Article(meta, _) => Some(meta),
            CachedParse::Profile(_) => None,
        }
    }

    /// The wordings of all articles in the last build.
    pub(super) fn sketches(&self) -> Option<Vec<Sketch>> {
        let mut sketches = self.ledger.sketches()?;
        for (place, document) in self.archive.errata() {
            let (Place::Article(id), Some(CachedParse::Article(meta, _))) =
                (self.places.get(place as usize)?, &document.document)
            else {
                continue;
            };
            *sketches.get_mut(id.index()).filter(|_| is_of(document, place, self.stamps))? =
                meta.signature.sketch;
        }
        Some(sketches)
    }
}

/// A copy that is not the same to who looks for the document itself.
fn stand_in(meta: &Meta) -> Arc<Meta> {
    Arc::new(meta.clone())
}

/// Whether this is what was known of a document when something stood for it. Builds into other folders may have learnt more since.
fn is_of(document: &CachedDocument, place: u32, stamps: &[Fingerprint]) -> bool {
    let print = prints::of_document(document.kind, &document.path, document.stamp);
    stamps.get(place as usize) == Some(&print)
}
