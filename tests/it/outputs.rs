//! What each page and file promises: links, feeds, addresses, visibility.

use std::collections::BTreeSet;

use masthead::base::diag::Rule;
use masthead::build::{Request, Silent, run};

use crate::support::{SITE_TOML, TestSite, article, percent_decode, told};

/// The values of an attribute in HTML.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn all_links_of_a_site_under_a_path_work() {
    let site_toml =
        "title = \"Test\"\nbase_url = \"https://test.example/sub/path/\"\n[lists]\npage_size = 3\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{site_toml}"));
    for number in 1..20 {
        let more = format!(
            "source: Outlet {}\ntags: [море, tag {}]\nauthors: [A B]\nseries: S\n",
            number % 3,
            number % 4
        );
        let text = article(&format!("Article {number}"), &format!("2024-{:02}-03", number % 12 + 1), &more);
        site.write(
            &format!("content/articles/a{number}.md"),
            &format!("{text}\n[other](a1.md), [tags](/tags/), [file](a.csv)\n"),
        );
    }
    site.write("content/articles/a.csv", "x\n");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nSee [one](../articles/a2.md).\n");
    site.build_fine();
    let output = site.output();
    let mut seen = 0;
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for link in attributes(&html, "href").into_iter().chain(attributes(&html, "src")) {
            let Some(inside) = link.strip_prefix("/sub/path/") else {
                assert!(!link.starts_with('/'), "`{path}` links to `{link}`, which is outside the base path");
                continue;
            };
            let inside = percent_decode(inside.split('#').next().unwrap());
            let file = if inside.is_empty() || inside.ends_with('/') {
                format!("{inside}index.html")
            } else {
                inside
            };
            assert!(output.contains_key(&file), "`{path}` links to `{link}`, which does not exist");
            seen += 1;
        }
    }
    assert!(seen > 500);
}

/// `?` can't be in a name on Windows.
#[cfg(unix)]
#[test]
fn files_are_published_under_their_names() {
    let mut site = TestSite::new(
        "-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://test.example/sub/\"\n[outputs]\nhtaccess = true\nnginx_redirects = true\n",
    );
    let text = "[a](h%23.txt), [b](<Report #3?.pdf>), [c](</Top #1?.txt>), ![d](100%25%20#1.svg), [e](/%231.txt#x)\n";
    let more = "image: 'Cover #1.png'\naliases: [/old/%231/, '/old/a%3Fb']\n";
    site.write("content/articles/a/index.md", &(article("First", "2025-01-01", more) + text));
    for file in ["h#.txt", "Report #3?.pdf", "100% #1.svg", "Cover #1.png", "#/?.txt"] {
        site.write(&format!("content/articles/a/{file}"), file);
    }
    for file in ["#1.txt", "Top #1?.txt", "# some 1/#.txt"] {
        site.write(&format!("static/{file}"), file);
    }
    site.build_fine();
    let page = site.page("2025/01/a/index.html");
    for link in [
        "2025/01/a/h%23.txt",
        "2025/01/a/Report%20%233%3F.pdf",
        "Top%20%231%3F.txt",
        "2025/01/a/100%25%20%231.svg",
        "%231.txt#x",
    ] {
        assert!(page.contains(&format!("\"/sub/{link}\"")), "{link}");
    }
    for file in [
        "2025/01/a/h#.txt",
        "2025/01/a/Report #3?.pdf",
        "2025/01/a/#/?.txt",
        "#1.txt",
        "# some 1/#.txt",
        "old/#1/index.html",
        "old/a?b/index.html",
    ] {
        assert!(!site.page(file).is_empty());
    }
    assert!(site.page("feed.xml").contains("https://test.example/sub/2025/01/a/Report%20%233%3F.pdf"));
    assert!(page.contains("https://test.example/sub/2025/01/a/Cover%20%231.png"));
    assert!(site.page("_redirects").contains("/sub/old/%231/ /sub/2025/01/a/ 301\n"));
    assert!(site.page("_redirects").contains("/sub/old/a%3Fb/ /sub/2025/01/a/ 301\n"));
    assert!(site.page(".htaccess").contains("\"^/sub/old/\\#1/$\" /sub/2025/01/a/\n"));
    assert!(site.page("redirects.nginx.conf").contains("location = \"/sub/old/#1/\" {"));
    // They are known as Masthead's own: what goes is removed, what has changed is written.
    site.remove("static/# some 1/#.txt");
    site.write("static/#1.txt", "changed");
    site.build_fine();
    assert!(!site.root().join("public/# some 1").exists());
    assert_eq!(site.page("#1.txt"), "changed");
}

