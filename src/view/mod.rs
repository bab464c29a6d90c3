//! VERB 5: the ingredients of one route become its [`View`]. Pure.
//!
//! A view has everything that its page shows, in words of the site's language and with final addresses.
//! Nothing is looked up here: what is in neither the [`Ingredients`] nor the [`Site`] cannot be on the page.
//! It knows no template and writes no markup but that of texts.

mod address;
mod article;
mod body;
mod calendar;
mod card;
mod cite;
mod corrections;
mod credit;
mod days;
mod digest;
mod excerpt;
mod feed;
mod front;
mod head;
mod json_ld;
mod list;
mod machine;
mod name;
mod overview;
mod periods;
mod redirects;
mod robust;
mod site;
mod standing;
mod twin;

#[cfg(test)]
pub(crate) mod fixture;

use crate::model::article::Body;
use crate::model::ingredients::Ingredients;
use crate::model::view::{Content, HtmlView, PageView, View};

pub use digest::digest;
pub use site::{Site, site};

/// Makes the view of one route.
///
/// `bodies` are the texts that the ingredients name, in their order: one for an article or standing page, one
/// for each entry of a full-text feed, none for all others. A copied file has no view and gives an empty
/// text.
pub fn view(ingredients: &Ingredients<'_>, bodies: &[Body], site: &Site<'_>) -> View {
    let body = bodies.first();
    match ingredients {
        Ingredients::Article(parts) => article::view(parts, body, site),
        Ingredients::Twin(format, parts) => twin::view(*format, parts, body, site),
        Ingredients::Standing(parts) => standing::view(parts, body, site),
        Ingredients::List(parts) => list::view(parts, site),
        Ingredients::Terms(parts) => overview::terms(parts, site),
        Ingredients::Archive(parts) => overview::archive(parts, site),
        Ingredients::Corrections(parts) => corrections::view(parts, site),
        Ingredients::Feed(parts) => feed::view(parts, bodies, site),
        Ingredients::Sitemap(urls) => machine::sitemap(urls, site),
        Ingredients::SitemapIndex(urls) => machine::sitemap_index(urls, site),
        Ingredients::NewsSitemap(cards) => machine::news_sitemap(cards, site),
        Ingredients::Robots(sitemaps) => machine::robots(sitemaps, site),
        Ingredients::NotFound => standing::not_found(site),
        Ingredients::Tombstone(parts) => standing::withdrawn(parts, site),
        Ingredients::Redirect(to) => View::Redirect {
            to: site.goal(to, address::Form::Local),
            whole: site.goal(to, address::Form::Whole),
        },
        Ingredients::RedirectsFile(form, redirects) => redirects::file(*form, redirects, site),
        Ingredients::Copy(..) | Ingredients::ThemeAsset(_) => View::Text(String::new()),
    }
}

/// A page that a template draws.
fn html(template: &str, page: PageView, content: Content) -> View {
    View::Html(Box::new(HtmlView { template: template.to_owned(), page, content }))
}
