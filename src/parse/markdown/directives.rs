//! The lines that begin and end components: `::: note {kind="tip"}` and `:::`.
//!
//! Such a line is replaced by a line of stars of the same length before the Markdown parser sees the text.
//! The stars end every paragraph, list and quote before them and come back as a rule. So links, footnotes and
//! headings inside a component belong to the whole text, and all places stay right. In blocks of code or HTML
//! a line is no directive.
//!
//! The parser takes every colon at the start of a line as the beginning of a definition. If there is no blank
//! behind it, as in `:smile:`, it is hidden from the parser by another character. A text without such colons
//! is searched once and left as it is.
//!
//! Which components exist is not known here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::arguments::{self, Argument};
use super::events::options;
use super::masks;
use crate::base::bytes;
use crate::config;

/// What a directive begins with.
const COLONS: &str = ":::";

/// How often a text is parsed at most, to find lines that are no directives after all. Each round restores
/// some.
const ROUNDS: usize = 4;

/// How deep components may be nested.
const DEEPEST: usize = 16;

/// The directives of a text.
#[derive(Debug, Default)]
pub(super) struct Directives {
    /// The directives by the offsets of their lines.
    at: BTreeMap<usize, Directive>,
    /// The ranges of components, in ascending order and disjoint.
    regions: Vec<Range<usize>>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
}

/// A line that begins or ends components.
#[derive(Debug)]
pub(super) enum Directive {
    /// Begins a component.
    Open(Opening),
    /// Ends this number of components.
    Close(usize),
}

/// The beginning of a component.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub(super) name: Range<usize>,
    pub(super) arguments: Vec<Argument>,
}

/// A fault of a directive.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
    /// Whether the line is still treated as text.
    pub(super) is_text: bool,
}

/// A line that looks like a directive.
#[derive(Debug)]
struct Line {
    range: Range<usize>,
    colons: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Open(Opening, Option<(Range<usize>, String)>),
    Close,
}

impl Directives {
    /// The directive whose line begins at a byte.
    pub(super) fn at(&self, start: usize) -> Option<&Directive> {
        self.at.get(&start)
    }

    /// Whether a byte lies in a component.
    pub(super) fn covers(&self, at: usize) -> bool {
        find_range(&self.regions, at).is_some_and(|region| region.contains(&at))
    }

    /// Adds the range of a component, which ends behind all others or with the last of them.
    fn add_region(&mut self, region: Range<usize>) {
        if self.regions.last().is_some_and(|last| last.end == region.end) {
            return;
        }
        while self.regions.pop_if(|last| last.start >= region.start).is_some() {}
        self.regions.push(region);
    }
}

/// The first of some ascending, disjoint ranges that ends behind a byte. It is a binary search, because a
/// text may have as many ranges as lines, and all lines are looked up.
fn find_range(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    ranges.get(ranges.partition_point(|range| range.end <= at))
}

/// The directives of a text, and the text for the Markdown parser, if that is different.
pub(super) fn find(source: &str, markdown: config::Markdown) -> (Directives, Option<String>) {
    if !has_colons(source) {
        return (Directives::default(), None);
    }
    let plain = without_colons(source);
    let (mut lines, mut strays) = candidates(source);
    if lines.is_empty() && strays.is_empty() {
        return (Directives::default(), Some(plain));
    }
    let literal = literals(&plain, markdown);
    let is_text = |start: usize| find_range(&literal, start).is_some_and(|range| range.start < start);
    strays.retain(|fault| !is_text(fault.range.start));
    let mut hidden: Vec<usize> =
        lines.iter().map(|line| line.range.start).filter(|&start| is_text(start)).collect();
    lines.retain(|line| !is_text(line.range.start));
    let masked = mask(&plain, &mut lines, &mut hidden, markdown).unwrap_or(plain);
    let mut directives = matched(source, lines, &hidden);
    directives.faults.extend(strays);
    (directives, Some(masked))
}

/// Whether any line begins with a colon that must be hidden.
fn has_colons(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut start = 0;
    while let Some(at) = bytes::find(&bytes[start..], |byte| byte == b':').map(|at| start + at) {
        if at == 0 || b" \t>\n".contains(&bytes[at - 1]) {
            let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
            if is_outside(&source[line..at]) && is_hidden(&source[at..]) {
                return true;
            }
        }
        start = at + 1;
    }
    false
}

