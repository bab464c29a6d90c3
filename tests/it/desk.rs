//! The editor's desk: what appears and goes by itself, what is put right, what stands on the front page, how
//! things are cited.

use std::process::{Command, Output};

use masthead::model::path::OutPath;
use serde_json::Value;

use crate::support::{SITE_TOML, TestSite, article, told};

fn masthead(site: &TestSite, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(args).arg("--root").arg(site.root()).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Every kind of output that there is.
const EVERYTHING: &str =
    "[outputs]\narticle_json = true\narticle_markdown = true\nhtaccess = true\nnginx_redirects = true\n";

fn everything() -> TestSite {
    TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{EVERYTHING}"))
}

/// Asserts that no output has a word in its bytes or its path.
fn no_trace(site: &TestSite, word: &str) {
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(word) && !path.to_lowercase().contains(word), "`{path}` shows `{word}`");
    }
}

#[test]
fn an_expired_article_leaves_no_trace_in_an_incremental_build() {
    let mut site = everything();
    for day in 1..=9 {
        let text =
            article(&format!("Seen {day}"), &format!("2025-12-0{day}"), "tags: [sea]\nsource: Gazette\n");
        site.write(&format!("content/articles/seen{day}.md"), &text);
    }
    let more = "expires: 2026-01-03T08:00:00Z\nslug: zq-gone\ntags: [sea, zq tag]\nsource: Zq Outlet\nauthors: [Zq Author]\nseries: Zq Series\n\
                aliases: [/zq-old/]\nsummary: Zq summary\ncorrections: [{date: 2025-12-31, text: Zq correction}]\n";
    site.write("content/articles/gone.md", &article("Zq Gone", "2025-12-31", more));
    site.build_fine();
    for page in [
        "index.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "news-sitemap.xml",
        "corrections/index.html",
        "2025/12/zq-gone/index.json",
        "2025/12/zq-gone/index.md",
        "2025/12/seen9/index.html",
        ".htaccess",
    ] {
        assert!(site.page(page).to_lowercase().contains("zq"), "`{page}` does not show it before");
    }
    site.at = "2026-01-03T08:00:00Z";
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    no_trace(&site, "zq");
}

#[test]
fn a_withdrawn_article_leaves_a_notice_that_reveals_nothing() {
    let mut site = everything();
    site.write("content/articles/seen.md", &article("Seen", "2025-12-01", "tags: [sea]\n"));
    let more = "withdrawn: {date: 2026-01-03, reason: The outlet asked us to.}\nslug: place\ntags: [sea, zq]\nsource: Zq Outlet\naliases: [/old/]\n";
    site.write("content/articles/a.md", &article("Zq Title", "2025-12-31", more));
    site.build_fine();
    assert!(site.page("2025/12/place/index.html").contains("Zq Title"));
    assert!(!site.page("_redirects").contains("410"));
    site.at = "2026-01-03T00:00:00Z";
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
    no_trace(&site, "zq");
    for page in ["2025/12/place/index.html", "old/index.html"] {
        let html = site.page(page);
        assert!(html.contains("The outlet asked us to.") && html.contains("3 January 2026"), "{html}");
        assert!(html.contains("name=\"robots\" content=\"noindex\""));
    }
    let elsewhere = ["index.html", "sitemap.xml", "feed.xml", "archive/index.html", "tags/sea/index.html"];
    assert!(elsewhere.iter().all(|page| !site.page(page).contains("/place/")));
    assert_eq!(
        site.page("_redirects"),
        "/2025/12/place/ /2025/12/place/index.html 410!\n/old/ /old/index.html 410!\n"
    );
    assert!(site.page(".htaccess").contains("RedirectMatch 410 \"^/2025/12/place/$\"\n"));
    let nginx = "location = \"/old/\" { error_page 410 \"/old/index.html\"; return 410; }\n";
    assert!(site.page("redirects.nginx.conf").contains(nginx));
}

#[test]
fn a_withdrawn_draft_leaves_no_notice_and_its_address_is_free() {
    let mut site = TestSite::new("");
    site.write(
        "content/articles/draft.md",
        &article("A", "2025-01-01", "draft: true\nwithdrawn: 2025-02-01\n"),
    );
    site.write(
        "content/articles/late.md",
        &article("B", "2025-01-01", "publish: 2027-01-01\nwithdrawn: 2025-02-01\n"),
    );
    site.write(
        "content/articles/old.md",
        &article("C", "2025-01-01", "slug: c\nwithdrawn: {reason: No longer true}\n"),
    );
    site.build_fine();
    assert!(!site.output().keys().any(|path| path.contains("draft") || path.contains("late")));
    assert!(site.page("2025/01/c/index.html").contains("No longer true"));
    site.write("content/articles/new.md", &article("New", "2025-01-09", "slug: c\n"));
    site.build_fine();
    assert!(site.page("2025/01/c/index.html").contains("The text of New"));
    assert!(!site.output().contains_key("_redirects"));
}

