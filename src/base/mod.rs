//! The floor that everything stands on: small tools with no knowledge of articles, pages or sites.
//!
//! Nothing here imports anything of ours. [`fs`] is the only user of `std::fs` in the crate.

pub mod bytes;
pub mod collation;
pub mod color;
pub mod date;
pub mod date_forms;
pub mod date_locale;
pub mod diag;
pub mod domain;
pub mod error;
pub mod fingerprint;
pub mod fold;
pub mod fs;
pub mod html;
pub mod json_text;
pub mod labels;
pub mod language;
pub mod listing;
pub mod memo;
pub mod number;
pub mod percent;
pub mod scripts;
pub mod slug;
pub mod tags;
pub mod template;
pub mod toml_json;
pub mod words;
pub mod yaml;
