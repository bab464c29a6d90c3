//! Tables: in a frame that scrolls, with classes instead of attributes that HTML no longer has.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::writer::Writer;
use crate::base::diag::Rule;

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    /// Whether the open cell is a `<th>`.
    is_header: bool,
    /// Where the last cell ends in the body.
    cell_end: usize,
    /// How many tables there were.
    count: u32,
}

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        let count = self.table.count + 1;
        self.table = Table { alignments: alignments.to_vec(), count, ..Table::default() };
        self.out.raw("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\"");
        // Regions of a page must have different names.
        let label = self.settings().labels.table();
        let label = if count == 1 { label.to_owned() } else { format!("{label} {count}") };
        self.out.attribute("aria-label", &label);
        self.out.raw("><table>\n");
    }

    pub(super) fn end_table(&mut self) {
        self.out.raw(if self.table.has_body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
    }

    pub(super) fn start_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.raw("<thead>\n<tr>");
    }

    pub(super) fn end_head(&mut self) {
        self.table.in_head = false;
        self.out.raw("</tr>\n</thead>\n");
    }

    pub(super) fn start_row(&mut self) {
        if !std::mem::replace(&mut self.table.has_body, true) {
            self.out.raw("<tbody>\n");
        }
        self.table.column = 0;
        self.out.raw("<tr>");
    }

    /// Starts the cell whose first content is the event `next`. An empty cell is no header, even in the head.
    pub(super) fn start_cell(&mut self, next: usize) {
        let is_empty = matches!(self.events().get(next), Some((Event::End(TagEnd::TableCell), _)));
        self.table.is_header = self.table.in_head && !is_empty;
        self.out.raw(if self.table.is_header { "<th scope=\"col\"" } else { "<td" });
        self.out.raw(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        });
        self.table.column += 1;
        self.words.gap();
    }

    /// Ends a row, and reports what the parser has left out of it: cells for which the head has none.
    pub(super) fn end_row(&mut self, row: &Range<usize>) {
        self.out.raw("</tr>\n");
        let rest = self.source().get(self.table.cell_end..row.end).unwrap_or_default();
        let lost = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if lost.is_empty() {
            return;
        }
        let start = self.table.cell_end + rest.find(lost).unwrap_or_default();
        let message = "this is not shown, because the row has more cells than the head of the table";
        let diagnostic = self.diagnostic(&(start..start + lost.len()), Rule::LostCell, message);
        let hint = "write a `|` within a cell as `\\|`, even between backticks, or give the head more cells";
        self.found(diagnostic.hint(hint));
    }

    pub(super) fn end_cell(&mut self, cell: &Range<usize>) {
        self.table.cell_end = cell.end;
        self.out.raw(if self.table.is_header { "</th>" } else { "</td>" });
        self.words.gap();
    }
}
