//! Everything that is known of a site once it is planned, so that any one of its outputs can be made when it
//! is asked for.
//!
//! An [`Edition`] owns what it is made from and never changes. Opened, it becomes an [`OpenEdition`], which
//! makes its pages by the same code as a build: the bytes are those that a build would write. Nothing is
//! written to disk here.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::date::{Moment, Zone};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::model::collection::Collection;
use crate::model::input::Inputs;
use crate::model::path::ContentPath;
use crate::model::plan::{Page, Plan, Route};
use crate::model::profile::TermKind;
use crate::plan::{Materials, Pantry};
use crate::{render, view};

use super::compiled_theme::CompiledTheme;
use super::copies::Copies;
use super::documents::Texts;
use super::load::Site;
use super::pages::{Output, PageBuilder};

/// A planned site, ready to make any of its pages.
pub struct Edition {
    pub(super) root: PathBuf,
    pub(super) site: Arc<Site>,
    pub(super) inputs: Arc<Inputs>,
    pub(super) collection: Collection,
    pub(super) routes: Arc<Routes>,
    pub(super) texts: Texts,
    pub(super) compiled: Arc<CompiledTheme>,
    pub(super) copies: Arc<Copies>,
    pub(super) at: Moment,
}

/// A digest in both of its forms.
#[derive(Debug)]
pub struct Digest {
    /// As HTML for mail programs.
    pub html: String,
    /// As plain text.
    pub text: String,
    /// How many articles it has.
    pub articles: usize,
}

/// A plan, with an index to look up its routes by address.
#[derive(Debug, Default)]
pub(super) struct Routes {
    pub(super) plan: Plan,
    places: HashMap<Fingerprint, u32>,
    /// The copied files by their addresses, each with the fingerprint of its content.
    files: Arc<BTreeMap<String, Fingerprint>>,
}

impl Routes {
    pub(super) fn new(plan: Plan, copies: &Copies) -> Self {
        let place = |(place, route): (usize, &Route)| (print(route.url.as_str()), place as u32);
        let places = plan.routes.iter().enumerate().map(place).collect();
        let file = |route: &Route| match &route.page {
            Page::Copy(path) => Some((route.url.encoded(), copies.get(path)?.content)),
            _ => None,
        };
        let files = Arc::new(plan.routes.iter().filter_map(file).collect());
        Self { plan, places, files }
    }

    fn at(&self, address: &str) -> Option<&Route> {
        self.places.get(&print(address)).and_then(|&place| self.plan.routes.get(place as usize))
    }
}

fn print(address: &str) -> Fingerprint {
    Fingerprint::of_bytes(address.as_bytes())
}

impl Edition {
    /// Opens the edition for as long as `read` takes.
    pub fn open<R>(&self, read: impl FnOnce(&OpenEdition<'_>) -> R) -> R {
        let builder = PageBuilder::new(
            &self.root,
            &self.site,
            &self.collection,
            &self.texts,
            &self.compiled,
            &self.copies,
        );
        let pantry = Pantry::new(self.materials(), &self.routes.plan);
        read(&OpenEdition { builder, pantry, collection: &self.collection, routes: &self.routes })
    }

    pub(super) fn materials(&self) -> Materials<'_> {
        Materials {
            collection: &self.collection,
            config: &self.site.config,
            inputs: &self.inputs,
            theme: &self.site.theme,
            at: self.at,
        }
    }

    /// The articles that appeared after `since`, by their tags or outlets, to be sent by e-mail.
    pub fn digest(&self, since: Moment, by: TermKind) -> Digest {
        let site = view::Site::new(&self.site.config, &self.site.theme, 0);
        let parts = Pantry::new(self.materials(), &self.routes.plan).digest(since, by);
        let articles = parts.groups.iter().map(|(_, cards)| cards.len()).sum();
        let digest = view::digest(&parts, &site);
        Digest { html: render::digest_html(&digest), text: render::digest_text(&digest), articles }
    }

