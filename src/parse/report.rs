//! The file that is being parsed, and what is found wrong with it.
//!
//! Everything in `parse` works with byte ranges of the file's text; only here they become lines and columns.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::base::bytes;
use crate::base::diag::{Diagnostic, Place, Rule, floor_char};
use crate::model::path::ContentPath;

/// Collects the diagnostics of one file.
pub(super) struct Report<'a> {
    path: &'a ContentPath,
    places: Places<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    pub(super) fn new(path: &'a ContentPath, text: &'a str) -> Self {
        Self { path, places: Places::new(text), found: Vec::new() }
    }

    /// Starts a diagnostic about some bytes of the file.
    pub(super) fn at(&self, range: &Range<usize>, rule: Rule, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.place(range))
    }

    /// Reports a diagnostic.
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic.in_file(self.path.as_str()));
    }

    /// [`Self::at`] and [`Self::add`] for a diagnostic without a hint.
    pub(super) fn say(&mut self, range: &Range<usize>, rule: Rule, message: impl Into<String>) {
        self.add(self.at(range, rule, message));
    }

    /// The place of some bytes of the file.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.places.of(range.start, range.end)
    }

    /// The text of some bytes of the file.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        self.places.text.get(range).unwrap_or("")
    }

    /// Everything that was found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.place);
        self.found
    }
}

/// Turns offsets into lines and columns.
///
/// [`Place::of`] counts from the start of the text each time; a file of a megabyte with a hundred thousand
/// links would take minutes. Here a table of line starts grows as needed, and columns are counted on from the
/// last place on the same line.
pub(super) struct Places<'a> {
    text: &'a str,
    lines: RefCell<Lines>,
    last: Cell<Column>,
}

struct Lines {
    /// Where each line begins.
    starts: Vec<u32>,
    /// How many bytes of the text are in the table.
    seen: usize,
}

#[derive(Clone, Copy, Default)]
struct Column {
    line: usize,
    offset: usize,
    count: u32,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let lines = Lines { starts: vec![0], seen: 0 };
        Self { text, lines: RefCell::new(lines), last: Cell::default() }
    }

    /// The number of the line with an offset, counted from 0, and the start of that line.
    fn line(&self, offset: usize) -> (usize, usize) {
        let mut lines = self.lines.borrow_mut();
        lines.look_up_to(offset, self.text.as_bytes());
        let line = lines.starts.partition_point(|&at| at as usize <= offset) - 1;
        (line, lines.starts[line] as usize)
    }

    pub(super) fn of(&self, start: usize, end: usize) -> Place {
        let start = floor_char(self.text, start);
        let end = floor_char(self.text, end).max(start);
        let (line, line_start) = self.line(start);
        let column = self.column(line, line_start, start);
        let meant = &self.text[start..end];
        let meant = meant.find(['\n', '\r']).map_or(meant, |at| &meant[..at]);
        Place { line: line as u32 + 1, column, width: (meant.chars().count() as u32).max(1) }
    }

    fn column(&self, line: usize, line_start: usize, offset: usize) -> u32 {
        let line_start = Column { line, offset: line_start, count: 1 };
        let last = self.last.get();
        let known =
            if last.line == line && last.count > 0 && last.offset <= offset { last } else { line_start };
        let count = known.count + self.text[known.offset..offset].chars().count() as u32;
        self.last.set(Column { line, offset, count });
        count
    }
}

impl Lines {
    fn look_up_to(&mut self, end: usize, text: &[u8]) {
        while self.seen < end {
            match bytes::find(&text[self.seen..end], |byte| byte == b'\n') {
                Some(at) => {
                    self.seen += at + 1;
                    self.starts.push(self.seen as u32);
                }
                None => self.seen = end,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_agree_with_a_simple_search_in_any_order() {
        let text = "a\nüö x[é](y)\r\n\nlast ü";
        let places = Places::new(text);
        for start in [0, 3, 9, 5, 14, 2, 20, 21, 99, 11] {
            for end in [start, start + 1, start + 7] {
                assert_eq!(places.of(start, end), Place::of(text, start, end), "{start}..{end}");
            }
        }
    }
}
