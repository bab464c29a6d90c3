//! Documents that are not published, and why: for links to one of them.
//!
//! Such a link is no error. An article that expires or is withdrawn must go at that moment, and one that
//! waits must appear, even if nobody has looked after the links to it.
//!
//! What is published is decided by [`Visibility`].

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::Visibility;
use super::absent::Absent;
use super::bundles::Bundles;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::fold::fold;
use crate::config::SiteConfig;
use crate::model::article::Meta;
use crate::model::path::ContentPath;

/// Documents that are not published.
#[derive(Default)]
pub(super) struct Hidden {
    documents: BTreeMap<ContentPath, (Arc<Meta>, Cause)>,
    /// The documents by folded slug and title, gathered when the first name is looked up.
    by_name: OnceLock<HashMap<String, Cause>>,
    /// The addresses that they would bring.
    pub(super) absent: Absent,
}

/// Why a document is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Withdrawn,
    Expired,
    Draft,
    /// Its date is in the future, or it is under embargo.
    Early,
    /// It is older than the newest ones, to which the build is limited.
    Older,
}

impl Hidden {
    /// From documents that are not published at present.
    pub(super) fn new<'m>(
        documents: impl Iterator<Item = &'m Arc<Meta>>,
        visibility: Visibility,
        config: &SiteConfig,
    ) -> Self {
        let entry =
            |meta: &Arc<Meta>| (meta.path.clone(), (Arc::clone(meta), cause(meta, visibility, config)));
        Self { documents: documents.map(entry).collect(), ..Self::default() }
    }

    /// Adds articles that exceed the limit.
    pub(super) fn push_out(&mut self, older: &[Arc<Meta>]) {
        let entry = |meta: &Arc<Meta>| (meta.path.clone(), (Arc::clone(meta), Cause::Older));
        self.documents.extend(older.iter().map(entry));
    }

    /// Why a document is not published, if it is one of them.
    pub(super) fn cause(&self, path: &ContentPath) -> Option<Cause> {
        self.documents.get(path).map(|(_, cause)| *cause)
    }

    /// The bundles among these and the published documents, each with the reason why it is not published, if
    /// it is not. Empty if all of them are.
    pub(super) fn bundles<'m>(
        &'m self,
        published: impl Iterator<Item = &'m Arc<Meta>>,
    ) -> Bundles<'m, Option<Cause>> {
        if !self.paths().any(ContentPath::is_bundle) {
            return Bundles::none();
        }
        let hidden = self.documents.iter().map(|(path, (_, cause))| (path, Some(*cause)));
        Bundles::of(hidden.chain(published.map(|meta| (&meta.path, None))))
    }

    /// The files of all of them.
    pub(super) fn paths(&self) -> impl Iterator<Item = &ContentPath> {
        self.documents.keys()
    }

    /// The diagnostic for a link to a file, if that is one of them.
    pub(super) fn file(&self, written: &str, path: &ContentPath) -> Option<Diagnostic> {
        self.cause(path).map(|cause| cause.told(written))
    }

    /// The diagnostic for a link to a title or slug, if one of them has it.
    pub(super) fn named(&self, name: &str) -> Option<Diagnostic> {
        self.cause_of_name(name).map(|cause| cause.told(name))
    }

    /// Why the document with a title or slug is hidden, if one of them has it.
    pub(super) fn cause_of_name(&self, name: &str) -> Option<Cause> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = HashMap::with_capacity(self.documents.len() * 2);
            for (meta, cause) in self.documents.values() {
                for name in [&meta.slug, &meta.title] {
                    by_name.entry(fold(name)).or_insert(*cause);
                }
            }
            by_name
        });
        by_name.get(&fold(name)).copied()
    }
}

fn cause(meta: &Meta, visibility: Visibility, config: &SiteConfig) -> Cause {
    if visibility.has_withdrawn(meta, config) {
        Cause::Withdrawn
    } else if visibility.is_late_for(meta) {
        Cause::Expired
    } else if meta.draft && !visibility.drafts {
        Cause::Draft
    } else {
        Cause::Early
    }
}

impl Cause {
    fn why(self) -> &'static str {
        match self {
            Self::Withdrawn => "is withdrawn",
            Self::Expired => "has expired",
            Self::Draft => "is a draft",
            Self::Early => "is not published yet",
            Self::Older => "is left out by `--limit`",
        }
    }

    /// The diagnostic for a link to a document of that name.
    pub(super) fn told(self, name: &str) -> Diagnostic {
        let way_out = match self {
            Self::Withdrawn => "remove the link",
            Self::Expired => "remove the link, or change `expires` there",
            Self::Draft => "remove the link, or build with `--drafts`",
            Self::Early => "remove the link, or build with `--future`",
            Self::Older => "build without `--limit`",
        };
        Diagnostic::new(Rule::HiddenLink, format!("`{name}` {}", self.why())).hint(way_out)
    }

    /// The diagnostic for a file of that name which lies in the bundle of such a document.
    pub(super) fn told_of_file(self, name: &str) -> Diagnostic {
        let message = format!("`{name}` belongs to a document that {}", self.why());
        let hint = "remove it here, or put a copy of the file into another folder";
        Diagnostic::new(Rule::HiddenLink, message).hint(hint)
    }

    /// The diagnostic for an article of that name that another one lists as related, or does not want to.
    pub(super) fn told_of_wish(self, name: &str) -> Diagnostic {
        let hint = match self {
            Self::Withdrawn | Self::Expired => "remove it from the list",
            Self::Draft | Self::Early | Self::Older => "it counts as soon as it is published",
        };
        Diagnostic::new(Rule::UnknownArticle, format!("`{name}` {}", self.why())).hint(hint)
    }
}
