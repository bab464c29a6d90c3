//! Why a build could not take a short cut.

/// Why a build looks at everything instead of only at what has changed: a clause that `--timings` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined(pub &'static str);

impl Declined {
    /// What the last build kept for a short cut cannot be read, or another build has replaced it.
    pub const LOST: Self = Self("what the last build kept is gone, damaged or of another build");
}

/// Declines with the reason `otherwise`, unless the condition holds.
pub fn require(holds: bool, otherwise: &'static str) -> Result<(), Declined> {
    if holds { Ok(()) } else { Err(Declined(otherwise)) }
}
