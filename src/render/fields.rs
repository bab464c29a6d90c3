//! The fields of a view one by one, so that some can be replaced before templates see them.
//!
//! To convert a view to a Tera value, then to a map and back would hash every key three times; this hashes it
//! once.

use serde::ser::{Error as _, Impossible, Serialize, SerializeStruct, Serializer};
use serde_json::Error;
use tera::Value;

use crate::base::diag::{Diagnostic, Rule};

/// The fields of a struct, in its order.
#[derive(Default)]
pub(super) struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// The fields of a view.
    pub(super) fn of<T: Serialize>(view: &T) -> Result<Self, Box<Diagnostic>> {
        view.serialize(Taker).map_err(|error| unfit(&error.to_string()))
    }

    /// Replaces or adds a field.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The view as a template sees it.
    pub(super) fn value(&self) -> Result<Value, Box<Diagnostic>> {
        value(self)
    }
}

/// A view as a template sees it.
pub(super) fn value<T: Serialize + ?Sized>(view: &T) -> Result<Value, Box<Diagnostic>> {
    Value::try_from_serializable(view).map_err(|error| unfit(&error.to_string()))
}

fn unfit(why: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Rule::Template, why))
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", self.0.len())?;
        self.0.iter().try_for_each(|(name, value)| fields.serialize_field(name, value))?;
        fields.end()
    }
}

impl SerializeStruct for Fields {
    type Ok = Self;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.0.push((name, Value::try_from_serializable(value).map_err(Error::custom)?));
        Ok(())
    }

    fn end(self) -> Result<Self, Error> {
        Ok(self)
    }
}

/// A serialiser that accepts only structs.
struct Taker;

fn no_struct<T>() -> Result<T, Error> {
    Err(Error::custom("a view is a struct"))
}

/// The methods for everything that is no struct.
macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)+) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, Error> {
            no_struct()
        })+
    };
}

type Nothing = Impossible<Fields, Error>;

impl Serializer for Taker {
    type Ok = Fields;
    type Error = Error;
    type SerializeSeq = Nothing;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Nothing;

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, Error> {
        Ok(Fields(Vec::with_capacity(length)))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Fields, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Fields, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Fields, Error> {
        no_struct()
    }

    refuse! {
        serialize_bool(bool) -> Fields;
        serialize_i8(i8) -> Fields;
        serialize_i16(i16) -> Fields;
        serialize_i32(i32) -> Fields;
        serialize_i64(i64) -> Fields;
        serialize_u8(u8) -> Fields;
        serialize_u16(u16) -> Fields;
        serialize_u32(u32) -> Fields;
        serialize_u64(u64) -> Fields;
        serialize_f32(f32) -> Fields;
        serialize_f64(f64) -> Fields;
        serialize_char(char) -> Fields;
        serialize_str(&str) -> Fields;
        serialize_bytes(&[u8]) -> Fields;
        serialize_none() -> Fields;
        serialize_unit() -> Fields;
        serialize_unit_struct(&'static str) -> Fields;
        serialize_unit_variant(&'static str, u32, &'static str) -> Fields;
        serialize_seq(Option<usize>) -> Nothing;
        serialize_tuple(usize) -> Nothing;
        serialize_tuple_struct(&'static str, usize) -> Nothing;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Nothing;
        serialize_map(Option<usize>) -> Nothing;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Nothing;
    }
}
