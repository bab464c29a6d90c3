//! The parts of a page that are the same on all pages: drawn once, like cards.
//!
//! A template under `site/` sees only `site`, so that its result cannot depend on a page.

use tera::{Context, Map, Tera, Value};

use super::error;
use super::fields::{Fields, value};
use crate::base::diag::Diagnostic;
use crate::model::theme::Theme;
use crate::model::view::SiteView;

/// The site as templates see it, in one copy for each engine: values are counted references, and threads that
/// count at the same place slow each other down.
pub(super) fn values(
    tera: &Tera,
    theme: &Theme,
    site: &SiteView,
    copies: usize,
) -> Result<Vec<Value>, Vec<Diagnostic>> {
    let told = |fault: Box<Diagnostic>| vec![*fault];
    let plain = value(site).map_err(told)?;
    let (mut drawn, mut faults) = (Vec::new(), Vec::new());
    for template in theme.template_names().into_keys() {
        let Some(name) = template.strip_prefix("site/").and_then(|name| name.strip_suffix(".html")) else {
            continue;
        };
        let mut context = Context::new();
        context.insert_value("site", plain.clone());
        match tera.render(template, &context) {
            Ok(html) => drawn.push((name.to_owned(), html)),
            Err(fault) => faults.push(error::rendering(&fault, "the shared templates")),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let copy = |_| {
        let mut fields = Fields::of(site).map_err(told)?;
        let drawn: Map =
            drawn.iter().map(|(name, html)| (name.clone().into(), Value::safe_string(html))).collect();
        fields.set("drawn", drawn.into());
        fields.value().map_err(told)
    };
    (0..copies).map(copy).collect()
}
