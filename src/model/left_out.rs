//! How many articles a build leaves out.

use serde::{Deserialize, Serialize};

/// How many articles are not published at a time, and why. Withdrawn ones are not among them: they leave a notice.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Drafts.
    pub drafts: u64,
    /// Those whose time has not come.
    pub early: u64,
    /// Those whose time is over.
    pub expired: u64,
}

impl LeftOut {
    /// How many there are after some articles went and others came.
    #[must_use]
    pub fn after(self, went: Self, came: Self) -> Self {
        let count = |all: u64, went: u64, came: u64| (all + came).saturating_sub(went);
        Self {
            drafts: count(self.drafts, went.drafts, came.drafts),
            early: count(self.early, went.early, came.early),
            expired: count(self.expired, went.expired, came.expired),
        }
    }
}
