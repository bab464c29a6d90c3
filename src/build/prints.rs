//! What stands for the inputs of a build: for all of them, for each document, for each file that is copied, and for the rest.

use rayon::prelude::*;

use crate::base::fingerprint::Fingerprint;
use crate::base::fs::Stamp;
use crate::cache::Stamps;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::model::path::ContentPath;

use super::Request;
use super::load::Site;

/// What stands for the inputs of a build.
pub(super) struct Prints {
    /// For all of them.
    pub(super) all: Fingerprint,
    /// For all but the documents and the files that are copied: data, the configuration, the theme, and what was asked for.
    pub(super) rest: Fingerprint,
    /// For each document and each file that is copied.
    pub(super) stamps: Stamps,
}

impl Prints {
    pub(super) fn of(inputs: &Inputs, site: &Site, request: &Request) -> Self {
        let Inputs { documents, beside, assets, data, pictures: _ } = inputs;
        let rest = Fingerprint::of(&(data, site.print, request.flags()));
        let print = |(kind, file): &(DocumentKind, InputFile)| of_document(*kind, &file.path, file.stamp);
        let documents = documents.par_iter().with_min_len(512).map(print).collect();
        let files = beside.par_iter().chain(assets.par_iter().map(|(_, file)| file));
        let files = files.with_min_len(512).map(Fingerprint::of).collect();
        let stamps = Stamps { documents, files };
        Self { all: of_all(rest, &stamps), rest, stamps }
    }
}

/// What stands for one document.
pub(super) fn of_document(kind: DocumentKind, path: &ContentPath, stamp: Stamp) -> Fingerprint {
    Fingerprint::of(&(kind, path, stamp))
}

/// What stands for all inputs.
pub(super) fn of_all(rest: Fingerprint, stamps: &Stamps) -> Fingerprint {
    Fingerprint::of(&(rest, stamps))
}
