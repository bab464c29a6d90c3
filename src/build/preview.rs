//! An article by itself, for the time when the others have not been read yet.
//!
//! The first edition of a large site takes some seconds, because every document has to be read. Until then
//! one that is asked for can be shown by itself: without its neighbours and related articles, and with links
//! to other documents as they are written. It is found by the name of its file, so one that has another slug
//! waits for the first edition, as all lists do. Nothing is reported here, because the first edition will.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::error::{Error, Result};
use crate::cache::{Bodies, CachedDocument};
use crate::index;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::parse;
use crate::plan::{self, Materials};

use super::compiled_theme::CompiledTheme;
use super::documents::{Reader, Texts, documents_for_index};
use super::edition::{Edition, Found, Routes};
use super::load::{self, Site};
use super::{Request, Silent};

/// The most documents of one name that are read in order to find the one that is meant.
const MOST: usize = 32;

/// A site of which no document has been read yet.
pub struct Preview {
    request: Request,
    site: Arc<Site>,
    inputs: Arc<Inputs>,
}

impl Preview {
    pub(super) fn new(request: &Request, site: &Arc<Site>, inputs: &Arc<Inputs>) -> Self {
        let request = Request { cache: false, ..request.clone() };
        Self { request, site: Arc::clone(site), inputs: Arc::clone(inputs) }
    }

    /// The number of documents.
    pub fn documents(&self) -> usize {
        self.inputs.documents.len()
    }

    /// The path of the site on its host, percent-encoded, without a slash at the end.
    pub fn base_path(&self) -> &str {
        &self.site.config.base_path
    }

    /// The page at an address, if it is that of an article or standing page, or the asset of the theme.
    pub fn find(&self, address: &str) -> Result<Option<Found>> {
        // Pictures and lists are asked for as well, and nothing needs to be made to know that they must wait.
        let named = self.named(address);
        if named.is_empty() && !self.is_asset(address) {
            return Ok(None);
        }
        let refused = |error| Error::refused(format!("cannot start a thread: {error}"));
        // All threads of the usual pool are busy with the first edition.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(refused)?;
        pool.install(|| self.edition(&named)?.open(|edition| edition.find_single(address)))
    }

    /// An edition of some documents, and of the profiles of terms, which these may show.
    fn edition(&self, named: &[&(DocumentKind, InputFile)]) -> Result<Edition> {
        let Self { request, site, inputs } = self;
        let store = Bodies::in_memory();
        let reader = Reader::new(request, site, &store, &Silent);
        let read = |(kind, file): &(DocumentKind, InputFile)| reader.document(*kind, file, None);
        let profiles = inputs.documents.iter().filter(|(kind, _)| is_profile(*kind));
        let documents: Vec<CachedDocument> =
            named.iter().copied().chain(profiles).map(read).collect::<Result<_>>()?;
        let places: HashMap<_, _> = documents.iter().filter_map(CachedDocument::text).collect();

        let mut unreported = Vec::new();
        let data = load::data(request, inputs, &mut unreported)?;
        let indexed =
            index::index(documents_for_index(&documents), inputs, &site.config, request.visibility());
        let collection = indexed.take(&mut unreported);
        let compiled = CompiledTheme::make(site, &collection.extent(), &data, None);
        let (config, theme) = (&site.config, &site.theme);
        let materials = Materials { collection: &collection, config, inputs, theme, at: request.at };
        let (plan, copies) = (plan::plan(materials).take(&mut unreported), Arc::default());
        Ok(Edition {
            root: request.root.clone(),
            site: Arc::clone(site),
            inputs: Arc::clone(inputs),
            collection,
            routes: Arc::new(Routes::new(plan, &copies)),
            texts: Texts { store: Arc::new(store), places: Arc::new(places) },
            compiled: Arc::new(compiled),
            copies,
            at: request.at,
        })
    }

    /// The documents whose names end the address.
    fn named(&self, address: &str) -> Vec<&(DocumentKind, InputFile)> {
        let name = address.trim_end_matches("index.html").trim_end_matches('/');
        let Some(name) = name.rsplit('/').next().filter(|name| !name.is_empty()) else { return Vec::new() };
        let slugs = self.site.config.urls.slugs;
        let is_named = |(kind, file): &&(DocumentKind, InputFile)| {
            !is_profile(*kind) && parse::slug(&file.path, slugs).as_str() == name
        };
        self.inputs.documents.iter().filter(is_named).take(MOST).collect()
    }

    fn is_asset(&self, address: &str) -> bool {
        let mut assets = self.site.theme.assets.values();
        address.rsplit('/').next().is_some_and(|name| assets.any(|asset| asset.hashed_name == name))
    }
}

fn is_profile(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Profile(_))
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Preview").field("root", &self.request.root).finish_non_exhaustive()
    }
}
