//! VERB 3: articles → [`Collection`]. Pure, and redone in every build: it is cheap, because it never sees a
//! text.
//!
//! Articles that are not published (yet, or any more) are left out here, before anything is counted or
//! linked, so that no later stage can show a trace of them. A link to one of them is written as plain text.
//! It reads no file and knows no page: which lists become pages is decided by `plan`.

mod absent;
mod addresses;
mod ahead;
mod all_links;
mod arrivals;
mod bundles;
mod catch_up;
mod clipping;
mod excerpt;
mod files;
mod headings;
mod hidden;
mod hints;
mod homeless;
mod languages;
mod left_out;
mod links;
mod nested;
mod originals;
mod outlets;
mod parents;
mod periods;
mod pins;
mod policy;
mod related;
mod slugs;
mod terms;
mod tombstones;
mod unread;

pub use ahead::is_ahead;
pub use arrivals::arrivals;
pub use catch_up::{
    Before, Circumstances, CollectionChange, Earlier, News, amended, are_settled, asked, is_renamed, renewed,
};
pub use clipping::{Clipping, clipping};
pub use left_out::left_out;
pub use periods::periods;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::date::{Date, Moment};
use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::fingerprint::Fingerprint;
use crate::config::{IndexPolicy, SiteConfig};
use crate::model::article::{Meta, Provenance};
use crate::model::collection::{ArticleId, Collection, Entry, Href, PageEntry, Term, TermId, outside};
use crate::model::input::Inputs;
use crate::model::outline::Line;
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::{ByKind, Profile, TermKind};
use crate::model::signature::Occurrence;
use absent::{Absent, Present};
use all_links::AllLinks;
use excerpt::Excerpt;
use files::Published;
use hidden::Hidden;
use related::Kin;
use terms::Named;

/// The parsed documents, without their bodies.
#[derive(Debug, Default)]
pub struct Documents {
    /// Articles, in any order.
    pub articles: Vec<Arc<Meta>>,
    /// Standing pages.
    pub pages: Vec<Arc<Meta>>,
    /// Profiles of terms.
    pub profiles: Vec<Profile>,
}

impl Documents {
    /// The templates that articles and pages ask for, drafts too.
    pub fn templates(&self) -> BTreeSet<&str> {
        self.articles.iter().chain(&self.pages).filter_map(|meta| meta.template.as_deref()).collect()
    }
}

/// Which documents are published.
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

