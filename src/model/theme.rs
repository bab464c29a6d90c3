//! A loaded theme: layers of templates, assets and words, including the site's own overrides.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::path::UrlPath;
use crate::base::fingerprint::Fingerprint;
use crate::base::labels::OwnLabels;
use crate::base::language::Language;

/// The version of what templates see: views, filters and functions. It is raised when a change could break a
/// template.
pub const TEMPLATE_API: u32 = 1;

/// The options that `view` reads, so that no template has to name them.
pub const OF_VIEWS: &[&str] = &["sections", "share_picture"];

/// A field that views no longer have.
#[derive(Debug, Clone, Copy)]
pub struct Removed {
    /// Its name in templates: `article.minutes`.
    pub path: &'static str,
    /// What to use instead.
    pub successor: &'static str,
    /// The first version of the template API without it.
    pub since: u32,
}

/// The removed fields. For two versions, templates that name one are reported.
pub const REMOVED: &[Removed] = &[];

/// Everything that turns views into pages.
#[derive(Debug, Default)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether it and all themes that it extends were found.
    pub is_loaded: bool,
    /// The folders of templates, the strongest first: the site's own, the theme's, those of the themes it
    /// extends. Each ends in a slash.
    pub layers: Vec<String>,
    /// Every template by its whole path, which starts with its layer.
    pub templates: BTreeMap<String, String>,
    /// Every asset by its name below `assets/`, from the strongest layer that has it.
    pub assets: BTreeMap<String, Asset>,
    /// The words of the interface.
    pub words: Words,
    /// The unparsed word files of each language that the theme has, the weakest first. Few articles are in
    /// another language than the site, so they are parsed only when needed.
    pub translations: BTreeMap<String, Vec<WordFile>>,
    /// The words in `i18n/` for what Masthead adds to a text, where they are not those that it has itself.
    pub labels: OwnLabels,
    /// The options of `[theme]` in `site.toml`, with the theme's defaults.
    pub options: BTreeMap<String, serde_json::Value>,
    /// The fingerprint of all fields above, and of what templates see of the site's configuration.
    pub print: Fingerprint,
}

/// The words of the interface in the site's language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Words {
    /// The site's language.
    pub language: Language,
    /// Every word by its key. The forms of a word that goes with a number have keys such as `n_articles.few`.
    pub all: BTreeMap<String, String>,
    /// The keys of those that are English because the theme has none in the site's language.
    pub english: BTreeSet<String>,
}

/// A file with words of the interface in one language.
#[derive(Debug, Clone, Serialize)]
pub struct WordFile {
    /// Its whole path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A style sheet, script, font or picture of a theme.
#[derive(Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Vec<u8>,
    /// The name in its address, which contains a part of its fingerprint so that browsers can cache it for
    /// ever.
    pub hashed_name: String,
}

impl Theme {
    /// Whether any layer has a template of this name.
    pub fn has_template(&self, name: &str) -> bool {
        self.template_path(name).is_some()
    }

    /// The same, and it is also taken to have one if it could not be loaded, so that links to pages that it would show are
    /// not reported as dead.
    pub fn may_have_template(&self, name: &str) -> bool {
        !self.is_loaded || self.has_template(name)
    }

    /// The whole path of the template with a name in the strongest layer that has it.
    pub fn template_path(&self, name: &str) -> Option<&str> {
        let path = |layer: &String| self.templates.get_key_value(&format!("{layer}{name}"));
        self.layers.iter().find_map(path).map(|(path, _)| path.as_str())
    }

    /// The template that a whole path means whose layer only inherits it: `themes/broadsheet/templates/page.html`
    /// is that of the theme which `broadsheet` extends.
    pub fn inherited(&self, path: &str) -> Option<&str> {
        let own =
            self.layers.iter().position(|layer| layer.starts_with("themes/") && path.starts_with(layer))?;
        let name = &path[self.layers[own].len()..];
        let below = |layer: &String| self.templates.get_key_value(&format!("{layer}{name}"));
        self.layers[own + 1..].iter().find_map(below).map(|(path, _)| path.as_str())
    }

    /// Every template by its name, with its whole path in the strongest layer.
    pub fn template_names(&self) -> BTreeMap<&str, &str> {
        let mut names = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            let paths = self.templates.keys().map(String::as_str);
            names.extend(paths.filter_map(|path| Some((path.strip_prefix(layer.as_str())?, path))));
        }
        names
    }
}

impl Words {
    /// A word.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all.get(key).map(String::as_str)
    }

    /// The forms of a word that goes with a number are made for its language, which may not be the site's.
    pub fn language_of(&self, word: &str) -> Language {
        let is_english = self.english.contains(&format!("{word}.other"));
        if is_english { Language::default() } else { self.language.clone() }
    }
}

impl Asset {
    /// Its address.
    pub fn url(&self) -> Option<UrlPath> {
        UrlPath::parse(&format!("/assets/{}", self.hashed_name))
    }
}
