//! Feeds. They are read outside of the site, so all addresses are whole.

use super::Site;
use super::address::Form;
use super::article::{is_in_text, sources};
use super::body;
use super::corrections;
use super::credit::writers_and_translators;
use super::excerpt;
use super::list;
use crate::base::date::Date;
use crate::base::domain;
use crate::base::html::escape;
use crate::base::percent::as_uri;
use crate::model::article::{Body, Meta};
use crate::model::ingredients::{FeedEntryParts, FeedParts, ListSubject, TermRef};
use crate::model::view::{FeedEntryView, FeedSourceView, FeedView, ImageView, RichText, SourceView, View};

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
        updated: newest_change(parts, site),
        author: site.config.publisher.name.clone(),
        generator: Site::generator(),
        entries,
    }))
}

fn newest_change(parts: &FeedParts<'_>, site: &Site<'_>) -> String {
    let zone = site.config.zone;
    let changes = parts.entries.iter().filter_map(|entry| changed(entry.meta.value, site));
    changes.max_by_key(|date| date.moment(zone)).map(|date| date.rfc3339(zone)).unwrap_or_default()
}

/// The last of what readers take for news: that it was published, changed or added, or that it appeared at last.
fn changed(meta: &Meta, site: &Site<'_>) -> Option<Date> {
    let zone = site.config.zone;
    let appeared = meta.publish.map(|moment| moment.date(zone));
    let all = [meta.date, meta.modified(), appeared].into_iter().flatten();
    all.max_by_key(|date| date.moment(zone))
}

fn entry(parts: &FeedEntryParts<'_>, body: Option<&Body>, site: &Site<'_>) -> FeedEntryView {
    let meta = parts.meta.value;
    let moment = |date: Option<Date>| date.map(|date| date.rfc3339(site.config.zone)).unwrap_or_default();
    let names = |terms: &[TermRef<'_>]| terms.iter().map(|term| term.name.to_owned()).collect::<Vec<_>>();
    let original = meta.original_author().map(str::to_owned);
    let (mut writers, translators) = writers_and_translators(original, names(&parts.authors), |name| name);
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
    let picture = site.picture(meta, parts.links, Form::Whole);
    let origin_line = source.as_ref().and_then(|source| origin_line(source, site));
    FeedEntryView {
        id: site.whole(parts.url),
        title: meta.title.clone(),
        url,
        published: moment(meta.date),
        updated: moment(changed(meta, site)),
        summary: match (&origin_line, &text) {
            (Some((line, _)), None) => [line.as_str(), &summary].join(". ").trim_end().to_owned(),
            _ => summary.into_owned(),
        },
        content: text
            .map(|text| whole_text(text, origin_line, picture.as_ref(), read_on, meta, site))
            .unwrap_or_default(),
        lang: site.lang(meta).to_string(),
        authors: writers,
        translators,
        tags: names(&parts.tags),
        image: picture.map(|picture| picture.src).unwrap_or_default(),
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

/// The text with the line above that says where it comes from, and the picture, and with the ones below that say
/// where it goes on and what was corrected.
fn whole_text(
    text: RichText,
    origin_line: Option<(String, String)>,
    picture: Option<&ImageView>,
    mut last: String,
    meta: &Meta,
    site: &Site<'_>,
) -> RichText {
    let mut first = origin_line.map(|(_, html)| html).unwrap_or_default();
    if let Some(picture) = picture.filter(|picture| !is_in_text(picture, &text)) {
        figure(&mut first, picture, site);
    }
    corrections::append(&mut last, &meta.corrections, site);
    let lang = site.lang(meta);
    // Many readers look neither at the language of an entry nor at the direction of its letters.
    if site.direction(lang) == "rtl" {
        first.insert_str(0, &format!("<div lang=\"{lang}\" dir=\"rtl\">\n"));
        last.push_str("\n</div>\n");
    }
    text.between(&first, &last)
}

/// Appends the article's picture, with what stands below it.
fn figure(html: &mut String, picture: &ImageView, site: &Site<'_>) {
    let ImageView { src, alt, caption, credit, license, width, height, .. } = picture;
    html.extend(["<figure><img src=\"", &escape(src), "\" alt=\"", &escape(alt), "\""]);
    if *width > 0 {
        html.extend([" width=\"", &width.to_string(), "\" height=\"", &height.to_string(), "\""]);
    }
    html.push('>');
    let license = match license.as_str() {
        "" => None,
        address if address.contains("://") => {
            Some(format!("<a href=\"{}\">{}</a>", escape(address), escape(site.word("licence"))))
        }
        name => Some(escape(name)),
    };
    let credit = (!credit.is_empty()).then(|| escape(&[site.word("photo"), credit].join(" ")));
    let terms = credit.into_iter().chain(license).collect::<Vec<_>>().join(" · ");
    let terms = if terms.is_empty() { terms } else { format!("<small>{terms}</small>") };
    let said = [escape(caption), terms].join(" ");
    if !said.trim().is_empty() {
        html.extend(["<figcaption>", said.trim(), "</figcaption>"]);
    }
    html.push_str("</figure>\n");
}

fn origin(source: SourceView) -> FeedSourceView {
    FeedSourceView {
        outlet: source.outlet.name,
        home: match source.homepage.as_str() {
            "" => as_uri(&domain::root(&source.url)),
            homepage => as_uri(homepage),
        },
        url: as_uri(&source.url),
        title: source.title,
    }
}
