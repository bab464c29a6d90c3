//! `[front]`: what stands on the front page, from the raw table to the checked value.
//!
//! It only says what is wanted; `plan` finds the articles in each build.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{Checked, Fault};
use crate::base::date::{Date, Moment, Zone};
use crate::base::diag::closest;

/// `[front]`: what the front page shows. All keys are optional: by default, the newest articles lead, and the others are grouped by tag.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawFront {
    /// The number of lead articles: all that are pinned first, then the newest.
    #[schemars(range(min = 1, max = 100))]
    pub(super) lead: u32,
    /// Articles pinned to the top, one table each: `[[front.pins]]`.
    pub(super) pins: Vec<RawPin>,
    /// The sections below the lead articles, one table each: `[[front.slots]]`.
    pub(super) slots: Vec<RawSlot>,
}

impl Default for RawFront {
    fn default() -> Self {
        Self { lead: 6, pins: Vec::new(), slots: Vec::new() }
    }
}

/// `[[front.pins]]`: an article pinned to the top.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["article"]))]
pub(super) struct RawPin {
    /// The article, by file, slug or title.
    #[schemars(length(min = 1))]
    pub(super) article: String,
    /// When the pin ends: `"2026-02-01"`, or with time and offset.
    pub(super) until: String,
}

/// `[[front.slots]]`: a section of the front page. It shows the articles that match all of its conditions.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawSlot {
    /// The heading. Default: the name of the tag, source, author or series.
    pub(super) title: String,
    /// The address that the heading links to. Default: the page of the tag, source, author or series.
    pub(super) url: String,
    /// Articles with this tag.
    pub(super) tag: String,
    /// Articles of this outlet.
    pub(super) source: String,
    /// Articles of this author.
    pub(super) author: String,
    /// Parts of this series.
    pub(super) series: String,
    /// Articles that match a query, such as `tag:sea -source:"Harbour Gazette" fog`.
    pub(super) query: String,
    /// Only the most recent article of each `source`, `author`, `tag` or `series`.
    pub(super) each: Option<Each>,
    /// The order, newest first: by `date`, by the date on which articles were `added`, or by the date on which they were `updated`.
    pub(super) order: Order,
    /// The maximum number of articles.
    #[schemars(range(min = 1, max = 100))]
    pub(super) count: u32,
}

impl Default for RawSlot {
    fn default() -> Self {
        let none = String::new;
        let [title, url, tag, source, author, series, query] =
            [none(), none(), none(), none(), none(), none(), none()];
        Self { title, url, tag, source, author, series, query, each: None, order: Order::Date, count: 4 }
    }
}

/// The order of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By date.
    #[default]
    Date,
    /// By the date on which they were added to the collection.
    Added,
    /// By the date of the last update or correction, without articles that have neither.
    Updated,
}

/// Of what a slot shows one article each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// Tags. Only the first tag of each article counts.
    Tag,
    /// Outlets.
    Source,
    /// Authors. Only the first author of each article counts.
    Author,
    /// Series.
    Series,
}

/// What stands on the front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// How many articles lead the page.
    pub lead: u32,
    /// Articles that stay at the top.
    pub pins: Vec<Pin>,
    /// The parts of the page below.
    pub slots: Vec<Slot>,
}

/// An article that stays at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The article, as it is written.
    pub article: String,
    /// When it comes down.
    pub until: Option<Moment>,
}

/// A part of the front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What stands above it; empty if that is the name of what the first condition asks for.
    pub title: String,
    /// Where the title leads; empty likewise.
    pub url: String,
    /// What must be true of its articles.
    pub conditions: Vec<Condition>,
    /// Of what it shows one article each.
    pub each: Option<Each>,
    /// What comes first.
    pub order: Order,
    /// The most articles.
    pub count: u32,
}

/// Something that is true of an article, or is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is looked at.
    pub field: Field,
    /// What it must be.
    pub value: String,
    /// Whether it must not be that.
    pub is_negated: bool,
    /// The key of the slot that says so, and what it says.
    pub written: (&'static str, String),
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The tags.
    Tag,
    /// The outlets.
    Source,
    /// The authors.
    Author,
    /// The series.
    Series,
    /// The language.
    Lang,
    /// The year of the date.
    Year,
    /// The day and month of the date: those of today, in an earlier year.
    Day,
    /// The headline: a word or words in it.
    Title,
}

const FIELDS: [(&str, Field); 8] = [
    ("tag", Field::Tag),
    ("source", Field::Source),
    ("author", Field::Author),
    ("series", Field::Series),
    ("lang", Field::Lang),
    ("year", Field::Year),
    ("day", Field::Day),
    ("title", Field::Title),
];

