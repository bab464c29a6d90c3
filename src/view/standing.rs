//! Standing pages, and the page for addresses that lead nowhere.

use super::address::Form;
use super::body;
use super::head::{Head, here};
use super::json_ld;
use super::{Site, html};
use crate::config::IndexPolicy;
use crate::model::article::Body;
use crate::model::generated;
use crate::model::ingredients::{StandingParts, TombstoneParts};
use crate::model::view::{Content, NotFoundView, PageView, StandingView, View, WithdrawnView};

pub(super) fn view(parts: &StandingParts<'_>, body: Option<&Body>, site: &Site<'_>) -> View {
    let meta = parts.meta.value;
    let standing = StandingView {
        title: meta.title.clone(),
        updated: meta.updated.map(|date| site.date(date)),
        content: body.map(|body| body::fill(body, parts.links, &[], site)).unwrap_or_default(),
        toc: body.map(|body| body::toc(&body.toc)).unwrap_or_default(),
        image: site.picture(meta, parts.links, Form::Local),
        extra: meta.extra.clone(),
    };
    let page = head(parts, &standing, site);
    html(meta.template.as_deref().unwrap_or("page.html"), page, Content::Standing(Box::new(standing)))
}

fn head(parts: &StandingParts<'_>, standing: &StandingView, site: &Site<'_>) -> PageView {
    let meta = parts.meta.value;
    let summary = meta.summary_within(None, parts.links);
    let mut page = site.head(Head {
        kind: "standing",
        title: meta.title.clone(),
        description: &summary,
        url: parts.url,
        trail: vec![here(meta.title.as_str())],
    });
    let lang = site.lang(meta);
    (page.lang, page.dir) = (lang.to_string(), site.direction(lang));
    page.has_code = meta.has_code;
    if meta.index == Some(IndexPolicy::Noindex) {
        "noindex".clone_into(&mut page.robots);
    }
    page = page.with_image(standing.image.as_ref(), site);
    page.json_ld = json_ld::script(vec![
        json_ld::web_page(&page, standing.updated.as_ref(), site),
        json_ld::breadcrumbs(&page, &page.canonical, site),
    ]);
    page
}

/// The page in the place of a withdrawn article. It shows nothing of the article but its address, which the
/// reader knows.
pub(super) fn withdrawn(parts: &TombstoneParts<'_>, site: &Site<'_>) -> View {
    let title = site.word("withdrawn").to_owned();
    let trail = vec![here(title.as_str())];
    let mut page = site.head(Head { kind: "withdrawn", title, description: "", url: parts.url, trail });
    "noindex".clone_into(&mut page.robots);
    let date = parts.date.map(|date| site.date(date));
    let lang = parts.lang.unwrap_or(&site.config.language);
    let (lang, dir) = (lang.to_string(), site.direction(lang));
    let view = WithdrawnView { date, reason: parts.reason.to_owned(), lang, dir };
    html("withdrawn.html", page, Content::Withdrawn(view))
}

/// The page for addresses that lead nowhere. Search engines are told not to index it.
pub(super) fn not_found(site: &Site<'_>) -> View {
    let url = generated::not_found();
    let title = site.word("not_found").to_owned();
    let mut page = site.head(Head { kind: "not-found", title, description: "", url: &url, trail: vec![] });
    "noindex".clone_into(&mut page.robots);
    html("404.html", page, Content::NotFound(NotFoundView {}))
}