#[test]
fn nothing_of_an_unpublished_article_appears_anywhere() {
    let mut site = TestSite::new("");
    site.write("content/articles/seen.md", &article("Seen", "2025-01-01", "tags: [sea]\n"));
    for (name, more) in
        [("draft", "draft: true\n"), ("embargo", "publish: 2027-01-01\n"), ("gone", "expires: 2025-06-01\n")]
    {
        let more = format!(
            "{more}slug: zq-{name}\ntags: [zq-{name}-tag]\nsource: zq-{name}-outlet\nauthors: [zq {name}]\n"
        );
        site.write(
            &format!("content/articles/{name}.md"),
            &article(&format!("Zq{name}"), "2025-02-01", &more),
        );
    }
    site.write("content/articles/future.md", &article("Zqfuture", "2027-01-01", "slug: zq-future\n"));
    site.build_fine();
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("zq") && !path.contains("zq"), "`{path}` shows a trace");
    }
    site.drafts = true;
    site.future = true;
    site.build_fine();
    let index = site.page("index.html");
    assert!(index.contains("Zqdraft") && index.contains("Zqembargo") && index.contains("Zqfuture"));
    assert!(!index.contains("Zqgone"));
}

#[test]
fn pages_are_numbered_from_the_oldest_article() {
    let mut site = TestSite::new(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n[lists]\npage_size = 2\nrelated = 0\n",
    );
    for day in 1..=5 {
        site.write(
            &format!("content/articles/n{day}.md"),
            &article(&format!("Number {day}"), &format!("2025-01-0{day}"), ""),
        );
    }
    site.build_fine();
    let shown = |page: &str, site: &TestSite| -> BTreeSet<u32> {
        let html = site.page(page);
        (1..=9).filter(|number| html.contains(&format!("Number {number}"))).collect()
    };
    assert_eq!(shown("index.html", &site), BTreeSet::from([3, 4, 5]));
    assert_eq!(shown("page/1/index.html", &site), BTreeSet::from([1, 2]));
    site.write("content/articles/n6.md", &article("Number 6", "2025-01-06", ""));
    site.build_fine();
    assert_eq!(shown("index.html", &site), BTreeSet::from([5, 6]));
    assert_eq!(shown("page/2/index.html", &site), BTreeSet::from([3, 4]));
    assert_eq!(shown("page/1/index.html", &site), BTreeSet::from([1, 2]));
}

#[test]
fn old_addresses_redirect() {
    let mut site = TestSite::new("");
    site.write(
        "content/articles/a.md",
        &article("A", "2025-01-01", "aliases: [/old/place/, /2020/legacy.html]\n"),
    );
    site.build_fine();
    assert!(site.page("old/place/index.html").contains("https://test.example/2025/01/a/"));
    assert!(site.page("2020/legacy.html").contains("https://test.example/2025/01/a/"));
    assert!(site.page("_redirects").contains("/old/place/ /2025/01/a/ 301"));
}

