//! When two names are the same to a reader, however they are written.
//!
//! What does not count is what readers of a script leave out or write in several ways: case, spacing, hyphens,
//! the form of an apostrophe, and accents. Every mark on a Latin or Greek letter is one, and so are the points of
//! Arabic and Hebrew. In other scripts marks make letters and vowels: バリ is not パリ, मेला not माला, мой not мои.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::slug::{ascii_of, is_latin};

/// What is left of a name when that does not count: the identity of a term.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return spaced(name.chars().map(|c| plain_sign(c).to_ascii_lowercase()));
    }
    // Compatibility would take this one for a blank with an accent.
    let signs = name.chars().map(|c| if c == '´' { '\'' } else { c });
    let signs = signs.nfkd().filter(|&c| !is_unseen(c)).map(plain_sign);
    let mut letters = String::with_capacity(name.len());
    for c in without_accents(signs.flat_map(folded_case)) {
        let before = letters.len();
        if !c.is_ascii() && is_latin(c) {
            letters.extend(ascii_of(c));
        }
        // Most letters stand for themselves, and so does a sign such as ×.
        if letters.len() == before {
            letters.push(c);
        }
    }
    spaced(letters.nfc())
}

/// The letters with one blank for each gap.
fn spaced(letters: impl Iterator<Item = char>) -> String {
    let mut spaced = String::with_capacity(letters.size_hint().0);
    for c in letters {
        if !c.is_whitespace() && !matches!(c, '-' | '_' | '‐' | '‑' | '–' | '—') {
            spaced.push(c);
        } else if !spaced.is_empty() && !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced.truncate(spaced.trim_end().len());
    spaced
}

/// Whether a character only tells how others are set: soft hyphens, joiners, the stretch of Arabic letters,
/// directions, the forms of a sign.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The sign of a keyboard for one of typography. A letter that looks like an apostrophe counts as one, because
/// that is how it is mostly written.
fn plain_sign(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '׳' => '\'',
        '“' | '”' | '„' | '‟' | '״' => '"',
        c => c,
    }
}

/// Small letters and their marks, without those that are accents.
fn without_accents(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut base = ' ';
    letters.filter(move |&c| {
        let is_mark = is_combining_mark(c);
        if !is_mark {
            base = c;
        }
        !(is_mark && is_accent(c, base))
    })
}

/// Whether a mark behind a letter is one that does not count.
fn is_accent(mark: char, base: char) -> bool {
    match mark {
        // The points of Hebrew and Arabic.
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' => true,
        '\u{64b}'..='\u{652}' | '\u{670}' => true,
        // Cyrillic vowels take accents where a reader might stress another one; ѓ and ќ are letters.
        '\u{300}' | '\u{301}' if "аеиоуыэюяіє".contains(base) => true,
        // Most Russian texts are printed without the points of ё.
        '\u{308}' if base == 'е' => true,
        _ => {
            let is_greek = matches!(base, '\u{370}'..='\u{3ff}');
            base.is_ascii_alphabetic() || is_latin(base) || is_greek
        }
    }
}

/// The full case folding of a letter: ß, ς and ı have no capital of their own, so they are folded by way of the
/// one that they share. A mark stays: that of ᾳ has a letter as its capital.
fn folded_case(c: char) -> impl Iterator<Item = char> {
    let (mark, letter) = if is_combining_mark(c) { (Some(c), None) } else { (None, Some(c)) };
    let letter = letter.into_iter().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    mark.into_iter().chain(letter)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn what_readers_take_as_the_same_is_one() {
        for (one, other) in [
            ("  Café  Noir ", "cafe-noir"),
            ("Cafe\u{301}", "Café"),
            ("L’Humanité", "L'Humanité"),
            ("O´Brien", "O’Brien"),
            ("Hawaiʻi", "Hawai'i"),
            ("п’ять", "пʼять"),
            ("צה״ל", "צה\"ל"),
            ("Straße", "STRASSE"),
            ("GROẞ", "gross"),
            ("ΝΟΜΟΣ", "νόμος"),
            ("ᾠδή", "ωδη"),
            ("IRK", "ırk"),
            ("IŞIK", "ışık"),
            ("İstanbul", "istanbul"),
            ("Łódź", "Lodz"),
            ("Ørsted", "Orsted"),
            ("Đà Nẵng", "Da Nang"),
            ("Œuvre", "oeuvre"),
            ("Ægir", "aegir"),
            ("Ə", "ə"),
            ("Королёв", "Королев"),
            ("за́мок", "замок"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("שָׁלוֹם", "שלום"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("か\u{3099}", "が"),
            ("和平", "和平\u{fe00}"),
            ("Paris–Berlin", "Paris-Berlin"),
            ("Donau\u{ad}dampf", "Donaudampf"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_readers_tell_apart_is_not() {
        for (one, other) in [
            ("sea", "seas"),
            ("it's", "its"),
            ("パリ", "バリ"),
            ("ガラス", "カラス"),
            ("दिन", "दान"),
            ("काम", "कम"),
            ("เสือ", "เสื้อ"),
            ("பால்", "பல்"),
            ("мой", "мои"),
            ("їжа", "іжа"),
            ("ќ", "к"),
            ("ўзор", "узор"),
            ("أمل", "امل"),
            ("한국", "하국"),
            ("3×4", "34"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for c in '\0'..='\u{ffff}' {
            for name in [format!("{c}"), format!("a{c}\u{301} "), format!("か{c}\u{3099}")] {
                let folded = fold(&name);
                assert_eq!(fold(&folded), folded, "{name:?}");
            }
        }
    }

    #[test]
    fn a_part_of_a_name_is_a_part_of_the_folded_one() {
        assert!(fold("Die Straße").contains(&fold("strasse")));
        assert!(!fold("ガラス").contains(&fold("カラス")));
    }
}
