//! "Cite this": an article as plain text, BibTeX and CSL-JSON.
//!
//! What is cited is the first publication of the text. For an article that was taken over from an outlet that
//! is the original, with a note about where it was republished; for a translation it is this site, with the
//! original's author. Those who have written and translated it are the same as on the page. Nothing is invented:
//! the date of access, which only the reader knows, is left out.
//!
//! BibTeX is written for biblatex (`@online`, `@article` with `journaltitle`, `date`), which reference
//! managers read as well. CSL-JSON follows <https://github.com/citation-style-language/schema>.

use std::borrow::Cow;

use serde::Serialize;

use super::Site;
use super::name::Name;
use crate::base::bytes;
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::listing;
use crate::base::scripts::{runs_on, spaced};
use crate::base::slug::{SlugStyle, slugify};
use crate::base::words::ends_sentence;
use crate::model::article::Meta;
use crate::model::front_matter::SourceRole;
use crate::model::path::UrlPath;
use crate::model::view::{ArticleView, CiteView, DateView, TermLink};

/// The citations of an article. `path` is the address of its page, and `own` the same as a whole.
pub(super) fn cite(
    meta: &Meta,
    article: &ArticleView,
    (path, own): (&UrlPath, &str),
    site: &Site<'_>,
) -> CiteView {
    let work = Work::of(meta, article, own, site);
    let key = work.key(path);
    CiteView { text: work.plain(site), bibtex: work.bibtex(&key, site), csl: work.csl(&key, site) }
}

/// What is cited.
struct Work<'a> {
    authors: Vec<Name<'a>>,
    translators: Vec<Name<'a>>,
    title: &'a str,
    original_title: &'a str,
    /// Where it was published: an outlet, or this site.
    container: &'a str,
    date: Option<Date>,
    /// The same in words.
    day: &'a str,
    url: &'a str,
    lang: &'a str,
    /// Its page here, if it was published elsewhere first.
    republished: Option<&'a str>,
}

impl<'a> Work<'a> {
    fn of(meta: &'a Meta, article: &'a ArticleView, own: &'a str, site: &'a Site<'_>) -> Self {
        let words = |date: &'a Option<DateView>| date.as_ref().map(|date| date.text.as_str());
        let own_day = words(&article.date).unwrap_or_default();
        let names = |people: &'a [TermLink], lang: &'a str| {
            people.iter().map(|one| Name::of(&one.name, lang)).collect::<Vec<_>>()
        };
        let this = Work {
            authors: names(&article.writers, &article.lang),
            translators: names(&article.translators, &article.lang),
            title: &article.title,
            original_title: "",
            container: &site.config.title,
            date: meta.date,
            day: own_day,
            url: own,
            lang: &article.lang,
            republished: None,
        };
        let text = meta.text_source().and_then(|at| meta.sources.get(at).zip(article.sources.get(at)));
        let Some((source, view)) = text else { return this };
        let is_translation = source.role == SourceRole::Translation;
        let original_lang = match view.lang.as_str() {
            "" if !is_translation => &article.lang,
            lang => lang,
        };
        // An author of the original has a name in its language.
        let lang = if meta.original_author().is_some() { original_lang } else { &article.lang };
        let this = Work { authors: names(&article.writers, lang), ..this };
        match source.role {
            SourceRole::Republished | SourceRole::Excerpt => Work {
                title: source.title.as_deref().unwrap_or(&article.title),
                container: &view.outlet.name,
                date: source.published.or(meta.date),
                day: words(&view.published).unwrap_or(own_day),
                url: source.url.as_deref().unwrap_or(own),
                republished: Some(own),
                ..this
            },
            SourceRole::Translation => {
                Work { original_title: source.title.as_deref().unwrap_or_default(), ..this }
            }
            SourceRole::Summary | SourceRole::BasedOn | SourceRole::Via => this,
        }
    }

