//! Inlines into templates what is the same on every page: partials, and words of the interface.
//!
//! In an included template, Tera looks up every name a second time. So partials are inlined before templates
//! are compiled, except where that could change the result: a variable that a partial sets must not be seen
//! outside of it. Words that are English for want of others are marked as such on the way. Broken templates are left for Tera to report. [`Origins`] knows the file and place from
//! which each piece came, so that faults are reported there.

use std::collections::{BTreeMap, BTreeSet};

use super::{english, html};
use crate::base::diag::{Diagnostic, Place};
use crate::base::labels::ENGLISH_MARK;
use crate::base::template::{Tag, tags};
use crate::model::theme::Words;

/// Templates by the names under which others include them.
pub(super) type Templates<'t> = BTreeMap<&'t str, &'t str>;

/// Paths of templates under which others are found, with the paths of these.
pub(super) type Aliases<'t> = BTreeMap<&'t str, &'t str>;

/// Maps places in settled templates to the places where they were written.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<String, Vec<Piece>>);

/// A piece of a settled template.
#[derive(Debug)]
struct Piece {
    /// Its start in the settled template.
    at: Position,
    /// The template from which it was taken.
    from: String,
    /// Its start there.
    there: Position,
}

/// Line and column as Tera counts them: the first line is 1, the first column 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    line: u32,
    column: u32,
}

impl Position {
    const START: Self = Self { line: 1, column: 0 };

    /// The position behind a text that begins here.
    fn behind(self, text: &str) -> Self {
        let last = text.rsplit('\n').next().unwrap_or_default();
        let columns = last.chars().count() as u32;
        match text.matches('\n').count() as u32 {
            0 => Self { column: self.column + columns, ..self },
            lines => Self { line: self.line + lines, column: columns },
        }
    }
}

impl Origins {
    /// Gives pieces of templates the paths that these have.
    pub(super) fn rename(&mut self, aliases: &Aliases<'_>) {
        for piece in self.0.values_mut().flatten() {
            if let Some(path) = aliases.get(piece.from.as_str()) {
                piece.from = (*path).to_owned();
            }
        }
    }

    /// Moves a fault to the template and the place where it was written.
    pub(super) fn of(&self, mut fault: Diagnostic) -> Diagnostic {
        let pieces = fault.file.as_ref().and_then(|file| self.0.get(file));
        let (Some(pieces), Some(place)) = (pieces, fault.place) else { return fault };
        let at = Position { line: place.line, column: place.column - 1 };
        let Some(piece) = pieces.iter().rev().find(|piece| piece.at <= at) else { return fault };
        let there = Position {
            line: piece.there.line + at.line - piece.at.line,
            column: if at.line == piece.at.line {
                piece.there.column + at.column - piece.at.column
            } else {
                at.column
            },
        };
        fault.file = Some(piece.from.clone());
        fault.place = Some(Place { line: there.line, column: there.column + 1, width: place.width });
        fault
    }
}

/// Settles all templates. `layers` are the prefixes that may precede the name of an included template.
pub(super) fn settle(
    templates: &Templates<'_>,
    layers: &[String],
    words: &Words,
) -> (BTreeMap<String, String>, Origins) {
    let sources = templates.iter().map(|(&name, &text)| (name, Source::read(text)));
    let kit = Kit { sources: sources.collect(), layers, words };
    let used_up = kit.used_up();
    let (mut texts, mut origins) = (BTreeMap::new(), Origins::default());
    for name in templates.keys().filter(|name| !used_up.contains(*name)) {
        let mut settled = Settled { text: String::new(), end: Position::START, pieces: Vec::new() };
        settled.add(name, &kit, &mut Vec::new());
        texts.insert((*name).to_owned(), settled.text);
        origins.0.insert((*name).to_owned(), settled.pieces);
    }
    (texts, origins)
}

/// The partials and words that are inlined.
struct Kit<'t> {
    sources: BTreeMap<&'t str, Source<'t>>,
    layers: &'t [String],
    words: &'t Words,
}

impl<'t> Kit<'t> {
    /// The partial that an `include` means, if it can be inlined.
    fn partial(&self, name: &str, within: &[&str]) -> Option<&'t str> {
        let known = |name: &str| self.sources.get_key_value(name);
        let (name, source) =
            known(name).or_else(|| self.layers.iter().find_map(|layer| known(&format!("{layer}{name}"))))?;
        (source.can_move && !within.contains(name)).then_some(*name)
    }

    /// The partials that are no longer included anywhere, because they were inlined.
    fn used_up(&self) -> BTreeSet<&'t str> {
        let tags = self.sources.values().flat_map(|source| &source.tags);
        let moved = tags.filter_map(|tag| self.partial(partial(tag)?, &[]));
        moved.filter(|name| name.starts_with("partials/")).collect()
    }

    /// A word as text of a template, if it would not be read as something else.
    fn word(&self, key: &str) -> Option<String> {
        let word = self.words.all.get(key).filter(|word| word.trim() == *word && !word.contains('{'))?;
        let mut text = String::new();
        html::escape_into(&mut text, word);
        Some(text)
    }
}

