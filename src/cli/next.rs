//! `masthead next`: the next moment at which the site changes although no file does.
//!
//! It reads the site as a build does but makes no page. Only the answer goes to standard output, for scripts.

use super::args::NextArgs;
use super::reading::Reading;
use super::{print, say};
use crate::base::date::{Moment, Zone};
use crate::base::error::Result;

/// Prints the time of the next change, or says that there is none.
pub(super) fn run(args: NextArgs, now: Moment) -> Result<()> {
    let at = args.at.map_or(now, |at| at.moment(Zone::UTC));
    let reading = Reading { root: args.root.root, base_url: None, drafts: args.drafts, at };
    let (_, until) = reading.read()?;
    match until {
        Some(until) => print(format!("{}\n", until.rfc3339()).as_bytes()),
        None => {
            say("Nothing is due: the site stays as it is until a file changes");
            Ok(())
        }
    }
}
