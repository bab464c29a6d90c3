//! VERB 2: one file → a document, with everything that is wrong with it.
//!
//! Pure: bytes in, [`Parsed`] out. It never looks at another file, so links into the site stay references. It
//! never fails, whatever the bytes are. Its own steps: bytes to text (`text`), front matter to typed values
//! (`matter`), values to checked values (`article`, `profile`, `checks`), Markdown to HTML with gaps
//! (`markdown`).

mod address;
mod article;
mod checks;
mod data;
mod dates;
mod entities;
mod file_name;
mod home;
mod markdown;
mod matter;
mod names;
mod place;
mod plain;
mod profile;
mod quotes;
mod report;
mod signature;
mod text;

#[cfg(test)]
mod tests;

pub use data::data;
pub use place::places;

use serde::Serialize;

use crate::base::date::Zone;
use crate::base::diag::Diagnostic;
use crate::base::labels::OwnLabels;
use crate::base::language::Language;
use crate::base::slug::SlugStyle;
use crate::config::{Markdown, SiteConfig};
use crate::model::article::{Document, Parsed};
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;
use file_name::FileName;
use report::Report;

/// Everything besides the file itself that parsing depends on; its fingerprint is part of the cache key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Options {
    /// How Markdown is read.
    pub markdown: Markdown,
    /// The time zone of `publish` and `expires` if they name none, by its name in the IANA database.
    pub zone_name: &'static str,
    /// The site's language, which decides the quotation marks and words of a text that names no language.
    pub language: Language,
    /// How slugs and the ids of headings are made.
    pub slugs: SlugStyle,
    /// The site's own address, without a slash at the end: whole addresses below it are links into the site.
    pub home: String,
    /// Words of the site and its theme for what is added to a text.
    pub labels: OwnLabels,
}

impl Options {
    /// The options of a site. `labels` are the words of the site and its theme for what is added to a text.
    pub fn of(config: &SiteConfig, labels: &OwnLabels) -> Self {
        Self {
            markdown: config.markdown,
            zone_name: config.zone.name(),
            language: config.language.clone(),
            slugs: config.urls.slugs,
            home: config.home.clone(),
            labels: labels.clone(),
        }
    }

    fn zone(&self) -> Zone {
        self.zone_name.parse().unwrap_or(Zone::UTC)
    }
}

/// The slug that the name of a file gives.
pub fn slug(path: &ContentPath, style: SlugStyle) -> String {
    FileName::of(path).slug(style)
}

/// Parses one file. If it is not UTF-8 or its front matter has no end, there is no document.
pub fn parse(kind: DocumentKind, path: &ContentPath, bytes: &[u8], options: &Options) -> Parsed {
    let broken = |diagnostic: Diagnostic| Parsed {
        document: None,
        diagnostics: vec![diagnostic.in_file(path.as_str())],
    };
    let lines = match text::decode(bytes) {
        Ok(text) => text::with_lines(text),
        Err(diagnostic) => return broken(diagnostic),
    };
    let (text, controls) = text::without_controls(&lines);
    let parts = match text::split(&text) {
        Ok(parts) => parts,
        Err(diagnostic) => return broken(diagnostic),
    };
    let mut report = Report::new(path, &text);
    controls.into_iter().for_each(|diagnostic| report.add(diagnostic));
    let file = File { path, options, front: parts.front, body: parts.body..text.len() };
    let document = match kind {
        DocumentKind::Article | DocumentKind::Page => {
            let (meta, body) = article::read(&file, kind, &mut report);
            Document::Article(Box::new(meta), body)
        }
        DocumentKind::Profile(kind) => Document::Profile(Box::new(profile::read(&file, kind, &mut report))),
    };
    Parsed { document: Some(document), diagnostics: report.finish() }
}

/// A file, split into front matter and body.
struct File<'f> {
    path: &'f ContentPath,
    options: &'f Options,
    front: Option<(text::Format, std::ops::Range<usize>)>,
    body: std::ops::Range<usize>,
}
