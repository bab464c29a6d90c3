//! Writes the events of a body as HTML.
//!
//! Each kind of event has a function of its own; those of blocks, headings, links, pictures, tables,
//! footnotes and raw HTML are in the files with these names. It resolves no links and never fails.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Settings;
use super::autolink::Signs;
use super::components::Components;
use super::directives::Directives;
use super::events::{Collected, Spanned, end_of};
use super::footnotes::Notes;
use super::headings::{Ids, Levels};
use super::html::Html;
use super::outline::Outline;
use super::tables::Table;
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::words::Words;
use crate::config::RawHtml;
use crate::model::article::{End, Heading, LinkRef};
use crate::parse::report::Report;

/// A body that is to be written.
#[derive(Clone, Copy)]
pub(super) struct Document<'a, 'w> {
    /// The text of the body, as it stands in the file.
    pub(super) source: &'a str,
    /// Where the body begins in the file.
    pub(super) base: usize,
    /// What the text may hold besides Markdown.
    pub(super) signs: Signs,
    pub(super) events: &'w [Spanned<'a>],
    pub(super) definitions: &'w Collected<'a>,
    pub(super) directives: &'w Directives,
}

/// A body that was written.
pub(super) struct Written {
    pub(super) html: Html,
    pub(super) components: Components,
    pub(super) toc: Vec<Heading>,
    pub(super) anchors: Vec<String>,
    pub(super) words: u32,
    pub(super) signs: u32,
    pub(super) has_code: bool,
    pub(super) has_raw_html: bool,
    /// Where its blocks end.
    pub(super) ends: Vec<End>,
    /// For each link, how many words the text has up to the end of its block.
    pub(super) link_words: Vec<u32>,
    /// What is wrong.
    pub(super) found: Vec<Diagnostic>,
}

/// Writes a body.
pub(super) fn write<'w>(
    document: Document<'_, 'w>,
    outline: &Outline,
    settings: &'w Settings<'w>,
    report: &'w Report<'w>,
    links: &'w mut Vec<LinkRef>,
) -> Written {
    let source = document.source;
    let mut writer = Writer {
        document,
        settings,
        report,
        found: Vec::new(),
        links,
        out: Html::with_capacity(source.len() + source.len() / 4),
        ids: Ids::default(),
        levels: Levels::default(),
        toc: Vec::new(),
        words: Words::default(),
        notes: Notes::default(),
        table: Table::default(),
        components: Components::default(),
        open_links: Vec::new(),
        raw_links: 0,
        inner: 0,
        has_label: false,
        has_code: false,
        has_raw_html: false,
    };
    writer.ids.reserve(&outline.ids);
    let mut next = outline.start;
    let (mut depth, mut ends, mut link_words) = (0, Vec::new(), vec![0; writer.links.len()]);
    while next < document.events.len() {
        let after = writer.event(next);
        depth += document.events[next..after].iter().map(|(event, _)| step(event)).sum::<i32>();
        // No text ends with a heading or a line below which nothing comes.
        let announces = matches!(document.events[after - 1].0, Event::End(TagEnd::Heading(_)) | Event::Rule);
        if depth == 0 && settings.is_sourced && writer.is_whole() && !announces {
            let end = End { at: writer.out.markup.len() as u32, words: writer.words.count() };
            link_words.resize(writer.links.len(), end.words);
            ends.push(end);
        }
        next = after;
    }
    writer.close_components();
    writer.write_footnotes();
    writer.tell_of_directives();
    link_words.resize(writer.links.len(), u32::MAX);
    Written {
        html: writer.out,
        components: writer.components,
        toc: writer.toc,
        anchors: writer.ids.into_given(),
        words: writer.words.count(),
        signs: writer.words.signs(),
        has_code: writer.has_code,
        has_raw_html: writer.has_raw_html,
        ends,
        link_words,
        found: writer.found,
    }
}

/// How much deeper an event leads into the blocks.
fn step(event: &Event<'_>) -> i32 {
    match event {
        Event::Start(_) => 1,
        Event::End(_) => -1,
        _ => 0,
    }
}

