//! Which articles `[front]` pins to the front page.
//!
//! It is no mistake to pin an unpublished article: a pin may wait for the end of an embargo. Whether a pin is
//! still up depends on the time and is decided by `plan`.

use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Rule, Warned};
use crate::base::fold::fold;
use crate::base::slug::composed;
use crate::config::{self, SiteConfig};
use crate::model::article::Meta;
use crate::model::collection::ArticleId;

use super::hints::{NAME_IT, names_like};

/// The pinned articles in their order, each with the moment at which its pin comes down.
pub(super) fn of(
    articles: &[Arc<Meta>],
    hidden: &[Arc<Meta>],
    config: &SiteConfig,
) -> Warned<Vec<(ArticleId, Option<Moment>)>> {
    let (mut value, mut diagnostics) = (Vec::new(), Vec::new());
    for (number, pin) in config.front.pins.iter().enumerate() {
        let name = pin.article.trim();
        let (path, folded) = (composed(name), fold(name));
        let is_it = |meta: &Arc<Meta>| is_meant(meta, &path, &folded);
        if let Some(place) = articles.iter().rposition(is_it) {
            value.push((ArticleId(place as u32), pin.until));
        } else if !hidden.iter().any(is_it) {
            let message = format!("there is no article `{name}` to pin");
            let keys = ["front", "pins", &number.to_string(), "article"];
            let diagnostic = Diagnostic::new(Rule::UnknownArticle, message).hint(NAME_IT);
            let diagnostic = diagnostic.in_file(config::FILE).about(&keys, name);
            let last = name.rsplit('/').next().unwrap_or_default();
            diagnostics.push(diagnostic.did_you_mean(last, names_like(last, articles)));
        }
    }
    Warned { value, diagnostics }
}

/// Whether the same pins name both versions of an article.
pub(super) fn are_the_same(before: &Meta, after: &Meta, config: &SiteConfig) -> bool {
    let names = config.front.pins.iter().map(|pin| pin.article.trim());
    names
        .map(|name| (composed(name), fold(name)))
        .all(|(path, folded)| is_meant(before, &path, &folded) == is_meant(after, &path, &folded))
}

/// Whether an article has this file, or this slug or title.
fn is_meant(meta: &Meta, path: &str, folded: &str) -> bool {
    let own = composed(meta.path.as_str());
    let is_below = own.strip_suffix(path).is_some_and(|above| above.ends_with('/'));
    own == path || is_below || fold(&meta.slug) == folded || fold(&meta.title) == folded
}
