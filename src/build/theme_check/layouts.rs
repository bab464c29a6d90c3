//! The templates that a page has only if its front matter asks for them by `template`.

use crate::base::template::tags;
use crate::check;
use crate::model::input::DocumentKind;
use crate::model::theme::Theme;
use crate::render::is_part;

/// Such a template.
pub(super) struct Layout {
    pub(super) template: String,
    /// Whether an article or a standing page is to ask for it.
    pub(super) kind: DocumentKind,
}

/// Every such template, with each kind of document that it can be meant for.
pub(super) fn layouts(theme: &Theme) -> Vec<Layout> {
    let names = theme.template_names();
    let of_kinds = |(name, path): (&str, &str)| {
        let texts = with_parents(theme, path);
        let [article, standing] =
            ["article.", "standing."].map(|word| texts.iter().any(|text| text.contains(word)));
        let kinds =
            [(DocumentKind::Article, article || !standing), (DocumentKind::Page, standing || !article)];
        let meant = kinds.into_iter().filter(|(_, is_meant)| *is_meant);
        meant.map(|(kind, _)| Layout { template: name.to_owned(), kind }).collect::<Vec<_>>()
    };
    let asked_for =
        |(name, path): &(&str, &str)| !is_part(name) && !check::is_kind(name) && !is_named(theme, name, path);
    names.into_iter().filter(asked_for).flat_map(of_kinds).collect()
}

/// Whether another template names this one. Then it is the frame or a part of others, and no page of its own.
fn is_named(theme: &Theme, name: &str, path: &str) -> bool {
    theme.templates.iter().any(|(other, text)| other != path && text.contains(name))
}

/// The texts of a template and of those that it extends.
fn with_parents<'t>(theme: &'t Theme, path: &'t str) -> Vec<&'t str> {
    let (mut texts, mut next) = (Vec::new(), Some(path));
    while let Some(text) =
        next.and_then(|path| theme.templates.get(path)).filter(|text| !texts.contains(&text.as_str()))
    {
        texts.push(text.as_str());
        let parent = tags(text).find_map(|tag| tag.template("extends")).unwrap_or_default();
        next = theme
            .template_path(parent)
            .or_else(|| theme.templates.get_key_value(parent).map(|(path, _)| path.as_str()));
        next = next.or_else(|| theme.inherited(parent));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_a_page_may_ask_for_is_tried_with_what_it_shows() {
        let templates = [
            ("article.html", "{% extends \"base.html\" %}"),
            ("base.html", "{{ page.title }}"),
            ("page.html", "{{ standing.title }}"),
            ("partials/x.html", "{{ x }}"),
            ("layouts/any.html", "{% extends \"base.html\" %}"),
            ("layouts/frame.html", "{{ article.title }}"),
            ("layouts/photo.html", "{% extends \"layouts/frame.html\" %}"),
            ("layouts/staff.html", "{% extends \"t/page.html\" %}"),
        ];
        let templates = templates.map(|(name, text)| (format!("t/{name}"), text.to_owned()));
        let theme = Theme { layers: vec!["t/".to_owned()], templates: templates.into(), ..Theme::default() };
        let found: Vec<_> =
            layouts(&theme).into_iter().map(|layout| (layout.template, layout.kind)).collect();
        let expected = [
            ("layouts/any.html", DocumentKind::Article),
            ("layouts/any.html", DocumentKind::Page),
            ("layouts/photo.html", DocumentKind::Article),
            ("layouts/staff.html", DocumentKind::Page),
        ];
        assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
    }
}
