use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::base::diag::{Diagnostic, Warned};

/// `2:5 message; hint`, a line each.
fn told(diagnostics: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        let place = one.place.map_or_else(String::new, |place| format!("{}:{} ", place.line, place.column));
        let hint = one.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
        format!("{place}{}{hint}\n", one.message)
    };
    diagnostics.iter().map(line).collect()
}

fn good(text: &str) -> SiteConfig {
    let read = site(text, "site.toml");
    assert_eq!(told(&read.diagnostics), "", "{text}");
    read.value.unwrap()
}

const LEAST: &str = "title = \"A\"\nbase_url = \"https://example.org/\"\n";

#[test]
fn a_title_and_an_address_are_enough() {
    let config = good(LEAST);
    assert_eq!((config.origin.as_str(), config.base_path.as_str()), ("https://example.org", ""));
    assert_eq!((config.language.as_str(), config.zone.name()), ("en", "UTC"));
    assert_eq!(config.publisher.name, "A");
    assert_eq!(config.theme, "broadsheet");
    assert_eq!(config.folders.profiles[TermKind::Source], "content/sources");
    assert_eq!((config.page_size, config.related, config.feeds.entries), (20, 5, 20));
    assert_eq!((config.feeds.content, config.feeds.term_content), (FeedContent::Full, FeedContent::Summary));
    assert!(config.outputs.day_archives && config.markdown.math);
    assert_eq!(config.urls.article.len(), 7);
}

#[test]
fn every_key_is_read() {
    let config = good(
        r##"
        title = "Der Hafenbote"
        base_url = "https://example.org/news/"
        description = "Nachrichten vom Hafen"
        language = "de-AT"
        timezone = "Europe/Vienna"
        date_format = "%-d. %B %Y"
        theme = { name = "mine", accent = "#336699", wide = true }
        publisher = { name = "Verein Hafenbote", logo = "/logo.svg" }
        menu = [{ title = "Über uns", url = "/about/" }, { title = "Code", url = "https://example.org" }]
        [content]
        articles = "../_posts/"
        static = "/srv/static"
        output = "dist"
        [urls]
        article = "/{section}/{source}/{day}-{slug}.html"
        tags = "themen"
        slugs = "ascii"
        [lists]
        page_size = 10
        related = 0
        [feeds]
        entries = 5
        content = "summary"
        term_content = "full"
        [outputs]
        day_archives = false
        [markdown]
        raw_html = "escape"
        [lint]
        dead-link = "warning"
        [extra]
        since = 1979-05-27
        deep = { list = [1, 2.5, true, "x"] }
        "##,
    );
    assert_eq!(config.base_path, "/news");
    assert_eq!(config.theme_options["accent"], "#336699");
    assert_eq!(config.menu[0], ("Über uns".to_owned(), "/about/".to_owned()));
    assert_eq!(config.folders.articles, "../_posts");
    assert_eq!(config.folders.assets, "/srv/static");
    assert_eq!(config.urls.terms[TermKind::Tag], "themen");
    assert_eq!(config.urls.slugs, SlugStyle::Ascii);
    assert_eq!(config.markdown.raw_html, RawHtml::Escape);
    assert_eq!(config.lint[&Rule::DeadLink], Level::Warning);
    assert_eq!(
        serde_json::Value::from(config.extra),
        json!({ "deep": { "list": [1, 2.5, true, "x"] }, "since": "1979-05-27" })
    );
}

#[test]
fn a_faulty_value_stays_at_its_default() {
    let read = site(&format!("{LEAST}timezone = 3\n[lists]\npage_size = 0\nrelated = 7"), "site.toml");
    assert_eq!(read.diagnostics.len(), 2);
    let config = read.value.unwrap();
    assert_eq!((config.zone.name(), config.page_size, config.related), ("UTC", 20, 7));
}

#[test]
fn without_a_title_or_address_there_is_no_value() {
    for text in ["", "title = \"A\"", "title = 1\nbase_url = \"https://e.org\"", &format!("{LEAST}x")] {
        let read = site(text, "site.toml");
        assert!(read.value.is_none() && !read.diagnostics.is_empty(), "{text}");
    }
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    good(&format!("\u{feff}{LEAST}"));
}

