//! `masthead digest`: the articles of the last days as an e-mail, in HTML and plain text.
//!
//! It writes the e-mail and does not send it. With `--out` both forms become files; without it one of them
//! goes to standard output. Of a site with errors it makes none: such a site is not built, and the e-mail would
//! lead to articles that are not there.

use super::args::{DigestArgs, DigestBy};
use super::reading::Reading;
use super::report::plural;
use super::{print, say};
use crate::base::date::Moment;
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build;
use crate::model::profile::TermKind;

/// Makes the digest as of a time. Returns whether the site is free of errors.
pub(super) fn run(args: DigestArgs, at: Moment) -> Result<bool> {
    let reading = Reading { root: args.root.root, base_url: args.base_url, drafts: false, at };
    let read = reading.read()?;
    if !read.is_sound("the site cannot be built, so there is no digest of it") {
        return Ok(false);
    }
    let edition = read.edition;
    let kind = match args.by {
        DigestBy::Tag => TermKind::Tag,
        DigestBy::Source => TermKind::Source,
    };
    let build::Digest { html, text, articles } = edition.digest(args.since.before(at, edition.zone()), kind);
    if articles == 0 {
        say(
            "No articles were published in that period, so there is no digest (one that has only a day counts from the end of it)",
        );
        return Ok(true);
    }
    let Some(out) = args.out else {
        print(if args.text { text.as_bytes() } else { html.as_bytes() })?;
        return Ok(true);
    };
    let beside = out.with_extension("txt");
    if beside == out {
        let message =
            "`--out` names the HTML file, so it cannot end in `.txt`: the plain text is written beside it";
        return Err(Error::refused(message));
    }
    fs::write(&out, html.as_bytes())?;
    fs::write(&beside, text.as_bytes())?;
    say(&format!(
        "Wrote {} to `{}` and `{}`",
        plural(articles as u64, "article"),
        out.display(),
        beside.display()
    ));
    Ok(true)
}
