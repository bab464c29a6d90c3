//! Errors of Tera as diagnostics.

use tera::{Error, ErrorKind, ReportError};

use super::plain::{advised, worded};
use super::undefined::explained;
use crate::base::diag::{Diagnostic, Place, Rule};

/// The diagnostic for a template that cannot be compiled.
pub(super) fn reading(error: &Error, path: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => reported(report),
        ErrorKind::MissingParent { parent, .. } => {
            fault(format!("there is no template `{parent}` to extend"))
                .in_file(path)
                .hint("a template is named by its path below `templates/`")
        }
        ErrorKind::CircularExtend { inheritance_chain, .. } => fault(format!(
            "the template extends itself: {}",
            chain(path, inheritance_chain)
        ))
        .in_file(path)
        .hint(
            "to extend the theme's template of the same name, write its whole path: `themes/…/templates/…`",
        ),
        ErrorKind::CircularInclude { include_chain, .. } => {
            fault(format!("the template includes itself: {}", chain("", include_chain))).in_file(path)
        }
        kind => fault(kind.to_string()).in_file(path),
    }
}

/// The diagnostic for a page that cannot be rendered. The same fault on many pages is reported once.
pub(super) fn rendering(error: &Error, about: &str) -> Diagnostic {
    let mut diagnostic = match error.kind() {
        ErrorKind::SyntaxError(report) => reported(report),
        ErrorKind::RenderingError(report) => explained(reported(report), &error.to_string()),
        kind => fault(kind.to_string()),
    };
    diagnostic.message = worded(diagnostic.message);
    let place = diagnostic.place.map(|place| (place.line, place.column));
    diagnostic.group = Some(format!("{:?} {place:?} {}", diagnostic.file, diagnostic.message));
    diagnostic.on_page(about)
}

/// One of the faults that Tera finds when it joins templates. It gives them only as text.
pub(super) struct Report {
    pub(super) diagnostic: Diagnostic,
    /// The template that an `include` names and that does not exist.
    pub(super) missing_template: Option<String>,
}

/// The faults in the text of an error. If the form of the text is unknown, it is one fault.
pub(super) fn reports(error: &Error) -> Vec<Report> {
    let text = error.to_string();
    let reports: Vec<Report> = text.split("error: ").filter_map(report).collect();
    if reports.is_empty() {
        vec![Report { diagnostic: fault(text), missing_template: None }]
    } else {
        reports
    }
}

/// ```text
/// Unknown filter `foo`
///  --> templates/a.html:3:10
///   |
/// 3 | {{ a | foo }}
///   |        ^^^
/// ```
fn report(text: &str) -> Option<Report> {
    let mut lines = text.lines();
    let message = lines.next().filter(|line| !line.is_empty())?;
    let locus = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut parts = locus.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    let carets =
        lines.find(|line| line.trim_end().ends_with('^')).map_or(1, |line| line.matches('^').count());
    let missing = message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`'));
    Some(Report {
        diagnostic: advised(fault(lower(message))).in_file(file).at(Place {
            line,
            column,
            width: carets as u32,
        }),
        missing_template: missing.map(str::to_owned),
    })
}

fn reported(report: &ReportError) -> Diagnostic {
    let span = report.span();
    let width =
        if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
    let place =
        Place { line: span.start_line as u32, column: span.start_col as u32 + 1, width: width.max(1) as u32 };
    // "Field `sumary` is not defined. Available fields: a, b": the second sentence is a hint.
    let (message, fields) = report.message().split_once(". Available ").unwrap_or((report.message(), ""));
    let diagnostic = fault(lower(message.trim_end_matches('.'))).in_file(report.filename()).at(place);
    let Some((_, names)) = fields.split_once(": ") else { return diagnostic };
    let word = message.split('`').nth(1).unwrap_or_default();
    diagnostic.hint(format!("there is: {names}")).did_you_mean(word, names.split(", "))
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::new(Rule::Template, message)
}

fn chain(first: &str, rest: &[String]) -> String {
    let names = std::iter::once(first).filter(|name| !name.is_empty()).chain(rest.iter().map(String::as_str));
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
}

fn lower(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
