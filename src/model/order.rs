//! An order into which some things were put later.
//!
//! Whoever has numbered things by their places would have to number them all again for each one that comes between them. Here those
//! that were there first keep their numbers, and one that comes later gets the next number, wherever its place is.

/// Which number is at which place. Those that were there first are in the order of their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// How many were there first.
    first: u32,
    /// The places of those that came later, by their numbers from `first` on.
    later: Vec<u32>,
    /// The same by place: place and number.
    by_place: Vec<(u32, u32)>,
    /// How many of the first stand before each of these.
    before: Vec<u32>,
}

impl Order {
    /// The order of so many things, and of more at these places in the end; nothing if they can't be there.
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.first as usize + self.later.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of what is at a place.
    pub fn number(&self, place: u32) -> u32 {
        let later = self.by_place.partition_point(|(other, _)| *other < place);
        match self.by_place.get(later) {
            Some((other, number)) if *other == place => *number,
            _ => place - later as u32,
        }
    }

    /// The place of what has a number.
    pub fn place(&self, number: u32) -> u32 {
        if let Some(later) = number.checked_sub(self.first) {
            return self.later.get(later as usize).copied().unwrap_or(number);
        }
        number + self.before.partition_point(|before| *before <= number) as u32
    }

    /// The first place at which there is one that came later.
    pub fn first_later(&self) -> Option<u32> {
        self.by_place.first().map(|(place, _)| *place)
    }

    /// Whether what is at a place came later.
    pub fn is_later(&self, place: u32) -> bool {
        self.number(place) >= self.first
    }

    /// The places of those that came later, by their numbers.
    pub fn later(&self) -> &[u32] {
        &self.later
    }

    /// Puts more in: `places` says where they stand in the end, when all of them are in.
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
    fn later_ones_stand_between_the_first() {
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
