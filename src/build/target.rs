//! The output folder: where it is, what the last build left in it, and where unfinished outputs are staged.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::date::Moment;
use crate::base::error::{self, Error};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::cache::{Cache, Stamps, State};
use crate::config::FOLDERS_OF_THEMES;
use crate::model::declined::{Declined, require};
use crate::model::manifest::{Manifest, Written};
use crate::model::path::OutPath;
use crate::write;

use super::load::Site;
use super::prints::{self, Prints};
use super::{Counts, Request};

/// The output folder.
pub(super) struct Target {
    pub(super) out: PathBuf,
    /// Its name in the cache: the path as it was given, so that a site can be moved together with its cache.
    pub(super) label: String,
    /// Whether files can be made in the cache and renamed into it: it is on the same disk and gives its files
    /// no group of its own.
    is_near: bool,
    /// Whether it existed before the build.
    was_there: bool,
}

/// What is known about the output folder before the build.
pub(super) struct Owned {
    pub(super) manifest: Manifest,
    /// The fingerprint of the manifest, if the last build was finished.
    print: Option<Fingerprint>,
}

/// What the last build left.
pub(super) struct Last<'a> {
    pub(super) state: State,
    pub(super) manifest: &'a Manifest,
    /// The fingerprint of the manifest.
    pub(super) print: Fingerprint,
    /// The fingerprints of the documents and files in the last build, if any of these has changed; nothing
    /// else has.
    pub(super) before: Option<Stamps>,
}

impl Last<'_> {
    /// The counts of a build that has nothing to do.
    pub(super) fn counts(&self) -> Counts {
        let State { articles, left_out, files: kept, .. } = self.state;
        Counts { articles, kept, left_out, ..Counts::default() }
    }
}

/// The staging folder inside an output folder that cannot take files from the cache.
const STAGING: &str = ".masthead-staging";

/// A folder for unfinished outputs. It is removed with its contents when it is dropped, so that half a site
/// does not keep a disk full that has run out of space.
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    /// The output folder, if it was created only to hold this one. It is removed if it is empty.
    above: Option<PathBuf>,
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build, which reports it if that fails too.
        drop(fs::remove_dir_all(&self.folder));
        if let Some(above) = &self.above {
            fs::remove_empty_dir(above);
        }
    }
}

impl Target {
    pub(super) fn new(request: &Request, site: &Site) -> error::Result<Self> {
        let configured = Path::new(&site.config.folders.output);
        let (out, label) = match &request.out {
            Some(out) => (out.clone(), out.as_path()),
            None => (request.root.join(configured), configured),
        };
        refuse_inputs(&out, request, site)?;
        let near = nearest_folder(&out);
        let is_near = fs::is_same_disk(&request.root, near) && gives_no_other_group(near, &request.root);
        let was_there = fs::look(&out).is_some();
        Ok(Self { label: label.to_string_lossy().into_owned(), out, is_near, was_there })
    }

    /// Refuses a symbolic link among the inputs that leads into the output folder, or to one around it: outputs
    /// would become inputs.
    pub(super) fn refuse_links(&self, links: &[PathBuf]) -> error::Result<()> {
        let out = fs::resolved(&self.out);
        let meets = |link: &&PathBuf| {
            let goal = fs::resolved(link);
            out.starts_with(&goal) || goal.starts_with(&out)
        };
        match links.iter().find(meets) {
            Some(link) => {
                let message = format!("`{}` leads to the output folder `{}`", link.display(), out.display());
                Err(Error::refused(message).hint("remove the link"))
            }
            None => Ok(()),
        }
    }

    /// Makes the folder for unfinished outputs. It must be on the same disk as the output folder, because
    /// files cannot be renamed from one disk to another.
    pub(super) fn staging(&self, cache: Option<&Cache>) -> error::Result<Staging> {
        if let Some(cache) = cache.filter(|_| self.is_near) {
            return Ok(Staging { folder: cache.staging()?, above: None });
        }
        let above = (!self.was_there).then(|| self.out.clone());
        let staging = Staging { folder: self.out.join(STAGING), above };
        fs::remove_dir_all(&staging.folder)?;
        fs::create_dir_all(&staging.folder)?;
        Ok(staging)
    }

