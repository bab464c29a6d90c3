//! The made-up sites that a theme is checked with. Each is a few files as somebody might write them, on one
//! of seven bad days.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::TRAP;
use super::layouts::Layout;
use crate::model::component::{Component, DATA, Parameter, ParameterKind};
use crate::model::front_matter::SourceRole;
use crate::model::input::DocumentKind;
use crate::model::profile::TermKind;

/// A made-up site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// Every field is there.
    Full,
    /// No field is there that need not be.
    Bare,
    /// There are a few profiles, but no article.
    Empty,
    /// No article is dated, and what goes with a date has none either.
    Undated,
    /// Texts are far too long, and words do not end.
    Long,
    /// Texts look like markup, quotes and templates.
    Hostile,
    /// Everything runs from right to left.
    RightToLeft,
}

impl Sample {
    pub(super) const ALL: [Self; 7] =
        [Self::Full, Self::Bare, Self::Empty, Self::Undated, Self::Long, Self::Hostile, Self::RightToLeft];

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Full => "a site that has everything",
            Self::Bare => "a site that has next to nothing",
            Self::Empty => "a site without articles",
            Self::Undated => "a site without dates",
            Self::Long => "a site with long texts",
            Self::Hostile => "a site with hostile texts",
            Self::RightToLeft => "a site in Arabic",
        }
    }

    /// What stands for a text about something.
    fn text(self, about: &str) -> String {
        match self {
            Self::Full | Self::Bare | Self::Empty | Self::Undated => format!("The {about} of the lamp"),
            Self::Long => {
                format!("The {about} {}{}", "of a very long night ".repeat(12), "unending".repeat(25))
            }
            Self::Hostile => format!("{about} {TRAP}\"x\" & 'y' 😀 {{{{ z }}}} ]]> </script> -->"),
            Self::RightToLeft => format!("ضوء المنارة في الليل {}", about.len()),
        }
    }

    /// A text as YAML reads it: JSON is YAML.
    fn yaml(self, about: &str) -> String {
        Value::from(self.text(about)).to_string()
    }

    /// The configuration of a site with the theme `name`.
    pub(super) fn site_toml(self, name: &str) -> String {
        let base = "base_url = \"https://proof.example/sub/\"";
        if matches!(self, Self::Bare | Self::Empty | Self::Undated) {
            let outputs = if self == Self::Bare { "[outputs]\ncitations = false\n" } else { "" };
            return format!("title = \"Proof\"\n{base}\ntheme = {}\n{outputs}", Value::from(name));
        }
        let language = if self == Self::RightToLeft { "ar" } else { "en" };
        let quoted = |about: &str| Value::from(self.text(about)).to_string();
        format!(
            "title = {}\ndescription = {}\n{base}\nlanguage = \"{language}\"\ntheme = {}\n\
             [markdown]\nraw_html = \"escape\"\nsourced_raw_html = \"escape\"\n[lists]\npage_size = 2\norder = {}\n\
             [publisher]\nname = {}\nlogo = \"/p.jpg\"\n\
             [[menu]]\ntitle = {}\nurl = \"/about/\"\n[[menu]]\ntitle = \"Elsewhere\"\nurl = \"https://e.example/\"\n",
            quoted("title"),
            quoted("description"),
            Value::from(name),
            Value::from(if self == Self::Hostile { "added" } else { "date" }),
            quoted("publisher"),
            quoted("menu"),
        )
    }

    /// The files: what each is, where it lies, and what is in it. `layouts` are the templates that only a document that asks
    /// for them has.
    pub(super) fn files(
        self,
        components: &[Component],
        layouts: &[Layout],
    ) -> Vec<(DocumentKind, String, String)> {
        if self == Self::Empty {
            return profiles_alone();
        }
        let mut files = match self {
            Self::Bare => bare_files(),
            Self::Undated => undated_files(),
            _ => self.all_files(components),
        };
        files.extend(self.withdrawn());
        for (number, layout) in layouts.iter().enumerate() {
            let text = match (self, layout.kind) {
                (Self::Bare, _) => BARE.to_owned(),
                (Self::Undated, _) => "---\ntitle: Undated\n---\n".to_owned(),
                (_, DocumentKind::Page) => self.page(),
                _ => self.whole_article(components),
            };
            let asking = format!("---\ntemplate: {}\n", Value::from(layout.template.as_str()));
            let path = format!("content/{}/layout-{number}.md", folder(layout.kind));
            files.push((layout.kind, path, text.replacen("---\n", &asking, 1)));
        }
        files
    }

    /// Withdrawn articles: with a date, with a reason, with both.
    fn withdrawn(self) -> impl Iterator<Item = (DocumentKind, String, String)> {
        let (date, reason) = ("date: 2024-05-01", format!("reason: {}", self.yaml("reason")));
        let ways = [date.to_owned(), reason.clone(), format!("{date}, {reason}")];
        (1..).zip(ways).map(|(number, way)| {
            article(
                &format!("gone-{number}"),
                format!("---\ntitle: Gone\ndate: 2024-01-01\nwithdrawn: {{{way}}}\n---\n"),
            )
        })
    }

    fn all_files(self, components: &[Component]) -> Vec<(DocumentKind, String, String)> {
        let mut files = vec![
            article("whole", self.whole_article(components)),
            article("plain", "---\ntitle: Plain\ndate: 1923\n---\nText.\n".to_owned()),
            // An outlet of which nothing is known, and beside the article one with neither outlet nor picture.
            article(
                "outlet",
                "---\ntitle: Outlet\ndate: 1924\nsource: An Outlet\nrelated: plain\n---\nText.\n".to_owned(),
            ),
            article(
                "month",
                format!("---\ntitle: {}\ndate: 1968-05\ntags: [tides]\n---\nText.\n", self.yaml("month")),
            ),
            (DocumentKind::Page, "content/pages/about.md".to_owned(), self.page()),
        ];
        for part in 1..=6 {
            files.push(article(&format!("part-{part}"), self.part(part)));
        }
        for kind in TermKind::ALL {
            let path = format!("content/{}/{}.md", kind.plural(), self.slug(kind));
            files.push((DocumentKind::Profile(kind), path, self.profile(kind)));
        }
        files
    }

    /// The address of the term with a profile, which must be that of its name.
    fn slug(self, kind: TermKind) -> String {
        crate::base::slug::slugify(&self.text(kind.singular()), crate::base::slug::SlugStyle::Unicode)
    }

    fn whole_article(self, components: &[Component]) -> String {
        let sources = SourceRole::ALL.map(|role| self.source(role.name())).concat();
        let picture = format!(
            "image: {{src: /p.jpg, alt: {}, caption: {}, credit: {}, license: CC0, focus: 50% 30%}}",
            self.yaml("picture"),
            self.yaml("caption"),
            self.yaml("credit")
        );
        let blocks: String = components.iter().map(|component| self.component(component)).collect();
        format!(
            "---\ntitle: {}\ndate: 2024-03-05T07:30:00+01:00\nupdated: 2024-04-01\nadded: 2024-03-20\nsource:\n{sources}\
             tags: [{}, tides]\nauthors: [{}, Ada]\nseries: {{name: {}, part: 1}}\n{picture}\nsummary: {}\n\
             corrections: [{{date: 2024-03-08, text: {}}}]\nextra: {{mood: calm}}\n---\n{BODY}\n{blocks}",
            self.yaml("headline"),
            self.yaml("tag"),
            self.yaml("author"),
            self.yaml("series"),
            self.yaml("summary"),
            self.yaml("correction"),
        )
    }

    fn source(self, role: &str) -> String {
        format!(
            "  - {{outlet: {}, url: 'https://e.example/{role}', title: {}, author: {}, published: 2024-03-01, \
             retrieved: 2024-03-02, role: {role}, archive: 'https://a.example/', license: CC0}}\n",
            self.yaml("source"),
            self.yaml("original"),
            self.yaml("writer"),
        )
    }

    fn part(self, part: u32) -> String {
        let lang = if part == 2 { "lang: he\n" } else { "" };
        format!(
            "---\ntitle: {}\ndate: 2024-0{part}-1{part}\n{lang}tags: [{}]\nsource: {}\nauthors: [{}]\n\
             series: {{name: {}, part: {}}}\nimage: /p.jpg\n---\n{}\n",
            self.yaml(&format!("part {part}")),
            self.yaml("tag"),
            self.yaml("source"),
            self.yaml("author"),
            self.yaml("series"),
            part + 1,
            if self == Self::Hostile { "Text." } else { "A text.\n\n## With a heading\n\nMore." },
        )
    }

    fn page(self) -> String {
        format!(
            "---\ntitle: {}\nupdated: 2024-01-01\nimage: /p.jpg\nextra: {{a: 1}}\n---\n{BODY}\n",
            self.yaml("page")
        )
    }

    fn profile(self, kind: TermKind) -> String {
        let more = match kind {
            TermKind::Source => {
                "url: https://e.example/\ncountry: PT\nlanguage: pt\nlicense: CC0\nlogo: /p.jpg\n"
            }
            TermKind::Tag => "parent: tides\n",
            TermKind::Author => "links: ['https://e.example/@ada']\npicture: /p.jpg\n",
            TermKind::Series => "",
        };
        let description = if kind == TermKind::Author { "bio" } else { "description" };
        format!(
            "---\nname: {}\n{description}: {}\n{more}---\nIts text.\n",
            self.yaml(kind.singular()),
            self.yaml("description")
        )
    }

    /// A component with as little as it needs, and then once for each choice with everything.
    fn component(self, component: &Component) -> String {
        let most = component.parameters.iter().map(|parameter| parameter.choices.len()).max().unwrap_or(0);
        let uses = (0..=most.max(1)).map(|turn| {
            let wanted = component.parameters.iter().filter(|parameter| turn > 0 || parameter.is_required);
            let given: Vec<String> = wanted
                .map(|parameter| format!("{}=\"{}\"", parameter.name, self.value(parameter, turn)))
                .collect();
            let name = &component.name;
            format!(
                "\n::: {name} {{{}}}\n{CONTENT}:::\n\n::: {name} {{{}}}\n:::\n",
                given.join(" "),
                given.join(" ")
            )
        });
        uses.collect()
    }

    fn value(self, parameter: &Parameter, turn: usize) -> String {
        if let Some(choice) = parameter.choices.get(turn.saturating_sub(1)) {
            return choice.clone();
        }
        match (parameter.kind, parameter.name.as_str()) {
            (ParameterKind::Bool, _) => "true".to_owned(),
            (ParameterKind::Integer, _) => "3".to_owned(),
            (ParameterKind::Number, _) => "1.5".to_owned(),
            (ParameterKind::Text, DATA) => "table".to_owned(),
            (ParameterKind::Text, name) if name.ends_with("src") || name == "poster" => "/p.jpg".to_owned(),
            (ParameterKind::Text, name) if name.ends_with("href") => "/about/".to_owned(),
            (ParameterKind::Text, name) => self.text(name).replace('\\', "\\\\").replace('"', "\\\""),
        }
    }
}

