//! What every view may use: the configuration and the theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::address::Form;
use super::days::Days;
use super::json_ld::Organization;
use crate::base::memo::Memo;
use crate::base::number::Numbers;
use crate::config::SiteConfig;
use crate::model::collection::Extent;
use crate::model::generated;
use crate::model::path::UrlPath;
use crate::model::plan::FeedFormat;
use crate::model::profile::{ByKind, TermKind};
use crate::model::theme::Theme;
use crate::model::view::{Card, FeedLink, MOST_CARDS, MenuItem, SiteView};

/// The name and version of this program, as pages and feeds give it.
const GENERATOR: &str = concat!("Masthead ", env!("CARGO_PKG_VERSION"));

/// What every view may use beside its ingredients. Its fingerprint is part of the key of each page.
#[derive(Debug)]
pub struct Site<'a> {
    /// The checked `site.toml`.
    pub config: &'a SiteConfig,
    /// The theme, of which a view uses the words of the interface.
    pub theme: &'a Theme,
    /// The direction of the site's language: `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// The publisher, made once because every article names it.
    pub(super) publisher: Organization<'a>,
    /// The addresses of all entries that the navigation may have.
    pub(super) menu: Vec<String>,
    /// The texts of days, made once.
    pub(super) days: Days,
    /// The cards of articles, by their numbers.
    pub(super) cards: Memo<Arc<Card>>,
}

impl<'a> Site<'a> {
    /// Gathers what views need of a configuration and a theme. The cards of articles with a number below
    /// `articles` are made only once.
    pub fn new(config: &'a SiteConfig, theme: &'a Theme, articles: usize) -> Self {
        let cards = Memo::new(articles, MOST_CARDS);
        let mut site = Self {
            config,
            theme,
            direction: config.language.direction(),
            publisher: Organization::default(),
            menu: Vec::new(),
            days: Days::new(config),
            cards,
        };
        site.publisher = Organization::publisher(&site);
        let entries = site.indexes(ByKind::new([true; 4]), true).into_iter().chain(site.own_menu(&[]));
        site.menu = entries.map(|entry| entry.url).collect();
        site
    }

    /// The cards of articles that were made.
    pub fn into_cards(self) -> Memo<Arc<Card>> {
        self.cards
    }

    /// A word of the interface, or the key itself if the theme lacks it.
    pub(super) fn word<'b>(&'b self, key: &'b str) -> &'b str {
        self.theme.words.get(key).unwrap_or(key)
    }

    /// A word with its number, in the form that goes with it.
    pub(super) fn counted(&self, number: u32, word: &str) -> String {
        let words = &self.theme.words;
        let numbers = Numbers::of(&words.language_of(word));
        let counted = numbers.counted(number.into(), |form| words.get(&format!("{word}.{form}")));
        counted.unwrap_or_else(|| numbers.written(number.into()))
    }

    /// The whole address of the front page.
    pub(super) fn home(&self) -> String {
        self.whole(&UrlPath::root())
    }

    /// The name and version of this program.
    pub(super) fn generator() -> String {
        GENERATOR.to_owned()
    }

    /// The formats in which feeds are written.
    fn feed_formats(&self) -> impl Iterator<Item = FeedFormat> {
        let outputs = self.config.outputs;
        let all = [
            (outputs.atom_feed, FeedFormat::Atom),
            (outputs.rss_feed, FeedFormat::Rss),
            (outputs.json_feed, FeedFormat::Json),
        ];
        all.into_iter().filter_map(|(on, format)| on.then_some(format))
    }

    /// The feeds of the list at an address.
    pub(super) fn feed_links(
        &self,
        title: &str,
        front: &UrlPath,
        formats: impl IntoIterator<Item = FeedFormat>,
    ) -> Vec<FeedLink> {
        let link = |format: FeedFormat| FeedLink {
            title: title.to_owned(),
            url: self.local(&front.join(format.file_name())),
            media_type: format.media_type().to_owned(),
        };
        formats.into_iter().map(link).collect()
    }

    /// The entries of the navigation in `site.toml`, without those of some addresses.
    fn own_menu(&self, unlisted: &[String]) -> impl Iterator<Item = MenuItem> {
        let listed = self.config.menu.iter().filter(|(_, address)| !unlisted.contains(address));
        listed.map(|(title, address)| MenuItem {
            title: title.clone(),
            url: self.written(address, Form::Local),
            kind: String::new(),
        })
    }

    /// The overviews that the site has.
    fn indexes(&self, has_terms: ByKind<bool>, has_articles: bool) -> Vec<MenuItem> {
        let urls = &self.config.urls;
        let outputs = &self.config.outputs;
        let kinds = TermKind::ALL.into_iter().filter(|&kind| kind.has_pages(outputs) && has_terms[kind]);
        let terms = kinds.map(|kind| (kind.plural(), generated::overview(kind, urls)));
        let archive = (outputs.year_archives && has_articles).then(|| ("archive", generated::archive(urls)));
        terms
            .chain(archive)
            .map(|(key, url)| MenuItem {
                title: self.word(key).to_owned(),
                url: self.local(&url),
                kind: key.to_owned(),
            })
            .collect()
    }
}

/// Makes what all templates see of the site. `extent` says which kinds of term the site has; `data` is the
/// content of the data folder.
pub fn site(config: &SiteConfig, theme: &Theme, extent: &Extent, data: BTreeMap<String, Value>) -> SiteView {
    let site = Site::new(config, theme, 0);
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.to_string(),
        dir: site.direction.to_owned(),
        base_url: site.home(),
        home: site.local(&UrlPath::root()),
        menu: site.own_menu(&extent.unlisted).collect(),
        indexes: site.indexes(extent.has_terms, extent.articles > 0),
        feeds: site.feed_links(&config.title, &UrlPath::root(), site.feed_formats()),
        assets: theme
            .assets
            .iter()
            .filter_map(|(name, asset)| Some((name.clone(), site.local(&asset.url()?))))
            .collect(),
        words: theme.words.all.clone(),
        options: theme.options.clone(),
        data,
        extra: config.extra.clone(),
        drawn: BTreeMap::new(),
        generator: Site::generator(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::World;

    #[test]
    fn indexes_name_what_the_site_has() {
        let mut world = World::new();
        let names = |world: &World, articles: usize, has_terms: [bool; 4]| -> Vec<String> {
            let has_terms = ByKind::new(has_terms);
            let extent = Extent { articles, has_terms, unlisted: Arc::default() };
            let view = site(&world.config, &world.theme, &extent, BTreeMap::new());
            view.indexes.into_iter().map(|item| format!("{} {}", item.kind, item.url)).collect()
        };
        assert_eq!(
            names(&world, 1, [true; 4]),
            [
                "tags /sub/tags/",
                "sources /sub/sources/",
                "authors /sub/authors/",
                "series /sub/series/",
                "archive /sub/archive/"
            ]
        );
        assert_eq!(names(&world, 0, [false; 4]), [""; 0]);
        world.config.outputs.year_archives = false;
        world.config.outputs.tag_pages = false;
        assert_eq!(names(&world, 1, [true, true, false, false]), ["sources /sub/sources/"]);
    }
}
