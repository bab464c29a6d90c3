//! The filters that list names as the site's language does it.
//!
//! | filter | what it does |
//! | --- | --- |
//! | `listed` | the names in a sentence: `A, B and C` |
//! | `marks` | what stands before each of them and behind the last, for names that are links |

use tera::{Kwargs, State, Tera, Value};

use crate::base::language::Language;
use crate::base::listing::{listed, marks};

/// Adds the filters to an engine.
pub(super) fn register(tera: &mut Tera, language: &Language) {
    let own = language.clone();
    tera.register_filter("listed", move |all: &[Value], _: Kwargs, _: &State<'_>| listed(&names(all), &own));
    let own = language.clone();
    tera.register_filter("marks", move |all: &[Value], _: Kwargs, _: &State<'_>| marks(&names(all), &own));
}

fn names(all: &[Value]) -> Vec<&str> {
    all.iter().map(|value| name(value).unwrap_or_default()).collect()
}

/// A name, or that of something that has one.
fn name(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get_from_path("name")?.as_str())
}
