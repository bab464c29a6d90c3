//! What the fuzzer looks for, looked for in the cases of other tests, so that its targets always compile and are true.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

// The library of the fuzzer's targets, which is a crate of its own there.
#[allow(unreachable_pub, reason = "these are public in that crate")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// All files below the cases whose names have one of some endings.
fn cases(endings: &[&str]) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let has_ending =
        |path: &Path| endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending));
    let files = WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let texts: Vec<_> = files.filter(|path| has_ending(path)).map(|path| fs::read(path).unwrap()).collect();
    assert!(texts.len() > 10, "{} files with {endings:?}", texts.len());
    texts
}

/// Each line of the cases, as text.
fn lines(endings: &[&str]) -> Vec<String> {
    let texts = cases(endings).into_iter().filter_map(|bytes| String::from_utf8(bytes).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn articles_hold_what_the_fuzzer_expects() {
    for bytes in cases(&["md"]) {
        targets::markdown(&bytes);
        targets::front_matter(&bytes);
        // Without its fence, and as TOML.
        targets::front_matter(bytes.strip_prefix(b"---").unwrap_or(&bytes));
        targets::front_matter(&[b"+", bytes.as_slice()].concat());
    }
}

#[test]
fn configurations_hold_what_the_fuzzer_expects() {
    for bytes in cases(&["toml", "txt"]) {
        targets::site_toml(std::str::from_utf8(&bytes).unwrap());
    }
}

#[test]
fn lines_hold_what_the_fuzzer_expects() {
    for line in lines(&["md", "txt"]) {
        targets::dates(&line);
        targets::slugs((3, 9, &line));
        if let Some((key, value)) = line.split_once(": ") {
            targets::dates(&format!("{value}\n%A, %-d %B {key}"));
            targets::slugs((0, 200, &format!("{key}\n{value}")));
        }
    }
}