/// Orders the articles, gathers them under their terms and dates, resolves their links and finds related
/// ones.
pub fn index(
    documents: Documents,
    inputs: &Inputs,
    config: &SiteConfig,
    visibility: Visibility,
) -> Warned<Collection> {
    let mut diagnostics = unread::told(&documents, inputs, config);
    diagnostics.extend(nested::told(inputs, config));
    let Documents { articles, pages, mut profiles } = documents;
    diagnostics.extend(homeless::take_out(&mut profiles, config));
    let (articles, hidden_articles) = visibility.split(articles, config);
    let (pages, hidden_pages) = visibility.split(pages, config);
    let withdrawn = [&hidden_articles, &hidden_pages].map(|hidden| visibility.withdrawn(hidden, config));
    let tombstones = tombstones::of(withdrawn, &profiles, config);
    let mut hidden = Hidden::new(hidden_articles.iter().chain(&hidden_pages), visibility, config);
    let mut articles = in_order(articles, config);
    let most = visibility.limit.map_or(articles.len(), |limit| limit as usize);
    let older: Vec<_> = articles.drain(..articles.len().saturating_sub(most)).collect();
    hidden.push_out(&older);
    let absent = [hidden_articles.iter().cloned().chain(older).collect(), hidden_pages];
    let of_absent = if absent.iter().all(Vec::is_empty) { Vec::new() } else { profiles.clone() };

    let pins = pins::of(&articles, &hidden_articles, config).take(&mut diagnostics);
    let mut named = terms::gather(&articles, &absent[0], profiles, config).take(&mut diagnostics);
    let all = articles.iter().chain(&pages);
    diagnostics.extend(all.flat_map(|meta| ahead::told(meta, config, visibility)));
    let outlets = &named.terms[TermKind::Source];
    diagnostics.extend(outlets::told(&articles, &named.of_article, outlets));
    diagnostics.extend(languages::told(&articles, &named.of_article, outlets, &config.language));
    diagnostics.extend(originals::told(&articles));
    let article_urls = addresses::of_articles(&articles, &named, config);
    let page_urls = addresses::of_pages(&pages, config);
    diagnostics.extend(addresses::top_bundle(articles.iter().zip(&article_urls), config));
    diagnostics.extend(addresses::top_bundle(pages.iter().zip(&page_urls), config));
    let policies: Vec<IndexPolicy> = (articles.iter().zip(&named.of_article))
        .map(|(meta, terms)| policy(meta, terms, &named.terms, config, &mut diagnostics))
        .collect();
    let outsides: Vec<Option<&Provenance>> =
        articles.iter().zip(&policies).map(|(meta, policy)| outside(meta, *policy)).collect();
    let urls = [&article_urls[..], &page_urls];
    let present = Present { articles: &articles, urls, terms: &named.terms };
    let cause = |meta: &Meta| hidden.cause(&meta.path);
    hidden.absent = Absent::of(absent, cause, (&of_absent, &tombstones), &present, config);
    let targets = links::Targets {
        articles: &articles,
        article_urls: &article_urls,
        outsides: &outsides,
        pages: &pages,
        page_urls: &page_urls,
        terms: &named.terms,
    };
    let have_pages = outsides.iter().map(Option::is_none);
    let shown = Excerpt::of_all(&articles, have_pages, &named.of_article, &named.terms);
    let (mut all_links, wishes) = AllLinks::resolve(targets, &shown, inputs, &hidden, config);
    let wishes = wishes.take(&mut diagnostics);
    let related = related::related(&articles, &named, &wishes, config.related as usize, config.likeness);

    let mut published = Published::default();
    let bundled =
        addresses::of_bundle_files(targets, &shown, inputs, &hidden).take(&mut diagnostics).into_iter();
    let unlisted = std::mem::take(&mut all_links.unlisted);
    let [links, page_links] =
        all_links.publish([&articles, &pages], &mut named.terms, &mut published, &mut diagnostics);
    diagnostics.extend(bundled.filter_map(|file| published.claim(file)));

    let periods = periods::periods(articles.iter().map(|meta| meta.date));
    let Named { terms, of_article } = named;
    let articles = entries(articles, article_urls, of_article, links, related, policies, &terms);
    let pages = pages
        .into_iter()
        .zip(page_urls)
        .zip(page_links)
        .map(|((meta, url), links)| Arc::new(PageEntry { meta, url, links }))
        .collect();
    let timeline = (0..articles.len() as u32).map(ArticleId).collect::<Vec<_>>();
    let (timeline, terms) = (Arc::new(timeline), Arc::new(terms));
    let added = articles.iter().map(|entry| entry.line.added());
    let arrivals = arrivals::arrivals(added, &terms, config).map(Arc::new);
    let (periods, files) = (Arc::new(periods), Arc::new(published.by_address));
    let (pins, tombstones) = (Arc::new(pins), Arc::new(tombstones));
    let unlisted = Arc::new(unlisted);
    let collection =
        Collection { articles, timeline, pages, terms, periods, files, arrivals, pins, tombstones, unlisted };
    Warned { value: collection, diagnostics }
}

/// Joins the parts of all articles. Each list is in the order of the articles.
fn entries(
    articles: Vec<Arc<Meta>>,
    urls: Vec<UrlPath>,
    of_article: Vec<ByKind<Vec<TermId>>>,
    links: Vec<Vec<Href>>,
    related: Vec<Kin>,
    policies: Vec<IndexPolicy>,
    terms: &ByKind<Vec<Term>>,
) -> Vec<Arc<Entry>> {
    let parts = articles.into_par_iter().zip(urls).zip(of_article).zip(links).zip(related).zip(policies);
    parts
        .map(|(((((meta, url), own), links), Kin { related, elsewhere }), policy)| {
            let line = Line::of(&meta, url, policy, &own);
            Arc::new(with_card(Entry { meta, line, terms: own, links, related, elsewhere }, terms))
        })
        .collect()
}

