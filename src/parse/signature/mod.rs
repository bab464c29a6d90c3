//! What an article is about: its most telling terms, and a sketch of its wording.
//!
//! One file is parsed at a time, so how rare a word is among all articles is not known here; that counts in
//! `index`. What is known is how often it stands in the text and its title, and that short words and those of
//! a list tell nothing. Only the words that may be chosen are brought to their stem, which is the dearest
//! step by far. It keeps no word, only hashes.

mod census;
mod lexicon;
mod stop_words;

use std::cmp::Reverse;

pub(super) use census::Census;

use crate::base::language::Language;
use crate::model::signature::{Signature, TERMS, Weighed};
use census::Word;
use lexicon::Lexicon;

/// How many words are brought to their stems: more than are chosen, because some have the same.
const CANDIDATES: usize = 26;

/// What stands for a text with its title.
pub(super) fn of(mut census: Census, title: &str, language: &Language) -> Signature {
    census.add_title(title);
    let language = Lexicon::of(language);
    Signature { terms: terms(&census, &language), sketch: census.sketch() }
}

/// A stem with the words that have it.
struct Stem {
    hash: u64,
    count: u32,
    letters: u8,
    /// Where the first of the words stands among all.
    place: usize,
}

fn terms(census: &Census, language: &Lexicon) -> [Weighed; TERMS] {
    let mut stems: Vec<Stem> = Vec::with_capacity(CANDIDATES);
    for (place, word) in candidates(census, language) {
        let hash = language.stem_hash(word.key, || census.text(word));
        match stems.iter_mut().find(|stem| stem.hash == hash) {
            Some(stem) => {
                stem.count += u32::from(word.count);
                stem.place = stem.place.min(place);
                stem.letters = stem.letters.min(word.letters);
            }
            None => {
                stems.push(Stem { hash, count: word.count.into(), letters: word.letters, place });
            }
        }
    }
    stems.sort_unstable_by_key(|stem| (Reverse(worth(stem.count, stem.letters)), stem.place));
    let mut terms = [Weighed::default(); TERMS];
    for (term, stem) in terms.iter_mut().zip(&stems) {
        *term = Weighed::new(stem.hash, weight(stem.count));
    }
    terms
}

/// The words that may be chosen, with their places: the best of those that tell anything, and of equal ones
/// the first. They are put in order before it is asked which of them stand in every text, because it need not
/// be asked of most.
fn candidates<'c>(census: &'c Census, language: &Lexicon) -> Vec<(usize, &'c Word)> {
    let words = census.words();
    // For each worth the place of the first word that has it, and for each word the place of the next;
    // counted from 1.
    let mut firsts = [0_u16; WORTHS];
    let mut nexts = [0_u16; census::MOST_WORDS];
    for ((place, word), next) in words.iter().enumerate().zip(&mut nexts).rev() {
        let first = &mut firsts[worth(word.count.into(), word.letters) as usize % WORTHS];
        *next = std::mem::replace(first, place as u16 + 1);
    }
    let mut chosen = Vec::with_capacity(CANDIDATES);
    // What is worth nothing is no candidate.
    for &first in firsts[1..].iter().rev() {
        let mut next = first;
        while let Some(place) = usize::from(next).checked_sub(1).filter(|_| chosen.len() < CANDIDATES) {
            if !language.is_stop_word(words[place].key) {
                chosen.push((place, &words[place]));
            }
            next = nexts[place];
        }
    }
    chosen
}

/// How much a word tells. How often it stands there counts less each time, as in BM25 (Robertson and Spärck
/// Jones), and short words count less than long ones. Two Chinese characters are a word of their own.
fn worth(count: u32, letters: u8) -> u32 {
    saturated(count) * BY_LENGTH[usize::from(letters).min(6)]
}

const BY_LENGTH: [u32; 7] = [0, 0, 0, 4, 6, 7, 8];
/// More than anything is worth.
const WORTHS: usize = 512;

/// The weight of a term with its text.
fn weight(count: u32) -> u32 {
    saturated(count) * 15 / HIGHEST
}

/// What a word's count comes near to as it grows.
const HIGHEST: u32 = 48;

fn saturated(count: u32) -> u32 {
    SATURATED[count.min(SATURATED.len() as u32 - 1) as usize].into()
}

