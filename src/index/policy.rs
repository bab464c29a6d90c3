//! What search engines are told of an article: what it says itself, else what its main outlet's profile says, else what the site
//! says of the role of its main source.
//!
//! A policy that sends readers or search engines to the original needs the original's address. Without one the article keeps its
//! page, and search engines may index it. It looks at no other article.

use crate::config::{IndexDefaults, IndexPolicy};
use crate::model::front_matter::SourceRole;

/// What counts for the policy of one article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish {
    /// What the article says.
    pub(super) own: Option<IndexPolicy>,
    /// What the profile of its main outlet says.
    pub(super) outlet: Option<IndexPolicy>,
    /// What it does with its main source.
    pub(super) role: Option<SourceRole>,
    /// Whether the original's address is known.
    pub(super) has_original: bool,
}

/// The policy; nothing if the article asks for one that needs the original's address, which is not known.
pub(super) fn settle(wish: Wish, defaults: IndexDefaults) -> Option<IndexPolicy> {
    let written = wish.own.or(wish.outlet);
    let usual = || wish.role.map_or(IndexPolicy::Own, |role| of_role(role, defaults));
    let policy = written.unwrap_or_else(usual);
    let stands_alone = match policy {
        IndexPolicy::Own => true,
        // Whoever writes it down wants it, with or without an original.
        IndexPolicy::Noindex => written.is_some(),
        IndexPolicy::Canonical | IndexPolicy::LinkOnly => false,
    };
    if stands_alone || wish.has_original {
        return Some(policy);
    }
    wish.own.is_none().then_some(IndexPolicy::Own)
}

fn of_role(role: SourceRole, defaults: IndexDefaults) -> IndexPolicy {
    match role {
        SourceRole::Republished => defaults.republished,
        SourceRole::Excerpt => defaults.excerpt,
        SourceRole::Summary => defaults.summary,
        SourceRole::Translation => defaults.translation,
        SourceRole::BasedOn => defaults.based_on,
        SourceRole::Via => defaults.via,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use IndexPolicy::{Canonical, LinkOnly, Noindex, Own};

    #[test]
    fn the_article_wins_over_the_outlet_and_the_outlet_over_the_role() {
        let republished = Wish { role: Some(SourceRole::Republished), has_original: true, ..Wish::default() };
        let check = |wish: Wish, expected: Option<IndexPolicy>| {
            assert_eq!(settle(wish, IndexDefaults::default()), expected, "{wish:?}");
        };
        check(republished, Some(Noindex));
        check(Wish { outlet: Some(Canonical), ..republished }, Some(Canonical));
        check(Wish { outlet: Some(Canonical), own: Some(Own), ..republished }, Some(Own));
        check(Wish { role: Some(SourceRole::Translation), ..republished }, Some(Own));
        check(Wish { own: Some(LinkOnly), ..republished }, Some(LinkOnly));
    }

    #[test]
    fn without_an_original_readers_stay_here() {
        let check = |wish: Wish, expected: Option<IndexPolicy>| {
            let wish = Wish { role: Some(SourceRole::Republished), ..wish };
            assert_eq!(settle(wish, IndexDefaults::default()), expected, "{wish:?}");
        };
        check(Wish::default(), Some(Own));
        check(Wish { outlet: Some(LinkOnly), ..Wish::default() }, Some(Own));
        check(Wish { own: Some(LinkOnly), ..Wish::default() }, None);
        check(Wish { own: Some(Canonical), ..Wish::default() }, None);
        check(Wish { own: Some(Noindex), ..Wish::default() }, Some(Noindex));
    }
}
