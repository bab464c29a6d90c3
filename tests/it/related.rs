//! Which articles are related: forty short texts of eight subjects, labelled by hand, show what the text adds
//! to tags, and that lists are stable. And the same story elsewhere.
//!
//! The texts stand in `tests/cases/related`, a file a subject. They were written so that tags cross the
//! subjects and words do too: the moon raises tides, a bridge stands on a violin, `Zug` is a train and a
//! flight of birds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use masthead::base::date::{Date, Zone};
use masthead::base::labels::OwnLabels;
use masthead::config::{self, SiteConfig};
use masthead::index::{Documents, Visibility, index};
use masthead::model::article::{Document, Meta};
use masthead::model::collection::Collection;
use masthead::model::input::{DocumentKind, Inputs};
use masthead::model::path::ContentPath;
use masthead::parse::{Options, parse};

use crate::serve::Kept;
use crate::support::{AT, TestSite, archive, article, tree};

/// As many of an article's list are judged, and as many others each subject has.
const DEPTH: usize = 4;

fn config(related: &str) -> SiteConfig {
    let text = format!(
        "title = \"T\"\nbase_url = \"https://t.example/\"\n[lists]\nrelated = 8\n[related]\n{related}"
    );
    config::site(&text, "site.toml").value.unwrap()
}

