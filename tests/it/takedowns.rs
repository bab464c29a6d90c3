//! What expires or is withdrawn must go, and what waits must come, whoever links to it: a link to something
//! hidden is told of and written as plain text, and never stops a build.

use masthead::base::diag::Rule;
use masthead::build::{Report, Way};

use crate::serve::Kept;
use crate::support::quick::{TERMS, add, full, is_quick, newcomer, path, site};
use crate::support::{SITE_TOML, TestSite, article, told};

/// A site in which everything leads to an article that expires with February 2026, alone in its lists.
fn in_every_way(config: &str) -> TestSite {
    let menu = ["/2025/03/zq-gone/", "/authors/", "/about/", "/tags/zq-tag/", "/2025/03"];
    let menu = menu.map(|url| format!("[[menu]]\ntitle = \"To {url}\"\nurl = \"{url}\"\n")).concat();
    let site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}{menu}[outputs]\narticle_json = true\narticle_markdown = true\n{config}"
    ));
    let more = "expires: 2026-02-01\nslug: zq-gone\ntags: [zq tag, sea]\nauthors: [Zq Author]\nsource: Sky Review\n\
                aliases: [/zq-old/]\n";
    site.write("content/articles/2025-03-04-zq.md", &article("Zq title", "2025-03-04", more));
    let text = "One [two](2025-03-04-zq.md \"x > y\") three.\n\n\
                [[zq-gone]] [[zq title|four]] [five](/2025/03/zq-gone/) [six](/2025/03/zq-gone) [seven](/zq-old/)\n\n\
                [eight](/tags/zq-tag/feed.xml) [nine](/authors/) [ten](../../03/zq-gone/) [eleven](/2025/03/04/)\n\n\
                <a class=\"b\"\nhref='2025-03-04-zq.md' id=\"c\">twelve **b**</a> ![](2025-03-04-zq.png)\n\n\
                [thirteen](2025-03-04-zq.md) [fourteen](/sources/sky-review/2025/index.html) [fifteen](about-it.md)\n\n\
                ::: note\n[sixteen](2025-03-04-zq.md)\n:::\n\n[the end](a.md)\n";
    let text = text.replace(" ![](2025-03-04-zq.png)", "").replace(" [fifteen](about-it.md)", "");
    site.write("content/articles/a.md", &format!("{}{text}", article("A", "2025-01-01", "tags: [sea]\n")));
    let old = article("Old", "2024-01-01", "source: Sky Review\n");
    site.write("content/articles/old.md", &old);
    let about = "---\ntitle: About\n---\n[It](../articles/2025-03-04-zq.md), [text](/2025/03/zq-gone/)\n";
    site.write("content/pages/about.md", about);
    site.write("content/tags/sea.md", "---\nname: sea\n---\n[It](../articles/2025-03-04-zq.md).\n");
    site
}

fn is_only_hidden(report: &Report) -> bool {
    report.ok && report.diagnostics.iter().all(|one| one.rule == Rule::HiddenLink)
}

/// What is seen of the text of the article `a`.
fn words(site: &TestSite) -> String {
    let page = site.page("2025/01/a/index.html");
    let text = &page[page.find("\nOne ").unwrap()..];
    text[..text.find("the end").unwrap()].to_owned()
}

#[test]
fn an_article_expires_although_everything_leads_to_it() {
    let mut site = in_every_way("");
    site.at = "2026-01-31T12:00:00Z";
    site.build_fine();
    assert_eq!(words(&site).matches("<a ").count(), 15);
    let mut kept = Kept::new(&site);
    kept.check(&site);
    site.at = "2026-02-01T12:00:00Z";
    let report = site.build();
    assert!(is_only_hidden(&report), "{:#?}", report.diagnostics);
    insta::assert_snapshot!(told(&report.diagnostics));
    insta::assert_snapshot!(words(&site));
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        // The words that others have written stay, and so does an address in the text of a link.
        for trace in ["zq-gone/", "zq.md", "zq-old", "zq-tag", "zq-author", "/authors/", "2025/03"] {
            assert!(!path.contains(trace) && !text.contains(trace), "`{path}` shows `{trace}`");
        }
    }
    assert!(site.page("index.html").contains("To /about/"));
    // What is served at that time is the same, and again after an edit.
    let mut served = Kept::new(&site);
    served.check(&site);
    site.edit("content/articles/a.md", "The text of A", "Another text of A");
    assert!(is_only_hidden(&site.build()));
    served.check(&site);
}

