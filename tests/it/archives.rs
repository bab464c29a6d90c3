//! What people meet who come with an archive of another generator.

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
