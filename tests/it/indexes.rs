//! What the fronts of indexes tell beside their articles: company, neighbours, anniversaries, orders.

use std::process::Command;

use masthead::model::path::OutPath;

use crate::support::{SITE_TOML, TestSite, article};

/// A site whose lists and overviews say nothing but what is to be seen here.
fn site(more: &str) -> TestSite {
    let site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{more}"));
    site.write(
        "templates/list.html",
        "{% set c = list.company %}{% if c %}{% if c.first %}{{ c.first.number }} to {{ c.last.number }}{% endif %}\
         {% for each in c.tags %} #{{ each.name }}={{ each.count }}{% endfor %}\
         {% for each in c.sources %} @{{ each.name }}={{ each.count }}{% endfor %}\
         {% for each in c.authors %} by {{ each.name }}={{ each.count }}{% endfor %}{% endif %}\
         {% if list.before %}<{{ list.before.title }}{% endif %}{% if list.after %}>{{ list.after.title }}{% endif %}\
         {% for card in list.anniversaries %} *{{ card.title }}{% endfor %}",
    );
    site.write(
        "templates/terms.html",
        "{{ terms.order }}:{% for term in terms.terms %} {{ term.name }}{% endfor %}",
    );
    site.write(
        "templates/home.html",
        "{% for slot in list.front_page.slots %}[{{ slot.title }}:{% for card in slot.cards %} {{ card.title }}{% endfor %}]{% endfor %}",
    );
    site
}

fn add(site: &TestSite, title: &str, date: &str, more: &str) {
    site.write(&format!("content/articles/{title}.md"), &article(title, date, more));
}

