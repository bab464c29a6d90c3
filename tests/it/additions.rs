//! A build with a new article renders only the pages that show it, however large the collection is; and which
//! articles count as such.
//!
//! Each output folder is also compared with the one before: a build writes the files whose bytes differ, and
//! no others.

use std::fs;
use std::path::PathBuf;

use masthead::base::diag::Rule;
use masthead::build::Report;

use crate::random_edits::{Dice, new_article};
use crate::support::quick::{SENTENCE, TERMS, add, full, is_quick, newcomer, path, renewed, site, words_of};
use crate::support::{TestSite, article, assert_same, temporary_folder, told, tree};

#[test]
fn the_newest_article_renders_its_page_its_neighbour_and_the_fronts_of_its_lists() {
    let mut site = site("[lists]\nrelated = 0\n");
    site.build_fine();
    site.write("content/articles/new.md", &newcomer("New", "2024-10-25", TERMS));
    assert_eq!(
        renewed(&mut site),
        [
            // The day before leads to the new day.
            "2024/10/22/index.html",
            "2024/10/25/index.html",
            "2024/10/a39/index.html",
            "2024/10/index.html",
            "2024/10/new/index.html",
            "2024/index.html",
            "archive/index.html",
            "feed.json",
            "feed.xml",
            "index.html",
            "sitemap.xml",
            "sources/by-count/index.html",
            "sources/by-newest/index.html",
            "sources/index.html",
            "sources/sky-review/2024/index.html",
            "sources/sky-review/feed.json",
            "sources/sky-review/feed.xml",
            "sources/sky-review/index.html",
            "tags/by-count/index.html",
            "tags/by-newest/index.html",
            "tags/index.html",
            "tags/light/feed.json",
            "tags/light/feed.xml",
            "tags/light/index.html",
            "tags/sea/feed.json",
            "tags/sea/feed.xml",
            "tags/sea/index.html",
        ]
    );
    let report = site.build_fine();
    assert_eq!((report.counts.articles, report.counts.rendered), (41, 0));
}

#[test]
fn only_related_lists_that_it_enters_change() {
    let mut site = site("[outputs]\nterm_feeds = false\n[related]\ntags = 0\nsource = 0\n");
    site.build_fine();
    let text = newcomer("New", "2024-10-25", TERMS);
    site.write("content/articles/new.md", &format!("{text}\n{}\n", words_of(7)));
    let written = renewed(&mut site);
    let is_article = |path: &&String| path.matches('/').count() == 3 && path.contains("/a");
    let articles: Vec<&String> = written.iter().filter(is_article).collect();
    assert_eq!(articles, ["2024/02/a07/index.html", "2024/10/a39/index.html"]);
    assert!(site.page("2024/02/a07/index.html").contains("related: New"));
}

#[test]
fn with_any_date() {
    let mut site = site("[lists]\npage_size = 4\n[outputs]\narticle_json = true\n");
    site.build_fine();
    // The newest, the oldest, between two, on a day with another one before and after it, in a year of its
    // own, without a term.
    let dates = ["2025-01-01", "2001-02-03", "2024-05-20", "2024-05-01", "2024-05-01", "1999", "2024-06"];
    for (number, date) in dates.into_iter().enumerate() {
        let name = ["zz", "bb", "mm", "zz2", "0a", "old", "june"][number];
        let terms = if number % 3 == 2 { "" } else { TERMS };
        site.write(&format!("content/articles/{name}.md"), &newcomer(name, date, terms));
        let written = renewed(&mut site);
        assert!(written.iter().any(|path| path.ends_with(&format!("{name}/index.json"))), "{written:?}");
        add(&site, &path(number), SENTENCE);
        assert!(is_quick(&site.build_fine()));
        add(&site, &format!("content/articles/{name}.md"), SENTENCE);
        assert!(is_quick(&site.build_fine()));
    }
    // What was entered is taken in by a full build.
    site.edit(&path(3), "tags: [", "tags: [cities, ");
    full(&mut site, "other tags, authors or sources");
    site.write("content/articles/last.md", &newcomer("last", "2025-01-02", TERMS));
    renewed(&mut site);
}

#[test]
fn a_new_day_changes_the_days_beside_it_and_the_same_day_later() {
    let mut site = site("[lists]\nrelated = 0\n[outputs]\nterm_feeds = false\n");
    site.build_fine();
    // 2024-05-15 is a day of the site; those beside 2019-05-15 are none.
    for (date, more) in [("2019-05-15", vec!["2024/05/15"]), ("2024-05-16", vec!["2024/05/15", "2024/05/22"])]
    {
        let name = format!("on-{date}");
        site.write(&format!("content/articles/{name}.md"), &newcomer(&name, date, "tags: [sea]\n"));
        let written = renewed(&mut site);
        for day in more {
            assert!(written.contains(&format!("{day}/index.html")), "{day} is not among {written:?}");
        }
    }
    assert!(site.page("2024/05/15/index.html").contains("on this day: <a href=\"/2019/05/on-2019-05-15/\""));
}

#[test]
fn an_old_article_renders_only_fronts_of_lists_in_order_of_arrival() {
    let mut site = site("order = \"added\"\n[lists]\norder = \"added\"\npage_size = 4\nrelated = 0\n");
    site.build_fine();
    site.write(
        "content/articles/old.md",
        &newcomer("Old", "2024-02-02", &format!("added: 2025-01-01\n{TERMS}")),
    );
    let written = renewed(&mut site);
    let numbered: Vec<&String> = written.iter().filter(|path| path.contains("page/")).collect();
    // What stands in the order of dates moves; a page of another list is only born.
    assert!(numbered.iter().all(|path| path.starts_with("2024/") || path.contains("/2024/")), "{numbered:?}");
    assert!(written.iter().any(|path| path == "index.html"), "{written:?}");
    site.write(
        "content/articles/older.md",
        &newcomer("Older", "1899", &format!("added: 2024-12-31\n{TERMS}")),
    );
    renewed(&mut site);
    site.write("content/articles/middle.md", &newcomer("Middle", "2024-05-20", TERMS));
    renewed(&mut site);
}

