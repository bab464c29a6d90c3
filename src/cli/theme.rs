//! `masthead theme eject`: a copy of an embedded theme, to be changed.
//!
//! It overwrites nothing. The caller says which themes are embedded.

use std::path::Path;

use super::fresh;
use crate::base::diag::closest;
use crate::base::error::{Error, Result};
use crate::base::fs;

/// An embedded file: its path, which starts with the theme's name, and its content.
pub(super) type Embedded = (String, &'static [u8]);

/// Copies the theme `name` to `themes/<name>/` below the site's root. Returns a message that says so.
pub(super) fn eject(root: &Path, name: &str, embedded: &[Embedded]) -> Result<String> {
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
    Ok(format!("Wrote {} files to `{}`, which the site uses from now on", files.len(), place.display()))
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
        let told = eject(root.path(), "broadsheet", &embedded()).unwrap();
        assert!(told.starts_with("Wrote 2 files"), "{told}");
        let template = root.path().join("themes/broadsheet/templates/article.html");
        assert_eq!(fs::read(&template).unwrap(), b"broadsheet/templates/article.html");
        fs::write(&template, b"mine").unwrap();
        let refused = eject(root.path(), "broadsheet", &embedded()).unwrap_err();
        assert!(refused.to_string().contains("already exists"), "{refused}");
        assert_eq!(fs::read(&template).unwrap(), b"mine");
    }

    #[test]
    fn a_misspelled_theme_gets_a_suggestion() {
        let root = tempfile::tempdir().unwrap();
        let refused = eject(root.path(), "brodsheet", &embedded()).unwrap_err().told();
        assert_eq!(
            refused,
            "error: there is no built-in theme `brodsheet` to copy\nhint: did you mean `broadsheet`?"
        );
    }
}
