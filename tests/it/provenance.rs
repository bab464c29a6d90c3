//! Where articles come from: which copy search engines keep, what has no page, how much is shown, what feeds
//! say.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::golden;
use crate::support::{SITE_TOML, TestSite, article, told};

const GAZETTE: &str = "source: {outlet: Gazette, url: 'https://gazette.example/a'";

/// A site whose articles are `(slug, more front matter)`, and may be copies of one original.
fn site(articles: &[(&str, String)]) -> TestSite {
    let site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}[outputs]\nrss_feed = true\narticle_json = true\narticle_markdown = true\n[lint]\nsame-original = \"off\"\n"
    ));
    for (day, (slug, more)) in (1..).zip(articles) {
        let text = article(&format!("About {slug}"), &format!("2025-03-{day:02}"), more);
        site.write(&format!("content/articles/{slug}.md"), &text);
    }
    site
}

/// Every article of the golden site whose policy follows from what its name says: its place, and the policy.
fn policies() -> Vec<(String, &'static str)> {
    let policies = ["self", "canonical", "noindex", "link-only"];
    let roles = [
        ("republished", "noindex"),
        ("excerpt", "canonical"),
        ("summary", "self"),
        ("translation", "self"),
        ("based-on", "self"),
        ("via", "link-only"),
    ];
    let by_article = roles
        .iter()
        .flat_map(|(role, _)| policies.map(|policy| (format!("2025/03/{role}-{policy}"), policy)));
    let by_outlet = policies.iter().map(|policy| (format!("2025/05/by-outlet-{policy}"), *policy));
    let by_role = roles.iter().map(|(role, policy)| (format!("2025/04/by-role-{role}"), *policy));
    let article_first = [("2025/05/article-over-outlet".to_owned(), "self")];
    by_article.chain(by_outlet).chain(by_role).chain(article_first).collect()
}

