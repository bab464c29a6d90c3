//! Finds fields that no view has, such as `article.titel`.
//!
//! Where a template writes such a value, Tera stops; but a condition that asks for one is only false. Names are followed
//! through `for` and `set` as far as fields alone lead. Of a name that may mean several things nothing is said, nor of a field
//! that a template asks for with `is defined`.
//!
//! It also finds values that a template writes as they are although nobody can read them so: maps and lists, and HTML without
//! `safe`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde_json::Value;

use super::paths::{Binding, Path, Step};
use crate::base::diag::{Diagnostic, Place, Rule};
use crate::base::template::{Tag, tags};
use crate::config;
use crate::model::view::{Card, Content, PageView, SiteView};

/// The names that a template sees at first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct Names {
    site: SiteView,
    page: PageView,
    card: Card,
    content: Content,
}

/// Reports unknown fields in templates, with their files.
pub fn unknown(templates: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    read(templates).unknown
}

/// Reports maps and lists that templates write as they are, and HTML that they write as text.
pub fn written(templates: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    read(templates).written
}

/// What is wrong in templates.
#[derive(Default)]
struct Found {
    unknown: Vec<Diagnostic>,
    written: Vec<Diagnostic>,
}

fn read(templates: &BTreeMap<String, String>) -> Found {
    let views = Views(config::schema_of::<Names>(false));
    let names = views.names();
    // A partial may be included where such a name means something else.
    let bound: BTreeSet<&str> = templates.values().flat_map(|text| bound(text)).collect();
    let mut found = Found::default();
    for (file, text) in templates.iter().filter(|(file, _)| !is_below(file, "components")) {
        let is_partial = is_below(file, "partials");
        let is_seen = |name: &str| match name {
            "card" => is_below(file, "cards"),
            name => !(is_partial && bound.contains(name)),
        };
        let names = names.iter().filter(|(name, _)| is_seen(name)).map(|(name, view)| (*name, Some(*view)));
        let mut reader =
            Reader { views: &views, text, names: names.collect(), loops: Vec::new(), found: None };
        // A name may be used before the place where it is set, in a loop or a block.
        reader.read();
        reader.found = Some(Found::default());
        reader.read();
        let told = reader.found.unwrap_or_default();
        found.unknown.extend(told.unknown.into_iter().map(|one| one.in_file(file.as_str())));
        found.written.extend(told.written.into_iter().map(|one| one.in_file(file.as_str())));
    }
    found
}

/// The one of the unknown fields in a template that stands in the tag at `place`, if there is one.
pub fn at<'f>(unknown: &'f [Diagnostic], file: &str, text: &str, place: Place) -> Option<&'f Diagnostic> {
    let order = |place: Place| (place.line, place.column);
    let ends = |tag: Tag<'_>| [tag.range.start, tag.range.end].map(|at| order(Place::of(text, at, at)));
    let [start, end] = tags(text).map(ends).find(|[_, end]| order(place) <= *end)?;
    let is_there = |at: Place| (start..=end).contains(&order(at)) && start <= order(place);
    unknown.iter().find(|one| one.file.as_deref() == Some(file) && one.place.is_some_and(is_there))
}

/// Whether a template lies in a folder of its theme.
fn is_below(file: &str, folder: &str) -> bool {
    file.split('/').rev().skip(1).any(|part| part == folder)
}

/// The names that a template gives to something.
fn bound(text: &str) -> impl Iterator<Item = &str> {
    tags(text).filter_map(|tag| Binding::of(text, &tag)).flat_map(|binding| binding.names)
}

/// The schemas of all views.
struct Views(Value);

impl Views {
    fn names(&self) -> BTreeMap<&str, &Value> {
        let mut names: BTreeMap<&str, &Value> = fields(&self.0).collect();
        let kinds = names.remove("content").map(|content| self.meant(content));
        let kinds = kinds.and_then(|content| content["oneOf"].as_array()).into_iter().flatten();
        names.extend(kinds.flat_map(fields));
        names
    }

    /// What a schema says that refers to another one, or allows nothing as well.
    fn meant<'v>(&'v self, schema: &'v Value) -> &'v Value {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.meant(&self.0["definitions"][name]);
        }
        let one_of = |key: &str| {
            let schemas = schema[key].as_array()?.iter().filter(|one| one["type"] != "null");
            let schemas: Vec<_> = schemas.collect();
            (schemas.len() == 1).then(|| schemas[0])
        };
        ["anyOf", "allOf"].into_iter().find_map(one_of).map_or(schema, |one| self.meant(one))
    }

    /// What stands in a list.
    fn item<'v>(&'v self, view: &'v Value) -> Option<&'v Value> {
        self.meant(view).get("items").map(|items| self.meant(items))
    }
}

