//! Slugs of terms that are unique within their kind.

use std::collections::HashSet;

use crate::base::fingerprint::Fingerprint;
use crate::model::collection::Term;

/// Different names can have the same slug ("C" and "C!"). A profile keeps it, or else the name that is most
/// like it; the others get as much of their name's fingerprint as makes them unique.
pub(super) fn make_slugs_unique(terms: &mut [(usize, Term)]) {
    let mut taken: HashSet<String> = HashSet::new();
    let rank =
        |term: &Term| (term.profile.is_none(), term.name.len().abs_diff(term.slug.len()), term.name.clone());
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_cached_key(|&place| rank(&terms[place].1));
    for place in order {
        let term = &mut terms[place].1;
        if taken.contains(&term.slug) {
            let print = Fingerprint::of_bytes(term.name.as_bytes()).to_string();
            let mut slugs = (4..=print.len()).map(|length| format!("{}-{}", term.slug, &print[..length]));
            if let Some(free) = slugs.find(|slug| !taken.contains(slug)) {
                term.slug = free;
            }
        }
        taken.insert(term.slug.clone());
    }
}
