//! Tags, sources, authors and series: which names mean the same term, and which articles have it.
//!
//! Two names are one term if they differ only in case, spacing or accents, if a profile lists one as the
//! alias of the other, or if one is the slug of the other's profile.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::domain::{domain, path};
use crate::base::fold::fold;
use crate::base::language::Language;
use crate::base::slug::slugify;
use crate::config::SiteConfig;
use crate::model::article::{Meta, Provenance};
use crate::model::collection::{ArticleId, Term, TermId};
use crate::model::generated;
use crate::model::path::UrlPath;
use crate::model::profile::{ByKind, Profile, TermKind};

use super::about;
use super::parents::{names_of, set_parents};
use super::slugs::make_slugs_unique;

/// The terms of each kind, and those of each article.
pub(super) struct Named {
    pub(super) terms: ByKind<Vec<Term>>,
    pub(super) of_article: Vec<ByKind<Vec<TermId>>>,
}

/// Gathers the terms of all kinds. The articles must be in the order of their dates. The `hidden` ones bring
/// no terms, but what they name is known.
pub(super) fn gather(
    articles: &[Arc<Meta>],
    hidden: &[Arc<Meta>],
    profiles: Vec<Profile>,
    config: &SiteConfig,
) -> Warned<Named> {
    let mut diagnostics = Vec::new();
    let mut by_kind: ByKind<Vec<Profile>> = ByKind::default();
    profiles.into_iter().for_each(|profile| by_kind[profile.kind].push(profile));
    let of_kind = |(kind, profiles): (TermKind, Vec<Profile>)| {
        let mut diagnostics = Vec::new();
        let mut book = Book::new(kind, profiles, &mut diagnostics);
        let mut of_article = vec![Vec::new(); articles.len()];
        for (place, meta) in articles.iter().enumerate() {
            book.enter(meta, ArticleId(place as u32), &mut of_article[place]);
        }
        let terms = book.finish(articles, hidden, &mut of_article, config, &mut diagnostics);
        Warned { value: (terms, of_article), diagnostics }
    };
    let kinds = TermKind::ALL.map(|kind| (kind, std::mem::take(&mut by_kind[kind])));
    let gathered: Vec<_> = kinds.into_par_iter().map(of_kind).collect();
    let mut terms: ByKind<Vec<Term>> = ByKind::default();
    let mut of_article: Vec<ByKind<Vec<TermId>>> = vec![ByKind::default(); articles.len()];
    for (kind, one) in TermKind::ALL.into_iter().zip(gathered) {
        let (of_kind, ids) = one.take(&mut diagnostics);
        terms[kind] = of_kind;
        of_article.iter_mut().zip(ids).for_each(|(of_article, ids)| of_article[kind] = ids);
    }
    Warned { value: Named { terms, of_article }, diagnostics }
}

