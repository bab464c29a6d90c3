//! Feeds and address maps are what their specifications say: RFC 4287, RSS 2.0, JSON Feed 1.1, sitemaps.org.

use crate::golden;
use crate::own_sites;
use crate::support::{SITE_TOML, TestSite, article, feeds};

/// What checks a feed or an address map, by its name: what is wrong with it.
fn checker(path: &str) -> Option<fn(&str) -> String> {
    match path.rsplit('/').next() {
        Some("feed.xml") => Some(feeds::atom),
        Some("rss.xml") => Some(feeds::rss),
        Some("feed.json") => Some(feeds::json_feed),
        Some("sitemap.xml" | "news-sitemap.xml") => Some(feeds::sitemap),
        _ => None,
    }
}

/// Checks every feed and address map, and returns how many there are.
fn check<'a>(output: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> usize {
    let mut count = 0;
    for (path, bytes) in output {
        let Some(checker) = checker(path) else { continue };
        let faults = checker(std::str::from_utf8(bytes).unwrap());
        assert!(faults.is_empty(), "`{path}`:\n{faults}");
        count += 1;
    }
    count
}

#[test]
fn feeds_of_every_role_and_policy_are_valid() {
    let mut site = TestSite::copy_of(&golden::folder("sources").join("site"));
    site.build_fine();
    assert_eq!(check(&site.output()), 5);
    site.edit("site.toml", "term_feeds = false", "term_feeds = true");
    site.edit("site.toml", "entries = 100", "entries = 100\ncontent = \"summary\"");
    site.build_fine();
    assert!(check(&site.output()) > 30);
}

#[test]
fn feeds_of_the_demo_site_are_valid() {
    assert!(check(own_sites::demo()) > 150);
}

#[test]
fn feeds_without_entries_are_valid() {
    let mut site = TestSite::new("");
    site.edit("site.toml", "title", "outputs.rss_feed = true\ntitle");
    site.build_fine();
    assert_eq!(check(&site.output()), 5);
}

/// A faultless feed, what is replaced in it, by what, and what is told then.
type Case<'a> = (&'a str, &'a str, &'a str);

