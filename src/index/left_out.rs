//! Which articles are left out of the site, and why, for the summary of a build.

use super::Visibility;
use crate::config::SiteConfig;
use crate::model::article::Meta;
use crate::model::left_out::LeftOut;

/// Counts those of some articles that are left out. What a draft is or says else makes no difference, so that the counts
/// stay the same until the [next change](super::next_change).
pub fn left_out<'m>(
    articles: impl IntoIterator<Item = &'m Meta>,
    config: &SiteConfig,
    visibility: Visibility,
) -> LeftOut {
    let mut counts = LeftOut::default();
    for meta in articles {
        let count = if meta.draft && !visibility.drafts {
            &mut counts.drafts
        } else if visibility.shows(meta, config) || visibility.has_withdrawn(meta, config) {
            continue;
        } else if visibility.is_late_for(meta) {
            &mut counts.expired
        } else {
            &mut counts.early
        };
        *count += 1;
    }
    counts
}
