//! The addresses that the site would have if the documents that are [hidden](super::hidden) were published:
//! theirs, and those of lists in which nothing else stands.
//!
//! A link to one of them is no mistake of the moment at which its document is hidden, which may be the end of
//! an embargo or a takedown. So it is told apart from a link that leads nowhere.

use std::collections::HashMap;
use std::sync::Arc;

use super::hidden::Cause;
use super::links::{Resolver, Targets};
use super::{addresses, in_order, periods, terms};
use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::percent::decoded;
use crate::base::slug::composed;
use crate::config::{self, SiteConfig};
use crate::model::article::Meta;
use crate::model::collection::{Term, Tombstone};
use crate::model::generated;
use crate::model::path::UrlPath;
use crate::model::profile::{ByKind, Profile, TermKind};

/// Addresses that the site would have.
#[derive(Default)]
pub(super) struct Absent(HashMap<UrlPath, Goal>);

/// What would be at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    Document(Cause),
    /// A page that says only that something is withdrawn. It is there, but nothing below it.
    Tombstone,
    Term,
    List,
}

/// What the site has.
pub(super) struct Present<'a> {
    pub(super) articles: &'a [Arc<Meta>],
    pub(super) urls: [&'a [UrlPath]; 2],
    pub(super) terms: &'a ByKind<Vec<Term>>,
}

impl Absent {
    /// From hidden articles and pages, each with the reason why it is hidden.
    pub(super) fn of(
        [articles, pages]: [Vec<Arc<Meta>>; 2],
        cause: impl Fn(&Meta) -> Option<Cause>,
        (profiles, tombstones): (&[Profile], &[Tombstone]),
        present: &Present<'_>,
        config: &SiteConfig,
    ) -> Self {
        if articles.is_empty() && pages.is_empty() {
            return Self::default();
        }
        let articles = in_order(articles, config);
        // An address may contain the outlet, so terms are gathered for these articles alone.
        let named = terms::gather(&articles, &[], profiles.to_vec(), config).value;
        let mut absent: HashMap<UrlPath, Goal> = lists(&articles, &named.terms, config).into_iter().collect();
        let urls = addresses::of_articles(&articles, &named, config);
        let urls = urls.into_iter().chain(addresses::of_pages(&pages, config));
        for (meta, url) in articles.iter().chain(&pages).zip(urls) {
            let Some(cause) = cause(meta) else { continue };
            let all = std::iter::once(url).chain(meta.aliases.iter().cloned());
            absent.extend(all.map(|url| (url, Goal::Document(cause))));
        }
        let graves = tombstones.iter().flat_map(|tombstone| &tombstone.urls);
        absent.extend(graves.map(|url| (url.clone(), Goal::Tombstone)));
        let present_lists = lists(present.articles, present.terms, config);
        let present_lists = present_lists.iter().map(|(url, _)| url);
        for url in present.urls.into_iter().flatten().chain(present_lists) {
            absent.remove(url);
        }
        absent.remove(&UrlPath::root());
        // A term with a profile has pages even without an article.
        present.terms.iter().flatten().for_each(|term| _ = absent.remove(&term.url));
        Self(absent)
    }

    /// What would be at a path, or what that would belong to: a file beside a document, a feed of a term.
    /// `is_there` says whether the site has an address.
    fn at(&self, path: &str, is_there: impl Fn(&str) -> bool) -> Option<Goal> {
        let goal = |path: &str| self.0.get(&UrlPath::parse(path)?).copied();
        if self.0.is_empty() || is_there(path) {
            return None;
        }
        if let Some(found) = goal(path).or_else(|| goal(&format!("{path}/"))) {
            return Some(found).filter(|found| *found != Goal::Tombstone);
        }
        let mut above = path.rmatch_indices('/').map(|(at, _)| path.split_at(at + 1));
        let (folder, below) = above.find(|(folder, _)| is_there(folder) || goal(folder).is_some())?;
        let is_of_it = |found: &Goal| *found != Goal::List || below == "index.html";
        goal(folder).filter(|found| !is_there(folder) && is_of_it(found))
    }
}

