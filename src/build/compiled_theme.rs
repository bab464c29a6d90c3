//! The theme's compiled templates, with all that the pages of a site share.
//!
//! `serve` keeps them from one edition to the next, so they borrow nothing and never change once made.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::base::diag::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::index::CollectionChange;
use crate::model::collection::{Collection, Entry, Extent};
use crate::model::declined::{Declined, require};
use crate::render::Renderer;
use crate::{check, view};

use super::causes::Causes;
use super::load::Site;

/// The compiled templates of a theme.
#[derive(Debug)]
pub(super) struct CompiledTheme {
    /// `None` if the templates do not compile, or the theme could not be loaded.
    pub(super) renderer: Option<Renderer>,
    /// The fingerprint of everything that all pages share.
    pub(super) print: Fingerprint,
    /// What is wrong with the templates.
    pub(super) faults: Vec<Diagnostic>,
}

impl CompiledTheme {
    /// Compiles the templates, or takes over those of `before` if nothing in them has changed.
    pub(super) fn make(
        site: &Site,
        extent: &Extent,
        data: &BTreeMap<String, Value>,
        before: Option<&Self>,
    ) -> Self {
        let articles = extent.articles;
        let shared = view::site(&site.config, &site.theme, extent, data.clone());
        let print = Fingerprint::of(&(site.print, &shared));
        if let Some(before) = before.filter(|before| before.print == print) {
            return before.again(articles);
        }
        // If the theme could not be loaded as a whole, that has been reported; templates that are missing because
        // of that need no report of their own.
        let (renderer, faults) = match Renderer::new(&site.theme, &shared, articles) {
            _ if !site.theme.is_loaded => (None, Vec::new()),
            Ok(renderer) => (Some(renderer), Vec::new()),
            Err(broken) => {
                let causes = Causes::new(&site.theme);
                (None, broken.into_iter().map(|fault| causes.told(fault)).collect())
            }
        };
        Self { renderer, print, faults }
    }

    /// The same for a build that looks at everything: the faults are also those that only the texts of the templates
    /// show.
    pub(super) fn read_through(
        site: &Site,
        extent: &Extent,
        data: &BTreeMap<String, Value>,
        before: Option<&Self>,
    ) -> Self {
        let mut made = Self::make(site, extent, data, before);
        let is_known = before.is_some_and(|before| before.print == made.print);
        if site.theme.is_loaded && !is_known {
            made.faults.extend(check::written_whole(&site.theme.templates));
        }
        made
    }

    /// Reports components in articles that the theme does not have, or that it gives other parameters.
    pub(super) fn check(&self, collection: &Collection, data: &BTreeMap<String, Value>) -> Vec<Diagnostic> {
        let known = self.renderer.as_ref().map(Renderer::components);
        known.map(|known| check::components(collection, known, data)).unwrap_or_default()
    }

    /// Declines unless the theme has all components that the new and revised articles use.
    pub(super) fn accept(
        &self,
        renewed: &CollectionChange,
        data: impl FnOnce() -> BTreeMap<String, Value>,
    ) -> Result<(), Declined> {
        let with_components = renewed.fresh.values().filter(|entry| !entry.meta.components.is_empty());
        let articles: Vec<Arc<Entry>> = with_components.cloned().map(Arc::new).collect();
        let faults = if articles.is_empty() {
            Vec::new()
        } else {
            self.check(&Collection { articles, ..Collection::default() }, &data())
        };
        require(faults.is_empty(), "a component is not there, or takes something else")
    }

    /// The same templates for the next edition, with room for the cards of so many articles.
    pub(super) fn again(&self, articles: usize) -> Self {
        let renderer = self.renderer.as_ref().map(|renderer| renderer.again(articles));
        Self { renderer, print: self.print, faults: self.faults.clone() }
    }
}
