//! The program: reads the command line, runs the command and prints the result.
//!
//! There is one file for each command, a function of its arguments; `args` only declares them. Only this part
//! of the crate may touch the clock, the environment and the standard streams. Data goes to standard output,
//! everything else to standard error.

pub mod args;
pub mod report;

mod build;
mod changed;
mod completions;
mod digest;
mod fresh;
mod init;
mod man;
mod new;
mod next;
mod progress;
mod reading;
mod schema;
mod serve;
mod theme;
mod theme_check;
mod theme_list;
mod theme_new;

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;

use self::args::{Cli, Command, ThemeCommand};
use crate::base::date::{Date, Moment, Zone};
use crate::base::error::{Error, Result};
use crate::build::site_toml;
use crate::config::{self, SiteConfig};

/// Runs the program. The exit code is 0 if all is well, 1 if the content has errors, 2 if the command could
/// not run.
pub fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            say(&error.told());
            ExitCode::from(2)
        }
    }
}

/// Runs a command. Returns whether the content is free of errors.
fn run(command: Command) -> Result<bool> {
    match command {
        Command::Build(args) => {
            let at = as_of(args.options.at, &args.options.root.root);
            return build::build(args, at, Console::here());
        }
        Command::Serve(args) => serve::run(args, Console::here())?,
        Command::Check(args) => {
            let at = as_of(args.options.at, &args.options.root.root);
            return build::check(&args, at, Console::here());
        }
        Command::Digest(args) => {
            let at = as_of(args.at, &args.root.root);
            return digest::run(args, at);
        }
        Command::Next(args) => {
            let at = as_of(args.at, &args.root.root);
            next::run(args, at)?;
        }
        Command::Init(args) => say(&init::run(&args.dir, today(Zone::UTC))?),
        Command::New(args) => {
            let config = configuration(&args.root.root)?;
            let known = args.url.as_ref().map(|url| reading::clipping(&args.root.root, url, now()));
            let known = known.transpose()?.unwrap_or_default();
            let path = new::run(&args, &known, &config, today(config.zone))?;
            print(format!("{}\n", path.display()).as_bytes())?;
        }
        Command::Theme(ThemeCommand::Eject(args)) => {
            let root = &args.root.root;
            let used = configuration(root).map(|config| config.theme);
            let (name, used) = match args.name {
                Some(name) => (name, used.ok()),
                None => used.map(|used| (used.clone(), Some(used)))?,
            };
            say(&theme::eject(root, &name, used.as_deref(), &crate::build::embedded_themes())?);
        }
        Command::Theme(ThemeCommand::New(args)) => say(&theme_new::run(&args)?),
        Command::Theme(ThemeCommand::List(args)) => {
            let used = configuration(&args.root.root).ok().map(|config| config.theme);
            print(theme_list::text(&args, used.as_deref())?.as_bytes())?;
        }
        Command::Theme(ThemeCommand::Check(args)) => return theme_check::run(args, now(), Console::here()),
        Command::Completions(args) => print(&completions::script(args.shell))?,
        Command::Man(args) => match args.dir {
            Some(dir) => say(&man::write_all(&dir)?),
            None => print(&man::page()?)?,
        },
        Command::Schema(args) => print(schema::text(args.of).as_bytes())?,
    }
    Ok(true)
}

/// The configuration of a site, for commands that read nothing else of it.
fn configuration(root: &Path) -> Result<SiteConfig> {
    let read = site_toml(root)?.and_then(|text| config::site(&text, config::FILE).value);
    read.ok_or_else(|| {
        let path = root.join(config::FILE);
        let hint = "`masthead check` shows them";
        Error::refused(format!("there are errors in `{}`", path.display())).hint(hint)
    })
}

/// What standard error is connected to.
#[derive(Debug, Clone, Copy)]
struct Console {
    /// Whether it is a terminal that can move its cursor.
    terminal: bool,
    /// Whether to use colours.
    colour: bool,
}

impl Console {
    fn here() -> Self {
        // It changes what the terminal shows, never what is built.
        let [no_color, term] = ["NO_COLOR", "TERM"].map(|name| std::env::var_os(name).unwrap_or_default());
        Self::of(io::stderr().is_terminal(), &no_color, &term)
    }

    /// See <https://no-color.org>. A dumb terminal can neither show colours nor move its cursor, so it counts as none.
    fn of(is_terminal: bool, no_color: &OsStr, term: &OsStr) -> Self {
        let terminal = is_terminal && term != "dumb";
        Self { terminal, colour: terminal && no_color.is_empty() }
    }
}

/// Writes data to standard output. It is no error if the reader has closed the pipe.
fn print(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|cause| Error::refused(format!("cannot write to standard output: {cause}"))),
    }
}

/// Writes a line to standard error. If that is closed, there is nowhere to report it.
fn say(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// The current time.
#[expect(
    clippy::disallowed_methods,
    reason = "the only place that reads the clock; from here on the time is an argument"
)]
fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment(since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
}

/// The time of `--at`, in the site's time zone unless it has an offset; now, if it is not given.
fn as_of(at: Option<Date>, root: &Path) -> Moment {
    // What is wrong with the configuration is told when it is read for the build.
    let zone = || configuration(root).map_or(Zone::UTC, |config| config.zone);
    at.map_or_else(now, |at| at.moment(zone()))
}

fn today(zone: Zone) -> Date {
    Date { time: None, ..now().date(zone) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::base::fs;

    fn help(command: &mut clap::Command, into: &mut String) {
        let name = command.get_bin_name().unwrap_or("masthead").to_owned();
        into.extend([format!("===== {name} --help\n{}\n", command.render_long_help())]);
        for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
            help(below, into);
        }
    }

    /// The help texts are a part of the manual, so every change to them is reviewed.
    #[test]
    fn help_texts() {
        let mut command = Cli::command().term_width(100);
        command.build();
        let mut all = String::new();
        help(&mut command, &mut all);
        insta::assert_snapshot!(all);
    }

    #[test]
    fn colours_are_for_terminals_that_show_them() {
        for (is_terminal, no_color, term, expected) in [
            (true, "", "xterm", (true, true)),
            (true, "", "", (true, true)),
            (true, "1", "xterm", (true, false)),
            (true, "", "dumb", (false, false)),
            (false, "", "xterm", (false, false)),
        ] {
            let Console { terminal, colour } = Console::of(is_terminal, no_color.as_ref(), term.as_ref());
            assert_eq!((terminal, colour), expected, "{is_terminal} {no_color} {term}");
        }
    }

    #[test]
    fn the_declaration_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_missing_configuration_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        assert!(configuration(folder.path()).unwrap_err().told().contains("masthead init"));
        fs::write(&folder.path().join("site.toml"), b"title").unwrap();
        assert!(configuration(folder.path()).unwrap_err().told().contains("masthead check"));
    }
}
