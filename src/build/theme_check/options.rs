//! The options with which a theme is rendered: those of the site, and each choice one by one.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::base::error::Result;
use crate::base::fs;
use crate::config::{self, OptionKind, ThemeManifest, ThemeOption};
use crate::scan;

type Options = BTreeMap<String, Value>;

/// The manifests of a theme and of those that it extends, the strongest first.
pub(super) fn manifests(root: &Path, name: &str) -> Result<Vec<ThemeManifest>> {
    let mut known: BTreeMap<String, ThemeManifest> =
        (scan::themes(root)?.into_iter()).filter_map(|theme| Some((theme.name, theme.manifest?))).collect();
    let mut manifests = Vec::new();
    let mut next = known.remove(name);
    while let Some(manifest) = next {
        next = manifest.extends.as_ref().and_then(|name| known.remove(name));
        manifests.push(manifest);
    }
    Ok(manifests)
}

/// What the site sets, if it has this theme, and every value of each switch and choice that is no default; each with
/// what messages say of it.
pub(super) fn variations(
    root: &Path,
    name: &str,
    manifests: &[ThemeManifest],
    defaults: &Options,
) -> Result<Vec<(String, Options)>> {
    let set = of_site(root, name, manifests)?;
    let mut all = Vec::new();
    if set.iter().any(|(name, value)| defaults.get(name) != Some(value)) {
        all.push((" with the options of the site".to_owned(), set));
    }
    let mut declared: BTreeMap<&String, &ThemeOption> = BTreeMap::new();
    for manifest in manifests.iter().rev() {
        declared.extend(&manifest.options);
    }
    for (name, option) in declared {
        for value in values(option).into_iter().filter(|value| Some(value) != defaults.get(name)) {
            all.push((format!(" with `{name} = {value}`"), Options::from([(name.clone(), value)])));
        }
    }
    Ok(all)
}

/// All values of a switch or choice.
fn values(option: &ThemeOption) -> Vec<Value> {
    match option.kind {
        OptionKind::Bool => vec![true.into(), false.into()],
        OptionKind::Choice => option.choices.iter().map(|choice| choice.as_str().into()).collect(),
        _ => Vec::new(),
    }
}

/// The options that the site sets, if it has the theme. Mistakes in them are told when it is built.
fn of_site(root: &Path, name: &str, manifests: &[ThemeManifest]) -> Result<Options> {
    let bytes = fs::read_if_exists(&root.join(config::FILE))?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let site = config::site(&text, config::FILE).value.filter(|site| site.theme == name);
    let set = site.map(|site| site.theme_options).unwrap_or_default();
    Ok(config::check_options(manifests, &set, &text, config::FILE).value)
}
