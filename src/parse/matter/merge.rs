//! Joins the values of two synonyms of one key: `aliases` and `redirect_from` in one file are both meant.

use super::Matter;
use crate::model::front_matter::{FrontMatter, OneOrMany, ProfileMatter};

macro_rules! matter {
    ($type:ty, $($field:ident)+) => {
        impl Matter for $type {
            fn merge(&mut self, other: Self) {
                // Destructured, so that no new field can be forgotten here.
                let Self { $($field),+ } = other;
                $(self.$field.join($field);)+
            }
        }
    };
}

matter! { FrontMatter,
    title date updated added publish expires withdrawn source source_url tags authors series image summary description excerpt slug aliases lang draft
    template index related unrelated corrections comments raw_html extra
}

matter! { ProfileMatter,
    name aliases redirect_from parent description url kind country language license index max_words links picture
}

trait Join {
    fn join(&mut self, other: Self);
}

impl<T: JoinInner> Join for Option<T> {
    fn join(&mut self, other: Self) {
        match (self.as_mut(), other) {
            (Some(mine), Some(theirs)) => mine.join_inner(theirs),
            (None, other) => *self = other,
            (Some(_), None) => {}
        }
    }
}

trait JoinInner {
    /// The first one wins, unless both are lists.
    fn join_inner(&mut self, _: Self)
    where
        Self: Sized,
    {
    }
}

impl<T> JoinInner for OneOrMany<T> {
    fn join_inner(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

macro_rules! first_wins {
    ($($type:ty)+) => { $(impl JoinInner for $type {})+ };
}

first_wins! {
    crate::model::front_matter::Text
    crate::model::front_matter::SeriesRef
    crate::model::front_matter::ImageRef
    crate::model::front_matter::WithdrawnRef
    crate::config::IndexPolicy
    crate::model::front_matter::CommentPolicy
    crate::config::RawHtml
    bool
    u32
    serde_json::Map<String, serde_json::Value>
}