/// All labelled articles, by date; the subject is the first folder of the path.
fn labelled() -> Vec<Arc<Meta>> {
    let options = Options::of(&config(""), &OwnLabels::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/related");
    let mut metas = Vec::new();
    for (file, bytes) in tree(&folder).into_iter().filter(|(file, _)| file.ends_with(".txt")) {
        let subject = file.trim_end_matches(".txt");
        let articles = archive(std::str::from_utf8(&bytes).unwrap());
        assert_eq!(articles.len(), DEPTH + 1, "{subject}");
        for (name, text) in articles {
            let path = ContentPath::new(format!("{subject}/{name}"));
            let parsed = parse(DocumentKind::Article, &path, text.as_bytes(), &options);
            assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
            let Some(Document::Article(meta, _)) = parsed.document else { panic!("{path:?} is no article") };
            metas.push(Arc::from(meta));
        }
    }
    metas.sort_by_key(|meta: &Arc<Meta>| meta.date.map(|date| date.moment(Zone::UTC)));
    metas
}

fn indexed(articles: &[Arc<Meta>], config: &SiteConfig) -> Collection {
    let documents = Documents { articles: articles.to_vec(), ..Documents::default() };
    let visibility = Visibility {
        at: AT.parse::<Date>().unwrap().moment(Zone::UTC),
        drafts: false,
        future: false,
        limit: None,
    };
    let indexed = index(documents, &Inputs::default(), config, visibility);
    assert!(indexed.diagnostics.is_empty(), "{:?}", indexed.diagnostics);
    indexed.value
}

fn subject(meta: &Meta) -> &str {
    meta.path.as_str().split('/').next().unwrap()
}

/// What the lists of related articles are worth, in thousandths.
#[derive(Debug, PartialEq)]
struct Figures {
    /// How many of the first four are of the same subject.
    precision: usize,
    /// The mean reciprocal rank: 1 if the first is of the same subject, a half if the second is the first to
    /// be.
    rank: usize,
}

fn judged(collection: &Collection) -> Figures {
    let (mut hits, mut ranks) = (0, 0);
    for entry in &collection.articles {
        let is_hit = |id: &_| subject(&collection.article(*id).meta) == subject(&entry.meta);
        hits += entry.related.iter().take(DEPTH).filter(|id| is_hit(id)).count();
        ranks += entry.related.iter().position(is_hit).map_or(0, |place| 1000 / (place + 1));
    }
    let count = collection.articles.len();
    Figures { precision: hits * 1000 / (count * DEPTH), rank: ranks / count }
}

#[test]
fn text_finds_what_tags_do_not() {
    let articles = labelled();
    assert_eq!(articles.len(), 40);
    let of = |related: &str| judged(&indexed(&articles, &config(related)));
    let all = of("");
    let tags = of("text = 0\nsource = 0\ndate = 0\n");
    let without_text = of("text = 0\n");
    let text = of("tags = 0\nsource = 0\ndate = 0\n");
    // The figures that the manual gives. They are exact on every machine.
    let told = [&tags, &without_text, &text, &all].map(|figures| (figures.precision, figures.rank));
    assert_eq!(told, [(443, 662), (406, 588), (762, 1000), (787, 987)]);
    for weaker in [&tags, &without_text] {
        assert!(all.precision > weaker.precision + 200 && all.rank > weaker.rank + 200);
    }
    assert!(all.precision >= text.precision);
}

#[test]
fn a_new_article_changes_only_the_lists_that_it_enters() {
    let articles = labelled();
    let config = config("elsewhere_days = 366\n");
    let mut before: Option<Collection> = None;
    for count in 1..=articles.len() {
        let after = indexed(&articles[..count], &config);
        let new = count - 1;
        for (old, now) in before.iter().flat_map(|before| &before.articles).zip(&after.articles) {
            let mut rest = now.related.clone();
            rest.retain(|id| id.index() != new);
            let same = old.related.iter().take(rest.len());
            assert!(rest.iter().eq(same), "{count}: {:?}", now.meta.path);
            assert!(now.elsewhere.is_empty());
        }
        before = Some(after);
    }
}

#[test]
fn criteria_without_weight_relate_nothing() {
    let articles = labelled();
    let none = indexed(&articles, &config("text = 0\ntags = 0\nsource = 0\n"));
    assert!(none.articles.iter().all(|entry| entry.related.is_empty()));
    let source = indexed(&articles, &config("text = 0\ntags = 0\n"));
    for entry in &source.articles {
        let outlet = |meta: &Meta| meta.sources[0].outlet.clone();
        assert!(!entry.related.is_empty());
        assert!(entry.related.iter().all(|id| outlet(&source.article(*id).meta) == outlet(&entry.meta)));
    }
}

/// A report as an agency sends it.
const REPORT: &str = "The lamp on the western mole was lit again on Thursday evening, eleven weeks after the storm. Divers had \
     found that the foundation was sound, and masons from three towns rebuilt the gallery with stone from the old quarry. The \
     keeper, who has counted ships from the tower for thirty years, said that not one of them had missed the light: all had \
     stayed in the harbour. The harbour board will open the tower to visitors in spring. A small exhibition shows what the waves \
     threw onto the mole, among other things a piano, which nobody has asked for yet.";

fn report(outlet: &str, date: &str, change: impl Fn(&str) -> String) -> String {
    let source = if outlet.is_empty() { String::new() } else { format!("source: {outlet}\n") };
    format!("---\ntitle: Light {outlet}\ndate: {date}\n{source}---\n{}\n", change(REPORT))
}

#[test]
fn the_same_story_is_found_in_other_outlets() {
    let as_is = str::to_owned;
    let edited = |text: &str| {
        text.replace("again on Thursday evening", "last night").replace("three towns", "the coast")
            + " Entry is free."
    };
    let cut = |text: &str| text[..text.find(" A small exhibition").unwrap()].to_owned();
    let mut site = TestSite::plain("title = \"T\"\nbase_url = \"https://t.example/\"\n");
    let write = |name: &str, text: String| site.write(&format!("content/articles/{name}.md"), &text);
    write("gazette", report("Gazette", "2025-03-01", as_is));
    write("gazette-again", report("Gazette", "2025-03-02", as_is));
    write("review", report("Review", "2025-03-03", edited));
    write("own", report("", "2025-03-04", cut));
    write("late", report("Tram", "2025-06-01", as_is));
    write("other", article("Other", "2025-03-02", "source: Tram\n"));
    site.build_fine();
    let elsewhere = |site: &TestSite| {
        let found =
            ["03/gazette", "03/gazette-again", "03/review", "03/own", "06/late", "03/other"].map(|name| {
                let page = site.page(&format!("2025/{name}/index.html"));
                let lines = page.lines().filter_map(|line| line.strip_prefix("<p>elsewhere: "));
                let titles: BTreeSet<String> =
                    lines.map(|line| line.trim_end_matches("</p>").trim().to_owned()).collect();
                // What is the same story is not related as well.
                assert!(
                    titles.iter().all(|title| !page.contains(&format!("<p>related: {title}</p>"))),
                    "{page}"
                );
                (name, titles)
            });
        found.into_iter().collect::<BTreeMap<_, _>>()
    };
    let set = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<BTreeSet<_>>();
    let found = elsewhere(&site);
    assert_eq!(found["03/gazette"], set(&["Light Review", "Light"]));
    assert_eq!(found["03/gazette-again"], set(&["Light Review", "Light"]));
    assert_eq!(found["03/review"], set(&["Light Gazette", "Light"]));
    assert_eq!(found["03/own"], set(&["Light Gazette", "Light Review"]));
    assert!(found["06/late"].is_empty() && found["03/other"].is_empty());

    // The author has the last word, on his own page.
    site.edit("content/articles/own.md", "title: Light", "unrelated: [review]\ntitle: Light");
    site.write("site.toml", "theme = \"plain\"\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n[related]\nelsewhere_days = 100\n");
    site.build_fine();
    let found = elsewhere(&site);
    assert_eq!(found["03/own"], set(&["Light Gazette", "Light Tram"]));
    assert!(found["03/review"].contains("Light") && found["06/late"].contains("Light"));
    site.write("site.toml", "theme = \"plain\"\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n[related]\nelsewhere_days = 0\n");
    site.build_fine();
    assert!(elsewhere(&site).values().all(BTreeSet::is_empty));
}

#[test]
fn every_theme_shows_the_same_story_elsewhere() {
    for theme in ["broadsheet", "quiet", "wire"] {
        let mut site = TestSite::new("");
        site.write(
            "site.toml",
            &format!("theme = \"{theme}\"\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n"),
        );
        site.write("content/articles/a.md", &report("Gazette", "2025-03-01", str::to_owned));
        site.write("content/articles/b.md", &report("Review", "2025-03-03", str::to_owned));
        site.build_fine();
        for (name, other) in [("a", "b"), ("b", "a")] {
            let page = site.page(&format!("2025/03/{name}/index.html"));
            let block = page
                .split("<section class=\"elsewhere\"")
                .nth(1)
                .unwrap_or_else(|| panic!("{theme}: {page}"));
            assert!(
                block.split("</section>").next().unwrap().contains(&format!("/2025/03/{other}/")),
                "{theme}"
            );
        }
    }
}

#[test]
fn an_edit_that_makes_a_copy_is_seen_while_serving() {
    let mut site = TestSite::plain("title = \"T\"\nbase_url = \"https://t.example/\"\n");
    site.write("content/articles/a.md", &report("Gazette", "2025-03-01", str::to_owned));
    let mut kept = Kept::new(&site);
    let wordings: [fn(&str) -> String; 4] = [
        |text| text.replace("spring", "May"),
        // The same words, and no run of three is left.
        |text| {
            let mut words: Vec<&str> = text.split_whitespace().collect();
            words.sort_unstable();
            words.join(" ")
        },
        |text| text.replace("spring", "June"),
        |_| String::new(),
    ];
    for (wording, is_copy) in wordings.into_iter().zip([true, false, true, false]) {
        site.write("content/articles/b.md", &report("Review", "2025-03-03", wording));
        site.build_fine();
        kept.check(&site);
        assert_eq!(site.page("2025/03/a/index.html").contains("<p>elsewhere: "), is_copy);
    }
}
