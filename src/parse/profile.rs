//! The profile of an outlet, tag, author or series.

use super::File;
use super::article::settings;
use super::checks::{self, Checks, names, text};
use super::file_name::FileName;
use super::markdown::{self, without_links};
use super::matter::{self, Step};
use super::plain::plain;
use super::report::Report;
use crate::base::diag::Rule;
use crate::base::fingerprint::Fingerprint;
use crate::model::article::{Body, LinkRef};
use crate::model::front_matter::{OneOrMany, ProfileMatter, Text};
use crate::model::path::UrlPath;
use crate::model::profile::{Profile, TermKind};

use Step::{Item, Key};

/// Reads a profile.
pub(super) fn read(file: &File<'_>, kind: TermKind, report: &mut Report<'_>) -> Profile {
    let front = matter::read::<ProfileMatter>(file.front.clone(), report);
    let mut links = Vec::new();
    let mut checks = Checks::of(&front.keys, file.options, report);
    let mut profile = checks.profile(front.value, file, kind, &mut links);
    let mut settings = settings(file.options, None, None, false);
    settings.title = Some(&profile.name);
    let rendered = markdown::render(file.body.clone(), &settings, report, &mut links);
    profile.body = rendered.body;
    profile.links_in_body = links;
    profile.components = rendered.components;
    profile.print = Fingerprint::of(&profile);
    profile
}

impl Checks<'_, '_> {
    fn profile(
        &mut self,
        front: ProfileMatter,
        file: &File<'_>,
        kind: TermKind,
        links: &mut Vec<LinkRef>,
    ) -> Profile {
        let name = FileName::of(file.path);
        let aliases = names(front.aliases);
        Profile {
            path: file.path.clone(),
            kind,
            slug: name.slug(file.options.slugs),
            name: checks::name(front.name).map_or_else(|| name.words(), |name| plain(&name)),
            redirect_from: self.addresses_of_term(&aliases, front.redirect_from),
            aliases,
            parent: checks::name(front.parent),
            description: text(front.description).map(|description| plain(&without_links(&description))),
            url: self.web(&[Key("url")], front.url),
            outlet_kind: text(front.kind).map(|kind| plain(&kind)),
            country: self.country(front.country),
            language: self.language(&[Key("language")], front.language),
            license: text(front.license),
            index: front.index,
            max_words: front.max_words,
            links: self.links(front.links),
            picture: self.image("picture", front.picture, links),
            body: Body::default(),
            links_in_body: Vec::new(),
            components: Vec::new(),
            print: Fingerprint::default(),
        }
    }

    /// The old addresses. A path among the `aliases` is one, too: in other generators they are nothing else.
    fn addresses_of_term(&mut self, aliases: &[String], list: Option<OneOrMany<Text>>) -> Vec<UrlPath> {
        let mut addresses = self.old_addresses("redirect_from", list);
        let paths = aliases.iter().filter(|alias| alias.starts_with('/') && alias.len() > 1);
        for path in paths.filter_map(|path| UrlPath::of_written(path)).map(UrlPath::as_page) {
            if !addresses.contains(&path) {
                addresses.push(path);
            }
        }
        addresses
    }

    fn country(&mut self, value: Option<Text>) -> Option<String> {
        let written = text(value)?;
        if written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Some(written.to_ascii_uppercase());
        }
        let message = format!("`{written}` is not a country code");
        let diagnostic = self.at(&[Key("country")], &written, Rule::BadValue, message);
        self.report.add(diagnostic.hint("use the two letters of ISO 3166-1, such as `PT`"));
        None
    }

    fn links(&mut self, value: Option<OneOrMany<Text>>) -> Vec<String> {
        let links = value.unwrap_or_default().0.into_iter().enumerate();
        links.filter_map(|(index, link)| self.web(&[Key("links"), Item(index)], Some(link))).collect()
    }
}
