//! What a site changes in its theme: templates, assets and words that lie in the site's own folders.

use std::collections::BTreeSet;
use std::path::Path;

use masthead::build::{Change, Keeper, Silent};

use crate::support::{AT, SITE_TOML, TestSite, article, copy_tree, moment, told};

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
    let base = recipe("{% extends \"themes/broadsheet/templates/base.html\" %}");
    for theme in THEMES {
        let mut site = demo(theme);
        site.write("templates/base.html", &base.replace("/broadsheet/", &format!("/{theme}/")));
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

#[cfg(unix)]
#[test]
fn other_folders_of_a_theme_are_not_read() {
    let mut site = small("-- themes/t/theme.toml --\nname = \"t\"\nextends = \"base\"\n");
    site.write("site.toml", &format!("theme = \"t\"\n{SITE_TOML}"));
    site.write("themes/t/node_modules/tool/index.js", "");
    std::os::unix::fs::symlink("nowhere", site.root().join("themes/t/node_modules/link")).unwrap();
    site.build_fine();
}

#[test]
fn words_of_the_site_take_the_place_of_those_of_the_theme() {
    let mut site = small("-- i18n/en.toml --\nrelated = \"More of it\"\n");
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("More of it"));
    site.write("i18n/en.toml", "related = \"Even more\"\n");
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("Even more"));
    site.remove("i18n/en.toml");
    site.build_fine();
    assert!(!site.page("2025/01/a/index.html").contains("Even more"));
}

#[test]
fn words_of_the_site_are_checked_in_every_language() {
    let mut site =
        small("-- i18n/en.toml --\nrelatd = \"More\"\nhome = 3\n-- i18n/de.toml --\nhome = \"Start\n");
    insta::assert_snapshot!("words", told(&site.build().diagnostics));
}

