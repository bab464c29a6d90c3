//! Checks what a site has in the place of its theme's files, and a theme in the place of another's: a template or a
//! word that replaces nothing, and that nothing uses, has a wrong name.

use std::collections::{BTreeMap, BTreeSet};

use super::templates::{KINDS, OPTIONAL};
use super::words::is_plural;
use crate::base::diag::{Diagnostic, Rule, closest, find_word, is_slip};
use crate::base::labels;
use crate::config::words;
use crate::model::theme::{Theme, WordFile};

/// The layer of the site.
const OWN: &str = "templates/";

/// Reports templates and words of the site that have no effect. `asked` are the templates that articles and pages
/// ask for.
pub fn overrides(theme: &Theme, asked: &BTreeSet<&str>) -> Vec<Diagnostic> {
    if !theme.is_loaded {
        return Vec::new();
    }
    let known = below(theme, OWN);
    let idle = idle(theme, OWN, &known).filter(|(_, name)| !asked.contains(name));
    let mut found: Vec<_> = idle
        .map(|(path, name)| {
            Diagnostic::new(Rule::Theme, "the template replaces none of the theme, and nothing uses it")
                .in_file(path)
                .hint(format!("include it in a template as `\"{name}\"`, or remove it"))
                .did_you_mean(name, known.iter().copied())
        })
        .collect();
    found.extend(own_words(theme));
    found
}

/// Reports templates of a theme that nothing uses and whose names differ by a slip from one that is known. Any other
/// one an article may ask for.
pub(super) fn misnamed(theme: &Theme) -> Vec<Diagnostic> {
    let own = format!("themes/{}/templates/", theme.name);
    let known = below(theme, &own);
    let told = |(path, name): (&str, &str)| {
        let meant = known.iter().find(|known| is_slip(name, known))?;
        let fault = Diagnostic::new(Rule::Theme, "the template is of no kind of page, and nothing uses it");
        Some(fault.in_file(path).hint(format!("did you mean `{meant}`?")))
    };
    idle(theme, &own, &known).filter_map(told).collect()
}

/// The names that have a meaning below a layer: those of the kinds of pages, and what weaker layers have.
fn below<'t>(theme: &'t Theme, layer: &str) -> BTreeSet<&'t str> {
    let weaker = theme.layers.iter().skip_while(|other| *other != layer).skip(1);
    let names =
        |layer: &'t String| theme.templates.keys().filter_map(|path| path.strip_prefix(layer.as_str()));
    OPTIONAL.into_iter().chain(KINDS).chain(weaker.flat_map(names)).collect()
}

/// The templates of a layer that take no other's place and that no template uses, with their names.
fn idle<'t>(
    theme: &'t Theme,
    layer: &'t str,
    known: &BTreeSet<&str>,
) -> impl Iterator<Item = (&'t str, &'t str)> {
    let own =
        theme.templates.iter().filter_map(move |(path, text)| Some((path, path.strip_prefix(layer)?, text)));
    let has_use = |name: &str| {
        known.contains(name)
            || name.starts_with("components/")
            || theme.templates.values().any(|text| names(text, name))
    };
    // Its components are used by their names.
    let is_idle = move |name: &str, text: &str| !has_use(name) && !text.contains("{% component");
    own.filter(move |(_, name, text)| is_idle(name, text)).map(|(path, name, _)| (path.as_str(), name))
}

/// Whether a text names a template: to include it, or to write what is made of it (`site.drawn.footer`).
fn names(text: &str, template: &str) -> bool {
    let is_quoted = |(at, _): (usize, &str)| text[..at].ends_with(['"', '\'', '`', '/']);
    let drawn = template.strip_prefix("site/").or_else(|| template.strip_prefix("cards/"));
    text.match_indices(template).any(is_quoted)
        || drawn
            .and_then(|name| name.strip_suffix(".html"))
            .is_some_and(|name| text.contains("drawn") && text.contains(name))
}

