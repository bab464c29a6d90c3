//! Loads a theme: its templates, assets and words, with those of the themes that it extends and the site's
//! own overrides.
//!
//! A theme in the site's `themes/` takes the place of an embedded one of the same name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::DirEntry;

use crate::base::diag::{Diagnostic, Rule, Warned, closest};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::config::{SiteConfig, ThemeManifest, check_options, theme as read_manifest, words};
use crate::model::path::not_utf8;
use crate::model::theme::{Asset, TEMPLATE_API, Theme};

use super::embedded::embedded_themes;
use super::stylesheet::bundled;
use super::{has_name, is_name_passed_over};

/// How many themes may extend each other in turn. More must be a circle.
const DEEPEST: usize = 8;

/// One layer of files, by their paths in it.
struct Layer {
    /// Empty for the site's own overrides, else `themes/<name>/`.
    place: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// Loads the site's theme. `site_toml` is the text of the configuration, for the places of wrong options.
pub fn theme(root: &Path, config: &SiteConfig, site_toml: &str) -> Result<Warned<Theme>> {
    let mut diagnostics = Vec::new();
    let mut nameless = Vec::new();
    let mut layers = vec![overrides(root, &mut nameless)?];
    let mut manifests: Vec<ThemeManifest> = Vec::new();
    let mut is_loaded = true;
    let mut next = Some((config.theme.clone(), ("site.toml".to_owned(), ["theme", "name"].as_slice())));
    while let Some((name, (wanted_by, keys))) = next.take() {
        let Some(layer) = layer(root, &name, &mut nameless)? else {
            diagnostics.push(unknown(root, &name).in_file(wanted_by).about(keys, &name));
            is_loaded = false;
            break;
        };
        let file = format!("{}theme.toml", layer.place);
        let manifest = text(&layer, "theme.toml", &mut diagnostics).unwrap_or_default();
        if let Some(manifest) = read_manifest(&manifest, &file, &name, TEMPLATE_API).take(&mut diagnostics) {
            next = manifest.extends.clone().map(|extended| (extended, (file, ["extends"].as_slice())));
            manifests.push(manifest);
        } else {
            is_loaded = false;
        }
        layers.push(layer);
        if layers.len() > DEEPEST {
            let message = format!("the theme `{}` extends itself, directly or through others", config.theme);
            let diagnostic = Diagnostic::new(Rule::Config, message).in_file("site.toml");
            diagnostics.push(diagnostic.about(&["theme", "name"], &config.theme));
            break;
        }
    }
    diagnostics.extend(nameless.iter().map(|path| not_utf8(path)));
    let options =
        check_options(&manifests, &config.theme_options, site_toml, "site.toml").take(&mut diagnostics);
    let mut theme = Theme {
        name: config.theme.clone(),
        is_loaded,
        layers: layers.iter().map(|layer| format!("{}templates/", layer.place)).collect(),
        templates: templates(&layers, &mut diagnostics),
        assets: assets(&layers),
        words: interface_words(&layers, &config.language, &mut diagnostics),
        translations: files_of_words(&layers),
        options,
        print: Fingerprint::default(),
    };
    let assets: Vec<&str> = theme.assets.values().map(|asset| asset.hashed_name.as_str()).collect();
    let words = (&theme.words, &theme.translations);
    theme.print = Fingerprint::of(&(&theme.layers, &theme.templates, assets, words, &theme.options));
    Ok(Warned { value: theme, diagnostics })
}

fn overrides(root: &Path, nameless: &mut Vec<String>) -> Result<Layer> {
    let mut files = BTreeMap::new();
    for folder in ["templates", "assets"] {
        read_folder(root, folder, folder, &mut files, nameless)?;
    }
    Ok(Layer { place: String::new(), files })
}

fn layer(root: &Path, name: &str, nameless: &mut Vec<String>) -> Result<Option<Layer>> {
    let place = format!("themes/{name}/");
    if fs::is_dir(&root.join(&place)) {
        let mut files = BTreeMap::new();
        read_folder(root, &place, "", &mut files, nameless)?;
        return Ok(Some(Layer { place, files }));
    }
    let below = |(path, bytes): (String, &'static [u8])| {
        Some((path.strip_prefix(name)?.strip_prefix('/')?.to_owned(), bytes.to_vec()))
    };
    let files: BTreeMap<_, _> = embedded_themes().into_iter().filter_map(below).collect();
    Ok((!files.is_empty()).then_some(Layer { place, files }))
}

/// Reads all files below a folder. In `into` their paths begin with `label`.
fn read_folder(
    root: &Path,
    folder: &str,
    label: &str,
    into: &mut BTreeMap<String, Vec<u8>>,
    nameless: &mut Vec<String>,
) -> Result<()> {
    let folder = &root.join(folder);
    if !fs::is_dir(folder) {
        return Ok(());
    }
    let wants = |entry: &DirEntry| !is_name_passed_over(entry.file_name()) && has_name(entry, root, nameless);
    for entry in super::files(folder, wants) {
        let entry = entry.map_err(|error| super::refused(&error))?;
        if let Some(below) = entry.path().strip_prefix(folder).ok().and_then(Path::to_str) {
            let below = below.replace(std::path::MAIN_SEPARATOR, "/");
            let path = if label.is_empty() { below } else { format!("{label}/{below}") };
            into.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn unknown(root: &Path, name: &str) -> Diagnostic {
    let there = names(&fs::subfolders(&root.join("themes")).unwrap_or_default());
    let message = format!("there is no theme `{name}`");
    let diagnostic = Diagnostic::new(Rule::Config, message);
    match closest(name, there.iter().map(String::as_str)) {
        Some(like) => diagnostic.hint(format!("did you mean `{like}`?")),
        None => diagnostic.hint(format!(
            "put it into `{}`, or use one of these: {}",
            root.join("themes").join(name).display(),
            there.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
        )),
    }
}

fn text(layer: &Layer, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = layer.files.get(path)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => {
            let file = format!("{}{path}", layer.place);
            diagnostics.push(Diagnostic::new(Rule::NotUtf8, "the file is not UTF-8").in_file(file));
            None
        }
    }
}

fn templates(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for layer in layers {
        for path in layer.files.keys().filter(|path| path.starts_with("templates/")) {
            if let Some(text) = text(layer, path, diagnostics) {
                templates.insert(format!("{}{path}", layer.place), text);
            }
        }
    }
    templates
}

fn assets(layers: &[Layer]) -> BTreeMap<String, Asset> {
    let mut files = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (path, bytes) in &layer.files {
            if let Some(name) = path.strip_prefix("assets/") {
                files.insert(name.to_owned(), bytes.clone());
            }
        }
    }
    let asset = |name: &String| {
        let is_sheet = Path::new(name).extension().is_some_and(|ending| ending == "css");
        let bytes = if is_sheet { bundled(name, &files) } else { files[name].clone() };
        (name.clone(), Asset { hashed_name: hashed_name(name, &bytes), bytes })
    };
    files.keys().map(asset).collect()
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let print = Fingerprint::of_bytes(bytes).short();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{print}.{extension}"),
        None => format!("{name}.{print}"),
    }
}

/// The words of a theme in every language that it has, by language and key.
pub fn translations(theme: &Theme) -> BTreeMap<String, BTreeMap<String, String>> {
    // Faults of a file are reported when the site's language uses it.
    let read = |files: &Vec<String>| files.iter().flat_map(|text| words(text, "").value).collect();
    theme.translations.iter().map(|(language, files)| (language.clone(), read(files))).collect()
}

fn files_of_words(layers: &[Layer]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for layer in layers.iter().rev() {
        for path in layer.files.keys() {
            let language = path.strip_prefix("i18n/").and_then(|path| path.strip_suffix(".toml"));
            if let (Some(language), Some(text)) = (language, text(layer, path, &mut Vec::new())) {
                all.entry(language.to_owned()).or_default().push(text);
            }
        }
    }
    all
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
        let layer = layer(root, &name, &mut Vec::new())?;
        let text = layer.and_then(|layer| text(&layer, "theme.toml", &mut Vec::new()));
        let manifest = text.and_then(|text| read_manifest(&text, "theme.toml", &name, TEMPLATE_API).value);
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

/// The words in a language. Missing ones come from the language without its region, then from English.
fn interface_words(
    layers: &[Layer],
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let general = language.split('-').next().unwrap_or(language);
    let mut languages = vec!["en", general, language];
    languages.dedup();
    let mut all = BTreeMap::new();
    for language in languages {
        for layer in layers.iter().rev() {
            let path = format!("i18n/{language}.toml");
            if let Some(text) = text(layer, &path, diagnostics) {
                all.extend(words(&text, &format!("{}{path}", layer.place)).take(diagnostics));
            }
        }
    }
    all
}