/// A template as it was written.
struct Source<'t> {
    text: &'t str,
    tags: Vec<Tag<'t>>,
    /// Whether it means the same when it is inlined.
    can_move: bool,
}

impl<'t> Source<'t> {
    fn read(text: &'t str) -> Self {
        let tags: Vec<_> = tags(text).collect();
        // In a raw block, what looks like a tag is none.
        if tags.iter().any(|tag| tag.keyword() == "raw") {
            return Self { text, tags: Vec::new(), can_move: false };
        }
        let mut loops = 0;
        let mut stays = |tag: &Tag<'_>| {
            match tag.keyword() {
                "for" => loops += 1,
                "endfor" => loops -= 1,
                _ => {}
            }
            // A variable that is set in a loop ends with it.
            tag.keyword() == "set" && loops == 0
                || matches!(tag.keyword(), "set_global" | "block" | "extends" | "component")
        };
        let can_move = !tags.iter().any(&mut stays) && !text.contains("__tera_context");
        Self { text, tags, can_move }
    }
}

/// A template that grows.
struct Settled {
    text: String,
    /// Where the text ends.
    end: Position,
    pieces: Vec<Piece>,
}

impl Settled {
    /// Adds a template. `within` are the templates into which it is inlined.
    fn add<'t>(&mut self, name: &'t str, kit: &Kit<'t>, within: &mut Vec<&'t str>) {
        let source = &kit.sources[name];
        within.push(name);
        let (mut done, mut there) = (0, Position::START);
        let in_text = if kit.words.english.is_empty() {
            Vec::new()
        } else {
            english::in_text(source.text, &source.tags)
        };
        for (index, tag) in source.tags.iter().enumerate() {
            let is_in_text = in_text.get(index).is_some_and(|is_in_text| *is_in_text);
            let english = english::written(tag, kit.words).filter(|_| is_in_text);
            let partial = partial(tag).and_then(|partial| kit.partial(partial, within));
            let word = word(english.map_or(tag.inner, |(value, _)| value))
                .filter(|_| tag.is_plain())
                .and_then(|key| kit.word(key));
            if partial.is_none() && word.is_none() && english.is_none() {
                continue;
            }
            self.piece(name, there, &source.text[done..tag.range.start]);
            there = there.behind(&source.text[done..tag.range.end]);
            done = tag.range.end;
            if let Some(partial) = partial {
                // These tags trim white space, as the ends of a template do.
                self.push(if tag.trims_before { "{%- raw %}{% endraw %}" } else { "{% raw %}{% endraw %}" });
                self.add(partial, kit, within);
                self.push(if tag.trims_after { "{% raw %}{% endraw -%}" } else { "{% raw %}{% endraw %}" });
            }
            match english {
                Some((value, behind)) => {
                    let word = word.unwrap_or_else(|| format!("{{{{ {value} }}}}"));
                    self.push(&[ENGLISH_MARK.0, &word, ENGLISH_MARK.1, behind].concat());
                }
                None => self.push(word.as_deref().unwrap_or_default()),
            }
        }
        self.piece(name, there, &source.text[done..]);
        within.pop();
    }

    /// Adds a piece that stands at `there` in the template `from`.
    fn piece(&mut self, from: &str, there: Position, text: &str) {
        self.pieces.push(Piece { at: self.end, from: from.to_owned(), there });
        self.push(text);
    }

    fn push(&mut self, text: &str) {
        self.text += text;
        self.end = self.end.behind(text);
    }
}

/// The partial that a tag includes.
fn partial<'t>(tag: &Tag<'t>) -> Option<&'t str> {
    tag.template("include")
}

