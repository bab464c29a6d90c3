//! VERB 3: articles → [`Collection`]. Pure, and redone in every build: it is cheap, because it never sees a text.
//!
//! Articles that are not to be seen are left out here, before anything is counted or linked, so that no later stage can
//! show a trace of them. What refers to them is a dead link like any other. It reads no file and knows no page: which lists
//! become pages is the business of `plan`.

mod addresses;
mod arrivals;
mod catch_up;
mod files;
mod hidden;
mod hints;
mod links;
mod periods;
mod pins;
mod policy;
mod related;
mod terms;
mod tombstones;

pub use arrivals::arrivals;
pub use catch_up::{
    Before, Circumstances, Earlier, News, Renewed, amended, are_settled, asked, is_renamed, renewed,
};
pub use periods::periods;

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::{Date, Moment};
use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::fingerprint::Fingerprint;
use crate::config::{IndexPolicy, SiteConfig};
use crate::model::article::{Meta, Provenance};
use crate::model::collection::{ArticleId, Collection, Entry, Href, PageEntry, Term, TermId, outside};
use crate::model::input::Inputs;
use crate::model::path::ContentPath;
use crate::model::profile::{ByKind, Profile, TermKind};
use crate::model::signature::Occurrence;
use files::Published;
use hidden::Hidden;

/// What `parse` made of the files, bodies left out.
#[derive(Debug, Default)]
pub struct Documents {
    /// Articles, in any order.
    pub articles: Vec<Arc<Meta>>,
    /// Standing pages.
    pub pages: Vec<Arc<Meta>>,
    /// Profiles of terms.
    pub profiles: Vec<Profile>,
}

/// Which articles are to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visibility {
    /// The time of the build.
    pub at: Moment,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether articles are built whose time has not come.
    pub future: bool,
    /// The most articles that are built, the newest.
    pub limit: Option<u32>,
}