fn check_cases(good: &str, checker: fn(&str) -> String, cases: &[Case<'_>]) {
    assert_eq!(checker(good), "");
    for (from, to, fault) in cases {
        assert!(good.contains(from), "{from}");
        let told = checker(&good.replacen(from, to, 1));
        assert!(told.lines().any(|line| line == *fault), "`{from}` → `{to}`: {told}");
    }
}

#[test]
fn errors_in_atom_are_found() {
    let good = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><id>https://a.example/f</id>\
                <link rel='self' href='https://a.example/f'/><updated>2024-01-01T00:00:00Z</updated>\
                <author><name>A</name></author>\
                <entry><title>B</title><id>https://a.example/b</id><link href='https://a.example/b'/>\
                <updated>2024-01-01T00:00:00Z</updated><category term='c'/><content type='html'>&lt;p></content>\
                <source><id>https://o.example/</id><title>O</title><updated>2024-01-01T00:00:00Z</updated></source></entry>\
                <entry><title>C</title><id>https://a.example/c</id><link href='https://a.example/c'/>\
                <updated>2024-01-01T00:00:00Z</updated></entry></feed>";
    check_cases(
        good,
        feeds::atom,
        &[
            ("<title>A</title>", "", "feed/title is there 0 times, not once"),
            ("<title>B</title>", "<title/>", "entry/title is empty"),
            (
                "<title>B</title>",
                "<title>B</title><title>B</title>",
                "entry/title is there 2 times, not once",
            ),
            (
                "<title>B</title>",
                "<title type='text/html'>B</title>",
                "entry/title is of a type that no text has",
            ),
            ("<title>B</title>", "<title type='html'><b>B</b></title>", "entry/title has elements in it"),
            ("<id>https://a.example/b</id>", "<id>/b</id>", "entry/id is no whole address"),
            ("<id>https://a.example/b</id>", "", "entry/id is there 0 times, not once"),
            ("a.example/c</id>", "a.example/b</id>", "entry/id is that of another entry too"),
            ("2024-01-01T00:00:00Z", "2024-01-01", "feed/updated is no moment of RFC 3339"),
            ("<link rel='self' href='https://a.example/f'/>", "", "feed/link to the feed itself is missing"),
            (
                "<author><name>A</name></author>",
                "",
                "entry/author is neither here nor in the source or the feed",
            ),
            ("<name>A</name>", "", "feed/author/name is there 0 times, not once"),
            (
                "<link href='https://a.example/c'/>",
                "",
                "entry/link to the text is missing, and there is no content",
            ),
            (
                "<link href='https://a.example/b'/>",
                "<link href='b'/>",
                "entry/link leads to no whole address",
            ),
            (
                "<link href='https://a.example/b'/>",
                "<link href='https://a.example/b'/><link rel='alternate' href='https://a.example/b2'/>",
                "entry/link is the second alternate of one type and language",
            ),
            ("<category term='c'/>", "<category>c</category>", "entry/category has no term"),
            ("&lt;p>", "<p/>", "entry/content has elements in it"),
            ("type='html'", "type='web'", "entry/content is of a type that is none"),
            (
                "type='html'>&lt;p>",
                "src='https://a.example/p'>",
                "entry/content stands elsewhere, and there is no summary",
            ),
            ("<id>https://o.example/</id>", "", "source/id is there 0 times, not once"),
            ("<title>O</title>", "<title>O</title><content/>", "source/content may not stand here"),
            ("<title>B</title>", "<title>B</title><guid/>", "entry/guid may not stand here"),
            ("<feed xmlns='http://www.w3.org/2005/Atom'", "<feed", "feed is not the root"),
        ],
    );
    assert!(feeds::atom("<feed>").contains("is no XML"));
}

#[test]
fn errors_in_rss_are_found() {
    let good = "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>A</title>\
                <link>https://a.example/</link><description>A</description>\
                <lastBuildDate>Mon, 1 Jan 2024 00:00:00 +0000</lastBuildDate>\
                <item><title>B</title><guid>https://a.example/b</guid><dc:creator>X</dc:creator>\
                <pubDate>Mon, 1 Jan 2024 00:00:00 +0000</pubDate><source url='https://o.example/'>O</source>\
                <enclosure url='https://a.example/b.mp3' length='3' type='audio/mpeg'/></item>\
                <item><description>C</description><guid isPermaLink='false'>c</guid></item></channel></rss>";
    check_cases(
        good,
        feeds::rss,
        &[
            ("version='2.0'", "version='0.91'", "rss is not of version 2.0"),
            ("<description>A</description>", "", "channel/description is there 0 times, not once"),
            ("<description>A</description>", "<description/>", "channel/description is empty"),
            ("<link>https://a.example/</link>", "<link>/</link>", "channel/link is no whole address"),
            ("<title>B</title>", "", "item has neither title nor description"),
            (
                "<title>B</title>",
                "<title>B</title><title>B</title>",
                "item/title is there 2 times, not at most once",
            ),
            ("<title>B</title>", "<title>B</title><summary>B</summary>", "item/summary may not stand here"),
            ("<guid>https://a.example/b</guid>", "<guid>b</guid>", "item/guid is no whole address"),
            ("isPermaLink='false'", "isPermaLink='no'", "item/guid is neither a link nor none"),
            (">c</guid>", ">https://a.example/b</guid>", "item/guid is that of another entry too"),
            ("<pubDate>Mon", "<pubDate>Tue", "item/pubDate is no date of RFC 5322"),
            ("<pubDate>Mon, 1 Jan 2024", "<pubDate>Sat, 4 Jul 1868", "item/pubDate is no date of RFC 5322"),
            (
                "Mon, 1 Jan 2024 00:00:00 +0000",
                "2024-01-01T00:00:00Z",
                "channel/lastBuildDate is no date of RFC 5322",
            ),
            ("<source url='https://o.example/'>", "<source>", "item/source has no address"),
            (" length='3'", "", "item/enclosure has no length"),
            ("type='audio/mpeg'", "type='mp3'", "item/enclosure has no type"),
            ("dc:creator>X</dc:creator", "dc:date>X</dc:date", "item/date is of no module that is known"),
        ],
    );
    assert!(feeds::rss("<rss>").contains("is no XML"));
}

#[test]
fn errors_in_json_feed_are_found() {
    let good = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"feed_url\":\"https://a.example/f\",\
                \"authors\":[{\"name\":\"A\"}],\"_more\":1,\"items\":[\
                {\"id\":\"b\",\"url\":\"https://a.example/b\",\"content_html\":\"<p>\",\"date_published\":\"2024-01-01T00:00:00Z\",\"tags\":[\"t\"],\
                \"attachments\":[{\"url\":\"https://a.example/b.mp3\",\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":3}]},\
                {\"id\":\"c\",\"content_text\":\"C\"}]}";
    check_cases(
        good,
        feeds::json_feed,
        &[
            ("version/1.1", "version/1", "feed.version is not 1.1"),
            ("\"title\":\"A\",", "", "feed.title is missing"),
            ("\"title\":\"A\"", "\"title\":\"\"", "feed.title is no text"),
            ("\"title\":\"A\"", "\"titel\":\"A\"", "feed.titel is no key"),
            ("https://a.example/f", "/f", "feed.feed_url is no whole address"),
            ("[{\"name\":\"A\"}]", "{\"name\":\"A\"}", "feed.authors is no list"),
            ("{\"name\":\"A\"}", "\"A\"", "feed.authors has something that is no object"),
            ("{\"name\":\"A\"}", "{}", "feed.authors has one of whom nothing is said"),
            ("\"id\":\"b\"", "\"id\":1", "item.id is no text"),
            ("\"id\":\"b\"", "\"id\":\"c\"", "item.id is that of another entry too"),
            ("\"id\":\"b\",", "", "item.id is missing"),
            (",\"content_text\":\"C\"", "", "item has no content"),
            ("2024-01-01T00:00:00Z", "2024-01-01", "item.date_published is no moment of RFC 3339"),
            ("[\"t\"]", "[1]", "item.tags is no list of texts"),
            ("[\"t\"]", "\"t\"", "item.tags is no list of texts"),
            ("\"mime_type\":\"audio/mpeg\",", "", "item.attachments.mime_type is missing"),
            (":3}", ":\"3\"}", "item.attachments.size_in_bytes is no number"),
            ("https://a.example/b\"", "b\"", "item.url is no whole address"),
        ],
    );
    assert!(feeds::json_feed("[]").contains("is no object") && feeds::json_feed("{").contains("is no JSON"));
}

