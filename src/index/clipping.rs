//! What is known of an address before an article is made of what is there.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Documents, originals, terms};
use crate::base::language::Language;
use crate::config::SiteConfig;
use crate::model::article::{Meta, Provenance};
use crate::model::path::ContentPath;
use crate::model::profile::TermKind;

/// What is known of an address.
#[derive(Debug, Default)]
pub struct Clipping {
    /// The article that takes over what is there, published or not.
    pub taken: Option<ContentPath>,
    /// The name of the outlet to which it belongs, if that has a profile.
    pub outlet: Option<String>,
    /// The language of that outlet, if it is another than the site's.
    pub lang: Option<Language>,
}

/// What the documents of a site tell of an address.
pub fn clipping(documents: Documents, url: &str, config: &SiteConfig) -> Clipping {
    let form = originals::form(url);
    let has_text = |meta: &&Arc<Meta>| originals::of(meta).map(|(form, _)| form) == form;
    let articles = documents.articles.par_iter().filter(|_| form.is_some());
    let taken = articles.filter(has_text).map(|meta| &meta.path).min().cloned();
    // As if there were only this article, so that its outlet is found as that of any other.
    let meta = Meta { sources: vec![Provenance::at(url.to_owned())], ..Meta::default() };
    let named = terms::gather(&[Arc::new(meta)], &[], documents.profiles, config).value;
    let outlet = named.of_article.first().and_then(|own| own[TermKind::Source].first());
    let outlet = outlet.map(|id| &named.terms[TermKind::Source][id.index()]);
    let profile = outlet.and_then(|outlet| outlet.profile.as_ref());
    let language = profile.and_then(|profile| profile.language.clone());
    let lang = language.filter(|other| other.primary() != config.language.primary());
    let outlet = outlet.filter(|_| profile.is_some()).map(|outlet| outlet.name.clone());
    Clipping { taken, outlet, lang }
}
