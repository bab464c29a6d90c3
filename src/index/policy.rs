//! What search engines are told about an article: what it says itself, or else the profile of its main
//! outlet, or else the configuration for the role of its main source.
//!
//! An outlet decides about its own texts, and about what is said in their place. Work that only follows from them
//! is not its affair.
//!
//! A policy that sends readers or search engines to the original needs the original's address. Without it the
//! article keeps its page, and search engines may index it.

use crate::config::{IndexDefaults, IndexPolicy};
use crate::model::front_matter::SourceRole;

/// All that decides the policy of one article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish {
    /// What the article says.
    pub(super) own: Option<IndexPolicy>,
    /// What the profile of its main outlet says.
    pub(super) outlet: Option<IndexPolicy>,
    /// The role of its main source.
    pub(super) role: Option<SourceRole>,
    /// Whether the original's address is known.
    pub(super) has_original: bool,
}

/// The policy, or `None` if the article asks for one that needs the unknown address of the original.
pub(super) fn settle(wish: Wish, defaults: IndexDefaults) -> Option<IndexPolicy> {
    let is_original = matches!(wish.role, Some(SourceRole::BasedOn | SourceRole::Via));
    let written = wish.own.or(wish.outlet.filter(|_| !is_original));
    let usual = || wish.role.map_or(IndexPolicy::Own, |role| of_role(role, defaults));
    let policy = written.unwrap_or_else(usual);
    let stands_alone = match policy {
        IndexPolicy::Own => true,
        // If somebody wrote it down, it holds with or without an original.
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
    fn the_article_overrides_the_outlet_and_the_outlet_overrides_the_role() {
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
    fn an_outlet_does_not_decide_about_work_that_follows_from_its_own() {
        for (role, expected) in [
            (SourceRole::Summary, LinkOnly),
            (SourceRole::Excerpt, LinkOnly),
            (SourceRole::BasedOn, Own),
            (SourceRole::Via, Own),
        ] {
            let wish = Wish { outlet: Some(LinkOnly), role: Some(role), has_original: true, own: None };
            assert_eq!(settle(wish, IndexDefaults::default()), Some(expected), "{role:?}");
            let asked = Wish { own: Some(LinkOnly), ..wish };
            assert_eq!(settle(asked, IndexDefaults::default()), Some(LinkOnly), "{role:?}");
        }
    }

    #[test]
    fn without_an_original_the_article_keeps_its_page() {
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
