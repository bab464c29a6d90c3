//! A piece of HTML with gaps.

use crate::base::html::{escape_into, escape_text_into};
use crate::model::article::{Fill, Slot};

/// HTML that is being written.
#[derive(Debug, Default)]
pub(super) struct Html {
    pub(super) markup: String,
    pub(super) slots: Vec<Slot>,
    /// Markup of ours that no author may write, and which the sanitiser must not see: where each piece begins
    /// and ends, in ascending order.
    pub(super) sealed: Vec<(usize, usize)>,
    /// Where components begin and end, in order.
    pub(super) marks: Vec<Mark>,
}

/// The beginning or end of a component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) at: u32,
    /// The number of the component.
    pub(super) block: u32,
    pub(super) is_start: bool,
}

impl Html {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { markup: String::with_capacity(bytes), ..Self::default() }
    }

    /// Appends markup.
    pub(super) fn raw(&mut self, markup: &str) {
        self.markup.push_str(markup);
    }

    /// Appends text.
    pub(super) fn text(&mut self, text: &str) {
        escape_text_into(&mut self.markup, text);
    }

    /// Appends ` name="value"`.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.markup.push(' ');
        self.markup.push_str(name);
        self.markup.push_str("=\"");
        escape_into(&mut self.markup, value);
        self.markup.push('"');
    }

    /// Leaves a gap.
    pub(super) fn slot(&mut self, link: u32, fill: Fill) {
        self.slots.push(Slot { at: self.markup.len() as u32, link, fill });
    }

    /// A component begins or ends here.
    pub(super) fn mark(&mut self, block: u32, is_start: bool) {
        self.marks.push(Mark { at: self.markup.len() as u32, block, is_start });
    }

    /// Appends markup that only we may write.
    pub(super) fn seal(&mut self, markup: &str) {
        let start = self.markup.len();
        self.raw(markup);
        self.sealed.push((start, self.markup.len()));
    }

    /// Appends another piece, which has no components.
    pub(super) fn append(&mut self, other: &Self) {
        let moved = self.markup.len();
        self.raw(&other.markup);
        self.slots.extend(other.slots.iter().map(|slot| Slot { at: slot.at + moved as u32, ..*slot }));
        self.sealed.extend(other.sealed.iter().map(|&(start, end)| (start + moved, end + moved)));
    }
}
