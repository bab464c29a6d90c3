//! Files that have come, and where they will be found.
//!
//! A file is published beside the page of a document if the document refers to it or it lies in the
//! document's bundle. That no document had missed it before follows from two other checks: nothing was
//! reported of it, and no document [asks](super::asked) for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asked::Asked;
use super::renew::{Circumstances, Earlier};
use super::single::Others;
use crate::index::addresses::file_url;
use crate::index::bundles::folders;
use crate::index::excerpt::Excerpt;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Entry, PageEntry, Term};
use crate::model::declined::{Declined, require};
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::ByKind;

/// Why a full build has to report a mistake.
pub(super) const TWO_FILES: &str = "two files with one address";

/// The nearest bundle around a file, published or not. Declines if that bundle has two documents.
pub(super) fn bundle_of<'i>(file: &ContentPath, inputs: &'i Inputs) -> Result<Option<Bundle<'i>>, Declined> {
    for folder in folders(file.folder()) {
        let mut bundles = bundles_in(folder, inputs);
        if let Some(bundle) = bundles.next() {
            require(bundles.next().is_none(), "a bundle with two documents")?;
            return Ok(Some(bundle));
        }
    }
    Ok(None)
}

/// The document of a bundle.
type Bundle<'i> = (DocumentKind, &'i ContentPath);

/// The documents of a folder that make it a bundle: `index.md`, whatever the case of `.md`.
fn bundles_in<'i>(folder: &str, inputs: &'i Inputs) -> impl Iterator<Item = Bundle<'i>> + use<'i> {
    let documents = &inputs.documents;
    let [top, end] = ["index.", "index/"].map(|name| format!("{folder}/{name}"));
    let of_kind = move |kind: DocumentKind| {
        let place =
            |name: &str| documents.partition_point(|(k, file)| (*k, file.path.as_str()) < (kind, name));
        documents[place(&top)..place(&end)].iter().map(move |(_, file)| (kind, &file.path))
    };
    let bundles = [DocumentKind::Article, DocumentKind::Page].into_iter().flat_map(of_kind);
    bundles.filter(|(_, path)| path.is_bundle())
}

/// The files beside documents in a folder and below it.
fn below<'i>(folder: &str, inputs: &'i Inputs) -> impl Iterator<Item = &'i ContentPath> + use<'i> {
    let top = format!("{folder}/");
    // They are not sorted as a whole: first those of one kind of document, then those of the other.
    let beside = inputs.beside.iter().map(|file| &file.path);
    beside.filter(move |file| file.as_str().starts_with(&top))
}

/// Declines if a new bundle takes files from another one around it.
pub(super) fn takes_none(
    meta: &Meta,
    Circumstances { inputs, come, .. }: Circumstances<'_>,
) -> Result<(), Declined> {
    let folder = meta.path.folder();
    let takes_some = meta.path.is_bundle() && !below(folder, inputs).all(|file| come.contains(file));
    let is_within = takes_some && bundle_of(&ContentPath::new(folder), inputs)?.is_some();
    require(!is_within, "a new bundle in another one")
}

/// Publishes the files in bundles that are new, or that belong to the new articles `fresh`.
pub(super) fn in_bundles(
    fresh: &BTreeMap<ArticleId, Entry>,
    asked: Asked<'_>,
    others: &mut Others<'_, impl Earlier>,
) -> Result<(), Declined> {
    let circumstances = others.circumstances;
    let inputs = circumstances.inputs;
    let is_asset_asked_for =
        |(url, file): &(String, InputFile)| asked.has_address(url) && circumstances.come.contains(&file.path);
    let are_asked_for = circumstances.come.iter().any(|file| asked.has_file(file))
        || !circumstances.come.is_empty() && inputs.assets.iter().any(is_asset_asked_for);
    require(!are_asked_for, "a document leads to a file that has come")?;
    let bundles = fresh.values().map(|entry| &entry.meta.path).filter(|path| path.is_bundle());
    let brought: BTreeSet<&ContentPath> = bundles.flat_map(|path| below(path.folder(), inputs)).collect();
    for file in circumstances.come.iter().chain(brought) {
        let Some((kind, bundle)) = bundle_of(file, inputs)? else { continue };
        let url = match fresh.values().find(|entry| entry.meta.path == *bundle) {
            Some(new) => address_of(new, others.terms),
            None => others.address_of(kind, bundle),
        };
        // Files of a document that is not published, or not shown as a whole, are not published either.
        let Some(url) = url else { continue };
        let below = &file.as_str()[bundle.folder().len() + 1..];
        let url = file_url(&url, below).ok_or(Declined("a file whose name is no address"))?;
        others.publish([(url, file.clone())])?;
    }
    Ok(())
}

/// The address of an article, if it is shown as a whole.
fn address_of(entry: &Entry, terms: &ByKind<Vec<Term>>) -> Option<UrlPath> {
    let shown = Excerpt::of_entry(entry, &entry.meta, terms);
    (shown == Excerpt::Whole).then(|| entry.line.url.clone())
}

impl<E: Earlier> Others<'_, E> {
    /// Takes in files beside documents. If two claim one address, a full build has to report that.
    pub(super) fn publish(
        &mut self,
        files: impl IntoIterator<Item = (UrlPath, ContentPath)>,
    ) -> Result<(), Declined> {
        files.into_iter().try_for_each(|(url, file)| {
            let other = self.files.insert(url, file.clone());
            require(other.is_none_or(|other| other == file), TWO_FILES)
        })
    }

    /// Whether a file belongs to a document that was published before, or to `own`, or to none.
    pub(super) fn belongs_to_published(&mut self, file: &ContentPath, own: &Meta) -> Result<bool, Declined> {
        let Some((kind, bundle)) = bundle_of(file, self.circumstances.inputs)? else { return Ok(true) };
        let is_page = |page: &Arc<PageEntry>| page.meta.path == *bundle;
        let mut is_public = || match kind {
            DocumentKind::Article => self.earlier.of_file(bundle).is_some(),
            _ => self.earlier.pages().iter().any(is_page),
        };
        Ok(*bundle == own.path || is_public())
    }

    /// The address of an article or standing page that existed before; `None` if it is not published, or not
    /// shown as a whole.
    fn address_of(&mut self, kind: DocumentKind, path: &ContentPath) -> Option<UrlPath> {
        if kind == DocumentKind::Article {
            let id = self.earlier.of_file(path)?;
            return self.earlier.entry(id).and_then(|entry| address_of(&entry, self.terms));
        }
        let mut pages = self.earlier.pages().iter();
        pages.find(|page| page.meta.path == *path).map(|page| page.url.clone())
    }
}
