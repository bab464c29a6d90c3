//! Scripts that put no blanks between words: where their words end, and what a line break among them means.

/// How many letters make a word, if the script of a letter does not show where one ends.
///
/// Each sign of Chinese and Japanese counts as a word, as in word processors. For the scripts of South-East Asia a
/// dictionary would be needed. Divided by that of ICU, the words of translated programs have 3.0 letters in Thai,
/// 2.9 in Khmer, 3.8 in Lao and 1.8 in Burmese, marks above and below not counted.
pub(super) fn letters_a_word(c: char) -> Option<u32> {
    match c {
        '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' => Some(3),
        '\u{1000}'..='\u{109f}' => Some(2),
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9f}' => Some(1),
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Some(1),
        _ => None,
    }
}

/// Whether a line that is broken beside this character goes on without a blank, if that on the other side is of the
/// same kind: wide characters, but not Korean ones, which have blanks between words.
/// <https://www.w3.org/TR/css-text-3/#line-break-transform>
pub fn runs_on(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{31ff}' | '\u{3220}'..='\u{325f}' | '\u{3280}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
}
