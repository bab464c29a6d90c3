//! The sizes of pictures, from their first bytes.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::base::error::Result;
use crate::base::fs;
use crate::model::input::{InputFile, Picture, PictureSize};
use crate::model::path::ContentPath;

/// How many bytes are read first: enough for most formats.
const START: u64 = 4 * 1024;
/// How many bytes are read if that was not enough: a JPEG may have a preview and a colour profile before its
/// size.
const MORE: u64 = 512 * 1024;

/// Finds the pictures among the files. Known ones that have not changed are not read again.
pub(super) fn look_at<'a>(
    root: &Path,
    files: impl Iterator<Item = &'a InputFile>,
    known: &BTreeMap<ContentPath, Picture>,
) -> Result<BTreeMap<ContentPath, Picture>> {
    let pictures: Vec<&InputFile> = files.filter(|file| is_picture(&file.path)).collect();
    let look = |file: &InputFile| {
        let before = known.get(&file.path).filter(|picture| picture.stamp == file.stamp);
        let picture = match before {
            Some(picture) => *picture,
            None => Picture { stamp: file.stamp, size: size(&root.join(file.path.as_str()))? },
        };
        Ok((file.path.clone(), picture))
    };
    pictures.into_par_iter().map(look).collect()
}

fn is_picture(path: &ContentPath) -> bool {
    let extension = path.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "bmp" | "jxl")
}

fn size(path: &Path) -> Result<Option<PictureSize>> {
    for most in [START, MORE] {
        if let Ok(size) = imagesize::blob_size(&fs::read_start(path, most)?) {
            return Ok(Some(PictureSize { width: size.width as u32, height: size.height as u32 }));
        }
    }
    Ok(None)
}
