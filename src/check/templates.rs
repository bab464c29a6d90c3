//! Checks the names in the templates of a theme: words, options, assets, fields and kinds of page. Does everything
//! that is used exist, and is everything that exists used?
//!
//! It looks only at the text of templates and renders nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::Languages;
use super::{attributes, fields, filled, overrides, words};
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::template::QUOTES;
use crate::model::theme::{OF_VIEWS, REMOVED, Removed, TEMPLATE_API, Theme};

/// The templates that every theme must have.
pub(super) const KINDS: [&str; 7] =
    ["home.html", "list.html", "article.html", "page.html", "terms.html", "archive.html", "404.html"];

/// The templates of kinds of page that a theme may lack.
pub(super) const OPTIONAL: [&str; 2] = ["corrections.html", "withdrawn.html"];

/// Whether a template is that of a kind of page.
pub fn is_kind(template: &str) -> bool {
    KINDS.contains(&template) || OPTIONAL.contains(&template)
}

/// Reports names that do not exist, names that are not used, and words that are not translated.
///
/// `own_options` are the options that the theme declares itself. Only these must be used; inherited ones are
/// the other theme's affair.
pub fn templates(theme: &Theme, own_options: &[String], languages: &Languages) -> Vec<Diagnostic> {
    let mut found = missing_kinds(theme);
    let words = words::keys(languages, |_| true);
    let options = theme.options.keys().map(String::as_str).collect();
    let assets = theme.assets.keys().map(String::as_str).collect();
    for (file, text) in &theme.templates {
        let of_file = (unknown(text, "site.words", &words, "no language has the word").into_iter())
            .chain(unknown(text, "site.options", &options, "the theme has no option"))
            .chain(unknown(text, "site.assets", &assets, "the theme has no asset"))
            .chain(attributes::unquoted(text))
            .chain(removed(text, REMOVED, TEMPLATE_API));
        found.extend(of_file.map(|one| one.in_file(file.as_str())));
    }
    found.extend(fields::unknown(&theme.templates));
    found.extend(fields::written(&theme.templates));
    found.extend(overrides::misnamed(theme));
    found.extend(unused(theme, own_options));
    found.extend(words::untranslated(theme, languages));
    found.extend(words::of_masthead(&words).map(|one| one.in_file(manifest_of(theme))));
    found.extend(words::misfits(theme, languages));
    for (file, text) in &theme.templates {
        found.extend(filled::misfilled(text, languages).into_iter().map(|one| one.in_file(file.as_str())));
    }
    found
}

/// Reports the keys of the map `of` that a template uses and that are not among the `known` ones.
fn unknown(text: &str, of: &str, known: &BTreeSet<&str>, fault: &str) -> Vec<Diagnostic> {
    let unknown = keys(text, of).into_iter().filter(|(key, _)| !known.contains(key));
    unknown
        .map(|(key, at)| {
            Diagnostic::new(Rule::Template, format!("{fault} `{key}`"))
                .at(Place::of(text, at.start, at.end))
                .did_you_mean(key, known.iter().copied())
        })
        .collect()
}

/// Reports the options that the theme declares itself and no template uses. A template that computes the name
/// of an option, or takes all of them, may use any.
fn unused(theme: &Theme, own_options: &[String]) -> Vec<Diagnostic> {
    let uses = || theme.templates.values().flat_map(|text| uses(text, "site.options"));
    if uses().any(|key| key.is_none()) {
        return Vec::new();
    }
    let used: BTreeSet<&str> = uses().flatten().map(|(key, _)| key).collect();
    let is_used = |name: &str| used.contains(name) || OF_VIEWS.contains(&name);
    let fault = |name: &String| {
        Diagnostic::new(Rule::Theme, format!("no template uses the option `{name}`"))
            .in_file(manifest_of(theme))
            .about(&["options", name], "")
    };
    own_options.iter().filter(|name| !is_used(name)).map(fault).collect()
}

fn missing_kinds(theme: &Theme) -> Vec<Diagnostic> {
    let hint = "write it, or take it from another theme with `extends = \"base\"`";
    let told = |rule, message: String| Diagnostic::new(rule, message).in_file(manifest_of(theme)).hint(hint);
    let missing = KINDS.into_iter().filter(|name| !theme.has_template(name));
    let needed = missing.map(|name| told(Rule::Template, format!("the theme has no template `{name}`")));
    let lacks = |name: &str, so: &str| {
        let message = format!("the theme has no template `{name}`, so that {so}");
        (!theme.has_template(name)).then(|| told(Rule::Theme, message))
    };
    let [corrections, withdrawn] = OPTIONAL;
    let corrections = lacks(corrections, "there is no page of all corrections");
    let withdrawn = lacks(withdrawn, "a plain page stands in the place of a withdrawn article");
    needed.chain(corrections).chain(withdrawn).collect()
}

fn manifest_of(theme: &Theme) -> String {
    format!("themes/{}/theme.toml", theme.name)
}

/// A key that a text uses, and its place.
type Key<'t> = (&'t str, Range<usize>);

