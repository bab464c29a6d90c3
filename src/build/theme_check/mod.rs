//! The check of a theme: it must render every page of a few made-up sites, which have everything, next to
//! nothing, or what nobody expects. A theme that copes with these copes with any site.
//!
//! The made-up sites go through the stages of a build in memory, by the same functions; nothing is written. A
//! template that fails is mended in a copy and rendered again, so that one run finds all of its faults.

mod layouts;
mod mend;
mod options;
mod sites;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs::Stamp;
use crate::base::labels::OwnLabels;
use crate::config::{self, SiteConfig};
use crate::index::{self, Visibility};
use crate::model::article::{Body, Document};
use crate::model::collection::Extent;
use crate::model::input::{DocumentKind, InputFile, Inputs, Picture, PictureSize};
use crate::model::path::ContentPath;
use crate::model::plan::Page;
use crate::model::profile::ByKind;
use crate::model::theme::Theme;
use crate::model::view::{SiteView, View};
use crate::plan::{self, Materials, Pantry};
use crate::render::{self, Renderer};
use crate::{check, parse, scan, view};

use sites::Sample;

/// What is found in a page if a template writes a text without escaping it.
const TRAP: &str = "<b data-trap>";

/// The most faults that are mended.
const MOST: usize = 200;

/// What a check of a theme has found.
#[derive(Debug)]
pub struct ThemeReport {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of every template, to show the lines: those of an embedded theme are on no disk.
    pub texts: BTreeMap<String, String>,
    /// How many pages were rendered.
    pub pages: usize,
}

/// Checks the theme `name` as the site at `root` would load it. The made-up sites are built as if it were
/// `at`.
pub fn check_theme(root: &Path, name: &str, at: Moment) -> Result<ThemeReport> {
    let mut diagnostics = Vec::new();
    let plain = configuration(&Sample::Full.site_toml(name))?;
    let mut theme = scan::theme(root, &plain, "")?.take(&mut diagnostics);
    let texts = theme.templates.clone();
    let mut report = ThemeReport { diagnostics, texts, pages: 0 };
    if !theme.is_loaded {
        return Ok(report);
    }
    let languages = scan::translations(&theme, &mut report.diagnostics);
    let manifests = options::manifests(root, name)?;
    let own_options: Vec<String> =
        manifests.first().map(|manifest| manifest.options.keys().cloned().collect()).unwrap_or_default();
    report.diagnostics.extend(check::templates(&theme, &own_options, &languages));
    // The faults of templates that cannot be compiled.
    let mut broken = Vec::new();
    let mut faults = BTreeMap::new();
    let words = theme.words.clone();
    for sample in Sample::ALL {
        let site = configuration(&sample.site_toml(name))?;
        theme.words = scan::theme(root, &site, "")?.value.words;
        let Some(pages) = pages(sample, &site, &theme, at, &mut broken) else { break };
        report.pages += pages.views.len();
        render_all(&pages, &mut theme, &mut faults);
    }
    let defaults = theme.options.clone();
    theme.words = words;
    for (label, changed) in options::variations(root, name, &manifests, &defaults)? {
        theme.options = defaults.clone().into_iter().chain(changed).collect();
        let Some(mut pages) = pages(Sample::Full, &plain, &theme, at, &mut broken) else { break };
        pages.views.iter_mut().for_each(|(about, _)| about.push_str(&label));
        report.pages += pages.views.len();
        render_all(&pages, &mut theme, &mut faults);
    }
    // What the static checks have found is not reported again, nor what two sites have found.
    let told: Vec<Place> = report.diagnostics.iter().map(|one| (one.file.clone(), one.place)).collect();
    let is_same = |one: &Diagnostic, (file, place): &Place| match (one.place, place) {
        // Tera means the whole of `site.assets["x"]`, where the check means `x`.
        (Some(a), Some(b)) => {
            let is_inside = (a.column..=a.column + a.width).contains(&b.column);
            one.file == *file && a.line == b.line && (is_inside || a.column.abs_diff(b.column) <= 2)
        }
        _ => false,
    };
    // Tera means the whole path where the check means its last field: `list.card` and `card`.
    let static_ones = report.diagnostics.clone();
    let is_told = |one: &Diagnostic| {
        let path = one.message.split('`').nth(1).filter(|_| one.message.contains("is not defined"));
        let is_end = |field: &str| path.is_some_and(|path| path.ends_with(&format!(".{field}")));
        static_ones.iter().any(|other| {
            let is_beside = other.file == one.file
                && other.place.map(|place| place.line) == one.place.map(|place| place.line);
            is_beside && other.message.split('`').skip(1).step_by(2).last().is_some_and(is_end)
        })
    };
    let is_new = |one: &Diagnostic| !told.iter().any(|place| is_same(one, place)) && !is_told(one);
    let rendered = broken.into_iter().chain(faults.into_values()).filter(is_new);
    report.diagnostics.extend(rendered.collect::<Vec<_>>());
    report.diagnostics.sort();
    report.diagnostics.dedup();
    Ok(report)
}

fn configuration(text: &str) -> Result<SiteConfig> {
    let read = config::site(text, config::FILE);
    read.value.ok_or_else(|| Error::refused(format!("the made-up site is broken: {:?}", read.diagnostics)))
}

/// The pages of a made-up site.
struct Pages {
    shared: SiteView,
    /// Each with its name in messages.
    views: Vec<(String, View)>,
    articles: usize,
}

