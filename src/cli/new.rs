//! `masthead new`: the beginning of an article.
//!
//! It writes one file and overwrites nothing. What the site [knows](Clipping) of an address is found out elsewhere.

use std::path::{Path, PathBuf};

use super::args::NewArgs;
use super::fresh;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::fold::fold;
use crate::base::fs;
use crate::base::slug::slugify;
use crate::base::yaml::truth;
use crate::build::Clipping;
use crate::config::SiteConfig;

/// Writes the file and returns its path: `<articles>/2026/2026-01-31-a-title.md`.
pub(super) fn run(args: &NewArgs, known: &Clipping, config: &SiteConfig, today: Date) -> Result<PathBuf> {
    if args.title.trim().is_empty() {
        return Err(Error::refused("an article needs a title").hint("masthead new \"The keeper's notebook\""));
    }
    if let Some(url) =
        args.url.as_ref().filter(|url| !url.starts_with("http://") && !url.starts_with("https://"))
    {
        return Err(Error::refused(format!("`{url}` is not a web address")).hint("it starts with `https://`"));
    }
    if let Some(path) = &known.taken {
        let message = format!("the text at that address is in `{path}` already; nothing was written");
        let hint = "open that one; or leave out `--url`, and write the address into the new file yourself";
        return Err(Error::refused(message).hint(hint));
    }
    let date = args.date.unwrap_or(today);
    let folder = args.root.root.join(&config.folders.articles);
    // The path is printed to be read and copied, so `./content` becomes `content`.
    let folder = folder.strip_prefix(".").map(Path::to_owned).unwrap_or(folder);
    let [path, other] = [args.bundle, !args.bundle].map(|is_bundle| {
        let file = if is_bundle { "/index.md" } else { ".md" };
        folder.join(format!("{}{file}", place(args, config, date)))
    });
    if let Some(path) = [&path, &other].into_iter().find(|path| fs::look(path).is_some()) {
        let message = format!("there is already an article at `{}`; nothing was written", path.display());
        let hint = "open that one, or use another title or `--date`";
        return Err(Error::refused(message).hint(hint));
    }
    let text = front_matter(args, known, &written(date, config));
    fresh::create_all([(path.clone(), text.as_bytes())])?;
    Ok(path)
}

/// The place of the file or bundle below the folder of articles. A date that is not known to the day goes
/// only into the front matter, because in a file's name it would be taken as part of the slug.
fn place(args: &NewArgs, config: &SiteConfig, date: Date) -> String {
    let slug = slugify(&args.title, config.urls.slugs);
    let name = if date.day > 0 { format!("{}-{slug}", Date { time: None, ..date }) } else { slug };
    format!("{:04}/{name}", date.year)
}

fn written(date: Date, config: &SiteConfig) -> String {
    let text = date.iso(config.zone);
    // YAML would read a bare year as a number.
    if date.month == 0 { format!("\"{text}\"") } else { text }
}

fn front_matter(args: &NewArgs, known: &Clipping, date: &str) -> String {
    let mut lines = vec!["---".to_owned(), format!("title: {}", yaml(&args.title)), format!("date: {date}")];
    let mut line = |key: &str, value: &str| lines.push(format!("{key}: {value}").trim_end().to_owned());
    let outlet = args.source.as_ref().filter(|outlet| !outlet.trim().is_empty());
    match (outlet.or(known.outlet.as_ref()), &args.url) {
        (Some(outlet), None) => line("source", &yaml(outlet)),
        (None, None) => {}
        (outlet, Some(url)) => {
            line("source", "");
            if let Some(outlet) = outlet {
                line("  outlet", &yaml(outlet));
            }
            line("  url", &yaml(url));
        }
    }
    // An outlet that was named by hand may be another one.
    let is_of_address =
        outlet.is_none_or(|name| known.outlet.as_ref().is_some_and(|known| fold(name) == fold(known)));
    if let Some(lang) = known.lang.as_ref().filter(|_| is_of_address) {
        line("lang", lang.as_str());
    }
    for (key, names) in [("tags", &args.tags), ("authors", &args.authors)] {
        let names: Vec<_> =
            names.iter().filter(|name| !name.trim().is_empty()).map(|name| yaml(name)).collect();
        if !names.is_empty() {
            line(key, &format!("[{}]", names.join(", ")));
        }
    }
    if args.draft {
        line("draft", "true");
    }
    lines.join("\n") + "\n---\n\n"
}

