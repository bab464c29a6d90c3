//! What is wrong with the content, said so that its author can mend it.
//!
//! A [`Diagnostic`] names its file, its place in it and, where possible, the way out. It does not know how
//! severe it is: that is a question of the site's `[lint]` table, asked when it is reported, so that cached
//! diagnostics stay right when a level changes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How much a rule matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported; the site is built.
    Warning,
    /// Reported; nothing is written.
    Error,
}

impl Level {
    /// The level as it is written in `site.toml` and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $level:ident;)+) => {
        /// Everything that Masthead can find wrong with a site, each with a name that `[lint]` in `site.toml`
        /// knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum Rule {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Rule {
            /// All rules, in the order in which the manual lists them.
            pub const ALL: &[Rule] = &[$(Rule::$variant),+];

            /// The name in `[lint]` and in messages.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The level where `site.toml` says nothing.
            pub fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// One sentence for the manual.
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

rules! {
    /// `site.toml` or a `theme.toml` has an unknown key, a value of the wrong type or an invalid value.
    Config = "config", Error;
    /// The front matter of a file is not valid YAML or TOML, or is not closed.
    FrontMatter = "front-matter", Error;
    /// A file is not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A control character that HTML does not allow, such as an escape or a NUL, or a noncharacter such as
    /// U+FFFF.
    ControlCharacter = "control-character", Warning;
    /// A key of the front matter has an invalid value.
    BadValue = "bad-value", Error;
    /// A date that does not exist or cannot be read.
    BadDate = "bad-date", Error;
    /// Dates of an article that contradict each other, or tell of what has yet to come.
    DateOrder = "date-order", Warning;
    /// An article has no date, in its front matter or in its file name.
    MissingDate = "missing-date", Error;
    /// An article or page has neither a title nor a heading to take one from.
    MissingTitle = "missing-title", Error;
    /// A title was taken from the first heading.
    TitleFromHeading = "title-from-heading", Warning;
    /// A key of the front matter that Masthead does not know.
    UnknownKey = "unknown-key", Warning;
    /// A link with a scheme that can run code, or a value that should be a web address but is not.
    BadAddress = "bad-address", Error;
    /// A slug or an alias that points outside the site.
    PathEscape = "path-escape", Error;
    /// Two pages or files have the same address.
    AddressClash = "address-clash", Error;
    /// Redirects that are lost: those of a site with a `_redirects` of its own, which takes the place of
    /// Masthead's, and those to terms without pages.
    LostRedirects = "lost-redirects", Warning;
    /// Two pages or files whose addresses differ only in upper and lower case.
    SimilarAddresses = "similar-addresses", Warning;
    /// A link to a page or file of the site that does not exist.
    DeadLink = "dead-link", Error;
    /// A link to an article or page that is not published, or to a file of its bundle: a draft, or one that is
    /// early, expired or withdrawn. It is written as plain text; a picture is left out.
    HiddenLink = "hidden-link", Warning;
    /// A link to a heading that does not exist.
    DeadAnchor = "dead-anchor", Error;
    /// A file that is not published because its name cannot be used in an address, or an `index.md` that gets
    /// the name of the folder of all articles or pages.
    FileName = "file-name", Warning;
    /// A text such as `.html`, `.rst` or `.txt` among the articles and pages that is neither read, because it is not
    /// Markdown, nor published, because nothing leads to it.
    NotMarkdown = "not-markdown", Warning;
    /// An article in the folder of another one, beside or below its `index.md`.
    ArticleInBundle = "article-in-bundle", Warning;
    /// A picture, audio file, video or other embedded file that does not exist.
    MissingPicture = "missing-picture", Error;
    /// A wiki link that matches several articles.
    AmbiguousLink = "ambiguous-link", Warning;
    /// Names that differ only in case, spacing or accents and are treated as one.
    SimilarTerms = "similar-terms", Warning;
    /// Several tags or authors in one text, which is one name, or an author with the `By` that pages put before names.
    NamesInOne = "names-in-one", Warning;
    /// A source whose outlet has no profile, though its address belongs to an outlet that has one.
    UnknownOutlet = "unknown-outlet", Warning;
    /// A text that is republished or excerpted, with `authors` among whom the author that its source names is not.
    OtherAuthor = "other-author", Warning;
    /// A text from an outlet of another language, or with the name of a translation (`tides.fr.md`), that does not say
    /// in which language it is.
    UnknownLanguage = "unknown-language", Warning;
    /// Two articles in one language that take over the same original, as a whole or in part.
    SameOriginal = "same-original", Warning;
    /// A formula with LaTeX that Masthead does not support.
    BadMath = "bad-math", Error;
    /// A component that is unknown to the theme, is not closed, has an invalid argument, or does not show the text
    /// inside.
    BadComponent = "bad-component", Error;
    /// A line that begins with `:::` but is not a component.
    StrayColons = "stray-colons", Warning;
    /// An HTML comment that is not closed, so that it hides the text after it.
    UnclosedComment = "unclosed-comment", Warning;
    /// A tag such as `<script>` or `<iframe>` that is shown as text, because its element is not closed and would hide
    /// the text after it.
    UnclosedElement = "unclosed-element", Warning;
    /// A link or picture that is shown as text because its address contains a space.
    StrayLink = "stray-link", Warning;
    /// A row of a table with more cells than its head, so that the last ones are not shown.
    LostCell = "lost-cell", Warning;
    /// A shortcode or a tag of another generator's template language, which stays in the text as it is.
    ForeignTag = "foreign-tag", Warning;
    /// A footnote reference without a definition, or a definition that is not shown: nothing refers to it, or it is
    /// the second of its label.
    MissingFootnote = "missing-footnote", Warning;
    /// A `related` or `unrelated` entry, or a pin of the front page, that names no article.
    UnknownArticle = "unknown-article", Warning;
    /// A slot of the front page that names a tag, source, author or series that no article has.
    UnknownTerm = "unknown-term", Warning;
    /// Two articles of a series that have the same part number.
    SeriesPart = "series-part", Warning;
    /// A file under `data/` that is not valid in the format of its extension, or has the name of another.
    BadData = "bad-data", Error;
    /// A template that cannot be parsed or rendered.
    Template = "template", Error;
    /// Something in a theme that works but is probably a mistake: a colour with low contrast, an unused option, a
    /// missing translation, a language of the site that the theme does not speak.
    Theme = "theme", Warning;
    /// A file in the output folder that Masthead did not write and will not overwrite.
    ForeignFile = "foreign-file", Error;
}

/// A place in a text file; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
    /// How many characters of the line are meant; at least 1.
    pub width: u32,
}

