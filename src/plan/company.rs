//! The company of a term: from when to when its articles are, and which other terms they have most often.
//!
//! Only the front of a term's list shows it. It looks at no other articles, so the front changes only with
//! the articles of its own term.

use std::cmp::Reverse;

use crate::base::date::Date;
use crate::model::collection::{ArticleId, Collection, Term, TermId};
use crate::model::profile::TermKind;

/// How many terms of a kind are named.
const MOST: usize = 8;

pub(super) struct Company {
    /// The dates of the first and the last article.
    pub(super) span: Option<(Date, Date)>,
    /// The most frequent terms, each with how many of the articles have it.
    pub(super) frequent: [(TermKind, Vec<(TermId, u32)>); 3],
}

/// The company of a term.
pub(super) fn of(id: TermId, term: &Term, collection: &Collection) -> Company {
    let dates = || term.articles.iter().filter_map(|&id| Some((id, collection.article(id).line.date?)));
    let (first, last) = (dates().min_by_key(|(id, _)| *id), dates().max_by_key(|(id, _)| *id));
    let frequent = [TermKind::Tag, TermKind::Source, TermKind::Author];
    Company {
        span: first.zip(last).map(|((_, first), (_, last))| (first, last)),
        frequent: frequent.map(|kind| (kind, frequent_of(kind, (id, term), collection))),
    }
}

/// The terms of a kind that a term's articles have most often, but for the term itself, its parent and its
/// children.
fn frequent_of(kind: TermKind, (id, term): (TermId, &Term), collection: &Collection) -> Vec<(TermId, u32)> {
    let is_kin = |other: TermId| {
        kind == term.kind && (other == id || term.parent == Some(other) || term.children.contains(&other))
    };
    let of_article = |id: &ArticleId| {
        let own = &collection.article(*id).terms[kind];
        // An article may have several sources from one outlet.
        own.iter().enumerate().filter(|(at, id)| !own[..*at].contains(id)).map(|(_, id)| *id)
    };
    let mut ids: Vec<TermId> = term.articles.iter().flat_map(of_article).filter(|&id| !is_kin(id)).collect();
    ids.sort_unstable();
    let mut counts: Vec<(TermId, u32)> =
        ids.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as u32)).collect();
    counts.sort_by_key(|&(id, count)| (Reverse(count), id));
    counts.truncate(MOST);
    counts
}
