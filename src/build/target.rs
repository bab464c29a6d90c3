//! The output folder: where it is, what the last build left in it, and where unfinished outputs wait.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Cache, State};
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;
use crate::write;

use super::load::Site;
use super::prints::{self, Prints};
use super::{Counts, Request};

/// The output folder.
pub(super) struct Target {
    pub(super) out: PathBuf,
    /// What the cache calls it: the path as it was given, so that a site can be moved with its cache.
    pub(super) label: String,
    /// Whether it lies on the disk of the cache.
    is_near: bool,
    /// Whether it was there before the build.
    was_there: bool,
}

/// What the last build left, of which everything is still there.
pub(super) struct Last {
    pub(super) state: State,
    pub(super) manifest: Manifest,
    /// Stands for the manifest.
    pub(super) print: Fingerprint,
    /// What has changed since then.
    pub(super) changed: Changed,
}

impl Last {
    /// What a build has done that has nothing to do.
    pub(super) fn counts(&self) -> Counts {
        Counts { articles: self.state.articles, kept: self.state.files, ..Counts::default() }
    }
}

/// What has changed since the last build.
pub(super) enum Changed {
    /// Nothing.
    Nothing,
    /// Nothing but the stamps of a few documents.
    Documents {
        /// Which ones, by their places among the inputs.
        places: Vec<u32>,
        /// What stood for each of all documents then.
        before: Vec<Fingerprint>,
    },
    /// Nothing but that a few documents have come.
    Arrivals {
        /// Which ones, by their places among the inputs.
        places: Vec<u32>,
        /// What stood for each of all documents then.
        before: Vec<Fingerprint>,
    },
}

/// The most documents that are looked at one by one. Whoever changes more has changed more than a text.
const MOST_CHANGED: usize = 16;

/// The folder for unfinished outputs in an output folder on another disk than the cache.
const STAGING: &str = ".masthead-staging";

impl Target {
    pub(super) fn new(request: &Request, site: &Site) -> Result<Self> {
        let configured = Path::new(&site.config.folders.output);
        let (out, label) = match &request.out {
            Some(out) => (out.clone(), out.as_path()),
            None => (request.root.join(configured), configured),
        };
        refuse_inputs(&out, request, site)?;
        let is_near = fs::is_same_disk(
            &request.root,
            if fs::is_dir(&out) { &out } else { out.parent().unwrap_or(&out) },
        );
        let was_there = fs::look(&out).is_some();
        Ok(Self { label: label.to_string_lossy().into_owned(), out, is_near, was_there })
    }

    /// Removes what is left of unfinished outputs.
    pub(super) fn clean_up(&self, cache: &Cache) -> Result<()> {
        if !self.is_near {
            fs::remove_dir_all(&self.out.join(STAGING))?;
            if !self.was_there {
                fs::remove_empty_dir(&self.out);
            }
        }
        cache.staging().map(drop)
    }

    /// The folder for unfinished outputs. It must lie on the disk of the output folder, because renaming works on one disk only.
    pub(super) fn staging(&self, cache: &Cache) -> Result<PathBuf> {
        if self.is_near {
            return cache.staging();
        }
        let staging = self.out.join(STAGING);
        fs::remove_dir_all(&staging)?;
        fs::create_dir_all(&staging)?;
        Ok(staging)
    }

    pub(super) fn manifest(&self, request: &Request, cache: Option<&Cache>) -> Result<Manifest> {
        let mut known = cache.map(|cache| cache.manifest(&self.label)).unwrap_or_default();
        if !request.cache {
            known.prints.clear();
        }
        write::owned(&self.out, known)
    }

    /// What the last build left, if nothing but a few documents has changed since and everything it wrote is still there.
    pub(super) fn last(&self, cache: &Cache, inputs: &Prints, at: Moment) -> Result<Option<Last>> {
        let is_current = |state: &State| state.at <= at && state.until.is_none_or(|until| at < until);
        let Some(state) = cache.state(&self.label).filter(is_current) else { return Ok(None) };
        let Some(changed) = self.changed(cache, &state, inputs) else { return Ok(None) };
        let known = cache.manifest(&self.label);
        let Some(&print) = known.prints.first().filter(|_| !known.is_cut_off) else { return Ok(None) };
        let manifest = write::owned(&self.out, known)?;
        let is_there = |(path, written): (&OutPath, &Option<Written>)| {
            let there = fs::look(&self.out.join(path.as_str()));
            there.zip(*written).is_some_and(|(there, written)| there.is_file() && there.len() == written.size)
        };
        let complete = manifest.files.len() as u64 == state.files && manifest.files.par_iter().all(is_there);
        Ok(complete.then_some(Last { state, manifest, print, changed }))
    }

    /// What has changed since the last build; nothing if it is more than a few documents.
    fn changed(&self, cache: &Cache, state: &State, now: &Prints) -> Option<Changed> {
        if state.inputs == now.all {
            return Some(Changed::Nothing);
        }
        if state.rest != now.rest || state.kept.is_none() {
            return None;
        }
        let before = cache.stamps(&self.label)?;
        if prints::of_all(state.rest, &before) != state.inputs {
            return None;
        }
        if before.len() != now.documents.len() {
            let places = arrivals(&before, &now.documents)?;
            return Some(Changed::Arrivals { places, before });
        }
        let pairs = before.iter().zip(&now.documents).enumerate().filter(|(_, (before, now))| before != now);
        let places: Vec<u32> = pairs.map(|(place, _)| place as u32).take(MOST_CHANGED + 1).collect();
        (places.len() <= MOST_CHANGED).then_some(Changed::Documents { places, before })
    }
}

/// The places of a few documents that have come; nothing if anything else has changed.
fn arrivals(before: &[Fingerprint], now: &[Fingerprint]) -> Option<Vec<u32>> {
    let mut known = before.iter().peekable();
    let mut places = Vec::new();
    for (place, print) in (0..).zip(now) {
        // As soon as one that was there is not met where it should be, all others look new.
        if known.next_if_eq(&print).is_none() {
            places.push(place);
        }
        if places.len() > MOST_CHANGED {
            return None;
        }
    }
    known.next().is_none().then_some(places)
}

/// Refuses to build into, or around, a folder that the site is made from: outputs would become inputs.
fn refuse_inputs(out: &Path, request: &Request, site: &Site) -> Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (out, root) = (absolute(out), absolute(&request.root));
    let folders = &site.config.folders;
    let inputs = [&folders.articles, &folders.pages, &folders.assets, &folders.data]
        .into_iter()
        .chain(&folders.profiles);
    let inputs = inputs.map(String::as_str).chain(["themes", "templates", "assets", crate::cache::FOLDER]);
    let is_output = |folder: &str| folder == folders.output;
    let mut inputs = inputs
        .filter(|folder| !matches!(*folder, "" | ".") && !is_output(folder))
        .map(|folder| root.join(folder));
    match inputs.find(|input| out.starts_with(input) || input.starts_with(&out)) {
        Some(input) => {
            let (out, input) = (out.display(), input.display());
            Err(Error::Refused(format!("cannot build into `{out}`: the site is made from `{input}`")))
        }
        None => Ok(()),
    }
}