/// Reports words of the site that the theme does not have and no template names.
fn own_words(theme: &Theme) -> Vec<Diagnostic> {
    let is_own = |file: &&WordFile| file.path.starts_with("i18n/");
    let files = theme.translations.values().flatten();
    if !files.clone().any(|file| is_own(&file)) {
        return Vec::new();
    }
    let read = |file: &WordFile| -> BTreeMap<String, String> { words(&file.text, "").value };
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (key, word) in files.clone().filter(|file| !is_own(file)).flat_map(read) {
        places.entry(key).or_default().extend(places_in(&word).map(str::to_owned));
    }
    let known: BTreeSet<&str> = places.keys().map(String::as_str).chain(labels::KEYS).collect();
    let is_known = |key: &str| {
        let word = if is_plural(key) { key.rsplit_once('.').map_or(key, |(word, _)| word) } else { key };
        let of_number = format!("{word}.other");
        known.contains(key)
            || known.contains(&*of_number)
            || theme.templates.values().any(|text| names_word(text, word.trim_end_matches(".other")))
    };
    let fault = |key: &str, file: &WordFile| {
        let keys: Vec<&str> = key.split('.').collect();
        Diagnostic::new(Rule::Theme, format!("the theme has no word `{key}`, and no template names it"))
            .in_file(&file.path)
            .about(&keys, "")
            .hint("correct the key, or remove it")
            .did_you_mean(key, known.iter().copied())
    };
    let own = files.filter(is_own);
    let told = own.flat_map(|file| {
        let faults = |(key, word): (String, String)| match places.get(&key) {
            Some(places) => unfilled(&key, &word, places).map(|fault| fault.in_file(&file.path)),
            None => (!is_known(&key)).then(|| fault(&key, file)),
        };
        read(file).into_iter().filter_map(faults).collect::<Vec<_>>()
    });
    told.collect()
}

/// Whether a template names a word, or puts its key together from what it begins with: `"country-"`.
fn names_word(text: &str, word: &str) -> bool {
    let is_begun = |(at, _): (usize, &str)| text.contains(&format!("\"{}-\"", &word[..at]));
    find_word(text, word).is_some() || word.match_indices('-').any(is_begun)
}

