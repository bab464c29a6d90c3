//! What a build found and did, and how long it took.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::base::diag::{Diagnostic, Level, Meant, Place, Rule};
use crate::base::fs;
use crate::model::declined::Declined;
use crate::model::left_out::LeftOut;
use crate::model::path::OutPath;
use crate::{config, parse};

/// What a build found and did.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong with the site, sorted by file and place, without rules that are off.
    pub diagnostics: Vec<Diagnostic>,
    /// The rules that are not at their default level.
    pub levels: BTreeMap<Rule, Level>,
    /// How much of the site the build looked at.
    pub way: Way,
    /// How much work was done.
    pub counts: Counts,
    /// How long each stage took, in the order of the stages.
    pub timings: Vec<(&'static str, Duration)>,
    /// Files that were written.
    pub written: Vec<OutPath>,
    /// Files that were removed.
    pub removed: Vec<OutPath>,
    /// The output folder, as messages show it.
    pub out: String,
    /// Whether there are no errors, so that the site can be published.
    pub ok: bool,
}

/// How much of the site a build looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing had changed.
    Nothing,
    /// Only edited documents: no other page shows what has changed.
    Amended,
    /// Only new and revised articles, and the pages that show them.
    Renewed,
    /// Everything, for this reason.
    Full(Declined),
}

impl Default for Way {
    fn default() -> Self {
        Self::Full(Declined("the cache was not asked"))
    }
}

/// How much work was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Published articles.
    pub articles: u64,
    /// Files that were parsed.
    pub parsed: u64,
    /// Outputs that were rendered or copied.
    pub rendered: u64,
    /// Outputs that are new or have changed.
    pub written: u64,
    /// Outputs that stayed as they were.
    pub kept: u64,
    /// Outputs that were removed.
    pub removed: u64,
    /// Articles that are not published.
    pub left_out: LeftOut,
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
        level(&self.levels, rule)
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| self.level(diagnostic.rule) == Level::Error)
    }

    /// Whether there are errors, so that the site must not be published.
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
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

    /// Sorts the diagnostics, drops those whose rule is off, and finds the places that are not known yet.
    pub(super) fn settle(&mut self, root: &Path) {
        let levels = &self.levels;
        self.diagnostics.retain(|diagnostic| level(levels, diagnostic.rule) != Level::Off);
        settle_places(&mut self.diagnostics, &|file| fs::read_text(&root.join(file)));
        self.diagnostics.sort();
        self.diagnostics.dedup();
    }

    /// Settles the diagnostics and decides whether the build is `ok`.
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

fn level(levels: &BTreeMap<Rule, Level>, rule: Rule) -> Level {
    levels.get(&rule).copied().unwrap_or_else(|| rule.default_level())
}

/// Finds the places of the values that diagnostics are about. Each file is read only once, even if thousands
/// are about it.
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

/// Follows the progress of a build.
pub trait Progress: Sync {
    /// A stage of `steps` steps begins; 0 if they cannot be counted.
    fn stage(&self, name: &'static str, steps: u64);
    /// One step is done.
    fn step(&self);
    /// Another build of the same site is running, and this one waits for it.
    fn waits(&self);
}

/// Follows nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self) {}
    fn waits(&self) {}
}

/// Measures how long each stage takes.
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
    fn a_file_is_read_once_for_all_its_diagnostics() {
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
