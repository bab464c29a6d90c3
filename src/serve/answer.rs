//! What is to be seen at an address: of the newest edition if it has it, else the last that was good.
//!
//! Whoever writes should see what they write, whatever else is wrong with the site. So a page comes from the newest edition even
//! if that has errors; only a page that can't be made from it comes from an earlier one.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch::Receiver;

use crate::base::diag::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Stamp};
use crate::build::{Found, Output};

use super::media::{self, HTML};
use super::problems::Problems;
use super::state::State;
use super::watch::Signal;

/// How many pages are kept for the time when they can't be made.
const KEPT: usize = 64;

/// The page for addresses that lead nowhere.
const NOT_FOUND: &str = "/404.html";

/// What is to be seen.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) content: Content,
    /// What kept the newest edition's page from being made.
    pub(super) faults: Vec<Diagnostic>,
}

/// What is in it.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Bytes(Arc<Vec<u8>>),
    File(PathBuf, Stamp, Fingerprint),
    /// The address lacks a slash at its end.
    Folder,
    /// There is nothing to show, because of errors.
    Unavailable,
}

/// Finds pages.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) states: Receiver<Arc<State>>,
    alarm: Sender<Signal>,
    recent: Mutex<VecDeque<Kept>>,
}

/// A page as it was when it could be made.
#[derive(Debug)]
struct Kept {
    address: String,
    content_type: String,
    bytes: Arc<Vec<u8>>,
}

impl Pages {
    pub(super) fn new(states: Receiver<Arc<State>>, alarm: Sender<Signal>) -> Self {
        Self { states, alarm, recent: Mutex::default() }
    }

    /// What is known now.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.states.borrow())
    }

    /// What is at an address of the site: not percent-encoded, without the base path.
    pub(super) async fn find(&self, state: &State, address: &str) -> Result<Seen> {
        let mut faults = Vec::new();
        if let Some(seen) = self.at(state, address, 200, &mut faults).await? {
            return Ok(Seen { faults, ..seen });
        }
        let not_found = if faults.is_empty() && state.newest.is_some() {
            self.at(state, NOT_FOUND, 404, &mut faults).await?
        } else {
            None
        };
        let unavailable = Seen {
            status: 500,
            content_type: HTML.to_owned(),
            content: Content::Unavailable,
            faults: Vec::new(),
        };
        Ok(Seen { faults, ..not_found.unwrap_or(unavailable) })
    }

    /// The page at an address, if there is one that can be shown. It may be there and have no faults of its own to tell of, because
    /// the whole site's templates are broken.
    async fn at(
        &self,
        state: &State,
        address: &str,
        status: u16,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Option<Seen>> {
        let mut is_faulty = false;
        for desk in [&state.newest, &state.good].into_iter().flatten() {
            match self.alarmed(desk.find(address).await)? {
                Found::Output { output: Output::Faulty(found), .. } => {
                    is_faulty = true;
                    faults.extend(found);
                }
                Found::Output { path, media_type, output } => {
                    let content_type = content_type(&path, media_type);
                    let content = content(output, &content_type)?;
                    self.keep(address, &content_type, &content);
                    return Ok(Some(Seen { status, content_type, content, faults: Vec::new() }));
                }
                Found::Folder => {
                    let content_type = HTML.to_owned();
                    return Ok(Some(Seen {
                        status,
                        content_type,
                        content: Content::Folder,
                        faults: Vec::new(),
                    }));
                }
                Found::Nothing => {}
            }
        }
        let kept = self.kept(address).filter(|_| is_faulty);
        let kept =
            kept.map(|(content_type, content)| Seen { status, content_type, content, faults: Vec::new() });
        let unavailable = Seen {
            status: 500,
            content_type: HTML.to_owned(),
            content: Content::Unavailable,
            faults: Vec::new(),
        };
        Ok(kept.or(is_faulty.then_some(unavailable)))
    }

    fn alarmed(&self, found: Result<Found>) -> Result<Found> {
        if matches!(found, Err(Error::DamagedCache)) {
            drop(self.alarm.send(Signal::Damaged));
        }
        found
    }

    fn keep(&self, address: &str, content_type: &str, content: &Content) {
        if let Content::Bytes(bytes) = content {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.retain(|kept| kept.address != address);
            let (address, content_type) = (address.to_owned(), content_type.to_owned());
            recent.push_back(Kept { address, content_type, bytes: Arc::clone(bytes) });
            if recent.len() > KEPT {
                recent.pop_front();
            }
        }
    }

    fn kept(&self, address: &str) -> Option<(String, Content)> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = recent.iter().find(|kept| kept.address == address)?;
        Some((kept.content_type.clone(), Content::Bytes(Arc::clone(&kept.bytes))))
    }
}

impl Seen {
    /// The faults as the browser is told of them.
    pub(super) fn problems(&self, state: &State, root: &std::path::Path) -> Problems {
        state.problems.and(&Problems::new(self.faults.iter(), root))
    }

    /// Stands for what is to be seen.
    pub(super) fn print(&self) -> Fingerprint {
        match &self.content {
            Content::Bytes(bytes) => Fingerprint::of_bytes(bytes),
            Content::File(path, stamp, content) => file_print(path, *stamp, *content),
            Content::Folder | Content::Unavailable => Fingerprint::default(),
        }
    }
}

/// What stands for a file: the fingerprint of its bytes if it is still the one that was read.
fn file_print(path: &std::path::Path, stamp: Stamp, content: Fingerprint) -> Fingerprint {
    match fs::stamp(path) {
        Some(now) if now == stamp => content,
        now => Fingerprint::of(&now.map(|now| (now.size, now.modified, now.inode))),
    }
}

fn content_type(path: &str, media_type: Option<&str>) -> String {
    match media_type {
        Some(media_type) => format!("{media_type}; charset=utf-8"),
        None => media::content_type(path).to_owned(),
    }
}

fn content(output: Output, content_type: &str) -> Result<Content> {
    Ok(match output {
        // A page gets a script, so its bytes must be at hand.
        Output::File { path, .. } if content_type == HTML => Content::Bytes(Arc::new(fs::read(&path)?)),
        Output::File { path, stamp, content } => Content::File(path, stamp, content),
        Output::Bytes(bytes) => Content::Bytes(Arc::new(bytes)),
        Output::Faulty(_) => Content::Unavailable,
    })
}