#[test]
fn the_copy_to_index_is_set_by_article_then_outlet_then_role() {
    let mut site = TestSite::copy_of(&golden::folder("sources").join("site"));
    site.build_fine();
    let (output, map) = (site.output(), site.page("sitemap.xml"));
    let feeds = ["feed.xml", "rss.xml", "feed.json"].map(|feed| site.page(feed));
    for (place, policy) in policies() {
        let own = format!("https://sources.example/{place}/");
        let original = match place.strip_prefix("2025/05/by-outlet-") {
            Some(outlet) => format!("https://{outlet}.example/by-outlet-{outlet}"),
            None if place.ends_with("over-outlet") => "https://link-only.example/over".to_owned(),
            None => format!("https://gazette.example/{}", place.rsplit('/').next().unwrap()),
        };
        assert_eq!(map.contains(&own), policy == "self", "{place} in the sitemap");
        let leads_to = if policy == "link-only" { &original } else { &own };
        let links = [
            "<link rel=\"alternate\" type=\"text/html\" href=\"URL\"/>",
            "<link>URL</link>",
            "\"url\": \"URL\"",
        ];
        for (feed, link) in feeds.iter().zip(links) {
            assert!(feed.contains(&link.replace("URL", leads_to)), "{place} in a feed");
        }
        let page = output.get(&format!("{place}/index.html")).map(|page| String::from_utf8_lossy(page));
        assert_eq!(page.is_none(), policy == "link-only", "{place}");
        let Some(page) = page else { continue };
        let canonical = if policy == "canonical" { &original } else { &own };
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{place}");
        let robots =
            page.split("<meta name=\"robots\" content=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
        let expected = match policy {
            "self" => Some("max-image-preview:large"),
            "noindex" => Some("noindex"),
            _ => None,
        };
        assert_eq!(robots, expected, "{place}");
    }
}

#[test]
fn without_an_original_an_article_keeps_its_page() {
    let mut site = site(&[("unknown", "source: Gazette\n".to_owned())]);
    site.build_fine();
    assert!(site.page("sitemap.xml").contains("/2025/03/unknown/"));
    assert!(!site.page("2025/03/unknown/index.html").contains("\"noindex\""));
}

#[test]
fn link_only_articles_have_no_page_and_all_links_lead_to_the_original() {
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
        assert!(!path.contains(own), "`{path}` is there");
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
    assert!(site.page("old/index.html").contains("content=\"0; url=https://gazette.example/a\""));
    assert_eq!(site.page("_redirects"), "/old/ https://gazette.example/a 301\n");
    // What it leads to follows the original, and the alias itself when it is the address of an article
    // without a page.
    site.edit("content/articles/linked.md", "https://gazette.example/a", "https://gazette.example/b");
    site.edit("content/articles/linked.md", "aliases: [/old/]", "aliases: [/old/, /2025/03/linked/]");
    site.build_fine();
    let redirects = "/2025/03/linked/ https://gazette.example/b 301\n/old/ https://gazette.example/b 301\n";
    assert_eq!(site.page("_redirects"), redirects);
}

#[test]
fn a_link_only_article_without_an_address_is_reported() {
    let mut site = site(&[("lost", "source: Gazette\nindex: link-only\n".to_owned())]);
    let report = site.build();
    assert!(told(&report.diagnostics).contains("its address is not known"), "{}", told(&report.diagnostics));
}

#[test]
fn microformats_name_the_article_and_its_source() {
    for theme in ["base", "broadsheet", "quiet", "wire"] {
        let more = format!(
            "authors: [Ada]\ntags: [sea]\nupdated: 2025-04-01\nsummary: Short.\n{GAZETTE}, author: Ada, published: 2025-01-02}}\n"
        );
        let mut site = site(&[("a", more)]);
        site.write(
            "site.toml",
            &format!("title = \"S\"\nbase_url = \"https://s.example/\"\ntheme = \"{theme}\"\n"),
        );
        site.build_fine();
        let page = site.page("2025/03/a/index.html");
        for part in [
            "h-entry\"",
            "<h1 class=\"p-name\">About a<data class=\"u-url\" value=\"/2025/03/a/\"></data></h1>",
            "p-summary\">Short.",
            "<time class=\"dt-published\" datetime=\"2025-03",
            "<time class=\"dt-updated\" datetime=\"2025-04-01\"",
            "class=\"p-author h-card\" rel=\"author\" href=\"/authors/ada/\"",
            "class=\"p-category\" rel=\"tag\"",
            "h-cite\"",
            "<strong class=\"p-publication\"",
            "<data class=\"p-name\" value=\"About a\"></data>",
            "<dd><bdi class=\"p-author\">Ada</bdi></dd>",
            "<time class=\"dt-published\" datetime=\"2025-01-02\"",
            "u-url\" href=\"https://gazette.example/",
        ] {
            assert!(page.contains(part), "{theme} lacks {part}: {page}");
        }
    }
}

/// WCAG 2.2, 3.1.2 (language of parts).
#[test]
fn text_in_another_language_than_the_page_around_it_says_so() {
    let source = "source: {url: 'https://lm.example/', lang: fr, title: Le titre, role: translation}\n";
    let corrections = "lang: ar\ncorrections: [{date: 2025-03-06, text: نص}]\n";
    let withdrawn = "lang: ar\nwithdrawn: {date: 2025-03-06, reason: سبب}\n";
    let mut site = site(&[("a", format!("{source}{corrections}")), ("b", withdrawn.to_owned())]);
    site.build_fine();
    let check = |path: &str, part: &str| {
        let page = site.page(path);
        assert!(page.contains(part), "{part} is not in {page}");
    };
    check("2025/03/a/index.html", "<cite class=\"p-name\" lang=\"fr\" dir=\"ltr\">Le titre</cite>");
    check("2025/03/a/index.html", "</time>: <span lang=\"ar\" dir=\"rtl\">نص</span></p>");
    check("2025/03/b/index.html", "<div class=\"prose\" lang=\"ar\" dir=\"rtl\"><p>سبب</p></div>");
}

#[test]
fn an_outlet_limits_the_words_shown() {
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
        assert!(shown.contains("Read the original"), "`{path}` shows {shown}");
    }
    let page = site.page("2025/03/long/index.html");
    assert!(page.contains("class=\"read-on\"") && page.contains("\"wordCount\":5"), "{page}");
    assert!(
        page.contains("data-versionurl=\"https://archive.example/1\"") && page.contains("\"archivedAt\"")
    );
}

