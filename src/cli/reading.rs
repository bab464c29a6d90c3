//! Reads a site as a build does, for commands that report something about it and write no pages.

use std::path::{Path, PathBuf};

use super::report::plural;
use super::say;
use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::build::{self, Change, Clipping, Edition, Keeper, Request, Silent, Unsaved};

/// What is to be read.
pub(super) struct Reading {
    pub(super) root: PathBuf,
    pub(super) base_url: Option<String>,
    pub(super) drafts: bool,
    pub(super) at: Moment,
}

/// What was read.
pub(super) struct Read {
    pub(super) edition: Edition,
    /// The next moment at which the site changes although no file does.
    pub(super) until: Option<Moment>,
    /// How many errors there are. With any of them a build would write nothing.
    errors: u64,
}

impl Read {
    /// Whether the site is free of errors. If not, that is said, with what follows from it.
    pub(super) fn is_sound(&self, consequence: &str) -> bool {
        if self.errors > 0 {
            let errors = plural(self.errors, "error");
            say(&format!("{errors}: {consequence}\nhint: `masthead check` shows what is wrong"));
        }
        self.errors == 0
    }
}

impl Reading {
    /// The site. Errors in articles do not stop it.
    pub(super) fn read(self) -> Result<Read> {
        super::build::prepare_workers();
        let at = self.at;
        let request = Request { base_url: self.base_url, drafts: self.drafts, ..request(self.root, at) };
        let mut keeper = Keeper::new(request);
        let issue = keeper.next(at, &Change::Everything, &Silent)?;
        keeper.unsaved().map_or(Ok(()), Unsaved::save)?;
        let found = issue.and_then(|issue| {
            let errors = issue.report.errors().count() as u64;
            Some(Read { errors, edition: issue.edition?, until: issue.until })
        });
        found.ok_or_else(|| {
            let hint = "`masthead check` shows them";
            Error::refused("there are errors in `site.toml`").hint(hint)
        })
    }
}

/// What the site knows of an address. Everything it has counts, whether it is published or not.
pub(super) fn clipping(root: &Path, url: &str, at: Moment) -> Result<Clipping> {
    super::build::prepare_workers();
    build::clipping(&request(root.to_owned(), at), url)
}

/// A build that writes nothing.
fn request(root: PathBuf, at: Moment) -> Request {
    Request {
        root,
        out: None,
        base_url: None,
        drafts: false,
        future: false,
        limit: None,
        at,
        cache: true,
        write: false,
    }
}
