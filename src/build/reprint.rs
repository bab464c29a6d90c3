//! The end of a build that makes only a few pages: they are made and put into place, and the cache is told.
//!
//! Which pages these are, and what is true of the site afterwards, is decided by who asks for it: an edited text, an article that
//! has come.

use crate::base::error::{Error, Result};
use crate::cache::{Archive, Bodies, State};
use crate::model::collection::Collection;
use crate::model::path::OutPath;
use crate::model::plan::{Plan, Route};
use crate::plan::Pantry;
use crate::write;

use super::catch_up::Start;
use super::documents::Texts;
use super::pages::Press;
use super::plates::{Copies, Plates};
use super::report::Stopwatch;
use super::target::Last;
use super::{Counts, Progress};

/// What a few pages are made from.
pub(super) struct Reprint<'a> {
    pub(super) start: Start<'a>,
    pub(super) last: &'a Last,
    pub(super) collection: &'a Collection,
    pub(super) plan: &'a Plan,
    pub(super) plates: &'a Plates,
}

impl Reprint<'_> {
    /// Makes pages and puts them into place; nothing if one of them can't be made, and then nothing has happened. `settle` says what is
    /// true afterwards, and keeps what else there is to keep.
    pub(super) fn print(
        &self,
        routes: Vec<&Route>,
        (archive, texts): (Archive, &Texts),
        settle: impl FnOnce(&Pantry<'_>) -> Result<State>,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<Option<(Counts, Vec<OutPath>)>> {
        let Start { request, site, cache, target, .. } = self.start;
        let copies = Copies::default();
        let press = Press::new(&request.root, site, self.collection, texts, self.plates, &copies);
        let pantry = Pantry::new(self.start.materials(self.collection), self.plan);
        let stage = write::Stage::new(&target.out, target.staging(cache)?, &self.last.manifest);
        let count = routes.len() as u64;
        let printed = watch.time("render", count, || press.print(routes, &pantry, Some(&stage), progress));
        let (counts, faults) = match printed {
            Err(Error::DamagedCache) => return Ok(None),
            printed => printed?,
        };
        if !faults.is_empty() || !stage.has_room() {
            return Ok(None);
        }
        let settle = || settle(&pantry);
        let (state, written) = watch.time("write", 0, || self.write(stage, archive, &texts.store, settle))?;
        let counts = Counts { articles: state.articles, kept: state.files - counts.written, ..counts };
        Ok(Some((counts, written)))
    }

    fn write(
        &self,
        stage: write::Stage<'_>,
        archive: Archive,
        store: &Bodies,
        settle: impl FnOnce() -> Result<State>,
    ) -> Result<(State, Vec<OutPath>)> {
        let Start { request, prints, cache, target, .. } = self.start;
        let label = &target.label;
        cache.amend_documents(archive, store)?;
        cache.forget_state(label)?;
        let before = self.last.print;
        let conclude = |after, records| cache.amend_manifest(label, (before, after), records);
        let written = write::amend(stage, before, conclude)?;
        let state = State { inputs: prints.all, at: request.at, ..settle()? };
        cache.save_state(label, &state, &prints.documents)?;
        target.clean_up(cache)?;
        Ok((state, written))
    }
}
