//! The files beside documents that are published with them. Other modules decide which ones; here each gets
//! an address of its own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::diag::{Diagnostic, Rule};
use crate::model::collection::Href;
use crate::model::path::{ContentPath, UrlPath};

use super::about;
use super::links::Resolved;

/// The published files by their addresses.
#[derive(Default)]
pub(super) struct Published {
    pub(super) by_address: BTreeMap<UrlPath, ContentPath>,
}

impl Published {
    /// Takes in the files that a document refers to. Adds the diagnostics of its links and of these files,
    /// and returns where the links lead.
    pub(super) fn keep(
        &mut self,
        path: &ContentPath,
        resolved: Resolved,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Href> {
        diagnostics.extend(resolved.diagnostics);
        for (file, place) in resolved.files.into_iter().zip(resolved.places) {
            diagnostics.extend(self.claim(file).map(|clash| about(path, clash.at(place))));
        }
        resolved.links
    }

    /// Gives a file its address. If another file has that address already, the other one keeps it and this
    /// one is reported.
    pub(super) fn claim(&mut self, (url, file): (UrlPath, ContentPath)) -> Option<Diagnostic> {
        match self.by_address.entry(url) {
            Entry::Vacant(free) => {
                free.insert(file);
                None
            }
            Entry::Occupied(taken) if *taken.get() == file => None,
            Entry::Occupied(taken) => {
                let message =
                    format!("`{}` is the address of `{}` and of `{file}`", taken.key(), taken.get());
                let hint = "give one of the two files another name";
                Some(Diagnostic::new(Rule::AddressClash, message).in_file(file.as_str()).hint(hint))
            }
        }
    }
}
