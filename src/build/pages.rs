//! From routes to outputs: every page whose key has changed is viewed, rendered and staged, on all cores.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::Stamp;
use crate::model::article::Body;
use crate::model::collection::Collection;
use crate::model::ingredients::Ingredients;
use crate::model::manifest::Written;
use crate::model::path::{ContentPath, OutPath};
use crate::model::plan::{Page, Route};
use crate::plan::Pantry;
use crate::view;
use crate::write::{Outcome, Stage};

use super::causes::Causes;
use super::compiled_theme::CompiledTheme;
use super::copies::Copies;
use super::documents::Texts;
use super::load::Site;
use super::{Counts, PIECE, Progress};

/// Builds the outputs of a site: it views, renders or copies what `plan` has listed.
pub(super) struct PageBuilder<'a> {
    root: &'a Path,
    site: &'a Site,
    collection: &'a Collection,
    views: view::Site<'a>,
    texts: &'a Texts,
    compiled: &'a CompiledTheme,
    copies: &'a Copies,
    causes: Causes<'a>,
}

/// Counts what has been done so far, on all threads.
#[derive(Default)]
struct Tally {
    rendered: AtomicU64,
    written: AtomicU64,
    kept: AtomicU64,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

/// One output.
#[derive(Debug)]
pub enum Output {
    /// A rendered page or an asset of the theme.
    Bytes(Vec<u8>),
    /// A file of the site that is served unchanged.
    File {
        /// Its path on disk.
        path: PathBuf,
        /// Its stamp when it was last read.
        stamp: Stamp,
        /// The fingerprint of its bytes then.
        content: Fingerprint,
    },
    /// No output, because a template has faults. If the list is empty, the faults are among those of the
    /// whole site.
    Faulty(Vec<Diagnostic>),
}

/// The most diagnostics that are collected: one broken template breaks every page.
const MOST: usize = 1_000;

/// The key of a page: a fingerprint of everything that it is made from.
pub(super) fn key(compiled: &CompiledTheme, route: &Route, ingredients: &Ingredients<'_>) -> Fingerprint {
    Fingerprint::of(&(compiled.print, &route.url, ingredients))
}

impl<'a> PageBuilder<'a> {
    pub(super) fn new(
        root: &'a Path,
        site: &'a Site,
        collection: &'a Collection,
        texts: &'a Texts,
        compiled: &'a CompiledTheme,
        copies: &'a Copies,
    ) -> Self {
        let views = view::Site::new(&site.config, &site.theme, collection.articles.len());
        let causes = Causes::new(&site.theme);
        Self { root, site, collection, views, texts, compiled, copies, causes }
    }

    /// The cards that it has drawn, which take up most of its memory, so that the caller can free them in the
    /// background.
    pub(super) fn into_cards(self) -> impl Send + use<> {
        self.views.into_cards()
    }

