//! VERB 7: outputs + old manifest → disk. It writes what changed and removes what went, and touches nothing that is not
//! Masthead's own.
//!
//! Nothing appears in the output folder before everything is rendered: outputs are staged in a folder beside it on the same
//! disk and renamed into place at the end; a whole new site is one rename, or a few where an empty
//! folder waits for it. What is about to be written is announced first, so
//! that a build that is cut off half-way is mended by the next one. The list of Masthead's own files lies in the output folder
//! ([`OWN_FILES`]) with a mark of the build ([`MARK`]), and nothing else in there is ever overwritten or removed.

mod commit;
mod own;
mod stage;

pub use commit::{Committed, amend, commit};
pub use own::{MARK, OWN_FILES, owned};
pub use stage::{Outcome, Stage};
