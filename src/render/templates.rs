//! Compiles all templates of a theme, and finds all of their faults.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera, TeraResult};

use super::settled::{Aliases, Origins, Templates, settle};
use super::{error, filters, idioms, pairs};
use crate::base::diag::{Diagnostic, Place, closest};
use crate::base::template::{QUOTES, tags};
use crate::model::theme::Theme;
use crate::model::view::SiteView;

/// An engine with every template of a theme.
pub(super) fn read(theme: &Theme, site: &SiteView) -> Result<(Tera, Origins), Vec<Diagnostic>> {
    let aliases = aliases(theme);
    let written = at_hand(theme, &aliases);
    let (settled, mut origins) = settle(&written, &theme.layers, &theme.words);
    origins.rename(&aliases);
    if let Ok(tera) = engine(theme, site).and_then(|tera| filled(tera, &settled)) {
        return Ok((tera, origins));
    }
    // Tera stops at the first template that it cannot compile. Finding the others takes time only if one is
    // broken.
    let faults = all_faults(theme, site, &mut whole(theme, &aliases));
    if !faults.is_empty() {
        return Err(faults);
    }
    let as_written = engine(theme, site).and_then(|tera| filled(tera, &written));
    as_written
        .map(|tera| (tera, Origins::default()))
        .map_err(|error| vec![error::reading(&error, "templates")])
}

/// The whole paths that templates name, from their layer on.
fn named(theme: &Theme) -> BTreeSet<&str> {
    let in_text = |source| theme.layers.iter().flat_map(move |layer| in_quotes(source, layer));
    theme.templates.values().flat_map(|source| in_text(source.as_str())).collect()
}

/// The texts in quotes that begin with `start`.
fn in_quotes<'t>(text: &'t str, start: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(start).filter_map(move |(at, _)| {
        let quote = text[..at].chars().next_back().filter(|c| QUOTES.contains(c))?;
        text[at..].split(quote).next()
    })
}

/// The whole paths that templates name of what the theme there inherits, each with the path that is meant.
fn aliases(theme: &Theme) -> Aliases<'_> {
    let is_unknown = |path: &&str| !theme.templates.contains_key(*path);
    named(theme)
        .into_iter()
        .filter(is_unknown)
        .filter_map(|path| Some((path, theme.inherited(path)?)))
        .collect()
}

/// The templates under their whole paths, by which messages name them.
fn whole<'t>(theme: &'t Theme, aliases: &Aliases<'t>) -> Templates<'t> {
    let own = theme.templates.iter().map(|(path, source)| (path.as_str(), source.as_str()));
    own.chain(aliases.iter().map(|(alias, path)| (*alias, theme.templates[*path].as_str()))).collect()
}

/// The templates under the names by which others include them: the name alone, and the whole path where a
/// template mentions that. With whole paths only, Tera would try all layers at each `include`. Components
/// have names of their own, for which the layers decide.
fn at_hand<'t>(theme: &'t Theme, aliases: &Aliases<'t>) -> Templates<'t> {
    let mut templates = whole(theme, aliases);
    let named = named(theme);
    let is_component = |name: &str| name.starts_with("components/");
    templates.retain(|path, _| {
        let name = theme.layers.iter().find_map(|layer| path.strip_prefix(layer.as_str()));
        name.is_none_or(is_component) || named.contains(path)
    });
    let names = theme.template_names().into_iter().filter(|(name, _)| !is_component(name));
    templates.extend(names.filter_map(|(name, path)| Some((name, theme.templates.get(path)?.as_str()))));
    templates
}

