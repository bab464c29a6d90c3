//! The code keeps the rules of `ARCHITECTURE.md`: who may import whom, one owner for each crate, one door to
//! the disk, sizes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Which modules a module may import besides itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("config", &["base"]),
    ("model", &["base", "config"]),
    ("scan", &["base", "config", "model"]),
    ("parse", &["base", "config", "model"]),
    ("index", &["base", "config", "model"]),
    ("plan", &["base", "config", "model"]),
    ("view", &["base", "config", "model"]),
    ("render", &["base", "config", "model"]),
    ("write", &["base", "config", "model"]),
    ("check", &["base", "config", "model"]),
    ("cache", &["base", "model"]),
    (
        "build",
        &[
            "base", "config", "model", "cache", "check", "scan", "parse", "index", "plan", "view", "render",
            "write",
        ],
    ),
    ("serve", &["base", "config", "model", "build"]),
    ("cli", &["base", "config", "model", "build", "serve"]),
];

/// Crates that several modules may use: they are part of the language here.
const COMMON_CRATES: &[&str] =
    &["std", "core", "serde", "serde_json", "schemars", "rayon", "crate", "self", "super", "masthead"];

/// The module that owns each other crate; a format that stands in two kinds of file has two.
const OWNERS: &[(&str, &str)] = &[
    ("ammonia", "parse"),
    ("annotate_snippets", "cli"),
    ("any_ascii", "base"),
    ("axum", "serve"),
    ("chrono", "base"),
    ("chrono_tz", "base"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("csscolorparser", "base"),
    ("csv", "parse"),
    ("exif", "scan"),
    ("futures_util", "serve"),
    ("hyper_util", "serve"),
    ("icu_calendar", "base"),
    ("icu_collator", "base"),
    ("icu_datetime", "base"),
    ("icu_decimal", "base"),
    ("icu_list", "base"),
    ("icu_locale", "base"),
    ("icu_locale_core", "base"),
    ("icu_plurals", "base"),
    ("idna", "base"),
    ("imagesize", "scan"),
    ("include_dir", "scan"),
    ("indicatif", "cli"),
    ("linkify", "parse"),
    ("math_core", "parse"),
    ("mimalloc", "main.rs"),
    ("notify", "serve"),
    ("percent_encoding", "base"),
    ("postcard", "base cache"),
    ("pulldown_cmark", "parse"),
    ("quick_xml", "render"),
    ("rust_stemmers", "parse"),
    ("serde_ignored", "parse"),
    ("serde_yaml", "parse"),
    ("strsim", "base"),
    ("syntect", "parse"),
    ("tera", "render"),
    ("thiserror", "base"),
    ("tokio", "serve"),
    ("toml", "base config parse"),
    ("two_face", "parse"),
    ("unicode_normalization", "base"),
    ("unicode_segmentation", "parse"),
    ("url", "config"),
    ("walkdir", "scan"),
    ("writeable", "base"),
    ("xxhash_rust", "base"),
];

/// The most lines of a file, without its tests.
const LONGEST: usize = 500;

struct File {
    path: String,
    /// The top-level module, or the file's name at the top.
    module: String,
    /// The text without the tests at its end.
    code: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<File> = crate::support::tree(&root)
        .into_iter()
        .filter(|(path, _)| {
            path.ends_with(".rs")
                && !path.ends_with("tests.rs")
                && !path.contains("/tests/")
                && !path.contains("/fixture/")
        })
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            File { module: path.split('/').next().unwrap().to_owned(), path, code }
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 40);
    files
}

/// The words that follow `prefix` in the code, comments left out.
fn words_after<'a>(code: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.match_indices(prefix).map(move |(at, _)| &line[at + prefix.len()..]))
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        .collect()
}

