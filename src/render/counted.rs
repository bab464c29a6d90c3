//! The filter `counted`: a number with the word that goes with it, in the forms that a language has.

use tera::{Error, Kwargs, State, Tera, TeraResult};

use crate::base::language::Language;
use crate::base::number::Numbers;
use crate::model::theme::Words;

/// Adds the filter to an engine: `{{ list.total | counted(word="n_articles") }}`.
///
/// The forms are words of the theme: `n_articles.one`, `n_articles.few`, `n_articles.other` and so on. English
/// ones on a site in another language are chosen as in English.
pub(super) fn register(tera: &mut Tera, words: &Words) {
    let (own, english) = (Numbers::of(&words.language), Numbers::of(&Language::default()));
    let words = words.clone();
    tera.register_filter("counted", move |number: i64, given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let word: &str = given.must_get("word")?;
        let is_own = words.language_of(word) == words.language;
        let numbers = if is_own { &own } else { &english };
        let counted = numbers.counted(number, |form| words.get(&format!("{word}.{form}")));
        counted.ok_or_else(|| Error::message(format!("there is no word `{word}.other`")))
    });
}
