//! What belongs to whom in the output folder, and that nothing is written outside it.

use std::fs;

use crate::support::{TestSite, article, told, tree};

fn site() -> TestSite {
    let site = TestSite::new("");
    site.write("content/articles/a.md", &article("First", "2025-01-01", "tags: [sea]\n"));
    site
}

#[test]
fn foreign_files_are_kept() {
    let mut site = site();
    site.build_fine();
    site.write("public/CNAME", "test.example");
    site.write("public/2025/01/01/note.txt", "mine");
    site.remove("content/articles/a.md");
    site.write("content/articles/b.md", &article("Second", "2024-01-01", ""));
    masthead::build::run(&site.request(), &masthead::build::Silent).unwrap();
    assert_eq!(site.page("CNAME"), "test.example");
    assert_eq!(site.page("2025/01/01/note.txt"), "mine");
    assert!(!site.root().join("public/2025/01/a").exists());
}

#[test]
fn a_foreign_file_in_the_way_is_an_error_and_is_kept() {
    let mut site = site();
    site.write("public/index.html", "somebody's page");
    let report = site.build();
    assert!(!report.ok);
    assert!(told(&report.diagnostics).contains("foreign-file - `index.html` in the output folder"));
    assert_eq!(site.output().len(), 1);
    assert_eq!(site.page("index.html"), "somebody's page");
}

#[test]
fn a_file_that_took_the_place_of_a_page_after_the_list_was_lost_is_foreign() {
    let mut site = site();
    site.build_fine();
    fs::remove_dir_all(site.root().join("public")).unwrap();
    site.write("public/index.html", "somebody's page");
    assert!(!site.build().ok);
    assert_eq!(site.page("index.html"), "somebody's page");
}

#[test]
fn the_output_folder_may_be_deleted() {
    let mut site = site();
    site.build_fine();
    fs::remove_dir_all(site.root().join("public")).unwrap();
    let report = site.build_fine();
    assert_eq!(report.counts.parsed, 0);
}

#[cfg(unix)]
#[test]
fn an_empty_output_folder_is_not_replaced() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let mut site = site();
    let public = site.root().join("public");
    fs::create_dir(&public).unwrap();
    fs::set_permissions(&public, fs::Permissions::from_mode(0o2770)).unwrap();
    let who = |path: &std::path::Path| {
        let there = fs::metadata(path).unwrap();
        (there.ino(), there.mode(), there.uid(), there.gid())
    };
    let before = who(&public);
    site.build_fine();
    assert_eq!(who(&public), before);
    // Nor does one go that was emptied.
    for entry in fs::read_dir(&public).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
    site.build_fine();
    assert_eq!(who(&public), before);
}

#[test]
fn a_rename_that_is_refused_names_both_paths() {
    let folder = tempfile::TempDir::new().unwrap();
    let (from, to) = (folder.path().join("a"), folder.path().join("b"));
    let refused = masthead::base::fs::rename(&from, &to).unwrap_err().to_string();
    assert!(
        refused.starts_with(&format!("cannot rename `{}` to `{}`: ", from.display(), to.display())),
        "{refused}"
    );
}

#[test]
fn two_output_folders_are_kept_apart() {
    let mut site = site();
    site.build_fine();
    let elsewhere = tempfile::TempDir::new().unwrap();
    let request = masthead::build::Request { out: Some(elsewhere.path().join("deep/out")), ..site.request() };
    assert!(masthead::build::run(&request, &masthead::build::Silent).unwrap().ok);
    assert_eq!(tree(&elsewhere.path().join("deep/out")), site.output());
    site.edit("content/articles/a.md", "The text", "Another text");
    site.build_fine();
    assert!(masthead::build::run(&request, &masthead::build::Silent).unwrap().ok);
    assert_eq!(tree(&elsewhere.path().join("deep/out")), site.output());
}

/// What somebody has put where a folder of the site must be: a file, or a link to a folder.
#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_a_folder_is_in_the_way() {
    let mut site = site();
    site.build_fine();
    let way = site.root().join("public/2025");
    let outside = tempfile::TempDir::new().unwrap();
    let obstacles: [&dyn Fn(); 2] =
        [&|| fs::write(&way, "mine").unwrap(), &|| std::os::unix::fs::symlink(outside.path(), &way).unwrap()];
    for put in obstacles {
        fs::remove_dir_all(&way).unwrap();
        put();
        let before = site.output();
        // One article has changed, and then all pages have.
        for (file, from, to) in [
            ("content/articles/a.md", "The text", "Another text"),
            ("site.toml", "title = \"T", "title = \"TT"),
        ] {
            site.edit(file, from, to);
            let report = site.build();
            assert!(!report.ok);
            let told = told(&report.diagnostics);
            assert_eq!(told.matches("foreign-file - `2025` in the output folder").count(), 1, "{told}");
            assert_eq!(site.output(), before);
        }
        assert_eq!(tree(outside.path()).len(), 0);
        fs::remove_file(&way).unwrap();
        site.edit("content/articles/a.md", "Another text", "The text");
        site.build_fine();
    }
}

