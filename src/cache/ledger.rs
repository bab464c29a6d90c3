//! The collection of the last build of an output folder. A build that needs only a few articles reads only
//! these.
//!
//! It holds what `index` made of each document, without what the archive of documents already has. Terms are
//! few and are read as a whole. So is the outline of all articles, by a build that adds or revises one.
//! Periods and the like are left out, because they follow from the outline.
//!
//! Articles that are new or revised later are **entered**: they and everything that they change go into
//! errata beside the file. Stored data refers to an article by its number, which stays the same; readers get
//! its place on the timeline instead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::records::{self, Chunk, Records};
use crate::base::date::Moment;
use crate::base::error::Result;
use crate::base::fingerprint::Fingerprint;
use crate::model::article::Meta;
use crate::model::collection::{ArticleId, Collection, Entry, Extent, Href, PageEntry, Term, TermId};
use crate::model::order::Order;
use crate::model::outline::{Line, Outline};
use crate::model::profile::ByKind;
use crate::model::signature::{BINS, Occurrence, Signature, Sketch};

/// A file with a record for each article, then one for each standing page, then the tables, then the outline,
/// and last the table of the articles listed below each article.
#[derive(Debug)]
pub struct Ledger {
    records: Records<Head>,
    errata: Errata,
    order: Order,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    articles: u32,
    pages: u32,
    documents: u32,
    terms: Arc<ByKind<Vec<Term>>>,
    pins: Vec<(ArticleId, Option<Moment>)>,
    unlisted: Arc<Vec<String>>,
}

/// What has been entered since the file was written.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Errata {
    /// The places of the later articles, by number.
    later: Vec<u32>,
    /// The numbers of the documents that these were made from.
    documents: Vec<u32>,
    /// The later articles, and the changed ones of the file, by number.
    articles: BTreeMap<u32, Record>,
    /// The numbers of those articles of the file whose texts have other terms now.
    retold: BTreeSet<u32>,
    /// The fingerprints of everything that documents ask for since then and did not ask for before.
    asked: Vec<Fingerprint>,
}

/// What is to be entered into a ledger.
#[derive(Debug)]
pub struct Entries<'a> {
    /// The places of the new articles.
    pub order: &'a Order,
    /// The numbers of their documents.
    pub documents: Vec<u32>,
    /// The new articles, and all others that have changed.
    pub articles: BTreeMap<ArticleId, Arc<Entry>>,
    /// The revised articles whose texts have other terms than before.
    pub retold: BTreeSet<ArticleId>,
    /// The fingerprints of everything that documents ask for now and no document has asked for before.
    pub asked: Vec<Fingerprint>,
}

/// An article without what was parsed: that is in the document with the number `document`.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    document: u32,
    terms: ByKind<Vec<TermId>>,
    links: Vec<Href>,
    related: Vec<ArticleId>,
    elsewhere: Vec<ArticleId>,
    line: Line,
}

/// What a ledger is made from.
#[derive(Debug)]
pub struct Contents<'a> {
    /// The collection.
    pub collection: &'a Collection,
    /// The place among the documents of each article, and then of each standing page.
    pub places: &'a [u32],
    /// The number of documents.
    pub documents: usize,
    /// The terms of the texts of all articles, sorted.
    pub occurrences: &'a [Occurrence],
    /// The fingerprints of everything that documents ask for, sorted.
    pub asked: &'a [Fingerprint],
}

/// What the build made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An article.
    Article(ArticleId),
    /// A standing page, by its place in the collection.
    Page(u32),
    /// Neither, or it is not published.
    Nowhere,
}

/// How many articles are encoded together.
const CHUNK: usize = 512;

/// Spare room for the terms of added articles, so that the table need not be copied for them.
const ROOM: usize = 4_096;

/// In the table of documents: a document without a record. In the table of articles listed below others: the
/// end of a row.
const NOWHERE: u32 = u32::MAX;

/// The number of tables: sketches, documents, terms of texts, what documents ask for.
const TABLES: usize = 4;

