//! The overviews: all terms of a kind, all years and months.

use std::collections::BTreeSet;

use super::head::{Head, here};
use super::json_ld;
use super::periods::share;
use super::{Site, html};
use crate::base::collation::Collation;
use crate::base::language::Language;
use crate::model::generated;
use crate::model::ingredients::{ArchiveParts, PeriodRef, TermEntryParts, TermsParts};
use crate::model::path::UrlPath;
use crate::model::plan::TermOrder;
use crate::model::profile::TermKind;
use crate::model::view::{
    ArchiveView, CodePair, Content, Crumb, OrderLink, PageView, PeriodLink, TermEntry, TermsView, View,
    YearView,
};

/// The overview of a kind's terms.
pub(super) fn terms(parts: &TermsParts<'_>, site: &Site<'_>) -> View {
    let kind = match parts.kind {
        TermKind::Tag => "tags",
        TermKind::Source => "sources",
        TermKind::Author => "authors",
        TermKind::Series => "all-series",
    };
    let overview = generated::overview(parts.kind, &site.config.urls);
    let title = site.word(parts.kind.plural()).to_owned();
    let page = match parts.order {
        TermOrder::Name => head(kind, title, &overview, vec![], site),
        order => {
            let by = site.word(&format!("by_{}", order.name())).to_owned();
            let url =
                parts.orders.iter().find(|(other, _)| *other == order).map_or(&overview, |(_, url)| url);
            let above = Crumb { title: title.clone(), url: site.local(&overview) };
            head(kind, format!("{title} · {by}"), url, vec![above], site)
        }
    };
    let terms: Vec<TermEntry> = parts.terms.iter().map(|entry| term(entry, site)).collect();
    let orders = parts.orders.iter();
    let view = TermsView {
        kind: parts.kind.plural().to_owned(),
        order: parts.order.name().to_owned(),
        orders: orders
            .map(|(order, url)| OrderLink { name: order.name().to_owned(), url: site.local(url) })
            .collect(),
        countries: codes("country", &terms, |term| &term.country, site),
        languages: codes("language", &terms, |term| &term.language, site),
        pairs: pairs(&terms),
        terms,
    };
    // The same terms in another order are not another page for search engines.
    let page = PageView { canonical: site.whole(&overview), ..page };
    html("terms.html", described(page, site), Content::Terms(view))
}

/// The codes that terms have, each once, in the order of the names that the theme's words have for them.
fn codes(what: &str, terms: &[TermEntry], code: fn(&TermEntry) -> &String, site: &Site<'_>) -> Vec<String> {
    let codes: BTreeSet<&String> = terms.iter().map(code).filter(|code| !code.is_empty()).collect();
    let mut codes: Vec<String> = codes.into_iter().cloned().collect();
    let order = Collation::of(&site.config.language);
    codes.sort_by_cached_key(|code| {
        order.key(site.theme.words.get(&format!("{what}-{code}")).unwrap_or(code))
    });
    codes
}

/// The countries and languages that occur together, each pair once.
fn pairs(terms: &[TermEntry]) -> Vec<CodePair> {
    let pairs: BTreeSet<_> = terms.iter().map(|term| (&term.country, &term.language)).collect();
    let known = pairs.into_iter().filter(|(country, language)| !country.is_empty() && !language.is_empty());
    known
        .map(|(country, language)| CodePair { country: country.clone(), language: language.clone() })
        .collect()
}

/// The overview of years and months.
pub(super) fn archive(parts: &ArchiveParts<'_>, site: &Site<'_>) -> View {
    let url = generated::archive(&site.config.urls);
    html(
        "archive.html",
        described(head("archive", site.word("archive").to_owned(), &url, vec![], site), site),
        Content::Archive(ArchiveView {
            years: years(&parts.periods, site),
            month_names: (1..=12).map(|month| site.short_month_name(month).to_owned()).collect(),
            total: parts.total,
        }),
    )
}

fn head(kind: &'static str, title: String, url: &UrlPath, above: Vec<Crumb>, site: &Site<'_>) -> PageView {
    let trail = above.into_iter().chain([here(title.as_str())]).collect();
    site.head(Head { kind, description: "", url, trail, title })
}

fn described(page: PageView, site: &Site<'_>) -> PageView {
    let json_ld = json_ld::script(json_ld::list(&page, None, site));
    PageView { json_ld, ..page }
}

fn term(entry: &TermEntryParts<'_>, site: &Site<'_>) -> TermEntry {
    let profile = entry.profile.as_ref().map(|profile| profile.value);
    let language = profile.and_then(|profile| profile.language.as_ref());
    let of_profile = |text: Option<&String>| text.cloned().unwrap_or_default();
    TermEntry {
        name: entry.term.name.to_owned(),
        url: site.term_url(&entry.term),
        count: entry.count,
        description: of_profile(profile.and_then(|profile| profile.description.as_ref())),
        country: of_profile(profile.and_then(|profile| profile.country.as_ref())),
        language: language.map(Language::primary).unwrap_or_default().to_owned(),
        parent: entry.parent.unwrap_or_default().to_owned(),
        newest: entry.newest.map(|date| site.date(date)),
    }
}

/// Years, newest first, from periods in the order of time in which a year comes before its months.
fn years(periods: &[PeriodRef<'_>], site: &Site<'_>) -> Vec<YearView> {
    let most = |months: bool| {
        let of_kind = periods.iter().filter(|period| (period.month > 0) == months);
        of_kind.map(|period| period.count).max().unwrap_or(0)
    };
    let (most_of_years, most_of_months) = (most(false), most(true));
    let mut years: Vec<YearView> = Vec::new();
    for period in periods {
        let link = site.period_link(period);
        if period.month == 0 {
            let months = (1..=12).map(|month| site.empty_month(month)).collect();
            let share = share(link.count, most_of_years);
            years.push(YearView { title: link.title, url: link.url, count: link.count, share, months });
        } else if let Some(month) =
            years.last_mut().and_then(|year| year.months.get_mut(period.month as usize - 1))
        {
            *month = PeriodLink { share: share(link.count, most_of_months), ..link };
        }
    }
    years.reverse();
    years
}