#[test]
fn next_tells_when_to_build_again() {
    let site = TestSite::new("");
    let next = |at: &str| {
        let output = masthead(&site, &["next", "--at", at]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (out(&output), String::from_utf8(output.stderr).unwrap())
    };
    site.write("content/articles/old.md", &article("Old", "2025-01-01", ""));
    let (due, told) = next("2026-01-01");
    assert!(due.is_empty() && told.contains("Nothing is due"), "{due} {told}");
    site.write("content/articles/a.md", &article("A", "2025-01-01", "publish: 2026-03-01T08:00:00+01:00\n"));
    site.write("content/articles/b.md", &article("B", "2025-01-01", "expires: 2026-04-01\n"));
    site.write("content/articles/c.md", &article("C", "2025-01-01", "withdrawn: 2026-05-01\n"));
    site.write("content/articles/d.md", &article("D", "2025-01-01", "draft: true\nexpires: 2026-02-01\n"));
    site.write("content/articles/e.md", &article("E", "2026-06-01", ""));
    site.write(
        "site.toml",
        &format!("{SITE_TOML}[[front.pins]]\narticle = \"old\"\nuntil = \"2026-05-15T00:00:00Z\"\n"),
    );
    for (at, due) in [
        ("2026-01-01", "2026-03-01T07:00:00Z\n"),
        ("2026-03-01T07:00:00Z", "2026-04-01T00:00:00Z\n"),
        ("2026-04-02", "2026-05-01T00:00:00Z\n"),
        ("2026-05-02", "2026-05-15T00:00:00Z\n"),
        ("2026-05-16", "2026-06-01T00:00:00Z\n"),
        // Two days on it is no news any more.
        ("2026-06-01", "2026-06-03T00:00:00Z\n"),
        ("2026-06-03", ""),
    ] {
        assert_eq!(next(at).0, due, "{at}");
    }
    // What cannot be read may be due, too.
    site.write("content/articles/broken.md", "---\ntitle: \"Broken\npublish: 2026-02-01\n---\n");
    let (due, told) = next("2026-01-01");
    assert!(due == "2026-03-01T07:00:00Z\n" && told.starts_with("1 error: "), "{due} {told}");
    let (due, told) = next("2026-06-03");
    assert!(due.is_empty() && told.starts_with("1 error: ") && !told.contains("Nothing"), "{due} {told}");
    site.write("site.toml", "title =");
    assert_eq!(masthead(&site, &["next"]).status.code(), Some(2));
}

#[test]
fn a_site_with_errors_has_no_digest() {
    let site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-12-31", ""));
    site.write("content/articles/b.md", &format!("{}\n[x](nowhere.md)\n", article("B", "2025-12-31", "")));
    let digest = || masthead(&site, &["digest", "--at", "2026-01-01", "--since", "7d", "--text"]);
    let (output, told) = (digest(), "1 error: the site cannot be built, so there is no digest of it\n");
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with(told));
    site.write("site.toml", &format!("{SITE_TOML}[lint]\n\"dead-link\" = \"warning\"\n"));
    assert!(digest().status.success());
}

