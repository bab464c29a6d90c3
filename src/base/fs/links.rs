//! Symbolic links: where a path leads, and by which folders.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The absolute path without symbolic links and `..`, also of what does not exist yet.
pub fn resolved(path: &Path) -> PathBuf {
    let nearest = path.ancestors().map(|above| if above == Path::new("") { Path::new(".") } else { above });
    let known =
        nearest.zip(path.ancestors()).find_map(|(real, above)| Some((real.canonicalize().ok()?, above)));
    let Some((mut resolved, above)) = known else { return path.to_owned() };
    for part in path.strip_prefix(above).unwrap_or(path).components() {
        match part {
            Component::ParentDir => _ = resolved.pop(),
            part => resolved.push(part),
        }
    }
    resolved
}

/// The folders of all symbolic links that lead from a path to what it stands for, beyond those of the path itself: each
/// can be changed to lead elsewhere. Also of what does not exist yet.
pub fn folders_of_links(path: &Path) -> Vec<PathBuf> {
    let (mut folders, mut links) = (Vec::new(), 0);
    let Some(name) = path.file_name() else { return folders };
    let mut at = resolved(path.parent().unwrap_or(path));
    let mut rest: Vec<PathBuf> = vec![name.into()];
    while let Some(part) = rest.pop() {
        let next =
            if part == Path::new("..") { at.parent().unwrap_or(&at).to_owned() } else { at.join(part) };
        let Some(goal) = fs::read_link(&next).ok().filter(|_| links < MOST_LINKS) else {
            at = next;
            continue;
        };
        links += 1;
        folders.push(at.clone());
        let parts = goal.components().rev().filter(|part| *part != Component::CurDir);
        rest.extend(parts.map(|part| PathBuf::from(part.as_os_str())));
    }
    folders.sort();
    folders.dedup();
    folders
}

/// How many symbolic links are followed, as on Linux.
const MOST_LINKS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn every_link_on_the_way_is_found() {
        use std::os::unix::fs::symlink;

        use crate::base::fs::{create_dir_all, write};

        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        let path = |name: &str| top.join(name);
        for name in ["site", "here", "there/deep"] {
            create_dir_all(&path(name)).unwrap();
        }
        write(&path("there/deep/goal"), b"").unwrap();
        symlink("deep", path("there/now")).unwrap();
        symlink("../there/./now/goal", path("here/second")).unwrap();
        symlink(path("here/second"), path("site/first")).unwrap();
        symlink("circle", path("site/circle")).unwrap();
        symlink("nowhere", path("site/lost")).unwrap();
        let check = |name: &str, expected: &[&str]| {
            let expected: Vec<PathBuf> = expected.iter().map(|name| path(name)).collect();
            assert_eq!(folders_of_links(&path(name)), expected, "{name}");
        };
        check("site/first", &["here", "site", "there"]);
        check("site/circle", &["site"]);
        check("site/lost", &["site"]);
        check("there/deep/goal", &[]);
        check("not/there", &[]);
    }
}
