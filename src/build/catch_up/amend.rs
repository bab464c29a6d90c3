//! Edits of a few texts, in ways that no other page shows. These are the most frequent changes.
//!
//! `index` and `plan` decide which pages an edit touches. Here only the documents that these pages show are
//! read.

use super::changes::Changes;
use super::last_build::LastBuild;
use super::partial::Partial;
use super::{Attempt, Compile, Prepared, Start};
use crate::base::fingerprint::Fingerprint;
use crate::build::amendment::Edit;
use crate::build::copies::Copies;
use crate::build::pages;
use crate::build::target::Last;
use crate::cache::{CachedDocument, Place};
use crate::config::ListOrder;
use crate::index;
use crate::model::collection::ArticleId;
use crate::model::declined::{Declined, require};
use crate::model::plan::Route;
use crate::plan::{self, Pantry};

impl Start<'_> {
    /// Puts edits into the collection of the last build. Declines unless it is known which pages show them.
    pub(super) fn amend(
        self,
        last: &Last<'_>,
        before: &[Fingerprint],
        last_build: &LastBuild,
        Changes { new, changed, amendment, come, .. }: &Changes,
        compile: Compile<'_, '_>,
    ) -> Attempt<Prepared> {
        require(new.is_empty() && come.is_empty(), "an article or a picture has come")?;
        let changes = amendment.changes()?;
        // Only an outline has the times at which the articles were added.
        let mut partial = if self.site.config.feeds.order == ListOrder::Added {
            Partial::outlined(last_build, before, &self.site.config)?.0
        } else {
            Partial::new(last_build, before)?
        };
        let (articles, standing) = take(changes, changed, &mut partial).ok_or(Declined::LOST)?;
        let touched = plan::touched(&articles, &standing, self.materials(&partial.collection));
        let shown: Vec<ArticleId> = (touched.routes.iter())
            .flat_map(|route| plan::shown(&route.page, self.materials(&partial.collection)))
            .collect();
        shown.into_iter().try_for_each(|id| partial.fill(id)).ok_or(Declined::LOST)?;
        let after = index::amended(&partial.collection, changes, || partial.sketches())?;
        let was = &partial.collection;
        let looks_the_same =
            articles.iter().all(|&id| plan::looks_the_same(was.article(id), after.article(id)))
                && (standing.iter().map(|&page| page as usize))
                    .all(|page| plan::page_looks_the_same(&was.pages[page], &after.pages[page]));
        require(looks_the_same, "other pages show what was edited")?;
        let theme = &compile()?.theme;
        let pantry = Pantry::new(self.materials(was), &touched);
        let is_known = |route: &Route| {
            let ingredients = pantry.ingredients(route, |_| Fingerprint::default());
            last.manifest.key(&route.url.out_path()) == Some(pages::key(theme, route, &ingredients))
        };
        require(touched.routes.iter().all(is_known), "a page was not what it should have been")?;
        let routes = (0..touched.routes.len()).collect();
        let (texts, copies) = (partial.texts, Copies::default());
        Ok(Prepared { collection: after, plan: touched, routes, texts, copies, growth: None })
    }
}

/// Puts the changed documents into a collection as they were before. Returns the articles and standing pages
/// that were made from them.
fn take(
    changes: &[Edit],
    documents: &[(u32, CachedDocument)],
    partial: &mut Partial<'_>,
) -> Option<(Vec<ArticleId>, Vec<u32>)> {
    let (mut articles, mut pages) = (Vec::new(), Vec::new());
    partial.texts.extend(documents.iter().filter_map(|(_, document)| document.text()));
    for (before, _) in changes {
        let (place, _) = documents.iter().find(|(_, document)| document.path == before.path)?;
        match partial.take(*place, before)? {
            Place::Article(id) => articles.push(id),
            Place::Page(page) => pages.push(page),
            Place::Nowhere => {}
        }
    }
    Some((articles, pages))
}
