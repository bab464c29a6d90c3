//! A few new or revised articles.
//!
//! Of the other articles only an outline is read ([`Partial`]), and in full only those that the changed pages
//! show. `index` adds the articles by the same functions that index everything, and `plan` lists the pages
//! that may show them. Which of these do show them is told by their keys, computed from the same ingredients
//! as in every build.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::Changes;
use super::last_build::LastBuild;
use super::partial::Partial;
use super::{Attempt, Compile, Compiled, Prepared, Start};
use crate::base::date::Moment;
use crate::base::diag::{Level, Rule};
use crate::base::fingerprint::Fingerprint;
use crate::build::amendment::Edit;
use crate::build::compiled_theme::CompiledTheme;
use crate::build::copies::Copies;
use crate::build::documents::documents_for_index;
use crate::build::target::Last;
use crate::build::{copies, pages};
use crate::cache::{CachedParse, Entries, Ledger, Place};
use crate::index::{self, Circumstances, CollectionChange};
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection};
use crate::model::declined::{Declined, require};
use crate::model::input::DocumentKind;
use crate::model::left_out::LeftOut;
use crate::model::manifest::Manifest;
use crate::model::path::{ContentPath, OutPath, UrlPath};
use crate::model::plan::{Page, Plan, Route};
use crate::model::profile::TermKind;
use crate::plan::{self, Pantry};

/// The most pages that are made in this way. If there are more, all are built.
const MOST_PAGES: usize = 4_096;

