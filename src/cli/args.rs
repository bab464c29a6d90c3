//! The command line: what can be asked for. It only declares; each command does its work in a file of its
//! own.
//!
//! The doc comments are the help texts, and so a part of the manual.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::completions::BuiltInTheme;
use crate::base::date::{BadDate, Date, Moment, Zone};

/// Turns a folder of Markdown articles into a website.
///
/// Masthead is for collections of articles: a news site, a digest, a clippings archive, a magazine. Articles
/// have sources, dates and tags, and each source, date and tag gets its own index pages.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Quick start:
  masthead init mysite         create a small site to start from
  cd mysite
  masthead serve --open        preview it while you write
  masthead build               build it into `public/`

Exit codes: 0 success, 1 errors in the content, 2 the command could not run.")]
pub struct Cli {
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site.
    ///
    /// Reads the site's folder and writes the website to `public/`, ready for any static host. Only pages that
    /// have changed since the last build are rendered again. If there is an error in the content, nothing is
    /// written.
    #[command(after_help = "Examples:
  masthead build
  masthead build --drafts --future      include what is not published yet
  masthead build --root ~/news --out /srv/www
  masthead build --base-url https://preview.example.org/42/
  masthead build --format github        annotate the lines in a pull request
  masthead build --changed changed.txt  list the files written and removed, for an upload")]
    Build(BuildArgs),
    /// Serve the site while you write.
    ///
    /// Starts at once and renders each page when a browser requests it. The open page shows every change
    /// without a reload; errors are shown on top of the page and in the terminal. Nothing is written to
    /// `public/`. Only this machine can reach the server, unless you set `--host`.
    #[command(after_help = "Examples:
  masthead serve --open
  masthead serve --drafts --future      include what is not published yet
  masthead serve --limit 500            only the newest articles of a large collection
  masthead serve --host 0.0.0.0 --port 8080")]
    Serve(ServeArgs),
    /// Check the site without writing anything.
    ///
    /// Reports every error and warning that `build` would report.
    #[command(after_help = "Examples:
  masthead check
  masthead check --format json | jq .message")]
    Check(CheckArgs),
    /// Print when the site must be built next.
    ///
    /// The site can change without a change to any file: an embargo ends, an article expires or is withdrawn,
    /// news becomes too old for the news sitemap, a pin ends. Prints the time of the next such change to
    /// standard output, in UTC, or nothing if there is none. For cron and CI.
    #[command(after_help = "Examples:
  masthead next
  masthead next --at 2026-02-01
  at -t \"$(date -d \"$(masthead next)\" +%Y%m%d%H%M.%S)\" < publish.sh")]
    Next(NextArgs),
    /// Make an e-mail of the latest articles.
    ///
    /// Prints HTML for mail programs: tables, inline styles, absolute URLs. With `--out`, writes the HTML to a
    /// file and a plain-text version to a file beside it. Nothing is sent.
    #[command(after_help = "Examples:
  masthead digest --since 7d --out week.html
  masthead digest --since 2026-01-01 --by source
  masthead digest --since 24h --text | mail -s \"Today\" readers@example.org")]
    Digest(DigestArgs),
    /// Create a small site to start from.
    ///
    /// The new site can be built at once, and its `site.toml` explains the usual settings. The folder must be
    /// empty, except for hidden files.
    #[command(after_help = "Examples:
  masthead init mysite
  cd mysite && masthead serve --open")]
    Init(InitArgs),
    /// Create a new article.
    ///
    /// Creates a Markdown file with front matter in the folder of articles, and prints its path.
    #[command(after_help = "Examples:
  masthead new \"The keeper's notebook\" --tag lighthouses --tag diaries
  masthead new \"Tides rise\" --source \"The Harbour Review\" --url https://example.org/tides
  $EDITOR \"$(masthead new 'A walk' --draft --bundle)\"")]
    New(NewArgs),
    /// Create, list, check and copy themes.
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print a completion script for a shell.
    #[command(after_help = "Examples:
  masthead completions bash > ~/.local/share/bash-completion/completions/masthead
  masthead completions zsh > ~/.zfunc/_masthead
  masthead completions fish > ~/.config/fish/completions/masthead.fish")]
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for every command.
    #[command(after_help = "Examples:
  masthead man | man -l -
  masthead man --dir ~/.local/share/man/man1")]
    Man(ManArgs),
    /// Print a JSON Schema, for completion and validation in editors.
    #[command(after_help = "Examples:
  masthead schema > site.schema.json
  masthead schema article > article.schema.json