/// The key of the word of the interface, if the content of a tag is only that.
fn word(value: &str) -> Option<&str> {
    let key = value.strip_prefix("site.words.")?;
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then_some(key)
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::*;
    use crate::base::diag::Rule;

    fn settled(templates: &[(&str, &str)]) -> (BTreeMap<String, String>, Origins) {
        let words = [("by", "von <dem>"), ("open", "{{"), ("blank", " a"), ("en", "a")];
        let all = words.map(|(key, word)| (key.to_owned(), word.to_owned())).into();
        let words = Words { language: "de".parse().unwrap(), all, english: ["en".to_owned()].into() };
        settle(&templates.iter().copied().collect(), &["theme/".to_owned()], &words)
    }

    fn rendered(templates: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> String {
        let mut tera = Tera::new();
        tera.add_raw_templates(templates).unwrap();
        let mut context = Context::new();
        context.insert("list", &["x", "y"]);
        tera.render("page.html", &context).unwrap()
    }

    #[test]
    fn inlining_does_not_change_a_page() {
        let partials = [
            "a",
            " a ",
            "\n<p>\n",
            "",
            "{{ list[0] }}",
            " {{- list[0] -}} ",
            "\n{%- if list -%}\n b \n{%- endif -%}\n",
            "{#- note -#}\na\n{#- -#}",
            "{# {% include \"no.html\" %} #} a",
            "{% set own = 1 %}{{ own }} ",
            "{% for v in list %}{% set w = v %}{{ w }}{{ loop.index }}{% endfor %}",
            "{{ \"%} }} {{\" }} {% if \"%}\" %}a{% endif %}",
        ];
        let pages = [
            "x {% include \"partials/p.html\" %} y",
            "x {%- include \"partials/p.html\" -%} y",
            "x\n{% include \"partials/p.html\" -%}\ny",
            "{% if list -%}{% include \"partials/p.html\" %}{%- endif %} y",
            "{% for v in list %} {% include \"partials/p.html\" -%} {% endfor %}",
            "{% raw %}{% include \"partials/p.html\" %}{% endraw %}{% include \"partials/p.html\" %}",
            "{%- set kept -%} {%- include \"partials/p.html\" %} {% endset -%}[{{ kept }}]",
        ];
        for partial in partials {
            for page in pages {
                let templates = [("page.html", page), ("partials/p.html", partial)];
                assert_eq!(
                    rendered(&settled(&templates).0),
                    rendered(templates),
                    "{page:?} with {partial:?}"
                );
            }
        }
    }

    #[test]
    fn partials_with_side_effects_are_not_inlined() {
        let check = |partial: &str, moves: bool| {
            let page = "{% include \"p.html\" %}";
            let (texts, _) = settled(&[("page.html", page), ("theme/p.html", partial)]);
            assert_eq!(!texts["page.html"].contains("include"), moves, "{partial}");
        };
        check("a", true);
        check("{% for v in list %}{% set w = v %}{% endfor %}", true);
        check("{% set w = 1 %}", false);
        check("{%- set_global w = 1 %}", false);
        check("{% raw %}{% endraw %}", false);
        check("{% block a %}{% endblock a %}", false);
        // A circle is left for Tera to report.
        check("{% include \"p.html\" %}", false);
        let (texts, _) =
            settled(&[("page.html", "{% include \"partials/no.html\" %}"), ("partials/p.html", "a")]);
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["page.html", "partials/p.html"]);
        assert!(texts["page.html"].contains("no.html"));
    }

    #[test]
    fn words_are_inlined() {
        let check =
            |page: &str, expected: &str| assert_eq!(settled(&[("page.html", page)]).0["page.html"], expected);
        check("a {{ site.words.by }} b", "a von &lt;dem&gt; b");
        // What would be read as something else, or loses its blanks.
        check("{{ site.words.open }}", "{{ site.words.open }}");
        check(
            "<p title=\"{{ site.words.en }}\">{{ site.words.en }}",
            "<p title=\"a\"><bdi lang=\"en\" dir=\"ltr\">a</bdi>",
        );
        check("<p>{{ site.words.en | spaced }}b", "<p><bdi lang=\"en\" dir=\"ltr\">a</bdi> b");
        check(
            "<p>{{ site.words.en | upper }}",
            "<p><bdi lang=\"en\" dir=\"ltr\">{{ site.words.en | upper }}</bdi>",
        );
        check("{{ site.words.blank }}", "{{ site.words.blank }}");
        check("{{- site.words.by }}", "{{- site.words.by }}");
        check(
            "{{ site.words.by | upper }}{{ site.words.none }}",
            "{{ site.words.by | upper }}{{ site.words.none }}",
        );
    }

    #[test]
    fn places_refer_to_the_original_files() {
        let page = "é {{ site.words.by }}{{ one }}\n{% include \"partials/p.html\" %}{{ two }}\n{{ three }}";
        let partial = "<p>\n  ü {{ four }}{% include \"partials/q.html\" %}\n{{ five }}</p>";
        let templates =
            [("page.html", page), ("partials/p.html", partial), ("partials/q.html", "q\n\n{{ six }}")];
        let (texts, origins) = settled(&templates);
        let text = &texts["page.html"];
        for (word, name) in ["one", "two", "three"].map(|word| (word, 0)).into_iter().chain([
            ("four", 1),
            ("five", 1),
            ("six", 2),
        ]) {
            let place = |text: &str| {
                let at = text.find(&format!("{word} }}")).unwrap();
                Place::of(text, at, at + word.len())
            };
            let fault = Diagnostic::new(Rule::Template, "").in_file("page.html").at(place(text));
            let told = origins.of(fault);
            assert_eq!(told.file.as_deref(), Some(templates[name].0), "{word}");
            assert_eq!(told.place, Some(place(templates[name].1)), "{word}");
        }
    }
}
