//! Everything that is known of a site once it is planned, so that any one of its outputs can be made when it is asked for.
//!
//! An [`Edition`] owns what it is made from and never changes; [`Kiosk`] hands out its pages. They are made by the very code that
//! makes those of a build: what a kiosk hands out is what a build would write. Nothing is written here.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::date::{Moment, Zone};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::model::collection::Collection;
use crate::model::input::Inputs;
use crate::model::plan::{Page, Plan, Route};
use crate::model::profile::TermKind;
use crate::plan::{Materials, Pantry};
use crate::{render, view};

use super::compiled_theme::CompiledTheme;
use super::copies::Copies;
use super::documents::Texts;
use super::load::Site;
use super::pages::{Output, PageBuilder};

/// A planned site.
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

/// A plan, and where each address stands in it.
#[derive(Debug, Default)]
pub(super) struct Routes {
    pub(super) plan: Plan,
    places: HashMap<Fingerprint, u32>,
    /// The files that are copied, by their addresses, each with what stands for its content.
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
    /// Opens a kiosk for as long as `sell` takes.
    pub fn open<R>(&self, sell: impl FnOnce(&Kiosk<'_>) -> R) -> R {
        let builder = PageBuilder::new(
            &self.root,
            &self.site,
            &self.collection,
            &self.texts,
            &self.compiled,
            &self.copies,
        );
        let pantry = Pantry::new(self.materials(), &self.routes.plan);
        sell(&Kiosk { builder, pantry, routes: &self.routes })
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

    /// How many articles it has.
    pub fn articles(&self) -> u64 {
        self.collection.articles.len() as u64
    }

    /// The files that are copied, by their addresses, each with what stands for its content.
    pub fn files(&self) -> Arc<BTreeMap<String, Fingerprint>> {
        Arc::clone(&self.routes.files)
    }
}

impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edition").field("root", &self.root).field("at", &self.at).finish_non_exhaustive()
    }
}

/// Where the pages of an edition are handed out, on any number of threads.
pub struct Kiosk<'a> {
    builder: PageBuilder<'a>,
    pantry: Pantry<'a>,
    routes: &'a Routes,
}

/// What is at an address.
#[derive(Debug)]
pub enum Found {
    /// An output.
    Output {
        /// The path of the file that a build writes.
        path: String,
        /// Its media type, if the ending of the path doesn't tell.
        media_type: Option<&'static str>,
        /// What is in it.
        output: Output,
    },
    /// The address lacks a slash at its end.
    Folder,
    /// Nothing.
    Nothing,
}

impl<'a> Kiosk<'a> {
    /// What a static host would find at an address: `/2022/01/some-slug/`, not percent-encoded, without the base path. At what does
    /// not begin with a slash there is nothing.
    pub fn find(&self, address: &str) -> Result<Found> {
        let at = |address: &str| self.routes.at(address);
        let route = at(address).or_else(|| at(address.strip_suffix("index.html")?));
        match route {
            Some(route) => self.output(route),
            None if address.starts_with('/') && at(&format!("{address}/")).is_some() => Ok(Found::Folder),
            None => Ok(Found::Nothing),
        }
    }

    fn output(&self, route: &'a Route) -> Result<Found> {
        let media_type = match &route.page {
            Page::Feed(_, format) => Some(format.media_type()),
            _ => None,
        };
        let output = self.builder.build_one(route, &self.pantry)?;
        Ok(Found::Output { path: route.url.out_path().as_str().to_owned(), media_type, output })
    }
}

impl std::fmt::Debug for Kiosk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kiosk").field("routes", &self.routes.plan.routes.len()).finish_non_exhaustive()
    }
}
