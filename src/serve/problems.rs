//! Errors in the form for the browser: with the lines that they are about.

use std::path::Path;

use serde::Serialize;

use crate::base::diag::{Diagnostic, Place};
use crate::base::error::Error;
use crate::base::fs;
use crate::build::Report;

/// How many problems the browser gets; the terminal prints all of them.
const MOST: usize = 20;

/// How many lines are shown before and after the faulty one.
const AROUND: u32 = 2;

/// The longest piece of a line that is shown, in characters.
const WIDEST: u32 = 200;

/// The errors of a site.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Problems {
    problems: Vec<Problem>,
    /// How many more there are.
    more: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Problem {
    message: String,
    rule: Option<&'static str>,
    hint: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    width: Option<u32>,
    /// The lines around the place, each with its number.
    lines: Vec<(u32, String)>,
    /// Where in its line, as it stands there, the place begins: the number of characters before it.
    before: u32,
    /// Problems of one group are one problem, seen in several places.
    #[serde(skip)]
    group: Option<String>,
}

impl Problems {
    /// The errors of a report.
    pub(super) fn of(report: &Report, root: &Path) -> Self {
        Self::new(report.errors(), root)
    }

    /// From diagnostics, whatever their level.
    pub(super) fn new<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, root: &Path) -> Self {
        let mut all: Vec<&Diagnostic> = diagnostics.collect();
        let mut groups = std::collections::BTreeSet::new();
        all.retain(|one| one.group.as_ref().is_none_or(|group| groups.insert(group)));
        let more = all.len().saturating_sub(MOST);
        all.truncate(MOST);
        Self { problems: all.into_iter().map(|one| problem(one, root)).collect(), more }
    }

    /// From an error of the environment.
    pub(super) fn trouble(error: &Error) -> Self {
        let hint = error.hint_of().map(str::to_owned);
        let problem = Problem { hint, ..Problem::new(error.to_string()) };
        Self { problems: vec![problem], more: 0 }
    }

    /// Both together.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        let is_known = |one: &&Problem| {
            let is_it = |known: &Problem| known == *one || known.group.is_some() && known.group == one.group;
            self.problems.iter().any(is_it)
        };
        both.problems.extend(other.problems.iter().filter(|one| !is_known(one)).cloned());
        both.more += other.more;
        both
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Problem {
    fn new(message: String) -> Self {
        Self {
            message,
            rule: None,
            hint: None,
            file: None,
            line: None,
            column: None,
            width: None,
            lines: Vec::new(),
            before: 0,
            group: None,
        }
    }
}

fn problem(one: &Diagnostic, root: &Path) -> Problem {
    let (lines, before) = one
        .file
        .as_ref()
        .zip(one.place)
        .map(|(file, place)| lines(&root.join(file), place))
        .unwrap_or_default();
    Problem {
        rule: Some(one.rule.name()),
        hint: one.hint.clone(),
        file: one.file.clone(),
        line: one.place.map(|place| place.line),
        column: one.place.map(|place| place.column),
        width: one.place.map(|place| place.width),
        lines,
        before,
        group: one.group.clone(),
        ..Problem::new(one.said())
    }
}

/// The lines around a place, and how many characters of its own line are shown before it.
fn lines(path: &Path, place: Place) -> (Vec<(u32, String)>, u32) {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let shown = place.line.saturating_sub(AROUND).max(1)..=place.line.saturating_add(AROUND);
    // A long line is shown from shortly before the place.
    let column = place.column.saturating_sub(1);
    let skipped = if column < WIDEST / 2 { 0 } else { column - WIDEST / 4 };
    let piece = |number: u32, text: &str| -> String {
        let skipped = if number == place.line { skipped } else { 0 };
        text.chars().skip(skipped as usize).take(WIDEST as usize).collect()
    };
    let lines = (1..)
        .zip(text.lines())
        .skip_while(|(number, _)| number < shown.start())
        .take_while(|(number, _)| shown.contains(number))
        .map(|(number, text)| (number, piece(number, text)))
        .collect();
    (lines, column - skipped)
}