/// An entry that has got new values, with the fingerprint of its card.
fn with_card(mut entry: Entry, terms: &ByKind<Vec<Term>>) -> Entry {
    entry.line.card_print = card_print(&entry, terms);
    entry
}

/// An article after an edit that changes neither its address nor its terms.
fn edited(before: &Entry, meta: &Arc<Meta>, links: Vec<Href>, terms: &ByKind<Vec<Term>>) -> Entry {
    let line = Line::of(meta, before.line.url.clone(), before.line.policy, &before.terms);
    let (own, related, elsewhere) = (before.terms.clone(), before.related.clone(), before.elsewhere.clone());
    with_card(Entry { meta: Arc::clone(meta), line, terms: own, links, related, elsewhere }, terms)
}

/// The occurrences of the telling terms of all texts, sorted.
pub fn occurrences(collection: &Collection) -> Vec<Occurrence> {
    let metas: Vec<_> = collection.articles.iter().map(|entry| Arc::clone(&entry.meta)).collect();
    related::occurrences(&metas)
}

/// The policy of an article with the terms `own`.
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

/// The first moment after `visibility.at` at which something appears or goes, be it only a date of which is told that
/// it has yet to come, if nothing else changes.
pub fn next_change(documents: &Documents, config: &SiteConfig, visibility: Visibility) -> Option<Moment> {
    let appears = |meta: &Arc<Meta>| appears(meta, config).filter(|_| !visibility.future);
    let moments = |meta: &Arc<Meta>| [appears(meta), meta.expires, withdrawn(meta, config)];
    let all = documents.articles.iter().chain(&documents.pages);
    let seen = all.clone().flat_map(|meta| ahead::untils(meta, config, visibility));
    let all = all.filter(|meta| visibility.drafts || !meta.draft);
    all.flat_map(moments).flatten().filter(|&moment| moment > visibility.at).chain(seen).min()
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

    /// The hidden documents that would be published if they were not withdrawn. A tombstone takes their
    /// place.
    fn withdrawn(self, hidden: &[Arc<Meta>], config: &SiteConfig) -> Vec<Arc<Meta>> {
        hidden.iter().filter(|meta| self.publishes(meta, config)).cloned().collect()
    }

    /// Whether a document is published, apart from the limit.
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

/// Sorts articles along the timeline: by calendar date, so that the articles of a month stand together
/// whatever their zones are; within a day by the moment; then by path, so that the order in which files were
/// found never matters.
fn in_order(articles: Vec<Arc<Meta>>, config: &SiteConfig) -> Vec<Arc<Meta>> {
    // To make a key takes longer than to compare two, so each is made only once.
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
    let outlets = (&entry.terms[TermKind::Source], &terms[TermKind::Source]);
    let summary = meta.summary_within(excerpt::max_words(meta, outlets.0, outlets.1), &entry.links);
    let of_kind = |kind: TermKind| {
        let all = &terms[kind];
        entry.terms[kind].iter().map(move |id| &all[id.index()])
    };
    let tags: Vec<_> = of_kind(TermKind::Tag).map(|tag| (&tag.name, &tag.url)).collect();
    let authors: Vec<_> = of_kind(TermKind::Author).map(|author| &author.name).collect();
    let outside = entry.outside().map(|source| (&source.url, &source.archive, source.retrieved));
    let image = meta.image.as_ref().map(|image| (image, entry.links.get(image.link as usize)));
    Fingerprint::of(&(
        (&meta.title, &entry.line.url, meta.date, meta.added, meta.updated, summary, &meta.lang),
        source.map(|term| (&term.name, &term.url, term.lang())),
        (authors, meta.original_author(), tags, image, meta.minutes(), outside),
    ))
}

/// Puts a diagnostic into the file of a document.
fn about(path: &ContentPath, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.in_file(path.as_str())
}