/// Orders the articles, gathers them under their terms and dates, and resolves what they say of each other.
pub fn index(
    documents: Documents,
    inputs: &Inputs,
    config: &SiteConfig,
    visibility: Visibility,
) -> Warned<Collection> {
    let Documents { articles, pages, profiles } = documents;
    let (articles, hidden_articles) = visibility.split(articles, config);
    let (pages, hidden_pages) = visibility.split(pages, config);
    let withdrawn = [&hidden_articles, &hidden_pages].map(|hidden| visibility.withdrawn(hidden, config));
    let tombstones = tombstones::of(withdrawn, &profiles, config);
    let mut hidden = Hidden::new(hidden_articles.iter().chain(&hidden_pages), visibility, config);
    let mut articles = in_order(articles, config);
    if let Some(limit) = visibility.limit {
        let older = articles.len().saturating_sub(limit as usize);
        hidden.push_out(articles.drain(..older));
    }

    let mut diagnostics = Vec::new();
    let pins = pins::of(&articles, &hidden_articles, config).take(&mut diagnostics);
    let mut named = terms::gather(&articles, profiles, config).take(&mut diagnostics);
    let article_urls = addresses::of_articles(&articles, &named, config);
    let page_urls = addresses::of_pages(&pages, config);
    let policies: Vec<IndexPolicy> = (articles.iter().zip(&named.of_article))
        .map(|(meta, terms)| policy(meta, terms, &named.terms, config, &mut diagnostics))
        .collect();
    let outsides: Vec<Option<&Provenance>> =
        articles.iter().zip(&policies).map(|(meta, policy)| outside(meta, *policy)).collect();
    let targets = links::Targets {
        articles: &articles,
        article_urls: &article_urls,
        outsides: &outsides,
        pages: &pages,
        page_urls: &page_urls,
        terms: &named.terms,
    };
    let resolver = links::Resolver::new(targets, inputs, &hidden);

    let mut resolved: Vec<links::Resolved> = (articles.par_iter().zip(&article_urls))
        .map(|(meta, url)| resolver.resolve(&meta.path, url, &meta.anchors, &meta.links))
        .collect();
    let mut resolved_pages: Vec<links::Resolved> = (pages.iter().zip(&page_urls))
        .map(|(meta, url)| resolver.resolve(&meta.path, url, &meta.anchors, &meta.links))
        .collect();
    let wishes = resolver.wishes(&articles).take(&mut diagnostics);
    let mut term_links: Vec<Vec<links::Resolved>> =
        named.terms.iter().map(|terms| resolver.resolve_profiles(terms)).collect();
    let of_terms = term_links.iter_mut().flatten();
    resolver.hint(resolved.iter_mut().chain(&mut resolved_pages).chain(of_terms));
    drop(resolver);

    let related = related::related(&articles, &named, &wishes, config.related as usize, config.likeness);
    let mut published = Published::default();
    let mut keep =
        |path: &ContentPath, resolved: links::Resolved| published.keep(path, resolved, &mut diagnostics);
    for (terms, links) in named.terms.iter_mut().zip(term_links) {
        for (term, links) in terms.iter_mut().zip(links) {
            let Some(profile) = &term.profile else { continue };
            term.links = keep(&profile.path, links);
        }
    }
    let mut keep_all = |documents: &[Arc<Meta>], resolved: Vec<links::Resolved>| -> Vec<Vec<Href>> {
        documents.iter().zip(resolved).map(|(meta, resolved)| keep(&meta.path, resolved)).collect()
    };
    let (links, page_links) = (keep_all(&articles, resolved), keep_all(&pages, resolved_pages));
    let bundled = addresses::of_bundle_files(&articles, &article_urls, &pages, &page_urls, inputs, &hidden);
    let bundled = bundled.take(&mut diagnostics).into_iter();
    diagnostics.extend(bundled.filter_map(|file| published.claim(file)));

    let periods = periods::periods(articles.iter().map(|meta| meta.date));
    let terms::Named { terms, of_article } = named;
    let mut entries: Vec<Entry> = articles
        .into_iter()
        .zip(article_urls)
        .zip(of_article)
        .zip(links)
        .zip(related)
        .zip(policies)
        .map(|(((((meta, url), terms), links), kin), policy)| Entry {
            meta,
            url,
            terms,
            links,
            related: kin.related,
            elsewhere: kin.elsewhere,
            policy,
            card_print: Fingerprint::default(),
        })
        .collect();
    entries.par_iter_mut().for_each(|entry| entry.card_print = card_print(entry, &terms));
    let articles: Vec<Arc<Entry>> = entries.into_iter().map(Arc::new).collect();

    let pages = pages
        .into_iter()
        .zip(page_urls)
        .zip(page_links)
        .map(|((meta, url), links)| Arc::new(PageEntry { meta, url, links }))
        .collect();
    let timeline = (0..articles.len() as u32).map(ArticleId).collect::<Vec<_>>();
    let (timeline, terms) = (Arc::new(timeline), Arc::new(terms));
    let added = articles.iter().map(|entry| entry.meta.added());
    let arrivals = arrivals::arrivals(added, &terms, config).map(Arc::new);
    let (periods, files) = (Arc::new(periods), Arc::new(published.by_address));
    let (pins, tombstones) = (Arc::new(pins), Arc::new(tombstones));
    let collection =
        Collection { articles, timeline, pages, terms, periods, files, arrivals, pins, tombstones };
    Warned { value: collection, diagnostics }
}

/// The terms of the texts of all articles, in order.
pub fn occurrences(collection: &Collection) -> Vec<Occurrence> {
    let metas: Vec<_> = collection.articles.iter().map(|entry| Arc::clone(&entry.meta)).collect();
    related::occurrences(&metas)
}

/// The policy of an article, which has some terms of each kind.
fn policy(
    meta: &Meta,
    own: &ByKind<Vec<TermId>>,
    terms: &ByKind<Vec<Term>>,
    config: &SiteConfig,
    diagnostics: &mut Vec<Diagnostic>,
) -> IndexPolicy {
    let outlet = own[TermKind::Source].first().map(|id| &terms[TermKind::Source][id.index()]);
    let wish = policy::Wish {
        own: meta.index,
        outlet: outlet.and_then(|outlet| outlet.profile.as_ref()?.index),
        role: meta.sources.first().map(|source| source.role),
        has_original: meta.original().is_some(),
    };
    policy::settle(wish, config.index).unwrap_or_else(|| {
        diagnostics.push(without_original(meta));
        IndexPolicy::Own
    })
}

fn without_original(meta: &Meta) -> Diagnostic {
    let message = "`index` sends readers to the original, but its address is not known";
    let diagnostic = Diagnostic::new(Rule::BadValue, message).about(&["index"], "");
    about(&meta.path, diagnostic.hint("give the source a `url`"))
}

