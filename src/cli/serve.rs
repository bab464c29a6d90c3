//! `masthead serve`: hands the arguments to the server and prints what happens.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::{Format, ServeArgs};
use super::build::prepare_workers;
use super::report::{self, Style, plural};
use super::{Console, as_of, now, say};
use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build::{Change, Progress, Request};
use crate::serve::{self, Bulletin, Options, Teller};

/// Serves the site until it is interrupted.
pub(super) fn run(args: ServeArgs, console: Console) -> Result<()> {
    prepare_workers();
    let root = args.root.root;
    let fixed = args.at.map(|at| as_of(Some(at), &root));
    let request = Request {
        root: root.clone(),
        out: None,
        base_url: None,
        drafts: args.drafts,
        future: args.future,
        limit: args.limit,
        at: fixed.unwrap_or_else(now),
        cache: true,
        write: false,
    };
    let terminal: Arc<dyn Teller> =
        Arc::new(Terminal { root, console, fixed, open: args.open, told: Mutex::default() });
    serve::run(
        Options { request, host: args.host, port: args.port, preview_from: serve::PREVIEW_FROM },
        &terminal,
    )
}

/// What the server gets from the program: the terminal and the clock.
struct Terminal {
    root: PathBuf,
    console: Console,
    /// The time of `--at`, which then stands still.
    fixed: Option<Moment>,
    /// Whether to open a browser.
    open: bool,
    told: Mutex<Told>,
}

/// What has been printed.
#[derive(Default)]
struct Told {
    /// Whether there was an edition with pages.
    has_begun: bool,
    /// The last change, if it did not lead to pages.
    in_vain: Option<String>,
}

impl Terminal {
    fn diagnostics(&self, diagnostics: &[Diagnostic], levels: &dyn Fn(Rule) -> Level) {
        let root: &Path = &self.root;
        let text = |file: &str| fs::read_text(&root.join(file));
        let style = Style { format: Format::Human, colour: self.console.colour, levels, text: &text };
        let mut out = Vec::new();
        // Writing to memory does not fail, and if standard error is closed there is nowhere to report it.
        drop(report::diagnostics(&mut out, diagnostics, style));
        drop(io::stderr().write_all(&out));
    }
}

impl Teller for Terminal {
    fn now(&self) -> Moment {
        self.fixed.unwrap_or_else(now)
    }

    fn listens(&self, address: &str) {
        say(&format!("Serving at {address}/ (press Ctrl-C to stop)"));
        if self.open {
            open(address);
        }
    }

    fn edition(&self, bulletin: &Bulletin<'_>) {
        let Bulletin { report, news, faults, has_pages, is_mended, change, took } = *bulletin;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.diagnostics(news, &|rule| report.level(rule));
        self.faults(faults);
        let fixed = if is_mended { "; all errors are fixed" } else { "" };
        let took = took.as_secs_f64() * 1000.0;
        let had_begun = told.has_begun;
        told.has_begun |= has_pages;
        let read = what(change, "Read", &self.root);
        let in_vain = (!has_pages).then(|| read.clone());
        let before = std::mem::replace(&mut told.in_vain, in_vain);
        // What is printed may go into a file of the site, and each line would be a change.
        if news.is_empty() && before.is_some() && before == told.in_vain {
            return;
        }
        drop(told);
        say(&match (had_begun, has_pages) {
            (true, true) => format!("{} in {took:.0} ms{fixed}", what(change, "Reloaded", &self.root)),
            (true, false) => {
                format!("{read} in {took:.0} ms; pages stay as they are until the errors are fixed")
            }
            (false, true) => {
                format!("{} in {took:.0} ms{fixed}", plural(report.counts.articles, "article"))
            }
            (false, false) => "No page can be shown until the errors are fixed".to_owned(),
        });
    }

    fn faults(&self, faults: &[Diagnostic]) {
        if !faults.is_empty() {
            self.diagnostics(faults, &|_| Level::Error);
        }
    }

    fn trouble(&self, error: &Error) {
        say(&error.told());
    }
}

impl Progress for Terminal {
    fn stage(&self, _: &'static str, _: u64) {}
    fn step(&self) {}

    fn waits(&self) {
        say("Another build of this site is running; this one waits for it");
    }
}

/// Says in a few words what was done about a change: `Reloaded` or only `Read`.
fn what(change: &Change, done: &str, root: &Path) -> String {
    match change {
        Change::Files(files) if files.len() == 1 => {
            let root = std::path::absolute(root).unwrap_or_default();
            let name = |path: &PathBuf| path.strip_prefix(&root).unwrap_or(path).display().to_string();
            format!("{done} `{}`", files.iter().map(name).collect::<String>())
        }
        Change::Files(files) => format!("{done} {}", plural(files.len() as u64, "changed file")),
        Change::Time => "The site has changed with time: planned again".to_owned(),
        Change::Everything => format!("{done} everything"),
    }
}

/// Opens the browser of the desktop. If there is none, the printed address has to do.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Stdio::null;
    let started = Command::new(program)
        .args(arguments)
        .arg(format!("{address}/"))
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    if started.is_err() {
        say(&format!("cannot open a browser: there is no `{program}`"));
    }
}