impl Start<'_> {
    /// Puts articles into the collection of the last build. Declines unless it is known what that does to
    /// others.
    pub(super) fn renew(
        self,
        last: &Last<'_>,
        before: &[Fingerprint],
        last_build: &LastBuild,
        changes: &Changes,
        compile: Compile<'_, '_>,
    ) -> Attempt<Prepared> {
        let Start { request, site, inputs, .. } = self;
        let revisions = changes.amendment.changes()?;
        let (mut partial, before) = Partial::outlined(last_build, before, &site.config)?;
        let (news, numbers) = self.news(changes, last_build, &mut partial)?;
        // Hidden articles count too: a link to one is reported with the reason why it is hidden.
        let brings_names =
            !news.new.is_empty() || !news.hidden.is_empty() || revisions.iter().any(index::is_renamed);
        self.is_ordinary(last, brings_names, !changes.come.is_empty())?;
        let circumstances = Circumstances {
            inputs,
            config: &site.config,
            visibility: request.visibility(),
            come: &changes.come,
        };
        let renewed = index::renewed(before, &news, circumstances, &mut partial)?;
        let is_missed = last.state.diagnostics.iter().any(|one| one.rule == Rule::DeadLink);
        require(renewed.files.is_empty() || !is_missed, "a file is published, and one may have been missed")?;
        let shown = news_of(&renewed, &last_build.ledger, &partial.collection).ok_or(Declined::LOST)?;
        let shown = plan::News { files: self.addresses_of(&renewed, &changes.come)?, ..shown };
        let Compiled { theme, data } = compile()?;
        theme.accept(&renewed, || data.clone())?;
        let search = Search { start: self, manifest: last.manifest, renewed: &renewed, theme };
        let (collection, plan, routes) = search.pages(&shown, &mut partial)?;
        let mut texts = partial.texts;
        texts.extend(changes.new.iter().chain(&changes.changed).filter_map(|(_, document)| document.text()));
        let copied = routes.iter().filter_map(|place| match &plan.routes[*place].page {
            Page::Copy(file) => Some(file),
            _ => None,
        });
        let copied: BTreeSet<&ContentPath> = copied.collect();
        let copied: Vec<_> = inputs.files().filter(|file| copied.contains(&file.path)).collect();
        let copies = copies::copies_of(&request.root, &copied, &Copies::default())?;
        let documents = changes.new.iter().chain(&changes.changed).map(|(_, document)| document);
        let documents = documents_for_index(documents);
        let until = index::next_change(&documents, &site.config, request.visibility());
        let left_out = self.left_out_after(last, changes, revisions);
        let growth = Some(Growth { renewed, numbers, until, left_out });
        Ok(Prepared { collection, plan, routes, texts, copies, growth })
    }

    /// The revised articles, and those that are published since the last build, with the numbers of their
    /// documents. Articles that are unpublished before and after change nothing on other pages.
    fn news(
        self,
        changes: &Changes,
        last_build: &LastBuild,
        partial: &mut Partial<'_>,
    ) -> Result<(index::News, HashMap<ContentPath, u32>), Declined> {
        let Start { request, site, .. } = self;
        let is_seen = |meta: &Meta| request.visibility().shows(meta, &site.config);
        let (mut news, mut numbers) = (index::News::default(), HashMap::new());
        let mut sort_out = |number: u32, meta: &Arc<Meta>, news: &mut index::News| {
            require(meta.withdrawn.is_none(), "an article that is withdrawn")?;
            if is_seen(meta) {
                numbers.insert(meta.path.clone(), number);
                news.new.push(Arc::clone(meta));
            } else {
                news.hidden.push(Arc::clone(meta));
            }
            Ok(())
        };
        let order = last_build.archive.order();
        for ((_, document), number) in changes.new.iter().zip(order.len() as u32..) {
            if let Some(CachedParse::Article(meta, _)) = &document.document {
                sort_out(number, meta, &mut news)?;
            }
        }
        for (before, after) in changes.amendment.changes()? {
            let document = changes.changed.iter().find(|(_, document)| document.path == before.path);
            let (place, document) = document.ok_or(Declined::LOST)?;
            // Also if it is unpublished, because the edit may publish it.
            require(document.kind == DocumentKind::Article, "a standing page")?;
            match partial.take(*place, before).ok_or(Declined::LOST)? {
                Place::Article(id) => _ = news.revised.insert(id, Arc::clone(after)),
                Place::Page(_) => return Err(Declined("a standing page")),
                Place::Nowhere => {
                    require(before.withdrawn.is_none(), "an article that is withdrawn")?;
                    news.unseen.push((Arc::clone(before), Arc::clone(after)));
                    sort_out(order.number(*place), after, &mut news)?;
                }
            }
        }
        Ok((news, numbers))
    }

    /// How many articles are left out after the changes.
    fn left_out_after(self, last: &Last<'_>, changes: &Changes, revisions: &[Edit]) -> LeftOut {
        let count = |metas: Vec<&Meta>| index::left_out(metas, &self.site.config, self.request.visibility());
        let new = changes.new.iter().filter_map(|(_, document)| match &document.document {
            Some(CachedParse::Article(meta, _)) => Some(&**meta),
            _ => None,
        });
        let went = revisions.iter().map(|(before, _)| &**before).collect();
        let came = revisions.iter().map(|(_, after)| &**after).chain(new).collect();
        last.state.left_out.after(count(went), count(came))
    }

    /// The addresses of the new files.
    fn addresses_of(
        self,
        renewed: &CollectionChange,
        come: &[ContentPath],
    ) -> Result<BTreeSet<UrlPath>, Declined> {
        let assets = if come.is_empty() { &[] } else { &self.inputs.assets[..] };
        let assets = assets.iter().filter(|(_, file)| come.contains(&file.path));
        let nameless = Declined("a file whose name is no address");
        let assets = assets.map(|(url, _)| UrlPath::parse(url).ok_or(nameless));
        renewed.files.keys().cloned().map(Ok).chain(assets).collect()
    }

    /// Declines if the new articles and files may change diagnostics of other documents: those of links, if
    /// articles bring new names and headings, or those of missing files, if files are new. Also declines if
    /// several pages may claim one address.
    fn is_ordinary(self, last: &Last<'_>, brings_names: bool, brings_files: bool) -> Result<(), Declined> {
        let lint = &self.site.config.lint;
        let are_missed = |rule: Rule| matches!(rule, Rule::MissingPicture | Rule::DeadLink);
        let was_told = last.state.diagnostics.iter().any(|one| are_missed(one.rule));
        let is_off = lint.iter().any(|(rule, level)| are_missed(*rule) && *level == Level::Off);
        require(!brings_files || !was_told && !is_off, "a file has come, and one may have been missed")?;
        index::are_settled(&last.state.diagnostics, brings_names)?;
        let clash = lint.get(&Rule::AddressClash);
        require(clash.is_none_or(|level| *level == Level::Error), "addresses may be claimed twice")
    }
}

