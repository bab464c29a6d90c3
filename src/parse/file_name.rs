//! What a file's name says: a date at its start, and the slug.

use crate::base::date::{BadDate, Date};
use crate::base::slug::{SlugStyle, composed, is_segment, slugify};
use crate::model::path::ContentPath;

/// The length of a whole date.
const DATE: usize = "2022-01-11".len();

/// The parts of a file's name.
pub(super) struct FileName<'a> {
    /// The date at the start, if there is one.
    pub(super) date: Option<Result<Date, BadDate>>,
    /// The rest.
    name: &'a str,
}

impl<'a> FileName<'a> {
    /// From a path. The name of a bundle is that of its folder.
    pub(super) fn of(path: &'a ContentPath) -> Self {
        let (date, name) = path.dated_name();
        // A note of a day has no other name.
        let is_date = |name: &&str| name.len() == DATE && name.parse::<Date>().is_ok();
        Self { date: date.or(Some(name).filter(is_date)).map(str::parse), name }
    }

    /// The name as a slug: unchanged, if it can be part of an address.
    pub(super) fn slug(&self, style: SlugStyle) -> String {
        let is_fit = style == SlugStyle::Unicode || self.name.is_ascii();
        if is_fit && is_segment(self.name) && !self.name.contains(char::is_whitespace) {
            composed(self.name).into_owned()
        } else {
            slugify(self.name, style)
        }
    }

    /// The name as words.
    pub(super) fn words(&self) -> String {
        composed(self.name).replace(['-', '_'], " ").trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, date: &str, slug: &str) {
        let path = ContentPath::new(path);
        let name = FileName::of(&path);
        let seen = match &name.date {
            None => String::new(),
            Some(Ok(date)) => date.to_string(),
            Some(Err(BadDate(message))) => message.clone(),
        };
        assert_eq!((seen.as_str(), name.slug(SlugStyle::Unicode).as_str()), (date, slug), "{path}");
    }

    #[test]
    fn names_can_be_transliterated() {
        for (path, slug) in [
            ("articles/2014-03-12-überschrift.md", "uberschrift"),
            ("articles/東京.md", "dongjing"),
            ("articles/Coming_Soon.md", "Coming_Soon"),
        ] {
            assert_eq!(FileName::of(&ContentPath::new(path)).slug(SlugStyle::Ascii), slug);
        }
    }

    #[test]
    fn dates_and_slugs_come_from_names() {
        check("articles/2014-03-12-coming-soon.md", "2014-03-12", "coming-soon");
        check("articles/2014-03-12_Coming_Soon.md", "2014-03-12", "Coming_Soon");
        check("articles/2014-02-30-x.md", "there is no 30 February 2014", "x");
        check("articles/2014-03-12.md", "2014-03-12", "2014-03-12");
        check("articles/2014-3-2-coming-soon.md", "2014-03-02", "coming-soon");
        check("articles/2014-12-5-some-slug/index.md", "2014-12-05", "some-slug");
        check("articles/2014-13-5-x.md", "there is no month 13", "x");
        check("articles/2014-3.md", "", "2014-3");
        check("articles/2014-3-123-x.md", "", "2014-3-123-x");
        check("articles/1984-2-b-or-not.md", "", "1984-2-b-or-not");
        check("articles/2014-03/index.md", "", "2014-03");
        check("articles/some-slug/index.md", "", "some-slug");
        check("articles/2014-03-12-some-slug/index.md", "2014-03-12", "some-slug");
        check("index.md", "", "index");
        check("articles/東京.md", "", "東京");
        check("articles/Zwei Wörter?.md", "", "zwei-worter");
        check("articles/été-ete.md", "", "été-ete");
    }
}