#[test]
fn old_addresses_of_terms_redirect() {
    let toml = "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://test.example/\"\n[outputs]\nhtaccess = true\nnginx_redirects = true\n";
    let mut site = TestSite::new(toml);
    let text = article("A", "2025-01-01", "tags: [Climate]\nsource: Gazette\n");
    // A link to an old address is no dead link.
    site.write("content/articles/a.md", &(text + "\n[More](/category/climate/) of it.\n"));
    let profile =
        "---\nname: Climate\nredirect_from: [/category/climate, /tags/weather/, /tags/climate/]\n---\n";
    site.write("content/tags/climate.md", profile);
    site.write("content/sources/gazette.md", "---\nname: Gazette\nredirects: /outlets/1.html\n---\n");
    // No article has these, and they have pages all the same.
    site.write("content/authors/ada.md", "---\nname: Ada\naliases: [A. Muster, /people/ada/]\n---\n");
    site.write("content/series/night.md", "+++\nname = 'Night'\nredirect_from = ['/runs/night/']\n+++\n");
    site.build_fine();
    for (page, goal) in [
        ("category/climate/index.html", "/tags/climate/"),
        ("tags/weather/index.html", "/tags/climate/"),
        ("outlets/1.html", "/sources/gazette/"),
        ("people/ada/index.html", "/authors/ada/"),
        ("runs/night/index.html", "/series/night/"),
    ] {
        assert!(site.page(page).contains(&format!("https://test.example{goal}")), "{page}");
    }
    let lines = "/category/climate/ /tags/climate/ 301\n/outlets/1.html /sources/gazette/ 301\n/people/ada/ /authors/ada/ 301\n\
        /runs/night/ /series/night/ 301\n/tags/weather/ /tags/climate/ 301\n";
    assert_eq!(site.page("_redirects"), lines);
    assert!(site.page(".htaccess").contains("\"^/category/climate/$\" /tags/climate/\n"));
    assert!(site.page("redirects.nginx.conf").contains("location = \"/tags/weather/\" {"));
    assert!(site.page("tags/climate/index.html").contains("Climate"));
    // An edit of the profile is noticed.
    site.edit("content/tags/climate.md", "/category/climate", "/topics/climate");
    site.edit("content/articles/a.md", "/category/climate/", "/topics/climate/");
    site.build_fine();
    assert!(!site.root().join("public/category").exists());
    assert!(site.page("topics/climate/index.html").contains("/tags/climate/"));
}

#[test]
fn a_link_to_an_old_address_of_a_term_is_no_link_to_what_is_hidden() {
    let mut site = TestSite::new("");
    let draft = article("A", "2025-01-01", "draft: true\naliases: [/category/climate/, /category/sky/]\n");
    site.write("content/articles/a.md", &draft);
    let text = article("B", "2025-01-02", "tags: [Climate]\n");
    let links = "\n[One](/category/climate/) and [another](/category/sky/).\n";
    site.write("content/articles/b.md", &(text + links));
    site.write("content/tags/climate.md", "---\nname: Climate\nredirect_from: /category/climate/\n---\n");
    let report = site.build();
    assert_eq!(told(&report.diagnostics).lines().count(), 1, "{}", told(&report.diagnostics));
    assert!(told(&report.diagnostics).contains("`/category/sky/` is a draft"));
    assert!(site.page("2025/01/b/index.html").contains("/category/climate/\">One</a>"));
}

#[test]
fn an_old_address_that_became_an_alias_may_be_edited() {
    let mut site = TestSite::new("");
    let with = |more: &str| article("A", "2025-01-01", more);
    site.write("content/articles/b.md", &(article("B", "2025-01-02", "") + "\n[A](/2015/05/21/tides/)\n"));
    site.write("content/articles/a.md", &with("permalink: /2015/05/21/tides/\nurl: /foo/c.html\n"));
    site.build_fine();
    assert!(site.page("2015/05/21/tides/index.html").contains("https://test.example/2025/01/a/"));
    assert!(site.page("foo/c.html").contains("https://test.example/2025/01/a/"));
    site.write("content/articles/a.md", &with("permalink: /2015/05/21/tides/\nurl: /foo/d.html\n"));
    site.build_fine();
    assert!(!site.output().contains_key("foo/c.html"));
    site.write("content/articles/a.md", &with("Permalink: /2015/05/21/tides/\nTags: [sea]\n"));
    site.build_fine();
    assert!(site.page("tags/sea/index.html").contains("2025/01/a/"));
}

