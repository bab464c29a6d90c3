//! Who is named as having written a text, and who as having translated it.
//!
//! [`Meta::original_author`](crate::model::article::Meta::original_author) tells whose text it is; what its
//! authors have done with it is decided here, both for articles, where names are links, and for cards.

/// Splits authors into writers and translators. The authors of an article with somebody else's text are its
/// translators, unless the only one is its writer.
pub(super) fn writers_and_translators<T>(
    original: Option<T>,
    authors: Vec<T>,
    name: impl Fn(&T) -> &str,
) -> (Vec<T>, Vec<T>) {
    let Some(writer) = original else { return (authors, Vec::new()) };
    let is_own = matches!(&*authors, [only] if name(only) == name(&writer));
    (vec![writer], if is_own { Vec::new() } else { authors })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{Meta, Provenance};
    use crate::model::front_matter::SourceRole;

    /// "writers | translators" of an article by some authors, from a source with a role and an author.
    fn credit(role: SourceRole, original: &str, authors: &[&str]) -> String {
        let author = Some(original.to_owned()).filter(|author| !author.is_empty());
        let sources = vec![Provenance { author, role, ..Provenance::at(String::new()) }];
        let authors = authors.iter().map(|&name| name.to_owned()).collect();
        let meta = Meta { sources, authors, ..Meta::default() };
        let original = meta.original_author().map(str::to_owned);
        let (writers, translators) = writers_and_translators(original, meta.authors, |name| name);
        [writers.join(", "), translators.join(", ")].join(" | ")
    }

    #[test]
    fn a_translation_is_credited_to_the_author_of_the_original() {
        let credit = |original, authors: &[&str]| credit(SourceRole::Translation, original, authors);
        assert_eq!(credit("Ada", &["Tom"]), "Ada | Tom");
        assert_eq!(credit("Ada", &["Tom", "Ann"]), "Ada | Tom, Ann");
        assert_eq!(credit("Ada", &["Ada", "Tom"]), "Ada | Ada, Tom");
        assert_eq!(credit("Ada", &["Ada"]), "Ada | ");
        assert_eq!(credit("Ada", &[]), "Ada | ");
        assert_eq!(credit("", &["Tom"]), "Tom | ");
    }

    #[test]
    fn an_article_without_authors_is_credited_to_the_author_of_its_source() {
        for role in [SourceRole::Republished, SourceRole::Excerpt] {
            assert_eq!(credit(role, "Ada", &[]), "Ada | ");
            assert_eq!(credit(role, "Ada", &["Tom"]), "Tom | ");
        }
        for role in [SourceRole::Summary, SourceRole::BasedOn, SourceRole::Via] {
            assert_eq!(credit(role, "Ada", &[]), " | ");
        }
    }
}