/// Whether only quote markers stand before a text in its line.
fn is_outside(before: &str) -> bool {
    before.bytes().all(|byte| b" \t>".contains(&byte))
}

/// Whether the colon at the start of a text begins no definition, nor the line between the head and the rows
/// of a table.
fn is_hidden(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let is_rule = || line.contains('-') && line.bytes().all(|byte| b":-| \t".contains(&byte));
    line.starts_with(':') && line[1..].starts_with(|c: char| !c.is_whitespace()) && !is_rule()
}

/// Hides the colon at the start of each line that begins with one but with no definition.
fn without_colons(source: &str) -> String {
    let mut plain = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']);
        if is_hidden(text) {
            plain.extend([
                &line[..line.len() - text.len()],
                masks::COLON.encode_utf8(&mut [0; 4]),
                &text[1..],
            ]);
        } else {
            plain.push_str(line);
        }
    }
    plain
}

/// The lines that look like directives, and faults for those that nearly do.
fn candidates(source: &str) -> (Vec<Line>, Vec<Fault>) {
    let (mut lines, mut strays) = (Vec::new(), Vec::new());
    let mut start = 0;
    for text in source.split_inclusive('\n') {
        if text.starts_with(COLONS) {
            let range = start..start + text.trim_end().len();
            match line(source, &range) {
                Some(kind) => {
                    let colons = text.bytes().take_while(|&byte| byte == b':').count();
                    lines.push(Line { range, colons, kind });
                }
                None if is_attempt(text) => strays.push(Fault {
                    range,
                    message: "the line begins like a component, but is text".to_owned(),
                    hint: "write `::: name {argument=\"value\"}`, or `\\:::` if it is meant as text"
                        .to_owned(),
                    is_text: true,
                }),
                None => {}
            }
        }
        start += text.len();
    }
    (lines, strays)
}

/// Whether a line may have been meant as a directive.
fn is_attempt(text: &str) -> bool {
    text.trim_start_matches(':').trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{')
}

/// What a line is, if it is a directive: colons, a name and, in braces, arguments; or colons alone.
fn line(source: &str, range: &Range<usize>) -> Option<Kind> {
    let text = &source[range.clone()];
    let rest = text.trim_start_matches(':').trim_start_matches([' ', '\t']);
    if rest.is_empty() {
        return Some(Kind::Close);
    }
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let behind = rest[length..].trim_start_matches([' ', '\t']);
    if !rest.starts_with(|c: char| c.is_ascii_lowercase()) || !(behind.is_empty() || behind.starts_with('{'))
    {
        return None;
    }
    let start = range.end - rest.len();
    let name = start..start + length;
    let inside = range.end - behind.len()..range.end;
    let (arguments, fault) = match arguments::read(source, inside) {
        Ok(arguments) => (arguments, None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    Some(Kind::Open(Opening { name, arguments }, fault))
}

/// The ranges of a text that are code, HTML or formulas.
fn literals(plain: &str, markdown: config::Markdown) -> Vec<Range<usize>> {
    let is_literal = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::DisplayMath(_)
        )
    };
    let events = Parser::new_ext(plain, options(markdown)).into_offset_iter();
    let is_long = |range: &Range<usize>| plain[range.clone()].contains(masks::COLON);
    events.filter(|(event, range)| is_literal(event) && is_long(range)).map(|(_, range)| range).collect()
}

/// Replaces directives by stars. A line that is in code or HTML after all stays text.
fn mask(
    plain: &str,
    lines: &mut Vec<Line>,
    hidden: &mut Vec<usize>,
    markdown: config::Markdown,
) -> Option<String> {
    for round in 0..=ROUNDS {
        if lines.is_empty() {
            return None;
        }
        let masked = with_stars(plain, lines);
        let rules = outer_rules(&masked, markdown);
        let is_rule = |line: &Line| rules.contains(&line.range.start);
        if lines.iter().all(is_rule) {
            return Some(masked);
        }
        let is_kept = |line: &Line| round < ROUNDS && is_rule(line);
        hidden.extend(lines.iter().filter(|line| !is_kept(line)).map(|line| line.range.start));
        lines.retain(is_kept);
    }
    None
}

fn with_stars(plain: &str, lines: &[Line]) -> String {
    let mut masked = String::with_capacity(plain.len());
    for line in lines {
        masked.push_str(&plain[masked.len()..line.range.start]);
        masked.push_str("***");
        masked.extend(std::iter::repeat_n(' ', line.range.len() - 3));
    }
    masked.push_str(&plain[masked.len()..]);
    masked
}

/// The offsets of the rules that are in no other block.
fn outer_rules(masked: &str, markdown: config::Markdown) -> BTreeSet<usize> {
    let mut depth = 0_usize;
    let mut rules = BTreeSet::new();
    for (event, range) in Parser::new_ext(masked, options(markdown)).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Rule if depth == 0 => drop(rules.insert(range.start)),
            _ => {}
        }
    }
    rules
}

