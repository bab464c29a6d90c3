//! Numbers that only look random. No floats: their functions differ between machines, and the corpus must
//! not.

/// A stream of numbers: `SplitMix64` (Steele, Lea and Flood, 2014), which needs no warming up.
pub(crate) struct Random(u64);

impl Random {
    /// A stream of its own for each list of parts.
    pub(crate) fn new(parts: &[u64]) -> Self {
        let mut random = Self(0);
        for part in parts {
            random.0 = random.number() ^ part;
        }
        random
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.number()) * end as u128) >> 64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Yes in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the things.
    pub(crate) fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

/// Ranks with the distribution of Zipf and Mandelbrot: the weight of rank `r` is `1 / (r + flatness)`.
pub(crate) struct Zipf {
    /// The weight of each rank and of all before it.
    sums: Vec<usize>,
}

/// What the weights are integer parts of.
const WEIGHT: usize = 1 << 32;

impl Zipf {
    /// A distribution of so many ranks.
    pub(crate) fn new(ranks: usize, flatness: usize) -> Self {
        let weights = (0..ranks).map(|rank| WEIGHT / (rank + flatness));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// A rank, the low ones most often.
    pub(crate) fn rank(&self, random: &mut Random) -> usize {
        let all = self.sums.last().copied().unwrap_or(1);
        let place = random.below(all);
        self.sums.partition_point(|&sum| sum <= place)
    }
}