    /// Reads what is known about the output folder.
    pub(super) fn owned(&self, request: &Request, cache: Option<&Cache>) -> error::Result<Owned> {
        let mut known = cache.map(|cache| cache.manifest(&self.label)).unwrap_or_default();
        if !request.cache {
            known.prints.clear();
        }
        let print = known.prints.first().filter(|_| !known.is_cut_off).copied();
        Ok(Owned { manifest: write::owned(&self.out, known)?, print })
    }

    /// What the last build left, if only documents and files have changed since then. Whether everything that
    /// it wrote is still there is for [`holds`](Self::holds) to say.
    pub(super) fn last<'a>(
        &self,
        owned: &'a Owned,
        cache: &Cache,
        inputs: &Prints,
        at: Moment,
    ) -> Result<Last<'a>, Declined> {
        let state = cache.state(&self.label).ok_or(Declined("there was no build before"))?;
        let is_current = state.at <= at && state.until.is_none_or(|until| at < until);
        require(is_current, "the time has come for something to appear or go")?;
        let before =
            if state.inputs == inputs.all { None } else { Some(self.stamps(cache, &state, inputs)?) };
        let Owned { manifest, print } = owned;
        let print = print.ok_or(Declined("the last build was cut off"))?;
        Ok(Last { state, manifest, print, before })
    }

    /// Declines unless every file that the last build wrote is still there.
    pub(super) fn holds(&self, Last { state, manifest, .. }: &Last<'_>) -> Result<(), Declined> {
        let is_there = |(path, written): (&OutPath, &Option<Written>)| {
            let there = fs::look(&self.out.join(path.as_str()));
            there.zip(*written).is_some_and(|(there, written)| there.is_file() && there.len() == written.size)
        };
        let complete = manifest.files.len() as u64 == state.files && manifest.files.par_iter().all(is_there);
        require(complete, "a file is missing in the output folder, or is not what was written")
    }

    /// The fingerprints of the documents and files in the last build, if nothing else has changed.
    fn stamps(&self, cache: &Cache, state: &State, now: &Prints) -> Result<Stamps, Declined> {
        require(state.rest == now.rest, "the configuration, the theme or data has changed")?;
        let before =
            cache.stamps(&self.label).filter(|before| prints::of_all(state.rest, before) == state.inputs);
        before.ok_or(Declined::LOST)
    }
}

/// The folder itself if it exists, or else its nearest parent folder that does. A relative path without one
/// is in the current folder.
fn nearest_folder(folder: &Path) -> &Path {
    let here = |path| if path == Path::new("") { Path::new(".") } else { path };
    folder.ancestors().map(here).find(|path| fs::is_dir(path)).unwrap_or(folder)
}

/// Whether a file that is made in the cache and renamed into `folder` has the right group there. A renamed
/// file keeps its group, and a renamed folder does not start to pass one on.
fn gives_no_other_group(folder: &Path, root: &Path) -> bool {
    let given = fs::given_group(folder);
    given.is_none() || given == fs::given_group(&root.join(crate::cache::FOLDER))
}

/// Refuses to build into a folder that the site is made from, or into one around it: outputs would become
/// inputs.
fn refuse_inputs(out: &Path, request: &Request, site: &Site) -> error::Result<()> {
    let out = fs::resolved(out);
    let folders = &site.config.folders;
    let inputs = folders.inputs().chain(FOLDERS_OF_THEMES).chain([crate::cache::FOLDER]);
    let is_output = |folder: &str| folder == folders.output;
    let mut inputs = inputs
        .filter(|folder| !matches!(*folder, "" | ".") && !is_output(folder))
        .map(|folder| fs::resolved(&request.root.join(folder)));
    match inputs.find(|input| out.starts_with(input) || input.starts_with(&out)) {
        Some(input) => {
            let (out, input) = (out.display(), input.display());
            Err(Error::refused(format!("cannot build into `{out}`: the site is made from `{input}`")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_existing_folder_is_found() {
        for (folder, expected) in [
            ("src/write", "src/write"),
            ("src/nowhere", "src"),
            ("src/nowhere/deeper", "src"),
            ("nowhere", "."),
            ("nowhere/deeper", "."),
            ("/nowhere/deeper", "/"),
        ] {
            assert_eq!(nearest_folder(Path::new(folder)), Path::new(expected));
        }
    }
}