/// The state of writing.
pub(super) struct Writer<'a, 'w> {
    document: Document<'a, 'w>,
    settings: &'w Settings<'w>,
    report: &'w Report<'w>,
    found: Vec<Diagnostic>,
    pub(super) links: &'w mut Vec<LinkRef>,
    pub(super) out: Html,
    pub(super) ids: Ids,
    pub(super) levels: Levels,
    pub(super) toc: Vec<Heading>,
    pub(super) words: Words,
    pub(super) notes: Notes,
    pub(super) table: Table,
    pub(super) components: Components,
    /// The links that are open, and whether each was written.
    pub(super) open_links: Vec<bool>,
    /// How many `<a>` of raw HTML are open.
    pub(super) raw_links: usize,
    /// How many quotes, lists, footnotes and components are open; their headings are no part of the article's
    /// outline.
    pub(super) inner: usize,
    /// Whether the label of a task is open.
    pub(super) has_label: bool,
    pub(super) has_code: bool,
    pub(super) has_raw_html: bool,
}

impl<'a, 'w> Writer<'a, 'w> {
    /// Whether what is written so far can stand without the rest: raw HTML may have left something open, unless the
    /// sanitiser looks after that, and footnotes stand at the end.
    fn is_whole(&self) -> bool {
        let is_sound = !self.has_raw_html || self.settings.raw_html == RawHtml::Sanitize;
        is_sound && self.notes.is_empty() && !self.components.is_inside()
    }

