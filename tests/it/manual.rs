//! The manual says what the code does: every key, command, option, view, field and rule is there, and nothing
//! that isn't.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory;
use masthead::base::diag::Rule;
use masthead::cli::args::Cli;
use masthead::model::collection::Extent;
use masthead::model::front_matter::{FrontMatter, ProfileMatter};
use masthead::model::profile::ByKind;
use masthead::model::view;
use schemars::JsonSchema;
use serde_json::Value;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages").join(name)).unwrap()
}

/// The part of a page below a heading, up to the next heading of the same or a higher level.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let level = heading.split(' ').next().unwrap().len();
    let start =
        page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("there is no heading `{heading}`"));
    let rest = &page[start + heading.len() + 2..];
    let ends = |line: &str| line.starts_with('#') && line.split(' ').next().unwrap().len() <= level;
    let end = rest.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let end = end.skip_while(|(_, line)| !ends(line)).map(|(at, _)| at).next();
    &rest[..end.unwrap_or(rest.len())]
}

/// The first cell of each row of the tables in a text, where it is a code span.
fn rows(text: &str) -> BTreeSet<String> {
    let cells = text.lines().filter_map(|line| line.trim().strip_prefix("| `"));
    cells.map(|cell| cell.split('`').next().unwrap().to_owned()).collect()
}

fn same(what: &str, told: &BTreeSet<String>, real: impl IntoIterator<Item = String>) {
    let real: BTreeSet<String> = real.into_iter().collect();
    let missing: Vec<_> = real.difference(told).collect();
    let invented: Vec<_> = told.difference(&real).collect();
    assert!(missing.is_empty() && invented.is_empty(), "{what}: missing {missing:?}, invented {invented:?}");
}

fn keys(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

/// The schema of the table that a property holds, if it holds one: references, lists and alternatives are
/// looked into.
fn table<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return table(root, &root["$defs"][reference.rsplit('/').next().unwrap()]);
    }
    if schema["properties"].is_object() {
        return Some(schema);
    }
    let alternatives =
        ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    alternatives.chain(schema.get("items")).find_map(|inner| table(root, inner))
}

#[test]
fn every_key_of_the_configuration_is_explained() {
    let page = page("configuration.md");
    let schema = masthead::config::site_schema();
    same("top level", &rows(section(&page, "## Top level")), keys(&schema));
    for (name, property) in schema["properties"].as_object().unwrap() {
        // The keys of `[lint]` are the rules, which have a page of their own.
        if let Some(table) = table(&schema, property).filter(|_| name != "lint") {
            same(name, &rows(section(&page, &format!("## `[{name}]`"))), keys(table));
        }
    }
}

fn schema<T: JsonSchema>() -> Value {
    serde_json::to_value(schemars::schema_for!(T)).unwrap()
}

#[test]
fn every_key_of_the_front_matter_is_explained() {
    let page = page("front-matter.md");
    let article = schema::<FrontMatter>();
    same("articles", &rows(section(&page, "## Articles and pages")), keys(&article));
    same("profiles", &rows(section(&page, "## Profiles")), keys(&schema::<ProfileMatter>()));
    for (key, heading) in [
        ("source", "source"),
        ("image", "image"),
        ("series", "series"),
        ("corrections", "corrections"),
        ("withdrawn", "withdrawn"),
    ] {
        let table = table(&article, &article["properties"][key]).unwrap();
        same(key, &rows(section(&page, &format!("## `{heading}`"))), keys(table));
    }
}

#[test]
fn every_rule_is_explained_with_its_level() {
    let page = page("rules.md");
    same("rules", &rows(&page), Rule::ALL.iter().map(|rule| rule.name().to_owned()));
    for rule in Rule::ALL {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", rule.name()))).unwrap();
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[2].trim_matches('`'), rule.default_level().name(), "{row}");
        assert_eq!(cells[3], rule.description());
    }
}

