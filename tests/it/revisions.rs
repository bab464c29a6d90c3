//! A build with a revised article renders only the pages that show it, however large the collection is; and
//! which revisions count as such.
//!
//! [`TestSite::build`] compares each output folder with a clean build. As with new articles, it is also
//! compared with the one before.

use std::fs;

use masthead::build::Way;

use crate::additions::survives_damage;
use crate::random_edits::{Dice, FRONT_PAGE, new_article};
use crate::support::quick::{
    SENTENCE, TERMS, add, amended, full, is_quick, newcomer, path, renewed, site, words_of,
};
use crate::support::{TestSite, article, temporary_folder, told};

const NO_RELATED: &str = "[lists]\nrelated = 0\n[outputs]\nterm_feeds = false\n";

#[test]
fn a_new_title_renders_its_page_its_neighbours_and_its_lists() {
    let mut site = site(NO_RELATED);
    site.build_fine();
    site.edit(&path(7), "title: Article 07", "title: Another");
    assert_eq!(
        renewed(&mut site),
        [
            "2024/02/22/index.html",
            "2024/02/a06/index.html",
            "2024/02/a07/index.html",
            "2024/02/index.html",
            "2024/03/a08/index.html",
            "2024/page/1/index.html",
            "page/1/index.html",
            "sources/sky-review/2024/index.html",
            "sources/sky-review/index.html",
            "tags/sky/index.html",
        ]
    );
    let report = site.build_fine();
    assert_eq!((report.counts.articles, report.counts.rendered), (40, 0));
}

#[test]
fn a_change_renders_the_pages_that_show_it() {
    let edits: [(&str, &str); 12] = [
        ("title: Article 07", "title: Another"),
        ("summary: What it says.", "summary: What it does not say."),
        ("tags:", "updated: 2025-01-01\ntags:"),
        ("updated: 2025-01-01\n", ""),
        ("tags:", "lang: de\ntags:"),
        ("tags:", "image: {src: /lamp.png, alt: A lamp}\ntags:"),
        ("src: /lamp.png, alt: A lamp", "src: /sea.png, alt: The sea"),
        ("image: {src: /sea.png, alt: The sea}\n", ""),
        ("\nThe", "\n## A heading\n\nThe"),
        ("\nThe text", "\n![The sea](/sea.png)\n\nThe [text](#a-heading)"),
        ("\nThe", "\nLighthouse keepers. The"),
        ("Lighthouse keepers. ", ""),
    ];
    let mut site = site("[outputs]\narticle_json = true\narticle_markdown = true\n");
    site.write("static/lamp.png", "no picture");
    site.write("static/sea.png", "no picture");
    site.edit("content/pages/about.md", "See [one](../articles/a07.md).", "Nothing.");
    site.build_fine();
    for (from, to) in edits {
        site.edit(&path(7), from, to);
        let written = renewed(&mut site);
        assert!(written.contains(&"2024/02/a07/index.html".to_owned()), "{to}: {written:?}");
        add(&site, &path(7), SENTENCE);
        assert_ne!(site.build_fine().way, Way::Renewed, "after {to}");
    }
}

#[test]
fn a_new_reading_time_renders_the_cards() {
    let mut site = site("");
    site.build_fine();
    add(&site, &path(7), &"and so it was ".repeat(120));
    let report = site.build_fine();
    assert!(report.way == Way::Renewed && report.counts.rendered > 1, "{:?} {:?}", report.way, report.counts);
}

#[test]
fn related_lists_follow_the_text() {
    let mut site = site("[outputs]\nterm_feeds = false\n[related]\ntags = 0\nsource = 0\n");
    site.build_fine();
    let shows = |site: &TestSite, number: usize| {
        site.page(&format!("2024/{:02}/a{number:02}/index.html", number / 4 + 1))
            .contains("related: Article 20")
    };
    // What it told of it tells of no longer, and then of what two others tell of, one after the other.
    let mut words = words_of(20);
    for number in [7, 9, 35, 20, 7] {
        site.edit(&path(20), &words, &words_of(number));
        words = words_of(number);
        let written = renewed(&mut site);
        assert!(number == 20 || shows(&site, number), "{written:?}");
        assert_eq!([7, 9, 35].map(|other| shows(&site, other)), [7, 9, 35].map(|other| other == number));
    }
    // Below whose text it stands, there it has its new title.
    site.edit(&path(20), "title: Article 20", "title: Lamps");
    assert!(renewed(&mut site).contains(&"2024/02/a07/index.html".to_owned()));
}

