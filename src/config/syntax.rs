//! Finds everything in a file that is not valid TOML, in one run.
//!
//! A parser that goes on after a mistake misreads what follows. So each faulty statement is replaced by
//! spaces and the file is parsed again, until all of it is TOML. Everything else keeps its place.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::base::diag::{Diagnostic, Place, Rule};

/// The most faulty statements. A file with more is probably no configuration.
const MOST: usize = 25;

/// Reports what is no TOML. Returns the text with spaces in its place.
pub(super) fn clean<'t>(text: &'t str, file: &str, found: &mut Vec<Diagnostic>) -> Cow<'t, str> {
    let mut clean = Cow::Borrowed(text);
    for _ in 0..MOST {
        let errors = DeTable::parse_recoverable(&clean).1;
        let Some(error) = errors.into_iter().min_by_key(start) else { break };
        let fault = fault(&clean, &error);
        let place = Place::of(text, fault.span.start, fault.span.end);
        let diagnostic = Diagnostic::new(Rule::Config, fault.message).in_file(file).at(place);
        found.push(Diagnostic { hint: fault.hint, ..diagnostic });
        clean = Cow::Owned(blank(&clean, fault.statement));
    }
    clean
}

fn start(error: &Error) -> usize {
    error.span().map_or(usize::MAX, |span| span.start)
}

/// A mistake, and the statement to leave out because of it.
struct Fault {
    span: Range<usize>,
    message: String,
    hint: Option<String>,
    statement: Range<usize>,
}

fn fault(text: &str, error: &Error) -> Fault {
    let span = error.span().unwrap_or(0..text.len());
    let statement = statement(text, span.start);
    if let Some(opening) = open_text(text, error.message()) {
        let statement = self::statement(text, opening.start).start..text.len();
        let hint = "end it with the same three quotes".to_owned();
        return Fault { statement, ..Fault::new(opening, "the text that begins here is not closed", hint) };
    }
    if let Some(opening) = open_list(text, error.message(), &statement, &span) {
        let first_line = opening.start..opening.start + line_length(&text[opening.start..]);
        let hint = "add the missing `]` or `}`".to_owned();
        let message = "the list or table that begins here is not closed";
        return Fault { statement: opening, ..Fault::new(first_line, message, hint) };
    }
    let (message, hint) = told(text, &span, error.message());
    Fault { span, message, hint, statement }
}

impl Fault {
    fn new(span: Range<usize>, message: &str, hint: String) -> Self {
        Self { statement: span.clone(), span, message: message.to_owned(), hint: Some(hint) }
    }
}

/// The opening quotes of a multi-line text that swallowed the rest of the file.
fn open_text(text: &str, message: &str) -> Option<Range<usize>> {
    let swallowed = message.starts_with("invalid multi-line") && message.ends_with(['"', '\'', '`']);
    let at = text.rfind("\"\"\"").max(text.rfind("'''")).filter(|_| swallowed)?;
    Some(at..at + 3)
}

/// The statement of an unclosed list that swallowed the statement with the error. The parser stumbles at the
/// key of the first statement that is swallowed.
fn open_list(text: &str, message: &str, at: &Range<usize>, span: &Range<usize>) -> Option<Range<usize>> {
    let starts = ["missing comma", "missing assignment", "unclosed array,", "string values must be quoted"];
    let in_list = starts.iter().any(|start| message.starts_with(start));
    let at_key = at.start > 0 && !text[at.start..span.start].contains('=');
    (in_list && at_key).then(|| statement(text, at.start - 1))
}

/// The statement around an offset: from a line that looks like the start of one to the next such line. The
/// statement of a heading is its whole section, because without its heading the section would be read as a
/// part of the one before.
fn statement(text: &str, offset: usize) -> Range<usize> {
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let opens =
            if text[start..].starts_with('[') { line.starts_with('[') } else { starts_statement(line) };
        // An offset at the very end of a line still belongs to it.
        if at > offset && opens {
            return start..at;
        }
        if at <= offset && starts_statement(line) {
            start = at;
        }
        at += line.len();
    }
    start..text.len()
}

fn starts_statement(line: &str) -> bool {
    let key = line.trim_end().split(['=', ':']).next().unwrap_or_default().trim_end();
    line.starts_with('[')
        || !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''))
}

fn line_length(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// Replaces some bytes by spaces, except for line ends.
fn blank(text: &str, range: Range<usize>) -> String {
    let blanks =
        text[range.clone()].bytes().map(|b| if matches!(b, b'\n' | b'\r') { b as char } else { ' ' });
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..range.start]);
    out.extend(blanks);
    out.push_str(&text[range.end..]);
    out
}

/// The parser's message in words for people who do not know TOML, and what to do.
fn told(text: &str, span: &Range<usize>, message: &str) -> (String, Option<String>) {
    let here = &text[span.clone()];
    let line = text[span.start..].lines().next().unwrap_or_default().trim_end();
    let starts = |start: &str| message.starts_with(start);
    if starts("string values must be quoted") && here.is_empty() {
        ("the key has no value".to_owned(), None)
    } else if starts("string values must be quoted") && here.starts_with(['“', '”', '„', '‘', '’', '«'])
    {
        ("text must be in straight quotes".to_owned(), Some("write `\"` instead of `“`".to_owned()))
    } else if starts("string values must be quoted") {
        let value = line.split('#').next().unwrap_or_default().trim_end();
        ("text must be in quotes".to_owned(), Some(format!("write `\"{}\"`", value.replace('"', ""))))
    } else if starts("invalid unquoted key") && here == ":" {
        let hint = "in TOML, unlike in YAML, it is not `:`".to_owned();
        ("a key and its value are joined by `=`".to_owned(), Some(hint))
    } else if starts("duplicate key") {
        (format!("`{here}` is set a second time"), None)
    } else if starts("invalid basic string, expected `\"`") || starts("invalid literal string, expected `'`")
    {
        ("the text has no closing quote".to_owned(), None)
    } else if starts("invalid boolean") {
        let word = here.to_lowercase();
        let hint = matches!(word.as_str(), "true" | "false").then(|| format!("write `{word}`"));
        ("only `true` and `false` are written without quotes".to_owned(), hint)
    } else if starts("unclosed table") || starts("unclosed array table") {
        ("the heading is not closed".to_owned(), Some("add the missing `]`".to_owned()))
    } else if starts("unexpected key or value") {
        ("this must be on a line of its own".to_owned(), None)
    } else {
        (message.to_owned(), None)
    }
}
