//! Dates of one article that contradict each other.
//!
//! An imprecise date contradicts another one only if no day that it may mean fits. Dates in two time zones,
//! here and at the outlet, may differ by a day.

use super::checks::Checks;
use super::matter::Step::{self, Item, Key};
use crate::base::date::{Date, Moment};
use crate::base::diag::Rule;
use crate::model::article::Meta;

const DAY: i64 = 24 * 60 * 60;

impl Checks<'_, '_> {
    /// Reports dates that contradict each other.
    pub(super) fn order_of_dates(&mut self, meta: &Meta) {
        self.takedown(meta);
        for (number, source) in meta.sources.iter().enumerate() {
            if let (Some(published), Some(retrieved)) = (source.published, source.retrieved)
                && self.is_before(retrieved, published, DAY)
            {
                let path = [Key("source"), Item(number), Key("retrieved")];
                self.contradiction(&path, "`retrieved`", retrieved, "`published`", published);
            }
        }
        let Some(date) = meta.date else { return };
        let withdrawn = meta.withdrawn.as_ref().and_then(|withdrawal| withdrawal.date);
        let later = [("updated", meta.updated, 0), ("withdrawn", withdrawn, 0), ("added", meta.added, DAY)];
        for (key, other, leeway) in later {
            if let Some(other) = other.filter(|other| self.is_before(*other, date, leeway)) {
                self.contradiction(&[Key(key)], &format!("`{key}`"), other, "the article's date", date);
            }
        }
        for (number, correction) in meta.corrections.iter().enumerate() {
            if let Some(other) = correction.date.filter(|other| self.is_before(*other, date, 0)) {
                let path = [Key("corrections"), Item(number), Key("date")];
                self.contradiction(&path, "the correction", other, "the article's date", date);
            }
        }
    }

    fn takedown(&mut self, meta: &Meta) {
        let Some(expires) = meta.expires else { return };
        let embargo = meta.publish.map(|publish| ("`publish`", publish));
        let date = || Some(("the article's date", meta.date?.moment(self.zone)));
        let Some((what, first)) = embargo.or_else(date) else { return };
        if expires <= first {
            let message = format!("the article is never published: `expires` is not after {what}");
            let diagnostic = self.at(&[Key("expires")], "", Rule::DateOrder, message);
            self.report.add(diagnostic.hint("change one of the two, or make the article a `draft`"));
        }
    }

    /// Whether every moment that a date may mean is at least `leeway` seconds before another date.
    fn is_before(&self, one: Date, other: Date, leeway: i64) -> bool {
        // Mostly the years are enough.
        one.year <= other.year && Moment(one.end(self.zone).0 + leeway) <= other.moment(self.zone)
    }

    fn contradiction(&mut self, path: &[Step<'_>], what: &str, one: Date, than: &str, other: Date) {
        let (one, other) = (one.iso(self.zone), other.iso(self.zone));
        let message = format!("{what}, {one}, is before {than}, {other}");
        let diagnostic = self.at(path, "", Rule::DateOrder, message);
        self.report.add(diagnostic.hint("correct the one that is wrong"));
    }
}
