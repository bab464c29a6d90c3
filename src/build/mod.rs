//! To come; this is only the interface that `cli` is written against.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::error::{Error, Result};

/// What to build.
#[derive(Debug)]
pub struct Request {
    /// The folder of the site.
    pub root: PathBuf,
    /// Where to write, instead of the configured folder.
    pub out: Option<PathBuf>,
    /// Where the site will stand, instead of the configured address.
    pub base_url: Option<String>,
    /// Whether drafts are included.
    pub drafts: bool,
    /// Whether embargoed and expired articles are included.
    pub future: bool,
    /// The time of the build.
    pub at: Moment,
    /// Whether earlier builds are remembered.
    pub cache: bool,
    /// Whether anything is written.
    pub write: bool,
}

/// How it went.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong with the content.
    pub diagnostics: Vec<Diagnostic>,
    /// The levels of rules that the site sets.
    pub levels: BTreeMap<Rule, Level>,
    /// How much was done.
    pub counts: Counts,
    /// How long each stage took.
    pub timings: Vec<(&'static str, Duration)>,
    /// Where the site was written.
    pub out: PathBuf,
    /// Whether there was no error.
    pub ok: bool,
}

/// How much was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Markdown files.
    pub documents: usize,
    /// Of these, parsed anew.
    pub parsed: usize,
    /// Addresses of the site.
    pub routes: usize,
    /// Of these, rendered anew.
    pub rendered: usize,
    /// Files written.
    pub written: usize,
    /// Files that were right already.
    pub kept: usize,
    /// Files removed.
    pub removed: usize,
}

/// Who is told how far a build is.
pub trait Progress: Sync {
    /// A stage begins, with so many steps; 0 if that is unknown.
    fn stage(&self, name: &'static str, total: u64);
    /// A step is done.
    fn step(&self);
}

/// Builds.
pub fn run(_: &Request, _: &dyn Progress) -> Result<Report> {
    Err(Error::Refused("building is still to come".to_owned()))
}

/// The embedded themes: path below `themes/`, and content.
pub fn embedded_themes() -> Vec<(String, &'static [u8])> {
    Vec::new()
}
