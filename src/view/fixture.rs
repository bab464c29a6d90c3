//! A small site made by hand, for the tests of `view` and `render`.

use std::borrow::Cow;

use std::collections::BTreeMap;

use crate::base::date::{Date, DateLocale, Zone};
use crate::base::fingerprint::{Fingerprint, Printed};
use crate::base::slug::{SlugStyle, slugify};
use crate::config::{
    FeedContent, Feeds, Folders, Front, IndexDefaults, IndexPolicy, Likeness, Markdown, Outputs, Publisher,
    SiteConfig, UrlPart, Urls,
};
use crate::model::article::{Body, Correction, Fill, Heading, Image, Meta, Provenance, Slot};
use crate::model::collection::Href;
use crate::model::front_matter::{CommentPolicy, SourceRole};
use crate::model::ingredients::{
    ArchiveParts, ArticleParts, CardRef, FeedEntryParts, FeedParts, FrontParts, Ingredients, ListOverview,
    ListParts, ListSubject, PeriodRef, SeriesParts, StandingParts, TagRefs, TermEntryParts, TermRef,
    TermsParts,
};
use crate::model::path::{ContentPath, UrlPath};
use crate::model::plan::FeedFormat;
use crate::model::profile::{Profile, TermKind};
use crate::model::signature::Signature;
use crate::model::theme::Theme;
use crate::view::Site;

/// A title that tries to break out of whatever it is written into.
pub(crate) const HOSTILE: &str = "</script><script>alert(\"1\")</script> ]]> & 'quoted' {{ x }}";

/// A whole site in memory.
pub(crate) struct World {
    pub(crate) config: SiteConfig,
    pub(crate) theme: Theme,
    pub(crate) articles: Vec<Article>,
    pub(crate) terms: Vec<Term>,
}

/// An article with everything that is known of it.
pub(crate) struct Article {
    pub(crate) meta: Meta,
    pub(crate) url: UrlPath,
    pub(crate) links: Vec<Href>,
    pub(crate) body: Body,
}

/// A term with its profile.
pub(crate) struct Term {
    pub(crate) kind: TermKind,
    pub(crate) name: String,
    pub(crate) url: UrlPath,
    pub(crate) profile: Option<Profile>,
    pub(crate) links: Vec<Href>,
}

pub(crate) fn url(path: &str) -> UrlPath {
    UrlPath::parse(path).unwrap()
}

impl World {
    /// The site below `https://meridian.example/sub/` with four articles.
    pub(crate) fn new() -> Self {
        let words = [
            ("tags", "Tags"),
            ("sources", "Sources"),
            ("archive", "Archive"),
            ("home", "Home"),
            ("page", "Page"),
        ];
        let theme = Theme {
            words: words.map(|(key, word)| (key.to_owned(), word.to_owned())).into(),
            ..Theme::default()
        };
        Self { config: config(), theme, articles: articles(), terms: terms() }
    }

