//! Where the links of articles lead.
//!
//! A link may name a file (`other.md`), a heading, a title or slug (wiki links), a file beside the article,
//! or an absolute path. Links to articles, pages, profiles and files are resolved here; other absolute paths
//! are left to `plan`, which knows all addresses.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use crate::base::diag::{Diagnostic, Place, Rule, Warned};
use crate::base::fold::fold;
use crate::base::percent::{decoded as decode, in_link};
use crate::model::article::{LinkKind, LinkRef, Meta, Provenance};
use crate::model::collection::{ArticleId, Href, Term, is_elsewhere};
use crate::model::input::Inputs;
use crate::model::media;
use crate::model::path::{ContentPath, UrlPath};
use crate::model::profile::ByKind;

use super::addresses::relative_to;
use super::bundles::Bundles;
use super::hidden::{Cause, Hidden};
use super::hints::Wanted;
use super::related::Wishes;
use super::{about, addresses, headings};

/// The links of one document, resolved.
#[derive(Default)]
pub(super) struct Resolved {
    pub(super) links: Vec<Href>,
    /// Files beside the document that it refers to, with the addresses they get.
    pub(super) files: Vec<(UrlPath, ContentPath)>,
    /// The place of the link to each of them.
    pub(super) places: Vec<Place>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The dead links: the index of the diagnostic, and what was wanted.
    pub(super) lost: Vec<(usize, Wanted)>,
}

/// What a link can lead to.
#[derive(Clone, Copy)]
pub(super) struct Goal<'a> {
    url: &'a UrlPath,
    title: &'a str,
    /// The original, if it has no page.
    outside: Option<&'a Provenance>,
    anchors: &'a [String],
}

/// The documents that links can lead to.
#[derive(Clone, Copy)]
pub(super) struct Targets<'a> {
    pub(super) articles: &'a [Arc<Meta>],
    pub(super) article_urls: &'a [UrlPath],
    /// For each article, the original if it has no page.
    pub(super) outsides: &'a [Option<&'a Provenance>],
    pub(super) pages: &'a [Arc<Meta>],
    pub(super) page_urls: &'a [UrlPath],
    pub(super) terms: &'a ByKind<Vec<Term>>,
}

static NO_TERMS: ByKind<Vec<Term>> = ByKind::new([const { Vec::new() }; 4]);

impl Default for Targets<'_> {
    fn default() -> Self {
        Self { articles: &[], article_urls: &[], outsides: &[], pages: &[], page_urls: &[], terms: &NO_TERMS }
    }
}

impl<'a> Targets<'a> {
    fn article(&self, id: ArticleId) -> Goal<'a> {
        let place = id.index();
        goal(&self.articles[place], &self.article_urls[place], self.outsides[place])
    }
}

fn goal<'a>(meta: &'a Meta, url: &'a UrlPath, outside: Option<&'a Provenance>) -> Goal<'a> {
    Goal { url, title: &meta.title, outside, anchors: &meta.anchors }
}

/// Looks up what links refer to.
pub(super) struct Resolver<'a> {
    by_path: HashMap<&'a str, Goal<'a>>,
    pub(super) by_url: HashMap<&'a str, Goal<'a>>,
    /// Articles by folded slug and title, which several may share. Gathered when the first name is looked up.
    by_name: OnceLock<HashMap<String, Vec<ArticleId>>>,
    /// Articles by their files, only for `related`. Gathered when the first file is looked up.
    by_file: OnceLock<HashMap<&'a str, ArticleId>>,
    /// All old addresses, gathered when the first link to something hidden is looked up.
    pub(super) aliases: OnceLock<HashSet<&'a str>>,
    pub(super) targets: Targets<'a>,
    beside: BTreeSet<&'a str>,
    /// Why each bundle is not published, if one is not.
    bundles: Bundles<'a, Option<Cause>>,
    pub(super) assets: HashMap<&'a str, &'a ContentPath>,
    inputs: &'a Inputs,
    pub(super) hidden: &'a Hidden,
}

/// The document that a link stands in.
struct From<'a> {
    path: &'a ContentPath,
    url: &'a UrlPath,
    anchors: &'a [String],
}

