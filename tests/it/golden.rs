//! Small whole sites with what they must become: `tests/golden/<name>/site` and `tests/golden/<name>/public`.
//!
//! `UPDATE_GOLDEN=1 cargo test golden` accepts what comes out; read the difference before you commit it.

use std::fs;
use std::path::Path;

use crate::support::{TestSite, assert_same, copy_tree, tree};

#[test]
fn golden_sites_come_out_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(!names.is_empty());
    for golden in names {
        let mut site = TestSite::copy_of(&golden.join("site"));
        site.build_fine();
        let public = golden.join("public");
        // Accepting is a decision of the person who runs the tests.
        if update_wanted() {
            let _ = fs::remove_dir_all(&public);
            copy_tree(&site.root().join("public"), &public);
            fs::remove_file(public.join(".masthead-files")).unwrap();
        }
        let mut output = site.output();
        // The list of own files bears the mark of one build of one version.
        output.remove(".masthead-files");
        assert_same(&output, &tree(&public));
    }
}

#[expect(clippy::disallowed_methods, reason = "a switch for people, not an input of a build")]
fn update_wanted() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok()
}
