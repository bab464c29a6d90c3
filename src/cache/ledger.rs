//! The collection of the last build of an output folder, an article at a time, for who needs only a few of them.
//!
//! It holds what `index` made of each document and nothing of what the archive of documents has already. Terms are few and come as a
//! whole; periods, pins and the like are left out, because no page of an article shows them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::records::{self, Chunk, Records};
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, PageEntry, Term};
use crate::model::signature::{BINS, Sketch};

/// A collection that is read one by one: a record for each article, then one for each standing page, then two tables.
#[derive(Debug)]
pub struct Ledger {
    records: Records<Head>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    articles: u32,
    pages: u32,
    terms: Arc<[Vec<Term>; 4]>,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An article.
    Article(ArticleId),
    /// A standing page, by its place in the collection.
    Page(u32),
    /// Neither, or it is not to be seen.
    Nowhere,
}

/// Articles that are encoded together.
const CHUNK: usize = 512;

/// The number, in the table of documents, of one that has no record.
const NOWHERE: u32 = u32::MAX;

impl Ledger {
    pub(super) fn open(path: PathBuf, print: Fingerprint) -> Option<Self> {
        let records = Records::<Head>::open(path).filter(|records| records.print == print)?;
        let Head { articles, pages, .. } = records.head;
        (records.len() == articles as usize + pages as usize + 2).then_some(Self { records })
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.records.head.articles as usize
    }

    /// All terms, in the order of their kinds.
    pub fn terms(&self) -> Arc<[Vec<Term>; 4]> {
        Arc::clone(&self.records.head.terms)
    }

    /// An article; `meta` gives what was parsed, by the place of the document.
    pub fn article(&self, id: ArticleId, meta: impl FnOnce(u32) -> Option<Arc<Meta>>) -> Option<Entry> {
        let (place, url, terms, links, related, policy, elsewhere, card_print) =
            self.records.get(id.index())?;
        Some(Entry { meta: meta(place)?, url, terms, links, related, policy, elsewhere, card_print })
    }

    /// A standing page by its place; `meta` as above.
    pub fn page(&self, place: u32, meta: impl FnOnce(u32) -> Option<Arc<Meta>>) -> Option<PageEntry> {
        let (document, url, links) = self.records.get(self.articles() + place as usize)?;
        Some(PageEntry { meta: meta(document)?, url, links })
    }

    /// The wordings of all articles.
    pub fn sketches(&self) -> Option<Vec<Sketch>> {
        let table = self.table(0)?;
        let (sketches, rest) = table.as_chunks::<BINS>();
        (sketches.len() == self.articles() && rest.is_empty())
            .then(|| sketches.iter().map(|sketch| Sketch(*sketch)).collect())
    }

    /// What became of each document.
    pub fn places(&self) -> Option<Vec<Place>> {
        let table = self.table(1)?;
        let articles = self.records.head.articles;
        let place = |number: &[u8; 4]| match u32::from_le_bytes(*number) {
            NOWHERE => Place::Nowhere,
            number if number < articles => Place::Article(ArticleId(number)),
            number => Place::Page(number - articles),
        };
        Some(table.as_chunks().0.iter().map(place).collect())
    }

    fn table(&self, number: usize) -> Option<Vec<u8>> {
        self.records.bytes(self.records.len() - 2 + number)
    }
}

/// Writes the ledger of a collection. `places` says where each article, and then each page, stands among the documents, of which
/// there are `documents`.
pub(super) fn save(
    path: &Path,
    collection: &Collection,
    places: &[u32],
    documents: usize,
) -> Result<Fingerprint> {
    let Collection { articles, pages, terms, .. } = collection;
    let (of_articles, of_pages) = places.split_at(articles.len());
    let entry = |(entry, place): (&Arc<Entry>, &u32)| {
        let Entry { meta: _, url, terms, links, related, policy, elsewhere, card_print } = &**entry;
        super::encoded(&(place, url, terms, links, related, policy, elsewhere, card_print))
    };
    let chunk = |(entries, places): (&[Arc<Entry>], &[u32])| Chunk::of(entries.iter().zip(places).map(entry));
    let mut chunks: Vec<Chunk> =
        articles.par_chunks(CHUNK).zip(of_articles.par_chunks(CHUNK)).map(chunk).collect();
    let page = |(page, place): (&Arc<PageEntry>, &u32)| super::encoded(&(place, &page.url, &page.links));
    chunks.push(Chunk::of(pages.iter().zip(of_pages).map(page)));
    let sketches: Vec<u8> = articles.iter().flat_map(|entry| entry.meta.signature.sketch.0).collect();
    chunks.push(Chunk::of([sketches, table(places, documents)]));
    let (articles, pages) = (articles.len() as u32, pages.len() as u32);
    records::save(path, Head { articles, pages, terms: Arc::clone(terms) }, &chunks)
}

/// For each document the number of its record.
fn table(places: &[u32], documents: usize) -> Vec<u8> {
    let mut numbers = vec![NOWHERE; documents];
    for (number, place) in places.iter().enumerate() {
        if let Some(slot) = numbers.get_mut(*place as usize) {
            *slot = number as u32;
        }
    }
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}
