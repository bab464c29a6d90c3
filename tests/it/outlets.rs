//! Outlets are found by addresses alone, however these are written: one for each domain, with one page, and
//! no article is lost.

use std::collections::BTreeMap;

use url::Url;

use crate::support::{SITE_TOML, TestSite, article, percent_decode};

const ARTICLES: usize = 3_500;

/// Nothing but articles, outlets and their lists.
const OUTPUTS: &str = "[outputs]\natom_feed = false\njson_feed = false\nsource_years = false\nmonth_archives = false\n\
                       day_archives = false\ncitations = false\n[lists]\nrelated = 0\n";

/// An outlet: its name, and the domains that are its own.
struct Outlet {
    name: String,
    domains: Vec<String>,
}

/// Forty outlets, most of which nothing is known of but their addresses.
fn outlets() -> Vec<Outlet> {
    let of = |name: String, domains: &[&str]| Outlet {
        domains: if domains.is_empty() {
            vec![name.clone()]
        } else {
            domains.iter().map(|&domain| domain.to_owned()).collect()
        },
        name,
    };
    let plain = (0..24).map(|number| of(format!("paper{number}.example"), &[]));
    let below = (0..4).map(|number| of(format!("town{number}.papers.example"), &[]));
    let foreign =
        ["bücher.example", "bucher.example", "море.example", "新聞.example", "zürich.bücher.example"];
    let foreign = foreign.map(|domain| of(domain.to_owned(), &[]));
    let alike = ["paper-1.example", "paper1.test", "www2.paper1.example", "papers.example"]
        .map(|domain| of(domain.to_owned(), &[]));
    let known = [
        of("The Moved Paper".to_owned(), &["moved.example", "moved-before.example"]),
        of("First of Two".to_owned(), &["shared.example/first"]),
        of("Second of Two".to_owned(), &["shared.example/first/second"]),
    ];
    plain.chain(below).chain(foreign).chain(alike).chain(known).collect()
}

const PROFILES: &[(&str, &str)] = &[
    (
        "moved",
        "name: The Moved Paper\nurl: https://www.moved.example/\naliases: [Moved, moved-before.example]\n",
    ),
    ("first", "name: First of Two\nurl: https://Shared.example:443/first/\n"),
    ("second", "name: Second of Two\nurl: https://shared.example/first/second\n"),
];

/// An address at a domain, which may have a path, written in one of eight ways.
fn address(domain: &str, number: usize) -> String {
    let (host, path) =
        domain.split_once('/').map_or((domain, String::new()), |(host, path)| (host, format!("/{path}")));
    let ascii = Url::parse(&format!("https://{host}")).unwrap().host_str().unwrap().to_owned();
    match number / 40 % 8 {
        0 => format!("https://{host}{path}/{number}"),
        1 => format!("http://{host}{path}/{number}"),
        2 => format!("https://www.{host}{path}/{number}?a=https://other.example/"),
        3 => format!("HTTPS://WWW.{}{path}/{number}", host.to_uppercase()),
        4 => format!("https://{host}:8443{path}/{number}"),
        5 => format!("https://{host}.{path}/{number}"),
        6 => format!("https://reader:word@{host}{path}/{number}#a"),
        _ => format!("http://WWW.{ascii}.:80{path}/{number}"),
    }
}

/// The outlets of the overview, with how many articles it says that they have, and the addresses of their
/// pages.
fn overview(html: &str) -> BTreeMap<String, (usize, String)> {
    let entry = |line: &str| {
        let (url, rest) = line.strip_prefix("<li><a href=\"")?.split_once("\">")?;
        let (name, count) = rest.strip_suffix("</li>")?.split_once("</a> ")?;
        Some((name.to_owned(), (count.parse().ok()?, url.to_owned())))
    };
    let entries: Vec<_> = html.lines().filter_map(entry).collect();
    let outlets: BTreeMap<_, _> = entries.iter().cloned().collect();
    assert_eq!(outlets.len(), entries.len(), "an outlet is there twice");
    outlets
}

/// The titles in the lists below an address, in order.
fn listed(output: &BTreeMap<String, Vec<u8>>, url: &str) -> Vec<String> {
    let folder = percent_decode(url.trim_start_matches('/'));
    let mut titles = Vec::new();
    for (path, bytes) in
        output.iter().filter(|(path, _)| path.starts_with(&folder) && path.ends_with(".html"))
    {
        assert!(path.ends_with("index.html"));
        let html = std::str::from_utf8(bytes).unwrap();
        let items = html.split("<li><a href=\"").skip(1);
        titles.extend(items.map(|item| item.split(['>', '<']).nth(1).unwrap().to_owned()));
    }
    titles.sort();
    titles
}

