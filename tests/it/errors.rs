//! Every mistake is told with its place, all in one run, and nothing is written.
//!
//! The faulty sites are in `tests/cases/errors/*.txt`, each a site as text; what is told of it is the
//! snapshot beside it.

use std::fs;
use std::path::Path;

use masthead::base::diag::Rule;
use masthead::build::{Request, Silent, run};

use crate::support::{SITE_TOML, TestSite, article, told};

#[test]
fn every_error_of_a_faulty_site_is_reported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/errors");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    cases.sort();
    assert!(cases.len() > 10);
    for case in cases {
        let name = case.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut site = TestSite::new(&fs::read_to_string(&case).unwrap());
        let report = site.build();
        assert!(!report.diagnostics.is_empty(), "{name} is not faulty");
        let has_errors = report.has_errors();
        assert_eq!(report.ok, !has_errors);
        assert_eq!(site.output().is_empty(), has_errors, "{name}: errors and an output, or neither");
        insta::with_settings!({ snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_str(), told(&report.diagnostics));
        });
        let again = site.build();
        assert_eq!(
            told(&again.diagnostics),
            told(&report.diagnostics),
            "{name}: a second run must tell the same"
        );
    }
}

#[test]
fn every_rule_has_a_faulty_site() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/errors");
    let snapshots: String = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "snap"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    // Bytes that are not UTF-8 and files of others can't be written down in a case; `cli` and `ownership` see
    // to them.
    let elsewhere = [Rule::NotUtf8, Rule::ForeignFile];
    for rule in Rule::ALL.iter().filter(|rule| !elsewhere.contains(rule)) {
        assert!(
            snapshots.lines().any(|line| line.starts_with(&format!("{} ", rule.name()))),
            "no case for `{}`",
            rule.name()
        );
    }
}

#[test]
fn levels_can_be_set() {
    let faulty = "-- content/articles/a.md --\n---\ntitle: A\ndate: 2025-01-01\n---\n[x](nowhere.md)\n";
    let with = |lint: &str| {
        let mut site = TestSite::new(faulty);
        site.write(
            "site.toml",
            &format!(
                "title = \"T\"\nbase_url = \"https://t.example/\"\n[lint]\n\"dead-link\" = \"{lint}\"\n"
            ),
        );
        let report = site.build();
        (report.ok, report.diagnostics.len())
    };
    assert_eq!(with("error"), (false, 1));
    assert_eq!(with("warning"), (true, 1));
    assert_eq!(with("off"), (true, 0));
}

/// Each thing that is wanted is compared with everything that is there; so many are told of without.
#[test]
fn the_first_hundred_dead_links_get_a_hint() {
    let site = TestSite::new("");
    // What is not told of takes nothing from others.
    site.write("site.toml", &format!("{SITE_TOML}[lint]\n\"missing-picture\" = \"off\"\n"));
    let pictures = (0..200).map(|number| format!("![A lamp]({number}.jpg) ")).collect::<Vec<_>>().concat();
    let lamp = article("The lamp", "2024-01-01", "");
    site.write("content/articles/lamp.md", &format!("{lamp}\n{pictures}\n"));
    for number in 0..130 {
        // What others want as well costs nothing more.
        let wanted = format!("lamp{}.md", number % 120);
        let text = article(
            &format!("Number {number}"),
            &format!("2025-{:02}-{:02}", number / 28 + 1, number % 28 + 1),
            "",
        );
        site.write(
            &format!("content/articles/number-{number:03}.md"),
            &format!("{text}\n[A lamp]({wanted})\n"),
        );
    }
    let report = run(&Request { write: false, ..site.request() }, &Silent).unwrap();
    let dead: Vec<_> = report.diagnostics.iter().filter(|one| one.rule == Rule::DeadLink).collect();
    let hints = dead.iter().filter_map(|one| one.hint.as_deref());
    assert_eq!((dead.len(), hints.filter(|hint| *hint == "did you mean `lamp.md`?").count()), (130, 110));
}

#[test]
fn of_a_theme_that_cannot_be_loaded_only_the_cause_is_told() {
    let whole = "name = \"mine\"\nextends = \"base\"\n[options.motto]\ntype = \"string\"\ndefault = \"\"\n";
    let check = |path: &str, from: &str, to: &str, expected: &str| {
        let mut site = TestSite::new(
            "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://test.example/\"\nlanguage = \"de\"\n\
             [theme]\nname = \"mine\"\ntagline = \"Daily\"\nmotto = \"All\"\n\
             [[menu]]\ntitle = \"C\"\nurl = \"/corrections/\"\n\
             -- themes/mine/assets/style.css --\n@import \"base.css\";\n\
             -- themes/mine/i18n/de.toml --\nhome = \"Heim\"\n\
             -- themes/mine/templates/home.html --\n{% extends \"base.html\" %}{% block main %}{% endblock %}\n\
             -- templates/partials/footer.html --\n{% include \"partials/menu.html\" %}\n",
        );
        site.write(
            "content/articles/a.md",
            &article("A", "2025-01-01", "corrections:\n  - date: 2025-01-02\n    text: One.\n"),
        );
        site.write("themes/mine/theme.toml", whole);
        site.build_fine();
        site.edit(path, from, to);
        let told: Vec<_> = site.build().diagnostics.into_iter().map(|one| one.message).collect();
        assert_eq!(told, [expected], "{to}");
    };
    check("site.toml", "\"mine\"", "\"mien\"", "there is no theme `mien`");
    for (from, to, expected) in [
        ("\"base\"", "\"bas\"", "there is no theme `bas`"),
        ("\"base\"", "5", "`extends` must be text in quotes, not a whole number"),
        ("\"base\"", "\"mine\"", "a theme cannot extend itself"),
        ("extends", "extendz", "unknown key `extendz`"),
        ("extends", "[api]\nextends", "unknown key `api.extends`"),
        ("name = \"mine\"", "", "`name` is missing"),
        ("name = \"mine\"", "=", "unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"),
    ] {
        check("themes/mine/theme.toml", from, to, expected);
    }
}
