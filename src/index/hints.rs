//! Suggestions for links that lead nowhere.
//!
//! What is wanted is compared with everything that exists. An archive can have a dead link in each of its
//! articles, so only the first ones get a suggestion. Links are resolved by [`Resolver`].

use std::collections::{BTreeMap, HashMap};

use super::links::{Resolved, Resolver};
use crate::base::diag::{Rule, closest};
use crate::model::path::in_link;

/// How many missing things of a kind get a suggestion.
const MOST: usize = 100;

/// What a dead link was meant to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// A document, by the name of its file.
    Document(String),
    /// An article, by its title.
    Article(String),
    /// A picture or another file among those that are copied, by its address.
    Asset(String),
    /// A file beside a document, by the document's folder and the path there.
    Beside(String, String),
}

impl Resolver<'_> {
    /// Adds suggestions to the diagnostics of dead links.
    pub(super) fn hint<'r>(&self, resolved: impl IntoIterator<Item = &'r mut Resolved>) {
        // Each rule has a limit of its own, so that one that is off takes nothing from others.
        let mut known: BTreeMap<Rule, HashMap<Wanted, Option<String>>> = BTreeMap::new();
        for resolved in resolved {
            for (place, wanted) in std::mem::take(&mut resolved.lost) {
                let diagnostic = &mut resolved.diagnostics[place];
                let known = known.entry(diagnostic.rule).or_default();
                if known.len() == MOST && !known.contains_key(&wanted) {
                    continue;
                }
                let like = known.entry(wanted).or_insert_with_key(|wanted| self.like(wanted));
                if let Some(like) = like {
                    diagnostic.hint = Some(format!("did you mean `{like}`?"));
                }
            }
        }
    }

    fn like(&self, wanted: &Wanted) -> Option<String> {
        match wanted {
            Wanted::Document(name) => closest(name, self.file_names()).map(str::to_owned),
            Wanted::Article(title) => closest(title, self.titles()).map(str::to_owned),
            Wanted::Asset(url) => {
                let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
                closest(url, self.assets().filter(|other| other.starts_with(folder))).map(in_link)
            }
            Wanted::Beside(folder, path) => closest(path, self.files_below(folder)).map(in_link),
        }
    }
}
