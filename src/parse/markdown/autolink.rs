//! Running text: bare addresses become links, and footnotes that are not defined are noticed. The owner of
//! the crate `linkify`.
//!
//! The parser cuts text at every character that could have meant something, and smart punctuation makes a
//! dash of two hyphens. So the pieces that lie side by side are joined again, as they were written, before
//! addresses are looked for.

use std::ops::Range;

use linkify::LinkFinder;
use pulldown_cmark::Event;

use super::events::Spanned;
use super::writer::Writer;
use crate::base::bytes;
use crate::base::diag::Rule;
use crate::model::article::LinkKind;
use crate::parse::{address, home};

/// Neighbouring pieces of text.
struct Run {
    /// What was written, without the backslashes of escapes.
    text: String,
    /// For each piece: where it begins in the text, where in the body, and whether it stands there as it does
    /// here.
    pieces: Vec<Piece>,
}

struct Piece {
    at: usize,
    in_body: Range<usize>,
    is_verbatim: bool,
    event: usize,
}

/// What a text has that can need a run.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    schemes: bool,
    /// Addresses that begin with `www.`.
    pub(super) hosts: bool,
    notes: bool,
}

impl Signs {
    pub(super) fn of(text: &str, autolinks: bool) -> Self {
        let all = Self { schemes: autolinks, hosts: autolinks, notes: true };
        Self { schemes: all.has_schemes(text), hosts: all.has_hosts(text), notes: all.has_notes(text) }
    }

    pub(super) fn any(self) -> bool {
        self.schemes || self.hosts || self.notes
    }

    pub(super) fn has_addresses(self) -> bool {
        self.schemes || self.hosts
    }

    /// Whether a part of the text has any of it too.
    fn are_in(self, part: &str, autolinks: bool) -> bool {
        (autolinks && (self.has_schemes(part) || self.has_hosts(part))) || self.has_notes(part)
    }

    fn has_schemes(self, text: &str) -> bool {
        self.schemes && bytes::contains(text, "://")
    }

    fn has_hosts(self, text: &str) -> bool {
        self.hosts && text.contains("www.")
    }

    fn has_notes(self, text: &str) -> bool {
        self.notes && bytes::contains(text, "[^")
    }
}

