//! One parsed Markdown file: light metadata, kept in memory for every article, and a heavy body, which is
//! not.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::collection::Href;
use super::component::{Block, Usage};
use super::front_matter::{CommentPolicy, SourceRole};
use super::path::{ContentPath, UrlPath};
use super::profile::Profile;
use super::signature::Signature;
use crate::base::date::{Date, Moment};
use crate::base::diag::{Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::json_text;
use crate::base::language::Language;
use crate::base::words;
use crate::config::IndexPolicy;

/// What `parse` makes of one file.
#[derive(Debug)]
pub struct Parsed {
    /// The document, unless the file is too broken to make one.
    pub document: Option<Document>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A parsed Markdown file.
#[derive(Debug)]
pub enum Document {
    /// An article or standing page: its metadata and its text.
    Article(Box<Meta>, Body),
    /// The profile of a term.
    Profile(Box<Profile>),
}

/// Everything about an article but its text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Meta {
    /// The file it was read from.
    pub path: ContentPath,
    /// The headline, plain text.
    pub title: String,
    /// The last segment of its address.
    pub slug: String,
    /// When it was published; a standing page may have none.
    pub date: Option<Date>,
    /// When it was last changed in substance.
    pub updated: Option<Date>,
    /// When it came into the collection, if the front matter says so.
    pub added: Option<Date>,
    /// It is not published before this moment.
    pub publish: Option<Moment>,
    /// It is not published from this moment on.
    pub expires: Option<Moment>,
    /// If it is withdrawn: since when and why. A page that says only this stands in its place.
    pub withdrawn: Option<Withdrawal>,
    /// Whether it is a draft, which is built only on demand.
    pub draft: bool,
    /// The language of the text, if it is not the site's.
    pub lang: Option<Language>,
    /// Whether the front matter says in which language the text is, be it the site's.
    pub says_lang: bool,
    /// Where it comes from, the main source first.
    pub sources: Vec<Provenance>,
    /// Tags as they are written.
    pub tags: Vec<String>,
    /// Authors as they are written.
    pub authors: Vec<String>,
    /// The series, as it is written, and which part of it this is.
    pub series: Option<(String, Option<u32>)>,
    /// The picture.
    pub image: Option<Image>,
    /// One or two sentences, plain text; may be empty.
    pub summary: String,
    /// If the summary was taken from the text, because there is no other: how many words come before it there.
    pub summary_start: Option<u32>,
    /// The articles that such a summary names, in order.
    pub mentions: Vec<Mention>,
    /// Old addresses, which redirect here.
    pub aliases: Vec<UrlPath>,
    /// The template that the front matter names.
    pub template: Option<String>,
    /// What search engines are told, if the article says so itself.
    pub index: Option<IndexPolicy>,
    /// Articles that must be among the related ones, as they are written.
    pub related: Vec<String>,
    /// Articles that must not be among the related ones, as they are written.
    pub unrelated: Vec<String>,
    /// The corrections.
    pub corrections: Vec<Correction>,
    /// Whether readers may comment.
    pub comments: CommentPolicy,
    /// A free map for templates.
    #[serde(with = "json_text")]
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// The number of words in the text. Each sign of Chinese and Japanese counts as one.
    pub words: u32,
    /// How many of them are such signs.
    pub signs: u32,
    /// The ids that links can lead to, in ascending order.
    pub anchors: Vec<String>,
    /// The links into the site, in the order in which [`Slot`]s count them.
    pub links: Vec<LinkRef>,
    /// For each link, how many words a page shows at least if it shows the link: 0 in the front matter, and
    /// `u32::MAX` where only the whole text has it.
    pub link_words: Vec<u32>,
    /// The components that the text uses, in order.
    pub components: Vec<Usage>,
    /// Whether the text has highlighted code, which needs a style sheet.
    pub has_code: bool,
    /// What the text is about; empty for standing pages. No page shows it, so it counts in no fingerprint.
    pub signature: Signature,
    /// The fingerprint of all fields above but the signature.
    pub print: Fingerprint,
    /// The fingerprint of the body.
    pub body_print: Fingerprint,
}

/// How many words are read in a minute; research on silent reading of English puts it between 200 and 260.
const WORDS_A_MINUTE: u64 = 220;
/// How many signs of Chinese or Japanese, as other generators and Medium have it.
const SIGNS_A_MINUTE: u64 = 500;

impl Meta {
    /// The address of the original, if it is known.
    pub fn original(&self) -> Option<&str> {
        self.sources.first().and_then(|source| source.url.as_deref())
    }

    /// Who wrote the original, if the text is theirs. That is so for a translation, and for what an outlet
    /// published, in whole or in part, if the article names no author of its own.
    pub fn original_author(&self) -> Option<&str> {
        let source = &self.sources[self.text_source()?];
        let is_theirs = source.role == SourceRole::Translation || self.authors.is_empty();
        source.author.as_deref().filter(|_| is_theirs)
    }

    /// The number that it gives itself as a part of a series.
    pub fn part(&self) -> Option<u32> {
        self.series.as_ref().and_then(|(_, part)| *part)
    }

    /// The minutes that it takes to read the text; 0 if there is no text.
    pub fn minutes(&self) -> u32 {
        minutes(self.words, self.signs)
    }

    /// The summary, as far as outlets that allow `max_words` let it be shown. One that was taken from the
    /// text is cut where the words of the text are used up; one that somebody wrote is not a part of the text.
    /// `links` is where the links of the article lead.
    pub fn summary_within(&self, max_words: Option<u32>, links: &[Href]) -> Cow<'_, str> {
        let summary = self.summary_with_titles(links);
        let most = max_words.zip(self.summary_start);
        let cut = most.and_then(|(most, start)| words::first(&summary, most.saturating_sub(start)));
        cut.map_or(summary, Cow::Owned)
    }

    /// The summary with the titles of the articles that it mentions.
    fn summary_with_titles(&self, links: &[Href]) -> Cow<'_, str> {
        if self.mentions.is_empty() {
            return Cow::Borrowed(&self.summary);
        }
        let (mut text, mut done) = (String::new(), 0);
        for mention in &self.mentions {
            if let Some(Href::Local { title: Some(title), .. }) = links.get(mention.link as usize) {
                text.push_str(self.summary.get(done..mention.start as usize).unwrap_or_default());
                text.push_str(title);
                done = mention.end as usize;
            }
        }
        text.push_str(self.summary.get(done..).unwrap_or_default());
        Cow::Owned(text)
    }

    /// Whether a page shows only the first part of the text, because its outlets allow `max_words`.
    pub fn is_cut(&self, max_words: Option<u32>) -> bool {
        max_words.is_some_and(|limit| self.words > limit)
    }

    /// The most words of the text that may be shown, if the outlets of its sources have these limits. Only the outlets
    /// whose text it is count, and not one that it is about or was made from.
    pub fn max_words(&self, limits: impl Iterator<Item = Option<u32>>) -> Option<u32> {
        // Few outlets have a limit, so the sources are looked at last.
        let is_own = |place: usize| self.sources.get(place).is_some_and(|source| source.role.holds_text());
        limits.enumerate().filter_map(|(place, limit)| limit.filter(|_| is_own(place))).min()
    }

    /// The place of the source whose text it is: the first of these, if there are several.
    pub fn text_source(&self) -> Option<usize> {
        self.sources.iter().position(|source| source.role.holds_text())
    }

    /// The place of the source whose text it has in its own words, all or a part: the first of these, if there are
    /// several.
    pub fn unchanged_source(&self) -> Option<usize> {
        self.sources.iter().position(|source| source.role.is_unchanged())
    }

    /// When it was last changed, in substance or by a correction, or else published.
    pub fn changed(&self) -> Option<Date> {
        self.last_change().or(self.date)
    }

    /// When it was last changed, or `None` if never since it was published. A change of which only the day is known
    /// was made after the publication, if that has a time on this day.
    pub fn last_change(&self) -> Option<Date> {
        let corrected = self.corrections.iter().filter_map(|correction| correction.date);
        let change = self.updated.into_iter().chain(corrected).max()?;
        let is_that_day = |date: Date| date != change && change == Date { time: None, ..date };
        (Some(change) > self.date || self.date.is_some_and(is_that_day)).then_some(change)
    }

    /// When it was last changed or came into the collection, whichever is later.
    pub fn modified(&self) -> Option<Date> {
        self.changed().max(self.added)
    }

    /// When it came into the collection; the date, if nothing else is known.
    pub fn added(&self) -> Option<Date> {
        self.added.or(self.date)
    }
}

