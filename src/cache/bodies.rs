//! The store of parsed texts: one file that is appended to, so that texts pass through a build and never pile up in memory.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

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
    place: Place,
    end: AtomicU64,
    generation: u64,
}

#[derive(Debug)]
enum Place {
    Disk(Heap),
    /// For a run that must write nothing.
    Memory(Mutex<Vec<u8>>),
    /// A file of which so many bytes are read and none written any more, and what was put after them.
    Sealed(Heap, u64, Mutex<Vec<u8>>),
}

impl Bodies {
    /// Opens the store of a generation, of which the first `end` bytes are in use.
    pub(super) fn open(folder: &Path, generation: u64, end: u64) -> Result<Self> {
        let heap = Heap::open(&folder.join(file_name(generation)), end)?;
        Ok(Self { place: Place::Disk(heap), end: AtomicU64::new(end), generation })
    }

    /// A store that is gone when the build is.
    pub fn in_memory() -> Self {
        Self { place: Place::Memory(Mutex::default()), end: AtomicU64::new(0), generation: 0 }
    }

    /// The same store, which from now on leaves its file alone and keeps what is put into it in memory: for who goes on reading
    /// when the cache is open to others again.
    #[must_use]
    pub fn sealed(self) -> Self {
        let end = self.end();
        let place = match self.place {
            Place::Disk(heap) => Place::Sealed(heap, end, Mutex::default()),
            place => place,
        };
        Self { place, ..self }
    }

    /// Stores a body.
    pub fn put(&self, body: &Body) -> Result<BodyRef> {
        let bytes = super::encoded(body);
        let offset = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        match &self.place {
            Place::Disk(heap) => heap.write_at(&bytes, offset)?,
            Place::Memory(memory) => keep(memory, &bytes, offset),
            Place::Sealed(_, end, memory) => keep(memory, &bytes, offset - end),
        }
        Ok(BodyRef { offset, length: bytes.len() as u32, print: Fingerprint::of_bytes(&bytes) })
    }

    /// Reads a body back; nothing if the store was damaged.
    pub fn get(&self, body: BodyRef) -> Option<Body> {
        let bytes = match &self.place {
            Place::Memory(memory) => kept(memory, body.offset, body.length)?,
            Place::Sealed(_, end, memory) if body.offset >= *end => {
                kept(memory, body.offset - end, body.length)?
            }
            Place::Disk(heap) | Place::Sealed(heap, ..) => {
                let mut bytes = vec![0; body.length as usize];
                heap.read_at(&mut bytes, body.offset).ok()?;
                bytes
            }
        };
        (Fingerprint::of_bytes(&bytes) == body.print).then(|| postcard::from_bytes(&bytes).ok()).flatten()
    }

    /// How many bytes are in use.
    pub(super) fn end(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }

    /// Which file it is.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }
}

fn keep(memory: &Mutex<Vec<u8>>, bytes: &[u8], offset: u64) {
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    let end = offset as usize + bytes.len();
    if memory.len() < end {
        memory.resize(end, 0);
    }
    memory[offset as usize..end].copy_from_slice(bytes);
}

fn kept(memory: &Mutex<Vec<u8>>, offset: u64, length: u32) -> Option<Vec<u8>> {
    let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    let start = offset as usize;
    Some(memory.get(start..start + length as usize)?.to_vec())
}

fn file_name(generation: u64) -> String {
    format!("bodies-{generation}")
}

/// Removes the store of a generation that nothing refers to any more.
pub(super) fn remove(folder: &Path, generation: u64) -> Result<()> {
    fs::remove_file(&folder.join(file_name(generation)))
}
