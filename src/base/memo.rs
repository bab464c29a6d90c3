//! Values that are made once for many readers, on any number of threads, within bounds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A memo of values by small numbers. Its memory is bounded however many numbers there are: when it is full,
/// a value goes that has not been asked for since it was last passed over (the second-chance or clock
/// algorithm, Corbató 1968). What was handed out lives on with its readers.
#[derive(Debug)]
pub struct Memo<T> {
    slots: Vec<Mutex<Option<Held<T>>>>,
    known: AtomicUsize,
    most: usize,
    /// Where the next value to go is looked for.
    hand: AtomicUsize,
}

#[derive(Debug)]
struct Held<T> {
    value: T,
    /// Whether it has been asked for since the hand came by.
    is_wanted: bool,
}

impl<T: Clone> Memo<T> {
    /// A memo for the numbers below `count` that holds at most about `most` values.
    pub fn new(count: usize, most: usize) -> Self {
        Self {
            slots: (0..count).map(|_| Mutex::default()).collect(),
            known: AtomicUsize::new(0),
            most,
            hand: AtomicUsize::new(0),
        }
    }

    /// The value of a number, made if it is not there. For a number out of range it is made each time.
    pub fn get(&self, number: usize, make: impl FnOnce() -> T) -> T {
        let Some(slot) = self.slots.get(number) else { return make() };
        if let Some(held) = locked(slot).as_mut() {
            held.is_wanted = true;
            return held.value.clone();
        }
        // Two threads may make the same value at once. They make equal ones, so that nobody has to wait.
        let value = make();
        let held = Held { value: value.clone(), is_wanted: false };
        if locked(slot).replace(held).is_none() && self.known.fetch_add(1, Ordering::Relaxed) >= self.most {
            self.make_room();
        }
        value
    }

    /// Forgets one value. Every slot is passed twice at most: the first time it may only lose its second
    /// chance.
    fn make_room(&self) {
        for _ in 0..2 * self.slots.len() {
            let place = self.hand.fetch_add(1, Ordering::Relaxed) % self.slots.len();
            let mut slot = locked(&self.slots[place]);
            match slot.as_mut() {
                Some(held) if held.is_wanted => held.is_wanted = false,
                Some(_) => {
                    let forgotten = slot.take();
                    drop(slot);
                    drop(forgotten);
                    self.known.fetch_sub(1, Ordering::Relaxed);
                    return;
                }
                None => {}
            }
        }
    }
}

fn locked<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_once_and_unused_ones_are_evicted_first() {
        let memo = Memo::new(5, 3);
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
        // The fourth is one too many. 0 was asked for again, 1 was not.
        assert_eq!([get(3), get(0), get(2), get(3), get(1)], [4, 4, 4, 4, 5]);
        // Nothing is known of numbers out of range.
        assert_eq!([get(9), get(9)], [6, 7]);
    }

    #[test]
    fn it_never_exceeds_its_capacity() {
        let memo = Memo::new(1_000, 10);
        for round in 0..3 {
            for number in 0..1_000 {
                assert_eq!(memo.get(number, || number), number);
                assert_eq!(memo.get(number / 2, || number / 2), number / 2, "{round}");
                let held = memo.slots.iter().filter(|slot| locked(slot).is_some()).count();
                assert!(held <= 10, "{held}");
            }
        }
    }
}