/// What stands at addresses.
fn check(site: &TestSite, expected: &[(&str, &str)]) {
    let seen = expected.iter().map(|(path, _)| (*path, site.page(&format!("{path}index.html"))));
    let seen: Vec<(&str, String)> = seen.map(|(path, text)| (path, text.trim().to_owned())).collect();
    let expected: Vec<(&str, String)> =
        expected.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_front_shows_what_the_articles_of_its_term_have_in_common() {
    let mut site = site("");
    site.write("content/tags/tides.md", "---\nname: tides\nparent: sea\n---\n");
    add(&site, "one", "1968-05", "tags: [sea, tides, fog]\nsource: Gazette\nauthors: [Ann, Ben]\n");
    add(&site, "two", "2024-03-05", "tags: [sea, fog]\nsource: [Gazette, Journal]\nauthors: [Ann]\n");
    add(&site, "three", "2025-01-01", "tags: [fog]\nsource: Journal\nseries: Shore\n");
    site.build_fine();
    check(
        &site,
        &[
            ("tags/sea/", "1968-05 to 2024-03-05 #fog=2 @Gazette=2 @Journal=1 by Ann=2 by Ben=1"),
            ("tags/tides/", "1968-05 to 1968-05 #fog=1 @Gazette=1 by Ann=1 by Ben=1"),
            ("tags/fog/", "1968-05 to 2025-01-01 #sea=2 #tides=1 @Gazette=2 @Journal=2 by Ann=2 by Ben=1"),
            ("sources/gazette/", "1968-05 to 2024-03-05 #fog=2 #sea=2 #tides=1 @Journal=1 by Ann=2 by Ben=1"),
            ("authors/ben/", "1968-05 to 1968-05 #fog=1 #sea=1 #tides=1 @Gazette=1 by Ann=1"),
            ("series/shore/", "2025-01-01 to 2025-01-01 #fog=1 @Journal=1"),
            ("sources/gazette/2024/", ""),
        ],
    );
    // An article changes the fronts of its own terms.
    add(&site, "four", "2025-02-01", "tags: [sea]\nsource: Journal\n");
    let report = site.build_fine();
    let written: Vec<&str> = report.written.iter().map(OutPath::as_str).collect();
    assert!(
        written.contains(&"tags/sea/index.html") && !written.contains(&"tags/fog/index.html"),
        "{written:?}"
    );
    check(&site, &[("tags/sea/", "1968-05 to 2025-02-01 #fog=2 @Gazette=2 @Journal=2 by Ann=2 by Ben=1")]);
}

#[test]
fn an_outlet_counts_once_for_an_article_and_an_article_without_a_date_hides_none() {
    let mut site = site("[lint]\nmissing-date = \"off\"\n");
    let twice = "tags: [fog]\nsource:\n- {outlet: One, url: 'https://one.example/a'}\n- {outlet: One, url: 'https://one.example/b', role: via}\n- Two\n";
    add(&site, "one", "2024-03-05", twice);
    add(&site, "two", "2024-03-06", "tags: [fog]\nsource: Two\n");
    site.write("content/articles/undated.md", "---\ntitle: undated\ntags: [fog]\n---\nText.\n");
    site.build_fine();
    check(&site, &[("tags/fog/", "2024-03-05 to 2024-03-06 @Two=2 @One=1")]);
}

#[test]
fn a_term_named_like_an_order_keeps_its_address() {
    let mut site = site("");
    add(&site, "one", "2024-03-05", "tags: [By count, fog]\nsource: Only\n");
    site.build_fine();
    check(
        &site,
        &[
            ("tags/", "name: By count fog"),
            ("tags/by-count/", "2024-03-05 to 2024-03-05 #fog=1 @Only=1"),
            ("tags/by-newest/", "newest: By count fog"),
        ],
    );
}

#[test]
fn days_months_and_years_lead_to_their_neighbours_and_to_the_same_day_before() {
    let mut site = site("");
    for (title, date) in
        [("old", "1923"), ("may", "1968-05"), ("first", "2020-06-21"), ("second", "2023-06-21T08:00:00Z")]
    {
        add(&site, title, date, "");
    }
    for (title, date) in
        [("third", "2023-06-21T09:00:00Z"), ("fourth", "2023-07-01"), ("fifth", "2025-06-21")]
    {
        add(&site, title, date, "");
    }
    site.build_fine();
    check(
        &site,
        &[
            ("1923/", ">1968"),
            ("1968/", "<1923>2020"),
            ("1968/05/", ">June 2020"),
            ("2023/06/", "<June 2020>July 2023"),
            ("2020/06/21/", ">21 June 2023"),
            ("2023/06/21/", "<21 June 2020>1 July 2023 *first"),
            ("2025/06/21/", "<1 July 2023 *third *second *first"),
        ],
    );
    // What comes later changes nothing on the page of an earlier day but the way to it.
    add(&site, "sixth", "2025-08-01", "");
    site.build_fine();
    check(&site, &[("2025/06/21/", "<1 July 2023>1 August 2025 *third *second *first")]);
    add(&site, "zeroth", "2019-06-21", "");
    site.build_fine();
    check(&site, &[("2020/06/21/", "<21 June 2019>21 June 2023 *zeroth")]);
}

#[test]
fn an_overview_comes_in_three_orders() {
    let mut site = site("");
    add(&site, "one", "2024-01-01", "tags: [birds, fog, sea]\nsource: Only\n");
    add(&site, "two", "2024-01-02", "tags: [sea]\nsource: Only\n");
    add(&site, "three", "2024-01-03", "tags: [fog, amber]\nsource: Only\n");
    add(&site, "four", "2024-01-04", "tags: [sea]\nsource: Only\n");
    site.build_fine();
    check(
        &site,
        &[
            ("tags/", "name: amber birds fog sea"),
            ("tags/by-count/", "count: sea fog amber birds"),
            ("tags/by-newest/", "newest: sea amber fog birds"),
            ("sources/", "name: Only"),
        ],
    );
    assert!(!site.root().join("public/sources/by-count").exists(), "one outlet has no order");
    let map = site.page("sitemap.xml");
    assert!(map.contains("/tags/</loc>") && !map.contains("by-count"), "{map}");
}

#[test]
fn countries_and_languages_are_sorted_and_pairs_without_an_outlet_are_marked() {
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}language = \"de\"\n"));
    for (slug, country, language) in [
        ("a", "AT", "de-AT"),
        ("b", "DE", "de"),
        ("c", "GB", "en"),
        ("d", "XQ", "de"),
        ("e", "DE", "en"),
        ("f", "DE", "de"),
    ] {
        let profile = format!("---\nname: {slug}\ncountry: {country}\nlanguage: {language}\n---\n");
        site.write(&format!("content/sources/{slug}.md"), &profile);
    }
    add(&site, "one", "2025-01-01", "source: a\n");
    site.build_fine();
    let page = site.page("sources/index.html");
    let options = page.split("<option").skip(1).map(|option| {
        let (_, option) = option.split_once('>').unwrap();
        option.split('<').next().unwrap()
    });
    assert_eq!(
        options.collect::<Vec<_>>(),
        ["Alle", "Deutschland", "Österreich", "Vereinigtes Königreich", "XQ", "Alle", "Deutsch", "Englisch"]
    );
    let known: Vec<&str> = page
        .lines()
        .filter_map(|line| {
            line.strip_prefix("main:has(.c-")?.strip_suffix(":checked) .no-terms{display:none}")
        })
        .collect();
    assert_eq!(
        known,
        [
            "AT:checked):has(.l-de",
            "DE:checked):has(.l-de",
            "DE:checked):has(.l-en",
            "GB:checked):has(.l-en",
            "XQ:checked):has(.l-de"
        ]
    );
    assert!(page.contains("<p class=\"no-terms\">Keine Quelle"), "{page}");
}