    pub(crate) fn site(&self) -> Site<'_> {
        Site::new(&self.config, &self.theme, 0)
    }

    /// A term by name; the name must exist.
    pub(crate) fn term(&self, name: &str) -> TermRef<'_> {
        let term = self.terms.iter().find(|term| term.name == name).unwrap();
        TermRef { kind: term.kind, name: &term.name, url: Some(&term.url) }
    }

    fn outlet(&self, name: &str) -> (TermRef<'_>, Option<Printed<'_, Profile>>) {
        let term = self.terms.iter().find(|term| term.name == name).unwrap();
        let profile = term.profile.as_ref().map(|profile| Printed::new(profile, profile.print));
        (self.term(name), profile)
    }

    fn named(&self, names: &[String]) -> Vec<TermRef<'_>> {
        names.iter().map(|name| self.term(name)).collect()
    }

    pub(crate) fn card(&self, at: usize) -> CardRef<'_> {
        let Article { meta, url, links, .. } = &self.articles[at];
        CardRef {
            number: at as u32,
            meta,
            url,
            outside: None,
            image: meta.image.as_ref().and_then(|image| links.get(image.link as usize)),
            source: meta.sources.first().map(|source| self.term(&source.outlet)),
            tags: TagRefs { ids: &[], all: &[], have_pages: true },
            print: meta.print,
        }
    }

    /// The page of an article, with its neighbours in the list of articles.
    pub(crate) fn article(&self, at: usize) -> Ingredients<'_> {
        let Article { meta, url, links, .. } = &self.articles[at];
        let others = (0..self.articles.len()).filter(|&other| other != at);
        Ingredients::Article(Box::new(ArticleParts {
            meta: Printed::new(meta, meta.print),
            body: meta.body_print,
            url,
            policy: meta.index.unwrap_or(IndexPolicy::Own),
            links,
            tags: self.named(&meta.tags),
            sources: meta.sources.iter().map(|source| self.outlet(&source.outlet)).collect(),
            authors: self.named(&meta.authors),
            series: meta.series.as_ref().map(|(name, part)| SeriesParts {
                term: self.term(name),
                part: part.unwrap_or(1),
                previous: at.checked_sub(1).map(|at| self.card(at)),
                next: (at + 1 < self.articles.len()).then(|| self.card(at + 1)),
            }),
            previous: at.checked_sub(1).map(|at| self.card(at)),
            next: (at + 1 < self.articles.len()).then(|| self.card(at + 1)),
            related: others.take(3).map(|at| self.card(at)).collect(),
            elsewhere: Vec::new(),
        }))
    }

    pub(crate) fn bodies(&self, at: usize) -> Vec<Body> {
        vec![self.articles[at].body.clone()]
    }

    pub(crate) fn standing(&self, at: usize) -> Ingredients<'_> {
        static ABOUT: std::sync::LazyLock<UrlPath> = std::sync::LazyLock::new(|| url("/about/"));
        let Article { meta, links, .. } = &self.articles[at];
        Ingredients::Standing(StandingParts {
            meta: Printed::new(meta, meta.print),
            body: meta.body_print,
            url: &ABOUT,
            links,
        })
    }

    /// The subject "term with this name", with its profile.
    pub(crate) fn subject(&self, name: &str) -> ListSubject<'_> {
        let term = self.terms.iter().find(|term| term.name == name).unwrap();
        ListSubject::Term(self.term(name), self.outlet(name).1, &term.links)
    }

    pub(crate) fn list<'a>(
        &'a self,
        subject: ListSubject<'a>,
        front: &'a UrlPath,
        number: Option<u32>,
    ) -> Ingredients<'a> {
        let period = |year, month, day, path: &str, count| PeriodRef {
            year,
            month,
            day,
            url: Some(std::borrow::Cow::Owned(url(path))),
            count,
        };
        let parts = match &subject {
            ListSubject::Period(2024, 0, _) => {
                vec![period(2024, 1, 0, "/2024/01/", 3), period(2024, 3, 0, "/2024/03/", 4)]
            }
            ListSubject::Period(..) => vec![period(2024, 3, 5, "/2024/03/05/", 2)],
            ListSubject::Term(term, ..) if term.kind == TermKind::Source => {
                vec![period(2023, 0, 0, "/sources/harbour-gazette/2023/", 3)]
            }
            _ => vec![],
        };
        let front_page = (matches!(subject, ListSubject::All) && number.is_none()).then(|| FrontParts {
            arranged: false,
            lead: (0..self.articles.len()).rev().map(|at| self.card(at)).collect(),
            slots: vec![],
            rest: vec![],
        });
        let is_tag = matches!(&subject, ListSubject::Term(term, ..) if term.kind == TermKind::Tag);
        Ingredients::List(Box::new(ListParts {
            subject,
            front: Cow::Borrowed(front),
            number,
            front_page,
            cards: (0..self.articles.len()).rev().map(|at| self.card(at)).collect(),
            newer: number.map(|_| front.clone()),
            older: Some(front.join("page/1/")),
            overview: number.is_none().then(|| ListOverview {
                total: 42,
                parent: is_tag.then(|| self.term("lighthouses")),
                children: if is_tag { vec![self.term("sea"), self.term("東京")] } else { vec![] },
                parts,
                feeds: &[FeedFormat::Atom, FeedFormat::Json],
            }),
        }))
    }

    pub(crate) fn overview(&self, kind: TermKind) -> Ingredients<'_> {
        let terms = self.terms.iter().filter(|term| term.kind == kind).map(|term| TermEntryParts {
            term: self.term(&term.name),
            profile: term.profile.as_ref().map(|profile| Printed::new(profile, profile.print)),
            count: 7,
            newest: "2024-03-05".parse().ok(),
            parent: None,
        });
        Ingredients::Terms(TermsParts { kind, terms: terms.collect() })
    }

    pub(crate) fn archive() -> Ingredients<'static> {
        let mut periods = Vec::new();
        for (year, months) in [(1923, 0..=0), (2023, 2..=11), (2024, 1..=3)] {
            for month in std::iter::once(0).chain(months.filter(|&month| month > 0)) {
                let path = if month == 0 { format!("/{year}/") } else { format!("/{year}/{month:02}/") };
                let url = Some(std::borrow::Cow::Owned(url(&path)));
                periods.push(PeriodRef { year, month, day: 0, url, count: 1 + u32::from(month) * 2 });
            }
        }
        Ingredients::Archive(ArchiveParts { periods, total: 131 })
    }

    pub(crate) fn feed<'a>(
        &'a self,
        subject: ListSubject<'a>,
        page: &'a UrlPath,
        format: FeedFormat,
        content: FeedContent,
    ) -> (Ingredients<'a>, Vec<Body>) {
        let full = content == FeedContent::Full;
        let entry = |at: usize| {
            let Article { meta, url, links, .. } = &self.articles[at];
            FeedEntryParts {
                meta: Printed::new(meta, meta.print),
                body: full.then_some(meta.body_print),
                url,
                outside: None,
                links,
                tags: self.named(&meta.tags),
                sources: meta.sources.iter().map(|source| self.outlet(&source.outlet)).collect(),
                authors: self.named(&meta.authors),
            }
        };
        let newest_first = || (0..self.articles.len()).rev();
        let bodies =
            if full { newest_first().map(|at| self.articles[at].body.clone()).collect() } else { vec![] };
        let url = page.join(format.file_name());
        (
            Ingredients::Feed(FeedParts {
                format,
                subject,
                page: Cow::Borrowed(page),
                url,
                entries: newest_first().map(entry).collect(),
            }),
            bodies,
        )
    }
}

