//! The only printer of diagnostics: for a person at a terminal, for a program, for GitHub.
//!
//! It decides how and in which order problems are reported, but not what is wrong or how severe it is. It
//! reads no files: the caller provides the text from which snippets are cut.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde::Serialize;

use super::args::Format;
use crate::base::diag::{Diagnostic, Level, Place, Rule};

/// How many diagnostics of one rule are shown with the line they are about; the others get a line each.
const SHOWN: usize = 3;

/// The columns that a snippet may take.
const WIDTH: usize = 120;

/// How diagnostics are printed.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    /// The format.
    pub format: Format,
    /// Whether the terminal shows colours.
    pub colour: bool,
    /// The level of each rule.
    pub levels: &'a dyn Fn(Rule) -> Level,
    /// The text of a file of the site, if it can still be read.
    pub text: &'a dyn Fn(&str) -> Option<String>,
}

/// Prints all diagnostics whose rule is not off. Warnings come first and errors last, so that the errors stay
/// on the screen; within a level they are sorted by rule, and within a rule by file and line.
pub fn diagnostics(out: &mut impl Write, diagnostics: &[Diagnostic], style: Style<'_>) -> io::Result<()> {
    let mut told: Vec<_> = diagnostics.iter().map(|one| ((style.levels)(one.rule), one)).collect();
    told.retain(|(level, _)| *level != Level::Off);
    told.sort_by_key(|(level, one)| (*level, one.rule, &one.file, one.place, &one.message, &one.page));
    match style.format {
        Format::Human => human(out, &told, style),
        Format::Json => told.iter().try_for_each(|(level, one)| json(out, *level, one)),
        Format::Github => told.iter().try_for_each(|(level, one)| github(out, *level, one)),
    }
}