/// The keys that a text uses of the map `of`, without computed ones.
fn keys<'t>(text: &'t str, of: &str) -> Vec<Key<'t>> {
    uses(text, of).flatten().collect()
}

/// The uses of the map `of` in a text: the key, as in `site.words.home` or `site.words["home"]`, or `None` if
/// it is computed, as in `site.words["role-" ~ role]`, or the whole map is used.
fn uses<'t>(text: &'t str, of: &str) -> impl Iterator<Item = Option<Key<'t>>> {
    text.match_indices(of).map(move |(at, of)| key(text, at + of.len()))
}

/// The literal key at `start`, where the name of a map ends.
fn key(text: &str, start: usize) -> Option<Key<'_>> {
    let rest = text[start..].trim_start_matches('?');
    let start = text.len() - rest.len();
    if let Some(field) = rest.strip_prefix('.') {
        let length = field.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(field.len());
        return Some((&field[..length], start + 1..start + 1 + length));
    }
    let inner = rest.strip_prefix('[')?;
    let quote = inner.chars().next().filter(|c| QUOTES.contains(c))?;
    let (key, behind) = inner[1..].split_once(quote)?;
    behind.starts_with(']').then(|| (key, start + 2..start + 2 + key.len()))
}

/// Reports fields of views that have been or will be removed.
fn removed(text: &str, removed: &[Removed], api: u32) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in removed.iter().filter(|field| api < field.since + 2) {
        for (at, _) in text.match_indices(field.path) {
            let ends =
                !text[at + field.path.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let begins = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
            if ends && begins {
                let message =
                    format!("`{}` is gone since version {} of the template API", field.path, field.since);
                let place = Place::of(text, at, at + field.path.len());
                found.push(
                    Diagnostic::new(Rule::Theme, message)
                        .at(place)
                        .hint(format!("use `{}`", field.successor)),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn keys_are_found_unless_they_are_computed() {
        let text = "{{ site.words.home }} {{ site.words[\"role-\" ~ x] }} {{ site.words[\"a-b\"] }} {{ site.words[x] }} {{ site.words['c'] }}";
        let found: Vec<_> = keys(text, "site.words").into_iter().map(|(key, at)| (key, &text[at])).collect();
        assert_eq!(found, [("home", "home"), ("a-b", "a-b"), ("c", "c")]);
    }

    #[test]
    fn a_removed_field_is_reported_for_two_versions() {
        let gone = [Removed { path: "article.minutes", successor: "article.reading.minutes", since: 2 }];
        let text = "a\n{{ article.minutes }} {{ article.minutes_left }} {{ old_article.minutes }}";
        let told = removed(text, &gone, 2);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].message, "`article.minutes` is gone since version 2 of the template API");
        assert_eq!(told[0].hint.as_deref(), Some("use `article.reading.minutes`"));
        assert_eq!(told[0].place, Some(Place { line: 2, column: 4, width: 15 }));
        assert_eq!((removed(text, &gone, 3).len(), removed(text, &gone, 4).len()), (1, 0));
    }

    #[test]
    fn an_option_may_be_used_by_a_computed_name() {
        let told = |template: &str| {
            let templates = BTreeMap::from([("t/x.html".to_owned(), template.to_owned())]);
            let theme = Theme { templates, ..Theme::default() };
            unused(&theme, &["accent".to_owned()]).len()
        };
        assert_eq!(told("{{ site.options.density }} {{ site.options[\"dates\"] }}"), 1);
        for template in [
            "{{ site.options.accent }}",
            "{{ site.options['accent'] }}",
            "{{ site.options[name] }}",
            "{{ site.options[\"acc\" ~ rest] }}",
            "{% for name, value in site.options %}{{ name }}{% endfor %}",
        ] {
            assert_eq!(told(template), 0, "{template}");
        }
    }

    #[test]
    fn unknown_and_unused_names_are_reported() {
        let mut theme = Theme { name: "t".to_owned(), layers: vec!["t/".to_owned()], ..Theme::default() };
        for kind in KINDS.into_iter().chain(OPTIONAL) {
            theme.templates.insert(format!("t/{kind}"), String::new());
        }
        theme.options.insert("accent".to_owned(), serde_json::Value::Null);
        theme.templates.insert(
            "t/x.html".to_owned(),
            "{{ site.words.hom }}{{ site.options.acent }}{{ site.assets[\"a.css\"] }}<a href={{ x }}>"
                .to_owned(),
        );
        let languages = ["en", "de"].map(|language| {
            let mut words = BTreeMap::from([("home".to_owned(), String::new())]);
            words.extend(words::USED.map(|key| (key.to_owned(), String::new())));
            (language.to_owned(), vec![(format!("themes/t/i18n/{language}.toml"), words)])
        });
        let told: Vec<String> = templates(&theme, &["accent".to_owned()], &languages.into())
            .into_iter()
            .map(|one| one.message)
            .collect();
        assert_eq!(
            told,
            [
                "no language has the word `hom`",
                "the theme has no option `acent`",
                "the theme has no asset `a.css`",
                "the value of an attribute has no quotes",
                "no template uses the option `accent`",
            ]
        );
    }
}
