//! Checks what templates define as components: is each defined once, and do its signature and the map behind it fit together?
//!
//! Tera reads signatures; whether an article uses a component rightly is checked elsewhere.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tera::{ComponentArg, ComponentInfo};

use crate::base::diag::{Diagnostic, Place, Rule, find_word};
use crate::base::template::{Tag, tags};
use crate::model::theme::Theme;

/// What a component can ask for with `@`.
pub(super) const IMPLICIT: [&str; 6] = ["site", "sizes", "table", "lang", "words", "id"];

/// What the map behind a signature can have.
const KEYS: [&str; 3] = ["description", "arguments", "choices"];

/// The tags of a template that define components, with the names of these.
pub(super) fn definitions(text: &str) -> impl Iterator<Item = (&str, Tag<'_>)> {
    let name = |tag: &Tag<'_>| {
        let start = tag.start + tag.keyword().len();
        text[start..tag.start + tag.inner.len()].split('(').next().unwrap_or_default().trim().len()
    };
    tags(text).filter(|tag| tag.keyword() == "component").map(move |tag| {
        let rest = text[tag.start + "component".len()..].trim_start();
        (&rest[..name(&tag)], tag)
    })
}

/// Components that a template defines although another one is there for them: `components/note.html` for `note`.
pub(super) fn twice(theme: &Theme) -> Vec<Diagnostic> {
    let names = theme.template_names();
    let files: BTreeMap<String, &str> =
        (names.iter()).filter_map(|(name, path)| Some((own_name(name)?.replace('-', "_"), *path))).collect();
    let mut found = Vec::new();
    for (name, path) in &names {
        let Some(text) = theme.templates.get(*path).filter(|text| text.contains("component")) else {
            continue;
        };
        let own = own_name(name).map(|name| name.replace('-', "_"));
        for (component, tag) in definitions(text) {
            let other = files.get(component).filter(|_| own.as_deref() != Some(component));
            found.extend(other.map(|other| {
                Diagnostic::new(
                    Rule::Template,
                    format!("the component `{component}` is also defined in `{other}`"),
                )
                .in_file(*path)
                .at(Place::of(text, tag.range.start, tag.range.end))
                .hint("give this one another name, or write it into a file of that name under `components/`")
            }));
        }
    }
    found
}

/// The name of the component that a template is there for.
pub(super) fn own_name(template: &str) -> Option<&str> {
    let name = template.strip_prefix("components/")?.strip_suffix(".html")?;
    (!name.contains('/')).then_some(name)
}

/// What is wrong with the signature of a component and the map behind it. `text` is that of its template.
pub(super) fn faults(name: &str, info: &ComponentInfo, text: &str) -> Vec<Diagnostic> {
    let Some((_, tag)) = definitions(text).find(|(defined, _)| *defined == name) else { return Vec::new() };
    let told = |word: &str, message: String| {
        let at = find_word(&text[tag.range.clone()], word);
        let at = at.map_or(tag.range.clone(), |at| tag.range.start + at.start..tag.range.start + at.end);
        Diagnostic::new(Rule::Template, message).at(Place::of(text, at.start, at.end))
    };
    let mut found = Vec::new();
    for argument in info.args().iter().filter(|argument| argument.is_implicit()) {
        let asked = argument.name();
        if !IMPLICIT.contains(&asked) && argument.default().is_none() {
            let there: Vec<String> = IMPLICIT.iter().map(|name| format!("`@{name}`")).collect();
            let fault = told(asked, format!("a component cannot ask for `@{asked}`"));
            let hint = format!("there is: {}; a component sees nothing of the page", there.join(", "));
            found.push(fault.hint(hint).did_you_mean(asked, IMPLICIT));
        }
    }
    let map = serde_json::to_value(info.metadata()).unwrap_or_default();
    for key in map.as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
        if !KEYS.contains(&key) {
            let fault = told(key, format!("`{key}` has no meaning in the map of a component"));
            let known: Vec<String> = KEYS.iter().map(|key| format!("`{key}`")).collect();
            found.push(fault.hint(format!("known here: {}", known.join(", "))).did_you_mean(key, KEYS));
        }
    }
    let arguments: Vec<&str> = info.args().iter().map(ComponentArg::name).collect();
    for key in ["arguments", "choices"] {
        for (name, value) in map[key].as_object().into_iter().flatten() {
            if !arguments.contains(&name.as_str()) {
                let fault = told(name, format!("`{key}` names `{name}`, which the component does not take"));
                let hint = format!("it takes: {}", arguments.join(", "));
                found.push(fault.hint(hint).did_you_mean(name, arguments.iter().copied()));
            } else if key == "choices" {
                let mut named = info.args().iter().filter(|argument| argument.name() == name);
                let default = named.find_map(ComponentArg::default);
                let default = default.map(|value| serde_json::to_value(value).unwrap_or_default());
                found.extend(misfit(name, value, default.as_ref()).map(|message| told(name, message)));
            }
        }
    }
    found
}

