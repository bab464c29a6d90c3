//! Formulas: from what authors write to what browsers show. The owner of the crate `math_core`.

use std::ops::Range;
use std::sync::OnceLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// What is wrong with a formula, and where in it.
pub(super) struct BadMath {
    pub(super) range: Range<usize>,
    pub(super) message: String,
}

/// The converter goes into itself for each open bracket and for each command that waits for its argument. A stack of two
/// megabytes holds about a thousand levels.
const MOST_OPEN: usize = 100;
const MOST_COMMANDS: usize = 600;

/// Formulas of more bytes than this are refused, whatever they hold.
const LONGEST: usize = 20_000;

/// Converts a formula, which stands in a line or alone (`is_display`).
pub(super) fn convert(latex: &str, is_display: bool) -> Result<String, BadMath> {
    static CONVERTER: OnceLock<LatexToMathML> = OnceLock::new();
    if latex.len() > LONGEST || is_too_deep(latex) {
        return Err(BadMath {
            range: 0..latex.len(),
            message: "the formula is too long or too deep".to_owned(),
        });
    }
    let converter =
        CONVERTER.get_or_init(|| LatexToMathML::new(MathCoreConfig::default()).unwrap_or_default());
    let display = if is_display { MathDisplay::Block } else { MathDisplay::Inline };
    match converter.convert_with_local_state(latex, display) {
        Ok(result) => Ok(result.mathml),
        Err(error) => Err(BadMath { range: error.0.clone(), message: said(&error.error_message()) }),
    }
}

/// Whether more brackets, or more commands in one cell of a formula (`\sqrt\sqrt\sqrt`), are open than is safe.
fn is_too_deep(latex: &str) -> bool {
    let (mut open, mut commands) = (0_usize, 0_usize);
    let mut before = 0;
    for byte in latex.bytes() {
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            // No argument goes on over the end of a cell or a line.
            b'&' => commands = 0,
            b'\\' if before == b'\\' => commands = 0,
            b'\\' | b'^' | b'_' => commands += 1,
            _ => {}
        }
        before = byte;
        if open > MOST_OPEN || commands > MOST_COMMANDS {
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
