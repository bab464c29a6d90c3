//! Adds new and revised articles to a collection whose other articles are known only in outline.
//!
//! Most changes of a collection are one more article or a new title for one. To index all articles for that
//! takes the longer, the larger the collection is. What such a change does to other articles is little, and
//! is worked out here by the same functions that index everything. What else it could do is decided field by
//! field, in `newcomers` for new and in `revise` for revised articles. In doubt it declines, and everything
//! is indexed again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::asked::{self, Asked, asked};
use super::single::Others;
use super::{files, newcomers, revise, unseen};
use crate::base::date::Date;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::fingerprint::Fingerprint;
use crate::base::fold::fold;
use crate::base::slug::composed;
use crate::config::SiteConfig;
use crate::index::related::{Kin, Unrest, Wishes, unsettled};
use crate::index::{Visibility, arrivals, occurrences, originals, periods};
use crate::model::article::Meta;
use crate::model::collection::{Arrivals, ArticleId, Collection, Entry, PageEntry, Period, Term};
use crate::model::declined::{Declined, require};
use crate::model::input::Inputs;
use crate::model::order::Order;
use crate::model::outline::{Line, Outline};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::ByKind;
use crate::model::signature::{Occurrence, Signature, Sketch};

/// What is known of the collection before the change.
#[derive(Debug)]
pub struct Before {
    /// The outlines of the articles.
    pub outline: Outline,
    /// All terms.
    pub terms: Arc<ByKind<Vec<Term>>>,
    /// The fingerprints of everything that documents ask for, sorted.
    pub asked: Vec<Fingerprint>,
}

impl Before {
    /// The same for a collection in memory, of which everything is known.
    pub fn of(collection: &Collection) -> Self {
        let articles = &collection.articles;
        let lines = articles.par_iter().map(|entry| entry.line.clone()).collect();
        let sketches = articles.iter().map(|entry| entry.meta.signature.sketch).collect();
        let (occurrences, asked) = rayon::join(|| occurrences(collection), || asked(collection));
        let outline = Outline { lines, sketches, occurrences };
        Self { outline, terms: Arc::clone(&collection.terms), asked }
    }

    /// The same after [`amended`](super::amended) has taken over some edits. Only the entries of the edited
    /// articles have changed, perhaps with the cards that lists show.
    #[must_use]
    pub fn with_cards(mut self, collection: &Collection, changes: &[(Arc<Meta>, Arc<Meta>)]) -> Self {
        for (_, after) in changes {
            let place = collection.articles.par_iter().position_any(|entry| Arc::ptr_eq(&entry.meta, after));
            if let Some(place) = place {
                self.outline.lines[place] = collection.articles[place].line.clone();
                self.outline.sketches[place] = after.signature.sketch;
            }
        }
        self
    }
}

/// What is new.
#[derive(Debug, Default)]
pub struct News {
    /// The newly published articles: new ones, and ones that were hidden before.
    pub new: Vec<Arc<Meta>>,
    /// The new and edited articles that are not published.
    pub hidden: Vec<Arc<Meta>>,
    /// The edited articles that were not published before, each as it was and as it is.
    pub unseen: Vec<(Arc<Meta>, Arc<Meta>)>,
    /// The revised articles, by their former places.
    pub revised: BTreeMap<ArticleId, Arc<Meta>>,
}

/// What else decides about the articles.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The inputs, with the files that may be copied.
    pub inputs: &'a Inputs,
    /// The site's configuration.
    pub config: &'a SiteConfig,
    /// Which articles are published.
    pub visibility: Visibility,
    /// The new files.
    pub come: &'a [ContentPath],
}

/// The collection before the change, for reading an entry in full where the outline is not enough.
pub trait Earlier {
    /// The article at a place.
    fn entry(&mut self, id: ArticleId) -> Option<Arc<Entry>>;

    /// The article with a file; `None` if there is none or it is not published.
    fn of_file(&mut self, file: &ContentPath) -> Option<ArticleId>;

    /// The standing pages.
    fn pages(&self) -> &[Arc<PageEntry>];
}