/// Why the choices of an argument are none, or do not fit its default. An empty default is that nothing was chosen.
fn misfit(name: &str, choices: &Json, default: Option<&Json>) -> Option<String> {
    let listed = choices.as_array().filter(|all| all.iter().all(Json::is_string));
    let Some(listed) = listed.filter(|all| !all.is_empty()) else {
        return Some(format!("the choices of `{name}` must be a list of texts"));
    };
    let default = default?.as_str().filter(|default| !default.is_empty())?;
    let is_there = listed.iter().any(|choice| choice.as_str() == Some(default));
    (!is_there).then(|| format!("the default `{default}` of `{name}` is not among its choices"))
}

/// The first place at which the template of a component draws a component, if it does.
pub(super) fn first_call(text: &str) -> Option<Place> {
    let call = tags(text).find(|tag| tag.inner.starts_with('<') && !tag.inner.starts_with("</"))?;
    Some(Place::of(text, call.range.start, call.range.end))
}

#[cfg(test)]
mod tests {
    use tera::Tera;

    use super::*;

    #[test]
    fn a_signature_that_does_not_fit_is_told() {
        for (signature, expected) in [
            (
                "(a: string, @page)",
                "28 a component cannot ask for `@page`; there is: `@site`, `@sizes`, `@table`, `@lang`, `@words`, `@id`; \
                 a component sees nothing of the page",
            ),
            ("(@word)", "17 a component cannot ask for `@word`; did you mean `words`?"),
            (
                "(a: string) { \"choises\": { \"a\": [\"b\"] } }",
                "30 `choises` has no meaning in the map of a component; did you mean `choices`?",
            ),
            (
                "(a: string) { \"choices\": { \"b\": [\"c\"] } }",
                "43 `choices` names `b`, which the component does not take; it takes: a",
            ),
            (
                "(kind = \"q\") { \"choices\": { \"kind\": [\"b\"] } }",
                "16 the default `q` of `kind` is not among its choices; ",
            ),
            (
                "(kind = \"q\") { \"choices\": { \"kind\": \"q\" } }",
                "16 the choices of `kind` must be a list of texts; ",
            ),
            (
                "(kind = \"\", @site, @page = {}) { \"choices\": { \"kind\": [\"b\"] }, \"description\": \"x\" }",
                "",
            ),
        ] {
            let text = format!("{{% component {signature} %}}x{{% endcomponent %}}")
                .replace("component (", "component x(");
            let mut tera = Tera::new();
            tera.add_raw_template("x", &text).unwrap();
            let told = faults("x", &tera.get_component_definition("x").unwrap(), &text);
            let line = |one: Diagnostic| {
                format!("{} {}; {}", one.place.unwrap().column, one.message, one.hint.unwrap_or_default())
            };
            assert_eq!(told.into_iter().map(line).collect::<Vec<_>>().join("\n"), expected, "{signature}");
        }
    }

    #[test]
    fn a_component_that_is_defined_twice_is_told() {
        let one = |path: &str, text: &str| (format!("t/{path}"), text.to_owned());
        let note = "{% component note() %}{% endcomponent %}";
        let templates = [
            one("components/note.html", note),
            one("components/sea-map.html", "{% component sea_map() %}{% endcomponent %}"),
            one("components/tide.html", &format!("{{% component tide() %}}{{% endcomponent %}}\n{note}")),
            one("partials/lib.html", &format!("{{% component other() %}}{{% endcomponent %}}{note}")),
        ];
        let theme = Theme { layers: vec!["t/".to_owned()], templates: templates.into(), ..Theme::default() };
        let line = |one: Diagnostic| {
            let place = one.place.unwrap();
            format!("{}:{}:{} {}", one.file.unwrap(), place.line, place.column, one.message)
        };
        let expected = ["t/components/tide.html:2:1", "t/partials/lib.html:1:42"];
        let expected = expected
            .map(|at| format!("{at} the component `note` is also defined in `t/components/note.html`"));
        assert_eq!(twice(&theme).into_iter().map(line).collect::<Vec<_>>(), expected);
    }
}
