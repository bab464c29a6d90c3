//! Suggestions for links that lead nowhere.
//!
//! What is wanted is compared with everything that exists. An archive can have a dead link in each of its
//! articles, so only the first ones get a suggestion. Links are resolved by [`Resolver`].

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::links::{Resolved, Resolver};
use crate::base::diag::{Diagnostic, Rule, closest};
use crate::base::percent::in_link;
use crate::model::article::Meta;
use crate::model::path::ContentPath;

/// How many missing things of a kind get a suggestion.
const MOST: usize = 100;

/// What a dead link was meant to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// A document, by the folder of the one that links to it and the file that is not there.
    Document(String, ContentPath),
    /// An article, by its title.
    Article(String),
    /// A picture or another file among those that are copied, by its address.
    Asset(String),
    /// A file beside a document, by the document's folder and the path there.
    Beside(String, String),
}

/// What to do where no article has a name like the one that is wanted.
pub(super) const NAME_IT: &str = "name it by file, slug or title";

/// The names of articles that may be meant by one that no article has: their files if it is a file's, or else
/// their titles and slugs.
pub(super) fn names_like<'a>(name: &str, articles: &'a [Arc<Meta>]) -> impl Iterator<Item = &'a str> {
    let is_file = ContentPath::new(name).is_document();
    articles.iter().flat_map(move |meta| {
        let names = [meta.path.file_name(), &meta.title, &meta.slug];
        let meant = if is_file { &names[..1] } else { &names[1..] };
        meant.to_vec()
    })
}

impl Resolver<'_> {
    /// What is told of a wish for an article that there is not, neither by its name nor at `path`. Only the first
    /// ones that are `told` get a suggestion.
    pub(super) fn unknown_wish(
        &self,
        meta: &Meta,
        name: &str,
        path: &ContentPath,
        told: usize,
    ) -> Diagnostic {
        let like = || {
            if path.is_document() {
                return self.document_like(meta.path.folder(), path);
            }
            closest(name, names_like(name, self.targets.articles)).map(str::to_owned)
        };
        let like = (told < MOST).then(like).flatten();
        let hint = like.map_or_else(|| NAME_IT.to_owned(), |like| format!("did you mean `{like}`?"));
        Diagnostic::new(Rule::UnknownArticle, format!("there is no article `{name}`")).hint(hint)
    }

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
            Wanted::Document(folder, path) => self.document_like(folder, path),
            Wanted::Article(title) => closest(title, self.titles()).map(str::to_owned),
            Wanted::Asset(url) => {
                let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
                closest(url, self.assets().filter(|other| other.starts_with(folder))).map(in_link)
            }
            Wanted::Beside(folder, path) => closest(path, self.files_below(folder)).map(in_link),
        }
    }

    /// The way from a folder to the document that is named most like a file. A date before the name may be
    /// missing, because addresses do without it.
    fn document_like(&self, folder: &str, file: &ContentPath) -> Option<String> {
        let like = closest(file.dated_name().1, self.paths().map(|path| path.dated_name().1))?;
        let path = self.paths().filter(|path| path.dated_name().1 == like).min()?;
        Some(in_link(&way(folder, path.as_str())))
    }
}

/// The relative path from a folder to a file.
fn way(folder: &str, file: &str) -> String {
    let (mut folders, mut parts) = (folder.split('/').peekable(), file.split('/').peekable());
    while folders.peek().is_some_and(|part| parts.peek() == Some(part)) {
        folders.next();
        parts.next();
    }
    let up = folders.filter(|part| !part.is_empty()).map(|_| "..");
    up.chain(parts).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_lead_from_folder_to_file() {
        for (folder, file, expected) in [
            ("content/articles", "content/articles/a.md", "a.md"),
            ("content/articles/2024", "content/articles/a.md", "../a.md"),
            ("content/articles", "content/pages/about/index.md", "../pages/about/index.md"),
            ("content", "content/articles/a.md", "articles/a.md"),
            ("", "a.md", "a.md"),
        ] {
            assert_eq!(way(folder, file), expected);
        }
    }
}
