//! The integration tests, in one binary so that they link once.
//!
//! Each module holds one promise; a test's name is the promise in words. No test reads the clock or the
//! network, or depends on another.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    reason = "a test may stop at the first surprise, and looks at few files, which it made itself"
)]

// Sites as text, builds that compare themselves with clean builds.
mod support;

// What comes out: a few small whole sites, byte for byte.
mod golden;
// What a change costs, and that a rebuild equals a clean build.
mod incremental;
mod indexes;
// An edit of a text costs its pages and no look at the others.
mod edits;
// An article that comes costs what shows it.
mod additions;
// One that shows itself otherwise costs what shows it, too.
mod revisions;
// The same for 300 random edits.
mod random_edits;
// What a build that is killed, or meets another one, leaves behind.
mod interrupted;
// Every mistake is told, with its place; nothing is written.
mod errors;
// What belongs to whom in the output folder.
mod ownership;
// What the output folder lies on: another disk, a full one, a group.
mod disks;
// Which articles are related, judged by people; the same story elsewhere.
mod related;
// What each page and file promises: links, feeds, addresses, time.
mod outputs;
// Components in Markdown.
mod components;
// What is wrong with a theme is found without any article.
mod themes;
// Where articles come from, and what follows from that.
mod provenance;
// Outlets that are known by their addresses alone.
mod outlets;
// What is told to search engines, against the vocabulary of schema.org.
mod schema_org;
// Feeds and address maps, against their specifications.
mod feeds;
// The desk: what appears and goes by itself, corrections, the front page, citations, digests.
mod desk;
// The server: what it serves, to whom, and how changes show.
mod serve;
// The program: commands, exit codes, formats.
mod cli;
// What the benches build is always the same and without a fault.
mod corpus;
// The manual says what the code does.
mod manual;
// The demo site and the manual build without a warning.
mod own_sites;
// The code keeps its own rules.
mod tidy;