#[test]
fn deep_nesting_does_not_panic() {
    for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]")] {
        for depth in [10, 70, 10_000] {
            site(&format!("{LEAST}extra.a = {}1{}", open.repeat(depth), close.repeat(depth)), "site.toml");
        }
    }
    site(&format!("extra{} = 1\n[extra{}]", ".a".repeat(10_000), ".b".repeat(10_000)), "site.toml");
}

#[test]
fn the_schema_knows_every_rule_and_refuses_unknown_keys() {
    let mut schema = site_schema();
    assert_eq!(schema["additionalProperties"], json!(false));
    assert_eq!(schema["required"], json!(["title", "base_url"]));
    for rule in Rule::ALL {
        assert!(schema["properties"]["lint"]["properties"][rule.name()]["description"].is_string());
    }
    for (name, property) in schema["properties"].as_object().unwrap() {
        assert!(property["description"].is_string(), "{name}");
        for (key, property) in property["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{name}.{key}");
        }
    }
    // The rules have a test of their own above, and other stages add to them.
    schema["properties"]["lint"] = json!("…");
    insta::assert_snapshot!(serde_json::to_string_pretty(&schema).unwrap());
}

const THEME: &str = r##"
name = "mine"
version = "1.0"
extends = "broadsheet"
api = { min = 1, max = 2 }

[options.accent]
type = "color"
default = "#123"
description = "The colour of links"

[options.density]
type = "choice"
default = "cosy"
choices = ["cosy", "compact"]

[options.wide]
type = "bool"
default = false
"##;

fn manifest(text: &str) -> ThemeManifest {
    let name = text.split('"').nth(1).unwrap();
    let Warned { value, diagnostics } = theme(text, "theme.toml", name, 1);
    assert_eq!(told(&diagnostics), "");
    value.unwrap()
}

#[test]
fn a_theme_is_read() {
    let theme = manifest(THEME);
    assert_eq!(theme.extends.as_deref(), Some("broadsheet"));
    assert_eq!(theme.options["density"].choices, ["cosy", "compact"]);
    assert_eq!(theme.options["accent"].default, "#123");
    assert_eq!(manifest("name = \"bare\"").options.len(), 0);
}

fn check_theme(text: &str, expected: &str) {
    assert_eq!(told(&theme(text, "theme.toml", "a", 3).diagnostics).trim_end(), expected);
}

#[test]
fn mistakes_in_themes_are_reported() {
    check_theme("", "`name` is missing; write `name = \"a\"`");
    check_theme("name = \"\"", "1:8 `name` is empty; write `name = \"a\"`");
    check_theme(
        "name = \"b\"\napi.max = 3",
        "1:8 the name of a theme is that of its folder, `a`; write `name = \"a\"`",
    );
    check_theme(
        "name = \"a\"\napi = { min = 1, max = 2 }",
        "2:7 the theme supports the versions 1 to 2 of the template API, but this is version 3",
    );
    let fine = "name = \"a\"\napi.max = 3\n";
    check_theme(&format!("{fine}extends = \"a\""), "3:11 a theme cannot extend itself");
    check_theme(&format!("{fine}extend = \"b\""), "3:1 unknown key `extend`; did you mean `extends`?");
    check_theme(&format!("{fine}[options.x]\ntype = \"bool\""), "3:1 `options.x.default` is missing");
    check_theme(
        &format!(
            "{fine}[options.x]\ntype = \"color\"\ndefault = \"gold\"\ncontrast = 4.5\nagainst = [\"#fff\"]"
        ),
        "5:11 `gold` has a contrast of 1.4 with `#fff`, but needs 4.5 to be readable; `#8a7400` is similar and has enough",
    );
    check_theme(
        &format!("{fine}[options.x]\ntype = \"bool\"\ndefault = 1"),
        "5:11 `options.x.default` must be `true` or `false`",
    );
    check_theme(
        &format!("{fine}[options.x]\ntype = \"boolean\"\ndefault = true"),
        "4:8 `options.x.type` must be `string`, `bool`, `integer`, `color`, `choice` or `list`, not `boolean`; did you mean `bool`?",
    );
    check_theme(
        &format!("{fine}[options.x]\ntype = \"choice\"\ndefault = \"a\""),
        "4:8 `options.x` has the type `choice` and needs `choices`",
    );
    check_theme(
        &format!("{fine}[options.x]\ntype = \"choice\"\ndefault = \"c\"\nchoices = [\"a\", \"b\"]"),
        "5:11 `options.x.default` must be `a` or `b`",
    );
    for (more, told) in [
        (
            "default = \"blau\"",
            "5:11 `options.x.default` must be a colour, such as `\"#336699\"`, `\"navy\"` or `\"rgb(51 102 153)\"`",
        ),
        (
            "default = \"navy\"\ncontrast = 45\nagainst = [\"#fff\"]",
            "6:12 `options.x.contrast` must be 1 to 21",
        ),
    ] {
        check_theme(&format!("{fine}[options.x]\ntype = \"color\"\n{more}"), told);
    }
    check_theme(
        &format!("{fine}[options.x-y]\ntype = \"list\"\ndefault = []"),
        "4:8 `x-y` cannot be the name of an option; templates reach `site.options.an_option`",
    );
}

