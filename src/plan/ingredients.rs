//! What goes into each page.
//!
//! The [`Pantry`] is the only thing that sees the whole collection and hands out parts of it. A page that needs more than it
//! gets must ask for it here, and then it counts in the page's key.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::date::{Date, Moment};
use crate::base::fingerprint::{Fingerprint, Printed};
use crate::base::slug::fold;
use crate::config::{FeedContent, IndexPolicy};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, Href, PageEntry, Period, Term, TermId};
use crate::model::ingredients::{
    ArchiveParts, ArticleParts, CardRef, CorrectionParts, DigestParts, FeedEntryParts, FeedParts, FrontParts,
    Ingredients, ListOverview, ListParts, ListSubject, PeriodRef, RedirectsParts, SeriesParts, SlotParts,
    StandingParts, TagRefs, TermEntryParts, TermRef, TermsParts, TombstoneParts, Whereabouts,
};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::plan::{FeedFormat, List, Page, Plan, Route};
use crate::model::profile::{Profile, TermKind};

use super::{Materials, digest, front, lists, routes, sitemap};

/// Hands out the ingredients of pages.
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

    /// Routes in the order of the newest article on each page, so that those are close together that show the same articles.
    pub fn by_time(&self, mut routes: Vec<&'a Route>) -> Vec<&'a Route> {
        routes.sort_by_cached_key(|route| self.newest(&route.page));
        routes
    }

    /// The newest article on a page; none for a page that shows no cards.
    fn newest(&self, page: &Page) -> Option<ArticleId> {
        let Materials { collection, config, .. } = self.materials;
        match page {
            Page::Article(id) | Page::Twin(id, _) => Some(*id),
            Page::List(list, number) => {
                let all = lists::articles(*list, collection);
                let forward = lists::reads_forward(*list);
                let shown = if forward { all } else { &all[lists::stretch(all.len(), *number, config)] };
                shown.iter().max().copied()
            }
            _ => None,
        }
    }

    /// What goes into the page at a route. `content` gives what stands for the content of a copied file.
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
            Page::Terms(kind) => Ingredients::Terms(self.terms(*kind)),
            Page::Archive => Ingredients::Archive(self.archive()),
            Page::Corrections => Ingredients::Corrections(corrections(collection)),
            Page::Feed(list, format) => Ingredients::Feed(self.feed(*list, *format)),
            Page::Sitemap(Some(part)) => {
                Ingredients::Sitemap(sitemap::part(*part, self.plan, self.materials))
            }
            Page::Sitemap(None) => Ingredients::SitemapIndex(
                (1..=self.plan.sitemap_parts)
                    .map(|part| UrlPath::root().join(&format!("sitemap-{part}.xml")))
                    .collect(),
            ),
            Page::NewsSitemap => Ingredients::NewsSitemap(self.news()),
            Page::Robots => Ingredients::Robots(
                (self.plan.sitemap_parts > 0).then(|| UrlPath::root().join("sitemap.xml")),
            ),
            Page::NotFound => Ingredients::NotFound,
            Page::Redirect(goal) => Ingredients::Redirect(goal),
            Page::Tombstone(place) => Ingredients::Tombstone(self.tombstone(*place, &route.url)),
            Page::RedirectsFile(form) => Ingredients::RedirectsFile(*form, self.redirects()),
            Page::Copy(path) => Ingredients::Copy(path, content(path)),
            Page::ThemeAsset(name) => Ingredients::ThemeAsset(name),
        }
    }

    fn article(&self, id: ArticleId) -> ArticleParts<'a> {
        let collection = self.materials.collection;
        let entry = collection.article(id);
        let neighbour =
            |id: Option<u32>| id.filter(|&id| (id as usize) < collection.articles.len()).map(ArticleId);
        ArticleParts {
            meta: printed(&entry.meta),
            body: entry.meta.body_print,
            url: &entry.url,
            policy: entry.policy,
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

    /// The article alone: what is shown of others would make the twin change with them.
    fn twin(&self, id: ArticleId) -> ArticleParts<'a> {
        let article = self.article(id);
        let series = article.series.map(|series| SeriesParts { previous: None, next: None, ..series });
        ArticleParts { series, previous: None, next: None, related: Vec::new(), ..article }
    }

    fn names(&self, id: ArticleId, kind: TermKind) -> Vec<TermRef<'a>> {
        self.materials.collection.terms_of(id, kind).map(|term| self.name(term)).collect()
    }

    fn sources(&self, id: ArticleId) -> Vec<(TermRef<'a>, Option<Printed<'a, Profile>>)> {
        let terms = self.materials.collection.terms_of(id, TermKind::Source);
        terms.map(|term| (self.name(term), profile(term))).collect()
    }

    fn name(&self, term: &'a Term) -> TermRef<'a> {
        let has_page = routes::has_pages(term.kind, self.materials.config);
        TermRef { kind: term.kind, name: &term.name, url: has_page.then_some(&term.url) }
    }

    fn card(&self, id: ArticleId) -> CardRef<'a> {
        let entry = self.materials.collection.article(id);
        let source = self.materials.collection.terms_of(id, TermKind::Source).next();
        CardRef {
            number: id.0,
            meta: &entry.meta,
            place: whereabouts(entry),
            image: image_of(entry),
            source: source.map(|term| self.name(term)),
            tags: TagRefs {
                ids: &entry.terms[TermKind::Tag as usize],
                all: self.materials.collection.terms(TermKind::Tag),
                have_pages: routes::has_pages(TermKind::Tag, self.materials.config),
            },
            print: entry.card_print,
        }
    }

    /// The place in a series: by the part's number where it has one, else by its place among the parts.
    fn series(&self, id: ArticleId) -> Option<SeriesParts<'a>> {
        let term = self.materials.collection.terms_of(id, TermKind::Series).next()?;
        let key = |id: &ArticleId| (self.materials.collection.article(*id).meta.part(), *id);
        let place = term.articles.binary_search_by_key(&key(&id), key).ok()?;
        let (_, part) = self.materials.collection.article(id).meta.series.as_ref()?;
        let neighbour =
            |place: Option<usize>| place.and_then(|place| term.articles.get(place)).map(|&id| self.card(id));
        Some(SeriesParts {
            term: self.name(term),
            part: part.unwrap_or(place as u32 + 1),
            previous: neighbour(place.checked_sub(1)),
            next: neighbour(Some(place + 1)),
        })
    }

    fn list(&self, list: List, number: Option<u32>) -> ListParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let all = lists::articles(list, collection);
        let front = lists::front(list, collection);
        let pages = lists::numbered_pages(all.len(), config);
        let page_url = |number| lists::page_url(&front, number);
        let (cards, newer, older) = if lists::reads_forward(list) {
            (all.iter().map(|&id| self.card(id)).collect(), None, None)
        } else {
            let stretch = &all[lists::stretch(all.len(), number, config)];
            let newer = number.map(|number| page_url((number < pages).then_some(number + 1)));
            let older =
                number.map_or(Some(pages), |number| number.checked_sub(1)).filter(|&number| number > 0);
            (
                stretch.iter().rev().map(|&id| self.card(id)).collect(),
                newer,
                older.map(|number| page_url(Some(number))),
            )
        };
        ListParts {
            subject: self.subject(list),
            overview: number.is_none().then(|| self.overview(list, all.len())),
            front: self.front_of(list).unwrap_or(Cow::Owned(front)),
            number,
            front_page: (list == List::All && number.is_none()).then(|| self.front_page()),
            cards,
            newer,
            older,
        }
    }

    fn front_page(&self) -> FrontParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let all = &collection.timeline;
        let newest: Vec<ArticleId> =
            all[lists::stretch(all.len(), None, config)].iter().rev().copied().collect();
        let front::Arranged { lead, slots, rest } = front::arrange(&newest, self.materials);
        let cards = |ids: Vec<ArticleId>| ids.into_iter().map(|id| self.card(id)).collect::<Vec<_>>();
        let slot = |(place, ids): (usize, Vec<ArticleId>)| {
            let slot = &config.front.slots[place];
            SlotParts {
                title: &slot.title,
                url: &slot.url,
                term: front::term_of(slot, collection).map(|term| {
                    // The page of a term shows something else than a slot that asks for more than the term.
                    let name = self.name(term);
                    TermRef { url: name.url.filter(|_| slot.conditions.len() == 1), ..name }
                }),
                cards: cards(ids),
            }
        };
        FrontParts {
            arranged: !(config.front.pins.is_empty() && config.front.slots.is_empty()),
            lead: cards(lead),
            slots: slots.into_iter().map(slot).collect(),
            rest: cards(rest),
        }
    }

    /// The stored address of a list's front, where there is one.
    fn front_of(&self, list: List) -> Option<Cow<'a, UrlPath>> {
        let collection = self.materials.collection;
        match list {
            List::Term(kind, id) => Some(Cow::Borrowed(&collection.terms(kind)[id.index()].url)),
            List::Period(place) => Some(Cow::Borrowed(&collection.periods[place as usize].url)),
            List::All | List::SourceYear(..) => None,
        }
    }

    fn subject(&self, list: List) -> ListSubject<'a> {
        let collection = self.materials.collection;
        match list {
            List::All => ListSubject::All,
            List::Term(kind, id) => {
                let term = &collection.terms(kind)[id.index()];
                ListSubject::Term(self.name(term), profile(term), &term.links)
            }
            List::SourceYear(id, year) => {
                let term = &collection.terms(TermKind::Source)[id.index()];
                ListSubject::SourceYear(self.name(term), term.years[year as usize].0)
            }
            List::Period(place) => {
                let period = &collection.periods[place as usize];
                ListSubject::Period(period.year, period.month, period.day)
            }
        }
    }

    fn overview(&self, list: List, total: usize) -> ListOverview<'a> {
        let Materials { collection, config, .. } = self.materials;
        let mut overview = ListOverview {
            total: total as u32,
            parent: None,
            children: Vec::new(),
            parts: Vec::new(),
            feeds: routes::feeds_of(list, config),
        };
        match list {
            List::Term(kind, id) => {
                let term = &collection.terms(kind)[id.index()];
                let name = |id: &TermId| self.name(&collection.terms(kind)[id.index()]);
                overview.parent = term.parent.as_ref().map(name);
                overview.children = term.children.iter().map(name).collect();
                overview.parts = self.years(term);
            }
            List::Period(place) => overview.parts = self.within(place as usize),
            List::All | List::SourceYear(..) => {}
        }
        overview
    }

    /// The years of a term; those of outlets may have pages.
    fn years(&self, term: &'a Term) -> Vec<PeriodRef<'a>> {
        let of_year = |year, url, count| PeriodRef { year, month: 0, day: 0, url, count };
        if term.kind == TermKind::Source {
            let wanted = self.materials.config.outputs.source_years;
            let url = |year| wanted.then(|| Cow::Owned(lists::year_of(term, year)));
            let years = term.years.iter();
            return years.map(|(year, range)| of_year(*year, url(*year), range.len() as u32)).collect();
        }
        let date = |id: &ArticleId| self.materials.collection.article(*id).meta.date;
        let mut counts = BTreeMap::new();
        for date in term.articles.iter().filter_map(date) {
            *counts.entry(date.year).or_default() += 1;
        }
        counts.into_iter().map(|(year, count)| of_year(year, None, count)).collect()
    }

    /// The months of a year, or the days of a month.
    fn within(&self, place: usize) -> Vec<PeriodRef<'a>> {
        let periods = &self.materials.collection.periods;
        let whole = &periods[place];
        let later = periods[place + 1..].iter().take_while(|period| {
            period.year == whole.year && (whole.month == 0 || period.month == whole.month)
        });
        let finer = |period: &&Period| if whole.month == 0 { period.day == 0 } else { whole.day == 0 };
        later.filter(finer).map(|period| self.period(period)).collect()
    }

    fn period(&self, period: &'a Period) -> PeriodRef<'a> {
        let has_page = routes::has_period_pages(period.month, period.day, self.materials.config);
        PeriodRef {
            year: period.year,
            month: period.month,
            day: period.day,
            url: has_page.then_some(Cow::Borrowed(&period.url)),
            count: period.articles.len() as u32,
        }
    }

    fn terms(&self, kind: TermKind) -> TermsParts<'a> {
        let collection = self.materials.collection;
        let mut terms: Vec<&Term> = collection.terms(kind).iter().collect();
        terms.sort_by_cached_key(|term| (fold(&term.name), &term.slug));
        let entry = |term: &'a Term| TermEntryParts {
            term: self.name(term),
            profile: profile(term),
            count: term.articles.len() as u32,
            newest: term.articles.iter().max().and_then(|&id| collection.article(id).meta.date),
            parent: term.parent.map(|parent| collection.terms(kind)[parent.index()].name.as_str()),
        };
        TermsParts { kind, terms: terms.into_iter().map(entry).collect() }
    }

    fn archive(&self) -> ArchiveParts<'a> {
        let collection = self.materials.collection;
        let coarse = collection.periods.iter().filter(|period| period.day == 0);
        ArchiveParts {
            periods: coarse.map(|period| self.period(period)).collect(),
            total: collection.articles.len() as u32,
        }
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
        FeedEntryParts {
            number: id.0,
            meta: printed(&entry.meta),
            body: (content == FeedContent::Full).then_some(entry.meta.body_print),
            url: &entry.url,
            outside: entry.outside(),
            links: &entry.links,
            tags: self.names(id, TermKind::Tag),
            sources: self.sources(id),
            authors: self.names(id, TermKind::Author),
        }
    }

    fn tombstone(&self, place: u32, url: &'a UrlPath) -> TombstoneParts<'a> {
        let tombstone = &self.materials.collection.tombstones[place as usize];
        TombstoneParts { url, date: tombstone.date, reason: &tombstone.reason }
    }

    fn redirects(&self) -> RedirectsParts<'a> {
        let is_gone = |route: &&Route| matches!(route.page, Page::Tombstone(_));
        RedirectsParts {
            moved: self.plan.redirects.iter().collect(),
            gone: self.plan.routes.iter().filter(is_gone).map(|route| &route.url).collect(),
        }
    }

    fn news(&self) -> Vec<CardRef<'a>> {
        let Materials { collection, config, at, .. } = self.materials;
        let is_news = |id: &ArticleId| {
            // Of a year or month nobody can say that it is news.
            let date = collection.article(*id).meta.date.filter(|date| date.day > 0);
            date.is_some_and(|date| (0..NEWS).contains(&(at.0 - date.moment(config.zone).0)))
        };
        // The timeline is in the order of calendar dates, so that zones can put an article a day out of its place.
        let is_near = |id: &ArticleId| {
            let date = collection.article(*id).meta.date;
            date.is_some_and(|date| at.0 - date.moment(config.zone).0 < 2 * NEWS)
        };
        let is_own = |id: &ArticleId| collection.article(*id).policy == IndexPolicy::Own;
        let newest = collection.timeline.iter().copied().rev().take_while(is_near);
        newest.filter(is_news).filter(is_own).take(MOST_NEWS).map(|id| self.card(id)).collect()
    }

    /// What goes into a digest of the articles that appeared after `since`, by their terms of a kind.
    pub fn digest(&self, since: Moment, kind: TermKind) -> DigestParts<'a> {
        let Materials { collection, at, .. } = self.materials;
        let groups = digest::groups(since, kind, self.materials).into_iter().map(|(term, ids)| {
            let term = term.map(|id| self.name(&collection.terms(kind)[id.index()]));
            (term, ids.into_iter().map(|id| self.card(id)).collect())
        });
        DigestParts { since, at, groups: groups.collect() }
    }

    /// The first moment at which a page changes because of nothing but the time.
    pub fn next_change(&self) -> Option<Moment> {
        self.news_ends().into_iter().chain(front::next_change(self.materials)).min()
    }

    /// The moment at which the first article ceases to be news.
    fn news_ends(&self) -> Option<Moment> {
        let zone = self.materials.config.zone;
        let wanted = self.materials.config.outputs.news_sitemap;
        let ends = |card: &CardRef<'_>| card.meta.date.map(|date| Moment(date.moment(zone).0 + NEWS));
        if wanted { self.news().iter().filter_map(ends).min() } else { None }
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
            lang: entry.meta.lang.as_deref(),
        }
    };
    all.into_iter().map(parts).collect()
}

fn whereabouts(entry: &Entry) -> Whereabouts<'_> {
    entry.outside().map_or(Whereabouts::Here(&entry.url), Whereabouts::Outside)
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

fn image_of(entry: &Entry) -> Option<&Href> {
    let image = entry.meta.image.as_ref()?;
    entry.links.get(image.link as usize)
}
