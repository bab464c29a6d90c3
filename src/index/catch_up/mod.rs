//! A collection that is known only in part, and made up for what little has changed.
//!
//! Indexing all articles for the sake of a few costs the more the larger the collection is. What a few do to others is little, and that much
//! is worked out here by the functions that index everything. What can't be worked out so is declined with a reason, and everything is
//! indexed anew.

mod amend;
mod asked;
mod files;
mod newcomers;
mod renew;
mod revise;
mod single;

pub use amend::amended;
pub use asked::asked;
pub use renew::{Before, Circumstances, Earlier, News, Renewed, are_settled, is_renamed, renewed};