#[test]
fn serve_watches_the_words_of_the_site() {
    let site = small("-- i18n/en.toml --\nrelated = \"More of it\"\n");
    let mut keeper = Keeper::new(site.request());
    keeper.next(moment(AT), &Change::Everything, &Silent).unwrap();
    let words = site.root().join("i18n/en.toml");
    assert!(keeper.watched().contains(&(words.parent().unwrap().to_owned(), true)));
    site.write("i18n/en.toml", "related = \"Even more\"\n");
    let change = Change::Files(BTreeSet::from([words]));
    assert!(keeper.next(moment(AT), &change, &Silent).unwrap().is_some());
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

#[test]
fn style_sheets_find_fonts_and_pictures_of_the_theme() {
    let mut site = small(
        "-- assets/style.css --\n@import \"style.css\";\n@font-face { src: url(\"fonts/h.woff2\"); }\n\
         -- assets/fonts/h.woff2 --\nfont\n",
    );
    site.build_fine();
    let output = site.output();
    let font = output.keys().find(|path| path.starts_with("assets/fonts/h.")).unwrap();
    let sheet = output.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap().1;
    let sheet = String::from_utf8(sheet.clone()).unwrap();
    assert!(sheet.ends_with(&format!("@font-face{{src:url(\"{}\")}}", &font["assets/".len()..])), "{font}");
    assert!(sheet.len() > 10_000, "the theme's own sheet is there, too");
    site.write("assets/style.css", "@import \"style.css\";\n@font-face { src: url(\"fonts/g.woff2\"); }\n");
    insta::assert_snapshot!("sheet", told(&site.build().diagnostics));
}

#[test]
fn only_html_is_a_template() {
    let mut site = small("-- templates/404.html --\n\u{feff}<!doctype html>{{ page.title }}\n");
    for name in ["#home.html#", "home.html.bak", "NOTES.md"] {
        site.write(&format!("templates/{name}"), "{% half");
    }
    site.build_fine();
    assert!(site.page("404.html").starts_with("<!doctype html>"));
}

#[test]
fn overrides_without_effect_are_told() {
    let mut site = small(
        "-- templates/partials/foter.html --\nFoot\n-- templates/wide.html --\nWide\n\
         -- templates/partials/own.html --\nOwn\n-- templates/404.html --\n{% include \"partials/own.html\" %}\n\
         -- template/home.html --\nHome\n",
    );
    insta::assert_snapshot!("idle", told(&site.build().diagnostics));
    for path in ["templates/partials/foter.html", "template/home.html"] {
        site.remove(path);
    }
    std::fs::remove_dir(site.root().join("template")).unwrap();
    let idle = |site: &mut TestSite| site.build().diagnostics.len();
    assert_eq!(idle(&mut site), 1);
    site.edit("content/articles/a.md", "title: a\n", "title: a\ntemplate: wide.html\n");
    assert_eq!(idle(&mut site), 0);
    site.edit("content/articles/a.md", "template: wide.html\n", "");
    assert_eq!(idle(&mut site), 1);
    site.write("content/articles/c.md", &article("c", "2025-01-02", "template: wide.html\n"));
    assert_eq!(idle(&mut site), 0);
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
        // What no view has, used at once.
        "{% for tag in article.tagz %}{{ tag.name }}{% endfor %}",
        "{% if article.tagz | length > 1 %}more{% endif %}",
        "{{ article.titel | upper }}",
        "{{ article.tagz[0] }}",
        "{{ article.tags[5].name }}",
        "{{ article.tags | upper }}",
        "{% if article.title > 3 %}more{% endif %}",
        // Keys of maps that anybody may fill.
        "{{ article.extra.mood }}",
        "{{ article.extra.mood | upper }}",
        "{% for one in site.data.staff %}{{ one }}{% endfor %}",
        "{{ site.drawn.zzz }}",
        "{{ site.words.my_own_word }}",
        // Names of other languages.
        "{{ article.content | sfae }}{{ article.title | upcase }}",
    ] {
        let mut site = small(&format!("-- templates/article.html --\n{template}\n"));
        let mut report = site.build();
        report.diagnostics.truncate(1);
        seen += &told(&report.diagnostics);
    }
    insta::assert_snapshot!("undefined", seen);
}

/// Partials of the theme work in a frame of the site, and tell the language of their words on pages in another one.
#[test]
fn a_frame_of_the_site_can_include_partials_of_the_theme() {
    let mut site = TestSite::new(
        "-- templates/base.html --\n<!doctype html>\n<html lang=\"{{ page.lang }}\" dir=\"{{ page.dir }}\">\n\
         <head>{% include \"partials/head.html\" %}{% block head %}{% endblock head %}</head>\n<body>\n{% include \"partials/masthead.html\" %}\n\
         {% block main %}{% endblock main %}\n</body>\n</html>\n",
    );
    site.write("content/articles/a.md", &article("a", "2025-01-01", ""));
    site.write("content/articles/b.md", &article("b", "2025-01-02", "lang: ar\n"));
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("<header class=\"masthead wrap\">"));
    assert!(
        site.page("2025/01/b/index.html")
            .contains("<header class=\"masthead wrap\" lang=\"en\" dir=\"ltr\">")
    );
}

#[test]
fn templates_use_components_as_the_manual_says() {
    let manual = include_str!("../../docs/content/pages/components.md");
    let form = |start: &str| manual.split('`').find(|code| code.starts_with(start)).unwrap();
    let (note, tide) = (form("{% <note"), form("{{ <tide"));
    let mut site = small(&format!(
        "-- templates/article.html --\n{note}{tide}\n-- templates/components/tide.html --\n\
         {{% component tide(high: string, low: string = \"\") -%}}\n<p>{{{{ high }}}}</p>\n{{%- endcomponent %}}\n"
    ));
    site.build_fine();
    let page = site.page("2025/01/a/index.html");
    assert!(page.contains("<p>It begins in 1868.</p>") && page.contains("<p>04:12</p>"), "{page}");
}
