//! Articles that are not published, and what links to them become.
//!
//! A link to something hidden is written as plain text, so it changes its page when that comes, goes or gets
//! another name. Here it is decided whether any document may lead to such an article, or to a list that
//! exists only with it. In doubt it declines.

use super::asked::Asked;
use super::renew::News;
use crate::config::{SiteConfig, UrlPart};
use crate::index::{addresses, periods, terms};
use crate::model::article::Meta;
use crate::model::collection::Term;
use crate::model::declined::{Declined, require};
use crate::model::generated;
use crate::model::profile::{ByKind, TermKind};

/// Declines if a link, or an address in `site.toml`, may lead to what is hidden, or was hidden and is not any
/// more.
pub(super) fn are_not_asked_for(
    News { new, hidden, unseen, .. }: &News,
    terms: &ByKind<Vec<Term>>,
    asked: Asked<'_>,
    config: &SiteConfig,
) -> Result<(), Declined> {
    let asked_for = AskedFor { terms, asked, config };
    let mut all = unseen.iter().flat_map(|(before, after)| [before, after]).chain(hidden);
    let is_asked_for = all.any(|meta| asked_for.is_hidden(meta));
    require(!is_asked_for, "a document asks for an article that is not published")?;
    let are_files_asked_for = new.iter().any(|meta| asked.has_files_of(&meta.path));
    require(!are_files_asked_for, "a document shows a file that belongs to a new article")?;
    let mut new = new.iter();
    require(!new.any(|meta| asked_for.has_list_of(meta)), "a document asks for a list that may be new")?;
    // A tag may have a parent that only such articles have.
    let is_open = |term: &Term| {
        term.parent.is_none() && term.profile.as_ref().is_some_and(|profile| profile.parent.is_some())
    };
    let brings_none = unseen.is_empty() && hidden.is_empty();
    require(brings_none || !terms.iter().flatten().any(is_open), "a tag whose parent no article has")
}

struct AskedFor<'a> {
    terms: &'a ByKind<Vec<Term>>,
    asked: Asked<'a>,
    config: &'a SiteConfig,
}

impl AskedFor<'_> {
    /// Whether something may mean a hidden article.
    fn is_hidden(&self, meta: &Meta) -> bool {
        let known = terms::known(meta, self.terms);
        let outlet = known.as_ref().and_then(|own| own[TermKind::Source].first());
        let outlet = outlet.map(|id| self.terms[TermKind::Source][id.index()].slug.as_str());
        let is_unsure = known.is_none() && self.config.urls.article.contains(&UrlPart::Source);
        let own = addresses::of_article(meta, outlet, self.config);
        let mut urls = std::iter::once(&own).chain(&meta.aliases);
        is_unsure
            || self.asked.has_name_of(meta)
            || self.asked.has_file(&meta.path)
            || self.asked.has_files_of(&meta.path)
            || urls.any(|url| self.leads_to(url.as_str()) || self.leads_below(url.as_str()))
            || self.has_list_of(meta)
            || known.is_none()
                && TermKind::ALL
                    .into_iter()
                    .any(|kind| self.leads_below(generated::overview(kind, &self.config.urls).as_str()))
    }

    /// Whether something leads to a list with an article, other than that of a new term.
    fn has_list_of(&self, meta: &Meta) -> bool {
        let periods = periods::periods([meta.date]).into_iter().map(|period| period.url);
        let sources = meta.date.into_iter().flat_map(|date| {
            self.terms[TermKind::Source].iter().map(move |term| generated::year_below(&term.url, date.year))
        });
        let mut urls = periods.chain(sources);
        urls.any(|url| self.leads_to(url.as_str()))
    }

    fn leads_to(&self, url: &str) -> bool {
        let bare = url.trim_end_matches('/');
        let mut own = self.config.addresses.iter();
        self.asked.has_address(url) || own.any(|(address, _)| address.trim_end_matches('/') == bare)
    }

    fn leads_below(&self, url: &str) -> bool {
        let mut own = self.config.addresses.iter();
        self.asked.has_below(url) || own.any(|(address, _)| address.starts_with(url))
    }
}