#[test]
fn corrections_appear_wherever_the_article_does() {
    let mut site = TestSite::new("");
    let more = "corrections:\n  - {date: 2025-03-01, text: The <mast> was 12 feet.}\n  - {text: A name was wrong.}\n";
    site.write("content/articles/a.md", &article("A", "2025-01-01", more));
    site.write(
        "content/articles/b.md",
        &article(
            "B",
            "2025-02-01",
            "corrections: [{date: 2025-04-01, text: The year was wrong.}]\nlang: de\n",
        ),
    );
    site.build_fine();
    let page = site.page("corrections/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no `{text}` in {page}"));
    assert!(
        at("The year was wrong.") < at("A name was wrong.")
            && at("A name was wrong.") < at("The &lt;mast&gt; was 12 feet.")
    );
    assert!(page.contains("href=\"/2025/01/a/\""));
    let html = site.page("2025/01/a/index.html");
    assert!(html.contains("href=\"/corrections/\"") && html.contains("CorrectionComment"));
    let is_modified = |page: &str, date: &str| {
        let html = site.page(page);
        html.contains(&format!("<meta property=\"article:modified_time\" content=\"{date}\">"))
            && html.contains(&format!("\"dateModified\":\"{date}\""))
    };
    assert!(is_modified("2025/01/a/index.html", "2025-03-01"), "{html}");
    assert!(is_modified("2025/02/b/index.html", "2025-04-01"));
    let map = site.page("sitemap.xml");
    assert!(map.contains("<lastmod>2025-03-01</lastmod>") && map.contains("<lastmod>2025-04-01</lastmod>"));
    let atom = site.page("feed.xml");
    assert!(
        atom.contains("<updated>2025-04-01T00:00:00Z</updated>")
            && atom.contains("The &amp;lt;mast&amp;gt; was 12 feet."),
        "{atom}"
    );
    let feed: Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    assert_eq!(feed["items"][1]["date_modified"], "2025-03-01T00:00:00Z");
    assert!(site.page("sitemap.xml").contains("https://test.example/corrections/"));
    // Another correction changes the page, the article and the feeds; and the page goes with the last one.
    site.edit("content/articles/b.md", "The year was wrong.", "The year and the day were wrong.");
    let report = site.build_fine();
    let written: Vec<_> = report.written.iter().map(OutPath::as_str).collect();
    assert!(written.contains(&"corrections/index.html") && !written.contains(&"index.html"), "{written:?}");
    site.edit("content/articles/a.md", "corrections:", "extra:\n  a:");
    site.edit("content/articles/b.md", "corrections:", "extra: {a: 1}\nrelated: []\nunrelated: []\n#");
    site.build_fine();
    assert!(!site.output().contains_key("corrections/index.html"));
}

#[test]
fn a_handwritten_corrections_page_is_kept() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", "corrections: [{text: x}]\n"));
    site.write("content/pages/corrections.md", "---\ntitle: Ours\n---\nBy hand.\n");
    site.build_fine();
    assert!(site.page("corrections/index.html").contains("By hand."));
}

/// The headlines on a front page of `broadsheet`, in order.
fn headlines(html: &str) -> Vec<&str> {
    let main = html.split("<main").nth(1).unwrap();
    let titles = main.split("class=\"card-title\"").skip(1);
    titles.map(|rest| rest.split("\">").nth(1).unwrap().split('<').next().unwrap()).collect()
}

fn front(toml: &str) -> TestSite {
    let site =
        TestSite::new(&format!("-- site.toml --\n{SITE_TOML}[lists]\npage_size = 4\nrelated = 0\n{toml}"));
    for number in 1..=20 {
        let more = format!(
            "tags: [{}]\nsource: {}\nauthors: [Ann Lee]\n",
            ["sea", "sky", "land"][number % 3],
            ["Gazette", "Review", "Post", "Herald"][number % 4],
        );
        let text = article(&format!("N{number}"), &format!("2025-01-{number:02}"), &more);
        site.write(&format!("content/articles/n{number}.md"), &text);
    }
    site
}

#[test]
fn the_front_page_has_pins_a_lead_and_slots_and_no_story_twice() {
    let mut site = front(
        "[front]\nlead = 2\n\
         [[front.pins]]\narticle = \"n3\"\nuntil = \"2026-01-02\"\n\
         [[front.slots]]\ntag = \"Sea\"\ncount = 3\n\
         [[front.slots]]\ntitle = \"Each\"\nurl = \"/sources/\"\neach = \"source\"\ncount = 10\n\
         [[front.slots]]\ntitle = \"Query\"\nquery = \"tag:sky -source:Post N1\"\n\
         [[front.slots]]\ntitle = \"Changed\"\norder = \"updated\"\n",
    );
    site.edit("content/articles/n2.md", "tags:", "updated: 2025-06-01\ntags:");
    site.edit("content/articles/n1.md", "tags:", "corrections: [{date: 2025-07-01, text: x}]\ntags:");
    site.build_fine();
    let html = site.page("index.html");
    let expected = [
        // The pin and the newest.
        "N3", "N20", // Sea: 18, 15, 12.
        "N18", "N15",
        "N12", // The newest that is left of each outlet: 19 (Herald), 17 (Review), 16 (Gazette), 14 (Post).
        "N19", "N17", "N16",
        "N14", // Sky, not from the Post, with "N1" in the title: 13, 1 (10 and 16 are of other tags or shown).
        "N13", "N1", // What was changed last: 1 stands above.
        "N2",
    ];
    assert_eq!(headlines(&html), expected);
    assert!(
        html.contains("href=\"/tags/sea/\"><bdi>sea</bdi></a>")
            && html.contains("href=\"/sources/\"><bdi>Each</bdi></a>"),
        "{html}"
    );
    // A pin comes down by itself.
    site.at = "2026-01-02T00:00:00Z";
    assert_eq!(site.build_fine().counts.parsed, 0);
    assert_eq!(headlines(&site.page("index.html"))[..2], ["N20", "N19"]);
    // Pins have room, however few articles lead.
    let pins = "lead = 1\n[[front.pins]]\narticle = \"n4\"\n[[front.pins]]\narticle = \"n2\"\n[[front.pins]]";
    site.edit("site.toml", "lead = 2\n[[front.pins]]", pins);
    site.build_fine();
    assert_eq!(headlines(&site.page("index.html"))[..3], ["N4", "N2", "N18"]);
}