/// The terms of an article if all its names are known exactly as it writes them; `None` if one is not, or
/// could mean another term. Such an article changes nothing in its terms but their lists of articles: the
/// most frequent spelling stays the most frequent.
pub(super) fn known(meta: &Meta, terms: &ByKind<Vec<Term>>) -> Option<ByKind<Vec<TermId>>> {
    let mut known: ByKind<Vec<TermId>> = ByKind::default();
    let series = meta.series.as_ref().map(|(name, _)| name);
    let names = (meta.tags.iter().map(|name| (TermKind::Tag, name)))
        .chain(meta.authors.iter().map(|name| (TermKind::Author, name)))
        .chain(series.map(|name| (TermKind::Series, name)));
    for (kind, name) in names.filter(|(_, name)| !name.is_empty()) {
        let id = only(name, &terms[kind])?;
        let ids = &mut known[kind];
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let outlets = meta.sources.iter().map(|source| only_outlet(source, &terms[TermKind::Source]));
    known[TermKind::Source] = outlets.collect::<Option<_>>()?;
    Some(known)
}

/// The only outlet that a source can mean, by its name or by its address.
fn only_outlet(source: &Provenance, terms: &[Term]) -> Option<TermId> {
    if !source.outlet.is_empty() {
        return only(&source.outlet, terms);
    }
    let url = source.url.as_deref().unwrap_or_default();
    let own = domain(url).unwrap_or(Cow::Borrowed(url));
    let is_home = |term: &Term| {
        let home = term.profile.as_ref().and_then(|profile| profile.url.as_deref());
        home.is_some_and(|home| {
            domain(home).is_some_and(|home| home == own) && is_above(&path(home), &path(url))
        })
    };
    let mut homes = terms.iter().zip(0..).filter(|(term, _)| is_home(term));
    match (homes.next(), homes.next()) {
        (Some((_, place)), None) => Some(TermId(place)),
        (None, _) => only(&own, terms),
        // The longest path would have to be found.
        _ => None,
    }
}

/// The only term with a name, if no profile claims that name for another one.
fn only(name: &str, terms: &[Term]) -> Option<TermId> {
    let place = terms.iter().position(|term| term.name == name)?;
    let folded = fold(name);
    let claims = |profile: &Profile| {
        let names = [&profile.name, &profile.slug].into_iter().chain(&profile.aliases);
        names.into_iter().any(|name| fold(name) == folded)
    };
    // Two outlets known only by domain may differ only in accents; other terms cannot.
    let is_like = |term: &Term| match term.kind {
        TermKind::Source => fold(&term.name) == folded,
        _ => term.name == name,
    };
    let is_claimed = |(other, term): (usize, &Term)| {
        other != place && (is_like(term) || term.profile.as_ref().is_some_and(claims))
    };
    (!terms.iter().enumerate().any(is_claimed)).then_some(TermId(place as u32))
}

/// The terms of one kind while they are being gathered.
struct Book<'a> {
    kind: TermKind,
    drafts: Vec<Draft<'a>>,
    /// Drafts by folded name, alias or slug.
    by_name: HashMap<String, usize>,
    /// Profiles by their own names as they are written, which may differ from another's by an accent.
    named: HashMap<String, usize>,
    /// Drafts by names as they are written, which saves folding a name again.
    seen: HashMap<&'a str, usize>,
    /// Outlets by the domain of their homepage, each with the path of that, because several may share a
    /// domain.
    by_domain: HashMap<String, Vec<(String, usize)>>,
}

#[derive(Default)]
struct Draft<'a> {
    profile: Option<Profile>,
    /// How often each spelling occurs, and the first article with it.
    spellings: BTreeMap<&'a str, (u32, Option<&'a Meta>)>,
    /// The domain of an outlet that is known only by an address.
    domain: Option<String>,
    articles: Vec<ArticleId>,
}

impl<'a> Book<'a> {
    fn new(kind: TermKind, profiles: Vec<Profile>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut book = Self {
            kind,
            drafts: Vec::with_capacity(profiles.len()),
            by_name: HashMap::new(),
            named: HashMap::new(),
            seen: HashMap::new(),
            by_domain: HashMap::new(),
        };
        for profile in profiles {
            book.add_profile(profile, diagnostics);
        }
        book
    }

    fn add_profile(&mut self, profile: Profile, diagnostics: &mut Vec<Diagnostic>) {
        let at = self.drafts.len();
        let is_new = self.named.insert(profile.name.clone(), at).is_none();
        let names = [("name", &profile.name), ("slug", &profile.slug)].into_iter();
        for (key, name) in names.chain(profile.aliases.iter().map(|alias| ("aliases", alias))) {
            let holder = *self.by_name.entry(fold(name)).or_insert(at);
            let is_named = key != "aliases" && is_new && fold(&profile.name) == fold(name);
            let other = self.drafts.get(holder).and_then(|draft| draft.profile.as_ref());
            let is_apart = other.is_some_and(|other| is_named && fold(&other.name) == fold(name));
            if is_apart && key == "slug" {
                // All other spellings mean the one whose file is named so.
                self.by_name.insert(fold(name), at);
            }
            if let Some(other) = other.filter(|_| !is_apart) {
                let message =
                    format!("`{name}` already means the {} of `{}`", self.kind.singular(), other.path);
                let diagnostic = Diagnostic::new(Rule::AddressClash, message).about(&[key], name);
                diagnostics.push(about(&profile.path, diagnostic));
            }
        }
        if let Some((url, domain)) = profile.url.as_deref().and_then(|url| Some((url, domain(url)?))) {
            self.by_domain.entry(domain.into_owned()).or_default().push((path(url).into_owned(), at));
        }
        self.drafts.push(Draft { profile: Some(profile), ..Draft::default() });
    }

