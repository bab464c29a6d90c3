//! The overviews: all terms of a kind, all years and months.

use super::Site;
use super::head::{Head, here};
use super::json_ld;
use super::periods::share;
use crate::model::ingredients::{ArchiveParts, PeriodRef, TermEntryParts, TermsParts};
use crate::model::path::UrlPath;
use crate::model::profile::TermKind;
use crate::model::view::{
    ArchiveView, Content, HtmlView, PageView, PeriodLink, TermEntry, TermsView, View, YearView,
};

/// The overview of a kind's terms.
pub(super) fn terms(parts: &TermsParts<'_>, site: &Site<'_>) -> View {
    let kind = match parts.kind {
        TermKind::Tag => "tags",
        TermKind::Source => "sources",
        TermKind::Author => "authors",
        TermKind::Series => "all-series",
    };
    let segment = &site.config.urls.terms[parts.kind as usize];
    html(
        "terms.html",
        head(kind, parts.kind.plural(), segment, site),
        Content::Terms(TermsView {
            kind: parts.kind.plural().to_owned(),
            terms: parts.terms.iter().map(|entry| term(entry, site)).collect(),
        }),
    )
}

/// The overview of years and months.
pub(super) fn archive(parts: &ArchiveParts<'_>, site: &Site<'_>) -> View {
    html(
        "archive.html",
        head("archive", "archive", &site.config.urls.archive, site),
        Content::Archive(ArchiveView {
            years: years(&parts.periods, site),
            month_names: (1..=12).map(|month| site.short_month_name(month)).collect(),
            total: parts.total,
        }),
    )
}

fn html(template: &str, page: PageView, content: Content) -> View {
    View::Html(Box::new(HtmlView { template: template.to_owned(), page, content }))
}

fn head(kind: &'static str, word: &str, segment: &str, site: &Site<'_>) -> PageView {
    let title = site.word(word).to_owned();
    let mut page = site.head(Head {
        kind,
        description: "",
        url: &UrlPath::root().join(&format!("{segment}/")),
        trail: vec![here(title.as_str())],
        title,
    });
    page.json_ld = json_ld::script(vec![
        json_ld::collection(&page, None, site),
        json_ld::breadcrumbs(&page, &page.canonical, site),
    ]);
    page
}

fn term(entry: &TermEntryParts<'_>, site: &Site<'_>) -> TermEntry {
    let profile = entry.profile.as_ref().map(|profile| profile.value);
    let of_profile = |text: Option<&String>| text.cloned().unwrap_or_default();
    TermEntry {
        name: entry.term.name.to_owned(),
        url: site.term_url(&entry.term),
        count: entry.count,
        description: of_profile(profile.and_then(|profile| profile.description.as_ref())),
        country: of_profile(profile.and_then(|profile| profile.country.as_ref())),
        language: of_profile(profile.and_then(|profile| profile.language.as_ref())),
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