#[test]
fn the_front_page_needs_no_configuration_and_shows_all_of_its_articles_once() {
    let mut site = front("");
    site.edit("site.toml", "page_size = 4", "page_size = 12");
    site.build_fine();
    let html = site.page("index.html");
    let mut shown = headlines(&html);
    assert_eq!(shown[..6], ["N20", "N19", "N18", "N17", "N16", "N15"]);
    shown.sort_unstable();
    let before = shown.len();
    shown.dedup();
    assert_eq!((before, shown.len()), (20, 20));
}

#[test]
fn every_theme_shows_an_arranged_front_page() {
    for theme in ["base", "quiet", "wire"] {
        let mut site = front(
            "[[front.slots]]\ntag = \"sea\"\n[[front.slots]]\ntitle = \"Each & every\"\neach = \"source\"\n",
        );
        site.write(
            "site.toml",
            &format!(
                "theme = \"{theme}\"\n{}",
                std::fs::read_to_string(site.root().join("site.toml")).unwrap()
            ),
        );
        site.build_fine();
        let html = site.page("index.html");
        assert!(
            html.contains("Each &amp; every")
                && html.contains("<a href=\"/tags/sea/\"><bdi>sea</bdi></a></h2>"),
            "{theme}: {html}"
        );
        let links = |number: usize| html.matches(&format!("/2025/01/n{number}/\"")).count();
        assert!(links(20) >= 1 && links(12) >= 1, "{theme}: {html}");
    }
}

#[test]
fn articles_are_withdrawn_even_if_the_theme_has_no_template_for_it() {
    let mut site = TestSite::plain(SITE_TOML);
    site.write(
        "content/articles/a.md",
        &article("Zq", "2025-01-01", "slug: place\nwithdrawn: {date: 2025-02-01, reason: Because & so.}\n"),
    );
    site.write("content/articles/b.md", &article("B", "2025-01-01", "corrections: [{text: x}]\n"));
    site.build_fine();
    let page = site.page("2025/01/place/index.html");
    assert!(page.contains("Because &amp; so.") && page.contains("noindex") && !page.contains("Zq"), "{page}");
    // It has no template for the page of corrections either, and so does without.
    assert!(!site.output().contains_key("corrections/index.html"));
}

#[test]
fn mistakes_in_the_front_page_are_reported() {
    let mut site = front("[[front.pins]]\narticle = \"nothing\"\n[[front.slots]]\ntag = \"seaa\"\n");
    assert_eq!(
        told(&site.build().diagnostics),
        "unknown-article site.toml:7:12 there is no article `nothing` to pin (name it by file, slug or title)\n\
         unknown-term site.toml:9:8 no article has the tag `seaa` (did you mean `sea`?)\n"
    );
    site.write(
        "site.toml",
        &format!("{SITE_TOML}[[front.pins]]\narticle = \"n1\"\nuntil = \"soon\"\n[[front.slots]]\nquery = \"tags:sea\"\n"),
    );
    assert_eq!(
        told(&site.build().diagnostics),
        "config site.toml:5:9 `front.pins.until` is not a time: `soon` is not a date (write it as `\"2026-02-01\"`)\n\
         config site.toml:6:1 a slot of `front.slots` needs a `title`, because it has no tag, source, author or series\n\
         config site.toml:7:10 `front.slots.query` has the unknown key `tags` (did you mean `tag:`?)\n"
    );
}

