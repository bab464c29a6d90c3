//! The one door to the disk.
//!
//! Everything else in the crate is free of `std::fs` (`tests/it/tidy.rs` sees to it), so that what a build
//! reads and writes can be followed from here. Each function adds what was tried, and with which file, to the
//! error.

mod links;

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::error::{Error, Result};

pub use links::{folders_of_links, resolved};

/// The metadata that tell, without reading it, whether a file is most likely unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: u64,
    /// Its inode, where the platform has them: an editor that writes by rename changes it.
    pub inode: u64,
}

impl Stamp {
    /// The stamp in a file's metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size: metadata.len(),
            modified: modified.map_or(0, |since| since.as_nanos() as u64),
            inode: inode(metadata),
        }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// The whole content of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(Error::io("read", path))
}

/// The text of a file, if it can be read and is UTF-8.
pub fn read_text(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(path).ok()?).ok()
}

/// The whole content of a file that was `size` bytes long when it was found. If it still is, this saves two
/// system calls.
pub fn read_sized(path: &Path, size: u64) -> Result<Vec<u8>> {
    let read = || {
        let mut file = File::open(path)?;
        // One byte more, to notice a file that has grown.
        let mut bytes = vec![0; size.min(MOST_AT_ONCE) as usize + 1];
        let length = file.read(&mut bytes)?;
        bytes.truncate(length);
        if length as u64 != size {
            file.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    };
    read().map_err(Error::io("read", path))
}

/// Larger files are read in pieces, so that a wrong size cannot make it allocate a huge buffer.
const MOST_AT_ONCE: u64 = 1 << 20;

/// The whole content of a file, or `None` if there is no such file.
pub fn read_if_exists(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}

/// The first bytes of a file, at most `most`.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Error::io("read", path))?;
    file.take(most).read_to_end(&mut bytes).map_err(Error::io("read", path))?;
    Ok(bytes)
}

/// `length` bytes of a file from `offset` on, or fewer if it ends before.
pub fn read_part(path: &Path, offset: u64, length: u64) -> Result<Vec<u8>> {
    let read = || {
        let mut file = File::open(path)?;
        // No more room is made than the file can fill, whatever was asked for.
        let room = file.metadata()?.len().saturating_sub(offset).min(length);
        let mut bytes = Vec::with_capacity(room as usize);
        file.seek(io::SeekFrom::Start(offset))?;
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(Error::io("read", path))
}

/// Writes a file; its folder must exist.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(Error::io("write", path))
}

/// Writes a file so that a reader sees the old content or the new, never a part: to a neighbour first, then
/// renamed.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("new");
    or_removed(&beside, write(&beside, bytes).and_then(|()| rename(&beside, path)))
}

/// The same for content in several parts, which saves joining them in memory.
pub fn write_parts_atomically<'a>(path: &Path, parts: impl IntoIterator<Item = &'a [u8]>) -> Result<()> {
    let beside = path.with_extension("new");
    let written = File::create(&beside)
        .and_then(|mut file| parts.into_iter().try_for_each(|part| file.write_all(part)))
        .map_err(Error::io("write", &beside));
    or_removed(&beside, written.and_then(|()| rename(&beside, path)))
}

/// If writing failed, removes the unfinished file: it may be what fills the disk.
fn or_removed(path: &Path, done: Result<()>) -> Result<()> {
    if done.is_err() {
        drop(fs::remove_file(path));
    }
    done
}

/// Creates a file that must not exist yet. One that cannot be written to its end is removed.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let file = File::options().write(true).create_new(true).open(path);
    let mut file = file.map_err(Error::io("create", path))?;
    or_removed(path, file.write_all(bytes).map_err(Error::io("write", path)))
}

/// Copies what is in a file. The copy has the permissions of any new file: a picture that a camera or a mail
/// program has saved for its owner alone must be readable on the website.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let copy = || io::copy(&mut File::open(from)?, &mut File::create(to)?);
    copy().map(drop).map_err(Error::io("copy", from))
}