/// The search for the pages that change.
struct Search<'a> {
    start: Start<'a>,
    /// The manifest of the last build.
    manifest: &'a Manifest,
    renewed: &'a CollectionChange,
    theme: &'a CompiledTheme,
}

impl Search<'_> {
    /// Finds the pages that change, and fills in what they show.
    fn pages(
        &self,
        news: &plan::News,
        partial: &mut Partial<'_>,
    ) -> Result<(Collection, Plan, Vec<usize>), Declined> {
        let Self { start, manifest, renewed, theme } = *self;
        let mut collection = renewed.collection(&partial.collection);
        let plan = plan::addresses(start.materials(&collection));
        let touched = plan::renewed(news, &plan, start.materials(&collection))?;
        require(touched.len() <= MOST_PAGES, "too many pages may change")?;
        let own = touched.iter().filter_map(|route| match route.page {
            Page::Article(id) | Page::Twin(id, _) => Some(id),
            _ => None,
        });
        let own: BTreeSet<ArticleId> = own.collect();
        fill(&own, renewed, partial)?;
        renewed.update(&mut collection, &partial.collection, &own);
        // The numbers of all parts decide which one comes before and after another.
        let series = own.iter().flat_map(|id| collection.terms_of(*id, TermKind::Series));
        let parts: BTreeSet<ArticleId> = series.flat_map(|term| term.articles.iter().copied()).collect();
        require(parts.len() <= MOST_PAGES, "a series has too many parts")?;
        fill(&parts, renewed, partial)?;
        renewed.update(&mut collection, &partial.collection, &parts);

        let pantry = Pantry::new(start.materials(&collection), &plan);
        let mut shown = BTreeSet::new();
        let mut changed = Vec::new();
        for route in touched {
            let ingredients = pantry.ingredients(route, |_| Fingerprint::default());
            if manifest.key(&route.url.out_path()) != Some(pages::key(theme, route, &ingredients)) {
                shown.extend(ingredients.shown().into_iter().map(ArticleId));
                changed.push(route.clone());
            }
        }
        fill(&shown, renewed, partial)?;
        require(have_room(&changed, manifest), "a new page has no room where it should stand")?;
        let are_known = changed.iter().all(|route| self.is_known(route, &collection, partial));
        require(are_known, "a page was not what it should have been")?;
        let urls: BTreeSet<_> = changed.iter().map(|route| &route.url).collect();
        let places = plan.routes.iter().enumerate().filter(|(_, route)| urls.contains(&route.url));
        let places = places.map(|(place, _)| place).collect();
        renewed.update(&mut collection, &partial.collection, &shown);
        Ok((collection, plan, places))
    }

    /// Whether the last build stored the key that is now computed for the page as it was, or the page is new.
    fn is_known(&self, route: &Route, after: &Collection, partial: &Partial<'_>) -> bool {
        let Self { start, manifest, renewed, theme } = *self;
        let before = start.materials(&partial.collection);
        let page = plan::as_before(&route.page, after, before, |id| was(id, renewed));
        match (page, manifest.key(&route.url.out_path())) {
            (Some(page), Some(key)) => {
                let (no_plan, route) = (Plan::default(), Route { page, ..route.clone() });
                let pantry = Pantry::new(before, &no_plan);
                pages::key(theme, &route, &pantry.ingredients(&route, |_| Fingerprint::default())) == key
            }
            // The former ingredients of a sitemap cannot be reconstructed. It is made from the outline, whose
            // damage is noticed.
            (None, Some(_)) => matches!(route.page, Page::Sitemap(_)),
            (page, None) => page.is_none(),
        }
    }
}

