//! Two claims on one address.
//!
//! An alias gives way to a page of the same document. Any other claim on a taken address is an error that
//! names both claimants. A file cannot be where a folder is needed either.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::base::diag::{Diagnostic, Rule};
use crate::model::article::Meta;
use crate::model::collection::Entry;
use crate::model::path::{OutPath, UrlPath};
use crate::model::plan::{Goal, HostFile, Page, Plan, Route};

use super::Materials;

/// Adds the redirects to the plan and reports every clash. Of two claimants the first stays.
pub(super) fn settle(plan: &mut Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut taken: HashMap<String, Claim> = HashMap::with_capacity(plan.routes.len());
    plan.routes.retain(|route| {
        let file = file_of(&route.page, materials);
        let claim = Claim { file, what: name_of(&route.page), is_old: false };
        take(&mut taken, &route.url, claim, &mut diagnostics)
    });
    for (meta, goal) in documents(materials) {
        for alias in &meta.aliases {
            let is_there = matches!(&goal, Goal::Here(url) if url == alias);
            if is_there || plan.redirects.get(alias) == Some(&goal) {
                continue;
            }
            let file = Some(meta.path.as_str().to_owned());
            let claim = Claim { file, what: "an old address", is_old: true };
            if take(&mut taken, alias, claim, &mut diagnostics) {
                plan.redirects.insert(alias.clone(), goal.clone());
            }
        }
    }
    add_tombstones(plan, &taken, materials);
    add_redirects(plan, materials);
    diagnostics.extend(files_in_the_way_of_folders(plan, materials));
    diagnostics
}

/// Who claims an address.
struct Claim {
    file: Option<String>,
    what: &'static str,
    /// Whether it is one of the `aliases` of the file.
    is_old: bool,
}

fn take(
    taken: &mut HashMap<String, Claim>,
    url: &UrlPath,
    claim: Claim,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let out = url.out_path().as_str().to_owned();
    let Some(other) = taken.get(&out) else {
        taken.insert(out, claim);
        return true;
    };
    diagnostics.push(clash(url, &claim, other));
    false
}

fn clash(url: &UrlPath, claim: &Claim, other: &Claim) -> Diagnostic {
    let told = |claim: &Claim| match &claim.file {
        Some(file) => format!("`{file}`"),
        None => claim.what.to_owned(),
    };
    let message = format!("`{url}` is the address of {} and of {}", told(other), told(claim));
    let diagnostic = Diagnostic::new(Rule::AddressClash, message);
    if let (true, Some(file)) = (claim.is_old, &claim.file) {
        return diagnostic
            .in_file(file)
            .about(&["aliases"], url.as_str())
            .hint("take it out of `aliases`, or give the other one another address");
    }
    let diagnostic = diagnostic.about(&["slug"], "");
    match other.file.as_ref().or(claim.file.as_ref()) {
        Some(file) => diagnostic.in_file(file).hint("give one of them another `slug`"),
        None => diagnostic,
    }
}

/// The documents that have old addresses, and where these lead.
fn documents(materials: Materials<'_>) -> impl Iterator<Item = (&Meta, Goal)> {
    let here = |url: &UrlPath| Goal::Here(url.clone());
    let goal = move |entry: &Entry| match entry.outside() {
        Some(source) => Goal::Outside(source.address().to_owned()),
        None => here(&entry.url),
    };
    let collection = materials.collection;
    let articles = collection.articles.iter().filter(|entry| !entry.meta.aliases.is_empty());
    let pages = collection.pages.iter().filter(|page| !page.meta.aliases.is_empty());
    let articles = articles.map(move |entry| (&*entry.meta, goal(entry)));
    articles.chain(pages.map(move |page| (&*page.meta, here(&page.url))))
}

fn add_redirects(plan: &mut Plan, materials: Materials<'_>) {
    let pages =
        plan.redirects.iter().map(|(from, to)| Route { url: from.clone(), page: Page::Redirect(to.clone()) });
    plan.routes.extend(pages);
    let is_gone = |route: &Route| matches!(route.page, Page::Tombstone(_));
    if plan.redirects.is_empty() && !plan.routes.iter().any(is_gone) {
        return;
    }
    let outputs = &materials.config.outputs;
    let forms = [
        (outputs.redirects_file, HostFile::Redirects),
        (outputs.htaccess, HostFile::Htaccess),
        (outputs.nginx_redirects, HostFile::Nginx),
    ];
    for (_, form) in forms.into_iter().filter(|(wanted, _)| *wanted) {
        let url = UrlPath::root().join(form.file_name());
        if !materials.inputs.assets.iter().any(|(own, _)| own == url.as_str()) {
            plan.routes.push(Route { url, page: Page::RedirectsFile(form) });
        }
    }
}

/// Withdrawn articles keep their addresses only if nothing else claims them.
fn add_tombstones(plan: &mut Plan, taken: &HashMap<String, Claim>, materials: Materials<'_>) {
    let mut graves = BTreeSet::new();
    for (place, tombstone) in materials.collection.tombstones.iter().enumerate() {
        for url in &tombstone.urls {
            let out = url.out_path();
            if !taken.contains_key(out.as_str()) && graves.insert(out) {
                plan.routes.push(Route { url: url.clone(), page: Page::Tombstone(place as u32) });
            }
        }
    }
}

fn file_of(page: &Page, materials: Materials<'_>) -> Option<String> {
    let collection = materials.collection;
    match page {
        Page::Article(id) | Page::Twin(id, _) => Some(collection.article(*id).meta.path.as_str().to_owned()),
        Page::Standing(place) => Some(collection.pages[*place as usize].meta.path.as_str().to_owned()),
        Page::Tombstone(place) => Some(collection.tombstones[*place as usize].path.as_str().to_owned()),
        Page::Copy(path) => Some(path.as_str().to_owned()),
        _ => None,
    }
}

fn name_of(page: &Page) -> &'static str {
    match page {
        Page::Article(_) => "an article",
        Page::Twin(..) => "the twin of an article",
        Page::Standing(_) => "a page",
        Page::List(..) => "a list of articles",
        Page::Terms(..) => "an overview",
        Page::Archive => "the archive",
        Page::Corrections => "the page of corrections",
        Page::Feed(..) => "a feed",
        Page::Sitemap(_) | Page::NewsSitemap => "a sitemap",
        Page::Robots => "`robots.txt`",
        Page::NotFound => "`404.html`",
        Page::Tombstone(_) => "a withdrawn article",
        Page::Redirect(_) | Page::RedirectsFile(_) => "a redirect",
        Page::Copy(_) => "a file",
        Page::ThemeAsset(_) => "an asset of the theme",
    }
}

/// `/a` as a file and `/a/b` can't both be on a disk.
fn files_in_the_way_of_folders(plan: &Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    let files: BTreeMap<OutPath, &Route> =
        plan.routes.iter().map(|route| (route.url.out_path(), route)).collect();
    let mut diagnostics = Vec::new();
    let mut told = BTreeSet::new();
    for (path, route) in &files {
        for (at, _) in path.as_str().match_indices('/') {
            let folder = &path.as_str()[..at];
            if let Some(file) = files.get(folder).filter(|_| told.insert(folder)) {
                let message = format!("`/{folder}` is a file, so there can be nothing at `{}`", route.url);
                let diagnostic = Diagnostic::new(Rule::AddressClash, message);
                let files = [file_of(&file.page, materials), file_of(&route.page, materials)];
                diagnostics.push(match files.into_iter().flatten().next() {
                    Some(path) => diagnostic.in_file(path),
                    None => diagnostic,
                });
            }
        }
    }
    diagnostics
}
