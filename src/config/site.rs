//! From the text of `site.toml` to its checked value.
//!
//! All mistakes are reported in one run. A faulty value is replaced by its default, so that the content can
//! be checked in the same run. There is no configuration only if the file is not TOML at all, or has no
//! usable `title` or `base_url`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::document::Document;
use super::front::{self, RawFront, RawSlot};
use super::raw::{RawContent, RawMenuItem, RawPublisher, RawSite, RawTheme, RawUrls, schema_of};
use super::values::{self, Checked};
use super::{
    ByKind, Feeds, Folders, Front, Pin, Publisher, SiteConfig, Slot, TermKind, UrlPart, Urls, shape, syntax,
};
use crate::base::date::Zone;
use crate::base::date_locale::DateLocale;
use crate::base::diag::{Diagnostic, Place, Warned};

/// Reads a `site.toml`; `file` is its name in diagnostics.
pub fn site(text: &str, file: &str) -> Warned<Option<SiteConfig>> {
    let mut found = Vec::new();
    let clean = syntax::clean(text, file, &mut found);
    let sound = found.is_empty();
    let document = Document::parse(&clean, file);
    let shaped = shape::conform(&document, &site_schema(), sound, &mut found);
    let value = match serde_json::from_value(shaped) {
        Ok(raw) => checked(raw, &mut Check { document: &document, found: &mut found, addresses: Vec::new() }),
        Err(error) => {
            found.push(document.error_without_place(error.to_string()));
            None
        }
    };
    found.sort_by_key(|diagnostic| diagnostic.place);
    Warned { value: value.filter(|_| sound), diagnostics: found }
}

/// The JSON Schema of `site.toml`.
pub fn site_schema() -> Value {
    schema_of::<RawSite>(true)
}

struct Check<'a, 't> {
    document: &'a Document<'t>,
    found: &'a mut Vec<Diagnostic>,
    addresses: Vec<(String, Option<Place>)>,
}

impl Check<'_, '_> {
    /// The value, or `None` after reporting the fault at its key.
    fn take<T>(&mut self, path: &[&str], value: Checked<T>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            // A key that is not in the file has its default, which is right, or had the wrong type, which was
            // reported.
            Err(_) if !self.document.has(path) => None,
            Err(fault) => {
                let message = format!("`{}` {}", name(path), fault.message);
                let diagnostic = self.document.error_in(path, fault.part.as_deref(), message);
                self.found.push(Diagnostic { hint: fault.hint, ..diagnostic });
                None
            }
        }
    }

    /// Checks an address, and records it if it is one of the site.
    fn address(&mut self, path: &[&str], address: &str) {
        if !address.is_empty()
            && self.take(path, values::address(address)).is_some()
            && address.starts_with('/')
        {
            self.addresses.push((address.to_owned(), self.document.place(path)));
        }
    }

    fn refuse(&mut self, path: &[&str], message: String) {
        let diagnostic = self.document.error_in(path, None, message);
        self.found.push(diagnostic);
    }
}