#[test]
fn the_same_story_elsewhere_is_found_at_once() {
    let mut site = site("[related]\nelsewhere_days = 200\n[outputs]\narticle_markdown = true\n");
    site.build_fine();
    let story = "\nThe lamp was lit for the first time since the storm, and the keeper said that no ship had missed it, because \
                 all of them had stayed in the harbour and waited for better weather.\n";
    let shows = |site: &TestSite, number: usize| {
        site.page(&format!("2024/{:02}/a{number:02}/index.html", number / 4 + 1)).contains("elsewhere: ")
    };
    for number in [20, 21, 22] {
        site.edit(&path(number), &words_of(number), story);
        renewed(&mut site);
    }
    assert_eq!([20, 21, 22].map(|number| shows(&site, number)), [true, true, true]);
    site.edit(&path(21), story, &words_of(21));
    renewed(&mut site);
    assert_eq!([20, 21, 22].map(|number| shows(&site, number)), [false, false, false]);
}

#[test]
fn the_same_day_in_later_years_is_rendered() {
    let mut site = site(NO_RELATED);
    site.write("content/articles/old.md", &newcomer("Old", "2019-02-22", TERMS));
    site.write("content/articles/older.md", &newcomer("Older", "1999-02-22", TERMS));
    site.build_fine();
    site.edit("content/articles/older.md", "title: Older", "title: Oldest");
    let written = renewed(&mut site);
    for day in ["1999", "2019", "2024"] {
        assert!(written.contains(&format!("{day}/02/22/index.html")), "{day}: {written:?}");
    }
    assert!(site.page("2024/02/22/index.html").contains(">Oldest<"));
}

#[test]
fn at_any_place_on_numbered_pages() {
    for order in ["date", "added"] {
        let mut site = site(&format!(
            "[lists]\npage_size = 3\norder = \"{order}\"\n[outputs]\narticle_json = true\n[front]\nlead = 2\n"
        ));
        for number in (0..40).step_by(7) {
            site.edit(&path(number), "tags:", &format!("added: 2025-01-{:02}\ntags:", 30 - number / 2));
        }
        site.build_fine();
        for number in [0, 1, 17, 21, 35, 38, 39] {
            site.edit(&path(number), "title: Article", "title: Piece");
            renewed(&mut site);
            site.edit(&path(number), "summary: What it says.", "updated: 2025-03-01\nsummary: What it said.");
            assert!(renewed(&mut site).contains(&"sitemap.xml".to_owned()));
        }
    }
}

#[test]
fn pins_are_rendered_on_the_front_page() {
    let mut site = site(
        "[front]\nlead = 2\n[[front.pins]]\narticle = \"a05.md\"\n[[front.pins]]\narticle = \"Article 11\"\n",
    );
    site.write("templates/home.html", FRONT_PAGE);
    site.build_fine();
    site.edit(&path(5), "title: Article 05", "title: Another");
    assert!(renewed(&mut site).contains(&"index.html".to_owned()));
    site.edit(&path(11), "summary: What it says.", "summary: What it said.");
    renewed(&mut site);
    // By this title it is pinned.
    site.edit(&path(11), "title: Article 11", "title: Another");
    full(&mut site, "a pin names the old or the new title");
    site.edit(&path(12), "title: Article 12", "title: Article 11");
    full(&mut site, "a dead link, an unknown article or an address that is claimed twice");
}

