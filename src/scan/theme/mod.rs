//! Loads a theme: its templates, assets and words, with those of the themes that it extends and the site's
//! own overrides.
//!
//! A theme in the site's `themes/` takes the place of an embedded one of the same name.

mod assets;
mod layer;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::config::{
    self, FOLDERS_OF_THEMES, SiteConfig, ThemeManifest, check_options, theme as read_manifest,
};
use crate::model::path::not_utf8;
use crate::model::theme::{TEMPLATE_API, Theme};

use super::embedded::embedded_themes;
pub(super) use layer::Layer;
use layer::MANIFEST;
pub use words::translations;

/// How many themes may extend each other in turn. More must be a circle.
const DEEPEST: usize = 8;

/// Loads the site's theme. `site_toml` is the text of the configuration, for the places of wrong options.
pub fn theme(root: &Path, config: &SiteConfig, site_toml: &str) -> Result<Warned<Theme>> {
    let mut diagnostics = Vec::new();
    let mut nameless = Vec::new();
    let mut layers = vec![Layer::of_site(root, &mut nameless)?];
    let mut manifests: Vec<ThemeManifest> = Vec::new();
    let mut is_loaded = true;
    let mut next = Some((config.theme.clone(), (config::FILE.to_owned(), ["theme", "name"].as_slice())));
    while let Some((name, (wanted_by, keys))) = next.take() {
        let Some(layer) = Layer::of_theme(root, &name, &mut nameless)? else {
            diagnostics.push(unknown(root, &name).in_file(wanted_by).about(keys, &name));
            is_loaded = false;
            break;
        };
        let file = layer.path(MANIFEST);
        if !layer.files.contains_key(MANIFEST) {
            let message = format!("the theme `{name}` has no `{MANIFEST}`");
            let hint =
                format!("write `{file}`, with `name = \"{name}\"` and the theme that it extends, if any");
            let fault = Diagnostic::new(Rule::Config, message).in_file(wanted_by).about(keys, &name);
            diagnostics.push(fault.hint(hint));
            is_loaded = false;
            layers.push(layer);
            break;
        }
        let manifest = layer.text(MANIFEST, &mut diagnostics).unwrap_or_default();
        if let Some(manifest) = read_manifest(manifest, &file, &name, TEMPLATE_API).take(&mut diagnostics) {
            next = manifest.extends.clone().map(|extended| (extended, (file, ["extends"].as_slice())));
            manifests.push(manifest);
        } else {
            is_loaded = false;
        }
        layers.push(layer);
        if layers.len() > DEEPEST {
            let message = format!("the theme `{}` extends itself, directly or through others", config.theme);
            let diagnostic = Diagnostic::new(Rule::Config, message).in_file(config::FILE);
            diagnostics.push(diagnostic.about(&["theme", "name"], &config.theme));
            is_loaded = false;
            break;
        }
    }
    diagnostics.extend(nameless.iter().map(|path| not_utf8(path)));
    diagnostics.extend(misnamed(root, config)?);
    words::faults_of_own(&layers[0], &mut diagnostics);
    layers.iter().for_each(|layer| words::misnamed(layer, &mut diagnostics));
    let is_published =
        |name: &str| fs::look(&root.join(&config.folders.assets).join("assets").join(name)).is_some();
    // What a theme lacks that could not be loaded follows from that, and is no fault of its own.
    let mut unreported = Vec::new();
    let lacking = if is_loaded { &mut diagnostics } else { &mut unreported };
    let options = check_options(&manifests, &config.theme_options, site_toml, config::FILE).take(lacking);
    let assets = assets::assets(&layers, &is_published, lacking);
    let translations = words::files_of_words(&layers, &mut diagnostics);
    let mut theme = Theme {
        name: config.theme.clone(),
        is_loaded,
        layers: layers.iter().map(|layer| format!("{}templates/", layer.place)).collect(),
        templates: templates(&layers, &mut diagnostics),
        assets,
        words: words::interface_words(&layers, &config.language, &mut diagnostics),
        labels: words::labels(&translations),
        translations,
        options,
        print: Fingerprint::default(),
    };
    let assets: Vec<&str> = theme.assets.values().map(|asset| asset.hashed_name.as_str()).collect();
    let words = (&theme.words, &theme.translations);
    theme.print = Fingerprint::of(&(&theme.layers, &theme.templates, assets, words, &theme.options));
    diagnostics.sort();
    diagnostics.dedup();
    Ok(Warned { value: theme, diagnostics })
}

