//! Components: which ones a theme has, and drawing those of a text.
//!
//! A component of Markdown is a component of Tera: `templates/components/data-table.html` defines
//! `data_table`, whose signature has the parameters, and whose metadata describe it and list the choices.
//! Arguments that do not fit are reported before anything is rendered; here the text inside is then shown
//! without its component.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value as Json, json};
use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Tera, Value};

use super::error;
use super::fields;
use super::signatures;
use crate::base::diag::{Diagnostic, Place, Rule, find_word};
use crate::base::language::Language;
use crate::config;
use crate::model::component::{Component, DATA, Parameter, ParameterKind, Table};
use crate::model::theme::{Theme, WordFile};
use crate::model::view::{ComponentView, RichText, SiteView};

/// The components of a theme.
#[derive(Debug, Default)]
pub(super) struct Components {
    pub(super) all: Vec<Component>,
    /// Where the template of a component draws components.
    calls: BTreeMap<String, Place>,
    /// The content of `data/`.
    data: BTreeMap<String, Json>,
    words: Words,
}

/// The words of the interface in the languages of texts.
#[derive(Debug, Default)]
struct Words {
    language: String,
    own: BTreeMap<String, String>,
    /// The files of other languages, by language.
    files: BTreeMap<String, Vec<WordFile>>,
    /// The languages that were asked for, as values.
    known: Mutex<BTreeMap<String, Value>>,
}

impl Words {
    /// The words in a language, as a template sees them. Missing ones are in the site's language.
    fn of(&self, language: &str) -> Result<Value, Box<Diagnostic>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(words) = known.get(language) {
            return Ok(words.clone());
        }
        let mut words = self.own.clone();
        if let Some(other) = language.parse::<Language>().ok().filter(|_| language != self.language) {
            let mut tags: Vec<&str> = other.lookup().collect();
            tags.reverse();
            let files = tags.into_iter().filter_map(|tag| self.files.get(tag)).flatten();
            words.extend(files.flat_map(|file| config::words(&file.text, "").value));
        }
        let words = fields::value(&words)?;
        known.insert(language.to_owned(), words.clone());
        Ok(words)
    }
}

impl Components {
    /// Finds the components that the templates under `components/` define, and the faults of these.
    pub(super) fn new(tera: &Tera, theme: &Theme, site: &SiteView) -> (Self, Vec<Diagnostic>) {
        let (mut all, mut calls, mut faults) = (Vec::new(), BTreeMap::new(), Vec::new());
        for (template, path) in theme.template_names() {
            let Some(file) = signatures::own_name(template) else { continue };
            let name = file.replace('-', "_");
            let text = theme.templates.get(path).map_or("", String::as_str);
            // In its place, Tera would take that of a weaker layer.
            let is_there = signatures::definitions(text).any(|(defined, _)| defined == name);
            match tera.get_component_definition(&name).filter(|_| is_there) {
                Some(info) => {
                    faults.extend(
                        signatures::faults(&name, &info, text).into_iter().map(|one| one.in_file(path)),
                    );
                    calls.extend(signatures::first_call(text).map(|place| (file.to_owned(), place)));
                    all.push(component(file, &info, shows_text(text)));
                }
                None => faults.push(undefined(&name, path)),
            }
        }
        let words = Words {
            language: site.language.clone(),
            own: site.words.clone(),
            files: theme.translations.clone(),
            known: Mutex::default(),
        };
        (Self { all, calls, data: site.data.clone(), words }, faults)
    }

