//! The pages of lists: the front page, terms, outlets by year, years, months and days.

use super::address::Form;
use super::body;
use super::calendar;
use super::front;
use super::head::{Head, here};
use super::json_ld;
use super::{Site, html};
use crate::base::date::Date;
use crate::base::language::Language;
use crate::config::ListOrder;
use crate::model::collection::Href;
use crate::model::generated;
use crate::model::ingredients::{CardRef, CompanyParts, ListParts, ListSubject, NearPeriod, TermRef};
use crate::model::path::UrlPath;
use crate::model::profile::{Profile, TermKind};
use crate::model::view::{
    CompanyView, Content, Crumb, Facet, ListView, PageView, ProfileView, SharedCard, TermLink, View,
};

pub(super) fn view(parts: &ListParts<'_>, site: &Site<'_>) -> View {
    let title = title(&parts.subject, site);
    let mut page = head(parts, &title, site);
    page.json_ld = json_ld::script(describe(parts, &page, site));
    let is_front_page = matches!(parts.subject, ListSubject::All) && parts.number.is_none();
    let template = if is_front_page { "home.html" } else { "list.html" };
    html(template, page, Content::List(Box::new(list(parts, title, site))))
}

/// The title of a list.
pub(super) fn title(subject: &ListSubject<'_>, site: &Site<'_>) -> String {
    match subject {
        ListSubject::All => site.config.title.clone(),
        ListSubject::Term(term, ..) => term.name.to_owned(),
        ListSubject::SourceYear(term, year) => format!("{}, {year}", term.name),
        ListSubject::Period(year, month, day) => {
            let date = Date { year: *year, month: *month, day: *day, time: None };
            date.words(&site.config.date_format, &site.config.locale)
        }
    }
}

/// One sentence about what a list shows; empty if nothing is known.
pub(super) fn description<'a>(subject: &ListSubject<'a>, site: &'a Site<'_>) -> &'a str {
    match subject {
        ListSubject::All => &site.config.description,
        ListSubject::Term(_, Some(profile), _) => profile.value.description.as_deref().unwrap_or_default(),
        _ => "",
    }
}

fn head(parts: &ListParts<'_>, title: &str, site: &Site<'_>) -> PageView {
    let url = &generated::page(&parts.front, parts.number);
    // Two pages of one list must not describe themselves with the same words.
    let description = if parts.number.is_none() { description(&parts.subject, site) } else { "" };
    let mut page = site.head(Head {
        kind: kind(&parts.subject),
        title: site.numbered(title, parts.number),
        description,
        url,
        trail: trail(parts, title, site),
    });
    if let (Some(overview), false) = (&parts.overview, matches!(parts.subject, ListSubject::All)) {
        let title = format!("{title} – {}", site.config.title);
        page.feeds = site.feed_links(&title, &parts.front, overview.feeds.iter().copied());
    }
    page
}

