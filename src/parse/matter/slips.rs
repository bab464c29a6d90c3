//! Unknown keys that look as if they should keep an article from being published, as other programs write them.
//!
//! Such a slip must be more than a warning, or what was to be hidden is seen. But it must not be told of a key that
//! asks for nothing of the kind: `published: 2024-01-01` is in every note of some web clippers.

use crate::base::date::Date;
use crate::base::date_forms::likely;
use crate::base::yaml;

/// What an unknown key asks for.
#[derive(Debug, PartialEq)]
pub(super) enum Slip {
    /// That the article is kept back, which the given line of front matter would do.
    KeepsBack(String),
    /// Nothing of the kind; the text is a hint.
    Harmless(&'static str),
}

impl Slip {
    /// What to write instead.
    pub(super) fn hint(self) -> String {
        match self {
            Self::KeepsBack(hint) => hint,
            Self::Harmless(hint) => hint.to_owned(),
        }
    }

    fn draft() -> Self {
        Self::KeepsBack("draft: true".to_owned())
    }

    /// With the date that the value says, or else with one that shows the form.
    fn dated(key: &str, value: &str) -> Self {
        let date = Some(value).filter(|value| value.parse::<Date>().is_ok()).map(str::to_owned);
        let date = date.or_else(|| likely(value)).unwrap_or_else(|| "2030-01-31".to_owned());
        Self::KeepsBack(format!("{key}: {date}"))
    }
}

/// What an unknown key with a value, as it is written, asks for, if that has to do with publication.
pub(super) fn of(key: &str, value: &str) -> Option<Slip> {
    let folded: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let kept = match folded.as_str() {
        "published" | "public" | "ispublished" | "ispublic" | "visible" => return Some(published(value)),
        "status" | "poststatus" | "state" | "poststate" | "visibility" => return standing(value),
        // Eleventy writes no page at `permalink: false`, Hugo none for `render: never`.
        "permalink" => return matches!(truth(value), Truth::No).then(Slip::draft),
        "build" => {
            let render =
                value.split(['{', '}', ',']).map(str::trim).find_map(|part| part.strip_prefix("render:"));
            let render = render.unwrap_or(value).trim();
            let is_kept = render == "never" || matches!(truth(render), Truth::No);
            return is_kept.then(Slip::draft);
        }
        "password" => {
            let has_one = !matches!(truth(value), Truth::No | Truth::Nothing);
            return has_one.then(Slip::draft);
        }
        "draft" | "drafts" | "isdraft" | "unpublished" | "hidden" | "ishidden" | "private" | "isprivate"
        | "unlisted" | "headless" | "wip" => Slip::draft(),
        "publish" | "publishdate" | "publishon" | "publishat" | "embargo" | "embargoed" => {
            Slip::dated("publish", value)
        }
        "expires" | "expire" | "expirydate" | "expirationdate" | "unpublish" | "unpublishdate"
        | "unpublishon" | "unpublishat" => Slip::dated("expires", value),
        "withdraw" | "withdrawal" | "retract" | "retraction" | "takedown" | "tombstone" => {
            Slip::dated("withdrawn", value)
        }
        _ => return None,
    };
    Some(match truth(value) {
        Truth::No | Truth::Nothing => Slip::Harmless(LEAVE_OUT),
        Truth::Yes | Truth::Other => kept,
    })
}

const LEAVE_OUT: &str = "leave it out: what says nothing of the kind is published";

fn published(value: &str) -> Slip {
    match truth(value) {
        Truth::Yes | Truth::Nothing => Slip::Harmless(LEAVE_OUT),
        Truth::Other if value.contains(|c: char| c.is_ascii_digit()) => {
            Slip::Harmless("write `date` for when it was published, or `publish` for when it is to be")
        }
        Truth::No | Truth::Other => Slip::draft(),
    }
}

/// A word for where an article stands, as other programs have it. What is `published` is so here, too,
/// and the key is just unknown.
fn standing(value: &str) -> Option<Slip> {
    // Some write it as a list.
    match value.trim_matches(['[', ']', ' ', '"', '\'']).to_ascii_lowercase().as_str() {
        "draft" | "wip" | "auto-draft" | "hidden" | "private" | "pending" | "trash" | "unlisted"
        | "unpublished" | "members" | "paid" => Some(Slip::draft()),
        "future" | "scheduled" => Some(Slip::dated("publish", "")),
        _ => None,
    }
}

enum Truth {
    Yes,
    No,
    Nothing,
    Other,
}

/// What a value says, in the words of YAML 1.1 too: who wrote `no` did not mean `yes`.
fn truth(value: &str) -> Truth {
    match (yaml::truth(value), value.to_ascii_lowercase().as_str()) {
        (Some(true), _) | (_, "1") => Truth::Yes,
        (Some(false), _) | (_, "0") => Truth::No,
        (_, "" | "~" | "null") => Truth::Nothing,
        _ => Truth::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_should_keep_an_article_back_is_a_slip() {
        let check = |key: &str, value: &str, expected: Option<&str>| {
            let kept = match of(key, value) {
                Some(Slip::KeepsBack(kept)) => Some(kept),
                Some(Slip::Harmless(_)) | None => None,
            };
            assert_eq!(kept.as_deref(), expected, "{key}: {value}");
        };
        check("published", "false", Some("draft: true"));
        check("published", "No", Some("draft: true"));
        check("published", "later", Some("draft: true"));
        check("published", "true", None);
        check("published", "", None);
        check("published", "2024-01-01", None);
        check("published", "March 3, 2024", None);
        check("hidden", "true", Some("draft: true"));
        check("hidden", "false", None);
        check("Draft", "~", None);
        check("publish_date", "2099-01-01", Some("publish: 2099-01-01"));
        check("publish_date", "Wed, 01 Feb 2017 23:30:00 -0500", Some("publish: 2017-02-01 23:30:00 -0500"));
        check("publish_date", "when they agree", Some("publish: 2030-01-31"));
        check("takedown", "2024-05-01T09:00:00Z", Some("withdrawn: 2024-05-01T09:00:00Z"));
        check("takedown", "no", None);
        check("unpublish_date", "2020-01-01", Some("expires: 2020-01-01"));
        check("isDraft", "true", Some("draft: true"));
        check("drafts", "true", Some("draft: true"));
        check("unlisted", "true", Some("draft: true"));
        check("public", "false", Some("draft: true"));
        check("public", "true", None);
        check("status", "Draft", Some("draft: true"));
        check("status", "published", None);
        check("post_status", "pending", Some("draft: true"));
        check("status", "future", Some("publish: 2030-01-31"));
        check("visibility", "private", Some("draft: true"));
        check("visibility", "public", None);
        check("status", "[draft]", Some("draft: true"));
        check("state", "wip", Some("draft: true"));
        check("state", "Lower Saxony", None);
        check("wip", "true", Some("draft: true"));
        check("permalink", "false", Some("draft: true"));
        check("permalink", "/a/", None);
        check("_build", "{render: never}", Some("draft: true"));
        check("build", "render: false", Some("draft: true"));
        check("build", "false", Some("draft: true"));
        check("build", "{list: local}", None);
        check("headless", "true", Some("draft: true"));
        check("password", "secret", Some("draft: true"));
        check("password", "", None);
        check("password", "null", None);
        check("build", "{render: always, list: never}", None);
        check("_build", "nevermore", None);
        check("layout", "true", None);
    }
}
