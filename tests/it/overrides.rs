//! What a site changes in its theme: templates, assets and words that lie in the site's own folders.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{TestSite, article, copy_tree, told};

const THEMES: [&str; 4] = ["base", "broadsheet", "quiet", "wire"];

/// The demo site with another theme.
fn demo(theme: &str) -> TestSite {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = TestSite::new("");
    for part in ["content", "static"] {
        copy_tree(&root.join(part), &site.root().join(part));
    }
    let site_toml = include_str!("../../site.toml");
    site.write("site.toml", &site_toml.replace("\"broadsheet\"", &format!("\"{theme}\"")));
    site
}

/// The block of code in the manual that begins with these words.
fn recipe(start: &str) -> &'static str {
    let manual = include_str!("../../docs/content/pages/templates.md");
    let at = manual.find(start).unwrap();
    manual[at..].split("\n```").next().unwrap()
}

#[test]
fn a_style_sheet_of_the_site_is_on_every_page_of_every_theme() {
    let base = recipe("{% extends \"themes/base/templates/base.html\" %}");
    for theme in THEMES {
        let mut site = demo(theme);
        site.write("templates/base.html", base);
        site.write("assets/harbour.css", "p { margin: 0 }\n");
        site.build_fine();
        let mut kinds = BTreeSet::new();
        for (path, bytes) in site.output() {
            let page = String::from_utf8_lossy(&bytes).into_owned();
            let Some((_, rest)) = page.split_once("<body class=\"is-") else { continue };
            kinds.insert(rest.split(['"', ' ']).next().unwrap().to_owned());
            assert!(page.contains("/assets/harbour."), "{theme}: `{path}` has no link to the style sheet");
        }
        assert!(kinds.len() >= 18, "{theme}: {kinds:?}");
    }
}

/// A site with one article that leads to another.
fn small(files: &str) -> TestSite {
    let site = TestSite::new(files);
    for name in ["a", "b"] {
        let other = if name == "a" { "b" } else { "a" };
        site.write(
            &format!("content/articles/{name}.md"),
            &article(name, "2025-01-01", &format!("related: [{other}]\n")),
        );
    }
    site
}

#[test]
fn values_that_are_not_there_are_explained() {
    let mut seen = String::new();
    for template in [
        "{{ article.image.src }}",
        "{% for one in article.related %}{{ one.image.src }}{% endfor %}",
        "{{ site.assets[\"stlye.css\"] }}",
        "<p>{{ site.words['relatd'] | upper }}",
        "{{ site.options[\"acent\"] }}",
        "{{ site.words[\"zzz\"] }}",
    ] {
        let mut site = small(&format!("-- templates/article.html --\n{template}\n"));
        let mut report = site.build();
        report.diagnostics.truncate(1);
        seen += &told(&report.diagnostics);
    }
    insta::assert_snapshot!("undefined", seen);
}

#[test]
fn a_whole_path_means_what_the_theme_inherits() {
    let mut site = small(
        "-- templates/article.html --\n{% extends \"themes/broadsheet/templates/article.html\" %}\n\
         {% block main %}{{ super() }}<p>Write to us</p>{% endblock main %}\n",
    );
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("<p>Write to us</p>"));
    // Faults of the inherited file are told where it lies.
    copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base"), &site.root().join("themes/base"));
    site.edit(
        "themes/base/templates/article.html",
        "{% block main -%}",
        "{% block main -%}\n{{ article.nothing }}",
    );
    let report = site.build();
    assert_eq!(report.diagnostics[0].file.as_deref(), Some("themes/base/templates/article.html"));
}

#[test]
fn a_path_of_a_template_that_does_not_exist_gets_one_that_does() {
    for (path, hint) in [
        ("themes/quiet/templates/article.html", "write `themes/base/templates/article.html`"),
        ("themes/broadsheet/templates/artcle.html", "a template is named by its path below `templates/`"),
        ("artcle.html", "did you mean `article.html`?"),
    ] {
        let mut site = small(&format!("-- templates/page.html --\n{{% extends \"{path}\" %}}\n"));
        let report = site.build();
        assert_eq!(report.diagnostics[0].hint.as_deref(), Some(hint), "{path}");
    }
}