fn by_name(articles: &[Arc<Meta>]) -> HashMap<String, Vec<ArticleId>> {
    let mut by_name: HashMap<String, Vec<ArticleId>> = HashMap::with_capacity(articles.len() * 2);
    for (place, meta) in articles.iter().enumerate() {
        let (slug, title) = (fold(&meta.slug), fold(&meta.title));
        let id = ArticleId(place as u32);
        if slug != title {
            by_name.entry(slug).or_default().push(id);
        }
        by_name.entry(title).or_default().push(id);
    }
    by_name
}

impl<'a> Resolver<'a> {
    pub(super) fn new(targets: Targets<'a>, inputs: &'a Inputs, hidden: &'a Hidden) -> Self {
        let Targets { articles, pages, terms, .. } = targets;
        let mut by_path = HashMap::with_capacity(articles.len() + pages.len());
        let mut by_url = HashMap::with_capacity(articles.len() + pages.len());
        let of_articles = (0..articles.len()).map(|place| targets.article(ArticleId(place as u32)));
        let of_pages = pages.iter().zip(targets.page_urls).map(|(meta, url)| goal(meta, url, None));
        for (meta, goal) in articles.iter().chain(pages).zip(of_articles.chain(of_pages)) {
            by_path.insert(meta.path.as_str(), goal);
            by_url.insert(goal.url.as_str(), goal);
        }
        for term in terms.iter().flatten() {
            if let Some(profile) = &term.profile {
                let goal = Goal { url: &term.url, title: &term.name, outside: None, anchors: &[] };
                by_path.insert(profile.path.as_str(), goal);
            }
        }
        Self {
            by_path,
            by_url,
            by_name: OnceLock::new(),
            by_file: OnceLock::new(),
            aliases: OnceLock::new(),
            targets,
            beside: inputs.beside.iter().map(|file| file.path.as_str()).collect(),
            bundles: hidden.bundles(articles.iter().chain(pages)),
            assets: inputs.assets.iter().map(|(url, file)| (url.as_str(), &file.path)).collect(),
            inputs,
            hidden,
        }
    }

    /// Resolves the links of one document.
    pub(super) fn resolve(
        &self,
        path: &ContentPath,
        url: &UrlPath,
        anchors: &[String],
        links: &[LinkRef],
    ) -> Resolved {
        let from = From { path, url, anchors };
        let mut resolved = Resolved { links: Vec::with_capacity(links.len()), ..Resolved::default() };
        for link in links {
            let href = match link.kind {
                LinkKind::Wiki => self.wiki(&from, link, &mut resolved),
                LinkKind::Link => self.link(&from, link, &mut resolved),
                LinkKind::Picture => self.picture(&from, link, &mut resolved),
            };
            resolved.links.push(href);
        }
        resolved
    }

    /// Resolves the links in the profiles of terms, in the order of the terms.
    pub(super) fn resolve_profiles(&self, terms: &[Term]) -> Vec<Resolved> {
        let of = |term: &Term| match &term.profile {
            Some(profile) => self.resolve(&profile.path, &term.url, &[], &profile.links_in_body),
            None => Resolved::default(),
        };
        terms.iter().map(of).collect()
    }

    /// Resolves the `related` and `unrelated` entries of all articles.
    pub(super) fn wishes(&self, articles: &[Arc<Meta>]) -> Warned<Vec<Wishes>> {
        let mut diagnostics = Vec::new();
        let wishes = articles
            .iter()
            .map(|meta| Wishes {
                wanted: self.named_articles(meta, ("related", &meta.related), &mut diagnostics),
                unwanted: self.named_articles(meta, ("unrelated", &meta.unrelated), &mut diagnostics),
            })
            .collect();
        Warned { value: wishes, diagnostics }
    }

