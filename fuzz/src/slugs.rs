//! Names, addresses, paths and places. The first line of a text is a path to start from.

use masthead::base::diag::{Place, find_word};
use masthead::base::fold::fold;
use masthead::base::slug::{SlugStyle, is_segment, slugify};
use masthead::model::path::{ContentPath, OutPath, UrlPath};

use super::Lines;

/// Checks what names, addresses, paths and places a text makes; `start` and `end` are offsets of the last.
pub fn slugs((start, end, text): (u8, u8, &str)) {
    names(text);
    addresses(text);
    let (from, to) = text.split_once('\n').unwrap_or(("content/articles/a.md", text));
    paths(from, to);
    let lines = Lines::of(text);
    lines.hold(Place::of(text, start.into(), end.into()), "a range");
    if let Some(word) = find_word(text, to) {
        lines.hold(Place::of(text, word.start, word.end), "a word");
    }
}

fn names(name: &str) {
    for style in [SlugStyle::Unicode, SlugStyle::Ascii] {
        let slug = slugify(name, style);
        assert!(is_segment(&slug), "{slug:?}");
        assert!(style == SlugStyle::Unicode || slug.is_ascii(), "{slug:?}");
    }
    let folded = fold(name);
    assert_eq!(fold(&folded), folded);
}

fn addresses(path: &str) {
    let Some(url) = UrlPath::parse(path) else { return };
    let out = url.out_path();
    assert_eq!(OutPath::parse(out.as_str()), Some(out));
    let encoded = url.encoded();
    assert!(encoded.is_ascii());
    assert_eq!(UrlPath::of_written(&encoded), Some(url));
}

/// A resolved path has no detours, and climbs only at its start.
fn paths(from: &str, to: &str) {
    let resolved = ContentPath::new(from).resolve(to);
    let inside = |part: &str| !matches!(part, "" | "." | "..");
    let is_tidy = |path: &str| path.split('/').all(inside);
    if is_tidy(from) && !resolved.as_str().is_empty() {
        let mut rest = resolved.as_str();
        while let Some(below) = rest.strip_prefix("../") {
            rest = below;
        }
        assert!(matches!(rest, "" | "..") || is_tidy(rest), "{from:?} + {to:?} = {resolved}");
    }
}