#[test]
fn several_articles_at_once() {
    let mut site = site("");
    site.build_fine();
    for (name, date) in
        [("x1", "2024-05-01"), ("x2", "2024-05-01"), ("x0", "2025-03-01"), ("x4", "2020-01-01")]
    {
        site.write(&format!("content/articles/{name}.md"), &newcomer(name, date, TERMS));
    }
    assert!(renewed(&mut site).len() > 8);
    (0..17).for_each(|number| {
        let name = format!("y{number}");
        site.write(&format!("content/articles/{name}.md"), &newcomer(&name, "2025-01-01", TERMS));
    });
    full(&mut site, "more than sixteen documents have changed");
}

#[test]
fn new_numbered_pages_are_rendered() {
    let mut site = site("[lists]\npage_size = 5\nrelated = 0\n[outputs]\nterm_feeds = false\n");
    site.build_fine();
    let mut born = 0;
    for number in 0..12 {
        let name = format!("n{number:02}");
        site.write(
            &format!("content/articles/{name}.md"),
            &newcomer(&name, &format!("2025-01-{:02}", number + 1), TERMS),
        );
        let written = renewed(&mut site);
        born += written.iter().filter(|path| path.contains("/page/")).count();
    }
    assert!(born > 4, "{born}");
}

#[test]
fn the_same_story_elsewhere_is_found_at_once() {
    let mut site = site("[related]\nelsewhere_days = 200\n[outputs]\narticle_markdown = true\n");
    site.build_fine();
    let story = "\nThe lamp was lit for the first time since the storm, and the keeper said that no ship had missed it, because \
                 all of them had stayed in the harbour and waited for better weather.\n";
    let tell = |site: &TestSite, name: &str, outlet: &str, date: &str| {
        let text = article("The lamp", date, &format!("source: {outlet}\nsummary: What it says.\n"));
        site.write(&format!("content/articles/{name}.md"), &text.replace("The text of The lamp.", story));
    };
    tell(&site, "one", "Sky Review", "2024-10-26");
    renewed(&mut site);
    tell(&site, "two", "Harbour Gazette", "2024-10-25");
    let written = renewed(&mut site);
    assert!(written.contains(&"2024/10/one/index.html".to_owned()), "{written:?}");
    assert!(site.page("2024/10/one/index.html").contains("elsewhere: "));
}

/// An edit may change a wording so little that nobody else need know, and so much that a newcomer is a copy
/// of the one and not the other.
#[test]
fn a_copy_of_an_edited_text_is_recognised() {
    let mut site = site("[related]\nelsewhere_days = 200\n");
    let mut dice = Dice(7);
    // Words that tell nothing, so that in another order they are about the same.
    let small = ["and", "so", "it", "was", "but", "not", "or", "is", "what", "that", "the", "of"];
    let mut line = |count: usize| (0..count).map(|_| small[dice.roll(small.len())]).collect::<Vec<_>>();
    let texts: Vec<[String; 2]> = (0..16)
        .map(|_| {
            let (first, mut second) = (line(18), line(40));
            let after = second.join(" ");
            second.reverse();
            [
                format!("\n{} {}\n", first.join(" "), second.join(" ")),
                format!("\n{} {after}\n", first.join(" ")),
            ]
        })
        .collect();
    for (number, [before, _]) in texts.iter().enumerate() {
        add(&site, &path(number), before);
    }
    site.build_fine();
    let mut seen = 0;
    for (number, [before, after]) in texts.iter().enumerate() {
        site.edit(&path(number), before, after);
        let is_private = is_quick(&site.build_fine());
        let name = format!("x{number:02}");
        let more =
            format!("source: {}\ntags: [sea, sky, light]\n", ["Sky Review", "Harbour Gazette"][number % 2]);
        let date = format!("2024-{:02}-{:02}", number / 4 + 1, number % 4 * 7 + 2);
        site.write(
            &format!("content/articles/{name}.md"),
            &article(&name, &date, &format!("{more}summary: S.\n")).replace("The text of", after),
        );
        let is_entered = is_quick(&site.build_fine());
        let page = site.page(&format!("2024/{:02}/a{number:02}/index.html", number / 4 + 1));
        seen += u32::from(is_private && is_entered && page.contains("elsewhere: "));
    }
    assert!(seen > 0);
}