#[test]
fn a_limit_of_words_cuts_texts_with_raw_html_where_no_element_is_open() {
    let mut site = site(&[("raw", format!("{GAZETTE}}}\n"))]);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 5\n---\n");
    let text =
        "One <b>two</b>.\n\n<div>\n\nThree.\n\nFour.\n\n</div>\n\n<table>\n\nFive.\n\n</table>\n\nSix.\n";
    site.edit("content/articles/raw.md", "The text of About raw.\n", text);
    for (most, last) in [(1, ""), (2, "two"), (3, "two"), (4, "Four."), (5, "Five."), (6, "Six.")] {
        site.write("content/sources/gazette.md", &format!("---\nname: Gazette\nmax_words: {most}\n---\n"));
        site.build_fine();
        let page = site.page("2025/03/raw/index.html");
        let prose = page.split("e-content\">").nth(1).unwrap().split("<p class=\"read-on\"").next().unwrap();
        let shown: Vec<_> = ["two", "Three.", "Four.", "Five.", "Six."]
            .into_iter()
            .filter(|word| prose.contains(word))
            .collect();
        assert_eq!(shown.last().copied().unwrap_or_default(), last, "{most}: {prose}");
        assert!(prose.matches("<div>").count() <= prose.matches("</div>").count(), "{prose}");
    }
}

#[test]
fn a_limit_of_words_holds_for_any_source_whose_text_it_is_and_counts_captions() {
    let seconds = "[{outlet: Other, role: via, url: 'https://o.example/'}, {outlet: Gazette, role: republished, url: 'https://g.example/'}]";
    let mut site =
        site(&[("second", format!("source: {seconds}\n")), ("own", format!("{GAZETTE}, role: via}}\n"))]);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 5\n---\n");
    for article in ["second", "own"] {
        let text = "One two.\n\n![](https://p.example/a.png \"Three four five six\")\n\n::: note {title=\"Seven eight\"}\nNine.\n:::\n";
        site.edit(
            &format!("content/articles/{article}.md"),
            &format!("The text of About {article}.\n"),
            text,
        );
    }
    site.build_fine();
    let [second, own] = ["second", "own"].map(|article| site.page(&format!("2025/03/{article}/index.html")));
    assert!(
        second.contains("One two.")
            && second.contains("class=\"read-on\"><a href=\"https://g.example/\"")
            && !second.contains("Three"),
        "{second}"
    );
    assert!(
        own.contains("Three four") && own.contains("Seven eight") && own.contains("\"wordCount\":9"),
        "{own}"
    );
}

#[test]
fn a_limit_of_words_counts_the_summary_and_spares_own_texts() {
    let of_role = |role: &str| format!("{GAZETTE}, role: {role}}}\n");
    let roles = ["republished", "excerpt", "translation", "summary", "based-on", "via"];
    let articles = roles.map(|role| (role, of_role(role)));
    let mut site = site(&articles);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 5\n---\n");
    let text = "- One two three.\n\n## Four\n\nFive six seven eight nine ten.\n\nThe end.\n";
    for role in roles {
        site.edit(&format!("content/articles/{role}.md"), &format!("The text of About {role}.\n"), text);
    }
    site.build_fine();
    for role in roles {
        let page = site.page(&format!("2025/03/{role}/index.html"));
        let is_cut = ["republished", "excerpt", "translation"].contains(&role);
        assert_eq!(page.contains("The end."), !is_cut, "{role}");
        assert_eq!(page.contains("class=\"read-on\""), is_cut, "{role}");
        // Neither a heading without a text, nor more words than allowed.
        let description = if is_cut { "\"Five…\"" } else { "\"Five six seven eight nine ten.\"" };
        assert!(
            page.contains(&format!("<meta name=\"description\" content={description}")),
            "{role}: {page}"
        );
        assert_eq!(page.contains(">Four<"), !is_cut, "{role}");
    }
    site.edit("content/sources/gazette.md", "max_words: 5", "max_words: 0");
    site.build_fine();
    assert!(!site.page("2025/03/excerpt/index.html").contains('…'));
}

