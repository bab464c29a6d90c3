//! From finished views to structured data.

use super::schema::{
    About, Author, BreadcrumbList, CollectionPage, CorrectionComment, CreativeWork, CreativeWorkSeries,
    ImageObject, License, ListItem, Logo, NewsArticle, NewsMediaOrganization, Node, Organization, Pixels,
    Reference, Text, WebPage, WebSite,
};
use crate::config::{Publisher, SiteConfig};
use crate::model::front_matter::SourceRole::{
    self, BasedOn, Excerpt, Republished, Summary, Translation, Via,
};
use crate::model::profile::{Profile, TermKind};
use crate::model::view::{ArticleView, DateView, ImageView, PageView, SourceView, TermLink};
use crate::view::Site;
use crate::view::address::Form;
use crate::view::name::is_body;

/// An article, described from its view and the head of its page. `own` is the whole address of the page. It
/// is not the canonical one if search engines are sent to the original.
pub(in crate::view) fn article<'a>(
    article: &'a ArticleView,
    page: &'a PageView,
    own: &'a str,
    site: &'a Site<'_>,
) -> Node<'a> {
    let published = article.date.as_ref().map(whole_day);
    let works = |roles: &[SourceRole]| {
        let sources = article.sources.iter().filter(|source| has_role(source, roles));
        sources.filter_map(|source| work(source, article)).collect::<Vec<_>>()
    };
    let author = |one: &'a TermLink| author(&one.name, whole(&one.url, site.config));
    let authors = |named: &'a [TermLink]| named.iter().map(author).collect();
    // What is a source's own text is under its licence.
    let own_text = article.sources.iter().find(|source| source.is_text);
    Node::Article(Box::new(NewsArticle {
        main_entity_of_page: Reference { id: own },
        headline: &article.title,
        description: &article.summary,
        date_modified: article.modified.as_ref().map(whole_day).or_else(|| published.clone()),
        date_published: published,
        author: if article.writers.is_empty() { body(own_text, site) } else { authors(&article.writers) },
        translator: authors(&article.translators),
        publisher: &site.publisher,
        image: article.image.as_ref().map(|picture| image(picture, &page.image)),
        in_language: &article.lang,
        word_count: article.words,
        article_section: article.tags.first().map(|tag| tag.name.as_str()),
        keywords: article.tags.iter().map(|tag| tag.name.as_str()).collect(),
        license: own_text.and_then(|source| License::of(&source.license)),
        is_based_on: works(&[Republished, Excerpt, Summary, BasedOn]),
        translation_of_work: works(&[Translation]),
        citation: works(&[Via]),
        source_organization: own_text.and_then(outlet),
        is_part_of: article
            .series
            .as_ref()
            .map(|series| CreativeWorkSeries { name: &series.name, url: whole(&series.url, site.config) }),
        position: article.series.as_ref().map(|series| series.part),
        correction: article
            .corrections
            .iter()
            .map(|correction| CorrectionComment {
                text: &correction.text,
                date_published: correction.date.as_ref().map(whole_day),
            })
            .collect(),
    }))
}

fn has_role(source: &SourceView, roles: &[SourceRole]) -> bool {
    roles.iter().any(|role| role.name() == source.role)
}

/// The date of an imprecise date's first day. Search engines read whole dates only; readers see it as it is.
fn whole_day(date: &DateView) -> Text<'_> {
    match date.iso.len() {
        4 => Text::Owned(format!("{}-01-01", date.iso)),
        7 => Text::Owned(format!("{}-01", date.iso)),
        _ => Text::Borrowed(&date.iso),
    }
}

/// The way to a page; the page itself stands at its end.
pub(in crate::view) fn breadcrumbs<'a>(page: &'a PageView, own: &'a str, site: &Site<'_>) -> Node<'a> {
    let item = |(at, crumb): (usize, &'a crate::model::view::Crumb)| ListItem {
        position: at + 1,
        name: &crumb.title,
        item: whole(&crumb.url, site.config).unwrap_or(Text::Borrowed(own)),
    };
    Node::Breadcrumbs(BreadcrumbList {
        item_list_element: page.breadcrumbs.iter().enumerate().map(item).collect(),
    })
}

/// What a list or overview says of itself.
pub(in crate::view) fn list<'a>(
    page: &'a PageView,
    about: Option<About<'a>>,
    site: &'a Site<'_>,
) -> Vec<Node<'a>> {
    vec![collection(page, about, site), breadcrumbs(page, &page.canonical, site)]
}

/// A page of a list, or an overview.
fn collection<'a>(page: &'a PageView, about: Option<About<'a>>, site: &'a Site<'_>) -> Node<'a> {
    Node::Collection(CollectionPage {
        url: &page.canonical,
        name: &page.title,
        description: &page.description,
        in_language: &page.lang,
        about,
        is_part_of: part_of(site),
    })
}

/// What the list of a term is about.
pub(in crate::view) fn about<'a>(kind: TermKind, name: &'a str, profile: Option<&'a Profile>) -> About<'a> {
    let kind = match kind {
        TermKind::Tag => "Thing",
        TermKind::Source => "Organization",
        TermKind::Author => kind_of_author(name),
        TermKind::Series => "CreativeWorkSeries",
    };
    About {
        kind,
        name,
        url: profile.and_then(|profile| profile.url.as_deref()),
        same_as: profile.map(|profile| profile.links.as_slice()).unwrap_or_default(),
    }
}

