//! `masthead next`: when something will appear or go without any change of a file.
//!
//! It reads the site as a build does and makes no page. The answer alone goes to standard output, so that scripts can take it as it is.

use super::args::NextArgs;
use super::{print, say};
use crate::base::date::{Moment, Zone};
use crate::base::error::{Error, Result};
use crate::build::{Change, Keeper, Request, Silent};

/// Prints the time of the next change, or says that there is none.
pub(super) fn run(args: NextArgs, now: Moment) -> Result<()> {
    super::build::prepare_workers();
    let at = args.at.map_or(now, |at| at.moment(Zone::UTC));
    let request = Request {
        root: args.root.root,
        out: None,
        base_url: None,
        drafts: args.drafts,
        future: false,
        limit: None,
        at,
        cache: true,
        write: false,
    };
    let issue = Keeper::new(request).next(at, &Change::Everything, &Silent)?;
    let Some(issue) = issue.filter(|issue| issue.edition.is_some()) else {
        let hint = "`masthead check` shows them";
        return Err(Error::Refused(format!("there are mistakes in `site.toml`\nhint: {hint}")));
    };
    match issue.until {
        Some(until) => print(format!("{}\n", until.rfc3339()).as_bytes()),
        None => {
            say("Nothing is due: the site stays as it is until a file changes");
            Ok(())
        }
    }
}