To use it in `site.toml`, make this the first line: `#:schema ./site.schema.json`")]
    Schema(SchemaArgs),
}

/// Where the site is.
#[derive(Debug, Args)]
pub struct Root {
    /// The folder of the site, which contains `site.toml`.
    #[arg(long, value_name = "FOLDER", default_value = ".", value_hint = ValueHint::DirPath)]
    pub root: PathBuf,
}

/// What `build` and `check` have in common.
#[derive(Debug, Args)]
pub struct BuildOptions {
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
    /// Build for this address instead of the `base_url` in `site.toml`.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include drafts.
    #[arg(long)]
    pub drafts: bool,
    /// Include articles that are under embargo or dated in the future.
    #[arg(long)]
    pub future: bool,
    /// Build as of this time instead of now: `2026-01-31` or `2026-01-31T09:30+01:00`. The site's time zone if there
    /// is no offset.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
    /// Ignore the cache: parse and render everything.
    #[arg(long)]
    pub no_cache: bool,
    /// Show how long each stage took, and the reason if everything had to be read.
    #[arg(long)]
    pub timings: bool,
    /// The format of errors and warnings.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Print only errors and warnings.
    #[arg(long, short)]
    pub quiet: bool,
}

/// The arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Write the site to this folder instead of the one in `site.toml`.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// After a build without errors, list the files written and removed in this file; `-` is standard output.
    ///
    /// One line per file, `written 2026/01/a-walk/index.html` or `removed tags/sea/index.html`, with paths
    /// relative to the output folder: first the files written, then the files removed, each sorted by path.
    /// If nothing changed, the list is empty.
    #[arg(long, value_name = "FILE")]
    pub changed: Option<PathBuf>,
    /// What it shares with `check`.
    #[command(flatten)]
    pub options: BuildOptions,
}

/// The arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
    /// Open the site in a browser.
    #[arg(long)]
    pub open: bool,
    /// The port to listen on [default: 1111, or the next free port].
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The address to listen on, so that other machines can reach the server; `0.0.0.0` means all addresses of
    /// this machine.
    #[arg(long, value_name = "ADDRESS", visible_alias = "bind")]
    pub host: Option<String>,
    /// Include drafts.
    #[arg(long)]
    pub drafts: bool,
    /// Include articles that are under embargo or dated in the future.
    #[arg(long)]
    pub future: bool,
    /// Include only the newest N articles. Links to others are not checked.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Serve the site as of this time instead of now: `2026-01-31` or `2026-01-31T09:30+01:00`. The site's time zone
    /// if there is no offset.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What it shares with `build`.
    #[command(flatten)]
    pub options: BuildOptions,
}

/// The arguments of `digest`.
#[derive(Debug, Args)]
pub struct DigestArgs {
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
    /// The start of the period: `24h`, `7d` or `2w` ago, or a date in the site's time zone.
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Since,
    /// How to group the articles.
    #[arg(long, value_enum, default_value_t = DigestBy::Tag)]
    pub by: DigestBy,
    /// Write the HTML to this file, and the plain text to a `.txt` file beside it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print the plain text instead of the HTML.
    #[arg(long, conflicts_with = "out")]
    pub text: bool,
    /// Use this address in links instead of the `base_url` in `site.toml`.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Make the digest as of this time instead of now: `2026-01-31` or `2026-01-31T09:30+01:00`. The site's time zone
    /// if there is no offset.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
}

/// What a digest is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DigestBy {
    /// By the first tag of each article
    Tag,
    /// By the outlet of each article
    Source,
}

/// The start of a period that reaches to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// This many seconds ago.
    Ago(i64),
    /// From a date on.
    Date(Date),
}

impl Since {
    /// The moment, as seen from another one. A date begins as in the zone, unless it names another.
    pub fn before(self, at: Moment, zone: Zone) -> Moment {
        match self {
            Self::Ago(seconds) => Moment(at.0 - seconds),
            Self::Date(date) => date.moment(zone),
        }
    }
}

/// The arguments of `next`.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
    /// Look ahead from this time instead of now: `2026-01-31` or `2026-01-31T09:30+01:00`. The site's time zone if there
    /// is no offset.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
    /// Include drafts.
    #[arg(long)]
    pub drafts: bool,
}

/// The format of errors and warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the lines concerned
    Human,
    /// For programs: one JSON object per line, on standard output
    Json,
    /// For GitHub Actions, which shows them beside the lines
    Github,
}