fn name(path: &[&str]) -> String {
    path.iter().copied().filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

fn checked(raw: RawSite, check: &mut Check<'_, '_>) -> Option<SiteConfig> {
    let address = (!raw.base_url.is_empty()).then(|| values::base_url(&raw.base_url));
    let address = address.and_then(|address| check.take(&["base_url"], address));
    let language = check.take(&["language"], values::language(&raw.language)).unwrap_or_default();
    let locale = DateLocale::of(&language);
    let is_own = !raw.date_format.is_empty()
        && check.take(&["date_format"], values::date_format(&raw.date_format)).is_some();
    let date_format = if is_own { raw.date_format } else { locale.day.clone() };
    let publisher = publisher(raw.publisher, &raw.title, check);
    let zone = check.take(&["timezone"], values::zone(&raw.timezone)).unwrap_or(Zone::UTC);
    let (theme, theme_options) = theme(raw.theme, check);
    let folders = folders(&raw.content, check);
    let urls = urls(&raw.urls, check);
    let menu = menu(raw.menu, check);
    let front = front(&raw.front, zone, check);
    let (origin, base_path) = address?;
    if raw.title.is_empty() {
        return None;
    }
    Some(SiteConfig {
        title: raw.title,
        home: format!("{origin}{base_path}"),
        origin,
        base_path,
        description: raw.description,
        locale,
        language,
        zone,
        date_format,
        publisher,
        folders,
        urls,
        page_size: raw.lists.page_size,
        list_order: raw.lists.order,
        related: raw.lists.related,
        front,
        likeness: raw.related,
        feeds: Feeds {
            entries: raw.feeds.entries,
            order: raw.feeds.order,
            content: raw.feeds.content,
            term_content: raw.feeds.term_content,
        },
        outputs: raw.outputs,
        index: raw.index,
        markdown: raw.markdown,
        theme,
        theme_options,
        menu,
        addresses: std::mem::take(&mut check.addresses),
        lint: raw.lint,
        extra: raw.extra,
    })
}

fn publisher(raw: RawPublisher, title: &str, check: &mut Check<'_, '_>) -> Publisher {
    check.address(&["publisher", "logo"], &raw.logo);
    for (index, page) in raw.same_as.iter().enumerate() {
        check.address(&["publisher", "same_as", &index.to_string()], page);
    }
    let mut policies = Vec::new();
    for (key, name, policy) in raw.policies().into_iter().filter(|(.., policy)| !policy.is_empty()) {
        check.address(&["publisher", key], policy);
        policies.push((name, policy.clone()));
    }
    let name = if raw.name.is_empty() { title.to_owned() } else { raw.name };
    Publisher { name, logo: raw.logo, same_as: raw.same_as, policies }
}

fn theme(raw: RawTheme, check: &mut Check<'_, '_>) -> (String, BTreeMap<String, Value>) {
    let (path, name, options): (&[&str], _, _) = match raw {
        RawTheme::Name(name) => (&["theme"], name, BTreeMap::new()),
        RawTheme::Table(table) => (&["theme", "name"], table.name, table.options),
    };
    check.take(path, values::theme_name(&name));
    // Among the options of a theme, addresses can be recognised only by their form.
    let texts = options.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    for (name, text) in texts.filter(|(_, text)| text.starts_with('/') && values::address(text).is_ok()) {
        check.address(&["theme", name], text);
    }
    (name, options)
}

fn front(raw: &RawFront, zone: Zone, check: &mut Check<'_, '_>) -> Front {
    let mut pins = Vec::new();
    for (index, pin) in raw.pins.iter().enumerate() {
        let until =
            check.take(&["front", "pins", &index.to_string(), "until"], front::until(&pin.until, zone));
        pins.push(Pin { article: pin.article.clone(), until: until.flatten() });
    }
    let slots = raw.slots.iter().enumerate().map(|(index, raw)| slot(raw, &index.to_string(), check));
    let slots = slots.collect();
    Front { lead: raw.lead, pins, slots }
}

fn slot(raw: &RawSlot, index: &str, check: &mut Check<'_, '_>) -> Slot {
    let mut conditions = front::conditions(raw);
    let is_named = !conditions.is_empty() || !raw.title.trim().is_empty();
    let query = check.take(&["front", "slots", index, "query"], front::query(&raw.query));
    conditions.extend(query.unwrap_or_default());
    check.address(&["front", "slots", index, "url"], &raw.url);
    if !is_named {
        let message =
            "a slot of `front.slots` needs a `title`, because it has no tag, source, author or series";
        check.refuse(&["front", "slots", index], message.to_owned());
    }
    Slot {
        title: raw.title.trim().to_owned(),
        url: raw.url.clone(),
        conditions,
        each: raw.each,
        order: raw.order,
        count: raw.count,
    }
}

fn menu(raw: Vec<RawMenuItem>, check: &mut Check<'_, '_>) -> Vec<(String, String)> {
    for (index, item) in raw.iter().enumerate() {
        check.address(&["menu", &index.to_string(), "url"], &item.url);
    }
    raw.into_iter().map(|item| (item.title, item.url)).collect()
}

fn urls(raw: &RawUrls, check: &mut Check<'_, '_>) -> Urls {
    let article = check.take(&["urls", "article"], values::pattern(&raw.article));
    let names = [
        ("tags", &raw.tags),
        ("sources", &raw.sources),
        ("authors", &raw.authors),
        ("series", &raw.series),
        ("archive", &raw.archive),
        ("corrections", &raw.corrections),
    ];
    let segments = names.map(|(key, text)| {
        check.take(&["urls", key], values::segment(text)).unwrap_or_else(|| key.to_owned())
    });
    let all: Vec<_> = names.iter().map(|(key, _)| ["urls", *key]).zip(segments.clone()).collect();
    no_two_the_same(&all, check);
    let [tags, sources, authors, series, archive, corrections] = segments;
    Urls {
        article: article.unwrap_or_else(default_pattern),
        terms: ByKind::new([tags, sources, authors, series]),
        archive,
        corrections,
        slugs: raw.slugs,
    }
}

fn default_pattern() -> Vec<UrlPart> {
    let slash = || UrlPart::Text("/".to_owned());
    vec![slash(), UrlPart::Year, slash(), UrlPart::Month, slash(), UrlPart::Slug, slash()]
}

fn folders(raw: &RawContent, check: &mut Check<'_, '_>) -> Folders {
    let default = RawContent::default();
    let mut folder = |key: &'static str, of: fn(&RawContent) -> &String| {
        let path = check.take(&["content", key], values::content_folder(of(raw)));
        (["content", key], path.unwrap_or_else(|| of(&default).clone()))
    };
    let inputs = [
        folder("articles", |content| &content.articles),
        folder("pages", |content| &content.pages),
        folder("tags", |content| &content.tags),
        folder("sources", |content| &content.sources),
        folder("authors", |content| &content.authors),
        folder("series", |content| &content.series),
        folder("static", |content| &content.assets),
        folder("data", |content| &content.data),
    ];
    let output = check.take(&["content", "output"], values::output_folder(&raw.output));
    let output = output.unwrap_or(default.output);
    no_two_the_same(&inputs, check);
    apart_from_inputs(&output, &inputs, check);
    let [articles, pages, tags, sources, authors, series, assets, data] = inputs.map(|(_, path)| path);
    let profiles = ByKind::new([tags, sources, authors, series]);
    Folders { articles, pages, profiles, assets, data, output }
}

