//! Files as bytes: read up to a limit, written whole or not at all.
//!
//! Comes in: a path. Goes out: its bytes, or why there are none; and files that are the old ones or the new ones,
//! whatever stops a run. Nothing here knows what a file holds. What is no regular file is never opened for reading: a
//! device has no end, and a pipe may never begin.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, PersistError};

/// Largest text that is read, unless the user says otherwise.
pub const MOST_TEXT: u64 = 64 << 20;

/// Why a file was not read.
#[derive(Debug)]
pub enum Refused {
    /// There is none.
    Missing,
    /// It is a folder.
    Folder,
    /// It is a device, a pipe or the like, by the name of its kind.
    NoFile(&'static str),
    /// It has more bytes than this.
    TooLarge(u64),
    /// The system will not.
    Failed(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        match error.kind() {
            ErrorKind::NotFound => Refused::Missing,
            ErrorKind::IsADirectory => Refused::Folder,
            _ => Refused::Failed(error),
        }
    }
}

/// What is said of the file: "is a folder". The same words on every system.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Missing => f.write_str("does not exist"),
            Refused::Folder => f.write_str("is a folder"),
            Refused::NoFile(kind) => write!(f, "is {kind} and not a regular file, and was not read"),
            Refused::TooLarge(most) => write!(f, "is larger than {} and was not read", size(*most)),
            Refused::Failed(error) if error.kind() == ErrorKind::PermissionDenied => {
                f.write_str("may not be read: permission denied")
            }
            // What has no name of its own is told in the words of the system.
            Refused::Failed(error) if error.kind().to_string() == "uncategorized error" => {
                write!(f, "cannot be read: {error}")
            }
            Refused::Failed(error) => write!(f, "cannot be read: {}", error.kind()),
        }
    }
}

/// Opens a regular file for reading.
///
/// # Errors
/// When there is none, or the system will not.
pub fn open(path: &Path) -> Result<File, Refused> {
    // Asked before it is opened, since to open a pipe is to wait for who writes; and after, of what was opened.
    regular(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of a regular file of at most `most` bytes.
///
/// # Errors
/// When there is none, it is larger, or the system will not.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Refused> {
    let file = open(path)?;
    if file.metadata().is_ok_and(|m| m.len() > most) {
        return Err(Refused::TooLarge(most));
    }
    let mut bytes = Vec::new();
    rest(file, &mut bytes, most)?;
    Ok(bytes)
}

/// Reads on to the end, up to `most` bytes in all.
///
/// # Errors
/// When there are more, or the reader fails.
pub fn rest(from: impl Read, bytes: &mut Vec<u8>, most: u64) -> Result<(), Refused> {
    let room = (most + 1).saturating_sub(bytes.len() as u64);
    from.take(room).read_to_end(bytes)?;
    if bytes.len() as u64 > most { Err(Refused::TooLarge(most)) } else { Ok(()) }
}

/// The text of a regular file of at most `most` bytes; as what stands after its path in a message otherwise.
///
/// # Errors
/// As of [`read`]; or when it is no UTF-8.
pub fn text(path: &Path, most: u64) -> Result<String, String> {
    let bytes = read(path, most).map_err(|refused| match refused {
        Refused::Missing => "cannot be read: it does not exist".to_owned(),
        other => other.to_string(),
    })?;
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

fn regular(about: &Metadata) -> Result<(), Refused> {
    if about.is_file() { Ok(()) } else { Err(irregular(about)) }
}

fn irregular(about: &Metadata) -> Refused {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let kind = about.file_type();
        if kind.is_fifo() {
            return Refused::NoFile("a pipe");
        }
        if kind.is_socket() {
            return Refused::NoFile("a socket");
        }
    }
    if about.is_dir() { Refused::Folder } else { Refused::NoFile("a device") }
}

/// Puts bytes into a file, making the folder where there is none. They are written beside its place, handed to the disk
/// and renamed: whoever reads, and whatever stops the run, the file is the old one or the new one. The mode of a file that
/// is there is kept. What is there and is no regular file, as `/dev/stdout`, is written to as it stands.
///
/// # Errors
/// When it cannot be written; a regular file is then what it was.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes.as_ref());
    }
    finished(prepared(path, bytes.as_ref())?, |unfinished| unfinished.persist(path))
}

/// Puts bytes into a file that is not there yet, whole or not at all.
///
/// # Errors
/// When there is one ([`ErrorKind::AlreadyExists`]), or it cannot be written.
pub fn create(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    finished(prepared(path, bytes.as_ref())?, |unfinished| unfinished.persist_noclobber(path))
}

/// Files that are written beside their place and not renamed yet.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away what is half written. No file is begun as long as what it gives is held: the program is about to be stopped.
pub fn discard_unfinished() -> impl Sized {
    let all = unfinished();
    for path in all.iter() {
        // It may have been renamed meanwhile, and is then no longer half written.
        let _ = fs::remove_file(path);
    }
    all
}

