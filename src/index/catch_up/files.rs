//! Files that have come, and where they will be found.
//!
//! A file beside a document stands beside its page, because the document refers to it or because it lies in the bundle. Whether anybody had
//! missed one before is not asked here: nobody did, if nothing was told of it and no document [asks](super::asked) for it.

use std::collections::BTreeMap;

use super::asked;
use super::renew::Earlier;
use super::single::Others;
use crate::base::fingerprint::Fingerprint;
use crate::index::addresses::file_url;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Entry};
use crate::model::declined::{Declined, require};
use crate::model::input::{DocumentKind, Inputs};
use crate::model::path::{ContentPath, UrlPath};

/// The nearest bundle around a file, whether it is to be seen or not.
pub(super) fn bundle_of(file: &ContentPath, inputs: &Inputs) -> Option<(DocumentKind, ContentPath)> {
    let mut folder = file.folder();
    loop {
        for name in ["index.md", "index.markdown"] {
            let path = ContentPath::new(format!("{folder}/{name}"));
            for kind in [DocumentKind::Article, DocumentKind::Page] {
                if inputs.document(kind, &path).is_some() {
                    return Some((kind, path));
                }
            }
        }
        folder = folder.rsplit_once('/')?.0;
    }
}

/// Whether an article takes no files from others that have been there: its folder is as new as its bundle.
pub(super) fn is_new_bundle(meta: &Meta, come: &[ContentPath], inputs: &Inputs) -> Result<(), Declined> {
    let top = format!("{}/", meta.path.folder());
    let from = inputs.beside.partition_point(|file| file.path.as_str() < top.as_str());
    let below = inputs.beside[from..].iter().take_while(|file| file.path.as_str().starts_with(&top));
    require(
        below.map(|file| &file.path).all(|file| come.contains(file)),
        "a new bundle around files that were there",
    )
}

/// The addresses of those of the files that lie in bundles. `fresh` are the articles that have come.
pub(super) fn in_bundles(
    fresh: &BTreeMap<ArticleId, Entry>,
    asked: &[Fingerprint],
    others: &mut Others<'_, impl Earlier>,
) -> Result<BTreeMap<UrlPath, ContentPath>, Declined> {
    let circumstances = others.circumstances;
    let mut files = BTreeMap::new();
    for file in circumstances.come {
        require(!asked::is_file_asked_for(file, asked), "a document leads to a file that has come")?;
        let Some((kind, bundle)) = bundle_of(file, circumstances.inputs) else { continue };
        let new = fresh.values().find(|entry| entry.meta.path == bundle).map(|entry| entry.url.clone());
        let url = new.or_else(|| others.address_of(kind, &bundle));
        // What belongs to a document that is not to be seen is not to be seen either.
        let Some(url) = url else { continue };
        let below = &file.as_str()[bundle.folder().len() + 1..];
        files.insert(file_url(&url, below).ok_or(Declined("a file whose name is no address"))?, file.clone());
    }
    Ok(files)
}

impl<E: Earlier> Others<'_, E> {
    /// Where an article or standing page is that was there before; nothing if it is not to be seen.
    fn address_of(&mut self, kind: DocumentKind, path: &ContentPath) -> Option<UrlPath> {
        if kind == DocumentKind::Article {
            let id = self.earlier.of_file(path)?;
            return self.earlier.entry(id).map(|entry| entry.url.clone());
        }
        let mut pages = self.earlier.pages().iter();
        pages.find(|page| page.meta.path == *path).map(|page| page.url.clone())
    }
}
