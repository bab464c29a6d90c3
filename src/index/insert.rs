//! Articles that have come, put into a collection of which all others are known in outline.
//!
//! Most of what is new in a collection of articles is one more of them, and indexing all of them for its sake costs the more the larger the
//! collection is. What a newcomer does to others is little: it takes a place in time and in the lists of its terms, and it may enter what
//! stands below some. That much is worked out here by the functions that index everything. What else it could do (a name for which
//! somebody asks, a term that nobody has had, a series) is decided field by field, so that a new field of [`Meta`] does not compile until
//! somebody has decided; in doubt there is nothing, and everything is indexed anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asked::is_asked_for;
use super::links::{Resolver, Targets};
use super::related::{Arrival, Kin, unsettled};
use super::terms::Named;
use super::{Visibility, addresses, arrivals, card_print, periods, pins, policy, terms};
use crate::base::date::Date;
use crate::base::diag::{Diagnostic, Level};
use crate::base::fingerprint::Fingerprint;
use crate::config::{IndexPolicy, SiteConfig};
use crate::model::article::{LinkKind, LinkRef, Meta};
use crate::model::collection::{Arrivals, ArticleId, Collection, Entry, Href, Period, Term};
use crate::model::input::Inputs;
use crate::model::order::Order;
use crate::model::outline::{Line, Outline};
use crate::model::path::UrlPath;
use crate::model::profile::TermKind;

/// What there was before the articles came.
#[derive(Debug)]
pub struct Before {
    /// The articles in outline.
    pub outline: Outline,
    /// All terms.
    pub terms: Arc<[Vec<Term>; 4]>,
    /// What stands for everything that documents ask for, in order.
    pub asked: Vec<Fingerprint>,
}

/// What counts besides the articles.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The files that are copied.
    pub inputs: &'a Inputs,
    /// The site's configuration.
    pub config: &'a SiteConfig,
    /// Which articles are to be seen.
    pub visibility: Visibility,
}

/// What a collection is like when articles have come.
#[derive(Debug)]
pub struct Inserted {
    /// Where they stand. All others are numbered by their places before.
    pub order: Order,
    /// The articles that have come.
    pub new: BTreeMap<ArticleId, Entry>,
    /// What stands below other articles, where that has changed: related, and the same story elsewhere.
    pub changed: BTreeMap<ArticleId, [Vec<ArticleId>; 2]>,
    terms: Arc<[Vec<Term>; 4]>,
    periods: Arc<Vec<Period>>,
    arrivals: Option<Arc<Arrivals>>,
}

/// Puts articles in; nothing if that does more to others than can be told. `entry` gives an article that was there before.
pub fn inserted(
    before: Before,
    new: &[Arc<Meta>],
    circumstances: Circumstances<'_>,
    mut entry: impl FnMut(ArticleId) -> Option<Arc<Entry>>,
) -> Option<Inserted> {
    let Circumstances { config, visibility, .. } = circumstances;
    let is_pinned = || !pins::of(new, &[], config).value.is_empty();
    if visibility.limit.is_some() || !new.iter().all(|meta| is_plain(meta, circumstances)) || is_pinned() {
        return None;
    }
    let Before { outline, terms, asked } = before;
    let (order, new) = places(new, &outline.lines, config, &mut entry)?;
    let mut new: BTreeMap<ArticleId, Entry> = (order.later().iter().copied().map(ArticleId))
        .zip(new)
        .map(|(id, meta)| Some((id, made(&meta, &terms, circumstances)?)))
        .collect::<Option<_>>()?;
    if new.values().any(|entry| is_asked_for(entry, &asked)) {
        return None;
    }
    let in_turn = order.later().iter().map(|id| &new[&ArticleId(*id)]);
    let more = in_turn.map(|entry| (Line::of(entry), entry.meta.signature)).collect();
    let Outline { lines, sketches, occurrences } = outline.with(&order, more);
    let dates: Vec<Option<Date>> = lines.iter().map(|line| line.date).collect();
    let wordings: Vec<_> = lines.iter().zip(sketches).map(|(line, sketch)| (line.outlet, sketch)).collect();
    let terms = entered(&terms, &order, &new);
    let arrival = Arrival {
        order: &order,
        terms: &terms,
        occurrences: &occurrences,
        dates: &dates,
        wordings: &wordings,
        most: config.related as usize,
        likeness: config.likeness,
    };
    let kin = unsettled(&arrival, |id| match new.get(&id) {
        Some(own) => Some(own.terms.clone()),
        None => {
            let entry = entry(ArticleId(order.number(id.0)))?;
            let wishes_nothing = entry.meta.related.is_empty() && entry.meta.unrelated.is_empty();
            wishes_nothing.then(|| entry.terms.clone())
        }
    })?;
    let mut changed = BTreeMap::new();
    for (id, Kin { related, elsewhere }) in kin {
        if let Some(own) = new.get_mut(&id) {
            (own.related, own.elsewhere) = (related, elsewhere);
            continue;
        }
        let known = entry(ArticleId(order.number(id.0)))?;
        if moved(&known.related, &order) != related || moved(&known.elsewhere, &order) != elsewhere {
            changed.insert(id, [related, elsewhere]);
        }
    }
    let periods = Arc::new(periods::periods(dates));
    let added = lines.iter().map(Line::added);
    let arrivals = arrivals(added, &terms, config).map(Arc::new);
    Some(Inserted { order, new, changed, terms: Arc::new(terms), periods, arrivals })
}

