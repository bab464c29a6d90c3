//! What people meet who come with an archive of another generator.

use masthead::base::diag::Rule;
use masthead::build::Way;
use masthead::model::left_out::LeftOut;

use crate::support::{SITE_TOML, TestSite, article};

/// Many archives have lost some of their pictures.
#[test]
fn a_lost_picture_of_the_front_matter_is_shown_nowhere() {
    let lint = "[lint]\n\"missing-picture\" = \"off\"\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{lint}"));
    let shown = |site: &mut TestSite, image: &str| {
        let text = article("Lamp", "2024-01-02", &format!("image: {image}\ntags: [lamps]\nauthors: [Ida]\n"));
        site.write("content/articles/lamp.md", &text);
        site.write("content/authors/ida.md", &format!("---\nname: Ida\npicture: {image}\n---\n"));
        assert!(site.build_fine().diagnostics.is_empty());
        ["index.html", "2024/01/lamp/index.html", "tags/lamps/index.html", "authors/ida/index.html"]
            .map(|page| site.page(page).matches("lamp.png").count().min(1))
    };
    assert_eq!(shown(&mut site, "/lamp.png"), [0; 4]);
    assert_eq!(shown(&mut site, "lamp.png"), [0; 4]);
    assert_eq!(shown(&mut site, "https://e.example/lamp.png"), [1; 4]);
    assert!(!site.page("feed.xml").contains("\"lamp.png"));
    site.write("static/lamp.png", "");
    assert_eq!(shown(&mut site, "/lamp.png"), [1; 4]);
}

/// What is told of texts that are no Markdown, and of articles in bundles, depends on other files; each build is compared
/// with a clean one.
#[test]
fn what_is_told_of_files_that_are_not_read_follows_each_change() {
    let mut site = TestSite::new("-- content/articles/old.html --\n");
    for number in 1..5 {
        let path = format!("content/articles/a{number}.md");
        site.write(&path, &article(&format!("A {number}"), "2024-01-02", "tags: [sea]\n"));
    }
    let told = |site: &mut TestSite| {
        let diagnostics = site.build().diagnostics;
        let count = |rule: Rule| diagnostics.iter().filter(|one| one.rule == rule).count();
        [count(Rule::NotMarkdown), count(Rule::ArticleInBundle)]
    };
    assert_eq!(told(&mut site), [1, 0]);
    let linked = |title: &str, more: &str| article(title, "2024-01-03", more) + "\n[Old](old.html)\n";
    // A new draft that leads to it, published, with another title, without the link.
    site.write("content/articles/b.md", &linked("B", "draft: true\ntags: [sea]\n"));
    assert_eq!(told(&mut site), [0, 0]);
    site.write("content/articles/b.md", &linked("B", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [0, 0]);
    site.write("content/articles/b.md", &linked("Bee", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [0, 0]);
    site.write("content/articles/b.md", &article("Bee", "2024-01-03", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [1, 0]);
    site.edit("content/articles/a1.md", "The text", "[Old](old.html). The text");
    assert_eq!(told(&mut site), [0, 0]);
    // A text in a folder that becomes a bundle, with an article in it.
    site.write("content/articles/walk/notes.txt", "");
    assert_eq!(told(&mut site), [1, 0]);
    site.write("content/articles/walk/one.md", &article("One", "2024-01-04", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [1, 0]);
    site.write("content/articles/walk/index.md", &article("Walk", "2024-01-05", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [0, 1]);
    site.write("content/articles/walk/two.md", &article("Two", "2024-01-06", "tags: [sea]\n"));
    assert_eq!(told(&mut site), [0, 2]);
    site.remove("content/articles/walk/index.md");
    assert_eq!(told(&mut site), [1, 0]);
}

#[test]
fn a_build_counts_what_it_leaves_out() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2024-01-01", "tags: [sea]\n"));
    let drafted = |title: &str| article(title, "2024-01-02", "draft: true\ntags: [sea]\n");
    site.write("content/articles/b.md", &drafted("B"));
    site.write("content/articles/c.md", &article("C", "2999-01-01", ""));
    site.write("content/articles/d.md", &article("D", "2024-01-01", "expires: 2024-02-01\n"));
    site.write("content/articles/e.md", &article("E", "2024-01-01", "withdrawn: 2024-02-01\n"));
    let left_out = |drafts, early, expired| LeftOut { drafts, early, expired };
    let check = |site: &mut TestSite, way: Option<Way>, expected: LeftOut| {
        let report = site.build();
        assert_eq!(report.counts.left_out, expected);
        if let Some(way) = way {
            assert_eq!(report.way, way);
        }
    };
    check(&mut site, None, left_out(1, 1, 1));
    check(&mut site, Some(Way::Nothing), left_out(1, 1, 1));
    site.write("content/articles/f.md", &drafted("F"));
    check(&mut site, Some(Way::Renewed), left_out(2, 1, 1));
    site.edit("content/articles/a.md", "tags:", "comments: off\ntags:");
    check(&mut site, Some(Way::Amended), left_out(2, 1, 1));
    site.write("content/articles/b.md", &article("B", "2024-01-02", "tags: [sea]\n"));
    check(&mut site, Some(Way::Renewed), left_out(1, 1, 1));
    check(&mut site, Some(Way::Nothing), left_out(1, 1, 1));
    site.remove("content/articles/f.md");
    check(&mut site, None, left_out(0, 1, 1));
    site.drafts = true;
    site.write("content/articles/g.md", &drafted("G"));
    check(&mut site, None, left_out(0, 1, 1));
}
