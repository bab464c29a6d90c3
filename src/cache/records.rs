//! A large file of many small records, any of which can be read without the others.
//!
//! It begins with a front: a head and the lengths of all records. Nothing here knows what the records mean.
//! Such a file is only written as a whole and never changed.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;

/// A file of records, of which only the front has been read.
#[derive(Debug)]
pub(super) struct Records<H> {
    path: PathBuf,
    /// The head of the file.
    pub(super) head: H,
    /// The fingerprint of the whole file.
    pub(super) print: Fingerprint,
    /// Where each record begins, and where the last one ends.
    starts: Vec<u64>,
}

/// The front of the file, which its length precedes.
#[derive(Serialize, Deserialize)]
struct Front<H> {
    head: H,
    print: Fingerprint,
    lengths: Vec<u32>,
}

/// How many bytes the length of the front takes.
const LENGTH: u64 = size_of::<u64>() as u64;

impl<H: DeserializeOwned> Records<H> {
    /// Reads the front of a file; `None` if it is missing or damaged.
    pub(super) fn open(path: PathBuf) -> Option<Self> {
        let length = fs::read_part(&path, 0, LENGTH).ok()?;
        let length = u64::from_le_bytes(length.try_into().ok()?);
        let front = fs::read_part(&path, LENGTH, length).ok()?;
        let Front { head, print, lengths } = postcard::from_bytes(&front).ok()?;
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        let mut start = LENGTH.checked_add(length)?;
        starts.push(start);
        for length in lengths {
            start += u64::from(length);
            starts.push(start);
        }
        Some(Self { path, head, print, starts })
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The bytes of one record.
    pub(super) fn bytes(&self, place: usize) -> Option<Vec<u8>> {
        self.bytes_of(place..place + 1)
    }

    /// The bytes of some records, one behind the other.
    pub(super) fn bytes_of(&self, places: Range<usize>) -> Option<Vec<u8>> {
        let (start, end) = (*self.starts.get(places.start)?, *self.starts.get(places.end)?);
        let bytes = fs::read_part(&self.path, start, end.checked_sub(start)?).ok()?;
        (bytes.len() as u64 == end - start).then_some(bytes)
    }

    /// How long a record is.
    pub(super) fn length(&self, place: usize) -> usize {
        self.starts.get(place..place + 2).map_or(0, |ends| (ends[1] - ends[0]) as usize)
    }

    /// One record.
    pub(super) fn get<T: DeserializeOwned>(&self, place: usize) -> Option<T> {
        postcard::from_bytes(&self.bytes(place)?).ok()
    }

    /// All records, read at once and decoded on all cores; `None` if one of them is damaged.
    pub(super) fn all<T: DeserializeOwned + Send>(&self) -> Option<Vec<T>> {
        let bytes = fs::read_if_exists(&self.path).ok()??;
        let record = |range: &[u64]| {
            let range = range[0] as usize..range[1] as usize;
            postcard::from_bytes(bytes.get(range)?).ok()
        };
        self.starts.par_windows(2).with_min_len(64).map(record).collect()
    }
}

/// A part of the records, encoded one behind the other.
#[derive(Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    lengths: Vec<u32>,
}

impl Chunk {
    pub(super) fn of(records: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut chunk = Self::default();
        for record in records {
            chunk.bytes.extend_from_slice(&record);
            chunk.lengths.push(record.len() as u32);
        }
        chunk
    }

    /// The fingerprint of all its bytes.
    pub(super) fn print(&self) -> Fingerprint {
        Fingerprint::of_bytes(&self.bytes)
    }
}

/// Writes a file of records and returns its fingerprint.
pub(super) fn save<H: Serialize>(path: &Path, head: H, chunks: &[Chunk]) -> Result<Fingerprint> {
    let prints: Vec<Fingerprint> = chunks.par_iter().map(Chunk::print).collect();
    let lengths: Vec<u32> = chunks.iter().flat_map(|chunk| chunk.lengths.iter().copied()).collect();
    let print = Fingerprint::of(&(&head, &lengths, prints));
    let front = super::encoded(&Front { head, print, lengths });
    let length = (front.len() as u64).to_le_bytes();
    let parts = [&length[..], &front].into_iter().chain(chunks.iter().map(|chunk| &chunk.bytes[..]));
    fs::write_parts_atomically(path, parts)?;
    Ok(print)
}