#[test]
fn modules_import_only_what_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let modules: BTreeSet<&str> = allowed.keys().copied().collect();
    for file in files().iter().filter(|file| !file.module.ends_with(".rs")) {
        let may = allowed
            .get(file.module.as_str())
            .unwrap_or_else(|| panic!("`{}` has no row in the table", file.module));
        for imported in imports(&file.code).into_iter().filter(|module| modules.contains(module.as_str())) {
            let fine = imported == file.module || may.contains(&imported.as_str());
            assert!(fine, "`src/{}` may not import `{imported}`", file.path);
        }
    }
}

/// The modules of ours that a file names, in `use crate::{a, b}` too.
fn imports(code: &str) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = words_after(code, "crate::").into_iter().map(str::to_owned).collect();
    for (at, _) in code.match_indices("crate::{") {
        let group = &code[at + "crate::{".len()..];
        let mut depth = 0;
        let end = group
            .char_indices()
            .find(|(_, c)| {
                depth += match c {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                depth < 0
            })
            .map_or(group.len(), |(at, _)| at);
        let parts =
            group[..end].split([',', '\n']).map(|part| part.trim().split("::").next().unwrap().to_owned());
        names.extend(parts);
    }
    names
}

#[test]
fn every_crate_has_one_owner() {
    let owners: BTreeMap<&str, &str> = OWNERS.iter().copied().collect();
    for file in files() {
        for (name, owner) in &owners {
            assert!(
                !uses(&file, name) || owner.split(' ').any(|owner| owner == file.module),
                "`src/{}` uses `{name}`, which belongs to `{owner}`",
                file.path
            );
        }
    }
}

fn uses(file: &File, name: &str) -> bool {
    let uses = [format!("{name}::"), format!("use {name};")];
    let mut lines = file.code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.any(|line| uses.iter().any(|text| is_whole_word(line, text)))
}

fn is_whole_word(line: &str, text: &str) -> bool {
    line.match_indices(text).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
    })
}

#[test]
fn every_dependency_has_an_owner_and_is_used() {
    let files = files();
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"));
    for name in names.filter(|name| !name.starts_with('#')) {
        let known = COMMON_CRATES.contains(&name.as_str()) || OWNERS.iter().any(|(owned, _)| *owned == name);
        assert!(known, "the dependency `{name}` has no owner in this table");
        assert!(files.iter().any(|file| uses(file, &name)), "nobody uses the dependency `{name}`");
    }
}

#[test]
fn only_one_module_uses_std_fs() {
    for file in files().iter().filter(|file| !file.path.starts_with("base/fs/")) {
        let used = file
            .code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .any(|line| line.contains("std::fs"));
        assert!(!used, "`src/{}` uses `std::fs`", file.path);
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for file in files() {
        let lines = file.code.lines().count();
        assert!(lines <= LONGEST, "`src/{}` has {lines} lines", file.path);
        assert!(file.code.starts_with("//!"), "`src/{}` does not say what it is", file.path);
    }
}

#[test]
fn the_stages_are_documented_in_the_order_they_run() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: String| fs::read_to_string(src.join(path)).unwrap();
    let tour = read("lib.rs".to_owned());
    let mut before = 0;
    for (number, verb) in (1..).zip(["scan", "parse", "index", "plan", "view", "render", "write"]) {
        let at = tour.find(&format!("pub mod {verb};")).unwrap();
        assert!(at > before, "`{verb}` stands too early in `src/lib.rs`");
        before = at;
        assert!(read(format!("{verb}/mod.rs")).starts_with(&format!("//! VERB {number}: ")), "{verb}");
    }
}

#[test]
fn nothing_is_left_over() {
    let markers =
        ["TODO", "FIXME", "XXX", "HACK", "todo!(", "unimplemented!(", "dbg!(", "#[ignore", "should_panic"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "themes", "benches", "tests/it"] {
        for (path, bytes) in crate::support::tree(&root.join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            // This list itself is the only place where they may stand.
            for marker in markers.iter().filter(|_| path != "tidy.rs") {
                assert!(!text.contains(marker), "`{folder}/{path}` has `{marker}`");
            }
        }
    }
}
