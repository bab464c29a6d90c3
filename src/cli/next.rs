//! `masthead next`: when something will appear or go without any change of a file.
//!
//! It reads the site as a build does and makes no page. The answer alone goes to standard output, so that scripts can take it as it is.

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
