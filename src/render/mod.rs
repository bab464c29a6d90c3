//! VERB 6: a [`View`] becomes bytes. Pure.
//!
//! Pages go through the theme's templates, which see nothing but the view; feeds, address maps and redirects have a form
//! that no theme may change. Nothing here asks for an address, a date or a word: the view has them all.

mod atom;
mod chrome;
mod components;
mod context;
mod digest;
mod error;
mod fields;
mod filters;
mod head;
mod html;
mod json_feed;
mod plural;
mod redirect;
mod rss;
mod settled;
mod sitemap;
mod templates;
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
use crate::model::view::{Content, FeedEntryView, FeedView, HtmlView, SiteView, View};

use components::Components;
use context::Cards;
use head::Heads;
use settled::Origins;

/// Templates and the site, ready to render any number of pages, on any number of threads.
pub struct Renderer {
    /// One engine a thread, each with a `site` of its own.
    engines: Arc<Vec<Tera>>,
    heads: Arc<Heads>,
    cards: Cards,
    components: Arc<Components>,
    names: Arc<Names>,
    language: String,
}

/// Which files the templates lie in.
struct Names {
    /// What each template is called, and its whole path.
    paths: BTreeMap<String, String>,
    origins: Origins,
}

impl Renderer {
    /// Reads all templates of a theme.
    ///
    /// Every broken template is found in one go, with one diagnostic each; those that only fail because a broken one is
    /// missing are not told of.
    /// `articles` says how many articles the site has, for what is shared between their pages.
    pub fn new(theme: &Theme, site: &SiteView, articles: usize) -> Result<Self, Vec<Diagnostic>> {
        let (tera, components, origins) = read(theme, site)?;
        let paths = theme.template_names();
        let paths = paths.into_iter().map(|(name, path)| (name.to_owned(), path.to_owned())).collect();
        let names = Names { paths, origins };
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
        })
    }

    /// The same templates for another build, whose articles may have other numbers.
    #[must_use]
    pub fn again(&self, articles: usize) -> Self {
        Self {
            engines: Arc::clone(&self.engines),
            heads: Arc::clone(&self.heads),
            cards: Cards::new(articles, &self.names.paths),
            components: Arc::clone(&self.components),
            names: Arc::clone(&self.names),
            language: self.language.clone(),
        }
    }

    /// The components that texts may use.
    pub fn components(&self) -> &[Component] {
        &self.components.all
    }

    /// Appends the bytes of a view to `out`. `about` names for messages what is rendered: an article's file, or an address.
    ///
    /// Only a template can fail. What it had written until then stays in `out`.
    pub fn render(&self, view: &View, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        match view {
            View::Html(page) => return self.page(page, about, out).map_err(|fault| self.placed(*fault)),
            View::Feed(feed) => return self.feed(feed, about, out).map_err(|fault| self.placed(*fault)),
            View::Sitemap(entries) => sitemap::urls(entries, out),
            View::SitemapIndex(parts) => sitemap::index(parts, out),
            View::NewsSitemap(news) => sitemap::news(news, out),
            View::Text(text) => out.extend_from_slice(text.as_bytes()),
            View::Redirect(to) => redirect::page(to, &self.language, out),
        }
        Ok(())
    }

    fn page(&self, view: &HtmlView, about: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let template = view.template.as_str();
        let tera = self.engine();
        if is_part(template) || !tera.contains_template(template) {
            // A takedown must not wait until a theme knows of it.
            if let Content::Withdrawn(withdrawn) = &view.content {
                redirect::gone(&view.page, withdrawn, out);
                return Ok(());
            }
            return Err(Box::new(self.unknown(template, about)));
        }
        let draw = |text| self.components.draw(text, &view.page.lang, tera, about);
        let mut context = self.cards.context(view, tera, draw)?;
        context.insert_value("head", Value::safe_string(&self.heads.of(view)));
        tera.render_to(template, &context, out).map_err(|error| Box::new(error::rendering(&error, about)))
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

    fn placed(&self, fault: Diagnostic) -> Box<Diagnostic> {
        Box::new(self.names.file_of(fault))
    }

    fn unknown(&self, template: &str, about: &str) -> Diagnostic {
        if is_part(template) {
            let message = format!("the template `{template}` makes a part of a page, and no page");
            return Diagnostic::new(Rule::Template, message).in_file(about);
        }
        let pages = self.names.paths.keys().map(String::as_str).filter(|name| !is_part(name));
        Diagnostic::new(Rule::Template, format!("there is no template `{template}`"))
            .in_file(about)
            .did_you_mean(template, pages)
    }
}

/// Whether a template makes no whole page.
fn is_part(template: &str) -> bool {
    ["cards/", "components/", "partials/", "site/"].iter().any(|folder| template.starts_with(folder))
}

impl Names {
    /// The fault in the file that it was written in.
    fn file_of(&self, fault: Diagnostic) -> Diagnostic {
        let mut fault = self.origins.of(fault);
        if let Some(path) = fault.file.as_ref().and_then(|name| self.paths.get(name)) {
            fault.file = Some(path.clone());
        }
        fault
    }
}

/// The components that texts may use, of a theme whose templates can be read.
pub fn components(theme: &Theme, site: &SiteView) -> Result<Vec<Component>, Vec<Diagnostic>> {
    Ok(read(theme, site)?.1.all)
}

fn read(theme: &Theme, site: &SiteView) -> Result<(Tera, Components, Origins), Vec<Diagnostic>> {
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
