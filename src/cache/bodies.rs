//! The store of parsed texts: one file that is appended to, so that texts pass through a build and never pile up in memory.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::{self, Heap};
use crate::model::article::Body;

/// Where a body lies in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyRef {
    offset: u64,
    length: u32,
    /// Of the stored bytes: a store that was damaged is noticed.
    print: Fingerprint,
}

impl BodyRef {
    /// How many bytes it takes up.
    pub fn length(self) -> u64 {
        self.length.into()
    }
}

/// The bodies of all documents of a site.
#[derive(Debug)]
pub struct Bodies {
    /// The file; none for a run that must write nothing.
    heap: Option<Arc<Heap>>,
    /// Whether the file may be written.
    writes: bool,
    tail: Mutex<Tail>,
    generation: u64,
}

/// What was put last and is in no file: all of it if none may be written.
#[derive(Debug, Default)]
struct Tail {
    /// Where in the store it begins.
    start: u64,
    bytes: Vec<u8>,
}

/// As much waits until it is written: a call of the system for each body would take a tenth of the time that parsing takes.
const WAITS: usize = 256 << 10;

/// Room for what a body has beside its HTML.
const ROOM: usize = 1 << 10;

impl Bodies {
    /// Opens the store of a generation, of which the first `end` bytes are in use.
    pub(super) fn open(folder: &Path, generation: u64, end: u64) -> Result<Self> {
        let heap = Heap::open(&folder.join(file_name(generation)), end)?;
        let tail = Tail { start: end, bytes: Vec::new() };
        Ok(Self { heap: Some(Arc::new(heap)), writes: true, tail: Mutex::new(tail), generation })
    }

    /// A store that is gone when the build is.
    pub fn in_memory() -> Self {
        Self { heap: None, writes: false, tail: Mutex::default(), generation: 0 }
    }

    /// The same store for who goes on reading when the cache is open to others again: it leaves the file alone and keeps what is put
    /// into it in memory.
    pub fn sealed(&self) -> Result<Self> {
        self.settle()?;
        let tail = Tail { start: self.end(), bytes: Vec::new() };
        Ok(Self {
            heap: self.heap.clone(),
            writes: false,
            tail: Mutex::new(tail),
            generation: self.generation,
        })
    }

    /// Stores a body.
    pub fn put(&self, body: &Body) -> Result<BodyRef> {
        // Serialising into memory only fails for types that postcard can't hold.
        let bytes = postcard::to_extend(body, Vec::with_capacity(body.html.len() + ROOM)).unwrap_or_default();
        let print = Fingerprint::of_bytes(&bytes);
        let mut tail = self.tail();
        let offset = tail.end();
        tail.bytes.extend_from_slice(&bytes);
        if tail.bytes.len() >= WAITS {
            self.write(&mut tail)?;
        }
        Ok(BodyRef { offset, length: bytes.len() as u32, print })
    }

    /// Writes what waits, so that the file has all that was put.
    pub(super) fn settle(&self) -> Result<()> {
        self.write(&mut self.tail())
    }

    fn write(&self, tail: &mut Tail) -> Result<()> {
        let Some(heap) = self.heap.as_ref().filter(|_| self.writes) else { return Ok(()) };
        heap.write_at(&tail.bytes, tail.start)?;
        tail.start = tail.end();
        tail.bytes.clear();
        Ok(())
    }

    /// Reads a body back; nothing if the store was damaged.
    pub fn get(&self, body: BodyRef) -> Option<Body> {
        let tail = self.tail();
        let bytes = if body.offset >= tail.start {
            tail.get(body)?
        } else {
            drop(tail);
            let mut bytes = vec![0; body.length as usize];
            self.heap.as_ref()?.read_at(&mut bytes, body.offset).ok()?;
            bytes
        };
        (Fingerprint::of_bytes(&bytes) == body.print).then(|| postcard::from_bytes(&bytes).ok()).flatten()
    }

    /// How many bytes are in use.
    pub(super) fn end(&self) -> u64 {
        self.tail().end()
    }

    /// Which file it is.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    fn tail(&self) -> MutexGuard<'_, Tail> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tail {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// The bytes of a body that begins in the tail.
    fn get(&self, body: BodyRef) -> Option<Vec<u8>> {
        let start = usize::try_from(body.offset - self.start).ok()?;
        let end = start.checked_add(body.length as usize)?;
        Some(self.bytes.get(start..end)?.to_vec())
    }
}

fn file_name(generation: u64) -> String {
    format!("bodies-{generation}")
}

/// Removes the store of a generation that nothing refers to any more.
pub(super) fn remove(folder: &Path, generation: u64) -> Result<()> {
    fs::remove_file(&folder.join(file_name(generation)))
}