/// What new and revised articles change in the collection.
#[derive(Debug)]
pub struct CollectionChange {
    /// The places of the new articles. All others are numbered by their former places.
    pub order: Order,
    /// The new and revised articles.
    pub fresh: BTreeMap<ArticleId, Entry>,
    /// Those of the revised articles whose texts have other terms than before.
    pub retold: BTreeSet<ArticleId>,
    /// The newly published files beside documents, by their addresses.
    pub files: Arc<BTreeMap<UrlPath, ContentPath>>,
    /// The other articles whose lists have changed, each with its related articles and the same story
    /// elsewhere.
    pub changed: BTreeMap<ArticleId, [Vec<ArticleId>; 2]>,
    /// The fingerprints of everything that documents ask for now and no document has asked for before,
    /// sorted.
    pub asked: Vec<Fingerprint>,
    /// What the next change starts from, without what is in `asked`.
    now: Before,
    terms: Arc<ByKind<Vec<Term>>>,
    periods: Arc<Vec<Period>>,
    arrivals: Option<Arc<Arrivals>>,
}

/// Whether an article has another title or other headings.
pub fn is_renamed((before, after): &(Arc<Meta>, Arc<Meta>)) -> bool {
    (&before.title, &before.anchors) != (&after.title, &after.anchors)
}

/// Declines if new or revised articles may change a diagnostic of the last build. Those of links count only
/// if the articles bring names, that is titles or headings.
pub fn are_settled(told: &[Diagnostic], bring_names: bool) -> Result<(), Declined> {
    let hangs_on_names = |rule: Rule| matches!(rule, Rule::DeadLink | Rule::DeadAnchor | Rule::AmbiguousLink);
    let hangs_on_others = |rule: Rule| {
        matches!(rule, Rule::UnknownArticle | Rule::AddressClash) || bring_names && hangs_on_names(rule)
    };
    let are_told = told.iter().any(|one| hangs_on_others(one.rule));
    require(!are_told, "a dead link, an unknown article or an address that is claimed twice")
}

/// Adds the articles to the collection. Declines unless it is known what that does to others. The last build
/// must not have reported an unknown article that some article wants to have listed below it.
pub fn renewed(
    before: Before,
    news: &News,
    circumstances: Circumstances<'_>,
    earlier: &mut impl Earlier,
) -> Result<CollectionChange, Declined> {
    let Circumstances { config, visibility, .. } = circumstances;
    require(visibility.limit.is_none(), "a limit to how many articles there are")?;
    newcomers::are_plain(news, circumstances)?;
    let Before { outline, terms, asked } = before;
    unseen::are_not_asked_for(news, &terms, Asked::new(&asked), config)?;
    let mut originals: Vec<_> = news.new.iter().filter_map(|meta| originals::of(meta)).collect();
    let are_taken = originals.iter().any(|original| Asked::new(&asked).has_original(original));
    let count = originals.len();
    originals.sort();
    originals.dedup();
    require(!are_taken && originals.len() == count, "an original whose text another article has")?;
    // The archive comes with the first article.
    require(news.new.is_empty() || !outline.lines.is_empty(), "the first article")?;
    let (order, new) = newcomers::places(&news.new, &outline.lines, config, earlier)?;
    let (lines, revised) = (&outline.lines, &news.revised);
    let files = BTreeMap::new();
    let mut others = Others { lines, terms: &terms, revised, circumstances, earlier, files };
    let mut fresh: BTreeMap<ArticleId, Entry> = (order.later().iter().copied().map(ArticleId))
        .zip(new)
        .map(|(id, meta)| Ok((id, newcomers::made(&meta, &mut others)?)))
        .collect::<Result<_, _>>()?;
    let are_asked_for = fresh.values().any(|entry| Asked::new(&asked).has_article(entry));
    require(!are_asked_for, "a document asks for a new article")?;
    let in_turn = order.later().iter().map(|id| &fresh[&ArticleId(*id)]);
    let more = in_turn.map(|entry| (entry.line.clone(), entry.meta.signature)).collect();
    let revisions = (news.revised.iter()).map(|(id, meta)| {
        let before = others.earlier.entry(*id).ok_or(Declined::LOST)?;
        let after = revise::revised(&before, meta, Asked::new(&asked), &mut others)?;
        Ok(Revision { id: *id, before, after })
    });
    let revisions: Vec<Revision> = revisions.collect::<Result<_, _>>()?;
    files::in_bundles(&fresh, Asked::new(&asked), &mut others)?;
    let files = Arc::new(others.files);
    let (outline, retold) = retell(outline, &revisions, &order).ok_or(Declined::LOST)?;
    let reworded: BTreeMap<ArticleId, Sketch> =
        revisions.iter().map(|one| (moved_one(one.id, &order), one.before.meta.signature.sketch)).collect();
    for Revision { id, after, .. } in revisions {
        let (related, elsewhere) = (moved(&after.related, &order), moved(&after.elsewhere, &order));
        fresh.insert(moved_one(id, &order), Entry { related, elsewhere, ..after });
    }
    let outline = outline.with(&order, more);
    let Outline { lines, sketches, occurrences } = &outline;
    let dates: Vec<Option<Date>> = lines.iter().map(|line| line.date).collect();
    let wordings: Vec<_> = lines.iter().zip(sketches).map(|(line, sketch)| (line.outlet, *sketch)).collect();
    let terms =
        if order.later().is_empty() { terms } else { Arc::new(newcomers::entered(&terms, &order, &fresh)) };
    let unrest = Unrest {
        order: &order,
        terms: &terms,
        occurrences,
        retold: &retold.lists,
        reworded: &reworded,
        dates: &dates,
        wordings: &wordings,
        most: config.related as usize,
        likeness: config.likeness,
    };
    let kin = unsettled(&unrest, |id| match fresh.get(&id) {
        Some(own) => Ok((own.terms.clone(), wishes(own, own.related.clone(), config)?)),
        None => {
            let own = earlier.entry(ArticleId(order.number(id.0))).ok_or(Declined::LOST)?;
            Ok((own.terms.clone(), wishes(&own, moved(&own.related, &order), config)?))
        }
    })?;
    let mut changed = BTreeMap::new();
    for (id, Kin { related, elsewhere }) in kin {
        if let Some(own) = fresh.get_mut(&id) {
            (own.related, own.elsewhere) = (related, elsewhere);
            continue;
        }
        let known = earlier.entry(ArticleId(order.number(id.0))).ok_or(Declined::LOST)?;
        if moved(&known.related, &order) != related || moved(&known.elsewhere, &order) != elsewhere {
            changed.insert(id, [related, elsewhere]);
        }
    }
    let periods = Arc::new(periods::periods(dates));
    let added = lines.iter().map(Line::added);
    let arrivals = arrivals(added, &terms, config).map(Arc::new);
    let newly_asked = newly_asked(&fresh, &asked);
    let now = Before { outline, terms: Arc::clone(&terms), asked };
    let retold = retold.articles;
    Ok(CollectionChange {
        order,
        fresh,
        retold,
        files,
        changed,
        asked: newly_asked,
        now,
        terms,
        periods,
        arrivals,
    })
}