#[test]
fn the_news_sitemap_has_own_articles_of_two_days() {
    let mut site = TestSite::new("");
    for (name, date, more) in [
        ("new", "2026-01-01", ""),
        ("hour", "2025-12-30T13:00:00Z", ""),
        ("old", "2025-12-30T11:59:00Z", ""),
        ("year", "2026", ""),
        ("foreign", "2026-01-01", "index: noindex\n"),
        ("copy", "2026-01-01", "index: canonical\nsource: {outlet: X, url: 'https://x.example/'}\n"),
    ] {
        site.write(&format!("content/articles/{name}.md"), &article(name, date, more));
    }
    site.build_fine();
    let news = site.page("news-sitemap.xml");
    let titles: Vec<_> =
        news.split("<news:title>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(titles, ["new", "hour"]);
    for number in 0..1_001 {
        site.write(&format!("content/articles/many/m{number}.md"), &article("M", "2026-01-01T01:00:00Z", ""));
    }
    site.write("site.toml", &format!("{SITE_TOML}[outputs]\nsitemap = false\ncitations = false\n"));
    assert!(site.build().ok);
    assert_eq!(site.page("news-sitemap.xml").matches("<url>").count(), 1_000);
}

#[test]
fn a_publisher_with_policies_is_a_news_organisation() {
    let toml = "[publisher]\nname = \"The Test Press\"\nmasthead = \"/about/\"\nethics_policy = \"https://press.example/ethics\"\n\
                ownership_funding = \"/about/#owners\"\nsame_as = [\"https://social.example/@test\"]\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{toml}"));
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n");
    site.build_fine();
    let html = site.page("index.html");
    let json = html.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let graph: Value = serde_json::from_str(json).unwrap();
    let publisher = &graph["@graph"][1];
    assert_eq!(publisher["@type"], "NewsMediaOrganization");
    assert_eq!(publisher["masthead"], "https://test.example/about/");
    assert_eq!(publisher["ethicsPolicy"], "https://press.example/ethics");
    assert_eq!(publisher["ownershipFundingInfo"], "https://test.example/about/#owners");
    assert_eq!(publisher["sameAs"][0], "https://social.example/@test");
}

#[test]
fn articles_say_how_to_cite_them() {
    let mut site = TestSite::new("");
    site.write(
        "content/articles/own.md",
        &article(
            "Fog & {bells}_1",
            "2025-03-04T10:00:00Z",
            "authors: [Maren Saltby, The Harbour Desk]\nslug: the-fog-bells\n",
        ),
    );
    let source = "source: {outlet: Sky Review, url: 'https://sky.example/a_b', author: Joakim van der Berg, published: 2025-02, title: Horizons}\n";
    site.write("content/articles/taken.md", &article("How far?", "2025-03-05", source));
    let source =
        "source: {outlet: Observatorium, role: translation, author: Karl Weiss, title: 'Drei Dämmerungen'}\n";
    site.write(
        "content/articles/twilight.md",
        &article("Three twilights", "2025-03-06", &format!("{source}authors: [Ann Lee]\n")),
    );
    site.build_fine();
    let own = site.page("2025/03/the-fog-bells/index.html");
    assert!(own.contains("<details class=\"cite\">"), "{own}");
    assert!(own.contains(
        "Maren Saltby and The Harbour Desk: Fog &amp; {bells}_1. Test, 4 March 2025. https://test.example/2025/03/the-fog-bells/"
    ));
    assert!(own.contains(
        "@online{saltby-2025-03-the-fog-bells,\n  author = {Saltby, Maren and {The Harbour Desk}},\n  title = {{Fog \\&amp; \\textbraceleft{}bells\\textbraceright{}\\_1}},\n  organization = {Test},\n  date = {2025-03-04},\n  url = {https://test.example/2025/03/the-fog-bells/}\n}"
    ), "{own}");
    assert!(own.contains("&quot;date-parts&quot;"));
    let taken = site.page("2025/03/taken/index.html");
    assert!(taken.contains(
        "Joakim van der Berg: Horizons. Sky Review, February 2025. https://sky.example/a_b. Republished by Test: https://test.example/2025/03/taken/"
    ), "{taken}");
    assert!(
        taken.contains("@article{vanderberg-2025-03-taken,\n  author = {van der Berg, Joakim},"),
        "{taken}"
    );
    assert!(taken.contains("journaltitle = {Sky Review},\n  date = {2025-02},\n  url = {https://sky.example/a_b},\n  note = {Republished by Test: https://test.example/2025/03/taken/}"));
    assert!(
        taken.contains(
            "&quot;note&quot;:&quot;Republished by Test: https://test.example/2025/03/taken/&quot;"
        ),
        "{taken}"
    );
    let twilight = site.page("2025/03/twilight/index.html");
    assert!(
        twilight.contains("Karl Weiss: Three twilights. Translated by Ann Lee. Test, 6 March 2025."),
        "{twilight}"
    );
    assert!(
        twilight.contains("translator = {Lee, Ann}") && twilight.contains("origtitle = {Drei Dämmerungen}")
    );
}