#[test]
fn changes_with_wider_effects_need_a_full_build() {
    let unheard = "a tag, author or source that nobody has had";
    let wishes = "a new article with wishes for related articles";
    let mores = [
        ("tags: [unheard-of]\n", unheard),
        ("tags: [Sea]\n", unheard),
        ("source: Another Outlet\n", unheard),
        ("source: {url: 'https://new.example/1'}\n", unheard),
        ("authors: [Nobody Yet]\n", unheard),
        ("series: Lamps\n", "a new part of a series"),
        ("aliases: [/old/]\n", "a new article with other addresses"),
        ("related: [a07]\n", wishes),
        ("unrelated: [a07]\n", wishes),
        ("corrections: [{date: 2025-01-01, text: One}]\n", "a new article with corrections"),
        ("withdrawn: 2025-01-01\n", "an article that is withdrawn"),
        ("withdrawn: 2027-01-01\n", "an article that is withdrawn"),
    ];
    for (more, why) in mores {
        let mut site = site("[lint]\n\"similar-terms\" = \"off\"\n");
        site.build_fine();
        site.write("content/articles/new.md", &newcomer("New", "2024-05-20", more));
        full(&mut site, why);
    }
    let nowhere = "a link or picture that leads nowhere";
    let no_document = "a new link to an address that is no document's";
    for (name, text, why) in [
        ("new", "\n[[Article 08]]\n", "a new link by title or slug"),
        ("new", "\n[Another](a99.md)\n", nowhere),
        ("new", "\n[Itself](new.md)\n", nowhere),
        ("new", "\n[A list](/tags/sea/)\n", no_document),
        ("new", "\n[A list](../../../tags/sea/)\n", no_document),
    ] {
        let mut site = site("[lint]\n\"dead-link\" = \"off\"\n");
        site.build_fine();
        site.write(
            &format!("content/articles/{name}.md"),
            &format!("{}{text}", newcomer("New", "2024-05-20", "")),
        );
        full(&mut site, why);
    }
    let mut site = site("");
    site.build_fine();
    site.write("content/pages/imprint.md", "---\ntitle: Imprint\n---\nText.\n");
    full(&mut site, "a page or profile has come");
    site.write("content/articles/new2.md", &newcomer("New 2", "2024-05-20", TERMS));
    site.remove(&path(8));
    full(&mut site, "a document went");
}

#[test]
fn an_article_with_links() {
    let mut site = site("[lint]\n\"dead-anchor\" = \"off\"\n");
    add(&site, &path(8), "\n## Lamps\n");
    site.write("content/sources/sky-review.md", "---\nname: Sky Review\n---\nText.\n");
    let elsewhere =
        "source: {outlet: Sky Review, url: 'https://away.example/1'}\nindex: link-only\ntags: [sea]\n";
    site.write("content/articles/away.md", &newcomer("Away", "2024-02-01", elsewhere));
    site.build_fine();
    let text = "\n[One](a08.md), [its heading](a08.md#lamps), [another](/2024/06/a20/#top), [a third](/2024/06/a21), \
                [a page](../pages/about.md), [an outlet](../sources/sky-review.md), [an original](away.md).\n";
    let newcomer = |name: &str| newcomer(name, "2024-05-20", TERMS);
    site.write("content/articles/new.md", &format!("{}{text}", newcomer("New")));
    assert!(renewed(&mut site).contains(&"2024/05/new/index.html".to_owned()));
    let page = site.page("2024/05/new/index.html");
    let goals = [
        "/2024/03/a08/\"",
        "/2024/03/a08/#lamps",
        "/2024/06/a20/",
        "/about/",
        "/sources/sky-review/",
        "away.example",
    ];
    goals.into_iter().for_each(|goal| assert!(page.contains(goal), "{goal}"));
    // From now on they are asked for.
    site.edit(&path(8), "## Lamps", "## Lights");
    full(&mut site, "other headings in an article of which one is asked for");
    // One may lead to another that comes as well.
    site.write("content/articles/new2.md", &format!("{}\n[It](new3.md).\n", newcomer("New 2")));
    site.write("content/articles/new3.md", &newcomer("New 3"));
    full(&mut site, "a link or picture that leads nowhere");
    site.write("content/articles/new4.md", &format!("{}\n[It](/2024/05/new5/).\n", newcomer("New 4")));
    site.write("content/articles/new5.md", &newcomer("New 5"));
    full(&mut site, "a new link to an address that is no document's");
}

#[test]
fn an_article_with_pictures() {
    let mut site = site("");
    site.write("content/articles/old/index.md", &newcomer("Old", "2024-02-02", TERMS));
    site.write("content/articles/draft/index.md", &newcomer("Draft", "2024-02-02", "draft: true\n"));
    site.write("content/pages/map/index.md", "---\ntitle: Map\n---\nSee it.\n");
    site.build_fine();
    let new = |name: &str, more: &str| newcomer(name, "2024-05-20", &format!("{TERMS}{more}"));
    // To be copied as it is.
    site.write("static/img/new.jpg", "one");
    site.write("content/articles/new.md", &new("New", "image: {src: /img/new.jpg, alt: A lamp}\n"));
    assert!(renewed(&mut site).contains(&"img/new.jpg".to_owned()));
    // Beside it.
    site.write("content/articles/new2.png", "two");
    site.write("content/articles/new2.md", &format!("{}\n![A lamp](new2.png)\n", new("New 2", "")));
    assert!(renewed(&mut site).contains(&"2024/05/new2/new2.png".to_owned()));
    // In its bundle, whether it shows it or not.
    site.write("content/articles/new3/parts/lamp.webp", "three");
    site.write("content/articles/new3/index.md", &new("New 3", ""));
    assert!(renewed(&mut site).contains(&"2024/05/new3/parts/lamp.webp".to_owned()));
    // In the bundle of another that is edited, or is not.
    site.write("content/articles/old/lamp.gif", "four");
    add(&site, "content/articles/old/index.md", "\n![A lamp](lamp.gif)\n");
    let written = renewed(&mut site);
    assert!(
        written.contains(&"2024/02/old/lamp.gif".to_owned())
            && written.contains(&"2024/02/old/index.html".to_owned())
    );
    site.write("content/articles/old/more.gif", "five");
    site.write("content/pages/map/map.jpg", "six");
    site.write("content/articles/draft/draft.jpg", "seven");
    site.write("static/alone.avif", "eight");
    assert_eq!(renewed(&mut site), ["2024/02/old/more.gif", "alone.avif", "map/map.jpg"]);
    // What was there is shown by another.
    site.write("content/articles/new4.md", &format!("{}\n![A lamp](new2.png)\n", new("New 4", "")));
    assert!(renewed(&mut site).contains(&"2024/05/new4/new2.png".to_owned()));
    site.edit("content/articles/new.md", "image: {src: /img/new.jpg", "image: {src: /alone.avif");
    renewed(&mut site);
    add(&site, "content/articles/new.md", "\n![A lamp](new2.png)\n");
    assert!(renewed(&mut site).contains(&"2024/05/new/new2.png".to_owned()));
    site.edit("content/articles/new.md", "\n![A lamp](new2.png)\n", "");
    full(&mut site, "an article leads to a file no more");
}