impl Inserted {
    /// The whole collection, with the others as they are in the one before.
    pub fn collection(&self, before: &Collection) -> Collection {
        let entry = |place: u32| {
            let id = ArticleId(place);
            if let Some(entry) = self.new.get(&id) {
                return Arc::new(entry.clone());
            }
            let entry = &before.articles[self.order.number(place) as usize];
            match self.changed.get(&id) {
                Some([related, elsewhere]) => {
                    let (related, elsewhere) = (related.clone(), elsewhere.clone());
                    Arc::new(Entry { related, elsewhere, ..(**entry).clone() })
                }
                None if entry.related.is_empty() && entry.elsewhere.is_empty() => Arc::clone(entry),
                None => {
                    let (related, elsewhere) =
                        (moved(&entry.related, &self.order), moved(&entry.elsewhere, &self.order));
                    Arc::new(Entry { related, elsewhere, ..(**entry).clone() })
                }
            }
        };
        let articles = self.order.len() as u32;
        let pins = before.pins.iter().map(|(id, until)| (ArticleId(self.order.place(id.0)), *until));
        Collection {
            articles: (0..articles).map(entry).collect(),
            timeline: Arc::new((0..articles).map(ArticleId).collect()),
            terms: Arc::clone(&self.terms),
            periods: Arc::clone(&self.periods),
            arrivals: self.arrivals.clone(),
            pins: Arc::new(pins.collect()),
            ..before.clone()
        }
    }
}

fn moved(ids: &[ArticleId], order: &Order) -> Vec<ArticleId> {
    ids.iter().map(|id| ArticleId(order.place(id.0))).collect()
}

/// Whether an article is to be seen, from now on and as what it is, and asks for nothing that needs more than an outline of others.
fn is_plain(meta: &Meta, circumstances: Circumstances<'_>) -> bool {
    let Meta {
        path,
        title: _,
        slug: _,
        date: _,
        updated: _,
        added: _,
        publish: _,
        expires,
        withdrawn,
        draft: _,
        lang: _,
        sources: _,
        tags: _,
        authors: _,
        series,
        image: _,
        summary: _,
        summary_is_taken: _,
        aliases,
        template: _,
        index: _,
        related,
        unrelated,
        corrections,
        comments: _,
        extra: _,
        words: _,
        anchors: _,
        links: _,
        components,
        has_code: _,
        signature: _,
        print: _,
        body_print: _,
    } = meta;
    circumstances.visibility.publishes(meta, circumstances.config)
        && (expires, withdrawn, series) == (&None, &None, &None)
        && aliases.is_empty()
        && related.is_empty()
        && unrelated.is_empty()
        && corrections.is_empty()
        && components.is_empty()
        // A bundle brings files.
        && !path.is_bundle()
}

