//! Feeds: everything in them is whole, because they are read elsewhere.

use super::Site;
use super::address::Form;
use super::article::sources;
use super::body;
use super::corrections;
use super::list;
use crate::base::date::Date;
use crate::model::article::Body;
use crate::model::ingredients::{FeedEntryParts, FeedParts, ListSubject, TermRef};
use crate::model::view::{FeedEntryView, FeedSourceView, FeedView, SourceView, View};

/// When a feed without entries was last changed: Atom wants a moment, and no clock may be asked.
const NEVER: &str = "1970-01-01T00:00:00Z";

pub(super) fn view(parts: &FeedParts<'_>, bodies: &[Body], site: &Site<'_>) -> View {
    let mut bodies = bodies.iter();
    let mut body_of = |entry: &FeedEntryParts<'_>| entry.body.and_then(|_| bodies.next());
    let entries: Vec<_> = parts.entries.iter().map(|each| entry(each, body_of(each), site)).collect();
    let list_title = list::title(&parts.subject, site);
    View::Feed(Box::new(FeedView {
        format: parts.format,
        title: match parts.subject {
            ListSubject::All => list_title,
            _ => format!("{list_title} – {}", site.config.title),
        },
        subtitle: list::description(&parts.subject, site).to_owned(),
        page: site.whole(&parts.page),
        url: site.whole(&parts.url),
        lang: site.config.language.clone(),
        updated: newest_change(parts, site).unwrap_or_else(|| NEVER.to_owned()),
        author: site.config.publisher.name.clone(),
        generator: Site::generator(),
        entries,
    }))
}

fn newest_change(parts: &FeedParts<'_>, site: &Site<'_>) -> Option<String> {
    let zone = site.config.zone;
    let newest = parts.entries.iter().filter_map(changed).max_by_key(|date| date.moment(zone))?;
    Some(newest.rfc3339(zone))
}

fn changed(entry: &FeedEntryParts<'_>) -> Option<Date> {
    entry.meta.changed()
}

fn entry(parts: &FeedEntryParts<'_>, body: Option<&Body>, site: &Site<'_>) -> FeedEntryView {
    let meta = parts.meta.value;
    let moment =
        |date: Option<Date>| date.map_or_else(|| NEVER.to_owned(), |date| date.rfc3339(site.config.zone));
    let names = |terms: &[TermRef<'_>]| terms.iter().map(|term| term.name.to_owned()).collect();
    let url = site.whole(parts.url);
    FeedEntryView {
        id: url.clone(),
        title: meta.title.clone(),
        url,
        published: moment(meta.date),
        updated: moment(changed(parts)),
        summary: meta.summary.clone(),
        content: body.map(|body| content(body, parts, site)).unwrap_or_default(),
        lang: site.lang(meta).to_owned(),
        authors: names(&parts.authors),
        tags: names(&parts.tags),
        image: site.picture(meta, parts.links, Form::Whole).map(|image| image.src).unwrap_or_default(),
        source: sources(meta, &parts.sources, site).into_iter().next().map(origin),
    }
}

/// The text, and below it what was put right.
fn content(body: &Body, parts: &FeedEntryParts<'_>, site: &Site<'_>) -> String {
    let mut html = body::fill_whole(body, parts.links, parts.url, site);
    corrections::append(&mut html, &parts.meta.value.corrections, site);
    html
}

fn origin(source: SourceView) -> FeedSourceView {
    FeedSourceView {
        outlet: source.outlet.name,
        homepage: source.homepage,
        url: source.url,
        title: source.title,
    }
}