#[test]
fn a_withdrawn_article_goes_in_the_same_way() {
    let mut site = in_every_way("");
    site.build_fine();
    site.edit("content/articles/2025-03-04-zq.md", "expires:", "withdrawn: 2025-12-01\nexpires:");
    let report = site.build();
    assert!(is_only_hidden(&report), "{:#?}", report.diagnostics);
    assert!(!words(&site).contains("zq.md"));
    assert_eq!(words(&site).matches("<a ").count(), 5, "a page that says so has the address");
    assert!(site.output().contains_key("2025/03/zq-gone/index.html"), "the tombstone");
}

#[test]
fn another_document_may_take_an_address_over() {
    let mut site = TestSite::new("");
    site.write(
        "content/articles/x.md",
        &article("X", "2025-03-04", "expires: 2025-12-01\naliases: [/old/]\n"),
    );
    let links = "[a](/2025/03/x/) [b](/old/) [c](/2025/03/x/file.txt)\n";
    site.write("content/articles/a.md", &format!("{}{links}", article("A", "2025-03-01", "")));
    site.write("content/articles/b.md", &article("B", "2025-03-01", "aliases: [/2025/03/x/]\n"));
    site.write("static/old/index.html", "Old");
    site.write("static/2025/03/x/file.txt", "File");
    site.build_fine();
    assert_eq!(site.page("2025/03/a/index.html").matches("<a href=\"/2025/03/x/").count(), 2);
}

#[test]
fn a_name_that_nothing_has_is_never_an_address() {
    let mut site =
        TestSite::new(&format!("-- site.toml --\n{SITE_TOML}[lint]\n\"dead-link\" = \"warning\"\n"));
    let links = "One [[javascript:alert(1)]] two [[data:text/html,x|three]] the end.\n";
    site.write("content/articles/a.md", &format!("{}{links}", article("A", "2025-01-01", "")));
    let report = site.build();
    assert!(report.ok && report.diagnostics.len() == 2, "{}", told(&report.diagnostics));
    assert_eq!(words(&site), "\nOne javascript:alert(1) two three ");
}

#[test]
fn links_to_what_never_existed_are_still_dead() {
    let mut site = in_every_way("");
    site.at = "2026-02-01T12:00:00Z";
    add(
        &site,
        "content/articles/old.md",
        "\n[a](/tags/zz/) [b](/2025/04/) [c](zz.md) [[zz]] [d](/series/)\n",
    );
    let report = site.build();
    let dead = report.diagnostics.iter().filter(|one| one.rule == Rule::DeadLink).count();
    assert_eq!((report.ok, dead), (false, 5));
}

#[test]
fn overviews_without_articles_are_left_out_of_the_menu() {
    let menu =
        "[[menu]]\ntitle = \"Who\"\nurl = \"/authors\"\n[[menu]]\ntitle = \"When\"\nurl = \"/archive/\"\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{menu}"));
    let report = site.build();
    assert!(is_only_hidden(&report));
    insta::assert_snapshot!(told(&report.diagnostics));
    assert!(!site.page("index.html").contains("Who"));
    site.write("content/articles/a.md", &article("A", "2025-03-01", ""));
    assert!(is_only_hidden(&site.build()));
    let page = site.page("index.html");
    assert!(page.contains("When") && !page.contains("Who"));
    site.write("content/articles/b.md", &article("B", "2025-03-01", "authors: [Bo]\n"));
    site.build_fine();
    assert!(site.page("index.html").contains("Who"));
}

/// A picture, which the messages about it know by its size.
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"><rect width=\"3\" height=\"2\"/></svg>";

