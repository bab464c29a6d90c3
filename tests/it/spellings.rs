//! Names that are written in several ways: which of them mean one term, one article, one file.

use masthead::base::diag::Rule;

use crate::support::{SITE_TOML, TestSite, article, told};

/// `é` as one character, and as a letter and its accent.
const NFC: &str = "\u{e9}";
const NFD: &str = "e\u{301}";

#[test]
fn words_that_differ_in_more_than_accents_are_terms_of_their_own() {
    let mut site = TestSite::new("");
    let tags = ["パリ", "バリ", "दिन", "दान", "เสือ", "เสื้อ", "பால்", "பல்", "мой", "мои"];
    for (number, tag) in tags.into_iter().enumerate() {
        site.write(
            &format!("content/articles/{number}.md"),
            &article(tag, "2024-03-05", &format!("tags: [{tag}]\n")),
        );
    }
    let links = tags.map(|tag| format!("[[{tag}]]")).join(" ");
    site.write("content/articles/all.md", &(article("All", "2024-03-06", "") + &links));
    site.build_fine();
    for tag in tags {
        assert!(site.page(&format!("tags/{tag}/index.html")).contains(tag), "{tag}");
    }
    let page = site.page("2024/03/all/index.html");
    for (number, tag) in tags.into_iter().enumerate() {
        let link = format!("<a href=\"/2024/03/{number}/\">{tag}</a>");
        assert!(page.contains(&link), "{link} in {page}");
    }
}

#[test]
fn names_that_readers_take_as_the_same_are_one_term() {
    for (one, other) in [
        ("L’Humanité", "L'Humanité"),
        ("Straße", "STRASSE"),
        ("νόμος", "ΝΟΜΟΣ"),
        ("ışık", "IŞIK"),
        ("Łódź", "Lodz"),
        ("Œuvre", "oeuvre"),
    ] {
        let mut site = TestSite::new("");
        for (name, tag) in [("a", one), ("b", one), ("c", other)] {
            let text = article(name, "2024-03-05", &format!("tags: [\"{tag}\"]\n"));
            site.write(&format!("content/articles/{name}.md"), &text);
        }
        let told = told(&site.build().diagnostics);
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains(&format!("`{other}` is taken as the tag `{one}`")), "{told}");
    }
}

#[test]
fn a_slot_finds_a_title_in_another_spelling() {
    let slot = "[[front.slots]]\ntitle = \"S\"\nquery = \"title:strasse\"\n";
    let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}[front]\nlead = 1\n{slot}"));
    site.write("templates/home.html", "{% for slot in list.front_page.slots %}[{{ slot.title }}:{% for card in slot.cards %} {{ card.title }}{% endfor %}]{% endfor %}");
    site.write("content/articles/a.md", &article("Die Straße", "2024-03-05", ""));
    site.write("content/articles/b.md", &article("Die Gasse", "2024-03-05", ""));
    site.write("content/articles/c.md", &article("Strasse", "2024-03-06", ""));
    site.build_fine();
    assert_eq!(site.page("index.html").split(']').next(), Some("[S: Die Straße"));
}

/// A site whose files have names in one form, and whose links have the other.
fn site_of_forms(on_disk: &str, in_links: &str) -> TestSite {
    let site = TestSite::new("");
    let (d, l) = (on_disk, in_links);
    site.write(&format!("content/articles/b-{d}.md"), &article("B", "2024-01-05", ""));
    site.write(&format!("content/pages/{d}.md"), "---\ntitle: Page\n---\nText.\n");
    for picture in [
        format!("content/articles/bild-{d}.png"),
        format!("content/articles/haupt-{d}.png"),
        format!("static/bilder/{d}.png"),
        format!("static/{d}.pdf"),
    ] {
        site.write(&picture, "not really one");
    }
    let links = format!(
        "![x](bild-{l}.png)\n\n![y](/bilder/{l}.png)\n\n[b](b-{l}.md) [page](../pages/{l}.md) [there](/2024/01/b-{l}/) [file](/{l}.pdf#1)\n"
    );
    let front = format!("image: {{src: haupt-{l}.png, alt: h}}\nrelated: [b-{l}.md]\n");
    site.write("content/articles/a.md", &(article("A", "2024-01-06", &front) + "\n" + &links));
    site
}

