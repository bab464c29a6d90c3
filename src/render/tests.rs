//! The whole way from ingredients to bytes, with the theme that comes with this program.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::base::fingerprint::Fingerprint;
use crate::config::FeedContent;
use crate::model::article::Body;
use crate::model::collection::Extent;
use crate::model::ingredients::{Ingredients, ListSubject, RedirectsParts, SitemapUrl};
use crate::model::plan::{Goal, HostFile};
use crate::model::profile::{ByKind, TermKind};
use crate::model::theme::Asset;
use crate::view;
use crate::view::fixture::{World, url};

/// The theme `broadsheet` as it lies in the repository, with the one that it extends.
fn broadsheet(language: &str) -> Theme {
    let mut theme = Theme { name: "broadsheet".to_owned(), ..Theme::default() };
    theme.words.language = language.parse().unwrap();
    theme.layers.push("templates/".to_owned());
    for layer in ["base", "broadsheet"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(layer);
        theme.layers.insert(1, format!("themes/{layer}/templates/"));
        read_folder(&folder.join("templates"), "", &mut |name, bytes| {
            let source = String::from_utf8(bytes).unwrap();
            theme.templates.insert(format!("themes/{layer}/templates/{name}"), source);
        });
        read_folder(&folder.join("assets"), "", &mut |name, bytes| {
            let (stem, extension) = name.rsplit_once('.').unwrap();
            let hashed_name = format!("{stem}.{}.{extension}", Fingerprint::of_bytes(&bytes).short());
            theme.assets.insert(name.to_owned(), Asset { bytes, hashed_name });
        });
        if let Ok(words) = std::fs::read_to_string(folder.join(format!("i18n/{language}.toml"))) {
            theme.words.all.extend(crate::config::words(&words, "words.toml").value);
        }
        let manifest: serde_json::Value =
            toml::from_str(&std::fs::read_to_string(folder.join("theme.toml")).unwrap()).unwrap();
        for (name, option) in manifest["options"].as_object().into_iter().flatten() {
            theme.options.insert(name.clone(), option["default"].clone());
        }
    }
    theme
}

fn read_folder(folder: &Path, prefix: &str, each: &mut impl FnMut(&str, Vec<u8>)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), each);
        } else {
            each(&name, std::fs::read(&path).unwrap());
        }
    }
}

fn world() -> World {
    let mut world = World::new();
    world.theme = broadsheet("en");
    world
}

fn extent(has_terms: [bool; 4]) -> Extent {
    Extent { articles: 1, has_terms: ByKind::new(has_terms), unlisted: Arc::default() }
}