/// The arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder of the new site, created if it does not exist. Its name becomes the title of the site.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// The arguments of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The headline.
    pub title: String,
    /// The outlet that the article comes from, by name.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// The address of the original. If its outlet has a profile, it is named without `--source`.
    #[arg(long)]
    pub url: Option<String>,
    /// A tag; can be repeated.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// An author; can be repeated.
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// The date of the article: `2026-01-31`, `1968-05` or `1923` [default: today].
    #[arg(long, value_parser = date)]
    pub date: Option<Date>,
    /// Mark the article as a draft.
    #[arg(long)]
    pub draft: bool,
    /// Create a folder for the article and its pictures.
    #[arg(long)]
    pub bundle: bool,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// What can be done with themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Copy a built-in theme into the site, to change it.
    ///
    /// A site that uses the theme uses the copy in `themes/` from then on. To change only one template, keep it
    /// and delete the others. Existing files are never overwritten.
    #[command(after_help = "Examples:
  masthead theme eject
  masthead theme eject broadsheet --root mysite")]
    Eject(EjectArgs),
    /// Create a new theme.
    ///
    /// Writes a style sheet, one template, words, and a `theme.toml` with one option. Everything else is
    /// inherited from `base`, so every kind of page works at once. Existing files are never overwritten.
    #[command(after_help = "Examples:
  masthead theme new harbour
  masthead theme new harbour --extends broadsheet")]
    New(NewThemeArgs),
    /// List the themes that the site can use.
    #[command(after_help = "Examples:
  masthead theme list
  masthead theme list --format json | jq -r .name")]
    List(ListThemesArgs),
    /// Check a theme for errors.
    ///
    /// Renders every kind of page of five sample sites: with everything, with almost nothing, with long texts,
    /// with hostile input, and from right to left. Reports all errors in one run, each with its place in the
    /// template; also unknown words, options and assets, unused options, and missing translations.
    #[command(after_help = "Examples:
  masthead theme check
  masthead theme check harbour --format github")]
    Check(CheckThemeArgs),
}

/// The arguments of `theme new`.
#[derive(Debug, Args)]
pub struct NewThemeArgs {
    /// The name of the theme and of its folder under `themes/`.
    pub name: String,
    /// The theme that it extends.
    #[arg(long, value_name = "THEME", default_value = "base")]
    pub extends: String,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The arguments of `theme list`.
#[derive(Debug, Args)]
pub struct ListThemesArgs {
    /// The format of the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}

/// The arguments of `theme check`.
#[derive(Debug, Args)]
pub struct CheckThemeArgs {
    /// The theme [default: the theme of the site].
    pub name: Option<String>,
    /// The format of errors and warnings.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The arguments of `theme eject`.
#[derive(Debug, Args)]
pub struct EjectArgs {
    /// The theme [default: the theme of the site].
    #[arg(value_parser = BuiltInTheme)]
    pub name: Option<String>,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// The arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a manual page for every command to this folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The file that the schema describes.
    #[arg(value_enum, default_value_t = SchemaOf::Site)]
    pub of: SchemaOf,
}

/// The file that a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `site.toml`
    Site,
    /// The front matter of an article or page
    Article,
    /// The front matter of a profile: a source, tag, author or series
    Profile,
    /// `theme.toml`
    Theme,
}

fn since(text: &str) -> Result<Since, String> {
    let units = [('h', 3600), ('d', 24 * 3600), ('w', 7 * 24 * 3600)];
    let ago = units.iter().find_map(|(unit, seconds)| {
        let number: i64 =
            text.strip_suffix(*unit)?.parse().ok().filter(|number| (1..100_000).contains(number))?;
        Some(Since::Ago(number * seconds))
    });
    let date = || parsed(text, "write it like `24h`, `7d`, `2w` or `2026-01-31`").map(Since::Date);
    ago.map_or_else(date, Ok)
}

fn time(text: &str) -> Result<Date, String> {
    parsed(text, "write it like `2026-01-31`, `2026-01-31T09:30` or `2026-01-31T09:30+01:00`")
}

fn date(text: &str) -> Result<Date, String> {
    parsed(text, "write it like `2026-01-31`, `1968-05` or `1923`")
}

/// A date, or what is wrong with it and, on a line of its own, a hint. clap has no hints of this kind, so it
/// gets both as one message.
fn parsed(text: &str, hint: &str) -> Result<Date, String> {
    text.parse().map_err(|BadDate(message)| format!("{message}\nhint: {hint}"))
}
