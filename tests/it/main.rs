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
// What a change costs, and that an incremental build equals a clean build.
mod incremental;
mod indexes;
// Names that are written in several ways.
mod spellings;
// A build after an edit of a text reads no other articles than its pages show.
mod edits;
// A build with a new article renders only the pages that show it.
mod additions;
// So does a build with a revised article.
mod revisions;
// The same for 300 random edits.
mod random_edits;
// What a build leaves behind that is killed or meets another one.
mod interrupted;
// Every mistake is reported with its place, and nothing is written.
mod errors;
// What belongs to whom in the output folder.
mod ownership;
// Output folders on another disk, on a full one, or with a group of their own.
mod disks;
// Which articles are related, judged by people; the same story elsewhere.
mod related;
// What each page and file promises: links, feeds, addresses, time.
mod outputs;
// What archives of other generators bring with them.
mod archives;
// Components in Markdown.
mod components;
// Faults of a theme are found without any article.
mod themes;
// What a site changes in its theme.
mod overrides;
// The languages of the world: dates, orders, lists, plurals, words.
mod languages;
// Where articles come from, and what follows from that.
mod provenance;
// Outlets that are known by their addresses alone.
mod outlets;
// What search engines are told, checked against the vocabulary of schema.org.
mod schema_org;
// Feeds and sitemaps, checked against their specifications.
mod feeds;
// What an editorial desk needs: embargo and expiry, corrections, the front page, citations, digests.
mod desk;
// What expires goes, whoever links to it.
mod takedowns;
// The server: what it serves, to whom, and how changes show.
mod serve;
// What it tells while somebody writes, and what it does without a cache.
mod serve_tells;
// The program: commands, exit codes, formats.
mod cli;
// What the benches build is always the same and without a fault.
mod corpus;
// The targets of the fuzzer, on the cases of other tests.
mod promises;
// The manual says what the code does.
mod manual;
// The demo site and the manual build without a warning.
mod own_sites;
// The code keeps its own rules.
mod tidy;