/// The fields of a view, with their schemas.
fn fields(view: &Value) -> impl Iterator<Item = (&str, &Value)> {
    view["properties"].as_object().into_iter().flatten().map(|(name, schema)| (name.as_str(), schema))
}

/// Whether a view is of a kind of which JSON has a name.
fn is_a(view: &Value, kind: &str) -> bool {
    view["type"] == kind || view["type"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}

/// Reads a template from its beginning to its end.
struct Reader<'t> {
    views: &'t Views,
    text: &'t str,
    /// What names mean; nothing, if that is not known.
    names: BTreeMap<&'t str, Option<&'t Value>>,
    /// The same for those of the loops that are open, the outermost first.
    loops: Vec<Vec<(&'t str, Option<&'t Value>)>>,
    /// What is wrong, if it is asked for.
    found: Option<Found>,
}

impl<'t> Reader<'t> {
    fn read(&mut self) {
        let text = self.text;
        self.loops.clear();
        for tag in tags(text) {
            self.paths(&tag);
            self.whole(&tag);
            match Binding::of(text, &tag) {
                Some(Binding { names, value, is_loop: true }) => {
                    let list = value.and_then(|path| self.meaning(&path));
                    let item = list.filter(|_| names.len() == 1).and_then(|list| self.views.item(list));
                    self.loops.push(names.into_iter().map(|name| (name, item)).collect());
                }
                Some(Binding { names, value, .. }) => {
                    let meaning = value.and_then(|path| self.meaning(&path));
                    for name in names {
                        let known = self.names.entry(name).or_insert(meaning);
                        // It means one thing here and another one there.
                        *known = known.filter(|known| meaning.is_some_and(|new| std::ptr::eq(*known, new)));
                    }
                }
                None if tag.keyword() == "endfor" => drop(self.loops.pop()),
                None => {}
            }
        }
    }

    /// Looks at all paths of a tag.
    fn paths(&mut self, tag: &Tag<'_>) {
        let (mut at, end) = (tag.start, tag.start + tag.inner.len());
        while let Some(path) = Path::find(self.text, at..end) {
            at = path.end;
            let rest = self.text[at..end].trim_start();
            let test = rest.strip_prefix("is ").map(|test| test.trim_start_matches("not "));
            let is_guarded =
                test.is_some_and(|test| test.starts_with("defined") || test.starts_with("undefined"));
            if let (Some(Err(fault)), false) = (self.followed(&path), is_guarded)
                && let Some(found) = &mut self.found
            {
                found.unknown.push(fault);
            }
        }
    }

    /// Looks at a tag that writes what a path leads to, and nothing else.
    fn whole(&mut self, tag: &Tag<'_>) {
        let end = tag.start + tag.inner.len();
        let path = Path::find(self.text, tag.start..end).filter(|path| path.start == tag.start);
        let Some(path) = path.filter(|_| tag.is_value && self.found.is_some()) else { return };
        let rest = self.text[path.end..end].trim_start();
        let is_safe = rest.strip_prefix('|').is_some_and(|filter| filter.trim() == "safe");
        if !(rest.is_empty() || is_safe) {
            return;
        }
        let fault = self.meaning(&path).and_then(|view| self.unreadable(&path, view, is_safe));
        // In an attribute, HTML may well stand as text.
        let is_quoted = self.text[..tag.range.start].ends_with(['"', '\'']);
        let fault = fault.filter(|fault| !(fault.rule == Rule::Theme && is_quoted));
        if let (Some(fault), Some(found)) = (fault, &mut self.found) {
            found.written.push(fault.at(Place::of(self.text, path.start, path.end)));
        }
    }

    /// Why a view cannot be written as it is.
    fn unreadable(&self, path: &Path<'_>, view: &Value, is_safe: bool) -> Option<Diagnostic> {
        let name = &self.text[path.start..path.end];
        let told = |rule, message: String, hint: String| Some(Diagnostic::new(rule, message).hint(hint));
        if is_a(view, "array") {
            let is_simple = self.views.item(view).is_some_and(|item| is_a(item, "string"));
            let joined = if is_simple { format!(", or `{{{{ {name} | listed }}}}`") } else { String::new() };
            let hint = format!("write its entries one after the other: `{{% for one in {name} %}}`{joined}");
            return told(Rule::Template, format!("`{name}` is a list and cannot be written as it is"), hint);
        }
        if is_a(view, "object") {
            let message = format!("`{name}` is a map and cannot be written as it is");
            let known = ["text", "name", "title", "src", "url"];
            let known = known.into_iter().find(|field| view["properties"].get(field).is_some());
            let first = known.or_else(|| fields(view).next().map(|(field, _)| field));
            let hint = match first {
                Some(field) => format!("write one of its fields, such as `{name}.{field}`"),
                None => format!("write one of its entries, such as `{name}.one`"),
            };
            return told(Rule::Template, message, hint);
        }
        let last = path.steps.last().filter(|_| !is_safe && is_a(view, "string"))?;
        let Step::Field(field) = last else { return None };
        let message = match &self.text[field.clone()] {
            "content" => format!("`{name}` is HTML and stands here as text"),
            "json_ld" => format!("`{name}` is JSON, in which quotes become `&quot;` here"),
            _ => return None,
        };
        told(Rule::Theme, message, format!("write `{{{{ {name} | safe }}}}`"))
    }