/// Reads when a pin comes down; `None` if nothing is written.
pub(super) fn until(text: &str, zone: Zone) -> Checked<Option<Moment>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let date = text.parse::<Date>().map_err(|fault| {
        Fault::new(format!("is not a time: {}", fault.0)).hint("write it as `\"2026-02-01\"`")
    })?;
    Ok(Some(date.moment(zone)))
}

/// The conditions of a slot without its query, in the order of its keys.
pub(super) fn conditions(raw: &RawSlot) -> Vec<Condition> {
    let keys = [
        ("tag", Field::Tag, &raw.tag),
        ("source", Field::Source, &raw.source),
        ("author", Field::Author, &raw.author),
        ("series", Field::Series, &raw.series),
    ];
    let asked = keys
        .into_iter()
        .map(|(key, field, value)| (key, field, value.trim()))
        .filter(|asked| !asked.2.is_empty());
    asked
        .map(|(key, field, value)| {
            let value = value.to_owned();
            Condition { field, written: (key, value.clone()), value, is_negated: false }
        })
        .collect()
}

/// Reads a query: conditions `key:value` and words of the headline, all of which must hold. A `-` in front
/// negates one, and quotes keep a value with spaces together.
pub(super) fn query(text: &str) -> Checked<Vec<Condition>> {
    let mut conditions = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (condition, after) = condition(rest)?;
        conditions.push(condition);
        rest = after.trim_start();
    }
    Ok(conditions)
}

fn condition(whole: &str) -> Checked<(Condition, &str)> {
    let (is_negated, text) = match whole.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, whole),
    };
    let ends = |c: char| c.is_whitespace() || c == '"';
    let word = text.split(ends).next().unwrap_or_default();
    let (field, text) = match word.split_once(':') {
        Some((key, _)) => (field(key)?, &text[key.len() + 1..]),
        None => (Field::Title, text),
    };
    let (value, after) = match text.strip_prefix('"') {
        Some(quoted) => quoted
            .split_once('"')
            .ok_or_else(|| Fault::new("has an unmatched quote").part(format!("\"{quoted}")))?,
        None => text.split_at(text.find(ends).unwrap_or(text.len())),
    };
    if value.trim().is_empty() {
        return Err(Fault::new("has a key without a value").hint("write it like `tag:sea`"));
    }
    if field == Field::Day && value != "today" {
        return Err(Fault::new("has a day other than `today`").part(value).hint("write it as `day:today`"));
    }
    if field == Field::Year && value.parse::<u16>().is_err() {
        return Err(Fault::new("has a year that is no number").part(value).hint("write it as `year:2024`"));
    }
    let written = ("query", whole[..whole.len() - after.len()].to_owned());
    Ok((Condition { field, value: value.trim().to_owned(), is_negated, written }, after))
}

fn field(key: &str) -> Checked<Field> {
    if let Some((_, field)) = FIELDS.iter().find(|(name, _)| *name == key) {
        return Ok(*field);
    }
    let fault = Fault::new(format!("has the unknown key `{key}`")).part(key);
    let names = FIELDS.iter().map(|(name, _)| *name);
    Err(match closest(key, names.clone()) {
        Some(best) => fault.hint(format!("did you mean `{best}:`?")),
        None => fault.hint(format!("known are `{}`", names.collect::<Vec<_>>().join("`, `"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let seen = match query(text) {
            Ok(conditions) => {
                let shown = |condition: &Condition| {
                    let sign = if condition.is_negated { "not " } else { "" };
                    format!("{sign}{:?} {}", condition.field, condition.value)
                };
                conditions.iter().map(shown).collect::<Vec<_>>().join(", ")
            }
            Err(fault) => format!("{}; {}", fault.message, fault.hint.unwrap_or_default()),
        };
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn queries() {
        check("", "");
        check("tag:sea", "Tag sea");
        check(
            " tag:sea  -source:\"Harbour Gazette\" fog \"two words\" ",
            "Tag sea, not Source Harbour Gazette, Title fog, Title two words",
        );
        check("year:2024 -lang:de", "Year 2024, not Lang de");
        check("day:today", "Day today");
        check("year:20x6", "has a year that is no number; write it as `year:2024`");
        check("day:monday", "has a day other than `today`; write it as `day:today`");
        check("tags:sea", "has the unknown key `tags`; did you mean `tag:`?");
        check("tag:", "has a key without a value; write it like `tag:sea`");
        check("tag:\"sea", "has an unmatched quote; ");
    }
}
