//! Values that are made once for many readers, on any number of threads, within bounds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A memo of values by small numbers. When it is full it forgets everything, so that its memory is bounded however many
/// numbers there are; what was handed out lives on with its readers.
#[derive(Debug)]
pub struct Memo<T> {
    slots: Vec<Mutex<Option<T>>>,
    known: AtomicUsize,
    most: usize,
}

impl<T: Clone> Memo<T> {
    /// A memo for the numbers below `count` that holds at most about `most` values.
    pub fn new(count: usize, most: usize) -> Self {
        Self { slots: (0..count).map(|_| Mutex::default()).collect(), known: AtomicUsize::new(0), most }
    }

    /// The value of a number, made if it isn't known. One that is out of range is made each time.
    pub fn get(&self, number: usize, make: impl FnOnce() -> T) -> T {
        let Some(slot) = self.slots.get(number) else { return make() };
        if let Some(value) = held(slot).as_ref() {
            return value.clone();
        }
        // Two threads may make the same value at once. They make equal ones, so that nobody has to wait.
        let value = make();
        if self.known.fetch_add(1, Ordering::Relaxed) >= self.most {
            self.known.store(0, Ordering::Relaxed);
            self.slots.iter().for_each(|slot| drop(held(slot).take()));
        }
        *held(slot) = Some(value.clone());
        value
    }
}

fn held<T>(slot: &Mutex<Option<T>>) -> MutexGuard<'_, Option<T>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_once_until_the_memo_is_full() {
        let memo = Memo::new(4, 3);
        let made = AtomicUsize::new(0);
        let get = |number: usize| {
            let value = memo.get(number, || {
                made.fetch_add(1, Ordering::Relaxed);
                number * 10
            });
            assert_eq!(value, number * 10);
            made.load(Ordering::Relaxed)
        };
        assert_eq!([get(0), get(0), get(1), get(2), get(2)], [1, 1, 2, 3, 3]);
        // The fourth is one too many: all are forgotten.
        assert_eq!([get(3), get(3), get(0)], [4, 4, 5]);
        // Nothing is known of numbers out of range.
        assert_eq!([get(9), get(9)], [6, 7]);
    }
}
