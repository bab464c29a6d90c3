//! Components in Markdown: what articles write, the theme draws, in pages and feeds alike.

use std::path::Path;

use crate::support::{SITE_TOML, TestSite, told};

const NOTE: &str = "-- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\nA text.\n\n";

/// What stands in the article's page between the beginning of its text and its end.
fn text_of(page: &str) -> &str {
    let start = page.find("A text.</p>").expect("the article's text") + "A text.</p>".len();
    let end = page[start..].find("<p>The end.</p>").expect("the end of the text") + start;
    page[start..end].trim()
}

fn drawn(markdown: &str, files: &str) -> String {
    let mut site = TestSite::new(&format!("{NOTE}{markdown}\n\nThe end.\n{files}"));
    let small_png = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/pictures");
    let picture = std::fs::read_dir(small_png)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "jpg"))
        .unwrap();
    std::fs::copy(picture, site.root().join("content/articles/map.jpg")).unwrap();
    site.build_fine();
    text_of(&site.page("2025/01/a/index.html")).to_owned()
}

#[test]
fn every_component_of_the_base_theme_is_rendered() {
    insta::assert_snapshot!("note", drawn("::: note {kind=\"tip\"}\nA *tip*.\n:::", ""));
    insta::assert_snapshot!(
        "figure",
        drawn(
            "::: figure {src=\"map.jpg\" alt=\"A map\" credit=\"Ida\" license=\"CC0\" href=\"/2025/01/a/\"}\nA **caption**.\n:::",
            ""
        )
    );
    insta::assert_snapshot!(
        "pull-quote",
        drawn("::: pull-quote {by=\"Ida\" role=\"Keeper\"}\nWords.\n:::", "")
    );
    insta::assert_snapshot!(
        "gallery",
        drawn("::: gallery {caption=\"Two\"}\n![A](map.jpg \"First\")\n![B](map.jpg)\n:::", "")
    );
    insta::assert_snapshot!(
        "audio",
        drawn(
            "::: audio {src=\"bell.ogg\" title=\"The bell\"}\nIt rings.\n:::",
            "-- content/articles/bell.ogg --\nx\n"
        )
    );
    insta::assert_snapshot!(
        "video",
        drawn(
            "::: video {src=\"https://films.example/x.mp4\" poster=\"map.jpg\" captions_src=\"x.vtt\"}\n:::",
            "-- content/articles/x.vtt --\nWEBVTT\n"
        )
    );
    insta::assert_snapshot!("timeline", drawn("::: timeline\n1871-05-03\n: The lamp is lit.\n:::", ""));
    insta::assert_snapshot!(
        "data-table",
        drawn(
            "::: data-table {caption=\"Heights\" source=\"Survey\" href=\"https://e.example/\"}\n```csv\nPlace,Height\nSkerry <Point>,41\n```\n:::",
            ""
        )
    );
    insta::assert_snapshot!(
        "data-table-of-a-file",
        drawn(
            "::: data-table {data=\"heights\"}\n:::",
            "-- data/heights.csv --\nPlace,Height\nSkerry Point,41\n"
        )
    );
    insta::assert_snapshot!(
        "nested",
        drawn(":::: note {title=\"<b>&\"}\n::: pull-quote\nInside.\n:::\n\nAfter.\n::::", "")
    );
}

#[test]
fn feeds_have_components_with_absolute_addresses() {
    let mut site = TestSite::new(&format!(
        "{NOTE}::: audio {{src=\"bell.ogg\" title=\"The bell\"}}\nIt [rings](#end).\n:::\n\n# End\n-- content/articles/bell.ogg --\nx\n"
    ));
    site.build_fine();
    let feed = site.page("feed.json");
    assert!(feed.contains("<audio src=\\\"https://test.example/2025/01/a/bell.ogg\\\""), "{feed}");
    assert!(feed.contains("<p>It <a href=\\\"https://test.example/2025/01/a/#end\\\">rings"), "{feed}");
    assert!(site.page("feed.xml").contains("audio src=&quot;https://test.example/2025/01/a/bell.ogg&quot;"));
    assert!(feed.contains("\"summary\": \"A text.\""), "{feed}");
}

#[test]
fn arguments_are_always_escaped() {
    let page = drawn(
        "::: note {title=\"<script>alert(1)</script> {{ site.title }} \\\" onclick=x\"}\n{{ site.title }}\n:::",
        "-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://test.example/\"\n[lint]\nforeign-tag = \"off\"\n",
    );
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{ site.title }} &quot; onclick=x"),
        "{page}"
    );
    assert!(page.contains("<p>{{ site.title }}</p>"), "{page}");
}

#[test]
fn a_site_can_add_and_override_components() {
    let files = "-- templates/components/sea-map.html --\n\
        {% component sea_map(zoom: integer = 3, wide = false, @site) {\"choices\": {}} -%}\n\
        <p data-zoom=\"{{ zoom + 1 }}\"{% if wide %} class=\"wide\"{% endif %}>{{ site.title }}: {{ body }}</p>{% endcomponent %}\n\
        -- templates/components/note.html --\n{% component note(kind = \"x\") %}<b>{{ body }}</b>{% endcomponent %}\n";
    assert_eq!(
        drawn("::: sea-map {zoom=7 wide}\n:::", files),
        "<p data-zoom=\"8\" class=\"wide\">Test: </p>"
    );
    assert_eq!(drawn("::: note\nHere.\n:::", files), "<b><p>Here.</p>\n</b>");
}

