//! What machines read in the head of a page: search engines, feed readers, social networks.
//!
//! Like the form of a feed, this is no matter of taste, so it is written here and a template only says where
//! it stands: `{{ head }}`. The elements are those of the HTML standard
//! (<https://html.spec.whatwg.org/multipage/semantics.html#the-meta-element>), of the Open Graph protocol
//! with its type `article` (<https://ogp.me>), of X (<https://developer.x.com/en/docs/x-for-websites/cards>)
//! and of schema.org (JSON-LD in a script).

use super::filters::prefixed;
use super::html::escape_into;
use crate::model::media::is_drawing;
use crate::model::view::{ArticleView, Content, FeedLink, HtmlView, ImageView, PageView, SiteView};

/// What the heads of all pages have in common.
#[derive(Debug, Clone)]
pub(super) struct Heads {
    title: String,
    feeds: Vec<FeedLink>,
    /// The whole address of the picture that previews show for pages without one; may be empty.
    picture: String,
}

impl Heads {
    pub(super) fn new(site: &SiteView) -> Self {
        let picture = site.options.get("share_picture").and_then(|option| option.as_str());
        Self {
            title: site.title.clone(),
            feeds: site.feeds.clone(),
            picture: prefixed(picture.unwrap_or_default(), &site.base_url),
        }
    }

    /// The elements of a page's head, one a line.
    pub(super) fn of(&self, view: &HtmlView) -> String {
        let page = &view.page;
        let mut html = String::with_capacity(2048 + page.json_ld.len());
        named(&mut html, "description", &page.description);
        if !page.robots.is_empty() {
            named(&mut html, "robots", &page.robots);
        }
        write(&mut html, "<link rel=\"canonical\" href=\"", &page.canonical, "\">\n");
        let others = [&self.feeds, &page.feeds, &page.alternates].into_iter().flatten();
        others.for_each(|link| alternate(&mut html, link));
        let article = match &view.content {
            Content::Article(article) => Some(article),
            _ => None,
        };
        self.preview(&mut html, page, article.and_then(|article| article.image.as_ref()));
        if let Some(article) = article {
            of_article(&mut html, article);
        }
        if !page.json_ld.is_empty() {
            html.extend(["<script type=\"application/ld+json\">", &page.json_ld, "</script>\n"]);
        }
        html
    }

    /// `image` is the page's own picture, if its size may be known.
    fn preview(&self, html: &mut String, page: &PageView, image: Option<&ImageView>) {
        property(html, "og:site_name", &self.title);
        property(html, "og:type", &page.og_type);
        property(html, "og:title", &page.title);
        property(html, "og:description", &page.description);
        property(html, "og:url", &page.canonical);
        let own = (page.image.as_str(), page.image_alt.as_str());
        // Social networks show no drawings.
        let is_shown = !page.image.is_empty() && !is_drawing(&page.image);
        let (picture, alt) = if is_shown { own } else { (self.picture.as_str(), "") };
        if !picture.is_empty() {
            property(html, "og:image", picture);
        }
        // With its size, a network shows a picture before it has fetched it.
        if let Some(ImageView { width, height, .. }) = image.filter(|image| is_shown && image.width > 0) {
            property(html, "og:image:width", &width.to_string());
            property(html, "og:image:height", &height.to_string());
        }
        if !alt.is_empty() {
            property(html, "og:image:alt", alt);
        }
        named(html, "twitter:card", if picture.is_empty() { "summary" } else { "summary_large_image" });
    }
}

fn of_article(html: &mut String, article: &ArticleView) {
    if let Some(date) = &article.date {
        property(html, "article:published_time", &date.iso);
    }
    if let Some(date) = &article.modified {
        property(html, "article:modified_time", &date.iso);
    }
    article.tags.iter().for_each(|tag| property(html, "article:tag", &tag.name));
}

fn named(html: &mut String, name: &str, content: &str) {
    html.extend(["<meta name=\"", name]);
    write(html, "\" content=\"", content, "\">\n");
}

fn property(html: &mut String, property: &str, content: &str) {
    html.extend(["<meta property=\"", property]);
    write(html, "\" content=\"", content, "\">\n");
}

fn alternate(html: &mut String, link: &FeedLink) {
    write(html, "<link rel=\"alternate\" type=\"", &link.media_type, "\"");
    write(html, " title=\"", &link.title, "\"");
    write(html, " href=\"", &link.url, "\">\n");
}

/// Writes a text between two pieces of HTML.
fn write(html: &mut String, before: &str, text: &str, after: &str) {
    html.push_str(before);
    escape_into(html, text);
    html.push_str(after);
}