pub(crate) fn config() -> SiteConfig {
    let folder = |kind: &str| format!("content/{kind}");
    SiteConfig {
        title: "The Meridian".to_owned(),
        origin: "https://meridian.example".to_owned(),
        base_path: "/sub".to_owned(),
        description: "A digest of sea, sky, cities and crafts".to_owned(),
        language: "en".to_owned(),
        zone: Zone::UTC,
        locale: DateLocale::of("en"),
        date_format: "%-d %B %Y".to_owned(),
        publisher: Publisher {
            name: "The Meridian Press".to_owned(),
            logo: "/logo.png".to_owned(),
            same_as: vec![],
            policies: vec![],
        },
        folders: Folders {
            articles: folder("articles"),
            pages: folder("pages"),
            profiles: ["tags", "sources", "authors", "series"].map(folder),
            assets: "static".to_owned(),
            data: "data".to_owned(),
            output: "public".to_owned(),
        },
        urls: Urls {
            article: vec![UrlPart::Year, UrlPart::Month, UrlPart::Slug],
            terms: ["tags", "sources", "authors", "series"].map(str::to_owned),
            archive: "archive".to_owned(),
            corrections: "corrections".to_owned(),
            slugs: SlugStyle::Unicode,
        },
        page_size: 20,
        related: 4,
        front: Front { lead: 6, pins: vec![], slots: vec![] },
        likeness: Likeness::default(),
        feeds: Feeds { entries: 20, content: FeedContent::Full, term_content: FeedContent::Summary },
        outputs: Outputs::default(),
        index: IndexDefaults::default(),
        markdown: Markdown::default(),
        theme: "broadsheet".to_owned(),
        theme_options: BTreeMap::new(),
        menu: vec![
            ("About".to_owned(), "/about/".to_owned()),
            ("Elsewhere".to_owned(), "https://e.example/".to_owned()),
        ],
        lint: BTreeMap::new(),
        extra: serde_json::Map::new(),
    }
}

