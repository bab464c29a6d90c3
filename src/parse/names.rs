//! Tags and authors: names, of which other programs write several in one text, or with a word before them.
//!
//! Here one text is one name, and it is shown as it is written. What only looks like something else is told of and
//! never changed: `Paris, Texas` is one place.

use super::checks::{Checks, names};
use super::matter::Step;
use crate::base::diag::Rule;
use crate::model::front_matter::{OneOrMany, Text};

use Step::{Item, Key};

/// The words that pages put before the name of an author, in the languages in which no name begins with them.
const BY: [(&str, &str); 6] =
    [("en", "by"), ("es", "por"), ("fr", "par"), ("nl", "door"), ("pt", "por"), ("sv", "av")];

/// What stands between names in Chinese and Japanese, where most of them are one word.
const WIDE: [char; 3] = ['、', '，', '；'];

/// What stands between names elsewhere.
const NARROW: [char; 3] = [',', '،', '؛'];

/// Words between two names.
const ANDS: [&str; 8] = [" and ", " und ", " et ", " ve ", " и ", " і ", " و ", " και "];

/// Whether a text has a sign that stands between names.
fn is_between(c: char) -> bool {
    NARROW.contains(&c) || WIDE.contains(&c)
}

/// The full names that a text has if nothing else is in it: `Jane Doe, John Roe and Ann Other`, but not `Doe, Jane`.
fn full_names(text: &str) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = text.split(|c| is_between(c) || matches!(c, ';' | '&')).collect();
    for and in ANDS {
        names = names.into_iter().flat_map(|name| name.split(and)).collect();
    }
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    let fewest = if text.contains(WIDE) { 1 } else { 2 };
    let begins = |c: char| c.is_alphabetic() && !c.is_lowercase();
    let is_full = |name: &&str| {
        let words: Vec<&str> = name.split(' ').collect();
        (fewest..=4).contains(&words.len()) && words.iter().all(|word| word.starts_with(begins))
    };
    (names.len() > 1 && names.iter().all(is_full)).then_some(names)
}

/// A hint to write names as a list.
fn as_list<'t>(text: &str, names: impl Iterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = names.map(|one| format!("\"{}\"", one.trim())).collect();
    format!("write a list, `[{}]`, or `[\"{text}\"]` if it is one", quoted.join(", "))
}

impl Checks<'_, '_> {
    /// The tags. Reports one text that looks like several, as other programs have them: it is one tag. `is_split` says
    /// whether the program that the file was made for splits such a text at its blanks.
    pub(super) fn tags(
        &mut self,
        list: Option<OneOrMany<Text>>,
        is_split: impl FnOnce(&Self) -> bool,
    ) -> Vec<String> {
        let tags = names(self.first("tags", list));
        let path = [Key("tags")];
        if let [tag] = &tags[..]
            && tag.contains(|c| is_between(c) || c == ' ')
            && self.keys.value(&path) == *tag
        {
            if tag.contains(is_between) {
                let message = format!("`{tag}` is one tag, because it is one text and no list");
                let diagnostic = self.at(&path, tag, Rule::NamesInOne, message);
                self.report.add(diagnostic.hint(as_list(tag, tag.split(is_between))));
            } else if is_split(self) {
                let message = format!("`{tag}` is one tag, and to Jekyll each of its words is one");
                let diagnostic = self.at(&path, tag, Rule::NamesInOne, message).grouped("Jekyll");
                self.report.add(diagnostic.hint(as_list(tag, tag.split_whitespace())));
            }
        }
        tags
    }

    /// The authors. Reports one text that looks like the full names of several, and a name with a word before it.
    pub(super) fn authors(&mut self, list: Option<OneOrMany<Text>>) -> Vec<String> {
        let authors = names(self.first("authors", list));
        let path = [Key("authors")];
        if let [author] = &authors[..]
            && self.keys.value(&path) == *author
            && let Some(several) = full_names(author)
        {
            let message = format!("`{author}` is one author, because it is one text and no list");
            let diagnostic = self.at(&path, author, Rule::NamesInOne, message);
            self.report.add(diagnostic.hint(as_list(author, several.into_iter())));
        }
        for (index, author) in authors.iter().enumerate() {
            self.look_for_by(&[Key("authors"), Item(index)], author);
        }
        authors
    }

    /// Reports that a name begins with the word that pages put before names.
    pub(super) fn look_for_by(&mut self, path: &[Step<'_>], name: &str) {
        let Some((first, rest)) = name.split_once(' ') else { return };
        let is_by = |(tag, word): &(&str, &str)| {
            first.to_lowercase() == *word && (*tag == "en" || *tag == self.language.primary())
        };
        if !BY.iter().any(is_by) {
            return;
        }
        let message =
            format!("`{name}` is taken as a name, and pages show a word such as `{first}` before names");
        let diagnostic = self.at(path, name, Rule::NamesInOne, message);
        self.report.add(diagnostic.hint(format!("write the name alone: `{}`", rest.trim())));
    }
}
