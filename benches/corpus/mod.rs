//! A made-up collection of articles of any size: the same seed and size give the same bytes on every machine.
//!
//! Lengths, lists, tables, footnotes, links and pictures come as often as in a collection of news; tags,
//! outlets and authors have the distribution that such things have, and dates go over ten years. The words
//! mean nothing.

mod article;
mod picture;
mod random;
mod text;
mod world;

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use article::Writer;
use world::World;

const SITE_TOML: &str = "title = \"The Bench\"\nbase_url = \"https://bench.example/\"\n";

/// Writes a whole site of so many articles into a folder that must not exist yet.
pub(crate) fn write(seed: u64, count: usize, folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", folder.display())))?;
    fs::write(folder.join("site.toml"), SITE_TOML)?;
    let pictures = folder.join("static/pictures");
    fs::create_dir_all(&pictures)?;
    picture::all().try_for_each(|(name, bytes)| fs::write(pictures.join(name), bytes))?;
    let writer = Writer { world: &World::new(seed), seed, count };
    let articles = folder.join("content/articles");
    (0..count).into_par_iter().try_for_each(|number| {
        let (path, text) = writer.article(number);
        let path = articles.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    })
}