#[test]
fn errors_in_sitemaps_are_found() {
    let good = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>\
                <url><loc>https://a.example/</loc><lastmod>1871</lastmod></url>\
                <url><loc>https://a.example/b</loc><n:news><n:publication><n:name>A</n:name><n:language>en</n:language></n:publication>\
                <n:publication_date>2024-01-01T00:00:00Z</n:publication_date><n:title>B</n:title></n:news></url></urlset>";
    check_cases(
        good,
        feeds::sitemap,
        &[
            ("<loc>https://a.example/</loc>", "", "url/loc is there 0 times, not once"),
            ("<loc>https://a.example/</loc>", "<loc>/</loc>", "url/loc is no whole address"),
            (
                "<loc>https://a.example/</loc>",
                "<loc>https://a.example/b</loc>",
                "url/loc is that of another entry too",
            ),
            ("1871", "1.1.1871", "url/lastmod is no date"),
            ("<lastmod>1871</lastmod>", "<changed/>", "url/changed may not stand here"),
            ("<n:language>en</n:language>", "", "publication/language is there 0 times, not once"),
            ("<n:title>B</n:title>", "<n:title/>", "news/title is empty"),
            ("2024-01-01T00:00:00Z", "soon", "news/publication_date is no date"),
            ("sitemap/0.9'", "sitemap/1.0'", "urlset is not the root"),
        ],
    );
    assert!(feeds::sitemap("<urlset>").contains("is no XML"));
}

