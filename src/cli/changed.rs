//! The list that `--changed` asks for: what a build wrote and removed, for scripts that upload a site. It
//! knows no host and compares no files; a build already knows.

use std::path::Path;

use super::print;
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build::Report;

/// The name that means standard output.
const STDOUT: &str = "-";

/// Refuses to write the list to standard output if problems go there too.
pub(super) fn refuse_mixture(target: &Path, problems_on_stdout: bool) -> Result<()> {
    if target == Path::new(STDOUT) && problems_on_stdout {
        let message = "`--changed -` and `--format` both write to standard output";
        return Err(Error::refused(message).hint("give `--changed` a file"));
    }
    Ok(())
}

/// Writes the list to a file, or to standard output. The file is not put in place by renaming, so that it can
/// be a pipe.
pub(super) fn write(report: &Report, target: &Path) -> Result<()> {
    let list = list(report);
    if target == Path::new(STDOUT) { print(list.as_bytes()) } else { fs::write(target, list.as_bytes()) }
}

/// One line a file. What was written comes first, so that a script that goes from top to bottom never leaves
/// a page on the host with a link to one that is already gone.
fn list(report: &Report) -> String {
    let mut list = String::new();
    for (verb, paths) in [("written", &report.written), ("removed", &report.removed)] {
        for path in paths {
            list.extend([verb, " ", path.as_str(), "\n"]);
        }
    }
    list
}