#[test]
fn the_news_sitemap_has_the_new_title() {
    let mut site = site("");
    site.edit(&path(39), "date: 2024-10-22", "date: 2026-01-01T10:00:00Z");
    site.build_fine();
    site.edit(&path(39), "title: Article 39", "title: Another");
    let written = renewed(&mut site);
    for file in ["news-sitemap.xml", "feed.xml", "tags/sea/feed.json", "index.html"] {
        assert!(written.contains(&file.to_owned()), "{file}: {written:?}");
    }
    assert!(!written.contains(&"sitemap.xml".to_owned()));
}

#[test]
fn an_article_without_a_page_has_a_card() {
    let mut site = site("");
    site.edit(
        &path(7),
        "source: Sky Review",
        "source: {outlet: Sky Review, url: 'https://sky.example/7'}\nindex: link-only",
    );
    site.edit("content/pages/about.md", "See [one](../articles/a07.md).", "Nothing.");
    site.build_fine();
    site.edit(&path(7), "title: Article 07", "title: Another");
    let written = renewed(&mut site);
    assert!(written.contains(&"page/1/index.html".to_owned()), "{written:?}");
    assert!(!written.contains(&"2024/02/a07/index.html".to_owned()), "{written:?}");
}

#[test]
fn several_revisions_and_an_edit_at_once() {
    let mut site = site("");
    site.build_fine();
    site.edit(&path(20), "title: Article 20", "title: One");
    site.edit(&path(21), "title: Article 21", "title: Two");
    site.edit(&path(3), &words_of(3), &words_of(20));
    add(&site, &path(30), SENTENCE);
    let written = renewed(&mut site);
    assert!(written.contains(&"2024/08/a30/index.html".to_owned()), "{written:?}");
    // A file that was only touched is nothing.
    let text = fs::read_to_string(site.root().join(path(8))).unwrap();
    site.remove(&path(8));
    site.write(&path(8), &text);
    site.edit(&path(20), "title: One", "title: Three");
    renewed(&mut site);
}

/// Two texts that have a new term in common that nobody had.
#[test]
fn a_new_term_of_two_texts_relates_them() {
    let mut site = site("[outputs]\nterm_feeds = false\n[related]\ntags = 0\nsource = 0\n");
    site.build_fine();
    for number in [10, 30] {
        site.edit(&path(number), &words_of(number), &words_of(99));
    }
    renewed(&mut site);
    assert!(site.page("2024/03/a10/index.html").contains("related: Article 30"));
    assert!(site.page("2024/08/a30/index.html").contains("related: Article 10"));
}

#[test]
fn repeated_revisions_between_additions_and_edits() {
    let mut site = site("[related]\nelsewhere_days = 200\n");
    site.build_fine();
    for round in 0..6 {
        let name = format!("content/articles/m{round}.md");
        let date = ["2024-05-20", "2025-01-01", "2001-02-03", "1999", "2024-06", "2024-05-20"][round];
        site.write(&name, &newcomer(&format!("M{round}"), date, TERMS));
        assert_eq!(site.build_fine().way, Way::Renewed);
        site.edit(&name, "title: M", "title: Number ");
        renewed(&mut site);
        add(&site, &name, &format!("\n{}\n", words_of(round * 5)));
        renewed(&mut site);
        add(&site, &path(round * 5), SENTENCE);
        assert!(is_quick(&site.build_fine()));
        site.edit(&path(round * 5), &words_of(round * 5), &words_of(round * 5 + 1));
        renewed(&mut site);
        site.edit(&path(round * 5), "title: Article", "title: Piece");
        site.edit(&name, "summary: What it says.", "summary: What it said.");
        renewed(&mut site);
    }
    // What was revised is taken in by a full build.
    site.edit(&path(3), "date: 2024-01-22", "date: 2024-01-23");
    full(&mut site, "another date");
    site.edit(&path(3), "title: Article", "title: Piece");
    renewed(&mut site);
}

