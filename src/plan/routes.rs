//! Which addresses a site has, whether they clash or not.

use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::config::SiteConfig;
use crate::model::collection::{ArticleId, Collection, Entry, TermId};
use crate::model::generated;
use crate::model::input::Inputs;
use crate::model::path::{UrlPath, not_utf8};
use crate::model::plan::{FeedFormat, List, Page, Plan, Route, TermOrder, TwinFormat};
use crate::model::profile::TermKind;

use super::{Materials, lists, sitemap};

/// All routes, in the order in which they are built: articles first, because they are most.
pub(super) fn all(materials: Materials<'_>) -> Plan {
    let mut plan = Plan::default();
    // Most routes are those of articles. A vector that grows would be moved again and again.
    plan.routes.reserve(materials.collection.articles.len() * 3 / 2);
    let mut add = |url: UrlPath, page: Page| plan.routes.push(Route { url, page });
    documents(materials, &mut add);
    for list in lists_of(materials.collection, materials.config) {
        pages_of(list, materials, &mut add);
    }
    overviews(materials, &mut add);
    files(materials, &mut add);
    plan.sitemap_parts = sitemap::parts(&plan, materials);
    machine_files(&mut plan, materials);
    plan
}

fn documents(materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    let collection = materials.collection;
    for place in 0..collection.articles.len() {
        of_article(ArticleId(place as u32), materials, add);
    }
    for (place, page) in collection.pages.iter().enumerate() {
        add(page.url.clone(), Page::Standing(place as u32));
    }
}

/// The page of an article and its twins, if it has a page.
pub(super) fn of_article(id: ArticleId, materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    let entry = materials.collection.article(id);
    if entry.line.is_outside {
        return;
    }
    add(entry.line.url.clone(), Page::Article(id));
    for format in TwinFormat::ALL.into_iter().filter(|&format| has_twin(format, materials.config)) {
        if let Some(url) = format.beside(&entry.line.url) {
            add(url, Page::Twin(id, format));
        }
    }
}

fn has_twin(format: TwinFormat, config: &SiteConfig) -> bool {
    match format {
        TwinFormat::Json => config.outputs.article_json,
        TwinFormat::Markdown => config.outputs.article_markdown,
    }
}

/// Every list that has pages.
pub(super) fn lists_of(collection: &Collection, config: &SiteConfig) -> Vec<List> {
    let mut lists = vec![List::All];
    for kind in TermKind::ALL.into_iter().filter(|&kind| has_pages(kind, config)) {
        for (place, term) in collection.terms(kind).iter().enumerate() {
            let id = TermId(place as u32);
            lists.push(List::Term(kind, id));
            if kind == TermKind::Source && config.outputs.source_years {
                lists.extend((0..term.years.len() as u32).map(|year| List::SourceYear(id, year)));
            }
        }
    }
    for (place, period) in collection.periods.iter().enumerate() {
        if config.outputs.has_periods(period.month, period.day) {
            lists.push(List::Period(place as u32));
        }
    }
    lists
}

/// Whether terms of a kind have pages.
pub(super) fn has_pages(kind: TermKind, config: &SiteConfig) -> bool {
    kind.has_pages(&config.outputs)
}

fn pages_of(list: List, materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    let front = lists::front(list, materials.collection);
    if !lists::reads_forward(list) {
        let total = lists::articles(list, materials.collection).len();
        for number in 1..=lists::numbered_pages(total, materials.config) {
            add(generated::page(&front, Some(number)), Page::List(list, Some(number)));
        }
    }
    feeds(list, materials, add);
    add(front, Page::List(list, None));
}

/// The feeds of a list.
pub(super) fn feeds(list: List, materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    let front = lists::front(list, materials.collection);
    for &format in feeds_of(list, materials.config) {
        add(front.join(format.file_name()), Page::Feed(list, format));
    }
}