impl CollectionChange {
    /// What the next change starts from.
    #[must_use]
    pub fn into_before(self) -> Before {
        let Before { outline, terms, mut asked } = self.now;
        if !self.asked.is_empty() {
            asked.extend(self.asked);
            asked.sort();
        }
        Before { outline, terms, asked }
    }

    /// The whole collection. `before` is the former one, which gives all other entries.
    pub fn collection(&self, before: &Collection) -> Collection {
        let articles = (0..self.order.len() as u32).map(ArticleId);
        let pins = before.pins.iter().map(|(id, until)| (moved_one(*id, &self.order), *until));
        Collection {
            articles: articles.clone().map(|id| self.entry(id, before)).collect(),
            timeline: Arc::new(articles.collect()),
            pages: before.pages.clone(),
            terms: Arc::clone(&self.terms),
            periods: Arc::clone(&self.periods),
            arrivals: self.arrivals.clone(),
            pins: Arc::new(pins.collect()),
            files: match (before.files.is_empty(), self.files.is_empty()) {
                (true, _) => Arc::clone(&self.files),
                (_, true) => Arc::clone(&before.files),
                _ => Arc::new(
                    before
                        .files
                        .iter()
                        .chain(&*self.files)
                        .map(|(url, file)| (url.clone(), file.clone()))
                        .collect(),
                ),
            },
            tombstones: Arc::clone(&before.tombstones),
            unlisted: Arc::clone(&before.unlisted),
        }
    }

    /// Takes over some entries of the former collection that were only an outline before.
    pub fn update(&self, collection: &mut Collection, before: &Collection, ids: &BTreeSet<ArticleId>) {
        for id in ids {
            if let Some(entry) = collection.articles.get_mut(id.index()) {
                *entry = self.entry(*id, before);
            }
        }
    }