#[test]
fn an_unpublished_article_renders_nothing() {
    let mut site = site("");
    site.at = "2026-01-01T00:00:00Z";
    site.build_fine();
    let (draft, bundle) = ("content/articles/draft.md", "content/articles/bundle/index.md");
    for path in [draft, bundle] {
        let name = path.split(['/', '.']).nth(2).unwrap();
        site.write(path, &newcomer(name, "2024-05-20", &format!("draft: true\n{TERMS}")));
        assert_eq!(renewed(&mut site), [""; 0]);
    }
    site.write("content/articles/bundle/lamp.png", "new");
    site.edit(draft, "title: ", "title: New ");
    add(&site, draft, "\n## Lamps\n\nSee [[Nobody]].\n");
    assert_eq!(renewed(&mut site), [""; 0]);
    // Both come out.
    site.edit(draft, "See [[Nobody]].", "See [one](a09.md).");
    [draft, bundle].iter().for_each(|path| site.edit(path, "draft: true\n", ""));
    let written = renewed(&mut site);
    for file in ["draft/index.html", "bundle/index.html", "bundle/lamp.png"] {
        assert!(written.contains(&format!("2024/05/{file}")), "{file}: {written:?}");
    }
    site.edit(draft, "title: New ", "title: ");
    renewed(&mut site);
    // What has a time is seen when it comes, and no longer than it should be.
    site.write("content/articles/soon.md", &newcomer("Soon", "2024-05-20", "publish: 2026-02-01\n"));
    assert_eq!(renewed(&mut site), [""; 0]);
    site.write("content/articles/now.md", &newcomer("Now", "2024-05-20", "expires: 2026-03-01\n"));
    renewed(&mut site);
    for (at, is_there) in [("2026-02-02", [true, true]), ("2026-03-02", [true, false])] {
        site.at = &*format!("{at}T00:00:00Z").leak();
        full(&mut site, "the time has come for something to appear or go");
        let pages = ["2024/05/soon/index.html", "2024/05/now/index.html"];
        assert_eq!(pages.map(|page| site.output().contains_key(page)), is_there);
    }
    // A draft that somebody leads to is told of.
    site.edit(draft, "tags:", "draft: true\ntags:");
    add(&site, &path(8), "\n[It](draft.md)\n");
    assert_eq!(told(&site.build().diagnostics).split(' ').next(), Some("hidden-link"));
}

#[test]
fn links_to_an_unpublished_article_are_reported_with_the_reason() {
    let mut site = site("[lint]\n\"dead-link\" = \"warning\"\n");
    add(&site, &path(7), "\n[It](draft.md), [[hidden]]\n");
    site.build();
    let dead = "a dead link, an unknown article or an address that is claimed twice";
    let draft = "content/articles/draft.md";
    site.write(draft, &newcomer("Draft", "2024-05-20", "slug: hidden\ndraft: true\n"));
    let told = |report: Report| report.diagnostics.iter().map(|one| one.message.clone()).collect::<Vec<_>>();
    assert_eq!(told(full(&mut site, dead)), ["`draft.md` is a draft", "`hidden` is a draft"]);
    site.edit(draft, "draft: true", "publish: 2030-01-01");
    let early = "is not published yet";
    let asked = "a document asks for an article that is not published";
    assert_eq!(told(full(&mut site, asked)), [format!("`draft.md` {early}"), format!("`hidden` {early}")]);
    site.edit(draft, "slug: hidden\n", "");
    let told = told(full(&mut site, asked));
    assert_eq!(told, [format!("`draft.md` {early}"), "there is no article `hidden`".to_owned()]);
}

#[test]
fn a_pin_is_reported_when_its_draft_gets_another_name() {
    for is_published in [false, true] {
        let mut site = site("[[front.pins]]\narticle = \"draft\"\n");
        let draft = "content/articles/piece.md";
        site.write(draft, &newcomer("Draft", "2024-05-20", "draft: true\n"));
        site.build_fine();
        site.edit(draft, "title: Draft", "title: Other");
        if is_published {
            site.edit(draft, "draft: true\n", "");
        }
        let report = full(&mut site, "a pin names an article that is not to be seen");
        assert!(report.diagnostics.iter().any(|one| one.rule == Rule::UnknownArticle));
    }
}

#[test]
fn a_published_page_is_not_an_article() {
    let mut site = site("");
    site.write("content/pages/draft.md", "---\ntitle: Draft\ndraft: true\n---\nText.\n");
    site.build_fine();
    site.edit("content/pages/draft.md", "draft: true\n", "");
    full(&mut site, "a standing page");
    assert!(site.output().contains_key("draft/index.html"));
}

