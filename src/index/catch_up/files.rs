//! Files that have come, and where they will be found.
//!
//! A file beside a document stands beside its page, because the document refers to it or because it lies in the bundle. Whether anybody had
//! missed one before is not asked here: nobody did, if nothing was told of it and no document [asks](super::asked) for it.

use std::collections::{BTreeMap, BTreeSet};

use super::asked;
use super::renew::{Circumstances, Earlier};
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

/// The files beside documents in a folder and below it.
fn below<'i>(folder: &str, inputs: &'i Inputs) -> impl Iterator<Item = &'i ContentPath> + use<'i> {
    let top = format!("{folder}/");
    let from = inputs.beside.partition_point(|file| file.path.as_str() < top.as_str());
    let beside = inputs.beside[from..].iter().map(|file| &file.path);
    beside.take_while(move |file| file.as_str().starts_with(&top))
}

/// Whether a bundle that has come takes no files from another one around it.
pub(super) fn takes_none(
    meta: &Meta,
    Circumstances { inputs, come, .. }: Circumstances<'_>,
) -> Result<(), Declined> {
    let folder = meta.path.folder();
    let is_within = || bundle_of(&ContentPath::new(folder), inputs).is_some();
    let takes_some =
        meta.path.is_bundle() && !below(folder, inputs).all(|file| come.contains(file)) && is_within();
    require(!takes_some, "a new bundle in another one")
}

/// The addresses of the files in bundles that have come or belong to articles that have. `fresh` are these.
pub(super) fn in_bundles(
    fresh: &BTreeMap<ArticleId, Entry>,
    asked: &[Fingerprint],
    others: &mut Others<'_, impl Earlier>,
) -> Result<BTreeMap<UrlPath, ContentPath>, Declined> {
    let circumstances = others.circumstances;
    let (mut files, inputs) = (BTreeMap::new(), circumstances.inputs);
    let is_asked_for = circumstances.come.iter().any(|file| asked::is_file_asked_for(file, asked));
    require(!is_asked_for, "a document leads to a file that has come")?;
    let bundles = fresh.values().map(|entry| &entry.meta.path).filter(|path| path.is_bundle());
    let brought: BTreeSet<&ContentPath> = bundles.flat_map(|path| below(path.folder(), inputs)).collect();
    for file in circumstances.come.iter().chain(brought) {
        let Some((kind, bundle)) = bundle_of(file, inputs) else { continue };
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
