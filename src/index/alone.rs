//! Links of a document that lead to no other one: to pictures, and to headings of its own. For who does not know all others.

use super::hidden::Hidden;
use super::links::{Resolved, Resolver, Targets};
use super::renew::Circumstances;
use super::terms::Named;
use crate::base::diag::{Diagnostic, Level};
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::declined::{Declined, require};
use crate::model::path::UrlPath;

/// Whether a link leads to no other document, wherever it stands.
pub(super) fn is_alone(link: &LinkRef) -> bool {
    link.kind == LinkKind::Picture || link.kind == LinkKind::Link && link.target.starts_with('#')
}

/// Where such links of an article lead that will stand at an address; if there is nothing to be told of them.
pub(super) fn resolve(
    meta: &Meta,
    url: &UrlPath,
    circumstances: Circumstances<'_>,
) -> Result<Resolved, Declined> {
    let Circumstances { inputs, config, .. } = circumstances;
    let links: Vec<LinkRef> = meta.links.iter().filter(|link| is_alone(link)).cloned().collect();
    if links.is_empty() {
        return Ok(Resolved::default());
    }
    let nobody = Named { terms: Default::default(), of_article: Vec::new() };
    let targets = Targets {
        articles: &[],
        article_urls: &[],
        outsides: &[],
        pages: &[],
        page_urls: &[],
        terms: &nobody.terms,
    };
    let hidden = Hidden::default();
    let resolver = Resolver::new(targets, inputs, &hidden);
    let resolved = resolver.resolve(&meta.path, url, &meta.anchors, &links);
    let is_off = |one: &Diagnostic| config.lint.get(&one.rule) == Some(&Level::Off);
    require(resolved.diagnostics.iter().all(is_off), "a link or picture that leads nowhere")?;
    Ok(resolved)
}