fn renderer(world: &World) -> Renderer {
    let site = view::site(&world.config, &world.theme, &extent([true; 4]), BTreeMap::new());
    Renderer::new(&world.theme, &site, 0).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn render(world: &World, ingredients: &Ingredients<'_>, bodies: &[Body]) -> String {
    let view = view::view(ingredients, bodies, &world.site());
    let mut out = Vec::new();
    renderer(world).render(&view, "here", &mut out).unwrap_or_else(|fault| panic!("{fault:#?}"));
    String::from_utf8(out).unwrap()
}

/// Every kind of page and its address.
fn pages(world: &World) -> Vec<(&'static str, String)> {
    let mut pages = Vec::new();
    let mut add = |address: &'static str, ingredients: &Ingredients<'_>, bodies: &[Body]| {
        pages.push((address, render(world, ingredients, bodies)));
    };
    let root = url("/");
    add("/", &world.list(ListSubject::All, &root, None), &[]);
    add("/page/2/", &world.list(ListSubject::All, &root, Some(2)), &[]);
    add("/1923/plain/", &world.article(0), &world.bodies(0));
    add("/2024/03/keepers-notebook/", &world.article(1), &world.bodies(1));
    add("/2024/03/вестник/", &world.article(2), &world.bodies(2));
    add("/2024/04/hostile/", &world.article(3), &world.bodies(3));
    add("/about/", &world.standing(1), &world.bodies(1));
    let front = url("/sources/harbour-gazette/");
    add("/sources/harbour-gazette/", &world.list(world.subject("Harbour Gazette"), &front, None), &[]);
    add(
        "/sources/harbour-gazette/page/2/",
        &world.list(world.subject("Harbour Gazette"), &front, Some(2)),
        &[],
    );
    let front = url("/sources/harbour-gazette/2023/");
    let year = ListSubject::SourceYear(world.term("Harbour Gazette"), 2023);
    add("/sources/harbour-gazette/2023/", &world.list(year, &front, None), &[]);
    let front = url("/tags/sea/");
    add("/tags/sea/", &world.list(world.subject("sea"), &front, None), &[]);
    let front = url("/authors/maren-saltby/");
    add("/authors/maren-saltby/", &world.list(world.subject("Maren Saltby"), &front, None), &[]);
    let front = url("/series/instruments-of-the-shore/");
    let series = world.subject("Instruments of the Shore");
    add("/series/instruments-of-the-shore/", &world.list(series, &front, None), &[]);
    for (address, year, month, day) in
        [("/2024/", 2024, 0, 0), ("/2024/03/", 2024, 3, 0), ("/2024/03/05/", 2024, 3, 5)]
    {
        let front = url(address);
        add(address, &world.list(ListSubject::Period(year, month, day), &front, None), &[]);
    }
    add("/tags/", &world.overview(TermKind::Tag), &[]);
    add("/sources/", &world.overview(TermKind::Source), &[]);
    add("/authors/", &world.overview(TermKind::Author), &[]);
    add("/series/", &world.overview(TermKind::Series), &[]);
    add("/archive/", &World::archive(), &[]);
    add("/404.html", &Ingredients::NotFound, &[]);
    add("/old/", &Ingredients::Redirect(&Goal::Here(url("/2024/03/вестник/"))), &[]);
    let full = FeedContent::Full;
    let (feed, bodies) = world.feed(ListSubject::All, &root, FeedFormat::Atom, full);
    add("/feed.xml", &feed, &bodies);
    let (feed, bodies) = world.feed(ListSubject::All, &root, FeedFormat::Json, full);
    add("/feed.json", &feed, &bodies);
    pages
}

#[test]
fn every_kind_of_page_renders() {
    let world = world();
    let pages = pages(&world);
    // To look at them: MASTHEAD_LOOK is a folder that takes them, below the base path of the site.
    if let Some(folder) = option_env!("MASTHEAD_LOOK") {
        let folder = Path::new(folder).join("sub");
        for (address, text) in &pages {
            let path = folder.join(url(address).out_path().as_str());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        for asset in world.theme.assets.values() {
            let path = folder.join(asset.url().unwrap().out_path().as_str());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &asset.bytes).unwrap();
        }
    }
    for (address, text) in pages {
        if text.contains("<main") {
            assert_eq!(text.matches("<h1").count(), 1, "{address}");
        }
        if !address.ends_with("json") {
            assert!(
                !text.contains("<script>alert") && !text.contains("ld+json\">{\"}</script>"),
                "{address}"
            );
            assert!(!text.contains("{{") || text.contains("{{ x }}"), "{address}");
        }
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "../../tests/cases/render", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// The structured data of a page, with its lines.
fn json_ld(page: &str) -> String {
    let start = "<script type=\"application/ld+json\">";
    let from = page.find(start).unwrap() + start.len();
    let json = &page[from..from + page[from..].find("</script>").unwrap()];
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn structured_data_says_what_the_page_says() {
    let world = world();
    let root = url("/");
    let sea = url("/tags/sea/");
    let outlet = url("/sources/harbour-gazette/");
    snapshot("json-ld-article", &json_ld(&render(&world, &world.article(1), &world.bodies(1))));
    snapshot("json-ld-hostile-article", &json_ld(&render(&world, &world.article(3), &world.bodies(3))));
    snapshot("json-ld-front", &json_ld(&render(&world, &world.list(ListSubject::All, &root, None), &[])));
    snapshot(
        "json-ld-tag-page-2",
        &json_ld(&render(&world, &world.list(world.subject("sea"), &sea, Some(2)), &[])),
    );
    let source = world.list(world.subject("Harbour Gazette"), &outlet, None);
    snapshot("json-ld-source", &json_ld(&render(&world, &source, &[])));
    snapshot("json-ld-standing", &json_ld(&render(&world, &world.standing(1), &world.bodies(1))));
}

#[test]
fn feeds_are_complete() {
    let world = world();
    let root = url("/");
    let sea = url("/tags/sea/");
    let (feed, bodies) = world.feed(ListSubject::All, &root, FeedFormat::Atom, FeedContent::Full);
    snapshot("feed.xml", &render(&world, &feed, &bodies));
    let (feed, bodies) = world.feed(ListSubject::All, &root, FeedFormat::Json, FeedContent::Full);
    snapshot("feed.json", &render(&world, &feed, &bodies));
    let (feed, bodies) = world.feed(world.subject("sea"), &sea, FeedFormat::Atom, FeedContent::Summary);
    snapshot("term-feed.xml", &render(&world, &feed, &bodies));
}

#[test]
fn sitemaps_and_redirects_are_written() {
    let world = world();
    let modified = ["2024-03-05", "1923", "2024-04-01T10:00:00+01:00"];
    let mut urls: Vec<SitemapUrl> = modified
        .iter()
        .zip(&world.articles)
        .map(|(date, article)| SitemapUrl { url: article.url.clone(), modified: date.parse().ok() })
        .collect();
    urls.push(SitemapUrl { url: url("/"), modified: None });
    let parts = vec![url("/sitemap-1.xml"), url("/sitemap-2.xml")];
    let (from, to) = (url("/old page/"), Goal::Here(url("/2024/03/вестник/")));
    let files = [
        ("sitemap.xml", Ingredients::Sitemap(urls)),
        ("sitemap-index.xml", Ingredients::SitemapIndex(parts)),
        ("news-sitemap.xml", Ingredients::NewsSitemap(vec![world.card(1), world.card(3)])),
        ("robots.txt", Ingredients::Robots(vec![url("/sitemap.xml"), url("/news-sitemap.xml")])),
        (
            "redirects",
            Ingredients::RedirectsFile(
                HostFile::Redirects,
                RedirectsParts { moved: vec![(&from, &to)], gone: vec![&from] },
            ),
        ),
        ("redirect.html", Ingredients::Redirect(&to)),
    ];
    for (name, ingredients) in files {
        snapshot(name, &render(&world, &ingredients, &[]));
    }
}

/// What is said of a theme of a few templates; `layer/name` is one template.
fn faults(templates: &[(&str, &str)]) -> String {
    let mut world = World::new();
    world.theme.layers = vec!["own/".to_owned(), "theme/".to_owned()];
    world.theme.templates =
        templates.iter().map(|(path, source)| ((*path).to_owned(), (*source).to_owned())).collect();
    let site = view::site(&world.config, &world.theme, &extent([false; 4]), BTreeMap::new());
    let diagnostics = match Renderer::new(&world.theme, &site, 0) {
        Err(diagnostics) => diagnostics,
        Ok(renderer) => {
            let view = view::view(&world.article(1), &world.bodies(1), &world.site());
            let mut out = Vec::new();
            match renderer.render(&view, "content/a.md", &mut out) {
                Ok(()) => return String::from_utf8(out).unwrap(),
                Err(diagnostic) => vec![*diagnostic],
            }
        }
    };
    let line = |each: &Diagnostic| {
        let place = each
            .place
            .map_or_else(String::new, |place| format!(":{}:{}+{}", place.line, place.column, place.width));
        let hint = each.hint.as_deref().map_or_else(String::new, |hint| format!(" ({hint})"));
        format!("{}{place}: {}{hint}\n", each.file.as_deref().unwrap_or("-"), each.said())
    };
    diagnostics.iter().map(line).collect()
}

#[test]
fn template_errors_are_reported_with_their_places() {
    let cases: [(&str, &[(&str, &str)]); 8] = [
        (
            "all broken templates, not the first; a child of a broken one is silent",
            &[
                ("theme/article.html", "{% extends \"base.html\" %}"),
                ("theme/base.html", "a\n  {{ page.title "),
                ("own/list.html", "{% if %}"),
                ("own/x.html", "{% include \"base.html\" %}"),
            ],
        ),
        (
            "what only shows when templates are joined",
            &[
                ("theme/article.html", "{{ page.title | shout }}\n{% include \"none.html\" %}"),
                ("theme/list.html", "{% extends \"bse.html\" %}"),
                ("theme/page.html", "{{ now() }}"),
            ],
        ),
        (
            "a tag that is not closed, or does not exist",
            &[
                ("theme/article.html", "{% block main %}\n{% if article.date %}\n{% endblock main %}"),
                ("theme/partials/p.html", "a\n{% for tag in article.tags %}"),
                ("theme/list.html", "{% if list.older %}{% elseif list.newer %}{% endif %}"),
            ],
        ),
        ("an unknown field", &[("theme/article.html", "\n{{ article.sumary }}")]),
        ("an unknown name", &[("theme/article.html", "{{ artcle }}")]),
        (
            "an unstable filter",
            &[("theme/article.html", "{{ article.tags | group_by(attribute=\"name\") }}")],
        ),
        ("an unknown template", &[("theme/artikle.html", "")]),
        (
            "a template that extends itself",
            &[("own/article.html", "{% extends \"article.html\" %}"), ("theme/article.html", "")],
        ),
    ];
    let told: Vec<_> =
        cases.iter().map(|(case, templates)| format!("# {case}\n{}", faults(templates))).collect();
    snapshot("template-faults", &told.join("\n"));
}

#[test]
fn upper_layers_override_lower_ones() {
    let base = ("theme/base.html", "base {% block main %}{% endblock %}");
    let seen = faults(&[
        base,
        ("theme/article.html", "{% extends \"base.html\" %}{% block main %}theme{% endblock %}"),
        (
            "own/article.html",
            "{% extends \"theme/article.html\" %}{% block main %}own {{ super() }}{% endblock %}",
        ),
    ]);
    assert_eq!(seen, "base own theme");
    let seen = faults(&[(
        "theme/article.html",
        "{{ \"/a/\" | address }} {{ \"/a/\" | whole }} {{ \"https://b/\" | address }} {{ \"//c\" | whole }}",
    )]);
    assert_eq!(seen, "/sub/a/ https://meridian.example/sub/a/ https://b/ //c");
}

#[test]
fn cards_use_the_topmost_template_or_report_an_error() {
    let article = ("theme/article.html", "{% for card in article.related %}{{ card.drawn.row }}{% endfor %}");
    let drawn = |row| faults(&[article, ("theme/cards/row.html", "theme"), ("own/cards/row.html", row)]);
    let seen = drawn("<b>{{ card.title }}</b>{% if page is defined %}page{% endif %}");
    assert_eq!(seen.matches("<b>").count(), 3, "{seen}");
    assert!(
        seen.contains("<b>&lt;/script&gt;") && !seen.contains("page") && !seen.contains("theme"),
        "{seen}"
    );
    let told = drawn("\n{{ card.titel.x }}");
    assert!(told.starts_with("own/cards/row.html:2:") && told.contains("the card of"), "{told}");
}

#[test]
fn shared_parts_are_rendered_once_without_a_page_or_report_an_error() {
    let article = ("theme/article.html", "{{ site.drawn.foot }}");
    let drawn = |foot| faults(&[article, ("theme/site/foot.html", "theme"), ("own/site/foot.html", foot)]);
    let seen = drawn("<b>{{ site.title }}</b>{% if page is defined or article is defined %}page{% endif %}");
    assert_eq!(seen, "<b>The Meridian</b>");
    let told = drawn("\n{{ site.titel.x }}");
    assert!(told.starts_with("own/site/foot.html:2:") && told.contains("the shared templates"), "{told}");
}

#[test]
fn the_head_describes_the_page_to_machines() {
    let mut world = World::new();
    world.theme.templates = [("article.html".to_owned(), "{{ head }}".to_owned())].into();
    snapshot("head.html", &render(&world, &world.article(1), &world.bodies(1)));
    snapshot("head-hostile.html", &render(&world, &world.article(3), &world.bodies(3)));
    world.theme.options.insert("share_picture".to_owned(), "/p.jpg".into());
    let seen = render(&world, &world.article(0), &world.bodies(0));
    let preview = "<meta property=\"og:image\" content=\"https://meridian.example/sub/p.jpg\">\n\
                   <meta name=\"twitter:card\" content=\"summary_large_image\">\n";
    assert!(seen.contains(preview), "{seen}");
}

#[test]
fn everything_but_the_body_is_escaped() {
    let mut world = World::new();
    world.theme.templates =
        [("article.html".to_owned(), "{{ article.title }}|{{ article.content | safe }}".to_owned())].into();
    let page = render(&world, &world.article(3), &world.bodies(3));
    assert!(page.starts_with("&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)"), "{page}");
    assert!(page.ends_with("<p>]]&gt; &lt;/script&gt; \u{1}</p>"), "{page}");
}