#[test]
fn feeds_and_slots_can_be_in_order_of_arrival() {
    let mut site = site("[feeds]\norder = \"added\"\n[[front.slots]]\ntitle = \"New\"\norder = \"added\"\n");
    add(&site, "young", "2025-03-01", "");
    add(&site, "old", "1897-11", "added: 2025-04-01\n");
    add(&site, "middle", "2025-02-01", "");
    for number in 0..8 {
        add(&site, &format!("lead{number}"), &format!("2025-05-0{}", number + 1), "");
    }
    site.build_fine();
    let feed: serde_json::Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    let titles: Vec<&str> =
        feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles[8..], ["old", "young", "middle"]);
    let old = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "old").unwrap();
    assert_eq!(old["date_published"], "1897-11-01T00:00:00Z");
    assert_eq!(old["date_modified"], "2025-04-01T00:00:00Z");
    check(&site, &[("", "[New: lead1 lead0 old young][: middle]")]);
    // The date alone changes the order.
    site.edit("content/articles/old.md", "added: 2025-04-01", "added: 2025-02-15");
    site.build_fine();
    check(&site, &[("", "[New: lead1 lead0 young old][: middle]")]);
}

#[test]
fn lists_can_be_in_order_of_arrival() {
    let mut site = site("[lists]\norder = \"added\"\npage_size = 2\n");
    site.write(
        "templates/list.html",
        "{{ list.order }}:{% for card in list.cards %} {{ card.title }}{% if card.added %} ({{ card.added.number }}){% endif %}{% endfor %}",
    );
    site.write("templates/home.html", "{% include \"list.html\" %}");
    let terms = "source: Gazette\ntags: [fog]\nseries: Shore\n";
    add(&site, "one", "2025-01-01", terms);
    add(&site, "two", "2025-02-01", terms);
    add(&site, "three", "2025-03-01", terms);
    add(&site, "four", "2025-04-01", terms);
    site.build_fine();
    check(&site, &[("", "added: four three"), ("page/1/", "added: two one")]);
    // Who comes with an old date comes last, and nobody moves to another page.
    add(&site, "old", "1897-11", &format!("added: 2025-05-01\n{terms}"));
    let report = site.build_fine();
    let written: Vec<&str> = report.written.iter().map(OutPath::as_str).collect();
    assert!(!written.iter().any(|path| path.contains("page/")), "{written:?}");
    let front = "added: old (2025-05-01) four three";
    check(
        &site,
        &[
            ("", front),
            ("page/1/", "added: two one"),
            ("tags/fog/", front),
            ("tags/fog/page/1/", "added: two one"),
            ("sources/gazette/", front),
            ("sources/gazette/1897/", "date: old (2025-05-01)"),
            ("1897/11/", "date: old (2025-05-01)"),
            ("2025/", "date: four three"),
            ("series/shore/", "part: old (2025-05-01) one two three four"),
        ],
    );
    let feed: serde_json::Value = serde_json::from_str(&site.page("feed.json")).unwrap();
    assert_eq!(feed["items"][0]["title"], "four", "feeds have an order of their own");
    // Between others of one day the time counts, then the date.
    add(&site, "late", "1899-01-01", &format!("added: 2025-05-01T12:00:00Z\n{terms}"));
    add(&site, "older", "1896-01-01", &format!("added: 2025-05-01\n{terms}"));
    site.build_fine();
    let page = "added: late (2025-05-01) old (2025-05-01) older (2025-05-01)";
    check(&site, &[("tags/fog/", page), ("tags/fog/page/2/", "added: four three")]);
    site.edit("content/articles/old.md", "added: 2025-05-01", "added: 2025-01-15");
    site.build_fine();
    check(&site, &[("tags/fog/page/1/", "added: old (2025-01-15) one")]);
}

