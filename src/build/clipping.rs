//! What a site knows of an address: for a command that makes an article and no page.

use crate::base::error::Result;
use crate::cache::{Bodies, Cache};
use crate::index::{self, Clipping};
use crate::scan;

use super::documents::{Reader, documents_for_index, options_print};
use super::{Report, Request, Silent, load};

/// What the site knows of an address. Faults in its files are no reason not to answer: of a file that cannot be read
/// nothing is known.
///
/// Documents are taken from the cache as in a build, and no new ones are put there: the next build compares the files
/// with what the last one has left.
pub fn clipping(request: &Request, url: &str) -> Result<Clipping> {
    let mut report = Report::default();
    let Some(site) = load::load(request, &mut report)? else { return Ok(Clipping::default()) };
    let cache = request.cache.then(|| Cache::open(&request.root, || {}).ok()).flatten();
    let pictures = cache.as_ref().and_then(|cache| cache.load("pictures")).unwrap_or_default();
    let inputs = scan::scan(&request.root, &site.config, &pictures)?.take(&mut report.diagnostics);
    let known = cache.as_ref().map(|cache| cache.documents(options_print(&site))).unwrap_or_default();
    let (texts, progress) = (Bodies::in_memory(), Silent);
    let documents = Reader::new(request, &site, &texts, &progress).documents(&inputs, known)?;
    Ok(index::clipping(documents_for_index(&documents), url, &site.config))
}
