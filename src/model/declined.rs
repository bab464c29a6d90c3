//! Why a short way was not taken.

/// Why a build looks at everything, and not at a few documents only: a clause that `--timings` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined(pub &'static str);

impl Declined {
    /// What the last build kept for the short ways can't be read, or another build has kept something else since.
    pub const LOST: Self = Self("what the last build kept is gone, damaged or of another build");
}

/// Goes on only if something holds.
pub fn require(holds: bool, otherwise: &'static str) -> Result<(), Declined> {
    if holds { Ok(()) } else { Err(Declined(otherwise)) }
}
