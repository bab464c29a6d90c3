//! The thread that waits for changes and makes editions of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender as Publish;

use crate::base::date::Moment;
use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::build::{Change, Edition, Issue, Keeper, Preview, Report, Request};

use super::desk::Desk;
use super::faults::Faults;
use super::problems::Problems;
use super::state::State;
use super::watch::{Signal, Watch};
use super::{Announcement, Bulletin, Teller};

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
    voice: Voice,
    /// The diagnostics of the newest edition, which have been reported.
    told: BTreeSet<Diagnostic>,
    /// Those of a configuration that makes no edition, if that is how it is now.
    refused: BTreeSet<Diagnostic>,
    /// Whether the last report had errors.
    had_errors: bool,
    /// The next moment at which something appears or goes although no file changes.
    until: Option<Moment>,
    /// What the last attempts failed for, and how many in a row did.
    refusals: Option<(String, u32)>,
}

/// Who hears of editions.
pub(super) struct Voice {
    pub(super) publish: Publish<Arc<State>>,
    pub(super) announcement: Announcement,
    pub(super) teller: Arc<dyn Teller>,
    pub(super) faults: Arc<Faults>,
}

/// An edition whose pages can be asked for.
struct Opened {
    desk: Desk,
    base_path: String,
    files: Arc<BTreeMap<String, Fingerprint>>,
    has_pages: bool,
}

impl Opened {
    fn new(edition: Edition) -> Self {
        let (base_path, files) = (edition.base_path().to_owned(), edition.files());
        let has_pages = edition.has_pages();
        Self { desk: Desk::open(edition), base_path, files, has_pages }
    }
}

impl Editor {
    /// With `preview_from` documents or more, single pages are shown until there is an edition.
    pub(super) fn new(request: Request, preview_from: usize, voice: Voice) -> Self {
        let root = request.root.clone();
        let (early, announced) = (voice.publish.clone(), voice.announcement.clone());
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
            voice,
            told: BTreeSet::new(),
            refused: BTreeSet::new(),
            had_errors: false,
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
        self.voice.announcement.tell();
        self.work();
        Ok(())
    }

    fn work(&mut self) {
        // Folders that were not watched while the first edition was made may have changed meanwhile.
        let mut change = Some(Change::Everything).filter(|_| self.watch_folders());
        while !self.voice.publish.is_closed() {
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
            let is_time = self.until.is_some_and(|until| until <= self.voice.teller.now());
            let again = self.refusals.is_some().then_some(Change::Everything);
            change = news.change().or(again).or_else(|| is_time.then_some(Change::Time));
        }
    }

    /// How long to wait at most.
    fn patience(&self) -> Option<Duration> {
        match self.refusals {
            None => {
                let left = self.until.map(|until| (until.0 - self.voice.teller.now().0).max(0));
                left.map(|seconds| Duration::from_secs(seconds.unsigned_abs()).min(NAP))
            }
            Some((_, 1)) => Some(SOON),
            Some(_) => Some(LATER),
        }
    }

    /// Updates the watched folders. Returns whether there are new ones.
    fn watch_folders(&mut self) -> bool {
        self.watch.keep(&self.keeper.watched()).unwrap_or_else(|trouble| {
            self.voice.teller.trouble(&trouble);
            true
        })
    }

    /// Makes the next edition and publishes it. What was read is saved afterwards, because nobody waits for it;
    /// and always, because until then other builds wait for the cache.
    fn make(&mut self, change: &Change) -> Result<()> {
        let done = self.make_edition(change);
        if let Some(trouble) = self.keeper.trouble() {
            self.voice.teller.trouble(&trouble);
        }
        if let Some(unsaved) = self.keeper.unsaved() {
            let teller = Arc::clone(&self.voice.teller);
            std::thread::spawn(move || unsaved.save().unwrap_or_else(|trouble| teller.trouble(&trouble)));
        }
        done
    }

    fn make_edition(&mut self, change: &Change) -> Result<()> {
        let start = Instant::now();
        let now = self.voice.teller.now();
        let Some(issue) = self.keeper.next(now, change, &*self.voice.teller)? else { return Ok(()) };
        let Issue { report, edition, until } = issue;
        self.until = until;
        let opened = edition.map(Opened::new);
        self.tell(&report, opened.as_ref(), change, start);
        self.publish(&report, opened);
        Ok(())
    }

    fn tell(&mut self, report: &Report, opened: Option<&Opened>, change: &Change, start: Instant) {
        let is_new = |one: &&Diagnostic| !self.told.contains(*one) && !self.refused.contains(*one);
        let news: Vec<Diagnostic> = report.diagnostics.iter().filter(is_new).cloned().collect();
        let all = report.diagnostics.iter().cloned().collect();
        // A broken configuration says nothing of what else is wrong: that is not told again when it is mended.
        (self.told, self.refused) = match opened {
            Some(_) => (all, BTreeSet::new()),
            None => (std::mem::take(&mut self.told), all),
        };
        let pages = &self.voice.faults;
        let had_errors = self.had_errors || !pages.are_none();
        let faults = opened.map(|opened| pages.renew(&opened.desk, report)).unwrap_or_default();
        self.had_errors = report.has_errors();
        let has_none = !self.had_errors && pages.are_none();
        let bulletin = Bulletin {
            report,
            news: &news,
            faults: &faults,
            has_pages: opened.is_some_and(|opened| opened.has_pages),
            is_mended: had_errors && has_none && !pages.may_be_more(),
            change,
            took: start.elapsed(),
        };
        self.voice.teller.edition(&bulletin);
    }

    fn publish(&self, report: &Report, opened: Option<Opened>) {
        let problems = Arc::new(Problems::of(report, &self.root));
        let faulty: Arc<BTreeSet<String>> =
            Arc::new(report.errors().filter_map(|one| one.file.clone()).collect());
        self.voice.publish.send_modify(|state| {
            let mut next = State { is_ready: true, preview: None, problems, faulty, ..(**state).clone() };
            if let Some(Opened { desk, base_path, files, has_pages }) = opened {
                let good = state.good.clone().or_else(|| state.newest.clone());
                next.good = good.filter(|_| !report.ok);
                (next.base_path, next.files, next.has_pages) = (base_path, files, has_pages);
                if !Arc::ptr_eq(&next.files, &state.files) {
                    next.stock = Fingerprint::of(&*next.files).to_string();
                }
                next.newest = Some(desk);
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
            self.voice.teller.trouble(&error);
            self.show(&error);
        }
        self.refusals = Some((text, times));
    }

    fn show(&self, error: &Error) {
        let problems = Arc::new(Problems::trouble(error));
        self.voice.publish.send_modify(|state| *state = Arc::new(State { problems, ..(**state).clone() }));
    }
}

/// Has single pages shown until the first edition is there.
fn publish_early(publish: &Publish<Arc<State>>, preview: Preview) {
    let base_path = preview.base_path().to_owned();
    let state = State { preview: Some(Arc::new(preview)), base_path, ..State::default() };
    publish.send_replace(Arc::new(state));
}