#[test]
fn an_article_that_names_its_outlet_by_address() {
    let mut site = site("");
    site.write("content/sources/sky.md", "---\nname: Sky Review\nurl: https://sky.example/\n---\nText.\n");
    site.write("content/sources/a.md", "---\nname: A\nurl: https://two.example/a/\n---\nText.\n");
    site.write("content/sources/b.md", "---\nname: B\nurl: https://two.example/b/\n---\nText.\n");
    let by_address = |name: &str, address: &str| {
        newcomer(name, "2024-05-20", &format!("source: {{url: 'https://{address}'}}\ntags: [sea]\n"))
    };
    for (number, address) in ["old.example/1", "two.example/a/1", "two.example/b/1"].iter().enumerate() {
        site.write(&format!("content/articles/old{number}.md"), &by_address("Old", address));
    }
    site.build_fine();
    for (name, address, outlet) in [
        ("new1", "www.sky.example/1", "sky"),
        ("new2", "old.example/2", "old-example"),
        ("new3", "two.example/b/2", "b"),
    ] {
        site.write(&format!("content/articles/{name}.md"), &by_address(name, address));
        assert!(renewed(&mut site).contains(&format!("sources/{outlet}/index.html")));
    }
    for address in ["two.example/c/2", "new.example/1", "öld.example/1"] {
        site.write(&format!("content/articles/x{}.md", address.len()), &by_address("New", address));
        full(&mut site, "a tag, author or source that nobody has had");
    }
    // Two domains may have one name. Which of them it means is a question of who came first.
    site.write("content/articles/named.md", &newcomer("Named", "2001-02-03", "source: öld.example\n"));
    full(&mut site, "a tag, author or source that nobody has had");
}

#[test]
fn an_article_with_components() {
    let mut site = site("[lint]\n\"bad-component\" = \"warning\"\n");
    site.write(
        "templates/components/box.html",
        "{% component box(title: string) -%}[{{ title }}: {{ body }}]{% endcomponent box %}",
    );
    site.build_fine();
    let text = |title: &str| {
        format!("{}\n::: box {{{title}}}\nA lamp.\n:::\n", newcomer("New", "2024-05-20", TERMS))
    };
    site.write("content/articles/new.md", &text("title=\"Light\""));
    assert!(renewed(&mut site).contains(&"2024/05/new/index.html".to_owned()));
    assert!(site.page("2024/05/new/index.html").contains("[Light: "));
    site.edit("content/articles/new.md", "title=\"Light\"", "title=\"Dark\"");
    renewed(&mut site);
    site.edit("content/articles/new.md", "title=\"Dark\"", "");
    full(&mut site, "a component is not there, or takes something else");
}

#[test]
fn files_with_wider_effects_need_a_full_build() {
    let missed = "a file has come, and one may have been missed";
    let changed = "a file went or has changed";
    let cases: [(&str, &str, &str, &str); 10] = [
        (
            "[lint]\n\"missing-picture\" = \"warning\"\n",
            "![A lamp](lamp.jpg)",
            "content/articles/lamp.jpg",
            missed,
        ),
        ("[lint]\n\"missing-picture\" = \"off\"\n", "![A lamp](/lamp.jpg)", "static/lamp.jpg", missed),
        ("[lint]\n\"dead-link\" = \"off\"\n", "[A lamp](/lamp.jpg)", "static/lamp.jpg", missed),
        // The file would stand where another one stands.
        ("", "[A lamp](there.jpg)", "content/articles/there.jpg", "a document leads to a file that has come"),
        ("", "", "static/paper.pdf", "a file has come that is no picture"),
        ("", "", "static/bell\u{7}.png", "a file whose name is no address"),
        ("", "", "content/articles/bundle/bell\u{7}.png", "a file whose name is no address"),
        ("", "", "static/img/there.png", changed),
        ("", "", "content/articles/beside.png", changed),
        ("", "", "data/there.csv", "the configuration, the theme or data has changed"),
    ];
    for (site_toml, text, file, why) in cases {
        let mut site = site(site_toml);
        site.write("static/img/there.png", "here");
        site.write("content/articles/beside.png", "here");
        site.write("static/2024/03/a09/there.jpg", "here");
        site.write("content/articles/bundle/index.md", &newcomer("Bundle", "2024-05-20", TERMS));
        add(&site, &path(9), &format!("\n{text}\n"));
        site.build();
        site.write(file, "new");
        if why == "a document leads to a file that has come" {
            assert!(!site.build().ok);
            continue;
        }
        full(&mut site, why);
    }
    let mut site = site("");
    site.write("static/img/there.png", "here");
    site.write("content/articles/new/old.png", "here");
    site.build_fine();
    site.write("content/articles/new/new.png", "new");
    site.write("content/articles/new/index.md", &newcomer("New", "2024-05-20", TERMS));
    assert!(renewed(&mut site).contains(&"2024/05/new/old.png".to_owned()));
    // The picture has been of the one around it.
    site.write("content/articles/new/part/lamp.png", "new");
    renewed(&mut site);
    for more in ["", "draft: true\n"] {
        site.write("content/articles/new/part/index.md", &newcomer("Part", "2024-05-21", more));
        full(&mut site, "a new bundle in another one");
        site.remove("content/articles/new/part/index.md");
        full(&mut site, "a document went");
    }
    site.remove("static/img/there.png");
    full(&mut site, changed);
    for number in 0..65 {
        site.write(&format!("static/{number}.png"), "new");
    }
    full(&mut site, "more than sixty-four files have come, or one has changed");
}

/// A picture that comes may have a name that stood for something else.
#[test]
fn file_names_with_hash_or_question_mark_mean_the_first_existing_file() {
    let cases = [
        ("![A lamp](<a.png#b.png>)", "content/articles/a.png#b.png", "content/articles/a.png"),
        ("![A lamp](<a.png?b.png>)", "content/articles/a.png?b.png", "content/articles/a.png"),
        ("![A lamp](</a.png#b.png>)", "static/a.png#b.png", "static/a.png"),
        ("[A lamp](<a.png#b.png>)", "content/articles/a.png#b.png", "content/articles/a.png"),
        ("[All](</archive/?b.png>)", "static/other.png", "static/archive/?b.png"),
        ("[All](<../../../archive/#b.png>)", "static/other.png", "content/articles/archive/#b.png"),
    ];
    for (text, there, new) in cases {
        let mut site = site("");
        site.write("content/articles/one/in/another/x.md", &newcomer("X", "2024-05-20", ""));
        let file = if new.contains("/archive/#") { "content/articles/one/in/another/x.md" } else { &path(9) };
        add(&site, file, &format!("\n{text}\n"));
        site.write(there, "here");
        site.build_fine();
        site.write(new, "new");
        full(&mut site, "a document leads to a file that has come");
    }
}

