//! An article or standing page: checked front matter and body.

use std::ops::{Range, RangeInclusive};

use super::checks::{Checks, name, text, texts};
use super::file_name::FileName;
use super::markdown::{self, Rendered, Settings, Summary, without_links};
use super::matter::{self, Step};
use super::plain::plain;
use super::report::Report;
use super::{File, Options, address, quotes, signature};
use crate::base::date::{BadDate, Date};
use crate::base::diag::Rule;
use crate::base::fingerprint::Fingerprint;
use crate::base::fold::fold;
use crate::base::labels::Labels;
use crate::base::language::Language;
use crate::base::slug::{composed, is_segment, slugify};
use crate::base::yaml;
use crate::config::RawHtml;
use crate::model::article::{Body, Correction, LinkKind, LinkRef, Mention, Meta, Provenance, Withdrawal};
use crate::model::front_matter::{
    CorrectionRef, FrontMatter, OneOrMany, SeriesRef, SourceMap, SourceRef, SourceRole, Text, WithdrawnRef,
};
use crate::model::input::DocumentKind;
use crate::model::path::ContentPath;
use crate::model::signature::Signature;

use Step::{Item, Key};

/// Reads an article or page.
pub(super) fn read(file: &File<'_>, kind: DocumentKind, report: &mut Report<'_>) -> (Meta, Body) {
    let mut front = matter::read::<FrontMatter>(file.front.clone(), report);
    let value = std::mem::take(&mut front.value);
    let name = FileName::of(file.path);
    let mut links = Vec::new();
    let raw_html = value.raw_html;
    let is_undated = text(value.date.clone()).is_none() && name.date.is_none();
    let mut checks = Checks::of(&front.keys, file.options, report);
    let mut meta = checks.meta(value, file, &name, &mut links);
    checks.order_of_dates(&meta);
    let wants_summary = meta.summary.is_empty();
    let mut settings = settings(file.options, meta.lang.as_ref(), raw_html, !meta.sources.is_empty());
    settings.title = Some(meta.title.as_str()).filter(|title| !title.is_empty());
    settings.lends_title = meta.title.is_empty();
    settings.wants_summary = wants_summary;
    settings.quoted =
        meta.sources.first().filter(|source| is_quoted(source.role)).and_then(|source| source.url.as_deref());
    settings.wants_census = kind == DocumentKind::Article;
    let rendered = markdown::render(file.body.clone(), &settings, report, &mut links);
    if wants_summary {
        meta.summary.clone_from(&rendered.summary.text);
        meta.summary_start = Some(rendered.summary.start);
        meta.mentions = mentions(&rendered.summary, &links);
    }
    if meta.title.is_empty() {
        meta.title = title(&rendered, &name, &front, report);
    }
    if is_undated && kind == DocumentKind::Article && !front.is_unread("date") {
        missing_date(&front.keys, report);
    }
    finish(meta, rendered, links, &file.options.language)
}

/// The articles that a summary names, with the links of the text that lead there.
fn mentions(summary: &Summary, links: &[LinkRef]) -> Vec<Mention> {
    let link_to =
        |target: &str| links.iter().position(|link| link.kind == LinkKind::Wiki && link.target == target);
    let mention = |(range, target): &(Range<usize>, String)| {
        let link = link_to(target)? as u32;
        Some(Mention { start: range.start as u32, end: range.end as u32, link })
    };
    summary.mentions.iter().filter_map(mention).collect()
}

/// How the Markdown of a file is read.
pub(super) fn settings<'s>(
    options: &'s Options,
    lang: Option<&'s Language>,
    raw_html: Option<RawHtml>,
    is_sourced: bool,
) -> Settings<'s> {
    let usual = if is_sourced { options.markdown.sourced_raw_html } else { options.markdown.raw_html };
    let language = lang.unwrap_or(&options.language);
    Settings {
        markdown: options.markdown,
        raw_html: raw_html.unwrap_or(usual),
        slugs: options.slugs,
        home: &options.home,
        labels: Labels::of(language, &options.labels),
        quotes: quotes::of(language),
        title: None,
        lends_title: false,
        wants_summary: false,
        is_sourced,
        quoted: None,
        wants_census: false,
    }
}

/// Whether the quotations in an article are from its source. A republished text quotes others.
fn is_quoted(role: SourceRole) -> bool {
    matches!(role, SourceRole::Excerpt | SourceRole::Summary | SourceRole::BasedOn)
}