/// Renames what is written to its place.
fn finished(file: NamedTempFile, rename: impl FnOnce(NamedTempFile) -> Result<File, PersistError>) -> io::Result<()> {
    let path = file.path().to_owned();
    let renamed = rename(file).map(drop).map_err(|e| e.error);
    unfinished().remove(&path);
    renamed
}

/// The bytes on the disk, beside their place.
fn prepared(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".belie-").suffix(".tmp");
    let permissions = permissions(path);
    if let Some(permissions) = &permissions {
        builder.permissions(permissions.clone());
    }
    let mut all = unfinished();
    let mut file = builder.tempfile_in(folder)?;
    all.insert(file.path().to_owned());
    drop(all);
    file.write_all(bytes)?;
    // The mask of the user has had its say on these; of a file that is there they are kept as they are.
    if let Some(permissions) = permissions.filter(|_| path.is_file()) {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Takes a file away; that there is none is well.
///
/// # Errors
/// When it is there and stays.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Those of the file that is replaced; of a new one what the user's mask leaves, not what suits a secret.
fn permissions(path: &Path) -> Option<Permissions> {
    if let Ok(found) = fs::metadata(path) {
        return Some(found.permissions());
    }
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

/// Where a path leads, links followed; of one that is not there, where it would lie.
pub fn truth(path: &Path) -> PathBuf {
    if let Ok(found) = fs::canonicalize(path) {
        return found;
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    }
}

/// The first link on the way from a folder to what lies `below` it, itself included.
pub fn link_below(folder: &Path, below: &Path) -> Option<PathBuf> {
    let mut at = folder.to_path_buf();
    below.components().find_map(|part| {
        at.push(part);
        fs::symlink_metadata(&at).is_ok_and(|found| found.is_symlink()).then(|| at.clone())
    })
}

/// The first link in a folder and so many levels below it.
pub fn link_in(folder: &Path, levels: usize) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.into_iter().find_map(|path| {
        let kind = fs::symlink_metadata(&path).ok()?.file_type();
        if kind.is_symlink() {
            return Some(path);
        }
        (kind.is_dir() && levels > 0).then(|| link_in(&path, levels - 1)).flatten()
    })
}

const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];

/// A number of bytes for people: "64 MiB", "1.5 GiB", "12 bytes".
pub fn size(bytes: u64) -> String {
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes.is_multiple_of(*unit) => format!("{} {name}", bytes / unit),
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

/// Reads a number of bytes: "65536", "64K", "64 MiB", "1g". Units are of 1024.
pub fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..end].parse().ok()?;
    let unit = match text[end..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit).filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("deep/state.json");
        assert!(matches!(read(&path, 9), Err(Refused::Missing)));
        write(&path, "one\n").unwrap();
        write(&path, "two\n").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"two\n");
        assert!(matches!(read(&path, 3), Err(Refused::TooLarge(3))));
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert_eq!(create(&path, "three\n").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(read(&path, 4).unwrap(), b"two\n");
        write(&path, [0xff]).unwrap();
        assert_eq!(text(&path, 9).unwrap_err(), "is not UTF-8");
        assert_eq!(read(root.path(), 9).unwrap_err().to_string(), "is a folder");
    }

    #[test]
    fn what_cannot_be_replaced_stays() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("state.json");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "kept").unwrap();
        assert!(write(&path, "new\n").is_err());
        assert_eq!(fs::read_to_string(path.join("inside")).unwrap(), "kept");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn permissions_are_those_of_any_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let (ours, theirs) = (root.path().join("ours"), root.path().join("theirs"));
        write(&ours, "").unwrap();
        fs::write(&theirs, "").unwrap();
        let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode(&ours), mode(&theirs));
        for kept in [0o600, 0o777] {
            fs::set_permissions(&ours, Permissions::from_mode(kept)).unwrap();
            write(&ours, "again").unwrap();
            assert_eq!(mode(&ours), kept);
        }
    }

    #[test]
    #[cfg(unix)]
    fn what_has_no_end_is_not_read() {
        assert_eq!(
            read(Path::new("/dev/zero"), 9).unwrap_err().to_string(),
            "is a device and not a regular file, and was not read"
        );
        write(Path::new("/dev/null"), "gone").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        let mut bytes = b"ab".to_vec();
        assert!(matches!(rest(io::repeat(0), &mut bytes, 5), Err(Refused::TooLarge(5))));
    }

    #[test]
    fn sizes() {
        let check = |text: &str| parse_size(text).map(size);
        assert_eq!(check("64M").as_deref(), Some("64 MiB"));
        assert_eq!(check("1536 kib").as_deref(), Some("1.5 MiB"));
        assert_eq!(check("12").as_deref(), Some("12 bytes"));
        assert_eq!(check("1g").as_deref(), Some("1 GiB"));
        for wrong in ["", "0", "M", "-1", "1x", "99999999999999999999", "18446744073709551615K"] {
            assert_eq!(parse_size(wrong), None, "{wrong}");
        }
    }
}