    /// The articles with a title or slug, ignoring case, spacing and accents.
    fn called(&self, name: &str) -> &[ArticleId] {
        let by_name = self.by_name.get_or_init(|| by_name(self.targets.articles));
        by_name.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The article with a file.
    fn of_file(&self, path: &ContentPath) -> Option<ArticleId> {
        let articles = self.targets.articles;
        let number = |(place, meta): (usize, &'a Arc<Meta>)| (meta.path.as_str(), ArticleId(place as u32));
        let by_file = self.by_file.get_or_init(|| articles.iter().enumerate().map(number).collect());
        by_file.get(path.as_str()).copied()
    }

    fn named_articles(
        &self,
        meta: &Meta,
        (key, names): (&str, &[String]),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<ArticleId> {
        let mut found = Vec::new();
        for name in names {
            let path = self.inputs.meant(meta.path.resolve(name));
            let cause = || self.hidden.cause_of_name(name).or_else(|| self.hidden.cause(&path));
            let told = match self.called(name).last().copied().or_else(|| self.of_file(&path)) {
                Some(id) if !found.contains(&id) => {
                    found.push(id);
                    continue;
                }
                Some(_) => Diagnostic::new(Rule::UnknownArticle, format!("`{name}` is named twice"))
                    .hint("remove it: an entry before it names the same article"),
                None => match cause() {
                    Some(cause) => cause.told_of_wish(name),
                    None => self.unknown_wish(meta, name, &path, diagnostics.len()),
                },
            };
            diagnostics.push(about(&meta.path, told.about(&[key], name)));
        }
        found
    }

    fn link(&self, from: &From<'_>, link: &LinkRef, into: &mut Resolved) -> Href {
        let (target, fragment) = split_fragment(&link.target);
        if target.is_empty() {
            let goal = Goal { url: from.url, title: "", outside: None, anchors: from.anchors };
            return arrive(from, link, goal, fragment, into);
        }
        let decoded = decode(target);
        if decoded.starts_with('/') {
            let address = self.inputs.spellings.meant(&decoded);
            let goal = self.by_url.get(&*address);
            return match goal.or_else(|| self.by_url.get(format!("{address}/").as_str())) {
                Some(goal) => arrive(from, link, *goal, fragment, into),
                None if address != decoded && self.assets.contains_key(&*address) => {
                    self.path(from, link, in_link(&address) + &link.target[target.len()..], into)
                }
                None => self.path(from, link, link.target.clone(), into),
            };
        }
        let path = self.inputs.meant(from.path.resolve(&decoded));
        if let Some(goal) = self.by_path.get(path.as_str()) {
            return arrive(from, link, *goal, fragment, into);
        }
        let beside = self.file_beside(from, link, (&path, fragment), into);
        if let Some(href) = beside.or_else(|| self.named_so(from, link, into)) {
            return href;
        }
        let path_like = decoded.split(['?']).next().unwrap_or_default();
        if ContentPath::new(path_like).is_document() {
            if let Some(told) = self.hidden.file(&link.target, &path) {
                return leave_out(from, link, told, "", into);
            }
            let wanted = Wanted::Document(from.path.folder().to_owned(), path.clone());
            into.lost.push((into.diagnostics.len(), wanted));
            let dead = Diagnostic::new(Rule::DeadLink, format!("there is no file `{path}`"));
            into.diagnostics.push(about(from.path, dead.at(link.place)));
            return Href::AsWritten(link.target.clone());
        }
        // A relative address, as a browser would see it from the article's page.
        self.path(from, link, relative_to(from.url, &link.target), into)
    }

    /// A link to a path that is no document's.
    fn path(&self, from: &From<'_>, link: &LinkRef, path: String, into: &mut Resolved) -> Href {
        if let Some(file) = self.named_so(from, link, into) {
            return file;
        }
        match self.hidden_at(&path, &link.target) {
            Some(told) => leave_out(from, link, told, "", into),
            None => Href::Path(path),
        }
    }

    fn wiki(&self, from: &From<'_>, link: &LinkRef, into: &mut Resolved) -> Href {
        let (name, fragment) = split_fragment(&link.target);
        let ids = self.called(name);
        let Some(id) = ids.last() else {
            if let Some(told) = self.hidden.named(name) {
                return leave_out(from, link, told, name, into);
            }
            into.lost.push((into.diagnostics.len(), Wanted::Article(name.to_owned())));
            let dead = Diagnostic::new(Rule::DeadLink, format!("there is no article `{name}`"));
            let dead = dead.at(link.place).hint(r"write `\[[` where no link is meant");
            into.diagnostics.push(about(from.path, dead));
            // A name is no address.
            return Href::Hidden(name.to_owned());
        };
        if ids.len() > 1 {
            let taken = &self.targets.articles[id.index()].path;
            let message =
                format!("{} articles are called `{name}`; the newest is taken: `{taken}`", ids.len());
            let diagnostic = Diagnostic::new(Rule::AmbiguousLink, message).hint("link to the file instead");
            into.diagnostics.push(about(from.path, diagnostic.at(link.place)));
        }
        arrive(from, link, self.targets.article(*id), fragment, into)
    }

    fn picture(&self, from: &From<'_>, link: &LinkRef, into: &mut Resolved) -> Href {
        let (target, fragment) = split_fragment(&link.target);
        if is_elsewhere(target) {
            return Href::AsWritten(link.target.clone());
        }
        let decoded = decode(target.split('?').next().unwrap_or_default());
        let found = if decoded.starts_with('/') {
            self.static_file(&decoded, fragment)
        } else {
            self.file_beside(from, link, (&self.inputs.meant(from.path.resolve(&decoded)), fragment), into)
        };
        found.or_else(|| self.named_so(from, link, into)).unwrap_or_else(|| {
            // `Map #3.jpg` is the name of a file; `map.svg#north` is a name with a fragment.
            let is_name = fragment.is_some_and(|rest| rest.contains('.'));
            let wanted = if is_name { decode(&link.target) } else { decoded.clone() };
            let noun = if media::is_no_picture(&wanted) { "file" } else { "picture" };
            let message = format!("there is no {noun} `{}`", link.target);
            let diagnostic = Diagnostic::new(Rule::MissingPicture, message);
            let wanted = if wanted.starts_with('/') {
                Wanted::Asset(wanted)
            } else {
                Wanted::Beside(format!("{}/", from.path.folder()), wanted)
            };
            into.lost.push((into.diagnostics.len(), wanted));
            into.diagnostics.push(about(from.path, diagnostic.at(link.place)));
            if decoded.starts_with('/') {
                Href::Path(link.target.clone())
            } else {
                Href::AsWritten(link.target.clone())
            }
        })
    }

    fn static_file(&self, path: &str, fragment: Option<&str>) -> Option<Href> {
        let path = self.inputs.spellings.meant(path);
        let file = self.assets.get(&*path)?;
        let url = UrlPath::parse(&path)?;
        Some(Href::Local { url, fragment: fragment.map(decode), title: None, size: self.size(file) })
    }

    /// Finds a file by its whole name, even if that contains `#` or `?`: `Report #3.pdf`.
    fn named_so(&self, from: &From<'_>, link: &LinkRef, into: &mut Resolved) -> Option<Href> {
        let name =
            Some(&link.target).filter(|target| target.contains(['#', '?'])).map(|target| decode(target))?;
        if name.starts_with('/') {
            self.static_file(&name, None)
        } else {
            self.file_beside(from, link, (&self.inputs.meant(from.path.resolve(&name)), None), into)
        }
    }

    /// A file that lies beside the document is published at the same place beside its page, unless it belongs
    /// to a document that is not published.
    fn file_beside(
        &self,
        from: &From<'_>,
        link: &LinkRef,
        (path, fragment): (&ContentPath, Option<&str>),
        into: &mut Resolved,
    ) -> Option<Href> {
        if !self.beside.contains(path.as_str()) {
            return None;
        }
        if let Some((Some(cause), _)) = self.bundles.around(path) {
            return Some(leave_out(from, link, cause.told_of_file(&link.target), "", into));
        }
        let below = match from.path.folder() {
            "" => Some(path.as_str()),
            folder => path.as_str().strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
        };
        let Some(url) = addresses::file_url(from.url, below.unwrap_or_else(|| path.file_name())) else {
            let rule = if link.kind == LinkKind::Picture { Rule::MissingPicture } else { Rule::DeadLink };
            let Diagnostic { message, hint, .. } = path.left_out();
            let diagnostic = Diagnostic { hint, ..Diagnostic::new(rule, message) };
            into.diagnostics.push(about(from.path, diagnostic.at(link.place)));
            return Some(Href::AsWritten(link.target.clone()));
        };
        into.files.push((url.clone(), path.clone()));
        into.places.push(link.place);
        Some(Href::Local { url, fragment: fragment.map(decode), title: None, size: self.size(path) })
    }

    fn size(&self, file: &ContentPath) -> Option<(u32, u32)> {
        self.inputs.pictures.get(file).and_then(|picture| picture.size).map(|size| (size.width, size.height))
    }

    /// The files of all documents.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a ContentPath> {
        let Targets { articles, pages, terms, .. } = self.targets;
        let profiles = terms.iter().flatten().filter_map(|term| term.profile.as_ref());
        articles.iter().chain(pages).map(|meta| &meta.path).chain(profiles.map(|profile| &profile.path))
    }

    /// The titles of all articles.
    pub(super) fn titles(&self) -> impl Iterator<Item = &'a str> {
        self.targets.articles.iter().map(|meta| meta.title.as_str())
    }

    /// The addresses of all files that are copied.
    pub(super) fn assets(&self) -> impl Iterator<Item = &'a str> {
        self.assets.keys().copied()
    }

