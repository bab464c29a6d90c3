//! Old addresses in the profiles of tags, outlets, authors or series that have no pages: there is nothing to
//! which they could lead.
//!
//! They are taken out here, so that no later stage has to ask which kinds of term have pages.

use super::about;
use crate::base::diag::{Diagnostic, Rule};
use crate::config::SiteConfig;
use crate::model::profile::Profile;

/// Takes out old addresses that lead nowhere, and tells of them once for each kind.
pub(super) fn take_out(profiles: &mut [Profile], config: &SiteConfig) -> Vec<Diagnostic> {
    let homeless = profiles.iter_mut().filter(|profile| !profile.kind.has_pages(&config.outputs));
    let told = homeless.filter_map(|profile| {
        let lost = std::mem::take(&mut profile.redirect_from);
        let first = lost.first()?;
        let (plural, singular) = (profile.kind.plural(), profile.kind.singular());
        let message =
            format!("old addresses in profiles of {plural} lead nowhere, because {plural} have no pages");
        let hint = format!("remove `redirect_from`, or switch on `{singular}_pages` under `[outputs]`");
        let told = Diagnostic::new(Rule::LostRedirects, message).about(&["redirect_from"], first.as_str());
        Some(about(&profile.path, told.hint(hint).grouped(plural)))
    });
    told.collect()
}
