//! Which documents are new or have changed since the last build, and which files are new. The documents are
//! read; there are only a few of them.

use super::last_build::LastBuild;
use super::partial::is_of;
use super::{Attempt, Start};
use crate::base::fingerprint::Fingerprint;
use crate::build::Progress;
use crate::build::amendment::Amendment;
use crate::build::documents::Reader;
use crate::build::target::Last;
use crate::cache::{Archive, CachedDocument, CachedParse, Stamps};
use crate::index;
use crate::model::article::Meta;
use crate::model::declined::{Declined, require};
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;

/// The new and changed documents.
pub(super) struct Changes {
    /// The new documents, by their places among all documents.
    pub(super) new: Vec<(u32, CachedDocument)>,
    /// The changed documents, by their former places. Of some only the stamp has changed.
    pub(super) changed: Vec<(u32, CachedDocument)>,
    /// What has changed in these.
    pub(super) amendment: Amendment,
    /// The new files that are copied. All of them are pictures.
    pub(super) come: Vec<ContentPath>,
    /// How many files were parsed.
    pub(super) parsed: u64,
}

/// The most documents that are compared one by one. A larger change than this is not an edit of a few texts.
const MOST: usize = 16;

/// The most new files.
const MOST_FILES: usize = 64;

/// A document that is new or has changed: its place among those of the last build, if it had one, and its
/// place now.
struct Difference {
    was: Option<u32>,
    is: u32,
}

impl Changes {
    /// Reads the new and changed documents. Declines if a document is gone, or if there are diagnostics of
    /// one of them. `Stamps` are the fingerprints of the documents and files in the last build.
    pub(super) fn read(
        start: Start<'_>,
        last: &Last<'_>,
        Stamps { documents: before, files }: &Stamps,
        last_build: &LastBuild,
        progress: &dyn Progress,
    ) -> Attempt<Self> {
        let LastBuild { archive, store, .. } = last_build;
        let reader = Reader::new(start.request, start.site, store, progress);
        let is_told_of = |document: &CachedDocument| {
            let template = document.template().map(|name| format!("templates/{name}"));
            let files = [Some(document.path.as_str()), template.as_deref()];
            let mut found = last.state.diagnostics.iter().filter(|one| one.file.is_some());
            let is_ahead = match &document.document {
                Some(CachedParse::Article(meta, _)) => start.is_ahead(meta),
                _ => false,
            };
            is_ahead
                || !document.diagnostics.is_empty()
                || found.any(|one| files.contains(&one.file.as_deref()))
        };
        let (mut new, mut changed, mut amendment) = (Vec::new(), Vec::new(), Amendment::Nothing);
        for Difference { was, is } in differences(start, before, archive)? {
            let (kind, file) = &start.inputs.documents[is as usize];
            let as_it_was = |place| archive.get(place).filter(|known| is_of(known, place, before));
            let known = was.map(|place| as_it_was(place).ok_or(Declined::LOST)).transpose()?;
            let document = reader.document(*kind, file, known.clone())?;
            let is_told_of = known.as_ref().is_some_and(is_told_of) || is_told_of(&document);
            require(!is_told_of, "there is something to be told of a document")?;
            if let (Some(place), Some(known)) = (was, known) {
                amendment.add(known, &document);
                changed.push((place, document));
            } else {
                require(*kind == DocumentKind::Article, "a page or profile has come")?;
                new.push((is, document));
            }
        }
        let come = come(files, start)?;
        Ok(Self { new, changed, amendment, come, parsed: reader.parsed() })
    }
}

impl Start<'_> {
    /// Whether a date of a document has yet to come, which is told.
    fn is_ahead(self, meta: &Meta) -> bool {
        index::is_ahead(meta, &self.site.config, self.request.visibility())
    }
}

/// The new files. Declines if a file is gone or has changed.
fn come(before: &[Fingerprint], start: Start<'_>) -> Result<Vec<ContentPath>, Declined> {
    let Start { inputs, prints, .. } = start;
    let (mut known, mut come) = (before.iter().peekable(), Vec::new());
    for (print, file) in prints.stamps.files.iter().zip(inputs.files()) {
        if known.next_if_eq(&print).is_none() {
            require(come.len() < MOST_FILES, "more than sixty-four files have come, or one has changed")?;
            come.push(file.path.clone());
        }
    }
    require(known.next().is_none(), "a file went or has changed")?;
    require(
        come.iter().all(|file| inputs.pictures.contains_key(file)),
        "a file has come that is no picture",
    )?;
    Ok(come)
}

/// The differences between the documents of the last build and those of now. Both are sorted by kind and
/// path.
fn differences(
    start: Start<'_>,
    before: &[Fingerprint],
    archive: &Archive,
) -> Result<Vec<Difference>, Declined> {
    require(archive.order().len() == before.len(), Declined::LOST.0)?;
    let now = &start.prints.stamps.documents;
    let mut differences = Vec::new();
    let (mut was, mut is) = (0, 0);
    while was < before.len() || is < now.len() {
        if before.get(was) == now.get(is) {
            (was, is) = (was + 1, is + 1);
            continue;
        }
        require(differences.len() < MOST, "more than sixteen documents have changed")?;
        let (kind, file) = start.inputs.documents.get(is).ok_or(Declined("a document went"))?;
        let known =
            (was < before.len()).then(|| archive.get(was as u32).ok_or(Declined::LOST)).transpose()?;
        let order = known.map(|known| (*kind, &file.path).cmp(&(known.kind, &known.path)));
        require(order.is_none_or(std::cmp::Ordering::is_le), "a document went")?;
        let is_new = order.is_none_or(std::cmp::Ordering::is_lt);
        differences.push(Difference { was: (!is_new).then_some(was as u32), is: is as u32 });
        (was, is) = (was + usize::from(!is_new), is + 1);
    }
    Ok(differences)
}