/// A document without anything that need not be there.
const BARE: &str = "---\ntitle: A\ndate: 1923\n---\n";

fn bare_files() -> Vec<(DocumentKind, String, String)> {
    let page = (DocumentKind::Page, "content/pages/b.md".to_owned(), "---\ntitle: B\n---\n".to_owned());
    vec![article("a", BARE.to_owned()), page]
}

/// Terms of which nothing is known but their names, and that no article has.
fn profiles_alone() -> Vec<(DocumentKind, String, String)> {
    let profile = |kind: TermKind| {
        let path = format!("content/{}/lonely.md", kind.plural());
        (DocumentKind::Profile(kind), path, "---\nname: Lonely\n---\n".to_owned())
    };
    TermKind::ALL.into_iter().map(profile).collect()
}

/// Three outlets tell the same story. Of the originals there are archived copies of an unknown day, and to one of
/// them lists lead straight.
fn undated_files() -> Vec<(DocumentKind, String, String)> {
    let story = |number: usize| {
        let index = if number == 3 { "index: link-only\n" } else { "" };
        let role = if number == 3 { "summary" } else { "republished" };
        article(
            &format!("undated-{number}"),
            format!(
                "---\ntitle: Undated {number}\n{index}source: {{outlet: Outlet {number}, url: 'https://e.example/{number}', \
                 archive: 'https://a.example/{number}', role: {role}}}\ntags: [tides, night]\nauthors: [Ada, Bo]\n\
                 series: Nights\ncorrections: [{{text: Wrong.}}]\n---\n{STORY}\n"
            ),
        )
    };
    let reader = "---\ntitle: Reader\nrelated: undated-1\n---\n".to_owned();
    (1..=3).map(story).chain([article("reader", reader)]).chain(profiles_alone()).collect()
}

