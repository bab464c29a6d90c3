//! A large file of many small records, any of which can be read without the others.
//!
//! It begins with a front: a head and the lengths of all records. The front and each record are sealed. Nothing
//! here knows what the records mean. Such a file is only written as a whole and never changed.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::seal::{CHECK, check, sealed, unsealed};
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
        let Front { head, print, lengths } = super::decoded(&front)?;
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

    /// The bytes of some records; `None` if one of them is missing or damaged.
    pub(super) fn bytes(&self, places: Range<usize>) -> Option<Vec<Vec<u8>>> {
        let starts = self.starts.get(places.start..=places.end)?;
        let (start, end) = (*starts.first()?, *starts.last()?);
        let bytes = fs::read_part(&self.path, start, end.checked_sub(start)?).ok()?;
        let record = |ends: &[u64]| {
            let range = (ends[0] - start) as usize..(ends[1] - start) as usize;
            unsealed(bytes.get(range)?).map(<[u8]>::to_vec)
        };
        starts.windows(2).map(record).collect()
    }

    /// The bytes of one record.
    pub(super) fn one(&self, place: usize) -> Option<Vec<u8>> {
        self.bytes(place..place + 1)?.pop()
    }

    /// One record.
    pub(super) fn get<T: DeserializeOwned>(&self, place: usize) -> Option<T> {
        postcard::from_bytes(&self.one(place)?).ok()
    }

    /// All records, read at once and decoded on all cores; `None` if one of them is damaged.
    pub(super) fn all<T: DeserializeOwned + Send>(&self) -> Option<Vec<T>> {
        let bytes = fs::read_if_exists(&self.path).ok()??;
        let record = |range: &[u64]| {
            let range = range[0] as usize..range[1] as usize;
            super::decoded(bytes.get(range)?)
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
            chunk.bytes.extend_from_slice(&check(&record));
            chunk.lengths.push((record.len() + CHECK) as u32);
        }
        chunk
    }

    /// The fingerprint of all its bytes.
    fn print(&self) -> Fingerprint {
        Fingerprint::of_bytes(&self.bytes)
    }
}

/// Writes a file of records and returns its fingerprint.
pub(super) fn save<H: Serialize>(path: &Path, head: H, chunks: &[Chunk]) -> Result<Fingerprint> {
    let prints: Vec<Fingerprint> = chunks.par_iter().map(Chunk::print).collect();
    let lengths: Vec<u32> = chunks.iter().flat_map(|chunk| chunk.lengths.iter().copied()).collect();
    let print = Fingerprint::of(&(&head, &lengths, prints));
    let front = sealed(super::encoded(&Front { head, print, lengths }));
    let length = (front.len() as u64).to_le_bytes();
    let parts = [&length[..], &front].into_iter().chain(chunks.iter().map(|chunk| &chunk.bytes[..]));
    fs::write_parts_atomically(path, parts)?;
    Ok(print)
}