    /// The paths of the files beside documents in a folder, which ends in a slash, and in those below it.
    pub(super) fn files_below(&self, folder: &str) -> impl Iterator<Item = &'a str> {
        let from = (Bound::Excluded(folder), Bound::Unbounded);
        self.beside.range::<str, _>(from).map_while(move |path| path.strip_prefix(folder))
    }
}

/// A link to something that is not published, which is written as plain text.
fn leave_out(from: &From<'_>, link: &LinkRef, told: Diagnostic, words: &str, into: &mut Resolved) -> Href {
    into.diagnostics.push(about(from.path, told.at(link.place)));
    Href::Hidden(words.to_owned())
}

/// Resolves a link to a document, and checks whether that has the heading.
fn arrive(
    from: &From<'_>,
    link: &LinkRef,
    goal: Goal<'_>,
    fragment: Option<&str>,
    into: &mut Resolved,
) -> Href {
    if let Some(source) = goal.outside {
        return Href::Outside { source: Box::new(source.clone()), title: title_for(link, goal) };
    }
    let fragment = fragment.map(|written| match headings::meant(goal.anchors, written) {
        Ok(id) => id,
        Err(wanted) => {
            let message = format!("there is no heading `#{wanted}`{}", of_what(from, goal));
            let anchors = goal.anchors.iter().map(String::as_str);
            let diagnostic =
                Diagnostic::new(Rule::DeadAnchor, message).at(link.place).did_you_mean(&wanted, anchors);
            into.diagnostics.push(about(from.path, diagnostic));
            wanted
        }
    });
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    Href::Local { url: goal.url.clone(), fragment, title: title_for(link, goal), size: None }
}

