//! A build that has little to do: nothing has changed since the last one, or nothing but a few documents, or a few have come.

use crate::base::error::Result;
use crate::cache::Cache;
use crate::model::collection::Collection;
use crate::model::input::Inputs;
use crate::plan::Materials;

use super::addition::Addition;
use super::edit::Edit;
use super::load::Site;
use super::prints::Prints;
use super::report::Stopwatch;
use super::target::{Changed, Target};
use super::{Progress, Report, Request};

/// What a build starts from.
#[derive(Clone, Copy)]
pub(super) struct Start<'a> {
    pub(super) request: &'a Request,
    pub(super) site: &'a Site,
    pub(super) inputs: &'a Inputs,
    pub(super) prints: &'a Prints,
    pub(super) cache: &'a Cache,
    pub(super) target: &'a Target,
}

impl<'a> Start<'a> {
    /// What is planned from a collection.
    pub(super) fn materials<'m>(self, collection: &'m Collection) -> Materials<'m>
    where
        'a: 'm,
    {
        let Self { request, site, inputs, .. } = self;
        Materials { collection, config: &site.config, inputs, theme: &site.theme, at: request.at }
    }

    /// Makes up for what has changed since the last build, if that is little. Says whether it did; if not, nothing has happened.
    pub(super) fn catch_up(
        self,
        report: &mut Report,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<bool> {
        let Self { request, prints, cache, target, .. } = self;
        let last = watch.time("compare", 0, || target.last(cache, prints, request.at))?;
        let Some(last) = last else { return Ok(false) };
        let done = match &last.changed {
            Changed::Nothing => Some((last.counts(), Vec::new())),
            Changed::Documents { places, before } => {
                Edit { start: self, last: &last, places, stamps: before }.build(watch, progress)?
            }
            Changed::Arrivals { places, before } => {
                Addition { start: self, last: &last, places, stamps: before }.build(watch, progress)?
            }
        };
        let Some((counts, written)) = done else { return Ok(false) };
        report.counts = counts;
        report.written = written;
        report.diagnostics = last.state.diagnostics;
        Ok(true)
    }
}
