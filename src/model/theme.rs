//! A theme as it was loaded: layers of templates, assets and words, the site's own overrides included.

use std::collections::BTreeMap;

use super::path::UrlPath;
use crate::base::fingerprint::Fingerprint;

/// The version of what templates see: the views, filters and functions. It goes up when a template could break.
pub const TEMPLATE_API: u32 = 1;

/// The options that are read before any template is, so that none needs to.
pub const OF_VIEWS: &[&str] = &["sections", "share_picture"];

/// A field of the views that templates saw once.
#[derive(Debug, Clone, Copy)]
pub struct Removed {
    /// How templates called it: `article.minutes`.
    pub path: &'static str,
    /// What to use instead.
    pub successor: &'static str,
    /// The version of the template API that no longer has it.
    pub since: u32,
}

/// The fields that are gone. A template that names one is told so for two versions.
pub const REMOVED: &[Removed] = &[];

/// Everything that turns views into pages.
#[derive(Debug, Default)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether it and all themes that it extends were found.
    pub is_loaded: bool,
    /// The folders of templates, the strongest first: the site's own, the theme's, those of the themes it extends. Each ends in a slash.
    pub layers: Vec<String>,
    /// Every template by its whole path, which starts with its layer.
    pub templates: BTreeMap<String, String>,
    /// Every asset by its name below `assets/`, from the strongest layer that has it.
    pub assets: BTreeMap<String, Asset>,
    /// The words of the interface in the site's language, by key.
    pub words: BTreeMap<String, String>,
    /// The files of words in each language that the theme has, the weakest first, unread: few articles are in another language than the site.
    pub translations: BTreeMap<String, Vec<String>>,
    /// The options of `[theme]` in `site.toml`, with the theme's defaults.
    pub options: BTreeMap<String, serde_json::Value>,
    /// Stands for all of this and for what of the site's configuration templates see.
    pub print: Fingerprint,
}

/// A style sheet, script, font or picture of a theme.
#[derive(Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Vec<u8>,
    /// The name it is published under, which has a part of its fingerprint so that it can be cached for ever.
    pub hashed_name: String,
}

impl Theme {
    /// Whether any layer has a template of this name.
    pub fn has_template(&self, name: &str) -> bool {
        self.template_path(name).is_some()
    }

    /// The whole path of the template that a name means: that of the strongest layer.
    pub fn template_path(&self, name: &str) -> Option<&str> {
        let path = |layer: &String| self.templates.get_key_value(&format!("{layer}{name}"));
        self.layers.iter().find_map(path).map(|(path, _)| path.as_str())
    }

    /// The name and the whole path of each template that a name means.
    pub fn template_names(&self) -> BTreeMap<&str, &str> {
        let mut names = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            let paths = self.templates.keys().map(String::as_str);
            names.extend(paths.filter_map(|path| Some((path.strip_prefix(layer.as_str())?, path))));
        }
        names
    }
}

impl Asset {
    /// Where it is published.
    pub fn url(&self) -> Option<UrlPath> {
        UrlPath::parse(&format!("/assets/{}", self.hashed_name))
    }
}