#[test]
fn changed_links_are_resolved() {
    let mut site = site("[lint]\n\"dead-anchor\" = \"off\"\n");
    add(&site, &path(8), "\n## Lamps\n");
    add(&site, &path(9), "\n[One](a20.md), [[Article 21]].\n");
    site.write("content/articles/paper.pdf", "%PDF-1.4");
    site.build_fine();
    let own = "2024/03/a09/index.html";
    let edits = [
        ("[One](a20.md)", "[One](a21.md), [another](a08.md#lamps)", "/2024/03/a08/#lamps"),
        ("[another](a08.md#lamps)", "[itself](a09.md#lights)\n\n## Lights\n\n", "#lights\""),
        ("[One](a21.md)", "[One](a20.md)", "/2024/06/a20/"),
        ("[One](a20.md), ", "", "/2024/06/a21/"),
        (", [[Article 21]]", "", "a09"),
        ("## Lights", "[One](/2024/01/a00/)\n\n## Lights", "/2024/01/a00/"),
    ];
    for (from, to, expected) in edits {
        site.edit(&path(9), from, to);
        assert!(renewed(&mut site).contains(&own.to_owned()), "{to}");
        assert!(site.page(own).contains(expected), "{expected}: {}", site.page(own));
    }
    // It may lead to what comes into another at the same time.
    site.edit(&path(9), "[One](/2024/01/a00/)", "[One](a08.md#lights)");
    site.edit(&path(8), "## Lamps", "## Lights");
    full(&mut site, "other headings in an article of which one is asked for");
    site.edit(&path(9), "(a08.md#lights)", "(a30.md#fog)");
    add(&site, &path(30), "\n## Fog\n");
    renewed(&mut site);
    site.edit(&path(9), "(a30.md#fog)", "(a31.md#mist)");
    renewed(&mut site);
    // It was asked for in vain.
    add(&site, &path(31), "\n## Mist\n");
    full(&mut site, "other headings in an article of which one is asked for");
    for (from, to, why) in [
        ("[One](a31.md#mist)", "[[Article 31]]", "a new link by title or slug"),
        ("[[Article 31]]", "[One](/tags/sea/)", "a new link to an address that is no document's"),
        ("[One](/tags/sea/)", "One", ""),
        ("One", "[One](paper.pdf)", ""),
        ("[One](paper.pdf)", "One", "an article leads to a file no more"),
    ] {
        site.edit(&path(9), from, to);
        if why.is_empty() {
            renewed(&mut site);
        } else {
            full(&mut site, why);
        }
    }
}

#[test]
fn changes_with_wider_effects_need_a_full_build() {
    let correction = "corrections: [{date: 2025-01-01, text: One}]\ntags:";
    let edits = [
        ("tags:", "tags: [", "tags: [cities, ", "other tags, authors or sources"),
        ("tags:", "tags:", correction, "corrections"),
        (correction, "text: One", "text: Two", "corrections"),
        (correction, "title: ", "title: New ", "corrections"),
        ("tags:", "tags:", "aliases: [/old/]\ntags:", "another address"),
        ("tags:", "tags:", "related: [a09]\ntags:", "other wishes for related articles"),
        ("tags:", "tags:", "series: Lamps\ntags:", "a part of a series"),
        ("series: Lamps\ntags:", "title: ", "title: New ", "a part of a series"),
        ("tags:", "source:", "index: noindex\nsource:", "an article is seen elsewhere, or at another time"),
        ("tags:", "date: 2024-02-22", "date: 2024-02-23", "another date"),
    ];
    for (tags, from, to, why) in edits {
        let mut site = site("");
        site.edit(&path(7), "tags:", tags);
        site.build_fine();
        site.edit(&path(7), from, to);
        full(&mut site, why);
        add(&site, &path(7), SENTENCE);
        assert!(amended(&mut site).iter().any(|file| file.ends_with("a07/index.html")), "after {to}");
    }
    let mut site = site("");
    site.build_fine();
    site.edit(&path(9), "title: Article 09", "title: Another");
    add(&site, "content/pages/about.md", SENTENCE);
    full(&mut site, "a standing page");
    let mut site = crate::support::quick::site("[[front.slots]]\ntag = \"sea\"\n");
    site.build_fine();
    site.edit(&path(9), "title: Article 09", "title: Another");
    full(&mut site, "a front page with slots");
}

