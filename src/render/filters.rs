//! The filters that templates have beyond Tera's own. There are few, because a view comes with everything
//! ready.
//!
//! | filter | what it does |
//! | --- | --- |
//! | `address` | `"/about/"` with the base path of the site, for addresses that stand in options or data; others stay |
//! | `whole` | the same with scheme and host |
//! | `counted` | a number with its word, in the forms of the language: see [`super::plural`] |
//! | `group_by` | Tera's own has no stable order, so that it must not be used: it fails |

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::model::view::SiteView;

/// Adds the filters to an engine.
pub(super) fn register(tera: &mut Tera, site: &SiteView) {
    let home = site.home.clone();
    tera.register_filter("address", move |address: &str, _: Kwargs, _: &State<'_>| prefixed(address, &home));
    let base_url = site.base_url.clone();
    tera.register_filter("whole", move |address: &str, _: Kwargs, _: &State<'_>| {
        prefixed(address, &base_url)
    });
    tera.register_filter("group_by", group_by);
    super::plural::register(tera, site);
}

/// An address of the site below `home`, which ends in a slash; any other as it is.
pub(super) fn prefixed(address: &str, home: &str) -> String {
    match address.strip_prefix('/') {
        Some(path) if !path.starts_with('/') => format!("{home}{path}"),
        _ => address.to_owned(),
    }
}

fn group_by(_: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Err(Error::message("`group_by` has no stable order, so the same site would not always be built the same"))
}
