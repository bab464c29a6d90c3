//! VERB 7: outputs + old manifest → disk. It writes what changed and removes what went, and touches nothing
//! that is not Masthead's own.
//!
//! Nothing appears in the output folder before everything is rendered: outputs are staged in a folder on the
//! same disk and renamed into place at the end. A whole new site takes one rename, or a few if there is an
//! empty output folder. What is about to be written is announced first, so that the next build can repair
//! what one that was killed half-way has left. The list of Masthead's own files lies in the output folder
//! ([`OWN_FILES`]), with the mark of the build ([`MARK`]); no other file there is ever overwritten or
//! removed.

mod commit;
mod ground;
mod own;
mod stage;

pub use commit::{Committed, amend, commit};
pub use own::{MARK, OWN_FILES, is_cut_off, owned};
pub use stage::{Outcome, Stage};