/// The language of what was taken over from a source that says which it is.
fn lang_of_text(sources: &[Provenance]) -> Option<Language> {
    sources.iter().find(|source| source.role.is_unchanged())?.lang.clone()
}

fn title<T>(
    rendered: &Rendered,
    name: &FileName<'_>,
    front: &matter::Front<'_, T>,
    report: &mut Report<'_>,
) -> String {
    let is_unread = front.is_unread("title");
    let mut hint = "add `title:` to the front matter";
    let mut place = 0..0;
    // `title: #1 in the charts`
    let comment = front.keys.find_value(&[Key("title")], "#");
    if report.text(comment.clone()) == "#" {
        (hint, place) = ("put the title between quotes: `#` begins a comment", comment);
    }
    if let Some((title, at)) = &rendered.title {
        if !is_unread {
            let message = format!("there is no title, so the first heading, `{title}`, is used");
            report.add(report.at(at, Rule::TitleFromHeading, message).hint(hint));
        }
        return title.clone();
    }
    if !is_unread {
        let message = "there is no title, and no heading to take one from";
        report.add(report.at(&place, Rule::MissingTitle, message).hint(hint));
    }
    name.words()
}

fn missing_date(keys: &matter::Keys<'_>, report: &mut Report<'_>) {
    let diagnostic = report.at(&keys.whole(), Rule::MissingDate, "the article has no date");
    report.add(diagnostic.hint("add `date: 2022-01-11`, or begin the file's name with `2022-01-11-`"));
}

fn finish(mut meta: Meta, rendered: Rendered, links: Vec<LinkRef>, language: &Language) -> (Meta, Body) {
    meta.words = rendered.words;
    meta.signs = rendered.signs;
    meta.anchors = rendered.anchors;
    meta.has_code = rendered.has_code;
    meta.links = links;
    meta.link_words = rendered.link_words;
    meta.components = rendered.components;
    meta.print = Fingerprint::of(&meta);
    if let Some(census) = rendered.census {
        meta.signature = signature::of(census, &meta.title, meta.lang.as_ref().unwrap_or(language));
    }
    meta.body_print = Fingerprint::of(&rendered.body);
    (meta, rendered.body)
}

/// The numbers that a part of a series can have.
const PARTS: RangeInclusive<u32> = 1..=99_999;

/// The folders in which Jekyll has articles and drafts.
const POSTS: &str = "_posts";
const DRAFTS: &str = "_drafts";

/// Whether a file lies in a folder of that name, or below one.
fn is_within(path: &ContentPath, folder: &str) -> bool {
    path.folder().split('/').any(|part| part == folder)
}

impl Checks<'_, '_> {
    fn meta(
        &mut self,
        front: FrontMatter,
        file: &File<'_>,
        name: &FileName<'_>,
        links: &mut Vec<LinkRef>,
    ) -> Meta {
        let date = self.article_date(front.date, name);
        let sources = self.sources(front.source, front.source_url);
        let lang = self.language(&[Key("lang")], front.lang).or_else(|| lang_of_text(&sources));
        if lang.is_none() {
            self.look_at_ending(file.path, &file.options.language);
        }
        let authors = self.authors(front.authors);
        self.compare_authors(&authors, &sources);
        Meta {
            path: file.path.clone(),
            title: text(front.title).map(|title| plain(&title)).unwrap_or_default(),
            slug: self.slug(front.slug, name, file.options),
            date,
            updated: self.date(&[Key("updated")], front.updated),
            added: self.date(&[Key("added")], front.added),
            publish: self.moment(&[Key("publish")], front.publish),
            expires: self.moment(&[Key("expires")], front.expires),
            withdrawn: self.withdrawal(front.withdrawn),
            draft: front.draft.unwrap_or_else(|| is_within(file.path, DRAFTS)),
            says_lang: lang.is_some(),
            lang: lang.filter(|lang| *lang != file.options.language),
            sources,
            tags: self.tags(front.tags, |checks| checks.is_of_jekyll(file.path, name)),
            authors,
            series: self.series(front.series),
            image: self.image("image", front.image, links),
            summary: [front.summary, front.description, front.excerpt]
                .into_iter()
                .find_map(text)
                .map(|summary| plain(&without_links(&summary)))
                .unwrap_or_default(),
            summary_start: None,
            mentions: Vec::new(),
            aliases: self.old_addresses("aliases", front.aliases),
            template: text(front.template),
            index: front.index,
            related: texts(self.first("related", front.related)),
            unrelated: texts(self.first("unrelated", front.unrelated)),
            corrections: self.corrections(front.corrections),
            comments: front.comments.unwrap_or_default(),
            extra: front.extra.unwrap_or_default(),
            words: 0,
            signs: 0,
            anchors: Vec::new(),
            links: Vec::new(),
            link_words: Vec::new(),
            components: Vec::new(),
            has_code: false,
            signature: Signature::default(),
            print: Fingerprint::default(),
            body_print: Fingerprint::default(),
        }
    }

