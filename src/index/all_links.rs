//! The links of all documents, resolved at once, and the files that are published because of them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Warned};
use crate::config::SiteConfig;
use crate::model::article::Meta;
use crate::model::collection::{Href, Term};
use crate::model::input::Inputs;
use crate::model::path::UrlPath;
use crate::model::profile::ByKind;

use super::excerpt::Excerpt;
use super::files::Published;
use super::hidden::Hidden;
use super::links::{Resolved, Resolver, Targets};
use super::related::Wishes;

/// The resolved links of all documents, in the order of the documents.
pub(super) struct AllLinks {
    articles: Vec<Resolved>,
    pages: Vec<Resolved>,
    /// Those in the profiles of terms, by kind.
    terms: Vec<Vec<Resolved>>,
    /// The addresses in `site.toml` that lead to nothing at present.
    pub(super) unlisted: Vec<String>,
}

impl AllLinks {
    /// Resolves all links, and the related articles that authors wish for. Of each article so much is `shown`.
    pub(super) fn resolve(
        targets: Targets<'_>,
        shown: &[Excerpt],
        inputs: &Inputs,
        hidden: &Hidden,
        config: &SiteConfig,
    ) -> (Self, Warned<Vec<Wishes>>) {
        let resolver = Resolver::new(targets, inputs, hidden);
        let resolve = |(meta, url): (&Arc<Meta>, &UrlPath)| {
            resolver.resolve(&meta.path, url, &meta.anchors, &meta.links)
        };
        let unlisted = resolver.unlisted(config);
        let of_article = |(document, shown): ((&Arc<Meta>, &UrlPath), &Excerpt)| {
            let mut resolved = resolve(document);
            shown.keep_files(&mut resolved, document.0);
            resolved
        };
        let articles = targets.articles.par_iter().zip(targets.article_urls).zip(shown);
        let mut all = Self {
            articles: articles.map(of_article).collect(),
            pages: targets.pages.iter().zip(targets.page_urls).map(resolve).collect(),
            terms: targets.terms.iter().map(|terms| resolver.resolve_profiles(terms)).collect(),
            unlisted: unlisted.value,
        };
        let mut wishes = resolver.wishes(targets.articles);
        wishes.diagnostics.extend(unlisted.diagnostics);
        let of_terms = all.terms.iter_mut().flatten();
        resolver.hint(all.articles.iter_mut().chain(&mut all.pages).chain(of_terms));
        (all, wishes)
    }

    /// Publishes the files that the documents refer to, and gives the terms their links. Returns those of
    /// articles and of pages.
    pub(super) fn publish(
        self,
        [articles, pages]: [&[Arc<Meta>]; 2],
        terms: &mut ByKind<Vec<Term>>,
        published: &mut Published,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> [Vec<Vec<Href>>; 2] {
        for (term, links) in terms.iter_mut().flatten().zip(self.terms.into_iter().flatten()) {
            let Some(profile) = &term.profile else { continue };
            term.links = published.keep(&profile.path, links, diagnostics);
        }
        let mut keep = |(meta, links): (&Arc<Meta>, Resolved)| published.keep(&meta.path, links, diagnostics);
        let of_articles = articles.iter().zip(self.articles).map(&mut keep).collect();
        let of_pages = pages.iter().zip(self.pages).map(&mut keep).collect();
        [of_articles, of_pages]
    }
}
