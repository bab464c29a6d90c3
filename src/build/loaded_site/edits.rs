//! Edits of documents in memory, taken over without looking at every other document.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Indexed, LoadedSite};
use crate::build::amendment::{Amendment, Edit};
use crate::build::{Request, load};
use crate::index::{self, Before, Circumstances, Earlier, News};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry};
use crate::model::declined::{Declined, require};
use crate::model::path::ContentPath;

impl LoadedSite {
    /// The index with an amendment taken over, or `None` if everything has to be indexed again.
    pub(in crate::build) fn amended(&mut self, amendment: &Amendment, request: &Request) -> Option<Indexed> {
        let before = self.before.take();
        let Amendment::Documents(changes) = amendment else { return None };
        let is_due = |indexed: &Indexed| indexed.next_change.is_some_and(|then| then <= request.at);
        let indexed = self.indexed.as_ref().filter(|indexed| !is_due(indexed))?;
        let (config, visibility) = (&self.site.config, request.visibility());
        let mut versions = changes.iter().flat_map(|(before, after)| [before, after]);
        if versions.any(|meta| index::is_ahead(meta, config, visibility)) {
            return None;
        }
        let (collection, before) = match edited(indexed, changes) {
            Ok(collection) => {
                let before = before.map(|before| before.with_cards(&collection, changes));
                (collection, before)
            }
            Err(_) => self
                .revised(indexed, changes, before, request)
                .ok()
                .map(|(after, before)| (after, Some(before)))?,
        };
        let compiled = Arc::new(indexed.compiled.again(collection.articles.len()));
        let (routes, found) = (Arc::clone(&indexed.routes), indexed.found.clone());
        let next_change = indexed.next_change;
        self.before = before;
        Some(Indexed { collection, routes, compiled, found, next_change })
    }

    /// The collection after edits that other pages show, and the outline that the next such edit starts from.
    fn revised(
        &self,
        indexed: &Indexed,
        changes: &[Edit],
        before: Option<Before>,
        request: &Request,
    ) -> Result<(Collection, Before), Declined> {
        let collection = &indexed.collection;
        let mut revised = BTreeMap::new();
        for (before, after) in changes {
            let place = collection.articles.par_iter().position_any(|entry| Arc::ptr_eq(&entry.meta, before));
            let place = place.ok_or(Declined("a standing page, or an article that is not seen"))?;
            revised.insert(ArticleId(place as u32), Arc::clone(after));
        }
        let is_told = |(before, _): &Edit| {
            indexed.found.iter().any(|one| one.file.as_deref() == Some(before.path.as_str()))
        };
        require(!changes.iter().any(is_told), "there is something to be told of a document")?;
        index::are_settled(&indexed.found, changes.iter().any(index::is_renamed))?;
        let circumstances = Circumstances {
            inputs: &self.inputs,
            config: &self.site.config,
            visibility: request.visibility(),
            come: &[],
        };
        let news = News { revised, ..News::default() };
        let before = before.unwrap_or_else(|| Before::of(collection));
        let renewed = index::renewed(before, &news, circumstances, &mut All(collection))?;
        require(renewed.files.is_empty(), "a file beside an article that nobody has shown before")?;
        let data = || load::data(request, &self.inputs, &mut Vec::new()).unwrap_or_default();
        indexed.compiled.accept(&renewed, data)?;
        Ok((renewed.collection(collection), renewed.into_before()))
    }
}

/// The collection after edits that show on no page but those of the documents themselves.
fn edited(indexed: &Indexed, changes: &[Edit]) -> Result<Collection, Declined> {
    // A problem that was reported with its place may now be on another line. Every such place is that of a
    // link or component; other problems name a word, whose place is looked up when they are reported.
    let is_told = |meta: &Meta| {
        let file = Some(meta.path.as_str());
        indexed.found.iter().any(|one| one.place.is_some() && one.file.as_deref() == file)
    };
    let has_moved =
        |(before, after): &Edit| (&before.links, &before.components) != (&after.links, &after.components);
    let is_told_elsewhere = changes.iter().any(|edit| has_moved(edit) && is_told(&edit.1));
    require(!is_told_elsewhere, "what is told of a document may be on another line")?;
    let articles = &indexed.collection.articles;
    let sketches = || articles.iter().map(|entry| entry.meta.signature.sketch).collect();
    index::amended(&indexed.collection, changes, || Some(sketches()))
}

/// A collection that is complete in memory.
struct All<'a>(&'a Collection);

impl Earlier for All<'_> {
    fn entry(&mut self, id: ArticleId) -> Option<Arc<Entry>> {
        self.0.articles.get(id.index()).cloned()
    }

    fn of_file(&mut self, file: &ContentPath) -> Option<ArticleId> {
        let place = self.0.articles.par_iter().position_any(|entry| entry.meta.path == *file)?;
        Some(ArticleId(place as u32))
    }

    fn pages(&self) -> &[Arc<PageEntry>] {
        &self.0.pages
    }
}
