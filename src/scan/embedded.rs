//! The themes that are part of the program, so that a site needs nothing but the binary.

use include_dir::{Dir, include_dir};

static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The files of the embedded themes: their paths, which start with the theme's name, and contents, in the
/// order of the paths.
pub fn embedded_themes() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&THEMES, &mut files);
    files.sort();
    files
}

fn collect(folder: &'static Dir<'_>, into: &mut Vec<(String, &'static [u8])>) {
    into.extend(
        folder.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())),
    );
    folder.dirs().for_each(|folder| collect(folder, into));
}
