//! VERB 6: a [`View`] becomes bytes. Pure.
//!
//! Pages are rendered by the theme's templates, which see nothing but the view; feeds, sitemaps and redirects
//! have a fixed form that no theme may change. Nothing here looks up an address, a date or a word: the view
//! has them all.

mod atom;
mod chrome;
mod components;
mod context;
mod counted;
mod digest;
mod english;
mod error;
mod fields;
mod filters;
mod head;
mod html;
mod idioms;
mod json_feed;
mod listed;
mod markdown;
mod pairs;
mod plain;
mod redirect;
mod rss;
mod settled;
mod signatures;
mod sitemap;
mod templates;
mod twin;
mod undefined;
mod xml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use digest::{digest_html, digest_text};

use std::sync::Arc;

use tera::{Tera, Value};

use crate::base::diag::{Diagnostic, Rule};
use crate::model::component::Component;
use crate::model::plan::FeedFormat;
use crate::model::theme::Theme;
use crate::model::view::{Content, FeedEntryView, FeedView, HtmlView, SiteView, TwinView, View};

use components::Components;
use context::Cards;
use head::Heads;
use settled::Origins;
use undefined::Maps;

/// Compiled templates with the values of the site. It renders any number of pages, on any number of threads.
pub struct Renderer {
    /// One engine for each thread, each with its own copy of `site`.
    engines: Arc<Vec<Tera>>,
    heads: Arc<Heads>,
    cards: Cards,
    components: Arc<Components>,
    names: Arc<Names>,
    language: String,
    /// What tells the language and direction of the site on a page in another language.
    ui: String,
}

/// The files of the templates.
struct Names {
    /// The whole path of each template, by its name.
    paths: BTreeMap<String, String>,
    origins: Origins,
    maps: Maps,
}

impl Renderer {
    /// Compiles all templates of a theme.
    ///
    /// All broken templates are found in one run, with one diagnostic each; those that fail only because a
    /// broken one is missing are not reported. `articles` is the number of articles, by which the shared
    /// cards are sized.
    pub fn new(theme: &Theme, site: &SiteView, articles: usize) -> Result<Self, Vec<Diagnostic>> {
        let (tera, components, origins) = read(theme, site)?;
        let paths = theme.template_names();
        let paths = paths.into_iter().map(|(name, path)| (name.to_owned(), path.to_owned())).collect();
        let names = Names { paths, origins, maps: Maps::of(theme) };
        let engine = |site| {
            let mut tera = tera.clone();
            tera.global_context().insert_value("site", site);
            tera
        };
        let copies = rayon::current_num_threads();
        let sites = chrome::values(&tera, theme, site, copies)
            .map_err(|faults| faults.into_iter().map(|fault| names.file_of(fault)).collect::<Vec<_>>())?;
        let engines = sites.into_iter().map(engine).collect();
        let (engines, components) = (Arc::new(engines), Arc::new(components));
        Ok(Self {
            engines,
            heads: Arc::new(Heads::new(site)),
            cards: Cards::new(articles, &names.paths),
            components,
            names: Arc::new(names),
            language: site.language.clone(),
            ui: html::language(&site.language, &site.dir),
        })
    }

    /// The same templates for another build, without its cards: there, an article may have another number.
    #[must_use]
    pub fn again(&self, articles: usize) -> Self {
        Self {
            engines: Arc::clone(&self.engines),
            heads: Arc::clone(&self.heads),
            cards: Cards::new(articles, &self.names.paths),
            components: Arc::clone(&self.components),
            names: Arc::clone(&self.names),
            language: self.language.clone(),
            ui: self.ui.clone(),
        }
    }

    /// The components of the theme.
    pub fn components(&self) -> &[Component] {
        &self.components.all
    }

    /// Appends the bytes of a view to `out`. `about` names the page in messages: an article's file, or an
    /// address.
    ///
    /// Only a template can fail. What it has written until then stays in `out`.
    pub fn render(&self, view: &View, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        match view {
            View::Html(page) => return self.page(page, about, out).map_err(|fault| self.placed(*fault)),
            View::Feed(feed) => return self.feed(feed, about, out).map_err(|fault| self.placed(*fault)),
            View::Twin(twin) => return self.twin(twin, about, out).map_err(|fault| self.placed(*fault)),
            View::Sitemap(entries) => sitemap::urls(entries, out),
            View::SitemapIndex(parts) => sitemap::index(parts, out),
            View::NewsSitemap(news) => sitemap::news(news, out),
            View::Text(text) => out.extend_from_slice(text.as_bytes()),
            View::Redirect { to, whole } => redirect::page(to, whole, &self.language, out),
        }
        Ok(())
    }