#[test]
fn no_two_articles_have_one_key() {
    let mut site = TestSite::new("");
    let pages = [
        ("city-notes", "2025-03-05", "2025/03/city-notes", "calloway-2025-03-city-notes"),
        ("city-walks", "2025-03-05", "2025/03/city-walks", "calloway-2025-03-city-walks"),
        ("june/city-notes", "2025-06-05", "2025/06/city-notes", "calloway-2025-06-city-notes"),
        ("東京", "2025-03-05", "2025/03/東京", "calloway-2025-03-dongjing-"),
        ("東景", "2025-03-05", "2025/03/東景", "calloway-2025-03-dongjing-"),
    ];
    for (name, date, ..) in pages {
        let text = article(name, date, "authors: [Ann Calloway]\n");
        site.write(&format!("content/articles/{name}.md"), &text);
    }
    site.build_fine();
    let mut keys: Vec<String> = Vec::new();
    for (_, _, page, key) in pages {
        let html = site.page(&format!("{page}/index.html"));
        let found = html.split("@online{").nth(1).unwrap().split(',').next().unwrap().to_owned();
        assert!(found.starts_with(key) && found.is_ascii() && !keys.contains(&found), "{found}");
        keys.push(found);
    }
}

/// Whose text it is, is one question with one answer, wherever it is asked.
#[test]
fn whose_text_it_is_is_the_same_everywhere() {
    let mut site = everything();
    site.edit("site.toml", EVERYTHING, &format!("{EVERYTHING}[lint]\nother-author = \"off\"\n"));
    let cases = [
        ("own", "republished", "authors: [Ann Lee]\n", "Ann Lee", ""),
        ("part", "excerpt", "authors: [Ann Lee]\n", "Ann Lee", ""),
        ("theirs", "republished", "", "Karl Weiss", ""),
        ("translated", "translation", "authors: [Ann Lee]\n", "Karl Weiss", "Ann Lee"),
        ("by-himself", "translation", "authors: [Karl Weiss]\n", "Karl Weiss", ""),
        ("told", "summary", "authors: [Ann Lee]\n", "Ann Lee", ""),
    ];
    for (name, role, authors, ..) in cases {
        let url = format!("https://sky.example/{name}");
        let source =
            format!("source: {{outlet: Sky Review, url: '{url}', role: {role}, author: Karl Weiss}}\n");
        site.write(
            &format!("content/articles/{name}.md"),
            &article(name, "2025-03-05", &format!("{source}{authors}")),
        );
    }
    site.build_fine();
    let feed: Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    for (name, _, _, writer, translator) in cases {
        let html = site.page(&format!("2025/03/{name}/index.html"));
        let translated = if translator.is_empty() { "" } else { ". Translated by Ann Lee" };
        assert!(html.contains(&format!("{writer}: {name}{translated}. ")), "{html}");
        let json = html.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let graph: Value = serde_json::from_str(json).unwrap();
        let node = &graph["@graph"][0];
        assert_eq!(node["author"][0]["name"], writer, "{name}: {node}");
        assert_eq!(node["translator"][0]["name"].as_str().unwrap_or_default(), translator, "{name}: {node}");
        let twin: Value = serde_json::from_str(&site.page(&format!("2025/03/{name}/index.json"))).unwrap();
        assert_eq!(twin["authors"][0], writer, "{name}: {twin}");
        let entries = feed["items"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["title"] == name).unwrap();
        assert_eq!(entry["authors"][0]["name"], writer, "{name}: {entry}");
        let bibtex = if writer == "Ann Lee" { "author = {Lee, Ann}" } else { "author = {Weiss, Karl}" };
        assert!(html.contains(bibtex), "{html}");
        assert_eq!(html.contains("translator = {"), !translator.is_empty(), "{html}");
    }
}

