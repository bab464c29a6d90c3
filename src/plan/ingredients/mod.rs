//! What goes into each page.
//!
//! Only the [`Pantry`] sees the whole collection; a page gets nothing but the ingredients that it hands out.
//! If a page needs more, it must get it from here, and then it counts in the page's key.

mod index_pages;

use std::borrow::Cow;

use crate::base::date::{Date, Moment};
use crate::base::fingerprint::{Fingerprint, Printed};
use crate::config::{FeedContent, IndexPolicy};
use crate::model::article::{Meta, Provenance};
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry, Term};
use crate::model::generated;
use crate::model::ingredients::{
    ArticleParts, CardRef, CorrectionParts, DigestParts, FeedEntryParts, FeedParts, Ingredients, OutletParts,
    RedirectsParts, SeriesParts, StandingParts, TermRef, TermRefs, TombstoneParts, Whereabouts,
};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::plan::{FeedFormat, List, Page, Plan, Route};
use crate::model::profile::{Profile, TermKind};

use super::series::{self, Place};
use super::{Materials, digest, front, lists, routes, sitemap};

/// The store of all ingredients: the collection and the plan. It hands out those of one page at a time.
#[derive(Debug, Clone, Copy)]
pub struct Pantry<'a> {
    materials: Materials<'a>,
    plan: &'a Plan,
}

/// How many seconds an article is news for the news sitemap (Google: two days).
const NEWS: i64 = 2 * 24 * 3600;
/// How many articles a news sitemap may have.
const MOST_NEWS: usize = 1_000;

impl<'a> Pantry<'a> {
    /// Opens the pantry of a plan.
    pub fn new(materials: Materials<'a>, plan: &'a Plan) -> Self {
        Self { materials, plan }
    }

