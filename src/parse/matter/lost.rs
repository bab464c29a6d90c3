//! What was meant as front matter but is none: its fences are missing, wrong or not at the top, or it is that of
//! another generator.
//!
//! It must not be published as text, least of all that of a draft. A text, too, may begin with a rule and have a colon
//! in its first line, so what does not look exactly like front matter must have a key that no text begins with.

use std::ops::Range;

use crate::base::diag::{Diagnostic, Place, Rule};

/// Keys that no text begins with.
const TELLING: [&str; 9] =
    ["title", "draft", "layout", "permalink", "slug", "tags", "categories", "published", "publish"];

/// How many lines behind a fence are looked at.
const LONGEST: usize = 200;

/// Finds it at the start of a text that has no front matter.
pub(in crate::parse) fn find(text: &str) -> Option<Diagnostic> {
    fenced(text).or_else(|| json(text)).or_else(|| bare(text))
}

/// Finds it behind the front matter `front` of a text.
pub(in crate::parse) fn find_second(text: &str, front: &Range<usize>, body: usize) -> Option<Diagnostic> {
    let rest = &text[body..];
    let begins_so = rest.trim_start().starts_with(['-', '+', ';']);
    let found = if text[front.clone()].trim().is_empty() {
        find(rest)?
    } else {
        fenced(rest).filter(|_| begins_so && has_telling_block(rest))?
    };
    let before = text[..body].lines().count() as u32;
    let place = found.place.map(|place| Place { line: place.line + before, ..place });
    Some(Diagnostic {
        place,
        ..told("there is a second block of front matter", "put all keys into the first one")
    })
}

fn told(message: &str, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, message).at(Place::line(1)).hint(hint)
}

/// A block with a fence that is not on the first line, or that is none.
fn fenced(text: &str) -> Option<Diagnostic> {
    let mut lines = behind_notes(text);
    let (line, number) = lines.next()?;
    let (signs, word) = fence(line)?;
    let begins_at_once = lines.next().is_some_and(|(line, _)| key(line).is_some());
    let is_closed = lines.take(LONGEST).any(|(line, _)| ends_block(line));
    let is_certain = begins_at_once && is_closed && word.is_empty() && signs.len() > 2;
    (is_certain || has_telling_block(text)).then(|| {
        let hint = match (&signs[..1], word) {
            ("+", "") => {
                "it begins with `+++` on the first line of the file, with nothing before it".to_owned()
            }
            ("-", "") if signs.len() > 2 => {
                "it begins with `---` on the first line of the file, with nothing before it; a rule in a text can be `***`"
                    .to_owned()
            }
            (_, "toml") => "begin and end it with a line of `+++` and nothing else".to_owned(),
            _ => "begin and end it with a line of `---` and nothing else; JSON is YAML, too".to_owned(),
        };
        let place = Place { line: number, column: 1, width: line.chars().count() as u32 };
        told("this looks like front matter but is not", hint).at(place)
    })
}

/// Whether a text begins with a block between fences whose first key is a telling one.
fn has_telling_block(text: &str) -> bool {
    let lines = behind_notes(text).skip(1).map(|(line, _)| line).take(LONGEST);
    let mut inside = lines.skip_while(|line| {
        let line = line.trim();
        line.is_empty() || line == "{" || line.starts_with('#')
    });
    let is_telling = inside.next().and_then(key).is_some_and(is_telling);
    is_telling && inside.find(|line| ends_block(line) || !is_data(line)).is_some_and(ends_block)
}

fn ends_block(line: &str) -> bool {
    fence(line).is_some_and(|(_, word)| word.is_empty())
}

/// Whether a line can be one of YAML, TOML or JSON rather than of a text.
fn is_data(line: &str) -> bool {
    let begins = |c: char| c.is_whitespace() || matches!(c, '-' | '#' | '{' | '}' | '[' | ']' | '"');
    line.is_empty() || line.starts_with(begins) || key(line).is_some()
}

/// The JSON object of Hugo.
fn json(text: &str) -> Option<Diagnostic> {
    let object = text.trim_start_matches(is_blank).strip_prefix('{')?;
    let (key, behind) = object.trim_start().strip_prefix('"')?.split_once('"')?;
    (is_key(key) && behind.trim_start().starts_with(':')).then(|| {
        told(
            "the front matter is JSON, which is not read without fences",
            "put a line of `---` before it and one after it: JSON is YAML, too",
        )
    })
}

/// Lines such as `Title: …` without fences (Pelican), or without the first one.
fn bare(text: &str) -> Option<Diagnostic> {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut lines = behind_notes(text).map(|(line, _)| line).peekable();
    let least = indent(lines.peek()?);
    let (mut has_title, mut has_telling, mut is_closed) = (false, false, false);
    for (number, line) in lines.enumerate() {
        if line.trim().is_empty() || ends_block(line) {
            is_closed = !line.trim().is_empty();
            break;
        }
        // A value may continue on indented lines, and a list below its key.
        if number > 0 && (indent(line) > least || line.trim_start().starts_with('-')) {
            continue;
        }
        let key = key(line)?;
        has_title |= key.eq_ignore_ascii_case("title") || key == "draft";
        has_telling |= is_telling(key);
    }
    let is_at_top = least == 0 && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\''));
    (has_title && is_at_top || has_telling && is_closed).then(|| {
        told(
            "this looks like front matter but is not, because there are no fences around it",
            "put a line of `---` before it and one after it; between these it is read as YAML, between lines of `+++` as TOML",
        )
    })
}

