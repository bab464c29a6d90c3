//! A collection in which only some entries are right, for pages that show only these.
//!
//! All other places hold a stand-in: in an outlined collection an entry with only what lists and overviews
//! need, otherwise a copy of some other entry. A page made from stand-ins would be wrong. So before pages are
//! made from such a collection, everything that they show is filled in, their former keys are computed, and
//! these must be the keys of the last build.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::fingerprint::Fingerprint;
use crate::cache::{Archive, BodyRef, CachedDocument, CachedParse, Ledger, Place};
use crate::config::SiteConfig;
use crate::index::{self, Earlier};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry, Term, TermId};
use crate::model::declined::{Declined, require};
use crate::model::input::DocumentKind;
use crate::model::outline::Line;
use crate::model::path::ContentPath;
use crate::model::profile::{ByKind, TermKind};
use crate::model::signature::Sketch;

use super::last_build::LastBuild;
use crate::build::prints;

/// Reads the entries that are needed from what the last build has kept.
pub(super) struct Partial<'a> {
    archive: &'a Archive,
    ledger: &'a Ledger,
    /// What the last build made of each document, by the document's number.
    places: Vec<Place>,
    /// The fingerprint of each document in the last build.
    stamps: &'a [Fingerprint],
    /// What was parsed of the documents that were read so far, by the document's number.
    metas: HashMap<u32, Arc<Meta>>,
    filled: BTreeSet<ArticleId>,
    pub(super) collection: Collection,
    /// Where the texts of all documents that were read are stored.
    pub(super) texts: HashMap<Fingerprint, BodyRef>,
}

impl<'a> Partial<'a> {
    /// A collection whose articles are not filled in yet. `stamps` are the fingerprints of the documents in
    /// the last build.
    pub(super) fn new(last_build: &'a LastBuild, stamps: &'a [Fingerprint]) -> Result<Self, Declined> {
        let LastBuild { archive, ledger, .. } = last_build;
        let timeline = (0..ledger.articles() as u32).map(ArticleId).collect();
        let collection =
            Collection { timeline: Arc::new(timeline), terms: ledger.terms(), ..Collection::default() };
        let mut places = ledger.places().ok_or(Declined::LOST)?;
        require(places.len() <= stamps.len() && archive.order().len() == stamps.len(), Declined::LOST.0)?;
        // The ledger knows the documents that came after it was written only if they are published.
        places.resize(stamps.len(), Place::Nowhere);
        let (metas, texts) = (HashMap::new(), HashMap::new());
        Ok(Self { archive, ledger, places, stamps, metas, filled: BTreeSet::new(), collection, texts })
    }

    /// A collection with an outline of every article, and with all standing pages. Also returns the outline
    /// itself.
    pub(super) fn outlined(
        last_build: &'a LastBuild,
        stamps: &'a [Fingerprint],
        config: &SiteConfig,
    ) -> Result<(Self, index::Before), Declined> {
        let mut partial = Self::new(last_build, stamps)?;
        let before = partial.outline(config).ok_or(Declined::LOST)?;
        Ok((partial, before))
    }

    /// A document as the last build read it.
    fn document(&self, place: u32) -> Option<CachedDocument> {
        self.archive.get(place).filter(|document| is_of(document, place, self.stamps))
    }

    /// Adds what was parsed of a document, and returns what the last build made of it.
    pub(super) fn take(&mut self, place: u32, meta: &Arc<Meta>) -> Option<Place> {
        let number = self.archive.order().number(place);
        self.metas.insert(number, Arc::clone(meta));
        let became = *self.places.get(number as usize)?;
        match became {
            Place::Article(id) => self.fill(id)?,
            Place::Page(page) => self.fill_page(page)?,
            Place::Nowhere => {}
        }
        Some(became)
    }

    /// Reads an article and puts it into its place.
    pub(super) fn fill(&mut self, id: ArticleId) -> Option<()> {
        if !self.filled.insert(id) {
            return Some(());
        }
        let ledger = self.ledger;
        let entry = Arc::new(ledger.article(id, |number| self.meta(number))?);
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
        let page = Arc::new(ledger.page(place, |number| self.meta(number))?);
        let pages = &mut self.collection.pages;
        if pages.len() <= place as usize {
            let other = PageEntry { meta: stand_in(&page.meta), ..(*page).clone() };
            pages.resize(place as usize + 1, Arc::new(other));
        }
        pages[place as usize] = page;
        Some(())
    }