/// A text as a YAML scalar: plain where that is safe, otherwise in quotes, with the escapes of JSON. Line breaks
/// and other control characters become blanks.
fn yaml(text: &str) -> String {
    let parts = text.split(char::is_control).filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(" ");
    let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '’');
    let means_something = truth(&text).is_some() || text.eq_ignore_ascii_case("null");
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(word)
        && !text.ends_with(' ')
        && !means_something;
    if plain { text } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::config;

    fn new(arguments: &[&str]) -> (tempfile::TempDir, Result<PathBuf>) {
        let root = tempfile::tempdir().unwrap();
        let result = new_in(root.path(), arguments);
        (root, result)
    }

    fn new_in(root: &Path, arguments: &[&str]) -> Result<PathBuf> {
        let config = config::site("title = \"A\"\nbase_url = \"https://example.org/\"", "").value.unwrap();
        let root = root.to_str().unwrap();
        let all = ["masthead", "new", "--root", root].into_iter().chain(arguments.iter().copied());
        let Command::New(args) = Cli::try_parse_from(all).unwrap().command else { panic!() };
        run(&args, &Clipping::default(), &config, Date::day(2026, 1, 31))
    }

    fn check(arguments: &[&str], path: &str, text: &str) {
        let (root, written) = new(arguments);
        let written = written.unwrap();
        assert_eq!(written.strip_prefix(root.path()).unwrap(), Path::new(path));
        assert_eq!(String::from_utf8(fs::read(&written).unwrap()).unwrap(), text);
    }

    #[test]
    fn articles_begin_with_their_front_matter() {
        check(
            &["The keeper's notebook"],
            "content/articles/2026/2026-01-31-the-keepers-notebook.md",
            "---\ntitle: \"The keeper's notebook\"\ndate: 2026-01-31\n---\n\n",
        );
        check(
            &[
                "Tides",
                "--source",
                "Review",
                "--url",
                "https://e.org/a?b#c",
                "--tag",
                "sea",
                "--tag",
                "a: b",
                "--author",
                "Yes",
            ],
            "content/articles/2026/2026-01-31-tides.md",
            "---\ntitle: Tides\ndate: 2026-01-31\nsource:\n  outlet: Review\n  url: \"https://e.org/a?b#c\"\ntags: [sea, \"a: b\"]\nauthors: [\"Yes\"]\n---\n\n",
        );
        check(
            &["Über \"uns\"", "--date", "11.01.2022", "--draft", "--bundle", "--source", "Der Bote"],
            "content/articles/2022/2022-01-11-uber-uns/index.md",
            "---\ntitle: \"Über \\\"uns\\\"\"\ndate: 2022-01-11\nsource: Der Bote\ndraft: true\n---\n\n",
        );
        check(
            &["Old", "--date", "1923", "--source", " "],
            "content/articles/1923/old.md",
            "---\ntitle: Old\ndate: \"1923\"\n---\n\n",
        );
        check(
            &["One\r\ntwo\n", "--tag", "", "--tag", " ", "--author", "", "--date", "1923-02-03"],
            "content/articles/1923/1923-02-03-one-two.md",
            "---\ntitle: One two\ndate: 1923-02-03\n---\n\n",
        );
        check(
            &["Timed", "--date", "2022-01-11 10:20"],
            "content/articles/2022/2022-01-11-timed.md",
            "---\ntitle: Timed\ndate: 2022-01-11T10:20:00Z\n---\n\n",
        );
    }

    #[test]
    fn nothing_is_overwritten() {
        let (root, first) = new(&["A"]);
        fs::write(&first.unwrap(), b"mine").unwrap();
        for again in [&["A"][..], &["A", "--bundle"]] {
            let told = new_in(root.path(), again).unwrap_err().told();
            assert!(told.contains("already") && told.contains("hint: open that one"), "{told}");
        }
    }

    #[test]
    fn an_invalid_address_is_refused() {
        assert!(new(&["A", "--url", "javascript:alert(1)"]).1.is_err());
    }
}
