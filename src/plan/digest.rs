//! The articles of a digest: those that have appeared lately, each in one group.

use std::collections::BTreeMap;

use super::Materials;
use crate::base::date::{Date, Moment};
use crate::model::collection::{ArticleId, TermId};
use crate::model::profile::TermKind;

/// The articles that appeared from `since` until now, so that digests which follow one another have each once.
///
/// An article that has only a day appears at the end of it: it may be written at any hour, and a digest of that
/// morning would miss what is written after it. A digest of the next morning has it in any case.
///
/// They are grouped by their first term of a kind. The largest group comes first, among equals the one with the newest
/// article; articles without such a term come last.
pub(super) fn groups(
    since: Moment,
    kind: TermKind,
    materials: Materials<'_>,
) -> Vec<(Option<TermId>, Vec<ArticleId>)> {
    let Materials { collection, config, at, .. } = materials;
    let appeared = |id: ArticleId| {
        let meta = &collection.article(id).meta;
        let last = |date: Date| Moment(date.end(config.zone).0 - 1);
        let moment = meta.publish.or_else(|| meta.added().map(last));
        moment.is_some_and(|moment| since <= moment && moment < at)
    };
    let mut groups: BTreeMap<Option<TermId>, Vec<ArticleId>> = BTreeMap::new();
    for id in collection.timeline.iter().rev().copied().filter(|&id| appeared(id)) {
        let term = collection.article(id).terms[kind].first().copied();
        groups.entry(term).or_default().push(id);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(term, ids)| (term.is_none(), std::cmp::Reverse((ids.len(), ids.first().copied()))));
    groups
}
