//! A build after a few articles have come, and nothing else has changed: that is what a site grows by.

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::cache::{Bodies, CachedDocument};
use crate::model::input::DocumentKind;
use crate::model::path::OutPath;

use super::books::Books;
use super::catch_up::Start;
use super::documents::Reader;
use super::renewal::{Fresh, Renewal};
use super::report::Stopwatch;
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

impl Addition<'_> {
    /// Builds the site. Says how much was done, and which files were written; nothing if it could not, and then nothing has happened.
    pub(super) fn build(
        &self,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Self { start, last, stamps, .. } = *self;
        let renewal = Renewal { start, last, stamps };
        if !renewal.is_ordinary(true) {
            return Ok(None);
        }
        let Some(books) = Books::open(start, last)? else { return Ok(None) };
        let Some(new) = self.read(&books.store, progress)? else { return Ok(None) };
        let parsed = new.len() as u64;
        renewal.build(Fresh { new, parsed, ..Fresh::default() }, books, watch, progress)
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
}