    /// A key such as `saltby-2024-03-keepers-notebook`. No other article has it, because none has its address.
    fn key(&self, path: &UrlPath) -> String {
        let mut name = slugify(self.authors.first().map_or(self.container, Name::family), SlugStyle::Ascii);
        name.retain(|c| c != '-');
        let address = path.as_str().trim_matches('/');
        let words = slugify(address, SlugStyle::Ascii);
        let year = self.date.map(|date| date.year.to_string()).unwrap_or_default();
        let year = if words.split('-').any(|word| word == year) { String::new() } else { year };
        // Two addresses in other letters may sound alike.
        let is_told = words == address.replace('/', "-");
        let print = if is_told { String::new() } else { Fingerprint::of_bytes(address.as_bytes()).short() };
        let parts = [name + &year, words, print];
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }

    fn plain(&self, site: &Site<'_>) -> String {
        let mut text = String::new();
        if !self.authors.is_empty() {
            text = listed(&self.authors, site);
            text.push_str(if text.ends_with(runs_on) { "：" } else { ": " });
        }
        text.push_str(self.title);
        end_sentence(&mut text);
        if !self.translators.is_empty() {
            text.extend([&spaced(site.word("translated_by")), &*listed(&self.translators, site)]);
            end_sentence(&mut text);
        }
        text.push_str(self.container);
        if !self.day.is_empty() {
            text.extend([&spaced(site.theme.words.get("comma").unwrap_or(",")), self.day]);
        }
        end_sentence(&mut text);
        text.push_str(self.url);
        if let Some(note) = self.note(site) {
            text.extend([". ", &note]);
        }
        text
    }

    /// Who has republished it, and where.
    fn note(&self, site: &Site<'_>) -> Option<String> {
        let page = self.republished.filter(|page| *page != self.url)?;
        Some([&spaced(site.word("republished_by")), site.config.title.as_str(), ": ", page].concat())
    }

    fn bibtex(&self, key: &str, site: &Site<'_>) -> String {
        let is_article = self.republished.is_some();
        let mut bibtex = String::with_capacity(1024);
        bibtex.extend(["@", if is_article { "article" } else { "online" }, "{", key]);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                bibtex.extend([",\n  ", name, " = {", value, "}"]);
            }
        };
        field("author", &bibtex_names(&self.authors));
        field("translator", &bibtex_names(&self.translators));
        // The inner braces keep capitals, which styles would take from all but names that they cannot know.
        field("title", &["{", &bibtex_text(self.title), "}"].concat());
        field("origtitle", &bibtex_text(self.original_title));
        field(if is_article { "journaltitle" } else { "organization" }, &bibtex_text(self.container));
        field("date", &self.date.map(day).unwrap_or_default());
        field("url", &bibtex_address(self.url));
        field("note", &bibtex_text(&self.note(site).unwrap_or_default()));
        bibtex + "\n}"
    }

    fn csl(&self, key: &str, site: &Site<'_>) -> String {
        let item = CslItem {
            id: key,
            kind: if self.republished.is_some() { "article-newspaper" } else { "webpage" },
            title: self.title,
            author: self.authors.iter().map(CslName::of).collect(),
            translator: self.translators.iter().map(CslName::of).collect(),
            original_title: self.original_title,
            container_title: self.container,
            issued: self.date.map(|date| CslDate { date_parts: [date_parts(date)] }),
            url: self.url,
            language: self.lang,
            note: self.note(site).unwrap_or_default(),
        };
        let mut csl = Vec::with_capacity(1024);
        // Strings and numbers cannot fail to be written to memory.
        let written =
            serde_json::to_writer(&mut csl, &[item]).ok().and_then(|()| String::from_utf8(csl).ok());
        written.unwrap_or_default()
    }
}

/// Ends a sentence with the stop of its script, unless it has an end.
fn end_sentence(text: &mut String) {
    if !ends_sentence(text) {
        text.push_str(match text.chars().next_back() {
            Some(c) if runs_on(c) => "。",
            Some('\u{900}'..='\u{9ff}') => "।",
            Some('\u{530}'..='\u{58f}') => "։",
            _ => ".",
        });
    }
    if !text.ends_with(runs_on) {
        text.push(' ');
    }
}

/// The day, month or year of a date, as ISO 8601 has it.
fn day(date: Date) -> String {
    Date { time: None, ..date }.to_string()
}

fn date_parts(date: Date) -> Vec<u16> {
    [date.year, date.month.into(), date.day.into()].into_iter().take_while(|&part| part > 0).collect()
}

