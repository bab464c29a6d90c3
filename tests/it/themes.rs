//! Themes are checked without any article: those of Masthead render every made-up site, and all faults of a
//! broken one are found in one run.

use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;
use masthead::base::diag::Level;
use masthead::build::check_theme;

use crate::support::{OWN, SITE_TOML, TestSite, article, moment, told};

fn masthead(site: &TestSite, words: &[&str]) -> assert_cmd::assert::Assert {
    masthead_in(site.root(), words)
}

fn masthead_in(root: &Path, words: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("masthead").unwrap().current_dir(root).args(words).assert()
}

fn faults(root: &Path, name: &str) -> String {
    told(&check_theme(root, name, moment("2026-01-01T12:00:00Z")).unwrap().diagnostics)
}

#[test]
fn the_built_in_themes_have_no_errors() {
    let site = TestSite::new("");
    for name in ["base", "broadsheet", "quiet", "wire"] {
        let checked = check_theme(site.root(), name, moment("2026-01-01T12:00:00Z")).unwrap();
        assert!(checked.pages > 100, "{name}: {} pages", checked.pages);
        let faults = told(&checked.diagnostics);
        assert!(faults.is_empty(), "{name}:\n{faults}");
    }
}

#[test]
fn all_errors_of_a_broken_theme_are_reported_in_one_run() {
    let site = TestSite::new(
        "-- themes/leaky/theme.toml --\n\
         name = \"leaky\"\nextends = \"base\"\napi = { min = 1, max = 1 }\n\
         [options.motto]\ntype = \"string\"\ndefault = \"\"\n\
         -- themes/leaky/i18n/de.toml --\nhome = \"Start\"\nhoem = \"Start\"\n\
         -- themes/leaky/i18n/fr.toml --\nhome = 3\n\
         -- themes/leaky/i18n/eo.toml --\nhome = \"Hejmo\"\n\
         -- themes/leaky/templates/home.html --\n\
         {% extends \"base.html\" %}\n\
         {% block main %}\n\
         <h1>{{ site.titel }}</h1> <p>{{ list.titel }}</p>\n\
         {% if list.nothing.deeper %}x{% endif %}\n\
         {% for card in list.cards %}<a href={{ card.url }}>{{ card.title | safe }}</a>{{ card.summry }}{% endfor %}\n\
         {{ site.words.hom }} {{ site.options.moto }} {{ site.assets[\"stile.css\"] }}\n\
         {% endblock main %}\n\
         -- themes/leaky/templates/article.html --\n\
         {% extends \"base.html\" %}\n\
         {% block main %}<h1>{{ article.title }}</h1>\n\
         <p>{{ article.date.text }}</p>\n\
         {{ article.content | safe }}{{ article.image.src }}{% endblock main %}\n\
         -- themes/leaky/templates/components/note.html --\n\
         {% component note(kind = \"note\") %}<p>{{ kind }}{{ titel }}</p>{{ body }}{% endcomponent %}\n",
    );
    insta::assert_snapshot!(faults(site.root(), "leaky"));
}

#[test]
fn an_unreadable_or_missing_theme_is_reported() {
    let site = TestSite::new(
        "-- themes/torn/templates/home.html --\n{% if %}\n-- themes/torn/theme.toml --\nname = \"torn\"\n",
    );
    insta::assert_snapshot!("torn", faults(site.root(), "torn"));
    insta::assert_snapshot!("nowhere", faults(site.root(), "brodsheet"));
}

