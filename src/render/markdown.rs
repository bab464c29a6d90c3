//! Finished HTML as Markdown, for the twins of articles.
//!
//! It knows the elements that `parse` and the components of our themes write. What Markdown has no form for (tables, formulas, definition
//! lists) stays HTML, as Markdown allows. It is no general HTML parser: broken markup becomes odd Markdown,
//! and nothing worse.

use crate::base::html::unescape;

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
    /// Whether the marker of a quote or item was just written, so that a block begins on the same line.
    is_marked: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = unescape(text);
        if text.trim().is_empty() {
            if !text.is_empty()
                && self.due == 0
                && !self.out.is_empty()
                && !self.out.ends_with(char::is_whitespace)
            {
                self.out.push(' ');
            }
            return;
        }
        self.begin();
        let mut was_space = self.out.ends_with(char::is_whitespace) || self.out.is_empty();
        for c in text.chars() {
            match c {
                c if c.is_ascii_whitespace() => {
                    if !was_space {
                        self.out.push(' ');
                    }
                }
                '\\' | '*' | '_' | '`' | '[' | ']' | '<' => self.out.extend(['\\', c]),
                c => self.out.push(c),
            }
            was_space = c.is_ascii_whitespace();
        }
    }

    /// Writes Markdown that needs no escaping.
    fn raw(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
    }

    /// Ends the lines that are due.
    fn begin(&mut self) {
        self.is_marked = false;
        let due = std::mem::take(&mut self.due);
        if due == 0 || self.out.is_empty() {
            return;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        for _ in 0..due {
            self.out.push('\n');
            self.out.push_str(&self.prefix);
        }
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
            }
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" => self.block(),
            "em" | "i" | "/em" | "/i" => self.raw("*"),
            "strong" | "b" | "/strong" | "/b" => self.raw("**"),
            "del" | "/del" => self.raw("~~"),
            "br" => self.raw(&format!("\\\n{}", self.prefix.clone())),
            "hr" => {
                self.block();
                self.raw("---");
                self.block();
            }
            "blockquote" => {
                self.block();
                self.begin();
                self.out.push_str("> ");
                self.prefix.push_str("> ");
                self.is_marked = true;
            }
            "/blockquote" => {
                self.prefix.truncate(self.prefix.len().saturating_sub(2));
                self.block();
            }
            "ul" | "ol" => {
                self.due = self.due.max(if self.lists.is_empty() { 2 } else { 1 });
                let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push(if name == "ol" { start } else { 0 });
            }
            "/ul" | "/ol" => {
                self.lists.pop();
                self.due = self.due.max(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" => self.item(),
            "/li" => {
                self.prefix.truncate(self.prefix.len().saturating_sub(4));
                self.due = 1;
            }
            "a" => {
                self.raw("[");
                self.links.push(pointed(tag, "href"));
            }
            "/a" => {
                let pointed = self.links.pop().unwrap_or_default();
                self.out.extend(["](", &pointed, ")"]);
            }
            "img" => {
                let alt = attribute(tag, "alt").unwrap_or_default().replace(['[', ']'], "");
                self.raw(&format!("![{alt}]({})", pointed(tag, "src")));
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
        self.out.push_str(&mark);
        self.prefix.push_str("    ");
        self.is_marked = true;
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
        // A blank line would end a block of HTML.
        self.out.push_str(&after[..end].replace("\n\n", "\n"));
        if is_block {
            self.block();
        }
        &after[end..]
    }

    fn code<'h>(&mut self, after: &'h str) -> &'h str {
        let end = after.find("</code>").unwrap_or(after.len());
        let code = unescape(&untagged(&after[..end]));
        let ticks = if code.contains('`') { "``" } else { "`" };
        let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.raw(&format!("{ticks}{space}{code}{space}{ticks}"));
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
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag[start..].split('"').next()?;
    Some(unescape(value))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let check =
            |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
        check(
            "<p>One <em>two</em> &amp; <strong>three</strong>.</p>\n<p>Four\nfive</p>",
            "One *two* & **three**.\n\nFour five",
        );
        check("<h2 id=\"a\">A &lt;b&gt;</h2>\n<p>2*3_4</p>", "## A \\<b>\n\n2\\*3\\_4");
        check(
            "<p><a href=\"https://e.example/?a=1&amp;b\">x</a> <code>a&lt;`b</code></p>",
            "[x](https://e.example/?a=1&b) ``a<`b``",
        );
        check(
            "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n<p>d</p>",
            "-   a\n-   b\n    1.  c\n\nd",
        );
        check("<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>", "> a\n> \n> b\n\nc");
        check(
            "<pre><code class=\"language-rust\"><span class=\"k\">fn</span> a() {\n}\n</code></pre>",
            "```rust\nfn a() {\n}\n```",
        );
        check(
            "<pre class=\"code\"><code class=\"language-md\">a ``` b ````\n</code></pre>",
            "`````md\na ``` b ````\n`````",
        );
        check(
            "<p>a<br>\nb</p><hr><figure><img src=\"/p.jpg\" alt=\"P\"><figcaption>C</figcaption></figure>",
            "a\\\nb\n\n---\n\n![P](/p.jpg)\n\nC",
        );
        check(
            "<p><a href=\"/a\" title=\"An &quot;A&quot;\">a</a> <img src=\"/p q.jpg\" alt=\"P\" title=\"T\"></p>",
            "[a](/a \"An \\\"A\\\"\") ![P](</p q.jpg> \"T\")",
        );
        check(
            "<ul>\n<li><input type=\"checkbox\" disabled checked>\na</li>\n<li><input type=\"checkbox\" disabled>\nb</li>\n</ul>",
            "-   [x] a\n-   [ ] b",
        );
        check("<p>a</p><aside><p>b</p></aside><style>p > q {}</style><p>c</p>", "a\n\nb\n\nc");
        check("<p>a</p>\n<table><tr><td>x</td></tr></table>", "a\n\n<table><tr><td>x</td></tr></table>");
    }

    #[test]
    fn broken_markup_does_not_panic() {
        for html in
            ["<", "<p", "</li></ul></blockquote>x", "<a>x", "</a>", "<pre>", "<code>", "a < b > c", "<h9>é"]
        {
            markdown(html);
        }
    }
}
