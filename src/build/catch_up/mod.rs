//! Builds that have little to do. They read only what they need, so that small changes cost little even in a
//! large collection.
//!
//! | what has changed since the last build | who decides which pages show it | way |
//! | --- | --- | --- |
//! | nothing | `Target::last` | [`Way::Nothing`] |
//! | at most sixteen documents, in ways that no other page shows | `index::amended`, `plan::touched` | [`Way::Amended`] |
//! | at most sixteen new or revised articles, and new pictures | `index::renewed`, `plan::renewed` | [`Way::Renewed`] |
//! | anything else | | [`Way::Full`] |
//!
//! These ways are short cuts through an ordinary build: pages are made by the same `PageBuilder` and written
//! by the same stage. And nothing is taken on trust: from what was read, the former keys of the pages that
//! change are computed, and each must be the key that the last build stored. An attempt that meets anything
//! unusual is [declined](Declined) with a reason, and has changed nothing.

mod amend;
mod changes;
mod finish;
mod last_build;
mod partial;
mod renew;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Value;

use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::cache::{BodyRef, Cache};
use crate::model::collection::{Collection, Extent};
use crate::model::declined::Declined;
use crate::model::input::Inputs;
use crate::model::path::OutPath;
use crate::model::plan::Plan;
use crate::plan::Materials;

use super::compiled_theme::CompiledTheme;
use super::copies::Copies;
use super::load::{self, Site};
use super::prints::Prints;
use super::report::{Stopwatch, Way};
use super::target::{Owned, Target};
use super::{Counts, Progress, Request};
use changes::Changes;
use last_build::LastBuild;
use renew::Growth;

/// What a build starts from.
#[derive(Clone, Copy)]
pub(super) struct Start<'a> {
    pub(super) request: &'a Request,
    pub(super) site: &'a Site,
    pub(super) inputs: &'a Inputs,
    pub(super) prints: &'a Prints,
    pub(super) cache: &'a Cache,
    pub(super) target: &'a Target,
    pub(super) owned: &'a Owned,
}

/// What a build has done.
pub(super) struct Done {
    pub(super) way: Way,
    pub(super) counts: Counts,
    pub(super) written: Vec<OutPath>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Why an attempt ended early.
pub(super) enum Stop {
    /// A full build is needed. Nothing has been changed.
    Declined(Declined),
    /// Something outside failed, such as the disk.
    Failed(Error),
}

/// The result of a step of an attempt.
pub(super) type Attempt<T> = std::result::Result<T, Stop>;

/// The pages to be made, and what they are made from.
struct Prepared {
    collection: Collection,
    plan: Plan,
    /// The routes of these pages, by their places in the plan.
    routes: Vec<usize>,
    /// Where the texts that they show are stored.
    texts: HashMap<Fingerprint, BodyRef>,
    /// The files to be copied.
    copies: Copies,
    /// What else the cache is to keep of the collection, if that has changed.
    growth: Option<Growth>,
}

impl<'a> Start<'a> {
    /// What `plan` needs to plan a collection.
    fn materials<'m>(self, collection: &'m Collection) -> Materials<'m>
    where
        'a: 'm,
    {
        let Self { request, site, inputs, .. } = self;
        Materials { collection, config: &site.config, inputs, theme: &site.theme, at: request.at }
    }

    /// Compiles the templates; `None` if one of them has a mistake or a data file cannot be read.
    fn compile(self, extent: &Extent) -> Option<Compiled> {
        let data = load::data(self.request, self.inputs, &mut Vec::new()).ok()?;
        let theme = CompiledTheme::make(self.site, extent, &data, None);
        theme.renderer.is_some().then_some(Compiled { theme, data })
    }

    /// Builds what has changed since the last build, if that is little; otherwise declines and changes
    /// nothing.
    pub(super) fn catch_up(
        self,
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Result<std::result::Result<Done, Declined>> {
        match self.attempt(watch, progress) {
            Ok(done) => Ok(Ok(done)),
            Err(Stop::Declined(why)) => Ok(Err(why)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    fn attempt(self, watch: &mut Stopwatch<'_>, progress: &dyn Progress) -> Attempt<Done> {
        let Self { prints, cache, target, owned, request, .. } = self;
        let last = watch.time("recall", 0, || target.last(owned, cache, prints, request.at))?;
        let Some(before) = &last.before else {
            watch.time("compare", 0, || target.holds(&last))?;
            let counts = last.counts();
            let diagnostics = last.state.diagnostics;
            return Ok(Done { way: Way::Nothing, counts, written: Vec::new(), diagnostics });
        };
        let last_build = watch.time("open", 0, || LastBuild::open(self, &last))?;
        // Templates are compiled while the output folder is compared and documents are read.
        let slot = OnceLock::new();
        let compiled = || slot.get_or_init(|| self.compile(&last_build.ledger.extent()));
        let compiled =
            || compiled().as_ref().ok_or(Declined("a template has a mistake, or a data file cannot be read"));
        let (changes, way, prepared) = std::thread::scope(|scope| -> Attempt<_> {
            scope.spawn(compiled);
            watch.time("compare", 0, || target.holds(&last))?;
            let read = || Changes::read(self, &last, before, &last_build, progress);
            let changes = watch.time("read", 0, read)?;
            let documents = &before.documents;
            let amend = || self.amend(&last, documents, &last_build, &changes, &compiled);
            let (way, prepared) = match watch.time("amend", 0, amend) {
                Err(Stop::Declined(_)) => {
                    let renew = || self.renew(&last, documents, &last_build, &changes, &compiled);
                    (Way::Renewed, watch.time("renew", 0, renew)?)
                }
                amended => (Way::Amended, amended?),
            };
            Ok((changes, way, prepared))
        })?;
        let Compiled { theme, .. } = slot.into_inner().flatten().ok_or(Declined::LOST)?;
        let (counts, written) =
            self.finish(&last, (last_build, changes), (prepared, theme), watch, progress)?;
        Ok(Done { way, counts, written, diagnostics: last.state.diagnostics })
    }
}

/// The compiled templates, and the data that they were given.
struct Compiled {
    theme: CompiledTheme,
    data: BTreeMap<String, Value>,
}

/// Compiles the templates, or waits until that is done. Declines if it cannot be done.
type Compile<'a, 'c> = &'a dyn Fn() -> std::result::Result<&'c Compiled, Declined>;

impl From<Declined> for Stop {
    fn from(why: Declined) -> Self {
        Self::Declined(why)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
