//! The command line: what can be asked for. It only declares; each command does its work in a file of its
//! own.
//!
//! The doc comments are the help texts, and so a part of the manual.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::base::date::{BadDate, Date, Moment, Zone};

/// Turns a folder of Markdown articles into a website.
///
/// Masthead is for people who keep a collection of articles: a news site, a digest, a clippings archive, a
/// magazine. Every article has a source, a date and tags, and each of these gets its own index pages.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Start with:
  masthead init mysite         write a small site to begin with
  cd mysite
  masthead serve --open        see it while you write
  masthead build               build it into `public/`

Exit codes: 0 all is well, 1 something is wrong with the content, 2 the command could not run.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site.
    ///
    /// Reads the site's folder and writes the finished website to `public/`, ready for any static host. Only
    /// what changed since the last build is made anew. If there is an error in the content, nothing is
    /// written.
    #[command(after_help = "Examples:
  masthead build
  masthead build --drafts --future      see what is not published yet
  masthead build --root ~/news --out /srv/www
  masthead build --base-url https://preview.example.org/42/
  masthead build --format github        mark the lines in a pull request
  masthead build --changed changed.txt  list what was written and removed, for an upload")]
    Build(BuildArgs),
    /// Serve the site while you write.
    ///
    /// Opens the site in your browser's reach at once and makes each page when it is asked for. What you
    /// change shows on the open page without a reload; mistakes are shown over it, and in the terminal.
    /// Nothing is written to `public/`. Only this machine can reach the server, unless `--host` says
    /// otherwise.
    #[command(after_help = "Examples:
  masthead serve --open
  masthead serve --drafts --future      see what is not published yet
  masthead serve --limit 500            only the newest articles of a huge collection
  masthead serve --host 0.0.0.0 --port 8080")]
    Serve(ServeArgs),
    /// Check the site without writing anything.
    ///
    /// Finds everything that `build` would find.
    #[command(after_help = "Examples:
  masthead check
  masthead check --format json | jq .message")]
    Check(CheckArgs),
    /// Print when the site is to be built next.
    ///
    /// Articles under embargo appear, others expire or are withdrawn, news grows old and pins come down
    /// without any change of a file. The time of the next such change goes to standard output, in UTC; if
    /// there is none, nothing does. For cron and CI.
    #[command(after_help = "Examples:
  masthead next
  masthead next --at 2026-02-01
  at -t \"$(date -d \"$(masthead next)\" +%Y%m%d%H%M.%S)\" < publish.sh")]
    Next(NextArgs),
    /// Make an e-mail of the articles that have appeared lately.
    ///
    /// Prints HTML that mail programs show: tables, styles on each element, whole addresses. With `--out` the
    /// HTML becomes a file, and the same as plain text a file beside it. Nothing is sent.
    #[command(after_help = "Examples:
  masthead digest --since 7d --out week.html
  masthead digest --since 2026-01-01 --by source
  masthead digest --since 24h --text | mail -s \"Today\" readers@example.org")]
    Digest(DigestArgs),
    /// Write a small site to begin with.
    ///
    /// The site builds at once, and its `site.toml` explains the usual settings. The folder must be empty,
    /// but for names with a dot.
    #[command(after_help = "Examples:
  masthead init mysite
  cd mysite && masthead serve --open")]
    Init(InitArgs),
    /// Write the beginning of a new article.
    ///
    /// Makes a Markdown file with its front matter in the folder of articles, and prints its path.
    #[command(after_help = "Examples:
  masthead new \"The keeper's notebook\" --tag lighthouses --tag diaries
  masthead new \"Tides rise\" --source \"The Harbour Review\" --url https://example.org/tides
  $EDITOR \"$(masthead new 'A walk' --draft --bundle)\"")]
    New(NewArgs),
    /// Work with themes.
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print the completions for a shell.
    #[command(after_help = "Examples:
  masthead completions bash > ~/.local/share/bash-completion/completions/masthead
  masthead completions zsh > ~/.zfunc/_masthead
  masthead completions fish > ~/.config/fish/completions/masthead.fish")]
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all commands.
    #[command(after_help = "Examples:
  masthead man | man -l -
  masthead man --dir ~/.local/share/man/man1")]
    Man(ManArgs),
    /// Print a JSON Schema, with which editors complete and check keys.
    #[command(after_help = "Examples:
  masthead schema > site.schema.json
  masthead schema article > article.schema.json

In `site.toml`, name the schema on the first line: `#:schema ./site.schema.json`")]
    Schema(SchemaArgs),
}

/// Where the site is.
#[derive(Debug, Args)]
pub struct Root {
    /// The folder that has the site's `site.toml`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
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
    /// Include articles whose time has not come: under embargo, or dated in the future.
    #[arg(long)]
    pub future: bool,
    /// Build as if it were this time: `2026-01-31`, or with time and zone. Without a zone it is UTC.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
    /// Ignore what earlier builds remembered: parse and render everything.
    #[arg(long)]
    pub no_cache: bool,
    /// Show how long each stage took, and why a build looked at everything.
    #[arg(long)]
    pub timings: bool,
    /// How problems are reported.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Print nothing but problems.
    #[arg(long, short)]
    pub quiet: bool,
}