impl Folders {
    /// The folders that the site is made from, without those of its theme.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let named = [&self.articles, &self.pages, &self.assets, &self.data];
        named.into_iter().chain(&self.profiles).map(String::as_str)
    }

    /// The folders that are not called as they usually are, with their keys under `[content]`.
    pub fn renamed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let usual = RawContent::default();
        let all = [
            ("articles", &self.articles, usual.articles),
            ("pages", &self.pages, usual.pages),
            ("tags", &self.profiles[TermKind::Tag], usual.tags),
            ("sources", &self.profiles[TermKind::Source], usual.sources),
            ("authors", &self.profiles[TermKind::Author], usual.authors),
            ("series", &self.profiles[TermKind::Series], usual.series),
            ("static", &self.assets, usual.assets),
            ("data", &self.data, usual.data),
        ];
        let renamed = all.into_iter().filter(|(_, folder, usual)| *folder != usual);
        renamed.map(|(key, folder, _)| (key, folder.as_str()))
    }
}

fn no_two_the_same(all: &[([&str; 2], String)], check: &mut Check<'_, '_>) {
    for (index, (key, value)) in all.iter().enumerate() {
        let Some((other, _)) = all[..index].iter().find(|(_, earlier)| earlier == value) else { continue };
        // One of the two may be at its default; the fault is reported at the one that is in the file.
        let (guilty, other) = if check.document.has(key) { (key, other) } else { (other, key) };
        check.refuse(guilty, format!("`{}` and `{}` cannot both be `{value}`", name(guilty), name(other)));
    }
}

/// Refuses an output folder that contains inputs, which it would overwrite, or lies among the files to be
/// copied, so that it would copy itself.
fn apart_from_inputs(output: &str, inputs: &[([&str; 2], String)], check: &mut Check<'_, '_>) {
    for (key, input) in inputs {
        let clash = if Path::new(input).starts_with(output) {
            format!("`{}` is inside the output folder `{output}`", name(key))
        } else if key[1] == "static" && Path::new(output).starts_with(input) {
            format!("`content.output` is inside `{input}`, which is copied to the output")
        } else {
            continue;
        };
        let guilty = if check.document.has(key) { key } else { &["content", "output"] };
        check.refuse(guilty, clash);
    }
}