#[test]
fn a_tag_that_is_not_closed_hides_nothing() {
    let mut site = TestSite::new(&format!(
        "-- site.toml --\n{SITE_TOML}[outputs]\narticle_json = true\narticle_markdown = true\n"
    ));
    let text = "Put it into a <script> tag.\n\nThe <b>second</b> paragraph.\n\n<style>\nThe third.\n";
    for raw_html in ["allow", "sanitize", "escape"] {
        let start = article(raw_html, "2025-01-01", &format!("raw_html: {raw_html}\n"));
        site.write(&format!("content/articles/{raw_html}.md"), &format!("{start}{text}"));
    }
    let report = site.build();
    assert!(report.ok && report.diagnostics.iter().all(|one| one.rule == Rule::UnclosedElement));
    assert_eq!(report.diagnostics.len(), 4, "{:?}", report.diagnostics);
    for raw_html in ["allow", "sanitize", "escape"] {
        let page = site.page(&format!("2025/01/{raw_html}/index.html"));
        assert!(page.contains("a &lt;script&gt; tag") || page.contains("a &lt;script> tag"), "{page}");
        assert!(page.contains("&lt;style") && page.contains("The third."), "{page}");
        let twin = site.page(&format!("2025/01/{raw_html}/index.md"));
        assert!(
            twin.contains("\\<script") && twin.contains("\\<style") && twin.contains("The third."),
            "{twin}"
        );
        let twin = site.page(&format!("2025/01/{raw_html}/index.json"));
        assert!(twin.contains("a &lt;script") && twin.contains("The third."), "{twin}");
    }
    let feed = site.page("feed.xml");
    assert!(feed.contains("&lt;script") && !feed.contains("<script"), "{feed}");
}

#[test]
fn addresses_can_follow_another_pattern() {
    let mut site = TestSite::new(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n[urls]\narticle = \"/{year}/{month}/{day}/{slug}/\"\n",
    );
    site.write("content/articles/a.md", &article("A", "2025-01-02", ""));
    site.write("content/articles/old.md", &article("Old", "1923", ""));
    site.build_fine();
    assert!(site.page("2025/01/02/a/index.html").contains("<h1"));
    assert!(site.page("1923/old/index.html").contains("<h1"));
}

#[test]
fn outputs_can_be_switched_off() {
    let off = "tag_pages source_pages source_years author_pages series_pages year_archives month_archives day_archives \
               atom_feed json_feed term_feeds sitemap news_sitemap robots redirects_file corrections_page citations";
    let switches: String = off.split_whitespace().map(|key| format!("{key} = false\n")).collect();
    let mut site = TestSite::new(&format!(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n[outputs]\n{switches}"
    ));
    site.write(
        "content/articles/a.md",
        &article(
            "A",
            "2025-01-02",
            "tags: [t]\nsource: S\nauthors: [B]\nseries: C\naliases: [/x/]\ncorrections: [{text: y}]\n",
        ),
    );
    site.build_fine();
    let pages: Vec<String> = site.output().into_keys().filter(|path| !path.starts_with("assets/")).collect();
    assert_eq!(
        pages,
        [
            ".masthead-files",
            ".masthead-mark",
            "2025/01/a/index.html",
            "404.html",
            "index.html",
            "x/index.html"
        ]
    );
}

#[test]
fn a_site_can_have_its_own_robots_file() {
    let mut site = TestSite::new("-- static/robots.txt --\nUser-agent: *\nDisallow: /private/\n");
    site.build_fine();
    assert!(site.page("robots.txt").contains("/private/"));
}

#[test]
fn bundles_publish_their_files() {
    let mut site = TestSite::new("");
    site.write("content/articles/2025/harbour/index.md", &article("Harbour", "2025-03-04", ""));
    site.write("content/articles/2025/harbour/data/tide.csv", "h\n1\n");
    site.build_fine();
    assert_eq!(site.page("2025/03/harbour/data/tide.csv"), "h\n1\n");
    assert!(site.page("2025/03/harbour/index.html").contains("Harbour"));
}

#[test]
fn an_outlet_is_found_by_the_domain_of_an_address() {
    let mut site = TestSite::new(
        "-- content/sources/harbour-gazette.md --\n---\nname: Harbour Gazette\nurl: https://www.harbour.example/\n---\n",
    );
    site.write(
        "content/articles/a.md",
        &article("A", "2025-01-01", "source: {url: 'https://harbour.example/a'}\n"),
    );
    site.write(
        "content/articles/b.md",
        &article("B", "2025-01-02", "source: {url: 'https://unknown.example/b'}\n"),
    );
    site.build_fine();
    assert!(site.page("sources/harbour-gazette/index.html").contains(">A<"));
    assert!(site.page("sources/unknown-example/index.html").contains(">B<"));
}