#[test]
fn only_files_in_the_part_of_a_text_that_is_shown_are_published() {
    let of_gazette = format!("{GAZETTE}}}\n");
    let mut site = site(&[("long", of_gazette.clone()), ("old/index", of_gazette.clone())]);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 5\n---\n");
    let text = "One two three.\n\n![Shown](shown.png)\n\nFour five six seven.\n\n![Cut](cut.png)\n\n[Data](cut.csv)\n";
    for (article, folder) in [("long", ""), ("old/index", "old/")] {
        let article = format!("content/articles/{article}.md");
        let written = fs::read_to_string(site.root().join(&article)).unwrap();
        site.write(&article, &format!("{}{text}", written.split("The text").next().unwrap()));
        for file in ["shown.png", "cut.png", "cut.csv", "unused.csv"] {
            site.write(&format!("content/articles/{folder}{file}"), file);
        }
    }
    let published = |site: &TestSite| -> String {
        let files = site.output().into_keys().filter(|path| path.ends_with(['g', 'v']));
        files.filter_map(|path| path.strip_prefix("2025/03/").map(|path| format!("{path} "))).collect()
    };
    site.build_fine();
    assert_eq!(published(&site), "long/shown.png old/shown.png ");
    // A new file in the bundle, and an edit that moves a picture behind the limit.
    site.write("content/articles/old/new.csv", "new");
    site.edit("content/articles/long.md", "One two three.", "One two three, and even more.");
    site.build_fine();
    assert_eq!(published(&site), "old/shown.png ");
    site.edit("content/articles/long.md", ", and even more.", ".");
    site.build_fine();
    assert_eq!(published(&site), "long/shown.png old/shown.png ");
    // A new article.
    let long = fs::read_to_string(site.root().join("content/articles/long.md")).unwrap();
    site.write("content/articles/second.md", &long.replace("About long", "About the second"));
    site.build_fine();
    assert_eq!(published(&site), "long/shown.png old/shown.png second/shown.png ");
    // The picture of the card is always shown.
    site.edit("content/articles/second.md", "---\ntitle", "---\nimage: cut.png\ntitle");
    site.edit("content/sources/gazette.md", "max_words: 5", "max_words: 2");
    site.build_fine();
    assert_eq!(published(&site), "second/cut.png ");
    site.edit("content/sources/gazette.md", "max_words: 2", "max_words: 100");
    site.build_fine();
    let all = "long/cut.csv long/cut.png long/shown.png old/cut.csv old/cut.png old/new.csv old/shown.png old/unused.csv \
               second/cut.csv second/cut.png second/shown.png ";
    assert_eq!(published(&site), all);
}

#[test]
fn links_to_an_original_carry_its_archived_copy() {
    let archived = ", archive: 'https://archive.example/1', retrieved: 2025-02-03";
    let copy = " data-versionurl=\"https://archive.example/1\" data-versiondate=\"2025-02-03\"";
    let mut site = site(&[
        ("text", format!("{GAZETTE}{archived}}}\n")),
        ("gone", format!("{GAZETTE}{archived}}}\nindex: link-only\ntags: [sea]\n")),
        ("bare", format!("{GAZETTE}}}\nindex: link-only\ntags: [sea]\n")),
    ]);
    let links = "They [wrote](https://gazette.example/a) and [wrote](https://gazette.example/b).\n\n::: note\n\
                 [Here](https://gazette.example/a) and [there](https://gazette.example/a).\n:::\n";
    site.edit("content/articles/text.md", "The text of About text.", links);
    site.build_fine();
    let page = site.page("2025/03/text/index.html");
    let (_, text) = page.split_once("e-content").unwrap();
    let (text, below) = text.split_once("class=\"provenance").unwrap();
    assert_eq!(text.matches(&format!("<a href=\"https://gazette.example/a\"{copy}>")).count(), 3, "{page}");
    assert!(below.contains(&format!("{copy}>About gone</a>")), "related: {below}");
    assert!(page.contains("<a href=\"https://gazette.example/b\">wrote</a>"), "{page}");
    for path in ["feed.xml", "rss.xml", "feed.json", "2025/03/text/index.json"] {
        assert_eq!(site.page(path).matches("data-versionurl=").count(), 3, "{path}");
    }
    assert!(!site.page("2025/03/text/index.md").contains("versionurl"));
    for theme in ["base", "broadsheet", "quiet", "wire"] {
        let lint = "[lint]\nsame-original = \"off\"\n";
        site.write("site.toml", &format!("{SITE_TOML}theme = \"{theme}\"\n{lint}"));
        site.build_fine();
        let list = site.page("tags/sea/index.html");
        assert_eq!(list.matches(" data-version").count(), 2, "{theme}: {list}");
        assert!(list.contains(&format!("<a href=\"https://gazette.example/a\"{copy}")), "{theme}: {list}");
    }
    // The day on which it was taken is on the list, and changes it.
    site.edit("content/articles/gone.md", "2025-02-03", "2025-02-04");
    site.build_fine();
    assert!(site.page("tags/sea/index.html").contains("data-versiondate=\"2025-02-04\""));
    let long = format!("{GAZETTE}{archived}}}\n");
    site.write("content/articles/text.md", &article("About text", "2025-03-01", &long));
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 1\n---\n");
    site.build_fine();
    let page = site.page("2025/03/text/index.html");
    assert!(
        page.contains(&format!("class=\"read-on\"><a href=\"https://gazette.example/a\"{copy}>")),
        "{page}"
    );
}

