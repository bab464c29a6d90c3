//! What documents ask for by name, by address or by file, whether it exists or not. It tells whether an
//! existing link means a new article, or a heading that a revised article no longer has.
//!
//! Nothing is resolved here. Each way in which `links` looks something up has a [`Name`] of its own. A
//! picture that can be found in only one way is left out: it never means a document, and if it is missing,
//! that is reported.

use serde::{Serialize, Serializer};

use crate::base::fingerprint::Fingerprint;
use crate::base::fold::fold;
use crate::base::percent::decoded;
use crate::base::slug::composed;
use crate::index::addresses::relative_to;
use crate::index::bundles::folders;
use crate::index::links::split_fragment;
use crate::index::originals::{self, Original};
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::collection::{Collection, Entry};
use crate::model::path::{ContentPath, UrlPath};

/// How something is asked for. Equivalent spellings of a name have one fingerprint.
#[derive(Serialize)]
pub(super) enum Name<'a> {
    /// By its title or slug, folded.
    Called(&'a str),
    /// By its address.
    Url(#[serde(serialize_with = "as_composed")] &'a str),
    /// By its file.
    File(#[serde(serialize_with = "as_composed")] &'a str),
    /// By the address of something in this folder.
    Below(#[serde(serialize_with = "as_composed")] &'a str),
    /// By a file that would belong to a bundle in this folder.
    Bundle(#[serde(serialize_with = "as_composed")] &'a str),
}

fn as_composed<S: Serializer>(name: &&str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&composed(name))
}

impl Name<'_> {
    fn print(&self) -> Fingerprint {
        Fingerprint::of(self)
    }

    /// The fingerprint that says: a heading is asked for in what has this name.
    fn print_of_headings(&self) -> Fingerprint {
        Fingerprint::of(&("headings", self))
    }
}

/// The fingerprint that says: an article has the text of an original, which is wanted once.
fn print_of_original(original: &Original<'_>) -> Fingerprint {
    Fingerprint::of(&("original", original))
}

/// The fingerprints of everything that the documents of a collection ask for, in ascending order.
pub fn asked(collection: &Collection) -> Vec<Fingerprint> {
    let mut asked = Vec::new();
    let articles = collection.articles.iter().map(|entry| (&entry.meta, &entry.line.url));
    for (meta, url) in articles.chain(collection.pages.iter().map(|page| (&page.meta, &page.url))) {
        of_document(meta, url, &mut asked);
    }
    for term in collection.terms.iter().flatten() {
        if let Some(profile) = &term.profile {
            of_links((&profile.path, &term.url), &profile.links_in_body, &mut asked);
        }
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Adds the fingerprints of everything that one document asks for, which has this address.
pub(super) fn of_document(meta: &Meta, url: &UrlPath, asked: &mut Vec<Fingerprint>) {
    of_links((&meta.path, url), &meta.links, asked);
    for name in meta.related.iter().chain(&meta.unrelated) {
        asked.push(Name::Called(&fold(name)).print());
        asked.push(Name::File(meta.path.resolve(name).as_str()).print());
    }
    asked.extend(originals::of(meta).map(|original| print_of_original(&original)));
}

/// All that the documents of a collection ask for, to be searched: what [`asked`] returns.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a>(&'a [Fingerprint]);

impl<'a> Asked<'a> {
    /// From fingerprints in ascending order.
    pub(super) fn new(prints: &'a [Fingerprint]) -> Self {
        Self(prints)
    }

    /// Whether a document asks for an article by its title or slug.
    pub(super) fn has_name_of(self, meta: &Meta) -> bool {
        [&meta.slug, &meta.title].into_iter().any(|name| self.has(&Name::Called(&fold(name))))
    }

    /// Whether a document asks for an article, in whatever way.
    pub(super) fn has_article(self, entry: &Entry) -> bool {
        self.has_name_of(&entry.meta) || places_of(entry).iter().any(|name| self.has(name))
    }

    /// Whether a document asks for a heading of an article, be it there or not.
    pub(super) fn has_heading_of(self, entry: &Entry) -> bool {
        let meta = &entry.meta;
        let [slug, title] = [fold(&meta.slug), fold(&meta.title)];
        let mut names = [Name::Called(&slug), Name::Called(&title)].into_iter().chain(places_of(entry));
        names.any(|name| self.0.binary_search(&name.print_of_headings()).is_ok())
    }

    /// Whether an article has the text of an original.
    pub(super) fn has_original(self, original: &Original<'_>) -> bool {
        self.0.binary_search(&print_of_original(original)).is_ok()
    }

    /// Whether a document leads to a file by its path. One that shows it as a picture, and can mean no other,
    /// does not count.
    pub(super) fn has_file(self, file: &ContentPath) -> bool {
        self.has(&Name::File(file.as_str()))
    }

    /// Whether a document shows or leads to a file that belongs to another one, if that is a bundle.
    pub(super) fn has_files_of(self, bundle: &ContentPath) -> bool {
        bundle.is_bundle() && self.has(&Name::Bundle(bundle.folder()))
    }

    /// Whether a document leads to something in a folder by its address.
    pub(super) fn has_below(self, folder: &str) -> bool {
        self.has(&Name::Below(folder))
    }

    /// Whether a document leads to a list or a copied file by its address.
    pub(super) fn has_address(self, url: &str) -> bool {
        self.has(&Name::Url(url))
    }

    fn has(self, name: &Name<'_>) -> bool {
        self.0.binary_search(&name.print()).is_ok()
    }
}

fn places_of(entry: &Entry) -> [Name<'_>; 2] {
    [Name::Url(entry.line.url.as_str()), Name::File(entry.meta.path.as_str())]
}

fn of_links((from, url): (&ContentPath, &UrlPath), links: &[LinkRef], asked: &mut Vec<Fingerprint>) {
    for link in links {
        let (target, _) = split_fragment(&link.target);
        // As a browser sees it, it may lead to a list.
        if link.kind == LinkKind::Link && !target.is_empty() && !target.starts_with('/') {
            each_place(from, &decoded(&relative_to(url, target)), &mut |name| asked.push(name.print()));
        }
        each_bundle(from, link, &mut |name| asked.push(name.print()));
        let leads_within = split_fragment(&link.target).1.is_some_and(|fragment| !fragment.is_empty());
        each_name(from, link, |name| {
            asked.push(name.print());
            asked.extend(leads_within.then(|| name.print_of_headings()));
        });
    }
}

/// Calls `take` with every name that a link may mean: what it means now, and what it would mean if files or
/// documents came or went.
pub(super) fn each_name(from: &ContentPath, link: &LinkRef, mut take: impl FnMut(&Name<'_>)) {
    let (target, _) = split_fragment(&link.target);
    let rest = link.target.find(['#', '?']).map(|at| &link.target[at..]);
    match link.kind {
        LinkKind::Wiki => take(&Name::Called(&fold(target))),
        LinkKind::Picture => {
            let target = decoded(target.split('?').next().unwrap_or_default());
            // A picture found by its whole name, `map.jpg#3.jpg`, would be `map.jpg` if that came, and one by an
            // equivalent name would be the one by the exact name.
            if rest.is_some() || !target.is_ascii() {
                each_place(from, &target, &mut take);
            }
        }
        LinkKind::Link => {
            each_place(from, &decoded(target), &mut take);
            // `maps/#3.jpg` leads to a page as long as there is no file with such a name.
            if !target.is_empty() && rest.is_some_and(|rest| rest.contains('.')) {
                each_place(from, &decoded(&link.target), &mut take);
            }
        }
    }
}

/// Calls `take` with every folder in which a bundle would have the file that a link leads to, but for the
/// document's own. That this one is published goes without saying.
fn each_bundle(from: &ContentPath, link: &LinkRef, take: &mut impl FnMut(&Name<'_>)) {
    let target = &link.target;
    // `#` and `?` may be part of a name, here even of that of a folder.
    let ends = [target.find('#'), target.find(['#', '?'])].into_iter().flatten().chain([target.len()]);
    let names = ends.map(|end| decoded(&target[..end]));
    let is_file = |name: &String| link.kind != LinkKind::Wiki && !name.is_empty() && !name.starts_with('/');
    for name in names.filter(is_file) {
        let file = from.resolve(&name);
        let is_own = |folder: &&str| from.is_bundle() && *folder == from.folder();
        folders(file.folder())
            .take_while(|folder| !is_own(folder))
            .for_each(|folder| take(&Name::Bundle(folder)));
    }
}

fn each_place(from: &ContentPath, target: &str, take: &mut impl FnMut(&Name<'_>)) {
    if target.starts_with('/') {
        take(&Name::Url(target));
        take(&Name::Url(&format!("{target}/")));
        let folders = target.match_indices('/').skip(1);
        folders.for_each(|(at, _)| take(&Name::Below(&target[..=at])));
    } else if !target.is_empty() {
        take(&Name::File(from.resolve(target).as_str()));
    }
}
