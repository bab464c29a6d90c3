//! Absolute links: do they lead to an address of this site?

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Level, Rule, closest};
use crate::model::article::{LinkKind, LinkRef};
use crate::model::collection::Href;
use crate::model::path::{ContentPath, decoded, in_link};
use crate::model::plan::Plan;

use super::Materials;

/// Every absolute link to an address that the site does not have.
pub(super) fn dead_links(plan: &Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    if materials.config.lint.get(&Rule::DeadLink) == Some(&Level::Off) {
        return Vec::new();
    }
    let addresses = Addresses::of(plan);
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
    addresses: &Addresses<'_>,
) -> Vec<Diagnostic> {
    let absolute = refs.iter().zip(hrefs).filter_map(|(link, href)| match href {
        Href::Path(target) if link.kind != LinkKind::Picture => Some((link, target)),
        _ => None,
    });
    let dead = absolute.filter(|(_, target)| !addresses.has(target));
    dead.map(|(link, target)| {
        let wanted = bare(target);
        let like = closest(&wanted, addresses.beside(&wanted).iter().copied());
        let diagnostic = Diagnostic::new(Rule::DeadLink, format!("there is no page at `{}`", link.target));
        let diagnostic = match like {
            Some(like) => diagnostic.hint(format!("did you mean `{}`?", in_link(like))),
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

/// Every address of the site.
struct Addresses<'a> {
    all: HashSet<&'a str>,
    /// The addresses in each folder, gathered when the first dead link is met.
    folders: OnceLock<HashMap<&'a str, Vec<&'a str>>>,
}

impl<'a> Addresses<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self { all: plan.routes.iter().map(|route| route.url.as_str()).collect(), folders: OnceLock::new() }
    }

    fn has(&self, target: &str) -> bool {
        let path = bare(target);
        let known = |path: &str| self.all.contains(path);
        // Hosts add a missing slash and serve `index.html` for a folder.
        known(&path) || known(&format!("{path}/")) || path.strip_suffix("index.html").is_some_and(known)
    }

    /// The addresses among which likeness is looked for: comparing with all of them would cost too much on a large site.
    fn beside(&self, wanted: &str) -> &[&'a str] {
        let folders = self.folders.get_or_init(|| {
            let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
            for address in &self.all {
                folders.entry(folder(address)).or_default().push(address);
            }
            folders
        });
        folders.get(folder(wanted)).map_or(&[], Vec::as_slice)
    }
}

fn folder(path: &str) -> &str {
    path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder)
}
