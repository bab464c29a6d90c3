//! `theme.toml`, and the options that a site sets for its theme.
//!
//! It reads manifests and checks values; where themes lie and what is in their templates it does not know.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use toml::de::DeTable;

use super::document::Document;
use super::raw::schema_of;
use super::{shape, syntax, values};
use crate::base::color::{contrast, is_color, readable};
use crate::base::diag::{Diagnostic, Rule, Warned, closest};

/// A checked `theme.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeManifest {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One sentence about it.
    pub description: String,
    /// Who made it.
    pub author: String,
    /// The licence it is under.
    pub license: String,
    /// The theme that it builds on.
    pub extends: Option<String>,
    /// What a site can set under `[theme]`.
    pub options: BTreeMap<String, ThemeOption>,
}

/// An option of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeOption {
    /// What values it takes.
    pub kind: OptionKind,
    /// Its value where the site says nothing.
    pub default: Value,
    /// One sentence about it.
    pub description: String,
    /// For `choice`: the values to choose from.
    pub choices: Vec<String>,
    /// For `color`: the least contrast (WCAG 2.2) that it should have; 0 if it may have any.
    pub contrast: f64,
    /// To which colours.
    pub against: Vec<String>,
}

/// The type of an option's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OptionKind {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A CSS colour: `#336699`, `navy`, `rgb(51 102 153)`.
    Color,
    /// One of the values in `choices`.
    Choice,
    /// A list of texts.
    List,
}

/// The manifest of a Masthead theme.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "theme.toml of a Masthead theme", extend("required" = ["name"]))]
struct RawManifest {
    /// The name of the theme, the same as that of its folder. Required.
    #[schemars(length(min = 1), example = &"broadsheet")]
    name: String,
    /// Its version.
    #[schemars(example = &"1.0.0")]
    version: String,
    /// One sentence about it.
    description: String,
    /// Who made it.
    author: String,
    /// The licence it is under (SPDX).
    #[schemars(example = &"MIT")]
    license: String,
    /// The theme that this one extends: it inherits the templates, assets, words and options that it does not have itself.
    extends: String,
    /// The versions of the template API that the theme supports.
    api: RawApi,
    /// The options that a site can set under `[theme]`, one table each: `[options.accent]`.
    options: BTreeMap<String, RawOption>,
}

/// `api`: the first and the last version of the template API that the theme supports.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct RawApi {
    /// The first version.
    #[schemars(range(min = 1))]
    min: u32,
    /// The last version.
    #[schemars(range(min = 1))]
    max: u32,
}

impl Default for RawApi {
    fn default() -> Self {
        Self { min: 1, max: 1 }
    }
}

/// `[options.<name>]`: an option of a theme.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["type", "default"]))]
struct RawOption {
    /// The type of the value. Required.
    #[serde(rename = "type")]
    #[schemars(with = "OptionKind")]
    kind: Option<OptionKind>,
    /// The default value. Required.
    default: Value,
    /// One sentence that describes the option.
    description: String,
    /// For the type `choice`: the allowed values.
    choices: Vec<String>,
    /// For the type `color`: the minimum contrast ratio (WCAG 2.2) with the colours in `against`. A site whose colour has less gets a warning.
    #[schemars(range(min = 0.0, max = 21.0), example = 4.5)]
    contrast: f64,
    /// For the type `color`: the colours behind it, such as the page background.
    #[schemars(example = &["#ffffff"])]
    against: Vec<String>,
}

/// The JSON Schema of `theme.toml`.
pub fn theme_schema() -> Value {
    schema_of::<RawManifest>(true)
}

/// Reads a `theme.toml`. `file` is its name in diagnostics, `api` the version of the template API that this
/// program has.
///
/// A theme has the name of its `folder`. There is no manifest if the text does not tell which theme it extends.
pub fn theme(text: &str, file: &str, folder: &str, api: u32) -> Warned<Option<ThemeManifest>> {
    let mut found = Vec::new();
    let clean = syntax::clean(text, file, &mut found);
    let sound = found.is_empty();
    let document = Document::parse(&clean, file);
    let shaped = shape::conform(&document, &theme_schema(), sound, &mut found);
    for missing in
        found.iter_mut().filter(|one| matches!(&*one.message, "`name` is missing" | "`name` is empty"))
    {
        missing.hint = Some(format!("write `name = \"{folder}\"`"));
    }
    let value = match serde_json::from_value::<RawManifest>(shaped) {
        Ok(raw) if !raw.name.is_empty() => {
            let manifest = checked(raw, folder, api, &document, &mut found);
            let is_sure = found.is_empty() || is_sure_of_base(&manifest, folder, &document.table);
            Some(manifest).filter(|_| is_sure)
        }
        Ok(_) => None,
        Err(error) => {
            found.push(document.error_without_place(error.to_string()));
            None
        }
    };
    found.sort_by_key(|diagnostic| diagnostic.place);
    Warned { value: value.filter(|_| sound), diagnostics: found }
}