#[test]
fn a_series_shows_the_numbers_of_its_parts() {
    let mut site = site("");
    site.write(
        "templates/list.html",
        "{% for card in list.cards %}{{ list.part_numbers[loop.index0] | default(value=\"-\") }} {{ card.title }}. {% endfor %}",
    );
    for (title, series) in [("a", "{name: S, part: 2}"), ("b", "{name: S, part: 5}"), ("c", "S")] {
        add(&site, title, "2025-01-01", &format!("tags: [fog]\nseries: {series}\n"));
    }
    site.build_fine();
    check(&site, &[("series/s/", "2 a. 5 b. 6 c."), ("tags/fog/", "- c. - b. - a.")]);
    // Another number in the same order changes no card.
    site.edit("content/articles/b.md", "part: 5", "part: 4");
    site.build_fine();
    check(&site, &[("series/s/", "2 a. 4 b. 5 c.")]);
}

#[test]
fn the_parts_before_and_after_are_in_the_language_of_the_article() {
    let mut site = site("");
    let steps = "{{ article.series.part }}/{{ article.series.total }} {{ article.series.previous.title | default(value=\"-\") }} \
                 {{ article.series.next.title | default(value=\"-\") }}";
    site.write("templates/article.html", steps);
    // No. 2 is only in Danish, no. 5 only in French, and the last two have no number.
    let parts = [
        ("eins", "", "1"),
        ("one", "da", "1"),
        ("two", "da", "2"),
        ("drei", "", "3"),
        ("three", "da", "3"),
        ("cinq", "fr", "5"),
        ("six", "da", "null"),
        ("sieben", "", "null"),
    ];
    for (title, lang, part) in parts {
        let lang = if lang.is_empty() { String::new() } else { format!("lang: {lang}\n") };
        add(&site, title, "2025-01-01", &format!("{lang}series: {{name: S, part: {part}}}\n"));
    }
    site.build_fine();
    check(
        &site,
        &[
            ("2025/01/eins/", "1/7 - two"),
            ("2025/01/one/", "1/7 - two"),
            ("2025/01/two/", "2/7 one three"),
            ("2025/01/drei/", "3/7 two cinq"),
            ("2025/01/three/", "3/7 two cinq"),
            ("2025/01/cinq/", "5/7 drei sieben"),
            ("2025/01/sieben/", "6/7 cinq six"),
            ("2025/01/six/", "7/7 sieben -"),
        ],
    );
}

#[test]
fn hours_of_other_zones_are_moments_in_lists_and_feeds() {
    let mut site = site("[lists]\norder = \"added\"\n[feeds]\norder = \"added\"\n");
    site.write("templates/list.html", "{% for card in list.cards %}{{ card.title }} {% endfor %}");
    for (slug, hour) in [("first", "10:00:00+02:00"), ("third", "09:30:00Z"), ("second", "09:00:00Z")] {
        add(&site, slug, "2024-01-01", &format!("added: 2025-05-01T{hour}\ntags: [fog]\n"));
    }
    site.build_fine();
    check(&site, &[("tags/fog/", "third second first")]);
    let feed: serde_json::Value = serde_json::from_str(&site.page("tags/fog/feed.json")).unwrap();
    let titles: Vec<_> = feed["items"].as_array().unwrap().iter().map(|item| &item["title"]).collect();
    assert_eq!(titles, ["third", "second", "first"]);
}

#[test]
fn a_slot_of_this_day_changes_at_midnight() {
    let mut site =
        site("timezone = \"Europe/Lisbon\"\n[[front.slots]]\ntitle = \"Today\"\nquery = \"day:today\"\n");
    for number in 0..8 {
        add(&site, &format!("lead{number}"), &format!("2025-12-2{number}"), "");
    }
    add(&site, "first", "2020-06-21", "");
    add(&site, "second", "2024-06-22", "");
    add(&site, "vague", "2024-06", "");
    site.at = "2026-06-21T22:59:00Z";
    site.build_fine();
    check(&site, &[("", "[Today: first][: lead1 lead0 second vague]")]);
    let mut next = Command::new(env!("CARGO_BIN_EXE_masthead"));
    let next = next.args(["next", "--at", site.at, "--root"]).arg(site.root()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&next.stdout).trim(), "2026-06-21T23:00:00Z");
    site.at = "2026-06-21T23:00:00Z";
    site.build_fine();
    check(&site, &[("", "[Today: second][: lead1 lead0 vague first]")]);
}

/// `kb` begins as `k` does, and lies beside it.
#[test]
fn a_file_of_another_folder_is_published_by_its_name() {
    let mut site = TestSite::plain(SITE_TOML);
    site.write("content/articles/kb/p.png", "no picture");
    let text = article("K", "2025-03-01", "");
    site.write("content/articles/k/index.md", &format!("{text}\n![A lamp](../kb/p.png)\n"));
    site.build_fine();
    assert!(site.output().contains_key("2025/03/k/p.png"), "{:?}", site.output().keys());
}
