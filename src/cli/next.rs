//! `masthead next`: the next moment at which the site changes although no file does.
//!
//! It reads the site as a build does but makes no page. Only the answer goes to standard output, for scripts. Errors
//! are no reason not to answer: a script that builds again later has a site that was mended meanwhile.

use super::args::NextArgs;
use super::reading::Reading;
use super::{print, say};
use crate::base::date::Moment;
use crate::base::error::Result;

/// Prints the time of the next change after a time, or says that there is none.
pub(super) fn run(args: NextArgs, at: Moment) -> Result<()> {
    let reading = Reading { root: args.root.root, base_url: None, drafts: args.drafts, at };
    let read = reading.read()?;
    let is_sound =
        read.is_sound("until that is mended the site cannot be built, and more may be due than is known");
    match read.until {
        Some(until) => print(format!("{}\n", until.rfc3339()).as_bytes()),
        None if !is_sound => Ok(()),
        None => {
            say("Nothing is due: the site stays as it is until a file changes");
            Ok(())
        }
    }
}
