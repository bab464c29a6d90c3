//! `masthead theme check`: everything that is wrong with a theme, found without any article.

use std::io::{self, Write as _};

use super::args::{CheckThemeArgs, Format};
use super::report::{self, Style};
use super::{Console, configuration, print, say, theme_list};
use crate::base::date::Moment;
use crate::base::diag::{Level, Rule};
use crate::base::error::Result;
use crate::base::fs;
use crate::build::{check_theme, settle_places};

/// Checks the theme. Returns whether it has no errors.
pub(super) fn run(args: CheckThemeArgs, now: Moment, console: Console) -> Result<bool> {
    let root = &args.root.root;
    let name = match args.name {
        Some(name) => theme_list::require(root, &name).map(|()| name)?,
        None => configuration(root)?.theme,
    };
    let mut checked = check_theme(root, &name, now)?;
    // The templates of an embedded theme are on no disk.
    let text = |file: &str| checked.texts.get(file).cloned().or_else(|| fs::read_text(&root.join(file)));
    settle_places(&mut checked.diagnostics, &text);
    let levels = |rule: Rule| rule.default_level();
    let style = Style { format: args.format, colour: console.colour, levels: &levels, text: &text };
    let mut out = Vec::new();
    // Writing to memory does not fail.
    drop(report::diagnostics(&mut out, &checked.diagnostics, style));
    match args.format {
        Format::Human => drop(io::stderr().write_all(&out)),
        Format::Json | Format::Github => print(&out)?,
    }
    if args.format == Format::Human {
        say(&format!("Checked the theme `{name}` with {}", report::plural(checked.pages as u64, "page")));
    }
    Ok(checked.diagnostics.iter().all(|one| one.rule.default_level() != Level::Error))
}
