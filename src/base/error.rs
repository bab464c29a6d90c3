//! What can go wrong with the machine, as opposed to the content.
//!
//! An [`Error`] ends the run with exit code 2. It never speaks of an article: faulty content is a
//! [`Diagnostic`](crate::base::diag::Diagnostic), and there may be many of those in one run.

use std::io;
use std::path::{Path, PathBuf};

/// An action that the environment refused, where, and why.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused to do something with a file or folder.
    #[error("cannot {action} `{path}`: {cause}", path = path.display())]
    Io {
        /// What was tried, as a verb: `read`, `write`, `rename`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The operating system refused to rename a file or folder.
    #[error("cannot rename `{from}` to `{to}`: {cause}", from = from.display(), to = to.display())]
    Rename {
        /// Its name.
        from: PathBuf,
        /// The name that it was to get.
        to: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The cache is damaged. A build without it can still succeed.
    #[error("the cache in `.masthead` is damaged")]
    DamagedCache,
    /// The run cannot start or go on as asked.
    #[error("{message}")]
    Refused {
        /// Why.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
}

/// The result of an action on the environment.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Makes the closure for `map_err` that adds action and path to an [`io::Error`].
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Io { action, path: path.to_owned(), cause }
    }

    /// An error with a message of its own, for what cannot be done as asked.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), hint: None }
    }

    /// Adds a hint. Errors of the operating system take none.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Self::Refused { message, .. } => Self::Refused { message, hint: Some(hint.into()) },
            other => other,
        }
    }

    /// Whether the reason is that nothing may be written there.
    pub fn is_write_protection(&self) -> bool {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, Self::Io { cause, .. } if matches!(cause.kind(), PermissionDenied | ReadOnlyFilesystem))
    }

    /// Whether the operating system refused something with a folder or what lies in it.
    pub fn is_below(&self, folder: &Path) -> bool {
        match self {
            Self::Io { path, .. } => path.starts_with(folder),
            Self::Rename { to, .. } => to.starts_with(folder),
            Self::DamagedCache | Self::Refused { .. } => false,
        }
    }

    /// The text for a terminal: what went wrong and, on a line of its own, the hint.
    pub fn told(&self) -> String {
        let hint = self.hint_of().map_or_else(String::new, |hint| format!("\nhint: {hint}"));
        format!("error: {self}{hint}")
    }

    /// What to do about it, if that is known.
    pub fn hint_of(&self) -> Option<&str> {
        match self {
            Self::Refused { hint, .. } => hint.as_deref(),
            _ => None,
        }
    }
}
