//! A progress bar for builds that take a while. It changes nothing but the terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build::Progress;

/// A build that takes less time shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on standard error, which disappears when it is dropped.
pub(super) struct Bar {
    line: ProgressBar,
    start: Instant,
    /// Whether it is still to be shown.
    waiting: AtomicBool,
}

impl Bar {
    /// A bar that is not shown yet; without `wanted` it never is.
    pub(super) fn new(wanted: bool) -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:>8} {wide_bar} {pos}/{len}") {
            line.set_style(style);
        }
        Self { line, start: Instant::now(), waiting: AtomicBool::new(wanted) }
    }

    fn show_if_late(&self) {
        let late = self.waiting.load(Ordering::Relaxed) && self.start.elapsed() > PATIENCE;
        if late && self.waiting.swap(false, Ordering::Relaxed) {
            self.line.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Progress for Bar {
    fn stage(&self, name: &'static str, total: u64) {
        self.line.set_message(name);
        self.line.set_position(0);
        self.line.set_length(total);
        self.show_if_late();
    }

    fn step(&self) {
        self.line.inc(1);
        self.show_if_late();
    }

    fn waits(&self) {
        super::say("Another build of this site is running; this one waits for it");
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}
