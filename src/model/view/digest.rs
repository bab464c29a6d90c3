//! What a digest says: articles of some days, to be sent by e-mail. All addresses are whole.

/// A digest.
#[derive(Debug)]
pub struct DigestView {
    /// The site's name.
    pub site: String,
    /// The whole address of the front page.
    pub home: String,
    /// The days that it is of, in words.
    pub days: String,
    /// "12 articles".
    pub count: String,
    /// The language (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Its parts, the largest first.
    pub groups: Vec<DigestGroup>,
}

/// Articles that stand together.
#[derive(Debug)]
pub struct DigestGroup {
    /// The tag's or outlet's name.
    pub title: String,
    /// Its page; empty if it has none.
    pub url: String,
    /// The articles, newest first.
    pub entries: Vec<DigestEntry>,
}

/// An article in a digest.
#[derive(Debug)]
pub struct DigestEntry {
    /// The headline.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The outlet and the date, in words, as far as they are known.
    pub origin: Vec<String>,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The language (BCP 47).
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
}
