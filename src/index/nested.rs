//! Articles in the folder of another one: to other generators, a Markdown file beside an `index.md` is a part of that
//! article and no article itself.
//!
//! Only paths count here, so that no moment changes what is told. A bundle in a bundle is meant as one.

use std::collections::HashSet;

use super::bundles::folders;
use crate::base::diag::{Diagnostic, Rule};
use crate::config::SiteConfig;
use crate::model::input::{DocumentKind, Inputs};
use crate::model::path::ContentPath;

/// Reports articles in the folder of another one, as one.
pub(super) fn told(inputs: &Inputs, config: &SiteConfig) -> Vec<Diagnostic> {
    let articles = || inputs.documents.iter().filter(|(kind, _)| *kind == DocumentKind::Article);
    let paths = || articles().map(|(_, file)| &file.path);
    let bundles: HashSet<&str> =
        paths().filter(|path| is_bundle(path, config)).map(ContentPath::folder).collect();
    if bundles.is_empty() {
        return Vec::new();
    }
    let is_within = |path: &&ContentPath| folders(path.folder()).any(|folder| bundles.contains(folder));
    paths().filter(|path| is_single(path)).filter(is_within).map(tell).collect()
}

fn tell(path: &ContentPath) -> Diagnostic {
    let message = "an article of its own lies in the folder of another one, beside or below its `index.md`";
    let hint = "move it into another folder; if it is no article, make it a part of the `index.md`";
    Diagnostic::new(Rule::ArticleInBundle, message).in_file(path.as_str()).hint(hint).grouped("")
}

/// Whether an article has a folder of its own. One at the top would have them all.
fn is_bundle(path: &ContentPath, config: &SiteConfig) -> bool {
    path.is_bundle() && path.folder() != config.folders.articles
}

/// Whether an article is a single file. `index.fr.md` is told of as a translation.
fn is_single(path: &ContentPath) -> bool {
    !path.is_bundle() && !path.stem().starts_with("index.")
}

/// Whether a new article lies in the folder of another one, or the other way round.
pub(super) fn is_one(path: &ContentPath, inputs: &Inputs, config: &SiteConfig) -> bool {
    let documents = &inputs.documents;
    let from = |start: &str| {
        let article = DocumentKind::Article;
        let first = documents.partition_point(|(kind, file)| (*kind, file.path.as_str()) < (article, start));
        let start = start.to_owned();
        let rest = documents[first..].iter().filter(move |(kind, _)| *kind == article);
        rest.map(|(_, file)| &file.path).take_while(move |path| path.as_str().starts_with(&start))
    };
    if is_bundle(path, config) {
        return from(&format!("{}/", path.folder())).any(is_single);
    }
    is_single(path)
        && folders(path.folder()).any(|folder| {
            from(&format!("{folder}/index."))
                .any(|other| is_bundle(other, config) && other.folder() == folder)
        })
}