#[test]
fn an_embargoed_bundle_keeps_its_files_even_inside_another_bundle() {
    let mut site = TestSite::new("");
    site.write("content/articles/outer/index.md", &article("Outer", "2025-01-01", ""));
    site.write(
        "content/articles/outer/secret/index.md",
        &article("Inner", "2025-01-01", "publish: 2099-01-01\n"),
    );
    site.write("content/articles/outer/secret/leak.pdf", "secret");
    site.write("content/articles/outer/notes.txt~", "a backup");
    site.build_fine();
    let leaks: Vec<String> =
        site.output().into_keys().filter(|path| path.contains("secret") || path.contains('~')).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

#[test]
fn files_beside_profiles_are_published_with_them() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", "source: S\n"));
    site.write("content/sources/s.md", "---\nname: S\n---\n[The paper](paper.txt)\n");
    site.write("content/sources/paper.txt", "x");
    site.build_fine();
    assert_eq!(site.page("sources/s/paper.txt"), "x");
}

#[test]
fn names_that_look_the_same_have_one_address() {
    let article = "---\ntitle: A\ndate: 2025-01-01\n---\nText.\n";
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
    let mut site = TestSite::new("");
    site.write(&format!("content/articles/{decomposed}/{decomposed}.md"), article);
    site.write("site.toml", &format!("{SITE_TOML}[urls]\narticle = \"/{{section}}/{{slug}}/\"\n"));
    site.build_fine();
    assert!(site.page(&format!("{composed}/{composed}/index.html")).contains("Text."));
    site.write(&format!("content/articles/{composed}/{composed}.md"), article);
    site.write(
        "content/articles/third.md",
        &article.replace("title: A", &format!("title: A\nslug: {decomposed}")),
    );
    site.write(
        "content/articles/fourth.md",
        &article.replace("title: A", &format!("title: A\nslug: {composed}")),
    );
    let told = told(&site.build().diagnostics);
    assert_eq!(told.matches("address-clash").count(), 2, "{told}");
}

