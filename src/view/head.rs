//! What every page has: its head, its language, its breadcrumbs.

use super::Site;
use super::address::Form;
use crate::base::date::Date;
use crate::config::SiteConfig;
use crate::model::path::UrlPath;
use crate::model::view::{Crumb, ImageView, PageView};

/// What distinguishes the head of one page from that of another.
pub(super) struct Head<'a> {
    /// What the page shows.
    pub(super) kind: &'static str,
    /// Its title.
    pub(super) title: String,
    /// One or two sentences; may be empty.
    pub(super) description: &'a str,
    /// Its address.
    pub(super) url: &'a UrlPath,
    /// The breadcrumbs from behind the front page to the page itself; empty on the front page.
    pub(super) trail: Vec<Crumb>,
}

impl Site<'_> {
    /// The head of a page in the site's language, to be indexed under its own address.
    pub(super) fn head(&self, head: Head<'_>) -> PageView {
        let url = self.local(head.url);
        PageView {
            kind: head.kind.to_owned(),
            description: self.describe(head.description, &head.title),
            title: head.title,
            lang: self.config.language.to_string(),
            dir: self.direction.to_owned(),
            in_menu: self.menu.contains(&url),
            url,
            canonical: self.whole(head.url),
            robots: String::new(),
            og_type: "website".to_owned(),
            image: String::new(),
            image_alt: String::new(),
            json_ld: String::new(),
            breadcrumbs: self.crumbs(head.trail),
            feeds: Vec::new(),
            alternates: Vec::new(),
            has_code: false,
        }
    }

    /// A title on a numbered page: `Lighthouses · Page 3`.
    pub(super) fn numbered(&self, title: &str, number: Option<u32>) -> String {
        match number {
            Some(number) => format!("{title} · {} {number}", self.word("page")),
            None => title.to_owned(),
        }
    }

    /// The years and months on the way to a date, as far as they have pages.
    pub(super) fn periods(&self, date: Date) -> Vec<Crumb> {
        let SiteConfig { outputs, .. } = self.config;
        let mut crumbs = Vec::new();
        if outputs.year_archives {
            crumbs.push(self.period(date.year, 0, 0));
        }
        if outputs.year_archives && outputs.month_archives && date.month > 0 {
            crumbs.push(self.period(date.year, date.month, 0));
        }
        crumbs
    }

    /// A year, month or day as a step of a trail.
    pub(super) fn period(&self, year: u16, month: u8, day: u8) -> Crumb {
        let path = match (month, day) {
            (0, _) => format!("/{year:04}/"),
            (month, 0) => format!("/{year:04}/{month:02}/"),
            (month, day) => format!("/{year:04}/{month:02}/{day:02}/"),
        };
        let title = match (month, day) {
            (0, _) => year.to_string(),
            (month, 0) => self.month_name(month).to_owned(),
            (_, day) => day.to_string(),
        };
        Crumb { title, url: UrlPath::parse(&path).map(|url| self.local(&url)).unwrap_or_default() }
    }

    fn describe(&self, description: &str, title: &str) -> String {
        let about =
            if self.config.description.is_empty() { &self.config.title } else { &self.config.description };
        match description {
            "" if title == *about => title.to_owned(),
            "" => format!("{title} – {about}"),
            description => description.to_owned(),
        }
    }

    fn crumbs(&self, trail: Vec<Crumb>) -> Vec<Crumb> {
        if trail.is_empty() {
            return trail;
        }
        let home = Crumb { title: self.word("home").to_owned(), url: self.local(&UrlPath::root()) };
        std::iter::once(home).chain(trail).collect()
    }
}

/// A step of a trail that is the page itself.
pub(super) fn here(title: impl Into<String>) -> Crumb {
    Crumb { title: title.into(), url: String::new() }
}

impl PageView {
    /// Adds the picture that previews show.
    pub(super) fn with_image(mut self, image: Option<&ImageView>, site: &Site<'_>) -> Self {
        if let Some(image) = image {
            // The address of a picture is local or whole, unless it could not be resolved.
            let local = image.src.starts_with('/') && !image.src.starts_with("//");
            self.image =
                if local { format!("{}{}", site.config.origin, image.src) } else { image.src.clone() };
            self.image_alt.clone_from(&image.alt);
        }
        self
    }
}

impl Site<'_> {
    /// The publisher's logo as a whole address; empty if there is none.
    pub(super) fn logo(&self) -> String {
        match self.config.publisher.logo.as_str() {
            "" => String::new(),
            logo => self.written(logo, Form::Whole),
        }
    }
}
