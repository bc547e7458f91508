//! Entries as files, one each.
//!
//! An entry is written beside its place and renamed into it, so that runs at the same time see a whole entry or none
//! and no lock is needed. There is no flush to the disk: what a crash tears apart fails its checksum.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::key::Key;

/// Ending of entries.
const ENTRY: &str = "belie";
/// Ending of entries that are being written, or were when a run was stopped.
const UNFINISHED: &str = "tmp";

/// Names to try for an unfinished entry: a process of the same number, stopped or on another machine of a shared
/// folder, may have left one behind.
const TRIES: u32 = 4;

/// The file of a key, in one of sixteen subfolders.
pub(super) fn place(folder: &Path, key: &Key) -> PathBuf {
    let name = key.hex();
    let (shard, rest) = name.split_at(1);
    folder.join(shard).join(rest).with_extension(ENTRY)
}

/// The bytes of an entry; `None` when there is none. Anything but a file of at most `most` bytes is no entry.
///
/// # Errors
/// When it is there and cannot be read.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() && found.len() <= most => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::other("is not a file of a proper size")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts an entry in its place, over whatever file is there.
///
/// # Errors
/// When it cannot be written; then nothing is left behind.
pub(super) fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let shard = path.parent().unwrap_or(folder);
    if !shard.is_dir() {
        make(folder, shard)?;
    }
    let mut number = 0;
    let (mut file, unfinished) = loop {
        let name = path.with_extension(format!("{}-{number}.{UNFINISHED}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(file) => break (file, name),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number + 1 < TRIES => number += 1,
            Err(error) => return Err(error),
        }
    };
    let written = file.write_all(bytes);
    // Some systems rename no open file.
    drop(file);
    let placed = written.and_then(|()| fs::rename(&unfinished, path));
    if placed.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    placed
}

/// Makes the folders, readable by their user alone, and says to backups and version control what they are.
fn make(folder: &Path, shard: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(shard)?;
    for (name, text) in [
        ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# Kept by belie; may be deleted at any time.\n"),
        (".gitignore", "*\n"),
    ] {
        let path = folder.join(name);
        if !path.exists() {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

/// Deletes the oldest entries of a subfolder until the rest take at most `most` bytes. Files of other names are left
/// alone, for the folder may be the user's; a file that cannot be deleted is another run's business.
pub(super) fn trim(shard: &Path, most: u64) {
    let Ok(listing) = fs::read_dir(shard) else { return };
    let mut entries: Vec<(SystemTime, PathBuf, u64)> = Vec::new();
    for entry in listing.flatten() {
        let path = entry.path();
        let ours = path.extension().is_some_and(|e| e == ENTRY || e == UNFINISHED);
        if let (true, Ok(about)) = (ours, entry.metadata()) {
            entries.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), path, about.len()));
        }
    }
    let mut bytes: u64 = entries.iter().map(|e| e.2).fold(0, u64::saturating_add);
    entries.sort_unstable();
    for (_, path, size) in entries {
        if bytes <= most {
            break;
        }
        if fs::remove_file(&path).is_ok() {
            bytes = bytes.saturating_sub(size);
        }
    }
}
