//! The thread that waits for changes and makes editions of them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender as Publish;

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::build::{Change, Issue, Keeper, Preview, Request};

use super::desk::Desk;
use super::problems::Problems;
use super::state::State;
use super::watch::{Signal, Watch};
use super::{Announcement, Teller};

/// How soon to try again after an error: a file may have gone between being found and being read.
const SOON: Duration = Duration::from_millis(50);
/// How long to wait before each further attempt.
const LATER: Duration = Duration::from_secs(1);
/// The longest time to sleep until a known moment: timers stand still while a computer is suspended.
const NAP: Duration = Duration::from_secs(60);

/// Makes editions.
pub(super) struct Editor {
    keeper: Keeper,
    root: PathBuf,
    watch: Watch,
    publish: Publish<Arc<State>>,
    announcement: Announcement,
    teller: Arc<dyn Teller>,
    /// The diagnostics that have been reported already.
    told: BTreeSet<Diagnostic>,
    /// The next moment at which something appears or goes although no file changes.
    until: Option<Moment>,
    /// What the last attempts failed for, and how many in a row did.
    refusals: Option<(String, u32)>,
}

impl Editor {
    /// With `preview_from` documents or more, single pages are shown until there is an edition.
    pub(super) fn new(
        request: Request,
        preview_from: usize,
        publish: Publish<Arc<State>>,
        announcement: Announcement,
        teller: Arc<dyn Teller>,
    ) -> Self {
        let root = request.root.clone();
        let (early, announced) = (publish.clone(), announcement.clone());
        let show = move |preview: Preview| {
            if preview.documents() >= preview_from {
                publish_early(&early, preview);
                announced.tell();
            }
        };
        Self {
            keeper: Keeper::new(request).with_preview(Box::new(show)),
            root,
            watch: Watch::new(),
            publish,
            announcement,
            teller,
            told: BTreeSet::new(),
            until: None,
            refusals: None,
        }
    }

    /// A channel to report that the cache is damaged.
    pub(super) fn alarm(&self) -> Sender<Signal> {
        self.watch.alarm()
    }

    /// Makes the first edition, and then one after each change as long as the server runs. Fails only if there
    /// is no first edition.
    pub(super) fn run(mut self) -> Result<()> {
        self.watch_folders();
        self.make(&Change::Everything)?;
        self.announcement.tell();
        self.work();
        Ok(())
    }

    fn work(&mut self) {
        // Folders that were not watched while the first edition was made may have changed meanwhile.
        let mut change = Some(Change::Everything).filter(|_| self.watch_folders());
        while !self.publish.is_closed() {
            if let Some(change) = change.take() {
                let done = self.make(&change);
                self.settle(done);
                if self.watch_folders() {
                    let done = self.make(&Change::Everything);
                    self.settle(done);
                }
            }
            let news = self.watch.wait(self.patience());
            if news.is_damaged {
                self.keeper.forget();
            }
            let is_time = self.until.is_some_and(|until| until <= self.teller.now());
            let again = self.refusals.is_some().then_some(Change::Everything);
            change = news.change().or(again).or_else(|| is_time.then_some(Change::Time));
        }
    }

    /// How long to wait at most.
    fn patience(&self) -> Option<Duration> {
        match self.refusals {
            None => {
                let left = self.until.map(|until| (until.0 - self.teller.now().0).max(0));
                left.map(|seconds| Duration::from_secs(seconds.unsigned_abs()).min(NAP))
            }
            Some((_, 1)) => Some(SOON),
            Some(_) => Some(LATER),
        }
    }

    /// Updates the watched folders. Returns whether there are new ones.
    fn watch_folders(&mut self) -> bool {
        self.watch.keep(&self.keeper.watched()).unwrap_or_else(|trouble| {
            self.teller.trouble(&trouble);
            true
        })
    }

    /// Makes the next edition and publishes it. What was read is saved afterwards, because nobody waits for it;
    /// and always, because until then other builds wait for the cache.
    fn make(&mut self, change: &Change) -> Result<()> {
        let done = self.make_edition(change);
        if let Some(unsaved) = self.keeper.unsaved() {
            let teller = Arc::clone(&self.teller);
            std::thread::spawn(move || unsaved.save().unwrap_or_else(|trouble| teller.trouble(&trouble)));
        }
        done
    }

    fn make_edition(&mut self, change: &Change) -> Result<()> {
        let start = Instant::now();
        let now = self.teller.now();
        let Some(issue) = self.keeper.next(now, change, &*self.teller)? else { return Ok(()) };
        self.until = issue.until;
        let news: Vec<Diagnostic> =
            issue.report.diagnostics.iter().filter(|one| !self.told.contains(one)).cloned().collect();
        self.told = issue.report.diagnostics.iter().cloned().collect();
        self.teller.edition(&issue.report, &news, change, start.elapsed());
        self.publish(issue);
        Ok(())
    }

    fn publish(&self, issue: Issue) {
        let Issue { report, edition, .. } = issue;
        let problems = Arc::new(Problems::of(&report, &self.root));
        let faulty: Arc<BTreeSet<String>> =
            Arc::new(report.errors().filter_map(|one| one.file.clone()).collect());
        self.publish.send_modify(|state| {
            let mut next = State { is_ready: true, preview: None, problems, faulty, ..(**state).clone() };
            if let Some(edition) = edition {
                let good = state.good.clone().or_else(|| state.newest.clone());
                next.good = good.filter(|_| !report.ok);
                edition.base_path().clone_into(&mut next.base_path);
                next.files = edition.files();
                if !Arc::ptr_eq(&next.files, &state.files) {
                    next.stock = Fingerprint::of(&*next.files).to_string();
                }
                next.newest = Some(Desk::open(edition));
            }
            *state = Arc::new(next);
        });
    }

    /// Takes note of success or failure. An error is reported only if the same one happens again: where many files go,
    /// each attempt may miss another one.
    fn settle(&mut self, done: Result<()>) {
        let former = self.refusals.take();
        let Err(error) = done else { return };
        let text = error.to_string();
        let times = former.filter(|(last, _)| *last == text).map_or(1, |(_, times)| times + 1);
        if times == 2 {
            self.teller.trouble(&error);
            self.show(&error);
        }
        self.refusals = Some((text, times));
    }

    fn show(&self, error: &Error) {
        let problems = Arc::new(Problems::trouble(error));
        self.publish.send_modify(|state| *state = Arc::new(State { problems, ..(**state).clone() }));
    }
}

/// Has single pages shown until the first edition is there.
fn publish_early(publish: &Publish<Arc<State>>, preview: Preview) {
    let base_path = preview.base_path().to_owned();
    let state = State { preview: Some(Arc::new(preview)), base_path, ..State::default() };
    publish.send_replace(Arc::new(state));
}
