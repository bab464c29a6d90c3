//! What documents ask for by name, by address or by file, found or not: for who wants to know whether a newcomer is meant.
//!
//! Nothing is looked up here. Each way in which `links` looks something up has a kind of name of its own; what only leads to a file of
//! another kind is left out, because no document can be meant by it.

use super::links::split_fragment;
use crate::base::fingerprint::Fingerprint;
use crate::base::slug::fold;
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::collection::{Collection, Entry};
use crate::model::path::{ContentPath, decoded};

/// How something is asked for.
#[derive(serde::Serialize)]
enum Name<'a> {
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
}

/// What stands for everything that the documents of a collection ask for, in order.
pub fn asked(collection: &Collection) -> Vec<Fingerprint> {
    let mut asked = Vec::new();
    let articles = collection.articles.iter().map(|entry| &entry.meta);
    for meta in articles.chain(collection.pages.iter().map(|page| &page.meta)) {
        of_links(&meta.path, &meta.links, &mut asked);
        for name in meta.related.iter().chain(&meta.unrelated) {
            asked.push(Name::Called(&fold(name)).print());
            asked.push(Name::File(meta.path.resolve(name).as_str()).print());
        }
    }
    for profile in collection.terms.iter().flatten().filter_map(|term| term.profile.as_ref()) {
        of_links(&profile.path, &profile.links_in_body, &mut asked);
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Whether an article is among what is asked for by name.
pub(super) fn is_called(meta: &Meta, asked: &[Fingerprint]) -> bool {
    [&meta.slug, &meta.title].into_iter().any(|name| is_among(&Name::Called(&fold(name)), asked))
}

/// Whether an article is among what is asked for.
pub(super) fn is_asked_for(entry: &Entry, asked: &[Fingerprint]) -> bool {
    let names = [Name::Url(entry.url.as_str()), Name::File(entry.meta.path.as_str())];
    is_called(&entry.meta, asked) || names.iter().any(|name| is_among(name, asked))
}

fn is_among(name: &Name<'_>, asked: &[Fingerprint]) -> bool {
    asked.binary_search(&name.print()).is_ok()
}

fn of_links(from: &ContentPath, links: &[LinkRef], asked: &mut Vec<Fingerprint>) {
    for link in links {
        let (target, _) = split_fragment(&link.target);
        match link.kind {
            LinkKind::Picture => {}
            LinkKind::Wiki => asked.push(Name::Called(&fold(target)).print()),
            LinkKind::Link => {
                let target = decoded(target);
                if target.starts_with('/') {
                    asked.push(Name::Url(&target).print());
                    asked.push(Name::Url(&format!("{target}/")).print());
                } else if !target.is_empty() {
                    asked.push(Name::File(from.resolve(&target).as_str()).print());
                }
            }
        }
    }
}
