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

#[cfg(unix)]
#[test]
fn symbolic_links_out_of_the_output_folder_are_not_followed() {
    let mut site = site();
    site.build_fine();
    let outside = tempfile::TempDir::new().unwrap();
    fs::remove_dir_all(site.root().join("public/2025")).unwrap();
    std::os::unix::fs::symlink(outside.path(), site.root().join("public/2025")).unwrap();
    let refused = masthead::build::run(&site.request(), &masthead::build::Silent).unwrap_err();
    assert!(refused.to_string().contains("it is not a folder"), "{refused}");
    assert_eq!(tree(outside.path()).len(), 0);
}

/// A build that cannot go on has written something, but not all that it was about to.
#[cfg(unix)]
#[test]
fn what_a_failed_build_did_not_write_is_not_its_own() {
    use masthead::build::{Silent, run};
    let mut site = site();
    let outside = tempfile::TempDir::new().unwrap();
    fs::create_dir(site.root().join("public")).unwrap();
    let way = site.root().join("public/2025");
    std::os::unix::fs::symlink(outside.path(), &way).unwrap();
    run(&site.request(), &Silent).unwrap_err();
    let list = site.page(".masthead-files");
    let listed = |path: &str| list.lines().any(|line| line == path);
    assert!(!listed("index.html") && !listed("2025/01/a/index.html"), "{list}");
    fs::remove_file(way).unwrap();
    site.write("public/index.html", "somebody's page");
    assert!(!site.build().ok);
    assert_eq!(site.page("index.html"), "somebody's page");
    site.remove("public/index.html");
    site.build_fine();
    // What stands in the way of an edit that has been built otherwise.
    fs::remove_dir_all(site.root().join("public/2025")).unwrap();
    std::os::unix::fs::symlink(outside.path(), site.root().join("public/2025")).unwrap();
    run(&site.request(), &Silent).unwrap_err();
    let list = site.page(".masthead-files");
    assert!(list.contains("index.html") && !list.contains("2025/01/a/index.html"), "{list}");
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