#[test]
fn bundles_are_found_under_any_name() {
    let mut site = site("[content]\narticles = \"texts\"\npages = \"pages\"\n");
    for number in 0..9 {
        site.write(&format!("pages/p{number}/index.md"), &format!("---\ntitle: Page {number}\n---\nText.\n"));
        site.write(&format!("pages/p{number}/lamp.png"), "here");
        site.write(&format!("texts/x{number}.md"), &newcomer(&format!("X{number}"), "2024-05-20", ""));
    }
    site.write("texts/old/index.MD", &newcomer("Old", "2024-05-20", ""));
    site.write("texts/new/lamp.png", "here");
    site.write("texts/old/part/lamp.png", "here");
    site.build_fine();
    site.write("texts/new/index.markdown", &newcomer("New", "2024-05-20", ""));
    assert!(renewed(&mut site).contains(&"2024/05/new/lamp.png".to_owned()));
    site.write("texts/old/lamp.png", "new");
    assert_eq!(renewed(&mut site), ["2024/05/old/lamp.png"]);
    site.write("texts/old/part/index.md", &newcomer("Part", "2024-05-20", ""));
    full(&mut site, "a new bundle in another one");
    // Of two documents, one has the files.
    site.write("texts/new/index.md", &newcomer("Newer", "2024-05-21", "slug: newer\n"));
    full(&mut site, "a bundle with two documents");
    site.write("texts/new/more.png", "new");
    full(&mut site, "a bundle with two documents");
    add(&site, "texts/new/index.markdown", "\n![A lamp](lamp.png)\n");
    full(&mut site, "a bundle with two documents");
}

#[test]
fn an_article_added_while_others_are_edited() {
    let mut site = site("[related]\nelsewhere_days = 200\n");
    site.build_fine();
    let edits: [(&str, &str, &str); 4] = [
        ("content/articles/a00b.md", "title: Article 09", "title: Another"),
        ("content/articles/new.md", "summary: What it says.", "summary: What it said."),
        ("content/articles/a08b.md", "\nThe text", "\nAnd so was the text"),
        // It has the words of one that is told of something else at the same time.
        ("content/articles/zz.md", &words_of(9), &words_of(10)),
    ];
    for (number, (file, from, to)) in edits.into_iter().enumerate() {
        let date = ["2024-05-20", "2025-01-01", "2001-02-03", "2024-03-01"][number];
        let text = newcomer(&format!("New {number}"), date, TERMS);
        site.write(file, &format!("{text}\n{}\n", words_of(9)));
        site.edit(&path(9), from, to);
        let written = renewed(&mut site);
        assert!(written.iter().any(|file| file.ends_with("/a09/index.html")), "{number}: {written:?}");
    }
    // An article that is seen no more is more than that.
    site.write("content/articles/last.md", &newcomer("Last", "2024-05-20", TERMS));
    site.edit(&path(9), "tags:", "draft: true\ntags:");
    full(&mut site, "an article is seen elsewhere, or at another time");
}

#[test]
fn an_article_that_others_ask_for_needs_a_full_build() {
    let asked = "a document asks for a new article";
    let (dead, off) = (
        "a dead link, an unknown article or an address that is claimed twice",
        "[lint]\n\"dead-link\" = \"off\"\n",
    );
    let unknown = "[lint]\n\"unknown-article\" = \"off\"\n";
    let pin = format!("[[front.pins]]\narticle = \"new.md\"\n{unknown}");
    let asking = [
        (off, "tags:", "\nA [link](new.md), and [one](/2024/05/new/).\n", asked),
        ("[lint]\n\"dead-link\" = \"warning\"\n", "tags:", "\nA [link](/2024/05/20/).\n", dead),
        (off, "tags:", "\nSee [[new article]].\n", asked),
        (unknown, "related: [new]\ntags:", "", asked),
        (unknown, "unrelated: [new.md]\ntags:", "", asked),
        (&pin, "tags:", "", "a pin names a new article"),
    ];
    for (lint, tags, text, why) in asking {
        let mut site = site(lint);
        site.edit(&path(7), "tags:", tags);
        add(&site, &path(7), text);
        assert!(site.build().ok);
        site.write("content/articles/new.md", &newcomer("New Article", "2024-05-20", TERMS));
        full(&mut site, why);
    }
    // A name that two have is nobody's in particular.
    let mut site = site("");
    add(&site, &path(7), "\nSee [[Article 09]].\n");
    site.build_fine();
    site.write("content/articles/new.md", &newcomer("Article 09", "2024-05-20", TERMS));
    assert!(
        full(&mut site, "a document asks for a new article")
            .diagnostics
            .iter()
            .any(|one| one.rule == Rule::AmbiguousLink)
    );
}

#[test]
fn pins_and_pictures_are_kept() {
    let mut site = site("[front]\nlead = 2\n[[front.pins]]\narticle = \"a05.md\"\n");
    site.write("static/lamp.png", "no picture");
    site.build_fine();
    let more = format!("{TERMS}image: {{src: /lamp.png, alt: A lamp}}\n");
    site.write("content/articles/new.md", &newcomer("New", "2024-03-20", &more));
    let written = renewed(&mut site);
    assert!(written.contains(&"2024/03/new/index.html".to_owned()));
    site.write("content/articles/new2.md", &newcomer("New 2", "2025-03-20", ""));
    assert!(renewed(&mut site).contains(&"index.html".to_owned()));
}