/// A site in which other documents show, in every way, a file of an article under embargo.
fn shows_files_in_every_way() -> TestSite {
    let outputs = "[outputs]\narticle_json = true\narticle_markdown = true\n";
    // One of the other documents lies in the folder of the article.
    let lint = "[lint]\n\"article-in-bundle\" = \"off\"\n";
    let site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{outputs}{lint}"));
    for number in 0..9 {
        site.write(&path(number), &newcomer(&format!("Article {number}"), "2024-02-01", TERMS));
    }
    site.write(
        "content/articles/zq/index.md",
        &newcomer("Zq", "2024-05-20", "publish: 2026-02-01\ntags: [sea]\n"),
    );
    site.write("content/articles/zq/in/photo.svg", PICTURE);
    site.write("content/articles/zq/more.md", &newcomer("More", "2024-05-21", "image: in/photo.svg\n"));
    let text = "\n![Alt](zq/in/photo.svg \"Caption\")\n\nSee ![Alt](zq/in/photo.svg?x) and [the file](zq/in/photo.svg#y).\n\n\
                <img src=\"zq/in/photo.svg\" alt=\"\"> <video src=\"zq/in/photo.svg\"></video>\n\n";
    let components = ["figure", "video", "audio"];
    let components = components.map(|name| format!("\n::: {name} {{src=\"zq/in/photo.svg\"}}\nWords\n:::\n"));
    add(&site, &path(7), &format!("{text}{}", components.concat()));
    site.edit(&path(8), "summary:", "image: {src: zq/in/photo.svg, alt: What}\nsummary:");
    let about = "---\ntitle: About\n---\n![](../articles/zq/in/photo.svg)\n";
    site.write("content/pages/about.md", about);
    let profile =
        "---\nname: Sky Review\nlogo: ../articles/zq/in/photo.svg\n---\n![](../articles/zq/in/photo.svg)\n";
    site.write("content/sources/sky-review.md", profile);
    site
}

#[test]
fn files_of_a_hidden_article_are_published_nowhere() {
    let mut site = shows_files_in_every_way();
    site.at = "2026-01-31T12:00:00Z";
    let report = site.build();
    assert!(is_only_hidden(&report), "{}", told(&report.diagnostics));
    insta::assert_snapshot!(told(&report.diagnostics));
    let page = site.page("2024/02/a07/index.html");
    let text = &page[page.find("See ").unwrap()..];
    insta::assert_snapshot!(text[..text.find("</div>").unwrap()].trim());
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.contains("photo.svg") && !text.contains("photo.svg"), "`{path}` shows it");
        assert!(!text.contains("<rect width=\"3\""), "`{path}` is it");
    }
    let mut served = Kept::new(&site);
    served.check(&site);
    // Other edits change nothing of this; a new picture of it is noticed.
    site.write("content/articles/new.md", &newcomer("New", "2024-05-20", "tags: [sea]\n"));
    let report = site.build();
    assert!(is_only_hidden(&report) && is_quick(&report), "{:?}", report.way);
    add(&site, "content/articles/new.md", "\n![](zq/in/photo.svg)\n");
    full(&mut site, "a file of an article that is not published");
    served.check(&site);
    site.at = "2026-02-01T12:00:00Z";
    site.build_fine();
    served.check(&site);
    let shown = site.output().into_keys().filter(|path| path.contains("photo.svg")).count();
    assert_eq!(shown, 7, "beside each page that shows it");
    site.edit("content/articles/zq/index.md", "publish: 2026-02-01", "publish: 2026-03-01");
    assert!(is_only_hidden(&site.build()));
    site.edit("content/articles/zq/index.md", "publish: 2026-03-01\n", "");
    full(&mut site, "a document asks for an article that is not published");
}

/// `build` compares each with a clean build.
#[test]
fn builds_that_have_little_to_do_know_hidden_links() {
    let asked = "a document asks for an article that is not published";
    let draft = "content/articles/draft.md";
    for lint in ["", "[lint]\n\"hidden-link\" = \"off\"\n\"dead-link\" = \"off\"\n"] {
        let mut site = site(lint);
        site.write(
            draft,
            &newcomer("Draft", "2024-05-20", "draft: true\nslug: hidden\ntags: [unheard-of]\n"),
        );
        add(
            &site,
            &path(7),
            "\n[One](draft.md) [[hidden]] [two](/2024/05/hidden/) [three](/tags/unheard-of/).\n",
        );
        assert!(is_only_hidden(&site.build()));
        let report = {
            add(&site, draft, "\nMore.\n");
            site.build()
        };
        assert!(is_only_hidden(&report));
        // Another article changes nothing of this.
        site.write("content/articles/new.md", &newcomer("New", "2024-05-20", "tags: [sea]\n"));
        let report = site.build();
        assert!(is_only_hidden(&report) && is_quick(&report), "{:?}", report.way);
        site.edit(draft, "title: Draft", "title: A draft");
        full(&mut site, asked);
        site.edit(draft, "tags: [unheard-of]", "tags: [sea]");
        let report = site.build();
        assert_eq!(
            (report.ok, report.way),
            (!lint.is_empty(), Way::Full(masthead::model::declined::Declined(asked)))
        );
        site.edit(draft, "draft: true\n", "");
        site.build();
    }
}

