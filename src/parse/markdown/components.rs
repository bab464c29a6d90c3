//! Components: the text between `::: name` and `:::` is written like any other, and its range is recorded.
//!
//! How a component looks is up to the theme. Here it is a name, arguments as they are written, and a range of
//! the text. An argument that is an address becomes a link like any other; its name tells which ones are
//! ([`leads_to`]).

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::arguments::Argument as Raw;
use super::directives::{Directive, Opening};
use super::events::{end_of, plain};
use super::html::Html;
use super::writer::Writer;
use crate::base::date::{Date, Zone};
use crate::base::diag::Rule;
use crate::model::article::{Fill, LinkKind, LinkRef};
use crate::model::component::{Argument, Block, Table, Usage, Written, leads_to};
use crate::parse::address::{self, Address};
use crate::parse::home;

/// The components of a body.
#[derive(Debug, Default)]
pub(super) struct Components {
    blocks: Vec<Block>,
    pub(super) usages: Vec<Usage>,
    /// The open components: the number of each, and how long the HTML was before its content.
    open: Vec<(u32, usize)>,
}

impl Components {
    /// Whether what is written now lies in a component.
    pub(super) fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }

    /// The blocks with their places in the HTML, which marks show. A block that has lost a mark is left out.
    pub(super) fn placed(self, html: &Html) -> Vec<Block> {
        let mut blocks: Vec<(Block, bool)> = self.blocks.into_iter().map(|block| (block, false)).collect();
        for mark in &html.marks {
            let Some((block, is_whole)) = blocks.get_mut(mark.block as usize) else { continue };
            if mark.is_start {
                (block.start, block.end) = (mark.at, u32::MAX);
            } else if block.end == u32::MAX && mark.at >= block.start {
                block.end = mark.at;
                *is_whole = true;
            }
        }
        let mut placed: Vec<Block> =
            blocks.into_iter().filter(|(_, is_whole)| *is_whole).map(|(block, _)| block).collect();
        placed.sort_by_key(|block| block.start);
        placed
    }
}

impl Writer<'_, '_> {
    /// Writes a rule, unless it hides a directive.
    pub(super) fn rule(&mut self, start: usize) {
        match self.directives().at(start) {
            None => self.out.raw("<hr>\n"),
            Some(Directive::Open(opening)) => self.open_component(opening),
            Some(Directive::Close(count)) => (0..*count).for_each(|_| self.close_component()),
        }
    }

    fn open_component(&mut self, opening: &Opening) {
        self.fresh_line();
        let name = self.source()[opening.name.clone()].to_owned();
        let arguments: Vec<Argument> =
            opening.arguments.iter().filter_map(|argument| self.argument(argument)).collect();
        let place = self.place(&opening.name);
        let number = self.components.blocks.len() as u32;
        self.components.blocks.push(Block {
            name: name.clone(),
            arguments: arguments
                .iter()
                .map(|argument| (argument.name.clone(), argument.value.clone()))
                .collect(),
            start: 0,
            end: 0,
            depth: self.components.open.len() as u32,
            table: None,
        });
        self.components.usages.push(Usage { name, place, arguments, has_text: false });
        self.components.open.push((number, self.out.markup.len()));
        self.out.mark(number, true);
        self.inner += 1;
    }

    fn close_component(&mut self) {
        if let Some((number, start)) = self.components.open.pop() {
            let is_around_another = self.components.blocks.len() > number as usize + 1;
            let is_written = self.out.markup.get(start..).is_some_and(|inside| !inside.trim().is_empty());
            self.components.usages[number as usize].has_text = is_written || is_around_another;
            self.fresh_line();
            self.out.mark(number, false);
            self.inner -= 1;
        }
    }

    /// Closes what is open at the end of a text.
    pub(super) fn close_components(&mut self) {
        while self.components.is_inside() {
            self.close_component();
        }
    }

    /// Checks an argument. Reports a forbidden address and returns `None`.
    fn argument(&mut self, raw: &Raw) -> Option<Argument> {
        let name = self.source()[raw.name.clone()].to_owned();
        let (value, at) = match &raw.value {
            None => (Written::Nothing, raw.name.clone()),
            Some((text, at)) => (self.written(&name, text, at)?, at.clone()),
        };
        Some(Argument { name, value, place: self.place(&raw.name), value_place: self.place(&at) })
    }

