//! From values of front matter to checked values: dates that exist, addresses that are safe, lists without
//! gaps.
//!
//! A check that fails reports the place of the value and leaves the value out; all other values are still
//! checked.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Options;
use super::address::{self, Address};
use super::home;
use super::matter::{Keys, Step};
use super::report::Report;
use super::text::clean;
use crate::base::date::{BadDate, Date, Moment, Zone};
use crate::base::date_forms::likely;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::language::Language;
use crate::base::slug::composed;
use crate::model::article::{Image, LinkKind, LinkRef};
use crate::model::front_matter::{ImageRef, OneOrMany, Text};
use crate::model::path::UrlPath;

/// Checks the values of one file's front matter.
pub(super) struct Checks<'c, 'a> {
    pub(super) keys: &'c Keys<'a>,
    pub(super) report: &'c mut Report<'a>,
    pub(super) zone: Zone,
    /// The site's own address.
    pub(super) home: &'c str,
    /// The site's language.
    pub(super) language: &'c Language,
}

impl<'c, 'a> Checks<'c, 'a> {
    pub(super) fn of(keys: &'c Keys<'a>, options: &'c Options, report: &'c mut Report<'a>) -> Self {
        let Options { home, language, .. } = options;
        Self { keys, report, zone: options.zone(), home, language }
    }
}

/// A text, unless it is empty: templates leave empty keys behind.
pub(super) fn text(text: Option<Text>) -> Option<String> {
    let text = clean(text?.0);
    let trimmed = text.trim();
    match trimmed.len() {
        0 => None,
        length if length == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}

/// The name of a term, with its letters composed: two that look the same are one.
pub(super) fn name(name: Option<Text>) -> Option<String> {
    text(name).map(|name| match composed(&name) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => name,
    })
}

/// The names of a list, each once.
pub(super) fn names(list: Option<OneOrMany<Text>>) -> Vec<String> {
    each_once(list, name)
}

/// The texts of a list, each once.
pub(super) fn texts(list: Option<OneOrMany<Text>>) -> Vec<String> {
    each_once(list, text)
}

fn each_once(list: Option<OneOrMany<Text>>, read: impl Fn(Option<Text>) -> Option<String>) -> Vec<String> {
    let mut known = HashSet::new();
    let items = list.unwrap_or_default().0.into_iter().filter_map(|item| read(Some(item)));
    items.filter(|item| known.insert(item.clone())).collect()
}

/// The most tags, authors, sources and chosen related articles of an article. Each of the first three has pages and
/// feeds that show the article with all of them, so a thousand would make a million entries.
const MOST: usize = 500;

/// The longest name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

impl Checks<'_, '_> {
    /// Cuts a list that is too long, and reports that.
    pub(super) fn first<T>(&mut self, key: &str, list: Option<OneOrMany<T>>) -> Option<OneOrMany<T>> {
        let mut list = list?;
        let count = list.0.len();
        if count > MOST {
            let message = format!("`{key}` has {count} entries, and can have {MOST}");
            let diagnostic = self.at(&[Step::Key(key), Step::Item(MOST)], "", Rule::BadValue, message);
            self.report.add(diagnostic.hint("remove the least important ones"));
            list.0.truncate(MOST);
        }
        Some(list)
    }

    /// Old addresses, each once.
    pub(super) fn old_addresses(&mut self, key: &str, list: Option<OneOrMany<Text>>) -> Vec<UrlPath> {
        let (mut addresses, mut known) = (Vec::new(), HashSet::new());
        for (index, written) in list.unwrap_or_default().0.into_iter().enumerate() {
            let Some(written) = text(Some(written)) else { continue };
            let (message, hint) = match UrlPath::of_written(&written).map(UrlPath::as_page) {
                Some(path) if path.as_str().split('/').any(|part| part.len() > LONGEST_NAME) => (
                    format!("a part of the old address has more than {LONGEST_NAME} bytes"),
                    "no disk takes a longer name: shorten it, or take it out",
                ),
                Some(path) => {
                    if known.insert(path.clone()) {
                        addresses.push(path);
                    }
                    continue;
                }
                None => (
                    format!("`{written}` cannot be an old address"),
                    "an old address is a path from the root of this site, such as `/2015/old-name/`",
                ),
            };
            let path = [Step::Key(key), Step::Item(index)];
            let diagnostic = self.at(&path, &written, Rule::PathEscape, message);
            self.report.add(diagnostic.hint(hint));
        }
        addresses
    }

