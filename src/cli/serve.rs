//! `masthead serve`: hands the arguments to the server and prints what happens.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::args::{Format, ServeArgs};
use super::build::prepare_workers;
use super::report::{self, Style, plural};
use super::{Console, as_of, now, say};
use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Level, Rule};
use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build::{Change, Progress, Report, Request};
use crate::serve::{self, Options, Teller};

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
    has_edition: bool,
    had_errors: bool,
    /// Faults of pages since the last edition, and their groups.
    faults: BTreeSet<Diagnostic>,
    groups: BTreeSet<String>,
}

impl Terminal {
    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

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

    fn edition(&self, report: &Report, news: &[Diagnostic], change: &Change, took: Duration) {
        let mut told = self.told();
        self.diagnostics(news, &|rule| report.level(rule));
        told.faults.clear();
        told.groups = report.diagnostics.iter().filter_map(|one| one.group.clone()).collect();
        let had_errors = std::mem::replace(&mut told.had_errors, report.has_errors());
        let is_first = !std::mem::replace(&mut told.has_edition, true);
        let fixed = if had_errors && !told.had_errors { "; all errors are fixed" } else { "" };
        let took = took.as_secs_f64() * 1000.0;
        if is_first {
            say(&format!("{} in {took:.0} ms", plural(report.counts.articles, "article")));
        } else {
            say(&format!("{} in {took:.0} ms{fixed}", what(change, &self.root)));
        }
    }

    fn faults(&self, faults: &[Diagnostic]) {
        let told = &mut *self.told();
        let mut is_new = |fault: &Diagnostic| match &fault.group {
            Some(group) => told.groups.insert(group.clone()),
            None => told.faults.insert(fault.clone()),
        };
        let news: Vec<Diagnostic> = faults.iter().filter(|fault| is_new(fault)).cloned().collect();
        if !news.is_empty() {
            told.had_errors = true;
            self.diagnostics(&news, &|_| Level::Error);
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

/// Says in a few words what was done about a change.
fn what(change: &Change, root: &Path) -> String {
    match change {
        Change::Files(files) if files.len() == 1 => {
            let root = std::path::absolute(root).unwrap_or_default();
            let name = |path: &PathBuf| path.strip_prefix(&root).unwrap_or(path).display().to_string();
            format!("Reloaded `{}`", files.iter().map(name).collect::<String>())
        }
        Change::Files(files) => format!("Reloaded {}", plural(files.len() as u64, "changed file")),
        Change::Time => "The site has changed with time: planned again".to_owned(),
        Change::Everything => "Reloaded everything".to_owned(),
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
