//! `masthead theme new`: the beginning of a theme. The files that it writes are in `theme_new/`.
//!
//! It overwrites nothing, and does not switch the site over to the new theme.

use super::args::NewThemeArgs;
use super::{fresh, theme_list};
use crate::base::error::{Error, Result};
use crate::base::fs;

/// The path and the content of a file. In the content, `{name}` stands for the theme, `{extends}` for the one that it builds on.
type File = (&'static str, &'static str);

/// The theme that has no looks of its own, so that one that builds on it begins with some.
const BARE: &str = "base";

const ON_BASE: [File; 6] = [
    ("theme.toml", include_str!("theme_new/theme.toml")),
    ("assets/style.css", include_str!("theme_new/style.css")),
    ("templates/404.html", include_str!("theme_new/404.html")),
    ("i18n/en.toml", include_str!("theme_new/en.toml")),
    ("i18n/de.toml", include_str!("theme_new/de.toml")),
    ("README.md", README),
];

/// What builds on any other theme looks like that one until somebody changes it.
const ON_ANOTHER: [File; 3] = [
    ("theme.toml", include_str!("theme_new/another/theme.toml")),
    ("assets/style.css", include_str!("theme_new/another/style.css")),
    ("README.md", README),
];

const README: &str = include_str!("theme_new/README.md");

/// Writes the theme and returns a message that says what to do next.
pub(super) fn run(args: &NewThemeArgs) -> Result<String> {
    let name = &args.name;
    if !is_plain(name) {
        let hint = "use small letters, digits and hyphens, such as `harbour-news`";
        return Err(Error::refused(format!("`{name}` cannot be the name of a theme")).hint(hint));
    }
    if crate::build::embedded_themes().iter().any(|(path, _)| path.split('/').next() == Some(name)) {
        let message = format!("`{name}` is a built-in theme, and a theme of your own would replace it");
        let hint = format!(
            "take another name and add `--extends {name}`; `masthead theme eject {name}` copies the theme"
        );
        return Err(Error::refused(message).hint(hint));
    }
    if *name == args.extends {
        let hint = "name another theme with `--extends`, or leave it out";
        return Err(Error::refused(format!("the theme `{name}` cannot extend itself")).hint(hint));
    }
    theme_list::require(&args.root.root, &args.extends)?;
    let folder = args.root.root.join("themes").join(name);
    if fs::look(&folder).is_some() {
        return Err(Error::refused(format!("`{}` already exists; nothing was written", folder.display())));
    }
    let fill = |text: &str| text.replace("{name}", name).replace("{extends}", &args.extends);
    let files: &[File] = if args.extends == BARE { &ON_BASE } else { &ON_ANOTHER };
    let files: Vec<_> = files.iter().map(|(path, text)| (folder.join(path), fill(text))).collect();
    fresh::create_all(files.iter().map(|(path, text)| (path.clone(), text.as_bytes())))?;
    let place = folder.strip_prefix(".").unwrap_or(&folder);
    Ok(format!(
        "Wrote a new theme to `{}`. Next: set it as the theme in `site.toml`, and run masthead serve",
        place.display()
    ))
}

/// Whether a name is written as those of themes are.
fn is_plain(name: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= 200 && !name.starts_with('-') && name.chars().all(is_fine)
}
