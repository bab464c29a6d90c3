//! Rules that need more than one file to be judged, one a file. Pure: what is known goes in, diagnostics come out.
//!
//! What a single file shows is found where it is parsed; what an address shows, where addresses are planned. Nothing here reads
//! a file or decides how severe a fault is.

mod components;
mod templates;

pub use components::components;
pub use templates::{Languages, templates};
