//! The order of names in a language. The owner of the crate `icu_collator`.

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;

use super::language::Language;

/// The order in which a language has names in its dictionaries and directories (Unicode CLDR, "collation"):
/// `Å` is the third last letter in Swedish, and an `A` in German.
#[derive(Debug)]
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// The order of a language; that of Unicode for one that is not known.
    pub fn of(language: &Language) -> Self {
        Self(CollatorBorrowed::try_new((&language.locale()).into(), CollatorOptions::default()).ok())
    }

    /// The key that a name is sorted by: the bytes of two keys are in the order of their names.
    pub fn key(&self, name: &str) -> Vec<u8> {
        let Some(order) = &self.0 else { return name.as_bytes().to_vec() };
        let mut key = Vec::with_capacity(name.len() * 2);
        let Ok(()) = order.write_sort_key_to(name, &mut key);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that names, given in their order, stay in it.
    fn check(tag: &str, names: &str) {
        let order = Collation::of(&tag.parse().unwrap());
        let mut sorted: Vec<&str> = names.split(' ').collect();
        sorted.reverse();
        sorted.sort_by_cached_key(|name| order.key(name));
        assert_eq!(sorted.join(" "), names, "{tag}");
    }

    #[test]
    fn every_language_has_its_own_order() {
        check("en", "adder Aegir Æthel Afon zoo");
        check("de", "Arger Ärger Arier Zug");
        check("pl", "ceber ćma Lem lubin Łódź maj");
        check("sv", "Alm Zorn Åberg Äng Öst");
        check("cs", "cep čáp had chata ihned");
        check("es", "nube ñandú oca");
        check("uk", "еко єдність жук ик іскра їжак йод");
        check("hr", "dom džep đak evo");
        check("fa", "بابا پدر تاب جام چای حاج");
        check("fr", "odeur œuvre offre");
        check("ja", "あき アメリカ いぬ イノシシ うみ");
        check("tlh", "a B c");
    }
}