#[test]
fn every_command_and_option_is_explained() {
    let page = page("commands.md");
    let mut headings = BTreeSet::new();
    for command in Cli::command().get_subcommands() {
        let nested: Vec<_> = command.get_subcommands().collect();
        let leaves = if nested.is_empty() {
            vec![(command.get_name().to_owned(), command)]
        } else {
            nested
                .into_iter()
                .map(|inner| (format!("{} {}", command.get_name(), inner.get_name()), inner))
                .collect()
        };
        for (name, command) in leaves.into_iter().filter(|(name, _)| name != "help") {
            let heading = format!("## `masthead {name}`");
            let told: BTreeSet<String> = rows(section(&page, &heading))
                .into_iter()
                .map(|row| row.split([' ', '=']).next().unwrap().to_owned())
                .collect();
            let options = command.get_arguments().filter(|argument| argument.get_id() != "help");
            let real = options.map(|argument| match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument
                    .get_value_names()
                    .map_or(argument.get_id().as_str(), |names| names[0].as_str())
                    .to_owned(),
            });
            same(&name, &told, real);
            headings.insert(heading);
        }
    }
    let told: BTreeSet<String> =
        page.lines().filter(|line| line.starts_with("## `masthead ")).map(str::to_owned).collect();
    assert_eq!(told, headings);
}

/// The components of the theme `base`.
fn components() -> Vec<masthead::model::component::Component> {
    use std::collections::BTreeMap;
    let text = "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"base\"\n";
    let config = masthead::config::site(text, "site.toml").value.unwrap();
    let theme = masthead::scan::theme(Path::new("/nowhere"), &config, text).unwrap().value;
    let has_terms = ByKind::new([true; 4]);
    let extent = Extent { articles: 1, has_terms, unlisted: Arc::default() };
    let site = masthead::view::site(&config, &theme, &extent, BTreeMap::new());
    masthead::render::Renderer::new(&theme, &site, 0).unwrap().components().to_vec()
}

#[test]
fn every_component_and_argument_is_explained() {
    let page = page("components.md");
    let list = section(&page, "## The components");
    let mut headings = BTreeSet::new();
    for component in components() {
        let heading = format!("### `{}`", component.name);
        let text = section(&page, &heading);
        same(&component.name, &rows(text), component.parameters.iter().map(|each| each.name.clone()));
        for parameter in &component.parameters {
            let row =
                text.lines().find(|line| line.starts_with(&format!("| `{}` |", parameter.name))).unwrap();
            assert_eq!(row.contains("required"), parameter.is_required, "{row}");
            assert!(parameter.choices.iter().all(|choice| row.contains(&format!("`{choice}`"))), "{row}");
            let told = row.split('|').nth(3).unwrap().trim().trim_end_matches('.');
            assert_eq!(told, parameter.description, "{heading}");
        }
        assert!(!component.description.is_empty(), "{heading}");
        headings.insert(heading);
    }
    let told: BTreeSet<String> =
        list.lines().filter(|line| line.starts_with("### `")).map(str::to_owned).collect();
    assert_eq!(told, headings);
}

#[test]
fn the_log_of_the_template_api_ends_with_the_current_version() {
    let page = page("templates.md");
    let log = section(&page, "## The template API");
    let last = log.lines().rfind(|line| line.starts_with("| ")).unwrap();
    let version = masthead::model::theme::TEMPLATE_API.to_string();
    assert_eq!(last.split('|').nth(1).unwrap().trim(), version);
    for field in masthead::model::theme::REMOVED {
        assert!(log.contains(field.path) && log.contains(field.successor), "{field:?}");
    }
}

#[test]
fn every_view_and_field_is_explained() {
    let page = page("templates.md");
    let mut views: Vec<(String, Value)> = Vec::new();
    for root in [schema::<view::SiteView>(), schema::<view::PageView>(), schema::<view::Content>()] {
        let defs = root["$defs"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), schema.clone()));
        views.extend(defs);
        if let Some(title) = root["title"].as_str().filter(|_| root["properties"].is_object()) {
            views.push((title.to_owned(), root.clone()));
        }
    }
    views.retain(|(_, schema)| schema["properties"].as_object().is_some_and(|fields| !fields.is_empty()));
    let headings: BTreeSet<String> = views.iter().map(|(name, _)| format!("### `{name}`")).collect();
    for (name, schema) in &views {
        same(name, &rows(section(&page, &format!("### `{name}`"))), keys(schema));
    }
    let told: BTreeSet<String> = page
        .lines()
        .filter(|line| line.starts_with("### `") && line.contains("View`"))
        .map(str::to_owned)
        .collect();
    assert!(told.is_subset(&headings), "invented: {:?}", told.difference(&headings).collect::<Vec<_>>());
}
