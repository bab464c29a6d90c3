//! Rules that need more than one file to be judged; each has a module of its own. Pure: values go in,
//! diagnostics come out.
//!
//! Faults in a single file are found by `parse`, faults of addresses by `plan`. Nothing here reads a file or
//! decides how severe a fault is.

mod attributes;
mod components;
mod fields;
mod filled;
mod overrides;
mod paths;
mod templates;
mod words;

pub use components::components;
pub use fields::{at as unknown_field_at, unknown as unknown_fields, written as written_whole};
pub use overrides::overrides;
pub use templates::{is_kind, templates};
pub use words::{Languages, missing_words};