#[test]
fn a_new_theme_has_no_errors_and_builds() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2025-01-01\n---\nText.\n");
    masthead(&site, &["theme", "new", "harbour"]).success();
    masthead(&site, &["theme", "new", "harbour"]).code(2);
    masthead(&site, &["theme", "new", "../harbour"]).code(2);
    assert_eq!(faults(site.root(), "harbour"), "");
    // As step 5 of the tutorial says.
    for language in ["en", "de"] {
        let words = site.root().join(format!("themes/harbour/i18n/{language}.toml"));
        let text = std::fs::read_to_string(&words).unwrap();
        std::fs::write(words, format!("motto_of_the_day = \"Today\"\n{text}")).unwrap();
    }
    assert_eq!(faults(site.root(), "harbour"), "");
    site.write("site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"harbour\"\n");
    site.build_fine();
    assert!(site.page("404.html").contains("There is nothing here"));
    masthead(&site, &["theme", "check"]).success();
    let list = masthead(&site, &["theme", "list"]).success();
    let list = String::from_utf8(list.get_output().stdout.clone()).unwrap();
    assert!(list.contains("* harbour 0.1.0, extends base, in this site\n"), "{list}");
    assert!(list.contains("  broadsheet 1."), "{list}");
    let json = masthead(&site, &["theme", "list", "--format", "json"]).success();
    let json = String::from_utf8(json.get_output().stdout.clone()).unwrap();
    let used: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        used.iter()
            .any(|theme| theme["name"] == "harbour" && theme["used"] == true && theme["from"] == "site")
    );
}

#[test]
fn a_new_theme_looks_like_the_one_that_it_extends() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", "---\ntitle: A\ndate: 2025-01-01\n---\nText.\n");
    let root = site.root().to_owned();
    let mut built = |theme: &str| {
        site.write(
            "site.toml",
            &format!("title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"{theme}\"\n"),
        );
        site.build_fine();
        let mut pages = site.output();
        pages.retain(|path, _| !OWN.contains(&path.as_str()));
        pages
    };
    let broadsheet = built("broadsheet");
    let new = |words: &[&str]| masthead_in(&root, &[&["theme", "new"], words].concat()).success();
    new(&["mine", "--extends", "broadsheet"]);
    new(&["next", "--extends", "mine"]);
    for theme in ["mine", "next"] {
        assert_eq!(faults(&root, theme), "");
        crate::support::assert_same(&built(theme), &broadsheet);
    }
    // Rules of its own are passed on.
    let sheet = root.join("themes/mine/assets/style.css");
    let text = std::fs::read_to_string(&sheet).unwrap();
    std::fs::write(&sheet, text + ".own { color: red }\n").unwrap();
    assert_eq!(built("next"), built("mine"));
    assert_ne!(built("mine"), broadsheet);
}

#[test]
fn a_theme_without_most_templates_is_told_once_of_each() {
    let site = TestSite::new(
        "-- themes/poor/theme.toml --\nname = \"poor\"\n\
         -- themes/poor/templates/article.html --\n{{ article.title }}\n",
    );
    insta::assert_snapshot!("poor", faults(site.root(), "poor"));
}

#[test]
fn values_that_only_some_pages_lack_are_found() {
    let site = TestSite::new(
        "-- themes/rare/theme.toml --\nname = \"rare\"\nextends = \"base\"\n\
         -- themes/rare/templates/withdrawn.html --\n{{ withdrawn.date.text }}{{ withdrawn.reason }}\n\
         -- themes/rare/templates/article.html --\n\
         {% for source in article.sources %}{{ source.logo.src }}{% endfor %}\n\
         {% for card in article.related %}\n{{ card.source.name }}\n{{ card.image.src }}\n{% endfor %}\n\
         -- themes/rare/templates/layouts/special.html --\n{{ article.image.src }}\n\
         -- themes/rare/templates/layouts/staff.html --\n{% extends \"page.html\" %}\n\
         {% block main %}{{ standing.updated.text }}{% endblock main %}\n",
    );
    insta::assert_snapshot!("rare", faults(site.root(), "rare"));
}

