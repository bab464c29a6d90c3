//! Compiles all templates of a theme, and finds all of their faults.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera, TeraResult};

use super::settled::{Origins, Templates, settle};
use super::{error, filters};
use crate::base::diag::Diagnostic;
use crate::model::theme::Theme;
use crate::model::view::SiteView;

/// An engine with every template of a theme.
pub(super) fn read(theme: &Theme, site: &SiteView) -> Result<(Tera, Origins), Vec<Diagnostic>> {
    let written = at_hand(theme);
    let (settled, origins) = settle(&written, &theme.layers, &site.words);
    if let Ok(tera) = engine(theme, site).and_then(|tera| filled(tera, &settled)) {
        return Ok((tera, origins));
    }
    // Tera stops at the first template that it cannot compile. Finding the others takes time only if one is
    // broken.
    let faults = all_faults(theme, site, &mut whole(theme));
    if !faults.is_empty() {
        return Err(faults);
    }
    let as_written = engine(theme, site).and_then(|tera| filled(tera, &written));
    as_written
        .map(|tera| (tera, Origins::default()))
        .map_err(|error| vec![error::reading(&error, "templates")])
}

/// The templates under their whole paths, by which messages name them.
fn whole(theme: &Theme) -> Templates<'_> {
    theme.templates.iter().map(|(path, source)| (path.as_str(), source.as_str())).collect()
}

/// The templates under the names by which others include them: the name alone, and the whole path where a
/// template mentions that. With whole paths only, Tera would try all layers at each `include`. Components
/// have names of their own, for which the layers decide.
fn at_hand(theme: &Theme) -> Templates<'_> {
    let mut templates = whole(theme);
    let names_a_layer = |source: &&str| theme.layers.iter().any(|layer| source.contains(layer.as_str()));
    let sources: Vec<&str> = templates.values().copied().filter(names_a_layer).collect();
    let is_component = |name: &str| name.starts_with("components/");
    templates.retain(|path, _| {
        let name = theme.layers.iter().find_map(|layer| path.strip_prefix(layer.as_str()));
        name.is_none_or(is_component) || sources.iter().any(|source| source.contains(path))
    });
    let names = theme.template_names().into_iter().filter(|(name, _)| !is_component(name));
    templates.extend(names.filter_map(|(name, path)| Some((name, theme.templates.get(path)?.as_str()))));
    templates
}

fn engine(theme: &Theme, site: &SiteView) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(theme.layers.iter().cloned())?;
    filters::register(&mut tera, site);
    Ok(tera)
}

fn filled<K: AsRef<str>, V: AsRef<str>>(mut tera: Tera, templates: &BTreeMap<K, V>) -> TeraResult<Tera> {
    tera.add_raw_templates(templates)?;
    Ok(tera)
}

fn all_faults(theme: &Theme, site: &SiteView, templates: &mut Templates<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut dropped = BTreeSet::new();
    templates.retain(|path, source| {
        let fault = syntax_fault(path, source);
        let sound = fault.is_none();
        if !sound {
            dropped.insert((*path).to_owned());
        }
        faults.extend(fault);
        sound
    });
    join_faults(theme, site, templates, &mut dropped, &mut faults);
    faults.sort();
    faults.dedup();
    faults
}

/// The fault of one template on its own.
fn syntax_fault(path: &str, source: &str) -> Option<Diagnostic> {
    match Tera::new().add_raw_template(path, source) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => Some(error::reading(&error, path)),
        _ => None,
    }
}

/// The faults of templates that are sound on their own: parents, partials, filters and blocks that do not
/// exist. A template with a missing parent is put aside, and the rest is tried again.
fn join_faults(
    theme: &Theme,
    site: &SiteView,
    templates: &mut Templates<'_>,
    dropped: &mut BTreeSet<String>,
    faults: &mut Vec<Diagnostic>,
) {
    let is_dropped = |dropped: &BTreeSet<String>, name: &str| {
        dropped.contains(name) || theme.layers.iter().any(|layer| dropped.contains(&format!("{layer}{name}")))
    };
    while let Err(error) = engine(theme, site).and_then(|tera| filled(tera, templates)) {
        let (culprit, known) = match error.kind() {
            ErrorKind::MissingParent { current, parent } => (current, is_dropped(dropped, parent)),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => (tpl, false),
            _ => {
                let reports = error::reports(&error);
                faults.extend(reports.into_iter().filter_map(|report| {
                    let missing = report.missing_template.as_deref();
                    missing.is_none_or(|name| !is_dropped(dropped, name)).then_some(report.diagnostic)
                }));
                return;
            }
        };
        if !known {
            faults.push(error::reading(&error, culprit));
        }
        if templates.remove(culprit.as_str()).is_none() {
            return;
        }
        dropped.insert(culprit.clone());
    }
}
