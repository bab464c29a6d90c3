//! `masthead init`: a small site to begin with.
//!
//! It writes only into an empty folder and overwrites nothing. The files that it writes are in `init/`.

use std::path::Path;

use super::fresh;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::fs;

/// The path and the content of each file. In these, `{date}` stands for today and `{title}` for the site's
/// title as a TOML string.
const FILES: [(&str, &str); 9] = [
    ("site.toml", include_str!("init/site.toml")),
    (".gitignore", include_str!("init/gitignore")),
    ("content/articles/{date}-welcome.md", include_str!("init/welcome.md")),
    (
        "content/articles/{date}-the-notebook-in-the-lamp-room.md",
        include_str!("init/the-notebook-in-the-lamp-room.md"),
    ),
    ("content/articles/a-letter-about-the-fog.md", include_str!("init/a-letter-about-the-fog.md")),
    ("content/articles/harbour.svg", include_str!("init/harbour.svg")),
    ("content/articles/lighthouse.svg", include_str!("init/lighthouse.svg")),
    ("content/pages/about.md", include_str!("init/about.md")),
    ("content/sources/the-harbour-review.md", include_str!("init/the-harbour-review.md")),
];

/// Writes the site, with articles dated `today`, and returns a message that says what to do next.
pub(super) fn run(dir: &Path, today: Date) -> Result<String> {
    if fs::look(dir).is_some() && !fs::is_dir(dir) {
        return Err(Error::refused(format!("`{}` is a file", dir.display())));
    }
    if fs::has_visible_entries(dir)? {
        let message = format!("`{}` is not empty", dir.display());
        return Err(Error::refused(message).hint("a new site needs a folder of its own"));
    }
    let (date, title) = (today.to_string(), toml_string(&title(dir)));
    let fill = |text: &str| text.replace("{date}", &date).replace("{title}", &title);
    let files = FILES.map(|(path, text)| (dir.join(fill(path)), fill(text)));
    // Only hidden files can exist here: the check above has excluded all others.
    let missing = files.iter().filter(|(path, _)| fs::look(path).is_none());
    fresh::create_all(missing.map(|(path, text)| (path.clone(), text.as_bytes())))?;
    let place = if dir == Path::new(".") { String::new() } else { format!("cd {} && ", shell_word(dir)) };
    Ok(format!("Wrote a new site to `{}`. Next: {place}masthead serve --open", dir.display()))
}

/// A title for the site, from the name of its folder: `harbour-news` becomes `Harbour News`. A name that is
/// more than words joined by hyphens or underscores is taken as it is: `Sand & Salt`.
fn title(dir: &Path) -> String {
    let name = dir.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    if !name.contains(char::is_alphanumeric) {
        return "My Site".to_owned();
    }
    if name.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')) {
        return name.trim().to_owned();
    }
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    words.map(capitalised).collect::<Vec<_>>().join(" ")
}

/// A text without control characters as a string of TOML, which has the escapes of JSON.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A path quoted for a shell, in a command that people copy. `cd -` and `cd ~` would lead elsewhere.
fn shell_word(path: &Path) -> String {
    let mut text = path.display().to_string();
    if text.starts_with(['-', '~']) {
        text.insert_str(0, "./");
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn read(path: &Path) -> String {
        String::from_utf8(fs::read(path).unwrap()).unwrap()
    }

    fn day() -> Date {
        Date::day(2026, 1, 31)
    }

    #[test]
    fn a_site_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("harbour-news");
        let told = run(&site, day()).unwrap();
        assert!(told.ends_with("masthead serve --open"), "{told}");
        assert!(read(&site.join("site.toml")).contains("title = \"Harbour News\""));
        let welcome = read(&site.join("content/articles/2026-01-31-welcome.md"));
        assert!(
            welcome.contains("date: 2026-01-31")
                && welcome.contains("(2026-01-31-the-notebook-in-the-lamp-room.md)")
        );
        assert!(run(&site, day()).unwrap_err().to_string().contains("is not empty"));
    }

    #[test]
    fn hidden_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(&folder.path().join(".gitignore"), b"mine").unwrap();
        run(folder.path(), day()).unwrap();
        assert_eq!(read(&folder.path().join(".gitignore")), "mine");
    }

    #[test]
    fn a_file_with_the_name_of_the_folder_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(run(file.path(), day()).unwrap_err().to_string().ends_with("is a file"));
    }

    #[test]
    fn titles_come_from_folders() {
        for (dir, expected) in [
            ("a/harbour-news", "Harbour News"),
            (".", "My Site"),
            ("---", "My Site"),
            ("élan_vital", "Élan Vital"),
            ("a/Sand & Salt", "Sand & Salt"),
            ("notes from the coast", "notes from the coast"),
            ("harbour.example", "harbour.example"),
            ("a\u{1b}\nb", "Ab"),
        ] {
            assert_eq!(title(Path::new(dir)), expected);
        }
    }

    #[test]
    fn the_next_command_leads_into_the_folder() {
        for (dir, expected) in [
            ("a/harbour-news", "a/harbour-news"),
            ("-", "./-"),
            ("-P", "./-P"),
            ("~", "./~"),
            ("~a b", "'./~a b'"),
            ("it's", r"'it'\''s'"),
        ] {
            assert_eq!(shell_word(Path::new(dir)), expected);
        }
    }

    #[test]
    fn titles_survive_site_toml() {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["A & B", "Café <Noir>", "\"Quoted\" 'twice' \\ \\u0041", "{date} {title}", "日本語 \u{7f}"]
        {
            let site = folder.path().join(name);
            run(&site, day()).unwrap();
            let config = config::site(&read(&site.join("site.toml")), "site.toml");
            assert_eq!(config.value.unwrap().title, name.replace('\u{7f}', "").trim());
        }
    }

    #[test]
    fn the_configuration_is_right_with_and_without_its_comments() {
        let text = FILES[0].1.replace("{title}", "\"A\"");
        let on = |line: &str| {
            line.strip_prefix("# ").filter(|line| line.contains(" = ")).unwrap_or(line).to_owned()
        };
        let all_on: Vec<_> = text.lines().map(on).collect();
        for text in [text, all_on.join("\n")] {
            let read = config::site(&text, "site.toml");
            assert_eq!(read.diagnostics, [], "{text}");
        }
    }

    #[test]
    fn every_key_that_is_off_shows_its_default() {
        let text = FILES[0].1;
        let schema = config::site_schema();
        let mut section = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                name.clone_into(&mut section);
            }
            let Some((key, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(" = ")) else {
                continue;
            };
            let pointer = if section.is_empty() {
                format!("/properties/{key}")
            } else {
                format!("/properties/{section}/properties/{key}")
            };
            let default = &schema.pointer(&pointer).unwrap_or_else(|| panic!("{section}.{key}"))["default"];
            if section != "publisher" {
                assert_eq!(default.to_string(), value, "{section}.{key}");
            }
        }
    }
}
