//! What a page that cannot be rendered fails for. Tera does not name a field that does not exist where something is done with it
//! at once, as in `{% for tag in article.tagz %}`; the names in the template tell which it is.

use std::sync::OnceLock;

use crate::base::diag::Diagnostic;
use crate::check;
use crate::model::theme::Theme;

/// The fields in the templates of a theme that no view has. They are looked for only when a page fails.
pub(super) struct Causes<'a> {
    theme: &'a Theme,
    unknown: OnceLock<Vec<Diagnostic>>,
}

impl<'a> Causes<'a> {
    pub(super) fn new(theme: &'a Theme) -> Self {
        Self { theme, unknown: OnceLock::new() }
    }

    /// The fault with the unknown field that is behind it, if there is one and the fault does not tell.
    pub(super) fn told(&self, fault: Diagnostic) -> Diagnostic {
        let (None, Some(file), Some(place)) = (&fault.hint, &fault.file, fault.place) else { return fault };
        let Some(text) = self.theme.templates.get(file) else { return fault };
        let unknown = self.unknown.get_or_init(|| check::unknown_fields(&self.theme.templates));
        match check::unknown_field_at(unknown, file, text, place).cloned() {
            Some(cause) => Diagnostic { page: fault.page, group: fault.group, ..cause },
            None => fault,
        }
    }
}
