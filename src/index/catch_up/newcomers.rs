//! New articles, put into a collection whose other articles are known only in outline.
//!
//! A new article takes a place in time and in the lists of its terms, and may become related to others. What
//! else it could do (have a name that a link asks for, be the first of a term, belong to a series) is decided
//! field by field: a new field of [`Meta`] does not compile until somebody has decided. In doubt it declines.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files;
use super::renew::{Circumstances, Earlier, News};
use super::single::Others;
use crate::base::date::Date;
use crate::config::{IndexPolicy, SiteConfig};
use crate::index::excerpt::Excerpt;
use crate::index::outlets::Homes;
use crate::index::{addresses, languages, nested, pins, policy, terms, unread, with_card};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Entry, Term, outside};
use crate::model::declined::{Declined, require};
use crate::model::order::Order;
use crate::model::outline::Line;
use crate::model::profile::{ByKind, TermKind};

/// Declines if the new articles need a look at all others.
pub(super) fn are_plain(
    News { new, hidden, unseen, .. }: &News,
    circumstances: Circumstances<'_>,
) -> Result<(), Declined> {
    new.iter().try_for_each(|meta| is_plain(meta))?;
    let is_top = new.iter().any(|meta| addresses::is_top_bundle(meta, circumstances.config));
    require(!is_top, "an article with the name of the folder of all articles")?;
    let Circumstances { inputs, config, .. } = circumstances;
    let mut all = new.iter().chain(hidden);
    // Of an article that was only hidden it is told already.
    let was_there = |meta: &Arc<Meta>| unseen.iter().any(|(before, _)| before.path == meta.path);
    let is_nested = |meta: &Arc<Meta>| nested::is_one(&meta.path, inputs, config) && !was_there(meta);
    require(!all.clone().any(is_nested), "an article in the folder of another")?;
    let befores = unseen.iter().map(|(before, _)| before);
    let has_texts = all.clone().chain(befores).any(|meta| !unread::decided_by(meta, inputs).is_empty());
    require(!has_texts, "an article with texts that are no Markdown")?;
    all.try_for_each(|meta| files::takes_none(meta, circumstances))?;
    let are_pinned = !pins::of(new, &[], circumstances.config).value.is_empty();
    require(!are_pinned, "a pin names a new article")?;
    let mut unseen = unseen.iter();
    let keep_pins = unseen.all(|(before, after)| pins::are_the_same(before, after, circumstances.config));
    require(keep_pins, "a pin names an article that is not to be seen")
}

/// Declines if a published article asks for something that needs more than an outline of others.
fn is_plain(meta: &Meta) -> Result<(), Declined> {
    let Meta {
        path: _,
        title: _,
        slug: _,
        date: _,
        updated: _,
        added: _,
        publish: _,
        expires: _,
        withdrawn,
        draft: _,
        lang: _,
        says_lang: _,
        sources: _,
        tags: _,
        authors: _,
        series,
        image: _,
        summary: _,
        summary_start: _,
        mentions: _,
        aliases,
        template: _,
        index: _,
        related,
        unrelated,
        corrections,
        comments: _,
        extra: _,
        words: _,
        signs: _,
        anchors: _,
        links: _,
        link_words: _,
        components: _,
        has_code: _,
        signature: _,
        print: _,
        body_print: _,
    } = meta;
    require(withdrawn.is_none(), "an article that is withdrawn")?;
    require(series.is_none(), "a new part of a series")?;
    require(aliases.is_empty(), "a new article with other addresses")?;
    require(related.is_empty() && unrelated.is_empty(), "a new article with wishes for related articles")?;
    require(corrections.is_empty(), "a new article with corrections")
}

/// The places of the new articles among all, and the articles in the order of these places.
pub(super) fn places(
    new: &[Arc<Meta>],
    lines: &[Line],
    config: &SiteConfig,
    earlier: &mut impl Earlier,
) -> Result<(Order, Vec<Arc<Meta>>), Declined> {
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
                std::cmp::Ordering::Equal => {
                    earlier.entry(ArticleId(middle as u32)).ok_or(Declined::LOST)?.meta.path < meta.path
                }
                order => order.is_lt(),
            };
            if is_before { low = middle + 1 } else { high = middle }
        }
        places.push((low + places.len()) as u32);
    }
    Ok((Order::new(lines.len(), &places).ok_or(Declined::LOST)?, new))
}

/// The entry of a new article with its address, terms and links, but without related articles yet.
pub(super) fn made(meta: &Arc<Meta>, others: &mut Others<'_, impl Earlier>) -> Result<Entry, Declined> {
    let (terms, config) = (others.terms, others.circumstances.config);
    let own = terms::known(meta, terms).ok_or(Declined("a tag, author or source that nobody has had"))?;
    let outlet = own[TermKind::Source].first();
    let outlet = outlet.map(|id| terms[TermKind::Source][id.index()].slug.as_str());
    let url = addresses::of_article(meta, outlet, config);
    let mut diagnostics = Vec::new();
    let policy: IndexPolicy = policy(meta, &own, terms, config, &mut diagnostics);
    let homes = Homes::of(&terms[TermKind::Source]);
    let mut outlets = meta.sources.iter().zip(&own[TermKind::Source]);
    let is_strange = outlets.any(|(source, id)| homes.other(source, *id).is_some());
    require(!is_strange, "an outlet without a profile, at an address of one that has one")?;
    let is_foreign = languages::tell(meta, &own, &terms[TermKind::Source], &config.language).is_some();
    require(!is_foreign, "a text from an outlet of another language")?;
    let mut resolved = others.resolve(meta, &url, &meta.links)?;
    let shown = Excerpt::of(meta, outside(meta, policy).is_none(), &own, terms);
    shown.keep_files(&mut resolved, meta);
    others.publish(resolved.files)?;
    require(diagnostics.is_empty(), "there is something to be told of a new article")?;
    let entry = Entry {
        meta: Arc::clone(meta),
        line: Line::of(meta, url, policy, &own),
        terms: own,
        links: resolved.links,
        related: Vec::new(),
        elsewhere: Vec::new(),
    };
    Ok(with_card(entry, terms))
}

/// The terms with the new articles entered.
pub(super) fn entered(
    terms: &ByKind<Vec<Term>>,
    order: &Order,
    new: &BTreeMap<ArticleId, Entry>,
) -> ByKind<Vec<Term>> {
    let mut terms = terms.clone();
    let is_moved =
        order.first_later().is_some_and(|first| (first as usize) < order.len() - order.later().len());
    if is_moved {
        let ids = terms.iter_mut().flatten().flat_map(|term| &mut term.articles);
        ids.for_each(|id| *id = ArticleId(order.place(id.0)));
    }
    for (id, entry) in new.iter().filter(|(id, _)| order.is_later(id.0)) {
        for (terms, own) in terms.iter_mut().zip(&entry.terms) {
            own.iter().for_each(|term| terms[term.index()].enter(*id, entry.line.date));
        }
    }
    terms
}
