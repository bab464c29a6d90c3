//! Corrections: below the text of a feed's entry, and on the page of all corrections.
//!
//! On an article's own page they are part of its view, and the theme decides how they look.

use super::address::Form;
use super::head::{Head, here};
use super::json_ld;
use super::{Site, html};
use crate::base::html::{escape_into, escape_text_into};
use crate::model::article::Correction;
use crate::model::generated;
use crate::model::ingredients::CorrectionParts;
use crate::model::view::{Content, CorrectionEntry, CorrectionsView, View};

/// Appends corrections to a text for feeds, where no style sheet applies.
pub(super) fn append(html: &mut String, corrections: &[Correction], site: &Site<'_>) {
    if corrections.is_empty() {
        return;
    }
    html.push_str("\n<hr>\n<p><strong>");
    escape_text_into(html, site.word("corrections"));
    html.push_str("</strong></p>\n<ul>\n");
    for correction in corrections {
        html.push_str("<li>");
        if let Some(date) = correction.date.map(|date| site.date(date)) {
            html.push_str("<time datetime=\"");
            escape_into(html, &date.iso);
            html.push_str("\">");
            escape_text_into(html, &date.text);
            html.push_str("</time>: ");
        }
        escape_text_into(html, &correction.text);
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

/// The page of all corrections.
pub(super) fn view(parts: &[CorrectionParts<'_>], site: &Site<'_>) -> View {
    let title = site.word("corrections").to_owned();
    let url = generated::corrections(&site.config.urls);
    let trail = vec![here(title.as_str())];
    let mut page = site.head(Head { kind: "corrections", title, description: "", url: &url, trail });
    page.json_ld = json_ld::script(json_ld::list(&page, None, site));
    let entries = parts.iter().map(|parts| entry(parts, site)).collect();
    html("corrections.html", page, Content::Corrections(CorrectionsView { entries }))
}

fn entry(parts: &CorrectionParts<'_>, site: &Site<'_>) -> CorrectionEntry {
    let lang = parts.lang.unwrap_or(&site.config.language);
    CorrectionEntry {
        date: parts.correction.date.map(|date| site.date(date)),
        text: parts.correction.text.clone(),
        title: parts.title.to_owned(),
        url: site.article_at(parts.place, Form::Local),
        version: site.version_at(parts.place),
        lang: lang.to_string(),
        dir: site.direction(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::World;

    #[test]
    fn corrections_are_listed_below_the_text() {
        let world = World::new();
        let correction =
            |date: &str, text: &str| Correction { date: date.parse().ok(), text: text.to_owned() };
        let mut html = String::new();
        append(&mut html, &[], &world.site());
        assert_eq!(html, "");
        append(&mut html, &[correction("2024-03-08", "a < b"), correction("", "x")], &world.site());
        assert_eq!(
            html,
            "\n<hr>\n<p><strong>corrections</strong></p>\n<ul>\n\
             <li><time datetime=\"2024-03-08\">8 March 2024</time>: a &lt; b</li>\n<li>x</li>\n</ul>\n"
        );
    }
}
