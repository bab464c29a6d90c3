//! Where articles come from: which copy search engines keep, what has no page, how much is shown, what feeds say.

use crate::support::{SITE_TOML, TestSite, article, told};

const GAZETTE: &str = "source: {outlet: Gazette, url: 'https://gazette.example/a'";

/// A site whose articles are `(slug, more front matter)`.
fn site(articles: &[(&str, String)]) -> TestSite {
    let site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}[outputs]\nrss_feed = true\narticle_json = true\narticle_markdown = true\n"
    ));
    for (day, (slug, more)) in (1..).zip(articles) {
        let text = article(&format!("About {slug}"), &format!("2025-03-{day:02}"), more);
        site.write(&format!("content/articles/{slug}.md"), &text);
    }
    site
}

#[test]
fn the_role_decides_which_copy_is_kept_unless_somebody_says_otherwise() {
    let roles = ["republished", "excerpt", "summary", "translation", "based-on", "via"];
    let role = |role: &str| (role.to_owned(), format!("{GAZETTE}, role: {role}}}\n"));
    let mut all: Vec<(String, String)> = roles.into_iter().map(role).collect();
    all.push(("own".to_owned(), format!("{GAZETTE}}}\nindex: self\n")));
    all.push(("canonical".to_owned(), format!("{GAZETTE}}}\nindex: canonical\n")));
    all.push(("unknown-original".to_owned(), "source: Gazette\n".to_owned()));
    let all: Vec<(&str, String)> = all.iter().map(|(slug, more)| (slug.as_str(), more.clone())).collect();
    let mut site = site(&all);
    site.build_fine();
    let page = |slug: &str| site.page(&format!("2025/03/{slug}/index.html"));
    let sitemap = site.page("sitemap.xml");
    for (slug, is_own) in [
        ("republished", false),
        ("excerpt", true),
        ("summary", true),
        ("translation", true),
        ("based-on", true),
        ("via", true),
        ("own", true),
        ("canonical", false),
        ("unknown-original", true),
    ] {
        assert_eq!(sitemap.contains(&format!("/2025/03/{slug}/")), is_own, "{slug} in the sitemap");
        let is_hidden = page(slug).contains("content=\"noindex\"");
        assert_eq!(is_hidden, slug == "republished", "{slug} tells search engines to keep away");
    }
    assert!(page("canonical").contains("rel=\"canonical\" href=\"https://gazette.example/a\""));
}

#[test]
fn what_is_only_linked_has_no_page_and_everything_leads_to_the_original() {
    let linked = format!(
        "{GAZETTE}}}\nindex: link-only\ntags: [sea]\naliases: [/old/]\ncorrections: [{{date: 2025-04-01, text: The tide was late.}}]\n"
    );
    let mut site = site(&[("linked", linked), ("other", "tags: [sea]\nrelated: [linked]\n".to_owned())]);
    site.edit(
        "content/articles/other.md",
        "The text of About other.",
        "See [it](linked.md#x), [[linked]] and [there](/2025/03/linked/).",
    );
    site.build_fine();
    let own = "2025/03/linked";
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).replace("https://test.example/2025/03/linked/", "ID");
        let is_feed = path.ends_with(".xml") || path.ends_with(".json");
        assert!(!path.contains(own) && path != "old/index.html", "`{path}` is there");
        assert!(
            !text.contains(own) && (is_feed || !text.contains("ID")),
            "`{path}` leads to a page that is not there"
        );
    }
    let other = site.page("2025/03/other/index.html");
    assert!(other.matches("https://gazette.example/a").count() >= 4, "{other}");
    assert!(other.contains("About linked"));
    assert!(site.page("corrections/index.html").contains("https://gazette.example/a"));
    assert!(site.page("feed.xml").contains("href=\"https://gazette.example/a\""));
    assert!(
        site.page("rss.xml")
            .contains("<guid isPermaLink=\"false\">https://test.example/2025/03/linked/</guid>")
    );
    assert!(!site.page("sitemap.xml").contains("gazette.example"));
}

#[test]
fn an_article_that_sends_readers_nowhere_is_told_of() {
    let mut site = site(&[("lost", "source: Gazette\nindex: link-only\n".to_owned())]);
    let report = site.build();
    assert!(told(&report.diagnostics).contains("its address is not known"), "{}", told(&report.diagnostics));
}

#[test]
fn an_outlet_decides_how_much_of_it_is_shown() {
    let mut site = site(&[("long", format!("{GAZETTE}, archive: 'https://archive.example/1'}}\n"))]);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 5\n---\n");
    let text = "One two three.\n\n> Four five.\n\nSix seven eight nine ten.\n";
    site.edit("content/articles/long.md", "The text of About long.", text);
    site.build_fine();
    for path in [
        "2025/03/long/index.html",
        "feed.xml",
        "rss.xml",
        "feed.json",
        "2025/03/long/index.json",
        "2025/03/long/index.md",
    ] {
        let shown = site.page(path);
        assert!(shown.contains("Four five.") && !shown.contains("Six seven"), "`{path}` shows {shown}");
    }
    let page = site.page("2025/03/long/index.html");
    assert!(page.contains("class=\"read-on\"") && page.contains("\"wordCount\":5"), "{page}");
    assert!(
        page.contains("data-versionurl=\"https://archive.example/1\"") && page.contains("\"archivedAt\"")
    );
}

#[test]
fn quotes_and_feeds_say_where_they_are_from() {
    let mut site = site(&[("part", format!("{GAZETTE}, role: excerpt}}\n"))]);
    let text = "> Said there.\n\n> Said elsewhere.\n>\n> — [A book](https://book.example/)\n";
    site.edit("content/articles/part.md", "The text of About part.", text);
    site.build_fine();
    let page = site.page("2025/03/part/index.html");
    assert!(page.contains("<blockquote cite=\"https://gazette.example/a\">"), "{page}");
    assert!(page.contains("<blockquote cite=\"https://book.example/\">"), "{page}");
    assert!(
        site.page("feed.json")
            .contains("<p>An excerpt from <a href=\\\"https://gazette.example/a\\\">Gazette</a></p>")
    );
}

#[test]
fn addresses_alone_find_their_outlets() {
    let of = |number: usize| {
        let www = if number.is_multiple_of(3) { "www." } else { "" };
        format!("source_url: https://{www}paper{}.example/{number}\n", number % 40)
    };
    let names: Vec<String> = (0..400).map(|number| format!("n{number}")).collect();
    let mut site = TestSite::plain(SITE_TOML);
    for (number, name) in names.iter().enumerate() {
        let text = article(name, "2025-03-01", &of(number));
        site.write(&format!("content/articles/{name}.md"), &text);
    }
    site.build_fine();
    let is_front = |path: &&String| path.starts_with("sources/paper") && path.matches('/').count() == 2;
    let fronts = site.output();
    assert_eq!(fronts.keys().filter(is_front).filter(|path| path.ends_with("index.html")).count(), 40);
}