#[test]
fn errors_need_a_full_build() {
    let mut site = site("");
    site.build_fine();
    site.edit(&path(10), "tags:", "tagz: [x]\ntags:");
    full(&mut site, "there is something to be told of a document");
    site.edit(&path(10), "title: Article 10", "title: Another");
    full(&mut site, "there is something to be told of a document");
}

#[test]
fn a_changed_name_that_others_link_to_needs_a_full_build() {
    let called = "a document asks for the old or the new title";
    let anchored = "other headings in an article of which one is asked for";
    let asking = [
        ("\nSee [[Article 20]].\n", "title: Article 20", "title: Another", called),
        ("\nSee [[a20]].\n", "title: Article 20", "title: Another", called),
        ("\nSee [[Article 20]] and [[Article 21]].\n", "title: Article 20", "title: Article 21", called),
        ("\nSee [it](a20.md#lamps).\n", "## Lamps", "## Lights", anchored),
        ("\nSee [it](/2024/06/a20/#lights).\n", "## Lamps", "## Lights", anchored),
        ("\nSee [[Article 20#Lamps]].\n", "## Lamps", "## Lights", anchored),
    ];
    for (text, from, to, why) in asking {
        let mut site = site("[lint]\n\"dead-anchor\" = \"off\"\n\"dead-link\" = \"off\"\n");
        add(&site, &path(20), "\n## Lamps\n");
        add(&site, &path(7), text);
        site.build_fine();
        site.edit(&path(20), from, to);
        full(&mut site, why);
    }
    // A link to the file or its address shows a text of its own, and asks for no heading.
    let mut site = site("[lint]\n\"dead-link\" = \"off\"\n");
    add(&site, &path(20), "\n## Lamps\n");
    add(&site, &path(7), "\nSee [one](a20.md) and [the same](/2024/06/a20/). See [[Lamps]].\n");
    site.build_fine();
    site.edit(&path(20), "title: Article 20", "title: Another");
    assert!(!renewed(&mut site).contains(&"about/index.html".to_owned()));
    site.edit(&path(20), "## Lamps", "## Lights");
    renewed(&mut site);
    site.edit(&path(20), "title: Another", "title: Lamps");
    full(&mut site, "a document asks for the old or the new title");
    // Who wishes to have it below shows its title.
    site.edit(&path(30), "tags:", "related: [a05.md]\ntags:");
    full(&mut site, "other wishes for related articles");
    site.edit(&path(5), "title: Article 05", "title: One");
    assert!(renewed(&mut site).contains(&"2024/08/a30/index.html".to_owned()));
    site.edit(&path(30), "title: Article 30", "title: Another");
    renewed(&mut site);
    // Whom it does not wish to have, nobody has kept.
    site.edit(&path(30), "related: [a05.md]", "unrelated: [a05.md]");
    full(&mut site, "other wishes for related articles");
    site.edit(&path(30), &words_of(30), &words_of(10));
    full(&mut site, "an article has wishes for related articles, and those below it may change");
}

#[test]
fn articles_listed_as_related_stay_first() {
    let mut site = site("[lists]\nrelated = 3\n[outputs]\nterm_feeds = false\n");
    site.edit(&path(30), "tags:", "related: [a05, Article 06]\ntags:");
    site.build_fine();
    let related = |site: &TestSite| {
        let page = site.page("2024/08/a30/index.html");
        let titles = page.split("related: ").skip(1).map(|rest| rest.split('\n').next().unwrap().to_owned());
        titles.collect::<Vec<_>>().join(" ")
    };
    let before = related(&site);
    site.edit(&path(30), &words_of(30), &words_of(10));
    renewed(&mut site);
    site.edit(&path(27), &words_of(27), &words_of(10));
    renewed(&mut site);
    assert_ne!(related(&site), before);
    // Its own name is nobody's, so that fewer stand there than are wished.
    site.edit(&path(30), "related: [a05, Article 06]", "related: [a30, a05, Article 06]");
    full(&mut site, "other wishes for related articles");
    site.edit(&path(30), &words_of(10), &words_of(11));
    full(&mut site, "an article has wishes for related articles, and those below it may change");
}

