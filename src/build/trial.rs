//! Whether the templates work: one page of each kind, made to find out.
//!
//! `serve` makes a page only when it is asked for. Without a trial nobody would hear of a faulty template
//! before somebody looked at such a page, and the edition would count as one without errors. Other pages may
//! still have faults that the tried ones do not have; those are told when they are found.

use std::collections::BTreeSet;

use crate::base::diag::Diagnostic;
use crate::base::error::Result;
use crate::model::plan::{List, Page, Route};
use crate::model::profile::TermKind;

use super::edition::{Edition, Found};
use super::pages::Output;

/// What is drawn by a template of its own, or could be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'a> {
    /// With the template that the front matter names, and whether there is a picture, a series and a component.
    Article(Option<&'a str>, [bool; 3]),
    Standing(Option<&'a str>),
    Front,
    Term(TermKind),
    Period,
    Terms(TermKind),
    Archive,
    Corrections,
    NotFound,
    Tombstone,
}

/// The faults of one page of each kind.
pub(super) fn faults(edition: &Edition) -> Result<Vec<Diagnostic>> {
    let mut kinds = BTreeSet::new();
    let routes = edition.routes.plan.routes.iter();
    let tried: Vec<&Route> =
        routes.filter(|route| kind(&route.page, edition).is_some_and(|kind| kinds.insert(kind))).collect();
    edition.open(|open| {
        let mut faults = Vec::new();
        for route in tried {
            if let Found::Output { output: Output::Faulty(found), .. } = open.output(route)? {
                faults.extend(found);
            }
        }
        // One fault shows on many pages.
        let mut groups = BTreeSet::new();
        faults.retain(|fault: &Diagnostic| {
            fault.group.as_ref().is_none_or(|group| groups.insert(group.clone()))
        });
        Ok(faults)
    })
}

fn kind<'e>(page: &Page, edition: &'e Edition) -> Option<Kind<'e>> {
    let collection = &edition.collection;
    Some(match page {
        Page::Article(id) => {
            let meta = &collection.article(*id).meta;
            let has = [meta.image.is_some(), meta.series.is_some(), !meta.components.is_empty()];
            Kind::Article(meta.template.as_deref(), has)
        }
        Page::Standing(place) => Kind::Standing(collection.pages[*place as usize].meta.template.as_deref()),
        Page::List(List::All, _) => Kind::Front,
        Page::List(List::Term(kind, _), _) => Kind::Term(*kind),
        Page::List(..) => Kind::Period,
        Page::Terms(kind, _) => Kind::Terms(*kind),
        Page::Archive => Kind::Archive,
        Page::Corrections => Kind::Corrections,
        Page::NotFound => Kind::NotFound,
        Page::Tombstone(_) => Kind::Tombstone,
        _ => return None,
    })
}
