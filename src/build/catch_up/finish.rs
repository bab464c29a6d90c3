//! The end of a build that makes only a few pages: it renders them, moves them into place and updates the
//! cache.

use std::sync::Arc;

use super::changes::Changes;
use super::last_build::LastBuild;
use super::{Attempt, Prepared, Start};
use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::build::compiled_theme::CompiledTheme;
use crate::build::documents::Texts;
use crate::build::pages::PageBuilder;
use crate::build::report::Stopwatch;
use crate::build::target::Last;
use crate::build::{Counts, Progress, leave};
use crate::cache::{Archive, Bodies, Kept, Ledger, State};
use crate::model::declined::{Declined, require};
use crate::model::path::OutPath;
use crate::model::plan::Route;
use crate::plan::Pantry;
use crate::write;

impl Start<'_> {
    /// Makes the pages and moves them into place, unless one of them cannot be made. Returns how much was
    /// done and which files were written.
    pub(super) fn finish(
        self,
        last: &Last<'_>,
        (last_build, changes): (LastBuild, Changes),
        (prepared, theme): (Prepared, CompiledTheme),
        watch: &mut Stopwatch<'_>,
        progress: &dyn Progress,
    ) -> Attempt<(Counts, Vec<OutPath>)> {
        let Start { request, site, cache, target, .. } = self;
        let LastBuild { mut archive, ledger, store, kept } = last_build;
        let Changes { new, changed, parsed, .. } = changes;
        let Prepared { collection, plan, routes, texts, copies, growth } = prepared;
        let is_full = Declined("too much has changed since the last full build");
        let until = growth.as_ref().and_then(|growth| growth.until);
        let left_out = growth.as_ref().map_or(last.state.left_out, |growth| growth.left_out);
        let ledger = growth.map(|growth| growth.entered(ledger, &collection).ok_or(is_full)).transpose()?;
        require(archive.amend(changed) && archive.add(new), is_full.0)?;
        let texts = Texts { store, places: Arc::new(texts) };
        let builder = PageBuilder::new(&request.root, site, &collection, &texts, &theme, &copies);
        let pantry = Pantry::new(self.materials(&collection), &plan);
        let staging = target.staging(Some(cache))?;
        let stage = write::Stage::new(&target.out, &staging.folder, last.manifest);
        let routes: Vec<&Route> = routes.into_iter().map(|place| &plan.routes[place]).collect();
        let state = match &ledger {
            // An edit that no other page shows changes nothing in the state of the site.
            None => last.state.clone(),
            Some(_) => {
                State { left_out, ..grown(last, &routes, &pantry, (collection.articles.len(), until)) }
            }
        };
        let count = routes.len() as u64;
        let built =
            watch.time("render", count, || builder.build_all(routes, &pantry, Some(&stage), progress));
        let (counts, faults) = match built {
            Err(Error::DamagedCache) => return Err(Declined::LOST.into()),
            built => built?,
        };
        require(faults.is_empty() && stage.has_room(), "a page can't be made, or not where it should stand")?;
        let keep = Keep { archive, store: &texts.store, ledger: ledger.as_ref(), kept };
        let (articles, files) = (state.articles, state.files);
        let written = watch.time("write", 0, || self.write(last, stage, keep, state))?;
        drop(builder);
        leave((collection, plan, theme));
        let kept = files - counts.written;
        Ok((Counts { articles, parsed, kept, left_out, ..counts }, written))
    }

    fn write(
        self,
        last: &Last<'_>,
        stage: write::Stage<'_>,
        keep: Keep<'_>,
        state: State,
    ) -> Result<Vec<OutPath>> {
        let Start { request, prints, cache, target, .. } = self;
        let label = &target.label;
        cache.amend_documents(keep.archive, keep.store)?;
        cache.forget_state(label)?;
        let conclude = |after, records| cache.amend_manifest(label, (last.print, after), records);
        let written = write::amend(stage, last.print, conclude)?;
        let kept = match keep.ledger {
            Some(ledger) => Kept { errata: Some(cache.amend_ledger(label, ledger)?), ..keep.kept },
            None => keep.kept,
        };
        let state = State { inputs: prints.all, at: request.at, kept: Some(kept), ..state };
        cache.save_state(label, &state, &prints.stamps)?;
        Ok(written)
    }
}

/// What the cache is to keep.
struct Keep<'a> {
    archive: Archive,
    store: &'a Bodies,
    ledger: Option<&'a Ledger>,
    kept: Kept,
}

/// The state of the site after articles were added or revised.
fn grown(
    last: &Last<'_>,
    routes: &[&Route],
    pantry: &Pantry<'_>,
    (articles, until): (usize, Option<Moment>),
) -> State {
    let is_new = |route: &&&Route| !last.manifest.files.contains_key(&route.url.out_path());
    let files = last.state.files + routes.iter().filter(is_new).count() as u64;
    let until = [last.state.until, pantry.next_change(), until].into_iter().flatten().min();
    State { until, articles: articles as u64, files, ..last.state.clone() }
}
