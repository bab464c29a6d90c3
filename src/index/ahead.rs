//! Dates of what is told as done, and has yet to come.
//!
//! Such a date is a slip of the pen that nobody sees for years: the feed has an entry of 2062, and in the order of
//! arrival the article leads every list until then. An article that is itself not out yet may well have one, so only
//! what lies after its own moment counts.

use crate::base::date::{Date, Moment};
use crate::base::diag::{Diagnostic, Rule};
use crate::config::SiteConfig;
use crate::model::article::Meta;

use super::{Visibility, about, appears};

/// Somewhere it may be that day already.
const DAY: i64 = 24 * 60 * 60;

/// The key of corrections, which are named by what they are.
const CORRECTIONS: &str = "corrections";

/// A date that has yet to come: the keys that lead to it, and since when it is no longer told.
struct Ahead {
    keys: Vec<String>,
    date: Date,
    until: Moment,
}

/// What is to be told of the dates of a published document.
pub(super) fn told(meta: &Meta, config: &SiteConfig, visibility: Visibility) -> Vec<Diagnostic> {
    let tell = |Ahead { keys, date, .. }: Ahead| {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let what = match keys[..] {
            [CORRECTIONS, ..] => "the correction".to_owned(),
            [.., key] => format!("`{key}`"),
            [] => String::new(),
        };
        let message = format!("{what}, {}, has yet to come", date.iso(config.zone));
        let diagnostic = Diagnostic::new(Rule::DateOrder, message).about(&keys, "");
        about(&meta.path, diagnostic.hint("correct it, or hold the article back with `publish`"))
    };
    ahead(meta, config, visibility).into_iter().map(tell).collect()
}

/// Whether there is something to be told of the dates of a document.
pub fn is_ahead(meta: &Meta, config: &SiteConfig, visibility: Visibility) -> bool {
    visibility.shows(meta, config) && !ahead(meta, config, visibility).is_empty()
}

/// The moments at which there is less to be told of a document.
pub(super) fn untils(meta: &Meta, config: &SiteConfig, visibility: Visibility) -> Vec<Moment> {
    if !visibility.shows(meta, config) {
        return Vec::new();
    }
    ahead(meta, config, visibility).into_iter().map(|ahead| ahead.until).collect()
}

fn ahead(meta: &Meta, config: &SiteConfig, visibility: Visibility) -> Vec<Ahead> {
    let own = [("updated", meta.updated), ("added", meta.added)];
    let own = own.into_iter().filter_map(|(key, date)| Some((vec![key.to_owned()], date?)));
    let within = |key: &str, number: usize, inner: &str| [key, &number.to_string(), inner].map(str::to_owned);
    let sources = meta.sources.iter().enumerate();
    let retrieved = sources.filter_map(|(number, source)| {
        Some((within("source", number, "retrieved").to_vec(), source.retrieved?))
    });
    let corrections = meta.corrections.iter().enumerate();
    let corrections = corrections
        .filter_map(|(number, one)| Some((within(CORRECTIONS, number, "date").to_vec(), one.date?)));
    let now = visibility.at;
    let ahead = own.chain(retrieved).chain(corrections).map(|(keys, date)| {
        let until = Moment(date.moment(config.zone).0 - DAY);
        Ahead { keys, date, until }
    });
    let is_later = |ahead: &Ahead| {
        let appears = || appears(meta, config).map_or(now, |moment| Moment(moment.0.max(now.0)));
        ahead.until > now && ahead.until > appears()
    };
    ahead.filter(is_later).collect()
}