    /// Builds the output of every route whose key has changed and hands it to the stage. Without a stage all
    /// are built, only for the diagnostics.
    pub(super) fn build_all<'r>(
        &self,
        routes: Vec<&'r Route>,
        pantry: &Pantry<'r>,
        stage: Option<&Stage<'_>>,
        progress: &dyn Progress,
    ) -> Result<(Counts, Vec<Diagnostic>)> {
        let tally = Tally::default();
        let routes = pantry.by_time(routes).into_par_iter().with_max_len(PIECE);
        routes.try_for_each_init(Vec::new, |buffer, route| {
            progress.step();
            self.build_route(route, pantry, stage, buffer, &tally)
        })?;
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counts = Counts {
            rendered: count(&tally.rendered),
            written: count(&tally.written),
            kept: count(&tally.kept),
            ..Counts::default()
        };
        Ok((counts, tally.diagnostics.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }

    fn build_route(
        &self,
        route: &Route,
        pantry: &Pantry<'_>,
        stage: Option<&Stage<'_>>,
        buffer: &mut Vec<u8>,
        tally: &Tally,
    ) -> Result<()> {
        let ingredients = pantry.ingredients(route, |path| self.content_of(path));
        let key = key(self.compiled, route, &ingredients);
        let out = route.url.out_path();
        if stage.is_some_and(|stage| stage.keeps(&out, key)) {
            tally.kept.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        tally.rendered.fetch_add(1, Ordering::Relaxed);
        let outcome = match &ingredients {
            Ingredients::Copy(path, content) => self.copy(path, *content, &out, key, stage)?,
            Ingredients::ThemeAsset(name) => match (stage, self.site.theme.assets.get(*name)) {
                (Some(stage), Some(asset)) => Some(stage.put(&out, key, &asset.bytes)?),
                _ => None,
            },
            ingredients => {
                if !self.render(route, ingredients, buffer, tally)? {
                    return Ok(());
                }
                stage.map(|stage| stage.put(&out, key, buffer)).transpose()?
            }
        };
        match outcome {
            Some(Outcome::Changed) => tally.written.fetch_add(1, Ordering::Relaxed),
            Some(Outcome::Same) => tally.kept.fetch_add(1, Ordering::Relaxed),
            None => 0,
        };
        Ok(())
    }

    /// Renders a page into the buffer. Returns `false` if a template failed, which `tally` then knows.
    fn render(
        &self,
        route: &Route,
        ingredients: &Ingredients<'_>,
        buffer: &mut Vec<u8>,
        tally: &Tally,
    ) -> Result<bool> {
        let Some(renderer) = &self.compiled.renderer else { return Ok(false) };
        let bodies = self.bodies(ingredients)?;
        let view = view::view(ingredients, &bodies, &self.views);
        buffer.clear();
        if let Err(diagnostic) = renderer.render(&view, &self.about(route), buffer) {
            let mut diagnostics = tally.diagnostics.lock().unwrap_or_else(PoisonError::into_inner);
            if diagnostics.len() < MOST {
                diagnostics.push(self.causes.told(*diagnostic));
            }
            return Ok(false);
        }
        Ok(true)
    }

    /// Builds one output on demand, without a stage.
    pub(super) fn build_one(&self, route: &Route, pantry: &Pantry<'_>) -> Result<Output> {
        let ingredients = pantry.ingredients(route, |path| self.content_of(path));
        match &ingredients {
            Ingredients::Copy(path, content) => {
                let stamp = self.copies.get(*path).map(|copied| copied.stamp).unwrap_or_default();
                Ok(Output::File { path: self.root.join(path.as_str()), stamp, content: *content })
            }
            Ingredients::ThemeAsset(name) => {
                let asset = self.site.theme.assets.get(*name);
                Ok(Output::Bytes(asset.map(|asset| asset.bytes.clone()).unwrap_or_default()))
            }
            ingredients => {
                let (mut buffer, tally) = (Vec::new(), Tally::default());
                let is_whole = self.render(route, ingredients, &mut buffer, &tally)?;
                let faults = tally.diagnostics.into_inner().unwrap_or_else(PoisonError::into_inner);
                Ok(if is_whole { Output::Bytes(buffer) } else { Output::Faulty(faults) })
            }
        }
    }

    fn bodies(&self, ingredients: &Ingredients<'_>) -> Result<Vec<Body>> {
        let body = |print: &Fingerprint| self.texts.get(*print);
        ingredients.bodies().iter().map(|print| body(print).ok_or(Error::DamagedCache)).collect()
    }

    /// How messages refer to a page: by the file it is made from, or else by its address.
    fn about(&self, route: &Route) -> String {
        match &route.page {
            Page::Article(id) | Page::Twin(id, _) => {
                self.collection.article(*id).meta.path.as_str().to_owned()
            }
            Page::Standing(place) => self.collection.pages[*place as usize].meta.path.as_str().to_owned(),
            _ => route.url.as_str().to_owned(),
        }
    }

    fn content_of(&self, path: &ContentPath) -> Fingerprint {
        self.copies.get(path).map(|copied| copied.content).unwrap_or_default()
    }

    fn copy(
        &self,
        path: &ContentPath,
        content: Fingerprint,
        out: &OutPath,
        key: Fingerprint,
        stage: Option<&Stage<'_>>,
    ) -> Result<Option<Outcome>> {
        let size = self.copies.get(path).map_or(0, |copied| copied.stamp.size);
        let from = self.root.join(path.as_str());
        stage.map(|stage| stage.copy(out, Written { key, content, size }, &from)).transpose()
    }
}
