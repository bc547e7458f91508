//! Packed bytes unpacked, within limits.

use std::io::{Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadOptions;
use super::reader::Input;

/// Less than this may be packed as tightly as it likes.
const SMALL: u64 = 1 << 20;
/// Most files in a zip archive.
const MOST_MEMBERS: usize = 100_000;
/// What an archive has once for each of its files.
const MEMBER: &[u8] = b"PK\x01\x02";

/// A zip archive in memory.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens a zip archive.
///
/// # Errors
/// In words for a problem: it is none, is damaged, or holds too many files.
pub(super) fn archive(bytes: &[u8]) -> Result<Archive<'_>, String> {
    if memmem::find_iter(bytes, MEMBER).nth(MOST_MEMBERS).is_some() {
        return Err(format!("holds more than {MOST_MEMBERS} packed files"));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("is damaged: {e}"))
}

/// Whether bytes are a zip archive that has a member of a name.
pub(super) fn holds(bytes: &[u8], name: &str) -> bool {
    let named = |archive: Archive<'_>| archive.index_for_name_raw(name.as_bytes()).is_some();
    bytes.starts_with(b"PK\x03\x04") && archive(bytes).is_ok_and(named)
}

/// What a member of an archive unpacks to, which is all of the file of `input`.
///
/// # Errors
/// In words for a problem: it is locked, damaged, packed in a way that is not read, or goes beyond a limit.
pub(super) fn member(archive: &mut Archive<'_>, index: usize, input: Input<'_>) -> Result<Vec<u8>, String> {
    let mut file = archive.by_index(index).map_err(|error| refusal(&error))?;
    // The archive may say that a member takes more than there is.
    let packed = file.compressed_size().min(input.bytes.len() as u64);
    unpack(&mut file, Some(packed), input.unpacked, input.options)
}

/// Why a member cannot be unpacked.
fn refusal(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "is locked by a password".to_owned()
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "is packed in a way that is not read".to_owned()
        }
        error => format!("is damaged: {error}"),
    }
}

/// All that `from` gives, which takes `packed` bytes in the file where that is known. `unpacked` counts what the whole file has come to.
///
/// # Errors
/// In words for a problem: the data are damaged, or go beyond a limit.
pub(super) fn unpack(
    from: &mut dyn Read,
    packed: Option<u64>,
    unpacked: &AtomicU64,
    options: &ReadOptions,
) -> Result<Vec<u8>, String> {
    let left = options.most_unpacked.saturating_sub(unpacked.load(Ordering::Relaxed));
    let dense = packed.map_or(u64::MAX, |packed| packed.saturating_mul(options.most_ratio).max(SMALL));
    let most = left.min(dense).min(options.most_bytes);
    let mut out = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut out).map_err(|e| format!("is damaged: {e}"))?;
    let length = out.len() as u64;
    unpacked.fetch_add(length, Ordering::Relaxed);
    match () {
        () if length <= most => Ok(out),
        () if most == dense => Err(format!("unpacks to more than {} times its size (--max-ratio)", options.most_ratio)),
        () if most == left => {
            Err("unpacks, with the rest of its file, to more than is allowed (--max-unpacked)".to_owned())
        }
        () => Err("unpacks to a larger file than is read (--max-size)".to_owned()),
    }
}