/// Whether a faulty manifest tells which theme it extends, if any. If `extends` is misspelt or stands in the wrong
/// table, the theme would seem to lack everything that it inherits.
fn is_sure_of_base(manifest: &ThemeManifest, folder: &str, table: &DeTable<'_>) -> bool {
    match &manifest.extends {
        Some(base) => base != folder && values::theme_name(base).is_ok(),
        None => !has_key_like(EXTENDS, table),
    }
}

const EXTENDS: &str = "extends";

fn has_key_like(wanted: &str, table: &DeTable<'_>) -> bool {
    table.iter().any(|(key, value)| {
        closest(key.get_ref(), [wanted]).is_some()
            || value.get_ref().as_table().is_some_and(|table| has_key_like(wanted, table))
    })
}

fn checked(
    raw: RawManifest,
    folder: &str,
    api: u32,
    document: &Document<'_>,
    found: &mut Vec<Diagnostic>,
) -> ThemeManifest {
    if raw.name != folder {
        let message = format!("the name of a theme is that of its folder, `{folder}`");
        found.push(document.error_in(&["name"], None, message).hint(format!("write `name = \"{folder}\"`")));
    }
    let mut refuse = |path: &[&str], message: String| found.push(document.error_in(path, None, message));
    if !(raw.api.min..=raw.api.max).contains(&api) {
        let range = versions(raw.api.min, raw.api.max);
        refuse(
            &["api"],
            format!("the theme supports {range} of the template API, but this is version {api}"),
        );
    }
    if !raw.extends.is_empty() && values::theme_name(&raw.extends).is_err() {
        refuse(&["extends"], "`extends` is not the name of a theme".to_owned());
    }
    if raw.extends == folder {
        refuse(&["extends"], "a theme cannot extend itself".to_owned());
    }
    let mut faulty = BTreeSet::new();
    for (name, option) in &raw.options {
        for (key, message) in faults(name, option) {
            refuse(&["options", name, key], message);
            faulty.insert(name.clone());
        }
    }
    let options: BTreeMap<String, ThemeOption> =
        (raw.options.into_iter()).filter_map(|(name, option)| Some((name, option.checked()?))).collect();
    for (name, option) in options.iter().filter(|(name, _)| !faulty.contains(*name)) {
        let tell = |message| document.error_in(&["options", name, "default"], None, message);
        found.extend(too_pale(option, &option.default, tell));
    }
    ThemeManifest {
        name: raw.name,
        version: raw.version,
        description: raw.description,
        author: raw.author,
        license: raw.license,
        extends: Some(raw.extends).filter(|name| !name.is_empty()),
        options,
    }
}

fn versions(min: u32, max: u32) -> String {
    if min == max { format!("version {min}") } else { format!("the versions {min} to {max}") }
}

/// What is wrong with the declaration of an option, with the key to point at.
fn faults(name: &str, option: &RawOption) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.chars().all(fine) || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name == "name" {
        let message =
            format!("`{name}` cannot be the name of an option; templates reach `site.options.an_option`");
        faults.push(("type", message));
    }
    let Some(kind) = option.kind else { return faults };
    match kind {
        OptionKind::Choice if option.choices.is_empty() => {
            faults.push(("type", format!("`options.{name}` has the type `choice` and needs `choices`")));
        }
        OptionKind::Choice => {}
        _ if option.choices.is_empty() => {}
        _ => {
            let fault = format!("`options.{name}` has `choices`, but its type is not `choice`");
            faults.push(("choices", fault));
        }
    }
    let has_contrast = option.contrast != 0.0;
    if kind != OptionKind::Color && (has_contrast || !option.against.is_empty()) {
        faults.push(("type", format!("`options.{name}` has `contrast`, but its type is not `color`")));
    }
    if has_contrast == option.against.is_empty() {
        let key = if has_contrast { "contrast" } else { "against" };
        faults.push((key, format!("`options.{name}` needs both `contrast` and `against`")));
    }
    if has_contrast && !(1.0..=21.0).contains(&option.contrast) {
        faults.push(("contrast", format!("`options.{name}.contrast` must be 1 to 21")));
    }
    if let Some(bad) = option.against.iter().find(|&each| contrast(each, each).is_none()) {
        faults.push(("against", format!("`options.{name}.against` has no colour in `{bad}`")));
    }
    if !option.default.is_null()
        && faults.is_empty()
        && let Err(wanted) = fits(kind, &option.choices, &option.default)
    {
        faults.push(("default", format!("`options.{name}.default` must be {wanted}")));
    }
    faults
}