    fn page(&self, view: &HtmlView, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let template = view.template.as_str();
        let tera = self.engine();
        if is_part(template) || !tera.contains_template(template) {
            // A takedown must work in every theme, even without a template for it.
            if let Content::Withdrawn(withdrawn) = &view.content {
                redirect::gone(&view.page, withdrawn, out);
                return Ok(());
            }
            let fault = self.unknown(template, about);
            let is_wish = !matches!(template, "article.html" | "page.html");
            return Err(Box::new(match &view.content {
                Content::Article(_) | Content::Standing(_) if is_wish => fault.about(&["template"], template),
                // Nothing in any of the pages can be changed about that.
                _ => {
                    let group = fault.message.clone();
                    fault.grouped(group)
                }
            }));
        }
        let draw = |text| self.components.draw(text, &view.page.lang, tera, about);
        let mut context = self.cards.context(view, tera, draw)?;
        context.insert_value("head", Value::safe_string(&self.heads.of(view)));
        context.insert_value("ui", Value::safe_string(self.ui(&view.page.lang)));
        tera.render_to(template, &context, out).map_err(|error| Box::new(error::rendering(&error, about)))
    }

    /// The attributes of an element with words of the interface, on a page in the language `lang`.
    fn ui(&self, lang: &str) -> &str {
        if lang == self.language { "" } else { &self.ui }
    }

    fn engine(&self) -> &Tera {
        &self.engines[rayon::current_thread_index().unwrap_or(0) % self.engines.len()]
    }

    fn feed<'f>(&self, feed: &'f FeedView, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let draw = |entry: &'f FeedEntryView| {
            self.components.draw(&entry.content, &entry.lang, self.engine(), about)
        };
        let drawn = feed.entries.iter().map(draw);
        let texts: Vec<Cow<'_, str>> = drawn.collect::<Result<_, _>>()?;
        match feed.format {
            FeedFormat::Atom => atom::feed(feed, &texts, out),
            FeedFormat::Rss => rss::feed(feed, &texts, out),
            FeedFormat::Json => json_feed::feed(feed, &texts, out),
        }
        Ok(())
    }

    fn twin(&self, twin: &TwinView, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let text = self.components.draw(&twin.content, &twin.about.lang, self.engine(), about)?;
        twin::twin(twin, &text, out);
        Ok(())
    }

    fn placed(&self, fault: Diagnostic) -> Box<Diagnostic> {
        Box::new(self.names.file_of(fault))
    }

    fn unknown(&self, template: &str, about: &str) -> Diagnostic {
        if is_part(template) {
            let message = format!("the template `{template}` makes a part of a page, not a whole page");
            return Diagnostic::new(Rule::Template, message).in_file(about);
        }
        let pages = self.names.paths.keys().map(String::as_str).filter(|name| !is_part(name));
        let fault = Diagnostic::new(Rule::Template, format!("there is no template `{template}`"))
            .hint("write it, or take it from another theme with `extends = \"base\"`");
        if about.starts_with('/') {
            // No file of the site asks for the page, so that its address would be taken for one.
            return fault.on_page(about);
        }
        fault.in_file(about).did_you_mean(template, pages)
    }
}

/// Whether a template makes only a part of a page.
pub fn is_part(template: &str) -> bool {
    ["cards/", "components/", "partials/", "site/"].iter().any(|folder| template.starts_with(folder))
}

impl Names {
    /// Moves a fault to the file and place where it was written, with a hint if there is none.
    fn file_of(&self, fault: Diagnostic) -> Diagnostic {
        let mut fault = self.origins.of(fault);
        if let Some(path) = fault.file.as_ref().and_then(|name| self.paths.get(name)) {
            fault.file = Some(path.clone());
        }
        self.maps.advise(fault)
    }
}

/// The components of a theme. Fails if its templates cannot be compiled.
pub fn components(theme: &Theme, site: &SiteView) -> Result<Vec<Component>, Vec<Diagnostic>> {
    Ok(read(theme, site)?.1.all)
}

fn read(theme: &Theme, site: &SiteView) -> Result<(Tera, Components, Origins), Vec<Diagnostic>> {
    let twice = signatures::twice(theme);
    if !twice.is_empty() {
        return Err(twice);
    }
    let (mut tera, origins) = templates::read(theme, site)?;
    tera.set_escape_fn(html::escape);
    let (components, faults) = Components::new(&tera, theme, site);
    if faults.is_empty() { Ok((tera, components, origins)) } else { Err(faults) }
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("paths", &self.names.paths).finish_non_exhaustive()
    }
}