#[test]
fn twins_have_the_content_of_the_page() {
    let mut site = everything();
    let more = "source: {outlet: Sky Review, url: 'https://sky.example/a', license: CC0}\ntags: [sea]\nauthors: [Ann Lee]\nseries: {name: S, part: 2}\n";
    let text = article("A: \"quoted\"", "2025-03-04", more);
    site.write("content/articles/a.md", &text.replace("title: A: \"quoted\"", "title: 'A: \"quoted\"'"));
    site.write(
        "content/articles/b.md",
        &format!("{}\nSee [the *other*](a.md).\n\n| x |\n| --- |\n| 1 |\n", article("B", "2025-03-05", "")),
    );
    site.build_fine();
    let twin: Value = serde_json::from_str(&site.page("2025/03/a/index.json")).unwrap();
    assert_eq!(twin["title"], "A: \"quoted\"");
    assert_eq!(twin["url"], "https://test.example/2025/03/a/");
    assert_eq!(twin["sources"][0]["url"], "https://sky.example/a");
    assert_eq!(twin["series"]["part"], 2);
    assert!(twin["content_html"].as_str().unwrap().starts_with("<p>The text of"));
    let markdown = site.page("2025/03/b/index.md");
    assert!(
        markdown.starts_with(
            "---\ntitle: \"B\"\nurl: \"https://test.example/2025/03/b/\"\ndate: \"2025-03-05\"\n"
        ),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n\nSee [the *other*](https://test.example/2025/03/a/).\n\n<table>"),
        "{markdown}"
    );
    let html = site.page("2025/03/b/index.html");
    assert!(
        html.contains("<link rel=\"alternate\" type=\"application/json\"")
            && html.contains("href=\"/2025/03/b/index.md\"")
    );
    // A neighbour is nothing to a twin.
    site.write("content/articles/c.md", &article("C", "2025-03-06", ""));
    let report = site.build_fine();
    assert!(report.written.iter().all(|path| path.as_str() != "2025/03/b/index.json"));
    site.write("content/articles/d.md", "---\ntitle: D\ndate: 2025-03-06\n---\n");
    site.write(
        "site.toml",
        &format!("{SITE_TOML}[urls]\narticle = \"/{{slug}}.html\"\n[outputs]\narticle_json = true\n"),
    );
    site.build_fine();
    assert!(site.page("b.json").contains("\"title\": \"B\""));
}

#[test]
fn a_digest_has_the_articles_of_its_period() {
    let site = TestSite::new("");
    for (name, date, more) in [
        ("Before", "2025-12-20", "tags: [sea]\n"),
        ("One", "2025-12-28", "tags: [sea, sky]\nsource: Gazette\n"),
        ("Two", "2025-12-30", "tags: [sky]\nsource: Gazette\nsummary: A & b.\n"),
        ("Three", "2025-12-31", "tags: [sky]\n"),
        ("Late", "2020-01-01", "publish: 2025-12-31\n"),
        ("Secret", "2025-12-31", "draft: true\n"),
    ] {
        site.write(&format!("content/articles/{}.md", name.to_lowercase()), &article(name, date, more));
    }
    let digest = |args: &[&str]| {
        let output = masthead(&site, &[&["digest", "--at", "2026-01-01"], args].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        out(&output)
    };
    let text = digest(&["--since", "7d", "--text"]);
    assert!(text.starts_with("Test\nhttps://test.example/\n25 December 2025 – 31 December 2025 · 4 articles\n\n\nsky\n===\n\nThree\n"), "{text}");
    let at = |word: &str| text.find(word).unwrap();
    assert!(
        at("\nThree\n") < at("\nTwo\n") && at("\nTwo\n") < at("\nsea\n") && at("\nOne\n") < at("\nLate\n")
    );
    assert!(
        !text.contains("Before")
            && !text.contains("Secret")
            && text.contains("A & b.\nGazette · 30 December 2025\nhttps://test.example/2025/12/two/\n")
    );
    let html = digest(&["--since", "2025-12-30", "--by", "source", "--base-url", "https://m.example/x/"]);
    assert!(
        html.contains(">Gazette</a></h2>")
            && html.contains("https://m.example/x/2025/12/two/")
            && html.contains(">30 December 2025 – 31 December 2025 · ")
            && !html.contains("One"),
        "{html}"
    );
    for (language, count) in [("ru", "4 статьи"), ("ja", "4件の記事"), ("ar", "4 مقالات")] {
        site.write("site.toml", &format!("{SITE_TOML}language = \"{language}\"\n"));
        let text = digest(&["--since", "7d", "--text"]);
        assert!(text.contains(&format!(" · {count}\n")), "{text}");
    }
    // In Tokyo the day began nine hours before it did in Greenwich, and in New York it begins five hours
    // later.
    for (zone, own_day) in [("Asia/Tokyo", "2025-12-30T00:30"), ("America/New_York", "2025-12-30T00:00")] {
        site.write("site.toml", &format!("{SITE_TOML}timezone = \"{zone}\"\n"));
        site.write("content/articles/first.md", &article("First", own_day, "tags: [zone]\n"));
        site.write("content/articles/last.md", &article("Last", "2025-12-29T23:30", "tags: [zone]\n"));
        let text = digest(&["--since", "2025-12-30", "--text"]);
        assert!(text.contains("\nFirst\n") && !text.contains("Last"), "{zone}: {text}");
    }
    let file = site.root().join("week.html");
    digest(&["--since", "1w", "--out", file.to_str().unwrap()]);
    assert!(std::fs::read_to_string(&file).unwrap().contains("A &amp; b."));
    assert!(std::fs::read_to_string(file.with_extension("txt")).unwrap().contains("A & b."));
    assert_eq!(out(&masthead(&site, &["digest", "--at", "2026-01-01T12:00", "--since", "1h"])), "");
    assert!(!masthead(&site, &["digest", "--since", "soon"]).status.success());
}

/// Each article is written at some hour of its day, after or before the digest of that day.
#[test]
fn digests_that_follow_one_another_have_each_article_once() {
    let site = TestSite::new("");
    let articles = [
        ("Day one", "date: 2026-12-01"),
        ("Day two", "date: 2026-12-02"),
        ("Dawn", "date: 2026-12-02T05:00"),
        ("Evening", "date: 2026-12-02T20:00"),
        ("Added", "date: 1923\nadded: 2026-12-01"),
        ("Embargo", "date: 2026-11-20\npublish: 2026-12-02T08:00"),
        ("Month", "date: 2026-11"),
    ];
    for (name, more) in articles {
        let text = format!("---\ntitle: {name}\n{more}\n---\nText.\n");
        site.write(&format!("content/articles/{}.md", name.to_lowercase().replace(' ', "-")), &text);
    }
    let have = |since: &str, at: &str| {
        let text = out(&masthead(&site, &["digest", "--since", since, "--at", at, "--text"]));
        let names = articles.iter().map(|(name, _)| *name);
        names.filter(|name| text.contains(&format!("\n{name}\n"))).collect::<Vec<_>>().join(", ")
    };
    for zone in ["UTC", "Asia/Tokyo", "America/New_York"] {
        site.write("site.toml", &format!("{SITE_TOML}timezone = \"{zone}\"\n"));
        for hour in ["00:00", "05:00", "08:00", "17:30"] {
            let mut all: Vec<String> = Vec::new();
            for day in ["11-30", "12-01", "12-02", "12-03", "12-04"] {
                let text = have("24h", &format!("2026-{day}T{hour}Z"));
                all.extend(text.split(", ").filter(|name| !name.is_empty()).map(str::to_owned));
            }
            all.sort_unstable();
            assert_eq!(all, ["Added", "Dawn", "Day one", "Day two", "Embargo", "Evening", "Month"], "{hour}");
        }
    }
    site.write("site.toml", SITE_TOML);
    assert_eq!(have("24h", "2026-12-01T08:00"), "Month");
    assert_eq!(have("24h", "2026-12-02T08:00"), "Day one, Dawn, Added");
    assert_eq!(have("24h", "2026-12-03T08:00"), "Day two, Evening, Embargo");
    // A day's own articles are there at its end, and those of the first day with it.
    assert_eq!(have("2026-12-02", "2026-12-03"), "Day two, Dawn, Evening, Embargo");
    assert_eq!(have("7d", "2026-12-02"), "Day one, Added, Month");
    // A day begins and ends as on the site.
    for zone in ["Asia/Tokyo", "America/New_York"] {
        site.write("site.toml", &format!("{SITE_TOML}timezone = \"{zone}\"\n"));
        assert_eq!(have("24h", "2026-12-02"), "Day one, Added", "{zone}");
    }
    let text = out(&masthead(&site, &["digest", "--since", "24h", "--at", "2026-12-02", "--text"]));
    assert!(text.contains("1 December 2026 · 2 articles"), "{text}");
}