impl Ledger {
    /// Opens the ledger with a fingerprint, and what was entered into it.
    pub(super) fn open(path: PathBuf, print: Fingerprint, errata: &[u8]) -> Option<Self> {
        let records = Records::<Head>::open(path).filter(|records| records.print == print)?;
        let Head { articles, pages, .. } = records.head;
        let (articles, pages) = (articles as usize, pages as usize);
        let errata: Errata = match errata {
            [] => Errata::default(),
            errata => postcard::from_bytes(errata).ok()?,
        };
        let order = Order::new(articles, &errata.later)?;
        let is_whole = records.len() == articles + pages + TABLES + articles.div_ceil(CHUNK) + 1
            && errata.later.len() == errata.documents.len()
            && (articles..order.len()).all(|number| errata.articles.contains_key(&(number as u32)));
        is_whole.then_some(Self { records, errata, order })
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.order.len()
    }

    /// The order of the articles on the timeline. A number means the same article as long as the file is the
    /// same.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// How much of everything there is. Articles that were entered have brought no new terms.
    pub fn extent(&self) -> Extent {
        Extent::of(self.articles(), &self.records.head.terms, &self.records.head.unlisted)
    }

    /// All terms, by kind.
    pub fn terms(&self) -> Arc<ByKind<Vec<Term>>> {
        if self.errata.later.is_empty() {
            return Arc::clone(&self.records.head.terms);
        }
        let mut terms = (*self.records.head.terms).clone();
        for id in terms.iter_mut().flatten().flat_map(|term| &mut term.articles) {
            *id = self.id(*id);
        }
        for (number, record) in self.errata.articles.range(self.records.head.articles..) {
            for (terms, own) in terms.iter_mut().zip(&record.terms) {
                for term in own {
                    let term = terms.get_mut(term.index());
                    term.into_iter()
                        .for_each(|term| term.enter(self.id(ArticleId(*number)), record.line.date));
                }
            }
        }
        Arc::new(terms)
    }

    /// The articles that are pinned to the front page.
    pub fn pins(&self) -> Vec<(ArticleId, Option<Moment>)> {
        self.records.head.pins.iter().map(|(id, until)| (self.id(*id), *until)).collect()
    }

    /// How many standing pages there are.
    pub fn pages(&self) -> usize {
        self.records.head.pages as usize
    }

    /// The article at a place. `meta` gives what was parsed, by the number of the document.
    pub fn article(&self, id: ArticleId, meta: impl FnOnce(u32) -> Option<Arc<Meta>>) -> Option<Entry> {
        let Record { document, line, terms, links, related, elsewhere } =
            self.record(self.order.number(id.0))?;
        let ids = |numbers: Vec<ArticleId>| numbers.into_iter().map(|number| self.id(number)).collect();
        let (related, elsewhere) = (ids(related), ids(elsewhere));
        Some(Entry { meta: meta(document)?, line, terms, links, related, elsewhere })
    }

    fn record(&self, number: u32) -> Option<Record> {
        let entered = self.errata.articles.get(&number).cloned();
        entered.or_else(|| self.records.get(number as usize).filter(|_| number < self.records.head.articles))
    }

    fn id(&self, number: ArticleId) -> ArticleId {
        ArticleId(self.order.place(number.0))
    }

    /// The standing page at a place; `meta` as for an article.
    pub fn page(&self, place: u32, meta: impl FnOnce(u32) -> Option<Arc<Meta>>) -> Option<PageEntry> {
        let (document, url, links) = self.records.get(self.first_page() + place as usize)?;
        Some(PageEntry { meta: meta(document)?, url, links })
    }

    /// The sketches of the articles in the file, by number.
    pub fn sketches(&self) -> Option<Vec<Sketch>> {
        let table = self.records.one(self.first_table())?;
        let (sketches, rest) = table.as_chunks::<BINS>();
        (sketches.len() == self.records.head.articles as usize && rest.is_empty())
            .then(|| sketches.iter().map(|sketch| Sketch(*sketch)).collect())
    }