    fn written(&mut self, name: &str, text: &str, at: &Range<usize>) -> Option<Written> {
        let Some(kind) = leads_to(name) else {
            // One word chooses something; more are shown.
            if text.trim().contains(char::is_whitespace) {
                self.words.gap();
                self.words.add(text);
                self.words.gap();
            }
            return Some(Written::Text(text.to_owned()));
        };
        let target = home::local(text.trim(), self.settings().home);
        let address =
            if kind == LinkKind::Picture { address::of_picture(&target) } else { address::of_link(&target) };
        match address {
            Address::Site => {
                let place = self.place(at);
                let target = target.into_owned();
                Some(Written::Link(self.add_link(LinkRef { target, kind, place })))
            }
            Address::Web | Address::Empty => Some(Written::Text(text.to_owned())),
            Address::Forbidden(scheme) => {
                self.forbidden(at, &scheme);
                None
            }
        }
    }

    /// Takes a CSV code block as the data of the component directly around it.
    pub(super) fn take_table(&mut self, index: usize, language: &str, text: &str) {
        let is_direct = self.inner == self.components.open.len();
        let Some(&(number, _)) = self.components.open.last().filter(|_| is_direct && language == "csv")
        else {
            return;
        };
        if self.components.blocks[number as usize].table.is_some() {
            return;
        }
        match table(text) {
            Ok(table) => self.components.blocks[number as usize].table = Some(table),
            Err((line, message)) => {
                let range = self.line_of(index, line);
                self.say(&range, Rule::BadComponent, &message);
            }
        }
    }

    /// The range of a line in the code block that the event `index` begins, counted from 1.
    fn line_of(&self, index: usize, line: usize) -> Range<usize> {
        let whole = &self.events()[index].1;
        let start = self.events().get(index + 1).map_or(whole.start, |(_, range)| range.start);
        let text = self.source().get(start..whole.end).unwrap_or("");
        let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let length = text.get(before..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        start + before..start + before + length
    }

    /// Writes the title of a definition in a component, if it is a date, as a date in words of the site's
    /// language.
    pub(super) fn date_title(&mut self, index: usize) -> Option<usize> {
        if !self.components.is_inside() {
            return None;
        }
        let end = end_of(self.events(), index);
        let inside = &self.events()[index + 1..end];
        if !inside.iter().all(|(event, _)| matches!(event, Event::Text(_))) {
            return None;
        }
        let mut text = String::new();
        plain(inside, &mut text, false);
        let date: Date = text.parse().ok()?;
        self.words.add(&text);
        self.out.raw("<dt><time");
        self.out.attribute("datetime", &date.iso(Zone::UTC));
        self.out.raw(">");
        self.out.slot(0, Fill::Date(date));
        self.out.raw("</time></dt>\n");
        self.words.gap();
        Some(end + 1)
    }

    /// The number of pictures in a paragraph of a component that has only pictures on lines of their own;
    /// otherwise 0.
    pub(super) fn pictures_in(&self, start: usize) -> usize {
        if !self.components.is_inside() {
            return 0;
        }
        let (mut next, mut count) = (start + 1, 0);
        loop {
            match self.events().get(next) {
                Some((Event::Start(Tag::Image { .. }), _)) => count += 1,
                _ => return 0,
            }
            next = end_of(self.events(), next) + 1;
            match self.events().get(next) {
                Some((Event::SoftBreak | Event::HardBreak, _)) => next += 1,
                Some((Event::End(TagEnd::Paragraph), _)) => return count,
                _ => return 0,
            }
        }
    }
}

/// Reads CSV. The error is the number of the wrong line, and why.
fn table(text: &str) -> Result<Table, (usize, String)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let fault = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        (line as usize, "the line has more or fewer fields than the first".to_owned())
    };
    let row = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let head: Vec<String> = row(reader.headers().map_err(fault)?);
    if head.is_empty() {
        return Err((1, "the table is empty".to_owned()));
    }
    if let [only] = &head[..]
        && only.contains([';', '\t'])
    {
        return Err((1, "the fields are not separated by commas".to_owned()));
    }
    let rows = reader.records().map(|record| record.map(|record| row(&record)).map_err(fault));
    Ok(Table::new(head, rows.collect::<Result<_, _>>()?))
}
