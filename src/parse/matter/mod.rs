//! From front matter to a typed value, with all of its faults.
//!
//! The fast way is one pass of serde over the text. Only if that fails, the text is read again as a tree of
//! values, and key by key. Whether values make sense (whether a date exists, whether an address is safe) is
//! not checked here.

mod budget;
mod everyday;
mod explain;
mod foreign;
mod keys;
mod lenient;
pub(super) mod lost;
mod merge;
mod slips;
mod toml;
mod value;
mod yaml;
mod yaml_keys;

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(super) use explain::withdrawn;
pub(super) use keys::{Keys, Step};
pub(super) use toml::parse as toml;

use super::plain::cut;
use super::report::Report;
use super::text::Format;
use crate::base::diag::{Rule, closest};
use crate::model::front_keys;
use slips::Slip;
use value::Culprit;

/// A type of front matter.
pub(super) trait Matter: DeserializeOwned + Default {
    /// Takes from `other` what is missing here; lists are joined.
    fn merge(&mut self, other: Self);
}

/// Front matter that was read.
pub(super) struct Front<'a, T> {
    /// Its value, as far as it could be read.
    pub(super) value: T,
    /// The places of its keys.
    pub(super) keys: Keys<'a>,
    /// Whether nothing of it could be read.
    pub(super) is_broken: bool,
    /// The keys whose values could not be read.
    unread: Vec<String>,
}

impl<T> Front<'_, T> {
    /// Whether a key may exist but could not be read. Then its absence must not be reported as well.
    pub(super) fn is_unread(&self, key: &str) -> bool {
        self.is_broken || self.unread.iter().any(|unread| unread == key)
    }
}

/// Reads the front matter of a file. Without any, the value is the default.
pub(super) fn read<'a, T: Matter>(
    front: Option<(Format, Range<usize>)>,
    report: &mut Report<'a>,
) -> Front<'a, T> {
    let (format, range) = front.unwrap_or((Format::Yaml, 0..0));
    let text = report.text(range.clone());
    let before = report.text(0..range.start);
    let keys = Keys::new(format, text, range.start).below(before.len() - before.trim_start().len());
    let mut reader = Reader { text, start: range.start, keys: &keys, report, unread: Vec::new() };
    let value = match format {
        _ if text.trim().is_empty() => Some(T::default()),
        Format::Yaml => reader.yaml(),
        Format::Toml => reader.toml(),
    };
    let unread = reader.unread;
    Front { is_broken: value.is_none(), value: value.unwrap_or_default(), keys, unread }
}

struct Reader<'a, 'r> {
    text: &'a str,
    start: usize,
    keys: &'r Keys<'a>,
    report: &'r mut Report<'a>,
    unread: Vec<String>,
}

impl Reader<'_, '_> {
    fn yaml<T: Matter>(&mut self) -> Option<T> {
        if let Err(bad) = yaml::guard(self.text) {
            return self.bad_yaml(bad);
        }
        match yaml::parse(self.text) {
            Ok((_, unknown)) if Self::has_foreign::<T>(&unknown) => match yaml::parse_map(self.text) {
                Ok(map) => Some(self.by_key(map, None)),
                Err(bad) => self.bad_yaml(bad),
            },
            Ok((matter, unknown)) => {
                self.unknown::<T>(&unknown);
                Some(matter)
            }
            Err(first) => match yaml::parse_map(self.text) {
                Ok(map) => Some(self.by_key(map, Some(first))),
                Err(bad) => self.bad_yaml(bad),
            },
        }
    }

    fn toml<T: Matter>(&mut self) -> Option<T> {
        match toml::parse(self.text) {
            Ok(map) => Some(self.by_key(map, None)),
            Err(bad) => {
                self.report.say(&self.moved(&bad.range), Rule::FrontMatter, bad.message);
                None
            }
        }
    }

    fn bad_yaml<T>(&mut self, bad: yaml::BadYaml) -> Option<T> {
        let mut diagnostic = self.report.at(&self.moved(&bad.range), Rule::FrontMatter, bad.message);
        diagnostic.hint = bad.hint.map(str::to_owned);
        self.report.add(diagnostic);
        None
    }