    /// What a path leads to, if that is known.
    fn meaning(&self, path: &Path<'t>) -> Option<&'t Value> {
        self.followed(path)?.ok()
    }

    fn followed(&self, path: &Path<'t>) -> Option<Result<&'t Value, Diagnostic>> {
        let mut inner = self.loops.iter().rev().flatten();
        let looped = inner.find(|(name, _)| *name == path.name).map(|(_, meaning)| *meaning);
        let mut view = self.views.meant(looped.or_else(|| self.names.get(path.name).copied())??);
        for step in &path.steps {
            view = match step {
                Step::Slice => view,
                Step::Item => self.views.item(view)?,
                Step::Field(field) => {
                    let name = &self.text[field.clone()];
                    match view["properties"].get(name) {
                        Some(schema) => self.views.meant(schema),
                        None => return self.fault(path, field, view).map(Err),
                    }
                }
            };
        }
        Some(Ok(view))
    }

    /// That a view has no such field; nothing, if it may have any.
    fn fault(&self, path: &Path<'t>, field: &Range<usize>, view: &Value) -> Option<Diagnostic> {
        let name = &self.text[field.clone()];
        let owner = self.text[path.start..field.start].trim_end_matches(['.', '?', '[', '"', '\'', '`']);
        let told = |message: String| {
            Diagnostic::new(Rule::Template, message).at(Place::of(self.text, field.start, field.end))
        };
        if view["properties"].is_object() {
            let known: Vec<&str> = fields(view).map(|(name, _)| name).collect();
            let fault = told(format!("`{owner}` has no field `{name}`"));
            return Some(fault.hint(format!("there is: {}", known.join(", "))).did_you_mean(name, known));
        }
        if is_a(view, "array") {
            if name.bytes().all(|byte| byte.is_ascii_digit()) {
                let rest = &self.text[field.end..path.end];
                let fault = told(format!("`{owner}` is a list, whose entries stand in brackets"));
                return Some(fault.hint(format!("write `{owner}[{name}]{rest}`")));
            }
            let hint = format!(
                "take one of them, as in `{owner}[0].{name}`, or all, one after the other, with `for`"
            );
            return Some(told(format!("`{owner}` is a list and has no field `{name}`")).hint(hint));
        }
        let is_single = ["string", "integer", "number", "boolean"].into_iter().any(|kind| is_a(view, kind));
        is_single.then(|| told(format!("`{owner}` is a single value and has no field `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(file: &str, text: &str) -> Vec<String> {
        let templates = BTreeMap::from([(format!("themes/t/templates/{file}"), text.to_owned())]);
        let line = |one: Diagnostic| {
            let hint = one.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            format!("{}: {}{hint}", one.place.unwrap().column, one.message)
        };
        unknown(&templates).into_iter().map(line).collect()
    }

    #[test]
    fn a_field_that_no_view_has_is_found() {
        for (text, expected) in [
            ("{% if article.titel %}", "15: `article` has no field `titel`; did you mean `title`?"),
            ("{% if not page.langg == 'x' %}", "16: `page` has no field `langg`; did you mean `lang`?"),
            ("{{ site[\"titel\"] }}", "10: `site` has no field `titel`; did you mean `title`?"),
            (
                "{% if article.sources[0].outlet.nam %}",
                "33: `article.sources[0].outlet` has no field `nam`; did you mean `name`?",
            ),
            (
                "{% if article?.image?.srcc %}",
                "23: `article?.image` has no field `srcc`; did you mean `src`?",
            ),
            (
                "{% if article.sources.url %}",
                "23: `article.sources` is a list and has no field `url`; take one of them, as in \
                 `article.sources[0].url`, or all, one after the other, with `for`",
            ),
            (
                "{{ article.sources.0.url }}",
                "20: `article.sources` is a list, whose entries stand in brackets; write `article.sources[0].url`",
            ),
            (
                "{% if article.title.length %}",
                "21: `article.title` is a single value and has no field `length`",
            ),
            (
                "{% for tag in article.tags[:3] %}{% if tag.link %}{% endif %}{% endfor %}",
                "44: `tag` has no field `link`; there is: name, url, lang, dir",
            ),
            (
                "{%- set one = list.cards[0] -%}{% if one.titel %}",
                "42: `one` has no field `titel`; did you mean `title`?",
            ),
            (
                "{% if one.x %}{% set one = article.date %}",
                "11: `one` has no field `x`; there is: iso, text, short, number, time, weekday, year",
            ),
        ] {
            assert_eq!(told("article.html", text), [expected], "{text}");
        }
        assert_eq!(
            told("cards/row.html", "{{ card.titel }}"),
            ["9: `card` has no field `titel`; did you mean `title`?"]
        );
    }

    #[test]
    fn a_value_that_cannot_be_written_as_it_is_is_found() {
        let told = |text: &str| -> Vec<String> {
            let templates = BTreeMap::from([("themes/t/templates/list.html".to_owned(), text.to_owned())]);
            let line = |one: Diagnostic| format!("{}; {}", one.message, one.hint.unwrap());
            written(&templates).into_iter().map(line).collect()
        };
        for (text, expected) in [
            (
                "{{ list.cards[0].date }}",
                "`list.cards[0].date` is a map and cannot be written as it is; \
                 write one of its fields, such as `list.cards[0].date.text`",
            ),
            (
                "{% for card in list.cards %}{{- card.source | safe -}}{% endfor %}",
                "`card.source` is a map and cannot be written as it is; \
                 write one of its fields, such as `card.source.name`",
            ),
            (
                "{{ list.cards }}",
                "`list.cards` is a list and cannot be written as it is; \
                 write its entries one after the other: `{% for one in list.cards %}`",
            ),
            (
                "{{ list.cards[0].writers }}",
                "`list.cards[0].writers` is a list and cannot be written as it is; write its entries one after the \
                 other: `{% for one in list.cards[0].writers %}`, or `{{ list.cards[0].writers | listed }}`",
            ),
            (
                "<p data-x=\"{{ site.options }}\">",
                "`site.options` is a map and cannot be written as it is; \
                 write one of its entries, such as `site.options.one`",
            ),
            (
                "<div>{{ article.content }}</div>",
                "`article.content` is HTML and stands here as text; write `{{ article.content | safe }}`",
            ),
            (
                "<script type=\"application/ld+json\">{{ page.json_ld }}</script>",
                "`page.json_ld` is JSON, in which quotes become `&quot;` here; write `{{ page.json_ld | safe }}`",
            ),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
        for fine in [
            "{{ list.cards[0].date.text }} {{ list.cards | length }} {{ list.cards[0].writers | listed }}",
            "{{ article.content | safe }} {{ page.json_ld | safe }} {{ article.extra.any }} {{ site.data.x }}",
            "<iframe srcdoc=\"{{ article.content }}\"></iframe> {{ content }} {{ json_ld }}",
            "{{ list.cards == list.cards }} {% if list.cards %}{% endif %} {{ mine.date }} {{ site.drawn.foot }}",
        ] {
            assert_eq!(told(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known() {
        for text in [
            "{{ article.extra.anything.at_all }} {{ site.words.home }} {{ site.options['x'] }} {{ site.data.x.y }}",
            "{% if article.later is defined %}",
            "{# article.titel #} {% raw %}{{ article.titel }}{% endraw %} \"article.titel\"",
            "{{ 'article.titel' }} {{ mine.article.titel }} {{ other.titel }} {{ 1.5 }}",
            "{% set article = other %}{{ article.titel }}",
            "{% set article = list.cards[0] %}{{ article.url }}",
            "{% set one = article.date %}{% set one = article.image %}{{ one.x }}",
            "{% for key, value in site.data %}{{ key.x }}{{ value.x }}{% endfor %}",
            "{% for page in list.cards %}{{ page.minutes }}{% endfor %}{{ page.kind }}",
            "{% set ui %}x{% endset %}{{ ui.x }}",
            "{% for x in article.tags | sort(attribute='name') %}{{ x.y }}{% endfor %}",
            "{{ card.titel }} {{ loop.index0 }} {{",
        ] {
            assert_eq!(told("list.html", text), [""; 0], "{text}");
        }
        let partial = "{{ article.titel }}{% for article in list.cards %}{% endfor %}";
        assert_eq!(told("partials/x.html", partial), [""; 0]);
        assert_eq!(told("components/x.html", "{{ page.titel }}"), [""; 0]);
    }
}