#[test]
fn a_file_is_found_in_either_form_of_its_name() {
    for (on_disk, in_links) in [(NFC, NFD), (NFD, NFC), (NFD, NFD)] {
        let mut site = site_of_forms(on_disk, in_links);
        site.build_fine();
        let page = site.page("2024/01/a/index.html");
        let (file, address) = (percent(on_disk), percent(NFC));
        for expected in [
            format!("src=\"/2024/01/a/bild-{file}.png\""),
            format!("src=\"/bilder/{file}.png\""),
            format!("/2024/01/a/haupt-{file}.png"),
            format!("href=\"/2024/01/b-{address}/\">b<"),
            format!("href=\"/{address}/\">page<"),
            format!("href=\"/2024/01/b-{address}/\">there<"),
        ] {
            assert!(page.contains(&expected), "{expected} in {page}");
        }
        // An edited text, and new articles that lead to what is there.
        site.edit("content/articles/a.md", "![x]", "Edited. ![x]");
        site.build_fine();
        let new = format!("[b](b-{in_links}.md) ![x](bild-{in_links}.png)\n");
        site.write("content/articles/n.md", &(article("N", "2024-01-07", "") + &new));
        site.build_fine();
    }
}

#[test]
fn the_exact_name_wins_as_soon_as_it_comes() {
    let mut site = site_of_forms(NFD, NFC);
    site.build_fine();
    for exact in [format!("content/articles/bild-{NFC}.png"), format!("static/bilder/{NFC}.png")] {
        site.write(&exact, "the other one");
        site.build_fine();
    }
    site.remove(&format!("content/articles/bild-{NFC}.png"));
    site.build_fine();
    site.remove(&format!("content/articles/bild-{NFD}.png"));
    let report = site.build();
    assert_eq!(report.diagnostics[0].rule, Rule::MissingPicture);
    site.write(&format!("content/articles/bild-{NFD}.png"), "back");
    site.build_fine();
}

#[test]
fn a_document_that_comes_under_an_equivalent_name_is_linked() {
    for (on_disk, in_links) in [(NFC, NFD), (NFD, NFC)] {
        let mut site = TestSite::new("");
        let link = format!("[b](b-{in_links}.md)\n");
        site.write("content/articles/a.md", &(article("A", "2024-01-06", "") + &link));
        assert!(told(&site.build().diagnostics).contains("there is no file"));
        site.write(&format!("content/articles/b-{on_disk}.md"), &article("B", "2024-01-05", ""));
        site.build_fine();
        assert!(
            site.page("2024/01/a/index.html").contains(&format!("href=\"/2024/01/b-{}/\"", percent(NFC)))
        );
    }
}

#[test]
fn a_pin_names_a_file_in_either_form() {
    for (on_disk, in_pin) in [(NFC, NFD), (NFD, NFC)] {
        let pin = format!("[front]\npins = [{{article = \"b-{in_pin}.md\"}}]\n");
        let mut site = TestSite::new(&format!("-- site.toml --\n{SITE_TOML}{pin}"));
        site.write(&format!("content/articles/b-{on_disk}.md"), &article("Other", "2024-01-05", "slug: o\n"));
        site.build_fine();
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[test]
fn words_that_differ_only_in_accents_are_two_tags_if_each_has_a_profile() {
    let mut site = TestSite::new("");
    for (name, tag) in [("a", "ma"), ("b", "má"), ("c", "mà")] {
        site.write(
            &format!("content/articles/{name}.md"),
            &article(name, "2024-03-05", &format!("tags: [{tag}]\n")),
        );
    }
    let found = |site: &mut TestSite| {
        let report = site.build();
        report.diagnostics.iter().map(|one| one.rule).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut site), [Rule::SimilarTerms; 2]);
    site.write("content/tags/ma.md", "---\nname: ma\n---\n");
    site.write("content/tags/ma-mother.md", "---\nname: má\nparent: ma\n---\n");
    site.write("content/tags/other.md", "---\nname: Other\nparent: má\n---\n");
    // The third has no profile, and is taken as the first.
    assert_eq!(found(&mut site), [Rule::SimilarTerms]);
    let (ma, mother) = (site.page("tags/ma/index.html"), site.page("tags/ma-mother/index.html"));
    assert!(ma.contains(">a</a>") && ma.contains(">c</a>") && !ma.contains(">b</a>"), "{ma}");
    assert!(mother.contains(">b</a>") && !mother.contains(">a</a>"), "{mother}");
    assert!(site.page("tags/index.html").contains("/tags/ma-mother/"));
    site.edit("content/articles/b.md", "The text", "Another text");
    assert_eq!(found(&mut site), [Rule::SimilarTerms]);
    // The same name in two files is a mistake.
    site.write("content/tags/ma-again.md", "---\nname: má\n---\n");
    assert!(found(&mut site).contains(&Rule::AddressClash));
}