    /// What the build made of each document, by the document's number.
    pub fn places(&self) -> Option<Vec<Place>> {
        let table = self.records.one(self.first_table() + 1)?;
        let Head { articles, documents, .. } = self.records.head;
        let place = |number: &[u8; 4]| match u32::from_le_bytes(*number) {
            NOWHERE => Place::Nowhere,
            number if number < articles => Place::Article(self.id(ArticleId(number))),
            number => Place::Page(number - articles),
        };
        let mut places: Vec<Place> = table.as_chunks().0.iter().map(place).collect();
        for (document, id) in self.errata.documents.iter().zip(&self.errata.later) {
            // Builds into other output folders may have added documents in between, which have no article
            // here.
            places.resize(places.len().max(*document as usize + 1), Place::Nowhere);
            places[*document as usize] = Place::Article(ArticleId(*id));
        }
        (table.len() == documents as usize * 4).then_some(places)
    }

    /// The outlines of all articles, and the fingerprints of everything that documents ask for. `signature`
    /// gives the signature of an entered article's text, by the number of the document.
    pub fn outline(
        &self,
        mut signature: impl FnMut(u32) -> Option<Signature>,
    ) -> Option<(Outline, Vec<Fingerprint>)> {
        let parts = self.records.bytes(self.first_table()..self.last_table())?;
        let (tables, lines) = parts.split_at_checked(TABLES)?;
        let sketches = tables[0].as_chunks().0.iter().map(|sketch| Sketch(*sketch)).collect();
        let known = tables[2].as_chunks().0;
        let mut occurrences = Vec::with_capacity(known.len() + ROOM);
        occurrences.extend(known.iter().map(|one| Occurrence(u64::from_le_bytes(*one))));
        let mut asked: Vec<Fingerprint> = postcard::from_bytes(&tables[3]).ok()?;
        if !self.errata.asked.is_empty() {
            asked.extend(&self.errata.asked);
            asked.sort();
        }
        let lines = lines.par_iter().map(|lines| postcard::from_bytes::<Vec<Line>>(lines).ok());
        let chunks = lines.collect::<Option<Vec<Vec<Line>>>>()?;
        // A vector that grows would be moved again and again.
        let mut lines = Vec::with_capacity(self.articles());
        chunks.into_iter().for_each(|mut chunk| lines.append(&mut chunk));
        let mut outline = Outline { lines, sketches, occurrences };
        for (number, record) in self.errata.articles.range(..self.records.head.articles) {
            *outline.lines.get_mut(*number as usize)? = record.line.clone();
        }
        let retold = self.errata.retold.iter().map(|number| {
            let document = self.errata.articles.get(number)?.document;
            Some((ArticleId(*number), signature(document)?))
        });
        let outline = outline.retold(&retold.collect::<Option<_>>()?);
        let signatures: Option<Vec<Signature>> =
            self.errata.documents.iter().copied().map(signature).collect();
        let later = self.errata.articles.range(self.records.head.articles..);
        let entered = later.map(|(_, record)| record.line.clone()).zip(signatures?).collect();
        Some((outline.with(&self.order, entered), asked))
    }

    /// The articles below which one of `ids` is listed, in no particular order.
    pub fn above(&self, ids: &[ArticleId]) -> Option<Vec<ArticleId>> {
        let numbers: Vec<u32> = ids.iter().map(|id| self.order.number(id.0)).collect();
        let bytes = self.records.one(self.last_table())?;
        let (mut row, mut found) = (0, Vec::new());
        for number in bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)) {
            if number == NOWHERE {
                row += 1;
            } else if numbers.contains(&number) && !self.errata.articles.contains_key(&row) {
                found.push(row);
            }
        }
        let is_one = |id: &ArticleId| numbers.contains(&id.0);
        let entered = self.errata.articles.iter();
        let entered =
            entered.filter(|(_, record)| record.related.iter().chain(&record.elsewhere).any(is_one));
        found.extend(entered.map(|(number, _)| *number));
        (row == self.records.head.articles)
            .then(|| found.into_iter().map(|row| self.id(ArticleId(row))).collect())
    }

    /// Enters new and revised articles, and what they have changed.
    #[must_use]
    pub fn enter(mut self, entries: Entries<'_>) -> Option<Self> {
        let Entries { order, documents, articles, retold, asked } = entries;
        let after = self.order.with(order.later())?;
        self.errata.documents.extend(documents);
        self.errata.asked.extend(asked);
        self.errata.later = after.later().to_vec();
        let retold = retold.iter().map(|id| after.number(id.0));
        self.errata.retold.extend(retold.filter(|number| *number < self.records.head.articles));
        for (id, entry) in &articles {
            let number = after.number(id.0);
            let document = match number.checked_sub(self.records.head.articles) {
                Some(later) => *self.errata.documents.get(later as usize)?,
                None => self.record(number)?.document,
            };
            self.errata.articles.insert(number, record(entry, document, |id| ArticleId(after.number(id.0))));
        }
        Some(Self { order: after, ..self })
    }

    pub(super) fn errata(&self) -> Vec<u8> {
        super::encoded(&self.errata)
    }

    fn first_page(&self) -> usize {
        self.records.head.articles as usize
    }

    fn first_table(&self) -> usize {
        self.first_page() + self.records.head.pages as usize
    }

    fn last_table(&self) -> usize {
        self.records.len() - 1
    }
}

