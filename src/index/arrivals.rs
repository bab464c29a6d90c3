//! The order in which articles came into the collection.
//!
//! In an archive that grows backwards the newest article is often an old one. Lists that go by the date would
//! have it among others of its time and move all that are later to other pages; in these lists it is the
//! last, whatever its date.

use rayon::prelude::*;

use crate::base::date::Date;
use crate::config::{ListOrder, SiteConfig};
use crate::model::collection::{Arrivals, ArticleId, Term};
use crate::model::profile::{ByKind, TermKind};

/// The articles in the order in which they came, and those of one moment in the order of their dates. `None`
/// if the site's lists are in the order of dates. `added` says when each article came.
pub fn arrivals(
    added: impl IntoIterator<Item = Option<Date>>,
    terms: &ByKind<Vec<Term>>,
    config: &SiteConfig,
) -> Option<Arrivals> {
    if config.list_order == ListOrder::Date {
        return None;
    }
    let keys: Vec<_> = added.into_iter().map(|date| Date::place(date, config.zone)).collect();
    let in_order = |ids: &[ArticleId]| {
        let mut ids = ids.to_vec();
        ids.sort_by_key(|id| (keys[id.index()], *id));
        ids
    };
    let all: Vec<ArticleId> = (0..keys.len() as u32).map(ArticleId).collect();
    let terms = ByKind::of(|kind| {
        let terms = terms[kind].par_iter().filter(|_| kind != TermKind::Series);
        terms.map(|term| in_order(&term.articles)).collect()
    });
    Some(Arrivals { all: in_order(&all), terms })
}
