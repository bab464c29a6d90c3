//! Outlets that are probably misspelled.
//!
//! What an outlet allows stands in its profile. If its name has a typo, the article is of another outlet without any
//! terms, and is published in full. The address of the original tells.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Rule};
use crate::base::domain::{domain, path};
use crate::model::article::{Meta, Provenance};
use crate::model::collection::{Term, TermId};
use crate::model::profile::{ByKind, TermKind};

use super::about;
use super::terms::nearest;

/// The homepages of the outlets that have a profile, by their domains.
pub(super) struct Homes<'a> {
    outlets: &'a [Term],
    by_domain: HashMap<String, Vec<(String, usize)>>,
}

impl<'a> Homes<'a> {
    pub(super) fn of(outlets: &'a [Term]) -> Self {
        let mut by_domain: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        for (place, outlet) in outlets.iter().enumerate() {
            let url = outlet.profile.as_ref().and_then(|profile| profile.url.as_deref());
            if let Some((url, domain)) = url.and_then(|url| Some((url, domain(url)?))) {
                by_domain.entry(domain.into_owned()).or_default().push((path(url).into_owned(), place));
            }
        }
        Self { outlets, by_domain }
    }

    /// The outlet to which the address of a source belongs, if the one that it names has no profile.
    pub(super) fn other(&self, source: &Provenance, named: TermId) -> Option<&'a Term> {
        if self.by_domain.is_empty() || source.outlet.is_empty() {
            return None;
        }
        self.outlets[named.index()].profile.is_none().then_some(())?;
        let url = source.url.as_deref()?;
        let homes = self.by_domain.get(&*domain(url)?)?;
        nearest(homes, &path(url)).map(|place| &self.outlets[place])
    }
}

/// Reports outlets without a profile whose addresses belong to one that has a profile.
pub(super) fn told(
    articles: &[Arc<Meta>],
    of_article: &[ByKind<Vec<TermId>>],
    outlets: &[Term],
) -> Vec<Diagnostic> {
    let homes = Homes::of(outlets);
    let of_one = |(meta, own): (&Arc<Meta>, &ByKind<Vec<TermId>>)| {
        let sources = meta.sources.iter().zip(&own[TermKind::Source]).enumerate();
        let others = sources.filter_map(|(number, (source, id))| {
            homes.other(source, *id).map(|other| tell(meta, number, source, other))
        });
        others.collect::<Vec<_>>()
    };
    articles.par_iter().zip(of_article).flat_map_iter(of_one).collect()
}

fn tell(meta: &Meta, number: usize, source: &Provenance, other: &Term) -> Diagnostic {
    let (outlet, other) = (&source.outlet, &other.name);
    let message = format!("`{outlet}` has no profile, and its address belongs to `{other}`, which has one");
    let hint = format!(
        "did you mean `{other}`? If it is another outlet, give it a profile in `content/{}/`",
        TermKind::Source.plural()
    );
    let diagnostic = Diagnostic::new(Rule::UnknownOutlet, message)
        .about(&["source", &number.to_string(), "outlet"], outlet)
        .grouped(outlet)
        .hint(hint);
    about(&meta.path, diagnostic)
}