#[test]
fn a_faulty_component_is_reported_at_its_new_place() {
    let mut site = TestSite::new(&format!("{NOTE}::: nota\nHere.\n:::\n"));
    assert!(told(&site.build().diagnostics).contains("a.md:7:5 there is no component `nota`"));
    site.edit("content/articles/a.md", "A text.\n", "A text.\n\nAnother.\n");
    assert!(told(&site.build().diagnostics).contains("a.md:9:5 there is no component `nota`"));
    site.write("templates/components/nota.html", "{% component nota() %}<i>{{ body }}</i>{% endcomponent %}");
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("<i><p>Here.</p>\n</i>"));
    site.write("templates/components/nota.html", "{% component nota() %}<u>{{ body }}</u>{% endcomponent %}");
    site.build_fine();
    assert!(site.page("2025/01/a/index.html").contains("<u><p>Here.</p>\n</u>"));
}

#[test]
fn faulty_components_are_shown_as_plain_content_if_the_rule_is_off() {
    let files = "-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://test.example/\"\n[lint]\nbad-component = \"off\"\n";
    assert_eq!(
        drawn("::: nota {x=1}\nHere.\n:::\n\n::: figure\nThere.\n:::", files),
        "<p>Here.</p>\n<p>There.</p>"
    );
}

#[test]
fn a_component_without_content_keeps_its_place() {
    let check = |markdown: &str, expected: &[&str]| {
        let mut site = TestSite::new(&format!("{NOTE}{markdown}\n"));
        site.write(
            "templates/components/note.html",
            "{% component note() %}[{{ body | safe | trim }}]{% endcomponent note %}",
        );
        site.write("templates/components/dot.html", "{% component dot() %}*{% endcomponent dot %}");
        site.build_fine();
        let page = site.page("2025/01/a/index.html");
        let start = page.find("A text.</p>").unwrap();
        let text = &page[start..page[start..].find("</div>").unwrap() + start];
        let signs: String = text.chars().filter(|c| "[]*!?".contains(*c)).collect();
        assert_eq!([signs.as_str()], expected, "{markdown}: {text}");
    };
    check("::: dot\n:::", &["*"]);
    check("::: note\n:::", &["[]"]);
    check("!\n\n::: dot\n:::\n\n?", &["!*?"]);
    check(":::: note\n!\n\n::: dot\n:::\n\n::::\n\n?", &["[!*]?"]);
    check(":::: note\n!\n::::\n\n::: dot\n:::\n\n?", &["[!]*?"]);
    check(":::: note\n::: dot\n:::\n::::", &["[*]"]);
    check(":::: note\n::::\n\n::: dot\n:::", &["[]*"]);
    check("::::: note\n:::: note\n::: dot\n:::\n::::\n::: dot\n:::\n:::::\n\n::: dot\n:::", &["[[*]*]*"]);
}

#[test]
fn the_words_of_a_component_are_in_the_language_of_its_article() {
    let article = |name: &str, lang: &str| {
        format!(
            "-- content/articles/{name}.md --\n---\ntitle: {name}\ndate: 2025-01-01\n{lang}---\n::: note\nText.\n:::\n"
        )
    };
    let articles = [("a", ""), ("b", "lang: de\n"), ("c", "lang: de-AT\n"), ("d", "lang: sw\n")]
        .map(|(name, lang)| article(name, lang));
    let mut site = TestSite::new(&articles.concat());
    site.write("site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"fr\"\n");
    site.build_fine();
    let title = |site: &TestSite, name: &str| {
        let page = site.page(&format!("2025/01/{name}/index.html"));
        let start = page.find("note-title\">").unwrap() + "note-title\">".len();
        page[start..start + page[start..].find('<').unwrap()].to_owned()
    };
    // What the theme does not speak is told in the language of the site.
    assert_eq!(
        ["a", "b", "c", "d"].map(|name| title(&site, name)),
        ["Remarque", "Hinweis", "Hinweis", "Remarque"]
    );
    assert!(site.page("feed.xml").contains("Hinweis"));
    // A theme that learns a language tells it on the pages that are there already.
    site.write("themes/broadsheet/theme.toml", "name = \"broadsheet\"\nextends = \"base\"\n");
    site.write("themes/broadsheet/i18n/sw.toml", "note-note = \"Kumbuka\"\n");
    site.build();
    assert_eq!(title(&site, "d"), "Kumbuka");
}

#[test]
fn the_twins_of_an_article_have_what_its_components_are_given() {
    let mut site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}[outputs]\narticle_json = true\narticle_markdown = true\n{NOTE}\
        ::: figure {{src=\"map.png\" alt=\"A map\" credit=\"Ida\"}}\nA *caption*.\n:::\n\n\
        ::: audio {{src=\"/bell.ogg\" title=\"The bell\"}}\n:::\n\n\
        ::: data-table {{data=\"heights\"}}\n:::\n\n\
        :::: note {{title=\"Mind\"}}\n::: pull-quote {{by=\"Ada\"}}\nWords.\n:::\n::::\n\n\
        ![B](map.png \"The \\\"old\\\" map\") and\n\n- [x] done\n- [ ] due\n\
        -- content/articles/map.png --\nx\n-- static/bell.ogg --\nx\n-- data/heights.csv --\nPlace,Height\nSkerry,41\n"
    ));
    site.build_fine();
    let json: serde_json::Value = serde_json::from_str(&site.page("2025/01/a/index.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    assert_eq!(json["content_html"], feed["items"][0]["content_html"]);
    insta::assert_snapshot!("twin-in-markdown", site.page("2025/01/a/index.md"));
}

#[test]
fn the_twins_of_an_article_do_not_tell_what_is_meant_for_templates() {
    let mut site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}[outputs]\narticle_json = true\narticle_markdown = true\n\
        -- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\nextra: {{desk: Call Ida}}\n---\nText.\n"
    ));
    site.build_fine();
    for (path, page) in site.output() {
        assert!(!String::from_utf8_lossy(&page).contains("Call Ida"), "{path}");
    }
}