    /// All routes.
    pub fn routes(&self) -> Vec<&'a Route> {
        self.plan.routes.iter().collect()
    }

    /// Sorts routes by the newest article on each page, so that pages which show the same articles are built
    /// close together.
    pub fn by_time(&self, mut routes: Vec<&'a Route>) -> Vec<&'a Route> {
        routes.sort_by_cached_key(|route| self.newest(&route.page));
        routes
    }

    /// The newest article on a page; `None` for a page without cards.
    fn newest(&self, page: &Page) -> Option<ArticleId> {
        let Materials { collection, config, .. } = self.materials;
        match page {
            Page::Article(id) | Page::Twin(id, _) => Some(*id),
            Page::List(list, number) => {
                let all = lists::on_pages(*list, collection);
                let forward = lists::reads_forward(*list);
                let shown = if forward { all } else { &all[lists::stretch(all.len(), *number, config)] };
                shown.iter().max().copied()
            }
            _ => None,
        }
    }

    /// The ingredients of the page at a route. `content` gives the fingerprint of a copied file.
    pub fn ingredients(
        &self,
        route: &'a Route,
        content: impl Fn(&ContentPath) -> Fingerprint,
    ) -> Ingredients<'a> {
        let collection = self.materials.collection;
        match &route.page {
            Page::Article(id) => Ingredients::Article(Box::new(self.article(*id))),
            Page::Twin(id, format) => Ingredients::Twin(*format, Box::new(self.twin(*id))),
            Page::Standing(place) => Ingredients::Standing(standing(&collection.pages[*place as usize])),
            Page::List(list, number) => Ingredients::List(Box::new(self.list(*list, *number))),
            Page::Terms(kind, order) => Ingredients::Terms(self.terms(*kind, *order)),
            Page::Archive => Ingredients::Archive(self.archive()),
            Page::Corrections => Ingredients::Corrections(corrections(collection)),
            Page::Feed(list, format) => Ingredients::Feed(self.feed(*list, *format)),
            Page::Sitemap(Some(part)) => {
                Ingredients::Sitemap(sitemap::part(*part, self.plan, self.materials))
            }
            Page::Sitemap(None) => Ingredients::SitemapIndex(
                (1..=self.plan.sitemap_parts).map(generated::sitemap_part).collect(),
            ),
            Page::NewsSitemap => Ingredients::NewsSitemap(self.news()),
            Page::Robots => Ingredients::Robots(self.sitemaps()),
            Page::NotFound => Ingredients::NotFound,
            Page::Redirect(goal) => Ingredients::Redirect(goal),
            Page::Tombstone(place) => Ingredients::Tombstone(self.tombstone(*place, &route.url)),
            Page::RedirectsFile(form) => Ingredients::RedirectsFile(*form, self.redirects()),
            Page::Copy(path) => Ingredients::Copy(path, content(path)),
            Page::ThemeAsset(name) => Ingredients::ThemeAsset(name),
        }
    }

    fn sitemaps(&self) -> Vec<UrlPath> {
        let of_all = (self.plan.sitemap_parts > 0).then(generated::sitemap);
        let has_news = self.materials.config.outputs.news_sitemap;
        of_all.into_iter().chain(has_news.then(generated::news_sitemap)).collect()
    }

    fn article(&self, id: ArticleId) -> ArticleParts<'a> {
        let collection = self.materials.collection;
        let entry = collection.article(id);
        let neighbour =
            |id: Option<u32>| id.filter(|&id| (id as usize) < collection.articles.len()).map(ArticleId);
        ArticleParts {
            meta: printed(&entry.meta),
            body: entry.meta.body_print,
            url: &entry.line.url,
            policy: entry.line.policy,
            links: &entry.links,
            tags: self.names(id, TermKind::Tag),
            sources: self.sources(id),
            authors: self.names(id, TermKind::Author),
            series: self.series(id),
            previous: neighbour(id.0.checked_sub(1)).map(|id| self.card(id)),
            next: neighbour(id.0.checked_add(1)).map(|id| self.card(id)),
            related: entry.related.iter().map(|&id| self.card(id)).collect(),
            elsewhere: entry.elsewhere.iter().map(|&id| self.card(id)).collect(),
        }
    }

    /// The article without other articles: if the twin showed them, it would change with them.
    fn twin(&self, id: ArticleId) -> ArticleParts<'a> {
        let article = self.article(id);
        let series =
            article.series.map(|series| SeriesParts { total: 0, previous: None, next: None, ..series });
        ArticleParts {
            series,
            previous: None,
            next: None,
            related: Vec::new(),
            elsewhere: Vec::new(),
            ..article
        }
    }

    fn names(&self, id: ArticleId, kind: TermKind) -> Vec<TermRef<'a>> {
        self.materials.collection.terms_of(id, kind).map(|term| self.name(term)).collect()
    }

    fn sources(&self, id: ArticleId) -> Vec<OutletParts<'a>> {
        let outlet = |term: &'a Term| {
            let picture = term.profile.as_ref().and_then(|profile| profile.picture.as_ref());
            let logo = picture.and_then(|picture| term.links.get(picture.link as usize));
            OutletParts { term: self.name(term), profile: profile(term), logo }
        };
        self.materials.collection.terms_of(id, TermKind::Source).map(outlet).collect()
    }

    fn name(&self, term: &'a Term) -> TermRef<'a> {
        let has_page = routes::has_pages(term.kind, self.materials.config);
        TermRef { kind: term.kind, name: &term.name, url: has_page.then_some(&term.url), lang: term.lang() }
    }

    fn card(&self, id: ArticleId) -> CardRef<'a> {
        let entry = self.materials.collection.article(id);
        let outlets = || self.materials.collection.terms_of(id, TermKind::Source);
        let terms = |kind: TermKind| TermRefs {
            ids: &entry.terms[kind],
            all: self.materials.collection.terms(kind),
            have_pages: routes::has_pages(kind, self.materials.config),
        };
        CardRef {
            number: id.0,
            meta: &entry.meta,
            place: whereabouts(entry),
            links: &entry.links,
            source: outlets().next().map(|term| self.name(term)),
            max_words: entry.meta.max_words(outlets().map(Term::max_words)),
            authors: terms(TermKind::Author),
            tags: terms(TermKind::Tag),
            print: entry.line.card_print,
        }
    }

    fn series(&self, id: ArticleId) -> Option<SeriesParts<'a>> {
        let collection = self.materials.collection;
        let term = collection.terms_of(id, TermKind::Series).next()?;
        let Place { part, total, previous, next } = series::place(term, id, collection)?;
        let [previous, next] = [previous, next].map(|id| id.map(|id| self.card(id)));
        Some(SeriesParts { term: self.name(term), part, total, previous, next })
    }

    fn feed(&self, list: List, format: FeedFormat) -> FeedParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let content = if list == List::All { config.feeds.content } else { config.feeds.term_content };
        let newest = lists::newest(list, self.materials).into_iter();
        let front = lists::front(list, collection);
        FeedParts {
            format,
            subject: self.subject(list),
            url: front.join(format.file_name()),
            page: self.front_of(list).unwrap_or(Cow::Owned(front)),
            entries: newest.map(|id| self.feed_entry(id, content)).collect(),
        }
    }

    fn feed_entry(&self, id: ArticleId, content: FeedContent) -> FeedEntryParts<'a> {
        let entry = self.materials.collection.article(id);
        // An article without a page shows no more in a feed than in a list.
        let is_whole = content == FeedContent::Full && entry.outside().is_none();
        FeedEntryParts {
            number: id.0,
            meta: printed(&entry.meta),
            body: is_whole.then_some(entry.meta.body_print),
            url: &entry.line.url,
            outside: entry.outside().map(Provenance::address),
            links: &entry.links,
            tags: self.names(id, TermKind::Tag),
            sources: self.sources(id),
            authors: self.names(id, TermKind::Author),
        }
    }

    fn tombstone(&self, place: u32, url: &'a UrlPath) -> TombstoneParts<'a> {
        let tombstone = &self.materials.collection.tombstones[place as usize];
        TombstoneParts { url, date: tombstone.date, reason: &tombstone.reason, lang: tombstone.lang.as_ref() }
    }

    fn redirects(&self) -> RedirectsParts<'a> {
        let is_gone = |route: &&Route| matches!(route.page, Page::Tombstone(_));
        RedirectsParts {
            moved: self.plan.redirects.iter().collect(),
            gone: self.plan.routes.iter().filter(is_gone).map(|route| &route.url).collect(),
        }
    }

    fn news(&self) -> Vec<CardRef<'a>> {
        let at = self.materials.at;
        let is_news = |(_, moment): &(ArticleId, Moment)| (0..NEWS).contains(&(at.0 - moment.0));
        self.recent().filter(is_news).take(MOST_NEWS).map(|(id, _)| self.card(id)).collect()
    }

    /// The articles that are news, were news recently or will be, the newest first, each with the moment from
    /// which it is news. An article may be published before its date.
    fn recent(&self) -> impl Iterator<Item = (ArticleId, Moment)> + use<'a> {
        let Materials { collection, config, at, .. } = self.materials;
        let moment = move |date: Date| date.moment(config.zone);
        // The timeline is in the order of calendar dates, so the time zones of two articles can put them a
        // day out of order.
        let is_near = move |id: &ArticleId| {
            let date = collection.article(*id).line.date;
            date.is_some_and(|date| at.0 - moment(date).0 < 2 * NEWS)
        };
        let dated = move |id: ArticleId| {
            let entry = collection.article(id);
            // An article with only a year or month cannot be news.
            let date =
                entry.line.date.filter(|date| date.day > 0 && entry.line.policy == IndexPolicy::Own)?;
            Some((id, moment(date)))
        };
        collection.timeline.iter().copied().rev().take_while(is_near).filter_map(dated)
    }

    /// The ingredients of a digest: the articles that appeared after `since`, grouped by their terms of a
    /// kind.
    pub fn digest(&self, since: Moment, kind: TermKind) -> DigestParts<'a> {
        let Materials { collection, at, .. } = self.materials;
        let groups = digest::groups(since, kind, self.materials).into_iter().map(|(term, ids)| {
            let term = term.map(|id| self.name(&collection.terms(kind)[id.index()]));
            (term, ids.into_iter().map(|id| self.card(id)).collect())
        });
        DigestParts { since, at, groups: groups.collect() }
    }

    /// The next moment at which a page changes although no file does.
    pub fn next_change(&self) -> Option<Moment> {
        self.news_change().into_iter().chain(front::next_change(self.materials)).min()
    }

    /// The next moment at which an article becomes news or ceases to be.
    fn news_change(&self) -> Option<Moment> {
        let Materials { config, at, .. } = self.materials;
        let changes = self.recent().flat_map(|(_, moment)| [moment, Moment(moment.0 + NEWS)]);
        if config.outputs.news_sitemap { changes.filter(|&moment| moment > at).min() } else { None }
    }
}

