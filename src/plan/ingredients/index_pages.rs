//! The ingredients of lists, and of the overviews of terms and of periods.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Pantry, profile};
use crate::base::collation::Collation;
use crate::model::collection::{ArticleId, Period, Term, TermId};
use crate::model::generated;
use crate::model::ingredients::{
    ArchiveParts, CompanyParts, FrontParts, ListOverview, ListParts, ListSubject, NearPeriod, PeriodRef,
    SlotParts, TermEntryParts, TermRef, TermsParts,
};
use crate::model::path::UrlPath;
use crate::model::plan::{List, TermOrder};
use crate::model::profile::TermKind;
use crate::plan::series::Parts;
use crate::plan::{Materials, calendar, company, front, lists, routes};

impl<'a> Pantry<'a> {
    pub(super) fn list(&self, list: List, number: Option<u32>) -> ListParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let all = lists::on_pages(list, collection);
        let front = lists::front(list, collection);
        let pages = lists::numbered_pages(all.len(), config);
        let page_url = |number| generated::page(&front, number);
        let (cards, newer, older): (Vec<_>, _, _) = if lists::reads_forward(list) {
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
            part_numbers: self.part_numbers(list),
            cards,
            newer,
            older,
        }
    }

    /// The numbers of the parts of a series, in their order.
    fn part_numbers(&self, list: List) -> Vec<u32> {
        let List::Term(TermKind::Series, id) = list else { return Vec::new() };
        let collection = self.materials.collection;
        let series = &collection.terms(TermKind::Series)[id.index()];
        let parts = Parts::of(series, collection);
        (0..series.articles.len()).map(|place| parts.number(place)).collect()
    }

    fn front_page(&self) -> FrontParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let all = lists::on_pages(List::All, collection);
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
                    // A slot with more conditions than the term shows other articles than the term's page.
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

    /// The address of a list's front, if it is stored and can be borrowed.
    pub(super) fn front_of(&self, list: List) -> Option<Cow<'a, UrlPath>> {
        let collection = self.materials.collection;
        match list {
            List::Term(kind, id) => Some(Cow::Borrowed(&collection.terms(kind)[id.index()].url)),
            List::Period(place) => Some(Cow::Borrowed(&collection.periods[place as usize].url)),
            List::All | List::SourceYear(..) => None,
        }
    }

    pub(super) fn subject(&self, list: List) -> ListSubject<'a> {
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
            company: None,
            neighbours: [None, None],
            anniversaries: Vec::new(),
        };
        match list {
            List::Term(kind, id) => {
                let term = &collection.terms(kind)[id.index()];
                let name = |id: &TermId| self.name(&collection.terms(kind)[id.index()]);
                overview.parent = term.parent.as_ref().map(name);
                overview.children = term.children.iter().map(name).collect();
                overview.parts = self.years(term);
                overview.company = Some(self.company(id, term));
            }
            List::Period(place) => {
                let place = place as usize;
                overview.parts = self.within(place);
                let beside = calendar::beside(place, &collection.periods);
                overview.neighbours = beside.map(|near| near.and_then(|near| self.near(near)));
                let anniversaries = calendar::anniversaries(place, collection);
                overview.anniversaries = anniversaries.into_iter().map(|id| self.card(id)).collect();
            }
            List::All | List::SourceYear(..) => {}
        }
        overview
    }

    fn company(&self, id: TermId, term: &'a Term) -> CompanyParts<'a> {
        let collection = self.materials.collection;
        let company::Company { span, frequent } = company::of(id, term, collection);
        let named = |kind, id: TermId| self.name(&collection.terms(kind)[id.index()]);
        let counted = |(kind, found): (TermKind, Vec<(TermId, u32)>)| {
            found.into_iter().map(|(id, count)| (named(kind, id), count)).collect()
        };
        CompanyParts { span, frequent: frequent.map(counted) }
    }

    /// The years of a term; those of outlets may have pages.
    fn years(&self, term: &'a Term) -> Vec<PeriodRef<'a>> {
        let of_year = |year, url, count| PeriodRef { year, month: 0, day: 0, url, count };
        if term.kind == TermKind::Source {
            let wanted = self.materials.config.outputs.source_years;
            let url = |year| wanted.then(|| Cow::Owned(generated::year_below(&term.url, year)));
            let years = term.years.iter();
            return years.map(|(year, range)| of_year(*year, url(*year), range.len() as u32)).collect();
        }
        let date = |id: &ArticleId| self.materials.collection.article(*id).line.date;
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

    fn near(&self, place: usize) -> Option<NearPeriod<'a>> {
        let Period { year, month, day, ref url, .. } = self.materials.collection.periods[place];
        let has_page = self.materials.config.outputs.has_periods(month, day);
        has_page.then_some(NearPeriod { year, month, day, url })
    }

    fn period(&self, period: &'a Period) -> PeriodRef<'a> {
        let has_page = self.materials.config.outputs.has_periods(period.month, period.day);
        PeriodRef {
            year: period.year,
            month: period.month,
            day: period.day,
            url: has_page.then_some(Cow::Borrowed(&period.url)),
            count: period.articles.len() as u32,
        }
    }

    pub(super) fn terms(&self, kind: TermKind, order: TermOrder) -> TermsParts<'a> {
        let Materials { collection, config, .. } = self.materials;
        let mut terms: Vec<&Term> = collection.terms(kind).iter().collect();
        let names = Collation::of(&config.language);
        terms.sort_by_cached_key(|term| (names.key(&term.name), &term.slug));
        match order {
            TermOrder::Name => {}
            TermOrder::Count => terms.sort_by_key(|term| Reverse(term.articles.len())),
            TermOrder::Newest => {
                terms.sort_by_cached_key(|term| Reverse(term.articles.iter().max().copied()));
            }
        }
        let entry = |term: &'a Term| TermEntryParts {
            term: self.name(term),
            profile: profile(term),
            count: term.articles.len() as u32,
            newest: term.articles.iter().max().and_then(|&id| collection.article(id).line.date),
            parent: term.parent.map(|parent| collection.terms(kind)[parent.index()].name.as_str()),
        };
        let orders = routes::orders_of(kind, collection);
        let way_to = |order| (order, generated::overview_in(order, kind, &config.urls));
        TermsParts {
            kind,
            order,
            // With only one order there is nothing to choose.
            orders: if orders.len() > 1 { orders.into_iter().map(way_to).collect() } else { Vec::new() },
            terms: terms.into_iter().map(entry).collect(),
        }
    }

    pub(super) fn archive(&self) -> ArchiveParts<'a> {
        let collection = self.materials.collection;
        let coarse = collection.periods.iter().filter(|period| period.day == 0);
        ArchiveParts {
            periods: coarse.map(|period| self.period(period)).collect(),
            total: collection.articles.len() as u32,
        }
    }
}
