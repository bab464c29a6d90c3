//! LaTeX formulas to MathML. The owner of the crate `math_core`.

use std::ops::Range;
use std::sync::OnceLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// What is wrong with a formula, and where in it.
pub(super) struct BadMath {
    pub(super) range: Range<usize>,
    pub(super) message: String,
}

/// The converter goes into itself for each level; this is far beyond any formula and far from the end of the stack.
const DEEPEST: usize = 60;

/// Formulas of more bytes than this are refused, whatever they hold.
const LONGEST: usize = 20_000;

/// Converts a formula, which stands in a line or alone (`is_display`).
pub(super) fn convert(latex: &str, is_display: bool) -> Result<String, BadMath> {
    static CONVERTER: OnceLock<LatexToMathML> = OnceLock::new();
    if latex.len() > LONGEST || is_too_deep(latex) {
        return Err(BadMath { range: 0..latex.len(), message: "the formula is too long or too deep".to_owned() });
    }
    let converter = CONVERTER.get_or_init(|| LatexToMathML::new(MathCoreConfig::default()).unwrap_or_default());
    let display = if is_display { MathDisplay::Block } else { MathDisplay::Inline };
    match converter.convert_with_local_state(latex, display) {
        Ok(result) => Ok(result.mathml),
        Err(error) => Err(BadMath { range: error.0.clone(), message: said(&error.error_message()) }),
    }
}

/// Whether more groups and commands without a letter between them are open than is sane: `{{{{`, `\sqrt\sqrt\sqrt`.
fn is_too_deep(latex: &str) -> bool {
    let (mut open, mut run) = (0_usize, 0_usize);
    for byte in latex.bytes() {
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            _ => {}
        }
        match byte {
            b'\\' | b'^' | b'_' => run += 1,
            b'}' | b' ' | b'0'..=b'9' => run = 0,
            _ => {}
        }
        if open > DEEPEST || run > DEEPEST {
            return true;
        }
    }
    false
}

/// The converter's message as a clause.
fn said(message: &str) -> String {
    let clause = message.trim_end_matches('.');
    let mut chars = clause.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str()).replace('"', "`")
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn separators_in_the_wrong_place_are_survived() {
        for inner in ["a &_b", "&'", r"\\^a", "{a & b}", r"\frac & b", r"\left( \\ \right)", "a_{&}"] {
            let latex = format!(r"\begin{{aligned}}{inner}\end{{aligned}}");
            assert!(convert(&latex, true).is_ok(), "{latex}");
        }
    }
}