/// The title that a wiki link may show. Other links have a text of their own, so a new title must not change
/// their pages.
fn title_for(link: &LinkRef, goal: Goal<'_>) -> Option<String> {
    (link.kind == LinkKind::Wiki).then(|| goal.title.to_owned())
}

fn of_what(from: &From<'_>, goal: Goal<'_>) -> String {
    if goal.url == from.url { String::new() } else { format!(" in `{}`", goal.title) }
}

/// Splits `target#heading`. A text fragment (`#heading:~:text=…`, WICG) is left out: only the browser uses
/// it.
pub(super) fn split_fragment(target: &str) -> (&str, Option<&str>) {
    let (path, fragment) =
        target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
    (path, fragment.map(|fragment| fragment.split(":~:").next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each compared with each would take an hour.
    #[test]
    fn a_million_headings_are_found() {
        let anchors: Vec<String> = (0..1_000_000).map(|n| format!("h{n:07}")).collect();
        let (path, url) = (ContentPath::new("content/articles/a.md"), UrlPath::parse("/a/").unwrap());
        let from = From { path: &path, url: &url, anchors: &anchors };
        let goal = Goal { url: &url, title: "", outside: None, anchors: &anchors };
        let link = LinkRef { target: String::new(), kind: LinkKind::Link, place: Place::line(1) };
        let mut into = Resolved::default();
        for anchor in &anchors {
            arrive(&from, &link, goal, Some(anchor), &mut into);
        }
        assert_eq!(into.diagnostics, []);
        arrive(&from, &link, Goal { anchors: &anchors[..3], ..goal }, Some("h"), &mut into);
        assert_eq!(into.diagnostics.len(), 1);
    }
}
