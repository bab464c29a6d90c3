//! Front matter as a tree of values, for the cases in which the straight way fails: TOML, wrong values, synonyms side by side.
//!
//! [`read`] takes the tree key by key, so that one wrong value hides no other. It knows no text and no places.

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde_json::{Error, Map, Value};

use super::Matter;

/// The keys that lead to a value; of lists, the index as text.
pub(super) type Path = Vec<String>;

/// A value that a key cannot have: where, and what serde says.
pub(super) struct Culprit {
    pub(super) path: Path,
    pub(super) message: String,
    /// Whether a list would do.
    pub(super) list_is_fine: bool,
}

/// What there is to read in a map.
pub(super) struct Reading<T> {
    pub(super) matter: T,
    pub(super) culprits: Vec<Culprit>,
    /// The keys that the type does not know.
    pub(super) unknown: Vec<Path>,
}

/// Reads as much of a map as there is to read.
pub(super) fn read<T: Matter>(map: Map<String, Value>) -> Reading<T> {
    let names = super::names::of::<T>();
    let mut reading = Reading { matter: T::default(), culprits: Vec::new(), unknown: Vec::new() };
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
        first.insert(name.clone(), value);
        // Two synonyms of one key are two keys to the author and one field to serde, which refuses it.
        if from::<T>(&Value::Object(first.clone())).is_err() {
            first.remove(&name);
            again.push(alone);
        }
    }
    reading.add(Value::Object(first));
    again.into_iter().for_each(|other| reading.add(other));
    reading
}

impl<T: Matter> Reading<T> {
    fn add(&mut self, value: Value) {
        let matter = serde_ignored::deserialize(Lenient(value), |path| self.unknown.push(super::path_of(&path)));
        self.matter.merge(matter.unwrap_or_default());
    }
}

/// Takes a value out of a tree. In a list a hole stays, so that the others keep their places.
fn remove(value: &mut Value, path: &[String]) {
    match (value, path) {
        (Value::Object(map), [last]) => drop(map.remove(last)),
        (Value::Object(map), [step, rest @ ..]) => map.get_mut(step).into_iter().for_each(|inner| remove(inner, rest)),
        (Value::Array(items), [step, rest @ ..]) => {
            let item = step.parse().ok().and_then(|index: usize| items.get_mut(index));
            item.into_iter().for_each(|inner| remove(inner, rest));
        }
        (value, _) => *value = Value::Null,
    }
}

fn from<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Lenient(value.clone()))
}

fn single(name: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), value)]))
}

/// Finds the innermost values that make `within(value)` unreadable.
fn blame<T: Matter>(within: &dyn Fn(Value) -> Value, value: &Value, path: &mut Path, culprits: &mut Vec<Culprit>) {
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
        let list_is_fine = from::<T>(&within(Value::Array(Vec::new()))).is_ok();
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

/// A value that gives a number where text is wanted, as YAML does.
#[derive(Clone)]
pub(super) struct Lenient(pub(super) Value);

impl IntoDeserializer<'_, Error> for Lenient {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Lenient {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Lenient));
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Value::Object(map) => {
                let entries = map.into_iter().map(|(key, value)| (StringDeserializer::new(key), Lenient(value)));
                let mut entries = MapDeserializer::new(entries);
                let value = visitor.visit_map(&mut entries)?;
                entries.end().map(|()| value)
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Number(number) => visitor.visit_string(number.to_string()),
            Value::Bool(truth) => visitor.visit_bool(truth),
            other => Lenient(other).deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            other => visitor.visit_some(Lenient(other)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(text.into_deserializer()),
            other => other.deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Counts the values of a tree without keeping them, and gives up at a limit.
pub(super) struct Budget<'a>(pub(super) &'a mut usize);

impl<'de> de::DeserializeSeed<'de> for Budget<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Budget<'_> {
    fn spend<E: de::Error>(&mut self) -> Result<(), E> {
        *self.0 = self.0.checked_sub(1).ok_or_else(|| E::custom("too many values"))?;
        Ok(())
    }
}

impl<'de> Visitor<'de> for Budget<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(mut self, _: bool) -> Result<(), E> {
        self.spend()
    }

    fn visit_i64<E: de::Error>(mut self, _: i64) -> Result<(), E> {
        self.spend()
    }

    fn visit_u64<E: de::Error>(mut self, _: u64) -> Result<(), E> {
        self.spend()
    }

    fn visit_f64<E: de::Error>(mut self, _: f64) -> Result<(), E> {
        self.spend()
    }

    fn visit_str<E: de::Error>(mut self, _: &str) -> Result<(), E> {
        self.spend()
    }

    fn visit_unit<E: de::Error>(mut self) -> Result<(), E> {
        self.spend()
    }

    fn visit_none<E: de::Error>(mut self) -> Result<(), E> {
        self.spend()
    }

    fn visit_seq<A: de::SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.spend()?;
        while seq.next_element_seed(Budget(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: de::MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.spend()?;
        while map.next_key_seed(Budget(self.0))?.is_some() {
            map.next_value_seed(Budget(self.0))?;
        }
        Ok(())
    }
}