/// The site and who is behind it, for the front page.
pub(in crate::view) fn front<'a>(site: &'a Site<'_>) -> Vec<Node<'a>> {
    let website = WebSite {
        description: &site.config.description,
        in_language: site.config.language.as_str(),
        publisher: Some(&site.publisher),
        ..part_of(site)
    };
    vec![Node::WebSite(website), publisher(site)]
}

/// Who is behind the site. One that has policies for its news is a news organisation.
fn publisher<'a>(site: &'a Site<'_>) -> Node<'a> {
    let Publisher { name, same_as, policies, .. } = &site.config.publisher;
    if policies.is_empty() && same_as.is_empty() {
        return Node::Publisher(site.publisher.clone());
    }
    let whole = |(key, address): &(&'static str, String)| (*key, site.written(address, Form::Whole));
    Node::News(NewsMediaOrganization {
        name,
        url: Text::Owned(site.home()),
        logo: site.publisher.logo.clone(),
        same_as,
        policies: policies.iter().map(whole).collect(),
    })
}

/// A standing page.
pub(in crate::view) fn web_page<'a>(
    page: &'a PageView,
    updated: Option<&'a DateView>,
    site: &'a Site<'_>,
) -> Node<'a> {
    Node::Page(WebPage {
        url: &page.canonical,
        name: &page.title,
        description: &page.description,
        in_language: &page.lang,
        date_modified: updated.map(|date| date.iso.as_str()),
        is_part_of: part_of(site),
    })
}

impl<'a> Organization<'a> {
    /// Who is behind the site.
    pub(in crate::view) fn publisher(site: &Site<'a>) -> Self {
        let logo = Some(site.logo()).filter(|logo| !logo.is_empty());
        Self {
            name: Text::Borrowed(&site.config.publisher.name),
            url: Some(Text::Owned(site.home())),
            logo: logo.map(|url| Logo { url: Text::Owned(url) }),
        }
    }
}

fn part_of<'a>(site: &'a Site<'_>) -> WebSite<'a> {
    WebSite {
        url: Text::Owned(site.home()),
        name: &site.config.title,
        description: "",
        in_language: "",
        publisher: None,
    }
}

/// Who stands for a text of which nobody is named: the outlet whose text it is, or who is behind this site.
fn body<'a>(own_text: Option<&'a SourceView>, site: &'a Site<'_>) -> Vec<Author<'a>> {
    let (name, url) = match own_text {
        Some(source) => (source.outlet.name.as_str(), whole(&source.outlet.url, site.config)),
        None => (site.config.publisher.name.as_str(), Some(Text::Owned(site.home()))),
    };
    let author = Author { kind: "Organization", name, url };
    Some(author).filter(|author| !author.name.is_empty()).into_iter().collect()
}

fn author<'a>(name: &'a str, url: Option<Text<'a>>) -> Author<'a> {
    Author { kind: kind_of_author(name), name, url }
}

fn kind_of_author(name: &str) -> &'static str {
    if is_body(name) { "Organization" } else { "Person" }
}

fn image<'a>(image: &'a ImageView, address: &'a str) -> ImageObject<'a> {
    let pixels = |length: u32| (length > 0).then_some(Pixels(length));
    ImageObject {
        url: address,
        content_url: address,
        width: pixels(image.width),
        height: pixels(image.height),
        caption: if image.caption.is_empty() { &image.alt } else { &image.caption },
        credit_text: &image.credit,
        license: License::of(&image.license),
    }
}

/// The original of an article. A source that names neither an address nor an outlet says nothing.
fn work<'a>(source: &'a SourceView, article: &'a ArticleView) -> Option<CreativeWork<'a>> {
    if source.url.is_empty() && source.outlet.name.is_empty() {
        return None;
    }
    Some(CreativeWork {
        url: &source.url,
        name: original_title(source, &article.title),
        author: (!source.author.is_empty()).then(|| author(&source.author, None)),
        date_published: source.published.as_ref().map(|date| date.iso.as_str()),
        publisher: outlet(source),
        in_language: &source.lang,
        license: License::of(&source.license),
        archived_at: &source.archive,
    })
}

/// The outlet of a source, if it has a name.
fn outlet(source: &SourceView) -> Option<Organization<'_>> {
    (!source.outlet.name.is_empty()).then_some(Organization {
        name: Text::Borrowed(&source.outlet.name),
        url: (!source.homepage.is_empty()).then_some(Text::Borrowed(&source.homepage)),
        logo: None,
    })
}

/// The original's headline. Where none is given it is the article's own, but only if the article is the
/// original's text.
fn original_title<'a>(source: &'a SourceView, own: &'a str) -> &'a str {
    if source.title.is_empty() && has_role(source, &[Republished, Excerpt]) { own } else { &source.title }
}

/// A local address made whole; `None` if it is empty.
fn whole(local: &str, config: &SiteConfig) -> Option<Text<'static>> {
    (!local.is_empty()).then(|| Text::Owned(format!("{}{local}", config.origin)))
}
