//! The places of diagnostics.

use masthead::base::diag::{Diagnostic, Place};

/// The lines of a text, as long as they are in characters.
pub struct Lines<'t> {
    text: &'t str,
    lengths: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Lines end as old Macs ended them if nothing else ends one.
    pub fn of(text: &'t str) -> Self {
        let end = if text.contains('\n') { '\n' } else { '\r' };
        Self { text, lengths: text.split(end).map(|line| line.chars().count()).collect() }
    }

    /// Checks that each diagnostic has a message, and lies within the text where it has a place.
    pub fn hold_all(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
            if let Some(place) = diagnostic.place {
                self.hold(place, &diagnostic.message);
            }
        }
    }

    /// Checks that a place lies within the text. The end of a line counts as one more character of it.
    pub fn hold(&self, place: Place, what: &str) {
        let Place { line, column, width } = place;
        assert!(line > 0 && column > 0 && width > 0, "{what}: {place:?}");
        let length = self.lengths.get(line as usize - 1);
        let length = length.unwrap_or_else(|| panic!("{what}: {place:?} of {:?}", self.text));
        let end = column as usize - 1 + width as usize;
        assert!(end <= *length || (width == 1 && end == length + 1), "{what}: {place:?} of {:?}", self.text);
    }
}
