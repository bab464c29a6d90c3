//! Markdown to a body: HTML with gaps for what only the whole site knows.
//!
//! The parser's events are all collected before they are written, so that the writer can look ahead: a
//! heading needs its text for its id, and a paragraph must know whether it is only a picture. Links into the
//! site are not resolved here; they become [`LinkRef`]s with the exact place of their address.

mod addresses;
mod arguments;
mod autolink;
mod blocks;
mod braces;
mod breaks;
mod code;
mod components;
mod directives;
mod dollars;
mod events;
mod footnotes;
mod foreign;
mod headings;
mod html;
mod links;
mod masks;
mod math;
mod outline;
mod pictures;
mod quotes;
mod raw;
mod sanitize;
mod stars;
mod summary;
mod tables;
mod unclosed;
mod writer;

use std::ops::Range;

use autolink::Signs;
use events::Spanned;
use pulldown_cmark::{Event, Tag, TagEnd};

pub(super) use summary::{Summary, without_links};

use super::quotes::Quotes;
use super::report::Report;
use super::signature::Census;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::labels::Labels;
use crate::base::slug::SlugStyle;
use crate::config::{self, RawHtml};
use crate::model::article::{Body, LinkRef};
use crate::model::component::Usage;

/// How a body is to be read.
#[derive(Clone, Copy)]
pub(super) struct Settings<'s> {
    pub(super) markdown: config::Markdown,
    pub(super) raw_html: RawHtml,
    pub(super) slugs: SlugStyle,
    /// The site's own address.
    pub(super) home: &'s str,
    pub(super) labels: Labels<'s>,
    pub(super) quotes: Quotes,
    /// The title from the front matter; a first heading that only repeats it is left out.
    pub(super) title: Option<&'s str>,
    /// Whether the first heading becomes the title, if there is none.
    pub(super) lends_title: bool,
    /// Whether a summary is wanted.
    pub(super) wants_summary: bool,
    /// Whether the text has a source.
    pub(super) is_sourced: bool,
    /// The address that quotations are from, unless they name one themselves.
    pub(super) quoted: Option<&'s str>,
    /// Whether to count the words for a signature.
    pub(super) wants_census: bool,
}

/// A body, and what was found in it.
pub(super) struct Rendered {
    pub(super) body: Body,
    /// The ids that links can lead to, in ascending order.
    pub(super) anchors: Vec<String>,
    pub(super) words: u32,
    pub(super) signs: u32,
    /// See [`Meta::link_words`](crate::model::article::Meta::link_words).
    pub(super) link_words: Vec<u32>,
    pub(super) has_code: bool,
    /// The components that are used.
    pub(super) components: Vec<Usage>,
    /// The heading that became the title, and its place.
    pub(super) title: Option<(String, Range<usize>)>,
    /// The first words, if a summary is wanted.
    pub(super) summary: Summary,
    /// The counted words, if they are wanted.
    pub(super) census: Option<Census>,
}

/// Reads the bytes `range` of the file. The links into the site are appended to `links`.
pub(super) fn render(
    range: Range<usize>,
    settings: &Settings<'_>,
    report: &mut Report<'_>,
    links: &mut Vec<LinkRef>,
) -> Rendered {
    let source = report.text(range.clone());
    let (directives, starred) = directives::find(source, settings.markdown);
    let signs = Signs::of(source, settings.markdown.autolinks);
    let seen = starred.as_deref().unwrap_or(source);
    let whole = addresses::mask(seen, signs);
    let seen = whole.as_deref().unwrap_or(seen);
    let priced = dollars::mask(seen, settings.markdown);
    let seen = priced.as_deref().unwrap_or(seen);
    let braced = braces::mask(seen);
    let text = braced.as_deref().unwrap_or(seen);
    let is_masked = [&starred, &whole, &priced, &braced].iter().any(|masked| masked.is_some());
    let beside_stars = stars::hide(text);
    let collected = events::collect(text, beside_stars.as_ref(), is_masked, settings);
    let events = collected.events();
    for tag in foreign::find(source, events) {
        report.add(foreign_tag(source, tag, range.start, report));
    }
    let outline = outline::of(events, settings);
    let summary = if settings.wants_summary {
        summary::of(outline.body(events), &directives)
    } else {
        Summary::default()
    };
    let census = settings.wants_census.then(|| census(outline.body(events), source.len()));
    let title =
        outline.title.clone().map(|(title, at)| (title, range.start + at.start..range.start + at.end));
    let document = writer::Document {
        source,
        base: range.start,
        signs,
        events,
        definitions: &collected,
        directives: &directives,
    };
    let known = links.len();
    let mut written = writer::write(document, &outline, settings, report, links);
    if settings.raw_html == RawHtml::Sanitize && written.has_raw_html {
        if sanitize::is_too_deep(&written.html.markup) {
            links.truncate(known);
            let escaping = Settings { raw_html: RawHtml::Escape, ..*settings };
            written = writer::write(document, &outline, &escaping, report, links);
        } else {
            let blocks = written.ends.len();
            written.html = sanitize::clean(&written.html, &mut written.ends);
            if written.ends.len() < blocks {
                // Which of the other ends shows a link is not known.
                written.link_words[known..].fill(u32::MAX);
            }
        }
    }
    written.found.into_iter().for_each(|diagnostic| report.add(diagnostic));
    collected.unclosed.iter().for_each(|tag| report.add(tag.told(range.start, report)));
    let components = std::mem::take(&mut written.components.usages);
    let blocks = written.components.placed(&written.html);
    Rendered {
        body: Body {
            html: written.html.markup,
            slots: written.html.slots,
            toc: written.toc,
            blocks,
            ends: written.ends,
        },
        components,
        anchors: written.anchors,
        words: written.words,
        signs: written.signs,
        link_words: written.link_words,
        has_code: written.has_code,
        title,
        summary,
        census,
    }
}

/// That a tag at a place of the body is of another generator.
fn foreign_tag(source: &str, tag: Range<usize>, base: usize, report: &Report<'_>) -> Diagnostic {
    let shown = foreign::shown(&source[tag.clone()]);
    let message = format!("`{shown}` is a tag of another generator, and stays in the text as it is");
    let diagnostic = report.at(&(base + tag.start..base + tag.end), Rule::ForeignTag, message);
    let hint = "write in Markdown what it stood for, or put it between backticks if readers are to see it";
    diagnostic.grouped(shown).hint(hint)
}

/// Counts the words of the text without blocks of code.
fn census(events: &[Spanned<'_>], bytes: usize) -> Census {
    let mut census = Census::new(bytes);
    let mut is_code = false;
    for (event, _) in events {
        if census.is_full() {
            break;
        }
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) | Event::Code(text) if !is_code => census.add(text),
            _ => {}
        }
    }
    census
}