/// A component that has begun.
struct Open {
    colons: usize,
    /// Where its name stands.
    name: Range<usize>,
    start: usize,
}

/// Matches the lines. A line of colons ends the innermost component that begins with as many, and all
/// components in it.
fn matched(source: &str, lines: Vec<Line>, hidden: &[usize]) -> Directives {
    let mut directives = Directives::default();
    let mut open: Vec<Open> = Vec::new();
    for line in lines {
        let start = line.range.start;
        match line.kind {
            Kind::Open(opening, fault) => {
                directives.faults.extend(fault.map(|(range, message)| Fault {
                    range,
                    message,
                    hint: "arguments stand like this: `{name=\"value\"}`".to_owned(),
                    is_text: false,
                }));
                if open.len() == DEEPEST {
                    directives.faults.push(too_deep(opening.name));
                    directives.at.insert(start, Directive::Close(0));
                    continue;
                }
                open.push(Open { colons: line.colons, name: opening.name.clone(), start });
                directives.at.insert(start, Directive::Open(opening));
            }
            Kind::Close => {
                let found = open.iter().rposition(|open| open.colons == line.colons);
                if found.is_none() {
                    directives.faults.push(closes_nothing(line.range, open.last()));
                }
                let rest = open.split_off(found.unwrap_or(open.len()));
                directives.at.insert(start, Directive::Close(rest.len()));
                rest.first().into_iter().for_each(|open| directives.add_region(open.start..start));
                directives.faults.extend(rest.iter().skip(1).map(|each| never_closed(source, each, false)));
            }
        }
    }
    for each in &open {
        let is_hidden = hidden.iter().any(|&at| at > each.start);
        directives.faults.push(never_closed(source, each, is_hidden));
        directives.add_region(each.start..source.len());
    }
    directives
}

fn too_deep(range: Range<usize>) -> Fault {
    let message = format!("components are nested more than {DEEPEST} deep");
    Fault { range, message, hint: "end some of them before".to_owned(), is_text: false }
}

fn closes_nothing(range: Range<usize>, open: Option<&Open>) -> Fault {
    let hint = match open {
        Some(Open { colons, .. }) => {
            format!("the open component began with {colons} colons and must end with as many")
        }
        None => "a component begins with `::: name`; write `\\:::` if it is meant as text".to_owned(),
    };
    Fault { range, message: "the line ends no component".to_owned(), hint, is_text: false }
}

fn never_closed(source: &str, Open { colons, name, .. }: &Open, is_hidden: bool) -> Fault {
    let signs = ":".repeat(*colons);
    let hint = if is_hidden {
        format!("a `{signs}` inside HTML or code does not count; HTML continues up to an empty line")
    } else {
        format!("end it with a line `{signs}`")
    };
    let message = format!("the component `{}` is not closed", &source[name.clone()]);
    Fault { range: name.clone(), message, hint, is_text: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_in_components_are_one_region() {
        let source = ":::: a\n::: b\n:::\n::: c\n:::\nx\n::::\ny\n::: d\n::: e\n";
        let (directives, _) = find(source, config::Markdown::default());
        let (x, y) = (source.find('x').unwrap(), source.find('y').unwrap());
        assert_eq!(directives.regions, [0..source.find("::::\ny").unwrap(), y + 2..source.len()]);
        assert!(directives.covers(0) && directives.covers(x) && !directives.covers(y));
        assert!(directives.covers(y + 2) && !directives.covers(source.len()));
    }

    /// Each compared with each would take an hour.
    #[test]
    fn a_million_regions_are_found() {
        let mut directives = Directives::default();
        (0..1_000_000).for_each(|n| directives.add_region(n * 10..n * 10 + 5));
        assert!((0..1_000_000).all(|n| directives.covers(n * 10 + 4) && !directives.covers(n * 10 + 5)));
    }
}