fn kind(subject: &ListSubject<'_>) -> &'static str {
    match subject {
        ListSubject::All => "home",
        ListSubject::Term(term, ..) => term.kind.singular(),
        ListSubject::SourceYear(..) => "source-year",
        ListSubject::Period(_, 0, _) => "year",
        ListSubject::Period(_, _, 0) => "month",
        ListSubject::Period(..) => "day",
    }
}

/// The way from the front page to this page of a list.
fn trail(parts: &ListParts<'_>, title: &str, site: &Site<'_>) -> Vec<Crumb> {
    let mut trail = above(&parts.subject, site);
    match (parts.number, &parts.subject) {
        (None, ListSubject::All) => {}
        (None, _) => trail.push(here(short_title(&parts.subject, title, site))),
        (Some(number), subject) => {
            if !matches!(subject, ListSubject::All) {
                let title = short_title(subject, title, site);
                trail.push(Crumb { title, url: site.local(&parts.front) });
            }
            trail.push(here(format!("{} {number}", site.word("page"))));
        }
    }
    trail
}

fn above(subject: &ListSubject<'_>, site: &Site<'_>) -> Vec<Crumb> {
    let urls = &site.config.urls;
    let overview =
        |key: &str, url: UrlPath| Crumb { title: site.word(key).to_owned(), url: site.local(&url) };
    let kind = |kind: TermKind| overview(kind.plural(), generated::overview(kind, urls));
    match subject {
        ListSubject::All => vec![],
        ListSubject::Term(term, ..) => vec![kind(term.kind)],
        ListSubject::SourceYear(term, _) => {
            vec![kind(term.kind), Crumb { title: term.name.to_owned(), url: site.term_url(term) }]
        }
        ListSubject::Period(year, month, day) => {
            let mut trail = Vec::new();
            if site.config.outputs.year_archives {
                trail.push(overview("archive", generated::archive(urls)));
            }
            let date = Date { year: *year, month: if *day > 0 { *month } else { 0 }, day: 0, time: None };
            trail.extend(if *month > 0 { site.periods(date) } else { vec![] });
            trail
        }
    }
}

/// The title as it stands below that of the wider period: `January`, not `January 2022`.
fn short_title(subject: &ListSubject<'_>, title: &str, site: &Site<'_>) -> String {
    match subject {
        ListSubject::SourceYear(_, year) => year.to_string(),
        ListSubject::Period(year, month, day) if *month > 0 => site.period(*year, *month, *day).title,
        _ => title.to_owned(),
    }
}

fn describe<'a>(parts: &'a ListParts<'_>, page: &'a PageView, site: &'a Site<'_>) -> Vec<json_ld::Node<'a>> {
    let about = match &parts.subject {
        ListSubject::All if parts.number.is_none() => return json_ld::front(site),
        ListSubject::Term(term, profile, _) => {
            let profile = profile.as_ref().map(|profile| profile.value);
            Some(json_ld::about(term.kind, term.name, profile))
        }
        _ => None,
    };
    json_ld::list(page, about, site)
}

fn list(parts: &ListParts<'_>, title: String, site: &Site<'_>) -> ListView {
    let overview = parts.overview.as_ref();
    let page = |url: &Option<UrlPath>| url.as_ref().map(|url| site.local(url)).unwrap_or_default();
    let terms = |terms: &[_]| terms.iter().map(|term| site.term(term)).collect();
    let cards_of =
        |cards: &[CardRef<'_>]| cards.iter().map(|card| site.card(card)).collect::<Vec<SharedCard>>();
    let cards = cards_of(&parts.cards);
    // Only the front of a list has filters.
    let filtered = if overview.is_some() { &cards[..] } else { &[] };
    ListView {
        title,
        outlets: facets(filtered.iter().filter_map(|card| card.source.as_ref())),
        tags: facets(filtered.iter().flat_map(|card| &card.tags)),
        front_page: parts.front_page.as_ref().map(|parts| front::view(parts, site)),
        cards,
        part_numbers: parts.part_numbers.clone(),
        order: order(&parts.subject, site).to_owned(),
        number: parts.number.unwrap_or(0),
        front: site.local(&parts.front),
        newer: page(&parts.newer),
        older: page(&parts.older),
        total: overview.map_or(0, |overview| overview.total),
        profile: overview.and_then(|_| profile(&parts.subject, site)),
        parent: overview.and_then(|overview| overview.parent.as_ref()).map(|term| site.term(term)),
        children: overview.map(|overview| terms(&overview.children)).unwrap_or_default(),
        parts: overview.map(|overview| site.periods_of(&overview.parts)).unwrap_or_default(),
        company: overview.and_then(|overview| overview.company.as_ref()).map(|parts| company(parts, site)),
        calendar: overview.and_then(|overview| calendar::month(&parts.subject, &overview.parts, site)),
        before: overview.and_then(|overview| neighbour(overview.neighbours[0].as_ref(), site)),
        after: overview.and_then(|overview| neighbour(overview.neighbours[1].as_ref(), site)),
        anniversaries: overview.map(|overview| cards_of(&overview.anniversaries)).unwrap_or_default(),
    }
}

/// What a list is ordered by.
fn order(subject: &ListSubject<'_>, site: &Site<'_>) -> &'static str {
    match subject {
        ListSubject::Term(term, ..) if term.kind == TermKind::Series => "part",
        ListSubject::All | ListSubject::Term(..) if site.config.list_order == ListOrder::Added => "added",
        _ => "date",
    }
}