/// "3 errors, 12 warnings", or `None` if there is neither.
pub fn summary(diagnostics: &[Diagnostic], levels: &dyn Fn(Rule) -> Level) -> Option<String> {
    let count = |level| diagnostics.iter().filter(|one| levels(one.rule) == level).count();
    let counts = [(count(Level::Error), "error"), (count(Level::Warning), "warning")];
    let parts: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(*count as u64, word))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 error`, `2 errors`
pub fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// The most lines for those diagnostics of a rule that get no snippet.
const MOST_LINES: usize = 100;

type Told<'a> = (Level, &'a Diagnostic);

/// What is reported as one: a diagnostic, or all of one group.
struct Entry<'a> {
    first: &'a Diagnostic,
    files: usize,
}

fn human(out: &mut impl Write, told: &[Told<'_>], style: Style<'_>) -> io::Result<()> {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut texts = Texts { read: style.text, last: None };
    for of_one_rule in told.chunk_by(|a, b| a.1.rule == b.1.rule) {
        let (level, first) = of_one_rule[0];
        let entries = entries(of_one_rule);
        // A configuration is one short file, in which every mistake deserves its caret.
        let shown = if first.rule == Rule::Config { entries.len() } else { SHOWN };
        let (shown, others) = entries.split_at(shown.min(entries.len()));
        for entry in shown {
            writeln!(out, "{}\n", renderer.render(&[snippet(level, entry, &mut texts)]))?;
        }
        if !others.is_empty() {
            let more = format!("{} more", others.len());
            let title = severity(level).primary_title(more).id(first.rule.name());
            writeln!(out, "{}", renderer.render(&[Group::with_title(title)]))?;
            let lines = lines(others);
            lines.iter().take(MOST_LINES).try_for_each(|line| writeln!(out, "  {line}"))?;
            if let Some(left) = lines.len().checked_sub(MOST_LINES).filter(|&left| left > 0) {
                writeln!(out, "  and {left} more lines, which `--format json` shows")?;
            }
            writeln!(out)?;
        }
    }
    let diagnostics: Vec<_> = told.iter().map(|(_, one)| (*one).clone()).collect();
    match summary(&diagnostics, style.levels) {
        Some(summary) => writeln!(out, "{summary}"),
        None => Ok(()),
    }
}

/// The diagnostics of one rule, with those of the same group merged.
fn entries<'a>(told: &[Told<'a>]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut groups: BTreeMap<&str, (usize, Option<&str>)> = BTreeMap::new();
    for (_, one) in told {
        let file = one.file.as_deref();
        if let Some((at, last)) = one.group.as_deref().and_then(|group| groups.get_mut(group)) {
            // They are sorted by file, so a new file is one that differs from the last.
            entries[*at].files += usize::from(*last != file);
            *last = file;
        } else {
            groups.extend(one.group.as_deref().map(|group| (group, (entries.len(), file))));
            entries.push(Entry { first: one, files: 1 });
        }
    }
    entries
}

impl Entry<'_> {
    fn message(&self) -> String {
        let message = normalize_untrusted_str(&self.first.said());
        if self.files > 1 { format!("{message}, in {} files, first here", self.files) } else { message }
    }
}

fn severity(level: Level) -> Severity<'static> {
    if level == Level::Error { Severity::ERROR } else { Severity::WARNING }
}

fn snippet<'a>(level: Level, entry: &'a Entry<'_>, texts: &mut Texts<'_>) -> Group<'a> {
    let one = entry.first;
    let mut group = Group::with_title(severity(level).primary_title(entry.message()).id(one.rule.name()));
    if let Some(file) = &one.file {
        let line = one.place.and_then(|place| Some((place, texts.line(file, place)?)));
        group = match line {
            Some((place, line)) => group.element(cut(normalize_untrusted_str(file), place, line)),
            None => group.element(origin(normalize_untrusted_str(file), one.place)),
        };
    }
    match &one.hint {
        Some(hint) => group.element(Severity::HELP.with_name("hint").message(normalize_untrusted_str(hint))),
        None => group,
    }
}

fn cut<'a>(file: String, place: Place, line: String) -> Snippet<'a, Annotation<'a>> {
    let column = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let first = place.column.saturating_sub(1) as usize;
    let span = column(first)..column(first.saturating_add(place.width as usize));
    Snippet::source(line)
        .path(file)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(span))
}

fn origin<'a>(file: String, place: Option<Place>) -> Origin<'a> {
    match place {
        Some(place) => Origin::path(file).line(place.line as usize).char_column(place.column as usize),
        None => Origin::path(file),
    }
}

/// A line for each diagnostic. Those with the same message are listed together below it.
fn lines(entries: &[Entry<'_>]) -> Vec<String> {
    let mut topics: Vec<(String, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let said = said(entry);
        let at = *known.entry(said.clone()).or_insert(topics.len());
        if at == topics.len() {
            topics.push((said, Vec::new()));
        }
        topics[at].1.push(place(entry));
    }
    let told = |(said, places): (String, Vec<String>)| match &places[..] {
        [place] => vec![format!("{place}  {said}").trim_start().to_owned()],
        places => {
            let title = format!("{said}, {} times:", places.len());
            std::iter::once(title).chain(places.iter().map(|place| format!("  {place}"))).collect()
        }
    };
    topics.into_iter().flat_map(told).collect()
}

/// `the message (the hint)`
fn said(entry: &Entry<'_>) -> String {
    let message = entry.message().lines().next().unwrap_or_default().to_owned();
    let hint = entry.first.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
    message + &normalize_untrusted_str(&hint)
}

/// `content/a.md:12:5`
fn place(entry: &Entry<'_>) -> String {
    let place =
        entry.first.place.map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    entry
        .first
        .file
        .as_ref()
        .map_or_else(String::new, |file| format!("{}{place}", normalize_untrusted_str(file)))
}

/// Gives the lines of files. Diagnostics are sorted by file, so it is enough to keep the last file in memory.
struct Texts<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    last: Option<(String, Option<String>)>,
}

impl Texts<'_> {
    fn line(&mut self, file: &str, place: Place) -> Option<String> {
        if self.last.as_ref().is_none_or(|(last, _)| last != file) {
            self.last = Some((file.to_owned(), (self.read)(file)));
        }
        let text = self.last.as_ref()?.1.as_deref()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.lines().nth(place.line.checked_sub(1)? as usize).map(str::to_owned)
    }
}

/// A diagnostic as programs read it; keys that do not apply are null.
#[derive(Serialize)]
struct Record<'a> {
    severity: &'a str,
    code: &'a str,
    message: String,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    hint: Option<&'a str>,
}

fn json(out: &mut impl Write, level: Level, one: &Diagnostic) -> io::Result<()> {
    let record = Record {
        severity: level.name(),
        code: one.rule.name(),
        message: one.said(),
        file: one.file.as_deref(),
        line: one.place.map(|place| place.line),
        column: one.place.map(|place| place.column),
        hint: one.hint.as_deref(),
    };
    serde_json::to_writer(&mut *out, &record)?;
    writeln!(out)
}

/// A workflow command, which GitHub shows beside the line.
///
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
fn github(out: &mut impl Write, level: Level, one: &Diagnostic) -> io::Result<()> {
    let mut properties = Vec::new();
    if let Some(file) = &one.file {
        properties.push(format!("file={}", github_property(&normalize_untrusted_str(file))));
    }
    if let Some(place) = one.place {
        properties.push(format!("line={},col={}", place.line, place.column));
    }
    properties.push(format!("title={}", github_property(one.rule.name())));
    let [message, hint] = [&one.said(), one.hint.as_deref().unwrap_or_default()].map(normalize_untrusted_str);
    let hint = if hint.is_empty() { hint } else { format!("\nhint: {hint}") };
    let message = github_text(&format!("{message}{hint}"));
    writeln!(out, "::{} {}::{message}", level.name(), properties.join(","))
}

fn github_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_text(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
