//! Finished HTML as Markdown, for the twins of articles.
//!
//! It knows the elements that `parse` and the components of our themes write. What Markdown has no form for (tables, formulas, definition
//! lists) stays HTML, as Markdown allows. It is no general HTML parser: broken markup becomes odd Markdown,
//! and nothing worse.

mod emphasis;
mod escape;
#[cfg(test)]
mod tests;

use crate::base::html::unescape;
use crate::base::tags::{Part, Tag, parts};
use emphasis::Marks;

/// The Markdown of a text.
pub(super) fn markdown(html: &str) -> String {
    let parts: Vec<Part<'_>> = parts(html).collect();
    let mut writer = Writer::default();
    let mut rest = &parts[..];
    while let Some((part, after)) = rest.split_first() {
        rest = match part {
            Part::Text(text) => {
                writer.text(text);
                after
            }
            Part::Tag(tag) => writer.tag(tag, after),
            Part::Hidden(_) | Part::Comment | Part::OpenComment(_) => after,
        };
    }
    writer.finish()
}

/// Elements that stay HTML with all that is in them.
const KEPT: [&str; 10] = ["table", "math", "dl", "svg", "video", "audio", "iframe", "details", "sup", "sub"];

/// The largest number of an item: Markdown takes nine digits.
const LARGEST: u32 = 999_999_999;

#[derive(Default)]
struct Writer {
    out: String,
    /// The prefix of each line: quote markers and the indentation of lists.
    prefix: String,
    /// The lists that are open.
    lists: Vec<List>,
    /// The kind of the list that has just ended, if nothing was written since.
    ended: Option<bool>,
    /// The addresses of the open links; a place that others lead to has none.
    links: Vec<Option<String>>,
    /// The number of line ends to write before the next text.
    due: usize,
    /// The number of line breaks within a block to write before the next text.
    breaks: usize,
    /// Where the text of the current line begins.
    line: usize,
    marks: Marks,
    is_heading: bool,
    /// Whether the marker of a quote or item was just written, so that a block begins on the same line.
    is_marked: bool,
    /// Whether a block of HTML was just written, which ends only with a blank line.
    is_html: bool,
}