/// Old archives have such names. macOS and Windows do not let them be made.
#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_are_not_utf8_are_left_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use masthead::build::{Silent, run};
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", ""));
    site.build_fine();
    let build = |site: &TestSite| run(&site.request(), &Silent).unwrap();
    let names: [&[u8]; 3] = [b"static/\xff.txt", b"content/articles/caf\xe9.md", b"data/\xfe/a.json"];
    for name in names {
        let path = site.root().join(OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    let told_once = told(&build(&site).diagnostics);
    assert_eq!(
        told_once.lines().map(|line| line.split(" (").next().unwrap()).collect::<Vec<_>>(),
        ["content/articles/caf\u{fffd}.md", "data/\u{fffd}", "static/\u{fffd}.txt"]
            .map(|path| format!("file-name {path} `{path}` is left out, because its name is not UTF-8"))
    );
    // A build that has little to do tells it, too.
    let report = build(&site);
    assert_eq!((report.counts.rendered, told(&report.diagnostics)), (0, told_once));
    let template = site.root().join(OsStr::from_bytes(b"templates/\xff.html"));
    std::fs::create_dir_all(template.parent().unwrap()).unwrap();
    std::fs::write(template, "{% half").unwrap();
    let report = build(&site);
    assert!(report.ok && report.diagnostics.len() == 4, "{}", told(&report.diagnostics));
}

#[test]
fn a_folder_of_static_files_may_have_a_front_of_its_own() {
    let mut site = TestSite::new("");
    site.write("static/old/site/index.html", "<p>Old.</p>");
    let links = ["/old/site/", "/old/site", "/old/site/index.html", "/old/site/?a=1#b"];
    let text = links.map(|link| format!("[x]({link})\n")).concat();
    site.write("content/articles/a.md", &format!("{}{text}", article("A", "2025-01-01", "")));
    let menu = "[[menu]]\ntitle = \"Old\"\nurl = \"/old/site/\"\n";
    site.write("site.toml", &format!("{SITE_TOML}{menu}"));
    site.build_fine();
    let page = site.page("2025/01/a/index.html");
    assert!(links.iter().all(|link| page.contains(&format!("href=\"{link}\""))));
    site.edit("content/articles/a.md", "/old/site/?", "/old/?");
    assert!(!site.build().ok, "this folder has none");
}

#[test]
fn a_new_article_whose_address_differs_only_in_case_is_reported() {
    let mut site = crate::support::quick::site("");
    site.build_fine();
    let text = crate::support::quick::newcomer("New", "2024-03-08", "tags: [sea]\nslug: A09\n");
    site.write("content/articles/new.md", &text);
    let report = site.build();
    assert_eq!(
        report.diagnostics.iter().map(|one| one.rule.name()).collect::<Vec<_>>(),
        ["similar-addresses"]
    );
    let text = crate::support::quick::newcomer("Other", "2024-03-08", "tags: [sea]\nslug: other\n");
    site.write("content/articles/other.md", &text);
    site.build();
    for slug in ["ärmel", "Ärmel"] {
        let text =
            crate::support::quick::newcomer(slug, "2024-03-08", &format!("tags: [sea]\nslug: {slug}\n"));
        site.write(&format!("content/articles/of-{slug}.md"), &text);
        site.build();
    }
    assert_eq!(site.build().diagnostics.len(), 2);
}

#[test]
fn a_summary_has_the_title_that_a_wiki_link_shows() {
    let mut site = TestSite::new("-- content/pages/more.md --\n---\ntitle: More\n---\nAs in [[the-wall]].\n");
    site.write("content/articles/the-wall.md", &article("The Wall", "2024-03-05", ""));
    let text = |links: &str| format!("---\ntitle: One\ndate: 2024-03-06\n---\n\n{links}\n");
    let first = "**See**\n  [[the-wall]], [[the-wall|that]] and [[ the-wall ]]. the-wall.";
    site.write("content/articles/one.md", &text(first));
    site.build_fine();
    let check = |site: &TestSite, expected: &str| {
        let page = site.page("2024/03/one/index.html");
        assert!(page.contains(&format!("<meta name=\"description\" content=\"{expected}\">")), "{page}");
        for list in ["2024/03/index.html", "feed.xml"] {
            assert!(site.page(list).contains(expected), "{list}");
        }
    };
    check(&site, "See The Wall, that and The Wall. the-wall.");
    let page = site.page("more/index.html");
    assert!(page.contains("<meta name=\"description\" content=\"As in The Wall.\">"), "{page}");
    // Another title, other words, another link.
    site.edit("content/articles/the-wall.md", "title: The Wall", "title: A Wall");
    site.build_fine();
    check(&site, "See A Wall, that and A Wall. the-wall.");
    site.edit("content/articles/one.md", "**See**", "**Look at**");
    site.build_fine();
    check(&site, "Look at A Wall, that and A Wall. the-wall.");
    site.write("content/articles/one.md", &text("No link."));
    site.build_fine();
    check(&site, "No link.");
}

#[test]
fn names_of_files_and_folders_are_transliterated_where_slugs_are() {
    let urls = "[urls]\nslugs = \"ascii\"\narticle = \"/{section}/{slug}/\"\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{urls}"));
    site.write("content/articles/東京/überschrift.md", &article("A", "2024-03-05", "tags: [東京]\n"));
    site.write("content/articles/東京/Own_Name.md", &article("B", "2024-03-05", "slug: eigen-ä\n"));
    site.write("content/pages/über/uns.md", "---\ntitle: Us\n---\nText.\n");
    site.write("content/tags/東京.md", "---\nname: 東京\n---\n");
    site.build_fine();
    for page in ["dongjing/uberschrift", "dongjing/eigen-ä", "uber/uns", "tags/dongjing"] {
        site.page(&format!("{page}/index.html"));
    }
}

