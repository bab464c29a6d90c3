//! A digest: whole addresses, dates in words, nothing that an e-mail cannot show.

use super::Site;
use super::address::Form;
use crate::base::date::{Date, Moment};
use crate::model::ingredients::{CardRef, DigestParts, TermRef};
use crate::model::view::{DigestEntry, DigestGroup, DigestView};

/// Makes the view of a digest.
pub fn digest(parts: &DigestParts<'_>, site: &Site<'_>) -> DigestView {
    let articles = parts.groups.iter().map(|(_, cards)| cards.len() as u32).sum();
    DigestView {
        site: site.config.title.clone(),
        home: site.home(),
        days: days(parts.since, parts.at, site),
        count: site.counted(articles, "n_articles"),
        lang: site.config.language.to_string(),
        dir: site.direction.to_owned(),
        groups: parts.groups.iter().map(|(term, cards)| group(term.as_ref(), cards, site)).collect(),
    }
}

fn days(since: Moment, at: Moment, site: &Site<'_>) -> String {
    let words = |moment: Moment| {
        let day = Date { time: None, ..moment.date(site.config.zone) };
        day.words(&site.config.date_format, &site.config.locale)
    };
    // What appears at `at` itself is for the next digest.
    let (first, last) = (words(since), words(Moment(at.0 - 1)));
    if first == last { last } else { format!("{first} – {last}") }
}

fn group(term: Option<&TermRef<'_>>, cards: &[CardRef<'_>], site: &Site<'_>) -> DigestGroup {
    DigestGroup {
        title: term.map_or_else(|| site.word("more").to_owned(), |term| term.name.to_owned()),
        url: term.and_then(|term| term.url).map(|url| site.whole(url)).unwrap_or_default(),
        entries: cards.iter().map(|card| entry(card, site)).collect(),
    }
}

fn entry(card: &CardRef<'_>, site: &Site<'_>) -> DigestEntry {
    let meta = card.meta;
    let date = meta.date.map(|date| site.date(date).text);
    let outlet = card.source.as_ref().map(|source| source.name.to_owned());
    let lang = site.lang(meta);
    DigestEntry {
        title: meta.title.clone(),
        url: site.article_at(card.place, Form::Whole),
        origin: outlet.into_iter().chain(date).collect(),
        summary: meta.summary_within(card.max_words, card.links).into_owned(),
        lang: lang.to_string(),
        dir: site.direction(lang),
    }
}