#[test]
fn dead_links_do_not_matter_unless_names_change() {
    let mut site = site("[lint]\n\"dead-link\" = \"warning\"\n\"unknown-article\" = \"warning\"\n");
    add(&site, &path(7), "\nSee [[Nobody]].\n");
    let told = site.build().diagnostics;
    assert_eq!(told.len(), 1);
    site.edit(&path(20), "summary: What it says.", "summary: What it said.");
    let report = site.build();
    assert!(report.ok && report.way == Way::Renewed, "{:?}", report.way);
    assert_eq!(report.diagnostics, told);
    site.edit(&path(20), "title: Article 20", "title: Nobodies");
    assert_ne!(
        full(&mut site, "a dead link, an unknown article or an address that is claimed twice").diagnostics,
        told
    );
    site.edit(&path(30), "tags:", "related: [nobody]\ntags:");
    full(&mut site, "other wishes for related articles");
    site.edit(&path(20), "summary: What it said.", "summary: What it says.");
    full(&mut site, "a dead link, an unknown article or an address that is claimed twice");
}

#[test]
fn diagnostics_have_the_new_title() {
    let mut site = site("[lint]\n\"dead-anchor\" = \"warning\"\n");
    add(&site, &path(7), "\nSee [it](a20.md#lamps).\n");
    assert!(!site.build().diagnostics.is_empty());
    site.edit(&path(20), "title: Article 20", "title: Another");
    let told =
        full(&mut site, "a dead link, an unknown article or an address that is claimed twice").diagnostics;
    assert!(told.iter().any(|one| one.message.contains("Another")), "{told:?}");
}

#[test]
fn links_to_more_files_beside_it() {
    let mut site = site("");
    site.write("content/articles/lamp.png", "no picture");
    site.write("content/articles/sea.png", "no picture");
    add(&site, &path(20), "\n![A lamp](lamp.png)\n");
    site.build_fine();
    let [lamp, sea] = ["lamp", "sea"].map(|name| format!("2024/06/a20/{name}.png"));
    add(&site, &path(20), "\n## A heading\n\n![A lamp](lamp.png)\n");
    assert!(!renewed(&mut site).contains(&lamp));
    add(&site, &path(20), "\n![The sea](sea.png)\n");
    assert!(renewed(&mut site).contains(&sea));
    site.edit(&path(20), "![The sea](sea.png)", "![The sea](./sea.png)");
    assert!(!renewed(&mut site).contains(&sea));
    site.edit(&path(20), "![The sea](./sea.png)", "The sea.");
    let report = full(&mut site, "an article leads to a file no more");
    assert!(report.removed.iter().any(|path| path.as_str() == sea), "{:?}", report.removed);
}

/// A file above a document is published beside it, by no more than its name.
/// Builds in full, and nothing, because two files claim one address.
#[track_caller]
fn clash(site: &mut TestSite, expected: &str) {
    let report = site.build();
    assert!(matches!(report.way, Way::Full(declined) if declined.0 == "two files with one address"));
    assert_eq!(told(&report.diagnostics), expected);
}