/// `A, B and C`.
fn listed(names: &[Name<'_>], site: &Site<'_>) -> String {
    let names: Vec<String> = names.iter().map(Name::whole).collect();
    listing::listed(&names, &site.config.language)
}

fn bibtex_names(names: &[Name<'_>]) -> String {
    let name = |name: &Name<'_>| match name {
        Name::Person { given, family, suffix: "", .. } => {
            [&bibtex_text(family), ", ", &bibtex_text(given)].concat()
        }
        Name::Person { given, family, suffix, .. } => {
            format!("{}, {suffix}, {}", bibtex_text(family), bibtex_text(given))
        }
        // Braces keep BibTeX from looking for parts, and an `and` within from dividing the name.
        Name::Literal(name) => format!("{{{}}}", bibtex_text(name)),
    };
    names.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// A text in which nothing has a meaning for TeX. BibTeX counts even escaped braces, so they are written by
/// name.
fn bibtex_text(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !bytes::is_one_of(byte, *b"\\{}~^#$%&_");
    if !bytes::any(text.as_bytes(), |byte| !is_plain(byte)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', c]),
            c if c.is_whitespace() || c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// An address for a field that is taken as it is; only braces and backslashes would break out of it.
fn bibtex_address(address: &str) -> Cow<'_, str> {
    if bytes::any(address.as_bytes(), |byte| bytes::is_one_of(byte, *b"{}\\")) {
        Cow::Owned(address.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"))
    } else {
        Cow::Borrowed(address)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translator: Vec<CslName<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    original_title: &'a str,
    container_title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(rename = "URL")]
    url: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    date_parts: [Vec<u16>; 1],
}

#[derive(Serialize)]
#[serde(untagged)]
enum CslName<'a> {
    Person {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: &'a str,
    },
    Literal {
        literal: &'a str,
    },
}

impl<'a> CslName<'a> {
    fn of(name: &Name<'a>) -> Self {
        match *name {
            Name::Person { given, family, suffix, .. } => Self::Person { family, given, suffix },
            Name::Literal(literal) => Self::Literal { literal },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_parts() {
        let check = |name: &str, bibtex: &str| assert_eq!(bibtex_names(&[Name::of(name, "en")]), bibtex);
        check("Gabriel José de la Concordia", "de la Concordia, Gabriel José");
        check("Martin Luther King Jr.", "King, Jr., Martin Luther");
        check("The Harbour Desk", "{The Harbour Desk}");
        check("Smith & Sons", "{Smith \\& Sons}");
    }

    #[test]
    fn sentences_end_as_their_script_has_it() {
        for (text, expected) in [
            ("A", "A. "),
            ("2024 г.", "2024 г. "),
            ("A?", "A? "),
            ("لماذا؟", "لماذا؟ "),
            ("يوم", "يوم. "),
            ("東京", "東京。"),
            ("東京。", "東京。"),
            ("「東京。」", "「東京。」"),
            ("हिन्दी", "हिन्दी। "),
            ("हिन्दी।", "हिन्दी। "),
        ] {
            let mut text = text.to_owned();
            end_sentence(&mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn special_characters_of_tex_are_escaped() {
        assert_eq!(
            bibtex_text("100% of {A_B} & $5 #1 ~x^2 \\o/\n é"),
            "100\\% of \\textbraceleft{}A\\_B\\textbraceright{} \\& \\$5 \\#1 \\textasciitilde{}x\\textasciicircum{}2 \\textbackslash{}o/  é"
        );
        assert_eq!(bibtex_address("https://e.example/a_b?c={d}&e#f"), "https://e.example/a_b?c=%7Bd%7D&e#f");
    }

    #[test]
    fn dates_have_as_many_parts_as_are_known() {
        let check = |date: &str, parts: &[u16]| assert_eq!(date_parts(date.parse().unwrap()), parts);
        check("1923", &[1923]);
        check("1968-05", &[1968, 5]);
        check("2024-03-05T07:30:00+01:00", &[2024, 3, 5]);
        assert_eq!(day("2024-03-05T07:30:00+01:00".parse().unwrap()), "2024-03-05");
    }
}