/// By count, as far as it grows.
const SATURATED: [u8; 2 * HIGHEST as usize - 1] = {
    let mut table = [0; 2 * HIGHEST as usize - 1];
    let mut count = 0;
    while count < table.len() {
        table[count] = (HIGHEST as usize * count / (count + 2)) as u8;
        count += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, text: &str, language: &str) -> Signature {
        let mut census = Census::new(text.len());
        census.add(text);
        super::of(census, title, &language.parse().unwrap())
    }

    fn words(numbers: impl Iterator<Item = u32>) -> String {
        numbers.map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ")
    }

    fn shared(one: &Signature, other: &Signature) -> usize {
        let hashes = |signature: &Signature| {
            let terms = signature.terms.iter().filter(|term| term.weight() > 0);
            terms.map(|term| term.hash()).collect::<Vec<_>>()
        };
        let others = hashes(other);
        hashes(one).iter().filter(|hash| others.contains(hash)).count()
    }

    #[test]
    fn inflected_forms_are_one_term() {
        let check = |language, one, other, expected| {
            assert_eq!(shared(&of("", one, language), &of("", other, language)), expected, "{one} / {other}");
        };
        check("en", "The keepers were lighting lamps.", "A keeper lights the lamp!", 3);
        check("de-AT", "Die Häuser der Brücken", "ein Haus, eine Brücke", 2);
        check("fr", "les maisons du pêcheur", "la maison des pêcheurs", 2);
        check("es", "los barcos pesqueros", "un barco pesquero", 2);
        check("ru", "высокие маяки на берегу", "высокий маяк и берег", 3);
        check("ar", "المكتبة القديمة", "مكتبة قديمة", 2);
        // A language without rules keeps its words as they are.
        check("tlh", "keepers", "keeper", 0);
        check("tlh", "KEEPERS", "keepers", 1);
    }

    #[test]
    fn text_without_spaces_is_split_into_pairs() {
        assert!(shared(&of("", "東京の灯台を守る", "ja"), &of("", "灯台と東京", "ja")) >= 2);
        assert_eq!(shared(&of("", "をしてから", "ja"), &of("", "をしてから", "ja")), 0);
    }

    #[test]
    fn stop_words_and_numbers_are_not_terms() {
        let signature = of("", "And the 1968 of it was, 12 x a b we don't say so.", "en");
        assert_eq!(signature.terms[0].weight(), 0, "{signature:?}");
        assert_eq!(of("", "", "en"), Signature::default());
    }

    #[test]
    fn titles_and_repetition_add_weight() {
        let signature = of("Lanterns", "lamp lamp lamp tower", "en");
        let weights = signature.terms.map(Weighed::weight);
        assert!(weights[0] > weights[2] && weights[2] > 0 && weights[3] == 0, "{weights:?}");
        // The same terms, whether markup cuts the text to pieces or not.
        let mut census = Census::new(0);
        ["lamp ", "lamp", " lamp tow", "er"].iter().for_each(|piece| census.add(piece));
        assert_ne!(super::of(census, "Lanterns", &Language::default()), Signature::default());
    }

    #[test]
    fn the_heaviest_words_are_candidates() {
        let language = Lexicon::of(&Language::default());
        for most in 1..60 {
            let mut census = Census::new(1 << 20);
            let word = |number: u32| {
                if number.is_multiple_of(3) { "the".into() } else { "w".repeat(number as usize) }
            };
            census.add(&(0..300).map(|number| word(number * number % most) + " ").collect::<String>());
            let mut best: Vec<_> = census.words().iter().enumerate().collect();
            best.retain(|(_, word)| word.letters > 2 && !language.is_stop_word(word.key));
            best.sort_by_key(|(place, word)| (Reverse(worth(word.count.into(), word.letters)), *place));
            best.truncate(CANDIDATES);
            let places =
                |words: Vec<(usize, &Word)>| words.into_iter().map(|(place, _)| place).collect::<Vec<_>>();
            assert_eq!(places(candidates(&census, &language)), places(best), "{most}");
        }
    }

    #[test]
    fn copies_are_recognised_by_their_wording() {
        let text = words((0..240).map(|number| number * 7 % 101));
        let cut = text.replacen("word21", "another", 3).replace("word70", "thing");
        let other = words((0..240).map(|number| number * 11 % 101));
        let sketch = |text: &str| of("", text, "en").sketch;
        assert!(sketch(&text).is_copy_of(&sketch(&text.to_uppercase())));
        assert!(sketch(&text).is_copy_of(&sketch(&cut)));
        assert!(!sketch(&text).is_copy_of(&sketch(&other)));
    }

    #[test]
    fn very_long_texts_have_bounded_cost() {
        let text = words(0..50_000);
        let mut census = Census::new(text.len());
        census.add(&text);
        assert!(census.words().len() <= census::MOST_WORDS);
    }
}
