//! `masthead build` and `masthead check`: hand the arguments to the build and report its result.

use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{BuildArgs, BuildOptions, CheckArgs, Format};
use super::progress::Bar;
use super::report::{self, Style, plural};
use super::{Console, changed, print};
use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::error::Result;
use crate::base::fs;
use crate::build::{self, Counts, Report, Request, Way};
use crate::model::left_out::LeftOut;

/// Builds the site. Returns whether its content is free of errors.
pub(super) fn build(args: BuildArgs, at: Moment, console: Console) -> Result<bool> {
    if let Some(target) = &args.changed {
        changed::refuse_mixture(target, args.options.format != Format::Human)?;
    }
    let request = Request { out: args.out, write: true, ..request(&args.options, at) };
    let report = run(&request, &args.options, console)?;
    if let Some(target) = args.changed.filter(|_| report.ok) {
        changed::write(&report, &target)?;
    }
    Ok(report.ok)
}

/// Builds the site without writing it. Returns whether its content is free of errors.
pub(super) fn check(args: &CheckArgs, at: Moment, console: Console) -> Result<bool> {
    Ok(run(&request(&args.options, at), &args.options, console)?.ok)
}

fn request(options: &BuildOptions, at: Moment) -> Request {
    Request {
        root: options.root.root.clone(),
        out: None,
        base_url: options.base_url.clone(),
        drafts: options.drafts,
        future: options.future,
        limit: None,
        at,
        cache: !options.no_cache,
        write: false,
    }
}

/// Starts one worker thread more than there are cores, so that all cores are busy while one worker waits for
/// the disk.
pub(super) fn prepare_workers() {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // This fails only if the pool exists already, and then there is nothing to do.
    drop(rayon::ThreadPoolBuilder::new().num_threads(cores + 1).build_global());
}

fn run(request: &Request, options: &BuildOptions, console: Console) -> Result<Report> {
    prepare_workers();
    let start = Instant::now();
    let report = {
        let bar = Bar::new(console.terminal && !options.quiet);
        build::run(request, &bar)?
    };
    tell(&report, &request.root, options.format, console)?;
    if !options.quiet {
        let mut told = closing_line(request, &report, start.elapsed());
        told += &left_out(report.counts.left_out);
        if options.timings {
            told += &timings(&report.timings);
            told += &way(report.way);
        }
        // If standard error is gone, there is nowhere to report it.
        drop(writeln!(io::stderr(), "{told}"));
    }
    Ok(report)
}

fn tell(report: &Report, root: &Path, format: Format, console: Console) -> Result<()> {
    let levels = |rule: Rule| report.level(rule);
    let text = |file: &str| fs::read_text(&root.join(file));
    let style = Style { format, colour: console.colour, levels: &levels, text: &text };
    let mut out = Vec::new();
    let diagnostics = match format {
        Format::Github => &from_here(&report.diagnostics, root),
        Format::Human | Format::Json => &report.diagnostics,
    };
    // Writing to memory does not fail.
    drop(report::diagnostics(&mut out, diagnostics, style));
    match format {
        Format::Human => drop(io::stderr().write_all(&out)),
        Format::Json | Format::Github => print(&out)?,
    }
    Ok(())
}

/// GitHub expects paths relative to the repository, where the command runs, and not to the site's root.
fn from_here(diagnostics: &[Diagnostic], root: &Path) -> Vec<Diagnostic> {
    let from_here = |file: &String| {
        let path = root.join(file);
        path.strip_prefix(".").unwrap_or(&path).to_string_lossy().replace('\\', "/")
    };
    let moved = |one: &Diagnostic| Diagnostic { file: one.file.as_ref().map(from_here), ..one.clone() };
    diagnostics.iter().map(moved).collect()
}