/// Where articles come to stand among all, and the articles themselves, in the order of those places.
fn places(
    new: &[Arc<Meta>],
    lines: &[Line],
    config: &SiteConfig,
    entry: &mut impl FnMut(ArticleId) -> Option<Arc<Entry>>,
) -> Option<(Order, Vec<Arc<Meta>>)> {
    let key = |date: Option<Date>| Date::place(date, config.zone);
    let mut new = new.to_vec();
    new.sort_by(|one, other| key(one.date).cmp(&key(other.date)).then_with(|| one.path.cmp(&other.path)));
    let mut places = Vec::new();
    for meta in &new {
        let own = key(meta.date);
        let (mut low, mut high) = (0, lines.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let is_before = match key(lines[middle].date).cmp(&own) {
                std::cmp::Ordering::Equal => entry(ArticleId(middle as u32))?.meta.path < meta.path,
                order => order.is_lt(),
            };
            if is_before { low = middle + 1 } else { high = middle }
        }
        places.push((low + places.len()) as u32);
    }
    Some((Order::new(lines.len(), &places)?, new))
}

/// An article with its address, terms and links, but nothing below it yet.
fn made(meta: &Arc<Meta>, terms: &[Vec<Term>; 4], circumstances: Circumstances<'_>) -> Option<Entry> {
    let config = circumstances.config;
    let own = terms::known(meta, terms)?;
    let outlet = own[TermKind::Source as usize].first();
    let outlet = outlet.map(|id| terms[TermKind::Source as usize][id.index()].slug.as_str());
    let url = addresses::of_article(meta, outlet, config);
    let mut diagnostics = Vec::new();
    let policy: IndexPolicy = policy(meta, &own, terms, config, &mut diagnostics);
    let links = links_of(meta, &url, circumstances)?;
    let mut entry = Entry {
        meta: Arc::clone(meta),
        url,
        terms: own,
        links,
        related: Vec::new(),
        elsewhere: Vec::new(),
        policy,
        card_print: Fingerprint::default(),
    };
    entry.card_print = card_print(&entry, terms);
    diagnostics.is_empty().then_some(entry)
}

/// Where the links of an article lead that shows pictures of the site and has no other links into it.
fn links_of(meta: &Meta, url: &UrlPath, circumstances: Circumstances<'_>) -> Option<Vec<Href>> {
    let Circumstances { inputs, config, .. } = circumstances;
    let is_alone = |link: &LinkRef| {
        link.kind == LinkKind::Picture || link.kind == LinkKind::Link && link.target.starts_with('#')
    };
    if !meta.links.iter().all(is_alone) {
        return None;
    }
    if meta.links.is_empty() {
        return Some(Vec::new());
    }
    let nobody = Named { terms: Default::default(), of_article: Vec::new() };
    let targets = Targets {
        articles: &[],
        article_urls: &[],
        outsides: &[],
        pages: &[],
        page_urls: &[],
        terms: &nobody.terms,
    };
    let hidden = BTreeSet::new();
    let resolver = Resolver::new(targets, inputs, &hidden);
    let resolved = resolver.resolve(&meta.path, url, &meta.anchors, &meta.links);
    let is_off = |one: &Diagnostic| config.lint.get(&one.rule) == Some(&Level::Off);
    (resolved.files.is_empty() && resolved.diagnostics.iter().all(is_off)).then_some(resolved.links)
}

/// The terms with the articles that have come.
fn entered(terms: &[Vec<Term>; 4], order: &Order, new: &BTreeMap<ArticleId, Entry>) -> [Vec<Term>; 4] {
    let mut terms = terms.clone();
    let is_moved = order.first_later().is_some_and(|first| (first as usize) < order.len() - new.len());
    if is_moved {
        let ids = terms.iter_mut().flatten().flat_map(|term| &mut term.articles);
        ids.for_each(|id| *id = ArticleId(order.place(id.0)));
    }
    for (id, entry) in new {
        for (terms, own) in terms.iter_mut().zip(&entry.terms) {
            own.iter().for_each(|term| terms[term.index()].enter(*id, entry.meta.date));
        }
    }
    terms
}
