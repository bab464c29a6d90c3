use proptest::prelude::*;

use super::*;
use crate::config;

const TEXT: &str = "# A heading\n\nSee [the map](map.md) and ![a picture](missing.png).\n";

fn told(diagnostics: &[Diagnostic], format: Format) -> String {
    told_with(diagnostics, format, &|_| Some(TEXT.to_owned()))
}

fn told_with(diagnostics: &[Diagnostic], format: Format, text: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = Vec::new();
    let style = Style { format, colour: false, levels: &Rule::default_level, text };
    super::diagnostics(&mut out, diagnostics, style).unwrap();
    String::from_utf8(out).unwrap()
}

fn at(line: u32, column: u32, width: u32) -> Place {
    Place { line, column, width }
}

fn some_diagnostics() -> Vec<Diagnostic> {
    let mut all = vec![
        Diagnostic::new(Rule::DeadLink, "the link `map.md` leads nowhere")
            .in_file("content/articles/b.md")
            .at(at(3, 15, 6))
            .hint("did you mean `maps.md`?"),
        Diagnostic::new(Rule::MissingPicture, "the picture `missing.png` does not exist")
            .in_file("content/articles/a,b: 100%.md")
            .at(at(3, 40, 11)),
        Diagnostic::new(Rule::SimilarTerms, "`Sea` and `sea` are taken as one tag"),
        Diagnostic::new(Rule::NotUtf8, "the file is not UTF-8").in_file("content/articles/latin.md"),
    ];
    for (file, key) in [("c", "layout"), ("a", "layout"), ("a", "layout"), ("b", "permalink")] {
        let diagnostic = Diagnostic::new(Rule::UnknownKey, format!("unknown key `{key}`"));
        all.push(diagnostic.in_file(format!("content/{file}.md")).at(at(1, 3, 1)).grouped(key));
    }
    for line in [9, 1, 3, 2, 4] {
        let message = "the title was taken from the first heading\nand more";
        let diagnostic = Diagnostic::new(Rule::TitleFromHeading, message);
        all.push(diagnostic.in_file("content/t.md").at(at(line, 3, 9)));
    }
    all
}

#[test]
fn for_people() {
    insta::assert_snapshot!(told(&some_diagnostics(), Format::Human));
}

#[test]
fn for_programs() {
    insta::assert_snapshot!(told(&some_diagnostics()[..4], Format::Json));
}

#[test]
fn for_github() {
    insta::assert_snapshot!(told(&some_diagnostics()[..4], Format::Github));
}

#[test]
fn a_long_line_is_shortened() {
    let line = format!("{}[the map](map.md){}", "word ".repeat(100), " word".repeat(100));
    let place = at(1, 511, 6);
    let diagnostic =
        Diagnostic::new(Rule::DeadLink, "the link `map.md` leads nowhere").in_file("a.md").at(place);
    insta::assert_snapshot!(told_with(&[diagnostic], Format::Human, &|_| Some(line.clone())));
}

#[test]
fn rules_that_are_off_are_not_reported() {
    let mut out = Vec::new();
    let style = Style { format: Format::Human, colour: true, levels: &|_| Level::Off, text: &|_| None };
    super::diagnostics(&mut out, &some_diagnostics(), style).unwrap();
    assert!(out.is_empty());
}

#[test]
fn a_deleted_file_is_still_named() {
    let told = told_with(&some_diagnostics()[..1], Format::Human, &|_| None);
    assert!(told.contains("content/articles/b.md:3:15"), "{told}");
}

/// Every message about a configuration is reviewed: each file under `tests/cases/config` has its report
/// beside it.
macro_rules! config_cases {
    ($($name:ident),* $(,)?) => {$(
        #[test]
        fn $name() {
            let text = include_str!(concat!("../../tests/cases/config/", stringify!($name), ".toml"));
            let read = config::site(text, "site.toml");
            let told = told_with(&read.diagnostics, Format::Human, &|_| Some(text.to_owned()));
            insta::with_settings!({ snapshot_path => "../../tests/cases/config", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), told);
            });
        }
    )*};
}

config_cases! {
    empty, not_toml, unclosed, unclosed_text, unknown_keys, misplaced_keys, wrong_types, impossible_values, folders, addresses, lint,
    menu, menu_of_one, theme_table, duplicate_keys, crlf,
}

proptest! {
    #[test]
    fn any_place_can_be_printed(text in "(\\PC|[\t\r\n\u{200d}\u{feff}\u{202e}]){0,200}", line in 0_u32..6, column in 0_u32..250, width in 0_u32..250) {
        let diagnostic = Diagnostic::new(Rule::DeadLink, text.clone()).in_file("a.md").at(at(line, column, width));
        told_with(&[diagnostic.hint(text.clone())], Format::Human, &|_| Some(text.clone()));
    }
}
