//! Which term is wider than another, as profiles say.

use super::about;
use crate::base::diag::{Diagnostic, Rule};
use crate::model::article::Meta;
use crate::model::collection::{Term, TermId};
use crate::model::profile::TermKind;

/// The names of a kind that an article has, as it writes them.
pub(super) fn names_of(meta: &Meta, kind: TermKind) -> Vec<&String> {
    match kind {
        TermKind::Tag => meta.tags.iter().collect(),
        TermKind::Author => meta.authors.iter().collect(),
        TermKind::Series => meta.series.iter().map(|(name, _)| name).collect(),
        TermKind::Source => meta.sources.iter().map(|source| &source.outlet).collect(),
    }
}

/// Gives each term the parent that its profile wants. `place` finds a term by a name, and `is_hidden` says
/// whether only articles that are not published have it.
pub(super) fn set_parents(
    terms: &mut [Term],
    wanted: Vec<Option<String>>,
    (place, is_hidden): (impl Fn(&str) -> Option<TermId>, impl Fn(&str) -> bool),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (child, wish) in wanted.into_iter().enumerate() {
        let Some(wish) = wish else { continue };
        let complain = |message: String, terms: &[Term]| {
            let names = terms.iter().map(|term| term.name.as_str());
            let diagnostic = Diagnostic::new(Rule::BadValue, message).about(&["parent"], &wish);
            let diagnostic = match place(&wish) {
                Some(_) => diagnostic.hint("name a wider one, or leave it out"),
                None => diagnostic.did_you_mean(&wish, names),
            };
            match &terms[child].profile {
                Some(profile) => about(&profile.path, diagnostic),
                None => diagnostic,
            }
        };
        match place(&wish) {
            // It may be there again tomorrow, and must not stop a build when its last article goes.
            None if is_hidden(&wish) => {}
            None => diagnostics.push(complain(format!("the parent `{wish}` does not exist"), terms)),
            Some(parent) if parent.index() == child => {
                diagnostics.push(complain(format!("`{wish}` cannot be its own parent"), terms));
            }
            Some(parent) if leads_to(terms, parent, TermId(child as u32)) => {
                diagnostics.push(complain(
                    format!("the parent `{wish}` is below `{}` itself", terms[child].name),
                    terms,
                ));
            }
            Some(parent) => {
                terms[child].parent = Some(parent);
                terms[parent.index()].children.push(TermId(child as u32));
            }
        }
    }
}

fn leads_to(terms: &[Term], from: TermId, goal: TermId) -> bool {
    std::iter::successors(Some(from), |id| terms[id.index()].parent).any(|id| id == goal)
}