impl Place {
    /// The place of the bytes `start..end` of `text`. A range that leaves its line is cut at the line's end.
    ///
    /// Offsets beyond the text, or inside a character, are moved back to the nearest character before.
    pub fn of(text: &str, start: usize, end: usize) -> Self {
        let start = floor_char(text, start);
        let end = floor_char(text, end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let line = text[..start].bytes().filter(|&b| b == b'\n').count() + 1;
        Self {
            line: line as u32,
            column: text[line_start..start].chars().count() as u32 + 1,
            width: (text[start..end.min(line_end)].chars().count() as u32).max(1),
        }
    }

    /// The start of a line.
    pub fn line(line: u32) -> Self {
        Self { line, column: 1, width: 1 }
    }
}

/// Finds a word in a text where it is not part of a longer one.
pub fn find_word(text: &str, word: &str) -> Option<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let whole = |at: &usize| !text[..*at].ends_with(inside) && !text[at + word.len()..].starts_with(inside);
    let mut places = text.match_indices(word).map(|(at, _)| at).filter(|_| !word.is_empty());
    places.find(whole).map(|at| at..at + word.len())
}

/// The nearest place before `offset` that is not inside a character, and not beyond the text.
pub fn floor_char(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A value of a configuration or of front matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Meant {
    /// The keys and the places in lists that lead to it.
    pub keys: Vec<String>,
    /// The part of the value that is meant, or empty for the key itself.
    pub word: String,
}

/// One thing that is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the site's root; `None` if the site as a whole is meant.
    pub file: Option<String>,
    /// Where in the file.
    pub place: Option<Place>,
    /// The rule that was broken.
    pub rule: Rule,
    /// What is wrong, without a full stop.
    pub message: String,
    /// The page that was being rendered.
    pub page: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// The value that is meant, if the stage that found the fault has not seen the text of the file. `build`
    /// then finds its place.
    pub meant: Option<Meant>,
    /// The group it belongs to: diagnostics with the same rule and group are reported once, with the number
    /// of their files.
    pub group: Option<String>,
}

