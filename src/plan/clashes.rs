//! Clashes of addresses: two outputs that claim the same one.
//!
//! If an alias is the address of its own document, it is left out. Any other claim on a taken address is an
//! error that names both claimants. A file cannot lie where a folder is needed, either.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Rule};
use crate::model::article::Meta;
use crate::model::collection::{self, Term};
use crate::model::path::{ContentPath, OutPath, UrlPath};
use crate::model::plan::{Goal, HostFile, Page, Plan, Route};

use super::Materials;

/// Adds the redirects to the plan and reports every clash. The first claimant keeps the address.
pub(super) fn settle(plan: &mut Plan, materials: Materials<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut taken: HashMap<OutPath, Claim> = HashMap::with_capacity(plan.routes.len());
    plan.routes.retain(|route| {
        let file = file_of(&route.page, materials);
        let has_slug = matches!(route.page, Page::Article(_) | Page::Twin(..) | Page::Standing(_));
        let claim = Claim { file, what: name_of(&route.page), old: None, has_slug };
        take(&mut taken, &route.url, claim, &mut diagnostics)
    });
    let mut host_files: Vec<_> = host_files(materials).collect();
    host_files.retain(|(url, form)| {
        let what = match form {
            HostFile::Redirects => "the redirects for hosts",
            HostFile::Htaccess => "the redirects for Apache (`htaccess` under `[outputs]`)",
            HostFile::Nginx => "the redirects for nginx (`nginx_redirects` under `[outputs]`)",
        };
        let claim = Claim { file: None, what, old: None, has_slug: false };
        take(&mut taken, url, claim, &mut diagnostics)
    });
    for Moved { file, key, from, to: goal } in moved(materials) {
        for alias in from {
            let is_there = matches!(&goal, Goal::Here(url) if url == alias);
            if is_there || plan.redirects.get(alias) == Some(&goal) {
                continue;
            }
            let file = Some(file.clone());
            let claim = Claim { file, what: "an old address", old: Some(key), has_slug: true };
            if alias.as_str().starts_with(RESERVED) {
                let own = Claim { file: None, what: "Masthead's own records", old: None, has_slug: false };
                diagnostics.push(clash(alias, &claim, &own));
            } else if take(&mut taken, alias, claim, &mut diagnostics) {
                plan.redirects.insert(alias.clone(), goal.clone());
            }
        }
    }
    add_tombstones(plan, &taken, materials);
    diagnostics.extend(add_redirects(plan, host_files, materials));
    let files: Vec<OutPath> = plan.routes.par_iter().map(|route| route.url.out_path()).collect();
    diagnostics.extend(files_in_the_way_of_folders(plan, &files, materials));
    diagnostics.extend(similar_addresses(plan, &files, materials));
    diagnostics
}

/// How the addresses begin at which Masthead keeps what it knows of the output folder, and at which `serve`
/// answers pages.
const RESERVED: &str = "/.masthead";

/// What to do about an old address that something else has. Its key has several names, such as `aliases` and
/// `permalink`, and the place shows the one that the file has.
const MOVE_ONE: &str = "remove this old address, or give the other one another address";

/// A claim on an address.
struct Claim {
    file: Option<ContentPath>,
    what: &'static str,
    /// The key of the file's front matter that names the address, if it is an old one.
    old: Option<&'static str>,
    /// Whether the address depends on the `slug` of the file.
    has_slug: bool,
}

fn take(
    taken: &mut HashMap<OutPath, Claim>,
    url: &UrlPath,
    claim: Claim,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    match taken.entry(url.out_path()) {
        Entry::Vacant(free) => {
            free.insert(claim);
            true
        }
        Entry::Occupied(other) => {
            diagnostics.push(clash(url, &claim, other.get()));
            false
        }
    }
}

fn clash(url: &UrlPath, claim: &Claim, other: &Claim) -> Diagnostic {
    let told = |claim: &Claim| match &claim.file {
        Some(file) => format!("`{file}`"),
        None => claim.what.to_owned(),
    };
    let message = format!("`{url}` is the address of {} and of {}", told(other), told(claim));
    let diagnostic = Diagnostic::new(Rule::AddressClash, message);
    if let (Some(key), Some(file)) = (claim.old, &claim.file) {
        let hint = if other.file.is_some() { MOVE_ONE } else { "remove this old address" };
        return diagnostic.in_file(file.as_str()).about(&[key], url.as_str()).hint(hint);
    }
    let claims = [other, claim];
    let named =
        claims.iter().find(|claim| claim.has_slug).or(claims.iter().find(|claim| claim.file.is_some()));
    let Some((Claim { has_slug, .. }, Some(file))) = named.map(|claim| (claim, &claim.file)) else {
        return diagnostic;
    };
    let diagnostic = diagnostic.in_file(file.as_str());
    if *has_slug {
        diagnostic.about(&["slug"], "").hint("give one of them another `slug`")
    } else {
        diagnostic.hint("remove the file, or give it another name")
    }
}

