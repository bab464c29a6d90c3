//! A site for a test: written as text, built in a temporary folder, compared with a clean build each time it
//! is built again.

pub(crate) mod dates;
pub(crate) mod extract;
pub(crate) mod feeds;
pub(crate) mod http;
pub(crate) mod quick;
pub(crate) mod schema_org;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use masthead::base::date::{Date, Moment, Zone};
use masthead::base::diag::{Diagnostic, Rule};
use masthead::build::{Report, Request, Silent, run};
use masthead::write::{MARK, OWN_FILES};
use tempfile::TempDir;

/// The time of all builds, unless a test says otherwise.
pub(crate) const AT: &str = "2026-01-01T12:00:00Z";

/// A `site.toml` with nothing but what is needed.
pub(crate) const SITE_TOML: &str = "title = \"Test\"\nbase_url = \"https://test.example/\"\n";

/// A temporary folder, in memory where the system has a place for that: on ext4, making many files soon after
/// many were deleted takes twenty times as long, and these tests do nothing else.
pub(crate) fn temporary_folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// A site in a temporary folder.
pub(crate) struct TestSite {
    folder: TempDir,
    pub(crate) at: &'static str,
    pub(crate) drafts: bool,
    pub(crate) future: bool,
    builds: u32,
}

impl TestSite {
    /// A site of the given files, each after a line `-- path --`. Without a `site.toml` it gets
    /// [`SITE_TOML`].
    pub(crate) fn new(files: &str) -> Self {
        let folder = temporary_folder();
        let site = Self { folder, at: AT, drafts: false, future: false, builds: 0 };
        site.write("site.toml", SITE_TOML);
        fs::create_dir_all(site.root().join("content/articles")).unwrap();
        for (path, text) in archive(files) {
            site.write(&path, &text);
        }
        site
    }

    /// A site with a theme that shows everything and costs little, for tests that build hundreds of times.
    pub(crate) fn plain(site_toml: &str) -> Self {
        let site = Self::new("");
        let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small/site/themes");
        copy_tree(&themes, &site.root().join("themes"));
        site.write("site.toml", &format!("theme = \"plain\"\n{site_toml}"));
        site
    }

    /// A site that is a copy of a folder.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let site = Self::new("");
        copy_tree(folder, site.root());
        site
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.root().join(from), to).unwrap();
    }

    /// Replaces text in a file; it must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).unwrap();
        assert!(text.contains(from), "`{path}` has no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// How this site is built.
    pub(crate) fn request(&self) -> Request {
        Request {
            root: self.root().to_owned(),
            out: None,
            base_url: None,
            drafts: self.drafts,
            future: self.future,
            limit: None,
            at: moment(self.at),
            cache: true,
            write: true,
        }
    }

    /// Builds the site. From the second time on, the result and what is told must be the same as from a clean
    /// build of the same files.
    pub(crate) fn build(&mut self) -> Report {
        let report = run(&self.request(), &Silent).unwrap();
        self.builds += 1;
        if self.builds > 1 {
            let (clean, output) = self.clean_build();
            // What is in the way in the output folder is in nobody's way in a new one.
            let foreign = |diagnostic: &&Diagnostic| diagnostic.rule == Rule::ForeignFile;
            let told: Vec<_> = report.diagnostics.iter().filter(|told| !foreign(told)).collect();
            assert_eq!(told, clean.diagnostics.iter().collect::<Vec<_>>());
            if report.ok {
                assert_same(&self.output(), &output);
            }
        }
        report
    }

    /// Builds the site, which must be without a fault.
    pub(crate) fn build_fine(&mut self) -> Report {
        let report = self.build();
        assert!(report.diagnostics.is_empty(), "{:#?}", report.diagnostics);
        report
    }

    /// Builds the site into another folder, which must come out as from a clean build.
    pub(crate) fn build_into(&self, out: &Path) -> Report {
        let report = run(&Request { out: Some(out.to_owned()), ..self.request() }, &Silent).unwrap();
        assert_same(&tree(out), &self.clean_output());
        report
    }

    /// The files of the output folder.
    pub(crate) fn output(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root().join("public"))
    }

    /// One file of the output folder.
    pub(crate) fn page(&self, path: &str) -> String {
        let file = self.root().join("public").join(path);
        fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("`{path}`: {error}; there are {:#?}", self.output().keys()))
    }

    /// The folder of the cache, whose name is that of its format: `v5`.
    pub(crate) fn cache(&self) -> PathBuf {
        let entries = fs::read_dir(self.root().join(".masthead")).unwrap().map(|entry| entry.unwrap());
        let mut formats = entries.filter(|entry| entry.file_name().to_str().unwrap().starts_with('v'));
        let cache = formats.next().unwrap().path();
        assert!(formats.next().is_none());
        cache
    }

    /// What a clean build of the same files makes.
    pub(crate) fn clean_output(&self) -> BTreeMap<String, Vec<u8>> {
        let (report, output) = self.clean_build();
        assert!(report.ok, "{:#?}", report.diagnostics);
        output
    }

    /// A clean build of the same files, and what it makes.
    fn clean_build(&self) -> (Report, BTreeMap<String, Vec<u8>>) {
        let clean = temporary_folder();
        copy_tree(self.root(), clean.path());
        for made in [".masthead", "public"] {
            let _ = fs::remove_dir_all(clean.path().join(made));
        }
        let report = run(&Request { root: clean.path().to_owned(), ..self.request() }, &Silent).unwrap();
        let output = tree(&clean.path().join("public"));
        (report, output)
    }
}

/// An article's text: front matter and a body.
pub(crate) fn article(title: &str, date: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n{more}---\n\nThe text of {title}.\n")
}

/// A path without percent-encoding.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A moment, written as RFC 3339.
pub(crate) fn moment(text: &str) -> Moment {
    text.parse::<Date>().unwrap().moment(Zone::UTC)
}

/// Diagnostics, a line each: rule, place, message, hint.
pub(crate) fn told(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let place =
            diagnostic.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        let hint = diagnostic.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let file = diagnostic.file.as_deref().unwrap_or("-");
        format!("{} {file}{place} {}{hint}\n", diagnostic.rule.name(), diagnostic.said())
    };
    diagnostics.iter().map(line).collect()
}

/// The files of an output folder that are no outputs.
pub(crate) const OWN: [&str; 2] = [OWN_FILES, MARK];

/// All files of a folder, by path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Asserts that two trees are the same, and shows the first difference if not.
pub(crate) fn assert_same(seen: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(seen), names(expected));
    for (path, bytes) in seen {
        let (seen, expected) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]));
        assert_eq!(seen, expected, "`{path}`");
    }
}

/// The parts of a text in which each file stands after a line `-- path --`.
pub(crate) fn archive(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => {
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    files
}

pub(crate) fn copy_tree(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}