fn engine(theme: &Theme, site: &SiteView) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(theme.layers.iter().cloned())?;
    filters::register(&mut tera, theme, site);
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
    let aliases = aliases(theme);
    for fault in &mut faults {
        if let Some(path) = fault.file.as_deref().and_then(|file| aliases.get(file)) {
            fault.file = Some((*path).to_owned());
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// The fault of one template on its own.
fn syntax_fault(path: &str, source: &str) -> Option<Diagnostic> {
    match Tera::new().add_raw_template(path, source) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
            Some(idioms::explained(pairs::explained(error::reading(&error, path), source), source))
        }
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
                    let hint =
                        missing.and_then(|name| way_out(theme, name, report.diagnostic.file.as_deref()));
                    let is_new = missing.is_none_or(|name| !is_dropped(dropped, name));
                    let hint = hint.or_else(|| other_block(theme, &report.diagnostic));
                    is_new.then(|| Diagnostic { hint: hint.or(report.diagnostic.hint), ..report.diagnostic })
                }));
                return;
            }
        };
        if !known {
            let fault =
                placed(error::reading(&error, culprit), error.kind(), templates.get(culprit.as_str()));
            let missing = match error.kind() {
                ErrorKind::MissingParent { parent, .. } => way_out(theme, parent, Some(culprit)),
                _ => None,
            };
            faults.push(Diagnostic { hint: missing.or(fault.hint), ..fault });
        }
        if templates.remove(culprit.as_str()).is_none() {
            return;
        }
        dropped.insert(culprit.clone());
    }
}

/// A fault at the tag that names the other template.
fn placed(fault: Diagnostic, kind: &ErrorKind, text: Option<&&str>) -> Diagnostic {
    let Some(text) = text else { return fault };
    let is_meant = |word: &str, named: &str| match kind {
        ErrorKind::MissingParent { parent, .. } => word == "extends" && named == parent,
        ErrorKind::CircularExtend { .. } => word == "extends",
        ErrorKind::CircularInclude { include_chain, .. } => {
            word == "include" && include_chain.iter().any(|path| path.ends_with(named))
        }
        _ => false,
    };
    let tag = tags(text).find(|tag| {
        let named = |word| tag.template(word).is_some_and(|named| is_meant(word, named));
        named("extends") || named("include")
    });
    match tag {
        Some(tag) => fault.at(Place::of(text, tag.range.start, tag.range.end)),
        None => fault,
    }
}

/// Which blocks there are, if a fault is about one that no template above it has.
fn other_block(theme: &Theme, fault: &Diagnostic) -> Option<String> {
    let name = fault.message.strip_prefix("block `")?.split('`').next()?;
    let mut blocks = BTreeSet::new();
    let mut next = fault.file.as_deref();
    for _ in 0..theme.templates.len() {
        let Some(text) = next.and_then(|path| theme.templates.get(path)) else { break };
        let parent = tags(text).find_map(|tag| tag.template("extends"));
        next = parent.and_then(|parent| {
            let whole = theme.templates.get_key_value(parent).map(|(path, _)| path.as_str());
            theme.template_path(parent).or(whole).or_else(|| theme.inherited(parent))
        });
        let above = next.and_then(|path| theme.templates.get(path)).map_or("", String::as_str);
        let of_parent = tags(above).filter(|tag| tag.keyword() == "block");
        blocks.extend(of_parent.map(|tag| tag.inner["block".len()..].trim()));
    }
    match closest(name, blocks.iter().copied()) {
        Some(like) => Some(format!("did you mean `{like}`?")),
        None => (!blocks.is_empty())
            .then(|| format!("there is: {}", blocks.into_iter().collect::<Vec<_>>().join(", "))),
    }
}

/// What to write instead of a template that does not exist, in the template `by`.
fn way_out(theme: &Theme, missing: &str, by: Option<&str>) -> Option<String> {
    let Some((_, name)) = missing.split_once("/templates/").filter(|_| missing.starts_with("themes/")) else {
        let like = closest(missing, theme.template_names().into_keys())?;
        return Some(format!("did you mean `{like}`?"));
    };
    let paths = theme.layers.iter().map(|layer| format!("{layer}{name}"));
    let there = paths.filter(|path| path.starts_with("themes/") && theme.templates.contains_key(path));
    let other = there.into_iter().find(|path| Some(path.as_str()) != by)?;
    Some(format!("write `{other}`"))
}
