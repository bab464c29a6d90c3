//! How files are named on the disk, where links may have another spelling of the name.
//!
//! An `é` is one character or two, a letter and its accent. macOS likes to name files in the second way, and
//! keyboards write the first. Both are one name by canonical equivalence (UAX #15), so a link means the file that
//! is named exactly so, or else the one whose name is equivalent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::slug::composed;

/// The names whose letters are not composed (NFC), each by itself and by its composed form.
#[derive(Debug, Default, Clone)]
pub struct Spellings(BTreeMap<String, String>);

impl Spellings {
    /// Of names as they are on the disk.
    pub fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut real = BTreeMap::new();
        for name in names.clone() {
            let composed = composed(name);
            if composed != name {
                real.entry(composed.into_owned()).or_insert_with(|| name.to_owned());
                real.insert(name.to_owned(), name.to_owned());
            }
        }
        if !real.is_empty() {
            // A composed name means itself if there is such a file.
            names.filter(|&name| composed(name) == name).for_each(|name| _ = real.remove(name));
        }
        Self(real)
    }

    /// The name that is meant: that of a file, or a composed one.
    pub fn meant<'a>(&'a self, name: &'a str) -> Cow<'a, str> {
        let composed = composed(name);
        let real = self.0.get(name).or_else(|| self.0.get(&*composed));
        real.map_or(composed, |real| Cow::Borrowed(real))
    }
}

#[cfg(test)]
mod tests {
    use super::Spellings;

    #[test]
    fn the_exact_name_comes_before_an_equivalent_one() {
        let [nfc, nfd] = ["b-\u{e9}.png", "b-e\u{301}.png"];
        for (names, written, expected) in [
            (&[][..], nfd, nfc),
            (&[nfc], nfc, nfc),
            (&[nfc], nfd, nfc),
            (&[nfd], nfc, nfd),
            (&[nfd], nfd, nfd),
            (&[nfc, nfd], nfc, nfc),
            (&[nfc, nfd], nfd, nfd),
            (&["a.png"], "a.png", "a.png"),
        ] {
            let spellings = Spellings::of(names.iter().copied());
            assert_eq!(spellings.meant(written), expected, "{names:?} {written:?}");
        }
    }
}
