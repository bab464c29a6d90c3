//! Front matter as a tree of values, for the cases in which the fast way fails: TOML, wrong values, two
//! synonyms of one key.
//!
//! [`read`] reads the tree key by key, so that one wrong value hides no other. It knows no text and no
//! places.

use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value};

use super::Matter;
use super::lenient::Lenient;
use crate::model::front_keys::known;

/// The keys that lead to a value; for lists, the index as text.
pub(super) type Path = Vec<String>;

/// A wrong value: its path, and the error of serde.
pub(super) struct Culprit {
    pub(super) path: Path,
    pub(super) message: String,
    /// Whether a list would be accepted.
    pub(super) list_is_fine: bool,
}

/// What could be read of a map.
pub(super) struct Reading<T> {
    pub(super) matter: T,
    pub(super) culprits: Vec<Culprit>,
    /// The keys that the type does not know.
    pub(super) unknown: Vec<Path>,
    /// Two synonyms of one key with different values, of which only one can hold.
    pub(super) rivals: Vec<[String; 2]>,
}

/// Reads as much of a map as possible.
pub(super) fn read<T: Matter>(map: Map<String, Value>) -> Reading<T> {
    let names = known::<T>();
    let mut reading =
        Reading { matter: T::default(), culprits: Vec::new(), unknown: Vec::new(), rivals: Vec::new() };
    let mut first = Map::new();
    let mut again = Vec::new();
    for (name, mut value) in map {
        if !names.contains(&name.as_str()) {
            reading.unknown.push(vec![name]);
            continue;
        }
        if from::<T>(&single(&name, value.clone())).is_err() {
            let before = reading.culprits.len();
            blame::<T>(&|value| single(&name, value), &value, &mut vec![name.clone()], &mut reading.culprits);
            for culprit in &reading.culprits[before..] {
                remove(&mut value, &culprit.path[1..]);
            }
        }
        let alone = single(&name, value.clone());
        if from::<T>(&alone).is_err() {
            continue;
        }
        // Two synonyms of one key are two keys to the author and one field to serde, which refuses it.
        let synonym = first.keys().find(|other| are_same::<T>(&name, other)).cloned();
        let Some(synonym) = synonym else {
            first.insert(name, value);
            continue;
        };
        if is_empty(&first[&synonym]) {
            first.remove(&synonym);
            first.insert(name, value);
        } else if !is_empty(&value) {
            if first[&synonym] != value && !is_list::<T>(&name) {
                reading.rivals.push([synonym, name]);
            }
            again.push(alone);
        }
    }
    reading.add(Value::Object(first));
    for other in again {
        reading.add(other);
    }
    reading
}

impl<T: Matter> Reading<T> {
    fn add(&mut self, value: Value) {
        let matter =
            serde_ignored::deserialize(Lenient(value), |path| self.unknown.push(super::path_of(&path)));
        self.matter.merge(matter.unwrap_or_default());
    }
}

/// Whether two keys are one field of `T`.
fn are_same<T: DeserializeOwned>(a: &str, b: &str) -> bool {
    let both = [a, b].map(|name| (name.to_owned(), Value::Null));
    from::<T>(&Value::Object(Map::from_iter(both))).is_err()
}

/// Whether a key may have a list as its value.
fn is_list<T: DeserializeOwned>(name: &str) -> bool {
    from::<T>(&single(name, Value::Array(Vec::new()))).is_ok()
}

/// Whether a value says nothing: templates leave empty keys behind.
fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Removes a value from a tree. In a list it leaves a null, so that the others keep their indices.
fn remove(value: &mut Value, path: &[String]) {
    let inner = match (&mut *value, path) {
        (Value::Object(map), [last]) => return drop(map.remove(last)),
        (Value::Object(map), [step, ..]) => map.get_mut(step),
        (Value::Array(items), [step, ..]) => step.parse().ok().and_then(|index: usize| items.get_mut(index)),
        _ => return *value = Value::Null,
    };
    if let Some(inner) = inner {
        remove(inner, &path[1..]);
    }
}

fn from<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Lenient(value.clone()))
}

fn single(name: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), value)]))
}

/// Finds the innermost values that make `within(value)` unreadable.
fn blame<T: Matter>(
    within: &dyn Fn(Value) -> Value,
    value: &Value,
    path: &mut Path,
    culprits: &mut Vec<Culprit>,
) {
    let before = culprits.len();
    match value {
        Value::Object(map) if from::<T>(&within(Value::Object(Map::new()))).is_ok() => {
            for (name, inner) in map {
                let within = |inner| within(single(name, inner));
                blame_part::<T>(&within, inner, name, path, culprits);
            }
        }
        Value::Array(items) if from::<T>(&within(Value::Array(Vec::new()))).is_ok() => {
            for (index, inner) in items.iter().enumerate() {
                let within = |inner| within(Value::Array(vec![inner]));
                blame_part::<T>(&within, inner, &index.to_string(), path, culprits);
            }
        }
        _ => {}
    }
    if culprits.len() == before
        && let Err(error) = from::<T>(&within(value.clone()))
    {
        // Serde reads a list as a map, too, so that in a list another one would do.
        let list_is_fine = path.len() == 1 && is_list::<T>(&path[0]);
        culprits.push(Culprit { path: path.clone(), message: error.to_string(), list_is_fine });
    }
}

fn blame_part<T: Matter>(
    within: &dyn Fn(Value) -> Value,
    value: &Value,
    step: &str,
    path: &mut Path,
    culprits: &mut Vec<Culprit>,
) {
    if from::<T>(&within(value.clone())).is_err() {
        path.push(step.to_owned());
        blame::<T>(within, value, path, culprits);
        path.pop();
    }
}
