//! Absolute links, and the addresses in `site.toml`: do they lead to an address of this site?

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Level, Rule, closest};
use crate::base::percent::{decoded, in_link};
use crate::config::{self, SiteConfig};
use crate::model::article::{LinkKind, LinkRef};
use crate::model::collection::Href;
use crate::model::generated;
use crate::model::path::{ContentPath, UrlPath};
use crate::model::plan::Plan;
use crate::model::profile::TermKind;

use super::Materials;
use super::routes::has_pages;

/// Reports every absolute link to an address that the site does not have.
pub(super) fn dead_links(plan: &Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    if materials.config.lint.get(&Rule::DeadLink) == Some(&Level::Off) {
        return Vec::new();
    }
    let addresses = Addresses::of(plan, materials.config);
    let collection = materials.collection;
    let articles =
        collection.articles.par_iter().map(|entry| (&entry.meta.path, &entry.meta.links, &entry.links));
    let pages = collection.pages.par_iter().map(|page| (&page.meta.path, &page.meta.links, &page.links));
    let terms = TermKind::ALL.into_par_iter().flat_map(|kind| collection.terms(kind));
    let profiles = terms.filter_map(|term| {
        let profile = term.profile.as_ref()?;
        Some((&profile.path, &profile.links_in_body, &term.links))
    });
    let of_documents = articles
        .chain(pages)
        .chain(profiles)
        .flat_map_iter(|(path, refs, hrefs)| of_document(path, refs, hrefs, &addresses));
    let mut dead: Vec<Diagnostic> = of_documents.collect();
    // A dead link in the configuration, such as one of the menu, may be on every page.
    // `index` has told of those that exist only with articles that are not published.
    let is_dead = |address: &String| !addresses.has(address) && !collection.unlisted.contains(address);
    let own = materials.config.addresses.iter().filter(|(address, _)| is_dead(address));
    dead.extend(
        own.map(|(address, place)| told(address, address, &addresses).at(*place).in_file(config::FILE)),
    );
    dead
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
    dead.map(|(link, target)| told(&link.target, target, addresses).at(link.place).in_file(path.as_str()))
        .collect()
}

/// The diagnostic for a dead link to `target`, as it is `written`.
fn told(written: &str, target: &str, addresses: &Addresses<'_>) -> Diagnostic {
    let wanted = bare(target);
    let diagnostic = Diagnostic::new(Rule::DeadLink, format!("there is no page at `{written}`"));
    if let Some(hint) = addresses.later(&wanted) {
        return diagnostic.hint(hint);
    }
    let like = |path: &str| closest(path, addresses.beside(path).iter().copied());
    // A file name may contain `#` or `?`, which end the path of an address.
    match like(&wanted).or_else(|| like(&decoded(target))) {
        Some(like) => diagnostic.hint(format!("did you mean `{}`?", in_link(like))),
        None => diagnostic,
    }
}

/// The path without query and fragment, decoded.
fn bare(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    decoded(path)
}

/// Every address of the site.
struct Addresses<'a> {
    all: HashSet<&'a str>,
    config: &'a SiteConfig,
    /// The addresses in each folder, gathered at the first dead link.
    folders: OnceLock<HashMap<&'a str, Vec<&'a str>>>,
}

impl<'a> Addresses<'a> {
    fn of(plan: &'a Plan, config: &'a SiteConfig) -> Self {
        let all = plan.routes.iter().map(|route| route.url.as_str()).collect();
        Self { all, config, folders: OnceLock::new() }
    }

    /// Explains an address that the site will have as soon as an article needs it, such as an overview
    /// without terms.
    fn later(&self, wanted: &str) -> Option<String> {
        let is_wanted = |url: UrlPath| url.as_str().trim_end_matches('/') == wanted.trim_end_matches('/');
        let of_terms = |kind: &TermKind| {
            has_pages(*kind, self.config) && is_wanted(generated::overview(*kind, &self.config.urls))
        };
        if let Some(kind) = TermKind::ALL.into_iter().find(of_terms) {
            return Some(format!("it will exist as soon as articles have {}", kind.plural()));
        }
        let is_archive =
            self.config.outputs.year_archives && is_wanted(generated::archive(&self.config.urls));
        is_archive.then(|| "it will exist as soon as there are articles".to_owned())
    }

    fn has(&self, target: &str) -> bool {
        let path = bare(target);
        let known = |path: &str| self.all.contains(path);
        let folder = format!("{}/", path.strip_suffix('/').unwrap_or(&path));
        // Hosts add a missing slash and serve `index.html` for a folder, which may lie in `static/`.
        known(&path)
            || known(&folder)
            || known(&format!("{folder}index.html"))
            || path.strip_suffix("index.html").is_some_and(known)
    }

    /// The addresses that are compared with a wrong one: to compare all of them would take too long on a
    /// large site.
    fn beside(&self, wanted: &str) -> &[&'a str] {
        let folders = self.folders.get_or_init(|| {
            let mut folders: HashMap<&str, Vec<&str>> = HashMap::new();
            // Sorted, because the first of two equally similar addresses is suggested.
            let mut all: Vec<&str> = self.all.iter().copied().collect();
            all.sort_unstable();
            for address in all {
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
