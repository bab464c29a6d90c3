//! Masthead: a static site generator for collections of articles.
//!
//! A guided tour, in reading order. The nouns are in [`model`]; the verbs are the seven stages from [`scan`] to [`mod@write`],
//! which never import each other; the sentence is [`build`], the only place that knows their order. `ARCHITECTURE.md` tells
//! the whole story.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )
)]

// The floor.
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

// What only many files together show.
pub mod check;

// What is remembered from one build to the next.
pub mod cache;

// The sentence, the server that speaks it again and again, and the program.
pub mod build;
pub mod serve;

pub mod cli;