/// The link to a neighbouring period.
fn neighbour(period: Option<&NearPeriod<'_>>, site: &Site<'_>) -> Option<Crumb> {
    let NearPeriod { year, month, day, url } = period?;
    Some(Crumb { title: title(&ListSubject::Period(*year, *month, *day), site), url: site.local(url) })
}

fn company(parts: &CompanyParts<'_>, site: &Site<'_>) -> CompanyView {
    let facet = |(term, count): &(TermRef<'_>, u32)| {
        let TermLink { name, url, .. } = site.term(term);
        Facet { name, url, count: *count }
    };
    let [tags, sources, authors] =
        parts.frequent.each_ref().map(|terms| terms.iter().map(facet).collect::<Vec<_>>());
    let date = |date| site.date(date);
    let (first, last) = parts.span.unzip();
    CompanyView { first: first.map(date), last: last.map(date), tags, sources, authors }
}

/// Counts terms. The most frequent come first; among equals the one that occurs first.
fn facets<'a>(terms: impl Iterator<Item = &'a TermLink>) -> Vec<Facet> {
    let mut terms: Vec<(usize, &TermLink)> = terms.enumerate().collect();
    terms.sort_unstable_by_key(|(place, term)| (&term.url, &term.name, *place));
    let same = |(_, one): &(usize, &TermLink), (_, other): &(usize, &TermLink)| {
        (&one.url, &one.name) == (&other.url, &other.name)
    };
    let mut facets: Vec<_> = terms.chunk_by(same).map(|all| (all.len(), all[0])).collect();
    facets.sort_unstable_by_key(|(count, (first, _))| (std::cmp::Reverse(*count), *first));
    let facet = |(count, (_, term)): (usize, (usize, &TermLink))| Facet {
        name: term.name.clone(),
        url: term.url.clone(),
        count: count as u32,
    };
    facets.into_iter().map(facet).collect()
}

fn profile(subject: &ListSubject<'_>, site: &Site<'_>) -> Option<ProfileView> {
    let ListSubject::Term(_, Some(profile), links) = subject else { return None };
    Some(profile_view(profile.value, links, site))
}

fn profile_view(profile: &Profile, links: &[Href], site: &Site<'_>) -> ProfileView {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let picture = profile.picture.as_ref();
    let picture_link = picture.and_then(|picture| links.get(picture.link as usize));
    ProfileView {
        description: text(&profile.description),
        content: body::fill(&profile.body, links, &[], site),
        url: text(&profile.url),
        kind: text(&profile.outlet_kind),
        country: text(&profile.country),
        language: profile.language.as_ref().map(Language::to_string).unwrap_or_default(),
        license: text(&profile.license),
        links: profile.links.clone(),
        picture: site.image(picture, picture_link, Form::Local),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_in_the_order_of_their_first_article() {
        let term = |name: &str, url: &str| TermLink {
            name: name.to_owned(),
            url: url.to_owned(),
            ..TermLink::default()
        };
        let terms =
            [term("a", "/a/"), term("b", "/b/"), term("b", "/b/"), term("a", "/other/"), term("c", "")];
        let counted: Vec<_> =
            facets(terms.iter()).iter().map(|one| format!("{}{} {}", one.name, one.url, one.count)).collect();
        assert_eq!(counted, ["b/b/ 2", "a/a/ 1", "a/other/ 1", "c 1"]);
    }

    /// Each compared with each would take an hour.
    #[test]
    fn a_million_facets_are_counted() {
        let terms: Vec<_> = (0..1_000_000)
            .map(|n| TermLink { name: "a tag".to_owned(), url: format!("/tags/{n}/"), ..TermLink::default() })
            .collect();
        assert_eq!(facets(terms.iter()).len(), terms.len());
    }
}
