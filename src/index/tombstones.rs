//! What is left of withdrawn articles and pages: an address, a date and a reason.
//!
//! Like everything unpublished they are left out of the index before anything is counted. Only their
//! addresses are computed as if they were there; nothing else of them is kept: no title, no term, no link.

use std::sync::Arc;

use super::{addresses, terms};
use crate::config::SiteConfig;
use crate::model::article::Meta;
use crate::model::collection::Tombstone;
use crate::model::path::UrlPath;
use crate::model::profile::Profile;

/// What is left of withdrawn articles and pages, in the order of their files.
pub(super) fn of(
    [articles, pages]: [Vec<Arc<Meta>>; 2],
    profiles: &[Profile],
    config: &SiteConfig,
) -> Vec<Tombstone> {
    if articles.is_empty() && pages.is_empty() {
        return Vec::new();
    }
    // An address may contain the outlet, so terms are gathered for these articles alone.
    let named = terms::gather(&articles, &[], profiles.to_vec(), config).value;
    let urls = addresses::of_articles(&articles, &named, config);
    let urls = urls.into_iter().chain(addresses::of_pages(&pages, config));
    let mut tombstones: Vec<Tombstone> =
        articles.iter().chain(&pages).zip(urls).map(|(meta, url)| tombstone(meta, url)).collect();
    tombstones.sort_by(|one, other| one.path.cmp(&other.path));
    tombstones
}

fn tombstone(meta: &Meta, url: UrlPath) -> Tombstone {
    let withdrawal = meta.withdrawn.as_ref();
    Tombstone {
        path: meta.path.clone(),
        urls: std::iter::once(url).chain(meta.aliases.iter().cloned()).collect(),
        date: withdrawal.and_then(|withdrawal| withdrawal.date),
        lang: meta.lang.clone(),
        reason: withdrawal.map(|withdrawal| withdrawal.reason.clone()).unwrap_or_default(),
    }
}
