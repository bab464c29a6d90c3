//! Emphasis: with stars where Markdown takes them for emphasis, with tags where it does not.
//!
//! Whether it does depends on the characters around ("flanking" in the specification). `**Note:**this` is no
//! emphasis. That is known only at its end, when stars that are already written become a tag.

/// Emphasis that has begun.
pub(super) struct Open {
    mark: &'static str,
    /// Where its mark begins in the text.
    at: usize,
    /// Whether the mark was written, and not the tag.
    is_mark: bool,
}

/// The marks of a text: those that are open, and where the last one ends.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Open>,
    end: usize,
}

impl Marks {
    /// Begins emphasis at the end of a text.
    pub(super) fn start(&mut self, out: &mut String, mark: &'static str) {
        let is_nested = self.open.iter().any(|open| open.mark == mark);
        // A mark behind another would be one with it.
        let is_mark = !is_nested && (out.is_empty() || self.end != out.len());
        let at = out.len();
        self.open.push(Open { mark, at, is_mark });
        if is_mark {
            out.push_str(mark);
            self.end = out.len();
        } else {
            out.push_str(tag(mark).0);
        }
    }

    /// Ends emphasis at the end of a text that continues with `next`. If a tag takes the place of a mark before the
    /// byte `line`, that moves.
    pub(super) fn end(&mut self, out: &mut String, line: &mut usize, mark: &'static str, next: char) {
        let Some(place) = self.open.iter().rposition(|open| open.mark == mark) else { return };
        let Open { at, is_mark, .. } = self.open.remove(place);
        let (start, end) = tag(mark);
        if !is_mark {
            return out.push_str(end);
        }
        let inner = &out[at + mark.len()..];
        let first = inner.chars().next().unwrap_or(' ');
        let last = inner.chars().next_back().unwrap_or(' ');
        let before = out[..at].chars().next_back().unwrap_or(' ');
        if self.end != out.len() && flanks(first, before) && flanks(last, next) {
            out.push_str(mark);
            self.end = out.len();
        } else {
            out.replace_range(at..at + mark.len(), start);
            let inside = self.open[place..].iter_mut().map(|open| &mut open.at);
            let moved = inside.chain([line]).filter(|place| **place > at);
            moved.for_each(|place| *place += start.len() - mark.len());
            out.push_str(end);
        }
    }
}

/// Whether a mark between two characters, of which the first is inside of it, can be one.
fn flanks(inside: char, outside: char) -> bool {
    inside.is_alphanumeric()
        || (!inside.is_whitespace() && (outside.is_whitespace() || is_punctuation(outside)))
}

/// Whether a character certainly counts as punctuation.
fn is_punctuation(c: char) -> bool {
    match c {
        '\u{a1}'..='\u{bf}' => !c.is_alphanumeric(),
        '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' => true,
        _ => c.is_ascii_punctuation(),
    }
}

fn tag(mark: &str) -> (&'static str, &'static str) {
    match mark {
        "*" => ("<em>", "</em>"),
        "**" => ("<strong>", "</strong>"),
        _ => ("<del>", "</del>"),
    }
}
