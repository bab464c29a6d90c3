//! What people meet who come with an archive of another generator.

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
