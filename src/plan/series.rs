//! The numbers of the parts of a series.

use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Term};

/// How the parts of a series are numbered: those without a number of their own stand at the end, and are counted on
/// from the last one that has one.
pub(super) struct Numbering {
    /// How many parts have a number of their own.
    own: usize,
    /// The largest of these numbers.
    last: u32,
    parts: usize,
}

impl Numbering {
    pub(super) fn of(series: &Term, collection: &Collection) -> Self {
        let number = |id: &ArticleId| own(&collection.article(*id).meta);
        let parts = &series.articles;
        let numbered = parts.partition_point(|id| number(id).is_some());
        let last = parts[..numbered].last().and_then(number).unwrap_or_default();
        Self { own: numbered, last, parts: parts.len() }
    }

    /// The number of the part at a place.
    pub(super) fn at(&self, place: usize, part: &Meta) -> u32 {
        own(part).unwrap_or_else(|| self.last + 1 + (place - self.own) as u32)
    }

    /// The number of the last part.
    pub(super) fn total(&self) -> u32 {
        self.last + (self.parts - self.own) as u32
    }
}

fn own(part: &Meta) -> Option<u32> {
    part.series.as_ref()?.1
}