fn closing_line(request: &Request, report: &Report, took: Duration) -> String {
    let Counts { articles, parsed, rendered, written, kept, removed, left_out: _ } = report.counts;
    let seconds = took.as_secs_f64();
    let articles = plural(articles, "article");
    if !report.ok {
        let verb = if request.write {
            "Nothing was written, because of the errors above"
        } else {
            "There are errors"
        };
        return format!("{verb} ({articles} read in {seconds:.2} s)");
    }
    if !request.write {
        return format!("Checked {articles} in {seconds:.2} s");
    }
    format!(
        "Built {articles} into `{}` in {seconds:.2} s: {parsed} parsed, {rendered} rendered, {written} written, {kept} kept, {removed} removed",
        report.out,
    )
}

/// A line about the articles that are not published, if there are any: nothing else says that they exist.
fn left_out(LeftOut { drafts, early, expired }: LeftOut) -> String {
    let parts = [
        (drafts, plural(drafts, "draft")),
        (early, format!("{early} of a later date")),
        (expired, format!("{expired} expired")),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
    if parts.is_empty() { String::new() } else { format!("\nLeft out: {}", parts.join(", ")) }
}

fn timings(timings: &[(&'static str, Duration)]) -> String {
    let width = timings.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, took): &(&str, Duration)| {
        format!("\n  {name:width$}  {:8.1} ms", took.as_secs_f64() * 1000.0)
    };
    timings.iter().map(line).collect::<Vec<_>>().concat()
}

/// The reason why the build had to read everything, if it did.
fn way(way: Way) -> String {
    match way {
        Way::Nothing | Way::Amended | Way::Renewed => String::new(),
        Way::Full(why) => format!("\n  everything was read: {}", why.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::Place;
    use crate::model::declined::Declined;

    fn asked(write: bool) -> Request {
        Request {
            root: "site".into(),
            out: None,
            base_url: None,
            drafts: false,
            future: false,
            limit: None,
            at: Moment(0),
            cache: true,
            write,
        }
    }

    fn report(ok: bool) -> Report {
        let counts =
            Counts { articles: 67, parsed: 1, rendered: 2, written: 3, kept: 409, ..Counts::default() };
        Report { counts, ok, out: "public".into(), ..Report::default() }
    }

    #[test]
    fn the_closing_line_says_what_was_done() {
        let told = |write, ok| closing_line(&asked(write), &report(ok), Duration::from_millis(314));
        assert_eq!(
            told(true, true),
            "Built 67 articles into `public` in 0.31 s: 1 parsed, 2 rendered, 3 written, 409 kept, 0 removed"
        );
        assert_eq!(told(false, true), "Checked 67 articles in 0.31 s");
        assert_eq!(
            told(true, false),
            "Nothing was written, because of the errors above (67 articles read in 0.31 s)"
        );
    }

    #[test]
    fn a_line_says_what_is_left_out() {
        let told = |drafts, early, expired| left_out(LeftOut { drafts, early, expired });
        assert_eq!(told(3, 2, 1), "\nLeft out: 3 drafts, 2 of a later date, 1 expired");
        assert_eq!(told(1, 0, 0), "\nLeft out: 1 draft");
        assert_eq!(told(0, 0, 0), "");
    }

    #[test]
    fn timings_are_a_table() {
        let table =
            timings(&[("scan", Duration::from_millis(2)), ("render", Duration::from_micros(1_234_500))]);
        assert_eq!(table, "\n  scan         2.0 ms\n  render    1234.5 ms");
        assert_eq!(way(Way::Amended), "");
        let full = Way::Full(Declined("a document went"));
        assert_eq!(way(full), "\n  everything was read: a document went");
    }

    #[test]
    fn files_for_github_are_relative_to_where_the_command_runs() {
        let diagnostic = Diagnostic::new(Rule::DeadLink, "x").in_file("content/a.md").at(Place::line(1));
        for (root, expected) in
            [(".", "content/a.md"), ("docs", "docs/content/a.md"), ("./docs", "docs/content/a.md")]
        {
            let moved = from_here(std::slice::from_ref(&diagnostic), Path::new(root));
            assert_eq!(moved[0].file.as_deref(), Some(expected));
        }
    }
}
