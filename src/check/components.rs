//! Checks the components that articles use: does the theme have them, and do the arguments fit?

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::Value;

use crate::base::diag::{Diagnostic, Rule};
use crate::model::collection::Collection;
use crate::model::component::{Argument, Component, DATA, Table, Usage, Written};
use crate::model::path::ContentPath;
use crate::model::profile::TermKind;

/// Reports components that the theme does not have, and arguments that are wrong or missing.
pub fn components(
    collection: &Collection,
    known: &[Component],
    data: &BTreeMap<String, Value>,
) -> Vec<Diagnostic> {
    let kit = Kit { known, data };
    let articles = collection.articles.par_iter().map(|entry| (&entry.meta.path, &entry.meta.components));
    let pages = collection.pages.par_iter().map(|page| (&page.meta.path, &page.meta.components));
    let terms = TermKind::ALL.into_par_iter().flat_map(|kind| collection.terms(kind));
    let profiles =
        terms.filter_map(|term| term.profile.as_ref()).map(|profile| (&profile.path, &profile.components));
    let all = articles.chain(pages).chain(profiles).filter(|(_, usages)| !usages.is_empty());
    all.flat_map_iter(|(path, usages)| usages.iter().flat_map(|usage| kit.faults(usage, path))).collect()
}

struct Kit<'a> {
    known: &'a [Component],
    data: &'a BTreeMap<String, Value>,
}

impl Kit<'_> {
    fn faults(&self, usage: &Usage, path: &ContentPath) -> Vec<Diagnostic> {
        let name = &usage.name;
        let Some(component) = self.known.iter().find(|component| component.name == *name) else {
            return vec![self.unknown(usage).in_file(path.as_str())];
        };
        let given = |name: &str| usage.arguments.iter().any(|argument| argument.name == name);
        let missing = component.parameters.iter().filter(|each| each.is_required && !given(&each.name));
        let missing = missing.map(|each| {
            Diagnostic::new(
                Rule::BadComponent,
                format!("the component `{name}` needs the argument `{}`", each.name),
            )
            .at(usage.place)
            .hint(format!("write `::: {name} {{{}=\"…\"}}`", each.name))
        });
        let lost = (usage.has_text && !component.shows_text).then(|| {
            Diagnostic::new(
                Rule::BadComponent,
                format!("the component `{name}` does not show the text inside"),
            )
            .at(usage.place)
            .hint("put the text before or behind it, or write `{{ body }}` in its template")
        });
        let wrong = usage.arguments.iter().filter_map(|argument| self.fault(component, argument));
        missing.chain(lost).chain(wrong).map(|diagnostic| diagnostic.in_file(path.as_str())).collect()
    }

    fn unknown(&self, usage: &Usage) -> Diagnostic {
        let names: Vec<&str> = self.known.iter().map(|component| component.name.as_str()).collect();
        let diagnostic =
            Diagnostic::new(Rule::BadComponent, format!("there is no component `{}`", usage.name))
                .at(usage.place);
        let hint = match &names[..] {
            [] => "the theme has no components".to_owned(),
            _ => format!("there is: {}", names.join(", ")),
        };
        diagnostic.hint(hint).did_you_mean(&usage.name, names)
    }

    fn fault(&self, component: &Component, argument: &Argument) -> Option<Diagnostic> {
        let name = &argument.name;
        let Some(parameter) = component.parameters.iter().find(|parameter| parameter.name == *name) else {
            let names: Vec<&str> = component.parameters.iter().map(|each| each.name.as_str()).collect();
            let message = format!("the component `{}` has no argument `{name}`", component.name);
            let diagnostic = Diagnostic::new(Rule::BadComponent, message).at(argument.place);
            let hint = match &names[..] {
                [] => "it takes no arguments".to_owned(),
                _ => format!("it takes: {}", names.join(", ")),
            };
            return Some(diagnostic.hint(hint).did_you_mean(name, names));
        };
        let text = match &argument.value {
            // Links were checked with all other links.
            Written::Link(_) => return None,
            Written::Text(text) => Some(text.as_str()),
            Written::Nothing => None,
        };
        if let Err(wanted) = parameter.value(text) {
            let message = format!("the argument `{name}` of `{}` must be {wanted}", component.name);
            let choices = parameter.choices.iter().map(String::as_str);
            let diagnostic = Diagnostic::new(Rule::BadComponent, message).at(argument.value_place);
            return Some(diagnostic.did_you_mean(text.unwrap_or_default(), choices));
        }
        text.filter(|text| name == DATA && !text.is_empty())
            .and_then(|text| self.no_table(text))
            .map(|diagnostic| diagnostic.at(argument.value_place))
    }

    /// Checks the name of a data file.
    fn no_table(&self, name: &str) -> Option<Diagnostic> {
        match self.data.get(name) {
            Some(data) if Table::of(data).is_some() => None,
            Some(_) => Some(
                Diagnostic::new(Rule::BadComponent, format!("the data `{name}` is not a table"))
                    .hint("a table is CSV, or a list of maps with the same keys"),
            ),
            None => Some(
                Diagnostic::new(Rule::BadComponent, format!("there is no data `{name}`"))
                    .hint("a file under `data/` is named by its path there, without its extension")
                    .did_you_mean(name, self.data.keys().map(String::as_str)),
            ),
        }
    }
}