#[test]
fn a_new_draft_may_be_what_a_dead_link_means() {
    for link in [
        "[x](draft.md)",
        "[[draft]]",
        "[x](/2024/05/draft/)",
        "[x](/2024/05/draft/a.txt)",
        "[x](../../05/draft/)",
        "[x](/tags/unheard-of/)",
    ] {
        let mut site = site("[lint]\n\"dead-link\" = \"off\"\n");
        add(&site, &path(7), &format!("\n{link}\n"));
        site.build_fine();
        site.write(
            "content/articles/draft.md",
            &newcomer("Draft", "2024-05-20", "draft: true\ntags: [unheard-of]\n"),
        );
        let report = full(&mut site, "a document asks for an article that is not published");
        assert!(!report.diagnostics.is_empty() && is_only_hidden(&report), "{link}");
    }
}

#[test]
fn a_limit_makes_no_error_of_links_to_older_articles() {
    let site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", ""));
    site.write("content/articles/b.md", &format!("{}[A](a.md)\n", article("B", "2025-02-01", "")));
    let request = masthead::build::Request { limit: Some(1), ..site.request() };
    let report = masthead::build::run(&request, &masthead::build::Silent).unwrap();
    assert!(is_only_hidden(&report));
    insta::assert_snapshot!(told(&report.diagnostics));
}

#[test]
fn the_last_article_of_a_wider_tag_may_go() {
    let mut site = TestSite::new("");
    site.write("content/articles/b.md", &article("B", "2025-01-01", "tags: [Tides]\nexpires: 2026-02-01\n"));
    site.write("content/articles/c.md", &article("C", "2025-01-01", "tags: [x]\n"));
    site.write("content/tags/x.md", "---\nname: X\nparent: tides\n---\n");
    site.at = "2026-01-31T12:00:00Z";
    site.build_fine();
    assert!(site.page("tags/x/index.html").contains("/tags/tides/"));
    site.at = "2026-02-01T12:00:00Z";
    site.build_fine();
    assert!(!site.page("tags/x/index.html").contains("/tags/tides/"));
    site.edit("content/articles/b.md", "Tides", "Waves");
    assert!(!site.build().ok, "now nobody has it");
    site.edit("content/articles/b.md", "Waves", "Tides");
    site.edit("content/articles/b.md", "expires: 2026-02-01\n", "draft: true\n");
    site.build_fine();
    site.edit("content/articles/b.md", "draft: true\n", "");
    site.build_fine();
    assert!(site.page("tags/x/index.html").contains("/tags/tides/"));
}

#[test]
fn a_wish_for_a_hidden_article_says_why_it_is_not_granted() {
    let mut site = TestSite::new("");
    site.at = "2026-01-31T12:00:00Z";
    let pieces = [
        ("draft", "draft: true"),
        ("early", "publish: 2026-02-03"),
        ("late", "expires: 2026-01-02"),
        ("gone", "withdrawn: 2026-01-02"),
    ];
    for (slug, more) in pieces {
        let piece = article(&format!("A {slug}"), "2025-03-04", &format!("{more}\n"));
        site.write(&format!("content/articles/{slug}.md"), &piece);
    }
    let wishes = "related: [draft, A early, late.md]\nunrelated: [gone, nobody]\n";
    site.write("content/articles/here.md", &article("Here", "2025-03-05", wishes));
    let report = site.build();
    assert!(report.ok, "{}", told(&report.diagnostics));
    insta::assert_snapshot!(told(&report.diagnostics));
    // Each message goes when its article comes.
    site.at = "2026-02-04T12:00:00Z";
    assert!(!told(&site.build().diagnostics).contains("early"));
    site.edit("content/articles/draft.md", "draft: true\n", "");
    assert!(!told(&site.build().diagnostics).contains("draft"));
}