/// What stands in the place of an own file, or of its folder, is not what Masthead wrote.
#[cfg(unix)]
#[test]
fn only_own_files_are_removed() {
    let keep = |put: &dyn Fn(&std::path::Path)| {
        let mut site = site();
        site.write("content/articles/b.md", &article("Second", "2024-01-01", ""));
        site.build_fine();
        put(&site.root().join("public/2025"));
        site.remove("content/articles/a.md");
        let report = masthead::build::run(&site.request(), &masthead::build::Silent).unwrap();
        assert!(report.ok, "{}", told(&report.diagnostics));
        assert!(!site.page("index.html").contains("First"));
        // So it is the next time.
        let report = masthead::build::run(&site.request(), &masthead::build::Silent).unwrap();
        assert_eq!((report.written.len(), report.removed.len()), (0, 0));
    };
    let outside = tempfile::TempDir::new().unwrap();
    let path = |name: &str| outside.path().join(name);
    fs::create_dir_all(path("01/a")).unwrap();
    fs::create_dir_all(path("01/01")).unwrap();
    fs::write(path("01/a/index.html"), "mine").unwrap();
    keep(&|year| {
        fs::remove_dir_all(year).unwrap();
        std::os::unix::fs::symlink(outside.path(), year).unwrap();
    });
    assert_eq!(fs::read_to_string(path("01/a/index.html")).unwrap(), "mine");
    assert!(path("01/01").is_dir());
    keep(&|year| {
        fs::remove_dir_all(year).unwrap();
        fs::write(year, "mine").unwrap();
    });
    for note in [None, Some("note")] {
        keep(&|year| {
            let page = year.join("01/a/index.html");
            fs::remove_file(&page).unwrap();
            fs::create_dir(&page).unwrap();
            note.into_iter().for_each(|note| fs::write(page.join(note), "mine").unwrap());
        });
    }
    keep(&|year| {
        let page = year.join("01/a/index.html");
        fs::remove_file(&page).unwrap();
        std::os::unix::fs::symlink(path("01/a/index.html"), &page).unwrap();
    });
    assert_eq!(fs::read_to_string(path("01/a/index.html")).unwrap(), "mine");
}

/// A commit that cannot go on has written something, but not all that it was about to.
#[cfg(unix)]
#[test]
fn what_a_failed_commit_did_not_write_is_not_its_own() {
    use masthead::base::fingerprint::Fingerprint;
    use masthead::model::manifest::{Manifest, OutputRecord};
    use masthead::model::path::OutPath;
    use masthead::write::{Stage, commit, is_cut_off, owned};

    let folder = tempfile::TempDir::new().unwrap();
    let [out, staging, outside] = ["out", "staging", "outside"].map(|name| folder.path().join(name));
    for new in [&out, &staging, &outside] {
        fs::create_dir(new).unwrap();
    }
    fs::write(out.join("CNAME"), "mine").unwrap();
    let before = Manifest::default();
    let stage = Stage::new(&out, &staging, &before);
    for path in ["a.html", "b/index.html", "c.html"] {
        stage.put(&OutPath::parse(path).unwrap(), Fingerprint::default(), b"page").unwrap();
    }
    // It comes into the way after all was found to be free.
    let announce = |_: &Manifest| {
        std::os::unix::fs::symlink(&outside, out.join("b")).unwrap();
        Ok(())
    };
    let refused = commit(stage, announce, || panic!("it has failed")).unwrap_err();
    assert!(refused.to_string().contains("it is not a folder"), "{refused}");
    assert_eq!(tree(&outside).len(), 0);
    let own = owned(&out, OutputRecord::default()).unwrap();
    assert_eq!(own.files.keys().map(OutPath::as_str).collect::<Vec<_>>(), ["a.html"]);
    assert!(is_cut_off(&out));
}