/// All corrections, the newest first; one without a date stands where its article was last changed.
fn corrections(collection: &Collection) -> Vec<CorrectionParts<'_>> {
    let of_article = |entry: &'_ Entry| -> Vec<_> {
        let key = |place: usize| (entry.meta.corrections[place].date.or(entry.meta.changed()), place);
        (0..entry.meta.corrections.len()).map(key).collect()
    };
    let articles = collection.articles.iter().enumerate();
    let mut all: Vec<(Option<Date>, usize, usize)> = articles
        .flat_map(|(id, entry)| of_article(entry).into_iter().map(move |(date, place)| (date, id, place)))
        .collect();
    all.sort_unstable_by(|one, other| other.cmp(one));
    let parts = |(_, id, place): (Option<Date>, usize, usize)| {
        let entry = &collection.articles[id];
        CorrectionParts {
            correction: &entry.meta.corrections[place],
            title: &entry.meta.title,
            place: whereabouts(entry),
            lang: entry.meta.lang.as_ref(),
        }
    };
    all.into_iter().map(parts).collect()
}

fn whereabouts(entry: &Entry) -> Whereabouts<'_> {
    entry.outside().map_or(Whereabouts::Here(&entry.line.url), Whereabouts::Outside)
}

fn standing(page: &PageEntry) -> StandingParts<'_> {
    StandingParts {
        meta: printed(&page.meta),
        body: page.meta.body_print,
        url: &page.url,
        links: &page.links,
    }
}

fn printed(meta: &Meta) -> Printed<'_, Meta> {
    Printed::new(meta, meta.print)
}

fn profile(term: &Term) -> Option<Printed<'_, Profile>> {
    term.profile.as_ref().map(|profile| Printed::new(profile, profile.print))
}
