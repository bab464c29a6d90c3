//! What a build found and did, and how long it took.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::base::diag::{Diagnostic, Level, Meant, Place, Rule};
use crate::base::fs;
use crate::model::declined::Declined;
use crate::model::path::OutPath;
use crate::{config, parse};

/// What a build found and did.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong with the site, in the order of files and places; rules that are off are left out.
    pub diagnostics: Vec<Diagnostic>,
    /// The rules that are not at their default level.
    pub levels: BTreeMap<Rule, Level>,
    /// How much was looked at.
    pub way: Way,
    /// How much was done.
    pub counts: Counts,
    /// How long each stage took, in their order.
    pub timings: Vec<(&'static str, Duration)>,
    /// Files that were written.
    pub written: Vec<OutPath>,
    /// Files that were removed.
    pub removed: Vec<OutPath>,
    /// The output folder as it is shown to people.
    pub out: String,
    /// Whether nothing stands in the way of publishing.
    pub ok: bool,
}

/// How much a build looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing had changed.
    Nothing,
    /// Documents whose changes no other pages show.
    Amended,
    /// Articles that have come or were revised, and what shows them.
    Renewed,
    /// Everything, because of this.
    Full(Declined),
}

impl Default for Way {
    fn default() -> Self {
        Self::Full(Declined("the cache was not asked"))
    }
}

/// How much was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Published articles.
    pub articles: u64,
    /// Files that were parsed.
    pub parsed: u64,
    /// Outputs that were made: rendered or copied.
    pub rendered: u64,
    /// Outputs that are new or have changed.
    pub written: u64,
    /// Outputs that stayed as they were.
    pub kept: u64,
    /// Outputs that went.
    pub removed: u64,
}

impl Counts {
    /// How many files are in the output folder now.
    pub fn files(self) -> u64 {
        self.written + self.kept
    }
}

impl Report {
    /// The level of a rule.
    pub fn level(&self, rule: Rule) -> Level {
        self.levels.get(&rule).copied().unwrap_or_else(|| rule.default_level())
    }

    /// Whether there is anything that stands in the way of publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| self.level(diagnostic.rule) == Level::Error)
    }

    pub(super) fn add(&mut self, (counts, diagnostics): (Counts, Vec<Diagnostic>)) {
        self.counts.rendered = counts.rendered;
        self.counts.written = counts.written;
        self.counts.kept = counts.kept;
        self.diagnostics.extend(diagnostics);
    }

    /// The same report, for a site whose configuration has not changed.
    pub(super) fn again(&self) -> Self {
        let (diagnostics, levels, out) = (self.diagnostics.clone(), self.levels.clone(), self.out.clone());
        Self { diagnostics, levels, out, ..Self::default() }
    }

    /// Sorts the diagnostics, drops those that are off, and finds the places of values.
    pub(super) fn settle(&mut self, root: &Path) {
        let levels = std::mem::take(&mut self.levels);
        let level = |rule: Rule| levels.get(&rule).copied().unwrap_or_else(|| rule.default_level());
        self.diagnostics.retain(|diagnostic| level(diagnostic.rule) != Level::Off);
        self.levels = levels;
        settle_places(&mut self.diagnostics, &|file| {
            fs::read(&root.join(file)).ok().and_then(|bytes| String::from_utf8(bytes).ok())
        });
        self.diagnostics.sort();
        self.diagnostics.dedup();
    }

    /// Gives the verdict.
    pub(super) fn judged(mut self, root: &Path) -> Self {
        self.settle(root);
        self.ok = !self.has_errors();
        if self.ok {
            self.counts.removed = self.removed.len() as u64;
        } else {
            self.counts.written = 0;
        }
        self
    }
}

/// Finds the places of the values that diagnostics are about. Each file is read and looked through once: thousands may be about one.
pub fn settle_places(diagnostics: &mut [Diagnostic], text: &dyn Fn(&str) -> Option<String>) {
    let mut by_file: BTreeMap<String, (Vec<&mut Option<Place>>, Vec<Meant>)> = BTreeMap::new();
    for one in diagnostics {
        if let (None, Some(file), Some(meant)) = (one.place, &one.file, one.meant.take()) {
            let (places, all) = by_file.entry(file.clone()).or_default();
            places.push(&mut one.place);
            all.push(meant);
        }
    }
    for (file, (places, meant)) in by_file {
        let text = text(&file).unwrap_or_default();
        let is_toml = file.rsplit('.').next() == Some("toml");
        let find = if is_toml { config::places } else { parse::places };
        for (place, found) in places.into_iter().zip(find(&text, &meant)) {
            *place = Some(found.unwrap_or(Place::line(1)));
        }
    }
}

/// Who wants to know how far a build is.
pub trait Progress: Sync {
    /// A stage begins that has so many steps; 0 if they can't be counted.
    fn stage(&self, name: &'static str, steps: u64);
    /// A step is done.
    fn step(&self);
    /// Another build of the same site is running, and this one waits for it.
    fn waits(&self);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self) {}
    fn waits(&self) {}
}

/// Takes the times of the stages.
pub(super) struct Stopwatch<'a> {
    progress: &'a dyn Progress,
    timings: Vec<(&'static str, Duration)>,
}

impl<'a> Stopwatch<'a> {
    pub(super) fn new(progress: &'a dyn Progress) -> Self {
        Self { progress, timings: Vec::new() }
    }

    pub(super) fn time<T>(&mut self, stage: &'static str, steps: u64, work: impl FnOnce() -> T) -> T {
        self.progress.stage(stage, steps);
        let start = Instant::now();
        let result = work();
        self.timings.push((stage, start.elapsed()));
        result
    }

    pub(super) fn finish(self) -> Vec<(&'static str, Duration)> {
        self.timings
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_file_is_read_once_for_all_that_is_to_be_told_of_it() {
        let text = "---\ntitle: T\nrelated: [one, two]\n---\n";
        let about =
            |word: &str| Diagnostic::new(Rule::DeadLink, word).in_file("a.md").about(&["related"], word);
        let mut told = vec![about("one"), about("two"), about("three"), about("one").in_file("b.md")];
        let read = Cell::new(0);
        settle_places(&mut told, &|file| {
            read.set(read.get() + 1);
            (file == "a.md").then(|| text.to_owned())
        });
        let places: Vec<_> = told.iter().filter_map(|one| one.place).map(|at| (at.line, at.column)).collect();
        assert_eq!((places, read.get()), (vec![(3, 11), (3, 16), (3, 1), (1, 1)], 2));
    }
}