#[test]
fn values_that_only_sites_without_dates_or_articles_lack_are_found() {
    let lines = |file: &str, body: &[&str]| -> Vec<String> {
        let site = TestSite::new(&format!(
            "-- themes/rare/theme.toml --\nname = \"rare\"\nextends = \"base\"\n\
             -- themes/rare/templates/{file} --\n{}\n",
            body.join("\n")
        ));
        let told = faults(site.root(), "rare");
        let unfound = (1..).zip(body).filter(|(line, _)| !told.contains(&format!("{file}:{line}:")));
        unfound.map(|(_, text)| (*text).to_owned()).collect()
    };
    for (file, body) in [
        (
            "article.html",
            &[
                "{{ article.date.text }}",
                "{{ article.cite.text }}",
                "{% for one in article.corrections %}{{ one.date.text }}{% endfor %}",
                "{% for one in article.related %}{{ one.date.text }}{% endfor %}",
                "{% for one in article.elsewhere %}{{ one.date.text }}{% endfor %}",
                "{% if article.previous %}{{ article.previous.date.text }}{% endif %}",
                "{% for one in article.sources %}{% if one.version %}{{ one.version.date.text }}{% endif %}{% endfor %}",
            ][..],
        ),
        (
            "list.html",
            &[
                "{{ list.cards[0].title }}",
                "{% for one in list.cards %}{{ one.date.text }}{% endfor %}",
                "{% for one in list.cards %}{% if one.version %}{{ one.version.date.text }}{% endif %}{% endfor %}",
                "{% if list.company %}{{ list.company.first.text }}{{ list.company.last.text }}{% endif %}",
            ],
        ),
        ("home.html", &["{{ list.cards[0].title }}", "{{ list.front_page.lead[0].title }}"]),
        ("terms.html", &["{% for one in terms.terms %}{{ one.newest.text }}{% endfor %}"]),
        ("archive.html", &["{{ archive.years[0].title }}"]),
        ("corrections.html", &["{% for one in corrections.entries %}{{ one.date.text }}{% endfor %}"]),
    ] {
        assert_eq!(lines(file, body), [""; 0], "{file}");
    }
}

#[test]
fn what_a_theme_without_a_parent_lacks_and_what_it_misspells_is_told() {
    let site = TestSite::new(
        "-- themes/lone/theme.toml --\nname = \"lone\"\n[options.accent]\ntype = \"color\"\ndefault = \"gold\"\n\
         contrast = 4.5\nagainst = [\"#ffffff\"]\n\
         -- themes/lone/i18n/en.toml --\nmotto = \"Part {part} of {total}\"\n\
         -- themes/lone/i18n/de.toml --\nmotto = \"Teil {part} von {totel}\"\n\
         -- themes/lone/templates/404.html --\n{{ site.words.motto | filled(prat=1, total=2) }}{{ site.options.accent }}\n\
         {% for one in page.feedz %}{% endfor %}\n",
    );
    insta::assert_snapshot!("lone", faults(site.root(), "lone"));
}

#[test]
fn a_new_theme_replaces_no_other_and_does_not_extend_itself() {
    let site = TestSite::new("");
    let refused = |arguments: &[&str]| {
        let command = masthead(&site, &[&["theme", "new"], arguments].concat()).code(2);
        String::from_utf8(command.get_output().stderr.clone()).unwrap()
    };
    insta::assert_snapshot!(
        "theme_new",
        [
            refused(&["broadsheet"]),
            refused(&["quiet", "--extends", "quiet"]),
            refused(&["own", "--extends", "own"]),
            refused(&["own", "--extends", "broadshet"]),
            refused(&["own", "--extends", "nothing-like-it"]),
        ]
        .concat()
    );
    assert!(!site.root().join("themes").exists());
}

#[test]
fn a_check_of_a_broken_theme_fails_and_shows_the_line() {
    let site = TestSite::new(
        "-- themes/leaky/theme.toml --\nname = \"leaky\"\nextends = \"base\"\n\
         -- themes/leaky/templates/404.html --\n{{ page.titel }}\n",
    );
    let check = masthead(&site, &["theme", "check", "leaky"]).code(1);
    let told = String::from_utf8(check.get_output().stderr.clone()).unwrap();
    assert!(told.contains("--> themes/leaky/templates/404.html:1:9"), "{told}");
    assert!(told.contains("{{ page.titel }}") && told.contains("did you mean `title`?"), "{told}");
}

