//! Files of state: read whole, written whole or not at all.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use crate::rule::Fault;

/// A file of more bytes than this is no state of belie's.
const MOST_BYTES: u64 = 1 << 30;

/// The text of a file; `None` when there is none. `shown` is its path in messages.
///
/// # Errors
/// When it is there and cannot be read, is larger than a gibibyte, or is no UTF-8.
pub fn read(path: &Path, shown: &str) -> Result<Option<String>, Fault> {
    let whole = |message: String| Fault::of_path(shown, message);
    match fs::metadata(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(whole(format!("cannot be read: {e}"))),
        Ok(found) if found.len() > MOST_BYTES => return Err(whole("is larger than a gibibyte".to_owned())),
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(|e| whole(format!("cannot be read: {e}")))?;
    String::from_utf8(bytes).map(Some).map_err(|_| whole("is not UTF-8".to_owned()))
}

/// Puts a text into a file, making the folder where there is none. The text is written beside its place, handed to the
/// disk and renamed: whoever reads, and whatever stops the run, the file is the old one or the new one.
///
/// # Errors
/// When it cannot be written; the file is then what it was.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".belie-").suffix(".tmp");
    let permissions = permissions(path);
    if let Some(permissions) = &permissions {
        builder.permissions(permissions.clone());
    }
    let mut unfinished = builder.tempfile_in(folder)?;
    unfinished.write_all(text.as_bytes())?;
    unfinished.as_file().sync_all()?;
    unfinished.persist(path).map(drop).map_err(|e| e.error)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("deep/state.json");
        assert_eq!(read(&path, "state.json"), Ok(None));
        write(&path, "one\n").unwrap();
        write(&path, "two\n").unwrap();
        assert_eq!(read(&path, "state.json"), Ok(Some("two\n".to_owned())));
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        fs::write(&path, [0xff]).unwrap();
        assert!(read(&path, "state.json").unwrap_err().message.contains("UTF-8"));
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
        let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&theirs));
    }
}