/// The formats of a list's feeds.
pub(super) fn feeds_of(list: List, config: &SiteConfig) -> &'static [FeedFormat] {
    let wanted = match list {
        List::All => true,
        List::Term(..) => config.outputs.term_feeds,
        List::SourceYear(..) | List::Period(_) => false,
    };
    let outputs = config.outputs;
    match (wanted, outputs.atom_feed, outputs.rss_feed, outputs.json_feed) {
        (false, ..) | (_, false, false, false) => &[],
        (_, true, false, false) => &[FeedFormat::Atom],
        (_, false, true, false) => &[FeedFormat::Rss],
        (_, false, false, true) => &[FeedFormat::Json],
        (_, true, true, false) => &[FeedFormat::Atom, FeedFormat::Rss],
        (_, true, false, true) => &[FeedFormat::Atom, FeedFormat::Json],
        (_, false, true, true) => &[FeedFormat::Rss, FeedFormat::Json],
        (_, true, true, true) => &[FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json],
    }
}

fn overviews(materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    let Materials { collection, config, .. } = materials;
    for kind in TermKind::ALL.into_iter().filter(|&kind| has_pages(kind, config)) {
        for order in orders_of(kind, collection) {
            add(generated::overview_in(order, kind, &config.urls), Page::Terms(kind, order));
        }
    }
    if config.outputs.year_archives && !collection.articles.is_empty() {
        add(generated::archive(&config.urls), Page::Archive);
    }
    let url = generated::corrections(&config.urls);
    let has_corrections = |entry: &Arc<Entry>| entry.line.is_corrected;
    // If the site has such a page of its own, that is kept.
    let is_own = collection.pages.iter().any(|page| page.url == url);
    // There is none either if the theme cannot show it.
    let is_wanted = config.outputs.corrections_page && materials.theme.may_have_template("corrections.html");
    if is_wanted && !is_own && collection.articles.iter().any(has_corrections) {
        add(url, Page::Corrections);
    }
}

/// The orders in which the terms of a kind are listed, the usual one first. Other orders exist from two terms
/// on, unless a term already has the address.
pub(super) fn orders_of(kind: TermKind, collection: &Collection) -> Vec<TermOrder> {
    let terms = collection.terms(kind);
    let is_there = |order: &TermOrder| match order {
        TermOrder::Name => !terms.is_empty(),
        order => terms.len() > 1 && !terms.iter().any(|term| term.slug == order.segment()),
    };
    TermOrder::ALL.into_iter().filter(is_there).collect()
}

fn files(materials: Materials<'_>, add: &mut impl FnMut(UrlPath, Page)) {
    for (url, file) in &materials.inputs.assets {
        // Files without a valid address are reported by `left_out`.
        if let Some(url) = UrlPath::parse(url) {
            add(url, Page::Copy(file.path.clone()));
        }
    }
    for (url, file) in materials.collection.files.iter() {
        add(url.clone(), Page::Copy(file.clone()));
    }
    for (name, asset) in &materials.theme.assets {
        add(UrlPath::root().join(&format!("assets/{}", asset.hashed_name)), Page::ThemeAsset(name.clone()));
    }
}

/// Reports static files whose names cannot be addresses, and all files whose names cannot be read.
pub(super) fn left_out(inputs: &Inputs) -> impl Iterator<Item = Diagnostic> {
    let homeless = inputs.assets.iter().filter(|(url, _)| UrlPath::parse(url).is_none());
    let homeless = homeless.map(|(_, file)| file.path.left_out());
    homeless.chain(inputs.nameless.iter().map(|path| not_utf8(path)))
}

/// Adds the files for machines. If the site has a file of its own for one of them, that is kept.
fn machine_files(plan: &mut Plan, materials: Materials<'_>) {
    let outputs = &materials.config.outputs;
    let own = |address: &UrlPath| materials.inputs.assets.iter().any(|(url, _)| url == address.as_str());
    let mut add = |wanted: bool, url: UrlPath, page: Page| {
        if wanted && !own(&url) {
            plan.routes.push(Route { url, page });
        }
    };
    let parts = plan.sitemap_parts;
    let root = UrlPath::root();
    add(parts > 0, generated::sitemap(), Page::Sitemap(if parts == 1 { Some(1) } else { None }));
    for part in 1..=parts {
        add(parts > 1, generated::sitemap_part(part), Page::Sitemap(Some(part)));
    }
    add(outputs.news_sitemap, generated::news_sitemap(), Page::NewsSitemap);
    add(outputs.robots, root.join("robots.txt"), Page::Robots);
    add(true, generated::not_found(), Page::NotFound);
}