fn check_set(set: &str, expected: &str) {
    let text = format!("{LEAST}[theme]\nname = \"mine\"\n{set}");
    let config = good(&text);
    let parent = manifest(
        "name = \"broadsheet\"\n[options.wide]\ntype = \"bool\"\ndefault = true\n[options.serif]\ntype = \"string\"\ndefault = \"Georgia\"",
    );
    let checked = check_options(&[manifest(THEME), parent], &config.theme_options, &text, "site.toml");
    let seen = format!("{}{}", told(&checked.diagnostics), serde_json::to_string(&checked.value).unwrap());
    assert_eq!(seen, expected);
}

#[test]
fn options_get_defaults_and_their_mistakes_are_located() {
    let defaults = r##"{"accent":"#123","density":"cosy","serif":"Georgia","wide":false}"##;
    check_set("", defaults);
    check_set("accent = \"rgb(1 2 3 / 50%)\"", &defaults.replace("#123", "rgb(1 2 3 / 50%)"));
    let wrong = |told: &str| format!("{told}\n{defaults}");
    check_set("acent = 1", &wrong("5:1 the theme `mine` has no option `acent`; did you mean `accent`?"));
    check_set(
        "density = \"cozy\"",
        &wrong("5:11 `theme.density` must be `cosy` or `compact`; did you mean `cosy`?"),
    );
    for bad in ["red;}", "blau", "rgb(1 2)"] {
        check_set(
            &format!("accent = \"{bad}\""),
            &wrong(
                "5:10 `theme.accent` must be a colour, such as `\"#336699\"`, `\"navy\"` or `\"rgb(51 102 153)\"`",
            ),
        );
    }
    check_set(
        "flavour = 1",
        &wrong(
            "5:1 the theme `mine` has no option `flavour`; it has `accent`, `density`, `serif` and `wide`",
        ),
    );
}

proptest! {
    #[test]
    fn random_text_does_not_panic(text in "\\PC*") {
        site(&text, "site.toml");
        theme(&text, "theme.toml", "a", 1);
    }

    #[test]
    fn random_toml_does_not_panic(lines in proptest::collection::vec(
        "(title|base_url|\\[lists\\]|\\[\\[menu\\]\\]|\\[lint|urls\\.article|theme|extra|\"é\"|content)?( = |\\.|: )?(\"[^\"]{0,9}\"|\"\"\"|'''|\\[|\\{|\\}|\\]|[0-9]{1,22}|true|1979-05-27|\\{ name = 1 \\}|[ -~é]{0,5})?[\r\t ]?",
        0..12,
    )) {
        let text = lines.join("\n");
        let read = site(&text, "site.toml");
        prop_assert!(read.value.is_some() || !read.diagnostics.is_empty());
        theme(&text, "theme.toml", "a", 1);
    }
}
