//! What documents ask for by name, by address or by file, found or not: for who wants to know whether a newcomer is meant, or other
//! headings are missed.
//!
//! Nothing is looked up here. Each way in which `links` looks something up has a kind of name of its own. A picture that has only one name is
//! left out: no document can be meant by it, and if it is not there, that is told.

use crate::base::fingerprint::Fingerprint;
use crate::base::slug::fold;
use crate::index::links::split_fragment;
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::collection::{Collection, Entry};
use crate::model::path::{ContentPath, decoded};

/// How something is asked for.
#[derive(serde::Serialize)]
pub(super) enum Name<'a> {
    /// By its title or slug, folded.
    Called(&'a str),
    /// By its address.
    Url(&'a str),
    /// By its file.
    File(&'a str),
}

impl Name<'_> {
    fn print(&self) -> Fingerprint {
        Fingerprint::of(self)
    }

    /// Stands for the headings of what is asked for so.
    fn print_of_headings(&self) -> Fingerprint {
        Fingerprint::of(&("headings", self))
    }
}

/// What stands for everything that the documents of a collection ask for, in order.
pub fn asked(collection: &Collection) -> Vec<Fingerprint> {
    let mut asked = Vec::new();
    let articles = collection.articles.iter().map(|entry| &entry.meta);
    for meta in articles.chain(collection.pages.iter().map(|page| &page.meta)) {
        of_document(meta, &mut asked);
    }
    for profile in collection.terms.iter().flatten().filter_map(|term| term.profile.as_ref()) {
        of_links(&profile.path, &profile.links_in_body, &mut asked);
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Adds what stands for everything that a document asks for.
pub(super) fn of_document(meta: &Meta, asked: &mut Vec<Fingerprint>) {
    of_links(&meta.path, &meta.links, asked);
    for name in meta.related.iter().chain(&meta.unrelated) {
        asked.push(Name::Called(&fold(name)).print());
        asked.push(Name::File(meta.path.resolve(name).as_str()).print());
    }
}

/// Whether an article is among what is asked for by name.
pub(super) fn is_called(meta: &Meta, asked: &[Fingerprint]) -> bool {
    [&meta.slug, &meta.title].into_iter().any(|name| is_among(&Name::Called(&fold(name)), asked))
}

/// Whether an article is among what is asked for.
pub(super) fn is_asked_for(entry: &Entry, asked: &[Fingerprint]) -> bool {
    is_called(&entry.meta, asked) || places_of(entry).iter().any(|name| is_among(name, asked))
}

/// Whether a heading of an article is asked for, be it there or not.
pub(super) fn are_headings_asked_for(entry: &Entry, asked: &[Fingerprint]) -> bool {
    let meta = &entry.meta;
    let [slug, title] = [fold(&meta.slug), fold(&meta.title)];
    let mut names = [Name::Called(&slug), Name::Called(&title)].into_iter().chain(places_of(entry));
    names.any(|name| asked.binary_search(&name.print_of_headings()).is_ok())
}

/// Whether a document leads to a file by its path. Who shows it as a picture, and can mean no other, is left out.
pub(super) fn is_file_asked_for(file: &ContentPath, asked: &[Fingerprint]) -> bool {
    is_among(&Name::File(file.as_str()), asked)
}

/// The same of a file that is copied as it is, by its address.
pub(super) fn is_address_asked_for(url: &str, asked: &[Fingerprint]) -> bool {
    is_among(&Name::Url(url), asked)
}

fn places_of(entry: &Entry) -> [Name<'_>; 2] {
    [Name::Url(entry.url.as_str()), Name::File(entry.meta.path.as_str())]
}

fn is_among(name: &Name<'_>, asked: &[Fingerprint]) -> bool {
    asked.binary_search(&name.print()).is_ok()
}

fn of_links(from: &ContentPath, links: &[LinkRef], asked: &mut Vec<Fingerprint>) {
    for link in links {
        let leads_within = split_fragment(&link.target).1.is_some_and(|fragment| !fragment.is_empty());
        each_name(from, link, |name| {
            asked.push(name.print());
            asked.extend(leads_within.then(|| name.print_of_headings()));
        });
    }
}

/// Gives whatever names a link of a document may mean, or could mean if what it means now were not there or something else came.
pub(super) fn each_name(from: &ContentPath, link: &LinkRef, mut take: impl FnMut(&Name<'_>)) {
    let (target, _) = split_fragment(&link.target);
    let rest = link.target.find(['#', '?']).map(|at| &link.target[at..]);
    match link.kind {
        LinkKind::Wiki => take(&Name::Called(&fold(target))),
        // What was found by its whole name, `map.jpg#3.jpg`, would be `map.jpg` if that came.
        LinkKind::Picture if rest.is_some() => {
            let target = decoded(target.split('?').next().unwrap_or_default());
            each_place(from, &target, &mut take);
        }
        LinkKind::Picture => {}
        LinkKind::Link => {
            each_place(from, &decoded(target), &mut take);
            // `maps/#3.jpg` leads to a page as long as there is no file with such a name.
            if !target.is_empty() && rest.is_some_and(|rest| rest.contains('.')) {
                each_place(from, &decoded(&link.target), &mut take);
            }
        }
    }
}

fn each_place(from: &ContentPath, target: &str, take: &mut impl FnMut(&Name<'_>)) {
    if target.starts_with('/') {
        take(&Name::Url(target));
        take(&Name::Url(&format!("{target}/")));
    } else if !target.is_empty() {
        take(&Name::File(from.resolve(target).as_str()));
    }
}
