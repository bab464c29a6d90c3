//! What all pages of a build share: the compiled templates, and what stands for the files that are copied.
//!
//! Both outlive a build where somebody builds again and again, so they borrow nothing and are never changed once made.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::index::Renewed;
use crate::model::collection::{Collection, Entry};
use crate::model::declined::{Declined, require};
use crate::model::input::{InputFile, Inputs};
use crate::model::path::ContentPath;
use crate::render::Renderer;
use crate::{check, view};

use super::load::Site;

/// The compiled templates.
#[derive(Debug)]
pub(super) struct Plates {
    /// None if there is no template that works.
    pub(super) renderer: Option<Renderer>,
    /// Stands for everything that all pages share.
    pub(super) print: Fingerprint,
    /// What is wrong with the templates.
    pub(super) faults: Vec<Diagnostic>,
}

impl Plates {
    /// Compiles the templates, unless those of an earlier build still do.
    pub(super) fn make(
        site: &Site,
        collection: &Collection,
        data: &BTreeMap<String, Value>,
        before: Option<&Self>,
    ) -> Self {
        let filled = [0, 1, 2, 3].map(|kind: usize| !collection.terms[kind].is_empty());
        let shared = view::site(&site.config, &site.theme, filled, data.clone());
        let print = Fingerprint::of(&(site.print, &shared));
        let articles = collection.articles.len();
        if let Some(before) = before.filter(|before| before.print == print) {
            return before.again(articles);
        }
        // A theme that could not be loaded has been told of; that all its templates are missing is no news.
        let (renderer, faults) = match Renderer::new(&site.theme, &shared, articles) {
            Ok(renderer) => (Some(renderer).filter(|_| site.theme.is_loaded), Vec::new()),
            Err(broken) => (None, broken),
        };
        Self { renderer, print, faults }
    }
}

impl Plates {
    /// What the components of the texts ask for and the theme does not have.
    pub(super) fn check(&self, collection: &Collection, data: &BTreeMap<String, Value>) -> Vec<Diagnostic> {
        let known = self.renderer.as_ref().map(Renderer::components);
        known.map(|known| check::components(collection, known, data)).unwrap_or_default()
    }

    /// Whether the theme has whatever components are asked for by articles that have come or were revised.
    pub(super) fn accept(
        &self,
        renewed: &Renewed,
        data: impl FnOnce() -> BTreeMap<String, Value>,
    ) -> std::result::Result<(), Declined> {
        let with_components = renewed.fresh.values().filter(|entry| !entry.meta.components.is_empty());
        let articles: Vec<Arc<Entry>> = with_components.cloned().map(Arc::new).collect();
        let faults = if articles.is_empty() {
            Vec::new()
        } else {
            self.check(&Collection { articles, ..Collection::default() }, &data())
        };
        require(faults.is_empty(), "a component is not there, or takes something else")
    }

    /// The same for the next edition, whose articles are other ones.
    pub(super) fn again(&self, articles: usize) -> Self {
        let renderer = self.renderer.as_ref().map(|renderer| renderer.again(articles));
        Self { renderer, print: self.print, faults: self.faults.clone() }
    }
}

/// A file to be copied, as it was when it was last read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copied {
    pub(super) stamp: Stamp,
    pub(super) content: Fingerprint,
}

/// The files that are copied.
pub(super) type Copies = HashMap<ContentPath, Copied>;

/// What stands for the content of each file that is copied. One whose stamp is known is not read.
pub(super) fn copies(
    root: &Path,
    collection: &Collection,
    inputs: &Inputs,
    known: &Copies,
) -> Result<Copies> {
    let wanted: BTreeSet<&ContentPath> = collection.files.values().collect();
    let beside = inputs.beside.iter().filter(|file| wanted.contains(&file.path));
    let files = inputs.assets.iter().map(|(_, file)| file).chain(beside);
    copies_of(root, &files.collect::<Vec<_>>(), known)
}

/// The same of some of them.
pub(super) fn copies_of(root: &Path, files: &[&InputFile], known: &Copies) -> Result<Copies> {
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