/// Old addresses that one file names.
struct Moved<'a> {
    file: &'a ContentPath,
    /// The key that names them.
    key: &'static str,
    from: &'a [UrlPath],
    to: Goal,
}

/// All old addresses, and where they lead.
fn moved(materials: Materials<'_>) -> impl Iterator<Item = Moved<'_>> {
    let collection = materials.collection;
    let goal = |entry: &collection::Entry| match entry.outside() {
        Some(source) => Goal::Outside(source.address().to_owned()),
        None => Goal::Here(entry.line.url.clone()),
    };
    let articles = collection.articles.iter().filter(|entry| !entry.meta.aliases.is_empty());
    let articles = articles.map(move |entry| Moved::to_document(&entry.meta, goal(entry)));
    let pages = collection.pages.iter();
    let pages = pages.map(|page| Moved::to_document(&page.meta, Goal::Here(page.url.clone())));
    let terms = collection.terms.iter().flatten().filter_map(Moved::to_term);
    articles.chain(pages).chain(terms)
}

impl<'a> Moved<'a> {
    fn to_document(meta: &'a Meta, to: Goal) -> Self {
        Self { file: &meta.path, key: "aliases", from: &meta.aliases, to }
    }

    fn to_term(term: &'a Term) -> Option<Self> {
        let profile = term.profile.as_ref()?;
        let (file, from) = (&profile.path, &profile.redirect_from[..]);
        Some(Self { file, key: "redirect_from", from, to: Goal::Here(term.url.clone()) })
    }
}

/// All old addresses, each with the first file that names it, and by which key.
fn old_addresses(materials: Materials<'_>) -> HashMap<&UrlPath, (&ContentPath, &'static str)> {
    let mut files = HashMap::new();
    for Moved { file, key, from, .. } in moved(materials) {
        for url in from {
            files.entry(url).or_insert((file, key));
        }
    }
    files
}

/// Adds the pages at old addresses, and the files that tell hosts of them and of tombstones. Reports a file that
/// takes the place of such a file.
fn add_redirects(
    plan: &mut Plan,
    host_files: Vec<(UrlPath, HostFile)>,
    materials: Materials<'_>,
) -> Option<Diagnostic> {
    let pages =
        plan.redirects.iter().map(|(from, to)| Route { url: from.clone(), page: Page::Redirect(to.clone()) });
    plan.routes.extend(pages);
    let is_gone = |route: &Route| matches!(route.page, Page::Tombstone(_));
    if plan.redirects.is_empty() && !plan.routes.iter().any(is_gone) {
        return None;
    }
    let files = host_files.into_iter();
    plan.routes.extend(files.map(|(url, form)| Route { url, page: Page::RedirectsFile(form) }));
    let own = own_redirects(materials).filter(|_| materials.config.outputs.redirects_file)?;
    let message =
        "this file takes the place of the one with the redirects of the site, so hosts are told of none";
    let hint =
        "switch off `redirects_file` under `[outputs]`, and write the lines that you need into the file";
    Some(Diagnostic::new(Rule::LostRedirects, message).in_file(own.as_str()).hint(hint))
}

/// The `_redirects` of the site's own.
fn own_redirects(materials: Materials<'_>) -> Option<&ContentPath> {
    let url = UrlPath::root().join(HostFile::Redirects.file_name());
    materials.inputs.assets.iter().find(|(own, _)| own == url.as_str()).map(|(_, file)| &file.path)
}

/// The files that tell hosts of redirects. If the site has a `_redirects` of its own, that is kept.
fn host_files(materials: Materials<'_>) -> impl Iterator<Item = (UrlPath, HostFile)> {
    let outputs = &materials.config.outputs;
    let forms = [
        (outputs.redirects_file && own_redirects(materials).is_none(), HostFile::Redirects),
        (outputs.htaccess, HostFile::Htaccess),
        (outputs.nginx_redirects, HostFile::Nginx),
    ];
    let forms = forms.into_iter().filter_map(|(wanted, form)| wanted.then_some(form));
    forms.map(|form| (UrlPath::root().join(form.file_name()), form))
}

/// Adds pages for withdrawn articles. These keep their addresses only where nothing else claims them.
fn add_tombstones(plan: &mut Plan, taken: &HashMap<OutPath, Claim>, materials: Materials<'_>) {
    let mut graves = BTreeSet::new();
    for (place, tombstone) in materials.collection.tombstones.iter().enumerate() {
        for url in &tombstone.urls {
            let out = url.out_path();
            if !taken.contains_key(&out) && graves.insert(out) {
                plan.routes.push(Route { url: url.clone(), page: Page::Tombstone(place as u32) });
            }
        }
    }
}

fn file_of(page: &Page, materials: Materials<'_>) -> Option<ContentPath> {
    let collection = materials.collection;
    match page {
        Page::Article(id) | Page::Twin(id, _) => Some(collection.article(*id).meta.path.clone()),
        Page::Standing(place) => Some(collection.pages[*place as usize].meta.path.clone()),
        Page::Tombstone(place) => Some(collection.tombstones[*place as usize].path.clone()),
        Page::Copy(path) => Some(path.clone()),
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

/// Reports files that are also needed as folders: `/a` as a file and `/a/b` cannot both exist on a disk.
fn files_in_the_way_of_folders(plan: &Plan, files: &[OutPath], materials: Materials<'_>) -> Vec<Diagnostic> {
    let places: HashMap<&str, usize> = files.iter().map(OutPath::as_str).zip(0..).collect();
    let in_its_way = |(path, place): (&'_ OutPath, usize)| {
        let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        let files = folders.filter_map(|folder| places.get(folder)).map(move |file| (place, *file));
        files.collect::<Vec<_>>()
    };
    let mut pairs: Vec<(usize, usize)> =
        files.par_iter().zip(0..files.len()).flat_map_iter(in_its_way).collect();
    pairs.sort_by_key(|(blocked, file)| (&files[*blocked], &files[*file]));
    let mut told = BTreeSet::new();
    pairs.retain(|(_, file)| told.insert(*file));
    let old = if pairs.is_empty() { HashMap::new() } else { old_addresses(materials) };
    let tell = |(blocked, file): (usize, usize)| {
        let [blocked, route] = [blocked, file].map(|place| &plan.routes[place]);
        let message = format!("`/{}` is a file, so there can be nothing at `{}`", files[file], blocked.url);
        let diagnostic = Diagnostic::new(Rule::AddressClash, message);
        // An alias is the easiest to do without.
        let alias = |route: &Route| {
            let is_alias = matches!(route.page, Page::Redirect(_));
            is_alias.then(|| old.get_key_value(&route.url)).flatten()
        };
        if let Some((url, (file, key))) = [blocked, route].into_iter().find_map(alias) {
            return diagnostic.in_file(file.as_str()).about(&[key], url.as_str()).hint(MOVE_ONE);
        }
        let known = [route, blocked].map(|route| file_of(&route.page, materials));
        match known.into_iter().flatten().next() {
            Some(path) => diagnostic.in_file(path.as_str()),
            None => diagnostic,
        }
    };
    pairs.into_iter().map(tell).collect()
}

/// Reports files that are one file on a disk which does not tell upper from lower case, as on macOS and
/// Windows: the second would overwrite the first.
fn similar_addresses(plan: &Plan, files: &[OutPath], materials: Materials<'_>) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (path, place) in files.iter().zip(0..).filter(|(path, _)| path.has_capitals()) {
        alike.entry(path.without_capitals()).or_default().push(place);
    }
    // One of two such addresses has capitals, and few sites have any.
    if alike.is_empty() {
        return Vec::new();
    }
    for (path, place) in files.iter().zip(0..).filter(|(path, _)| !path.has_capitals()) {
        if let Some(places) = alike.get_mut(path.as_str()) {
            places.push(place);
        }
    }
    let mut told = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for mut places in alike.into_values().filter(|places| places.len() > 1) {
        places.sort_by_key(|place| &files[*place]);
        let of = |place: usize| (&plan.routes[place].url, file_of(&plan.routes[place].page, materials));
        let (first, first_file) = of(places[0]);
        for place in &places[1..] {
            let (url, file) = of(*place);
            // The twins of an article are no news.
            if !told.insert((first_file.clone(), file.clone())) {
                continue;
            }
            let message = format!("`{url}` and `{first}` differ only in upper and lower case");
            let diagnostic = Diagnostic::new(Rule::SimilarAddresses, message)
                .hint("give one of them another name: some disks take the two for one");
            let is_copy = matches!(plan.routes[*place].page, Page::Copy(_));
            diagnostics.push(match file.or_else(|| first_file.clone()) {
                Some(file) if is_copy => diagnostic.in_file(file.as_str()),
                Some(file) => diagnostic.in_file(file.as_str()).about(&["slug"], ""),
                None => diagnostic,
            });
        }
    }
    diagnostics
}
