//! Resolves the links of a single document, when all others are known only in outline.
//!
//! It finds the few documents that the links may mean, and then resolves the links among these as in any
//! build. It finds nothing by title or slug, which outlines do not have, and does not know documents that are
//! new in the same build.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asked::{Name, each_name};
use super::renew::{Circumstances, Earlier};
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::slug::composed;
use crate::index::hidden::Hidden;
use crate::index::links::{Resolved, Resolver, Targets};
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::collection::{ArticleId, Entry, Href, Term};
use crate::model::declined::{Declined, require};
use crate::model::input::Inputs;
use crate::model::outline::Line;
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::ByKind;

/// What links can lead to.
pub(super) struct Others<'a, E> {
    /// The outlines of the articles that existed before.
    pub(super) lines: &'a [Line],
    pub(super) terms: &'a ByKind<Vec<Term>>,
    /// The revised articles, as they are now.
    pub(super) revised: &'a BTreeMap<ArticleId, Arc<Meta>>,
    pub(super) circumstances: Circumstances<'a>,
    pub(super) earlier: &'a mut E,
    /// The newly published files beside articles, by their addresses.
    pub(super) files: BTreeMap<UrlPath, ContentPath>,
}

/// Whether a link cannot lead to another document.
pub(super) fn is_alone(link: &LinkRef) -> bool {
    link.kind == LinkKind::Picture || link.kind == LinkKind::Link && link.target.starts_with('#')
}

/// The files beside a document to which its links lead, for each of several sets of links.
pub(super) fn files_beside<const N: usize>(
    (path, url): (&ContentPath, &UrlPath),
    links: [&[LinkRef]; N],
    inputs: &Inputs,
) -> [Vec<(UrlPath, ContentPath)>; N] {
    let hidden = Hidden::default();
    let resolver = Resolver::new(Targets::default(), inputs, &hidden);
    links.map(|links| resolver.resolve(path, url, &[], links).files)
}

fn resolved(
    meta: &Meta,
    url: &UrlPath,
    links: &[LinkRef],
    targets: Targets<'_>,
    inputs: &Inputs,
) -> Resolved {
    if links.is_empty() {
        return Resolved::default();
    }
    let hidden = Hidden::default();
    Resolver::new(targets, inputs, &hidden).resolve(&meta.path, url, &meta.anchors, links)
}

impl<E: Earlier> Others<'_, E> {
    /// Resolves some links of an article. Declines if one of them would have to be reported.
    pub(super) fn resolve(
        &mut self,
        meta: &Meta,
        url: &UrlPath,
        links: &[LinkRef],
    ) -> Result<Resolved, Declined> {
        let inputs = self.circumstances.inputs;
        let resolved = if links.iter().all(is_alone) {
            resolved(meta, url, links, Targets::default(), inputs)
        } else {
            self.resolve_among(meta, url, links)?
        };
        require(
            resolved.diagnostics.iter().all(|one| self.is_off(one)),
            "a link or picture that leads nowhere",
        )?;
        for (_, file) in &resolved.files {
            require(self.belongs_to_published(file, meta)?, "a file of an article that is not published")?;
        }
        let is_unknown = |(link, href): (&LinkRef, &Href)| !is_alone(link) && matches!(href, Href::Path(_));
        let leads_elsewhere = links.iter().zip(&resolved.links).any(is_unknown);
        require(!leads_elsewhere, "a new link to an address that is no document's")?;
        Ok(resolved)
    }

    fn resolve_among(&mut self, meta: &Meta, url: &UrlPath, links: &[LinkRef]) -> Result<Resolved, Declined> {
        let meant = self.meant(&meta.path, links)?;
        let entry = |id: &ArticleId| self.earlier.entry(*id).ok_or(Declined::LOST);
        let entries: Vec<Arc<Entry>> = meant.iter().map(entry).collect::<Result<_, _>>()?;
        let now =
            |(id, entry): (&ArticleId, &Arc<Entry>)| Arc::clone(self.revised.get(id).unwrap_or(&entry.meta));
        let articles: Vec<Arc<Meta>> = meant.iter().zip(&entries).map(now).collect();
        let article_urls: Vec<UrlPath> = entries.iter().map(|entry| entry.line.url.clone()).collect();
        let outsides: Vec<_> = entries.iter().map(|entry| entry.outside()).collect();
        let pages = self.earlier.pages();
        let page_urls: Vec<UrlPath> = pages.iter().map(|page| page.url.clone()).collect();
        let pages: Vec<Arc<Meta>> = pages.iter().map(|page| Arc::clone(&page.meta)).collect();
        let targets = Targets {
            articles: &articles,
            article_urls: &article_urls,
            outsides: &outsides,
            pages: &pages,
            page_urls: &page_urls,
            terms: self.terms,
        };
        Ok(resolved(meta, url, links, targets, self.circumstances.inputs))
    }

    /// The articles that the links of a document may mean.
    fn meant(&mut self, path: &ContentPath, links: &[LinkRef]) -> Result<BTreeSet<ArticleId>, Declined> {
        let inputs = self.circumstances.inputs;
        let (mut urls, mut files, mut is_called) = (BTreeSet::new(), BTreeSet::new(), false);
        for link in links {
            each_name(path, link, |name| match *name {
                Name::Called(_) => is_called = true,
                Name::Url(url) => _ = urls.insert(composed(url).into_owned()),
                Name::File(file) => _ = files.insert(inputs.meant(ContentPath::new(file))),
                Name::Below(_) | Name::Bundle(_) => {}
            });
        }
        require(!is_called, "a new link by title or slug")?;
        let places = self.lines.iter().zip(0..).filter(|(line, _)| urls.contains(line.url.as_str()));
        let mut meant: BTreeSet<ArticleId> = places.map(|(_, place)| ArticleId(place)).collect();
        meant.extend(files.iter().filter_map(|file| self.earlier.of_file(file)));
        Ok(meant)
    }

    /// Whether a diagnostic is switched off. Dead links never count as such: they may lead to another new
    /// document.
    fn is_off(&self, one: &Diagnostic) -> bool {
        one.rule != Rule::DeadLink && self.circumstances.config.lint.get(&one.rule) == Some(&Level::Off)
    }
}