impl Diagnostic {
    /// A diagnostic about the site as a whole.
    pub fn new(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            file: None,
            place: None,
            rule,
            message: message.into(),
            page: None,
            hint: None,
            meant: None,
            group: None,
        }
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Sets the place in the file.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Sets the value that is meant, by the keys and list indices that lead to it, and the word in it; an
    /// empty word means the last key.
    #[must_use]
    pub fn about(mut self, keys: &[&str], word: impl Into<String>) -> Self {
        self.meant =
            Some(Meant { keys: keys.iter().map(|key| (*key).to_owned()).collect(), word: word.into() });
        self
    }

    /// Sets the page that was being rendered.
    #[must_use]
    pub fn on_page(mut self, page: impl Into<String>) -> Self {
        self.page = Some(page.into());
        self
    }

    /// The message as it is reported: with the page that was being rendered.
    pub fn said(&self) -> String {
        let page = self.page.as_ref().map(|page| format!(", while rendering `{page}`"));
        self.message.clone() + &page.unwrap_or_default()
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the hint "did you mean …" if one of the candidates looks like `word`.
    #[must_use]
    pub fn did_you_mean<'a>(mut self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(best) = closest(word, candidates) {
            self.hint = Some(format!("did you mean `{best}`?"));
        }
        self
    }

    /// Joins this diagnostic to the others of its rule with the same group.
    #[must_use]
    pub fn grouped(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// The candidate that is spelled most like `word`, if any is close enough.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 6)
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|&(likeness, _)| likeness > 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// Whether a word becomes another one by a single slip: a letter too much, too few or wrong, or two in the wrong order.
pub fn is_slip(word: &str, other: &str) -> bool {
    strsim::osa_distance(word, other) == 1
}

/// The first of some names for a message, all of which might be a hundred.
pub fn first_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(MOST).map(|name| format!("`{name}`")).collect();
    shown.join(", ") + if names.next().is_some() { ", …" } else { "" }
}

/// A value, and the problems found while it was made. Problems are collected and never a reason to stop.
#[derive(Debug)]
pub struct Warned<T> {
    /// The value, as good as it could be made.
    pub value: T,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// Hands the diagnostics to a collector and the value to the caller.
    pub fn take(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_and_in_characters() {
        let text = "a\nüö x\r\nz";
        assert_eq!(Place::of(text, 0, 1), Place { line: 1, column: 1, width: 1 });
        assert_eq!(Place::of(text, 7, 9), Place { line: 2, column: 4, width: 1 });
        assert_eq!(Place::of(text, 3, 3), Place { line: 2, column: 1, width: 1 });
        assert_eq!(Place::of(text, 99, 120), Place { line: 3, column: 2, width: 1 });
    }

    #[test]
    fn a_word_is_found_where_it_stands_alone() {
        assert_eq!(find_word("tags: [seaside, sea]", "sea"), Some(16..19));
        assert_eq!(find_word("a\nb", "c"), None);
        assert_eq!(find_word("a", ""), None);
    }

    #[test]
    fn a_typo_finds_its_word_and_nonsense_does_not() {
        let keys = ["summary", "source", "series", "slug"];
        assert_eq!(closest("sumary", keys), Some("summary"));
        assert_eq!(closest("Sources", keys), Some("source"));
        assert_eq!(closest("layout", keys), None);
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let mut names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Rule::ALL.len());
    }
}
