//! What to show at an address: the page of the newest edition if it can be made, or else of the last edition
//! without errors.
//!
//! Authors should see what they write, even if something else is wrong with the site. So a page comes from
//! the newest edition although that has errors; only a page that cannot be made from it comes from an earlier
//! one.

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
use crate::model::media::{self, HTML};

use super::live::is_document;
use super::problems::Problems;
use super::state::State;
use super::watch::Signal;

/// How many pages are kept in case they cannot be made later.
const KEPT: usize = 64;

/// The page for addresses that lead nowhere.
const NOT_FOUND: &str = "/404.html";

/// What to show at an address.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) content: Content,
    /// The address of the page.
    pub(super) page: String,
    /// Why the page of the newest edition could not be made.
    pub(super) faults: Vec<Diagnostic>,
}

/// The content of an answer.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A page, which gets the script.
    Page(Arc<Vec<u8>>),
    Bytes(Arc<Vec<u8>>),
    File(PathBuf, Stamp, Fingerprint),
    /// A folder: the address lacks the slash at its end.
    Folder,
    /// Nothing can be shown, because of errors.
    Unavailable,
}

/// Finds pages.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) states: Receiver<Arc<State>>,
    alarm: Sender<Signal>,
    recent: Mutex<VecDeque<Kept>>,
}

/// A page as it last was when it could be made.
#[derive(Debug)]
struct Kept {
    address: String,
    content_type: String,
    content: Content,
}

impl Pages {
    pub(super) fn new(states: Receiver<Arc<State>>, alarm: Sender<Signal>) -> Self {
        Self { states, alarm, recent: Mutex::default() }
    }

    /// What to show at an address until there is an edition, if there is anything.
    pub(super) async fn early(&self, state: &State, address: &str) -> Option<Seen> {
        let (preview, address) = (Arc::clone(state.preview.as_ref()?), address.to_owned());
        // Whatever fails here is tried again, and told, by the first edition.
        let found = tokio::task::spawn_blocking(move || preview.find(&address)).await.ok()?.ok()??;
        let Found::Output { path, media_type, output, .. } = found else { return None };
        let content_type = content_type(&path, media_type);
        let content = content(output, &content_type).ok()?;
        Some(Seen::new(200, content_type, content))
    }

    /// Finds what to show at an address of the site, which is decoded and without the base path.
    pub(super) async fn find(&self, state: &State, address: &str) -> Result<Seen> {
        let mut faults = Vec::new();
        if let Some(seen) = self.at(state, address, 200, &mut faults).await? {
            return Ok(Seen { faults, page: address.to_owned(), ..seen });
        }
        let not_found = if faults.is_empty() && state.newest.is_some() {
            self.at(state, NOT_FOUND, 404, &mut faults).await?
        } else {
            None
        };
        let page = if not_found.is_some() { NOT_FOUND } else { address };
        Ok(Seen { faults, page: page.to_owned(), ..not_found.unwrap_or_else(Seen::unavailable) })
    }

    /// The page at an address, if one can be shown. A page that cannot be made may have no faults of its own,
    /// if all templates are broken.
    async fn at(
        &self,
        state: &State,
        address: &str,
        status: u16,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Option<Seen>> {
        let mut is_faulty = false;
        for (desk, is_newest) in [(&state.newest, true), (&state.good, false)] {
            let Some(desk) = desk else { continue };
            let found = match desk.find(address).await {
                // The next edition will have all its texts, but an earlier one stays as it is.
                Err(Error::DamagedCache) if !is_newest => continue,
                found => self.alarmed(found)?,
            };
            match found {
                Found::Output { output: Output::Faulty(found), .. } => {
                    is_faulty = true;
                    // Those of an earlier edition may be mended by now.
                    faults.extend(found.into_iter().filter(|_| is_newest));
                }
                // It is gone because somebody wanted it to go, and not because of an error.
                Found::Output { of, .. } if !is_newest && !is_faulty && !state.misses(of.as_ref()) => {}
                Found::Output { path, media_type, output, .. } => {
                    let content_type = content_type(&path, media_type);
                    let content = content(output, &content_type)?;
                    self.keep(address, &content_type, &content);
                    return Ok(Some(Seen::new(status, content_type, content)));
                }
                Found::Folder => return Ok(Some(Seen::new(status, HTML.to_owned(), Content::Folder))),
                Found::Nothing => {}
            }
        }
        let kept = self.kept(address).filter(|_| is_faulty);
        let kept = kept.map(|(content_type, content)| Seen::new(status, content_type, content));
        Ok(kept.or_else(|| is_faulty.then(Seen::unavailable)))
    }

    fn alarmed(&self, found: Result<Found>) -> Result<Found> {
        if matches!(found, Err(Error::DamagedCache)) {
            drop(self.alarm.send(Signal::Damaged));
        }
        found
    }

    fn keep(&self, address: &str, content_type: &str, content: &Content) {
        if matches!(content, Content::Page(_) | Content::Bytes(_)) {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.retain(|kept| kept.address != address);
            let (address, content_type) = (address.to_owned(), content_type.to_owned());
            recent.push_back(Kept { address, content_type, content: content.clone() });
            if recent.len() > KEPT {
                recent.pop_front();
            }
        }
    }

    fn kept(&self, address: &str) -> Option<(String, Content)> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = recent.iter().find(|kept| kept.address == address)?;
        Some((kept.content_type.clone(), kept.content.clone()))
    }
}

impl Seen {
    fn new(status: u16, content_type: String, content: Content) -> Self {
        Self { status, content_type, content, page: String::new(), faults: Vec::new() }
    }

    fn unavailable() -> Self {
        Self::new(500, HTML.to_owned(), Content::Unavailable)
    }

    /// The faults in the form for the browser.
    pub(super) fn problems(&self, state: &State, root: &std::path::Path) -> Problems {
        state.problems.and(&Problems::new(self.faults.iter(), root))
    }

    /// The fingerprint of what is shown.
    pub(super) fn print(&self) -> Fingerprint {
        match &self.content {
            Content::Page(bytes) | Content::Bytes(bytes) => Fingerprint::of_bytes(bytes),
            Content::File(path, stamp, content) => file_print(path, *stamp, *content),
            Content::Folder | Content::Unavailable => Fingerprint::default(),
        }
    }
}

/// The fingerprint of a file: that of its bytes, if it is still the file that was read.
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
        // A page gets the script inserted, so its bytes are needed.
        Output::File { path, .. } if content_type == HTML => {
            let bytes = Arc::new(fs::read(&path)?);
            // What is only a piece of HTML may be there to be inserted into a page.
            if is_document(&bytes) { Content::Page(bytes) } else { Content::Bytes(bytes) }
        }
        Output::File { path, stamp, content } => Content::File(path, stamp, content),
        Output::Bytes(bytes) if content_type == HTML => Content::Page(Arc::new(bytes)),
        Output::Bytes(bytes) => Content::Bytes(Arc::new(bytes)),
        Output::Faulty(_) => Content::Unavailable,
    })
}
