//! Masthead: a static site generator for collections of articles.
//!
//! The modules are listed in reading order. The types ("nouns") are in [`model`]. The seven stages ("verbs")
//! from [`scan`] to [`mod@write`] never import each other; only [`build`] ("the sentence") knows their order.
//! `ARCHITECTURE.md` explains how the parts work together.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )
)]

// The floor: small tools, and the configuration.
pub mod base;
pub mod config;

// The nouns.
pub mod model;

// The verbs, in the order in which they run.
pub mod scan;

pub mod parse;

pub mod index;

pub mod plan;

pub mod view;

pub mod render;

pub mod write;

// Checks that need more than one file.
pub mod check;

// The memory from one build to the next.
pub mod cache;

// The sentence, the server that repeats it after each change, and the program.
pub mod build;
pub mod serve;

pub mod cli;