/// A text that is long enough for two of it to be known as copies.
const STORY: &str = "The keeper of the lamp went up at dusk, wound the clockwork, trimmed four wicks and wrote the state of \
    the sea into a book that nobody has opened since the light was made to tend itself by wire from the mainland.";

fn article(name: &str, text: String) -> (DocumentKind, String, String) {
    (DocumentKind::Article, format!("content/{}/{name}.md", folder(DocumentKind::Article)), text)
}

/// The folder of articles or of pages.
fn folder(kind: DocumentKind) -> &'static str {
    if kind == DocumentKind::Page { "pages" } else { "articles" }
}

/// One of everything that Markdown makes.
const BODY: &str = "The first words, with a [link](/about/), `code`, $x^2$ and a note.[^1]\n\n## A heading\n\n### A smaller one\n\n\
    > A quote\n\n> [!WARNING]\n> An alert\n\n- a\n- [ ] b\n\n1. c\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```rust\nfn main() {}\n```\n\n\
    ![A picture](/p.jpg \"Its caption\")\n\nterm\n: definition\n\n[^1]: The note.\n";

/// What lies in a component.
const CONTENT: &str = "Text inside.\n\n![A](/p.jpg \"One\")\n![B](/p.jpg)\n\n1871-05-03\n: Then.\n\n```csv\nPlace,Height\nPoint,41\n```\n";

/// What lies under `data/`.
pub(super) fn data() -> BTreeMap<String, Value> {
    BTreeMap::from([("table".to_owned(), json!([{ "place": "Point", "height": "41" }]))])
}
