//! `masthead theme list`: the themes that a site could use, and the one that it uses.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::args::{ListFormat, ListThemesArgs};
use crate::base::diag::closest;
use crate::base::error::{Error, Result};
use crate::build::{AvailableTheme, themes};

/// A theme, in the form for programs.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    version: &'a str,
    description: &'a str,
    extends: Option<&'a str>,
    /// Where it comes from: `site` or `masthead`.
    from: &'a str,
    used: bool,
}

/// The list, printed. `used` is the theme of the site.
pub(super) fn text(args: &ListThemesArgs, used: Option<&str>) -> Result<String> {
    let themes = themes(&args.root.root)?;
    let mut text = String::new();
    for theme in &themes {
        let line = line(theme, used);
        // Writing to a string cannot fail.
        let _never_fails = match args.format {
            ListFormat::Json => writeln!(text, "{}", serde_json::to_string(&line).unwrap_or_default()),
            ListFormat::Human => human(&mut text, &line),
        };
    }
    Ok(text)
}

/// Refuses a name that is no theme's.
pub(super) fn require(root: &Path, name: &str) -> Result<()> {
    let themes = themes(root)?;
    let names = themes.iter().map(|theme| theme.name.as_str());
    if names.clone().any(|known| known == name) {
        return Ok(());
    }
    let hint = match closest(name, names.clone()) {
        Some(like) => format!("did you mean `{like}`?"),
        None => format!("there is {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    Err(Error::refused(format!("there is no theme `{name}`")).hint(hint))
}

fn line<'a>(theme: &'a AvailableTheme, used: Option<&str>) -> Line<'a> {
    let manifest = theme.manifest.as_ref();
    Line {
        name: &theme.name,
        version: manifest.map_or("", |manifest| &manifest.version),
        description: manifest
            .map_or("its `theme.toml` cannot be read: see `masthead theme check`", |manifest| {
                &manifest.description
            }),
        extends: manifest.and_then(|manifest| manifest.extends.as_deref()),
        from: if theme.is_own { "site" } else { "masthead" },
        used: used == Some(&theme.name),
    }
}

fn human(text: &mut String, line: &Line<'_>) -> std::fmt::Result {
    let mark = if line.used { "*" } else { " " };
    let from = if line.from == "site" { ", in this site" } else { "" };
    let extends = line.extends.map(|name| format!(", extends {name}")).unwrap_or_default();
    let version = if line.version.is_empty() { String::new() } else { format!(" {}", line.version) };
    let about =
        if line.description.is_empty() { String::new() } else { format!("\n    {}", line.description) };
    writeln!(text, "{mark} {}{version}{extends}{from}{about}", line.name)
}