    fn outline(&mut self, config: &SiteConfig) -> Option<index::Before> {
        let ledger = self.ledger;
        let signature = |number| self.meta(number).map(|meta| meta.signature);
        let (mut outline, asked) = ledger.outline(signature)?;
        for (id, sketch) in self.reworded()? {
            *outline.sketches.get_mut(id.index())? = sketch;
        }
        let terms = terms_by_article(&self.collection.terms, outline.lines.len());
        // Only the outline of these is right.
        let meta = Arc::new(Meta::default());
        let in_outline = |(line, terms): (&Line, ByKind<Vec<TermId>>)| {
            let (meta, line) = (Arc::clone(&meta), line.clone());
            let (links, related, elsewhere) = (Vec::new(), Vec::new(), Vec::new());
            Arc::new(Entry { meta, line, terms, links, related, elsewhere })
        };
        let lines = outline.lines.par_iter().zip(terms).with_min_len(512);
        self.collection.articles = lines.map(in_outline).collect();
        (0..ledger.pages() as u32).try_for_each(|page| self.fill_page(page))?;
        let dates = outline.lines.iter().map(|line| line.date);
        self.collection.periods = Arc::new(index::periods(dates));
        let added = outline.lines.iter().map(Line::added);
        self.collection.arrivals = index::arrivals(added, &self.collection.terms, config).map(Arc::new);
        self.collection.pins = Arc::new(ledger.pins());
        (outline.lines.len() == ledger.articles()).then(|| index::Before {
            outline,
            terms: Arc::clone(&self.collection.terms),
            asked,
        })
    }

    /// What was parsed of a document, by its number.
    fn meta(&mut self, number: u32) -> Option<Arc<Meta>> {
        if let Some(meta) = self.metas.get(&number) {
            return Some(Arc::clone(meta));
        }
        let document = self.document(self.archive.order().place(number))?;
        self.texts.extend(document.text());
        match document.document? {
            CachedParse::Article(meta, _) => Some(meta),
            CachedParse::Profile(_) => None,
        }
    }

    /// The sketches of all articles in the last build, in the order of their numbers.
    pub(super) fn sketches(&self) -> Option<Vec<Sketch>> {
        let mut sketches = self.ledger.sketches()?;
        sketches.resize(self.ledger.articles(), Sketch::default());
        for (id, sketch) in self.reworded()? {
            *sketches.get_mut(self.ledger.order().number(id.0) as usize)? = sketch;
        }
        Some(sketches)
    }

    /// The articles whose texts are new or have changed since the ledger was written, with their sketches.
    /// The ledger itself does not know about edits.
    fn reworded(&self) -> Option<Vec<(ArticleId, Sketch)>> {
        let mut reworded = Vec::new();
        for (place, document) in self.archive.errata() {
            let became = self.places.get(self.archive.order().number(place) as usize)?;
            if let (Place::Article(id), Some(CachedParse::Article(meta, _))) = (became, &document.document) {
                reworded.push((*id, meta.signature.sketch));
                is_of(document, place, self.stamps).then_some(())?;
            }
        }
        Some(reworded)
    }
}

impl Earlier for Partial<'_> {
    fn entry(&mut self, id: ArticleId) -> Option<Arc<Entry>> {
        self.fill(id)?;
        self.collection.articles.get(id.index()).cloned()
    }

    fn of_file(&mut self, file: &ContentPath) -> Option<ArticleId> {
        let wanted = (DocumentKind::Article, file);
        let (mut low, mut high) = (0, self.archive.order().len() as u32);
        while low < high {
            let middle = u32::midpoint(low, high);
            let document = self.archive.get(middle)?;
            match (document.kind, &document.path).cmp(&wanted) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => {
                    return match self.places.get(self.archive.order().number(middle) as usize)? {
                        Place::Article(id) => Some(*id),
                        Place::Page(_) | Place::Nowhere => None,
                    };
                }
            }
        }
        None
    }

    fn pages(&self) -> &[Arc<PageEntry>] {
        &self.collection.pages
    }
}

/// A copy of its own, so that it is not taken for the document itself: those are compared by pointer.
fn stand_in(meta: &Meta) -> Arc<Meta> {
    Arc::new(meta.clone())
}

/// The terms of each article, in the order of the terms and not as the article lists them.
fn terms_by_article(terms: &ByKind<Vec<Term>>, articles: usize) -> Vec<ByKind<Vec<TermId>>> {
    let mut by_article: Vec<ByKind<Vec<TermId>>> = vec![ByKind::default(); articles];
    for kind in TermKind::ALL {
        for (place, term) in terms[kind].iter().enumerate() {
            for id in &term.articles {
                if let Some(own) = by_article.get_mut(id.index()) {
                    own[kind].push(TermId(place as u32));
                }
            }
        }
    }
    by_article
}

/// Whether the document is the one that had the fingerprint at this place in the last build. Builds into
/// other folders may have stored a newer one since.
pub(super) fn is_of(document: &CachedDocument, place: u32, stamps: &[Fingerprint]) -> bool {
    let print = prints::of_document(document.kind, &document.path, document.stamp);
    stamps.get(place as usize) == Some(&print)
}