#[test]
fn files_of_the_same_name_need_a_full_build() {
    let mut site = site("");
    for (file, text) in [("lamp.png", "one"), ("some/lamp.png", "two")] {
        site.write(&format!("content/articles/{file}"), text);
    }
    let article = "content/articles/some/x.md";
    site.write(article, &newcomer("X", "2024-05-20", TERMS));
    site.build_fine();
    let [own, other] = ["[A lamp](lamp.png)", "[Another](../lamp.png)"];
    let [own_file, other_file] = ["content/articles/some/lamp.png", "content/articles/lamp.png"];
    let told = |(first, second): (&str, &str), column: u32| {
        format!(
            "address-clash {article}:9:{column} `/2024/05/x/lamp.png` is the address of `{first}` and of `{second}` \
             (give one of the two files another name)\n"
        )
    };
    for (text, files, column) in [
        (format!("{own} {other}"), (own_file, other_file), 42),
        (format!("{other} {own}"), (other_file, own_file), 45),
        (format!("![One](lamp.png) {other} {own}"), (own_file, other_file), 40),
    ] {
        site.edit(article, "X.\n", &text);
        clash(&mut site, &told(files, column));
        site.edit(article, &text, "X.\n");
        site.build_fine();
    }
    site.edit(article, "X.\n", own);
    renewed(&mut site);
}

/// A site in which addresses have no folder of their own, and two files of one name in two folders.
fn without_folders() -> TestSite {
    let site = site("[urls]\narticle = \"/{slug}.html\"\n");
    site.edit("content/pages/about.md", "See [one](../articles/a07.md).", "Nothing.");
    for (file, text) in [("lamp.png", "one"), ("some/lamp.png", "two")] {
        site.write(&format!("content/articles/{file}"), text);
    }
    site
}

/// Where addresses have no folder of their own, files of several articles meet.
#[test]
fn files_of_several_articles_at_one_address_need_a_full_build() {
    let mut site = without_folders();
    site.write("content/articles/x/index.md", &newcomer("X", "2024-05-20", TERMS));
    site.build_fine();
    add(&site, &path(7), "\n![A lamp](lamp.png)\n");
    let new = newcomer("New", "2024-05-20", TERMS);
    site.write("content/articles/some/new.md", &format!("{new}\n![A lamp](lamp.png)\n"));
    let lamps = "address-clash content/articles/some/new.md:13:11 `/lamp.png` is the address of \
                 `content/articles/lamp.png` and of `content/articles/some/lamp.png` \
                 (give one of the two files another name)\n";
    clash(&mut site, lamps);
    site.write("content/articles/some/new.md", &new);
    site.build_fine();
    site.write("content/articles/x/sea.png", "one");
    site.write("content/articles/w/sea.png", "two");
    site.write("content/articles/w/index.md", &newcomer("W", "2024-05-20", TERMS));
    let seas = "address-clash content/articles/x/sea.png `/sea.png` is the address of `content/articles/w/sea.png` \
                and of `content/articles/x/sea.png` (give one of the two files another name)\n";
    clash(&mut site, seas);
}

#[test]
fn a_file_at_a_taken_address_is_reported() {
    let mut site = without_folders();
    add(&site, &path(7), "\n![A lamp](lamp.png)\n");
    site.build_fine();
    let new = newcomer("New", "2024-05-20", TERMS);
    site.write("content/articles/some/new.md", &format!("{new}\n![A lamp](lamp.png)\n"));
    let report = site.build();
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(report.diagnostics[0].rule.name(), "address-clash");
}

#[test]
fn a_missing_file_that_appears_is_no_longer_reported() {
    let mut site = site("[lint]\n\"dead-link\" = \"warning\"\n");
    site.write("content/articles/lamp.png", "no picture");
    add(&site, &path(7), "\n[A lamp](/2024/06/a20/lamp.png)\n");
    assert_eq!(site.build().diagnostics.len(), 1);
    add(&site, &path(20), "\n![A lamp](lamp.png)\n");
    let report = full(&mut site, "a file is published, and one may have been missed");
    assert_eq!(report.diagnostics, []);
}

#[test]
fn output_folders_with_other_revisions_are_kept_apart() {
    let mut site = site("");
    site.build_fine();
    let other = temporary_folder();
    let out = other.path().join("out");
    let elsewhere = |site: &TestSite| site.build_into(&out);
    elsewhere(&site);
    site.edit(&path(7), "title: Article 07", "title: Another");
    site.edit(&path(7), &words_of(7), &words_of(20));
    assert_eq!(elsewhere(&site).way, Way::Renewed);
    full(&mut site, "what the last build kept is gone, damaged or of another build");
    site.edit(&path(9), "title: Article 09", "title: One");
    renewed(&mut site);
    site.write("content/articles/new.md", &newcomer("New", "2024-02-20", TERMS));
    assert_eq!(site.build_fine().way, Way::Renewed);
    elsewhere(&site);
    site.edit(&path(9), "title: One", "title: Two");
    elsewhere(&site);
    site.edit(&path(9), "title: Two", "title: Three");
    site.build_fine();
}