    /// Whether a file was made for Jekyll: it lies in one of its folders, or has a dated name and a `layout`.
    fn is_of_jekyll(&self, path: &ContentPath, name: &FileName<'_>) -> bool {
        let is_named_so = || name.date.is_some() && self.keys.has(&[Key("layout")]);
        is_within(path, POSTS) || is_within(path, DRAFTS) || is_named_so()
    }

    /// Reports a file with the name of a translation, as Hugo has it (`tides.fr.md`), that does not say in which
    /// language it is. It is an article of its own, in the site's language.
    fn look_at_ending(&mut self, path: &ContentPath, language: &Language) {
        let ending = path.stem().rsplit_once('.').map_or("", |(_, ending)| ending);
        if !Language::is_usual(ending) {
            return;
        }
        let message = format!(
            "the file has a name that ends in `.{ending}`, as that of a translation, and does not say that it is in that language"
        );
        let diagnostic = self.report.at(&self.keys.whole(), Rule::UnknownLanguage, message);
        let other = if ending == language.as_str() {
            String::new()
        } else {
            format!(", or `lang: {language}` if that is right")
        };
        let hint = format!(
            "write `lang: {ending}`{other}; and a `slug`, because it is an article of its own, whose address ends in `.{ending}`"
        );
        self.report.add(diagnostic.hint(hint).grouped(ending));
    }

    /// Reports that a text taken over in its own words is by one person at the top and by another in its source.
    fn compare_authors(&mut self, authors: &[String], sources: &[Provenance]) {
        let unchanged = sources.iter().enumerate().find(|(_, source)| source.role.is_unchanged());
        let Some((number, author)) =
            unchanged.and_then(|(number, source)| Some((number, source.author.as_ref()?)))
        else {
            return;
        };
        if authors.is_empty() || authors.iter().any(|one| fold(one) == fold(author)) {
            return;
        }
        let message =
            format!("the text is by `{author}`, as its source says, and `authors` names somebody else");
        let diagnostic =
            self.at(&[Key("source"), Item(number), Key("author")], author, Rule::OtherAuthor, message);
        self.report
            .add(diagnostic.hint("name under `authors` who wrote the text, or leave one of the two out"));
    }

    /// The date of the front matter, or else of the file's name.
    fn article_date(&mut self, value: Option<Text>, name: &FileName<'_>) -> Option<Date> {
        let is_written = value.is_some();
        let date = self.date(&[Key("date")], value);
        match &name.date {
            Some(Ok(named)) => date.or(Some(*named)),
            Some(Err(BadDate(message))) if !is_written => {
                let message = format!("the file's name begins with a date, but {message}");
                self.report.say(&self.keys.whole(), Rule::BadDate, message);
                None
            }
            _ => date,
        }
    }

    fn slug(&mut self, value: Option<Text>, name: &FileName<'_>, options: &Options) -> String {
        let Some(slug) = text(value) else { return name.slug(options.slugs) };
        if is_segment(&slug) {
            // As of the name of a file, and as others make an address of such a slug.
            let has_blanks = slug.contains(char::is_whitespace);
            return if has_blanks { slugify(&slug, options.slugs) } else { composed(&slug).into_owned() };
        }
        let message = format!("`{slug}` cannot be a slug, which is one segment of an address");
        let diagnostic = self.at(&[Key("slug")], &slug, Rule::PathEscape, message);
        self.report.add(diagnostic.hint(format!(
            "write it without special characters, such as `{}`",
            slugify(&slug, options.slugs)
        )));
        name.slug(options.slugs)
    }

