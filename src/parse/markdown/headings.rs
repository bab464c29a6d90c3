//! Headings: their ids, their levels, and the table of contents.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, HeadingLevel};

use super::events::{end_of, plain};
use super::writer::Writer;
use crate::base::slug::anchor;
use crate::model::article::Heading;

/// The ids of a body; each is given once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// How often each id was asked for again, so that a thousand equal headings do not take a million attempts.
    asked: BTreeMap<String, u32>,
    /// Ids that headings set themselves and that have not been used yet.
    reserved: BTreeMap<String, bool>,
    /// All ids that were given.
    given: Vec<String>,
}

impl Ids {
    /// Keeps ids free for the headings that ask for them by name.
    pub(super) fn reserve(&mut self, ids: &[String]) {
        self.reserved.extend(ids.iter().map(|id| (id.clone(), false)));
        self.asked.extend(ids.iter().map(|id| (id.clone(), 0)));
    }

    /// The id that was asked for, if it is still free, or one like it.
    fn named(&mut self, id: &str) -> String {
        match self.reserved.get_mut(id) {
            Some(used) if !*used => {
                *used = true;
                self.given.push(id.to_owned());
                id.to_owned()
            }
            _ => self.free(id),
        }
    }

    /// A free id like the one asked for.
    fn free(&mut self, id: &str) -> String {
        let mut found = id.to_owned();
        while self.asked.contains_key(&found) {
            let count = self.asked.entry(id.to_owned()).or_default();
            *count += 1;
            found = format!("{id}-{count}");
        }
        self.asked.insert(found.clone(), 0);
        self.given.push(found.clone());
        found
    }

    /// All ids that were given, in ascending order.
    pub(super) fn into_given(mut self) -> Vec<String> {
        self.given.sort_unstable();
        self.given
    }

    /// Takes note of an id that raw HTML has.
    pub(super) fn note(&mut self, id: &str) {
        if !id.is_empty() {
            self.asked.entry(id.to_owned()).or_insert(0);
            self.given.push(id.to_owned());
        }
    }
}

impl Writer<'_, '_> {
    /// Starts the heading that the event `start` begins. Returns the event to go on with: one without text is
    /// left out.
    pub(super) fn start_heading(
        &mut self,
        start: usize,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
    ) -> usize {
        let end = end_of(self.events(), start);
        let mut title = String::new();
        plain(&self.events()[start..end], &mut title, true);
        if title.trim().is_empty() && id.is_none() {
            return end + 1;
        }
        let id = match id {
            Some(id) => self.ids.named(id),
            None => self.ids.free(&anchor(&title, self.settings().slugs)),
        };
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let level = self.levels.enter(level as u8);
        self.out.raw(OPEN[usize::from(level) - 2]);
        self.out.attribute("id", &id);
        if !classes.is_empty() {
            self.out.attribute("class", &classes.join(" "));
        }
        for (name, value) in attributes {
            self.heading_attribute(name, value.as_deref().unwrap_or(""));
        }
        self.out.raw(">");
        if self.is_outermost() {
            self.toc.push(Heading { level, id, title });
        }
        start + 1
    }

    /// Ends a heading.
    pub(super) fn end_heading(&mut self) {
        self.out.raw(CLOSE[usize::from(self.levels.shown()) - 2]);
        self.words.gap();
    }

    /// Attributes in braces can be anything, even code; only the harmless ones are written.
    fn heading_attribute(&mut self, name: &str, value: &str) {
        let is_plain =
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if matches!(name, "lang" | "dir" | "title")
            || (name.starts_with("data-") && name != "data-slot" && is_plain)
        {
            self.out.attribute(name, value);
        }
    }
}

/// The levels of the headings so far.
///
/// The page has a heading of the first level, so those of the body begin with the second; and no level should
/// be skipped. So the number of `#` matters only relative to the headings above.
#[derive(Debug, Default)]
pub(super) struct Levels {
    /// The headings that the last one stands under, and itself: the level as written, and as shown.
    open: Vec<(u8, u8)>,
}

impl Levels {
    /// The level that the next heading is shown with.
    fn enter(&mut self, written: u8) -> u8 {
        while self.open.last().is_some_and(|&(above, _)| above >= written) {
            self.open.pop();
        }
        let shown = (self.shown() + 1).min(6);
        self.open.push((written, shown));
        shown
    }

    /// The level of the last heading; that of the page's own where there was none.
    fn shown(&self) -> u8 {
        self.open.last().map_or(1, |&(_, shown)| shown)
    }
}

const OPEN: [&str; 5] = ["<h2", "<h3", "<h4", "<h5", "<h6"];
const CLOSE: [&str; 5] = ["</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];

#[cfg(test)]
mod tests {
    use super::Levels;

    fn check(written: &[u8], expected: &[u8]) {
        let mut levels = Levels::default();
        let shown: Vec<u8> = written.iter().map(|&level| levels.enter(level)).collect();
        assert_eq!(shown, expected, "{written:?}");
    }

    #[test]
    fn heading_levels_are_not_skipped() {
        check(&[2, 3, 2, 3, 4], &[2, 3, 2, 3, 4]);
        check(&[1, 2, 1], &[2, 3, 2]);
        check(&[3, 3, 2, 4, 4, 3], &[2, 2, 2, 3, 3, 3]);
        check(&[1, 2, 3, 4, 5, 6], &[2, 3, 4, 5, 6, 6]);
    }
}