/// Folders of the site whose names are nearly those of its theme's folders, such as `template`.
fn misnamed(root: &Path, config: &SiteConfig) -> Result<Vec<Diagnostic>> {
    let folders = &config.folders;
    let named = folders.inputs().chain([folders.output.as_str()]);
    let used: Vec<&str> = named.map(|folder| folder.split('/').next().unwrap_or_default()).collect();
    // The articles may lie in the site's own folder, with any folders.
    let has_use = |name: &String| used.iter().any(|folder| matches!(*folder, "" | ".") || folder == name);
    let plain = |name: &str| name.to_lowercase().trim_end_matches('s').to_owned();
    let fault = |name: String| {
        let meant = FOLDERS_OF_THEMES.into_iter().find(|meant| plain(meant) == plain(&name))?;
        // Where case does not matter, it is the very folder.
        let is_read = name == meant || name.to_lowercase() == meant && fs::is_dir(&root.join(meant));
        let message = format!("the folder `{name}` has no meaning");
        let hint = format!("did you mean `{meant}`?");
        (!is_read && !has_use(&name)).then(|| Diagnostic::new(Rule::Theme, message).in_file(&name).hint(hint))
    };
    Ok(fs::subfolders(root)?.into_iter().filter_map(fault).collect())
}

fn unknown(root: &Path, name: &str) -> Diagnostic {
    let there = names(&fs::subfolders(&root.join("themes")).unwrap_or_default());
    let message = format!("there is no theme `{name}`");
    let hint = format!(
        "put it into `{}`, or use one of these: {}",
        root.join("themes").join(name).display(),
        there.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    );
    let diagnostic = Diagnostic::new(Rule::Config, message).hint(hint);
    diagnostic.did_you_mean(name, there.iter().map(String::as_str))
}

fn templates(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for layer in layers {
        // Editors and people leave other files beside them.
        for name in layer.below("templates/").filter_map(|name| name.strip_suffix(".html")) {
            let path = format!("templates/{name}.html");
            if let Some(text) = layer.text(&path, diagnostics) {
                templates.insert(layer.path(&path), text.to_owned());
            }
        }
    }
    templates
}

/// A theme that a site could use.
#[derive(Debug)]
pub struct AvailableTheme {
    /// Its `theme.toml`, if that is valid.
    pub manifest: Option<ThemeManifest>,
    /// The name of its folder.
    pub name: String,
    /// Whether it is one of the site's own, not an embedded one.
    pub is_own: bool,
}

/// All themes that a site could use, in the order of their names. A theme of the site hides an embedded one
/// of the same name.
pub fn themes(root: &Path) -> Result<Vec<AvailableTheme>> {
    let own = fs::subfolders(&root.join("themes"))?;
    let known = |name: String| {
        let text = layer::manifest(root, &name)?;
        let manifest = text.and_then(|text| read_manifest(&text, MANIFEST, &name, TEMPLATE_API).value);
        Ok(AvailableTheme { manifest, is_own: own.contains(&name), name })
    };
    names(&own).into_iter().map(known).collect()
}

/// The names of the site's `own` themes and of the embedded ones.
fn names(own: &[String]) -> BTreeSet<String> {
    let embedded = embedded_themes();
    let embedded = embedded.iter().filter_map(|(path, _)| path.split('/').next()).map(str::to_owned);
    own.iter().cloned().chain(embedded).collect()
}