#[test]
fn the_news_sitemap_has_articles_of_two_days() {
    let mut site = site("");
    site.build_fine();
    site.write("content/articles/new.md", &newcomer("New", "2026-01-01T10:00:00Z", TERMS));
    assert!(renewed(&mut site).contains(&"news-sitemap.xml".to_owned()));
    site.at = "2026-01-03T11:00:00Z";
    let report = site.build_fine();
    assert!(report.written.iter().any(|path| path.as_str() == "news-sitemap.xml"), "{:?}", report.written);
    // What is published before its date is news when that has come.
    let early = "publish: 2026-01-01\n";
    site.write("content/articles/early.md", &newcomer("Early", "2026-01-05", early));
    renewed(&mut site);
    for at in ["2026-01-05T11:00:00Z", "2026-01-07T11:00:00Z"] {
        site.at = at;
        let report = site.build_fine();
        assert!(
            report.written.iter().any(|path| path.as_str() == "news-sitemap.xml"),
            "{:?}",
            report.written
        );
    }
}

#[test]
fn a_taken_address_is_reported() {
    let mut site = site("");
    site.build_fine();
    let before = tree(&site.root().join("public"));
    site.write("content/articles/more/a07.md", &newcomer("New", "2024-02-20", TERMS));
    let clash = |report: &Report| report.diagnostics.iter().any(|one| one.rule == Rule::AddressClash);
    let report = site.build();
    assert!(!report.ok && clash(&report));
    site.remove("content/articles/more/a07.md");
    site.write("content/articles/two.md", &newcomer("Two", "2024-02-20", "slug: new\n"));
    site.write("content/articles/new.md", &newcomer("New", "2024-02-20", TERMS));
    let report = site.build();
    assert!(!report.ok && clash(&report));
    assert_same(&tree(&site.root().join("public")), &before);
    site.remove("content/articles/two.md");
    // Somebody else's file is in the way.
    site.write("public/2024/02/new/index.html", "mine");
    let report = site.build();
    assert!(!report.ok && report.diagnostics.iter().any(|one| one.rule == Rule::ForeignFile));
    assert_eq!(site.page("2024/02/new/index.html"), "mine");
    site.remove("public/2024/02/new/index.html");
    site.build_fine();
}

#[test]
fn output_folders_with_other_articles_are_kept_apart() {
    let mut site = site("");
    site.build_fine();
    let other = temporary_folder();
    let out = other.path().join("out");
    let elsewhere = |site: &TestSite| site.build_into(&out);
    elsewhere(&site);
    site.write("content/articles/new.md", &newcomer("New", "2024-02-20", TERMS));
    assert!(is_quick(&elsewhere(&site)));
    full(&mut site, "what the last build kept is gone, damaged or of another build");
    site.write("content/articles/new2.md", &newcomer("New 2", "2024-02-20", TERMS));
    renewed(&mut site);
    elsewhere(&site);
}

/// Their pages show the new one as a neighbour, and the parts before and after.
#[test]
fn a_new_article_comes_between_numbered_parts_of_a_series() {
    let mut site = site("[lists]\nrelated = 0\n");
    for (part, number) in [(1, 7), (2, 20), (3, 8), (4, 30)] {
        site.edit(&path(number), "tags:", &format!("series: {{name: Lamps, part: {part}}}\ntags:"));
    }
    site.build_fine();
    site.write("content/articles/new.md", &newcomer("New", "2024-02-25", TERMS));
    let written = renewed(&mut site);
    for page in ["2024/02/a07/index.html", "2024/03/a08/index.html"] {
        assert!(written.contains(&page.to_owned()), "{written:?}");
    }
}

#[test]
fn a_new_article_is_right_whatever_cache_file_is_damaged() {
    let mut site = site("");
    site.build_fine();
    let mut number = 0;
    let grow = |site: &mut TestSite| {
        number += 1;
        let (name, date) = (format!("n{number}"), format!("2024-{:02}-15", number % 10 + 1));
        site.write(&format!("content/articles/{name}.md"), &newcomer(&name, &date, TERMS));
        site.build_fine();
    };
    survives_damage(&mut site, grow);
}

/// Changes a site after each file of its cache was damaged, and single bytes of the tables behind the records
/// of the ledger, the last of which says who stands below whose text. Each change must come out right.
pub(crate) fn survives_damage(site: &mut TestSite, mut change: impl FnMut(&mut TestSite)) {
    change(site);
    let mut files: Vec<_> = fs::read_dir(site.cache()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        change(site);
        change(site);
        let mut bytes = fs::read(&file).unwrap_or_default();
        bytes.truncate(bytes.len() / 2);
        bytes.extend(b"garbage in the middle of the file");
        fs::write(&file, bytes).unwrap();
        change(site);
    }
    for back in [3, 40, 400, 1600, 4000] {
        change(site);
        let ledger = ledger(site);
        let mut bytes = fs::read(&ledger).unwrap();
        let at = bytes.len() - back;
        bytes[at] ^= 1;
        fs::write(&ledger, bytes).unwrap();
        change(site);
    }
}

fn ledger(site: &TestSite) -> PathBuf {
    let files = fs::read_dir(site.cache()).unwrap().map(|file| file.unwrap().path());
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("ledger-") && !name.contains("errata")
    };
    files.into_iter().find(is_it).unwrap()
}

/// Articles that come, go, move and change at random, with terms, words and stories in common.
#[test]
fn a_hundred_and_twenty_random_changes() {
    random_changes(20_261_128, 120, "date");
}

#[test]
fn eighty_random_changes_with_pictures_and_lists_in_order_of_arrival() {
    random_changes(20_261_129, 80, "added");
}

