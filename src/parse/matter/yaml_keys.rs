//! Finds the keys and list items in the text of valid YAML.
//!
//! It follows indentation and brackets and skips values. In unusual YAML (`? key`, tags, anchors before keys)
//! it may miss some keys; then a diagnostic is at the key above.

use std::ops::Range;

use super::keys::{Node, Step};
use crate::base::bytes;

/// All keys and items, in the order of the text, which begins at the byte `start` of the file.
pub(super) fn nodes(text: &str, start: usize) -> Vec<Node<'_>> {
    let mut finder = Finder { text, start, nodes: Vec::new(), open: Vec::new() };
    let mut at = 0;
    while at < text.len() {
        at = finder.line(at);
    }
    finder.nodes
}

/// How deep brackets are searched.
const DEEPEST: usize = 64;

struct Finder<'a> {
    text: &'a str,
    start: usize,
    nodes: Vec<Node<'a>>,
    /// The block keys and items that a line may continue, outermost first: column and node.
    open: Vec<(usize, usize)>,
}

impl<'a> Finder<'a> {
    /// Reads the line that begins at `line_start`. Returns where to go on.
    fn line(&mut self, line_start: usize) -> usize {
        let line_end = self.line_end(line_start);
        let mut at = self.skip_blanks(line_start);
        if matches!(self.byte(at), None | Some(b'\n' | b'\r' | b'#')) {
            return line_end;
        }
        while self.byte(at) == Some(b'-')
            && matches!(self.byte(at + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
        {
            self.item(at - line_start, at);
            at = self.skip_blanks(at + 1);
        }
        match self.key(at) {
            Some((name, after)) => {
                self.push_key(at - line_start, name, after);
                self.value(at - line_start, self.skip_blanks(after))
            }
            None => self.value(at - line_start, at),
        }
    }

    fn item(&mut self, column: usize, at: usize) {
        // A list may be in the same column as its key.
        let mut index = 0;
        while let Some(&(open, node)) = self.open.last() {
            match self.nodes[node].step {
                Step::Item(last) if open == column => index = last + 1,
                Step::Key(_) if open == column => break,
                _ if open < column => break,
                _ => {}
            }
            self.open.pop();
        }
        let end = self.line_end(at);
        let inner = self.skip_blanks(at + 1)..end;
        self.push(column, Step::Item(index), self.trimmed(inner.clone()), inner);
    }

    fn push_key(&mut self, column: usize, name: Range<usize>, after: usize) {
        while self.open.last().is_some_and(|&(open, _)| open >= column) {
            self.open.pop();
        }
        let key = self.slice(&name);
        self.push(column, Step::Key(key), name, after..self.line_end(after));
    }

    fn push(&mut self, column: usize, step: Step<'a>, name: Range<usize>, value: Range<usize>) {
        let parent = self.open.last().map(|&(_, node)| node);
        let index = self.add(parent, step, name, value);
        self.open.push((column, index));
    }

    fn add(
        &mut self,
        parent: Option<usize>,
        step: Step<'a>,
        name: Range<usize>,
        value: Range<usize>,
    ) -> usize {
        let moved = |range: Range<usize>| self.start + range.start..self.start + range.end;
        let (name, value) = (moved(name), moved(value));
        self.nodes.push(Node { parent, step, name, value });
        self.nodes.len() - 1
    }

    /// The key at `at`, if there is one: its name, and the end of its colon.
    fn key(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let end = self.line_end(at);
        let (name, colon) = match self.byte(at)? {
            b'"' | b'\'' => {
                let close = self.closing_quote(at);
                (at + 1..close.saturating_sub(1), self.skip_blanks(close))
            }
            b'[' | b'{' => return None,
            _ => {
                let colon = (at..end).find(|&i| self.byte(i) == Some(b':') && self.is_gap(i + 1))?;
                (self.trimmed(at..colon), colon)
            }
        };
        let fine = name.start < name.end && self.byte(colon) == Some(b':') && self.is_gap(colon + 1);
        fine.then_some((name, colon + 1))
    }

    /// Skips the value at `at`, whose key or item is in `column`. Returns the line to go on with.
    fn value(&mut self, column: usize, at: usize) -> usize {
        let parent = self.open.last().map(|&(_, node)| node);
        let end = match self.byte(at) {
            None => return self.text.len(),
            Some(b'[' | b'{') => self.flow(parent, at, 0),
            Some(b'"' | b'\'') => self.closing_quote(at),
            Some(b'\n' | b'\r' | b'#') => return self.line_end(at),
            // Block texts, and plain texts that continue in deeper lines.
            _ => return self.skip_deeper(column, self.line_end(at)),
        };
        if let Some(node) = parent {
            self.nodes[node].value.end = self.nodes[node].value.end.max(self.start + end);
        }
        self.line_end(end)
    }

    /// Reads a bracket with its content. Returns its end.
    fn flow(&mut self, parent: Option<usize>, open: usize, depth: usize) -> usize {
        if depth > DEEPEST {
            return self.text.len();
        }
        let is_list = self.byte(open) == Some(b'[');
        let mut at = open + 1;
        let mut index = 0;
        loop {
            at = self.skip_space(at);
            match self.byte(at) {
                None => return at,
                Some(b']' | b'}') => return at + 1,
                Some(b',') => at += 1,
                Some(_) => {
                    at = self.entry(parent, is_list.then_some(index), at, depth);
                    index += 1;
                }
            }
        }
    }

    /// Reads one entry of a bracket. Returns its end.
    fn entry(&mut self, parent: Option<usize>, index: Option<usize>, at: usize, depth: usize) -> usize {
        let (step, name, value) = match index {
            Some(index) => (Step::Item(index), at..at, at),
            _ => self.flow_key(at),
        };
        let node = self.add(parent, step, name, value..value);
        let end = match self.byte(value) {
            Some(b'[' | b'{') => self.flow(Some(node), value, depth + 1),
            Some(b',' | b']' | b'}') | None => value,
            Some(_) => self.flow_text(value),
        };
        let whole = self.trimmed(value..end);
        self.nodes[node].value = self.start + whole.start..self.start + whole.end;
        if index.is_some() {
            self.nodes[node].name = self.nodes[node].value.clone();
        }
        end
    }

    /// A key within brackets: its step, its place, and the start of its value.
    fn flow_key(&self, at: usize) -> (Step<'a>, Range<usize>, usize) {
        let end = self.scalar(at);
        let whole = self.trimmed(at..end);
        let is_quoted = matches!(self.byte(at), Some(b'"' | b'\''));
        let name = if is_quoted { at + 1..whole.end.max(at + 2) - 1 } else { whole };
        let colon = self.skip_space(end);
        let after = if self.byte(colon) == Some(b':') { colon + 1 } else { colon };
        (Step::Key(self.slice(&name)), name, self.skip_space(after))
    }

    /// The end of a key within brackets. It always advances, whatever is there.
    fn scalar(&self, at: usize) -> usize {
        if matches!(self.byte(at), Some(b'"' | b'\'')) {
            return self.closing_quote(at);
        }
        let stops = |&i: &usize| matches!(self.byte(i), None | Some(b',' | b']' | b'}' | b'[' | b'{' | b':'));
        (at..self.text.len()).find(stops).unwrap_or(self.text.len()).max(at + 1).min(self.text.len())
    }

    /// The end of a text within brackets, which may contain colons.
    fn flow_text(&self, at: usize) -> usize {
        if matches!(self.byte(at), Some(b'"' | b'\'')) {
            return self.closing_quote(at);
        }
        let stops = |&i: &usize| matches!(self.byte(i), Some(b',' | b']' | b'}'));
        (at..self.text.len()).find(stops).unwrap_or(self.text.len())
    }

    fn closing_quote(&self, open: usize) -> usize {
        let quote = self.byte(open).unwrap_or_default();
        let mut at = open + 1;
        while let Some(length) = bytes::find(self.rest(at), |byte| bytes::is_one_of(byte, [quote, b'\\'])) {
            at += length;
            match self.byte(at) {
                Some(b'\\') => at += usize::from(quote == b'"'),
                // A doubled quote is an escaped one.
                Some(b'\'') if self.byte(at + 1) == Some(b'\'') => at += 1,
                _ => return at + 1,
            }
            at += 1;
        }
        self.text.len()
    }

    /// The first line from `at` on that is not blank and not deeper than `column`.
    fn skip_deeper(&self, column: usize, mut at: usize) -> usize {
        while at < self.text.len() {
            let content = self.skip_blanks(at);
            let is_blank = matches!(self.byte(content), None | Some(b'\n' | b'\r'));
            if !is_blank && content - at <= column {
                break;
            }
            at = self.line_end(at);
        }
        at
    }

    /// An unclosed quote can make a range that ends inside a character.
    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn is_gap(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
    }

    fn skip_blanks(&self, at: usize) -> usize {
        self.skip(at, |byte| matches!(byte, b' ' | b'\t'))
    }

    fn skip_space(&self, at: usize) -> usize {
        self.skip(at, |byte| byte.is_ascii_whitespace())
    }

    fn skip(&self, at: usize, is_skipped: impl Fn(u8) -> bool) -> usize {
        at + self.rest(at).iter().take_while(|&&byte| is_skipped(byte)).count()
    }

    fn line_end(&self, at: usize) -> usize {
        bytes::find(self.rest(at), |byte| byte == b'\n').map_or(self.text.len(), |n| at + n + 1)
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let trimmed = self.slice(&range).trim_end().len();
        range.start..range.start + trimmed
    }
}