/// The arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Write the site to this folder instead of the one in `site.toml`.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// After a build without errors, list in this file what it wrote and removed; `-` is standard output.
    ///
    /// One line a file, `written 2026/01/a-walk/index.html` or `removed tags/sea/index.html`, with paths
    /// relative to the output folder: first what was written, then what was removed, each in the order of
    /// paths. If nothing changed, the file is empty.
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
    /// Listen at this port: 1111 if not given, or the next that is free.
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Listen at this address, so that other machines can reach the server; `0.0.0.0` means all addresses of
    /// this machine.
    #[arg(long, value_name = "ADDRESS", visible_alias = "bind")]
    pub host: Option<String>,
    /// Include drafts.
    #[arg(long)]
    pub drafts: bool,
    /// Include articles whose time has not come: under embargo, or dated in the future.
    #[arg(long)]
    pub future: bool,
    /// Include only so many articles, the newest; links to others are not checked.
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// Serve as if it were this time: `2026-01-31`, or with time and zone. Without a zone it is UTC.
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
    /// Since when: `24h`, `7d` or `2w` back from now, or a date, which begins as in the site's time zone.
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Since,
    /// What the articles are grouped by.
    #[arg(long, value_enum, default_value_t = DigestBy::Tag)]
    pub by: DigestBy,
    /// Write the HTML to this file, and the plain text to one beside it that ends in `.txt`.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print the plain text instead of the HTML.
    #[arg(long, conflicts_with = "out")]
    pub text: bool,
    /// Link to this address instead of the `base_url` in `site.toml`.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Make it as if it were this time: `2026-01-31`, or with time and zone. Without a zone it is UTC.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
}

/// What a digest is grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DigestBy {
    /// The first tag of each article
    Tag,
    /// The outlet of each article
    Source,
}

/// From when on something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// So many seconds back.
    Ago(i64),
    /// From a date on.
    Date(Date),
}

impl Since {
    /// The moment, as seen from another one. A date begins as in the zone, unless it names another.
    pub fn before(self, at: Moment, zone: Zone) -> Moment {
        match self {
            Self::Ago(seconds) => Moment(at.0 - seconds),
            // What appears at the first moment of the date counts.
            Self::Date(date) => Moment(date.moment(zone).0 - 1),
        }
    }
}

/// The arguments of `next`.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
    /// Look on from this time: `2026-01-31`, or with time and zone. Without a zone it is UTC.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<Date>,
    /// Count drafts too.
    #[arg(long)]
    pub drafts: bool,
}

/// For whom problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the lines they are in
    Human,
    /// For programs: one JSON object a line, on standard output
    Json,
    /// For GitHub Actions, which shows them beside the lines
    Github,
}

/// The arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to write to; it is made if it does not exist.
    #[arg(value_name = "DIR")]
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
    /// The address of the original.
    #[arg(long)]
    pub url: Option<String>,
    /// A tag; give it several times for several.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// An author; give it several times for several.
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// The date of the article, today if not given: `2026-01-31`, or imprecise: `1968-05`, `1923`.
    #[arg(long, value_parser = date)]
    pub date: Option<Date>,
    /// Mark it as a draft.
    #[arg(long)]
    pub draft: bool,
    /// Make a folder for it, in which its pictures can lie.
    #[arg(long)]
    pub bundle: bool,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// What can be done with themes.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Copy a theme of Masthead into the site, to change it.
    ///
    /// The copy in `themes/` is used from then on. If you only want to change one template, it is enough to
    /// keep that one. Files that exist are never overwritten.
    #[command(after_help = "Examples:
  masthead theme eject
  masthead theme eject broadsheet --root mysite")]
    Eject(EjectArgs),
    /// Write the beginning of a new theme.
    ///
    /// The theme builds on `base` and so has every kind of page at once: a style sheet, one template to
    /// change, words, and a `theme.toml` with an option. Files that exist are never overwritten.
    #[command(after_help = "Examples:
  masthead theme new harbour
  masthead theme new harbour --extends broadsheet")]
    New(NewThemeArgs),
    /// List the themes that the site could use.
    #[command(after_help = "Examples:
  masthead theme list
  masthead theme list --format json | jq -r .name")]
    List(ListThemesArgs),
    /// Find everything that is wrong with a theme.
    ///
    /// Renders every kind of page of five made-up sites: with everything, with next to nothing, with long
    /// texts, with hostile ones, and from right to left. All faults are reported in one run, each with its
    /// place in the template; so are words, options and assets that are not there, options that nobody uses,
    /// and what is not translated.
    #[command(after_help = "Examples:
  masthead theme check
  masthead theme check harbour --format github")]
    Check(CheckThemeArgs),
}

/// The arguments of `theme new`.
#[derive(Debug, Args)]
pub struct NewThemeArgs {
    /// The name of the theme, which is that of its folder under `themes/`.
    pub name: String,
    /// The theme that it builds on.
    #[arg(long, value_name = "THEME", default_value = "base")]
    pub extends: String,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The arguments of `theme list`.
#[derive(Debug, Args)]
pub struct ListThemesArgs {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub format: ListFormat,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}

/// The arguments of `theme check`.
#[derive(Debug, Args)]
pub struct CheckThemeArgs {
    /// The theme; that of the site if not given.
    pub name: Option<String>,
    /// How faults are reported.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Where the site is.
    #[command(flatten)]
    pub root: Root,
}

/// The arguments of `theme eject`.
#[derive(Debug, Args)]
pub struct EjectArgs {
    /// The theme; that of the site if not given.
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
    /// Write a page for every command to this folder.
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
}

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// What the schema is of.
    #[arg(value_enum, default_value_t = SchemaOf::Site)]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `site.toml`
    Site,
    /// The front matter of an article or standing page
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
