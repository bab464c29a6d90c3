//! Originals that two articles take over: a desk that clips from many outlets does not remember each address.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diag::{Diagnostic, Rule};
use crate::base::domain::{domain, path};
use crate::base::fold::fold;
use crate::base::language::Language;
use crate::model::article::Meta;

use super::about;

/// What an article takes over: the address of the original in one form for all its spellings, and the language.
pub(super) type Original<'a> = (String, Option<&'a Language>);

/// The original whose text an article has, as a whole or in part. Of several it is the first: what else an article
/// quotes is not told.
pub(super) fn of(meta: &Meta) -> Option<Original<'_>> {
    let source = &meta.sources[meta.text_source()?];
    let url = source.url.as_deref().filter(|_| source.role.is_unchanged())?;
    Some((form(url)?, meta.lang.as_ref()))
}

/// The one form of all spellings of an original's address.
pub(super) fn form(url: &str) -> Option<String> {
    // The front page of an outlet is no article of it, but what is written where the address is not known.
    let place = path(url);
    let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    (!place.is_empty() || !query.is_empty()).then_some(())?;
    Some(format!("{}{place}?{query}", domain(url)?))
}

/// Reports articles with the original of an earlier one. The articles are in the order of their dates.
pub(super) fn told(articles: &[Arc<Meta>]) -> Vec<Diagnostic> {
    // To bring addresses into one form takes longer than to compare them.
    let originals: Vec<_> = articles.par_iter().map(|meta| of(meta)).collect();
    let mut first: HashMap<Original<'_>, &Meta> = HashMap::with_capacity(articles.len());
    let mut told = Vec::new();
    for (meta, original) in articles.iter().zip(originals) {
        let Some(original) = original else { continue };
        let other = match first.entry(original) {
            Entry::Occupied(other) => *other.get(),
            Entry::Vacant(free) => {
                free.insert(meta);
                continue;
            }
        };
        if is_part_with(meta, other) {
            continue;
        }
        let at = meta.text_source().unwrap_or_default();
        let url = meta.sources[at].url.as_deref().unwrap_or_default();
        let message = format!("the text of `{url}` is in `{}` already", other.path);
        let diagnostic =
            Diagnostic::new(Rule::SameOriginal, message).about(&["source", &at.to_string(), "url"], url);
        told.push(about(&meta.path, diagnostic.hint("remove one of the two, or mend the address")));
    }
    told
}

/// Whether two articles are parts of one series, such as excerpts from a book.
fn is_part_with(one: &Meta, other: &Meta) -> bool {
    let name = |meta: &Meta| meta.series.as_ref().map(|(name, _)| fold(name));
    one.series.is_some() && name(one) == name(other)
}
