//! Brings the last collection up to date after a few changes, without the metadata of all articles.
//!
//! To index all articles because a few have changed takes the longer, the larger the collection is. What a
//! few changes do to other articles is little, and is worked out here by the same functions that index
//! everything. What cannot be worked out in this way is declined with a reason, and everything is indexed
//! again.

mod amend;
mod asked;
mod files;
mod newcomers;
mod renew;
mod revise;
mod single;
mod unseen;

pub use amend::amended;
pub use asked::asked;
pub use renew::{Before, Circumstances, CollectionChange, Earlier, News, are_settled, is_renamed, renewed};