    fn series(&mut self, value: Option<SeriesRef>) -> Option<(String, Option<u32>)> {
        let SeriesRef(map) = value?;
        let part = map.part.filter(|part| PARTS.contains(part));
        if part != map.part {
            let message = format!("the parts of a series are counted from 1 to {}", PARTS.end());
            self.say(&[Key("series"), Key("part")], "", Rule::BadValue, message);
        }
        let Some(name) = name(map.name) else {
            if map.part.is_some() {
                self.say(&[Key("series")], "", Rule::BadValue, "the series has no `name`");
            }
            return None;
        };
        Some((name, part))
    }

    fn corrections(&mut self, value: Option<OneOrMany<CorrectionRef>>) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for (index, correction) in value.unwrap_or_default().0.into_iter().enumerate() {
            let date = self.date(&[Key("corrections"), Item(index), Key("date")], correction.date);
            match text(correction.text) {
                Some(text) => corrections.push(Correction { date, text: plain(&text) }),
                None => self.say(
                    &[Key("corrections"), Item(index)],
                    "",
                    Rule::BadValue,
                    "the correction has no `text`",
                ),
            }
        }
        corrections
    }

    fn withdrawal(&mut self, value: Option<WithdrawnRef>) -> Option<Withdrawal> {
        let WithdrawnRef(map) = value?;
        let written = text(map.date.clone());
        if let Some(truth) = written.as_deref().filter(|date| yaml::truth(date).is_some()) {
            let message = format!("`withdrawn` must be text or a map, not `{truth}`");
            let diagnostic = self.at(&[Key("withdrawn")], truth, Rule::BadValue, message);
            self.report.add(diagnostic.hint(matter::withdrawn("withdrawn")));
            return None;
        }
        let is_dated = written.is_some();
        let date = self.date(&[Key("withdrawn"), Key("date")], map.date);
        let reason = text(map.reason).map(|reason| plain(&reason));
        (is_dated || reason.is_some()).then(|| Withdrawal { date, reason: reason.unwrap_or_default() })
    }

    /// The sources; `url` is the address of the first that has none of its own, or of the only one.
    fn sources(&mut self, value: Option<OneOrMany<SourceRef>>, url: Option<Text>) -> Vec<Provenance> {
        let list = self.first("source", value).unwrap_or_default().0.into_iter().enumerate();
        let mut url = self.web(&[Key("source_url")], url);
        let mut sources: Vec<Provenance> =
            list.filter_map(|(index, SourceRef(map))| self.source(index, map, &mut url)).collect();
        if let Some(url) = url.filter(|_| sources.is_empty()) {
            sources.push(Provenance::at(url));
        }
        sources
    }

    fn author_of_source(&mut self, path: &[Step<'_>], value: Option<Text>) -> Option<String> {
        let author = text(value)?;
        self.look_for_by(path, &author);
        Some(author)
    }

    /// One source, which takes the address of `source_url` if it has none.
    fn source(
        &mut self,
        index: usize,
        map: SourceMap,
        source_url: &mut Option<String>,
    ) -> Option<Provenance> {
        let path = |key| [Key("source"), Item(index), Key(key)];
        let is_empty =
            map.outlet.as_ref().is_none_or(|Text(outlet)| outlet.trim().is_empty()) && map.url.is_none();
        // An outlet may be given by its address alone.
        let outlet = name(map.outlet);
        let (outlet, address) = match outlet {
            Some(address) if address::is_web(&address) => (None, Some(address)),
            outlet => (outlet, None),
        };
        let has_url = map.url.is_some();
        let url = self.web(&path("url"), map.url).or(address);
        let url = if has_url { url } else { url.or_else(|| source_url.take()) };
        if is_empty && url.is_none() {
            self.say(
                &[Key("source"), Item(index)],
                "",
                Rule::BadValue,
                "the source has neither `outlet` nor `url`",
            );
        }
        let is_known = outlet.is_some() || url.is_some();
        // It is read even if it is of no use, so that all of its faults are told.
        let provenance = Provenance {
            outlet: outlet.unwrap_or_default(),
            url,
            title: text(map.title).map(|title| plain(&title)),
            author: self.author_of_source(&path("author"), map.author),
            published: self.date(&path("published"), map.published),
            lang: self.language(&path("lang"), map.lang),
            retrieved: self.date(&path("retrieved"), map.retrieved),
            role: map.role.unwrap_or_default(),
            archive: self.web(&path("archive"), map.archive),
            license: text(map.license),
        };
        is_known.then_some(provenance)
    }
}