#[test]
fn fields_that_only_conditions_ask_for_are_reported() {
    let site = TestSite::new(
        "-- themes/leaky/theme.toml --\nname = \"leaky\"\nextends = \"base\"\n\
         -- themes/leaky/templates/404.html --\n{% if page.titel %}x{% endif %}\n\
         -- themes/leaky/templates/partials/figure.html --\n\
         {% if article.corections[0].txt %}{% for tag in article.tags %}{% if tag.nmae %}{% endif %}{% endfor %}{% endif %}\n",
    );
    insta::assert_snapshot!("conditions", faults(site.root(), "leaky"));
}

#[test]
fn all_errors_of_shared_templates_are_reported_in_one_run() {
    let site = TestSite::new(
        "-- themes/leaky/theme.toml --\nname = \"leaky\"\nextends = \"base\"\n\
         -- themes/leaky/templates/site/footer.html --\n{{ titel }}\n{{ menue }}\n\
         -- themes/leaky/templates/404.html --\n{{ pages }}\n",
    );
    let told = faults(site.root(), "leaky");
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("is not defined")).collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines.iter().filter(|line| line.contains("templates/site/footer.html")).count() == 2, "{told}");
}

#[test]
fn a_pale_accent_is_reported_with_a_readable_one() {
    let mut site = TestSite::new(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n\
         [theme]\nname = \"broadsheet\"\naccent = \"gold\"\n",
    );
    let report = site.build();
    assert!(report.ok && report.diagnostics.iter().all(|one| report.level(one.rule) == Level::Warning));
    insta::assert_snapshot!(told(&report.diagnostics));
}

#[test]
fn dates_between_entries_are_those_that_order_the_list() {
    for (theme, expected) in [
        ("wire", "2025-05-01: late old older, 2025-04-12: four, 1890: vague"),
        ("quiet", "2025: late old older four, 1890: vague"),
    ] {
        let mut site = TestSite::new("");
        site.write(
            "site.toml",
            &format!("title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"{theme}\"\nlists.order = \"added\"\n"),
        );
        for (title, date, added) in [
            ("old", "1897-11", "added: 2025-05-01"),
            ("late", "1899-01-01T08:00:00Z", "added: 2025-05-01T12:00:00Z"),
            ("older", "1896-03-02", "added: 2025-05-01"),
            ("four", "2025-04-12", "tags: [x]"),
            ("vague", "1890", "tags: [x]"),
        ] {
            let text = article(title, date, &format!("authors: [Ann]\n{added}\n"));
            site.write(&format!("content/articles/{title}.md"), &text);
        }
        site.build_fine();
        let page = site.page("authors/ann/index.html");
        let found = page.split("<h2>").skip(1).map(|section| {
            let (heading, entries) = section.split_once("</h2>").unwrap();
            let heading = heading.split('"').nth(1).unwrap_or(heading);
            let titles = entries.split("</a>").filter_map(|entry| Some(entry.rsplit_once('>')?.1));
            let titles = titles.filter(|title| ["old", "late", "older", "four", "vague"].contains(title));
            format!("{heading}: {}", titles.collect::<Vec<_>>().join(" "))
        });
        assert_eq!(found.collect::<Vec<_>>().join(", "), expected, "{page}");
        assert!(page.contains("datetime=\"1896-03-02\""), "each tells its own date: {page}");
    }
}

