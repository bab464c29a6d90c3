//! A sequence whose items keep their numbers when others are inserted.
//!
//! If the number of an item were its place, each insertion would renumber all items behind it. Here the first
//! items are numbered by their places and keep these numbers; an item inserted later gets the next free
//! number, wherever its place is.

/// Maps numbers to places and back. The first items stand in the order of their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// The number of first items.
    first: u32,
    /// The places of the later items, by their numbers from `first` on.
    later: Vec<u32>,
    /// The later items as pairs of place and number, sorted by place.
    by_place: Vec<(u32, u32)>,
    /// The number of first items before each of these.
    before: Vec<u32>,
}

impl Order {
    /// The order of `first` items and of `later` ones, whose places count when all are in. `None` if these
    /// places are impossible.
    pub fn new(first: usize, later: &[u32]) -> Option<Self> {
        let mut by_place: Vec<(u32, u32)> = later.iter().copied().zip(first as u32..).collect();
        by_place.sort_unstable();
        let are_apart = by_place.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let are_within = by_place.last().is_none_or(|(last, _)| (*last as usize) < first + later.len());
        let before = by_place.iter().zip(0..).map(|((place, _), rank)| place.saturating_sub(rank)).collect();
        (are_apart && are_within).then(|| Self {
            first: first as u32,
            later: later.to_vec(),
            by_place,
            before,
        })
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.first as usize + self.later.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the item at a place.
    pub fn number(&self, place: u32) -> u32 {
        let later = self.by_place.partition_point(|(other, _)| *other < place);
        match self.by_place.get(later) {
            Some((other, number)) if *other == place => *number,
            _ => place - later as u32,
        }
    }

    /// The place of the item with a number.
    pub fn place(&self, number: u32) -> u32 {
        if let Some(later) = number.checked_sub(self.first) {
            return self.later.get(later as usize).copied().unwrap_or(number);
        }
        number + self.before.partition_point(|before| *before <= number) as u32
    }

    /// The first place of a later item.
    pub fn first_later(&self) -> Option<u32> {
        self.by_place.first().map(|(place, _)| *place)
    }

    /// Whether the item at a place is a later one.
    pub fn is_later(&self, place: u32) -> bool {
        self.number(place) >= self.first
    }

    /// The places of the later items, by their numbers.
    pub fn later(&self) -> &[u32] {
        &self.later
    }

    /// Inserts more items. `places` are those that they have when all of them are in.
    #[must_use]
    pub fn with(&self, places: &[u32]) -> Option<Self> {
        let own = Self::new(self.len(), places)?;
        let later = self.later.iter().map(|place| own.place(*place)).chain(places.iter().copied());
        Self::new(self.first as usize, &later.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserted_numbers_get_places_between_the_others() {
        let check = |order: &Order, expected: &[u32]| {
            let numbers: Vec<u32> = (0..order.len() as u32).map(|place| order.number(place)).collect();
            assert_eq!(numbers, expected);
            assert!((0..order.len() as u32).all(|place| order.place(order.number(place)) == place));
        };
        let order = Order::new(3, &[]).unwrap();
        check(&order, &[0, 1, 2]);
        let order = order.with(&[2, 1]).unwrap();
        check(&order, &[0, 4, 3, 1, 2]);
        let order = order.with(&[0]).unwrap();
        check(&order, &[5, 0, 4, 3, 1, 2]);
        let order = order.with(&[6, 7]).unwrap();
        check(&order, &[5, 0, 4, 3, 1, 2, 6, 7]);
        assert!(Order::new(3, &[1, 1]).is_none() && Order::new(3, &[4]).is_none());
    }
}