impl<'a> Writer<'a, '_> {
    /// Writes the pieces of text from event `first` on; says how many there are.
    pub(super) fn text_run(&mut self, first: usize) -> usize {
        let events = self.events();
        let length = run_length(&events[first..], self.source());
        let pieces = &events[first..first + length];
        for (event, range) in pieces {
            if let Event::Text(text) = event {
                self.check_stray_link(text, range);
            }
        }
        let written = self.source().get(pieces[0].1.start..pieces[length - 1].1.end).unwrap_or("");
        if self.signs().are_in(written, self.autolinks()) {
            let run = Run::of(pieces, self.source());
            self.check_footnotes(&run);
            self.write_run(&run, pieces);
        } else {
            for (event, _) in pieces {
                if let Event::Text(text) = event {
                    self.piece_of_text(text);
                }
            }
        }
        length
    }

    fn write_run(&mut self, run: &Run, events: &[Spanned<'a>]) {
        let mut done = 0;
        if self.autolinks() {
            for (range, address) in run.links() {
                self.write_part(run, events, done..range.start);
                self.open_bare(&address, run, &range);
                self.out.raw(">");
                self.words.add(&run.text[range.clone()]);
                self.out.text(&run.text[range.clone()]);
                self.out.raw("</a>");
                done = range.end;
            }
        }
        self.write_part(run, events, done..run.text.len());
    }

    fn open_bare(&mut self, address: &str, run: &Run, range: &Range<usize>) {
        match home::local(address, self.settings().home) {
            path if path == address => self.open_straight(address),
            path => {
                let start = run.in_body(range.start).unwrap_or_default();
                let last = run.in_body(range.end - 1).unwrap_or(start);
                self.open_gap(&path, LinkKind::Link, &(start..last + 1))
            }
        };
    }

    /// Writes a part of a run as the parser has it, with its dashes and quotes.
    fn write_part(&mut self, run: &Run, events: &[Spanned<'a>], part: Range<usize>) {
        let start = run.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        for (index, piece) in run.pieces.iter().enumerate().skip(start) {
            if piece.at >= part.end {
                break;
            }
            let end = run.pieces.get(index + 1).map_or(run.text.len(), |next| next.at);
            let shown = piece.at.max(part.start)..end.min(part.end);
            if shown.is_empty() {
                continue;
            }
            if shown == (piece.at..end) {
                if let (Event::Text(text), _) = &events[piece.event] {
                    self.piece_of_text(text);
                }
            } else {
                self.words.add(&run.text[shown.clone()]);
                self.out.text(&run.text[shown]);
            }
        }
    }

    fn check_footnotes(&mut self, run: &Run) {
        for (at, _) in run.text.match_indices("[^") {
            let Some((label, start)) = label(&run.text[at + 2..]).zip(run.in_body(at)) else { continue };
            let is_escaped = self.source()[..start].ends_with('\\');
            if !is_escaped {
                let message = format!("the footnote `{label}` is not defined");
                self.say(&(start..start + label.len() + 3), Rule::MissingFootnote, &message);
            }
        }
    }
}

/// The label of a footnote at the start of a text, if it is closed.
fn label(text: &str) -> Option<&str> {
    let ends = |&(_, c): &(usize, char)| c.is_whitespace() || matches!(c, '[' | ']' | '^');
    let (end, c) = text.char_indices().take(LONGEST_LABEL).find(ends)?;
    (end > 0 && c == ']').then(|| &text[..end])
}

/// Labels are words; to look further for an end would take the square of a long text in time.
const LONGEST_LABEL: usize = 100;

/// How many texts lie side by side, with nothing but the backslash of an escape between them.
fn run_length(events: &[Spanned<'_>], source: &str) -> usize {
    let is_joined = |pair: &[Spanned<'_>]| {
        let between = pair[0].1.end..pair[1].1.start;
        matches!(pair[1].0, Event::Text(_)) && (between.is_empty() || source.get(between) == Some("\\"))
    };
    1 + events.windows(2).take_while(|pair| is_joined(pair)).count()
}

impl Run {
    fn of(events: &[Spanned<'_>], source: &str) -> Self {
        let mut run = Self { text: String::new(), pieces: Vec::with_capacity(events.len()) };
        for (index, (event, range)) in events.iter().enumerate() {
            let Event::Text(text) = event else { continue };
            let written = source.get(range.clone()).unwrap_or(text);
            // Of `&amp;`, the character counts; of `--`, the hyphens.
            let is_reference = written.starts_with('&') && written != text.as_ref();
            let piece = if is_reference { text } else { written };
            let at = run.text.len();
            run.pieces.push(Piece { at, in_body: range.clone(), is_verbatim: !is_reference, event: index });
            run.text.push_str(piece);
        }
        run
    }

    /// Where a byte of the run lies in the body.
    fn in_body(&self, at: usize) -> Option<usize> {
        let piece = &self.pieces[self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?];
        Some(if piece.is_verbatim { piece.in_body.start + at - piece.at } else { piece.in_body.start })
    }

    /// The addresses in the run: where they are, and where they lead.
    fn links(&self) -> Vec<(Range<usize>, String)> {
        let without_end = |(range, mut address): (Range<usize>, String)| {
            let end = self.without_references(&range);
            address.truncate(address.len() - (range.end - end));
            (range.start..end, address)
        };
        addresses(&self.text).into_iter().map(without_end).collect()
    }

    /// The end of an address without references, such as `&copy;`, at its end. As GitHub has it, these are text.
    fn without_references(&self, address: &Range<usize>) -> usize {
        let mut end = address.end;
        let last = |end| self.pieces[..self.pieces.partition_point(|piece| piece.at < end)].last();
        while let Some(piece) = last(end).filter(|piece| !piece.is_verbatim && piece.at > address.start) {
            end = piece.at;
        }
        end
    }
}

/// The longest text without blanks in which addresses without a scheme are looked for: that takes the square of its
/// length in time.
const LONGEST_TOKEN: usize = 4000;

/// Whether no address goes on behind a character. Chinese and Japanese put no blank behind these marks.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '，' | '。' | '、' | '；' | '！' | '？' | '「' | '」' | '『' | '』' | '《' | '》' | '【' | '】'
        )
}

/// The addresses in a text: where they are, and where they lead.
pub(super) fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url]);
    let mut found = Vec::new();
    let mut start = 0;
    for token in text.split_inclusive(ends_address) {
        finder.url_must_have_scheme(token.len() > LONGEST_TOKEN);
        for link in finder.links(token.trim_end_matches(ends_address)) {
            let range = start + link.start()..start + link.end();
            if address::is_web(link.as_str()) {
                found.push((range, link.as_str().to_owned()));
            } else if link.as_str().starts_with("www.") && link.as_str().matches('.').nth(1).is_some() {
                found.push((range, format!("http://{}", link.as_str())));
            }
        }
        start += token.len();
    }
    found
}
