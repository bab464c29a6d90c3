//! A style sheet in pieces: imports, addresses, and everything else as it is written.

use super::compact::quoted;

/// A piece of a style sheet.
pub(super) enum Piece<'t> {
    /// `@import …;`
    Import(Import<'t>),
    /// `url(…)`
    Url { address: &'t str, length: usize },
    /// The length of a comment, a text in quotes, or a character.
    Other(usize),
}

impl<'t> Piece<'t> {
    /// The piece that begins at a byte. `depth` is the number of open braces.
    pub(super) fn read(text: &'t str, at: usize, depth: u32) -> Option<Self> {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let special = match first {
            '@' if depth == 0 => Import::read(rest).map(Self::Import),
            'u' | 'U' if !text[..at].ends_with(is_of_name) => {
                url(rest).map(|(address, length)| Self::Url { address, length })
            }
            _ => None,
        };
        Some(special.unwrap_or_else(|| Self::Other(plain(rest, first))))
    }

    pub(super) fn length(&self) -> usize {
        match self {
            Self::Import(import) => import.length,
            Self::Url { length, .. } | Self::Other(length) => *length,
        }
    }
}

/// An `@import`.
pub(super) struct Import<'t> {
    pub(super) address: &'t str,
    /// For which media it is meant; empty for all.
    pub(super) media: &'t str,
    pub(super) length: usize,
}

impl<'t> Import<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let name = text.get(.."@import".len()).filter(|name| name.eq_ignore_ascii_case("@import"))?;
        let after = text[name.len()..].trim_ascii_start();
        let (address, length) = match after.chars().next()? {
            quote @ ('"' | '\'') => {
                let length = quoted(after, quote);
                (inner(&after[..length], quote)?, length)
            }
            _ => url(after)?,
        };
        let behind = &after[length..];
        let end = behind.find([';', '{', '}']).filter(|&end| behind[end..].starts_with(';'))?;
        let length = text.len() - behind.len() + end + 1;
        Some(Self { address, media: behind[..end].trim(), length })
    }

    /// Whether it depends on more than the medium.
    pub(super) fn is_conditional(&self) -> bool {
        let starts = |word: &str| {
            let start = self.media.get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        starts("layer") || starts("supports")
    }
}

/// The length of a `url(…)` at the start of a text whose address is not in quotes, so that nothing in it is a comment.
pub(super) fn bare_url(text: &str) -> Option<usize> {
    let (_, length) = url(text)?;
    (!text["url(".len()..].trim_ascii_start().starts_with(['"', '\''])).then_some(length)
}

/// The address of a `url(…)` at the start of a text, and the length of the whole.
fn url(text: &str) -> Option<(&str, usize)> {
    let name = text.get(.."url(".len()).filter(|name| name.eq_ignore_ascii_case("url("))?;
    let written = text[name.len()..].trim_ascii_start();
    let (address, behind) = match written.chars().next()? {
        quote @ ('"' | '\'') => {
            let length = quoted(written, quote);
            (inner(&written[..length], quote)?, written[length..].trim_ascii_start())
        }
        _ => {
            let end = written.find(')')?;
            (written[..end].trim_ascii_end(), &written[end..])
        }
    };
    behind.starts_with(')').then(|| (address, text.len() - behind.len() + 1))
}

/// What stands between quotes.
fn inner(text: &str, quote: char) -> Option<&str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}

/// The length of a comment, a text in quotes, or a character.
fn plain(text: &str, first: char) -> usize {
    match first {
        '/' if text.starts_with("/*") => text[2..].find("*/").map_or(text.len(), |end| end + 4),
        '"' | '\'' => quoted(text, first),
        _ => first.len_utf8(),
    }
}

pub(super) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}
