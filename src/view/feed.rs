//! Feeds. They are read outside of the site, so all addresses are whole.

use super::Site;
use super::address::Form;
use super::article::sources;
use super::body;
use super::corrections;
use super::credit::writers_and_translators;
use super::excerpt;
use super::list;
use crate::base::date::Date;
use crate::base::html::escape;
use crate::base::percent::as_uri;
use crate::model::article::{Body, Meta};
use crate::model::ingredients::{FeedEntryParts, FeedParts, ListSubject, TermRef};
use crate::model::view::{FeedEntryView, FeedSourceView, FeedView, RichText, SourceView, View};

/// When a feed without entries was last changed: Atom requires a time, and the current one would change the
/// output with each build.
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
        lang: site.config.language.to_string(),
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
    entry.meta.modified()
}

fn entry(parts: &FeedEntryParts<'_>, body: Option<&Body>, site: &Site<'_>) -> FeedEntryView {
    let meta = parts.meta.value;
    let moment =
        |date: Option<Date>| date.map_or_else(|| NEVER.to_owned(), |date| date.rfc3339(site.config.zone));
    let names = |terms: &[TermRef<'_>]| terms.iter().map(|term| term.name.to_owned()).collect::<Vec<_>>();
    let original = meta.original_author().map(str::to_owned);
    let (mut writers, _) = writers_and_translators(original, names(&parts.authors), |name| name);
    let shown = body.map(|body| excerpt::shown(body, meta, &parts.sources));
    let read_on = excerpt::read_on(shown.as_ref(), meta, site);
    let text = shown
        .as_ref()
        .map(|shown| body::fill_whole(&shown.body, parts.links, &meta.sources, parts.url, site));
    let url = parts.outside.map_or_else(|| site.whole(parts.url), as_uri);
    let summary = meta.summary_within(excerpt::max_words(meta, &parts.sources), parts.links);
    let source = sources(meta, &parts.sources, site).nth(meta.text_source().unwrap_or_default());
    // An entry without an author is by that of the feed, as readers have it (RFC 4287, 4.2.1).
    if let (true, Some(source)) = (writers.is_empty(), source.as_ref().filter(|source| source.is_text)) {
        writers.push(source.outlet.name.clone());
    }
    let origin_line = source.as_ref().and_then(|source| origin_line(source, site));
    FeedEntryView {
        id: site.whole(parts.url),
        title: meta.title.clone(),
        url,
        published: moment(meta.date),
        updated: moment(changed(parts)),
        summary: match (&origin_line, &text) {
            (Some((line, _)), None) => [line.as_str(), &summary].join(". ").trim_end().to_owned(),
            _ => summary.into_owned(),
        },
        content: text.map(|text| whole_text(text, origin_line, read_on, meta, site)).unwrap_or_default(),
        lang: site.lang(meta).to_string(),
        authors: writers,
        tags: names(&parts.tags),
        image: site.picture(meta, parts.links, Form::Whole).map(|image| image.src).unwrap_or_default(),
        source: source.map(origin),
    }
}

/// The first line of an entry, which says who published the original, as text and as HTML. `None` if the
/// theme has no words for that.
fn origin_line(source: &SourceView, site: &Site<'_>) -> Option<(String, String)> {
    let role = site.theme.words.get(&format!("role-{}", source.role))?;
    let name = escape(&source.outlet.name);
    let html = match source.url.as_str() {
        "" => name,
        url => format!("<a href=\"{}\">{name}</a>", escape(url)),
    };
    Some((format!("{role} {}", source.outlet.name), format!("<p>{} {html}</p>\n", escape(role))))
}

/// The text with the line above that says where it comes from, and the ones below that say where it goes on
/// and what was corrected.
fn whole_text(
    text: RichText,
    origin_line: Option<(String, String)>,
    mut last: String,
    meta: &Meta,
    site: &Site<'_>,
) -> RichText {
    let first = origin_line.map(|(_, html)| html).unwrap_or_default();
    corrections::append(&mut last, &meta.corrections, site);
    text.between(&first, &last)
}

fn origin(source: SourceView) -> FeedSourceView {
    FeedSourceView {
        outlet: source.outlet.name,
        homepage: as_uri(&source.homepage),
        url: as_uri(&source.url),
        title: source.title,
    }
}