/// Renames a file or folder, replacing a file or an empty folder.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|cause| Error::Rename { from: from.to_owned(), to: to.to_owned(), cause })
}

/// Creates a folder and those above it.
pub fn create_dir_all(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(Error::io("create the folder", path))
}

/// Removes a file; one that is already gone is fine.
pub fn remove_file(path: &Path) -> Result<()> {
    gone_is_fine(fs::remove_file(path)).map_err(Error::io("remove", path))
}

/// Removes a folder with everything in it; one that is already gone is fine.
pub fn remove_dir_all(path: &Path) -> Result<()> {
    gone_is_fine(fs::remove_dir_all(path)).map_err(Error::io("remove", path))
}

/// Removes a folder if it is empty, and says whether it did.
pub fn remove_empty_dir(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

fn gone_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// The metadata of what is at a path itself, not of what a symbolic link there points to; `None` if nothing
/// is there.
pub fn look(path: &Path) -> Option<Metadata> {
    fs::symlink_metadata(path).ok()
}

/// The stamp of a file, following symbolic links; `None` if there is no such file.
pub fn stamp(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().filter(Metadata::is_file).map(|metadata| Stamp::of(&metadata))
}

/// A number that tells a folder from a later one of the same name; `None` if there is no folder.
pub fn folder_id(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(Metadata::is_dir).map(|metadata| inode(&metadata))
}

/// The names of the folders in a folder, in order; none if it does not exist.
pub fn subfolders(path: &Path) -> Result<Vec<String>> {
    if !is_dir(path) {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(Error::io("read", path))? {
        let entry = entry.map_err(Error::io("read", path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_dir(&entry.path()) && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether there is a folder at the path.
pub fn is_dir(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a folder is missing or empty, except for one entry that is allowed. A folder that cannot be read
/// counts as not empty.
pub fn is_empty_dir(path: &Path, allowed: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|entry| entry.path() == allowed)),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Whether a folder has anything in it whose name does not start with a dot. A folder that does not exist has
/// nothing.
pub fn has_visible_entries(path: &Path) -> Result<bool> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io("read the folder", path)(error)),
    };
    for entry in entries {
        let name = entry.map_err(Error::io("read the folder", path))?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The files below a folder, by their paths from there with forward slashes; symbolic links count as files.
pub fn files_below(path: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files.extend(files_below(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            files.push(name);
        }
    }
    files
}

/// Whether two folders lie on one disk, so that a file can be renamed from one to the other.
///
/// A folder that is mounted a second time (`mount --bind`, the volume of a container) has the same device
/// number, and yet a rename across it fails. So this tries to rename a file that does not exist: the system
/// compares the two folders before it misses the file.
#[cfg(unix)]
pub fn is_same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    const NOBODY: &str = ".masthead-nobody";
    let disk = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    let is_refused = || {
        fs::rename(one.join(NOBODY), other.join(NOBODY))
            .is_err_and(|error| error.kind() == io::ErrorKind::CrossesDevices)
    };
    disk(one) == disk(other) && !is_refused()
}

/// Whether two folders lie on one disk, so that a file can be renamed from one to the other.
#[cfg(not(unix))]
pub fn is_same_disk(one: &Path, other: &Path) -> bool {
    let disk =
        |path: &Path| path.canonicalize().ok()?.components().next().map(|first| first.as_os_str().to_owned());
    disk(one) == disk(other)
}

/// The group that a folder passes on to all new files in it (`chmod g+s`), if it does.
#[cfg(unix)]
pub fn given_group(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    const SETGID: u32 = 0o2000;
    fs::metadata(folder).ok().filter(|there| there.mode() & SETGID != 0).map(|there| there.gid())
}

/// The group that a folder passes on to all new files in it: there are no such groups on this system.
#[cfg(not(unix))]
pub fn given_group(_: &Path) -> Option<u32> {
    None
}

/// Holds a file locked for as long as it lives.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

/// Locks a file against other processes. If another one has it, calls `wait` and then waits.
pub fn lock(path: &Path, wait: impl FnOnce()) -> Result<Lock> {
    let file = File::options().create(true).append(true).open(path).map_err(Error::io("open", path))?;
    locked(file, path, wait)
}

/// Locks a folder itself, so that nothing is written into it. Windows has no such locks, and that is an error there.
pub fn lock_folder(path: &Path, wait: impl FnOnce()) -> Result<Lock> {
    locked(File::open(path).map_err(Error::io("open", path))?, path, wait)
}

fn locked(file: File, path: &Path, wait: impl FnOnce()) -> Result<Lock> {
    if file.try_lock().is_err() {
        wait();
        file.lock().map_err(Error::io("lock", path))?;
    }
    Ok(Lock(file))
}

/// An open file, which stays the same one if another takes its place.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    path: PathBuf,
}

impl OpenFile {
    /// Opens a file to read it.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(Error::io("open", path))?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Its length in bytes.
    pub fn size(&self) -> Result<u64> {
        Ok(self.file.metadata().map_err(Error::io("read", &self.path))?.len())
    }

    /// `length` bytes from `offset` on; fewer than asked for is an error.
    pub fn part(&self, offset: u64, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        read_exact_at(&self.file, &mut bytes, offset).map_err(Error::io("read", &self.path))?;
        Ok(bytes)
    }
}

/// A file that is appended to by many and read at any place.
#[derive(Debug)]
pub struct Heap {
    file: File,
    path: PathBuf,
}

impl Heap {
    /// Opens a file, creating it if needed, and cuts it to `length` bytes.
    pub fn open(path: &Path, length: u64) -> Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(Error::io("open", path))?;
        if file.metadata().map_err(Error::io("read", path))?.len() != length {
            file.set_len(length).map_err(Error::io("cut", path))?;
        }
        Ok(Self { file, path: path.to_owned() })
    }

    /// Writes bytes at a place.
    pub fn write_at(&self, bytes: &[u8], offset: u64) -> Result<()> {
        write_all_at(&self.file, bytes, offset).map_err(Error::io("write", &self.path))
    }

    /// Reads bytes from a place; fewer than asked for is an error.
    pub fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<()> {
        read_exact_at(&self.file, bytes, offset).map_err(Error::io("read", &self.path))
    }
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, offset)?;
        bytes = &bytes[written..];
        offset += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_file_stays_the_same_one() {
        let folder = tempfile::tempdir().unwrap();
        let [path, other] = ["a", "b"].map(|name| folder.path().join(name));
        write(&path, b"first").unwrap();
        let open = OpenFile::open(&path).unwrap();
        write(&other, b"other").unwrap();
        rename(&other, &path).unwrap();
        assert_eq!((open.size().unwrap(), open.part(1, 3).unwrap()), (5, b"irs".to_vec()));
        assert!(open.part(3, 3).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_locked_folder_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let lock = lock_folder(folder.path(), || panic!("nobody has it")).unwrap();
        let (waits, waiting) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let other = scope.spawn(|| lock_folder(folder.path(), move || waits.send(()).unwrap()).map(drop));
            waiting.recv().unwrap();
            drop(lock);
            other.join().unwrap().unwrap();
        });
    }

    #[test]
    fn a_file_is_read_whole_whatever_its_size_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for size in [0, 1, 3, MOST_AT_ONCE as usize, MOST_AT_ONCE as usize + 7] {
            let bytes = vec![b'a'; size];
            write(&path, &bytes).unwrap();
            for known in [0, 1, 2, 3, 5, MOST_AT_ONCE, size as u64] {
                assert_eq!(read_sized(&path, known).unwrap(), bytes, "{known} {size}");
            }
        }
    }
}