    /// Enters an article under its terms, which are added to `into`.
    fn enter(&mut self, meta: &'a Meta, id: ArticleId, into: &mut Vec<TermId>) {
        match self.kind {
            TermKind::Tag => meta.tags.iter().for_each(|name| self.enter_name(name, meta, id, into)),
            TermKind::Author => meta.authors.iter().for_each(|name| self.enter_name(name, meta, id, into)),
            TermKind::Series => {
                meta.series.iter().for_each(|(name, _)| self.enter_name(name, meta, id, into));
            }
            TermKind::Source => {
                meta.sources.iter().for_each(|source| self.enter_source(source, meta, id, into));
            }
        }
    }

    fn enter_name(&mut self, name: &'a str, meta: &'a Meta, id: ArticleId, into: &mut Vec<TermId>) {
        let at = match self.seen.get(name) {
            Some(&at) => at,
            None => {
                let folded = fold(name);
                let known = self.named.get(name).or_else(|| self.by_name.get(&folded)).copied();
                let known = known.or_else(|| self.profile_at(name));
                let at = known.unwrap_or_else(|| {
                    self.drafts.push(Draft::default());
                    self.by_name.insert(folded, self.drafts.len() - 1);
                    self.drafts.len() - 1
                });
                self.seen.insert(name, at);
                at
            }
        };
        let spelling = self.drafts[at].spellings.entry(name).or_default();
        spelling.0 += 1;
        spelling.1.get_or_insert(meta);
        self.join(at, id, into);
    }

    /// The outlet whose profile has this domain as its homepage, so that `gazette.example` and an address
    /// there mean the same. Outlets without a profile do not count: which articles came first would matter.
    fn profile_at(&self, name: &str) -> Option<usize> {
        if self.kind != TermKind::Source || !name.contains('.') || name.contains([' ', '/']) {
            return None;
        }
        let address = format!("https://{name}");
        let at = nearest(self.by_domain.get(&*domain(&address)?)?, "")?;
        self.drafts[at].profile.is_some().then_some(at)
    }

    /// Enters a source. If only an address is given, its domain decides which outlet it is.
    fn enter_source(
        &mut self,
        source: &'a Provenance,
        meta: &'a Meta,
        id: ArticleId,
        into: &mut Vec<TermId>,
    ) {
        if !source.outlet.is_empty() {
            return self.enter_name(&source.outlet, meta, id, into);
        }
        let url = source.url.as_deref().unwrap_or_default();
        let domain = domain(url).unwrap_or(Cow::Borrowed(url));
        let at = match self.by_domain.get(&*domain).and_then(|homes| nearest(homes, &path(url))) {
            Some(at) => at,
            None => {
                let at = self.named_as(&domain);
                self.by_domain.entry(domain.into_owned()).or_default().push((String::new(), at));
                at
            }
        };
        self.join(at, id, into);
    }

    /// The outlet with a domain as its name or alias, or a new one.
    fn named_as(&mut self, domain: &str) -> usize {
        let next = self.drafts.len();
        let holder = *self.by_name.entry(fold(domain)).or_insert(next);
        // Accents count in domains, unlike in names.
        let is_other = |draft: &Draft<'_>| draft.domain.as_deref().is_some_and(|other| other != domain);
        match self.drafts.get(holder) {
            Some(draft) if !is_other(draft) => holder,
            _ => {
                self.drafts.push(Draft { domain: Some(domain.to_owned()), ..Draft::default() });
                next
            }
        }
    }

    fn join(&mut self, at: usize, id: ArticleId, into: &mut Vec<TermId>) {
        into.push(TermId(at as u32));
        if self.drafts[at].articles.last() != Some(&id) {
            self.drafts[at].articles.push(id);
        }
    }

