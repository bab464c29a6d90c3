//! Absolute links: do they lead to an address of this site?

use std::collections::HashSet;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Rule, closest};
use crate::model::article::{LinkKind, LinkRef};
use crate::model::collection::Href;
use crate::model::path::{ContentPath, decoded};
use crate::model::plan::Plan;

use super::Materials;

/// Every absolute link to an address that the site does not have.
pub(super) fn dead_links(plan: &Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    let addresses: HashSet<&str> = plan.routes.iter().map(|route| route.url.as_str()).collect();
    let collection = materials.collection;
    let articles =
        collection.articles.par_iter().map(|entry| (&entry.meta.path, &entry.meta.links, &entry.links));
    let pages = collection.pages.par_iter().map(|page| (&page.meta.path, &page.meta.links, &page.links));
    let profiles = collection.terms.par_iter().flatten().filter_map(|term| {
        let profile = term.profile.as_ref()?;
        Some((&profile.path, &profile.links_in_body, &term.links))
    });
    articles
        .chain(pages)
        .chain(profiles)
        .flat_map_iter(|(path, refs, hrefs)| of_document(path, refs, hrefs, &addresses))
        .collect()
}

fn of_document(
    path: &ContentPath,
    refs: &[LinkRef],
    hrefs: &[Href],
    addresses: &HashSet<&str>,
) -> Vec<Diagnostic> {
    let absolute = refs.iter().zip(hrefs).filter_map(|(link, href)| match href {
        Href::Path(target) if link.kind != LinkKind::Picture => Some((link, target)),
        _ => None,
    });
    let dead = absolute.filter(|(_, target)| !leads_somewhere(target, addresses));
    dead.map(|(link, target)| {
        let wanted = bare(target);
        let like =
            closest(&wanted, addresses.iter().copied().filter(|address| same_folder(address, &wanted)));
        let diagnostic = Diagnostic::new(Rule::DeadLink, format!("there is no page at `{}`", link.target));
        let diagnostic = match like {
            Some(like) => diagnostic.hint(format!("did you mean `{like}`?")),
            None => diagnostic,
        };
        diagnostic.at(link.place).in_file(path.as_str())
    })
    .collect()
}

/// The path without query and fragment, decoded.
fn bare(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    decoded(path)
}

fn leads_somewhere(target: &str, addresses: &HashSet<&str>) -> bool {
    let path = bare(target);
    let known = |path: &str| addresses.contains(path);
    // Hosts add a missing slash and serve `index.html` for a folder.
    known(&path) || known(&format!("{path}/")) || path.strip_suffix("index.html").is_some_and(known)
}

/// Likeness is only looked for among neighbours: comparing with every address would cost too much on a large site.
fn same_folder(address: &str, wanted: &str) -> bool {
    let folder = |path: &str| {
        let path = path.trim_end_matches('/');
        path.rsplit_once('/').map_or(0, |(folder, _)| folder.len())
    };
    let end = folder(wanted);
    folder(address) == end && wanted.as_bytes().get(..end) == address.as_bytes().get(..end)
}
