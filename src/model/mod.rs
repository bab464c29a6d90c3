//! The nouns: what the stages hand to each other.
//!
//! Types here have no behaviour beyond their own form. They read no files, know no stage, and hold no handle of anything
//! that does.

pub mod article;
pub mod collection;
pub mod component;
pub mod declined;
pub mod front_matter;
pub mod ingredients;
pub mod input;
pub mod manifest;
pub mod order;
pub mod outline;
pub mod path;
pub mod plan;
pub mod profile;
mod shown;
pub mod signature;
pub mod theme;
pub mod view;