fn minutes(words: u32, signs: u32) -> u32 {
    let (other, signs) = (u64::from(words.saturating_sub(signs)), u64::from(signs));
    let minute = WORDS_A_MINUTE * SIGNS_A_MINUTE;
    let time = other * SIGNS_A_MINUTE + signs * WORDS_A_MINUTE;
    (((time + minute / 2) / minute) as u32).max(words.min(1))
}

/// Bytes of a summary that are a wiki link without a text of its own. It shows the title of what it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The number of the link.
    pub link: u32,
}

/// Where an article comes from: a checked source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The outlet, as it is written; empty if only an address is given.
    pub outlet: String,
    /// The original's address, `http` or `https`.
    pub url: Option<String>,
    /// Its headline there.
    pub title: Option<String>,
    /// Who wrote it there.
    pub author: Option<String>,
    /// When it was published there.
    pub published: Option<Date>,
    /// The language of the original (BCP 47), where it is known.
    pub lang: Option<Language>,
    /// When it was taken from there.
    pub retrieved: Option<Date>,
    /// What the article does with it.
    pub role: SourceRole,
    /// An archived copy.
    pub archive: Option<String>,
    /// The licence it is used under.
    pub license: Option<String>,
}

impl Provenance {
    /// The original's address; empty if it is not known.
    pub fn address(&self) -> &str {
        self.url.as_deref().unwrap_or_default()
    }