    /// Reports something about the value `written` of the key at the end of a path.
    pub(super) fn say(&mut self, path: &[Step<'_>], written: &str, rule: Rule, message: impl Into<String>) {
        let diagnostic = self.at(path, written, rule, message);
        self.report.add(diagnostic);
    }

    /// [`Self::say`] for a diagnostic that gets a hint.
    pub(super) fn at(
        &self,
        path: &[Step<'_>],
        written: &str,
        rule: Rule,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.report.at(&self.keys.find_value(path, written), rule, message)
    }

    /// A date that exists.
    pub(super) fn date(&mut self, path: &[Step<'_>], value: Option<Text>) -> Option<Date> {
        let written = text(value)?;
        match written.parse() {
            Ok(date) => Some(date),
            Err(BadDate(message)) => {
                let hint = || match likely(&written) {
                    Some(date) => format!("write it as `{date}`"),
                    None => "write it in the form `2017-02-01`".to_owned(),
                };
                let hint = message.ends_with("is not a date").then(hint);
                let mut diagnostic = self.at(path, &written, Rule::BadDate, message);
                diagnostic.hint = hint;
                self.report.add(diagnostic);
                None
            }
        }
    }

    /// The first moment of a date.
    pub(super) fn moment(&mut self, path: &[Step<'_>], value: Option<Text>) -> Option<Moment> {
        self.date(path, value).map(|date| date.moment(self.zone))
    }

    /// A web address.
    pub(super) fn web(&mut self, path: &[Step<'_>], value: Option<Text>) -> Option<String> {
        let written = text(value)?;
        if address::is_web(&written) {
            return Some(written);
        }
        let diagnostic =
            self.at(path, &written, Rule::BadAddress, format!("`{written}` is not a web address"));
        self.report.add(diagnostic.hint("it begins with `https://` or `http://`"));
        None
    }

    /// A language.
    pub(super) fn language(&mut self, path: &[Step<'_>], value: Option<Text>) -> Option<Language> {
        let written = text(value)?;
        // Elsewhere a text may have the name of a locale: `en_GB`.
        if let Ok(language) = written.replace('_', "-").parse::<Language>() {
            let Some(meant) = language.meant() else { return Some(language) };
            let message = format!("`{written}` is the code of a country and of no language");
            let diagnostic = self.at(path, &written, Rule::BadValue, message);
            self.report.add(diagnostic.hint(format!("did you mean `{meant}`?")));
            return None;
        }
        let diagnostic =
            self.at(path, &written, Rule::BadValue, format!("`{written}` is not a language tag"));
        self.report.add(diagnostic.hint("use a BCP 47 tag, such as `en` or `pt-BR`"));
        None
    }

    /// A picture. Its address becomes the next of the links.
    pub(super) fn image(
        &mut self,
        key: &str,
        value: Option<ImageRef>,
        links: &mut Vec<LinkRef>,
    ) -> Option<Image> {
        let ImageRef(map) = value?;
        let here = [Step::Key(key)];
        let is_empty = [&map.alt, &map.caption, &map.credit].iter().all(|field| field.is_none());
        let Some(src) = text(map.src) else {
            if !is_empty {
                self.say(&here, "", Rule::BadValue, format!("`{key}` has no `src`"));
            }
            return None;
        };
        let path = [Step::Key(key), Step::Key("src")];
        if let Address::Forbidden(scheme) = address::of_link(&src) {
            let message = format!("an address cannot begin with `{scheme}:`");
            let diagnostic = self.at(&path, &src, Rule::BadAddress, message);
            self.report
                .add(diagnostic.hint("use a file beside the article, a path of this site, or a web address"));
            return None;
        }
        let place = self.report.place(&self.keys.find_value(&path, &src));
        let target = home::local(&src, self.home).into_owned();
        links.push(LinkRef { target, kind: LinkKind::Picture, place });
        Some(Image {
            link: links.len() as u32 - 1,
            alt: text(map.alt).unwrap_or_default(),
            caption: text(map.caption),
            credit: text(map.credit),
            license: text(map.license),
            focus: self.focus(key, map.focus),
        })
    }

    /// The focus of a picture goes into a style, so it must be a position and nothing else.
    fn focus(&mut self, key: &str, value: Option<Text>) -> Option<String> {
        let written = text(value)?;
        let is_part = |part: &str| {
            let number = part.strip_suffix('%').map(str::parse::<f32>);
            matches!(number, Some(Ok(number)) if (0.0..=100.0).contains(&number))
                || matches!(part, "left" | "right" | "top" | "bottom" | "center")
        };
        let parts: Vec<&str> = written.split_whitespace().collect();
        if matches!(parts.len(), 1..=2) && parts.iter().all(|part| is_part(part)) {
            return Some(parts.join(" "));
        }
        let path = [Step::Key(key), Step::Key("focus")];
        let diagnostic =
            self.at(&path, &written, Rule::BadValue, format!("`{written}` is not a point of a picture"));
        self.report.add(diagnostic.hint("write it as `50% 20%`, from the left and from the top"));
        None
    }
}
