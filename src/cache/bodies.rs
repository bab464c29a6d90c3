//! The store of parsed texts: one file that is appended to, so that texts pass through a build and never pile up in memory.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

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

    /// Stores a body.
    pub fn put(&self, body: &Body) -> Result<BodyRef> {
        let bytes = super::encoded(body);
        let offset = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        match &self.place {
            Place::Disk(heap) => heap.write_at(&bytes, offset)?,
            Place::Memory(memory) => {
                let mut memory = memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let end = offset as usize + bytes.len();
                if memory.len() < end {
                    memory.resize(end, 0);
                }
                memory[offset as usize..end].copy_from_slice(&bytes);
            }
        }
        Ok(BodyRef { offset, length: bytes.len() as u32, print: Fingerprint::of_bytes(&bytes) })
    }

    /// Reads a body back; nothing if the store was damaged.
    pub fn get(&self, body: BodyRef) -> Option<Body> {
        let bytes = match &self.place {
            Place::Disk(heap) => {
                let mut bytes = vec![0; body.length as usize];
                heap.read_at(&mut bytes, body.offset).ok()?;
                bytes
            }
            Place::Memory(memory) => {
                let memory = memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let start = body.offset as usize;
                memory.get(start..start + body.length as usize)?.to_vec()
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

fn file_name(generation: u64) -> String {
    format!("bodies-{generation}")
}

/// Removes the store of a generation that nothing refers to any more.
pub(super) fn remove(folder: &Path, generation: u64) -> Result<()> {
    fs::remove_file(&folder.join(file_name(generation)))
}