    /// The path of the site on its host, percent-encoded, without a slash at the end.
    pub fn base_path(&self) -> &str {
        &self.site.config.base_path
    }

    /// The time zone of the site.
    pub fn zone(&self) -> Zone {
        self.site.config.zone
    }

    /// Whether its pages can be made: not if the theme could not be loaded, or a template is no template.
    pub fn has_pages(&self) -> bool {
        self.compiled.renderer.is_some()
    }

    /// How many articles it has.
    pub fn articles(&self) -> u64 {
        self.collection.articles.len() as u64
    }

    /// The copied files by their addresses, each with the fingerprint of its content.
    pub fn files(&self) -> Arc<BTreeMap<String, Fingerprint>> {
        Arc::clone(&self.routes.files)
    }
}

impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edition").field("root", &self.root).field("at", &self.at).finish_non_exhaustive()
    }
}

/// An edition whose pages can be made, on any number of threads at once.
pub struct OpenEdition<'a> {
    builder: PageBuilder<'a>,
    pantry: Pantry<'a>,
    collection: &'a Collection,
    routes: &'a Routes,
}

/// What was found at an address.
#[derive(Debug)]
pub enum Found {
    /// An output.
    Output {
        /// The path of the file that a build would write.
        path: String,
        /// Its media type, if the file extension does not tell it.
        media_type: Option<&'static str>,
        /// The document or file of the content that it is the page, the twin or the copy of.
        of: Option<ContentPath>,
        /// Its content.
        output: Output,
    },
    /// A folder: the address lacks the slash at its end.
    Folder,
    /// Nothing.
    Nothing,
}

impl<'a> OpenEdition<'a> {
    /// Finds what a static host would serve at an address such as `/2022/01/some-slug/`: decoded, without the
    /// base path. An address that does not begin with a slash finds nothing.
    pub fn find(&self, address: &str) -> Result<Found> {
        let at = |address: &str| self.routes.at(address);
        // A folder in `static/` may have an `index.html` of its own.
        let of_folder = |folder: &str| at(folder).or_else(|| at(&format!("{folder}index.html")));
        let route = if address.ends_with('/') { of_folder(address) } else { at(address) };
        match route.or_else(|| at(address.strip_suffix("index.html")?)) {
            Some(route) => self.output(route),
            None if address.starts_with('/') && of_folder(&format!("{address}/")).is_some() => {
                Ok(Found::Folder)
            }
            None => Ok(Found::Nothing),
        }
    }

    /// Finds a page that can be made without any other document: an article, a standing page, an asset of the
    /// theme.
    pub(super) fn find_single(&self, address: &str) -> Result<Option<Found>> {
        let is_single =
            |page: &Page| matches!(page, Page::Article(_) | Page::Standing(_) | Page::ThemeAsset(_));
        let address = address.strip_suffix("index.html").unwrap_or(address);
        let route = self.routes.at(address).filter(|route| is_single(&route.page));
        let found = route.map(|route| self.output(route)).transpose()?;
        Ok(found.filter(|found| !matches!(found, Found::Output { output: Output::Faulty(_), .. })))
    }

    pub(super) fn output(&self, route: &'a Route) -> Result<Found> {
        let of = match &route.page {
            Page::Copy(path) => Some(path.clone()),
            Page::Article(id) | Page::Twin(id, _) => Some(self.collection.article(*id).meta.path.clone()),
            Page::Standing(place) => Some(self.collection.pages[*place as usize].meta.path.clone()),
            _ => None,
        };
        let media_type = match &route.page {
            Page::Feed(_, format) => Some(format.media_type()),
            _ => None,
        };
        let output = self.builder.build_one(route, &self.pantry)?;
        Ok(Found::Output { path: route.url.out_path().as_str().to_owned(), media_type, of, output })
    }
}

impl std::fmt::Debug for OpenEdition<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenEdition").field("routes", &self.routes.plan.routes.len()).finish_non_exhaustive()
    }
}
