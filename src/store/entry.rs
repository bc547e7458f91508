//! The bytes of an entry: a mark, the key, a checksum, the contribution.

use sha2::{Digest, Sha256};

use super::Contribution;
use super::key::Key;

/// How every entry begins.
const MARK: &[u8] = b"belie cache entry\n";

/// Bytes of the key, and of the checksum after it.
const HASH: usize = 32;

/// A contribution as the bytes of a file; `None` when it cannot be written down, which no known contribution is.
pub(super) fn seal(key: &Key, contribution: &Contribution) -> Option<Vec<u8>> {
    let payload = postcard::to_stdvec(contribution).ok()?;
    Some([MARK, &key.0, &checksum(&payload), &payload].concat())
}

/// The contribution in the bytes of a file; `None` when they are cut off, altered, or those of another key. Never
/// panics, and takes no more memory than the bytes warrant.
pub(super) fn open(key: &Key, bytes: &[u8]) -> Option<Contribution> {
    let (named, rest) = bytes.strip_prefix(MARK)?.split_at_checked(HASH)?;
    let (sum, payload) = rest.split_at_checked(HASH)?;
    if named != key.0 || sum != checksum(payload) {
        return None;
    }
    let (contribution, left) = postcard::take_from_bytes(payload).ok()?;
    left.is_empty().then_some(contribution)
}

fn checksum(payload: &[u8]) -> [u8; HASH] {
    Sha256::digest(payload).into()
}
