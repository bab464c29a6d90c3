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
use emphasis::Marks;

/// The Markdown of a text.
pub(super) fn markdown(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        let tag_end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        rest = writer.tag(&rest[at..tag_end], &rest[tag_end..]);
    }
    writer.text(rest);
    writer.finish()
}

/// Elements that stay HTML with all that is in them.
const KEPT: [&str; 10] = ["table", "math", "dl", "svg", "video", "audio", "iframe", "details", "sup", "sub"];

#[derive(Default)]
struct Writer {
    out: String,
    /// The prefix of each line: quote markers and the indentation of lists.
    prefix: String,
    /// The lists that are open: the number of the next item, or 0 for bullets.
    lists: Vec<u32>,
    /// The addresses of the open links.
    links: Vec<String>,
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
        (self.is_marked, self.is_html) = (false, false);
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

    /// Writes what a tag means. Returns the rest of the text behind it.
    fn tag<'h>(&mut self, tag: &'h str, after: &'h str) -> &'h str {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let name = inner.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if KEPT.contains(&name) {
            return self.kept(name, tag, after);
        }
        match name {
            "p" | "/p" | "figure" | "/figure" | "figcaption" | "/figcaption" | "div" | "/div" | "section"
            | "/section" | "aside" | "/aside" | "header" | "/header" | "footer" | "/footer" => self.block(),
            "script" | "style" => return skipped(name, after),
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
                self.raw("---");
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
            "ul" | "ol" => {
                let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                // Only a list that counts from 1 may follow a line of text.
                self.due = self.due.max(if self.lists.is_empty() || start != 1 { 2 } else { 1 });
                self.lists.push(if name == "ol" { start } else { 0 });
            }
            "/ul" | "/ol" => {
                self.lists.pop();
                self.due = self.due.max(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" => self.item(),
            "/li" => {
                self.prefix.truncate(self.prefix.len().saturating_sub(4));
                self.due = if self.is_html { 2 } else { 1 };
            }
            "a" => {
                self.begin();
                // Behind an exclamation mark, it would be a picture.
                if self.out.ends_with('!') {
                    self.out.insert(self.out.len() - 1, '\\');
                }
                self.out.push('[');
                self.links.push(pointed(tag, "href"));
            }
            "/a" => {
                let pointed = self.links.pop().unwrap_or_default();
                self.out.extend(["](", &pointed, ")"]);
            }
            "img" => {
                self.raw("![");
                escape::text_into(&mut self.out, self.line, written(tag, "alt").unwrap_or_default());
                self.out.extend(["](", &pointed(tag, "src"), ")"]);
            }
            // The box of a task.
            "input" if tag.contains(" checked") => self.raw("[x] "),
            "input" if tag.contains("\"checkbox\"") => self.raw("[ ] "),
            "code" => return self.code(after),
            "pre" => return self.fence(tag, after),
            _ => {}
        }
        after
    }

    fn item(&mut self) {
        self.due = self.due.max(1);
        self.begin();
        let mark = match self.lists.last_mut() {
            Some(number) if *number > 0 => {
                *number += 1;
                format!("{:<4}", format!("{}.", *number - 1))
            }
            _ => "-   ".to_owned(),
        };
        self.mark(&mark, "    ");
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

    fn end_emphasis(&mut self, mark: &'static str, after: &str) {
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
    fn kept<'h>(&mut self, name: &str, tag: &str, after: &'h str) -> &'h str {
        let close = format!("</{name}>");
        let end = after.find(&close).map_or(after.len(), |at| at + close.len());
        let is_block = matches!(name, "table" | "dl" | "details" | "video" | "audio" | "iframe");
        if is_block {
            self.block();
        }
        self.raw(tag);
        let mut lines = after[..end].split('\n');
        let mut inner = lines.next().unwrap_or_default().to_owned();
        // A blank line would end a block of HTML.
        for line in lines.filter(|line| !line.trim().is_empty()) {
            inner.extend(["\n", &self.prefix, line]);
        }
        if is_block {
            self.out.push_str(&inner);
            self.block();
            self.is_html = true;
        } else {
            self.out.push_str(&escape::inline_html(&inner));
        }
        &after[end..]
    }

    fn code<'h>(&mut self, after: &'h str) -> &'h str {
        let end = after.find("</code>").unwrap_or(after.len());
        let code = unescape(&untagged(&after[..end]));
        self.begin();
        // Backticks side by side would be one run.
        self.out.push_str(if self.out.ends_with('`') { "<!-- -->" } else { "" });
        self.out.push_str(&escape::code(&code));
        after[end..].strip_prefix("</code>").unwrap_or("")
    }

    fn fence<'h>(&mut self, tag: &str, after: &'h str) -> &'h str {
        let end = after.find("</pre>").unwrap_or(after.len());
        let inner = &after[..end];
        let classes = [tag, inner.split('>').next().unwrap_or_default()].map(|tag| attribute(tag, "class"));
        let mut classes = classes.iter().flatten().flat_map(|class| class.split(' '));
        let language = classes.find_map(|class| class.strip_prefix("language-")).unwrap_or_default();
        let code = unescape(&untagged(inner));
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
        after[end..].strip_prefix("</pre>").unwrap_or("")
    }

    fn finish(self) -> String {
        self.out.trim().to_owned() + "\n"
    }
}

/// The next character that a text has behind a tag. A tag that is written is a sign, whatever it becomes.
fn next_sign(after: &str) -> char {
    let mut rest = after;
    while let Some(tag) = rest.strip_prefix('<') {
        let name =
            tag.trim_start_matches('/').split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        match name {
            "em" | "i" | "strong" | "b" | "del" | "a" | "img" | "code" | "math" | "sup" | "sub" | "svg" => {
                return '<';
            }
            "br" | "p" | "div" | "li" | "ul" | "ol" | "figcaption" | "figure" | "pre" | "table"
            | "blockquote" => {
                return ' ';
            }
            _ => {}
        }
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    let start = rest.find('<').map_or(rest, |end| &rest[..end]);
    unescape(start).chars().next().unwrap_or(' ')
}

/// The address and the title of a link or picture, as they stand in parentheses.
fn pointed(tag: &str, address: &str) -> String {
    let address = attribute(tag, address).unwrap_or_default();
    let address = if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address };
    match attribute(tag, "title").filter(|title| !title.is_empty()) {
        Some(title) => format!("{address} \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
        None => address,
    }
}

/// The text behind an element that has none to be read.
fn skipped<'h>(name: &str, after: &'h str) -> &'h str {
    after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after)
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    written(tag, name).map(unescape)
}

/// The value of an attribute as HTML.
fn written<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// A text without its tags.
fn untagged(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    text + rest
}