struct List {
    /// The number of the next item; none for bullets.
    number: Option<u32>,
    /// The length of the prefix that the open item has added.
    indent: Option<usize>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            if !text.is_empty()
                && self.due + self.breaks == 0
                && !self.out.is_empty()
                && !self.out.ends_with(char::is_whitespace)
            {
                self.out.push(' ');
            }
            return;
        }
        self.begin();
        escape::text_into(&mut self.out, self.line, text);
    }

    /// Writes Markdown that needs no escaping.
    fn raw(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
    }

    /// Ends the lines that are due.
    fn begin(&mut self) {
        (self.is_marked, self.is_html, self.ended) = (false, false, None);
        let (due, breaks) = (std::mem::take(&mut self.due), std::mem::take(&mut self.breaks));
        // A break at the beginning of a block shows nothing.
        if due == 0 && (breaks == 0 || self.out.len() == self.line) || self.out.is_empty() {
            return;
        }
        if due == 0 && self.is_heading {
            return self.out.push_str(&"<br>".repeat(breaks));
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        let (end, count) = if due == 0 { ("\\\n", breaks) } else { ("\n", due) };
        for _ in 0..count {
            self.out.push_str(end);
            self.out.push_str(&self.prefix);
        }
        self.line = self.out.len();
    }

    fn block(&mut self) {
        if !self.is_marked {
            self.due = self.due.max(2);
        }
    }

    /// Writes what a tag means. Returns the rest of the parts `after` it.
    fn tag<'p, 'h>(&mut self, tag: &Tag<'_>, after: &'p [Part<'h>]) -> &'p [Part<'h>] {
        let name = format!("{}{}", if tag.is_end { "/" } else { "" }, tag.name.to_ascii_lowercase());
        if KEPT.contains(&name.as_str()) {
            return self.kept(&name, tag, after);
        }
        match name.as_str() {
            "p" | "/p" | "figure" | "/figure" | "figcaption" | "/figcaption" | "div" | "/div" | "section"
            | "/section" | "aside" | "/aside" | "header" | "/header" | "footer" | "/footer" => self.block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block();
                self.raw(&format!("{} ", "#".repeat(usize::from(name.as_bytes()[1] - b'0'))));
                self.is_heading = true;
            }
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => self.end_heading(),
            "em" | "i" => self.emphasis("*"),
            "strong" | "b" => self.emphasis("**"),
            "del" => self.emphasis("~~"),
            "/em" | "/i" => self.end_emphasis("*", after),
            "/strong" | "/b" => self.end_emphasis("**", after),
            "/del" => self.end_emphasis("~~", after),
            "br" => self.breaks += 1,
            "hr" => {
                self.block();
                // `- ---` would be a rule and no item.
                self.raw(if self.lists.is_empty() { "---" } else { "***" });
                self.block();
            }
            "blockquote" => {
                self.block();
                self.begin();
                self.mark("> ", "> ");
            }
            "/blockquote" => {
                self.prefix.truncate(self.prefix.len().saturating_sub(2));
                self.block();
            }
            "ul" | "ol" => self.list(tag, name == "ol"),
            "/ul" | "/ol" => self.end_list(),
            "li" => self.item(),
            "/li" => self.end_item(),
            "a" => self.link(tag),
            "/a" => {
                if let Some(pointed) = self.links.pop().flatten() {
                    self.out.extend(["](", &pointed, ")"]);
                }
            }
            "q" => self.raw("“"),
            "/q" => self.raw("”"),
            "img" => {
                self.raw("![");
                escape::text_into(&mut self.out, self.line, tag.value("alt").unwrap_or_default());
                self.out.extend(["](", &pointed(tag, "src"), ")"]);
            }
            // The box of a task.
            "input" if tag.value("type") == Some("checkbox") => {
                self.raw(if tag.value("checked").is_some() { "[x] " } else { "[ ] " });
            }
            "code" => return self.code(after),
            "pre" => return self.fence(tag, after),
            _ => {}
        }
        after
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let pointed = tag.value("href").map(|_| pointed(tag, "href"));
        if pointed.is_some() {
            self.begin();
            // Behind an exclamation mark, it would be a picture.
            if self.out.ends_with('!') {
                self.out.insert(self.out.len() - 1, '\\');
            }
            self.out.push('[');
        }
        self.links.push(pointed);
    }

    fn list(&mut self, tag: &Tag<'_>, is_numbered: bool) {
        let start = tag.value("start").and_then(|start| start.parse().ok());
        let start = start.filter(|start| *start <= LARGEST).unwrap_or(1);
        let number = is_numbered.then_some(start);
        if self.ended == Some(is_numbered) {
            // The two would be one list.
            self.due = 2;
            self.raw("<!-- -->");
            self.due = 2;
        } else if !self.is_marked {
            // Only a list that counts from 1 may follow a line of text.
            self.due = self.due.max(if self.lists.is_empty() || number.is_some_and(|start| start != 1) {
                2
            } else {
                1
            });
        }
        self.lists.push(List { number, indent: None });
    }

    fn end_list(&mut self) {
        self.end_item();
        self.ended = self.lists.pop().map(|list| list.number.is_some());
        self.due = self.due.max(if self.lists.is_empty() { 2 } else { 1 });
    }

    fn item(&mut self) {
        self.end_item();
        if !self.is_marked {
            self.due = self.due.max(1);
        }
        self.begin();
        let number = self.lists.last_mut().and_then(|list| list.number.as_mut());
        let mark = number.map_or_else(
            || "-   ".to_owned(),
            |number| {
                let mark = format!("{:<3} ", format!("{number}."));
                *number = LARGEST.min(*number + 1);
                mark
            },
        );
        if let Some(list) = self.lists.last_mut() {
            list.indent = Some(mark.len());
        }
        let indent = " ".repeat(mark.len());
        self.mark(&mark, &indent);
    }

    /// Ends the open item of the innermost list, if there is one: its end tag may be missing.
    fn end_item(&mut self) {
        if let Some(indent) = self.lists.last_mut().and_then(|list| list.indent.take()) {
            self.prefix.truncate(self.prefix.len().saturating_sub(indent));
            self.due = if self.is_html { 2 } else { 1 };
            self.is_marked = false;
        }
    }

    /// Writes the marker of a quote or item, whose further lines have a prefix.
    fn mark(&mut self, marker: &str, prefix: &str) {
        self.out.push_str(marker);
        self.prefix.push_str(prefix);
        self.line = self.out.len();
        self.is_marked = true;
    }

    fn emphasis(&mut self, mark: &'static str) {
        self.begin();
        self.marks.start(&mut self.out, mark);
    }

    fn end_emphasis(&mut self, mark: &'static str, after: &[Part<'_>]) {
        self.marks.end(&mut self.out, &mut self.line, mark, next_sign(after));
    }

    fn end_heading(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        // Number signs at the end of a heading would be no part of it.
        if self.out[self.line..].trim_start_matches('#').ends_with('#') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        self.is_heading = false;
        self.block();
    }

    /// An element that stays as it is.
    fn kept<'p, 'h>(&mut self, name: &str, tag: &Tag<'_>, after: &'p [Part<'h>]) -> &'p [Part<'h>] {
        let (inner, rest) = split_element(name, after);
        // CommonMark, section 4.6: within these there is no Markdown.
        let is_block = matches!(name, "table" | "dl" | "details" | "iframe");
        let stands_alone = is_block || matches!(name, "video" | "audio");
        if stands_alone {
            self.block();
        }
        self.begin();
        let mut html = String::new();
        escape::tag_into(&mut html, tag);
        for part in inner {
            match part {
                Part::Text(text) if is_block => escape::block_text_into(&mut html, text),
                Part::Hidden(text) if is_block => html.push_str(text),
                Part::Text(text) | Part::Hidden(text) => escape::inline_text_into(&mut html, text),
                Part::Tag(tag) => escape::tag_into(&mut html, tag),
                Part::Comment | Part::OpenComment(_) => {}
            }
        }
        // A blank line would end a block of HTML.
        let mut lines = html.split('\n').filter(|line| !line.trim().is_empty());
        self.out.push_str(lines.next().unwrap_or_default());
        lines.for_each(|line| self.out.extend(["\n", &self.prefix, line]));
        if stands_alone {
            self.block();
        }
        self.is_html = is_block;
        rest
    }

    fn code<'p, 'h>(&mut self, after: &'p [Part<'h>]) -> &'p [Part<'h>] {
        let (inner, rest) = split_element("code", after);
        let code = text_of(inner);
        self.begin();
        // Backticks side by side would be one run.
        self.out.push_str(if self.out.ends_with('`') { "<!-- -->" } else { "" });
        self.out.push_str(&escape::code(&code));
        rest
    }

    fn fence<'p, 'h>(&mut self, tag: &Tag<'_>, after: &'p [Part<'h>]) -> &'p [Part<'h>] {
        let (inner, rest) = split_element("pre", after);
        let first = if let Some(Part::Tag(tag)) = inner.first() { Some(tag) } else { None };
        let classes = [Some(tag), first].into_iter().flatten().filter_map(|tag| tag.value("class"));
        let mut classes = classes.flat_map(|class| class.split(' '));
        let language = classes.find_map(|class| class.strip_prefix("language-"));
        // What is more than a name would end the line of the fence, or be none.
        let is_name =
            |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#._-".contains(&byte));
        let language = language.filter(is_name).unwrap_or_default();
        let code = text_of(inner);
        // A fence is longer than any that stands in the code.
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.block();
        self.raw(&format!("{fence}{language}"));
        for line in code.trim_end_matches('\n').lines() {
            self.out.push('\n');
            self.out.push_str(&self.prefix);
            self.out.push_str(line);
        }
        self.out.extend(["\n", &self.prefix, &fence]);
        self.block();
        rest
    }

    fn finish(self) -> String {
        self.out.trim().to_owned() + "\n"
    }
}

/// The next character that a text has behind a tag. A tag that is written is a sign, whatever it becomes.
fn next_sign(after: &[Part<'_>]) -> char {
    const IN_LINES: [&str; 12] =
        ["em", "i", "strong", "b", "del", "a", "img", "code", "math", "sup", "sub", "svg"];
    const BLOCKS: [&str; 11] =
        ["br", "p", "div", "li", "ul", "ol", "figcaption", "figure", "pre", "table", "blockquote"];
    let sign = |part: &Part<'_>| match part {
        Part::Text(text) => unescape(text).chars().next(),
        Part::Tag(tag) if IN_LINES.iter().any(|name| tag.is(name)) => Some('<'),
        Part::Tag(tag) if BLOCKS.iter().any(|name| tag.is(name)) => Some(' '),
        _ => None,
    };
    after.iter().find_map(sign).unwrap_or(' ')
}

/// The parts of an element whose start tag stands before some parts, up to its end tag, and what stands behind that.
fn split_element<'p, 'h>(name: &str, after: &'p [Part<'h>]) -> (&'p [Part<'h>], &'p [Part<'h>]) {
    let mut depth = 1;
    let ends = |part: &Part<'_>| {
        match part {
            Part::Tag(tag) if tag.is(name) && tag.is_end => depth -= 1,
            Part::Tag(tag) if tag.is(name) => depth += 1,
            _ => {}
        }
        depth == 0
    };
    let end = after.iter().position(ends).map_or(after.len(), |end| end + 1);
    after.split_at(end)
}

/// The address and the title of a link or picture, as they stand in parentheses. Whatever they are, they end nothing.
fn pointed(tag: &Tag<'_>, address: &str) -> String {
    let address = destination(tag.value(address).unwrap_or_default());
    match tag.value("title").filter(|title| !title.is_empty()) {
        Some(title) => format!("{address} \"{}\"", in_quotes(title)),
        None => address,
    }
}

fn destination(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (c, would_refer) in escape::characters(html) {
        match c {
            // Browsers drop these.
            '\n' | '\r' | '\t' => {}
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            _ if would_refer => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    if out.is_empty() || out.contains([' ', '(', ')']) { format!("<{out}>") } else { out }
}

fn in_quotes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (c, would_refer) in escape::characters(html) {
        if c.is_whitespace() {
            // A blank line would end the paragraph.
            if !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if would_refer || matches!(c, '\\' | '"' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The text of some parts.
fn text_of(parts: &[Part<'_>]) -> String {
    let text = |part: &Part<'_>| if let Part::Text(text) = part { unescape(text) } else { String::new() };
    parts.iter().map(text).collect()
}
