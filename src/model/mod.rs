//! The nouns: the values that the stages hand to each other.
//!
//! These types are data and know only their own form. They read no files and know no stage.

pub mod article;
pub mod collection;
pub mod component;
pub mod declined;
pub mod front_keys;
pub mod front_matter;
pub mod generated;
pub mod ingredients;
pub mod input;
pub mod left_out;
pub mod manifest;
pub mod media;
pub mod order;
pub mod outline;
pub mod path;
pub mod plan;
pub mod profile;
mod shown;
pub mod signature;
pub mod spellings;
pub mod theme;
pub mod view;
