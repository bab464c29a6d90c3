//! What must hold for whatever comes out of Masthead, whatever went in.
//!
//! Each function panics where its promise is broken, which is what the fuzzer waits for. The tests of Masthead run all
//! of them on a few inputs, so that they go with the times.

mod article;
mod dates;
mod lines;
mod markup;
mod site_toml;
mod slugs;

pub use article::{front_matter, markdown};
pub use dates::dates;
pub use site_toml::site_toml;
pub use slugs::slugs;

use lines::Lines;
