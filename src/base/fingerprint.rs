//! Content fingerprints: 128 bits that stand for a value.
//!
//! Two equal values have equal fingerprints on every machine, and two different ones differ for all practical
//! purposes. They are keys of the cache and names of assets; they are no protection against somebody who
//! builds collisions on purpose, because whoever writes the content may write any page anyway.

use std::fmt;
use std::io;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

/// The XXH3 hash (128 bits) of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of raw bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The fingerprint of a value: the hash of its serialised form, so that every serialised field counts.
    ///
    /// Maps with a random order must not be in it.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        let mut sink = Sink(Xxh3::new());
        // Only a `Serialize` that reports an error of its own can fail here, and then the text of the error
        // is as good a stand-in for the value as any.
        if let Err(error) = postcard::to_io(value, &mut sink) {
            sink.0.update(error.to_string().as_bytes());
        }
        Self(sink.0.digest128())
    }

    /// Adds the fingerprint of one more value to that of a set. The order does not matter, and a value can be
    /// taken out again.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// Takes out what [`with`](Self::with) has added.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0.wrapping_sub(other.0))
    }

    /// The first eight hexadecimal digits, for file names.
    pub fn short(self) -> String {
        format!("{:08x}", self.0 >> 96)
    }
}

/// The XXH3 hash (64 bits) of some bytes, by which damage is noticed.
pub fn checksum(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Fingerprint {
    /// As bytes: postcard writes numbers in groups of seven bits, which would take more space.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.to_le_bytes())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let bytes = bytes.try_into().map_err(|_| D::Error::invalid_length(bytes.len(), &"16 bytes"))?;
        Ok(Self(u128::from_le_bytes(bytes)))
    }
}

struct Sink(Xxh3);

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A borrowed value together with its fingerprint, made once and used many times.
///
/// It serialises as its fingerprint alone, so that the key of a page costs a few bytes for each ingredient
/// and not the ingredients' texts.
#[derive(Debug)]
pub struct Printed<'a, T: ?Sized> {
    /// The value.
    pub value: &'a T,
    /// Its fingerprint.
    pub print: Fingerprint,
}

impl<'a, T: ?Sized> Printed<'a, T> {
    /// Joins a value and its fingerprint.
    pub fn new(value: &'a T, print: Fingerprint) -> Self {
        Self { value, print }
    }
}

impl<T: ?Sized> Clone for Printed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Printed<'_, T> {}

impl<T: ?Sized> std::ops::Deref for Printed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: ?Sized> Serialize for Printed<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.print.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_fingerprints_and_order_matters() {
        assert_eq!(Fingerprint::of(&("a", 1)), Fingerprint::of(&("a", 1)));
        assert_ne!(Fingerprint::of(&["ab", "c"]), Fingerprint::of(&["a", "bc"]));
        assert_ne!(Fingerprint::of(&Some(0_u8)), Fingerprint::of(&None::<u8>));
    }

    #[test]
    fn a_printed_value_serialises_as_its_print() {
        let print = Fingerprint::of_bytes(b"x");
        assert_eq!(Fingerprint::of(&Printed::new("long text", print)), Fingerprint::of(&print));
    }
}