fn record(entry: &Entry, document: u32, number: impl Fn(ArticleId) -> ArticleId) -> Record {
    let numbers = |ids: &[ArticleId]| ids.iter().map(|id| number(*id)).collect();
    Record {
        document,
        line: entry.line.clone(),
        terms: entry.terms.clone(),
        links: entry.links.clone(),
        related: numbers(&entry.related),
        elsewhere: numbers(&entry.elsewhere),
    }
}

/// Writes the ledger of a collection.
pub(super) fn save(path: &Path, contents: &Contents<'_>) -> Result<Fingerprint> {
    let Contents { collection, places, documents, occurrences, asked } = *contents;
    let Collection { articles, pages, terms, pins, unlisted, .. } = collection;
    let (of_articles, of_pages) = places.split_at(articles.len());
    let entry = |(entry, place): (&Arc<Entry>, &u32)| super::encoded(&record(entry, *place, |number| number));
    let chunk = |(entries, places): (&[Arc<Entry>], &[u32])| Chunk::of(entries.iter().zip(places).map(entry));
    let mut chunks: Vec<Chunk> =
        articles.par_chunks(CHUNK).zip(of_articles.par_chunks(CHUNK)).map(chunk).collect();
    let page = |(page, place): (&Arc<PageEntry>, &u32)| super::encoded(&(place, &page.url, &page.links));
    chunks.push(Chunk::of(pages.iter().zip(of_pages).map(page)));
    let sketches: Vec<u8> = articles.iter().flat_map(|entry| entry.meta.signature.sketch.0).collect();
    let occurrences = occurrences.iter().flat_map(|one| one.0.to_le_bytes()).collect();
    let lines = articles.par_chunks(CHUNK);
    let lines: Vec<Vec<u8>> = lines
        .map(|entries| super::encoded(&entries.iter().map(|entry| &entry.line).collect::<Vec<_>>()))
        .collect();
    let tables = [sketches, table(places, documents), occurrences, super::encoded(&asked)];
    chunks.push(Chunk::of(tables.into_iter().chain(lines).chain([below(articles)])));
    let head = Head {
        articles: articles.len() as u32,
        pages: pages.len() as u32,
        documents: documents as u32,
        terms: Arc::clone(terms),
        pins: pins.to_vec(),
        unlisted: Arc::clone(unlisted),
    };
    records::save(path, head, &chunks)
}

/// A row for each article with the numbers of the articles listed below it.
fn below(articles: &[Arc<Entry>]) -> Vec<u8> {
    let row = |entry: &Arc<Entry>| {
        let ids = entry.related.iter().chain(&entry.elsewhere).map(|id| id.0).collect::<Vec<u32>>();
        ids.into_iter().chain([NOWHERE]).flat_map(u32::to_le_bytes)
    };
    articles.iter().flat_map(row).collect()
}

/// The number of the record of each document.
fn table(places: &[u32], documents: usize) -> Vec<u8> {
    let mut numbers = vec![NOWHERE; documents];
    for (number, place) in places.iter().enumerate() {
        if let Some(slot) = numbers.get_mut(*place as usize) {
            *slot = number as u32;
        }
    }
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}
