//! `masthead theme eject`: a copy of an embedded theme, to be changed.
//!
//! It overwrites nothing. The caller says which themes are embedded, and which one the site uses.

use std::path::Path;

use super::fresh;
use crate::base::diag::closest;
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build::themes;

/// An embedded file: its path, which starts with the theme's name, and its content.
pub(super) type Embedded = (String, &'static [u8]);

/// Copies the theme `name` to `themes/<name>/` below the site's root. Returns a message that says so, and whether the
/// site, which uses the theme `used`, now uses the copy.
pub(super) fn eject(root: &Path, name: &str, used: Option<&str>, embedded: &[Embedded]) -> Result<String> {
    let of_theme = |(path, _): &&Embedded| path.split('/').next() == Some(name);
    let files: Vec<_> = embedded.iter().filter(of_theme).collect();
    if files.is_empty() {
        return Err(no_such_theme(name, embedded));
    }
    let folder = root.join("themes");
    if let Some((path, _)) = files.iter().find(|(path, _)| fs::look(&folder.join(path)).is_some()) {
        let path = folder.join(path);
        let message = format!("`{}` already exists; nothing was written", path.display());
        return Err(Error::refused(message));
    }
    fresh::create_all(files.iter().map(|(path, bytes)| (folder.join(path), *bytes)))?;
    let place = folder.join(name);
    let place = place.strip_prefix(".").unwrap_or(&place);
    let wrote = format!("Wrote {} files to `{}`", files.len(), place.display());
    Ok(match used {
        Some(used) if is_below(root, name, used)? => format!("{wrote}, which the site uses from now on"),
        Some(used) => {
            format!(
                "{wrote}. The site uses `{used}`: set `{name}` as the theme in `site.toml` to use the copy"
            )
        }
        None => format!("{wrote}. Set `{name}` as the theme in `site.toml` to use the copy"),
    })
}

/// Whether `name` is the theme `used`, or one that it extends, directly or through others.
fn is_below(root: &Path, name: &str, used: &str) -> Result<bool> {
    let themes = themes(root)?;
    let extended = |name: &&str| {
        let theme = themes.iter().find(|theme| theme.name == **name)?;
        theme.manifest.as_ref()?.extends.as_deref()
    };
    // Themes that extend each other are a mistake that a build reports.
    Ok(std::iter::successors(Some(used), extended).take(themes.len()).any(|theme| theme == name))
}

fn no_such_theme(name: &str, embedded: &[Embedded]) -> Error {
    let mut names: Vec<_> = embedded.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    names.dedup();
    let hint = match closest(name, names.iter().copied()) {
        Some(best) => format!("did you mean `{best}`?"),
        None => format!(
            "there are {}",
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    Error::refused(format!("there is no built-in theme `{name}` to copy")).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Vec<Embedded> {
        let files = ["broadsheet/theme.toml", "broadsheet/templates/article.html", "broadsheet2/theme.toml"];
        files.map(|path| (path.to_owned(), path.as_bytes())).to_vec()
    }

    #[test]
    fn a_theme_is_copied_once() {
        let root = tempfile::tempdir().unwrap();
        let told = eject(root.path(), "broadsheet", None, &embedded()).unwrap();
        assert!(told.starts_with("Wrote 2 files"), "{told}");
        let template = root.path().join("themes/broadsheet/templates/article.html");
        assert_eq!(fs::read(&template).unwrap(), b"broadsheet/templates/article.html");
        fs::write(&template, b"mine").unwrap();
        let refused = eject(root.path(), "broadsheet", None, &embedded()).unwrap_err();
        assert!(refused.to_string().contains("already exists"), "{refused}");
        assert_eq!(fs::read(&template).unwrap(), b"mine");
    }

    #[test]
    fn the_message_says_whether_the_site_uses_the_copy() {
        let mine = "name = \"mine\"\nversion = \"1\"\ntemplate_api = 1\nextends = \"quiet\"\n";
        for (used, name, expected) in [
            (Some("quiet"), "quiet", "`, which the site uses from now on"),
            (Some("quiet"), "base", "`, which the site uses from now on"),
            (Some("mine"), "base", "`, which the site uses from now on"),
            (
                Some("quiet"),
                "wire",
                "`. The site uses `quiet`: set `wire` as the theme in `site.toml` to use the copy",
            ),
            (None, "wire", "`. Set `wire` as the theme in `site.toml` to use the copy"),
        ] {
            let root = tempfile::tempdir().unwrap();
            fs::create_dir_all(&root.path().join("themes/mine")).unwrap();
            fs::write(&root.path().join("themes/mine/theme.toml"), mine.as_bytes()).unwrap();
            let told = eject(root.path(), name, used, &crate::build::embedded_themes()).unwrap();
            assert!(told.ends_with(&format!("themes/{name}{expected}")), "{told}");
        }
    }

    #[test]
    fn a_misspelled_theme_gets_a_suggestion() {
        let root = tempfile::tempdir().unwrap();
        let refused = eject(root.path(), "brodsheet", None, &embedded()).unwrap_err().told();
        assert_eq!(
            refused,
            "error: there is no built-in theme `brodsheet` to copy\nhint: did you mean `broadsheet`?"
        );
    }
}