/// The fronts of the lists that articles are in, and the pages that exist because of these articles.
fn lists(articles: &[Arc<Meta>], terms: &ByKind<Vec<Term>>, config: &SiteConfig) -> Vec<(UrlPath, Goal)> {
    let outputs = &config.outputs;
    let mut lists = Vec::new();
    for kind in TermKind::ALL.into_iter().filter(|kind| kind.has_pages(outputs)) {
        let used = terms[kind].iter().filter(|term| !term.articles.is_empty());
        for term in used {
            lists.push((term.url.clone(), Goal::Term));
            let years = term.years.iter().filter(|_| outputs.source_years);
            lists.extend(years.map(|(year, _)| (generated::year_below(&term.url, *year), Goal::List)));
        }
        if !terms[kind].is_empty() {
            lists.push((generated::overview(kind, &config.urls), Goal::List));
        }
    }
    let periods = periods::periods(articles.iter().map(|meta| meta.date));
    let periods = periods.into_iter().filter(|one| outputs.has_periods(one.month, one.day));
    lists.extend(periods.map(|one| (one.url, Goal::List)));
    if outputs.year_archives && !articles.is_empty() {
        lists.push((generated::archive(&config.urls), Goal::List));
    }
    if outputs.corrections_page && articles.iter().any(|meta| !meta.corrections.is_empty()) {
        lists.push((generated::corrections(&config.urls), Goal::List));
    }
    lists
}

impl Goal {
    fn told(self, written: &str) -> Diagnostic {
        match self {
            Self::Document(cause) => cause.told(written),
            Self::Tombstone => Cause::Withdrawn.told(written),
            Self::Term | Self::List => {
                let message = format!("`{written}` exists only while there are articles for it");
                Diagnostic::new(Rule::HiddenLink, message).hint("remove the link, or publish such an article")
            }
        }
    }
}

impl Resolver<'_> {
    /// The diagnostic for a link to an address that the site would have if more documents were published.
    pub(super) fn hidden_at(&self, target: &str, written: &str) -> Option<Diagnostic> {
        let path = decoded(target.split(['?', '#']).next().unwrap_or_default());
        let goal = self.hidden.absent.at(&composed(&path), |path| self.is_there(path))?;
        Some(goal.told(written))
    }

    /// Whether a document, an old address or a copied file is at an address.
    fn is_there(&self, address: &str) -> bool {
        let Targets { articles, pages, terms, .. } = self.targets;
        let aliases = || {
            let of_documents = articles.iter().chain(pages).flat_map(|meta| &meta.aliases);
            let profiles = terms.iter().flatten().filter_map(|term| term.profile.as_ref());
            let of_terms = profiles.flat_map(|profile| &profile.redirect_from);
            of_documents.chain(of_terms).map(UrlPath::as_str)
        };
        let has_alias = || self.aliases.get_or_init(|| aliases().collect()).contains(address);
        let has_index = || self.assets.contains_key(format!("{address}index.html").as_str());
        self.by_url.contains_key(address)
            || self.assets.contains_key(address)
            || address.ends_with('/') && has_index()
            || has_alias()
    }

    /// The addresses in `site.toml` that lead to nothing as long as no more documents are published. The menu
    /// leaves them out. An overview that the site would have with its first article is one of them: its last
    /// one may have gone.
    pub(super) fn unlisted(&self, config: &SiteConfig) -> Warned<Vec<String>> {
        let (articles, terms) = (self.targets.articles, self.targets.terms);
        let kinds = TermKind::ALL.into_iter().filter(|kind| kind.has_pages(&config.outputs));
        let kinds = kinds.filter(|kind| terms[*kind].is_empty());
        let overviews = kinds.map(|kind| generated::overview(kind, &config.urls));
        let is_empty = config.outputs.year_archives && articles.is_empty();
        let archive = is_empty.then(|| generated::archive(&config.urls));
        let empty: Vec<UrlPath> = overviews.chain(archive).collect();
        let told = |address: &String| {
            let is_empty = |overview: &UrlPath| {
                let overview = overview.as_str();
                overview.trim_end_matches('/') == address.trim_end_matches('/') && !self.is_there(overview)
            };
            let hidden = self.hidden_at(address, address);
            hidden.or_else(|| empty.iter().any(is_empty).then(|| Goal::List.told(address)))
        };
        let (mut value, mut diagnostics) = (Vec::new(), Vec::new());
        for (address, place) in &config.addresses {
            if let Some(told) = told(address) {
                value.push(address.clone());
                diagnostics.push(told.in_file(config::FILE).at(*place));
            }
        }
        Warned { value, diagnostics }
    }
}