#[test]
fn links_to_an_article_without_a_page_carry_its_archived_copy() {
    let gone = format!(
        "{GAZETTE}, archive: 'https://archive.example/1', retrieved: 2025-02-03}}\nindex: link-only\n\
         corrections: [{{date: 2025-03-04, text: It was a mile.}}]\n"
    );
    let mut site = site(&[("gone", gone), ("reader", String::new())]);
    let links = "See [it](gone.md), [[About gone]] and [others](https://gazette.example/b).\n";
    site.edit("content/articles/reader.md", "The text of About reader.", links);
    site.write("content/pages/here.md", "---\ntitle: Here\n---\nSee [it](../articles/gone.md).\n");
    site.build_fine();
    let link = |day: &str| {
        format!(
            "<a href=\"https://gazette.example/a\" data-versionurl=\"https://archive.example/1\" data-versiondate=\"2025-02-{day}\">"
        )
    };
    // Twice in the text, and where the way leads to the article before.
    let count = |site: &TestSite, path: &str, day: &str| site.page(path).matches(&link(day)).count();
    assert_eq!(count(&site, "2025/03/reader/index.html", "03"), 3);
    // A change there shows wherever a link leads there.
    site.edit("content/articles/gone.md", "2025-02-03", "2025-02-05");
    site.build_fine();
    assert_eq!(count(&site, "2025/03/reader/index.html", "05"), 3);
    assert!(site.page("feed.json").contains("data-versiondate=\\\"2025-02-05\\\""));
    assert_eq!(count(&site, "here/index.html", "05"), 1);
    assert_eq!(count(&site, "corrections/index.html", "05"), 1);
}

#[test]
fn quotes_and_feeds_name_their_source() {
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

/// Every list, feed and neighbour that an article of a series, a tag, an author and an outlet can stand in.
#[test]
fn link_only_articles_lead_to_the_original_and_show_no_text_anywhere() {
    let more = |name: &str, part: u32| {
        format!(
            "source: {{outlet: Gazette, url: 'https://gazette.example/{name}', role: via}}\n\
             tags: [sea]\nauthors: [Ann]\nseries: {{name: Long, part: {part}}}\n"
        )
    };
    let is_linked = "index: link-only\nsummary: What it is.\ncorrections: [{text: A word was wrong.}]\n";
    let linked = more("linked", 2) + is_linked;
    let mut site = site(&[("one", more("one", 1)), ("linked", linked), ("three", more("three", 3))]);
    site.edit(
        "content/articles/linked.md",
        "The text of About linked.",
        "Zqtext, which nobody is to read here.",
    );
    site.at = "2025-03-03T12:00:00Z";
    site.build_fine();
    for list in [
        "index.html",
        "tags/sea/index.html",
        "authors/ann/index.html",
        "sources/gazette/index.html",
        "sources/gazette/2025/index.html",
        "series/long/index.html",
        "2025/index.html",
        "2025/03/index.html",
        "2025/03/02/index.html",
        "corrections/index.html",
    ] {
        assert!(site.page(list).contains("href=\"https://gazette.example/linked\""), "`{list}`");
    }
    // As a part of the series, as a neighbour in time and as a related article.
    for neighbour in ["one", "three"] {
        let page = site.page(&format!("2025/03/{neighbour}/index.html"));
        assert!(page.matches("href=\"https://gazette.example/linked\"").count() >= 3, "{page}");
    }
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Zqtext"), "`{path}` shows the text");
        assert!(!path.contains("linked"), "`{path}` is there");
    }
    for map in ["sitemap.xml", "news-sitemap.xml"] {
        let map = site.page(map);
        assert!(map.contains("/2025/03/three/") && !map.contains("linked"), "{map}");
    }
    let feed: Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    let item = &feed["items"][1];
    assert_eq!(item["id"], "https://test.example/2025/03/linked/");
    assert_eq!(item["url"], "https://gazette.example/linked");
    assert_eq!(item["summary"], "Found through Gazette. What it is.");
    assert!(item.get("content_html").is_none() && item["content_text"] == item["summary"]);
}