fn pages(
    sample: Sample,
    config: &SiteConfig,
    theme: &Theme,
    at: Moment,
    faults: &mut Vec<Diagnostic>,
) -> Option<Pages> {
    let data = sites::data();
    let has_terms = ByKind::new([true; 4]);
    let extent = Extent { articles: 1, has_terms, unlisted: Arc::default() };
    let all = view::site(config, theme, &extent, data.clone());
    let components = match render::components(theme, &all) {
        Ok(components) => components,
        Err(broken) => {
            faults.extend(broken);
            return None;
        }
    };
    let inputs = inputs();
    let files = sample.files(&components, &layouts::layouts(theme));
    let (documents, bodies) = documents(files, config);
    let visibility = Visibility { at, drafts: false, future: true, limit: None };
    let collection = index::index(documents, &inputs, config, visibility).value;
    let materials = Materials { collection: &collection, config, inputs: &inputs, theme, at };
    let plan = plan::plan(materials).value;
    let pantry = Pantry::new(materials, &plan);
    let site = view::Site::new(config, theme, collection.articles.len());
    let mut views = Vec::new();
    for route in &plan.routes {
        let ingredients = pantry.ingredients(route, |_| Fingerprint::default());
        let texts: Vec<Body> =
            ingredients.bodies().iter().filter_map(|print| bodies.get(print).cloned()).collect();
        if matches!(route.page, Page::Copy(_)) {
            continue;
        }
        let view = view::view(&ingredients, &texts, &site);
        // That a whole kind is missing has been told once, and not of each of its pages.
        if matches!(&view, View::Html(page) if theme.has_template(&page.template)) {
            views.push((format!("{} of {}", route.url.as_str(), sample.name()), view));
        }
    }
    let shared = view::site(config, theme, &collection.extent(), data);
    Some(Pages { shared, views, articles: collection.articles.len() })
}

fn documents(
    files: Vec<(DocumentKind, String, String)>,
    config: &SiteConfig,
) -> (index::Documents, HashMap<Fingerprint, Body>) {
    let options = parse::Options::of(config, &OwnLabels::new());
    let mut documents = index::Documents::default();
    let mut bodies = HashMap::new();
    for (kind, path, text) in files {
        match parse::parse(kind, &ContentPath::new(path), text.as_bytes(), &options).document {
            Some(Document::Article(meta, body)) => {
                bodies.insert(meta.body_print, body);
                let of_kind =
                    if kind == DocumentKind::Page { &mut documents.pages } else { &mut documents.articles };
                of_kind.push(Arc::new(*meta));
            }
            Some(Document::Profile(profile)) => documents.profiles.push(*profile),
            None => {}
        }
    }
    (documents, bodies)
}

/// The one picture that all sites show.
fn inputs() -> Inputs {
    let file = InputFile { path: ContentPath::new("static/p.jpg"), stamp: Stamp::default() };
    let picture = Picture { stamp: Stamp::default(), size: Some(PictureSize { width: 1600, height: 900 }) };
    Inputs {
        pictures: BTreeMap::from([(file.path.clone(), picture)]),
        assets: vec![("/p.jpg".to_owned(), file)],
        ..Inputs::default()
    }
}

type Place = (Option<String>, Option<crate::base::diag::Place>);

/// Renders all pages. Where a template fails, the fault is noted, the template mended, and the page rendered
/// again.
fn render_all(pages: &Pages, theme: &mut Theme, faults: &mut BTreeMap<Place, Diagnostic>) {
    let Some(mut renderer) = renderer_of(pages, theme, faults) else { return };
    for (about, view) in &pages.views {
        loop {
            let mut html = Vec::new();
            let Err(fault) = renderer.render(view, about, &mut html) else {
                if let Some(fault) = trapped(&html, about, theme) {
                    faults.entry((fault.file.clone(), fault.place)).or_insert(fault);
                }
                break;
            };
            if !mended(*fault, theme, faults) {
                break;
            }
            match renderer_of(pages, theme, faults) {
                Some(next) => renderer = next,
                None => return,
            }
        }
    }
}

/// A renderer for the pages. Templates of what all pages share are mended as those of pages are; `None` if
/// that is impossible.
fn renderer_of(
    pages: &Pages,
    theme: &mut Theme,
    faults: &mut BTreeMap<Place, Diagnostic>,
) -> Option<Renderer> {
    loop {
        match Renderer::new(theme, &pages.shared, pages.articles) {
            Ok(renderer) => return Some(renderer),
            Err(broken) => {
                let mended = broken.into_iter().filter(|fault| mended(fault.clone(), theme, faults)).count();
                if mended == 0 {
                    return None;
                }
            }
        }
    }
}

/// Notes a fault and mends its template. Returns whether it makes sense to render again.
fn mended(fault: Diagnostic, theme: &mut Theme, faults: &mut BTreeMap<Place, Diagnostic>) -> bool {
    let mended = mend::mend(theme, &fault);
    if !mend::follows(theme, &fault) {
        faults.entry((fault.file.clone(), fault.place)).or_insert(fault);
    }
    mended && faults.len() <= MOST
}

/// Reports a text that a template has written without escaping it.
fn trapped(html: &[u8], about: &str, theme: &Theme) -> Option<Diagnostic> {
    let html = String::from_utf8_lossy(html);
    if !html.contains(TRAP) {
        return None;
    }
    let diagnostic = Diagnostic::new(Rule::Template, "a text is written as HTML").on_page(about).hint(
        "`safe` is for `content`, `json_ld` and what is drawn, and for nothing that somebody wrote as text",
    );
    Some(match mend::unsafe_place(theme) {
        Some((file, place)) => diagnostic.in_file(file).at(place),
        None => diagnostic,
    })
}
