//! The addresses of articles, standing pages and the files beside them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Place, Rule, Warned};
use crate::base::slug::{SlugStyle, composed, is_segment, slugify};
use crate::config::{SiteConfig, UrlPart};
use crate::model::article::Meta;
use crate::model::input::Inputs;
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::TermKind;

use super::about;
use super::bundles::Bundles;
use super::excerpt::Excerpt;
use super::hidden::Hidden;
use super::links::Targets;
use super::terms::Named;

/// The address of each article.
pub(super) fn of_articles(articles: &[Arc<Meta>], named: &Named, config: &SiteConfig) -> Vec<UrlPath> {
    let outlet = |place: usize| {
        let first = named.of_article[place][TermKind::Source].first();
        first.map(|id| named.terms[TermKind::Source][id.index()].slug.as_str())
    };
    articles.par_iter().enumerate().map(|(place, meta)| of_article(meta, outlet(place), config)).collect()
}

/// The address of an article, whose main outlet has this slug.
pub(super) fn of_article(meta: &Meta, outlet: Option<&str>, config: &SiteConfig) -> UrlPath {
    let mut url = String::new();
    for part in &config.urls.article {
        match part {
            UrlPart::Text(text) => url.push_str(text),
            UrlPart::Year => push(&mut url, meta.date.map(|date| format!("{:04}", date.year))),
            UrlPart::Month => push(
                &mut url,
                meta.date.filter(|date| date.month > 0).map(|date| format!("{:02}", date.month)),
            ),
            UrlPart::Day => {
                push(&mut url, meta.date.filter(|date| date.day > 0).map(|date| format!("{:02}", date.day)));
            }
            UrlPart::Slug => url.push_str(&meta.slug),
            UrlPart::Source => push(&mut url, outlet.map(str::to_owned)),
            UrlPart::Section => {
                push(&mut url, Some(section(&meta.path, &config.folders.articles, config.urls.slugs)));
            }
        }
    }
    address(&url)
}

fn push(url: &mut String, part: Option<String>) {
    url.push_str(&part.unwrap_or_default());
}

/// Makes an address from a filled-in pattern. A part that the article lacks leaves two slashes behind, which
/// become one.
fn address(url: &str) -> UrlPath {
    let mut joined = String::with_capacity(url.len());
    for part in url.split('/').filter(|part| !part.is_empty()) {
        joined.push('/');
        joined.push_str(part);
    }
    if url.ends_with('/') || joined.is_empty() {
        joined.push('/');
    }
    // All parts were checked where they came from. If one still led outside, the front page would be a
    // harmless address.
    UrlPath::parse(&joined).unwrap_or_else(UrlPath::root)
}

/// The folders between `top` and the document, without a bundle's own.
fn section(path: &ContentPath, top: &str, style: SlugStyle) -> String {
    let below = path.folder().strip_prefix(top).unwrap_or_default().trim_matches('/');
    let folders =
        if path.is_bundle() { below.rsplit_once('/').map_or("", |(above, _)| above) } else { below };
    folders.split('/').map(|name| segment(name, style)).collect::<Vec<_>>().join("/")
}

fn segment(name: &str, style: SlugStyle) -> String {
    let is_fit = style == SlugStyle::Unicode || name.is_ascii();
    if name.is_empty() || is_fit && is_segment(name) {
        composed(name).into_owned()
    } else {
        slugify(name, style)
    }
}

/// The address of each standing page: its folders and its slug.
pub(super) fn of_pages(pages: &[Arc<Meta>], config: &SiteConfig) -> Vec<UrlPath> {
    let of = |meta: &Arc<Meta>| {
        address(&format!("/{}/{}/", section(&meta.path, &config.folders.pages, config.urls.slugs), meta.slug))
    };
    pages.iter().map(of).collect()
}

/// Reports an `index.md` right in the folder of all articles or all pages. It is a bundle whose name is that
/// of the folder, and nobody means that.
pub(super) fn top_bundle<'a>(
    documents: impl IntoIterator<Item = (&'a Arc<Meta>, &'a UrlPath)>,
    config: &SiteConfig,
) -> Option<Diagnostic> {
    let (meta, url) = documents.into_iter().find(|(meta, _)| is_top_bundle(meta, config))?;
    let message = format!("`index.md` in the folder of all others is published as `{url}`");
    let hint = "give the file another name, or a `slug`; the front page is made of articles";
    Some(about(&meta.path, Diagnostic::new(Rule::FileName, message).at(Place::line(1)).hint(hint)))
}

/// Whether a document has the name of the folder of all articles or all pages.
pub(super) fn is_top_bundle(meta: &Meta, config: &SiteConfig) -> bool {
    let folder = meta.path.folder();
    let is_top = folder == config.folders.articles || folder == config.folders.pages;
    is_top && meta.path.is_bundle() && folder.rsplit('/').next() == Some(&*meta.slug)
}

/// The files of bundles, which are published beside their article whether it refers to them or not. Those of
/// an article that is not `shown` as a whole are not.
pub(super) fn of_bundle_files(
    Targets { articles, article_urls, pages, page_urls, .. }: Targets<'_>,
    shown: &[Excerpt],
    inputs: &Inputs,
    hidden: &Hidden,
) -> Warned<Vec<(UrlPath, ContentPath)>> {
    let at = article_urls.iter().zip(shown).map(|(url, shown)| (*shown == Excerpt::Whole).then_some(url));
    let documents = articles.iter().zip(at).chain(pages.iter().zip(page_urls.iter().map(Some)));
    let published = documents.map(|(meta, url)| (&meta.path, url));
    // The files of an unpublished bundle are not published, even if it lies in another bundle.
    let unseen = hidden.paths().map(|path| (path, None));
    let bundles: Bundles<'_, Option<&UrlPath>> = Bundles::of(unseen.chain(published));
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for file in inputs.beside.iter().map(|file| &file.path) {
        let Some((Some(document), below)) = bundles.around(file) else { continue };
        match file_url(document, below) {
            Some(url) => files.push((url, file.clone())),
            None => diagnostics.push(file.left_out()),
        }
    }
    Warned { value: files, diagnostics }
}

/// The address of a file beside a document.
pub(super) fn file_url(document: &UrlPath, below: &str) -> Option<UrlPath> {
    let folder = document.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    UrlPath::parse(&format!("{folder}/{below}"))
}

/// Resolves a relative address against the address of a page, keeping query and fragment.
pub(super) fn relative_to(page: &UrlPath, target: &str) -> String {
    let mut parts: Vec<&str> = page.as_str().split('/').collect();
    parts.pop();
    let mut segments = target.split('/').peekable();
    let mut ends_open = false;
    while let Some(segment) = segments.next() {
        ends_open = segments.peek().is_none() && matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => {}
            segment => parts.push(segment),
        }
    }
    let joined = parts.join("/");
    if ends_open { format!("{joined}/") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_resolved_against_the_page() {
        let page = UrlPath::parse("/2022/01/slug/").unwrap();
        let check =
            |target: &str, expected: &str| assert_eq!(relative_to(&page, target), expected, "{target}");
        check("x/", "/2022/01/slug/x/");
        check("../other/#a", "/2022/01/other/#a");
        check("../../../../..", "/");
        check("a.pdf?x=1", "/2022/01/slug/a.pdf?x=1");
    }
}