/// What an outlet allows to be shown: `seen` words are, `zqrest` words are not, in no output at all.
fn check_limit(text: &str, most: u32, seen: &[&str]) {
    let mut site = site(&[
        ("long", format!("{GAZETTE}, role: excerpt}}\ntags: [sea]\n")),
        ("other", "tags: [sea]\n".to_owned()),
    ]);
    site.write("content/sources/gazette.md", &format!("---\nname: Gazette\nmax_words: {most}\n---\n"));
    site.edit("content/articles/long.md", "The text of About long.", text);
    site.build_fine();
    let mut outputs = site.output();
    for form in [&[][..], &["--text"]] {
        let mut digest = Command::new(env!("CARGO_BIN_EXE_masthead"));
        digest.args(["digest", "--at", "2025-03-09", "--since", "2025-01-01", "--root"]).arg(site.root());
        let digest = digest.args(form).output().unwrap();
        assert!(digest.status.success() && !digest.stdout.is_empty());
        outputs.insert(format!("digest {form:?}"), digest.stdout);
    }
    for (path, bytes) in &outputs {
        assert!(!String::from_utf8_lossy(bytes).contains("zqrest"), "`{path}` shows too much of `{text}`");
    }
    for path in [
        "2025/03/long/index.html",
        "2025/03/long/index.json",
        "2025/03/long/index.md",
        "feed.xml",
        "rss.xml",
        "feed.json",
    ] {
        let shown = site.page(path);
        assert!(seen.iter().all(|word| shown.contains(word)), "`{path}` shows too little of `{text}`");
    }
    // Whoever lifts the limit sees all of it.
    site.write("content/sources/gazette.md", "---\nname: Gazette\n---\n");
    site.build_fine();
    assert!(site.page("2025/03/long/index.html").contains("zqrest"));
}

#[test]
fn no_output_shows_more_words_than_an_outlet_allows() {
    check_limit(
        "Seen one two.\n\nSeen four five.\n\nThe zqrest rest.",
        6,
        &["Seen one two.", "Seen four five."],
    );
    check_limit("Seen one two three, and the zqrest rest of it.", 4, &["Seen one two three…"]);
    check_limit(
        "Seen one two three, and four.\n\nThe zqrest rest.\n\n- zqrest",
        6,
        &["Seen one two three, and four."],
    );
    check_limit("> Seen one.\n\nLead two three zqrest four five six seven.", 3, &["Seen one."]);
    check_limit(
        "Seen one.\n\n## A zqrest heading\n\nThe rest.\n\n<!-- more -->\n\nAnd zqrest more.",
        2,
        &["Seen one."],
    );
    check_limit("東京タワーzqrest", 2, &["東京…"]);
}

#[test]
fn a_written_summary_does_not_count_as_text() {
    let own = format!("{GAZETTE}}}\nsummary: Six words of our own desk.\n");
    let mut site = site(&[("long", own)]);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nmax_words: 3\n---\n");
    site.build_fine();
    for path in ["2025/03/long/index.html", "index.html", "feed.xml", "2025/03/long/index.json"] {
        assert!(site.page(path).contains("Six words of our own desk."), "`{path}`");
    }
}

#[test]
fn link_only_articles_have_no_reading_time() {
    let article = |name: &str, more: &str, text: &str| {
        format!("-- content/articles/{name}.md --\n---\ntitle: {name}\ndate: 2025-01-01\n{more}---\n{text}\n")
    };
    let outside = "source: {outlet: Gazette, url: 'https://gazette.example/a'}\nindex: link-only\n";
    let files = [
        article("empty", "", ""),
        article("outside", outside, "Some words."),
        article("here", "", "Some words."),
    ];
    let mut site = TestSite::new(&files.concat());
    site.build_fine();
    assert_eq!(site.page("2025/01/index.html").matches("1 min read").count(), 1);
    assert!(site.page("2025/01/here/index.html").contains("1 min read"));
    let page = site.page("2025/01/empty/index.html");
    let byline = page.find("<h1").unwrap();
    assert!(!page[byline..byline + page[byline..].find("</header>").unwrap()].contains("min read"));
}