/// The first moment after `visibility.at` at which something appears or goes, if nothing else changes.
pub fn next_change(documents: &Documents, config: &SiteConfig, visibility: Visibility) -> Option<Moment> {
    let appears = |meta: &Arc<Meta>| appears(meta, config).filter(|_| !visibility.future);
    let moments = |meta: &Arc<Meta>| [appears(meta), meta.expires, withdrawn(meta, config)];
    let all = documents.articles.iter().chain(&documents.pages);
    let all = all.filter(|meta| visibility.drafts || !meta.draft);
    all.flat_map(moments).flatten().filter(|&moment| moment > visibility.at).min()
}

/// Since when a document is withdrawn.
fn withdrawn(meta: &Meta, config: &SiteConfig) -> Option<Moment> {
    let withdrawal = meta.withdrawn.as_ref()?;
    Some(withdrawal.date.map_or(Moment(i64::MIN), |date| date.moment(config.zone)))
}

fn appears(meta: &Meta, config: &SiteConfig) -> Option<Moment> {
    meta.publish.or_else(|| meta.date.map(|date| date.moment(config.zone)))
}

impl Visibility {
    fn split(self, metas: Vec<Arc<Meta>>, config: &SiteConfig) -> (Vec<Arc<Meta>>, Vec<Arc<Meta>>) {
        let mut hidden = Vec::new();
        let mut seen = metas;
        seen.retain(|meta| {
            let is_seen = self.shows(meta, config);
            if !is_seen {
                hidden.push(Arc::clone(meta));
            }
            is_seen
        });
        (seen, hidden)
    }

    /// Those of the hidden documents of which a page tells that they were withdrawn: they would be seen otherwise.
    fn withdrawn(self, hidden: &[Arc<Meta>], config: &SiteConfig) -> Vec<Arc<Meta>> {
        hidden.iter().filter(|meta| self.publishes(meta, config)).cloned().collect()
    }

    /// Whether a document is to be seen, if no others push it out.
    pub fn shows(self, meta: &Meta, config: &SiteConfig) -> bool {
        self.publishes(meta, config) && !self.has_withdrawn(meta, config)
    }

    fn publishes(self, meta: &Meta, config: &SiteConfig) -> bool {
        let early = appears(meta, config).is_some_and(|moment| moment > self.at);
        (self.drafts || !meta.draft) && (self.future || !early) && !self.is_late_for(meta)
    }

    fn is_late_for(self, meta: &Meta) -> bool {
        meta.expires.is_some_and(|moment| moment <= self.at)
    }

    fn has_withdrawn(self, meta: &Meta, config: &SiteConfig) -> bool {
        withdrawn(meta, config).is_some_and(|moment| moment <= self.at)
    }
}

/// The timeline: by calendar date, so that the articles of a month stand together whatever their zones are; within a day
/// by the moment; then by path, so that it never depends on the order in which files were found.
fn in_order(articles: Vec<Arc<Meta>>, config: &SiteConfig) -> Vec<Arc<Meta>> {
    // A key is longer to make than to compare, so each is made once.
    let key = |(place, meta): (usize, &Arc<Meta>)| (Date::place(meta.date, config.zone), place);
    let mut order: Vec<_> = articles.par_iter().enumerate().map(key).collect();
    order.par_sort_unstable_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| articles[*one].path.cmp(&articles[*other].path))
    });
    let mut articles: Vec<Option<Arc<Meta>>> = articles.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, place)| articles[place].take()).collect()
}

/// The fingerprint of everything that a card can show; see `CardRef`.
fn card_print(entry: &Entry, terms: &ByKind<Vec<Term>>) -> Fingerprint {
    let meta = &entry.meta;
    let source = entry.terms[TermKind::Source].first().map(|id| &terms[TermKind::Source][id.index()]);
    let summary = meta.summary_within(source.and_then(Term::max_words));
    let of_kind = |kind: TermKind| {
        let all = &terms[kind];
        entry.terms[kind].iter().map(move |id| &all[id.index()])
    };
    let tags: Vec<_> = of_kind(TermKind::Tag).map(|tag| (&tag.name, &tag.url)).collect();
    let authors: Vec<_> = of_kind(TermKind::Author).map(|author| &author.name).collect();
    let outside = entry.outside().map(|source| (&source.url, &source.archive, source.retrieved));
    let image = meta.image.as_ref().map(|image| (image, entry.links.get(image.link as usize)));
    Fingerprint::of(&(
        (&meta.title, &entry.url, meta.date, meta.added, meta.updated, summary, &meta.lang),
        source.map(|term| (&term.name, &term.url)),
        (authors, meta.original_author(), tags, image, meta.minutes(), outside),
    ))
}

/// A diagnostic about a document that several stages of the index make.
fn about(path: &ContentPath, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.in_file(path.as_str())
}