#[test]
fn a_revision_is_right_whatever_cache_file_is_damaged() {
    let mut site = site("");
    site.build_fine();
    let mut number = 0;
    let revise = |site: &mut TestSite| {
        number += 1;
        let text =
            article(&format!("Number {number}"), "2024-02-22", "source: Sky Review\nsummary: It says.\n");
        site.write(&path(7), &format!("{text}\n{}\n", words_of(number % 40)));
        site.build_fine();
    };
    survives_damage(&mut site, revise);
}

/// Revisions of all kinds at random among other changes, with terms, words and stories in common.
#[test]
fn a_hundred_and_twenty_random_revisions() {
    let mut dice = Dice(20_261_130);
    let mut site = TestSite::plain(
        "title = \"Test\"\nbase_url = \"https://test.example/sub/\"\n[lists]\npage_size = 4\nrelated = 4\n\
         [related]\nelsewhere_days = 200\n[outputs]\narticle_json = true\n[front]\nlead = 2\n",
    );
    let file = |number: usize| format!("content/articles/n{number}.md");
    for number in 0..30 {
        site.write(&file(number), &new_article(&mut dice, number));
    }
    site.build_fine();
    let (mut count, mut quick) = (30, 0);
    for step in 0..120 {
        let path = file(dice.roll(count));
        let text = fs::read_to_string(site.root().join(&path)).unwrap();
        match dice.roll(24) {
            0 => site.write(&path, &text.replacen("tags: [", "tags: [light, ", 1)),
            1 => site.write(&path, &text.replacen("date: 20", "date: 19", 1)),
            2 => site.write(&path, &text.replacen("tags:", "series: Lamps\ntags:", 1)),
            3 => add(&site, &path, SENTENCE),
            4..=6 => {
                site.write(&file(count), &new_article(&mut dice, count));
                count += 1;
            }
            _ => {
                for _ in 0..=dice.roll(3) {
                    let path = file(dice.roll(count));
                    revise(&site, &mut dice, &path, step);
                }
            }
        }
        quick += u32::from(site.build_fine().way == Way::Renewed);
    }
    assert!(quick > 60, "only {quick} of 120 builds were revisions");
}

/// Changes what others show of an article, or what its text tells of.
pub(crate) fn revise(site: &TestSite, dice: &mut Dice, path: &str, step: usize) {
    let text = fs::read_to_string(site.root().join(path)).unwrap();
    let (head, body) = text.split_at(4 + text[4..].find("---\n").unwrap() + 4);
    let body_of = |lines: Vec<&str>| format!("{head}{}\n", lines.join("\n"));
    let mut lines: Vec<&str> = body.lines().collect();
    let revised = match dice.roll(7) {
        0 => text.replacen("title: ", "title: New ", 1),
        1 => text.replacen("title: New ", "title: ", 1),
        2 => text.replacen(
            "tags:",
            &format!("summary: Summary {step}.\ntags:"),
            usize::from(!text.contains("summary:")),
        ),
        3 if text.contains("updated:") => text.replacen("updated: 2025-01-01\n", "", 1),
        3 => text.replacen("tags:", "updated: 2025-01-01\ntags:", 1),
        4 if lines.len() > 3 => {
            lines.remove(1 + dice.roll(lines.len() - 1));
            body_of(lines)
        }
        5 => format!("{text}\n## Heading {step}\n\n{}\n", words_of(dice.roll(6))),
        _ => {
            let story = new_article(dice, step);
            format!("{text}\n{}\n", story.lines().last().unwrap())
        }
    };
    site.write(path, &revised);
}
