//! Blocks that are more than a pair of tags: quotes and alerts, lists with tasks, code, formulas.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::events::{end_of, plain};
use super::writer::Writer;
use super::{code, math};
use crate::base::diag::Rule;
use crate::base::labels::ENGLISH_MARK;
use crate::parse::{address, home};

/// How deep a quote may be nested and still have an attribution. To find that, each quote is read to its end,
/// and a text can have ten thousand nested ones.
const DEEPEST_SIGNED: usize = 16;

impl Writer<'_, '_> {
    pub(super) fn start_quote(&mut self, index: usize, kind: Option<BlockQuoteKind>) {
        self.inner += 1;
        let Some(kind) = kind else {
            self.out.raw("<blockquote");
            let signed = if self.inner > DEEPEST_SIGNED { None } else { self.quoted(index) };
            if let Some(address) = signed.or(self.settings().quoted).map(str::to_owned) {
                self.out.attribute("cite", &address);
            }
            return self.out.raw(">\n");
        };
        let (class, index) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let labels = self.settings().labels;
        let title = labels.alert(index);
        let is_english = labels.is_english(title);
        self.out.raw(&format!("<aside class=\"{class}\" role=\"note\">\n<p class=\"alert-title\">"));
        let (before, behind) = if is_english { ENGLISH_MARK } else { ("", "") };
        self.out.raw(before);
        self.out.text(title);
        self.out.raw(behind);
        self.out.raw("</p>\n");
    }

    /// The address that a quote is from: that of a link in its last line, if the line begins with a dash.
    fn quoted(&self, index: usize) -> Option<&str> {
        let quote = &self.events()[index..end_of(self.events(), index)];
        let is_last = |(event, _): &_| matches!(event, Event::Start(Tag::Paragraph));
        let last = quote.iter().rposition(is_last).map_or(quote, |start| &quote[start..]);
        let text =
            last.iter().find_map(|(event, _)| if let Event::Text(text) = event { Some(text) } else { None });
        let is_signed = text.is_some_and(|text| text.starts_with(['—', '–', '―']) || text.starts_with("--"));
        let link = last.iter().find_map(|(event, _)| match event {
            Event::Start(Tag::Link { dest_url, .. }) if address::is_web(dest_url) => Some(&**dest_url),
            _ => None,
        });
        // A path of the site is not named here either.
        link.filter(|link| is_signed && !home::is_own(link, self.settings().home))
    }

    pub(super) fn start_list(&mut self, start: Option<u64>) {
        self.inner += 1;
        match start {
            None => self.out.raw("<ul>\n"),
            Some(1) => self.out.raw("<ol>\n"),
            Some(start) => self.out.raw(&format!("<ol start=\"{start}\">\n")),
        }
    }

    pub(super) fn start_item(&mut self, next: usize) {
        let events = self.events();
        let marker = match events.get(next) {
            Some((Event::Start(Tag::Paragraph), _)) => events.get(next + 1),
            other => other,
        };
        let is_task = matches!(marker, Some((Event::TaskListMarker(_), _)));
        self.out.raw(if is_task { "<li class=\"task\">" } else { "<li>" });
    }

    /// Writes a check box. The words behind it are its label.
    pub(super) fn task(&mut self, is_done: bool) {
        self.out.raw("<label>");
        self.out.seal(if is_done {
            "<input type=\"checkbox\" disabled checked>"
        } else {
            "<input type=\"checkbox\" disabled>"
        });
        self.out.raw(" ");
        self.has_label = true;
    }

    pub(super) fn close_label(&mut self) {
        if std::mem::take(&mut self.has_label) {
            self.out.raw("</label>");
        }
    }

    pub(super) fn code_block(&mut self, index: usize, kind: &CodeBlockKind<'_>) -> usize {
        let end = end_of(self.events(), index);
        let mut text = String::new();
        plain(&self.events()[index + 1..end], &mut text, false);
        let language = match kind {
            CodeBlockKind::Fenced(info) => language_of(info),
            CodeBlockKind::Indented => "",
        };
        if language == "math" && self.settings().markdown.math {
            self.out.raw("<p>");
            self.formula(text.trim(), &self.events()[index].1, 0);
            self.out.raw("</p>\n");
            return end + 1;
        }
        self.words.add(&text);
        self.take_table(index, language, &text);
        self.out.raw("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.attribute("class", &format!("language-{language}"));
        }
        self.out.raw(">");
        let is_data = language == "csv" && self.components.is_inside();
        if self.settings().markdown.highlight
            && !is_data
            && code::highlight(&mut self.out.markup, &text, language)
        {
            self.has_code = true;
        } else {
            self.out.text(&text);
        }
        self.out.raw("</code></pre>\n");
        end + 1
    }

    pub(super) fn html_block(&mut self, index: usize) -> usize {
        let end = end_of(self.events(), index);
        self.raw_html(&self.events()[index + 1..end], true);
        self.fresh_line();
        end + 1
    }

    /// Writes a formula between `signs` dollar signs; 0 means a code block.
    pub(super) fn formula(&mut self, latex: &str, range: &Range<usize>, signs: usize) {
        self.words.gap();
        self.words.add("x");
        self.words.gap();
        // GitHub's other notation, $`x`$.
        let inner = latex.strip_prefix('`').and_then(|latex| latex.strip_suffix('`'));
        let latex = inner.filter(|_| signs == 1).unwrap_or(latex);
        match math::convert(latex, signs != 1) {
            Ok(mathml) if signs == 1 => self.out.seal(&mathml),
            // A wide one is scrolled. HTML would have `tabindex` on `<math>`, the Nu checker not.
            Ok(mathml) => {
                let focus = if self.is_in_link() { "" } else { " tabindex=\"0\"" };
                self.out.seal(&format!("<span class=\"math\"{focus}>{mathml}</span>"));
            }
            Err(bad) => {
                let start = range.start + signs;
                let is_here = self.source().get(start..start + latex.len()) == Some(latex);
                let place =
                    if is_here { start + bad.range.start..start + bad.range.end } else { range.clone() };
                self.say(&place, Rule::BadMath, &bad.message);
                self.out.raw("<code class=\"bad-math\">");
                self.out.text(latex);
                self.out.raw("</code>");
            }
        }
    }
}

/// The language of a fence: `rust` of `rust,ignore`, `{.rust}` and `rust title="x"`.
fn language_of(info: &str) -> &str {
    let name = info.trim_start_matches(['{', '.', ' ']);
    name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':' | ';')).next().unwrap_or("")
}