#[test]
fn rss_has_text_where_readers_take_it_for_html() {
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}[outputs]\nrss_feed = true\n"));
    let more = "summary: Use <img src=x> & \"<b>\" if 1 < 2\n";
    site.write("content/articles/a.md", &article("A", "2025-01-01", more));
    site.build_fine();
    let expected = "<description>Use &amp;lt;img src=x&amp;gt; &amp;amp; &quot;&amp;lt;b&amp;gt;&quot; if 1 &amp;lt; 2</description>";
    let feed = site.page("rss.xml");
    assert!(feed.contains(expected), "{feed}");
    // That of the channel is text.
    site.edit("site.toml", "title", "description = \"A & b\"\ntitle");
    site.build_fine();
    assert!(site.page("rss.xml").contains("<description>A &amp; b</description>"));
}

#[test]
fn an_entry_has_the_picture_and_the_translators() {
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}[outputs]\nrss_feed = true\n"));
    site.write("static/a.png", "no picture");
    let more = "lang: ar\nauthors: [Tom Reed]\nsource: {outlet: Gazette, url: \"https://g.example/a\", role: translation, author: Ada}\n\
                image: {src: /a.png, alt: \"A <b>\", caption: A & b., credit: Ann, license: \"https://l.example/by\"}\n";
    site.write("content/articles/a.md", &article("A", "2025-01-01", more));
    let shown = "image: {src: /a.png, alt: A}\n";
    site.write("content/articles/b.md", &(article("B", "2025-01-02", shown) + "![A](/a.png)\n"));
    site.build_fine();
    check(&site.output());
    let json: serde_json::Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    let content = |place: usize| json["items"][place]["content_html"].as_str().unwrap();
    let expected = "<div lang=\"ar\" dir=\"rtl\">\n<p>Translated from <a href=\"https://g.example/a\">Gazette</a></p>\n\
                    <figure><img src=\"https://test.example/a.png\" alt=\"A &lt;b&gt;\">\
                    <figcaption>A &amp; b. <small>Photo: Ann · <a href=\"https://l.example/by\">Licence</a></small></figcaption></figure>\n";
    assert!(content(1).starts_with(expected) && content(1).ends_with("</div>\n"), "{}", content(1));
    assert_eq!(content(0).matches("<img").count(), 1, "{}", content(0));
    assert!(site.page("feed.xml").contains("<contributor>\n      <name>Tom Reed</name>"));
    assert!(site.page("rss.xml").contains("<dc:contributor>Tom Reed</dc:contributor>"));
}

#[test]
fn an_entry_without_a_date_has_none_and_one_that_appears_late_is_new() {
    let more = "[outputs]\nrss_feed = true\n[lint]\nmissing-date = \"off\"\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{more}"));
    site.write("content/articles/a.md", "---\ntitle: A\n---\nText.\n");
    site.build_fine();
    check(&site.output());
    let (atom, rss, json) = (site.page("feed.xml"), site.page("rss.xml"), site.page("feed.json"));
    assert!(!atom.contains("published") && atom.contains("<updated>1970-01-01T00:00:00Z"), "{atom}");
    assert!(!rss.contains("Date>") && !json.contains("\"date_"), "{rss}{json}");
    let late = article("B", "2025-05-20", "publish: 2025-06-01T06:00Z\n");
    site.write("content/articles/b.md", &late);
    site.build_fine();
    let json: serde_json::Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    assert_eq!(json["items"][0]["date_published"], "2025-05-20T00:00:00Z");
    assert_eq!(json["items"][0]["date_modified"], "2025-06-01T06:00:00Z");
    assert!(site.page("feed.xml").contains("<updated>2025-06-01T06:00:00Z"));
}

#[test]
fn both_sitemaps_are_named_for_robots() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", ""));
    let robots = |site: &mut TestSite, more: &str| {
        site.write("site.toml", &format!("{SITE_TOML}[outputs]\n{more}"));
        site.build_fine();
        let text = site.page("robots.txt");
        text.lines().filter_map(|line| line.strip_prefix("Sitemap: ")).collect::<Vec<_>>().join(" ")
    };
    let (all, news) = ("https://test.example/sitemap.xml", "https://test.example/news-sitemap.xml");
    assert_eq!(robots(&mut site, ""), format!("{all} {news}"));
    assert_eq!(robots(&mut site, "sitemap = false\n"), news);
    assert_eq!(robots(&mut site, "sitemap = false\nnews_sitemap = false\n"), "");
}