    fn entry(&self, id: ArticleId, before: &Collection) -> Arc<Entry> {
        if let Some(entry) = self.fresh.get(&id) {
            return Arc::new(entry.clone());
        }
        let entry = &before.articles[self.order.number(id.0) as usize];
        let is_unmoved = self.order.later().is_empty();
        let lists = match self.changed.get(&id) {
            Some(lists) => lists.clone(),
            None if is_unmoved || entry.related.is_empty() && entry.elsewhere.is_empty() => {
                return Arc::clone(entry);
            }
            None => [&entry.related, &entry.elsewhere].map(|ids| moved(ids, &self.order)),
        };
        let [related, elsewhere] = lists;
        Arc::new(Entry { related, elsewhere, ..(**entry).clone() })
    }
}

/// A revised article, with its former place.
struct Revision {
    id: ArticleId,
    before: Arc<Entry>,
    after: Entry,
}

/// The articles whose texts have other terms than before.
struct Retold {
    articles: BTreeSet<ArticleId>,
    /// The former list of each term that these have lost, gained or weigh differently.
    lists: Vec<(u32, Vec<Occurrence>)>,
}

/// Puts revised articles into an outline.
fn retell(mut outline: Outline, revisions: &[Revision], order: &Order) -> Option<(Outline, Retold)> {
    let mut retold: BTreeMap<ArticleId, Signature> = BTreeMap::new();
    let mut terms = BTreeSet::new();
    for Revision { id, before, after } in revisions {
        *outline.lines.get_mut(id.index())? = after.line.clone();
        *outline.sketches.get_mut(id.index())? = after.meta.signature.sketch;
        let [was, is] = [&before.meta, &after.meta].map(|meta| meta.signature.sorted_terms());
        if was != is {
            retold.insert(*id, after.meta.signature);
            let gone = was.iter().filter(|term| !is.contains(term));
            let come = is.iter().filter(|term| !was.contains(term));
            terms.extend(gone.chain(come).filter(|term| term.weight() > 0).map(|term| term.hash()));
        }
    }
    let list = |term: u32| {
        let own = Occurrence::of_term(term, &outline.occurrences).iter();
        (term, own.map(|one| one.moved(moved_one(one.article(), order))).collect())
    };
    let lists = terms.into_iter().map(list).collect();
    let articles = retold.keys().map(|id| moved_one(*id, order)).collect();
    Some((outline.retold(&retold), Retold { articles, lists }))
}

fn newly_asked(fresh: &BTreeMap<ArticleId, Entry>, known: &[Fingerprint]) -> Vec<Fingerprint> {
    let mut asked = Vec::new();
    fresh.values().for_each(|entry| asked::of_document(&entry.meta, &entry.line.url, &mut asked));
    asked.retain(|name| known.binary_search(name).is_err());
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// The wishes of an article's author, from the articles that are already listed below it: the wanted ones are
/// the first of these. Declines if the author does not want some articles, or if a wanted name may be unknown
/// or mean the article itself.
fn wishes(entry: &Entry, mut related: Vec<ArticleId>, config: &SiteConfig) -> Result<Wishes, Declined> {
    let meta = &entry.meta;
    if meta.related.is_empty() && meta.unrelated.is_empty() {
        return Ok(Wishes::default());
    }
    let own = [fold(&meta.slug), fold(&meta.title)];
    let is_own_file = |name: &str| composed(meta.path.resolve(name).as_str()) == composed(meta.path.as_str());
    let is_own = |name: &String| own.contains(&fold(name)) || is_own_file(name);
    let are_told = config.lint.get(&Rule::UnknownArticle) != Some(&Level::Off);
    let count = meta.related.len().min(config.related as usize);
    let can_be_told =
        are_told && meta.unrelated.is_empty() && !meta.related.iter().any(is_own) && count <= related.len();
    require(can_be_told, "an article has wishes for related articles, and those below it may change")?;
    related.truncate(count);
    Ok(Wishes { wanted: related, unwanted: Vec::new() })
}

fn moved(ids: &[ArticleId], order: &Order) -> Vec<ArticleId> {
    ids.iter().map(|id| moved_one(*id, order)).collect()
}

fn moved_one(id: ArticleId, order: &Order) -> ArticleId {
    ArticleId(order.place(id.0))
}