#[test]
fn plurals_and_dates_follow_the_language() {
    let mut site = TestSite::new("");
    for (number, minutes) in (1..=3).zip([1, 2, 5]) {
        let words = "word ".repeat(220 * minutes);
        let text = format!("---\ntitle: A{number}\ndate: 2025-08-0{number}\ntags: [x]\n---\n{words}\n");
        site.write(&format!("content/articles/{number}.md"), &text);
    }
    let mut seen = String::new();
    for language in ["en", "en-US", "de", "fr", "es", "ru", "ar", "ja"] {
        site.write(
            "site.toml",
            &format!("title = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"{language}\"\ntheme = \"base\"\n"),
        );
        site.build_fine();
        let tag = site.page("tags/x/index.html");
        let cut = |page: &str, from: &str, to: &str| {
            let start =
                page.find(from).unwrap_or_else(|| panic!("{language}: no `{from}` in {page}")) + from.len();
            page[start..].split(to).next().unwrap().to_owned()
        };
        let count = cut(&tag, "<p class=\"meta\"><span>", "</span>");
        let date = cut(
            &site.page("2025/08/1/index.html"),
            "<time class=\"dt-published\" datetime=\"2025-08-01\">",
            "</time>",
        );
        let minutes = [1, 2, 3].map(|number| {
            let page = site.page(&format!("2025/08/{number}/index.html"));
            cut(&page[page.find("<time").unwrap()..], "<span>", "</span>")
        });
        let month = cut(&site.page("2025/08/index.html"), "<h1><bdi>", "</bdi>");
        let year = cut(&site.page("2025/index.html"), "<h1><bdi>", "</bdi>");
        writeln!(seen, "{language}: {count} | {} | {date} | {month} | {year}", minutes.join(", ")).unwrap();
    }
    insta::assert_snapshot!(seen);
}

/// What editors leave beside a file while it is being edited and afterwards.
#[cfg(unix)]
#[test]
fn locks_and_backups_of_editors_are_no_part_of_a_theme() {
    let mut site = TestSite::new("");
    site.write("content/articles/a.md", &article("A", "2025-01-01", ""));
    for folder in ["templates", "assets", "themes/broadsheet/templates"] {
        site.write(&format!("{folder}/page.css~"), "{% half");
        site.write(&format!("{folder}/.git/config"), "{% half");
        let lock = site.root().join(folder).join(".#page.css");
        std::os::unix::fs::symlink("somebody@nowhere.1234:5", lock).unwrap();
    }
    site.write("themes/broadsheet/theme.toml", "name = \"broadsheet\"\nextends = \"base\"\n");
    site.build_fine();
    let strays: Vec<_> = site.output().into_keys().filter(|path| path.contains("page")).collect();
    assert_eq!(strays, [""; 0]);
}

#[test]
fn a_theme_is_rendered_with_every_switch_and_choice_and_the_options_of_the_site() {
    let site = TestSite::new(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://t.example/\"\n\
         [theme]\nname = \"leaky\"\nmotto = \"x\"\n\
         -- themes/leaky/theme.toml --\nname = \"leaky\"\nextends = \"base\"\n\
         [options.motto]\ntype = \"string\"\ndefault = \"\"\n\
         [options.wide]\ntype = \"bool\"\ndefault = false\n\
         [options.side]\ntype = \"choice\"\ndefault = \"left\"\nchoices = [\"left\", \"right\"]\n\
         -- themes/leaky/templates/404.html --\n\
         {% if site.options.motto %}{{ motto }}{% endif %}\n\
         {% if site.options.wide %}{{ wide }}{% endif %}\n\
         {% if site.options.side == \"right\" %}{{ side }}{% endif %}\n",
    );
    insta::assert_snapshot!("options", faults(site.root(), "leaky"));
}

#[test]
fn names_of_new_themes_are_plain_and_a_list_shows_only_what_there_is() {
    let site = TestSite::new("-- themes/tb/theme.toml --\nname = \"tb\"\n");
    for bad in ["a b", "UPPER", "ü", "-a"] {
        masthead(&site, &["theme", "new", "--", bad]).code(2);
    }
    let list = masthead(&site, &["theme", "list"]).success();
    let list = String::from_utf8(list.get_output().stdout.clone()).unwrap();
    assert!(list.contains("  tb, in this site\n  wire "), "{list}");
}

#[test]
fn every_theme_shows_the_tagline() {
    for theme in ["base", "broadsheet", "quiet", "wire"] {
        let mut site = TestSite::new("");
        let text = format!("{SITE_TOML}[theme]\nname = \"{theme}\"\ntagline = \"All of the sea\"\n");
        site.write("site.toml", &text);
        site.write("content/articles/a.md", &article("A", "2025-01-01", ""));
        site.build_fine();
        assert!(site.page("index.html").contains(">All of the sea</p>"), "{theme}");
    }
}