/// What has changed, for `plan` to find the pages that show it.
fn news_of(renewed: &CollectionChange, ledger: &Ledger, before: &Collection) -> Option<plan::News> {
    let mut news = plan::News {
        new: renewed.order.later().iter().copied().map(ArticleId).collect(),
        above: renewed.changed.keys().copied().collect(),
        ..plan::News::default()
    };
    let mut recast = Vec::new();
    for (id, entry) in &renewed.fresh {
        let Some(was) = was(*id, renewed) else { continue };
        news.revised.insert(*id);
        let known = before.article(was);
        if known.line.card_print != entry.line.card_print {
            news.recast.insert(*id);
            recast.push(was);
        }
        if known.line.modified != entry.line.modified {
            news.redated.insert(*id);
        }
    }
    let above = if recast.is_empty() { Vec::new() } else { ledger.above(&recast)? };
    news.above.extend(above.into_iter().map(|id| ArticleId(renewed.order.place(id.0))));
    Some(news)
}

/// The former place of an article; `None` if it is new.
fn was(id: ArticleId, renewed: &CollectionChange) -> Option<ArticleId> {
    (!renewed.order.is_later(id.0)).then(|| ArticleId(renewed.order.number(id.0)))
}

/// Fills in those of the articles that are not new.
fn fill(
    ids: &BTreeSet<ArticleId>,
    renewed: &CollectionChange,
    partial: &mut Partial<'_>,
) -> Result<(), Declined> {
    let mut before = ids.iter().filter_map(|id| was(*id, renewed));
    before.try_for_each(|id| partial.fill(id)).ok_or(Declined::LOST)
}

/// Whether there is room for each new file: no other file has its path, lies where it needs a folder, or lies
/// below its path.
fn have_room(routes: &[Route], manifest: &Manifest) -> bool {
    let files = routes.iter().map(|route| route.url.out_path());
    let new: Vec<OutPath> = files.filter(|path| !manifest.files.contains_key(path)).collect();
    let taken: BTreeSet<&str> = new.iter().map(OutPath::as_str).collect();
    let is_taken = |path: &str| taken.contains(path) || manifest.files.contains_key(path);
    let has_room = |path: &OutPath| {
        let mut folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        let below = format!("{path}/");
        let mut after = manifest.files.range::<str, _>((Bound::Excluded(&*below), Bound::Unbounded));
        !folders.any(is_taken) && !after.next().is_some_and(|(other, _)| other.as_str().starts_with(&below))
    };
    taken.len() == new.len() && new.iter().all(has_room) && !are_alike(&new, manifest)
}

/// Whether a new file and another one differ only in upper and lower case, which a full build reports.
fn are_alike(new: &[OutPath], manifest: &Manifest) -> bool {
    let small: BTreeSet<String> = new.iter().map(OutPath::without_capitals).collect();
    let known = &manifest.files;
    let is_like = |path: &OutPath| path.has_capitals() && known.contains_key::<str>(&path.without_capitals());
    let is_like_new = |path: &OutPath| path.has_capitals() && small.contains(&path.without_capitals());
    small.len() < new.len() || new.iter().any(is_like) || known.par_iter().any(|(path, _)| is_like_new(path))
}

/// What the new and revised articles change in the ledger.
pub(super) struct Growth {
    renewed: CollectionChange,
    /// The numbers of the new articles' documents.
    numbers: HashMap<ContentPath, u32>,
    /// When the next of the new and changed documents appears or expires.
    pub(super) until: Option<Moment>,
    /// How many articles are left out.
    pub(super) left_out: LeftOut,
}

impl Growth {
    /// Enters the new and revised articles into the ledger, and those whose related articles have changed.
    /// `None` if the ledger has no room for them.
    pub(super) fn entered(&self, ledger: Ledger, collection: &Collection) -> Option<Ledger> {
        let Self { renewed, numbers, .. } = self;
        let ids = renewed.fresh.keys().chain(renewed.changed.keys());
        let articles = ids.map(|id| (*id, Arc::clone(&collection.articles[id.index()]))).collect();
        let number = |id: &u32| numbers.get(&renewed.fresh.get(&ArticleId(*id))?.meta.path).copied();
        let documents = renewed.order.later().iter().map(number).collect::<Option<_>>()?;
        let (retold, asked) = (renewed.retold.clone(), renewed.asked.clone());
        ledger.enter(Entries { order: &renewed.order, documents, articles, retold, asked })
    }
}
