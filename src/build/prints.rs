//! What stands for the inputs of a build: for all of them, for each document, and for the rest.

use rayon::prelude::*;

use crate::base::fingerprint::Fingerprint;
use crate::base::fs::Stamp;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::model::path::ContentPath;

use super::Request;
use super::load::Site;

/// What stands for the inputs of a build.
pub(super) struct Prints {
    /// For all of them.
    pub(super) all: Fingerprint,
    /// For all but the documents: other files, the configuration, the theme, and what was asked for.
    pub(super) rest: Fingerprint,
    /// For each document, in the order of the inputs.
    pub(super) documents: Vec<Fingerprint>,
}

impl Prints {
    pub(super) fn of(inputs: &Inputs, site: &Site, request: &Request) -> Self {
        let Inputs { documents, beside, assets, data, pictures: _ } = inputs;
        let rest = Fingerprint::of(&(beside, assets, data, site.print, request.flags()));
        let print = |(kind, file): &(DocumentKind, InputFile)| of_document(*kind, &file.path, file.stamp);
        let documents: Vec<Fingerprint> = documents.par_iter().with_min_len(512).map(print).collect();
        Self { all: of_all(rest, &documents), rest, documents }
    }
}

/// What stands for one document.
pub(super) fn of_document(kind: DocumentKind, path: &ContentPath, stamp: Stamp) -> Fingerprint {
    Fingerprint::of(&(kind, path, stamp))
}

/// What stands for all inputs.
pub(super) fn of_all(rest: Fingerprint, documents: &[Fingerprint]) -> Fingerprint {
    Fingerprint::of(&(rest, documents))
}
