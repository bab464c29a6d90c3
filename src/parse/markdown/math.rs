//! Formulas: from what authors write to what browsers show. The owner of the crate `math_core`.

use std::ops::Range;
use std::sync::OnceLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use crate::base::tags::{Attribute, Part, parts};

/// A fault in a formula, and its place there.
pub(super) struct BadMath {
    pub(super) range: Range<usize>,
    pub(super) message: String,
}

/// How deep a formula may be nested. The converter recurses for each open bracket and for each command that
/// waits for its argument; a stack of two megabytes is enough for about a thousand levels.
const MOST_OPEN: usize = 100;
const MOST_COMMANDS: usize = 600;

/// The longest formula, in bytes.
const LONGEST: usize = 20_000;

/// The elements of MathML Core that the converter writes.
const MATHML: [&str; 28] = [
    "annotation",
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "semantics",
];

/// Converts a formula, in a line or on its own (`is_display`).
pub(super) fn convert(latex: &str, is_display: bool) -> Result<String, BadMath> {
    static CONVERTER: OnceLock<LatexToMathML> = OnceLock::new();
    if latex.len() > LONGEST || is_too_deep(latex) {
        return Err(BadMath {
            range: 0..latex.len(),
            message: "the formula is too long or too deep".to_owned(),
        });
    }
    if let Some(range) = bad_name(latex) {
        let message =
            "the name of an operator can have letters, digits, dots, hyphens and spaces only".to_owned();
        return Err(BadMath { range, message });
    }
    let converter =
        CONVERTER.get_or_init(|| LatexToMathML::new(MathCoreConfig::default()).unwrap_or_default());
    let display = if is_display { MathDisplay::Block } else { MathDisplay::Inline };
    match converter.convert_with_local_state(latex, display) {
        Ok(result) if is_mathml(&result.mathml) => Ok(styled(&result.mathml)),
        Ok(_) => Err(BadMath { range: 0..latex.len(), message: "the formula contains HTML".to_owned() }),
        Err(error) => Err(BadMath { range: error.0.clone(), message: said(&error.error_message()) }),
    }
}

/// Where the name of an operator, `\operatorname{name}`, has signs that a name does not need. The converter
/// writes it as it is, even if it is HTML.
fn bad_name(latex: &str) -> Option<Range<usize>> {
    const COMMAND: &str = r"\operatorname";
    let bad = |(at, _): (usize, &str)| {
        let behind = latex[at + COMMAND.len()..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let argument = behind.trim_start_matches(['*', ' ', '\t', '\n', '\r']);
        let length = argument.find('}').map_or(argument.len(), |end| end + 1);
        let name = argument[..length].strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        let start = latex.len() - argument.len();
        (!name.is_some_and(is_name)).then_some(start..start + length)
    };
    latex.match_indices(COMMAND).find_map(bad)
}

/// Whether a text has only what the name of an operator needs, and commands for spaces.
fn is_name(text: &str) -> bool {
    const SPACES: [&str; 5] = [r"\,", r"\;", r"\:", r"\!", r"\ "];
    let plain = SPACES.iter().fold(text.to_owned(), |text, space| text.replace(space, " "));
    plain.chars().all(|c| c.is_alphanumeric() || c.is_ascii_whitespace() || matches!(c, '-' | '.'))
}

/// Whether all elements of a text are of MathML and do nothing. What is sealed passes the sanitiser by.
fn is_mathml(html: &str) -> bool {
    let does_nothing = |attribute: &Attribute<'_>| {
        !attribute.name.starts_with("on") && !attribute.name.contains("href") && attribute.name != "src"
    };
    parts(html).all(|part| match part {
        Part::Text(text) => !text.contains('<'),
        Part::Tag(tag) => MATHML.contains(&tag.name) && tag.attributes.iter().all(does_nothing),
        Part::Hidden(_) | Part::Comment | Part::OpenComment(_) => false,
    })
}