    /// Sorts the terms by slug and updates the ids in `of_article`.
    fn finish(
        self,
        articles: &[Arc<Meta>],
        hidden: &[Arc<Meta>],
        of_article: &mut [Vec<TermId>],
        config: &SiteConfig,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Term> {
        let kind = self.kind;
        let mut parents = Vec::new();
        let mut terms: Vec<(usize, Term)> = Vec::with_capacity(self.drafts.len());
        for (at, draft) in self.drafts.into_iter().enumerate() {
            let name = draft.name();
            draft.report_spellings(kind, &name, diagnostics);
            let slug =
                draft.profile.as_ref().map_or_else(|| slugify(&name, config.urls.slugs), |p| p.slug.clone());
            parents.push(draft.profile.as_ref().and_then(|profile| profile.parent.clone()));
            terms.push((at, term(kind, name, slug, draft)));
        }
        make_slugs_unique(&mut terms);
        terms.sort_by(|(_, a), (_, b)| (&a.slug, &a.name).cmp(&(&b.slug, &b.name)));

        let mut moved = vec![TermId(0); terms.len()];
        terms.iter().enumerate().for_each(|(place, (at, _))| moved[*at] = TermId(place as u32));
        let relocate = |ids: &mut Vec<TermId>| {
            ids.iter_mut().for_each(|id| *id = moved[id.index()]);
            if kind != TermKind::Source {
                let mut known = HashSet::new();
                ids.retain(|id| known.insert(*id));
            }
        };
        of_article.iter_mut().for_each(relocate);

        let wanted: Vec<Option<String>> = terms.iter().map(|(at, _)| parents[*at].take()).collect();
        let mut terms: Vec<Term> = terms.into_iter().map(|(_, term)| term).collect();
        for term in &mut terms {
            term.url = generated::term(kind, &term.slug, &config.urls);
            match kind {
                TermKind::Source => term.years = years(&term.articles, articles),
                TermKind::Series => {
                    in_order_of_parts(&mut term.articles, articles);
                    report_parts(term, articles, diagnostics);
                }
                _ => {}
            }
        }
        let at = |name: &str| self.named.get(name).or_else(|| self.by_name.get(&fold(name)));
        let place = |name: &str| at(name).map(|&at| moved[at]);
        let is_hidden = |name: &str| {
            let mut hidden = hidden.iter().flat_map(|meta| names_of(meta, kind));
            hidden.any(|other| fold(other) == fold(name))
        };
        set_parents(&mut terms, wanted, (place, is_hidden), diagnostics);
        terms
    }
}

fn term(kind: TermKind, name: String, slug: String, draft: Draft<'_>) -> Term {
    Term {
        kind,
        name,
        slug,
        url: UrlPath::root(),
        profile: draft.profile,
        links: Vec::new(),
        parent: None,
        children: Vec::new(),
        articles: draft.articles,
        years: Vec::new(),
    }
}

impl Draft<'_> {
    /// The profile's name, or the most frequent spelling; among equals the first in the alphabet.
    fn name(&self) -> String {
        let profile = self.profile.as_ref().map(|profile| profile.name.clone());
        let frequent = || {
            let best = self.spellings.iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(a.0)));
            best.map(|(name, _)| (*name).to_owned())
        };
        profile.or_else(frequent).or_else(|| self.domain.clone()).unwrap_or_default()
    }

    /// Reports spellings that no profile declares to mean the same.
    fn report_spellings(&self, kind: TermKind, name: &str, diagnostics: &mut Vec<Diagnostic>) {
        let declared = |spelling: &str| {
            self.profile.as_ref().is_some_and(|profile| {
                spelling == profile.slug
                    || profile.aliases.iter().any(|alias| fold(alias) == fold(spelling))
                    || kind == TermKind::Source && is_domain_of(profile, spelling)
            })
        };
        let strays: Vec<_> =
            self.spellings.iter().filter(|(spelling, _)| **spelling != name && !declared(spelling)).collect();
        for (spelling, (count, first)) in strays {
            let times = if *count == 1 { String::new() } else { format!(" ({count} articles)") };
            let message = format!("`{spelling}`{times} is taken as the {} `{name}`", kind.singular());
            let diagnostic = Diagnostic::new(Rule::SimilarTerms, message).hint(format!(
                "write `{name}`, or list the other spelling under `aliases` in `content/{}/`",
                kind.plural()
            ));
            diagnostics.push(match first {
                Some(meta) => about(&meta.path, in_use(diagnostic, kind, spelling, meta)),
                None => diagnostic,
            });
        }
    }
}

