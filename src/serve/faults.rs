//! The faults of pages: which of them stand, and which of them have been told.
//!
//! A page is made when somebody asks for it, so its faults are not known before. After each edition the pages that had
//! faults are made again: a fault that is still there is not told again, and it is known when the last one is mended.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::diag::Diagnostic;
use crate::base::fs;
use crate::build::{Found, Output, Report, settle_places};

use super::desk::Desk;

/// The most pages that are made again after each edition. Nobody looks at so many by hand while something is wrong.
const MOST: usize = 100;

/// The faults of the pages of a site.
#[derive(Debug)]
pub(super) struct Faults {
    root: PathBuf,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The groups of what the report of the newest edition tells.
    reported: BTreeSet<String>,
    /// The faults of each page that has some, by the address.
    standing: BTreeMap<String, Vec<Diagnostic>>,
    /// Whether there were more such pages.
    has_more: bool,
}

impl Faults {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), known: Mutex::default() }
    }

    /// Takes note of the faults of a page, or that it has none, and returns those that nobody has been told of.
    pub(super) fn seen(&self, address: &str, faults: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut known = self.known();
        let news = known.news(faults);
        known.set(address, faults.to_vec());
        news
    }

    /// Makes the pages with faults again in a new edition. Returns the faults that nobody has been told of.
    pub(super) fn renew(&self, desk: &Desk, report: &Report) -> Vec<Diagnostic> {
        let addresses: Vec<String> = self.known().standing.keys().cloned().collect();
        let found = |address: String| {
            let faults = match desk.find_now(&address) {
                // What it fails for is told of the whole site, or it cannot be made now: its own faults are not known.
                Ok(Found::Output { output: Output::Faulty(faults), .. }) if faults.is_empty() => return None,
                Err(_) => return None,
                Ok(Found::Output { output: Output::Faulty(faults), .. }) => self.settled(faults),
                Ok(_) => Vec::new(),
            };
            Some((address, faults))
        };
        let found: Vec<_> = addresses.into_iter().filter_map(found).collect();
        let mut known = self.known();
        known.reported = report.diagnostics.iter().filter_map(|one| one.group.clone()).collect();
        let mut news = Vec::new();
        for (address, faults) in found {
            news.extend(known.news(&faults));
            known.set(&address, faults);
        }
        news
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.known().standing.is_empty()
    }

    /// Whether there may be others, of pages that were not made again. That is only said once.
    pub(super) fn may_be_more(&self) -> bool {
        std::mem::take(&mut self.known().has_more)
    }

    /// Faults with their places.
    pub(super) fn settled(&self, mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        settle_places(&mut faults, &|file| fs::read_text(&self.root.join(file)));
        faults
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Those that are not among the known ones. A fault that shows on many pages is told once.
    fn news(&self, faults: &[Diagnostic]) -> Vec<Diagnostic> {
        let standing = || self.standing.values().flatten();
        let is_known = |fault: &&Diagnostic| match &fault.group {
            Some(group) => {
                self.reported.contains(group) || standing().any(|one| one.group.as_ref() == Some(group))
            }
            None => standing().any(|one| one == *fault),
        };
        faults.iter().filter(|fault| !is_known(fault)).cloned().collect()
    }

    fn set(&mut self, address: &str, faults: Vec<Diagnostic>) {
        if faults.is_empty() {
            self.standing.remove(address);
        } else if self.standing.len() < MOST || self.standing.contains_key(address) {
            self.standing.insert(address.to_owned(), faults);
        } else {
            self.has_more = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::Rule;

    fn fault(message: &str) -> Diagnostic {
        Diagnostic::new(Rule::Template, message).grouped(message)
    }

    #[test]
    fn a_fault_is_told_once_as_long_as_it_stands() {
        let faults = Faults::new(Path::new(""));
        assert_eq!(faults.seen("/a/", &[fault("one")]), [fault("one")]);
        assert_eq!(faults.seen("/b/", &[fault("one"), fault("two")]), [fault("two")]);
        assert_eq!(faults.seen("/a/", &[fault("one")]), []);
        assert_eq!((faults.seen("/a/", &[]), faults.are_none()), (vec![], false));
        assert_eq!((faults.seen("/b/", &[]), faults.are_none()), (vec![], true));
        assert_eq!(faults.seen("/a/", &[fault("one")]), [fault("one")]);
    }

    #[test]
    fn more_pages_than_are_made_again_are_not_taken_for_mended() {
        let faults = Faults::new(Path::new(""));
        let address = |number: usize| format!("/{number}/");
        (0..MOST).for_each(|number| drop(faults.seen(&address(number), &[fault("one")])));
        assert!(!faults.may_be_more());
        faults.seen(&address(MOST), &[fault("one")]);
        (0..MOST).for_each(|number| drop(faults.seen(&address(number), &[])));
        assert_eq!((faults.are_none(), faults.may_be_more(), faults.may_be_more()), (true, true, false));
    }
}
