//! The themes that are part of the program, so that a site needs nothing but the binary.

use include_dir::{Dir, include_dir};

static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The names of the themes in the program.
pub fn embedded_themes() -> Vec<&'static str> {
    THEMES.dirs().filter_map(|theme| theme.path().to_str()).collect()
}

/// The files of a theme in the program, with their paths below the theme's folder, in the order of the paths.
pub fn embedded_theme(name: &str) -> Option<Vec<(String, &'static [u8])>> {
    let theme = THEMES.dirs().find(|theme| theme.path().to_str() == Some(name))?;
    let mut files = Vec::new();
    collect(theme, name, &mut files);
    files.sort();
    Some(files)
}

fn collect(folder: &'static Dir<'_>, theme: &str, into: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let below = path.strip_prefix(theme).unwrap_or(&path).trim_start_matches('/');
        into.push((below.to_owned(), file.contents()));
    }
    folder.dirs().for_each(|folder| collect(folder, theme, into));
}
