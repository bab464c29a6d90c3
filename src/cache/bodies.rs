//! The store of parsed texts: one file that is appended to, so that texts pass through a build and do not
//! stay in memory.

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
    /// The fingerprint of the stored bytes, by which damage is noticed.
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
    /// The file; `None` if nothing must be written.
    heap: Option<Arc<Heap>>,
    /// Whether the file may be written.
    writes: bool,
    tail: Mutex<Tail>,
    generation: u64,
}

/// The bodies that are not in the file yet, or all of them if no file may be written.
#[derive(Debug, Default)]
struct Tail {
    /// The offset in the store at which it begins.
    start: u64,
    bytes: Vec<u8>,
}

/// How many bytes are gathered before they are written: a system call for each body would take a tenth of the
/// time of parsing.
const WAITS: usize = 256 << 10;

/// Room for what is stored with the HTML of a body.
const ROOM: usize = 1 << 10;

impl Bodies {
    /// Opens the store of a generation, of which the first `end` bytes are in use.
    pub(super) fn open(folder: &Path, generation: u64, end: u64) -> Result<Self> {
        let heap = Heap::open(&folder.join(file_name(generation)), end)?;
        let tail = Tail { start: end, bytes: Vec::new() };
        Ok(Self { heap: Some(Arc::new(heap)), writes: true, tail: Mutex::new(tail), generation })
    }

    /// A store in memory alone.
    pub fn in_memory() -> Self {
        Self { heap: None, writes: false, tail: Mutex::default(), generation: 0 }
    }

    /// The same store, sealed: it leaves the file alone and keeps new bodies in memory. So a server can go on
    /// reading while other builds use the cache.
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
        // Serialising into memory fails only for types that postcard does not support.
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

    /// Writes all that has been gathered.
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

    /// Reads a body back; `None` if the store is damaged.
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

/// Removes the store of a generation that is no longer used.
pub(super) fn remove(folder: &Path, generation: u64) -> Result<()> {
    fs::remove_file(&folder.join(file_name(generation)))
}
