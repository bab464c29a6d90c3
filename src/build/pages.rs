//! From routes to outputs: each page whose key has changed is viewed, rendered and staged, on all cores.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::cache::Cache;
use crate::model::article::Body;
use crate::model::collection::Collection;
use crate::model::ingredients::Ingredients;
use crate::model::input::{InputFile, Inputs};
use crate::model::manifest::Written;
use crate::model::path::{ContentPath, OutPath};
use crate::model::plan::{Page, Plan, Route};
use crate::plan::Pantry;
use crate::render::Renderer;
use crate::view;
use crate::write::{Outcome, Stage};

use super::documents::Texts;
use super::load::Site;
use super::{Counts, Progress, Request};

/// A file to be copied, as it was when it was last read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Copied {
    stamp: Stamp,
    content: Fingerprint,
}

/// Everything that turns ingredients into outputs.
pub(super) struct Press<'a> {
    root: &'a Path,
    site: &'a Site,
    collection: &'a Collection,
    views: view::Site<'a>,
    /// None if there is no template that works.
    renderer: Option<Renderer>,
    texts: &'a Texts,
    copies: HashMap<ContentPath, Copied>,
    /// Stands for everything that all pages share.
    print: Fingerprint,
}

/// What has been done so far.
#[derive(Default)]
struct Tally {
    rendered: AtomicU64,
    written: AtomicU64,
    kept: AtomicU64,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

/// How many diagnostics of templates are collected at most: a broken template breaks every page.
const MOST: usize = 1_000;

impl<'a> Press<'a> {
    #[expect(clippy::too_many_arguments, reason = "it is where everything comes together")]
    pub(super) fn new(
        request: &'a Request,
        site: &'a Site,
        collection: &'a Collection,
        data: BTreeMap<String, Value>,
        inputs: &Inputs,
        texts: &'a Texts,
        cache: Option<&Cache>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self> {
        let filled = [0, 1, 2, 3].map(|kind: usize| !collection.terms[kind].is_empty());
        let shared = view::site(&site.config, &site.theme, filled, data);
        let print = Fingerprint::of(&(site.print, &shared));
        // A theme that could not be loaded has been told of; that all its templates are missing is no news.
        let renderer = match Renderer::new(&site.theme, &shared, collection.articles.len()) {
            Ok(renderer) if site.theme.is_loaded => Some(renderer),
            Ok(_) => None,
            Err(broken) => {
                diagnostics.extend(broken);
                None
            }
        };
        let copies = copies(&request.root, collection, inputs, cache.filter(|_| request.cache))?;
        if let Some(cache) = cache {
            cache.save("copies", &copies.iter().collect::<BTreeMap<_, _>>())?;
        }
        let views = view::Site::new(&site.config, &site.theme, collection.articles.len());
        Ok(Self { root: &request.root, site, collection, views, renderer, texts, copies, print })
    }

    /// Makes every output whose key has changed and hands it to the stage; without a stage, makes all of them for nothing but
    /// the diagnostics.
    pub(super) fn print(
        &self,
        plan: &Plan,
        pantry: &Pantry<'_>,
        stage: Option<&Stage<'_>>,
        progress: &dyn Progress,
    ) -> Result<(Counts, Vec<Diagnostic>)> {
        let tally = Tally::default();
        plan.routes.par_iter().try_for_each_init(Vec::new, |buffer, route| {
            progress.step();
            self.route(route, pantry, stage, buffer, &tally)
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

    fn route(
        &self,
        route: &Route,
        pantry: &Pantry<'_>,
        stage: Option<&Stage<'_>>,
        buffer: &mut Vec<u8>,
        tally: &Tally,
    ) -> Result<()> {
        let ingredients = pantry.ingredients(route, |path| self.content_of(path));
        let key = Fingerprint::of(&(self.print, &route.url, &ingredients));
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

    /// Renders a page into the buffer, and says whether that worked.
    fn render(
        &self,
        route: &Route,
        ingredients: &Ingredients<'_>,
        buffer: &mut Vec<u8>,
        tally: &Tally,
    ) -> Result<bool> {
        let Some(renderer) = &self.renderer else { return Ok(false) };
        let bodies = self.bodies(ingredients)?;
        let view = view::view(ingredients, &bodies, &self.views);
        buffer.clear();
        if let Err(diagnostic) = renderer.render(&view, &self.about(route), buffer) {
            let mut diagnostics = tally.diagnostics.lock().unwrap_or_else(PoisonError::into_inner);
            if diagnostics.len() < MOST {
                // One fault of a template shows on every page that it renders; people want to be told once.
                let group = format!("{:?} {:?}", diagnostic.file, diagnostic.place);
                diagnostics.push(diagnostic.grouped(group));
            }
            return Ok(false);
        }
        Ok(true)
    }

    fn bodies(&self, ingredients: &Ingredients<'_>) -> Result<Vec<Body>> {
        let body =
            |print: &Fingerprint| self.texts.places.get(print).and_then(|place| self.texts.store.get(*place));
        ingredients.bodies().iter().map(|print| body(print).ok_or(Error::DamagedCache)).collect()
    }

    /// What a page is called in messages: the file it is made from, or its address.
    fn about(&self, route: &Route) -> String {
        match &route.page {
            Page::Article(id) => self.collection.article(*id).meta.path.as_str().to_owned(),
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

/// What stands for the content of each file that is copied. One whose stamp is known is not read.
fn copies(
    root: &Path,
    collection: &Collection,
    inputs: &Inputs,
    cache: Option<&Cache>,
) -> Result<HashMap<ContentPath, Copied>> {
    let known: BTreeMap<ContentPath, Copied> =
        cache.and_then(|cache| cache.load("copies")).unwrap_or_default();
    let wanted: BTreeSet<&ContentPath> = collection.files.values().collect();
    let beside = inputs.beside.iter().filter(|file| wanted.contains(&file.path));
    let files: Vec<_> = inputs.assets.iter().map(|(_, file)| file).chain(beside).collect();
    let look = |file: &&InputFile| {
        let copied = match known.get(&file.path).filter(|copied| copied.stamp == file.stamp) {
            Some(copied) => *copied,
            None => {
                let bytes = fs::read(&root.join(file.path.as_str()))?;
                Copied { stamp: file.stamp, content: Fingerprint::of_bytes(&bytes) }
            }
        };
        Ok((file.path.clone(), copied))
    };
    files.par_iter().map(look).collect()
}