    /// Writes the event with a number, and those that belong to it; says which comes next.
    pub(super) fn event(&mut self, index: usize) -> usize {
        let (event, range) = &self.events()[index];
        match event {
            Event::Start(tag) => return self.start(index, tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(_) if self.signs().any() => return index + self.text_run(index),
            Event::Text(text) => {
                self.check_stray_link(text, range);
                self.piece_of_text(text);
            }
            Event::Code(text) => self.code_span(text),
            Event::InlineMath(latex) => self.formula(latex, range, 1),
            Event::DisplayMath(latex) => self.formula(latex, range, 2),
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(&self.events()[index..=index], false),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.rule(range.start),
            Event::TaskListMarker(is_done) => self.task(*is_done),
        }
        index + 1
    }

    fn start(&mut self, index: usize, tag: &'w Tag<'a>, range: &Range<usize>) -> usize {
        let next = index + 1;
        match tag {
            Tag::Emphasis => self.out.raw("<em>"),
            Tag::Strong => self.out.raw("<strong>"),
            Tag::Strikethrough => self.out.raw("<del>"),
            Tag::Superscript => self.out.raw(if self.is_one_word(range) { "<sup>" } else { "^" }),
            Tag::Subscript => self.out.raw(if self.is_one_word(range) { "<sub>" } else { "~" }),
            Tag::Link { link_type, dest_url, title, id } => {
                let end = end_of(self.events(), index);
                return self.start_link((index, end), *link_type, dest_url, title, id);
            }
            Tag::Image { .. } => return self.inline_picture(index),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(next),
            block => {
                self.fresh_line();
                return self.start_block(index, block, range);
            }
        }
        next
    }

    fn start_block(&mut self, index: usize, tag: &'w Tag<'a>, range: &Range<usize>) -> usize {
        let next = index + 1;
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.figure(index) {
                    return next;
                }
                self.out.raw("<p>");
            }
            Tag::Heading { level, id, classes, attrs } => {
                return self.start_heading(index, *level, id.as_ref(), classes, attrs);
            }
            Tag::BlockQuote(kind) => self.start_quote(index, *kind),
            Tag::CodeBlock(kind) => return self.code_block(index, kind),
            Tag::HtmlBlock => return self.html_block(index),
            Tag::List(start) => self.start_list(*start),
            Tag::Item => self.start_item(next),
            Tag::FootnoteDefinition(label) => {
                self.inner += 1;
                self.start_footnote(label, range.clone());
            }
            Tag::DefinitionList => self.out.raw("<dl>\n"),
            Tag::DefinitionListTitle => {
                if let Some(next) = self.date_title(index) {
                    return next;
                }
                self.out.raw("<dt>");
            }
            Tag::DefinitionListDefinition => self.out.raw("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            _ => {}
        }
        next
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.out.raw("</em>"),
            TagEnd::Strong => self.out.raw("</strong>"),
            TagEnd::Strikethrough => self.out.raw("</del>"),
            TagEnd::Superscript => self.out.raw(if self.is_one_word(range) { "</sup>" } else { "^" }),
            TagEnd::Subscript => self.out.raw(if self.is_one_word(range) { "</sub>" } else { "~" }),
            TagEnd::Link => self.end_link(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(range),
            TagEnd::TableCell => self.end_cell(range),
            TagEnd::Table => self.end_table(),
            TagEnd::Heading(_) => self.end_heading(),
            block => self.end_block(block),
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        self.close_label();
        self.words.gap();
        if matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition) {
            self.inner -= 1;
        }
        self.out.raw(match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::BlockQuote(Some(_)) => "</aside>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::FootnoteDefinition => return self.end_footnote(),
            _ => "",
        });
    }

    /// Begins a block on a line of its own, and ends the label of a task that it may stand in.
    pub(super) fn fresh_line(&mut self) {
        self.close_label();
        self.words.gap();
        if !self.out.markup.is_empty() && !self.out.markup.ends_with(['\n', '>']) {
            self.out.raw("\n");
        }
    }

    fn line_break(&mut self, markup: &str) {
        self.words.gap();
        self.out.raw(markup);
    }

    /// Writes text as the parser has it.
    pub(super) fn piece_of_text(&mut self, text: &str) {
        self.words.add(text);
        self.out.text(text);
    }

    fn code_span(&mut self, text: &str) {
        self.words.add(text);
        self.out.raw("<code>");
        self.out.text(text);
        self.out.raw("</code>");
    }

    /// "x^2^" is a power; "x^2 and y^3" has two hats in it. As Pandoc has it, blanks make the difference.
    fn is_one_word(&self, range: &Range<usize>) -> bool {
        !self.source().get(range.clone()).is_some_and(|text| text.contains(char::is_whitespace))
    }

    pub(super) fn source(&self) -> &'a str {
        self.document.source
    }

    pub(super) fn events(&self) -> &'w [Spanned<'a>] {
        self.document.events
    }

    /// Whether any text may hold an address or a footnote that is not defined.
    pub(super) fn signs(&self) -> Signs {
        self.document.signs
    }

    pub(super) fn directives(&self) -> &'w Directives {
        self.document.directives
    }

    pub(super) fn settings(&self) -> &'w Settings<'w> {
        self.settings
    }

    /// Whether a heading that is written now belongs to the outline of the article.
    pub(super) fn is_outermost(&self) -> bool {
        self.inner == 0
    }

    /// Whether an address that is written now may become a link.
    pub(super) fn autolinks(&self) -> bool {
        self.settings.markdown.autolinks && !self.is_in_link()
    }

    /// Whether a link is open, in which nothing else can be focused.
    pub(super) fn is_in_link(&self) -> bool {
        !self.open_links.is_empty() || self.raw_links > 0
    }

    /// The definition of a reference, as bytes of the body.
    pub(super) fn definition(&self, id: &str) -> Option<Range<usize>> {
        self.document.definitions.definition(id)
    }

    pub(super) fn add_link(&mut self, link: LinkRef) -> u32 {
        self.links.push(link);
        self.links.len() as u32 - 1
    }

    fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.document.base..range.end + self.document.base
    }

    /// The place of some bytes of the body.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.report.place(&self.in_file(range))
    }

    /// Starts a diagnostic about some bytes of the body.
    pub(super) fn diagnostic(&self, range: &Range<usize>, rule: Rule, message: &str) -> Diagnostic {
        self.report.at(&self.in_file(range), rule, message)
    }

    pub(super) fn found(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Tells what is wrong with the lines that begin and end components.
    fn tell_of_directives(&mut self) {
        for fault in &self.document.directives.faults {
            let rule = if fault.is_text { Rule::StrayColons } else { Rule::BadComponent };
            let diagnostic = self.diagnostic(&fault.range, rule, &fault.message).hint(fault.hint.as_str());
            self.found(diagnostic);
        }
    }

    /// Reports something that needs no hint.
    pub(super) fn say(&mut self, range: &Range<usize>, rule: Rule, message: &str) {
        self.found(self.diagnostic(range, rule, message));
    }
}
