//! Writes a made-up collection of articles as a site that Masthead can build.
//!
//! `cargo run --release --example gen_corpus -- --n 10000 --seed 1 --out FOLDER`

mod corpus;

use std::path::PathBuf;

use clap::Parser as _;

/// Writes a made-up collection of articles; the same seed and number give the same bytes.
#[derive(clap::Parser)]
struct Arguments {
    /// How many articles.
    #[arg(long, default_value_t = 1_000)]
    n: usize,
    /// Which collection.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write to; it must not exist yet.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> std::io::Result<()> {
    let Arguments { n, seed, out } = Arguments::parse();
    corpus::write(seed, n, &out)
}