#[test]
fn every_domain_is_one_outlet_in_any_spelling() {
    let outlets = outlets();
    assert_eq!(outlets.len(), 40);
    let mut site = TestSite::plain(&format!("{SITE_TOML}{OUTPUTS}"));
    for (slug, profile) in PROFILES {
        site.write(&format!("content/sources/{slug}.md"), &format!("---\n{profile}---\n"));
    }
    let mut expected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for number in 0..ARTICLES {
        let outlet = &outlets[number % 40];
        let domain = &outlet.domains[number / 40 % outlet.domains.len()];
        let title = format!("n{number}");
        let more = format!("source_url: \"{}\"\n", address(domain, number));
        site.write(&format!("content/articles/{title}.md"), &article(&title, "2025-03-01", &more));
        expected.entry(&outlet.name).or_default().push(title);
    }
    let report = site.build_fine();
    assert_eq!(report.counts.articles, ARTICLES as u64);

    let output = site.output();
    let found = overview(&site.page("sources/index.html"));
    let counts = |name: &str| found.get(name).map(|(count, _)| *count);
    let wrong: Vec<_> = expected
        .iter()
        .filter(|(name, titles)| counts(name) != Some(titles.len()))
        .map(|(name, titles)| (name, titles.len(), counts(name)))
        .collect();
    assert!(wrong.is_empty() && found.len() == 40, "{wrong:#?}\n{found:#?}");
    let fronts = output.keys().filter(|path| {
        path.strip_prefix("sources/")
            .and_then(|rest| rest.strip_suffix("/index.html"))
            .is_some_and(|slug| !slug.contains('/') && !slug.starts_with("by-"))
    });
    assert_eq!(fronts.count(), 40);
    for (name, mut titles) in expected {
        titles.sort();
        assert_eq!(listed(&output, &found[name].1), titles, "{name}");
    }
}

#[test]
fn one_name_in_two_forms_of_unicode_is_one() {
    let mut site = TestSite::new("");
    let (composed, apart) = ("Caf\u{e9}", "Cafe\u{301}");
    for (file, name) in [("a", composed), ("b", apart), ("c", apart)] {
        let more = format!("tags: [{name}]\nauthors: [{name}]\nseries: {name}\nsource: {name}\n");
        site.write(&format!("content/articles/{file}.md"), &article(file, "2025-01-01", &more));
    }
    site.write("content/tags/cafe.md", &format!("---\nname: {apart}\n---\n"));
    site.build_fine();
    assert!(!site.page("2025/01/c/index.html").contains(apart));
}

/// A wrong outlet would give an article a wrong licence too.
#[test]
fn an_address_below_no_homepage_belongs_to_its_domain() {
    let mut site = TestSite::plain(&format!("{SITE_TOML}{OUTPUTS}"));
    for (slug, profile) in [
        ("alice", "name: Alice\nurl: https://blogs.example/@alice\nlicense: CC0-1.0\nindex: self\n"),
        ("bob", "name: Bob\nurl: https://blogs.example/@bob/\n"),
        ("lone", "name: Lone\nurl: https://lone.example/news/\n"),
        ("wide", "name: Wide\nurl: https://wide.example/news/\naliases: [wide.example]\n"),
        ("whole", "name: Whole\nurl: https://whole.example/\n"),
        ("part", "name: Part\nurl: https://whole.example/part/\n"),
    ] {
        site.write(&format!("content/sources/{slug}.md"), &format!("---\n{profile}---\n"));
    }
    let cases = [
        ("blogs.example/@alice/post", "Alice"),
        ("blogs.example/@bob", "Bob"),
        ("blogs.example/@alicent/post", "blogs.example"),
        ("blogs.example/@carol/post", "blogs.example"),
        ("blogs.example", "blogs.example"),
        ("lone.example/news/post", "Lone"),
        ("lone.example/shop", "lone.example"),
        ("wide.example/shop", "Wide"),
        ("whole.example/post", "Whole"),
        ("whole.example/part/post", "Part"),
    ];
    let write = |site: &TestSite, number: usize| {
        let (address, _) = cases[number];
        let more = format!("source_url: https://{address}\n");
        site.write(
            &format!("content/articles/n{number}.md"),
            &article(&format!("n{number}"), "2025-03-01", &more),
        );
    };
    (0..cases.len()).for_each(|number| write(&site, number));
    site.build_fine();
    let found = overview(&site.page("sources/index.html"));
    for (number, (address, outlet)) in cases.iter().enumerate() {
        let titles = listed(&site.output(), &found[*outlet].1);
        assert!(titles.contains(&format!("n{number}")), "{address} is not among {titles:?} of {outlet}");
    }
    // A new article finds the same outlet as in a clean build, to which `build` compares it.
    for number in 0..cases.len() {
        site.remove(&format!("content/articles/n{number}.md"));
        site.build_fine();
        write(&site, number);
        site.build_fine();
    }
}

#[test]
fn an_outlet_can_be_named_by_the_domain_of_its_homepage() {
    let mut site = TestSite::plain(&format!("{SITE_TOML}{OUTPUTS}"));
    let sources =
        ["{url: 'https://gazette.example/1'}", "gazette.example", "www.Gazette.example", "other.example"];
    for (number, source) in sources.iter().enumerate() {
        let more = format!("source: {source}\n");
        site.write(
            &format!("content/articles/n{number}.md"),
            &article(&format!("n{number}"), "2025-03-01", &more),
        );
    }
    site.build();
    site.write("content/sources/g.md", "---\nname: The Gazette\nurl: https://www.gazette.example/\n---\n");
    site.write("content/sources/o.md", "---\nname: Other\nurl: https://other.example/part/\n---\n");
    site.build_fine();
    let found = overview(&site.page("sources/index.html"));
    let counts: Vec<_> = found.iter().map(|(name, (count, _))| (name.as_str(), *count)).collect();
    assert_eq!(counts, [("Other", 0), ("The Gazette", 3), ("other.example", 1)]);
    site.write("content/articles/n9.md", &article("n9", "2025-03-01", "source: gazette.example\n"));
    site.build_fine();
    assert_eq!(overview(&site.page("sources/index.html"))["The Gazette"].0, 4);
}