    /// Whether a key is one of another generator that is brought into the shape of ours.
    fn has_foreign<T: Matter>(unknown: &[Vec<String>]) -> bool {
        let known = front_keys::known::<T>();
        unknown.iter().any(|path| matches!(path.as_slice(), [key] if foreign::may_be(key, known)))
    }

    /// Makes texts of the numbers in a tree that would not be what is written: a tag `3.10` is not `3.1`.
    fn as_written(&self, value: &mut Value, path: &[Step<'_>]) {
        match value {
            Value::Number(number) if number.is_f64() => {
                let written = self.keys.value(path);
                if written != number.to_string() && written.parse().ok() == number.as_f64() {
                    *value = Value::String(written.to_owned());
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.as_written(item, &[path, &[Step::Item(index)]].concat());
                }
            }
            Value::Object(map) => {
                for (key, inner) in
                    map.iter_mut().filter(|(key, _)| !path.is_empty() || !key.eq_ignore_ascii_case("extra"))
                {
                    self.as_written(inner, &[path, &[Step::Key(key)]].concat());
                }
            }
            _ => {}
        }
    }

    /// Reads a tree key by key. `first` is the error of the fast way, which is reported if no better reason
    /// is found.
    fn by_key<T: Matter>(&mut self, map: Map<String, Value>, first: Option<yaml::BadYaml>) -> T {
        let known = front_keys::known::<T>();
        let mut tree = Value::Object(map);
        self.as_written(&mut tree, &[]);
        let Value::Object(map) = tree else { return T::default() };
        let foreign::Reshaped { map, unknown, had_names } = foreign::reshape(map, known);
        self.unknown::<T>(&unknown);
        let reading = value::read::<T>(map);
        self.unknown::<T>(&reading.unknown);
        let repeated = self.repeated(known);
        self.rivals(&reading.rivals);
        for culprit in &reading.culprits {
            self.bad_value(culprit);
            self.unread.extend(culprit.path.first().cloned());
        }
        let is_open = |bad: &yaml::BadYaml| !had_names || bad.repeated.is_some();
        if let Some(bad) = first.filter(|bad| reading.culprits.is_empty() && !repeated && is_open(bad)) {
            self.only_serde_knows(bad);
        }
        reading.matter
    }

    /// Reports the error of the fast way, if reading key by key has found nothing.
    fn only_serde_knows(&mut self, bad: yaml::BadYaml) {
        match &bad.repeated {
            // Two synonyms at the top, which have been joined.
            Some(field) if !field.contains('.') => {}
            Some(field) => {
                let message = format!("`{field}` is there twice");
                self.report.say(&self.moved(&bad.range), Rule::BadValue, message);
            }
            None => drop(self.bad_yaml::<()>(bad)),
        }
    }

    fn repeated(&mut self, known: &[&str]) -> bool {
        let repeated = self.keys.repeated(known);
        for (name, again, earlier) in &repeated {
            let line = self.report.place(earlier).line;
            let message = format!("`{name}` is there twice; the first is in line {line}");
            self.report.say(again, Rule::BadValue, message);
        }
        !repeated.is_empty()
    }

    fn rivals(&mut self, rivals: &[[String; 2]]) {
        for pair in rivals {
            let mut places = pair.each_ref().map(|name| (self.keys.find(&[Step::Key(name)]), name));
            places.sort_by_key(|(range, _)| range.start);
            let [(earlier, one), (later, other)] = places;
            let line = self.report.place(&earlier).line;
            let message = format!("`{other}` means the same as `{one}` in line {line} and has another value");
            self.report.add(self.report.at(&later, Rule::BadValue, message).hint("keep one of the two"));
        }
    }

    fn bad_value(&mut self, culprit: &Culprit) {
        let steps = steps_of(&culprit.path);
        let range = self.keys.find(&steps);
        let name = spoken(&culprit.path);
        self.report.add(explain::value(self.report.at(&range, Rule::BadValue, ""), &name, culprit));
    }

    fn unknown<T: Matter>(&mut self, unknown: &[Vec<String>]) {
        for path in unknown {
            let range = self.keys.find(&steps_of(path));
            let name = spoken(path);
            let (key, known) = match path.as_slice() {
                [key] => (key, front_keys::known::<T>()),
                [outer, .., key] => (key, front_keys::within(outer)),
                [] => continue,
            };
            let shown = cut(&name, 60);
            let slip = (path.len() == 1).then(|| slips::of(key, self.value_of(path))).flatten();
            if let Some(Slip::KeepsBack(meant)) = slip {
                self.keeps_back(&range, &shown, Some(meant).filter(|_| known.contains(&"draft")).as_deref());
                continue;
            }
            let hint = self.hint(path, key, known, slip);
            let diagnostic = self.report.at(&range, Rule::UnknownKey, format!("unknown key `{shown}`"));
            self.report.add(diagnostic.hint(hint).grouped(name));
        }
    }

    /// What to write instead of an unknown key.
    fn hint(&self, path: &[String], key: &str, known: &[&str], slip: Option<Slip>) -> String {
        if let Some(hint) = foreign::hint(path, known) {
            return hint;
        }
        let before = steps_of(&path[..path.len() - 1]);
        let respelt = known.iter().copied().find(|name| name.eq_ignore_ascii_case(key));
        // A second one of a key that is there would be one too many.
        let is_free = |name: &&str| !self.keys.has(&[before.as_slice(), &[Step::Key(name)]].concat());
        match respelt.or_else(|| closest(key, known.iter().copied())).filter(is_free) {
            Some(best) if slip.is_none() || respelt.is_some() => format!("did you mean `{best}`?"),
            _ if self.is_outdented(path) => "indent it below `source`, which is empty".to_owned(),
            _ => slip.map_or_else(|| "keys of your own belong under `extra`".to_owned(), Slip::hint),
        }
    }

    /// The value of a key; of a map, that of `render`, by which Hugo's `build` keeps an article back.
    fn value_of(&self, path: &[String]) -> &str {
        let steps = steps_of(path);
        let value = self.keys.value(&steps);
        let render = [steps.as_slice(), &[Step::Key("render")]].concat();
        if value.is_empty() && self.keys.find(&render) != self.keys.whole() {
            self.keys.value(&render)
        } else {
            value
        }
    }

    /// Whether a key is one of a source, and stands beside `source` instead of below it.
    fn is_outdented(&self, path: &[String]) -> bool {
        let source = [Step::Key("source")];
        let is_there = self.keys.find(&source) != self.keys.whole() && self.keys.value(&source).is_empty();
        is_there && matches!(path, [key] if front_keys::within("source").contains(&key.as_str()))
    }

    /// Reports a key that should keep a file from being published. `meant` is what would; there is nothing for a
    /// profile.
    fn keeps_back(&mut self, range: &Range<usize>, shown: &str, meant: Option<&str>) {
        let what = if meant.is_some() { "article" } else { "profile" };
        let message =
            format!("unknown key `{shown}`, which looks as if it should keep the {what} unpublished");
        let hint = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => {
                "a profile cannot be kept back; move its file out of this folder until it may be seen".into()
            }
        };
        self.report.add(self.report.at(range, Rule::BadValue, message).hint(hint));
    }

    fn moved(&self, range: &Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }
}

fn path_of(path: &serde_ignored::Path<'_>) -> Vec<String> {
    use serde_ignored::Path;
    match path {
        Path::Root => Vec::new(),
        Path::Seq { parent, index } => with(path_of(parent), index.to_string()),
        Path::Map { parent, key } => with(path_of(parent), key.clone()),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            path_of(parent)
        }
    }
}

fn with(mut path: Vec<String>, step: String) -> Vec<String> {
    path.push(step);
    path
}

fn steps_of(path: &[String]) -> Vec<Step<'_>> {
    path.iter().map(|step| step.parse().map_or(Step::Key(step), Step::Item)).collect()
}

/// A path for a message: `source.url`, without list indices, so that the same mistake has the same message.
fn spoken(path: &[String]) -> String {
    let names: Vec<&str> =
        path.iter().map(String::as_str).filter(|step| step.parse::<usize>().is_err()).collect();
    names.join(".")
}