fn terms() -> Vec<Term> {
    let mut terms: Vec<Term> = [
        (TermKind::Tag, "lighthouses"),
        (TermKind::Tag, "sea"),
        (TermKind::Tag, "東京"),
        (TermKind::Tag, HOSTILE),
        (TermKind::Source, "Harbour Gazette"),
        (TermKind::Source, "Вестник маяка"),
        (TermKind::Author, "Maren Saltby"),
        (TermKind::Author, "Tobin Marsh"),
        (TermKind::Series, "Instruments of the Shore"),
    ]
    .into_iter()
    .map(|(kind, name)| {
        let slug = slugify(name, SlugStyle::Unicode);
        let url = url(&format!("/{}/{slug}/", kind.plural()));
        Term { kind, name: name.to_owned(), url, profile: None, links: vec![] }
    })
    .collect();
    terms[4].profile = Some(profile(TermKind::Source, "Harbour Gazette"));
    terms[6].profile = Some(Profile { url: None, ..profile(TermKind::Author, "Maren Saltby") });
    terms
}

fn profile(kind: TermKind, name: &str) -> Profile {
    Profile {
        path: ContentPath::new(format!("content/{}/x.md", kind.plural())),
        kind,
        slug: slugify(name, SlugStyle::Unicode),
        name: name.to_owned(),
        aliases: vec![],
        parent: None,
        description: Some("News from the quays, on Thursdays.".to_owned()),
        url: Some("https://harbourgazette.example/".to_owned()),
        country: Some("GB".to_owned()),
        language: Some("en".to_owned()),
        license: Some("CC BY 4.0".to_owned()),
        index: None,
        max_words: None,
        links: vec!["https://social.example/@maren".to_owned()],
        picture: None,
        body: Body {
            html: "<p>Founded in 1871, it has <em>never</em> missed a tide.</p>".to_owned(),
            ..Body::default()
        },
        links_in_body: vec![],
        components: vec![],
        print: Fingerprint::default(),
    }
}

/// An article without anything that it need not have.
pub(crate) fn meta(slug: &str, title: &str, date: &str) -> Meta {
    Meta {
        path: ContentPath::new(format!("content/articles/{slug}.md")),
        title: title.to_owned(),
        slug: slug.to_owned(),
        date: date.parse().ok(),
        updated: None,
        publish: None,
        expires: None,
        withdrawn: None,
        draft: false,
        lang: None,
        sources: vec![],
        tags: vec![],
        authors: vec![],
        series: None,
        image: None,
        summary: String::new(),
        aliases: vec![],
        template: None,
        index: None,
        related: vec![],
        unrelated: vec![],
        corrections: vec![],
        comments: CommentPolicy::Open,
        extra: serde_json::Map::new(),
        words: 600,
        anchors: vec![],
        links: vec![],
        components: vec![],
        has_code: false,
        signature: Signature::default(),
        print: Fingerprint::of_bytes(slug.as_bytes()),
        body_print: Fingerprint::of_bytes(title.as_bytes()),
    }
}

fn provenance(outlet: &str, url: Option<&str>, role: SourceRole) -> Provenance {
    Provenance {
        outlet: outlet.to_owned(),
        url: url.map(str::to_owned),
        title: None,
        author: None,
        published: None,
        lang: None,
        retrieved: None,
        role,
        archive: None,
        license: None,
    }
}

fn picture(path: &str, size: (u32, u32)) -> Href {
    Href::Local { url: url(path), fragment: None, title: None, size: Some(size) }
}

