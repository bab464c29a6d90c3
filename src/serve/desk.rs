//! A few threads that make the pages of one edition, for as long as somebody may ask for them.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use crate::base::error::{Error, Result};
use crate::build::{Edition, Found, OpenEdition};

/// A handle to the threads of one edition. When its last clone is dropped, the threads end and the edition is
/// freed.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    questions: Sender<Question>,
}

struct Question {
    address: String,
    answer: oneshot::Sender<Result<Found>>,
}

impl Desk {
    /// Opens a desk with several clerks, so that a page that takes long does not keep others waiting.
    pub(super) fn open(edition: Edition) -> Self {
        let (questions, queue) = mpsc::channel();
        let clerks = thread::available_parallelism().map_or(2, |cores| cores.get() + 1);
        thread::spawn(move || {
            let queue = Mutex::new(queue);
            edition.open(|edition| {
                thread::scope(|scope| {
                    (0..clerks).for_each(|_| drop(scope.spawn(|| serve(&queue, edition))));
                });
            });
        });
        Self { questions }
    }

    /// Finds what is at an address of the site.
    pub(super) async fn find(&self, address: &str) -> Result<Found> {
        self.ask(address)?.await.map_err(|_| gone(address))?
    }

    /// The same for a thread of its own, which waits for the answer.
    pub(super) fn find_now(&self, address: &str) -> Result<Found> {
        self.ask(address)?.blocking_recv().map_err(|_| gone(address))?
    }

    fn ask(&self, address: &str) -> Result<oneshot::Receiver<Result<Found>>> {
        let (answer, answered) = oneshot::channel();
        let question = Question { address: address.to_owned(), answer };
        self.questions.send(question).map_err(|_| gone(address))?;
        Ok(answered)
    }
}

fn gone(address: &str) -> Error {
    Error::refused(format!("`{address}` could not be made"))
}

fn serve(queue: &Mutex<Receiver<Question>>, edition: &OpenEdition<'_>) {
    loop {
        // The lock is held while waiting: one clerk waits for a question, the others for the lock.
        let question = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Question { address, answer }) = question else { return };
        // The client may have gone.
        drop(answer.send(edition.find(&address)));
    }
}