#[test]
fn an_agency_that_wrote_something_is_no_person() {
    let mut site = site(&[("one", "authors: [Deutsche Presse-Agentur, Ada Lane]\n".to_owned())]);
    site.build_fine();
    let page = site.page("2025/03/one/index.html");
    for author in [
        r#"{"@type":"Organization","name":"Deutsche Presse-Agentur""#,
        r#"{"@type":"Person","name":"Ada Lane""#,
    ] {
        assert!(page.contains(author), "{page}");
    }
    let page = site.page("authors/deutsche-presse-agentur/index.html");
    assert!(page.contains(r#""about":{"@type":"Organization","name":"Deutsche Presse-Agentur""#), "{page}");
}

#[test]
fn lists_and_articles_name_the_author_of_a_translation_as_its_writer() {
    let translation = format!("authors: [Tom]\n{GAZETTE}, role: translation, author: Ada}}\n");
    let mut site = site(&[("one", translation)]);
    site.build_fine();
    let page = site.page("2025/03/one/index.html");
    assert!(
        page.contains("<p class=\"authors\">By <span class=\"p-author h-card\">Ada</span></p>\n<p class=\"authors\">Translated by <a"),
        "{page}"
    );
    assert!(page.contains(
        r#""author":[{"@type":"Person","name":"Ada"}],"translator":[{"@type":"Person","name":"Tom""#
    ));
    let feed = site.page("feed.xml").split_whitespace().collect::<String>();
    let named = "<author><name>Ada</name></author><contributor><name>Tom</name></contributor>";
    assert!(feed.contains(named), "{feed}");
    assert!(site.page("index.html").contains("<span>By Ada</span>"), "{}", site.page("index.html"));
    // A list shows it, so that it is made again.
    site.edit("content/articles/one.md", "author: Ada", "author: Eva");
    site.build_fine();
    assert!(site.page("index.html").contains("<span>By Eva</span>"));
}

#[test]
fn lists_use_the_author_name_of_the_profile() {
    let mut site = site(&[("one", format!("authors: [tom]\n{GAZETTE}}}\n"))]);
    site.write("content/authors/tom.md", "---\nname: Tom Marsh\naliases: [tom]\n---\nText.\n");
    site.build_fine();
    assert!(site.page("index.html").contains("<span>By Tom Marsh</span>"), "{}", site.page("index.html"));
    site.edit("content/authors/tom.md", "Tom Marsh", "Thomas Marsh");
    site.build_fine();
    assert!(site.page("index.html").contains("<span>By Thomas Marsh</span>"));
}

#[test]
fn files_of_an_article_without_a_page_are_not_published() {
    let mut site = TestSite::new("");
    let more = "source: {url: 'https://gazette.example/1'}\nindex: link-only\n";
    let text = "\nFirst.\n\n![a](text.png) [b](paper.pdf) [c](both.pdf)\n";
    let with_card = format!("{more}image: {{src: card.png, alt: A}}\n");
    site.write("content/articles/lo.md", &format!("{}{text}", article("Lo", "2025-03-01", &with_card)));
    site.write(
        "content/articles/bundle/index.md",
        &article("Bundle", "2025-03-02", &more.replace("/1'", "/2'")),
    );
    site.write("content/articles/own.md", &format!("{}[c](both.pdf)\n", article("Own", "2025-03-03", "")));
    let files = ["text.png", "paper.pdf", "both.pdf", "card.png", "bundle/secret.pdf"];
    files.iter().for_each(|file| site.write(&format!("content/articles/{file}"), "x"));
    let published = |site: &TestSite| -> Vec<String> {
        let files = site.output().into_keys().filter(|path| path.ends_with(".png") || path.ends_with(".pdf"));
        files.filter(|path| path.starts_with("2025/")).collect()
    };
    site.build_fine();
    assert_eq!(published(&site), ["2025/03/lo/card.png", "2025/03/own/both.pdf"]);
    // The same if the articles are new, and if they are revised: `build` compares.
    for path in ["content/articles/lo.md", "content/articles/bundle/index.md"] {
        let text = std::fs::read_to_string(site.root().join(path)).unwrap();
        site.remove(path);
        site.build_fine();
        site.write(path, &text);
        site.build_fine();
    }
    site.write("content/articles/bundle/more.pdf", "x");
    site.edit("content/articles/lo.md", "First.", "First. ![d](other.png)");
    site.write("content/articles/other.png", "x");
    site.build_fine();
    assert_eq!(published(&site), ["2025/03/lo/card.png", "2025/03/own/both.pdf"]);
}

#[test]
fn what_is_taken_over_leads_to_the_outlet_that_wrote_it_whatever_else_is_named() {
    let more = "source:\n  - {outlet: Other, url: 'https://other.example/b', role: via, license: 'https://other.example/terms'}\n  \
                - {outlet: Gazette, url: 'https://gazette.example/c', role: excerpt}\n";
    let mut site = site(&[("a", more.to_owned())]);
    site.write(
        "content/sources/gazette.md",
        "---\nname: Gazette\nurl: https://gazette.example/\nmax_words: 5\nlicense: 'https://gazette.example/terms'\n---\n",
    );
    let text = article("A", "2025-03-01", more) + "One two three.\n\nFour five six seven.\n";
    site.write("content/articles/a.md", &text);
    site.build_fine();
    let link = "<a href=\"https://gazette.example/c\">Read the original</a>";
    let page = site.page("2025/03/a/index.html");
    assert!(page.contains(&format!("<p class=\"read-on\">{link}</p>")), "{page}");
    for feed in ["feed.xml", "rss.xml"] {
        let feed = site.page(feed).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        assert!(feed.contains(&format!("<p>{link}</p>")), "{feed}");
        assert!(
            feed.contains("<p>An excerpt from <a href=\"https://gazette.example/c\">Gazette</a></p>"),
            "{feed}"
        );
        assert!(
            feed.contains("<name>Gazette</name>") || feed.contains("<dc:creator>Gazette</dc:creator>"),
            "{feed}"
        );
    }
    assert!(site.page("2025/03/a/index.json").contains("https://gazette.example/c\\\">Read the original"));
    // The page is not under the licence of an outlet that only had the story.
    assert_eq!(page.matches("rel=\"license\"").count(), 1, "{page}");
    assert!(page.contains("rel=\"license\" href=\"https://gazette.example/terms\""), "{page}");
    assert!(page.contains("<a href=\"https://other.example/terms\">"), "{page}");
}

#[test]
fn own_work_that_was_found_via_an_outlet_is_not_under_its_profile() {
    let source = |role| format!("source: {{url: 'https://gazette.example/{role}', role: {role}}}\n");
    let mut site =
        site(&[("based-on", source("based-on")), ("via", source("via")), ("summary", source("summary"))]);
    site.write(
        "content/sources/gazette.md",
        "---\nname: Gazette\nurl: https://gazette.example/\nindex: link-only\n---\n",
    );
    site.build_fine();
    for own in ["based-on", "via"] {
        assert!(site.output().contains_key(&format!("2025/03/{own}/index.html")), "{own}");
    }
    assert!(!site.output().contains_key("2025/03/summary/index.html"));
}

#[test]
fn twins_name_the_author_of_a_translation_as_its_writer() {
    let translation =
        format!("{GAZETTE}, role: translation, author: Ada Berg, lang: de}}\nauthors: [Tom Kay]\n");
    let mut site = site(&[("a", translation)]);
    site.build_fine();
    let twin: Value = serde_json::from_str(&site.page("2025/03/a/index.json")).unwrap();
    assert_eq!((&twin["authors"][0], &twin["translators"][0]), (&"Ada Berg".into(), &"Tom Kay".into()));
    assert_eq!(twin["lang"], "en");
    let markdown = site.page("2025/03/a/index.md");
    assert!(markdown.contains("authors: [\"Ada Berg\"]\ntranslators: [\"Tom Kay\"]\n"), "{markdown}");
}

#[test]
fn what_is_taken_over_is_in_the_language_of_its_source() {
    let source = |more: &str| format!("{GAZETTE}, lang: de{more}}}\n");
    let mut site = site(&[
        ("republished", source("")),
        ("excerpt", source(", role: excerpt")),
        ("summary", source(", role: summary")),
        ("own", source("") + "lang: fr\n"),
    ]);
    site.build_fine();
    for (slug, language) in [("republished", "de"), ("excerpt", "de"), ("summary", "en"), ("own", "fr")] {
        let page = site.page(&format!("2025/03/{slug}/index.html"));
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{slug}");
    }
}
