//! The sizes of pictures, from their first bytes.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use exif::{In, Tag};
use rayon::prelude::*;

use crate::base::error::Result;
use crate::base::fs;
use crate::model::input::{InputFile, Picture, PictureSize};
use crate::model::media;
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
    let pictures: Vec<&InputFile> = files.filter(|file| media::has_pixels(file.path.as_str())).collect();
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

fn size(path: &Path) -> Result<Option<PictureSize>> {
    for most in [START, MORE] {
        let bytes = fs::read_start(path, most)?;
        if let Ok(size) = imagesize::blob_size(&bytes) {
            let (width, height) = (size.width as u32, size.height as u32);
            let (width, height) = if is_turned(&bytes) { (height, width) } else { (width, height) };
            return Ok(Some(PictureSize { width, height }));
        }
    }
    Ok(None)
}

/// Whether browsers show a JPEG turned by a quarter, because the camera was: its Exif orientation is 5 to 8. Their
/// segment stands before the size.
fn is_turned(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\xff\xd8") {
        return false;
    }
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok();
    let field = exif.as_ref().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY));
    field.and_then(|field| field.value.get_uint(0)).is_some_and(|orientation| (5..=8).contains(&orientation))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of 3 by 2 pixels, as far as its size, with an Exif orientation.
    fn jpeg(orientation: u8) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut jpeg = b"\xff\xd8\xff\xe1\0".to_vec();
        jpeg.push(tiff.len() as u8 + 8);
        jpeg.extend(b"Exif\0\0");
        jpeg.extend(tiff);
        jpeg.extend(b"\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0");
        jpeg
    }

    #[test]
    fn a_picture_that_is_turned_has_its_sides_swapped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        for (orientation, expected) in [(1, (3, 2)), (3, (3, 2)), (6, (2, 3)), (8, (2, 3)), (9, (3, 2))] {
            std::fs::write(&path, jpeg(orientation)).unwrap();
            let found = size(&path).unwrap().map(|size| (size.width, size.height));
            assert_eq!(found, Some(expected), "{orientation}");
        }
    }
}
