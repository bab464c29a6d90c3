//! How long each stage takes for a made-up site, one stage a bench, and whole builds.
//!
//! `cargo bench --bench stages` measures, `cargo bench --bench stages -- --test` runs each once. Everything
//! lies in memory where the system has a place for that, so the disk does not count; `benches/compare` is
//! where it does.

#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

mod corpus;

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion};
use masthead::base::date::{Date, Moment, Zone};
use masthead::base::fingerprint::Fingerprint;
use masthead::base::labels::OwnLabels;
use masthead::build::{Request, Silent, run};
use masthead::config::{self, SiteConfig};
use masthead::index::{Documents, Visibility, index};
use masthead::model::article::{Body, Document, Meta};
use masthead::model::collection::Collection;
use masthead::model::input::Inputs;
use masthead::model::manifest::Manifest;
use masthead::model::path::OutPath;
use masthead::model::plan::{Page, Plan, Route};
use masthead::model::theme::Theme;
use masthead::parse::{Options, parse};
use masthead::plan::{Materials, Pantry, plan};
use masthead::render::Renderer;
use masthead::write::{Stage, commit};
use masthead::{scan, view};
use tempfile::TempDir;

/// Enough for lists of several pages, few enough for a quick answer.
const ARTICLES: usize = 500;
const SEED: u64 = 1;

/// All articles are older than this.
const AT: &str = "2026-01-01T12:00:00Z";

fn main() {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let site = Site::new();
    site.scan(&mut criterion);
    site.parse(&mut criterion);
    site.index(&mut criterion);
    let collection = site.collection();
    let materials = site.materials(&collection);
    criterion.bench_function("plan", |bench| bench.iter(|| plan(materials)));
    let plan = plan(materials).value;
    let builder = PageBuilder::new(&site, &collection, &plan);
    builder.view_and_render(&mut criterion);
    write(&builder.outputs(), &mut criterion);
    site.build(&mut criterion);
    criterion.final_summary();
}

/// A site on disk, and what was read of it.
struct Site {
    folder: TempDir,
    config: SiteConfig,
    theme: Theme,
    inputs: Inputs,
    articles: Vec<Arc<Meta>>,
    bodies: HashMap<Fingerprint, Body>,
}

impl Site {
    fn new() -> Self {
        let folder = temporary_folder();
        let root = folder.path().join("site");
        corpus::write(SEED, ARTICLES, &root).unwrap();
        let text = std::fs::read_to_string(root.join("site.toml")).unwrap();
        let config = config::site(&text, "site.toml").value.unwrap();
        let theme = scan::theme(&root, &config, &text).unwrap().value;
        let inputs = scan::scan(&root, &config, &BTreeMap::new()).unwrap().value;
        let site = Self { folder, config, theme, inputs, articles: Vec::new(), bodies: HashMap::new() };
        let (articles, bodies) = site.documents();
        Self { articles, bodies, ..site }
    }

    fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("site")
    }

    fn files(&self) -> Vec<Vec<u8>> {
        let files = self.inputs.documents.iter();
        files.map(|(_, file)| std::fs::read(self.root().join(file.path.as_str())).unwrap()).collect()
    }

    fn documents(&self) -> (Vec<Arc<Meta>>, HashMap<Fingerprint, Body>) {
        let (mut articles, mut bodies) = (Vec::new(), HashMap::new());
        let options = Options::of(&self.config, &OwnLabels::new());
        for ((kind, file), bytes) in self.inputs.documents.iter().zip(self.files()) {
            let parsed = parse(*kind, &file.path, &bytes, &options);
            assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
            if let Some(Document::Article(meta, body)) = parsed.document {
                bodies.insert(meta.body_print, body);
                articles.push(Arc::new(*meta));
            }
        }
        (articles, bodies)
    }

    fn scan(&self, criterion: &mut Criterion) {
        let (root, known) = (self.root(), BTreeMap::new());
        criterion
            .bench_function("scan", |bench| bench.iter(|| scan::scan(&root, &self.config, &known).unwrap()));
    }

    fn parse(&self, criterion: &mut Criterion) {
        let (files, options) = (self.files(), Options::of(&self.config, &OwnLabels::new()));
        let parse_all = || {
            for ((kind, file), bytes) in self.inputs.documents.iter().zip(&files) {
                black_box(parse(*kind, &file.path, bytes, &options));
            }
        };
        criterion.bench_function("parse", |bench| bench.iter(parse_all));
    }

    fn index(&self, criterion: &mut Criterion) {
        let visibility = Visibility { at: at(), drafts: false, future: false, limit: None };
        let documents = || Documents { articles: self.articles.clone(), ..Documents::default() };
        let index = |documents| index(documents, &self.inputs, &self.config, visibility);
        criterion
            .bench_function("index", |bench| bench.iter_batched(documents, index, BatchSize::LargeInput));
    }

    fn collection(&self) -> Collection {
        let visibility = Visibility { at: at(), drafts: false, future: false, limit: None };
        let documents = Documents { articles: self.articles.clone(), ..Documents::default() };
        let indexed = index(documents, &self.inputs, &self.config, visibility);
        assert!(indexed.diagnostics.is_empty(), "{:?}", indexed.diagnostics);
        indexed.value
    }

    fn materials<'a>(&'a self, collection: &'a Collection) -> Materials<'a> {
        Materials { collection, config: &self.config, inputs: &self.inputs, theme: &self.theme, at: at() }
    }

    /// Whole builds: one that knows nothing, and one that finds nothing to do.
    fn build(&self, criterion: &mut Criterion) {
        let request = |out: &Path, cache| Request {
            root: self.root(),
            out: Some(out.join("public")),
            base_url: None,
            drafts: false,
            future: false,
            limit: None,
            at: at(),
            cache,
            write: true,
        };
        let build = |out: TempDir, cache| {
            assert!(run(&request(out.path(), cache), &Silent).unwrap().ok);
            out
        };
        criterion.bench_function("build: clean", |bench| {
            bench.iter_batched(temporary_folder, |out| build(out, false), BatchSize::PerIteration);
        });
        let built = build(temporary_folder(), true);
        criterion.bench_function("build: nothing changed", |bench| {
            bench.iter(|| run(&request(built.path(), true), &Silent).unwrap());
        });
    }
}

/// Turns routes into bytes.
struct PageBuilder<'a> {
    bodies: &'a HashMap<Fingerprint, Body>,
    routes: &'a [Route],
    pantry: Pantry<'a>,
    site: view::Site<'a>,
    renderer: Renderer,
}

impl<'a> PageBuilder<'a> {
    fn new(site: &'a Site, collection: &'a Collection, plan: &'a Plan) -> Self {
        let shared = view::site(&site.config, &site.theme, &collection.extent(), BTreeMap::new());
        Self {
            bodies: &site.bodies,
            routes: &plan.routes,
            pantry: Pantry::new(site.materials(collection), plan),
            site: view::Site::new(&site.config, &site.theme, collection.articles.len()),
            renderer: Renderer::new(&site.theme, &shared, collection.articles.len()).unwrap(),
        }
    }

    /// Makes one page. Copied files are no pages.
    fn page(&self, route: &Route, out: &mut Vec<u8>) {
        let ingredients = self.pantry.ingredients(route, |_| Fingerprint::default());
        let bodies: Vec<Body> = ingredients.bodies().iter().map(|print| self.bodies[print].clone()).collect();
        let view = view::view(&ingredients, &bodies, &self.site);
        self.renderer.render(&view, route.url.as_str(), out).unwrap();
    }

    fn pages(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(|route| !matches!(route.page, Page::Copy(_) | Page::ThemeAsset(_)))
    }

    fn view_and_render(&self, criterion: &mut Criterion) {
        let mut buffer = Vec::new();
        let mut all = || {
            for route in self.pages() {
                buffer.clear();
                self.page(route, &mut buffer);
            }
        };
        criterion.bench_function("view and render", |bench| bench.iter(&mut all));
    }

    fn outputs(&self) -> Vec<(OutPath, Vec<u8>)> {
        let output = |route: &Route| {
            let mut bytes = Vec::new();
            self.page(route, &mut bytes);
            (route.url.out_path(), bytes)
        };
        self.pages().map(output).collect()
    }
}

/// Writes a whole site where there was none.
fn write(outputs: &[(OutPath, Vec<u8>)], criterion: &mut Criterion) {
    let nothing = Manifest::default();
    let write_all = |folder: TempDir| {
        let (out, staging) = (folder.path().join("public"), folder.path().join("staging"));
        std::fs::create_dir(&staging).unwrap();
        let stage = Stage::new(&out, &staging, &nothing);
        for (path, bytes) in outputs {
            stage.put(path, Fingerprint::default(), bytes).unwrap();
        }
        commit(stage, |_| Ok(()), || Ok(())).unwrap();
        folder
    };
    criterion.bench_function("write", |bench| {
        bench.iter_batched(temporary_folder, write_all, BatchSize::PerIteration);
    });
}

fn at() -> Moment {
    AT.parse::<Date>().unwrap().moment(Zone::UTC)
}

fn temporary_folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}
