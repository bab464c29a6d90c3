//! VERB 4: Collection → every route of the site. Pure, and redone in every build.
//!
//! [`plan`] lists the addresses of the site. [`Pantry::ingredients`] hands out what goes into each page;
//! nothing else may. Two claims on one address, and absolute links that lead nowhere, are found here because
//! only here all addresses are known. It makes no view and reads no file.

mod calendar;
mod clashes;
mod company;
mod digest;
mod front;
mod ingredients;
mod lists;
mod reach;
mod renewed;
mod routes;
mod series;
mod sitemap;
mod touched;

pub use ingredients::Pantry;
pub use renewed::{News, addresses, as_before, renewed};
pub use touched::{looks_the_same, page_looks_the_same, shown, touched};

use crate::base::date::Moment;
use crate::base::diag::Warned;
use crate::config::SiteConfig;
use crate::model::collection::Collection;
use crate::model::input::Inputs;
use crate::model::plan::Plan;
use crate::model::theme::Theme;

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// All articles, pages and terms.
    pub collection: &'a Collection,
    /// The site's configuration.
    pub config: &'a SiteConfig,
    /// The files that are copied.
    pub inputs: &'a Inputs,
    /// The theme, whose assets are published too.
    pub theme: &'a Theme,
    /// The time of the build, which decides what is news.
    pub at: Moment,
}

/// Lists every address of the site, and reports clashes and absolute links that lead nowhere.
pub fn plan(materials: Materials<'_>) -> Warned<Plan> {
    let mut plan = routes::all(materials);
    let mut diagnostics = clashes::settle(&mut plan, materials);
    diagnostics.extend(routes::left_out(materials.inputs));
    diagnostics.extend(front::unknown_terms(materials));
    diagnostics.extend(reach::dead_links(&plan, materials));
    Warned { value: plan, diagnostics }
}