impl RawOption {
    /// Nothing if it has no type or no default, which was reported.
    fn checked(self) -> Option<ThemeOption> {
        let default = Some(self.default).filter(|default| !default.is_null())?;
        Some(ThemeOption {
            kind: self.kind?,
            default,
            description: self.description,
            choices: self.choices,
            contrast: self.contrast,
            against: self.against,
        })
    }
}

/// Whether an option can have a value; if not, what it could have.
fn fits(kind: OptionKind, choices: &[String], value: &Value) -> Result<(), String> {
    let text = value.as_str();
    let (fine, wanted) = match kind {
        OptionKind::String => (text.is_some(), "text in quotes"),
        OptionKind::Bool => (value.is_boolean(), "`true` or `false`"),
        OptionKind::Integer => (value.is_i64(), "a whole number"),
        OptionKind::Color => (
            text.is_some_and(is_color),
            "a colour, such as `\"#336699\"`, `\"navy\"` or `\"rgb(51 102 153)\"`",
        ),
        OptionKind::List => {
            (value.as_array().is_some_and(|items| items.iter().all(Value::is_string)), "a list of texts")
        }
        OptionKind::Choice => {
            let choices: Vec<_> = choices.iter().map(String::as_str).collect();
            let fine = text.is_some_and(|text| choices.contains(&text));
            return if fine { Ok(()) } else { Err(shape::listed(&choices, "or")) };
        }
    };
    if fine { Ok(()) } else { Err(wanted.to_owned()) }
}

/// The value of every option of the themes, the strongest theme first; a value in the site's `[theme]` wins.
///
/// `text` is the `site.toml` that `set` was read from, and `file` its name, so that a mistake is reported at
/// its place.
pub fn check_options(
    themes: &[ThemeManifest],
    set: &BTreeMap<String, Value>,
    text: &str,
    file: &str,
) -> Warned<BTreeMap<String, Value>> {
    let document = Document::parse(text, file);
    let mut known: BTreeMap<&str, &ThemeOption> = BTreeMap::new();
    for theme in themes.iter().rev() {
        known.extend(theme.options.iter().map(|(name, option)| (name.as_str(), option)));
    }
    let mut values: BTreeMap<_, _> =
        known.iter().map(|(name, option)| ((*name).to_owned(), option.default.clone())).collect();
    let mut found = Vec::new();
    for (name, value) in set {
        let path = ["theme", name];
        let Some(option) = known.get(name.as_str()) else {
            let theme = themes.first().map_or("", |theme| theme.name.as_str());
            let message = format!("the theme `{theme}` has no option `{name}`");
            let known: Vec<_> = known.keys().copied().collect();
            let diagnostic = document.error_at_key(&path, message).hint(hint(&known));
            found.push(diagnostic.did_you_mean(name, known));
            continue;
        };
        match fits(option.kind, &option.choices, value) {
            Ok(()) => {
                found.extend(too_pale(option, value, |message| document.error_in(&path, None, message)));
                values.insert(name.clone(), value.clone());
            }
            Err(wanted) => {
                let diagnostic = document.error_in(&path, None, format!("`theme.{name}` must be {wanted}"));
                let choices = option.choices.iter().map(String::as_str);
                found.push(diagnostic.did_you_mean(value.as_str().unwrap_or_default(), choices));
            }
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.place);
    Warned { value: values, diagnostics: found }
}

/// A colour that can hardly be read on those that it stands on.
fn too_pale(
    option: &ThemeOption,
    value: &Value,
    tell: impl FnOnce(String) -> Diagnostic,
) -> Option<Diagnostic> {
    let color = value.as_str()?;
    let worst = option.against.iter().filter_map(|paper| Some((contrast(color, paper)?, paper)));
    let (ratio, paper) =
        worst.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(ratio, _)| *ratio < option.contrast)?;
    // Never rounded up to what is wanted.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let message = format!(
        "`{color}` has a contrast of {ratio} with `{paper}`, but needs {} to be readable",
        option.contrast
    );
    let diagnostic = Diagnostic { rule: Rule::Theme, ..tell(message) };
    Some(match readable(color, &option.against, option.contrast) {
        Some(near) => diagnostic.hint(format!("`{near}` is similar and has enough")),
        None => diagnostic,
    })
}

fn hint(known: &[&str]) -> String {
    if known.is_empty() {
        "it has no options at all".to_owned()
    } else {
        format!("it has {}", shape::listed(known, "and"))
    }
}
