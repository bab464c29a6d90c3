//! Checks JSON-LD against the vocabulary of schema.org: types that exist, properties of these types, values
//! of their kinds.
//!
//! The rules are those of <https://schema.org/docs/datamodel.html>: a property belongs to the types of its
//! domain and to their kinds, a value is of one of the types of its range. An address may stand for a thing
//! (<https://schema.org/docs/gs.html#schemaorg_expected>); any other text may not, although schema.org would
//! put up with it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Map, Value};
use url::Url;

use super::dates;

/// What is known of types and properties.
#[derive(Default)]
struct Vocabulary {
    /// What each type is a kind of.
    parents: BTreeMap<String, Vec<String>>,
    /// The types that have a property, and what its values are.
    properties: BTreeMap<String, (Vec<String>, Vec<String>)>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vocabulary/schema-org.txt");
    Vocabulary::read(&std::fs::read_to_string(path).unwrap())
});

impl Vocabulary {
    fn read(text: &str) -> Self {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut vocabulary = Self::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, (domain, range))) =
                line.split_once(" of ").and_then(|(name, rest)| Some((name, rest.split_once(": ")?)))
            {
                vocabulary.properties.insert(name.to_owned(), (names(domain), names(range)));
            } else {
                let (name, parents) = line.split_once(" < ").unwrap_or((line, ""));
                vocabulary.parents.insert(name.to_owned(), names(parents));
            }
        }
        let known = |name: &String| assert!(vocabulary.parents.contains_key(name), "`{name}` is no type");
        vocabulary.parents.values().flatten().for_each(known);
        vocabulary.properties.values().for_each(|(domain, range)| domain.iter().chain(range).for_each(known));
        vocabulary
    }

    /// Whether a type is another or a kind of it.
    fn is(&self, kind: &str, wanted: &str) -> bool {
        kind == wanted || self.parents[kind].iter().any(|parent| self.is(parent, wanted))
    }
}

/// What is wrong with a block of JSON-LD, a line each: where and what.
pub(crate) fn faults(json: &str) -> String {
    let mut faults = Faults(String::new());
    match serde_json::from_str(json) {
        Ok(Value::Object(block)) => faults.block(&block),
        Ok(_) => faults.say("", "is no object"),
        Err(error) => faults.say("", &format!("is no JSON: {error}")),
    }
    faults.0
}

struct Faults(String);

impl Faults {
    fn say(&mut self, at: &str, what: &str) {
        writeln!(self.0, "{at} {what}").unwrap();
    }

    fn block(&mut self, block: &Map<String, Value>) {
        if block.get("@context").and_then(Value::as_str) != Some("https://schema.org") {
            self.say("@context", "is not that of schema.org");
        }
        let graph = block.get("@graph").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if graph.is_empty() || block.len() != 2 {
            self.say("@graph", "is not the one thing besides the context, or has nothing in it");
        }
        for node in graph {
            match node.as_object() {
                Some(node) => {
                    self.thing(node, "@graph");
                }
                None => self.say("@graph", "has something that is no thing"),
            }
        }
    }

    /// Checks a thing; its type, if it has one that is known.
    fn thing<'a>(&mut self, thing: &'a Map<String, Value>, at: &str) -> Option<&'a str> {
        let Some(kind) = thing.get("@type").and_then(Value::as_str) else {
            self.say(at, "has no type");
            return None;
        };
        let at = format!("{at}/{kind}");
        let is_thing = VOCABULARY.parents.contains_key(kind) && VOCABULARY.is(kind, "Thing");
        if !is_thing {
            self.say(&at, "is no type");
            return None;
        }
        if thing.len() == 1 {
            self.say(&at, "says nothing");
        }
        for (name, value) in thing {
            let at = format!("{at}.{name}");
            match name.as_str() {
                "@type" => {}
                "@id" if value.as_str().is_some_and(is_whole) => {}
                "@id" => self.say(&at, "is no whole address"),
                _ => self.property(kind, name, value, &at),
            }
        }
        Some(kind)
    }

    fn property(&mut self, kind: &str, name: &str, value: &Value, at: &str) {
        let Some((domain, range)) = VOCABULARY.properties.get(name) else {
            return self.say(at, "is no property");
        };
        if !domain.iter().any(|wanted| VOCABULARY.is(kind, wanted)) {
            self.say(at, &format!("is a property of {} only", domain.join(", ")));
        }
        match value {
            Value::Array(values) if values.is_empty() => self.say(at, "is empty"),
            Value::Array(values) => values.iter().for_each(|value| self.value(value, range, at)),
            value => self.value(value, range, at),
        }
    }

    fn value(&mut self, value: &Value, range: &[String], at: &str) {
        let is_fit = match value {
            Value::Object(thing) => match self.thing(thing, at) {
                Some(kind) => range.iter().any(|wanted| VOCABULARY.is(kind, wanted)),
                None => return,
            },
            Value::String(text) => range.iter().any(|wanted| is_text_of(text, wanted)),
            Value::Number(number) if number.is_u64() => has(range, &["Integer", "Number"]),
            Value::Number(_) => has(range, &["Number"]),
            Value::Bool(_) => has(range, &["Boolean"]),
            Value::Null | Value::Array(_) => false,
        };
        if !is_fit {
            self.say(at, &format!("is not {}: {value}", range.join(", ")));
        }
    }
}

fn has(range: &[String], kinds: &[&str]) -> bool {
    range.iter().any(|wanted| kinds.contains(&wanted.as_str()))
}

/// Whether a text can be a value of a type.
fn is_text_of(text: &str, wanted: &str) -> bool {
    match wanted {
        "Text" => !text.trim().is_empty(),
        "Date" => dates::is_date(text),
        "DateTime" => dates::is_rfc3339(text),
        "URL" => is_whole(text),
        // "7 ft"
        "Distance" => text.split_once(' ').is_some_and(|(number, _)| number.parse::<f64>().is_ok()),
        "Integer" | "Number" | "Boolean" => false,
        _ => is_whole(text),
    }
}

/// Whether an address has a scheme of the web and a host.
fn is_whole(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
