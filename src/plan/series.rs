//! The parts of a series: their numbers, and which ones come before and after each.
//!
//! Parts without a number stand at the end and are counted on from the last one. Parts with the same number
//! are versions of one part in several languages.

use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Term};

/// The place of an article in its series.
pub(super) struct Place {
    /// The number of this part; see [`Parts::number`].
    pub(super) part: u32,
    /// The number of parts, as far as it is known.
    pub(super) total: u32,
    pub(super) previous: Option<ArticleId>,
    pub(super) next: Option<ArticleId>,
}

/// The place of an article in a series; `None` if it is no part of it.
pub(super) fn place(series: &Term, id: ArticleId, collection: &Collection) -> Option<Place> {
    let parts = Parts::of(series, collection);
    let place = parts.find(id)?;
    let part = parts.number(place);
    let lang = &parts.meta(id).lang;
    let version = |number: u32| {
        let versions = &parts.ids[parts.first(number)..parts.first(number + 1)];
        versions.iter().find(|id| parts.meta(**id).lang == *lang).or(versions.first()).copied()
    };
    let before = parts.first(part).checked_sub(1);
    let after = Some(parts.first(part + 1)).filter(|place| *place < parts.ids.len());
    Some(Place {
        part,
        total: parts.ids.len().checked_sub(1).map_or(0, |last| parts.number(last)),
        previous: before.and_then(|place| version(parts.number(place))),
        next: after.and_then(|place| version(parts.number(place))),
    })
}

/// All parts, in order.
pub(super) struct Parts<'a> {
    ids: &'a [ArticleId],
    collection: &'a Collection,
    /// How many of them have a number, and the largest of these.
    numbered: usize,
    last: u32,
}

impl<'a> Parts<'a> {
    pub(super) fn of(series: &'a Term, collection: &'a Collection) -> Self {
        let ids = &series.articles;
        let part = |id: &ArticleId| collection.article(*id).meta.part();
        let numbered = ids.partition_point(|id| part(id).is_some());
        let last = numbered.checked_sub(1).and_then(|last| part(&ids[last])).unwrap_or(0);
        Self { ids, collection, numbered, last }
    }

    fn meta(&self, id: ArticleId) -> &'a Meta {
        &self.collection.article(id).meta
    }

    fn find(&self, id: ArticleId) -> Option<usize> {
        let key = |id: ArticleId| {
            let part = self.meta(id).part();
            (part.is_none(), part, id)
        };
        self.ids.binary_search_by_key(&key(id), |other| key(*other)).ok()
    }

    /// The number of the part at a place: the one that it gives itself, or else the next.
    pub(super) fn number(&self, place: usize) -> u32 {
        let given = self.meta(self.ids[place]).part();
        given.unwrap_or_else(|| self.last + 1 + place.saturating_sub(self.numbered) as u32)
    }

    /// The place of the first part with this number or a larger one.
    fn first(&self, number: u32) -> usize {
        let ids = &self.ids[..self.numbered];
        match number.checked_sub(self.last + 1) {
            Some(behind) => self.ids.len().min(self.numbered + behind as usize),
            None => ids.partition_point(|id| self.meta(*id).part().is_some_and(|part| part < number)),
        }
    }
}
