//! Waiting for changes: events of the file system, gathered until there is a short pause.
//!
//! An event only says where something may have changed; what that means is found out elsewhere. If the system
//! has no events, everything is looked at every second.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::base::error::{Error, Result};
use crate::base::fs;
use crate::build::Change;

/// How long there must be no event before changes are reported.
const QUIET: Duration = Duration::from_millis(4);
/// How long to wait until a file that is being written is closed, or one that was emptied is filled again.
const WRITING: Duration = Duration::from_millis(200);
/// The longest time that changes are gathered: a large copy may never pause.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often to look if there are no events.
const LOOK: Duration = Duration::from_secs(1);

/// Something that happened.
#[derive(Debug)]
pub(super) enum Signal {
    /// An event of the file system.
    Event(Event),
    /// Events were lost.
    Lost,
    /// The cache is damaged.
    Damaged,
}

/// The changes while it waited.
#[derive(Debug, Default)]
pub(super) struct News {
    files: BTreeSet<PathBuf>,
    /// Files that are being written.
    open: BTreeSet<PathBuf>,
    is_lost: bool,
    /// Whether the cache is damaged.
    pub(super) is_damaged: bool,
}

/// Watches folders.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    /// The watched folders, each with whether folders below count, and with its identity.
    watched: BTreeMap<PathBuf, (bool, u64)>,
    is_blind: bool,
}

impl Watch {
    pub(super) fn new() -> Self {
        let (sender, signals) = mpsc::channel();
        Self { watcher: None, signals, sender, watched: BTreeMap::new(), is_blind: false }
    }

    /// A channel to the watch.
    pub(super) fn alarm(&self) -> Sender<Signal> {
        self.sender.clone()
    }

    /// Watches these folders from now on, or the nearest existing one above. Returns whether any is new, so
    /// that changes in it may have been missed.
    pub(super) fn keep(&mut self, wanted: &[(PathBuf, bool)]) -> Result<bool> {
        if self.is_blind {
            return Ok(false);
        }
        self.keep_all(wanted).map_err(|error| {
            self.is_blind = true;
            Error::refused(format!(
                "cannot watch the site's folders, so they are checked every second: {error}"
            ))
        })
    }

    fn keep_all(&mut self, wanted: &[(PathBuf, bool)]) -> notify::Result<bool> {
        let sender = self.sender.clone();
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            none => none.insert(notify::recommended_watcher(move |event| tell(&sender, event))?),
        };
        let mut is_new = false;
        let folders = existing(wanted);
        let is_there = |path: &PathBuf, known: &(bool, u64)| {
            folders.get(path).is_some_and(|&all| all == known.0) && fs::folder_id(path) == Some(known.1)
        };
        let gone: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|(path, known)| !is_there(path, known))
            .map(|(path, _)| path.clone())
            .collect();
        for path in gone {
            self.watched.remove(&path);
            // The watch may be gone with its folder.
            drop(watcher.unwatch(&path));
        }
        for (path, all) in folders {
            let Some(id) = fs::folder_id(&path).filter(|_| !self.watched.contains_key(&path)) else {
                continue;
            };
            let mode = if all { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            watcher.watch(&path, mode)?;
            self.watched.insert(path, (all, id));
            is_new = true;
        }
        Ok(is_new)
    }

    /// Waits until something has changed and no more events arrive, or until the time is over.
    pub(super) fn wait(&self, most: Option<Duration>) -> News {
        let mut news = News::default();
        let most = if self.is_blind { Some(most.unwrap_or(LOOK).min(LOOK)) } else { most };
        while news.is_empty() {
            let signal = match most {
                Some(most) => self.signals.recv_timeout(most),
                None => self.signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match signal {
                Ok(signal) => news.add(signal),
                Err(_) => {
                    news.is_lost = self.is_blind;
                    return news;
                }
            }
        }
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let quiet = if news.open.is_empty() { QUIET } else { WRITING };
            let signal = self.signals.recv_timeout(quiet).or_else(|over| {
                let is_half = news.open.is_empty() && news.has_emptied();
                if is_half { self.signals.recv_timeout(WRITING) } else { Err(over) }
            });
            match signal {
                Ok(signal) => news.add(signal),
                Err(_) => break,
            }
        }
        news
    }
}

/// The folders that exist, or the nearest ones above them, without those that lie in another one that is
/// watched as a whole.
fn existing(wanted: &[(PathBuf, bool)]) -> BTreeMap<PathBuf, bool> {
    let mut folders: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for (path, all) in wanted {
        let there = path.ancestors().find(|path| fs::is_dir(path)).unwrap_or(path);
        *folders.entry(there.to_owned()).or_default() |= *all && there == path;
    }
    let whole: Vec<PathBuf> = folders.iter().filter(|(_, all)| **all).map(|(path, _)| path.clone()).collect();
    let is_inside = |path: &Path| whole.iter().any(|whole| path != whole && path.starts_with(whole));
    folders.retain(|path, _| !is_inside(path));
    folders
}

fn tell(sender: &Sender<Signal>, event: notify::Result<Event>) {
    let signal = match event {
        Ok(event) if event.need_rescan() => Signal::Lost,
        Ok(event) if is_reading(event.kind) => return,
        Ok(event) => Signal::Event(event),
        Err(_) => Signal::Lost,
    };
    // If the receiver is gone, the program is about to end.
    drop(sender.send(signal));
}

fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

impl News {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.is_lost && !self.is_damaged
    }

    fn add(&mut self, signal: Signal) {
        let event = match signal {
            Signal::Event(event) => event,
            Signal::Lost => return self.is_lost = true,
            Signal::Damaged => return self.is_damaged = true,
        };
        for path in event.paths {
            match event.kind {
                EventKind::Access(_) | EventKind::Remove(_) => drop(self.open.remove(&path)),
                // Only Linux reports that a file was closed; elsewhere it is not waited for.
                EventKind::Modify(ModifyKind::Data(DataChange::Any))
                | EventKind::Create(CreateKind::File)
                    if cfg!(target_os = "linux") =>
                {
                    self.open.insert(path.clone());
                }
                _ => {}
            }
            self.files.insert(path);
        }
    }

    /// Whether any of the files is empty now: it is most likely being saved in two steps.
    fn has_emptied(&self) -> bool {
        let is_hidden =
            |path: &Path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_empty = |path: &Path| fs::stamp(path).is_some_and(|stamp| stamp.size == 0);
        self.files.iter().any(|path| !is_hidden(path) && is_empty(path))
    }

    /// What may have changed; `None` if only time has passed.
    pub(super) fn change(self) -> Option<Change> {
        if self.is_lost || self.is_damaged {
            return Some(Change::Everything);
        }
        (!self.files.is_empty()).then_some(Change::Files(self.files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_emptied_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(&path("emptied.md"), b"").unwrap();
        fs::write(&path(".lock"), b"").unwrap();
        fs::write(&path("full.md"), b"x").unwrap();
        for (name, expected) in
            [("emptied.md", true), (".lock", false), ("full.md", false), ("gone.md", false), ("", false)]
        {
            let news = News { files: BTreeSet::from([path(name)]), ..News::default() };
            assert_eq!(news.has_emptied(), expected, "{name}");
        }
    }
}