#[test]
fn links_to_the_whole_address_of_the_site_are_its_own() {
    let mut site = TestSite::new(
        "-- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n\
         [b](https://test.example/2025/01/b/) ![p](http://test.example/p.png) <a href=\"https://www.test.example/2025/01/b/\">raw</a> \
         https://test.example/2025/01/b/ [draft](https://test.example/2025/01/d/) [shop](//test.example/shop/) \
         <iframe src=\"https://test.example/2025/01/b/\" title=\"B\"></iframe>\n\
         -- content/articles/b.md --\n---\ntitle: B\ndate: 2025-01-02\n---\nText.\n\
         -- content/articles/d.md --\n---\ntitle: D\ndate: 2025-01-03\ndraft: true\n---\nText.\n\
         -- static/p.png --\nNo picture.\n",
    );
    let body = |site: &TestSite| {
        let page = site.page("2025/01/a/index.html");
        let body = page.split_once("<article").unwrap().1.to_owned();
        body.split("</article>").next().unwrap().to_owned()
    };
    assert_eq!(told(&site.build().diagnostics).lines().count(), 1);
    let own = body(&site);
    assert_eq!(own.matches("href=\"/2025/01/b/\"").count(), 3, "{own}");
    assert!(own.contains("src=\"/p.png\"") && own.contains("href=\"//test.example/shop/\""));
    assert!(own.contains("<iframe src=\"/2025/01/b/\""), "{own}");
    assert!(!own.contains("2025/01/d/"));
    let out = site.root().join("preview");
    let request = Request {
        base_url: Some("https://preview.example/sub/".to_owned()),
        out: Some(out.clone()),
        ..site.request()
    };
    assert_eq!(run(&request, &Silent).unwrap().counts.parsed, 0);
    let page = std::fs::read_to_string(out.join("2025/01/a/index.html")).unwrap();
    assert!(
        page.matches("href=\"/sub/2025/01/b/\"").count() >= 3 && !page.contains("\"https://test.example")
    );
    // The address in the file is another one now, and the links lead out of the site.
    site.edit("site.toml", "test.example", "other.example");
    site.build_fine();
    assert!(body(&site).contains("href=\"https://test.example/2025/01/d/\""));
}

/// Other generators use the picture of the front matter for previews alone, so that texts show it, too.
#[test]
fn a_picture_that_the_text_shows_does_not_stand_above_it() {
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}"));
    site.write("static/a b.png", "");
    let shown = |site: &mut TestSite, image: &str, text: &str| {
        let text = format!("{}\n{text}\n", article("Lamp", "2024-01-02", &format!("image: {image}\n")));
        site.write("content/articles/lamp.md", &text);
        site.build_fine();
        let page = site.page("2024/01/lamp/index.html");
        assert!(page.contains("\"og:image\" content=\"https://"), "{page}");
        page.matches("<img src").count()
    };
    assert_eq!(shown(&mut site, "/a b.png", "![A lamp](</a b.png>)"), 1);
    assert_eq!(shown(&mut site, "https://e.example/?a&b", "![A lamp](https://e.example/?a&b)"), 1);
    assert_eq!(shown(&mut site, "/a b.png", "[A lamp](</a b.png>)"), 1);
    assert_eq!(shown(&mut site, "/a b.png", "![A lamp](https://e.example/b.png)"), 2);
    assert_eq!(shown(&mut site, "{src: /a b.png, credit: Ida Muster}", "![A lamp](</a b.png>)"), 2);
}

#[test]
fn previews_show_no_drawing() {
    let mut site = TestSite::new("");
    site.write("static/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"/>");
    site.write("static/share.png", "no picture");
    site.write("content/articles/a.md", &article("A", "2025-01-01", "image: {src: /a.svg, alt: A}\n"));
    site.build_fine();
    let page = site.page("2025/01/a/index.html");
    assert!(!page.contains("og:image") && page.contains("content=\"summary\""), "{page}");
    site.write(
        "site.toml",
        &format!("{SITE_TOML}[theme]\nname = \"broadsheet\"\nshare_picture = \"/share.png\"\n"),
    );
    site.build_fine();
    let page = site.page("2025/01/a/index.html");
    let shown = "<meta property=\"og:image\" content=\"https://test.example/share.png\">";
    assert!(page.contains(shown) && !page.contains("og:image:"), "{page}");
}
