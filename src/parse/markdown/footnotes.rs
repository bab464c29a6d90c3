//! Footnotes: numbered in the order in which the text refers to them, and written at its end.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use super::html::Html;
use super::writer::Writer;
use crate::base::diag::Rule;

/// The footnotes of a body. Labels count without case, as the parser has it.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The labels in the order of their numbers, with how often each is referred to.
    referred: Vec<(String, u32)>,
    numbers: BTreeMap<String, usize>,
    defined: BTreeMap<String, Note>,
    /// The definitions that are being written, and what was written before each of them.
    open: Vec<(String, Range<usize>, Html)>,
}

#[derive(Debug)]
struct Note {
    html: Html,
    place: Range<usize>,
}

impl Notes {
    /// Whether nothing refers to a footnote yet.
    pub(super) fn is_empty(&self) -> bool {
        self.referred.is_empty()
    }
}

impl Writer<'_, '_> {
    /// Writes a reference.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let label = label.to_lowercase();
        let next = self.notes.referred.len();
        let number = *self.notes.numbers.entry(label.clone()).or_insert(next);
        if number == next {
            self.notes.referred.push((label, 0));
        }
        self.notes.referred[number].1 += 1;
        let id = reference_id(number, self.notes.referred[number].1);
        let number = number + 1;
        self.out.raw(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    /// From here on the text belongs to a footnote.
    pub(super) fn start_footnote(&mut self, label: &str, place: Range<usize>) {
        let before = mem::take(&mut self.out);
        self.notes.open.push((label.to_lowercase(), place, before));
    }

    /// Back to the text that the footnote stands in. Of two footnotes with one label the first counts.
    pub(super) fn end_footnote(&mut self) {
        if let Some((label, place, before)) = self.notes.open.pop() {
            let html = mem::replace(&mut self.out, before);
            if let Some(first) = self.notes.defined.get(&label) {
                let line = self.place(&first.place.clone()).line;
                let message =
                    format!("the footnote `{label}` is already defined in line {line}, so this is not shown");
                let diagnostic = self.diagnostic(&place, Rule::MissingFootnote, &message);
                self.found(diagnostic.hint("give it a label of its own"));
                return;
            }
            self.notes.defined.insert(label, Note { html, place });
        }
    }

    /// Writes the footnotes, and tells of those that nothing refers to.
    pub(super) fn write_footnotes(&mut self) {
        let mut notes = mem::take(&mut self.notes);
        if !notes.referred.is_empty() {
            self.out.raw("<div class=\"footnotes\" role=\"doc-endnotes\"");
            self.out.attribute("aria-label", self.settings().labels.footnotes());
            self.out.raw(">\n<ol>\n");
            for (number, (label, uses)) in notes.referred.iter().enumerate() {
                let note = notes.defined.remove(label);
                self.write_footnote(number, *uses, note.as_ref().map(|note| &note.html));
            }
            self.out.raw("</ol>\n</div>\n");
        }
        for (label, note) in notes.defined {
            let message = format!("nothing refers to the footnote `{label}`, so it is not shown");
            self.say(&note.place, Rule::MissingFootnote, &message);
        }
    }

    fn write_footnote(&mut self, number: usize, uses: u32, html: Option<&Html>) {
        self.out.raw(&format!("<li id=\"fn:{}\">\n", number + 1));
        if let Some(html) = html {
            self.out.append(html);
        }
        // The way back stands in the last line of the footnote, if that is a paragraph.
        let paragraph = "</p>\n";
        let is_paragraph = self.out.markup.ends_with(paragraph);
        if is_paragraph {
            self.out.markup.truncate(self.out.markup.len() - paragraph.len());
        }
        for use_number in 1..=uses {
            self.write_way_back(number, use_number);
        }
        self.out.raw(if is_paragraph { "</p>\n</li>\n" } else { "\n</li>\n" });
    }

    fn write_way_back(&mut self, number: usize, use_number: u32) {
        let id = reference_id(number, use_number);
        self.out.raw(&format!(" <a href=\"#{id}\" class=\"footnote-back\" role=\"doc-backlink\""));
        let label = self.settings().labels.back();
        let label = if use_number > 1 { format!("{label} {use_number}") } else { label.to_owned() };
        self.out.attribute("aria-label", &label);
        self.out.raw(">");
        self.out.raw(self.settings().labels.arrow());
        if use_number > 1 {
            self.out.raw(&format!("<sup>{use_number}</sup>"));
        }
        self.out.raw("</a>");
    }
}

/// The colon keeps these ids apart from those of headings, which never have one.
fn reference_id(number: usize, use_number: u32) -> String {
    match use_number {
        1 => format!("fnref:{}", number + 1),
        _ => format!("fnref:{}-{use_number}", number + 1),
    }
}