    /// The HTML of a text in a language, with its components drawn. `about` names it in messages.
    pub(super) fn draw<'t>(
        &self,
        text: &'t RichText,
        language: &str,
        tera: &Tera,
        about: &str,
    ) -> Result<Cow<'t, str>, Box<Diagnostic>> {
        if text.components.is_empty() {
            return Ok(Cow::Borrowed(&text.html));
        }
        let mut html = String::with_capacity(text.html.len() * 2);
        let mut done = 0;
        for component in &text.components {
            html.push_str(text.html.get(done..component.at).unwrap_or_default());
            done = component.at;
            let content = self.draw(&component.content, language, tera, about)?;
            match self.given(component) {
                Some((name, given)) => {
                    let extra = self.extra(component, language)?;
                    let drawn =
                        tera.render_component_with_implicits(&name, &given, &extra, Some(&content), true);
                    let drawn =
                        drawn.map_err(|error| self.blamed(error::rendering(&error, about), component))?;
                    html.push_str(&drawn);
                    html.push('\n');
                }
                None => html.push_str(&content),
            }
        }
        html.push_str(text.html.get(done..).unwrap_or_default());
        Ok(Cow::Owned(html))
    }

    /// A fault with the template of the component that was drawn, if Tera does not name one.
    fn blamed(&self, fault: Diagnostic, component: &ComponentView) -> Diagnostic {
        if fault.file.is_some() {
            return fault;
        }
        let place = self.calls.get(&component.name).copied();
        let fault = fault.in_file(format!("components/{}.html", component.name)).at(place);
        let group = format!("{:?} {}", fault.file, fault.message);
        if !fault.message.contains("recursion depth") {
            return fault.grouped(group);
        }
        let message = format!("the component `{}` draws itself, directly or through others", component.name);
        Diagnostic { message, ..fault }.grouped(group).hint("draw it only under a condition that ends")
    }

    /// The component and its arguments; `None` if the theme does not have it or an argument is missing.
    fn given(&self, view: &ComponentView) -> Option<(String, Context)> {
        let component = self.all.iter().find(|component| component.name == view.name)?;
        let mut given = Context::new();
        for parameter in &component.parameters {
            let argument = view.arguments.iter().find(|argument| argument.name == parameter.name);
            let value = argument.and_then(|argument| parameter.value(argument.value.as_deref()).ok());
            match value {
                Some(value) => given.insert_value(parameter.name.clone(), fields::value(&value).ok()?),
                None if parameter.is_required => return None,
                None => {}
            }
        }
        Some((component.name.replace('-', "_"), given))
    }

    /// The values that every component gets beside its arguments.
    fn extra(&self, view: &ComponentView, language: &str) -> Result<Context, Box<Diagnostic>> {
        let size = |size: (u32, u32)| json!({ "width": size.0, "height": size.1 });
        let sizes = view.arguments.iter().filter_map(|each| Some((each.name.clone(), size(each.size?))));
        let table = view.table.as_ref().map(Cow::Borrowed).or_else(|| self.table(view).map(Cow::Owned));
        let mut extra = Context::new();
        extra.insert_value("id", fields::value(&view.id)?);
        extra.insert_value("sizes", fields::value(&sizes.collect::<serde_json::Map<_, _>>())?);
        extra.insert_value("table", fields::value(&table)?);
        extra.insert_value("lang", fields::value(language)?);
        extra.insert_value("words", self.words.of(language)?);
        Ok(extra)
    }

    /// The table under `data/` that the argument `data` names.
    fn table(&self, view: &ComponentView) -> Option<Table> {
        let named = view.arguments.iter().find(|argument| argument.name == DATA)?;
        Table::of(self.data.get(named.value.as_deref()?)?)
    }
}

/// Whether the template of a component shows what lies in it: as HTML, or as a table.
fn shows_text(text: &str) -> bool {
    ["body", "table"].into_iter().any(|word| find_word(text, word).is_some())
}

fn component(name: &str, info: &ComponentInfo, shows_text: bool) -> Component {
    let metadata = serde_json::to_value(info.metadata()).unwrap_or_default();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let parameters = info.args().iter().filter(|argument| !argument.is_implicit());
    Component {
        name: name.to_owned(),
        description: text(&metadata["description"]),
        parameters: parameters.filter_map(|argument| parameter(argument, &metadata)).collect(),
        shows_text,
    }
}

/// The parameter for an argument of Tera; `None` if its type cannot be written in a text.
fn parameter(argument: &ComponentArg, metadata: &Json) -> Option<Parameter> {
    let name = argument.name();
    let default = argument.default().map(|value| serde_json::to_value(value).unwrap_or_default());
    let kind = match argument.arg_type() {
        Some(ComponentArgType::Bool) => ParameterKind::Bool,
        Some(ComponentArgType::Integer) => ParameterKind::Integer,
        Some(ComponentArgType::Float | ComponentArgType::Number) => ParameterKind::Number,
        Some(ComponentArgType::String) => ParameterKind::Text,
        Some(_) => return None,
        None => match &default {
            Some(Json::Bool(_)) => ParameterKind::Bool,
            Some(Json::Number(number)) if number.is_f64() => ParameterKind::Number,
            Some(Json::Number(_)) => ParameterKind::Integer,
            Some(Json::Array(_) | Json::Object(_)) => return None,
            _ => ParameterKind::Text,
        },
    };
    let choices = metadata["choices"][name].as_array().into_iter().flatten();
    Some(Parameter {
        name: name.to_owned(),
        kind,
        choices: choices.filter_map(Json::as_str).map(str::to_owned).collect(),
        is_required: argument.is_required(),
        default: match default {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text,
            Some(value) => value.to_string(),
        },
        description: metadata["arguments"][name].as_str().unwrap_or_default().to_owned(),
    })
}

fn undefined(name: &str, path: &str) -> Diagnostic {
    Diagnostic::new(Rule::Template, format!("the template defines no component `{name}`"))
        .in_file(path)
        .hint(format!("write `{{% component {name}(…) %}}` … `{{% endcomponent %}}` in it"))
}