/// Moves `displaystyle` and `scriptlevel` into an `<mstyle>` around the element. MathML Core allows them on
/// every element, but MathML 3, by which the Nu checker judges pages, only on a few.
fn styled(mathml: &str) -> String {
    let mut out = String::with_capacity(mathml.len());
    // For each open element, whether an `<mstyle>` was put around it.
    let mut wrapped = Vec::new();
    let mut rest = mathml;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { break };
        let (text, tag) = (&rest[..start], &rest[start..=start + length]);
        out.push_str(text);
        if tag.starts_with("</") {
            out.push_str(tag);
            if wrapped.pop() == Some(true) {
                out.push_str("</mstyle>");
            }
        } else {
            let (attributes, bare) = style_attributes(tag);
            if !attributes.is_empty() {
                out.push_str("<mstyle");
                out.push_str(&attributes);
                out.push('>');
            }
            out.push_str(&bare);
            if tag.ends_with("/>") {
                if !attributes.is_empty() {
                    out.push_str("</mstyle>");
                }
            } else {
                wrapped.push(!attributes.is_empty());
            }
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(rest);
    out
}

/// The attributes of a start tag that belong on an `<mstyle>`, and the tag without them. `<math>` and
/// `<mstyle>` keep theirs.
fn style_attributes(tag: &str) -> (String, String) {
    let mut attributes = String::new();
    let mut bare = tag.to_owned();
    if tag.starts_with("<math") || tag.starts_with("<mstyle") {
        return (attributes, bare);
    }
    for name in [" displaystyle=\"", " scriptlevel=\""] {
        if let Some(start) = bare.find(name) {
            let value = start + name.len();
            let end = bare[value..].find('"').map_or(bare.len(), |at| value + at + 1);
            attributes.push_str(&bare[start..end]);
            bare.replace_range(start..end, "");
        }
    }
    (attributes, bare)
}

/// Whether more brackets, or more commands in one cell of a formula (`\sqrt\sqrt\sqrt`), are open than is
/// safe.
fn is_too_deep(latex: &str) -> bool {
    let (mut open, mut commands) = (0_usize, 0_usize);
    let mut before = 0;
    for byte in latex.bytes() {
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            // An argument ends with its cell or line.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_attributes_move_into_an_element_of_their_own() {
        let check = |mathml: &str, expected: &str| assert_eq!(styled(mathml), expected);
        check("<math display=\"block\"><mi>a</mi></math>", "<math display=\"block\"><mi>a</mi></math>");
        check(
            "<mrow><mfrac displaystyle=\"true\" scriptlevel=\"0\"><mi>a</mi><mn>2</mn></mfrac></mrow>",
            "<mrow><mstyle displaystyle=\"true\" scriptlevel=\"0\"><mfrac><mi>a</mi><mn>2</mn></mfrac></mstyle></mrow>",
        );
        check("<mspace displaystyle=\"true\"/>x", "<mstyle displaystyle=\"true\"><mspace/></mstyle>x");
        check("a < b", "a < b");
    }

    #[test]
    fn names_of_operators_are_names() {
        for latex in
            [r"\operatorname{arg\,max}_x", r"\operatorname* {Hom}(A)", r"\operatorname{ggT-x}", r"\sin x"]
        {
            assert!(convert(latex, false).is_ok(), "{latex}");
        }
        for latex in [
            r"\operatorname{</mo></math><svg/onload=alert(1)>}",
            r"\operatorname*{a<b}",
            r"\operatorname<b",
            r"\operatorname{<a\ href=//e>}",
            r"\operatorname%{a}",
            r"\operatorname{{<b>}}",
            r"\operatorname{\lt b\gt}",
            r"x\operatorname",
        ] {
            assert!(convert(latex, false).is_err(), "{latex}");
        }
        for html in [
            "<math><mi>a</mi><script></script></math>",
            "<math onclick=a>",
            "<mi><!-- a --></mi>",
            "<mi><a",
            "<mi src=a>",
        ] {
            assert!(!is_mathml(html), "{html}");
        }
    }

    #[test]
    fn misplaced_separators_do_not_panic() {
        for inner in ["a &_b", "&'", r"\\^a", "{a & b}", r"\frac & b", r"\left( \\ \right)", "a_{&}"] {
            let latex = format!(r"\begin{{aligned}}{inner}\end{{aligned}}");
            assert!(convert(&latex, true).is_ok(), "{latex}");
        }
    }
}