#[cfg(unix)]
#[test]
fn copies_can_be_read_by_all() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut site = site();
    for mode in [0o400, 0o600, 0o755] {
        let name = format!("static/{mode}.txt");
        site.write(&name, "text");
        fs::set_permissions(site.root().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    site.build_fine();
    let mode = |path: &str| fs::metadata(site.root().join("public").join(path)).unwrap().permissions().mode();
    for name in ["256.txt", "384.txt", "493.txt"] {
        assert_eq!(mode(name), mode("index.html"), "{name}");
    }
}

#[test]
fn an_empty_folder_is_not_in_the_way_of_a_page() {
    let mut site = site();
    fs::create_dir_all(site.root().join("public/2025/01/a/index.html")).unwrap();
    site.build_fine();
    site.remove("public/index.html");
    fs::create_dir_all(site.root().join("public/index.html/deep")).unwrap();
    assert!(told(&site.build().diagnostics).contains("foreign-file - `index.html`"));
}

#[test]
fn errors_leave_the_output_folder_untouched() {
    let mut site = site();
    site.build_fine();
    let before = site.output();
    site.write("content/articles/bad.md", "---\ntitle: Bad\ndate: 2025-02-30\n---\n");
    site.edit("content/articles/a.md", "First", "Changed");
    assert!(!site.build().ok);
    assert_eq!(site.output(), before);
    site.remove("content/articles/bad.md");
    site.build_fine();
    assert!(site.page("index.html").contains("Changed"));
}

#[test]
fn a_cache_of_another_state_of_the_folder_is_not_trusted() {
    let mut site = site();
    site.build_fine();
    let old = site.output();
    site.edit("content/articles/a.md", "The text", "Abc text");
    site.build_fine();
    // Somebody puts yesterday's site back; its pages are as long as today's.
    for (path, bytes) in old {
        fs::write(site.root().join("public").join(path), bytes).unwrap();
    }
    site.edit("site.toml", "title", "# Again.\ntitle");
    site.build_fine();
}

#[test]
fn an_own_folder_can_become_a_file_and_back() {
    let mut site = site();
    site.write("static/place/file.txt", "a");
    site.build_fine();
    fs::remove_dir_all(site.root().join("static/place")).unwrap();
    site.write("static/place", "b");
    site.build_fine();
    assert_eq!(site.page("place"), "b");
    site.remove("static/place");
    site.write("static/place/file.txt", "c");
    site.build_fine();
    assert_eq!(site.page("place/file.txt"), "c");
}

#[cfg(unix)]
#[test]
fn a_site_is_not_built_into_its_own_sources() {
    let site = site();
    std::os::unix::fs::symlink(site.root().join("content/articles"), site.root().join("link")).unwrap();
    let outs = [
        "content/articles/out",
        "content",
        "static",
        "themes/x",
        ".",
        "..",
        "link",
        "link/new",
        "nowhere/../content/articles/../articles/new",
    ];
    for out in outs {
        let request = masthead::build::Request { out: Some(site.root().join(out)), ..site.request() };
        let refused = masthead::build::run(&request, &masthead::build::Silent).unwrap_err();
        assert!(refused.to_string().contains("the site is made from"), "{out}: {refused}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_among_the_inputs_leads_to_the_output() {
    let mut site = site();
    site.build_fine();
    let link = site.root().join("static/link");
    fs::create_dir_all(site.root().join("static")).unwrap();
    for goal in ["public", "public/2025"] {
        std::os::unix::fs::symlink(site.root().join(goal), &link).unwrap();
        let refused = masthead::build::run(&site.request(), &masthead::build::Silent).unwrap_err();
        assert!(refused.to_string().contains("static/link` leads to the output folder"), "{refused}");
        fs::remove_file(&link).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_that_leads_nowhere_is_named() {
    let site = site();
    for place in ["content/articles/lost.md", "content/articles/lost.png"] {
        let link = site.root().join(place);
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        let refused = masthead::build::run(&site.request(), &masthead::build::Silent).unwrap_err();
        assert!(
            refused.to_string().ends_with(&format!("{place}` is a symbolic link that leads nowhere")),
            "{refused}"
        );
        std::fs::remove_file(link).unwrap();
    }
}

#[test]
fn the_cache_can_be_deleted_even_after_an_interrupted_build() {
    let mut site = site();
    site.build_fine();
    // What a killed build leaves: the list names files that are there already and others that are not.
    let list = site.root().join("public/.masthead-files");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, format!("{text}2025/02/new/index.html\n")).unwrap();
    fs::remove_file(site.root().join("public/.masthead-mark")).unwrap();
    site.write("public/2025/02/new/index.html", "half of a");
    fs::remove_dir_all(site.root().join(".masthead")).unwrap();
    site.write("content/articles/new.md", &article("New", "2025-02-01", ""));
    site.build_fine();
}

#[test]
fn what_a_build_that_was_cut_off_may_have_written_is_listed() {
    let mut site = site();
    site.build_fine();
    // So a build begins that writes, and this one comes no further.
    fs::remove_file(site.root().join("public/.masthead-mark")).unwrap();
    site.edit("content/articles/a.md", "The text", "Another text");
    let report = site.build_fine();
    let listed: Vec<_> = report.written.iter().map(|path| path.as_str().to_owned()).collect();
    let all: Vec<_> = site.output().into_keys().filter(|path| !path.starts_with(".masthead")).collect();
    assert_eq!(listed, all);
    assert!(report.counts.written < all.len() as u64);
    assert!(site.build_fine().written.is_empty());
}