/// The names of the places in a word that are filled: `part` and `total` of `Part {part} of {total}`.
pub(super) fn places_in(word: &str) -> impl Iterator<Item = &str> {
    word.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Reports a place of a word that nothing fills, if the word has places at all.
pub(super) fn unfilled(key: &str, word: &str, places: &BTreeSet<String>) -> Option<Diagnostic> {
    let wrong = places_in(word).find(|place| !places.contains(*place)).filter(|_| !places.is_empty())?;
    let all: Vec<String> = places.iter().map(|place| format!("`{{{place}}}`")).collect();
    let hint = match closest(wrong, places.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{{{meant}}}`?"),
        None => format!("the word can have {}", all.join(", ")),
    };
    let keys: Vec<&str> = key.split('.').collect();
    let fault = Diagnostic::new(Rule::Theme, format!("nothing fills `{{{wrong}}}` in the word `{key}`"));
    Some(fault.about(&keys, wrong).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(templates: &[(&str, &str)], words: &[(&str, &str)]) -> Theme {
        let templates = templates.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let words =
            words.iter().map(|(path, text)| WordFile { path: (*path).to_owned(), text: (*text).to_owned() });
        Theme {
            is_loaded: true,
            layers: vec![OWN.to_owned(), "themes/t/templates/".to_owned()],
            templates: templates.collect(),
            translations: BTreeMap::from([("en".to_owned(), words.collect())]),
            ..Theme::default()
        }
    }

    fn told(theme: &Theme, asked: &[&str]) -> Vec<String> {
        let line = |one: Diagnostic| format!("{}: {}", one.file.unwrap(), one.hint.unwrap());
        overrides(theme, &asked.iter().copied().collect()).into_iter().map(line).collect()
    }

    #[test]
    fn a_template_that_has_no_effect_is_told() {
        let theirs = ("themes/t/templates/partials/footer.html", "{{ site.drawn.foot }}");
        for (name, text) in [
            ("partials/footer.html", ""),
            ("article.html", ""),
            ("withdrawn.html", ""),
            ("components/tide.html", ""),
            ("site/foot.html", ""),
            ("page.html", "{% extends \"frame.html\" %}"),
        ] {
            let (own, page) = (format!("templates/{name}"), "templates/frame.html");
            let frame = if text.is_empty() { theirs } else { (page, "") };
            assert_eq!(told(&theme(&[theirs, (&own, text), frame], &[]), &[]), [""; 0], "{name}");
        }
        let components = ("templates/badges.html", "{% component badge() %}{% endcomponent %}");
        assert_eq!(told(&theme(&[theirs, components], &[]), &[]), [""; 0]);
        let idle = theme(&[theirs, ("templates/partials/foter.html", ""), ("templates/wide.html", "")], &[]);
        let foter = "templates/partials/foter.html: did you mean `partials/footer.html`?";
        assert_eq!(told(&idle, &["wide.html"]), [foter]);
        let wide = "templates/wide.html: include it in a template as `\"wide.html\"`, or remove it";
        assert_eq!(told(&idle, &[]), [foter, wide]);
    }

    #[test]
    fn a_template_with_a_slip_in_its_name_is_told() {
        let check = |name: &str, expected: &[&str]| {
            let (path, other) =
                (format!("themes/t/templates/{name}"), "themes/up/templates/partials/card.html");
            let mut theme = theme(&[(&path, ""), (other, "")], &[]);
            theme.name = "t".to_owned();
            theme.layers.push("themes/up/templates/".to_owned());
            let hints: Vec<_> = misnamed(&theme).into_iter().filter_map(|one| one.hint).collect();
            assert_eq!(hints, expected, "{name}");
        };
        check("articel.html", &["did you mean `article.html`?"]);
        check("lists.html", &["did you mean `list.html`?"]);
        check("partials/cards.html", &["did you mean `partials/card.html`?"]);
        check("article.html", &[]);
        check("article-wide.html", &[]);
        check("layouts/photo.html", &[]);
        check("partials/card.html", &[]);
    }

    #[test]
    fn a_word_that_has_no_effect_is_told() {
        let templates =
            [("templates/home.html", "{{ site.words.motto }}{{ 3 | counted(word=\"n_boats\") }}")];
        let own = "related = \"More\"\nmotto = \"\"\nrelatd = \"\"\n[n]\nfew = \"\"\n[n_boats]\none = \"\"\nother = \"\"\n";
        let words = [("themes/t/i18n/en.toml", "related = \"\"\n[n]\nother = \"\""), ("i18n/en.toml", own)];
        assert_eq!(told(&theme(&templates, &words), &[]), ["i18n/en.toml: did you mean `related`?"]);
    }

    #[test]
    fn a_word_is_used_as_a_whole_or_by_its_beginning() {
        let check = |key: &str, expected: &[&str]| {
            let templates =
                [("templates/home.html", "{{ site.words.mottoes }}{{ site.words[\"country-\" ~ code] }}")];
            let own = format!("{key} = \"\"");
            let words = [("themes/t/i18n/en.toml", "home = \"\""), ("i18n/en.toml", &*own)];
            assert_eq!(told(&theme(&templates, &words), &[]), expected, "{key}");
        };
        check("mottoes", &[]);
        check("country-GH", &[]);
        check("alert-tip", &[]);
        check("motto", &["i18n/en.toml: correct the key, or remove it"]);
        check("county-GH", &["i18n/en.toml: correct the key, or remove it"]);
    }

    #[test]
    fn a_place_that_nothing_fills_is_told() {
        let check = |word: &str, expected: &[&str]| {
            let own = format!("part = \"{word}\"\nhome = \"{{x}}\"");
            let theirs = ("themes/t/i18n/en.toml", "home = \"\"\npart = \"{part} of {total}\"");
            assert_eq!(told(&theme(&[], &[theirs, ("i18n/en.toml", &own)]), &[]), expected, "{word}");
        };
        check("{total} {part}", &[]);
        check("Part", &[]);
        check("{prat}", &["i18n/en.toml: did you mean `{part}`?"]);
        check("{n}", &["i18n/en.toml: the word can have `{part}`, `{total}`"]);
    }
}