/// The lines behind blank ones, headings and comments, with their numbers.
fn behind_notes(text: &str) -> impl Iterator<Item = (&str, u32)> {
    let mut in_comment = false;
    text.lines().zip(1..).skip_while(move |(line, _)| {
        let line = line.trim_matches(is_blank);
        in_comment |= line.starts_with("<!--");
        let is_note = in_comment || line.is_empty() || line.starts_with(['#', '/', '<']);
        in_comment &= !line.contains("-->");
        is_note
    })
}

/// The signs of a fence, and a word behind them: `---`, `+++`, `;;;` (Hexo), `---json` (Eleventy).
fn fence(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_matches(is_blank);
    let sign = line.chars().next().filter(|sign| matches!(sign, '-' | '+' | ';'))?;
    let word = line.trim_start_matches(sign);
    let signs = &line[..line.len() - word.len()];
    let is_one = signs.len() > 2 || (signs == "--" && word.is_empty());
    let is_name = word.trim().bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_one && is_name).then(|| (signs, word.trim()))
}

/// The key at the start of a line of YAML, TOML or JSON.
fn key(line: &str) -> Option<&str> {
    let (key, value) = line.trim_matches(|c| is_blank(c) || c == '{').split_once([':', '='])?;
    if value.starts_with("//") {
        return None;
    }
    let key = key.trim_matches(|c| is_blank(c) || c == '"' || c == '\'');
    is_key(key).then_some(key)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn is_telling(key: &str) -> bool {
    TELLING.iter().any(|telling| telling.eq_ignore_ascii_case(key))
}

/// A blank, or a character that nobody sees: the second byte-order mark of a file, for example.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use crate::parse::text::split;

    #[test]
    fn misplaced_front_matter_is_reported() {
        for text in [
            "\n ---\na: 1\n---\n",
            "# Note\n\n---\na: 1\n---\n",
            " ---\na: 1\n---",
            "----\na_b: 1\n----\n",
            "<!-- x -->\n+++\na = 1\n+++\n",
            "<!--\n x\n-->\n---\na: 1\n---\n",
            "---json\n{\"title\": \"X\", \"draft\": true}\n---\n",
            "---js\n{\n  title: \"X\"\n}\n---\n",
            "--- toml\ntitle = 1\n---\n",
            ";;;\n\"title\": \"X\",\n\"draft\": true\n;;;\n",
            "--\ntitle: x\n--\n",
            "\n----\n# note\ntitle: x\ndraft: true\n---\n",
            "\n--\n\ntitle: x\n---\n",
            "\n\u{feff}---\ntitle: x\n---\n",
            "\u{feff}---\ntitle: x\n---\n",
            "\u{200b}---\ntitle: x\n---\n",
        ] {
            let told = split(text).unwrap_err();
            let line = text.lines().position(|line| super::fence(line).is_some()).unwrap();
            assert_eq!(told.place.unwrap().line as usize, line + 1, "{text:?}");
        }
        for text in [
            "# Title\n\n---\n\nText: more\n",
            "Text\n\n---\na: 1\n---\n",
            "\n---\nWhat it says: more\n",
            "\n--- x\na: 1\n",
            "-- \nAda: a name\n--\n",
            "---json is a word\ntitle: x\n",
            "\n---\n\ntitle: x\n",
            "# A play\n\n---\nHAMLET: To be\n",
            "# H\n\n---\nhttps://example.com is nice\n---\n",
            "\n---\n",
            "",
        ] {
            assert!(split(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn front_matter_of_other_generators_is_reported() {
        for text in [
            "Title: A\nDate: 2010-12-03 10:20\nTags: a, b\n\nText.\n",
            "title: A\n\nText.\n",
            "Date: 2010-12-03\nTitle: A title that\n  goes on\n",
            "title: X\ntags:\n- a\n---\n\nText\n",
            "draft: true\n---\n# X\n",
            "\ntitle: X\ndraft: true\n---\n",
            "  title: X\n  draft: true\n---\n",
            "# Note\ntitle: X\ndraft: true\n---\n",
            "published: false\nlayout: post\n---\n",
            "Draft: true\ndate: 2025-01-01\n---\n",
            "title = \"X\"\n+++\n",
            "\"title\": \"X\",\n\"draft\": true\n;;;\n",
            "{\n  \"title\": \"A\",\n  \"date\": \"2022-01-11\"\n}\nText.\n",
            "{\"title\" : \"A\"}",
        ] {
            assert!(split(text).is_err(), "{text:?}");
        }
        for text in [
            "Date: 5 May 1923\nTo: the keeper\n\nDear keeper,\n",
            "Title: A\nand so the text begins\n",
            "Note: all of it is text.\n",
            "{% raw %}\n",
            "{\"a\", \"b\"}",
            "{: .lead}\nText\n",
            "    Title: code\n",
            "\nTitle: A\n",
        ] {
            assert!(split(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn a_second_block_is_reported() {
        for (text, line) in [
            ("---\na: 1\n---\n---\ndraft: true\n---\n", 4),
            ("---\na: 1\n---\n\n---\ntitle: x\ndraft: true\n---\nText\n", 5),
            ("+++\na = 1\n+++\n---\ntitle: x\n---\n", 4),
            ("---\n---\ndraft: true\n---\n", 3),
        ] {
            assert_eq!(split(text).unwrap_err().place.unwrap().line, line, "{text:?}");
        }
        for text in [
            "---\na: 1\n---\n---\n\nText: more\n",
            "---\na: 1\n---\n# A\n\n---\ntitle: x\n---\n",
            "---\na: 1\n---\ntitle: x\n",
            "---\na: 1\n---\n---\nTitle: an essay\nin lines of prose\n---\n",
        ] {
            assert!(split(text).is_ok(), "{text:?}");
        }
    }
}