    /// A source of which only the original's address is known.
    pub fn at(url: String) -> Self {
        Self {
            outlet: String::new(),
            url: Some(url),
            title: None,
            author: None,
            published: None,
            lang: None,
            retrieved: None,
            role: SourceRole::default(),
            archive: None,
            license: None,
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its address, as an index into the article's links.
    pub link: u32,
    /// A description for those who cannot see it.
    pub alt: String,
    /// The caption below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The licence it is used under.
    pub license: Option<String>,
    /// The point that must stay visible when it is cropped.
    pub focus: Option<String>,
}

/// The correction of a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was made.
    pub date: Option<Date>,
    /// What was corrected, plain text.
    pub text: String,
}

/// The withdrawal of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Since when, if that is known.
    pub date: Option<Date>,
    /// The reason, plain text; may be empty.
    pub reason: String,
}

/// A reference to something that only the whole site can resolve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRef {
    /// What it leads to, as it is written.
    pub target: String,
    /// How it is written.
    pub kind: LinkKind,
    /// Where it stands.
    pub place: Place,
}

/// How a reference is written, and so how it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum LinkKind {
    /// A link: relative to the file, an absolute path of the site, or `#heading`.
    Link,
    /// A picture or other embedded file: relative to the file, an absolute path, or a web address.
    Picture,
    /// `[[Title or slug]]`.
    Wiki,
}

/// The text of an article as HTML, with gaps for what only the whole site knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The HTML.
    pub html: String,
    /// The gaps, in ascending order.
    pub slots: Vec<Slot>,
    /// The headings, in order.
    pub toc: Vec<Heading>,
    /// The components, in the order of their starts.
    pub blocks: Vec<Block>,
    /// Where the text can be cut if its outlet allows only a part to be shown, in ascending order.
    pub ends: Vec<End>,
}

/// The end of a block of a body. The HTML before it is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The offset in the HTML behind the block.
    pub at: u32,
    /// The number of words before it.
    pub words: u32,
}

/// A gap in a body's HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Its offset in the HTML.
    pub at: u32,
    /// The link that fills it, as an index into the article's links.
    pub link: u32,
    /// What is filled in.
    pub fill: Fill,
}

/// What goes into a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// The address, escaped for an attribute's value.
    Address,
    /// ` width="…" height="…"`, if the picture's size is known.
    Size,
    /// The date in words of the site's language. It needs no link.
    Date(Date),
    /// For a wiki link without a text of its own: the title of what it leads to, escaped.
    Title,
}

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its plain text.
    pub title: String,
}

#[cfg(test)]
mod tests {
    use super::{Correction, Meta, minutes};

    #[test]
    fn a_change_without_a_time_comes_after_the_publication_of_its_day() {
        let last_change = |date: &str, updated: &str, corrected: &str| {
            let [date, updated, corrected] = [date, updated, corrected].map(|date| date.parse().ok());
            let corrections = vec![Correction { date: corrected, text: String::new() }];
            let meta = Meta { date, updated, corrections, ..Meta::default() };
            meta.last_change().map(|date| date.to_string()).unwrap_or_default()
        };
        for (date, updated, corrected, expected) in [
            ("2026-05-20", "", "", ""),
            ("2026-05-20", "2026-05-20", "", ""),
            ("2026-05-20T10:00", "2026-05-20", "", "2026-05-20"),
            ("2026-05-20T10:00", "", "2026-05-20", "2026-05-20"),
            ("2026-05-20T10:00", "2026-05-19", "", ""),
            ("2026-05-20T10:00", "2026-05-20T09:00", "", ""),
            ("2026-05-20T10:00", "2026-05", "", ""),
            ("2026-05-20", "2026-05-21", "2026-06-01", "2026-06-01"),
            ("", "2026-05-21", "", "2026-05-21"),
        ] {
            assert_eq!(last_change(date, updated, corrected), expected, "{date} {updated} {corrected}");
        }
    }

    #[test]
    fn reading_times_are_rounded() {
        for (words, signs, expected) in [
            (0, 0, 0),
            (1, 0, 1),
            (220, 0, 1),
            (329, 0, 1),
            (330, 0, 2),
            (1100, 0, 5),
            (1900, 1900, 4),
            (1220, 1000, 3),
            (1, 1, 1),
            (u32::MAX, 0, 19_522_579),
        ] {
            assert_eq!(minutes(words, signs), expected, "{words} {signs}");
        }
    }
}
