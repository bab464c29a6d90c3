//! Reads a site as a build does, for commands that report something about it and write no pages.

use std::path::PathBuf;

use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::build::{Change, Edition, Keeper, Request, Silent, Unsaved};

/// What is to be read.
pub(super) struct Reading {
    pub(super) root: PathBuf,
    pub(super) base_url: Option<String>,
    pub(super) drafts: bool,
    pub(super) at: Moment,
}

impl Reading {
    /// The site, and the next moment at which it changes although no file does. Mistakes in articles do not
    /// stop it.
    pub(super) fn read(self) -> Result<(Edition, Option<Moment>)> {
        super::build::prepare_workers();
        let at = self.at;
        let request = Request {
            root: self.root,
            out: None,
            base_url: self.base_url,
            drafts: self.drafts,
            future: false,
            limit: None,
            at,
            cache: true,
            write: false,
        };
        let mut keeper = Keeper::new(request);
        let issue = keeper.next(at, &Change::Everything, &Silent)?;
        keeper.unsaved().map_or(Ok(()), Unsaved::save)?;
        let found = issue.and_then(|issue| Some((issue.edition?, issue.until)));
        found.ok_or_else(|| {
            let hint = "`masthead check` shows them";
            Error::refused("there are errors in `site.toml`").hint(hint)
        })
    }
}
