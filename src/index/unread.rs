//! Texts among the documents that are not Markdown, and so are not read. One that a document leads to, or that lies in a
//! bundle, is published as any other file there. Of the others is told: who comes from another generator may take them
//! for articles.
//!
//! Whether a document is published makes no difference here, so that no moment changes what is told.

use std::collections::HashSet;

use super::Documents;
use super::bundles::Bundles;
use super::hidden::Hidden;
use super::links::{Resolver, Targets};
use crate::base::diag::{Diagnostic, Rule};
use crate::base::percent::decoded;
use crate::config::SiteConfig;
use crate::model::article::{LinkRef, Meta};
use crate::model::input::Inputs;
use crate::model::path::{ContentPath, UrlPath};

/// Extensions of Markdown that is not read under these names.
const MARKDOWN: [&str; 8] = ["mdx", "mdown", "mdwn", "mkd", "mkdn", "mkdown", "mdtxt", "mdtext"];
const HTML: [&str; 3] = ["html", "htm", "xhtml"];
/// Extensions of other forms of text.
const OTHERS: [&str; 9] = ["rst", "adoc", "asciidoc", "org", "textile", "wiki", "mediawiki", "txt", "text"];

/// The extension of a text that is not read.
fn ending(path: &ContentPath) -> Option<&'static str> {
    let extension = path.extension();
    let mut all = MARKDOWN.into_iter().chain(HTML).chain(OTHERS);
    all.find(|ending| extension.eq_ignore_ascii_case(ending))
}

/// Reports the texts that are neither read nor published, once for each extension.
pub(super) fn told(documents: &Documents, inputs: &Inputs, config: &SiteConfig) -> Vec<Diagnostic> {
    let Documents { articles, pages, profiles } = documents;
    let texts = inputs.beside.iter().filter_map(|file| Some((&file.path, ending(&file.path)?)));
    let mut texts: Vec<_> = texts.collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let bundles = Bundles::of(articles.iter().chain(pages).map(|meta| (&meta.path, ())));
    texts.retain(|(path, _)| bundles.around(path).is_none());
    let hidden = Hidden::default();
    let resolver = Resolver::new(Targets::default(), inputs, &hidden);
    let of_documents = articles.iter().chain(pages).map(|meta| (&meta.path, &meta.links));
    let of_profiles = profiles.iter().map(|profile| (&profile.path, &profile.links_in_body));
    let all = of_documents.chain(of_profiles);
    let led_to: HashSet<ContentPath> =
        all.flat_map(|(path, links)| led_to_by(path, links, &resolver)).collect();
    texts.retain(|(path, _)| !led_to.contains(*path));
    texts.into_iter().map(|(path, ending)| tell(path, ending, config)).collect()
}

fn tell(path: &ContentPath, ending: &str, config: &SiteConfig) -> Diagnostic {
    let keep = format!("or link to it, or move it into `{}/`", config.folders.assets);
    let hint = if MARKDOWN.contains(&ending) {
        "rename it to `.md`; imports and components of JSX are not read".to_owned()
    } else if HTML.contains(&ending) {
        format!("rename it to `.md`, which may hold HTML; {keep}")
    } else {
        format!("make Markdown of it, for example with Pandoc, and name that `.md`; {keep}")
    };
    let message = format!("a file that ends in `.{ending}` is not read, and nothing leads to it");
    Diagnostic::new(Rule::NotMarkdown, message).in_file(path.as_str()).hint(hint).grouped(ending)
}

/// The texts that are not read to which some links of a document lead.
fn led_to_by(path: &ContentPath, links: &[LinkRef], resolver: &Resolver<'_>) -> Vec<ContentPath> {
    let may_lead = |link: &&LinkRef| {
        let target = decoded(&link.target);
        let short = target.split(['#', '?']).next().unwrap_or_default();
        [&target, short].into_iter().any(|name| ending(&ContentPath::new(name)).is_some())
    };
    let links: Vec<LinkRef> = links.iter().filter(may_lead).cloned().collect();
    if links.is_empty() {
        return Vec::new();
    }
    let files = resolver.resolve(path, &UrlPath::root(), &[], &links).files.into_iter();
    files.map(|(_, file)| file).filter(|file| ending(file).is_some()).collect()
}

/// The texts that are not read of which a document decides whether that is told, sorted: it leads to them, or they lie
/// in its bundle.
pub(super) fn decided_by(meta: &Meta, inputs: &Inputs) -> Vec<ContentPath> {
    let hidden = Hidden::default();
    let mut files = Vec::new();
    if !meta.links.is_empty() && inputs.beside.iter().any(|file| ending(&file.path).is_some()) {
        files = led_to_by(&meta.path, &meta.links, &Resolver::new(Targets::default(), inputs, &hidden));
    }
    if meta.path.is_bundle() {
        let top = format!("{}/", meta.path.folder());
        let below =
            inputs.beside.iter().map(|file| &file.path).filter(|path| path.as_str().starts_with(&top));
        files.extend(below.filter(|path| ending(path).is_some()).cloned());
    }
    files.sort();
    files.dedup();
    files
}