/// Where an article names a term.
fn in_use(diagnostic: Diagnostic, kind: TermKind, spelling: &str, meta: &Meta) -> Diagnostic {
    match kind {
        TermKind::Tag | TermKind::Author => diagnostic.about(&[kind.plural()], spelling),
        TermKind::Series => diagnostic.about(&["series", "name"], spelling),
        TermKind::Source => {
            let number = meta.sources.iter().position(|source| source.outlet == spelling);
            diagnostic.about(&["source", &number.unwrap_or_default().to_string(), "outlet"], spelling)
        }
    }
}

/// The range of each year among articles in the order of their dates.
fn years(ids: &[ArticleId], articles: &[Arc<Meta>]) -> Vec<(u16, std::ops::Range<usize>)> {
    let mut years: Vec<(u16, std::ops::Range<usize>)> = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let Some(date) = articles[id.index()].date else { continue };
        match years.last_mut() {
            Some((year, range)) if *year == date.year => range.end = place + 1,
            _ => years.push((date.year, place..place + 1)),
        }
    }
    years
}

/// Sorts the parts of a series: numbered ones first, the others after them by date.
fn in_order_of_parts(ids: &mut [ArticleId], articles: &[Arc<Meta>]) {
    ids.sort_by_key(|id| {
        let part = articles[id.index()].part();
        (part.is_none(), part, *id)
    });
}

/// Reports parts with the number of another one. A translation may have the number of its original.
fn report_parts(series: &Term, articles: &[Arc<Meta>], diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<(u32, Option<&Language>), &Meta> = HashMap::new();
    let metas = series.articles.iter().map(|id| &*articles[id.index()]);
    for (meta, part) in metas.filter_map(|meta| Some((meta, meta.part()?))) {
        let Some(other) = taken.insert((part, meta.lang.as_ref()), meta) else { continue };
        let message = format!("part {part} of `{}` is `{}` already", series.name, other.path);
        let diagnostic = Diagnostic::new(Rule::SeriesPart, message)
            .about(&["series", "part"], part.to_string())
            .hint("give each part a number of its own");
        diagnostics.push(about(&meta.path, diagnostic));
    }
}

/// Among the outlets of one domain, finds the one whose homepage is the longest prefix of a path. Without one
/// the address is nobody's: on `medium.example`, `/@carol/post` must not get the name and the licence of
/// `/@alice`, even if no other outlet of that domain is known.
pub(super) fn nearest(homes: &[(String, usize)], path: &str) -> Option<usize> {
    let above = homes.iter().filter(|(home, _)| is_above(home, path));
    above.max_by_key(|(home, at)| (home.len(), Reverse(*at))).map(|(_, at)| *at)
}

/// Whether a name is the domain of an outlet's homepage.
fn is_domain_of(outlet: &Profile, name: &str) -> bool {
    let address = format!("https://{name}");
    let own = outlet.url.as_deref().and_then(domain);
    own.is_some() && own == domain(&address)
}

/// Whether the path of a homepage is above another path, or is the same.
fn is_above(home: &str, path: &str) -> bool {
    path.strip_prefix(home).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::fingerprint::Fingerprint;

    #[test]
    fn a_slug_is_given_once() {
        let own = |name: &str, slug: &str| {
            (0, term(TermKind::Tag, name.to_owned(), slug.to_owned(), Draft::default()))
        };
        let print = Fingerprint::of_bytes(b"C!").to_string();
        let taken = [4, 5].map(|length| format!("c-{}", &print[..length]));
        let mut terms =
            vec![own("C!", "c"), own("C", "c"), own(&taken[0], &taken[0]), own(&taken[1], &taken[1])];
        make_slugs_unique(&mut terms);
        let slugs: Vec<&str> = terms.iter().map(|(_, term)| &*term.slug).collect();
        assert_eq!(slugs, [&*format!("c-{}", &print[..6]), "c", &taken[0], &taken[1]]);
    }
}
