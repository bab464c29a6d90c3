//! The fingerprints of what a build is made from: of everything, of each document, of each copied file, and
//! of the rest.

use rayon::prelude::*;

use crate::base::fingerprint::Fingerprint;
use crate::base::fs::Stamp;
use crate::cache::Stamps;
use crate::model::input::{DocumentKind, InputFile, Inputs};
use crate::model::path::ContentPath;

use super::Request;
use super::load::Site;

/// The fingerprints of all inputs of a build.
pub(super) struct Prints {
    /// Of everything.
    pub(super) all: Fingerprint,
    /// Of all but documents and copied files: the data, the files that are left out, the configuration, the theme and
    /// the flags of the request.
    pub(super) rest: Fingerprint,
    /// Of each document and each copied file.
    pub(super) stamps: Stamps,
}

impl Prints {
    pub(super) fn of(inputs: &Inputs, site: &Site, request: &Request) -> Self {
        let Inputs { documents, beside, assets, data, nameless, spellings: _, links: _, pictures: _ } =
            inputs;
        let rest = Fingerprint::of(&(data, nameless, site.print, request.flags()));
        let print = |(kind, file): &(DocumentKind, InputFile)| of_document(*kind, &file.path, file.stamp);
        let documents = documents.par_iter().with_min_len(512).map(print).collect();
        let files = beside.par_iter().chain(assets.par_iter().map(|(_, file)| file));
        let files = files.with_min_len(512).map(Fingerprint::of).collect();
        let stamps = Stamps { documents, files };
        Self { all: of_all(rest, &stamps), rest, stamps }
    }
}

/// The fingerprint of one document.
pub(super) fn of_document(kind: DocumentKind, path: &ContentPath, stamp: Stamp) -> Fingerprint {
    Fingerprint::of(&(kind, path, stamp))
}

/// The fingerprint of all inputs.
pub(super) fn of_all(rest: Fingerprint, stamps: &Stamps) -> Fingerprint {
    Fingerprint::of(&(rest, stamps))
}