fn articles() -> Vec<Article> {
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let day = |text: &str| text.parse::<Date>().ok();

    let plain = Article {
        url: url("/1923/plain/"),
        meta: Meta { words: 90, ..meta("plain", "A plain note", "1923") },
        links: vec![],
        body: Body { html: "<p>Nothing but text.</p>\n".to_owned(), ..Body::default() },
    };

    let rich = Article {
        url: url("/2024/03/keepers-notebook/"),
        meta: Meta {
            updated: day("2024-04-01T10:00:00+01:00"),
            sources: vec![
                Provenance {
                    title: Some("The keeper’s other book".to_owned()),
                    author: Some("Isla Fenwick".to_owned()),
                    published: day("2024-03-01"),
                    retrieved: day("2024-03-04"),
                    archive: Some("https://archive.example/1".to_owned()),
                    ..provenance(
                        "Harbour Gazette",
                        Some("https://harbourgazette.example/2024/keepers-notebook"),
                        SourceRole::Republished,
                    )
                },
                provenance("Вестник маяка", Some("https://vestnikmayaka.example/1"), SourceRole::Via),
            ],
            tags: strings(&["lighthouses", "sea", "東京"]),
            authors: strings(&["Maren Saltby", "Tobin Marsh"]),
            series: Some(("Instruments of the Shore".to_owned(), Some(2))),
            image: Some(Image {
                link: 0,
                alt: "A white lighthouse on a rock at dusk".to_owned(),
                caption: Some("The tower at Skerry Point, where the notebook was found.".to_owned()),
                credit: Some("The Meridian picture desk".to_owned()),
                license: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
                focus: Some("50% 30%".to_owned()),
            }),
            summary: "For ninety years the log of Skerry Point had a twin. It tells of other weather."
                .to_owned(),
            corrections: vec![Correction {
                date: day("2024-03-08"),
                text: "An earlier version gave the height of the tower in feet as metres.".to_owned(),
            }],
            words: 1120,
            has_code: true,
            ..meta("keepers-notebook", "The keeper’s second notebook", "2024-03-05T07:30:00+01:00")
        },
        links: vec![
            picture("/pictures/lighthouse.jpg", (1200, 675)),
            Href::Local {
                url: url("/1923/plain/"),
                fragment: Some("a".to_owned()),
                title: Some("A plain note".to_owned()),
                size: None,
            },
            picture("/pictures/tide-curve.jpg", (1200, 675)),
        ],
        body: rich_body(),
    };

    let foreign = Article {
        url: url("/2024/03/вестник/"),
        meta: Meta {
            lang: Some("ru".to_owned()),
            sources: vec![provenance("Вестник маяка", None, SourceRole::Translation)],
            tags: strings(&["sea"]),
            image: Some(Image {
                link: 0,
                alt: "Fog".to_owned(),
                caption: None,
                credit: None,
                license: None,
                focus: None,
            }),
            summary: "Почему туман слышно раньше, чем видно.".to_owned(),
            ..meta("вестник", "Голос в тумане", "2024-03-05")
        },
        links: vec![picture("/pictures/fog-harbour.jpg", (1200, 675))],
        body: Body {
            html: "<p>Туман приходит с моря и пахнет железом.</p>".to_owned(), ..Body::default()
        },
    };

    let hostile = Article {
        url: url("/2024/04/hostile/"),
        meta: Meta {
            tags: strings(&[HOSTILE]),
            summary: format!("{HOSTILE}\u{1}\u{b}"),
            ..meta("hostile", HOSTILE, "2024-04-01")
        },
        links: vec![],
        body: Body { html: "<p>]]&gt; &lt;/script&gt; \u{1}</p>".to_owned(), ..Body::default() },
    };
    vec![plain, rich, foreign, hostile]
}

/// A body with one of everything that `parse` writes.
fn rich_body() -> Body {
    let mut body = Body::default();
    let mut push = |text: &str, link: u32, fill: Fill| {
        body.html.push_str(text);
        body.slots.push(Slot { at: body.html.len() as u32, link, fill });
    };
    push("<p>The book lay behind the stove. <a href=\"", 1, Fill::Address);
    push("\">", 1, Fill::Title);
    push(
        "</a> tells how.<sup class=\"footnote-reference\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>\n\
         <h2 id=\"weather\">Other weather</h2>\n<figure><img src=\"",
        2,
        Fill::Address,
    );
    push("\" alt=\"A tide curve\"", 2, Fill::Size);
    body.html.push_str(include_str!("fixture/rich.html"));
    body.toc = [
        (2, "weather", "Other weather"),
        (3, "code", "Code"),
        (2, "table", "A table"),
        (2, "math", "Formulas"),
    ]
    .map(|(level, id, title)| Heading { level, id: id.to_owned(), title: title.to_owned() })
    .to_vec();
    body
}