fn random_changes(seed: u64, steps: usize, order: &str) {
    let mut dice = Dice(seed);
    let mut site = TestSite::plain(&format!(
        "title = \"Test\"\nbase_url = \"https://test.example/sub/\"\n[lists]\npage_size = 4\norder = \"{order}\"\nrelated = 4\n\
         [feeds]\norder = \"{order}\"\n[related]\nelsewhere_days = 200\n[outputs]\narticle_json = true\n[front]\nlead = 2\n\
         [lint]\n\"dead-link\" = \"{}\"\n\"dead-anchor\" = \"off\"\n\"hidden-link\" = \"off\"\n",
        if order == "date" { "off" } else { "error" }
    ));
    let root = site.root().to_owned();
    let link = |dice: &mut Dice, files: &[String]| {
        if order != "date" {
            let number = dice.roll(1_000);
            let (file, address) = [
                (format!("content/articles/p{number}.png"), format!("p{number}.png")),
                (format!("static/p{number}.png"), format!("/p{number}.png")),
            ][dice.roll(2)]
            .clone();
            fs::create_dir_all(root.join("static")).unwrap();
            fs::write(root.join(file), format!("Picture {number}")).unwrap();
            return format!("\n![A picture]({address})\n");
        }
        let name = &files[dice.roll(files.len())]["content/articles/".len()..];
        format!("\n[It]({name}{}).\n", ["", "#lamps", "#fog"][dice.roll(3)])
    };
    let come = |dice: &mut Dice, number| {
        let text = new_article(dice, number) + ["", "\n## Lamps\n", "\n## Fog\n"][dice.roll(3)];
        let text = if dice.roll(5) == 0 { text.replacen("tags:", "draft: true\ntags:", 1) } else { text };
        if order == "date" || dice.roll(3) == 0 {
            return text;
        }
        text.replacen("tags:", &format!("added: 202{}-0{}-11\ntags:", 4 + dice.roll(2), 1 + dice.roll(9)), 1)
    };
    let mut files: Vec<String> = Vec::new();
    for number in 0..30 {
        files.push(format!("content/articles/n{number}.md"));
        site.write(&files[number], &come(&mut dice, number));
    }
    site.build_fine();
    let mut quick = 0;
    for step in 0..steps {
        let place = dice.roll(files.len());
        let path = files[place].clone();
        let text = fs::read_to_string(site.root().join(&path)).unwrap();
        let is_addition = dice.roll(10) < 6;
        match dice.roll(10) {
            _ if is_addition => {
                for more in 0..=dice.roll(3) {
                    let name = ["a", "n", "z"][dice.roll(3)];
                    let mut text = come(&mut dice, 1000 + step * 4 + more);
                    if dice.roll(3) == 0 {
                        text += &link(&mut dice, &files);
                    }
                    files.push(format!("content/articles/{name}{step}x{more}.md"));
                    site.write(&files[files.len() - 1], &text);
                }
                // Every other time one that was there is revised at the same time.
                match dice.roll(10) {
                    5 | 6 => site.write(&path, &text.replacen("draft: true\n", "", 1)),
                    0 => site.write(&path, &text.replacen("title: ", "title: New ", 1)),
                    3 => site.write(&path, &(text + &link(&mut dice, &files))),
                    4 => site.write(&path, &text.replacen("## Lamps", "## Fog", 1)),
                    1 => site.write(&path, &format!("{text}\nOther lanterns and ships, {step}.\n")),
                    2 => site.write(&path, &format!("{text}{SENTENCE}")),
                    _ => {}
                }
            }
            0 => {
                site.remove(&path);
                files.remove(place);
            }
            1 => site.write(&path, &text.replacen("title: ", "title: New ", 1)),
            2 => site.write(&path, &text.replacen("tags: [", "tags: [light, ", 1)),
            3 => site.write(&path, &text.replacen("date: 20", "date: 19", 1)),
            4 => site.write(&path, &format!("{text}\nAnother paragraph of many words, {step}.\n")),
            5 => site.write(&path, &(text + &link(&mut dice, &files))),
            7 | 8 => site.write(&path, &text.replacen("draft: true\n", "", 1)),
            6 => site.write(
                &path,
                &text.replacen("[It](", "[That](", 1).replacen("![A picture]", "A picture, ", 1),
            ),
            _ => site.write(&path, &format!("{text}{SENTENCE}")),
        }
        quick += usize::from(is_quick(&site.build_fine()) && is_addition);
    }
    assert!(quick * 5 >= steps * 2, "only {quick} of {steps} builds put articles in");
}

/// What is told of a new article may hang on others, or on their outlets.
#[test]
fn a_copy_and_a_strange_outlet_are_told_of() {
    let mut site = site("");
    site.write("content/sources/fennick.md", "---\nname: Fennick\nurl: https://fennick.example/\n---\n");
    let put = |site: &TestSite, name: &str, url: &str| {
        let source = format!("source: {{outlet: Sky Review, url: 'https://{url}'}}\ntags: [sea]\n");
        let text = newcomer(name, "2024-11-20", &source);
        site.write(&format!("content/articles/{name}.md"), &text);
    };
    put(&site, "one", "sky.example/1");
    site.build_fine();
    put(&site, "two", "sky.example/2");
    assert!(is_quick(&site.build_fine()));
    put(&site, "three", "sky.example/1/");
    assert_eq!(site.build().diagnostics.len(), 1);
    site.remove("content/articles/three.md");
    site.build_fine();
    put(&site, "four", "fennick.example/4");
    assert_eq!(site.build().diagnostics.len(), 1);
    put(&site, "five", "fennick.example/5");
    assert_eq!(site.build().diagnostics.len(), 2);
}
